//! `closed-before-blocker`: something is done although it waits for something that is not.

use super::{Context, Example, Kind, Rule};
use crate::{
    report::{Diagnostic, Report, Severity},
    source::schema::State,
};

pub(super) const RULE: Rule = Rule {
    code: "closed-before-blocker",
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
        for link in issue.blocked_by() {
            let blocker = &roadmap.issues[link.to.0];
            if blocker.known_state() == Some(State::Open) {
                let place = roadmap.issue_place(ix).key("blocked_by").index(link.index);
                let message =
                    format!("`{}` is closed, but `{}`, which it waits for, is open", issue.id, blocker.id);
                report.push(
                    Diagnostic::new("closed-before-blocker", place, message)
                        .help("remove the dependency, or correct one of the two states"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::found;

    #[test]
    fn what_was_dropped_did_not_have_to_wait() {
        let source = r#"{ "issues": [
            { "id": "A-1", "title": "a", "state": "open" },
            { "id": "A-2", "title": "b", "state": "closed", "state_reason": "not_planned", "blocked_by": ["A-1"] },
            { "id": "A-3", "title": "c", "state": "closed", "blocked_by": ["A-2", "A-1"] }
        ] }"#;
        assert_eq!(
            found("closed-before-blocker", source),
            ["warning issues[2].blocked_by[1]: `A-3` is closed, but `A-1`, which it waits for, is open"]
        );
    }
}
