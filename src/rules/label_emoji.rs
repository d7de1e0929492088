//! `label-emoji`: GitHub takes no label whose name is emoji alone.
//!
//! Source: its answer `name must contain more than native emoji`, 422 (AndreasAugustin/actions-template-sync#461).

use super::{Context, Example, Kind, Rule, texts::label_place};
use crate::{
    markdown::html::is_emoji_alone,
    report::{Code, Diagnostic, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::LabelEmoji,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a label's name is emoji alone",
    explanation: "GitHub refuses a label whose name holds nothing but emoji (\"name must contain more than native emoji\"); an \
issue that has it cannot be created either. Put a word beside the emoji: that is what a search and a screen reader go by, too.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["🚀"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["🚀 launch"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let labels = context.roadmap.labels().filter(|(_, label)| !label.name.is_ascii());
    for (ix, label) in labels.filter(|(_, label)| is_emoji_alone(&label.name)) {
        let message = format!("the label `{}` is emoji alone", label.name);
        report.push(
            Diagnostic::new(Code::LabelEmoji, label_place(context, ix, "name"), message)
                .help("GitHub refuses it: put a word beside the emoji"),
        );
    }
}
