//! `state-contradiction`: an issue is given as open and as closed.

use super::{Context, Example, Kind, Rule};
use crate::{
    report::{Code, Diagnostic, Report, Severity},
    source::schema::{State, StateReason},
};

pub(super) const RULE: Rule = Rule {
    code: Code::StateContradiction,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an issue is given as open and as closed",
    explanation: "`closed_on` and `state_reason` say when and why an issue was closed; with `\"state\": \"open\"` beside \
them no document can tell the truth. Close the issue, or remove what speaks of its end. The reason `reopened` is the one \
that belongs to an open issue, and to no closed one. Where `states` says which labels stand for a state, an issue without a \
`state` cannot have labels of two, and a label cannot stand for two.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "state": "open", "closed_on": "2026-11-18" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "state": "closed", "closed_on": "2026-11-18" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let mut tell = |place, message: String, help: &str| {
        report.push(Diagnostic::new(Code::StateContradiction, place, message).help(help));
    };
    for (ix, issue) in roadmap.issues() {
        let reason = issue.state_reason.get();
        let (id, place) = (&issue.id, |key: &str| roadmap.issue_place(ix).key(key));
        match issue.state.get() {
            Some(State::Open) => {
                let help = "give `\"state\": \"closed\"`, or remove this";
                if let Some(day) = issue.closed_on {
                    tell(place("closed_on"), format!("`{id}` is open and was closed on {day}"), help);
                }
                if reason.is_some_and(|reason| *reason != StateReason::Reopened) {
                    tell(place("state_reason"), format!("`{id}` is open and says why it was closed"), help);
                }
            }
            Some(State::Closed) if reason == Some(&StateReason::Reopened) => {
                let help = "give `completed`, `not_planned` or `duplicate`";
                tell(place("state_reason"), format!("`{id}` is closed because it was reopened"), help);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn only_a_given_state_contradicts() {
        let source = r#"{ "issues": [
            { "id": "A-1", "title": "a", "state": "open", "state_reason": "completed" },
            { "id": "A-2", "title": "b", "state": "open", "state_reason": "reopened" },
            { "id": "A-3", "title": "c", "state": "closed", "state_reason": "reopened" },
            { "id": "A-4", "title": "d", "closed_on": "2026-11-18" }
        ] }"#;
        assert_eq!(
            found(Code::StateContradiction, source),
            [
                "issues[0].state_reason: `A-1` is open and says why it was closed",
                "issues[2].state_reason: `A-3` is closed because it was reopened",
            ]
        );
    }

    #[test]
    fn two_states_at_once_are_told() {
        let source = r#"{ "repository": "o/r",
            "states": { "done": { "labels": ["a", "x"] }, "dropped": { "labels": ["b", "X"] } },
            "issues": [{ "title": "A-1: a", "labels": ["a", "b"] }, { "title": "A-2: b", "labels": ["b", "a"], "state": "open" },
                { "title": "A-3: c", "labels": ["x"] }] }"#;
        assert_eq!(
            found(Code::StateContradiction, source),
            [
                "issues[0].labels: `A-1` has labels of two states: `a` and `b`",
                "states.dropped.labels[1]: `X` stands for two states",
            ]
        );
        let source = r#"{ "labels": [{ "name": "a" }], "states": { "done": { "labels": ["b"] } } }"#;
        assert_eq!(found(Code::UnknownLabel, source), ["states.done.labels[0]: unknown label `b`"]);
    }
}
