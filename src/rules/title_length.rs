//! `title-length`: GitHub takes titles of up to 256 characters.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Place, Report, Severity};

/// Source: GitHub's answer `title is too long (maximum is 256 characters)`, 422. Longer ones have been seen
/// (dead-claudia/github-limits#7), but nothing promises them. For milestones GitHub names no limit; the same one holds.
const MOST: usize = 256;

pub(super) const RULE: Rule = Rule {
    code: Code::TitleLength,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a title is longer than 256 characters",
    explanation: "GitHub refuses an issue whose title has more than 256 characters, the id at its head included. A title \
that long fits no table and no board either. Say what is to be done in one line, and the rest in the body (of a milestone: \
in its `description` or `goal`).",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build ⟨257 × x⟩" }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "body": "⟨257 × x⟩" }] }"#),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, milestone) in roadmap.milestones() {
        judge(report, || roadmap.milestone_place(ix), &milestone.title);
    }
    for (ix, issue) in roadmap.issues() {
        judge(report, || roadmap.issue_place(ix), &issue.title);
    }
}

fn judge(report: &mut Report, place: impl FnOnce() -> Place, title: &str) {
    // A title has at most as many characters as bytes.
    let length = if title.len() > MOST { title.chars().count() } else { 0 };
    if length > MOST {
        report.push(
            Diagnostic::new(
                Code::TitleLength,
                place().key("title"),
                format!("the title has {length} characters"),
            )
            .help("GitHub takes up to 256: shorten it, and say the rest in the text"),
        );
    }
}
