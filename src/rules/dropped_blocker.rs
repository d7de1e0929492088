//! `dropped-blocker`: an open issue waits for one that was dropped.

use super::{Context, Example, Kind, Rule};
use crate::{
    report::{Code, Diagnostic, Report, Severity},
    source::schema::StateReason,
};

pub(super) const RULE: Rule = Rule {
    code: Code::DroppedBlocker,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "an open issue waits for one that was dropped",
    explanation: "An issue that was closed as `not_planned` or `duplicate` was not done. It holds nothing up any more, as on \
GitHub, so what waited for it counts as ready, although what it needed is not there. Remove the dependency if nothing was \
needed, or wait for what took its place.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Order the windows", "state": "closed", "state_reason": "not_planned" },
    { "id": "A-2", "title": "Set the windows", "state": "open", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Order the windows", "state": "closed", "state_reason": "not_planned" },
    { "id": "A-2", "title": "Set the windows", "state": "open", "blocked_by": ["A-3"] },
    { "id": "A-3", "title": "Build the windows", "state": "open" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, issue) in roadmap.issues().filter(|(_, issue)| issue.is_open()) {
        let mut tell = |blocker: &str, index, reason| {
            let how = match reason {
                Some(StateReason::NotPlanned) => "was closed as not planned",
                Some(StateReason::Duplicate) => "was closed as a duplicate",
                _ => "was dropped",
            };
            let place = roadmap.issue_place(ix).key("blocked_by").index(index);
            let message = format!("`{}` waits for `{blocker}`, which {how}", issue.id);
            report.push(
                Diagnostic::new(Code::DroppedBlocker, place, message)
                    .help("remove the dependency, or wait for what took its place"),
            );
        };
        for link in issue.blocked_by() {
            let blocker = &roadmap.issues[link.to.0];
            if blocker.is_dropped() {
                tell(blocker.id.as_str(), link.index, blocker.known_reason());
            }
        }
        for link in issue.blocked_elsewhere.iter().filter(|link| link.to.is_dropped()) {
            tell(&link.to.text, link.index, link.to.snapshot.state_reason);
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
    fn what_was_dropped_in_another_repository_is_told_where_a_snapshot_knows() {
        let source = r#"{ "issues": [{ "id": "A-1", "title": "a", "state": "open", "blocked_by": ["acme/garden#1", "Acme/Garden#2"] }] }"#;
        let lock = r#"{ "version": 1, "elsewhere": {
            "acme/garden#1": { "id": 7, "remote": { "state": "closed", "state_reason": "completed" } },
            "acme/garden#2": { "id": 8, "remote": { "state": "closed", "state_reason": "not_planned" } } } }"#;
        assert_eq!(
            found_with_lock(Code::DroppedBlocker, source, lock),
            [
                "warning issues[0].blocked_by[1]: `A-1` waits for `Acme/Garden#2`, which was closed as not planned"
            ]
        );
        assert_eq!(found(Code::DroppedBlocker, source), [""; 0]);
    }

    #[test]
    fn only_open_dependants_of_what_was_dropped_are_told() {
        let source = r#"{ "issues": [
            { "id": "A-1", "title": "a", "state": "closed", "state_reason": "duplicate" },
            { "id": "A-2", "title": "b", "state": "closed", "state_reason": "completed" },
            { "id": "A-3", "title": "c", "state": "closed", "blocked_by": ["A-1"] },
            { "id": "A-4", "title": "d", "state": "open", "blocked_by": ["A-2", "A-1"] }
        ] }"#;
        assert_eq!(
            found(Code::DroppedBlocker, source),
            ["warning issues[3].blocked_by[1]: `A-4` waits for `A-1`, which was closed as a duplicate"]
        );
    }
}
