//! Taking over files that somebody else wrote: what that would take away is listed, and what is replaced is kept.

use std::sync::Arc;

use serde_json::Value;

use super::{
    Session, advice,
    keep::{self, Kept},
    losses::{After, listed, losses},
    older,
};
use crate::{
    import::Imported,
    io::{Failure, Io},
    output::Found,
    render::{Page, PageKind, PagePath, Renderer, is_marked},
    report::{counted, typed},
    source,
};

/// How the heading of every summary ends that our template makes.
const HEADING: &str = " - Milestones and Issues Summary";

/// What would no longer be said once a page takes the place of a file, as a list for people, and how to bring it into the
/// JSON first; empty where nothing is lost. `old` is what the file holds.
///
/// # Errors
/// Where the source cannot be read any more.
pub(super) fn list(
    io: &Io<'_>,
    found: &source::Found,
    renderer: &Renderer,
    page: &Page,
    old: &[u8],
    is_verbose: bool,
) -> Result<String, Failure> {
    let path = page.path.as_str();
    let Ok(text) = std::str::from_utf8(old) else {
        return Ok(format!("`{path}` is no text: all of its {} would go", counted(old.len(), "byte")));
    };
    if !path.ends_with(".md") {
        return Ok(format!("all of `{path}` would go: {}", counted(text.lines().count(), "line")));
    }
    let mut new = Vec::new();
    if renderer.bytes(page, &mut new).is_err() {
        return Ok(String::new());
    }
    let imported = match page.kind {
        PageKind::Summary => older::filled(io, found, &path.into())?,
        _ => None,
    };
    let mut sources = Vec::new();
    for file in &*found.files {
        let bytes = io.files.read(&found.root.join(&**file))?.unwrap_or_default();
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        sources.push(serde_json::from_slice::<Value>(bytes).unwrap_or_default());
    }
    let new = String::from_utf8_lossy(&new);
    let after = After { new: &new, sources: &sources, imported: imported.as_ref(), is_filled: false };
    let list = listed(path, text, &losses(path, text, after), is_verbose);
    let imported = imported.filter(|_| !list.is_empty());
    let hint = imported.and_then(|imported| hint(path, &found.files, &imported, &sources));
    Ok(hint.map(|hint| format!("{list}\n{hint}")).unwrap_or(list))
}

/// How to bring what only an older summary says into the JSON first; `None` where it says nothing that the JSON lacks.
fn hint(path: &str, files: &[Arc<str>], imported: &Imported, sources: &[Value]) -> Option<String> {
    let filled = serde_json::from_str::<Value>(imported.source.trim_start_matches('\u{feff}')).ok()?;
    let [json] = files else { return None };
    (sources.first() != Some(&filled)).then(|| {
        let (path, json) = (typed(path), typed(json));
        format!("to take what only it says into the JSON first: roadbook import {path} --into {json}")
    })
}

/// Whether a summary that the source calls ours (`marker: false`) was never built: it has not the heading that our template
/// gives it.
fn is_older(renderer: &Renderer, page: &Page, old: &[u8]) -> bool {
    let is_unmarked = matches!(page.kind, PageKind::Summary) && !is_marked(&page.path, old);
    let has_heading = || String::from_utf8_lossy(old).lines().any(|line| line.trim_end().ends_with(HEADING));
    is_unmarked && !renderer.engine.has_overrides() && !has_heading()
}

/// Lists what adopting these files takes away, and keeps each: before anything is written. Pages among `listed` were
/// listed before.
///
/// # Errors
/// Where one cannot be kept.
pub(super) fn begin(
    session: &Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
    found: &[Found],
    listed: &[PagePath],
) -> Result<(), Failure> {
    let foreign = pages.iter().zip(found).filter_map(|(page, found)| match found {
        Found::Foreign(old) => Some((page, old)),
        Found::Differs(old) if is_older(renderer, page, old) => Some((page, old)),
        _ => None,
    });
    let foreign: Vec<_> = foreign.collect();
    for (page, old) in &foreign {
        if !session.global.quiet && !listed.contains(&page.path) {
            let list = list(session.io, &session.found, renderer, page, old, session.global.verbose)?;
            (!list.is_empty()).then(|| session.say(&list));
        }
    }
    let tree = session.tree();
    for (page, old) in foreign {
        let target = tree.target(&page.path)?;
        let kept = keep::keep(session.io, tree.root, &target, old)?;
        let path = source::below(tree.root, &target).unwrap_or_else(|| page.path.to_string());
        let told = kept.told(&path, &advice::way(session.io.files, tree.root)?);
        // A file that nobody asked for is told of also where only faults are.
        match kept {
            Kept::Committed => session.say(&told),
            Kept::Beside { .. } => session.io.terminal.say(&format!("{told}\n")),
        }
    }
    Ok(())
}
