//! Whether an answer holds what was sent. GitHub drops labels, assignees, milestone and type in silence where whoever asks
//! has no right to set them. Source: docs.github.com, "REST API endpoints for issues".

use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange, Refused},
        normal,
        plan::{Done, Field},
        remote::{IssueKey, Reason, RemoteIssue, RemoteLabel, RemoteMilestone},
    },
    source::schema::{State, StateReason},
};

/// What was sent, as messages name it, and whether it was kept.
type Sent = (Field, &'static str, bool);

/// Refuses an answer in which something that was sent is not.
fn kept(what: &str, done: Done, sent: &[Sent]) -> Result<(), Refused> {
    let dropped = || sent.iter().filter(|(_, _, is_kept)| !is_kept);
    let names: Vec<_> = dropped().map(|(_, name, _)| *name).collect();
    if names.is_empty() {
        return Ok(());
    }
    let why = match names.as_slice() {
        ["close reason"] => {
            "it keeps that of a closed issue: reopen it there, and it is closed for the new one"
        }
        _ => "the token lacks the right to set it, or the value is none there",
    };
    let words = format!("GitHub took {what} but not its {}: {why}", names.join(", "));
    Err(Refused::Dropped { words, fields: dropped().map(|(field, ..)| *field).collect(), done })
}

/// Whether something was not sent, or is as it was sent.
fn is<T>(sent: &Option<T>, same: impl Fn(&T) -> bool) -> bool {
    sent.as_ref().is_none_or(same)
}

pub(super) fn label(what: &str, sent: &LabelChange, got: &RemoteLabel) -> Result<(), Refused> {
    kept(
        what,
        Done::Label(got.id),
        &[
            (Field::Name, "name", is(&sent.name, |name| *name == got.name)),
            (Field::Color, "colour", is(&sent.color, |color| color.eq_ignore_ascii_case(&got.color))),
            (
                Field::Description,
                "description",
                is(&sent.description, |text| same_text(text, got.description.as_deref())),
            ),
        ],
    )
}

pub(super) fn milestone(what: &str, sent: &MilestoneChange, got: &RemoteMilestone) -> Result<(), Refused> {
    kept(
        what,
        Done::Milestone(IssueKey { id: got.id, number: got.number }),
        &[
            (Field::Title, "title", is(&sent.title, |title| same_text(title, Some(&got.title)))),
            (
                Field::Description,
                "description",
                is(&sent.description, |text| same_text(text, got.description.as_deref())),
            ),
            (Field::DueOn, "due date", is(&sent.due_on, |day| *day == got.due_on)),
            (Field::State, "state", is(&sent.state, |state| *state == got.state)),
        ],
    )
}

pub(super) fn issue(what: &str, sent: &IssueChange, got: &RemoteIssue) -> Result<(), Refused> {
    kept(
        what,
        Done::Issue(IssueKey { id: got.id, number: got.number }),
        &[
            (Field::Title, "title", is(&sent.title, |title| same_text(title, Some(&got.title)))),
            (Field::Body, "body", is(&sent.body, |body| same_text(body, Some(&got.body)))),
            (Field::Labels, "labels", is(&sent.labels, |labels| normal::same_names(labels, &got.labels))),
            (
                Field::Assignees,
                "assignees",
                is(&sent.assignees, |logins| normal::same_logins(logins, &got.assignees)),
            ),
            (Field::Milestone, "milestone", is(&sent.milestone, |number| *number == got.milestone)),
            (
                Field::Type,
                "type",
                is(&sent.kind, |kind| {
                    kind.as_deref().map(normal::folded) == got.kind.as_deref().map(normal::folded)
                }),
            ),
            (Field::State, "state", is(&sent.state, |(state, _)| *state == got.state)),
            (Field::StateReason, "close reason", is(&sent.state, |(_, reason)| same_reason(*reason, got))),
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

/// Whether two texts are the same but for what GitHub changes.
fn same_text(sent: &str, got: Option<&str>) -> bool {
    normal::text(sent) == normal::text(got.unwrap_or_default())
}
