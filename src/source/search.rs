//! Looks through a folder in which nobody has said where the roadmap is: for JSON that has the shape of one, and for the
//! Markdown that people wrote beside it.

use std::{cell::RefCell, cmp::Reverse, collections::BTreeSet, path::Path, sync::Arc};

use rayon::{iter::Either, prelude::*};
use serde_json::Value;

use super::{Ignored, below, border::is_repository, git_top, is_root, joined, parse};
use crate::{
    io::{Failure, Files},
    report::{Report, Severity},
};

/// Folders of what is fetched or made, beside all whose names begin with a dot.
const MADE: [&str; 12] = [
    "node_modules",
    "third_party",
    "third-party",
    "Pods",
    "Carthage",
    "target",
    "vendor",
    "venv",
    "bower_components",
    "__pycache__",
    "site-packages",
    "DerivedData",
];

/// Folders and files in which a roadmap is more often a copy or an example than the one that a team works by.
const ASIDE: [&str; 12] = [
    "test", "tests", "testdata", "fixtures", "examples", "example", "dist", "build", "out", "archive", "old",
    "backup",
];

/// The largest JSON file that is looked into: 100,000 issues with half a page of text each.
const MOST_BYTES: u64 = 160 << 20;

/// A JSON file that may be a roadmap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Its path from the folder that was searched, `/`-separated.
    pub(crate) path: String,
    /// How many milestones it lists.
    pub(crate) milestones: usize,
    /// How many issues it lists.
    pub(crate) issues: usize,
    /// Whether it can be read as a source without a fault.
    pub(crate) is_sound: bool,
    /// Whether it lies among tests, examples or what is built, and so is hardly the one that a team works by.
    pub(crate) is_aside: bool,
}

/// What a folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Searched {
    /// What may be a roadmap, the likeliest first.
    pub(crate) candidates: Vec<Candidate>,
    /// Markdown files with their sizes in bytes.
    pub(crate) markdown: Vec<(String, u64)>,
    /// JSON files that are too large to be looked into unasked.
    pub(crate) too_large: Vec<String>,
    /// JSON files that cannot be read, each with the reason in words.
    pub(crate) unreadable: Vec<(String, String)>,
    /// Folders that are repositories of their own and have a roadmap. They are not looked into.
    pub(crate) nested: Vec<String>,
}

impl Searched {
    /// The same as it is seen from above: `folder` is the way down to what was searched.
    pub(crate) fn move_below(&mut self, folder: &str) {
        let paths = self.candidates.iter_mut().map(|candidate| &mut candidate.path);
        let paths = paths
            .chain(self.markdown.iter_mut().map(|(path, _)| path))
            .chain(&mut self.too_large)
            .chain(self.unreadable.iter_mut().map(|(path, _)| path))
            .chain(&mut self.nested);
        paths.for_each(|path| *path = joined(folder, path));
    }
}

/// Searches a folder and those below it; links are not followed, and neither folders of what is fetched or made entered nor
/// other repositories.
///
/// # Errors
/// Where the folder cannot be read.
pub(crate) fn search(files: &dyn Files, folder: &Path) -> Result<Searched, Failure> {
    let nested = RefCell::<BTreeSet<String>>::default();
    let enters = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        if MADE.contains(&name) || (name.starts_with('.') && name != ".github") {
            return false;
        }
        let own = folder.join(path);
        let is_other = is_repository(files, &own);
        if is_other && is_root(files, &own).unwrap_or_default() {
            nested.borrow_mut().insert(path.to_owned());
        }
        !is_other
    };
    let found = files.survey(folder, &enters)?;
    let ends = |path: &str, ending: &str| path.len() > ending.len() && path.to_lowercase().ends_with(ending);
    let is_source =
        |path: &str| ends(path, ".json") && !ends(path, ".schema.json") && !ends(path, ".lock.json");
    let (json, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|(path, _)| is_source(path));
    let (json, too_large): (Vec<_>, Vec<_>) = json.into_iter().partition(|(_, size)| *size <= MOST_BYTES);
    let look = |(path, _): &(String, u64)| match files.read(&folder.join(path)) {
        Ok(bytes) => Ok(bytes.and_then(|bytes| judge(path, bytes))),
        Err(failure) => Err((path.clone(), failure.message)),
    };
    let (looked_at, unreadable): (Vec<_>, Vec<_>) = json.par_iter().map(look).partition_map(|it| match it {
        Ok(found) => Either::Left(found),
        Err(why) => Either::Right(why),
    });
    let mut candidates: Vec<_> = looked_at.into_iter().flatten().collect();
    candidates.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let top = git_top(files, folder)?.unwrap_or(folder);
    let (ignored, above) = (Ignored::new(files, top), below(top, folder).unwrap_or_default());
    let counts = |path: &str| !ignored.file(&joined(&above, path));
    Ok(Searched {
        candidates,
        markdown: rest.into_iter().filter(|(path, _)| ends(path, ".md") && counts(path)).collect(),
        unreadable,
        too_large: too_large.into_iter().map(|(path, _)| path).collect(),
        nested: nested.into_inner().into_iter().collect(),
    })
}

