//! A repository as a source, with the lock beside it.

use std::{path::Path, sync::Arc};

use super::{super::print_diff, no_into, target};
use crate::{
    cli::{Global, Import},
    github::{
        client::{Access, connect},
        desired::desired,
        import::{Imported, import},
    },
    io::{Failure, FailureKind, Io},
    model::resolve,
    report::{Report, counted, diff},
    source::{LOCK, Lock, merge, parse},
};

/// Imports a repository.
pub(super) fn run(args: &Import, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_into(args, "a repository")?;
    if args.repo.is_some() {
        let message = "`--repo` says of which repository an export is: this is a repository itself";
        return Err(Failure::new(FailureKind::Usage, message).help("leave `--repo` out"));
    }
    let places = Places::new(args, global, io)?;
    let say = |line: &str| io.terminal.say(&format!("{line}\n"));
    let access = Access {
        repository: Some(&args.from),
        api_url: args.server.api_url.as_deref(),
        token_env: args.server.token_env.as_deref(),
    };
    let imported = import(&connect(io, &access, &say)?, true)?;
    put(args, global, io, &places, imported, |lock| lock)?;
    Ok(0)
}

/// Where a source and its lock are written.
pub(super) struct Places {
    source: std::path::PathBuf,
    lock: std::path::PathBuf,
}

impl Places {
    /// The places that the command line names, where nothing is there yet.
    pub(super) fn new(args: &Import, global: &Global, io: &Io<'_>) -> Result<Self, Failure> {
        let out = args.out.as_deref().unwrap_or(Path::new(super::DEFAULT));
        let lock = global.lock.clone();
        let lock = lock.unwrap_or_else(|| out.parent().unwrap_or(Path::new("")).join(LOCK));
        let source = target(args, Some(&lock), io)?.ok_or_else(|| {
            let message = "this gives a JSON and a lock beside it: standard output takes one of them";
            Failure::new(FailureKind::Usage, message).help("name a file with `--out FILE`")
        })?;
        Ok(Self { source, lock })
    }
}

/// Writes the source and its lock, unless this is a trial.
pub(super) fn put(
    args: &Import,
    global: &Global,
    io: &Io<'_>,
    places: &Places,
    imported: Imported,
    settled: impl FnOnce(Lock) -> Lock,
) -> Result<(), Failure> {
    let source = imported.source.clone();
    let name: Arc<str> = places.source.display().to_string().into();
    let mut report = Report::default();
    let parsed = parse(&name, source.clone().into_bytes(), &mut report);
    let document = merge(parsed.map(|file| (Arc::clone(&name), file)).into_iter().collect(), &mut report);
    let (roadmap, _) = resolve(document, "", None);
    let (milestones, issues) = (roadmap.milestones.len(), roadmap.issues.len());
    let made = settled(imported.lock(&desired(&roadmap)?, io.clock.today()?));
    if args.dry_run {
        print_diff(io, global, &diff::unified(&name, None, Some(&source), 3))?;
    } else {
        for (path, text) in [(&places.source, source.as_str()), (&places.lock, &made.to_text())] {
            if !io.files.replace(path, None, text.as_bytes())? {
                return Err(Failure::changed(path.display()));
            }
        }
    }
    if !global.quiet {
        let counts = format!("{} and {}", counted(milestones, "milestone"), counted(issues, "issue"));
        io.terminal.say(&if args.dry_run {
            format!("would write {counts} to `{name}`, and the lock beside it; nothing was written\n")
        } else {
            format!("wrote {counts} to `{name}`, and the lock beside it\nnext: roadbook check, then roadbook build\n")
        });
    }
    Ok(())
}
