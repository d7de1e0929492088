//! Lines of cells for people: aligned, harmless, and no wider than the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{neutral::one_line, styled::style};

/// How little of the last column is shown at least, however narrow the terminal is.
const NARROWEST: usize = 12;

/// What stands between two columns.
const GAP: &str = "  ";

/// What a cell tells besides its words; a colour where there are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// It is well.
    Good,
    /// It is under way.
    Busy,
    /// It is in trouble.
    Bad,
    /// It matters less.
    Faint,
    /// It is what the line is about.
    Strong,
}

impl Tone {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Good => Some("32"),
            Self::Busy => Some("36"),
            Self::Bad => Some("31"),
            Self::Faint => Some("2"),
            Self::Strong => Some("1"),
        }
    }

    /// The text in this tone, for a [`super::Styled`].
    pub(crate) fn paint(self, text: &str, colour: bool) -> String {
        match self.code().filter(|_| colour && !text.is_empty()) {
            Some(code) => [&style(code), text, &style("0")].concat(),
            None => text.to_owned(),
        }
    }
}

/// One cell. Whatever its text holds, it stands on one line and commands no terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A cell; what says nothing is shown as `—`, so that every line has the same number of columns.
    pub(crate) fn new(text: impl AsRef<str>, tone: Tone) -> Self {
        let text = one_line(text.as_ref()).replace('\t', " ");
        if text.trim().is_empty() {
            Self { text: "—".into(), tone: Tone::Faint }
        } else {
            Self { text, tone }
        }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// The screen that a table is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Screen {
    /// How wide it is; `None` where there is none, as in a file: then nothing is cut.
    pub(crate) columns: Option<usize>,
    /// Whether it shows colours.
    pub(crate) colour: bool,
}

/// The rows as lines, the columns as wide as their widest cell; only the last column is cut.
pub(crate) fn table(rows: &[Vec<Cell>], screen: Screen) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.width()).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let taken: usize = widths.iter().rev().skip(1).map(|width| width + GAP.len()).sum();
    let room = screen.columns.map(|columns| columns.saturating_sub(taken).max(NARROWEST));
    let mut out = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            if column + 1 == row.len() {
                out.push_str(&cell.tone.paint(&cut(&cell.text, room), screen.colour));
            } else {
                out.push_str(&cell.tone.paint(&cell.text, screen.colour));
                out.extend(std::iter::repeat_n(' ', widths[column] - cell.text.width()));
                out.push_str(GAP);
            }
        }
        out.push('\n');
    }
    out
}

/// The text, cut to a width; that it was cut is shown.
fn cut(text: &str, room: Option<usize>) -> String {
    let Some(room) = room.filter(|room| text.width() > *room) else { return text.to_owned() };
    let mut cut = String::new();
    let mut width = 1;
    for c in text.chars() {
        width += c.width().unwrap_or_default();
        if width > room {
            break;
        }
        cut.push(c);
    }
    cut.truncate(cut.trim_end().len());
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<Cell>> {
        rows.iter().map(|row| row.iter().map(Cell::from).collect()).collect()
    }

    #[test]
    fn columns_are_as_wide_as_they_look() {
        let table = table(&rows(&[&["A-1", "数据", "x"], &["A-10", "", "long title"]]), Screen::default());
        assert_eq!(table, "A-1   数据  x\nA-10  —     long title\n");
    }

    #[test]
    fn only_the_last_column_is_cut_and_only_on_a_terminal() {
        let rows = rows(&[&["A-1", "a title that is too long"], &["A-2", "数据数据数据数据"]]);
        let screen = Screen { columns: Some(20), colour: false };
        assert_eq!(table(&rows, screen), "A-1  a title that i…\nA-2  数据数据数据数…\n");
        assert!(table(&rows, Screen { columns: Some(3), colour: false }).starts_with("A-1  a title tha…\n"));
    }

    #[test]
    fn no_cell_commands_the_terminal_or_breaks_its_line() {
        let hostile = Cell::new("a\u{1b}[2J\n\tb\u{202e}", Tone::Bad);
        let shown = table(&[vec![hostile]], Screen { columns: None, colour: true });
        assert_eq!(shown, [&style("31"), "a\\u{1b}[2J\\n b\\u{202e}", &style("0"), "\n"].concat());
    }
}
