//! How wide words are, and where they are cut.
//!
//! No font is measured: the table holds the advances of a common sans serif, widened by an eighth, which is as wide as
//! the widest of the fonts that `system-ui` means. Words that do not fit are cut at a word, with an ellipsis in place of
//! the rest.

use std::borrow::Cow;

use super::svg::Px;

/// The advances of the ASCII characters from space to `~`, in thousandths of the font's size.
const ADVANCES: [i64; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// What other characters advance by.
const OTHER: i64 = 650;

/// How far each ASCII character moves the next one, in thousandths of the font's size.
static MOVES: [i64; 128] = {
    let mut moves = [widened(OTHER); 128];
    let mut ix = 0;
    while ix < ADVANCES.len() {
        moves[ix + b' ' as usize] = widened(ADVANCES[ix]);
        ix += 1;
    }
    moves
};

const fn widened(advance: i64) -> i64 {
    advance * 9 / 8
}

/// The longest text that a picture carries, in characters: no picture has room for more.
const MOST: usize = 400;

/// How far the next character is moved, in thousandths of the font's size.
fn advance(c: char) -> i64 {
    MOVES.get(c as usize).copied().unwrap_or_else(|| {
        widened(match c {
            _ if joins(c) => 0,
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 1000,
            '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' => 1000,
            '\u{1f000}'..='\u{3fffd}' => 1200,
            '–' | '·' => 556,
            '—' | '→' | '…' => 1000,
            _ => OTHER,
        })
    })
}

/// Whether a character sits on the one before it.
fn joins(c: char) -> bool {
    !c.is_ascii()
        && matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{200b}'..='\u{200f}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}')
}

/// How wide words are at a font size.
pub(super) fn width(words: &str, size: Px) -> Px {
    (words.chars().map(advance).sum::<i64>() * size + 999) / 1000
}

/// How wide bold words are at a font size.
pub(super) fn bold_width(words: &str, size: Px) -> Px {
    width(words, size) * 9 / 8
}

/// As much of the words as anybody reads; no picture grows with a title of a hundred thousand characters.
pub(super) fn head(words: &str) -> &str {
    let words = words.trim();
    if words.len() <= MOST {
        return words;
    }
    match words.char_indices().nth(MOST) {
        Some((end, _)) => words[..end].trim_end(),
        None => words,
    }
}

/// As many whole words as fit into a room, with an ellipsis for the rest; where not even one fits, as many characters.
pub(super) fn fit(words: &str, size: Px, room: Px) -> Cow<'_, str> {
    let Some(end) = cut(words, size, room) else { return words.into() };
    // A dash or a bracket before the ellipsis says nothing more.
    let cut = words[..end].trim_end_matches(|c: char| c.is_whitespace() || "–—-:;,(/&·".contains(c));
    [cut, "…"].concat().into()
}

/// The same for a narrow room: where whole words would leave half of it empty, the next one is cut.
pub(super) fn fill(words: &str, size: Px, room: Px) -> Cow<'_, str> {
    let whole = fit(words, size, room);
    if whole.len() == words.len() || width(&whole, size) * 2 > room {
        return whole;
    }
    let (mut end, mut used) = (0, 0);
    while end < words.len() {
        let next = first_cluster(&words[end..]);
        used += width(&words[end..end + next], size);
        if used > room - size {
            break;
        }
        end += next;
    }
    format!("{}…", words[..end].trim_end()).into()
}

/// Where words end that fit into a room with an ellipsis behind them; `None` where there is room for all.
fn cut(words: &str, size: Px, room: Px) -> Option<usize> {
    let [most, short] = [room, room - size].map(|room| (room * 1000).div_euclid(size));
    let (mut used, mut word, mut joined, mut whole, mut end) = (0, 0, false, 0, None);
    for (at, c) in words.char_indices() {
        if c.is_whitespace() && at > 0 {
            word = at;
        }
        if !joins(c) && !joined {
            whole = at;
        }
        used += advance(c);
        if used > short {
            let here = match (word, whole) {
                (0, 0) => c.len_utf8().max(first_cluster(words)),
                (0, whole) => whole,
                (word, _) => word,
            };
            let end = *end.get_or_insert(here);
            if used > most {
                return Some(end).filter(|_| here < words.len());
            }
        }
        joined = c == '\u{200d}';
    }
    None
}

/// The bytes of the first character with all that sits on it.
fn first_cluster(words: &str) -> usize {
    words.char_indices().skip(1).find(|(_, c)| !joins(*c)).map_or(words.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_whole_and_the_cut_is_seen() {
        assert_eq!(fit("Inventory and gap map", 10, 80), "Inventory and…");
        assert_eq!(fit("Inventory", 10, 100), "Inventory");
        assert_eq!(fit("DB-ML0 – Inventory", 10, 60), "DB-ML0…");
        assert_eq!(fit("Unbreakableword", 10, 40), "Unbr…");
    }

    #[test]
    fn a_character_is_never_cut_off_from_its_marks() {
        let family = "👨\u{200d}👩\u{200d}👧👨\u{200d}👩\u{200d}👧";
        assert_eq!(fit(family, 10, 55), "👨\u{200d}👩\u{200d}👧…");
        let zalgo = format!("a{}b", "\u{301}".repeat(300));
        assert_eq!(fit(&zalgo, 10, 7), format!("{}…", &zalgo[..zalgo.len() - 1]));
        assert_eq!(fit(family, 10, 1), "👨\u{200d}…");
    }

    #[test]
    fn nothing_grows_without_bound() {
        assert_eq!(head(&"x".repeat(100_000)).len(), MOST);
        assert_eq!(head("  short "), "short");
    }
}
