//! Where a page lies: a `/`-separated path from the root, the same on every system.

use std::fmt;

/// The path of a page from the root, as `roadmap/milestones/m-db-ml0.md`. Never a path of the machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PagePath(String);

impl PagePath {
    /// A page at this path from the root.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path from the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that it lies in, from the root; empty where that is the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The way from this page to another, as a link writes it: `../LABELS.md`.
    pub fn link_to(&self, other: &Self) -> String {
        if self.folder() == other.folder() {
            return other.0.rsplit('/').next().unwrap_or_default().to_owned();
        }
        let mut from: Vec<_> = self.0.split('/').collect();
        let mut to: Vec<_> = other.0.split('/').collect();
        from.pop();
        let name = to.pop().unwrap_or_default();
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", from.len() - shared);
        up.chain(to.split_off(shared)).chain([name]).collect::<Vec<_>>().join("/")
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
        ] {
            assert_eq!(PagePath::new(from).link_to(&PagePath::new(to)), link, "{from} -> {to}");
        }
    }
}
