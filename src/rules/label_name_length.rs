//! `label-name-length`: GitHub takes label names of 1 to 50 characters.

use super::{Context, Example, Kind, Rule, texts::label_place};
use crate::report::{Code, Diagnostic, Report, Severity};

/// Source: GitHub's answer `name is too long (maximum is 50 characters)`, 422 (github/docs#32156).
const MOST: usize = 50;

pub(super) const RULE: Rule = Rule {
    code: Code::LabelNameLength,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a label's name is empty or longer than 50 characters",
    explanation: "GitHub refuses a label without a name and one whose name has more than 50 characters, prefix included; \
an issue that has it cannot be created either. Shorten the name and let the description say the rest; the label's `was` \
takes the name that it had.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["area:everything-that-has-to-do-with-the-new-garden-shed"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["area:shed"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    for (ix, label) in context.roadmap.labels() {
        let length = label.name.chars().count();
        let message = match length {
            _ if label.name.trim().is_empty() => "the label has no name".to_owned(),
            0..=MOST => continue,
            _ => format!("the label's name has {length} characters"),
        };
        report.push(
            Diagnostic::new(Code::LabelNameLength, label_place(context, ix, "name"), message)
                .help("GitHub takes names of 1 to 50 characters"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn fifty_characters_are_taken_whatever_their_bytes() {
        let (most, more) = ("ü".repeat(50), "ü".repeat(51));
        let source =
            format!(r#"{{ "labels": [{{ "name": "{most}" }}, {{ "name": "{more}" }}, {{ "name": " " }}] }}"#);
        assert_eq!(
            found(Code::LabelNameLength, &source),
            ["labels[1].name: the label's name has 51 characters", "labels[2].name: the label has no name"]
        );
    }
}
