//! `open-in-closed`: a closed milestone has open issues.

use super::{Context, Example, Kind, Rule};
use crate::{
    report::{Code, Diagnostic, Report, Severity},
    source::schema::State,
};

/// How many of the open issues are shown.
const SHOWN: usize = 3;

pub(super) const RULE: Rule = Rule {
    code: Code::OpenInClosed,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "a closed milestone has open issues",
    explanation: "A milestone that the source calls closed is shown as done, whatever is still open in it. GitHub allows \
it, so it is a warning: close the issues, move them to the milestone that will see them done, or open this one again. \
Issues whose state nobody has stated are not counted.",
    bad: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands", "state": "closed" }],
  "issues": [{ "id": "A-1", "title": "Lay the roof", "milestone": "M-1", "state": "open" }]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands", "state": "closed" }],
  "issues": [{ "id": "A-1", "title": "Lay the roof", "milestone": "M-1", "state": "closed" }]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, milestone) in roadmap.milestones() {
        if milestone.state.get() != Some(&State::Closed) {
            continue;
        }
        let issues = context.facts.milestone(ix).issues.iter();
        let open: Vec<_> = issues.filter(|ix| roadmap.issues[ix.0].is_open()).collect();
        let still = match open.as_slice() {
            [] => continue,
            [only] => format!("`{}` in it is open", roadmap.issues[only.0].id),
            several => format!("{} issues in it are open", several.len()),
        };
        let place = roadmap.milestone_place(ix).key("state");
        let found =
            Diagnostic::new(Code::OpenInClosed, place, format!("`{}` is closed, but {still}", milestone.id))
                .help("close them, move them to another milestone, or open this one");
        let shown = open.into_iter().take(SHOWN);
        report.push(shown.fold(found, |found, ix| {
            found.related(roadmap.issue_place(*ix), format!("`{}` is open", roadmap.issues[ix.0].id))
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn is_told_once_for_a_milestone() {
        let source = r#"{
            "repository": "o/r",
            "milestones": [{ "id": "M-1", "title": "a", "state": "closed" }, { "id": "M-2", "title": "b" }],
            "issues": [
                { "id": "A-1", "title": "a", "milestone": "M-1", "state": "open" },
                { "id": "A-2", "title": "b", "milestone": "M-1", "state": "open" },
                { "id": "A-3", "title": "c", "milestone": "M-1" },
                { "id": "A-4", "title": "d", "milestone": "M-2", "state": "open" }
            ] }"#;
        assert_eq!(
            found(Code::OpenInClosed, source),
            ["warning milestones[0].state: `M-1` is closed, but 2 issues in it are open"]
        );
    }
}
