//! The git program, asked so that neither the user's configuration nor the environment of a hook changes an answer. That it
//! runs, asks and fetches nothing is held for every call of git where programs are started.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use super::{moment::day_of, objects::Objects};
use crate::{
    data::short_commit,
    io::{Call, Failure, FailureKind, Io, Output},
    model::Day,
};

/// Settings that could change what git writes.
const SETTINGS: [&str; 6] = [
    "core.quotePath=false",
    "color.ui=false",
    "log.showSignature=false",
    "log.follow=false",
    // What `-m` means; older gits mean this anyway.
    "log.diffMerges=first-parent",
    "diff.renameLimit=1000",
];

/// Variables that could do the same. A hook sets some of them for the repository that it runs in, with paths from a
/// folder that is not ours; git finds that repository again by itself.
const VARIABLES: [(&str, Option<&str>); 18] = [
    ("LC_ALL", Some("C")),
    // What is told is what was committed, not what a local note puts in its place.
    ("GIT_NO_REPLACE_OBJECTS", Some("1")),
    ("GIT_ALTERNATE_OBJECT_DIRECTORIES", None),
    ("GIT_COMMON_DIR", None),
    ("GIT_DIFF_OPTS", None),
    ("GIT_DIR", None),
    ("GIT_GLOB_PATHSPECS", None),
    // A file of no name: grafts are local notes too.
    ("GIT_GRAFT_FILE", Some("")),
    ("GIT_ICASE_PATHSPECS", None),
    ("GIT_INDEX_FILE", None),
    ("GIT_LITERAL_PATHSPECS", None),
    ("GIT_NAMESPACE", None),
    ("GIT_NOGLOB_PATHSPECS", None),
    ("GIT_OBJECT_DIRECTORY", None),
    ("GIT_PREFIX", None),
    ("GIT_REPLACE_REF_BASE", None),
    ("GIT_SHALLOW_FILE", None),
    ("GIT_WORK_TREE", None),
];

/// What is asked first, one line of answer each.
const ABOUT: [&str; 4] = ["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix"];

/// A repository, seen from the root of a roadmap in it.
pub(crate) struct Git<'a> {
    pub(super) io: &'a Io<'a>,
    root: PathBuf,
    /// The root's path from the top of the repository, ending in `/`; empty where it is the top.
    pub(crate) prefix: String,
    /// Whether the repository lacks its older commits.
    pub(crate) is_shallow: bool,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commit {
    /// Its whole name, in hexadecimal digits.
    pub(crate) id: String,
    /// When it was committed, in seconds since 1970-01-01 00:00 UTC.
    pub(crate) seconds: i64,
    /// The first line of its message.
    pub(crate) subject: String,
    /// The name of its tree.
    pub(super) tree: String,
}

impl Commit {
    /// The day of UTC on which it was committed: not the author's, which may lie long before.
    pub(crate) fn day(&self) -> Day {
        day_of(self.seconds)
    }

    /// As much of its name as people need.
    pub(crate) fn short(&self) -> &str {
        short_commit(&self.id)
    }
}

impl<'a> Git<'a> {
    /// The repository that holds the root.
    ///
    /// # Errors
    /// Where there is no git, or no repository.
    pub(crate) fn open(io: &'a Io<'a>, root: &Path) -> Result<Self, Failure> {
        let git = Self { io, root: root.to_owned(), prefix: String::new(), is_shallow: false };
        let found = git.run(&ABOUT)?;
        if !found.success {
            return Err(git.no_repository(&found.stderr));
        }
        let text = String::from_utf8(found.stdout).map_err(|_| git.odd("the root's path is not Unicode"))?;
        let mut lines = text.lines();
        match (lines.next(), lines.next()) {
            (Some("true"), Some(shallow @ ("true" | "false"))) => {
                let prefix = lines.next().unwrap_or_default().to_owned();
                Ok(Self { prefix, is_shallow: shallow == "true", ..git })
            }
            (Some("true"), _) => Err(git.odd("this git is too old").help("git 2.15 and later will do")),
            _ => Err(git.odd("it is no working tree")),
        }
    }

    /// What the repository holds.
    ///
    /// # Errors
    /// Where git cannot be started.
    pub(super) fn objects(&self) -> Result<Objects, Failure> {
        let args = with_settings(&["cat-file", "--batch"]);
        let args: Vec<_> = args.iter().map(OsStr::new).collect();
        let talk = self.io.process.talk(&self.call(&args))?;
        talk.map(Objects::new).ok_or_else(no_git)
    }

    /// What git answers; the failure that it ended with is an error.
    pub(super) fn ask(&self, args: &[&str]) -> Result<Vec<u8>, Failure> {
        let found = self.run(args)?;
        if found.success { Ok(found.stdout) } else { Err(self.odd(said(&found.stderr))) }
    }

    /// The commit in which two lines of history part; `None` where they have none in common.
    pub(super) fn merge_base(&self, a: &Commit, b: &Commit) -> Result<Option<String>, Failure> {
        let found = self.run(&["merge-base", &a.id, &b.id])?;
        let id = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        Ok(Some(id).filter(|id| found.success && !id.is_empty()))
    }

    /// Refuses a repository that lacks its older commits: what is not there would be told as what never was.
    ///
    /// # Errors
    /// Where it does.
    pub(crate) fn refuse_shallow(&self) -> Result<(), Failure> {
        if self.is_shallow { Err(shallow()) } else { Ok(()) }
    }

    fn run(&self, args: &[&str]) -> Result<Output, Failure> {
        let args = with_settings(args);
        let args: Vec<_> = args.iter().map(OsStr::new).collect();
        self.io.process.call(&self.call(&args))?.ok_or_else(no_git)
    }

    fn call<'c>(&'c self, args: &'c [&'c OsStr]) -> Call<'c> {
        Call { program: "git", args, folder: &self.root, variables: &VARIABLES }
    }

    fn no_repository(&self, stderr: &str) -> Failure {
        if stderr.contains("not a git repository") {
            let message =
                format!("`{}` is in no git repository, and history is read from git", self.root.display());
            return Failure::new(FailureKind::Files, message)
                .help("`git init`, and commit the source: what is committed has a history");
        }
        self.odd(said(stderr))
    }

    fn odd(&self, why: &str) -> Failure {
        let message = format!("cannot read the history of `{}`: {why}", self.root.display());
        Failure::new(FailureKind::Files, message)
    }
}

fn with_settings<'s>(args: &[&'s str]) -> Vec<&'s str> {
    let settings = SETTINGS.iter().flat_map(|setting| ["-c", *setting]);
    ["--no-pager"].into_iter().chain(settings).chain(args.iter().copied()).collect()
}

fn no_git() -> Failure {
    Failure::new(FailureKind::Files, "there is no program `git` here, and history is read by it")
        .help("install git, or put it into the `PATH`")
}

/// The failure that a repository lacks its older commits.
pub(super) fn shallow() -> Failure {
    let message = "this clone is shallow: it lacks the older commits, and with them the history";
    Failure::new(FailureKind::Files, message)
        .help("in a workflow: `fetch-depth: 0` for `actions/checkout`; elsewhere: `git fetch --unshallow`")
}

/// What git says is wrong, in its first line.
fn said(stderr: &str) -> &str {
    let line = stderr.lines().next().unwrap_or("git gives no reason");
    line.trim_start_matches("fatal: ").trim_start_matches("error: ")
}
