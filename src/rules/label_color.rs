//! `label-color`: a label's colour is not six hexadecimal digits.

use super::{Context, Example, Kind, Rule, texts::label_place};
use crate::report::{Action, Code, Diagnostic, Report, Severity};

/// Source: "The hexadecimal color code for the label, without the leading `#`", GitHub's OpenAPI document,
/// `POST /repos/{owner}/{repo}/labels`; anything but six digits is answered with 422.
pub(super) const RULE: Rule = Rule {
    code: Code::LabelColor,
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
        let message = format!("`{color}` is not a colour of six hexadecimal digits");
        let found = Diagnostic::new(Code::LabelColor, label_place(context, ix, "color"), message);
        report.push(match mended(color) {
            Some((color, is_certain)) => {
                let found = found.help(format!("write `{color}`"));
                if is_certain {
                    found.certainly(Action::text(&color))
                } else {
                    found.perhaps(Action::text(&color))
                }
            }
            None => found.help("write red, green and blue as two hexadecimal digits each, as in `d73a4a`"),
        });
    }
}

fn is_color(text: &str) -> bool {
    text.len() == 6 && is_hex(text)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What was most likely meant: the same without `#` or `0x`, three digits doubled, transparency left out. Certain where
/// nothing is left out.
fn mended(text: &str) -> Option<(String, bool)> {
    let text = text.trim();
    let digits = text.strip_prefix('#').or_else(|| text.strip_prefix("0x")).unwrap_or(text);
    if digits.len() == 6 && is_hex(digits) {
        return Some((digits.to_owned(), true));
    }
    let digits = digits.to_ascii_lowercase();
    match digits.len() {
        _ if !is_hex(&digits) => None,
        3 => Some((digits.chars().flat_map(|digit| [digit, digit]).collect(), true)),
        4 => Some((digits[..3].chars().flat_map(|digit| [digit, digit]).collect(), false)),
        8 => Some((digits[..6].to_owned(), false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn what_was_meant_is_guessed() {
        for (written, meant) in [
            ("#D73A4A", "D73A4A"),
            ("#f00", "ff0000"),
            ("abc", "aabbcc"),
            ("0x112233", "112233"),
            ("11223344", "112233"),
        ] {
            assert_eq!(mended(written).map(|(color, _)| color).as_deref(), Some(meant), "{written}");
        }
        for written in ["red", "", "#", "12345", "ééé"] {
            assert_eq!(mended(written), None, "{written}");
        }
    }
}
