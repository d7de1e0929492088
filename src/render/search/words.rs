//! The words of a text, as the search knows them. `templates/assets/search.js` cuts queries in the same way: both are
//! held to `tests/search/words.json`.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest word, in characters: what comes after is cut off.
const MOST: usize = 40;

/// Over how many files the words of a group of items are spread. A change of one text touches at most so many.
pub(super) const BUCKETS: usize = 8;

/// Calls `each` with every word of a text, in their order.
///
/// Letters are compared without case, accents and width. A word is a run of letters and digits of any script; scripts
/// without spaces between words give each pair of characters, and the last of a run by itself, so that every
/// character begins a word.
pub fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut lower = String::new();
    // No other character of ASCII is a part of a word, or takes part in how characters beside it are read.
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    for run in runs(text, is_part).map(|run| &text[run]) {
        if !run.is_ascii() {
            words_of_script(run, &mut each);
            continue;
        }
        let cut = &run[..run.len().min(MOST)];
        if cut.bytes().any(|byte| byte.is_ascii_uppercase()) {
            lower.clear();
            lower.push_str(cut);
            lower.make_ascii_lowercase();
            each(&lower);
        } else {
            each(cut);
        }
    }
}

/// Where the longest runs of such bytes are.
fn runs(text: &str, is_part: impl Fn(&u8) -> bool) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(&is_part)?;
        let length = bytes[start..].iter().position(|byte| !is_part(byte));
        at = length.map_or(bytes.len(), |length| start + length);
        Some(start..at)
    })
}

/// The same for a text that is not all ASCII.
fn words_of_script(text: &str, each: &mut impl FnMut(&str)) {
    let mut run = String::new();
    let mut is_dense = false;
    for c in text.nfkd().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).chain([' ']) {
        let is_word = c.is_alphanumeric();
        if !run.is_empty() && (!is_word || is_dense != self::is_dense(c)) {
            cut(&run, is_dense, each);
            run.clear();
        }
        if is_word {
            is_dense = self::is_dense(c);
            run.push(c);
        }
    }
}

/// Which of the files of a group holds a word, and all words that begin with its first two characters.
pub(super) fn bucket(word: &str) -> u8 {
    let most = if word.starts_with(is_dense) { 1 } else { 2 };
    let hash = word.chars().take(most).fold(0, |hash: usize, c| (hash * 31 + c as usize) % 65_521);
    (hash % BUCKETS) as u8
}

/// Cuts a run of letters and digits into words.
fn cut(run: &str, is_dense: bool, each: &mut impl FnMut(&str)) {
    if !is_dense {
        let end = run.char_indices().nth(MOST).map_or(run.len(), |(end, _)| end);
        return each(&run[..end]);
    }
    let starts: Vec<_> = run.char_indices().map(|(at, _)| at).chain([run.len(), run.len()]).collect();
    starts.windows(3).for_each(|at| each(&run[at[0]..at[2]]));
}

/// What is no part of a word and does not end it: marks on letters, soft hyphens, joiners.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}') || is_combining_mark(c)
}

/// Whether a script writes words without spaces between them: Han and Kana.
pub fn is_dense(c: char) -> bool {
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
        let ascii = "Build the DB-001_matrix (v2.0): it's DONE";
        let (mut short, mut long) = (Vec::new(), Vec::new());
        words(ascii, |word| short.push(word.to_owned()));
        words_of_script(ascii, &mut |word: &str| long.push(word.to_owned()));
        assert_eq!(short, long);
    }
}
