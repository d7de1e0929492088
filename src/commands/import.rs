//! `roadbook import`: makes a source out of a repository, with the lock beside it.

use std::{path::Path, sync::Arc};

use crate::{
    cli::{Global, Import},
    github::{
        client::{Access, connect},
        desired::desired,
        import::import,
    },
    io::{Failure, FailureKind, Io},
    model::resolve,
    report::{Report, counted},
    source::{LOCK, merge, parse},
};

/// Runs the verb.
pub(super) fn run(args: &Import, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let folder = args.into.parent().unwrap_or(Path::new(""));
    let lock = global.lock.clone().unwrap_or_else(|| folder.join(LOCK));
    for path in [args.into.as_path(), lock.as_path()] {
        if io.files.entry(path)?.is_some() {
            let message = format!("`{}` is there already: nothing was written", path.display());
            return Err(
                Failure::new(FailureKind::Usage, message).help("name another file with `--into FILE`")
            );
        }
    }
    let say = |line: &str| io.terminal.say(&format!("{line}\n"));
    let access = Access {
        repository: Some(&args.from),
        api_url: args.api_url.as_deref(),
        token_env: args.token_env.as_deref(),
    };
    let imported = import(&connect(io, &access, &say)?)?;
    let source = imported.source.clone();
    let name: Arc<str> = args.into.display().to_string().into();
    let mut report = Report::default();
    let parsed = parse(&name, source.clone().into_bytes(), &mut report);
    let document = merge(parsed.map(|file| (name, file)).into_iter().collect(), &mut report);
    let (roadmap, _) = resolve(document, "", None);
    let (milestones, issues) = (roadmap.milestones.len(), roadmap.issues.len());
    let made = imported.lock(&desired(&roadmap)?, io.clock.today());
    io.files.write(&args.into, source.as_bytes())?;
    io.files.write(&lock, made.to_text().as_bytes())?;
    if !global.quiet {
        let (milestones, issues) = (counted(milestones, "milestone"), counted(issues, "issue"));
        let path = args.into.display();
        io.terminal.say(&format!("wrote {milestones} and {issues} to `{path}`, and the lock beside it\n"));
        io.terminal.say("next: roadbook check, then roadbook build\n");
    }
    Ok(0)
}
