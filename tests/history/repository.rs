//! A git repository with a roadmap in it, and the program run in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// Where the roadmap lies.
pub(crate) const SOURCE: &str = "roadmap/plan.json";

/// A repository that goes away with the test. Its path has a space and letters beyond ASCII.
pub(crate) struct Repository {
    top: PathBuf,
    _folder: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Repository {
    /// A repository without a commit.
    pub(crate) fn new() -> Self {
        let repository = Self::none();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// A folder that is no repository.
    pub(crate) fn none() -> Self {
        let folder = tempfile::Builder::new().prefix("roadbook history ü ").tempdir().expect("a folder");
        let top = fs::canonicalize(folder.path()).expect("a real path").join("r");
        fs::create_dir(&top).expect("it is made");
        Self { top, _folder: folder }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.top.join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(&self.top, args, "2026-10-01")
    }

    /// Writes the roadmap and commits everything, on a day at noon.
    pub(crate) fn commit(&self, day: &str, source: &Value) {
        self.write(SOURCE, &serde_json::to_string_pretty(source).expect("JSON"));
        self.commit_all(day);
    }

    pub(crate) fn commit_all(&self, day: &str) {
        git(&self.top, &["add", "--all"], day);
        git(&self.top, &["commit", "--quiet", "--message", "a secret reason"], day);
    }

    /// The same at a moment, in any form that git reads.
    pub(crate) fn commit_at(&self, moment: &str) {
        git_at(&self.top, &["add", "--all"], moment);
        git_at(&self.top, &["commit", "--quiet", "--message", "a secret reason"], moment);
    }

    pub(crate) fn git_on(&self, day: &str, args: &[&str]) -> String {
        git(&self.top, args, day)
    }

    /// Runs the program on 2026-11-22, standing at the top.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_in("", args, &[])
    }

    /// The same in a folder, with more in the environment.
    pub(crate) fn run_in(&self, folder: &str, args: &[&str], environment: &[(&str, &str)]) -> Run {
        let done = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .args(args)
            .current_dir(self.path(folder))
            .env("SOURCE_DATE_EPOCH", "1795305600")
            .envs(environment.iter().copied())
            .output()
            .expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
        Run {
            code: done.status.code().expect("it ends by itself"),
            out: text(done.stdout),
            err: text(done.stderr),
        }
    }

    /// The changes that `diff` tells with these arguments, as `GROUP ID WORDS`, days before them where it walks.
    pub(crate) fn changes(&self, args: &[&str]) -> Vec<String> {
        let run = self.run(&[&["diff", "--format", "json"], args].concat()).ends_with(0);
        let changes = run.json()["changes"].as_array().expect("a list").clone();
        let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
        let line = |it: &Value| [text(&it["day"]), text(&it["group"]), text(&it["id"])].join(" ");
        changes.iter().map(line).collect()
    }
}

fn git(folder: &Path, args: &[&str], day: &str) -> String {
    git_at(folder, args, &format!("{day}T12:00:00Z"))
}

fn git_at(folder: &Path, args: &[&str], date: &str) -> String {
    let done = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always"])
        .args(args)
        .current_dir(folder)
        .envs([("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)])
        .env("GIT_CONFIG_GLOBAL", folder.join("no such file"))
        .output()
        .expect("git starts");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

impl Run {
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n-- stdout\n{}\n-- stderr\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "it does not say `{words}`:\n{}", self.err);
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {}", self.out))
    }
}
