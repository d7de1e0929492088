//! Finds what git leaves in a file when two sides changed the same lines.

use std::{ops::Range, sync::Arc};

use crate::json::BOM;
use crate::markdown::read;
use crate::report::{Code, Diagnostic, Place};

/// One finding for each conflict; none where no line is a conflict marker.
///
/// It is asked only of texts that are no JSON: in JSON no line can begin with a marker.
pub(super) fn conflicts(file: &Arc<str>, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open: Option<Marker> = None;
    for marker in markers(text) {
        match (marker.sign, open.take()) {
            (b'<', before) => {
                found.extend(before.map(|ours| conflict(file, &ours, None)));
                open = Some(marker);
            }
            (b'>', Some(ours)) => found.push(conflict(file, &ours, Some(&marker))),
            (_, Some(ours)) => open = Some(ours),
            (_, None) => found.push(left_over(file, &marker)),
        }
    }
    found.extend(open.map(|ours| conflict(file, &ours, None)));
    found
}

/// One finding for each whole conflict in Markdown that begins outside a code block.
///
/// A line of `=======` alone underlines a heading, and a guide to git shows a conflict as code: neither is one. What stands between
/// the markers may open or close a block of code, so only the first line of a conflict is asked where it stands.
pub(super) fn conflicts_in_markdown(file: &Arc<str>, text: &str) -> Vec<Diagnostic> {
    if !markers(text).any(|marker| marker.sign == b'>') {
        return Vec::new();
    }
    let code = read::code_blocks(&read::without_front_matter(text));
    let is_code = |marker: &Marker<'_>| code.iter().any(|block| block.contains(&marker.range.start));
    let mut found = Vec::new();
    let mut open: Option<(Marker<'_>, bool)> = None;
    for marker in markers(text) {
        open = match (marker.sign, open.take()) {
            (b'<', _) if is_code(&marker) => None,
            (b'<', _) => Some((marker, false)),
            (b'=', Some((ours, _))) => Some((ours, true)),
            (b'>', Some((ours, true))) => {
                found.push(conflict(file, &ours, Some(&marker)));
                None
            }
            (_, open) => open,
        };
    }
    found
}

/// A line that git wrote.
struct Marker<'t> {
    sign: u8,
    /// The side that it names.
    side: &'t str,
    /// Its bytes, without the line end.
    range: Range<usize>,
}

fn markers(text: &str) -> impl Iterator<Item = Marker<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let mark = if line.starts_with(BOM) { BOM.len() } else { 0 };
        let from = start + mark;
        start += line.len();
        marker(line[mark..].trim_end_matches(['\n', '\r']), from)
    })
}

fn marker(line: &str, from: usize) -> Option<Marker<'_>> {
    let (signs, side) = line.split_at_checked(7)?;
    let sign = *signs.as_bytes().first()?;
    let marks = matches!(sign, b'<' | b'=' | b'>' | b'|') && signs.bytes().all(|byte| byte == sign);
    let ends = side.is_empty() || side.starts_with(' ');
    (marks && ends).then(|| Marker { sign, side: side.trim(), range: from..from + line.len() })
}

fn conflict(file: &Arc<str>, ours: &Marker<'_>, theirs: Option<&Marker<'_>>) -> Diagnostic {
    let name = |side: &str, without: &str| if side.is_empty() { without.into() } else { format!("`{side}`") };
    let first = name(ours.side, "one side");
    let second = theirs.map_or("another side".into(), |theirs| name(theirs.side, "another side"));
    let place = Place::bytes(Arc::clone(file), ours.range.clone());
    let finding = Diagnostic::new(CODE, place, format!("unresolved merge conflict between {first} and {second}"))
        .help("keep one side or join both, then delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`");
    match theirs {
        Some(theirs) => {
            finding.related(Place::bytes(Arc::clone(file), theirs.range.clone()), "the conflict ends here")
        }
        None => finding,
    }
}

fn left_over(file: &Arc<str>, marker: &Marker<'_>) -> Diagnostic {
    let place = Place::bytes(Arc::clone(file), marker.range.clone());
    Diagnostic::new(CODE, place, "left over from a merge conflict")
        .help("make sure that what stands around it is what you want, then delete the line")
}

const CODE: Code = Code::ConflictMarkers;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::At;

    fn found(text: &str) -> Vec<(String, String, Vec<String>)> {
        let bytes = |place: &Place| match &place.at {
            At::Bytes(range) => text[range.clone()].to_owned(),
            other => panic!("{other:?}"),
        };
        conflicts(&"a.json".into(), text)
            .iter()
            .map(|d| {
                (bytes(&d.place), d.message.clone(), d.related.iter().map(|(at, _)| bytes(at)).collect())
            })
            .collect()
    }

    #[test]
    fn in_markdown_only_a_whole_conflict_outside_code_is_one() {
        let found = |text: &str| conflicts_in_markdown(&"a.md".into(), text).len();
        let conflict = "<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> bob\n";
        assert_eq!(found(conflict), 1);
        assert_eq!(found(&format!("# Pier\r\n\r\n{}", conflict.replace('\n', "\r\n"))), 1);
        assert_eq!(found(&format!("---\ntitle: x\n---\n\n{conflict}\ntext\n\n{conflict}")), 2);
        assert_eq!(found("<<<<<<< HEAD\na\n||||||| 1234567\nb\n=======\nc\n>>>>>>> bob"), 1);
        // Each side may open a block of code.
        assert_eq!(found("<<<<<<< HEAD\n```sh\n=======\n```bash\n>>>>>>> bob\nls\n```\n"), 1);
        for text in [
            "Pier\n=======\n\nOak.\n",
            "<<<<<<< HEAD\n\ntext\n",
            "<<<<<<< HEAD\n>>>>>>> bob\n",
            ">>>>>>> a quote\n",
            &format!("```\n{conflict}```\n"),
            &format!("- a list\n\n~~~ diff\n{conflict}~~~\n\nPier\n=======\n"),
            &format!("<<<<<<< HEAD\n\nis how it begins:\n\n```\n{conflict}```\n"),
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
    }

    #[test]
    fn each_conflict_is_one_finding_that_names_both_sides() {
        let text = "{\r\n<<<<<<< HEAD\r\n1\r\n||||||| 1234567\r\n0\r\n=======\r\n2\r\n>>>>>>> feature/x\r\n}\n\
                    <<<<<<< ours\n=======\n>>>>>>> b c";
        let found = found(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, "<<<<<<< HEAD");
        assert_eq!(found[0].1, "unresolved merge conflict between `HEAD` and `feature/x`");
        assert_eq!(found[0].2, [">>>>>>> feature/x"]);
        assert_eq!(found[1].1, "unresolved merge conflict between `ours` and `b c`");
    }

    #[test]
    fn a_conflict_may_lack_names_or_its_end() {
        let found = found("\u{feff}<<<<<<<\n<<<<<<< HEAD\n");
        assert_eq!(found[0].0, "<<<<<<<");
        assert_eq!(found[0].1, "unresolved merge conflict between one side and another side");
        assert_eq!(found[1].1, "unresolved merge conflict between `HEAD` and another side");
    }

    #[test]
    fn a_marker_alone_is_left_over() {
        let found = found("{\n=======\n}");
        assert_eq!(found, [("=======".into(), "left over from a merge conflict".into(), vec![])]);
    }

    #[test]
    fn other_lines_are_no_markers() {
        assert!(found("========\n <<<<<<< HEAD\n<<<<<<<HEAD\n>>>>>>\n<=><=><\näöüäöü\n").is_empty());
    }
}
