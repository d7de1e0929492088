//! `closed-before-blocker`: something is done although it waits for something that is not.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::Link,
    report::{Code, Diagnostic, Report, Severity},
    source::schema::State,
};

pub(super) const RULE: Rule = Rule {
    code: Code::ClosedBeforeBlocker,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "an issue is closed while it waits for an open one",
    explanation: "Where the work was done all the same, the dependency was not one: remove it, so that the order of work \
tells the truth. Where it was not, open the issue again, or close what it waited for. Issues that were closed as \
`not_planned` or `duplicate` are left alone.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor", "state": "open" },
    { "id": "A-2", "title": "Raise the walls", "state": "closed", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor", "state": "closed" },
    { "id": "A-2", "title": "Raise the walls", "state": "closed", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, issue) in roadmap.issues() {
        if !issue.is_done() {
            continue;
        }
        let here = issue.blocked_by().iter().map(|link| {
            let blocker = &roadmap.issues[link.to.0];
            (blocker.id.as_str(), link.index, blocker.known_state())
        });
        let elsewhere = issue
            .blocked_elsewhere
            .iter()
            .map(|Link { to, index }| (to.text.as_str(), *index, to.snapshot.state));
        for (blocker, index, _) in here.chain(elsewhere).filter(|(.., state)| *state == Some(State::Open)) {
            let place = roadmap.issue_place(ix).key("blocked_by").index(index);
            let message = format!("`{}` is closed, but `{blocker}`, which it waits for, is open", issue.id);
            report.push(
                Diagnostic::new(Code::ClosedBeforeBlocker, place, message)
                    .help("remove the dependency, or correct one of the two states"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        report::Code,
        rules::tests::{found, found_with_lock},
    };

    #[test]
    fn a_blocker_elsewhere_is_open_where_a_snapshot_says_so() {
        let source = r#"{ "issues": [{ "id": "A-1", "title": "a", "state": "closed", "blocked_by": ["acme/garden#1", "acme/garden#2"] }] }"#;
        let lock = r#"{ "version": 1, "elsewhere": { "acme/garden#2": { "id": 8, "remote": { "state": "open" } } } }"#;
        assert_eq!(
            found_with_lock(Code::ClosedBeforeBlocker, source, lock),
            [
                "warning issues[0].blocked_by[1]: `A-1` is closed, but `acme/garden#2`, which it waits for, is open"
            ]
        );
    }

    #[test]
    fn what_was_dropped_did_not_have_to_wait() {
        let source = r#"{ "issues": [
            { "id": "A-1", "title": "a", "state": "open" },
            { "id": "A-2", "title": "b", "state": "closed", "state_reason": "not_planned", "blocked_by": ["A-1"] },
            { "id": "A-3", "title": "c", "state": "closed", "blocked_by": ["A-2", "A-1"] }
        ] }"#;
        assert_eq!(
            found(Code::ClosedBeforeBlocker, source),
            ["warning issues[2].blocked_by[1]: `A-3` is closed, but `A-1`, which it waits for, is open"]
        );
    }
}