/// What orders candidates: the place, the shape, the size, and where all that is equal the path.
fn rank(candidate: &Candidate) -> impl Ord + '_ {
    let path = candidate.path.as_str();
    let is_whole = candidate.milestones > 0 && candidate.issues > 0;
    let count = candidate.milestones + candidate.issues;
    (candidate.is_aside, !is_whole, !candidate.is_sound, Reverse(count), path.matches('/').count(), path)
}

fn is_aside(path: &str) -> bool {
    let path = path.to_lowercase();
    path.trim_end_matches(".json").split('/').any(|part| ASIDE.contains(&part))
}

/// A file as a candidate; `None` where it has not the shape of a roadmap.
fn judge(path: &str, bytes: Vec<u8>) -> Option<Candidate> {
    let says = |key: &[u8]| bytes.windows(key.len()).any(|part| part == key);
    let (has_milestones, has_issues) = (says(br#""milestones""#), says(br#""issues""#));
    if !has_milestones && !has_issues {
        return None;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let Ok(value) = serde_json::from_slice::<Value>(text) else {
        // Something that is almost one is better shown with its fault than not found.
        return (has_milestones && has_issues).then(|| Candidate {
            path: path.to_owned(),
            milestones: 0,
            issues: 0,
            is_sound: false,
            is_aside: is_aside(path),
        });
    };
    let mut members = value.as_object().filter(|members| !members.contains_key("generated"))?;
    // A roadmap in a wrapper is one that `check --fix` takes out of it.
    while let (1, Some(inner)) = (members.len(), members.values().next().and_then(Value::as_object)) {
        members = inner;
    }
    let titled = |key: &str| {
        let items = members.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let titled = items.iter().filter(|item| item.get("title").is_some_and(Value::is_string)).count();
        if 2 * titled > items.len() { items.len() } else { 0 }
    };
    let (milestones, issues) = (titled("milestones"), titled("issues"));
    let is_sound = is_sound(path, bytes);
    let is_one = (milestones > 0 && issues > 0) || (is_sound && milestones + issues > 0);
    is_one.then(|| Candidate {
        path: path.to_owned(),
        milestones,
        issues,
        is_sound,
        is_aside: is_aside(path),
    })
}

fn is_sound(path: &str, bytes: Vec<u8>) -> bool {
    let mut report = Report::default();
    let name: Arc<str> = path.into();
    parse(&name, bytes, &mut report).is_some()
        && !report.iter().any(|found| found.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Disk;

    const ONE: &str = r#"{"milestones": [{"title": "M-1: A"}], "issues": [{"title": "A-1: b"}]}"#;

    fn searched(files: &[(&str, &str)]) -> Searched {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::new(folder.path().to_owned());
        for (path, text) in files {
            disk.write(Path::new(path), text.as_bytes()).expect("it is written");
        }
        search(&disk, Path::new("")).expect("it is searched")
    }

    fn paths(files: &[(&str, &str)]) -> Vec<String> {
        searched(files).candidates.into_iter().map(|candidate| candidate.path).collect()
    }

    #[test]
    fn the_one_that_a_team_works_by_comes_first() {
        let larger = r#"{"milestones": [{"title": "M"}], "issues": [{"title": "a"}, {"title": "b"}]}"#;
        let faulty = r#"{"milestones": [{"title": "M"}], "issues": [{"title": "a", "prio": 1}, {"title": "b"}, {"title": "c"}]}"#;
        let issues = r#"{"issues": [{"title": "a"}, {"title": "b"}, {"title": "c"}, {"title": "d"}]}"#;
        let files = [
            ("tests/big.json", faulty),
            ("docs/planning/data.json", ONE),
            ("plan.json", larger),
            ("a/faulty.json", faulty),
            ("issues.json", issues),
        ];
        let order =
            ["plan.json", "docs/planning/data.json", "a/faulty.json", "issues.json", "tests/big.json"];
        assert_eq!(paths(&files), order);
    }

    #[test]
    fn what_only_looks_like_one_and_what_is_fetched_or_made_is_passed_over() {
        let files = [
            ("node_modules/x/plan.json", ONE),
            (".cache/plan.json", ONE),
            (
                "site/roadmap.json",
                r#"{"generated": "x", "milestones": [{"title": "M"}], "issues": [{"title": "a"}]}"#,
            ),
            ("lint.json", r#"{"issues": [{"title": "unused", "file": "a.c"}]}"#),
            ("package.json", r#"{"name": "x", "bugs": {"url": "https://x.y/issues"}}"#),
            ("dump.json", r#"[{"title": "a", "milestone": null}]"#),
            ("roadbook.lock.json", r#"{"milestones": {}, "issues": {}}"#),
            ("roadmap.schema.json", r#"{"properties": {"milestones": {}, "issues": {}}}"#),
        ];
        assert_eq!(paths(&files), [""; 0]);
    }

    #[test]
    fn one_with_a_fault_of_syntax_is_found_and_markdown_is_named() {
        let files =
            [("plan.json", r#"{"milestones": [], "issues": [,]}"#), ("docs/A.MD", "x"), ("b.txt", "y")];
        let found = searched(&files);
        assert_eq!(
            found.candidates.iter().map(|it| (it.path.as_str(), it.is_sound)).collect::<Vec<_>>(),
            [("plan.json", false)]
        );
        assert_eq!(found.markdown, [("docs/A.MD".to_owned(), 1)]);
        assert_eq!(paths(&[("bom.json", &format!("\u{feff}{ONE}"))]), ["bom.json"]);
    }
}
