//! `label-description-length`: GitHub takes label descriptions of up to 100 characters.

use super::{Context, Example, Kind, Rule, texts::label_place};
use crate::report::{Code, Diagnostic, Report, Severity};

/// Source: "Must be 100 characters or fewer", GitHub's OpenAPI document, `POST /repos/{owner}/{repo}/labels`.
const MOST: usize = 100;

pub(super) const RULE: Rule = Rule {
    code: Code::LabelDescriptionLength,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a label's description is longer than 100 characters",
    explanation: "GitHub refuses a label whose description has more than 100 characters. One short line is what its tool \
tip shows; a longer text belongs into a hand-written document, with a region that lists the labels.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "labels": [{ "name": "bug", "description": "⟨101 × x⟩" }] }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "labels": [{ "name": "bug", "description": "Something does not work" }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    for (ix, label) in context.roadmap.labels() {
        let length = label.description.get().map_or(0, |text| text.chars().count());
        if length > MOST {
            let message = format!("the description of `{}` has {length} characters", label.name);
            report.push(
                Diagnostic::new(
                    Code::LabelDescriptionLength,
                    label_place(context, ix, "description"),
                    message,
                )
                .help("GitHub takes up to 100: shorten it"),
            );
        }
    }
}
