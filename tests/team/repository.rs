//! A repository with a roadmap that two people edit.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

/// Where the roadmap is.
pub(crate) const PLAN: &str = "roadmap/plan.json";

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) said: String,
}

impl Run {
    #[track_caller]
    pub(crate) fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}", self.said);
        self
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.said.contains(words), "it does not say {words:?}:\n{}", self.said);
        self
    }
}

/// A repository.
pub(crate) struct Repository {
    folder: tempfile::TempDir,
}

/// What came of a merge.
pub(crate) struct Merge {
    /// Whether git could merge all files.
    pub(crate) is_clean: bool,
    /// What was said.
    pub(crate) said: String,
    /// The roadmap as it is then, where it can be read.
    pub(crate) plan: Value,
}

impl Repository {
    /// An empty one.
    pub(crate) fn empty() -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a folder") };
        repository.git("init --quiet --initial-branch=main").ends_with(0);
        for setting in
            ["user.name t", "user.email t@example.org", "core.autocrlf false", "commit.gpgsign false"]
        {
            repository.git(&format!("config {setting}")).ends_with(0);
        }
        repository
    }

    /// One with this roadmap, set up for merges, and a first commit.
    pub(crate) fn of(plan: &Value) -> Self {
        let repository = Self::empty();
        repository.write(PLAN, &pretty(plan));
        repository.set_up();
        repository
    }

    /// Sets up what is there, and commits it.
    pub(crate) fn set_up(&self) {
        self.roadbook(&["init", "--merge", "--hook", "--yes", "--quiet"]).ends_with(0);
        self.commit("base").ends_with(0);
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    pub(crate) fn plan(&self) -> Value {
        fs::read(self.path(PLAN)).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    pub(crate) fn git(&self, args: &str) -> Run {
        self.git_with(&args.split(' ').collect::<Vec<_>>())
    }

    pub(crate) fn git_with(&self, args: &[&str]) -> Run {
        let own = Path::new(env!("CARGO_BIN_EXE_roadbook")).parent().expect("its folder").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::env::join_paths([own].into_iter().chain(std::env::split_paths(&path))).expect("a path");
        let mut command = Command::new("git");
        command.args(args).env("PATH", path);
        self.run(&mut command)
    }

    pub(crate) fn roadbook(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        command.args(args);
        self.run(&mut command)
    }

    fn run(&self, command: &mut Command) -> Run {
        command.current_dir(self.folder.path()).env("SOURCE_DATE_EPOCH", "1795305600");
        command
            .env("GIT_CONFIG_GLOBAL", self.path("no such file"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("NO_COLOR", "1");
        let done = command.output().expect("it starts");
        let said = [done.stdout, done.stderr].concat();
        Run { code: done.status.code().expect("it ends"), said: String::from_utf8_lossy(&said).into_owned() }
    }

    /// Stages and commits all there is.
    pub(crate) fn commit(&self, message: &str) -> Run {
        self.git("add --all").ends_with(0);
        self.git_with(&["commit", "--quiet", "--allow-empty", "--message", message])
    }

    /// A branch of the base, with these verbs and what is built of them.
    pub(crate) fn branch(&self, name: &str, edits: &[&[&str]]) {
        self.git(&format!("checkout --quiet -b {name} main")).ends_with(0);
        for edit in edits {
            let run = self.roadbook(edit);
            assert_eq!(run.code, 0, "{edit:?}: {}", run.said);
        }
        self.finish_branch(name);
    }

    /// Builds and commits what a branch says, and goes back.
    pub(crate) fn finish_branch(&self, name: &str) {
        self.roadbook(&["build", "--quiet"]).ends_with(0);
        self.commit(name).ends_with(0);
        self.git("checkout --quiet main").ends_with(0);
    }

    /// Merges one branch into another, on a branch of its own; a merge that the hook stops is committed.
    pub(crate) fn merge(&self, into: &str, from: &str) -> Merge {
        self.git("reset --quiet --hard").ends_with(0);
        self.git(&format!("checkout --quiet -B into-{into} {into}")).ends_with(0);
        let run = self.git(&format!("merge --no-edit {from}"));
        let is_clean = self.git("ls-files --unmerged").said.is_empty();
        let mut said = run.said;
        if is_clean && run.code != 0 {
            assert!(said.contains("run `git commit --no-edit` to finish"), "{said}");
            let run = self.git("commit --no-edit");
            assert_eq!(run.code, 0, "after\n{said}\n{}", run.said);
            said.push_str(&run.said);
        }
        if is_clean {
            self.roadbook(&["check", "--quiet"]).ends_with(0);
            assert_eq!(self.git("status --porcelain").said, "", "after\n{said}");
        }
        Merge { is_clean, said, plan: self.plan() }
    }
}

/// Some roadmap: three issues in two milestones, with a website that is committed.
pub(crate) fn harbour() -> Value {
    json!({
        "title": "Harbour",
        "milestones": [
            { "id": "HB-M1", "title": "Ships can dock", "due_on": "2026-12-18", "state": "open" },
            { "id": "HB-M2", "title": "Ships can load", "due_on": "2027-02-26", "state": "open", "blocked_by": ["HB-M1"] }
        ],
        "issues": [
            { "id": "HB-001", "title": "Build the pier", "milestone": "HB-M1", "labels": ["type:build"],
              "body": "Oak.\n\n- [ ] posts\n- [ ] planks", "state": "open", "due_on": "2026-12-04" },
            { "id": "HB-002", "title": "Light the pier", "milestone": "HB-M1", "labels": ["type:build"], "state": "open",
              "blocked_by": ["HB-001"], "due_on": "2026-12-11" },
            { "id": "HB-003", "title": "Buy a crane", "milestone": "HB-M2", "labels": ["type:buy"], "state": "open" }
        ],
        "site": { "committed": true }
    })
}

pub(crate) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON") + "\n"
}

/// The item of this id.
pub(crate) fn item<'v>(plan: &'v Value, id: &str) -> &'v Value {
    let lists = ["issues", "milestones"].into_iter().filter_map(|list| plan[list].as_array()).flatten();
    lists.into_iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("there is no {id}: {plan:#}"))
}

/// A roadmap by id: its lists without their order, and without new ids where `names` gives what they are called by.
pub(crate) fn by_id(plan: &Value) -> Value {
    let mut plan = plan.clone();
    for list in ["issues", "milestones"] {
        if let Some(items) = plan[list].as_array_mut() {
            items.iter_mut().for_each(sorted);
            items.sort_by_key(|it| it["title"].to_string());
        }
    }
    plan
}

fn sorted(item: &mut Value) {
    for key in ["labels", "blocked_by", "assignees"] {
        if let Some(names) = item[key].as_array_mut() {
            names.sort_by_key(Value::to_string);
        } else if let Some(item) = item.as_object_mut() {
            item.remove(key);
        }
    }
}
