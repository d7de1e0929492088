//! `roadbook start`: says that work on issues has begun, and by whom.

use serde_json::Value;

use super::{
    editing::{Draft, EditSession, Plan},
    lookup::Item,
    user,
};
use crate::{
    cli::Start,
    io::{Failure, FailureKind},
    model::IssueIx,
    report::counted,
};

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Start) -> Result<Plan, Failure> {
    let mut logins: Vec<_> =
        args.assignee.iter().map(|login| login.trim_start_matches('@').to_owned()).collect();
    if args.mine {
        logins.push(user::me(desk.session.io, &desk.session.found.root)?);
    }
    let mut plan = Plan::default();
    for item in desk.find_all(&args.ids)? {
        let Item::Issue(ix) = item else {
            let message = format!("`{}` is not an issue: only issues are started", desk.name(item));
            return Err(Failure::new(FailureKind::Usage, message));
        };
        let mut draft = Draft::new(desk, desk.subject(item)?);
        let on = args.on.as_ref().map(|day| desk.read(draft.field("begun_on")?, day)).transpose()?;
        draft.start(&desk.roadmap.issues[ix.0], on)?;
        assign(&mut draft, &logins);
        draft.notes.extend(waits(desk, ix));
        plan.add(draft.plan(&format!("started `{}`", desk.name(item)))?);
    }
    Ok(plan)
}

/// Adds people to those who do it.
fn assign(draft: &mut Draft<'_, '_>, logins: &[String]) {
    let mut assignees: Vec<Value> =
        draft.new.get("assignees").and_then(Value::as_array).cloned().unwrap_or_default();
    let before = assignees.len();
    for login in logins {
        let is_same = |other: &Value| other.as_str().is_some_and(|other| other.eq_ignore_ascii_case(login));
        if !assignees.iter().any(is_same) {
            assignees.push(login.as_str().into());
        }
    }
    if assignees.len() > before {
        draft.new.insert("assignees".to_owned(), assignees.into());
    }
}

/// What an issue still waits for, in words.
fn waits(desk: &EditSession<'_>, ix: IssueIx) -> Option<String> {
    let waiting = &desk.facts.issue(ix).waiting_for;
    let first = desk.roadmap.issues[waiting.first()?.0].id.as_str();
    let others = match waiting.len() - 1 {
        0 => String::new(),
        more => format!(" and {}", counted(more, "other")),
    };
    Some(format!("`{}` still waits for `{first}`{others}", desk.roadmap.issues[ix.0].id))
}
