//! `label-limit`: GitHub takes 100 labels on an issue.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

/// Source: GitHub's answer `Issues cannot have more than 100 labels`, 422 (actions/labeler#115).
const MOST: usize = 100;

pub(super) const RULE: Rule = Rule {
    code: Code::LabelLimit,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an issue has more than 100 labels",
    explanation: "GitHub takes up to a hundred labels for an issue and refuses the request that brings more, so that nothing \
of the issue is written. Labels are for what people filter by; what is said of one issue alone belongs into its body.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": [⟨101 × "area:#"⟩] }] }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": [⟨100 × "area:#"⟩] }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    for (ix, issue) in context.roadmap.issues() {
        let count = issue.labels().len();
        if count > MOST {
            let place = context.roadmap.issue_place(ix).key("labels").index(MOST);
            let message = format!("`{}` has {count} labels", issue.id);
            report.push(
                Diagnostic::new(Code::LabelLimit, place, message).help("GitHub takes 100 for each issue"),
            );
        }
    }
}
