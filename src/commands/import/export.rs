//! An export of GitHub's issues as a source, with the lock beside it.

use super::{
    no_into,
    repository::{Places, put},
    tell,
};
use crate::{
    cli::{Global, Import},
    import::{Export, Text, export, is_repository},
    io::{Failure, FailureKind, Io},
    report::counted,
};

/// Imports an export.
pub(super) fn run(args: &Import, global: &Global, io: &Io<'_>, text: &Text) -> Result<u8, Failure> {
    no_into(args, "an export of issues")?;
    if let Some(repo) = args.repo.as_deref().filter(|repo| !is_repository(repo)) {
        return Err(Failure::new(FailureKind::Usage, format!("`{repo}` is no repository"))
            .help("write it as `owner/name`"));
    }
    let places = Places::new(args, global, io)?;
    let export = match export(text, args.repo.as_deref()) {
        Ok(export) => export,
        Err(report) => {
            tell(io, global, report, std::slice::from_ref(text));
            return Ok(3);
        }
    };
    let imported = export.import()?;
    put(args, global, io, &places, imported, |lock| export.settled(lock))?;
    for note in notes(&export).iter().filter(|_| !global.quiet) {
        io.terminal.say(&format!("note: {note}\n"));
    }
    Ok(0)
}

/// What was not taken in, and what the export does not say.
fn notes(export: &Export) -> Vec<String> {
    let left_out = export.left_out.iter().map(|(noun, count)| format!("left out {}", counted(*count, noun)));
    let mut notes: Vec<_> = left_out.collect();
    if export.may_be_cut() {
        notes.push(format!(
            "the file holds exactly {}, and may be cut off there: ask for all, with `gh issue list --limit 9999` or `gh api --paginate`",
            export.count
        ));
    }
    let states = match &export.repository {
        None => {
            "the export does not say which repository it is of: the lock has no numbers; `--repo OWNER/NAME` names it"
        }
        Some(_) if !export.has_states => {
            "the export does not say what is closed: `roadbook snapshot` asks GitHub"
        }
        Some(_) => "states are those of the export: `roadbook snapshot` brings the lock up to date",
    };
    notes.push(states.to_owned());
    notes
}
