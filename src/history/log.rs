//! The commits that may have changed the source, by their first parents, and what they moved.

use super::git::{Commit, Git};
use crate::{io::Failure, model::Day};

/// Where a walk ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start {
    /// With the first commit.
    Beginning,
    /// Before this day, at 00:00 UTC.
    Day(Day),
    /// Behind this commit.
    Commit(Commit),
}

/// A commit that may have changed the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The commit's whole name.
    pub(super) id: String,
    /// Files that it moved: from and to, from the top of the repository.
    pub(super) moved: Vec<(String, String)>,
}

/// What a commit's line begins with, so that no path is taken for one.
const BEGIN: u8 = 1;

/// The commits from `tip` back to `start`, the newest first. `files` are what the source is at the tip, from the top of
/// the repository.
///
/// # Errors
/// Where git fails.
pub(super) fn log(
    git: &Git<'_>,
    tip: &Commit,
    start: &Start,
    files: &[String],
) -> Result<Vec<Entry>, Failure> {
    let range = match start {
        Start::Commit(commit) => format!("{}..{}", commit.id, tip.id),
        Start::Beginning | Start::Day(_) => tip.id.clone(),
    };
    let since = match start {
        Start::Day(day) => format!("--since={day}T00:00:00Z"),
        Start::Beginning | Start::Commit(_) => "--since=".into(),
    };
    let pointer = format!(":(top,literal){}.roadbook", git.prefix);
    let literal: Vec<_> = files.iter().map(|file| format!(":(top,literal){file}")).collect();
    let mut args = vec!["log", "--first-parent", "-m", "-z", "--name-status", "-M", "--format=%x01%H"];
    args.extend(["--no-color", "--no-ext-diff", "--no-textconv", "--no-show-signature"]);
    if matches!(start, Start::Day(_)) {
        args.push(&since);
    }
    args.extend([range.as_str(), "--", ":(top)*.json", &pointer]);
    args.extend(literal.iter().map(String::as_str));
    Ok(entries(&git.ask(&args)?))
}

/// Reads `BEGIN ID NUL`, and then of each file `STATUS NUL PATH NUL`, of a moved one with both paths.
fn entries(text: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::<Entry>::new();
    let mut words = text.split(|byte| *byte == 0);
    let path = |word: Option<&[u8]>| str::from_utf8(word?).ok().map(str::to_owned);
    while let Some(word) = words.next() {
        let word = word.strip_prefix(b"\n").unwrap_or(word);
        match word.first() {
            Some(&BEGIN) => {
                let id = String::from_utf8_lossy(&word[1..]).into_owned();
                entries.push(Entry { id, moved: Vec::new() });
            }
            Some(b'R' | b'C') => {
                let (from, to) = (path(words.next()), path(words.next()));
                if let Some(entry) = entries.last_mut() {
                    entry.moved.extend(from.zip(to));
                }
            }
            Some(_) => drop(words.next()),
            None => {}
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_read_with_any_path() {
        let text = b"\x01aa\0\nM\0a b.json\0R100\0old\xc3\xbc.json\0new\n.json\0\x01bb\0\nA\0\x01odd\0";
        let found = entries(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].moved, [("oldü.json".into(), "new\n.json".into())]);
        assert_eq!((found[1].id.as_str(), found[1].moved.len()), ("bb", 0));
    }
}
