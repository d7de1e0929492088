//! A summary that has no mark because its source wants none (`summary.marker: false`): whether what stands in its place
//! was made from a roadmap too. A source that somebody else wrote must not take any file for its own by saying so.

use crate::render::PagePath;

/// Whether an old text is a summary that a source without a mark may write over: a Markdown file that is headed as the new
/// one is, its title apart.
pub(crate) fn is_summary(path: &PagePath, old: &[u8], new: &[u8]) -> bool {
    let path = path.as_str().to_ascii_lowercase();
    let is_markdown = path.ends_with(".md") || path.ends_with(".markdown");
    let (Some(old), Some(new)) = (heading(old), heading(new)) else { return false };
    is_markdown && (old == new || matches!((kind(old), kind(new)), (Some(old), Some(new)) if old == new))
}

/// The heading that a text begins with.
fn heading(text: &[u8]) -> Option<&[u8]> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text).trim_ascii_start();
    text.split(|byte| *byte == b'\n').next()?.trim_ascii_end().strip_prefix(b"# ")
}

/// What a heading says behind the title: `Milestones and Issues Summary`.
fn kind(heading: &[u8]) -> Option<&[u8]> {
    let at = heading.windows(3).rposition(|three| three == b" - ")?;
    heading.get(at + 3..).filter(|kind| !kind.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_markdown_with_the_heading_of_a_summary_is_taken_for_one() {
        let new = b"# New - Milestones and Issues Summary\n\nWords.\n";
        let is = |path: &str, old: &str| is_summary(&PagePath::new(path), old.as_bytes(), new);
        for old in [
            "# Old - Milestones and Issues Summary\n",
            "\u{feff}\r\n# A - B - Milestones and Issues Summary\r\n\r\nx",
            "# New - Milestones and Issues Summary",
        ] {
            assert!(is("roadmap/SUMMARY.md", old), "{old:?}");
            assert!(!is("link/config", old) && !is("a/SUMMARY.txt", old) && !is(".md/x", old), "{old:?}");
        }
        for old in [
            "",
            "# New\n",
            "# Notes - of mine\n",
            "New - Milestones and Issues Summary",
            "[core]\n",
            "x\n# New - Milestones and Issues Summary\n",
        ] {
            assert!(!is("roadmap/SUMMARY.md", old), "{old:?}");
        }
        // A template of the users' may head it otherwise.
        let own = |old: &str| is_summary(&PagePath::new("a.md"), old.as_bytes(), b"# Plan\n");
        assert!(own("# Plan\nold\n") && !own("# Plans\n") && !own("# Other - Plan\n"));
    }
}
