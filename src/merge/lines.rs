//! Lines: of a text that two people changed in different places, and of a file that is left to decide.

use std::ops::Range;

use super::Three;
use crate::report::diff;

/// Lines of the base that a side replaced.
#[derive(Debug, PartialEq, Eq)]
struct Replaced {
    lines: Range<usize>,
    new: String,
}

/// The text with what both sides changed in it; `None` where they changed the same lines, or the same place.
pub(super) fn merged(texts: Three<&String>) -> Option<String> {
    let mut all: Vec<_> =
        [texts.ours, texts.theirs].into_iter().flat_map(|side| replaced(texts.base, side)).collect();
    all.sort_by_key(|it| (it.lines.start, it.lines.end));
    all.dedup();
    let is_apart = |pair: &[Replaced]| {
        let [a, b] = pair else { return true };
        let is_between = |it: &Replaced| it.lines.is_empty();
        a.lines.end < b.lines.start || (a.lines.end == b.lines.start && !is_between(a) && !is_between(b))
    };
    if !all.windows(2).all(is_apart) {
        return None;
    }
    let base: Vec<_> = texts.base.split_inclusive('\n').collect();
    let (mut text, mut done) = (String::new(), 0);
    for Replaced { lines, new } in all {
        text.extend(base.get(done..lines.start)?.iter().copied());
        text.push_str(&new);
        done = lines.end;
    }
    text.extend(base.get(done..)?.iter().copied());
    Some(text)
}

fn replaced(base: &str, side: &str) -> Vec<Replaced> {
    let [base, side] = [base, side].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let changes = diff::replaced(&base, &side).into_iter();
    changes.map(|(lines, new)| Replaced { lines, new: side[new].concat() }).collect()
}

/// A text in which both sides of what is undecided stand between git's markers; `names` are those of the sides.
pub(crate) fn conflicted(ours: &str, theirs: &str, names: [&str; 2]) -> String {
    let end = if ours.contains("\r\n") { "\r\n" } else { "\n" };
    let [old, new] = [ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let whole = |lines: &[&str]| {
        let text = lines.concat();
        if text.is_empty() || text.ends_with('\n') { text } else { text + end }
    };
    let (mut text, mut done) = (String::new(), 0);
    for (own, other) in diff::replaced(&old, &new) {
        text.push_str(&old[done..own.start].concat());
        done = own.end;
        text.push_str(&format!("<<<<<<< {}{end}{}", names[0], whole(&old[own])));
        text.push_str(&format!("======={end}{}>>>>>>> {}{end}", whole(&new[other]), names[1]));
    }
    text + &old[done..].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, ours: &str, theirs: &str) -> Option<String> {
        let [base, ours, theirs] = [base, ours, theirs].map(str::to_owned);
        merged(Three { base: &base, ours: &ours, theirs: &theirs })
    }

    #[test]
    fn different_lines_are_merged_and_the_same_line_is_not() {
        let base = "a\n\n- [ ] x\n- [ ] y\nend";
        let ours = base.replace("[ ] x", "[x] x");
        assert_eq!(
            joined(base, &ours, &base.replace("[ ] y", "[x] y")).as_deref(),
            Some("a\n\n- [x] x\n- [x] y\nend")
        );
        assert_eq!(joined(base, &ours, &base.replace("[ ] x", "[-] x")), None);
        assert_eq!(joined(base, &ours, &ours), Some(ours));
        assert_eq!(joined("a", "a\nb", "a\nc"), None, "both went on behind the same line");
        assert_eq!(joined("a\nb\nc\n", "b\nc\n", "a\nb\n").as_deref(), Some("b\n"));
    }

    #[test]
    fn what_is_undecided_stands_between_markers_and_either_side_can_be_taken() {
        let (ours, theirs) = ("{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}", "{\r\n  \"a\": 1,\r\n  \"b\": 3\r\n}");
        let text = conflicted(ours, theirs, ["HEAD", "bob"]);
        assert_eq!(
            text,
            "{\r\n  \"a\": 1,\r\n<<<<<<< HEAD\r\n  \"b\": 2\r\n=======\r\n  \"b\": 3\r\n>>>>>>> bob\r\n}"
        );
        let flat = conflicted("{\"a\": 1}", "{\"a\": 2}", ["HEAD", "bob"]);
        assert_eq!(flat, "<<<<<<< HEAD\n{\"a\": 1}\n=======\n{\"a\": 2}\n>>>>>>> bob\n");
    }
}
