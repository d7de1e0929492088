//! `roadbook split`: gives an issue parts, each an issue with it as parent, in its milestone and with its labels.

use serde_json::Value;

use super::{
    add::{Fresh, appended, name, series},
    editing::{EditSession, Plan},
    lookup::Item,
};
use crate::{
    cli::Split,
    io::{Failure, FailureKind},
    model::fields::ISSUE,
    report::counted,
};

/// What a part takes over.
const TAKEN: [&str; 2] = ["milestone", "labels"];

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Split) -> Result<Plan, Failure> {
    let item = desk.find(&args.id)?;
    let whole = desk.name(item).to_owned();
    let Item::Issue(ix) = item else {
        let message = format!("`{whole}` is not an issue: only issues are split");
        return Err(Failure::new(FailureKind::Usage, message));
    };
    let issue = &desk.roadmap.issues[ix.0];
    let own = || series::issues_where(desk, |other| other.id == issue.id);
    let siblings = match issue.made {
        // Where the id is made of the title, those of its parts are as well.
        true => series::Siblings::default(),
        false => own().unwrap_or_else(|| series::issues(desk, issue.milestone.get().copied(), &[])),
    };
    let old = desk.subject(item)?.old;
    let (mut plan, mut given, mut parts) = (Plan::default(), desk.given.clone(), Vec::new());
    for title in &args.titles {
        let mut fresh = Fresh::new(ISSUE);
        let (id, _) = name(desk, &mut fresh, title, None, &siblings, &given)?;
        for key in TAKEN {
            if let Some(value) = old.get(key).map(|value| without_states(desk, value)) {
                fresh.object.insert(key.to_owned(), value);
            }
        }
        fresh.object.insert("parent".to_owned(), whole.as_str().into());
        fresh.opened(desk);
        given.insert(id.to_ascii_lowercase());
        plan.items.push(id);
        parts.push(fresh.written());
    }
    let names = plan.items.join("`, `");
    let (file, edits) = appended(desk, "issues", parts);
    plan.done.push(format!("split `{whole}` into `{names}` in `{file}`"));
    plan.edits = edits;
    let count = counted(plan.items.len(), "part");
    plan.notes.push(format!("`{whole}` stays, as the parent of {count}"));
    Ok(plan)
}

/// The value without the labels that say how the whole stands: a part has not begun.
fn without_states(desk: &EditSession<'_>, value: &Value) -> Value {
    let states = &desk.roadmap.states;
    let says = [&states.in_progress.labels, &states.done.labels, &states.dropped.labels];
    let is_state = |label: &Value| {
        let label = label.as_str().map(str::to_lowercase);
        says.into_iter().flatten().any(|name| Some(name.to_lowercase()) == label)
    };
    match value {
        Value::Array(labels) => labels.iter().filter(|label| !is_state(label)).cloned().collect(),
        other => other.clone(),
    }
}
