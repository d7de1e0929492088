//! The commits that may have changed the source, by their first parents, and what they moved.

use super::{
    git::{Commit, Git},
    moment::{day_of, seconds_of},
};
use crate::{io::Failure, model::Day};

/// Where a walk ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start {
    /// With the first commit.
    Beginning,
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
        Start::Beginning => tip.id.clone(),
    };
    let pointer = format!(":(top,literal){}.roadbook", git.prefix);
    let literal: Vec<_> = files.iter().map(|file| format!(":(top,literal){file}")).collect();
    let mut args = vec!["log", "--first-parent", "-m", "-z", "--name-status", "-M", "--format=%x01%H"];
    args.extend(["--no-color", "--no-ext-diff", "--no-textconv", "--no-show-signature"]);
    args.extend([range.as_str(), "--", ":(top)*.json", ":(top)*bodies/*.md", &pointer]);
    args.extend(literal.iter().map(String::as_str));
    Ok(entries(&git.ask(&args)?))
}

/// The last commit before a day, as the line of first parents tells it; `None` where its first commit is of that day or later.
///
/// The clocks of commits need not agree: one that was set back stands between later ones, and `git log --since` ends there.
/// So all commits of the line are looked at, and what counts is the place of the oldest one that is of that day or later.
///
/// # Errors
/// Where git fails.
pub(super) fn before_day(git: &Git<'_>, tip: &Commit, day: Day) -> Result<Option<String>, Failure> {
    let listed =
        git.ask(&["log", "--first-parent", "--format=%H %ct", "--no-show-signature", &tip.id, "--"])?;
    Ok(behind_oldest(&String::from_utf8_lossy(&listed), day))
}

/// The commit behind the last one of a list, the newest first, that is of this day or later; of a list without one, the first.
fn behind_oldest(listed: &str, day: Day) -> Option<String> {
    let commits: Vec<_> = listed.lines().filter_map(|line| line.split_once(' ')).collect();
    let is_of = |(_, seconds): &(&str, &str)| day_of(seconds_of(seconds)) >= day;
    let behind = commits.iter().rposition(is_of).map_or(0, |oldest| oldest + 1);
    commits.get(behind).map(|(id, _)| (*id).to_owned())
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
    fn a_day_is_found_by_the_place_of_its_oldest_commit_whatever_the_clocks_say() {
        // The newest first: 2026-03-03, 2001-01-01 (a clock that was set back), 2026-03-02, 2026-03-01.
        let listed = "d 1772496000\nc 978307200\nb 1772409600\na 1772323200\n";
        let behind = |day| behind_oldest(listed, Day::parse(day).expect("a day"));
        assert_eq!(behind("2026-03-02").as_deref(), Some("a"));
        assert_eq!(behind("2026-03-03").as_deref(), Some("c"));
        assert_eq!(behind("2026-03-01"), None);
        assert_eq!(behind("0001-01-01"), None);
        assert_eq!(behind("2026-03-04").as_deref(), Some("d"));
        assert_eq!(behind_oldest("", Day::FIRST), None);
        assert_eq!(behind_oldest("b nonsense\na -99999999999999999999\n", Day::FIRST).as_deref(), Some("a"));
    }

    #[test]
    fn the_log_is_read_with_any_path() {
        let text = b"\x01aa\0\nM\0a b.json\0R100\0old\xc3\xbc.json\0new\n.json\0\x01bb\0\nA\0\x01odd\0";
        let found = entries(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].moved, [("oldü.json".into(), "new\n.json".into())]);
        assert_eq!((found[1].id.as_str(), found[1].moved.len()), ("bb", 0));
    }
}
