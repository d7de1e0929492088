//! Writing a whole tree, on a real disk that is watched.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
};

use super::{Found, Tree, orphans, write};
use crate::{
    facts::Facts,
    io::{Disk, Entry, Failure, FailureKind, Files, Progress, TEMPORARY},
    model::resolve,
    render::{Engine, PagePath, Renderer},
    report::Report,
    source::{merge, parse},
};

/// A disk that remembers which folders were staged, and that may be full.
struct Watched {
    disk: Disk,
    staged: Mutex<Vec<PathBuf>>,
    /// Where a file of this name cannot be written.
    refuses: &'static str,
}

impl Files for Watched {
    fn here(&self) -> &Path {
        self.disk.here()
    }
    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        self.disk.entry(path)
    }
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        self.disk.read(path)
    }
    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.disk.list(folder)
    }
    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.disk.walk(folder)
    }
    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        self.disk.real(path)
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if path.ends_with(self.refuses) {
            return Err(Failure::new(FailureKind::Files, "no space left"));
        }
        self.disk.write(path, bytes)
    }
    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.disk.append(path, bytes)
    }
    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        self.staged.lock().expect("no panic before").push(folder.to_owned());
        self.disk.stage(folder)
    }
    fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure> {
        self.disk.publish(staged, folder)
    }
    fn remove(&self, path: &Path) -> Result<(), Failure> {
        self.disk.remove(path)
    }
    fn sweep(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        self.disk.sweep(folder)
    }
}

/// A folder of its own, the watched disk in it, and a renderer of a roadmap with a page of each kind.
fn set_up(refuses: &'static str) -> (tempfile::TempDir, Watched, Renderer) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().to_owned();
    let disk = Watched { disk: Disk::new(root), staged: Mutex::default(), refuses };
    let mut report = Report::default();
    let name: std::sync::Arc<str> = "roadmap/roadmap.json".into();
    let text = r#"{"outputs": {"site": "public/site"}, "milestones": [{"id": "m", "title": "M"}],
        "issues": [{"id": "i", "title": "I", "milestone": "m", "labels": ["l"]}]}"#;
    let parsed = parse(&name, text.into(), &mut report).expect("it is JSON");
    let (roadmap, _) = resolve(merge(vec![(name, parsed)], &mut report), "roadmap", None);
    let facts = Facts::derive(&roadmap, None);
    let engine = Engine::new(Vec::new()).expect("the templates compile");
    (folder, disk, Renderer::new(roadmap, facts, engine, Vec::new()))
}

#[test]
fn what_is_not_there_yet_is_staged_once_at_its_top() {
    let (_folder, disk, renderer) = set_up("nothing");
    let root = disk.real(Path::new("")).expect("it is there");
    let tree = Tree { files: &disk, root: &root };
    let pages = renderer.pages();
    let missing: Vec<_> = pages.iter().map(|page| (page, &Found::Missing(None))).collect();
    write(tree, &renderer, &missing, &Progress::of(None)).expect("it is written");
    let staged = disk.staged.lock().expect("no panic before").clone();
    assert_eq!(staged, [root.join("public"), root.join("roadmap")]);
    let mut bytes = Vec::new();
    for page in &pages {
        assert_eq!(tree.compare(&renderer, page, &mut bytes), Ok(Found::Same), "{}", page.path);
    }
    assert!(disk.walk(&root).expect("it is there").iter().all(|path| !path.contains(TEMPORARY)));

    // With the folder above it there, only what is missing is staged.
    for path in disk.walk(&root.join("public/site/issues")).expect("it is there") {
        disk.remove(&root.join("public/site/issues").join(path)).expect("it is removed");
    }
    let gone: Vec<_> = pages.iter().filter(|page| page.path.as_str().contains("/issues/")).collect();
    let missing: Vec<_> = gone.iter().map(|page| (*page, &Found::Missing(None))).collect();
    write(tree, &renderer, &missing, &Progress::of(None)).expect("it is written");
    let staged = disk.staged.lock().expect("no panic before").clone();
    assert_eq!(staged[2..], [root.join("public/site/issues")]);
}

#[test]
fn what_somebody_makes_after_the_look_is_not_written_over() {
    let (_folder, disk, renderer) = set_up("nothing");
    let root = disk.real(Path::new("")).expect("it is there");
    let tree = Tree { files: &disk, root: &root };
    let pages = renderer.pages();
    let mine = root.join("roadmap/LABELS.md");
    disk.write(&mine, b"mine").expect("it is written");
    let labels: Vec<_> = pages.iter().filter(|page| page.path.as_str() == "roadmap/LABELS.md").collect();
    let missing: Vec<_> = labels.iter().map(|page| (*page, &Found::Missing(None))).collect();
    assert!(!missing.is_empty() && write(tree, &renderer, &missing, &Progress::of(None)).is_err());
    assert_eq!(disk.read(&mine), Ok(Some(b"mine".to_vec())));
}

#[test]
fn a_run_that_fails_leaves_nothing_of_a_folder_that_was_not_there() {
    let (_folder, disk, renderer) = set_up("i-i.html");
    let root = disk.real(Path::new("")).expect("it is there");
    let pages = renderer.pages();
    let missing: Vec<_> = pages.iter().map(|page| (page, &Found::Missing(None))).collect();
    assert!(write(Tree { files: &disk, root: &root }, &renderer, &missing, &Progress::of(None)).is_err());
    assert_eq!(disk.walk(&root).expect("it is there"), [""; 0]);
}

#[test]
fn orphans_of_the_site_are_what_bears_the_mark_of_its_own_format() {
    let (_folder, disk, renderer) = set_up("nothing");
    let root = disk.real(Path::new("")).expect("it is there");
    let tree = Tree { files: &disk, root: &root };
    let markup = "<!-- Generated by roadbook from x. -->\n";
    for (path, text) in [
        ("public/site/issues/i-gone.html", markup),
        ("public/site/assets/gone.css", "/* Generated by roadbook from x. */\n"),
        ("public/site/gone.txt", "# Generated by roadbook from x.\n"),
        ("public/site/mine.html", "<!doctype html>\n"),
        ("public/site/CNAME", "example.org\n"),
        ("public/mine.html", markup),
        ("roadmap/milestones/m-gone.md", markup),
        ("roadmap/milestones/gone.html", markup),
    ] {
        disk.write(&root.join(path), text.as_bytes()).expect("it is written");
    }
    let found =
        |with_site| orphans(tree, &renderer.roadmap, &renderer.pages(), with_site).expect("it is read");
    let site = ["public/site/assets/gone.css", "public/site/gone.txt", "public/site/issues/i-gone.html"];
    let expected: Vec<_> =
        site.iter().chain(&["roadmap/milestones/m-gone.md"]).map(|path| PagePath::new(*path)).collect();
    assert_eq!(found(true), expected);
    assert_eq!(found(false), [PagePath::new("roadmap/milestones/m-gone.md")]);
}
