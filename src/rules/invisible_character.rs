//! `invisible-character`: a title or name holds a character that shows nothing.

use super::{
    Context, Example, Kind, Rule,
    characters::{finding, is_invisible, is_plain},
    texts::visit,
};
use crate::report::{Code, Report, Severity};

/// The flag before which tag characters spell a region, as in the flag of Scotland.
const BLACK_FLAG: char = '\u{1F3F4}';

pub(super) const RULE: Rule = Rule {
    code: Code::InvisibleCharacter,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "a title or name holds a character that shows nothing",
    explanation: "A zero-width space, a word joiner, a byte order mark, a soft hyphen or a tag character makes two titles \
or labels look alike that are not, and searches miss them. They come in by copying from web pages. Joiners (U+200C, U+200D) \
are fine, for emoji and Persian need them. Delete the character.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build the\u200b shed" }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build the shed" }] }"#),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    visit(context, &mut |text| {
        if is_plain(text.value) {
            return;
        }
        // A title of nothing else is `empty-title`.
        let judged = text.kind.is_line() && !text.value.chars().all(is_invisible);
        let found = judged.then(|| finding(RULE.code, text, unseen(text.value), "delete it"));
        found.flatten().into_iter().for_each(|found| report.push(found));
    });
}

/// The characters that show nothing, those that spell a flag left out.
fn unseen(text: &str) -> impl Iterator<Item = char> {
    let mut in_flag = false;
    text.chars().filter(move |c| {
        let is_tag = matches!(c, '\u{E0020}'..='\u{E007F}');
        in_flag = *c == BLACK_FLAG || (in_flag && is_tag);
        is_invisible(*c) && !in_flag
    })
}

#[cfg(test)]
mod tests {
    use super::unseen;

    #[test]
    fn flags_emoji_and_persian_are_seen() {
        for fine in [
            "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} tour",
            "👩\u{200D}🚀",
            "می\u{200C}خواهم",
        ] {
            assert_eq!(unseen(fine).count(), 0, "{fine}");
        }
        assert_eq!(unseen("a\u{AD}b\u{FEFF}c\u{E0041}").count(), 3);
    }
}
