//! `label-color`: a label's colour is not six hexadecimal digits.

use super::{Context, Example, Kind, Rule, texts::label_place};
use crate::report::{Diagnostic, Report, Severity};

/// Source: "The hexadecimal color code for the label, without the leading `#`", GitHub's OpenAPI document,
/// `POST /repos/{owner}/{repo}/labels`; anything but six digits is answered with 422.
pub(super) const RULE: Rule = Rule {
    code: "label-color",
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a label's colour is not six hexadecimal digits",
    explanation: "GitHub wants a label's colour as six hexadecimal digits without `#`, two each for red, green and blue. \
Short forms of CSS (`f00`) and names of colours are refused. Case does not matter. A label without a `color` gets GitHub's \
own.",
    bad: Example::source(
        r##"{ "issues": [{ "id": "A-1", "title": "Build it" }], "labels": [{ "name": "bug", "color": "#d73a4a" }] }"##,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "labels": [{ "name": "bug", "color": "d73a4a" }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    for (ix, label) in context.roadmap.labels() {
        let Some(color) = label.color.get().filter(|color| !is_color(color)) else { continue };
        let help = match mended(color) {
            Some(color) => format!("write `{color}`"),
            None => "write red, green and blue as two hexadecimal digits each, as in `d73a4a`".into(),
        };
        let message = format!("`{color}` is not a colour of six hexadecimal digits");
        report.push(Diagnostic::new("label-color", label_place(context, ix, "color"), message).help(help));
    }
}

fn is_color(text: &str) -> bool {
    text.len() == 6 && is_hex(text)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What was most likely meant: the same without `#` or `0x`, three digits doubled, transparency left out.
fn mended(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix('#').or_else(|| text.strip_prefix("0x")).unwrap_or(text);
    let digits = digits.to_ascii_lowercase();
    match digits.len() {
        _ if !is_hex(&digits) => None,
        3 | 4 => Some(digits[..3].chars().flat_map(|digit| [digit, digit]).collect()),
        6 | 8 => Some(digits[..6].to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn what_was_meant_is_guessed() {
        for (written, meant) in [
            ("#D73A4A", "d73a4a"),
            ("#f00", "ff0000"),
            ("abc", "aabbcc"),
            ("0x112233", "112233"),
            ("11223344", "112233"),
        ] {
            assert_eq!(mended(written).as_deref(), Some(meant), "{written}");
        }
        for written in ["red", "", "#", "12345", "ééé"] {
            assert_eq!(mended(written), None, "{written}");
        }
    }
}
