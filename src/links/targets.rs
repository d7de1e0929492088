//! Where a relative link leads.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Below, offered::Offered};
use crate::{
    markdown::html::percent_decoded,
    render::{Page, PagePath, Renderer},
    report::{Code, Diagnostic, Place, Report, closest},
};

/// For how many files that there are not a close one is looked for: that takes its time, and who has more of them moved a
/// folder.
const MOST_CLOSE: usize = 100;

/// Where a link leads: a path from the root, and an anchor. A path out of the root begins with `../`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    path: String,
    anchor: Option<String>,
}

/// What stands at a path.
struct There {
    exists: bool,
    /// The anchors of a Markdown file, where a link asks for one.
    anchors: Option<Offered>,
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
            let exists = self.is_made(path) || self.below.exists(path);
            let text = (exists && for_anchor && is_markdown(path)).then(|| self.text(path)).flatten();
            let is_ours = self.pages.contains_key(path);
            (path.to_owned(), There { exists, anchors: text.map(|text| Offered::by(path, &text, is_ours)) })
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
            let finding = Diagnostic::new(Code::DeadLink, place(), message);
            report.push(match self.below.uncounted(path) {
                Some(help) => finding.help(help),
                None => finding.did_you_mean(self.close(path).as_deref()),
            });
        } else if let (Some(anchor), Some(anchors)) = (&target.anchor, &there.anchors)
            && !anchors.leads(anchor)
        {
            let close = closest(anchor, anchors.names()).map(|close| format!("#{close}"));
            let message = format!("this link leads nowhere: `{path}` has no anchor `#{anchor}`");
            report.push(Diagnostic::new(Code::DeadAnchor, place(), message).did_you_mean(close.as_deref()));
        }
        report
    }

    /// Whether a path is a page of ours, or a folder of them.
    fn is_made(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        self.pages.contains_key(path)
            || self.pages.range(inside.as_str()..).next().is_some_and(|(page, _)| page.starts_with(&inside))
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

/// Whether GitHub shows a file as Markdown.
fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "md" | "markdown"))
}

impl Target {
    /// Where a link in the file `from` leads, if that is ours to judge: it has no scheme and no host, and stays in the
    /// repository. `above` is the way from the repository's top to the root; a path that begins with `/` begins at that top.
    pub(super) fn of(from: &PagePath, above: &str, dest: &str) -> Option<Self> {
        let (address, anchor) = match dest.split_once('#') {
            Some((address, anchor)) => (address, anchor_of(anchor)),
            None => (dest, None),
        };
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
        if has_scheme
            || path.starts_with(['\\'])
            || path.starts_with("//")
            || (path.is_empty() && anchor.is_none())
        {
            return None;
        }
        // As plain text or as the bytes of the file, no heading has an anchor: those are of lines.
        let as_text = query.split('&').any(|part| matches!(part.split('=').next(), Some("plain" | "raw")));
        let anchor = anchor.filter(|anchor| !as_text && !is_of_lines(anchor));
        if path.is_empty() {
            return Some(Self { path: from.as_str().to_owned(), anchor });
        }
        Some(Self { path: from_root(from, above, path)?, anchor })
    }
}

/// The path from the root that a link's path leads to; `None` where it leaves the repository.
fn from_root(from: &PagePath, above: &str, path: &str) -> Option<String> {
    let above: Vec<_> = above.split('/').filter(|part| !part.is_empty()).collect();
    let mut parts: Vec<_> = above.iter().map(|part| (*part).to_owned()).collect();
    match path.starts_with('/') {
        true => parts.clear(),
        false => parts.extend(from.folder().split('/').filter(|part| !part.is_empty()).map(str::to_owned)),
    }
    for part in percent_decoded(path).split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part.to_owned()),
        }
    }
    let shared = parts.iter().zip(&above).take_while(|(part, above)| part == *above).count();
    let up = vec!["..".to_owned(); above.len() - shared];
    Some([&up[..], &parts[shared..]].concat().join("/"))
}

