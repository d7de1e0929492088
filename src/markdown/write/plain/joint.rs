//! Two lines of a plain body that no blank line parts: whether a reader sees the end of the first, or a block begins with
//! the second; and whether a table does.

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Bullet,
    Number,
    First,
    Words,
}

/// Whether a line of a paragraph ends between the two, so that a reader sees it; `None` where only the parsers can tell.
pub(super) fn breaks(above: &str, line: &str) -> Option<bool> {
    let (upper, lower) = (above.trim_start_matches(' '), line.trim_start_matches(' '));
    let (outer, inner) = (above.len() - upper.len(), line.len() - lower.len());
    if outer > 3 || inner > 3 || above.contains('|') || line.contains('|') {
        return None;
    }
    match (start(upper)?, start(lower)?) {
        (_, Start::Bullet | Start::First) => Some(false),
        // Any other number interrupts no paragraph: it needs a list to stand in.
        (Start::Number | Start::First, Start::Number) if outer == 0 && inner == 0 => Some(false),
        (_, Start::Number) => None,
        (_, Start::Words) if above.ends_with("  ") => Some(false),
        (_, Start::Words) => (is_closed(upper) && is_closed(lower)).then_some(true),
    }
}

/// What a line begins with, if it is neither a quote nor an item that begins with code, a quote or another item.
fn start(line: &str) -> Option<Start> {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let (start, content) = match (line.len() - behind.len(), behind.as_bytes()) {
        (0, [b'>', ..]) => return None,
        (0, [b'-' | b'+' | b'*', b' ', ..]) => (Start::Bullet, &behind[1..]),
        (digits, [b'.' | b')', b' ', ..]) if digits > 0 => {
            (if &line[..digits] == "1" { Start::First } else { Start::Number }, &behind[1..])
        }
        _ => return Some(Start::Words),
    };
    let inside = content.trim_start_matches(' ');
    let is_simple = content.len() - inside.len() <= 4 && self::start(inside) == Some(Start::Words);
    is_simple.then_some(start)
}

/// Whether nothing of a line can reach into the next one: code, links, tags, a backslash at its end.
fn is_closed(line: &str) -> bool {
    let mut counts = [0_isize; 4];
    let mut last = b' ';
    for byte in line.bytes() {
        match byte {
            b'\\' => return false,
            b'`' if last == b'`' => return false,
            b'`' => counts[0] += 1,
            b'[' => counts[1] += 1,
            b']' => counts[1] -= 1,
            b'(' => counts[2] += 1,
            b')' => counts[2] -= 1,
            b'<' => counts[3] += 1,
            b'>' => counts[3] -= 1,
            _ => {}
        }
        last = byte;
    }
    counts[0] % 2 == 0 && counts[1..] == [0; 3]
}

/// Whether a line that nothing reaches into is the head of a table, with what follows it.
pub(super) fn begins_table(head: &str, rest: &str) -> bool {
    if !head.starts_with('|') {
        return false;
    }
    let rule = rest.strip_prefix('\n').and_then(|rest| rest.split('\n').next()).unwrap_or_default();
    let bars = |line: &str| line.bytes().filter(|&byte| byte == b'|').count();
    let is_bar = |line: &str| line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    let is_rule = |cell: &str| {
        let cell = cell.trim_matches(' ');
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
    };
    is_bar(head)
        && is_bar(rule)
        && !head.contains(['\\', '`'])
        && bars(head) == bars(rule)
        && rule[1..rule.len() - 1].split('|').all(is_rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_line_is_told_from_the_end_of_a_block() {
        for (above, line, expected) in [
            ("a", "b", Some(true)),
            ("- a", "b", Some(true)),
            ("- a `c`", "  [b](c)", Some(true)),
            ("a", "- b", Some(false)),
            ("a  ", "b", Some(false)),
            ("1. a", "2. b", Some(false)),
            ("a", "1. b", Some(false)),
            ("a", "2. b", None),
            ("a `b", "c`", None),
            ("[a", "b](c)", None),
            ("a\\", "b", None),
            ("> a", "b", None),
            ("- > a", "b", None),
            ("-      a", "b", None),
            ("- - a", "b", None),
            ("- 1. a", "b", None),
            ("- a", "      - b", None),
            ("a | b", "--|--", None),
        ] {
            assert_eq!(breaks(above, line), expected, "{above:?} {line:?}");
        }
    }

    #[test]
    fn a_table_has_a_head_and_a_rule_of_as_many_cells() {
        for (head, rest, expected) in [
            ("| a | b |", "\n|---|:-:|\n| c |", true),
            ("| a | b |", "\n|---|", false),
            ("| a |", "\n| b |", false),
            ("| a |", "", false),
            ("| a `|` |", "\n|--|--|", false),
            ("|", "\n|", false),
        ] {
            assert_eq!(begins_table(head, rest), expected, "{head:?}");
        }
    }
}
