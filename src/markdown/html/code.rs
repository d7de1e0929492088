//! What the words of fenced code are, as far as its language is known: a class for each keyword, string, comment. The only importer
//! of hl-lite.

#[rustfmt::skip]
mod keywords;

use hl_lite::{Kind, Lang, highlight};
use keywords::{C, GO, JAVA, RUBY, SOLIDITY, SWIFT};

/// A longer block stays plain: nobody reads so much of it, and each token is an element.
const LONGEST: usize = 20 * 1024;

/// How the tokens of a language are found.
#[derive(Clone, Copy)]
enum Lexer {
    /// By a lexer of the library.
    Own(Lang),
    /// By the lexer of a language with the same strings, comments and numbers, with these keywords: sorted.
    Like(Lang, &'static [&'static str]),
    /// By what its lines begin with.
    Lines,
}

/// Languages that have the strings and comments of another.
const LIKE: [(&[&str], Lang, &[&str]); 6] = [
    (&["c", "c++", "cc", "cpp", "h", "hpp", "objc", "objective-c"], Lang::TypeScript, C),
    (&["c#", "cs", "csharp", "java", "kotlin", "kt", "kts", "scala"], Lang::TypeScript, JAVA),
    (&["go", "golang"], Lang::TypeScript, GO),
    (&["rb", "ruby"], Lang::Python, RUBY),
    (&["sol", "solidity"], Lang::TypeScript, SOLIDITY),
    (&["swift"], Lang::TypeScript, SWIFT),
];

impl Lexer {
    /// That of a language by the name that a fence gives it, in lower case.
    fn named(name: &str) -> Option<Self> {
        if matches!(name, "diff" | "patch") {
            return Some(Self::Lines);
        }
        let like = || LIKE.iter().find(|(names, ..)| names.contains(&name));
        let name = if name == "python3" { "python" } else { name };
        Lang::from_slug(name)
            .map(Self::Own)
            .or_else(|| like().map(|(_, lang, words)| Self::Like(*lang, words)))
    }
}

/// The pieces of a block of code in their order, each with its class; `None` where its language is not known, or it is long.
pub(super) fn tokens<'c>(language: &str, code: &'c str) -> Option<Vec<(Option<&'static str>, &'c str)>> {
    let lexer = Lexer::named(language).filter(|_| code.len() <= LONGEST)?;
    let (lang, keywords) = match lexer {
        Lexer::Lines => return Some(code.split_inclusive('\n').map(|line| (of_line(line), line)).collect()),
        Lexer::Own(lang) => (lang, None),
        Lexer::Like(lang, keywords) => (lang, Some(keywords)),
    };
    let mut pieces = Vec::new();
    for span in highlight(lang, code) {
        match keywords {
            Some(keywords) if span.kind == Kind::Plain => push_words(&mut pieces, span.text, keywords),
            Some(keywords) => pieces.push((of_word(span.kind, span.text, keywords), span.text)),
            None => pieces.push((class(span.kind), span.text)),
        }
    }
    Some(pieces)
}

/// The class of a token; none for what is neither here nor there.
fn class(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Keyword => "k",
        Kind::String => "s",
        Kind::Comment => "c",
        Kind::Number | Kind::Constant => "n",
        Kind::Type | Kind::Tag => "t",
        Kind::Function => "f",
        Kind::Attribute | Kind::Property | Kind::Variable => "a",
        Kind::Plain | Kind::Operator | Kind::Punctuation => return None,
    })
}

/// The class of a token in a language that has keywords of its own.
fn of_word(kind: Kind, word: &str, keywords: &[&str]) -> Option<&'static str> {
    match kind {
        Kind::String | Kind::Comment | Kind::Number | Kind::Operator | Kind::Punctuation => class(kind),
        _ if keywords.binary_search(&word).is_ok() => Some("k"),
        Kind::Keyword => None,
        _ => class(kind),
    }
}