/// What stands behind `#`, without the words that a browser is to look for.
fn anchor_of(written: &str) -> Option<String> {
    let name = written.split(":~:").next().unwrap_or_default();
    Some(percent_decoded(name)).filter(|anchor| !anchor.is_empty())
}

/// Whether an anchor is of lines, as GitHub gives them to every file: `L3`, `L3-L9`, `L3C1-L9C2`.
fn is_of_lines(anchor: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_line =
        |text: &str| match text.strip_prefix('L').map(|line| line.split_once('C').unwrap_or((line, "0"))) {
            Some((line, column)) => is_number(line) && is_number(column),
            None => false,
        };
    match anchor.split_once('-') {
        Some((first, last)) => is_line(first) && (is_line(last) || is_number(last)),
        None => is_line(anchor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a link in a file leads, with the root in this folder of the repository.
    fn to(from: &str, above: &str, dest: &str) -> Option<(String, String)> {
        let target = Target::of(&PagePath::new(from), above, dest);
        target.map(|target| (target.path, target.anchor.unwrap_or_default()))
    }

    fn led(path: &str, anchor: &str) -> Option<(String, String)> {
        Some((path.to_owned(), anchor.to_owned()))
    }

    #[test]
    fn only_links_within_the_repository_are_ours_to_judge() {
        let to = |dest| to("docs/guide/a.md", "", dest);
        assert_eq!(to("../b%20c.md?x=1#A-%C3%A9"), led("docs/b c.md", "A-é"));
        assert_eq!(to("#here"), led("docs/guide/a.md", "here"));
        assert_eq!(to("./x/"), led("docs/guide/x", ""));
        assert_eq!(to("/root#x"), led("root", "x"));
        assert_eq!(to("/"), led("", ""));
        assert_eq!(to("../../README.md"), led("README.md", ""));
        for other in
            ["https://x.y/z", "mailto:a@b", "//host/x", "../../../issues/12", "/../x", "", "#", "C:\\x"]
        {
            assert_eq!(to(other), None, "{other}");
        }
    }

    #[test]
    fn a_root_in_a_folder_of_the_repository_is_left_as_far_as_its_top() {
        let to = |dest| to("docs/a.md", "tools/plan", dest);
        assert_eq!(to("b.md"), led("docs/b.md", ""));
        assert_eq!(to("/tools/plan/docs/b.md"), led("docs/b.md", ""));
        assert_eq!(to("../../other/c.md#x"), led("../other/c.md", "x"));
        assert_eq!(to("/docs/b.md"), led("../../docs/b.md", ""));
        assert_eq!(to("../../../README.md"), led("../../README.md", ""));
        assert_eq!(to("../../../../issues"), None);
    }

    #[test]
    fn anchors_of_lines_are_those_of_no_heading() {
        let to = |dest: &str| to("a.md", "", dest);
        for lines in ["L3", "L3-L9", "L3-9", "L3C1", "L3C1-L9C2", ":~:text=a"] {
            assert_eq!(to(&format!("b.md#{lines}")), led("b.md", ""), "{lines}");
        }
        for plain in ["b.md?plain=1#L3", "b.md?plain=1#some", "b.md?raw=true#x"] {
            assert_eq!(to(plain), led("b.md", ""), "{plain}");
        }
        for heading in ["L", "L3x", "L3-", "3", "l3", "L3-L", "LC1"] {
            assert_eq!(to(&format!("b.md#{heading}")), led("b.md", heading), "{heading}");
        }
        assert_eq!(to("b.md?tab=readme-ov-file#use:~:text=a"), led("b.md", "use"));
    }

    #[test]
    fn markdown_is_known_by_its_ending() {
        assert_eq!(
            ["a.md", "A.MD", "a.markdown", "a.mdx", "md", "a.rs", "a.md/b"].map(is_markdown),
            [true, true, true, false, false, false, false]
        );
    }
}
