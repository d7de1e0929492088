//! Where a relative link leads.

use std::collections::{BTreeMap, BTreeSet};

use super::Below;
use crate::{
    markdown::{html::percent_decoded, read::read, write::Anchors},
    render::{Page, PagePath, Renderer},
    report::{Diagnostic, Place, Report, closest},
};

/// What links can lead to. The anchors of a file are read when the first link asks for them.
pub(super) struct Targets<'a> {
    renderer: &'a Renderer,
    pages: BTreeMap<&'a str, &'a Page>,
    below: &'a dyn Below,
    anchors: BTreeMap<String, Option<BTreeSet<String>>>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(renderer: &'a Renderer, pages: &'a [Page], below: &'a dyn Below) -> Self {
        let pages = pages.iter().map(|page| (page.path.as_str(), page)).collect();
        Self { renderer, pages, below, anchors: BTreeMap::new() }
    }

    /// What is wrong with a link that stands in the file `from`.
    pub(super) fn judge(&mut self, from: &PagePath, dest: &str, place: impl Fn() -> Place) -> Report {
        let mut report = Report::default();
        let Some((path, anchor)) = target(from, dest) else { return report };
        if !self.exists(&path) {
            let found = Diagnostic::new(
                "dead-link",
                place(),
                format!("this link leads nowhere: there is no `{path}`"),
            );
            report.push(found.did_you_mean(self.close(&path).as_deref()));
        } else if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty())
            && let Some(anchors) = self.anchors_of(&path)
            && !anchors.contains(&anchor)
        {
            let close = closest(&anchor, anchors.iter().map(String::as_str)).map(str::to_owned);
            let message = format!("this link leads nowhere: `{path}` has no anchor `#{anchor}`");
            let close = close.map(|close| format!("#{close}"));
            report.push(Diagnostic::new("dead-anchor", place(), message).did_you_mean(close.as_deref()));
        }
        report
    }

    fn exists(&self, path: &str) -> bool {
        self.pages.contains_key(path) || self.below.exists(path)
    }

    /// A page of ours that is close to a path that does not exist.
    fn close(&self, path: &str) -> Option<String> {
        closest(path, self.pages.keys().copied()).map(str::to_owned)
    }

    /// The anchors of a Markdown file; `None` for anything else.
    fn anchors_of(&mut self, path: &str) -> Option<&BTreeSet<String>> {
        if !self.anchors.contains_key(path) {
            let anchors = path.ends_with(".md").then(|| self.text(path)).flatten().map(|text| anchors(&text));
            self.anchors.insert(path.to_owned(), anchors);
        }
        self.anchors.get(path).and_then(Option::as_ref)
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

/// The path from the root and the anchor that a link leads to. `None` where it is not ours to judge: it has a scheme or
/// a host, or leads to the root of a server or out of the root.
fn target(from: &PagePath, dest: &str) -> Option<(String, Option<String>)> {
    let (path, anchor) = match dest.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decoded(anchor))),
        None => (dest, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    let has_scheme = path.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    if has_scheme || path.starts_with(['/', '\\']) || (path.is_empty() && anchor.is_none()) {
        return None;
    }
    if path.is_empty() {
        return Some((from.as_str().to_owned(), anchor));
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
    Some((parts.join("/"), anchor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_links_below_the_root_are_ours_to_judge() {
        let from = PagePath::new("docs/guide/a.md");
        let to = |dest| target(&from, dest).map(|(path, anchor)| (path, anchor.unwrap_or_default()));
        let found = |path: &str, anchor: &str| Some((path.to_owned(), anchor.to_owned()));
        assert_eq!(to("../b%20c.md?x=1#A-%C3%A9"), found("docs/b c.md", "A-é"));
        assert_eq!(to("#here"), found("docs/guide/a.md", "here"));
        assert_eq!(to("./x/"), found("docs/guide/x", ""));
        for other in ["https://x.y/z", "mailto:a@b", "//host/x", "/root", "../../../out.md", "", "C:\\x"] {
            assert_eq!(to(other), None, "{other}");
        }
    }
}
