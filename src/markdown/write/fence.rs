//! A body that cannot stand as Markdown, shown as the text that it is; and which bodies are not even tried.

/// The longest body that is read as Markdown, in characters: GitHub's own limit of an issue's body.
const LONGEST: usize = 65_536;

/// How much of a body that is not read is shown, in characters.
const SHOWN: usize = 10_000;

/// How deep quotes and lists may stand in one another: parsers take quadratic time for more.
const DEEPEST: usize = 100;

/// How many cells a table may come to: parsers add those that are missing in short rows.
const MOST_CELLS: usize = 200_000;

/// A line is too much for its brackets where it is longer than this, in bytes, and holds more brackets than that.
const LONG_LINE: usize = 10_000;
const MANY_BRACKETS: usize = 1_000;

/// The body in a code block whose fence is longer than any in it.
pub(super) fn fenced(body: &str) -> String {
    let longest = body.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}markdown\n{body}\n{fence}")
}

/// The start of a body, as [`fenced`], with a line that says how long it really is.
pub(super) fn cut(body: &str) -> String {
    let (shown, long) = beginning(body);
    if shown.len() == body.len() {
        return fenced(body);
    }
    let shown = fenced(shown.trim_end());
    format!("{shown}\n\n*Only the first {SHOWN} of {long} characters are shown here.*")
}

/// As much of a body as is shown where it is not read, and how many characters it has in all.
pub(in crate::markdown) fn beginning(body: &str) -> (&str, usize) {
    let end = body.char_indices().nth(SHOWN).map_or(body.len(), |(at, _)| at);
    (&body[..end], body.chars().count())
}

/// Whether a body is so long or so deep that no parser should be given it.
pub(in crate::markdown) fn is_too_much(body: &str) -> bool {
    body.len() > LONGEST && body.chars().nth(LONGEST).is_some()
        || may_be_deep(body) && body.lines().any(|line| depth(line) > DEEPEST)
        || body.len() > LONG_LINE && body.lines().any(has_too_many_brackets)
        || has_too_many_cells(body)
}

/// Whether a line may stand too deep: more bytes than [`DEEPEST`] have to say so, and wherever these begin, they fill one
/// half of it.
fn may_be_deep(body: &str) -> bool {
    let says_so = |byte: &u8| byte.is_ascii_digit() || b" \t>-+*.)".contains(byte);
    body.as_bytes().chunks_exact(DEEPEST / 2).any(|half| half.iter().all(says_so))
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

/// Whether the tables of a body may come to too many cells: as many in each line as its widest has.
fn has_too_many_cells(body: &str) -> bool {
    let pipes = |text: &str| text.matches('|').count();
    // Nearly all have so few that they need not be told by the line.
    pipes(body) * body.len() > MOST_CELLS
        && body.lines().map(pipes).max().unwrap_or_default() * body.lines().count() > MOST_CELLS
}

fn has_too_many_brackets(line: &str) -> bool {
    line.len() > LONG_LINE && line.bytes().filter(|byte| b"[]()<>".contains(byte)).count() > MANY_BRACKETS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_that_stands_too_deep_is_overlooked(
            marks in prop::collection::vec((r"[ \t>*+-]|1\.|23\)|a|\n|日", 0_usize..70), 0..9)
        ) {
            let body: String = marks.iter().map(|(mark, count)| mark.repeat(*count)).collect();
            let is_deep = body.lines().any(|line| depth(line) > DEEPEST);
            prop_assert!(may_be_deep(&body) || !is_deep, "{:?}", body);
        }

        #[test]
        fn cells_are_counted_by_the_widest_line(
            widest in 4_usize..2_000, lines in prop::collection::vec(0_usize..4, 0..300)
        ) {
            let body: String = lines.iter().chain([&widest]).map(|pipes| "|".repeat(*pipes) + "\n").collect();
            prop_assert_eq!(has_too_many_cells(&body), widest * (lines.len() + 1) > MOST_CELLS);
        }
    }
}
