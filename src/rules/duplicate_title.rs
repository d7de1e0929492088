//! `duplicate-title`: two milestones have the same title, which GitHub refuses.

use std::collections::BTreeMap;

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

/// Source: GitHub answers the second with 422 `already_exists` on `title`, open and closed milestones alike
/// (cagov/data-infrastructure#252).
pub(super) const RULE: Rule = Rule {
    code: Code::DuplicateTitle,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "two milestones have the same title",
    explanation: "GitHub keeps the titles of a repository's milestones unique, closed ones included, and refuses the \
second. Readers cannot tell them apart either. Change one of the titles; the ids stay as they are.",
    bad: Example::source(
        r#"{
  "milestones": [
    { "id": "M-1", "title": "First release" },
    { "id": "M-2", "title": "First release" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [
    { "id": "M-1", "title": "First release" },
    { "id": "M-2", "title": "Second release" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let mut seen = BTreeMap::new();
    for (ix, milestone) in roadmap.milestones() {
        let title = milestone.title.trim();
        let place = || roadmap.milestone_place(ix).key("title");
        match seen.get(title) {
            Some(first) => report.push(
                Diagnostic::new(
                    Code::DuplicateTitle,
                    place(),
                    format!("two milestones have the title `{title}`"),
                )
                .help("GitHub refuses the second: change one of them")
                .related(roadmap.milestone_place(*first).key("title"), "first given here"),
            ),
            None => {
                seen.insert(title, ix);
            }
        }
    }
}
