//! The little of a text that a frame shows: one line, or the part of a long one that lies around what is meant.
//!
//! Nothing here walks further than a line is wide, so that a finding in a line of fifty megabytes costs no more than
//! one in a short line.

use std::ops::Range;

use super::{Span, neutral};

/// How many columns of a line are shown at most.
const WIDTH: usize = 140;
/// How many of them lie before what is meant, where the line goes on behind it.
const BEFORE: usize = 40;

/// A line as a terminal may show it: what it would obey is spelled out, what is too long is cut.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// What is shown.
    pub(super) shown: String,
    /// Where each character that is shown begins, in the source and in `shown`; at last where the line ends.
    marks: Vec<(usize, usize)>,
    /// Where the line, or what is shown of it, ends in the source.
    end: usize,
}

impl Line {
    /// The line in which the byte `focus` lies; `None` where the text does not have it (any more).
    pub(super) fn around(text: &str, focus: usize) -> Option<Self> {
        let (before, after) = (text.get(..focus)?, text.get(focus..)?);
        let left = reach(before.chars().rev(), WIDTH);
        let right = reach(line_rest(after), WIDTH);
        let (left, right) = match (left.ended, right.ended) {
            (true, true) if left.width + right.width <= WIDTH => (left, right),
            _ => {
                let room = WIDTH.saturating_sub(if right.ended { right.width } else { WIDTH });
                let left = reach(before.chars().rev(), room.max(BEFORE));
                let right = reach(line_rest(after), WIDTH - left.width);
                (left, right)
            }
        };
        Some(Self::cut(text, focus - left.bytes..focus + right.bytes, !left.ended, !right.ended))
    }

    /// The line behind this one, where it is near.
    pub(super) fn next(&self, text: &str) -> Option<Self> {
        let newline = text.get(self.end..)?.find('\n').filter(|rest| *rest <= WIDTH)?;
        Self::around(text, self.end + newline + 1)
    }

    /// Where a stretch of the source is shown: its first line only, and no further than this line is shown. `None`
    /// where it begins elsewhere.
    pub(super) fn place_of(&self, text: &str, span: &Span) -> Option<Range<usize>> {
        let start = self.marks.binary_search_by_key(&span.range.start, |(source, _)| *source).ok()?;
        let end = self.marks.partition_point(|(source, _)| *source < span.range.end.min(self.end));
        let end = if span.end_line > span.line { self.without_space(text, start) } else { end };
        let shown = |mark: usize| self.marks.get(mark).map_or(self.shown.len(), |(_, shown)| *shown);
        Some(shown(start)..shown(end).max(shown(start)))
    }

    /// The mark behind the last character after `start` that is no white space.
    fn without_space(&self, text: &str, start: usize) -> usize {
        let rest = text.get(self.marks[start].0..self.end).unwrap_or_default();
        start + rest.trim_end().chars().count().max(1).min(self.marks.len() - 1 - start)
    }

    fn cut(text: &str, range: Range<usize>, cut_left: bool, cut_right: bool) -> Self {
        let mut line = Self { shown: String::new(), marks: Vec::new(), end: range.end };
        if cut_left {
            line.shown.push('…');
        }
        for (at, c) in text[range.clone()].char_indices() {
            line.marks.push((range.start + at, line.shown.len()));
            neutral::push(&mut line.shown, c);
        }
        line.marks.push((range.end, line.shown.len()));
        if cut_right {
            line.shown.push('…');
        }
        line
    }
}

/// How far one can go in a line.
#[derive(Debug, Default)]
struct Reach {
    bytes: usize,
    width: usize,
    ended: bool,
}

/// Goes along the line until it ends or `room` columns are full.
fn reach(chars: impl Iterator<Item = char>, room: usize) -> Reach {
    let mut reach = Reach::default();
    for c in chars.take_while(|c| *c != '\n' && *c != '\u{feff}') {
        let wide = width(c);
        if reach.width + wide > room {
            return reach;
        }
        reach.width += wide;
        reach.bytes += c.len_utf8();
    }
    Reach { ended: true, ..reach }
}

/// The characters up to the end of the line, be it `\n` or `\r\n`.
fn line_rest(text: &str) -> impl Iterator<Item = char> {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || match chars.next()? {
        '\r' if chars.peek().is_none_or(|next| *next == '\n') => Some('\n'),
        c => Some(c),
    })
}

/// How many columns a character takes when it is shown, on the safe side.
fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        _ if neutral::is_hostile(c) => c.escape_unicode().count(),
        '\u{1100}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shown_whole_where_it_fits() {
        let line = Line::around("one\r\n  two \u{1b}[m\r\nthree", 7).expect("a line");
        assert_eq!(line.shown, "  two \\u{1b}[m");
        assert_eq!(line.next("one\r\n  two \u{1b}[m\r\nthree").expect("a line").shown, "three");
        assert_eq!(Line::around("\u{feff}x", 3).expect("a line").shown, "x");
        assert_eq!(Line::around("x\n", 2).expect("a line").shown, "");
        assert!(Line::around("ä", 1).is_none() && Line::around("ä", 9).is_none());
    }

    #[test]
    fn a_long_line_is_cut_around_the_focus() {
        let text = format!("{}x{}", "a".repeat(10_000), "数".repeat(10_000));
        for (focus, left, right) in [(0, false, true), (10_000, true, true), (text.len() - 3, true, false)] {
            let line = Line::around(&text, focus).expect("a line");
            assert_eq!((line.shown.starts_with('…'), line.shown.ends_with('…')), (left, right));
            assert!(line.shown.chars().map(width).sum::<usize>() <= WIDTH + 4);
            assert!(line.marks.iter().any(|(source, _)| *source == focus));
        }
    }

    #[test]
    fn no_more_is_walked_than_is_shown() {
        let text = "x".repeat(50_000_000);
        (0..10_000).for_each(|n| assert!(Line::around(&text, n * 5_000).is_some()));
    }
}
