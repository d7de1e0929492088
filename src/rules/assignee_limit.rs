//! `assignee-limit`: GitHub takes 10 assignees.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

/// Source: "Adds up to 10 assignees to an issue", GitHub's OpenAPI document,
/// `POST /repos/{owner}/{repo}/issues/{issue_number}/assignees`.
const MOST: usize = 10;

pub(super) const RULE: Rule = Rule {
    code: Code::AssigneeLimit,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an issue has more than 10 assignees",
    explanation: "GitHub takes up to ten assignees for an issue and silently leaves out the others. Name those who do the \
work; a team can be named in the body, or the work split into sub-issues.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "assignees": [⟨11 × "mason-#"⟩] }] }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "assignees": [⟨10 × "mason-#"⟩] }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    for (ix, issue) in context.roadmap.issues() {
        let count = issue.assignees().len();
        if count > MOST {
            let place = context.roadmap.issue_place(ix).key("assignees").index(MOST);
            report.push(
                Diagnostic::new(Code::AssigneeLimit, place, format!("`{}` has {count} assignees", issue.id))
                    .help("GitHub takes 10 for each issue"),
            );
        }
    }
}
