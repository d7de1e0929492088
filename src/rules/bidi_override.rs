//! `bidi-override`: a text holds a character that turns the direction of what follows.

use super::{
    Context, Example, Kind, Rule,
    characters::{finding, is_bidi, is_plain},
    texts::visit,
};
use crate::report::{Code, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::BidiOverride,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a text holds a character that turns the direction of writing",
    explanation: "The embeddings, overrides and isolates of Unicode (U+202A to U+202E, U+2066 to U+2069) can make a text \
read as something else than it says, beyond its own end: a known way to deceive reviewers (CVE-2021-42574). Right-to-left \
writing needs none of them; letters and the marks U+200E, U+200F and U+061C are fine. They are errors in titles and names \
and warnings in longer texts. Delete them.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build \u202etfihs eht" }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build the shift" }] }"#),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    visit(context, &mut |text| {
        if is_plain(text.value) {
            return;
        }
        let found = text.value.chars().filter(|c| is_bidi(*c));
        let help = "delete it: right-to-left writing needs no such character";
        if let Some(found) = finding(RULE.code, text, found, help) {
            report.push(if text.kind.is_line() { found } else { found.warning() });
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn right_to_left_titles_are_fine() {
        let source = r#"{ "milestones": [{ "id": "M-1", "title": "\u200fשלב 1\u200f" }],
            "issues": [{ "id": "A-1", "title": "b", "body": "x \u2066y" }] }"#;
        assert_eq!(
            found(Code::BidiOverride, source),
            ["warning issues[0].body: the body holds U+2066 (left-to-right isolate)"]
        );
    }
}
