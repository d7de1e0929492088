//! What only an older document says, taken into the source: so that nothing is lost when a generated one takes its place.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::Value;

use super::{Plan, asked};
use crate::{
    cli::{Global, Init},
    commands::{
        losses::{After, listed, losses},
        older,
        plans::{self, Begun},
        spot::Spot,
    },
    import::Imported,
    io::{Failure, Io},
    report::counted,
    source::Found,
};

/// The source filled from the document, where that is wanted: always where building gives the document back then, else
/// where it is taken over.
pub(super) fn filled(
    plan: &mut Plan<'_>,
    args: &Init,
    global: &Global,
    io: &Io<'_>,
    found: &Found,
    path: &Arc<str>,
) -> Result<Option<String>, Failure> {
    let Some(imported) = older::filled(io, found, path)? else { return Ok(None) };
    let gone = gone(plan, path, &imported, global)?;
    let Imported { source, is_exact, .. } = imported;
    let is_filled =
        found.files.first().is_some_and(|json| plan.text(json).is_ok_and(|it| it.as_ref() == Some(&source)));
    if is_exact && is_filled {
        return Ok(None);
    }
    if is_exact {
        plan.note(format!("`{path}` stays as it is: it is what the JSON makes, byte for byte"));
        return Ok(Some(source));
    }
    let question = format!(
        "{gone}replace `{path}`? Whatever else is only in it goes into the JSON first, and it is regenerated [y/N] "
    );
    plan.is_listed = !args.adopt && !args.yes && !args.dry_run && asked(io, &question, false);
    plan.adopts = args.adopt || plan.is_listed;
    Ok(Some(source).filter(|_| plan.adopts))
}

/// What of a document would be gone for good, as a list before a question.
fn gone(plan: &Plan<'_>, path: &str, imported: &Imported, global: &Global) -> Result<String, Failure> {
    let old = plan.text(path)?.unwrap_or_default();
    let source = serde_json::from_str(imported.source.trim_start_matches('\u{feff}')).unwrap_or_default();
    let new = imported.summary.as_deref().unwrap_or_default();
    let after = After { new, sources: &[source], imported: Some(imported), is_filled: true };
    let list = listed(path, &old, &losses(path, &old, after), global.verbose);
    Ok(if list.is_empty() { list } else { list + "\n" })
}

/// A roadmap that begins with an older document. `None` where no document tells one.
pub(super) fn begun(plan: &mut Plan<'_>, spot: &Spot) -> Result<Option<Begun>, Failure> {
    let begun = plans::begun(spot, |path| plan.text(path))?;
    if let Some(Begun { path, imported, .. }) = &begun {
        let exact = if imported.is_exact { ", and building gives it back byte for byte" } else { "" };
        let (milestones, issues) =
            (counted(imported.counts.0, "milestone"), counted(imported.counts.1, "issue"));
        plan.note(format!("`{path}` tells {milestones} and {issues}{exact}"));
    }
    Ok(begun)
}

/// The keys that one text of a source has and another has not: those of its top, and of its milestones and issues.
pub(super) fn new_keys(old: &str, new: &str) -> Vec<String> {
    let read =
        |text: &str| serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    let (old, new) = (read(old), read(new));
    let top = |value: &Value| value.as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default();
    let mut added: Vec<_> = missing(&top(&old), &top(&new)).map(|key| format!("`{key}`")).collect();
    for list in ["milestones", "issues"] {
        let keys = |value: &Value| {
            let items = value.get(list).and_then(Value::as_array).into_iter().flatten();
            items.filter_map(Value::as_object).flat_map(|item| item.keys().cloned()).collect()
        };
        added.extend(missing(&keys(&old), &keys(&new)).map(|key| format!("`{key}` in `{list}`")));
    }
    added
}

fn missing<'n>(
    old: &BTreeSet<String>,
    new: &'n BTreeSet<String>,
) -> impl Iterator<Item = &'n String> + use<'n> {
    let missing: Vec<_> = new.iter().filter(|key| !old.contains(*key)).collect();
    missing.into_iter()
}
