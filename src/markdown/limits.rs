//! Which bodies are not even tried: parsers would take too long, or too much room, for them.

use super::scan;

/// The longest body that is read as Markdown, in characters: GitHub's own limit of an issue's body.
const LONGEST: usize = 65_536;

/// How much of a body that is not read is shown, in characters.
pub(super) const SHOWN: usize = 10_000;

/// How deep quotes and lists may stand in one another: parsers take quadratic time for more.
const DEEPEST: usize = 100;

/// How many cells a table may come to: parsers add those that are missing in short rows.
const MOST_CELLS: usize = 200_000;

/// A line is too much for its brackets where it is longer than this, in bytes, and holds more brackets than that.
const LONG_LINE: usize = 10_000;
const MANY_BRACKETS: usize = 1_000;

/// As much of a body as is shown where it is not read, and how many characters it has in all.
pub(super) fn beginning(body: &str) -> (&str, usize) {
    let end = body.char_indices().nth(SHOWN).map_or(body.len(), |(at, _)| at);
    (&body[..end], body.chars().count())
}

/// Whether a body is so long or so deep that no parser should be given it.
pub(super) fn is_too_much(body: &str) -> bool {
    body.len() > LONGEST && body.chars().nth(LONGEST).is_some()
        || may_be_deep(body) && body.lines().any(|line| depth(line) > DEEPEST)
        || may_have_long_line(body) && body.lines().any(has_too_many_brackets)
        || may_have_many_cells(body) && most_cells(body) > MOST_CELLS
}

/// Whether a line may be too deep: it begins with more than [`DEEPEST`] bytes of marks and indent, which no text goes
/// without that is cut into halves of it. Most of those end with a first look.
fn may_be_deep(body: &str) -> bool {
    let is_mark =
        |byte: &u8| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9');
    body.as_bytes().chunks_exact(DEEPEST / 2).any(|half| half.iter().all(is_mark))
}

/// How many quotes and lists a line may stand in, by its indent (two columns at least for each list) and its marks.
fn depth(line: &str) -> usize {
    let mut columns = 0;
    let mut marks = 0;
    let mut rest = line;
    loop {
        let inside = rest.trim_start_matches([' ', '\t']);
        columns += rest.len() - inside.len();
        let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let behind = match inside.as_bytes().get(digits) {
            Some(b'>' | b'-' | b'+' | b'*') if digits == 0 => &inside[1..],
            Some(b'.' | b')') if (1..=9).contains(&digits) => &inside[digits + 1..],
            _ => return marks + columns.saturating_sub(marks) / 2,
        };
        marks += 1;
        rest = behind;
    }
}

/// Whether a line may be longer than [`LONG_LINE`]: none is where each half of that holds the end of one.
fn may_have_long_line(body: &str) -> bool {
    body.as_bytes().chunks_exact(LONG_LINE / 2).any(|half| !half.contains(&b'\n'))
}

/// Whether the tables of a body may come to too many cells, even if one line had all of its bars.
fn may_have_many_cells(body: &str) -> bool {
    let [bars, line_ends] = [b'|', b'\n'].map(|byte| scan::count(body.as_bytes(), byte));
    bars * (1 + line_ends) > MOST_CELLS
}

/// How many cells the tables of a body can come to at most.
fn most_cells(body: &str) -> usize {
    let widest = body.lines().map(|line| line.bytes().filter(|byte| *byte == b'|').count()).max();
    widest.unwrap_or_default() * body.lines().count()
}

fn has_too_many_brackets(line: &str) -> bool {
    line.len() > LONG_LINE && line.bytes().filter(|byte| b"[]()<>".contains(byte)).count() > MANY_BRACKETS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // PROPTEST_CASES in the environment tries more.
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_first_look_misses_nothing(
            before in "[a-z\n]{0,60}", marks in "[ \t>+*-]{80,240}|(> |1\\. |- |\t){60,120}", after in "[a-z|\n]{0,60}"
        ) {
            let body = format!("{before}\n{marks}{after}");
            prop_assert!(may_be_deep(&body) || body.lines().all(|line| depth(line) <= DEEPEST), "{:?}", body);
        }

        #[test]
        fn no_long_line_is_overlooked(before in 0..LONG_LINE, line in LONG_LINE - 50..LONG_LINE + 50, after in 0..LONG_LINE) {
            let body = [before, line, after].map(|len| "a".repeat(len)).join("\n");
            prop_assert!(may_have_long_line(&body) || line <= LONG_LINE, "{} {}", before, line);
        }

        #[test]
        fn no_table_has_more_cells_than_the_first_look_sees(row in "[a|]{0,40}", rows in 0_usize..9_000) {
            let body = format!("{row}\n{}", "|\n".repeat(rows));
            prop_assert!(may_have_many_cells(&body) || most_cells(&body) <= MOST_CELLS, "{:?} {}", row, rows);
        }
    }
}
