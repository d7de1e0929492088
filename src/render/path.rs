//! Where a page lies: a `/`-separated path from the root, the same on every system.

use std::fmt;

/// The path of a page from the root, as `roadmap/milestones/m-db-ml0.md`. Never a path of the machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PagePath(String);

impl PagePath {
    /// A page at this path from the root.
    pub(crate) fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path from the root.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that it lies in, from the root; empty where that is the root.
    pub(crate) fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The way from this page to another, as a link writes it: `../LABELS.md`.
    pub(crate) fn link_to(&self, other: &Self) -> String {
        self.link_to_part(other, "")
    }

    /// The same with what stands behind the way: nothing, or `#` and an anchor.
    pub(super) fn link_to_part(&self, other: &Self, behind: &str) -> String {
        let same = self.0.bytes().zip(other.0.bytes()).take_while(|(a, b)| a == b).count();
        // Both lie below what is the same of their folders.
        let shared =
            self.0.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |end| end + 1);
        let up = self.0.bytes().skip(shared).filter(|byte| *byte == b'/').count();
        let way = &other.0[shared..];
        let mut link = String::with_capacity("../".len() * up + way.len() + behind.len());
        (0..up).for_each(|_| link.push_str("../"));
        link.extend([way, behind]);
        link
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PagePath;

    #[test]
    fn links_are_relative() {
        for (from, to, link) in [
            ("a/SUMMARY.md", "a/milestones/m-1.md", "milestones/m-1.md"),
            ("a/milestones/m-1.md", "a/SUMMARY.md", "../SUMMARY.md"),
            ("a/milestones/m-1.md", "a/milestones/m-2.md", "m-2.md"),
            ("README.md", "a/b/LABELS.md", "a/b/LABELS.md"),
            ("a/b/c.md", "d.md", "../../d.md"),
            ("a/b.md", "a/b.md", "b.md"),
            ("a/bc/d.md", "a/be/f.md", "../be/f.md"),
            ("é/x.md", "è/x.md", "../è/x.md"),
        ] {
            assert_eq!(PagePath::new(from).link_to(&PagePath::new(to)), link, "{from} -> {to}");
        }
    }
}
