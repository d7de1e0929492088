//! Diffs for people: in git's colours, or cut short. What comes out is for a terminal and no longer a patch.

use crate::report::{counted, neutral::neutral, styled::style};

/// The most characters of one line that [`shortened`] keeps.
const WIDEST: usize = 240;

/// What a line of a diff is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Hunk,
    Removed,
    Added,
    Same,
}

impl Kind {
    /// The style that git uses for it by default.
    fn colour(self) -> Option<&'static str> {
        match self {
            Self::Head => Some("1"),
            Self::Hunk => Some("36"),
            Self::Removed => Some("31"),
            Self::Added => Some("32"),
            Self::Same => None,
        }
    }
}

/// The diff in git's colours, with escape sequences of the texts spelled out, for a [`crate::report::Styled`].
pub(crate) fn coloured(diff: &str) -> String {
    shown(diff, |kind, line| match kind.colour() {
        Some(colour) => [&style(colour), line, &style("")].concat(),
        None => line.to_string(),
    })
}

/// The diff without colours, with escape sequences of the texts spelled out: for a terminal under `NO_COLOR`.
pub(crate) fn plain(diff: &str) -> String {
    shown(diff, |_, line| line.to_string())
}

/// The first `max_lines` lines of the diff, and a line that says how many were left out; overlong lines are cut.
pub(crate) fn shortened(diff: &str, max_lines: usize) -> String {
    let mut short: String = diff.split_inclusive('\n').take(max_lines).map(narrowed).collect();
    let left_out = diff.lines().count().saturating_sub(max_lines);
    if left_out > 0 {
        short.push_str(&format!("… and {}\n", counted(left_out, "more line")));
    }
    short
}

fn narrowed(line: &str) -> std::borrow::Cow<'_, str> {
    match line.char_indices().nth(WIDEST) {
        Some((cut, _)) if line[cut..].trim_end() != "" => format!("{}…\n", &line[..cut]).into(),
        _ => line.into(),
    }
}

fn shown(diff: &str, paint: impl Fn(Kind, &str) -> String) -> String {
    let mut out = String::with_capacity(diff.len() * 5 / 4);
    let mut left = (0, 0);
    for line in diff.split_inclusive('\n') {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let kind = kind(line, &mut left);
        // Unchanged lines end as their file's lines do: that is no news.
        let line = if kind == Kind::Same { line.strip_suffix('\r').unwrap_or(line) } else { line };
        out.push_str(&paint(kind, &neutral(line)));
        out.push('\n');
    }
    out
}

/// What a line is, told by how many old and new lines its hunk still has: a removed line may begin with `---`.
fn kind(line: &str, (old, new): &mut (usize, usize)) -> Kind {
    let sign = line.bytes().next();
    if (*old, *new) != (0, 0) {
        let (kind, took_old, took_new) = match sign {
            Some(b'-') => (Kind::Removed, 1, 0),
            Some(b'+') => (Kind::Added, 0, 1),
            Some(b' ') => (Kind::Same, 1, 1),
            _ => (Kind::Same, 0, 0),
        };
        (*old, *new) = (old.saturating_sub(took_old), new.saturating_sub(took_new));
        return kind;
    }
    if let Some(counts) = hunk_counts(line) {
        (*old, *new) = counts;
        return Kind::Hunk;
    }
    if matches!(sign, Some(b'\\')) || line.starts_with('…') { Kind::Same } else { Kind::Head }
}

/// How many old and new lines follow a hunk's head.
fn hunk_counts(line: &str) -> Option<(usize, usize)> {
    let (old, rest) = line.strip_prefix("@@ -")?.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let count = |extent: &str| extent.split_once(',').map_or(Ok(1), |(_, n)| n.parse()).ok();
    Some((count(old)?, count(new)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "a macro of snapbox asks for the test file")]

    use snapbox::IntoData;

    use super::*;
    use crate::report::diff::unified;

    #[test]
    fn lines_are_coloured_by_what_they_are_not_by_how_they_look() {
        let diff = unified("a", Some("-- x\nsame\n"), Some("++ y\nsame\nz"), 3);
        snapbox::assert_data_eq!(
            coloured(&diff).replace('\u{fdd2}', "␛[").replace('\u{fdd3}', "m"),
            snapbox::str![[r#"
␛[1mdiff --git a/a b/a␛[m
␛[1m--- a/a␛[m
␛[1m+++ b/a␛[m
␛[36m@@ -1,2 +1,3 @@␛[m
␛[31m--- x␛[m
␛[32m+++ y␛[m
 same
␛[32m+z␛[m
\ No newline at end of file

"#]]
            .raw()
        );
    }

    #[test]
    fn escape_sequences_of_the_texts_are_spelled_out() {
        let diff = unified("a", Some("x\r\n"), Some("x\u{1b}[2J\n"), 3);
        assert!(plain(&diff).ends_with("-x\\r\n+x\\u{1b}[2J\n"));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let diff = unified("a", None, Some("1\n2\n3\n4\n"), 3);
        assert_eq!(shortened(&diff, 8).lines().last(), Some("… and 1 more line"));
        assert_eq!(shortened(&diff, 7).lines().last(), Some("… and 2 more lines"));
        assert_eq!(shortened(&diff, 9), diff);
    }

    #[test]
    fn overlong_lines_are_cut() {
        let diff = unified("a", None, Some(&"ü".repeat(100_000)), 3);
        let short = shortened(&diff, 20);
        assert!(short.lines().all(|line| line.chars().count() <= WIDEST + 1), "{short}");
        assert!(short.contains("ü…\n\\ No newline"));
    }
}
