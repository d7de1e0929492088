//! What only an older document says, taken into the source: so that nothing is lost when a generated one takes its place.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::Value;

use super::{Plan, asked};
use crate::{
    cli::Init,
    commands::{documents::is_summary, older, spot::Spot},
    import::{self, Imported, Target, Text},
    io::{Failure, Io},
    render::Override,
    report::{At, Report, counted},
    source::{FOLDER, Found, joined},
};

/// The largest document that is read unasked.
const MOST_BYTES: u64 = 1 << 20;

/// How many findings are told of a document.
const MOST_TOLD: usize = 5;

/// The source filled from the document, where that is wanted: always where building gives the document back then, else
/// where it is taken over.
pub(super) fn filled(
    plan: &mut Plan<'_>,
    args: &Init,
    io: &Io<'_>,
    found: &Found,
    path: &Arc<str>,
) -> Result<Option<String>, Failure> {
    let Some(Imported { source, is_exact, .. }) = older::filled(io, found, path)? else { return Ok(None) };
    let is_filled =
        found.files.first().is_some_and(|json| plan.text(json).is_ok_and(|it| it.as_ref() == Some(&source)));
    if is_exact && is_filled {
        return Ok(None);
    }
    if is_exact {
        plan.note(format!("`{path}` stays as it is: it is what the JSON makes, byte for byte"));
        return Ok(Some(source));
    }
    let question =
        format!("take `{path}` over? What only it says goes into the JSON, and it is written anew [y/N] ");
    plan.adopts = args.adopt || (!args.yes && !args.dry_run && asked(io, &question, false));
    Ok(Some(source).filter(|_| plan.adopts))
}

/// A roadmap that begins with an older document: where its JSON goes, and what that says. `None` where no document tells
/// one.
pub(super) fn begun(
    plan: &mut Plan<'_>,
    spot: &Spot,
    file_name: &str,
) -> Result<Option<(String, String, String)>, Failure> {
    let mut documents: Vec<_> = spot
        .searched
        .markdown
        .iter()
        .filter(|(path, size)| is_summary(path) && *size <= MOST_BYTES)
        .collect();
    documents.sort_by_key(|(path, _)| path.matches('/').count());
    for (path, _) in documents {
        let Some(text) = plan.text(path)? else { continue };
        let folder = path.rsplit_once('/').map_or(FOLDER, |(folder, _)| folder);
        let json = spot.json.clone().unwrap_or_else(|| joined(folder, file_name));
        if plan.text(&json)?.is_some() {
            continue;
        }
        let document = Text { name: path.as_str().into(), text: text.into() };
        let target = Target { name: json.as_str().into(), text: None, overrides: Vec::<Override>::new() };
        if let Ok(Imported { source, report, counts, is_exact, .. }) = import::document(&document, &target)
            && counts.1 > 0
        {
            let exact = if is_exact { ", and building gives it back byte for byte" } else { "" };
            let (milestones, issues) = (counted(counts.0, "milestone"), counted(counts.1, "issue"));
            plan.note(format!("`{path}` tells {milestones} and {issues}{exact}"));
            tell(plan, &document, &report);
            return Ok(Some((json, source, path.clone())));
        }
    }
    Ok(None)
}

/// Tells what of a document found no place.
fn tell(plan: &mut Plan<'_>, document: &Text, report: &Report) {
    let of_document = |at: &At| match at {
        At::Bytes(range) => Some(document.text.get(..range.start)?.matches('\n').count() + 1),
        At::File | At::Json(..) => None,
    };
    let found = report.iter().filter(|found| found.place.file == document.name);
    let told: Vec<_> = found
        .filter_map(|found| {
            Some(format!("{}:{}: {}", document.name, of_document(&found.place.at)?, found.message))
        })
        .collect();
    let more = told.len().saturating_sub(MOST_TOLD);
    told.into_iter().take(MOST_TOLD).for_each(|line| plan.note(line));
    if more > 0 {
        plan.note(format!("{} like these", counted(more, "more line")));
    }
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
