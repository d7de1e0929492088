//! Which release of Roadbook a repository uses.

use super::{ACTION, ADDRESS, repository};

/// A release of Roadbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Its version, as `0.1.0`.
    pub version: String,
    /// The commit that it was built from, as 40 hexadecimal digits; `None` where that is not known.
    pub commit: Option<String>,
}

impl Pin {
    /// The release that this program is. A program that was built by hand knows no commit, and is taken for the release of
    /// its version.
    pub(crate) fn this() -> Self {
        let commit = option_env!("ROADBOOK_COMMIT").filter(|commit| is_commit(commit));
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), commit: commit.map(str::to_owned) }
    }

    /// How YAML names it: the commit, which nobody can move, with the tag in a comment after `word`; else the tag.
    pub(super) fn reference(&self, word: &str) -> String {
        let tag = format!("v{}", self.version);
        self.commit.as_ref().map_or_else(|| tag.clone(), |commit| format!("{commit} # {word}{tag}"))
    }
}

/// Whether a text is the full name of a commit.
fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A workflow, or the file of pre-commit, with this release in place of the one that it uses, and every other byte as it
/// was; `None` where it uses no other.
pub(crate) fn repinned(text: &str, pin: &Pin) -> Option<String> {
    let mut in_hook = false;
    let lines = text.split_inclusive('\n').map(|line| {
        let words = line.trim().trim_start_matches("- ").trim_start();
        if let Some(repo) = words.strip_prefix("repo:") {
            in_hook = is_ours(repo);
        }
        match words.split_once(':') {
            Some(("uses", value)) if value.trim().starts_with(&format!("{}/{ACTION}@", repository())) => {
                after(line, '@', &pin.reference(""))
            }
            Some(("rev", _)) if in_hook => after(line, ':', &format!(" {}", pin.reference("frozen: "))),
            _ => line.to_owned(),
        }
    });
    Some(lines.collect::<String>()).filter(|new| new != text)
}

/// Whether the address of a repository in pre-commit's file is Roadbook's.
pub(super) fn is_ours(address: &str) -> bool {
    let address = address.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    address.trim_end_matches('/').trim_end_matches(".git") == ADDRESS
}

/// A line with another text behind the first of a character.
fn after(line: &str, mark: char, text: &str) -> String {
    let end = line.trim_end_matches(['\r', '\n']).len();
    let at = line.find(mark).map_or(end, |at| at + mark.len_utf8());
    [&line[..at], text, &line[end..]].concat()
}
