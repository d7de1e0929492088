//! A body, changed where it stands: its headings, its footnotes, its links by reference and the ends of its lines. All
//! else stays as it was written, byte for byte.

use super::contain::Shift;
use crate::markdown::{
    read::{self, Reference, References},
    tree::Lines,
};
use comrak::{
    Node,
    nodes::{NodeValue, Sourcepos},
};
use std::ops::Range;

/// A change to a source: these bytes give way to this text.
type Edit = (Range<usize>, String);

/// How often definitions are taken out: of several of one name, parsers tell only the first.
const MOST_DEFINITIONS_OF_A_NAME: usize = 8;

/// The body with its headings moved, its footnotes renamed, its references resolved and its lines broken, or `None` where
/// one is written in a way that takes more than a change on its own line.
pub(super) fn changed(body: &str, root: Node<'_>, shift: &Shift) -> Option<String> {
    let lines = Lines::of(body);
    let mut edits: Vec<Edit> = Vec::new();
    let mut markers = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        match &data.value {
            NodeValue::Heading(heading) => {
                let level = shift.level(heading.level);
                if heading.setext {
                    edits.extend(setext(body, &lines, data.sourcepos, level)?);
                } else if level > heading.level {
                    let at = lines.byte(data.sourcepos.start.line, data.sourcepos.start.column)?;
                    body[at..].starts_with('#').then_some(())?;
                    edits.push((at..at, "#".repeat(usize::from(level - heading.level))));
                }
            }
            NodeValue::FootnoteDefinition(_) | NodeValue::FootnoteReference(_) => {
                let at = lines.byte(data.sourcepos.start.line, data.sourcepos.start.column)?;
                body[at..].starts_with("[^").then_some(())?;
                edits.push((at + 2..at + 2, shift.footnotes.clone()));
            }
            NodeValue::Alert(_) => markers.push(data.sourcepos.start.line),
            _ => {}
        }
    }
    let References { links, definitions, line_ends } = read::references(body);
    // Before the ends of lines: a link at the end of one has its address there too.
    edits.extend(links.into_iter().map(resolved));
    if shift.line_breaks {
        // The line of an alert's marker has to stay alone.
        let broken = line_ends.into_iter().map(|at| lines.of_byte(at)).filter(|line| !markers.contains(line));
        edits.extend(broken.filter_map(|line| Some(line_break(body, lines.range(line)?))));
    }
    edits.extend(without(body, definitions));
    let mut changed = applied(body, edits)?;
    for _ in 1..MOST_DEFINITIONS_OF_A_NAME {
        let definitions = read::references(&changed).definitions;
        if definitions.is_empty() {
            break;
        }
        changed = applied(&changed, without(&changed, definitions))?;
    }
    changed.truncate(changed.trim_end().len());
    Some(changed)
}

/// A heading of one line with an underline, written with `#` instead.
fn setext(body: &str, lines: &Lines<'_>, place: Sourcepos, level: u8) -> Option<[Edit; 2]> {
    (place.end.line == place.start.line + 1).then_some(())?;
    let start = lines.byte(place.start.line, place.start.column)?;
    let underline = lines.range(place.end.line)?;
    let line = body[underline.clone()].trim_end();
    let mark = line.chars().next_back().filter(|c| matches!(c, '=' | '-'))?;
    let from = underline.start + line.trim_end_matches(mark).len();
    let marks = format!("{} ", "#".repeat(usize::from(level)));
    Some([(start..start, marks), (from..underline.start + line.len(), String::new())])
}

/// The end of a line, written so that it breaks in a document too. Behind an address the mark would be a part of it.
pub(super) fn line_break(body: &str, line: Range<usize>) -> Edit {
    let words = body[line.clone()].trim_end();
    let last = words.rsplit([' ', '\t']).next().unwrap_or_default();
    let may_be_address = last.contains([':', '@']) || last.to_ascii_lowercase().contains("www.");
    let mark = if may_be_address { " \\" } else { "\\" };
    (line.start + words.len()..line.end, mark.to_owned())
}

/// A link by reference with its address behind its words.
fn resolved(link: Reference) -> Edit {
    let title = if link.title.is_empty() {
        String::new()
    } else {
        format!(" \"{}\"", escaped(&link.title, &['"', '\\']))
    };
    (link.tail, format!("({}{title})", destination(&link.dest)))
}

/// An address as it stands in brackets.
fn destination(dest: &str) -> String {
    if dest.is_empty() || dest.contains(char::is_whitespace) {
        return format!("<{}>", escaped(dest, &['<', '>', '\\']));
    }
    escaped(dest, &['<', '>', '(', ')', '\\'])
}

/// The text with a backslash before each of these marks, and without entities.
fn escaped(text: &str, marks: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        let begins_entity = char == '&'
            && text[at + 1..]
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#')
                .starts_with(';');
        if marks.contains(&char) || begins_entity {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// Definitions taken out: with their lines where they stand alone, and of two blank lines around them with one.
fn without(body: &str, definitions: Vec<Range<usize>>) -> Vec<Edit> {
    let mut gone: Vec<Range<usize>> = Vec::new();
    for definition in definitions {
        let range = with_lines(body, definition.start..definition.start + body[definition].trim_end().len());
        match gone.last_mut().filter(|last| last.end == range.start) {
            Some(last) => last.end = range.end,
            None => gone.push(range),
        }
    }
    let blank = |line: &str| line.trim().is_empty();
    for range in &mut gone {
        let before = body[..range.start].trim_end_matches('\n').len() + 1 < range.start || range.start == 0;
        let behind = body[range.end..].split_inclusive('\n').next().unwrap_or_default();
        if before && blank(behind) {
            range.end += behind.len();
        }
    }
    gone.into_iter().map(|range| (range, String::new())).collect()
}

/// The bytes of whole lines where nothing else stands on them; else the same.
fn with_lines(body: &str, range: Range<usize>) -> Range<usize> {
    let start = body[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let end = body[range.end..].find('\n').map_or(body.len(), |end| range.end + end + 1);
    let is_alone = body[start..range.start].trim().is_empty() && body[range.end..end].trim().is_empty();
    if is_alone { start..end } else { range }
}

/// The source with all edits; `None` where two of them meet.
pub(super) fn applied(body: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut changed = String::with_capacity(body.len() + 64);
    let mut from = 0;
    for (range, text) in edits {
        changed.push_str(body.get(from..range.start)?);
        changed.push_str(&text);
        from = range.end;
    }
    changed.push_str(body.get(from..)?);
    Some(changed)
}