/// Takes the keywords out of words that mean nothing to the lexer.
fn push_words<'c>(pieces: &mut Vec<(Option<&'static str>, &'c str)>, mut text: &'c str, keywords: &[&str]) {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    while let Some(start) = text[at..].find(is_part).map(|start| at + start) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |end| start + end);
        at = end;
        if keywords.binary_search(&&text[start..end]).is_ok() {
            pieces.extend([(None, &text[..start]), (Some("k"), &text[start..end])]);
            (text, at) = (&text[end..], 0);
        }
    }
    pieces.push((None, text));
}

/// The class of a line of a diff: what comes is green as strings are, what goes red as keywords are.
fn of_line(line: &str) -> Option<&'static str> {
    match line.as_bytes().first()? {
        b'+' => Some("s"),
        b'-' => Some("k"),
        b'@' => Some("f"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::sanitize::TOKENS;
    use proptest::prelude::*;

    /// Names of all languages that are known.
    fn names() -> impl Iterator<Item = &'static str> {
        let own = [
            "rust",
            "bash",
            "css",
            "dockerfile",
            "html",
            "javascript",
            "json",
            "markdown",
            "python",
            "toml",
            "typescript",
            "yaml",
            "diff",
        ];
        LIKE.iter().flat_map(|(names, ..)| names.iter().copied()).chain(own)
    }

    fn marked(language: &str, code: &str) -> String {
        let pieces = tokens(language, code).expect("the language is known");
        pieces
            .iter()
            .map(|(class, text)| class.map_or((*text).to_owned(), |class| format!("‹{class} {text}›")))
            .collect()
    }

    #[test]
    fn keywords_are_sorted() {
        for (names, _, words) in LIKE {
            assert!(words.is_sorted(), "{names:?}");
        }
    }

    #[test]
    fn words_have_the_class_of_what_they_are() {
        for (language, code, wanted) in [
            ("rust", "let a = \"b\"; // c", "‹k let› a = ‹s \"b\"›; ‹c // c›"),
            ("python3", "def f(): return 1", "‹k def› ‹f f›(): ‹k return› ‹n 1›"),
            ("swift", "guard let a = B(c: 1) else", "‹k guard› ‹k let› a = ‹f B›(c: ‹n 1›) ‹k else›"),
            ("swift", "func f(_ of: Self)", "‹k func› ‹f f›(_ of: ‹k Self›)"),
            ("go", "func (a *B) c() { // typeof", "‹k func› (a *‹t B›) ‹f c›() { ‹c // typeof›"),
            ("ruby", "unless a # b", "‹k unless› a ‹c # b›"),
            ("diff", "@@ a\n-b\n+c\n d", "‹f @@ a\n›‹k -b\n›‹s +c\n› d"),
            ("json", "{\"a\": true}", "{‹a \"a\"›: ‹n true›}"),
        ] {
            assert_eq!(marked(language, code), wanted, "{language}");
        }
    }

    #[test]
    fn what_is_not_known_or_long_stays_plain() {
        assert!(tokens("brainfuck", "+").is_none() && tokens("text", "let").is_none());
        assert!(
            tokens("rust", &"a".repeat(LONGEST)).is_some()
                && tokens("rust", &"a".repeat(LONGEST + 1)).is_none()
        );
    }

    proptest! {
        // PROPTEST_CASES in the environment tries more.
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_lost_and_all_classes_are_known(
            parts in prop::collection::vec(prop_oneof![
                prop::sample::select(vec![
                    "a", "let", "func ", "\"", "'", "`", "\"\"\"", "//", "/*", "*/", "#", "<!--", "-->", "<a b='", ">", "</", "{", "}", "[", "]", "(",
                    ")", "${", "$(", "\\", "\n", "\r\n", "\t", " ", "0x", "1e", "é", "\u{2028}", "𝕏", "@", ":", "- ", "|", "<<EOF\n", "r#\"", "b'", ";",
                ]).prop_map(str::to_owned),
                any::<String>(),
            ], 0..24),
        ) {
            let code = parts.concat();
            for name in names() {
                let pieces = tokens(name, &code).unwrap_or_default();
                let whole: String = pieces.iter().map(|(_, text)| *text).collect();
                prop_assert!(code.len() > LONGEST || whole == code, "{}: {:?}", name, code);
                prop_assert!(pieces.iter().all(|(class, _)| class.is_none_or(|class| TOKENS.contains(&class))));
            }
        }
    }
}
