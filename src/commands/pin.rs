//! `roadbook pin`: writes ids into the JSON where they were made from titles, so that they outlast their titles; or gives
//! these issues the ids of a series.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    add::series,
    editing::{EditSession, Plan, Reference, references, remember},
    lookup::Item,
};
use crate::{
    cli::Pin,
    edit::{Change, Edit, Spot},
    io::{Failure, FailureKind},
    model::{Id, IssueIx},
    report::{JsonPath, counted, one_line},
    source::Origin,
};

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Pin) -> Result<Plan, Failure> {
    let renamed = match &args.series {
        Some(series) => {
            desk.needs_whole("ids can change")?;
            numbered(desk, series)?
        }
        None => Vec::new(),
    };
    let new: BTreeMap<_, _> =
        renamed.iter().map(|(old, new)| (old.to_ascii_lowercase(), new.as_str())).collect();
    let roadmap = &desk.roadmap;
    let milestones =
        roadmap.milestones.iter().filter(|it| it.made).map(|it| ("milestones", it.origin, it.id.as_str()));
    let issues = roadmap.issues.iter().filter(|it| it.made);
    let issues =
        issues.map(|it| ("issues", it.origin, new.get(it.id.key()).copied().unwrap_or(it.id.as_str())));
    let pinned: Vec<_> = milestones.chain(issues).collect();
    let mut plan = Plan::default();
    plan.edits.extend(pinned.iter().map(|(list, origin, id)| edit(desk, list, *origin, id)));
    plan.items.extend(pinned.iter().map(|(.., id)| (*id).to_owned()));
    plan.notes.extend(pinned.is_empty().then(|| "nothing to pin: no id is made from a title".to_owned()));
    if !renamed.is_empty() {
        plan.edits.extend(followed(desk, &new));
        plan.edits.extend(remember(desk, &renamed));
    }
    let files: BTreeSet<_> = pinned.iter().map(|(_, origin, _)| origin.file).collect();
    let done = || format!("pinned {} in {}", counted(pinned.len(), "id"), counted(files.len(), "file"));
    plan.done.extend((!pinned.is_empty()).then(done));
    plan.renamed = renamed;
    Ok(plan)
}

/// The ids of a series for the issues whose ids are made, in the order of the source, each with the made one.
fn numbered(desk: &EditSession<'_>, series: &str) -> Result<Vec<(String, String)>, Failure> {
    let head = series.trim_end_matches(|c: char| c.is_ascii_digit());
    let refused = |help: &str| {
        let message = format!("`{}` cannot be a series of ids", one_line(series));
        Failure::new(FailureKind::Usage, message).help(help)
    };
    let first = series[head.len()..].parse().ok().filter(|_| head.len() < series.len());
    if head.is_empty() || Id::new(&format!("{head}1")).is_none() {
        return Err(refused("write what stands before the numbers, as in `VP-`"));
    }
    let (last, width) = series::last_number(desk, head);
    let width = width.max(series.len() - head.len());
    let made = desk.roadmap.issues.iter().filter(|issue| issue.made);
    let is_free = |id: &String| !desk.roadmap.locked.contains(&id.to_ascii_lowercase());
    let first = first.unwrap_or(1).max(last.saturating_add(1));
    let ids = (first..=u64::MAX).map(|number| format!("{head}{number:0width$}")).filter(is_free);
    let names: Vec<_> = made.map(|issue| issue.id.to_string()).zip(ids).collect();
    let is_id = names.last().is_none_or(|(_, id)| Id::new(id).is_some());
    if is_id { Ok(names) } else { Err(refused("an id has at most 64 characters")) }
}

/// The edits by which references follow.
fn followed(desk: &EditSession<'_>, new: &BTreeMap<String, &str>) -> Vec<Edit> {
    let named = references(desk, Item::Issue(IssueIx(0)), |id| new.contains_key(&id.to_ascii_lowercase()));
    let renamed = |named: Reference| {
        let id = new.get(&named.name.to_ascii_lowercase()).copied();
        id.map(|id| named.renamed(id))
    };
    named.into_iter().filter_map(renamed).collect()
}

/// The id of an item, as its first property.
fn edit(desk: &EditSession<'_>, list: &str, origin: Origin, id: &str) -> Edit {
    Edit {
        file: Arc::clone(&desk.roadmap.files[origin.file]),
        path: JsonPath::default().key(list).index(origin.index).key("id"),
        change: Change::Set(id.into(), Spot::First),
    }
}
