//! `.roadbook`: says where the roadmap is, or lists several.

use std::path::Path;

use super::Plan;
use crate::{
    commands::spot::Spot,
    io::{Failure, FailureKind, Files},
    source::{self, FOLDER, POINTER},
};

/// Lists a roadmap beside those that the root has already, whose names and gate stay; the only one there was gets a name.
fn join(plan: &mut Plan<'_>, spot: &Spot, json: &str, files: &dyn Files) -> Result<bool, Failure> {
    let bases = super::bases(files, &spot.root);
    if bases.is_empty() {
        return Ok(false);
    }
    let listed = source::listed(files, &spot.root)?;
    let mut old: Vec<_> = match &listed {
        Some(all) => all.iter().map(|one| (one.name.clone(), one.said.clone())).collect(),
        None => vec![(None, FOLDER.to_owned())],
    };
    let base = spot.root.join(json).parent().map(Path::to_owned);
    if base.is_some_and(|base| bases.contains(&base)) {
        let message =
            format!("cannot list `{json}` beside the roadmap that is there: both lie in one folder");
        return Err(Failure::new(FailureKind::Usage, message)
            .help("move it to a folder of its own: its lock and its documents lie beside it"));
    }
    let mut text = plan.text(POINTER)?.unwrap_or_default();
    if let [(name @ None, said)] = old.as_mut_slice() {
        let own = name_of(said);
        text = match listed {
            Some(_) => named(&text, said, &own),
            None => format!("{own} = {said}\n"),
        };
        plan.note(format!("the roadmap `{said}` is called `{own}` from here on, and its website lies in a folder of that name"));
        *name = Some(own);
    }
    let is_taken = |name: &str| old.iter().flat_map(|(it, _)| it).any(|it| it.eq_ignore_ascii_case(name));
    let stem = name_of(json);
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let name = std::iter::once(stem.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or(stem);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!("{name} = {json}\n"));
    plan.put(POINTER, text, &format!("lists the roadmap `{name}` beside the others"))?;
    Ok(true)
}

/// The file that says where the source is, where it is not where everybody looks.
pub(super) fn point(plan: &mut Plan<'_>, spot: &Spot, json: &str, files: &dyn Files) -> Result<(), Failure> {
    let found = source::find(files, Some(&spot.root), None);
    let is_found = match found {
        Ok(found) => found.files.iter().map(|file| &**file).eq([json]),
        Err(_) => {
            json.rsplit_once('/').is_some_and(|(folder, _)| folder == FOLDER)
                && !json.starts_with("roadbook.")
                && !spot.is_list
        }
    };
    if !is_found && (json.trim() != json || json.contains(['\n', '\r'])) {
        let message =
            format!("cannot name `{json}` in `{POINTER}`: it holds one line, without white space around it");
        return Err(Failure::new(FailureKind::Usage, message).help("rename the file or its folder"));
    }
    if is_found || join(plan, spot, json, files)? {
        Ok(())
    } else {
        plan.put(POINTER, format!("{json}\n"), "says where the roadmap is")
    }
}

/// A list in which the only roadmap gets a name.
fn named(text: &str, said: &str, name: &str) -> String {
    let line = format!("{name} = {said}");
    text.lines().map(|it| if it.trim() == said { &line } else { it }.to_owned() + "\n").collect()
}

/// The name of a roadmap at a path, where nobody gave it one.
fn name_of(path: &str) -> String {
    source::derived(path).filter(|it| source::name_form(it).is_ok()).unwrap_or_else(|| FOLDER.to_owned())
}
