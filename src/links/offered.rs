//! The anchors that a file offers on GitHub.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::{
    anchors::{Anchors, slug},
    read::{Title, anchored},
};

/// What GitHub's sanitizer puts before every anchor, and its script takes off.
const PREFIX: &str = "user-content-";

/// What a link to a Markdown file may name behind `#`.
pub(super) struct Offered {
    /// The anchors as the file gives them, by the form in which they are compared.
    names: BTreeMap<String, String>,
    /// Those of headings in bodies that a page shows as text, without the numbers of doubles: the page has no such anchor,
    /// and the headings are there for all who read it.
    as_text: BTreeSet<String>,
}

impl Offered {
    /// What a file offers; `is_ours` of a page that Roadbook makes.
    pub(super) fn by(path: &str, text: &str, is_ours: bool) -> Self {
        let found = anchored(text);
        let mut offered = Self { names: BTreeMap::new(), as_text: BTreeSet::new() };
        for name in headings(&found.titles).into_iter().chain(found.named) {
            offered.names.entry(form(&name)).or_insert(name);
        }
        let quoted = if is_ours { found.quoted } else { Vec::new() };
        for body in quoted {
            let found = anchored(&body);
            let of_headings = found.titles.iter().map(|title| slug(title.text.trim()));
            offered.as_text.extend(of_headings.chain(found.named.iter().map(|name| form(name))));
        }
        let file = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        // HTML knows the top of every page; GitHub's page of a repository has its README's.
        let pages_own: &[&str] =
            if file.starts_with("readme.") { &["top", "readme", "readme-ov-file"] } else { &["top"] };
        for name in pages_own {
            offered.names.entry((*name).to_owned()).or_insert_with(|| (*name).to_owned());
        }
        offered
    }

    /// Whether a link with this anchor leads somewhere.
    pub(super) fn leads(&self, anchor: &str) -> bool {
        let form = form(anchor);
        let unnumbered = form.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        self.names.contains_key(&form) || self.as_text.contains(&form) || self.as_text.contains(unnumbered)
    }

    /// The anchors, as the file gives them.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }
}

/// The anchors of headings. Of one in HTML both forms count, with the white space around its words and without it.
fn headings(titles: &[Title]) -> Vec<String> {
    let mut as_written = Anchors::new();
    let mut given: Vec<_> = titles.iter().map(|title| as_written.add(&title.text)).collect();
    if titles.iter().any(|title| title.is_html) {
        let mut folded = Anchors::new();
        given.extend(titles.iter().map(|title| match title.is_html {
            true => folded.add(&title.text.split_whitespace().collect::<Vec<_>>().join(" ")),
            false => folded.add(&title.text),
        }));
    }
    given
}

/// An anchor as it is compared: GitHub's script tries the name that a link gives, and then the same in lower case. A sigma at
/// the end of a word has a form of its own in lower case, which not every language's library gives it.
fn form(anchor: &str) -> String {
    anchor.strip_prefix(PREFIX).unwrap_or(anchor).to_lowercase().replace('ς', "σ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these lead somewhere in a file.
    fn led<'a>(path: &str, text: &str, anchors: &[&'a str]) -> Vec<&'a str> {
        let offered = Offered::by(path, text, path.starts_with("roadmap/"));
        anchors.iter().copied().filter(|anchor| offered.leads(anchor)).collect()
    }

    #[track_caller]
    fn holds(text: &str, alive: &[&str], dead: &[&str]) {
        assert_eq!(led("docs/a.md", text, alive), alive);
        assert_eq!(led("docs/a.md", text, dead), [""; 0]);
    }

    #[test]
    fn case_does_not_count() {
        holds(
            "# Type\n\n## Änderungen\n\n## ΟΔΟΣ\n\n<a name=\"Old-Name\"></a>\n",
            &[
                "type",
                "Type",
                "TYPE",
                "Änderungen",
                "änderungen",
                "ΟΔΟΣ",
                "οδος",
                "οδοσ",
                "old-name",
                "Old-Name",
            ],
            &["typ", "Anderungen", "old_name"],
        );
    }

    #[test]
    fn githubs_own_anchors_lead_somewhere() {
        holds(
            "# A\n",
            &["top", "TOP", "user-content-a"],
            &["readme", "topmost", "user-content-b", "content-a"],
        );
        assert_eq!(
            led("docs/README.md", "# A\n", &["readme", "readme-ov-file", "read"]),
            ["readme", "readme-ov-file"]
        );
    }

    #[test]
    fn headings_in_html_count_as_those_in_markdown() {
        holds(
            "<h1 align=\"center\">\n  <img src=\"x.png\">\n  Shed tools\n</h1>\n\n## Use\n\n<h2>Use</h2>\n\n## Use\n",
            &["shed-tools", "----shed-tools", "use", "use-1", "use-2"],
            &["use-3", "shed", "x"],
        );
    }

    #[test]
    fn pictures_are_no_words_of_a_heading() {
        holds(
            "## ![Logo](l.png) Build\n\n## :rocket: Go\n",
            &["-build", "rocket-go"],
            &["build", "logo-build", "go"],
        );
    }

    #[test]
    fn headings_of_a_body_that_is_shown_as_text_are_not_judged() {
        let page = "# M\n\n````markdown\n# Why *so*\n\n```\n# no\n```\n````\n";
        assert_eq!(
            led("roadmap/m.md", page, &["m", "why-so", "why-so-3", "why", "no"]),
            ["m", "why-so", "why-so-3"]
        );
        assert_eq!(led("docs/m.md", page, &["m", "why-so"]), ["m"]);
    }
}
