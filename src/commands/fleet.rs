//! `roadbook fleet`: roadmaps of several repositories side by side, from what each published. It reads files and no network.

use std::path::{Path, PathBuf};

use super::{entry::print_json, front, screen};
use crate::{
    cli::{FleetFormat, Global},
    fleet::{self, Fleet},
    io::{Entry, Failure, FailureKind, Io, Limit},
    report::typed,
};

/// What a published roadmap is called.
const PUBLISHED: &str = "roadmap.json";

/// Runs the verb.
pub(super) fn run(args: &crate::cli::Fleet, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let today = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let title = args.title.clone();
    let mut fleet = Fleet { title, today: Some(today), max_age: args.max_age.into(), ..Fleet::default() };
    let mut seen = std::collections::BTreeSet::new();
    for path in &args.paths {
        for file in files(io, path)? {
            // The same file twice is one roadmap.
            if seen.insert(io.files.real(&file)?) {
                read(io, &file, &mut fleet);
            }
        }
    }
    fleet.tell_apart();
    match args.format {
        FleetFormat::Human => io.terminal.out(&fleet::human(&fleet, screen(io, global)))?,
        FleetFormat::Markdown => io.terminal.out(&fleet::markdown(&fleet))?,
        FleetFormat::Json => print_json(io, &fleet::json(&fleet))?,
    }
    if let Some(out) = &args.out {
        let count = crate::report::counted(fleet.cards.len(), "published roadmap");
        front::put(io, global, out, &front::made(&fleet, None, &count)?.files, args.force)?;
    }
    let is_whole = fleet.unread.is_empty() && fleet.stale().next().is_none();
    Ok(u8::from(!is_whole))
}

/// The files that a path stands for: itself, or what is published in a folder.
fn files(io: &Io<'_>, path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if io.files.entry(path)? != Some(Entry::Folder) {
        return Ok(vec![path.to_owned()]);
    }
    let is_file = |path: &PathBuf| io.files.entry(path).is_ok_and(|entry| entry == Some(Entry::File));
    let own = path.join(PUBLISHED);
    if is_file(&own) {
        return Ok(vec![own]);
    }
    let inside = |name: String| {
        let here = path.join(&name);
        if name.ends_with(".json") { here } else { here.join(PUBLISHED) }
    };
    let found: Vec<_> = io.files.list(path)?.into_iter().map(inside).filter(is_file).collect();
    if found.is_empty() {
        let message = format!("`{}` holds no `{PUBLISHED}`, and no folder in it does", path.display());
        return Err(Failure::new(FailureKind::Usage, message)
            .help("name the `roadmap.json` of a website that `roadbook build` made"));
    }
    Ok(found)
}

/// Reads a file; what it cannot be read for is told with it.
fn read(io: &Io<'_>, file: &Path, fleet: &mut Fleet) {
    let shown = file.display().to_string();
    let mut unread = |why: String| fleet.unread.push((shown.clone(), why));
    match io.files.read_at_most(file, Limit::Source) {
        Ok(Some(bytes)) => match fleet::card(&bytes) {
            Ok(card) => fleet.cards.push(card),
            Err(why) => unread(why),
        },
        Ok(None) => unread("there is no such file".to_owned()),
        Err(failure) => unread(failure.message.replace(&format!(" {}", typed(&shown)), "")),
    }
}
