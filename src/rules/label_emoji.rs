//! `label-emoji`: GitHub takes no label whose name is emoji alone.
//!
//! Source: its answer `name must contain more than native emoji`, 422 (AndreasAugustin/actions-template-sync#461).

use std::{collections::BTreeSet, sync::LazyLock};

use super::{Context, Example, Kind, Rule, texts::label_place};
use crate::report::{Diagnostic, Report, Severity};

/// The characters that emoji are made of, but for those of ASCII: `1` is a part of one and a name of its own.
static PARTS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    emojis::iter().flat_map(|emoji| emoji.as_str().chars()).filter(|char| !char.is_ascii()).collect()
});

pub(super) const RULE: Rule = Rule {
    code: "label-emoji",
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
    for (ix, label) in labels.filter(|(_, label)| is_emoji(&label.name)) {
        let message = format!("the label `{}` is emoji alone", label.name);
        report.push(
            Diagnostic::new("label-emoji", label_place(context, ix, "name"), message)
                .help("GitHub refuses it: put a word beside the emoji"),
        );
    }
}

fn is_emoji(name: &str) -> bool {
    let mut chars = name.chars().filter(|char| !char.is_whitespace()).peekable();
    chars.peek().is_some() && chars.all(|char| PARTS.contains(&char))
}

#[cfg(test)]
mod tests {
    use super::is_emoji;

    #[test]
    fn a_word_beside_the_emoji_makes_a_name() {
        for name in ["🚀", "🚀 🐛", "👩‍💻", "🇩🇪", "❤️"] {
            assert!(is_emoji(name), "{name}");
        }
        for name in ["🚀 launch", "1", "é", "日本", "→", ""] {
            assert!(!is_emoji(name), "{name}");
        }
    }
}
