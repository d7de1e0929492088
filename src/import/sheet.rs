//! Rows of cells out of CSV and TSV, each cell with its bytes: RFC 4180, with any separator and any line ends.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::fault::{Fault, at};

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// What it says, without quotes.
    pub(super) text: String,
    /// Its bytes, quotes included.
    pub(super) range: Range<usize>,
}

/// What separates cells, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of a text, empty ones left out; `knows` says whether a head is one that means something.
pub(super) fn rows(text: &str, knows: impl Fn(&str) -> bool) -> Result<Vec<Vec<Cell>>, Fault> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    // Spreadsheets write the separator into a line of its own.
    let own = text[start..].strip_prefix("sep=").and_then(|rest| {
        let separator = rest.bytes().next().filter(u8::is_ascii)?;
        let line = rest.find('\n').map_or(text.len(), |end| start + 4 + end + 1);
        Some((separator, line))
    });
    if let Some((separator, start)) = own {
        return split(text, start, separator);
    }
    // Of several separators the one counts with which the most heads mean something, then the one with the most cells.
    let head = |separator: &u8| {
        let lines = text[start..].lines().filter(|line| !line.trim().is_empty()).take(MOST_BEFORE_THE_HEAD);
        let counts = lines.map(|line| {
            let cells: Vec<_> =
                line.split(char::from(*separator)).map(|cell| cell.trim_matches(['"', ' '])).collect();
            (cells.iter().filter(|cell| knows(cell)).count(), cells.len())
        });
        counts.max().unwrap_or_default()
    };
    let separator = SEPARATORS.into_iter().rev().max_by_key(head).unwrap_or(b',');
    split(text, start, separator)
}

/// Among how many rows the heads are looked for.
pub(super) const MOST_BEFORE_THE_HEAD: usize = 10;

fn split(text: &str, start: usize, separator: u8) -> Result<Vec<Vec<Cell>>, Fault> {
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let (mut rows, mut row): (Vec<Vec<Cell>>, Vec<Cell>) = (Vec::new(), Vec::new());
    let (mut cell, mut buffer) = (Vec::new(), vec![0; 16 << 10]);
    let (mut from, mut here) = (start, start);
    loop {
        let (result, read, written) = reader.read_field(&text.as_bytes()[here..], &mut buffer);
        here += read;
        cell.extend_from_slice(&buffer[..written]);
        match result {
            ReadFieldResult::Field { record_end } => {
                let range = trimmed(text, from..here, separator);
                closed(text, &range)?;
                let bytes = std::mem::take(&mut cell);
                row.push(Cell { text: String::from_utf8_lossy(&bytes).into_owned(), range });
                from = here;
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
            ReadFieldResult::End => break,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.text.trim().is_empty()));
    Ok(rows)
}

/// The bytes of a cell without the line ends before it and what ends it.
fn trimmed(text: &str, range: Range<usize>, separator: u8) -> Range<usize> {
    let raw = &text[range.clone()];
    let start = range.start + raw.len() - raw.trim_start_matches(['\n', '\r']).len();
    let raw = &text[start..range.end];
    let bare = raw.strip_suffix(char::from(separator)).unwrap_or_else(|| raw.trim_end_matches(['\n', '\r']));
    start..start + bare.len()
}

/// Refuses a quote that is never closed, or that something follows: whatever is behind would be one cell.
fn closed(text: &str, range: &Range<usize>) -> Result<(), Fault> {
    let Some(inside) = text[range.clone()].strip_prefix('"') else { return Ok(()) };
    let mut rest = inside;
    loop {
        let Some(end) = rest.find('"') else {
            let help = "close it with another `\"`; a quote within a cell is written twice";
            return Err(Fault::new("this quote is never closed", at(text, range.start), help));
        };
        match rest[end + 1..].strip_prefix('"') {
            Some(behind) => rest = behind,
            None if rest[end + 1..].trim().is_empty() => return Ok(()),
            None => {
                let place = range.end - (rest.len() - end);
                let found = Fault::new(
                    "this quote ends its cell, and something follows it",
                    at(text, place),
                    "write a quote within a cell twice, and close the cell's own right before the separator",
                );
                return Err(Fault { first: Some(at(text, range.start)), ..found });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let rows = rows(text, |head| ["Title", "Status"].contains(&head)).expect("rows");
        rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn rows_are_read_with_any_separator_and_line_end() {
        let rows = [["Title", "Status"], ["a\r\n\"b\"", "x,y;z"]];
        for text in [
            "Title,Status\r\n\"a\r\n\"\"b\"\"\",\"x,y;z\"\r\n\r\n",
            "\u{feff}Title;Status\n\"a\r\n\"\"b\"\"\";\"x,y;z\"",
            "Title\tStatus\n\"a\r\n\"\"b\"\"\"\tx,y;z\n,\n",
            "sep=|\r\nTitle|Status\n\"a\r\n\"\"b\"\"\"|x,y;z\n",
        ] {
            assert_eq!(read(text)[..2], rows, "{text:?}");
        }
        assert_eq!(read("Title\n=1+1\n"), [["Title"], ["=1+1"]]);
        assert!(read("").is_empty());
    }

    #[test]
    fn a_cell_has_its_bytes() {
        let text = "\u{feff}Title,Status\n\n\"ä,\",b\n";
        let rows = rows(text, |_| true).expect("rows");
        let bytes = |row: usize| rows[row].iter().map(|cell| &text[cell.range.clone()]).collect::<Vec<_>>();
        assert_eq!((bytes(0), bytes(1)), (vec!["Title", "Status"], vec!["\"ä,\"", "b"]));
    }

    #[test]
    fn a_quote_that_nobody_closes_is_told_where_it_opens() {
        for (text, place) in [("a,b\n\"c,d\ne,f\n", 4), ("a,\"b\nc,\"d\n", 7), ("a\n\"b\"c\n", 4)] {
            let fault = rows(text, |_| false).expect_err(text);
            assert_eq!(fault.range.start, place, "{text:?}: {fault:?}");
        }
    }
}
