//! Whether an answer holds what was sent. GitHub drops labels, assignees, milestone and type in silence where whoever asks
//! has no right to set them. Source: docs.github.com, "REST API endpoints for issues".

use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange, Refused},
        remote::{IssueKey, Reason, RemoteIssue, RemoteLabel, RemoteMilestone},
    },
    source::schema::{State, StateReason},
};

/// What was sent, and whether it was kept.
type Sent = (&'static str, bool);

/// Refuses an answer in which something that was sent is not.
fn kept(what: &str, key: Option<IssueKey>, sent: &[Sent]) -> Result<(), Refused> {
    let dropped: Vec<_> = sent.iter().filter(|(_, is_kept)| !is_kept).map(|(name, _)| *name).collect();
    if dropped.is_empty() {
        return Ok(());
    }
    let dropped = dropped.join(", ");
    let why = "the token lacks the right to set it, or the value is none there";
    Err(Refused::Dropped { words: format!("GitHub took {what} but not its {dropped}: {why}"), key })
}

/// Whether something was not sent, or is as it was sent.
fn is<T>(sent: &Option<T>, same: impl Fn(&T) -> bool) -> bool {
    sent.as_ref().is_none_or(same)
}

pub(super) fn label(what: &str, sent: &LabelChange, got: &RemoteLabel) -> Result<(), Refused> {
    kept(
        what,
        None,
        &[
            ("name", is(&sent.name, |name| *name == got.name)),
            ("colour", is(&sent.color, |color| color.eq_ignore_ascii_case(&got.color))),
            ("description", is(&sent.description, |text| same_text(text, got.description.as_deref()))),
        ],
    )
}

pub(super) fn milestone(what: &str, sent: &MilestoneChange, got: &RemoteMilestone) -> Result<(), Refused> {
    kept(
        what,
        Some(IssueKey { id: got.id, number: got.number }),
        &[
            ("title", is(&sent.title, |title| same_text(title, Some(&got.title)))),
            ("description", is(&sent.description, |text| same_text(text, got.description.as_deref()))),
            ("due date", is(&sent.due_on, |day| *day == got.due_on)),
            ("state", is(&sent.state, |state| *state == got.state)),
        ],
    )
}

pub(super) fn issue(what: &str, sent: &IssueChange, got: &RemoteIssue) -> Result<(), Refused> {
    kept(
        what,
        Some(IssueKey { id: got.id, number: got.number }),
        &[
            ("title", is(&sent.title, |title| same_text(title, Some(&got.title)))),
            ("body", is(&sent.body, |body| same_text(body, Some(&got.body)))),
            ("labels", is(&sent.labels, |labels| same_names(labels, &got.labels))),
            ("assignees", is(&sent.assignees, |logins| same_names(logins, &got.assignees))),
            ("milestone", is(&sent.milestone, |number| *number == got.milestone)),
            ("type", is(&sent.kind, |kind| folded(kind.as_deref()) == folded(got.kind.as_deref()))),
            ("state", is(&sent.state, |(state, reason)| *state == got.state && same_reason(*reason, got))),
        ],
    )
}

/// The reason counts only for what is closed; GitHub gives `completed` where none is said.
fn same_reason(sent: Option<StateReason>, got: &RemoteIssue) -> bool {
    match (sent, got.state_reason) {
        (Some(sent), Some(Reason::Closed(got_reason))) if got.state == State::Closed => sent == got_reason,
        _ => true,
    }
}

/// Whether two texts are the same but for line ends and white space around them, which GitHub changes.
fn same_text(sent: &str, got: Option<&str>) -> bool {
    sent.replace("\r\n", "\n").trim() == got.unwrap_or_default().replace("\r\n", "\n").trim()
}

/// Whether two lists hold the same names, in any order and case.
fn same_names(sent: &[String], got: &[String]) -> bool {
    let sorted = |names: &[String]| {
        let mut names: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
        names.sort();
        names.dedup();
        names
    };
    sorted(sent) == sorted(got)
}

fn folded(name: Option<&str>) -> Option<String> {
    name.map(str::to_lowercase)
}
