//! `empty-title`: a title in which there is nothing to read.

use super::{
    Context, Example, Kind, Rule,
    characters::{is_bidi, is_invisible},
    texts::{TextKind, visit},
};
use crate::report::{Code, Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::EmptyTitle,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a title holds nothing that can be read",
    explanation: "A title of spaces or of characters that show nothing makes headings, table rows and links that nobody \
can see or click, and GitHub refuses it. Give the thing a name.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "  " }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build the shed" }] }"#),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    visit(context, &mut |text| {
        if text.kind == TextKind::Title && text.value.chars().all(shows_nothing) {
            report.push(
                Diagnostic::new(Code::EmptyTitle, text.place(&(0..0)), "the title is empty")
                    .help("write what it is called"),
            );
        }
    });
}

fn shows_nothing(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_bidi(c)
        || is_invisible(c)
        || matches!(c, '\u{200C}'..='\u{200F}')
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn finds_titles_of_what_cannot_be_seen() {
        let source = r#"{ "title": "", "milestones": [{ "id": "M-1", "title": "\u200b\u2060" }],
            "phases": [{ "title": "\u3000" }, { "title": "." }] }"#;
        assert_eq!(
            found(Code::EmptyTitle, source),
            [
                "milestones[0].title: the title is empty",
                "phases[0].title: the title is empty",
                "title: the title is empty",
            ]
        );
    }
}
