//! `control-character`: a text holds a character that steers a terminal or a printer.

use super::{
    Context, Example, Kind, Rule,
    characters::{finding, is_control, is_plain},
    texts::visit,
};
use crate::report::{Code, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::ControlCharacter,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a text holds a control character",
    explanation: "Control characters come in by copying out of terminals and PDFs. They steer whoever prints them, are \
forbidden in HTML, and cut titles and table rows in two where they end a line. In titles and names they are errors, tabs \
and line ends included; in longer texts, where tabs and line ends are at home, they are warnings. Documents leave them out. \
Delete the character; the message gives its number, for most editors do not show it.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build\nthe shed" }] }"#),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build the shed", "body": "Four\nwalls" }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    visit(context, &mut |text| {
        if is_plain(text.value) && !(text.kind.is_line() && text.value.contains('\n')) {
            return;
        }
        let found = || text.value.chars().filter(|c| is_control(*c, text.kind));
        let help = "delete it, or replace it by a space";
        if let Some(mut mended) = finding(RULE.code, text, found(), help) {
            // What separates words is as good as a space.
            let is_blank = found().all(|c| matches!(c, '\t' | '\n' | '\r'));
            mended.repair.iter_mut().for_each(|repair| repair.is_certain |= is_blank);
            report.push(if text.kind.is_line() { mended } else { mended.warning() });
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn weighs_by_place() {
        let source = r#"{
            "milestones": [{ "id": "M-1", "title": "a", "owner": "ma\u001bra", "goal": "fine\r\n\tso \u0085 \u0007" }],
            "issues": [{ "id": "A-1", "title": "b", "labels": ["x\ty"] }] }"#;
        assert_eq!(
            found(Code::ControlCharacter, source),
            [
                "issues[0].labels[0]: the name holds U+0009 (tab)",
                "warning milestones[0].goal: the text holds U+0085 (next line), and 1 more such",
                "milestones[0].owner: the name holds U+001B (escape)",
            ]
        );
    }
}
