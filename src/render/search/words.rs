//! The words of a text, as the search knows them. `templates/assets/search.js` cuts queries in the same way: both are
//! held to `tests/search/words.json`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest word, in characters: what comes after is cut off.
const MOST: usize = 40;

/// Over how many files the words of a group of items are spread. A change of one text touches at most so many.
pub(super) const BUCKETS: usize = 8;

/// A word as it is met.
#[derive(Clone, Copy)]
pub(super) enum Word<'a> {
    /// One of ASCII that is shorter than [`SHORT`], as its bytes in one number: the last of them lowest.
    Short(u64),
    /// Any other.
    Long(&'a str),
}

/// How many bytes a word has at least that is no number.
const SHORT: usize = 8;

impl<'a> Word<'a> {
    /// A word that is met as a text.
    pub(super) fn of(word: &'a str) -> Self {
        if word.len() < SHORT && word.is_ascii() {
            Self::Short(word.bytes().fold(0, |word, byte| word << 8 | u64::from(byte)))
        } else {
            Self::Long(word)
        }
    }

    /// The word as a text, which a number is written out for.
    pub(super) fn text<'b>(self, bytes: &'b mut [u8; SHORT]) -> &'b str
    where
        'a: 'b,
    {
        match self {
            Self::Short(word) => {
                *bytes = word.to_be_bytes();
                let length = SHORT - word.leading_zeros() as usize / 8;
                // Nothing but ASCII is ever put into a number.
                std::str::from_utf8(&bytes[SHORT - length..]).unwrap_or_default()
            }
            Self::Long(word) => word,
        }
    }
}

/// Calls `each` with every word of a text, in their order.
///
/// Letters are compared without case, accents and width. A word is a run of letters and digits of any script; scripts
/// without spaces between words give each pair of characters. Of Han and Kana the last of a run stands by itself as well,
/// so that every character begins a word; a letter of the others says nothing by itself.
#[cfg(test)]
pub(crate) fn words(text: &str, mut each: impl FnMut(&str)) {
    each_word(text, |word| each(word.text(&mut [0; SHORT])));
}

/// The same, for those who need the text of few words.
pub(super) fn each_word(text: &str, mut each: impl FnMut(Word<'_>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (start, mut short, mut all) = (at, 0, 0);
        while let Some(byte) = bytes.get(at) {
            let part = PARTS[usize::from(*byte)];
            if part == 0 {
                break;
            }
            short = short << 8 | u64::from(part);
            all |= part;
            at += 1;
        }
        let end = at;
        at += 1;
        if end - start >= SHORT || !all.is_ascii() {
            words_of_run(&text[start..end], &mut each);
        } else if start < end {
            each(Word::Short(short));
        }
    }
}

/// The words of a run of letters and digits that may be long. It stands apart so that the loop around it stays small.
#[inline(never)]
fn words_of_run(run: &str, each: &mut impl FnMut(Word<'_>)) {
    if run.is_ascii() {
        each(Word::of(&run[..run.len().min(MOST)].to_ascii_lowercase()));
    } else {
        words_of_script(run, &mut |word: &str| each(Word::of(word)));
    }
}

/// What each byte is in a word: a letter or digit as it is compared, any byte that is not ASCII as it is, and 0 for those
/// that end a word. No other character of ASCII is a part of a word, or takes part in how characters beside it are read.
const PARTS: [u8; 256] = {
    let mut parts = [0; 256];
    let mut byte = 0;
    while byte < parts.len() {
        parts[byte] = match byte as u8 {
            part @ (b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9') => part.to_ascii_lowercase(),
            part @ 0x80.. => part,
            _ => 0,
        };
        byte += 1;
    }
    parts
};

/// The same for a text that is not all ASCII.
fn words_of_script(text: &str, each: &mut impl FnMut(&str)) {
    let mut run = String::new();
    let mut script = Script::Spaced;
    for c in text.nfkd().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).flat_map(folded).chain([' '])
    {
        let is_word = c.is_alphanumeric();
        if !run.is_empty() && (!is_word || script != Script::of(c)) {
            cut(&run, script, each);
            run.clear();
        }
        if is_word {
            script = Script::of(c);
            run.push(c);
        }
    }
}

/// Which of the files of a group holds a word, and all words that begin with its first two characters.
pub(super) fn bucket(word: &str) -> u8 {
    let most = if word.starts_with(|c| Script::of(c) != Script::Spaced) { 1 } else { 2 };
    let hash = word.chars().take(most).fold(0, |hash: usize, c| (hash * 31 + c as usize) % 65_521);
    (hash % BUCKETS) as u8
}

/// Cuts a run of letters and digits into words.
fn cut(run: &str, script: Script, each: &mut impl FnMut(&str)) {
    if script == Script::Spaced {
        let end = run.char_indices().nth(MOST).map_or(run.len(), |(end, _)| end);
        return each(&run[..end]);
    }
    let starts: Vec<_> = run.char_indices().map(|(at, _)| at).chain([run.len(), run.len()]).collect();
    let pairs = match script {
        Script::Unspaced if starts.len() > 3 => starts.len() - 3,
        _ => starts.len() - 2,
    };
    starts.windows(3).take(pairs).for_each(|at| each(&run[at[0]..at[2]]));
}

/// What is no part of a word and does not end it: marks on letters, soft hyphens, joiners.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}') || is_combining_mark(c)
}

/// A letter in lower case as it is compared: `ß` is `ss`, a sigma at the end of a word is one, and of letters that are taken
/// for accented ones or for two, and come apart in no normal form, those are meant that people type.
fn folded(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'ς' => ('σ', None),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' => ('d', None),
        'ı' => ('i', None),
        c => (c, None),
    };
    std::iter::once(first).chain(second)
}

/// How a script sets its words apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// By spaces.
    Spaced,
    /// Not at all, and of so many characters that one by itself says something: Han and Kana.
    Dense,
    /// Not at all, with an alphabet: those of South East Asia (class SA of UAX 14).
    Unspaced,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            ..='\u{dff}' => Self::Spaced,
            c if is_dense(c) => Self::Dense,
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{1950}'..='\u{19df}'
            | '\u{1a20}'..='\u{1aaf}'
            | '\u{a9e0}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aadf}'
            | '\u{11700}'..='\u{1174f}' => Self::Unspaced,
            _ => Self::Spaced,
        }
    }
}

/// Whether a character is one of Han or Kana.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts and their words that `search.js` is held to as well.
    #[test]
    fn texts_have_the_words_that_the_script_finds() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/search/words.json")).expect("it is JSON");
        let vectors = vectors.as_array().expect("a list");
        assert!(vectors.len() > 15);
        for vector in vectors {
            let text = vector["text"].as_str().expect("a text");
            let mut found = Vec::new();
            words(text, |word| found.push(serde_json::json!([word, bucket(word)])));
            assert_eq!(serde_json::Value::from(found), vector["words"], "{text}");
        }
    }

    #[test]
    fn a_short_way_is_no_other_way() {
        let lengths: Vec<_> = (1..50).map(|length| "Ab1Z".repeat(13)[..length].to_owned()).collect();
        let ascii = format!("Build the DB-001_matrix (v2.0): it's DONE {}", lengths.join("."));
        let (mut short, mut long) = (Vec::new(), Vec::new());
        words(&ascii, |word| short.push(word.to_owned()));
        words_of_script(&ascii, &mut |word: &str| long.push(word.to_owned()));
        assert_eq!(short, long);
    }
}
