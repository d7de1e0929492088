//! The forms of what is handed out in files, and how a file of each is known again.

use std::collections::BTreeMap;

use serde::{Deserialize, de::IgnoredAny};

use crate::{data::v1::COLUMNS, history::Group, model::Day};

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Form {
    /// JSON of this `kind`.
    Json(&'static str),
    /// The table of `report`.
    Csv,
    /// Markdown of `report` or `diff`.
    Markdown,
    /// One page of HTML.
    Html,
    /// Lines of `report` or `diff`, for people.
    Human,
    /// A patch that repairs what is derived.
    Patch,
    /// A lock.
    Lock,
    /// A manual page.
    Man,
}

/// What all JSON of ours has.
#[derive(Deserialize)]
struct Envelope {
    kind: String,
    #[serde(rename = "tool_version")]
    _tool_version: String,
}

/// What a lock may have, beside its version.
#[derive(Deserialize)]
struct LockHead {
    #[serde(rename = "version")]
    _version: u32,
    labels: Option<BTreeMap<String, IgnoredAny>>,
    milestones: Option<BTreeMap<String, IgnoredAny>>,
    issues: Option<BTreeMap<String, IgnoredAny>>,
}

impl LockHead {
    fn holds_something(&self) -> bool {
        self.labels.is_some() || self.milestones.is_some() || self.issues.is_some()
    }
}

impl Form {
    /// What a file of this form is.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Json("plan") => "a plan",
            Self::Json("diff") => "a list of changes",
            Self::Json(_) | Self::Csv | Self::Html => "a report of this format",
            Self::Markdown | Self::Human => "a report or a list of changes of this format",
            Self::Patch => "a patch of generated files",
            Self::Lock => "a lock",
            Self::Man => "a manual page",
        }
    }

    /// Whether a file is of this form, so that nothing but an older one of its kind is lost with it.
    pub(in crate::commands) fn fits(self, old: &[u8]) -> bool {
        let text = String::from_utf8_lossy(old);
        match self {
            Self::Json(kind) => serde_json::from_slice::<Envelope>(old).is_ok_and(|found| found.kind == kind),
            Self::Csv => text.lines().next().is_some_and(|line| line == COLUMNS),
            Self::Markdown => is_markdown(&text),
            Self::Html => text.starts_with("<!doctype html>") && text.contains("Made by Roadbook from "),
            Self::Human => is_report(&text) || is_list(&text),
            Self::Patch => is_patch(&text),
            Self::Lock => serde_json::from_slice::<LockHead>(old).is_ok_and(|lock| lock.holds_something()),
            Self::Man => {
                text.starts_with(".ie \\n(.g .ds Aq")
                    && text.lines().any(|line| line.starts_with(".TH roadbook"))
            }
        }
    }
}

/// The first lines of `report` and of `diff` in Markdown.
fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines();
    let [first, second, third] = [(); 3].map(|()| lines.next().unwrap_or_default());
    let third = match third.split_once(": **") {
        Some((as_of, rest)) if as_of.strip_prefix("As of ").and_then(Day::parse).is_some() => rest,
        _ => third.strip_prefix("**").unwrap_or_default(),
    };
    let is_report = first.starts_with("# ") && second.is_empty() && third.ends_with("**.");
    is_report || text.starts_with("### What changed in the roadmap\n\n")
}

/// The first line of `report`: `Database, as of 2026-11-22: 3 of 22 issues are done`.
fn is_report(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first
        .rsplit_once(", as of ")
        .and_then(|(_, rest)| rest.split_once(": "))
        .is_some_and(|(day, _)| Day::parse(day).is_some())
}

/// The lines of `diff`: each begins with its change, or with a day and a commit before it.
fn is_list(text: &str) -> bool {
    let is_change = |word: &str| Group::ALL.iter().any(|group| group.word() == word);
    text.lines().all(|line| {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        match Day::parse(first) {
            Some(_) => words.nth(1).is_some_and(is_change),
            None => is_change(first),
        }
    })
}

/// A patch of documents or of a website, and of nothing else.
fn is_patch(text: &str) -> bool {
    let heads: Vec<_> = text.lines().filter(|line| line.starts_with("diff --git ")).collect();
    let is_made = |line: &&str| {
        let path = line.trim_end_matches('"');
        GENERATED.iter().any(|ending| path.ends_with(ending))
    };
    text.starts_with("diff --git ") && heads.iter().all(is_made)
}

/// What the files that a patch of ours changes may end in.
const GENERATED: [&str; 11] =
    [".md", ".html", ".css", ".js", ".svg", ".json", ".ics", ".txt", ".xml", ".atom", ".nojekyll"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_knows_its_own_and_nothing_else() {
        let files = [
            (
                Form::Json("report"),
                "{\"version\":1,\"kind\":\"report\",\"tool_version\":\"0.1.0\",\"title\":\"T\"}",
            ),
            (Form::Json("diff"), "{\"version\":1,\"kind\":\"diff\",\"tool_version\":\"0.1.0\"}"),
            (Form::Json("plan"), "{\"kind\":\"plan\",\"tool\":\"roadbook\",\"tool_version\":\"0.1.0\"}"),
            (Form::Markdown, "# T\n\nAs of 2026-11-22: **1 of 2 done**.\n"),
            (Form::Html, "<!doctype html>\n<p class=\"foot\">Made by Roadbook from <bdi>a</bdi></p>"),
            (Form::Human, "T, as of 2026-11-22: 1 of 2 done\n"),
            (Form::Patch, "diff --git a/roadmap/SUMMARY.md b/roadmap/SUMMARY.md\n--- a/x\n"),
            (Form::Lock, "{\"version\":1,\"labels\":{},\"milestones\":{},\"issues\":{}}"),
            (Form::Man, ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n.TH roadbook 1\n"),
        ];
        let csv = format!("{COLUMNS}\r\n");
        let files: Vec<_> = files.into_iter().chain([(Form::Csv, csv.as_str())]).collect();
        for (form, _) in &files {
            for (other, text) in &files {
                assert_eq!(form.fits(text.as_bytes()), form == other, "{form:?}: {text}");
            }
            for text in [
                "my notes\n",
                "# My notes\n\nWords.\n",
                "{\"milestones\":[],\"issues\":[]}",
                "{\"kind\":\"report\"}",
                "[core]\n",
                "diff --git a/src/main.rs b/src/main.rs\n",
                "<!doctype html>\n",
                "a,b\n",
            ] {
                assert!(!form.fits(text.as_bytes()), "{form:?}: {text}");
            }
        }
        assert!(
            Form::Human.fits(b"2026-11-01  0123abcd  closed  A-1  on 2026-11-01  One\nslipped  A-2  x\n")
        );
        assert!(Form::Markdown.fits(b"# T\n\n**nothing is planned**.\n"));
        assert!(Form::Markdown.fits(b"### What changed in the roadmap\n\nx"));
    }
}
