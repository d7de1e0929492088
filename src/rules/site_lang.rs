//! `site-lang`: the language of the site is no language tag.

use super::{Context, Example, Kind, Rule};
use crate::report::{Action, Code, Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::SiteLang,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "the language of the site is not written as a language tag",
    explanation: "`site.lang` is what every page says of its language: screen readers choose their voice by it, browsers \
their hyphens and fonts. It is a tag of BCP 47: a code of two or three letters, with a script or a region behind hyphens, as \
`en`, `pt-BR` or `zh-Hant`. With an underscore, or a language's whole name, nobody understands it.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "site": { "lang": "en_US" } }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "site": { "lang": "en-US" } }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let Some(lang) = context.roadmap.site.lang.as_deref().filter(|lang| !is_tag(lang)) else { return };
    let place = context.roadmap.head_place("site").key("lang");
    let found = Diagnostic::new(Code::SiteLang, place, format!("`{lang}` is not a language tag"));
    let hyphens = lang.trim().replace('_', "-");
    report.push(match is_tag(&hyphens) {
        true => found.did_you_mean(Some(&hyphens)).certainly(Action::text(&hyphens)),
        false => found.help("write it as in `en`, `pt-BR` or `zh-Hant`"),
    });
}

/// Whether a text has the form of a tag of BCP 47: language, script, region, variants, extensions, private use. Whole names
/// of five to eight letters have the form too, and no language is registered under one.
fn is_tag(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let is = |part: &str, lengths: std::ops::RangeInclusive<usize>, fits: fn(&u8) -> bool| {
        lengths.contains(&part.len()) && part.as_bytes().iter().all(fits)
    };
    let (letters, digits, both) = (
        u8::is_ascii_alphabetic as fn(&u8) -> bool,
        u8::is_ascii_digit as fn(&u8) -> bool,
        u8::is_ascii_alphanumeric as fn(&u8) -> bool,
    );
    let Some((_, rest)) = parts.split_first().filter(|(language, _)| is(language, 2..=3, letters)) else {
        return parts.len() > 1
            && parts[0].eq_ignore_ascii_case("x")
            && parts[1..].iter().all(|part| is(part, 1..=8, both));
    };
    let mut rest = rest.iter().copied().peekable();
    for _ in 0..3 {
        rest.next_if(|part| is(part, 3..=3, letters));
    }
    rest.next_if(|part| is(part, 4..=4, letters));
    rest.next_if(|part| is(part, 2..=2, letters) || is(part, 3..=3, digits));
    while rest
        .next_if(|part| is(part, 5..=8, both) || is(part, 4..=4, both) && part.as_bytes()[0].is_ascii_digit())
        .is_some()
    {}
    while let Some(single) = rest.next_if(|part| is(part, 1..=1, both)) {
        let least = if single.eq_ignore_ascii_case("x") { 1 } else { 2 };
        let mut count = 0;
        while rest.next_if(|part| is(part, least..=8, both)).is_some() {
            count += 1;
        }
        if count == 0 {
            return false;
        }
    }
    rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn tags_are_known_by_their_form() {
        for good in [
            "en",
            "de",
            "pt-BR",
            "zh-Hant",
            "zh-Hant-TW",
            "es-419",
            "sl-rozaj-biske",
            "de-CH-1996",
            "zh-cmn-Hans-CN",
            "gsw",
            "ar",
            "de-u-co-phonebk",
            "en-x-twain",
            "x-whatever",
            "EN-us",
            "hy-Latn-IT-arevela",
            "de-1901-u-co-phonebk-x-y",
        ] {
            assert!(is_tag(good), "{good}");
        }
        for bad in [
            "",
            "e",
            "en_US",
            "english",
            "en-",
            "-en",
            "en US",
            "deutsch",
            "日本語",
            "en--US",
            "x",
            "en-u",
            "en-USA1-",
            "english-US",
            "en-toolongpart",
            "en\"",
            "en-US-US",
        ] {
            assert!(!is_tag(bad), "{bad}");
        }
    }
}
