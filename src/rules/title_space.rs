//! `title-space`: a title has spaces that nobody means: before it, behind it, or two between words.

use super::{
    Context, Example, Kind, Rule,
    texts::{TextKind, visit},
};
use crate::report::{Action, Code, Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::TitleSpace,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "a title has spaces around it, or two between words",
    explanation: "Spaces around a title, and a second one between two words, come in by copying and by joining cells of a \
spreadsheet. Nobody sees them, since HTML shows one; searches and comparisons by title miss them. Take them out.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build  the shed " }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build the shed" }] }"#),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    visit(context, &mut |text| {
        let value = text.value;
        let has_spaces = || value.starts_with(' ') || value.ends_with(' ') || value.contains("  ");
        // A title of nothing else is `empty-title`.
        if text.kind == TextKind::Title && has_spaces() && !value.trim().is_empty() {
            let message = match value.trim_matches(' ').contains("  ") {
                true => "the title has more than one space between two words",
                false => "the title has spaces around it",
            };
            let words: Vec<_> = value.split(' ').filter(|word| !word.is_empty()).collect();
            let found = Diagnostic::new(RULE.code, text.place(&(0..0)), message).help("take out the spaces");
            report.push(found.certainly(Action::text(&words.join(" "))));
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn finds_spaces_that_nobody_sees() {
        let source = r#"{ "title": " a", "milestones": [{ "id": "M-1", "title": "a  b " }],
            "issues": [{ "title": "A-1: x " }, { "id": "A-2", "title": "x y" }, { "id": "A-3", "title": "  " },
            { "id": "A-4", "title": "x\u00a0\u00a0y" }] }"#;
        assert_eq!(
            found(Code::TitleSpace, source),
            [
                "warning issues[0].title: the title has spaces around it",
                "warning milestones[0].title: the title has more than one space between two words",
                "warning title: the title has spaces around it",
            ]
        );
    }
}
