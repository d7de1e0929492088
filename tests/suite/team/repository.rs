//! A repository with a roadmap that two people edit.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE, pretty};

/// What came of a merge.
pub(crate) struct Merge {
    /// Whether git could merge all files.
    pub(crate) is_clean: bool,
    /// What was said.
    pub(crate) said: String,
    /// The roadmap as it is then, where it can be read.
    pub(crate) plan: Value,
}

impl Project {
    /// An empty repository, in which the program's merges can commit.
    pub(crate) fn team() -> Self {
        let project = Self::repository();
        for setting in
            ["user.name t", "user.email t@example.org", "core.autocrlf false", "commit.gpgsign false"]
        {
            project.git(format!("config {setting}")).ends_with(0);
        }
        project
    }

    /// One with this roadmap, set up for merges, and a first commit.
    pub(crate) fn shared(plan: &Value) -> Self {
        let project = Self::team();
        project.write(SOURCE, pretty(plan));
        project.set_up();
        project
    }

    /// Sets up what is there, and commits it.
    pub(crate) fn set_up(&self) {
        self.spawn("init --merge --hook --yes --quiet").ends_with(0);
        self.commit("base").ends_with(0);
    }

    /// The roadmap, where it can be read.
    pub(crate) fn plan(&self) -> Value {
        let text = self.has(SOURCE).then(|| self.bytes(SOURCE));
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// A branch of the base, with these verbs and what is built of them.
    pub(crate) fn branch(&self, name: &str, edits: &[&[&str]]) {
        self.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        for edit in edits {
            self.spawn(edit).ends_with(0);
        }
        self.finish_branch(name);
    }

    /// Builds and commits what a branch says, and goes back.
    pub(crate) fn finish_branch(&self, name: &str) {
        self.spawn("build --quiet").ends_with(0);
        self.commit(name).ends_with(0);
        self.git("checkout --quiet main").ends_with(0);
    }

    /// Merges one branch into another, on a branch of its own; a merge that the hook stops is committed.
    pub(crate) fn merge(&self, into: &str, from: &str) -> Merge {
        self.git("reset --quiet --hard").ends_with(0);
        self.git(format!("checkout --quiet -B into-{into} {into}")).ends_with(0);
        let run = self.git(format!("merge --no-edit {from}"));
        let is_clean = self.git("ls-files --unmerged").out.is_empty();
        let mut said = run.said();
        if is_clean && run.code != 0 {
            assert!(said.contains("run `git commit --no-edit` to finish"), "{said}");
            said.push_str(&self.git("commit --no-edit").ends_with(0).said());
        }
        if is_clean {
            self.spawn("check --quiet").ends_with(0);
            assert_eq!(self.git("status --porcelain").out, "", "after\n{said}");
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
