//! The marker: a comment in a line of its own that says which issue of the roadmap this is.

use std::ops::Range;

use crate::{markdown::read, model::Id};

/// What the comment begins with.
const BEGIN: &str = "roadbook:id=";

/// A body in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// What stands above the marker, or all of it: what the source owns, without white space at its end.
    pub(crate) text: String,
    /// What the marker says, as it is written; `None` where there is none.
    pub(crate) marker: Option<String>,
    /// What people wrote below the marker, with the line end before it.
    pub(crate) below: String,
}

/// The line that says which issue this is.
pub(crate) fn marker(id: &Id) -> String {
    format!("<!-- {BEGIN}{id} -->")
}

impl Body {
    /// Reads a body. Of several markers the last one holds; one in code, or in a line with something else, is none.
    pub(crate) fn read(whole: &str) -> Self {
        let found = plain_marker(whole).or_else(|| last_marker(whole));
        let (end, marker, below) = match found {
            Some((start, end, id)) => (start, Some(id), whole[end..].to_owned()),
            None => (whole.len(), None, String::new()),
        };
        Self { text: whole[..end].trim_end().to_owned(), marker, below }
    }

    /// The text that a source wants above the marker. Where it leaves code or a comment open, in which no marker could be
    /// read, it is closed.
    pub(crate) fn wanted(text: &str, id: &Id) -> Self {
        let text = text.trim_end();
        let mut body = Self { text: text.to_owned(), marker: Some(id.to_string()), below: String::new() };
        for end in ends(text) {
            body.text = format!("{text}{end}");
            if Self::read(&body.written(id)) == body {
                return body;
            }
        }
        Self { text: text.to_owned(), ..body }
    }

    /// The whole body, with the marker of an id.
    pub fn written(&self, id: &Id) -> String {
        let gap = if self.text.is_empty() { "" } else { "\n\n" };
        format!("{}{gap}{}{}", self.text, marker(id), self.below)
    }
}

/// The text without comments that look like a marker, whoever wrote them: what is kept above ours names no issue.
pub(crate) fn unmarked(text: &str) -> String {
    let mut new = text.to_owned();
    if !text.contains(BEGIN) {
        return new;
    }
    for comment in read::read(text).comments.into_iter().rev().filter(|it| it.text.starts_with(BEGIN)) {
        let Range { start, end } = comment.range;
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let behind = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        if !text[line..start].trim().is_empty() || !text[end..behind].trim().is_empty() {
            new.replace_range(start..end, "");
            continue;
        }
        // An empty line goes with the line of its own, so that two paragraphs stay two.
        let is_apart = text[..line].is_empty() || text[..line].ends_with("\n\n");
        let gap = usize::from(is_apart && text[behind..].starts_with('\n'));
        new.replace_range(line..behind + gap, "");
    }
    new
}

/// What may close a text, beginning with nothing.
fn ends(text: &str) -> impl Iterator<Item = String> {
    let longest = |mark: char| {
        let runs = text
            .lines()
            .map(|line| line.trim_start_matches([' ', '>']).chars().take_while(|c| *c == mark).count());
        format!("\n{}", mark.to_string().repeat(runs.max().unwrap_or_default().max(3)))
    };
    let fixed = ["\n-->", "\n</pre>", "\n</script>", "\n</style>", "\n</textarea>", "\n?>", "\n]]>"];
    let fences = [longest('`'), longest('~')];
    std::iter::once(String::new()).chain(fences).chain(fixed.map(String::from))
}

/// The bytes and the id of the only marker, where nothing before it can hide it: then nothing has to be parsed. Behind an
/// empty line, at the margin, a comment is one unless code, a comment or a tag is open.
fn plain_marker(whole: &str) -> Option<(usize, usize, String)> {
    let begin = whole.find(BEGIN)?;
    let start = whole[..begin].rfind('\n').map_or(0, |at| at + 1);
    let (before, rest) = whole.split_at(start);
    let line = rest.split('\n').next()?.trim_end();
    let id = line.strip_prefix("<!-- ")?.strip_prefix(BEGIN)?.strip_suffix(" -->")?;
    let is_apart = before.is_empty() || before.ends_with("\n\n");
    let is_plain = |line: &str| {
        let words = line.trim_start_matches(|c: char| !c.is_alphabetic());
        !line[..line.len() - words.len()].contains(['<', '`', '~'])
    };
    let is_only = !rest[begin - start + BEGIN.len()..].contains(BEGIN);
    let is_seen = is_apart && is_only && !before.contains('\r') && before.lines().all(is_plain);
    let id = Id::new(id).filter(|_| is_seen && !id.contains('>'))?;
    Some((start, start + line.len(), id.to_string()))
}

/// The bytes and the id of the last marker.
fn last_marker(whole: &str) -> Option<(usize, usize, String)> {
    if !whole.contains(BEGIN) {
        return None;
    }
    let comments = read::read(whole).comments;
    comments.into_iter().rev().find_map(|comment| {
        let id = Id::new(comment.text.strip_prefix(BEGIN)?.trim())?;
        let before = whole[..comment.range.start].rsplit('\n').next()?;
        let behind = whole[comment.range.end..].split('\n').next()?;
        let is_alone = before.trim().is_empty() && behind.trim().is_empty();
        is_alone.then(|| (comment.range.start, comment.range.end, id.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    /// What texts around a marker are made of: all that may hide it, and what only looks so.
    const PARTS: [&str; 40] = [
        "\n",
        "\n\n",
        "\n\n\n",
        "\r\n",
        "\r",
        " ",
        "    ",
        "\t",
        "word",
        "1. ",
        "- ",
        "> ",
        ">>>",
        "* [ ] ",
        "# ",
        "| a | b |\n| - | - |\n",
        "```",
        "````",
        "`",
        "~~~",
        "~",
        "<!--",
        "-->",
        "<pre>",
        "<div>",
        "</div>",
        "<b",
        "<?",
        "<![CDATA[",
        "$$",
        "---\n",
        "+++\n",
        "[^1]: ",
        "[x]: <",
        ":::",
        "a < b",
        "<!-- roadbook:id=A-2 -->",
        "\n\n<!-- roadbook:id=A-1 -->",
        "roadbook:id=",
        "\u{2028}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_marker_that_is_found_without_parsing_is_the_one_that_parsing_finds(
            before in vec(0..PARTS.len(), 0..9),
            behind in vec(0..PARTS.len(), 0..4),
        ) {
            let text = |parts: &[usize]| parts.iter().map(|part| PARTS[*part]).collect::<String>();
            let whole = format!("{}\n\n<!-- roadbook:id=A-1 -->{}", text(&before), text(&behind));
            if let Some(found) = plain_marker(&whole) {
                prop_assert_eq!(last_marker(&whole), Some(found), "{:?}", whole);
            }
        }
    }

    #[test]
    fn most_bodies_need_no_parsing() {
        let id = Id::new("A-1").unwrap();
        for text in ["", "Do *this*, `that` and a < b.\n\n- [ ] one\n- [ ] two ~three~\n\n> quoted"] {
            assert!(plain_marker(&Body::wanted(text, &id).written(&id)).is_some(), "{text}");
        }
    }
}
