//! Where a relative link leads.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Below;
use crate::{
    markdown::{html::percent_decoded, read::read, write::Anchors},
    render::{Page, PagePath, Renderer},
    report::{Diagnostic, Place, Report, closest},
};

/// For how many files that there are not a close one is looked for: that takes its time, and who has more of them moved a
/// folder.
const MOST_CLOSE: usize = 100;

/// Where a link leads: a path from the root, and an anchor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    path: String,
    anchor: Option<String>,
}

/// What stands at a path.
struct There {
    exists: bool,
    /// The anchors of a Markdown file, where a link asks for one.
    anchors: Option<BTreeSet<String>>,
}

/// What links can lead to.
pub(super) struct Targets<'a> {
    renderer: &'a Renderer,
    pages: BTreeMap<&'a str, &'a Page>,
    below: &'a dyn Below,
    there: BTreeMap<String, There>,
    close: BTreeMap<String, Option<String>>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(renderer: &'a Renderer, pages: &'a [Page], below: &'a dyn Below) -> Self {
        let pages = pages.iter().map(|page| (page.path.as_str(), page)).collect();
        Self { renderer, pages, below, there: BTreeMap::new(), close: BTreeMap::new() }
    }

    /// Looks at everything that these links lead to, each once.
    pub(super) fn follow<'t>(&mut self, targets: impl Iterator<Item = &'t Target>) {
        let mut asks = BTreeMap::<&str, bool>::new();
        for target in targets {
            *asks.entry(&target.path).or_default() |= target.anchor.is_some();
        }
        let looked = asks.into_par_iter().map(|(path, for_anchor)| {
            let exists = self.pages.contains_key(path) || self.below.exists(path);
            let text = (exists && for_anchor && path.ends_with(".md")).then(|| self.text(path)).flatten();
            (path.to_owned(), There { exists, anchors: text.as_deref().map(anchors) })
        });
        self.there = looked.collect();
    }

    /// What is wrong with a link that was followed.
    pub(super) fn judge(&mut self, target: &Target, place: impl Fn() -> Place) -> Report {
        let mut report = Report::default();
        let Some(there) = self.there.get(&target.path) else { return report };
        let path = &target.path;
        if !there.exists {
            let message = format!("this link leads nowhere: there is no `{path}`");
            let close = self.close(path);
            report.push(Diagnostic::new("dead-link", place(), message).did_you_mean(close.as_deref()));
        } else if let (Some(anchor), Some(anchors)) = (&target.anchor, &there.anchors)
            && !anchors.contains(anchor)
        {
            let close = closest(anchor, anchors.iter().map(String::as_str)).map(|close| format!("#{close}"));
            let message = format!("this link leads nowhere: `{path}` has no anchor `#{anchor}`");
            report.push(Diagnostic::new("dead-anchor", place(), message).did_you_mean(close.as_deref()));
        }
        report
    }

    /// A page of ours that is close to a path that does not exist.
    fn close(&mut self, path: &str) -> Option<String> {
        if self.close.len() < MOST_CLOSE && !self.close.contains_key(path) {
            let close = closest(path, self.pages.keys().copied()).map(str::to_owned);
            self.close.insert(path.to_owned(), close);
        }
        self.close.get(path).cloned().flatten()
    }

    /// The text of a file as it will be: a page of ours as the source makes it, whatever stands on the disk.
    fn text(&self, path: &str) -> Option<String> {
        let Some(page) = self.pages.get(path) else {
            return self.below.text(path).map(|text| text.to_string());
        };
        let mut bytes = Vec::new();
        self.renderer.bytes(page, &mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    }
}

/// The anchors that GitHub gives a file: its headings', and those that its HTML names.
fn anchors(text: &str) -> BTreeSet<String> {
    let outline = read(text);
    let mut slugs = Anchors::new();
    let headings = outline.headings.iter().map(|heading| slugs.add(&heading.text));
    headings.chain(outline.anchors.iter().map(|(anchor, _)| anchor.clone())).collect()
}

impl Target {
    /// Where a link in the file `from` leads. `None` where it is not ours to judge: it has a scheme or a host, or leads to the
    /// root of a server or out of the root.
    pub(super) fn of(from: &PagePath, dest: &str) -> Option<Self> {
        let (path, anchor) = match dest.split_once('#') {
            Some((path, anchor)) => (path, Some(percent_decoded(anchor))),
            None => (dest, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        let has_scheme = path.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if has_scheme || path.starts_with(['/', '\\']) || (path.is_empty() && anchor.is_none()) {
            return None;
        }
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        if path.is_empty() {
            return Some(Self { path: from.as_str().to_owned(), anchor });
        }
        let mut parts: Vec<_> = from.as_str().split('/').map(str::to_owned).collect();
        parts.pop();
        for part in percent_decoded(path).split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part.to_owned()),
            }
        }
        Some(Self { path: parts.join("/"), anchor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_links_below_the_root_are_ours_to_judge() {
        let from = PagePath::new("docs/guide/a.md");
        let to =
            |dest| Target::of(&from, dest).map(|target| (target.path, target.anchor.unwrap_or_default()));
        let found = |path: &str, anchor: &str| Some((path.to_owned(), anchor.to_owned()));
        assert_eq!(to("../b%20c.md?x=1#A-%C3%A9"), found("docs/b c.md", "A-é"));
        assert_eq!(to("#here"), found("docs/guide/a.md", "here"));
        assert_eq!(to("./x/"), found("docs/guide/x", ""));
        for other in ["https://x.y/z", "mailto:a@b", "//host/x", "/root", "../../../out.md", "", "C:\\x"] {
            assert_eq!(to(other), None, "{other}");
        }
    }
}
