//! Random edits on two branches: without a contradiction both sets of edits are in the merge, whichever way it goes; with one,
//! git is told of a conflict that names the field and both values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::repository::by_id;
use crate::support::{Project, Random, SOURCE, pretty};

/// How many pairs are tried, and how many with `ROADBOOK_FULL=1`.
const PAIRS: [u64; 2] = [6, 1000];

const ISSUES: usize = 8;

/// A roadmap of some issues.
fn plan() -> Value {
    let issue = |n: usize| {
        let number = n + 1;
        json!({
            "id": format!("R-{number:03}"), "title": format!("Task {number}"), "milestone": format!("R-M{}", n % 2 + 1),
            "body": format!("Text of {number}.\n\nMore of it.\n"), "labels": ["kind:a", format!("own:{number}")], "state": "open",
            "due_on": "2027-01-15", "estimate": 1
        })
    };
    json!({
        "milestones": [{ "id": "R-M1", "title": "One", "state": "open" }, { "id": "R-M2", "title": "Two", "state": "open" }],
        "issues": (0..ISSUES).map(issue).collect::<Vec<_>>(),
        "outputs": { "site": null }
    })
}

/// What a branch is to have done.
#[derive(Default)]
struct Script {
    plan: Value,
    /// Fields of issues, by their first ids, that have a value then.
    fields: BTreeMap<(String, &'static str), Value>,
    /// Names that a list of an issue has then, or no longer.
    names: BTreeSet<(String, &'static str, String, bool)>,
    /// Issues that are renamed.
    renamed: BTreeMap<String, String>,
    removed: BTreeSet<String>,
    /// Titles of new issues, each with the title of the new one that it waits for.
    added: Vec<(String, Option<String>)>,
}

impl Script {
    fn issue(&mut self, id: &str) -> &mut Value {
        let id = self.renamed.get(id).map_or(id, String::as_str).to_owned();
        let issues = self.plan["issues"].as_array_mut().expect("issues");
        issues.iter_mut().find(|it| it["id"] == *id).expect("an issue")
    }

    /// Makes a random edit. `free` are the fields of issues that the other side leaves alone.
    fn edit(&mut self, who: &str, random: &mut Random, free: &mut Vec<(String, &'static str)>) {
        match random.below(10) {
            0 | 1 => self.add(who, random),
            2 => self.name(who, random, free),
            _ if free.is_empty() => self.add(who, random),
            _ => {
                let at = random.below(free.len());
                let (id, field) = free.swap_remove(at);
                self.set(who, &id, field, random);
            }
        }
    }

    fn add(&mut self, who: &str, random: &mut Random) {
        let count = self.plan["issues"].as_array().map_or(0, Vec::len) + self.removed.len() + 1;
        let (id, title) = (format!("R-{count:03}"), format!("New of {who}, {count}"));
        let before = self.added.last().map(|(title, _)| title.clone()).filter(|_| random.below(2) == 0);
        let mut issue = json!({ "id": id, "title": title, "milestone": "R-M1", "state": "open" });
        if let Some(before) = &before {
            let issues = self.plan["issues"].as_array().expect("issues");
            let id = issues.iter().find(|it| it["title"] == **before).expect("an issue")["id"].clone();
            issue["body"] = format!("Waits for {}.", id.as_str().expect("an id")).into();
            issue["blocked_by"] = json!([id]);
        }
        self.plan["issues"].as_array_mut().expect("issues").push(issue);
        self.added.push((title, before));
    }

    /// A name in a list, which both sides may change in one issue.
    fn name(&mut self, who: &str, random: &mut Random, free: &[(String, &'static str)]) {
        let ids: Vec<_> =
            free.iter().filter(|(_, field)| *field == "title").map(|(id, _)| id.clone()).collect();
        let Some(id) = ids.get(random.below(ids.len())).cloned().filter(|id| !self.removed.contains(id))
        else {
            return;
        };
        let label = format!("new:{who}{}", random.below(100));
        self.issue(&id)["labels"].as_array_mut().expect("labels").push(label.clone().into());
        self.names.insert((id, "labels", label, true));
    }

    fn set(&mut self, who: &str, id: &str, field: &'static str, random: &mut Random) {
        if self.removed.contains(id) {
            return;
        }
        let number = random.below(28) + 1;
        let value = match field {
            "due_on" => json!(format!("2027-02-{number:02}")),
            "estimate" => json!(number),
            "milestone" => json!("R-M2"),
            "id" => {
                let new = format!("R-9{}{number:02}", &id[3..]);
                self.issue(id)["id"] = new.clone().into();
                self.renamed.insert(id.to_owned(), new.clone());
                let aliases = self
                    .plan
                    .as_object_mut()
                    .expect("an object")
                    .entry("aliases")
                    .or_insert_with(|| json!({}));
                aliases[id] = new.into();
                return;
            }
            "state" => {
                let issue = self.issue(id);
                issue["closed_on"] = format!("2026-11-{number:02}").into();
                json!("closed")
            }
            "remove" => {
                let own = self.renamed.get(id).map_or(id, String::as_str).to_owned();
                self.plan["issues"].as_array_mut().expect("issues").retain(|it| it["id"] != *own);
                self.removed.insert(id.to_owned());
                return;
            }
            _ => json!(format!("{field} by {who}, {number}")),
        };
        self.issue(id)[field] = value.clone();
        self.fields.insert((id.to_owned(), field), value);
    }

    /// Holds a merged roadmap to having all of it; `renamed` are the renames of both sides.
    fn is_in(&self, merged: &Value, renamed: &BTreeMap<String, String>) {
        let issues = merged["issues"].as_array().expect("issues");
        let find = |id: &str| {
            let id = renamed.get(id).map_or(id, String::as_str);
            issues.iter().find(|it| it["id"] == *id).unwrap_or_else(|| panic!("{id} is gone"))
        };
        for ((id, field), value) in self.fields.iter().filter(|((id, _), _)| !self.removed.contains(id)) {
            assert_eq!(find(id)[field], *value, "`{field}` of {id}");
        }
        for (id, list, name, is_there) in self.names.iter().filter(|(id, ..)| !self.removed.contains(id)) {
            let names = find(id)[list].as_array().expect("a list");
            assert_eq!(names.contains(&json!(name)), *is_there, "{name} in `{list}` of {id}");
        }
        for id in &self.removed {
            assert!(!issues.iter().any(|it| it["id"] == **id), "{id} is still there");
        }
        let titled = |title: &str| {
            let all: Vec<_> = issues.iter().filter(|it| it["title"] == *title).collect();
            assert_eq!(all.len(), 1, "{title}");
            all[0]
        };
        for (title, before) in &self.added {
            let issue = titled(title);
            if let Some(before) = before {
                let id = &titled(before)["id"];
                assert_eq!(issue["blocked_by"], json!([id]), "{title}");
                assert_eq!(issue["body"], format!("Waits for {}.", id.as_str().expect("an id")));
            }
        }
    }
}

/// Two branches with random edits that do not contradict each other.
fn scripts(random: &mut Random) -> [Script; 2] {
    const FIELDS: [&str; 7] = ["title", "body", "due_on", "estimate", "milestone", "state", "id"];
    let mut free = [Vec::new(), Vec::new()];
    for n in 1..=ISSUES {
        let id = format!("R-{n:03}");
        // What one side removes the other leaves alone.
        if random.below(8) == 0 {
            free[random.below(2)].push((id, "remove"));
            continue;
        }
        for field in FIELDS {
            free[random.below(2)].push((id.clone(), field));
        }
    }
    let mut scripts =
        [Script { plan: plan(), ..Script::default() }, Script { plan: plan(), ..Script::default() }];
    for (n, script) in scripts.iter_mut().enumerate() {
        for _ in 0..=random.below(7) {
            script.edit(["ann", "bob"][n], random, &mut free[n]);
        }
    }
    scripts
}

/// A roadmap without the ids of new issues, which differ by which side was merged in.
fn without_new_ids(plan: &Value) -> Value {
    let mut plan = by_id(plan);
    let issues = plan["issues"].as_array_mut().expect("issues");
    let title = |issues: &[Value], id: &Value| {
        issues.iter().find(|it| it["id"] == *id).map_or_else(|| id.clone(), |it| it["title"].clone())
    };
    let before = issues.clone();
    for issue in issues {
        if let Some(names) = issue.get_mut("blocked_by").and_then(Value::as_array_mut) {
            names.iter_mut().for_each(|name| *name = title(&before, name));
        }
        if issue["title"].as_str().is_some_and(|title| title.starts_with("New of")) {
            issue["id"] = Value::Null;
            issue["body"] = Value::Null;
        }
    }
    plan
}

#[test]
fn random_edits_of_two_people_are_both_there() {
    let is_full = std::env::var_os("ROADBOOK_FULL").is_some();
    let repository = Project::shared(&plan());
    for seed in 0..PAIRS[usize::from(is_full)] {
        let mut random = Random::new(seed);
        let mut scripts = scripts(&mut random);
        let contradicts = random.below(4) == 0;
        if contradicts {
            for (script, title) in scripts.iter_mut().zip(["Said by Ann", "Said by Bob"]) {
                script.removed.remove("R-001");
                if let Some(issue) = script.plan["issues"]
                    .as_array_mut()
                    .and_then(|all| all.iter_mut().find(|it| it["title"] == "Task 2"))
                {
                    issue["title"] = title.into();
                }
            }
        }
        for (name, script) in ["ann", "bob"].into_iter().zip(&scripts) {
            repository.git("reset --quiet --hard").ends_with(0);
            repository.git(format!("checkout --quiet -B {name} main")).ends_with(0);
            repository.write(SOURCE, pretty(&script.plan));
            repository.finish_branch(name);
        }
        let titles = [0, 1].map(|n| scripts[n].plan.to_string().contains("Said by"));
        let merges = [repository.merge("ann", "bob"), repository.merge("bob", "ann")];
        if contradicts && titles == [true, true] {
            for merge in &merges {
                assert!(!merge.is_clean, "seed {seed}: {}", merge.said);
                for word in ["`title` of `R-", "`Said by Ann`", "`Said by Bob`"] {
                    assert!(merge.said.contains(word), "seed {seed}, {word}: {}", merge.said);
                }
            }
            continue;
        }
        if contradicts {
            continue;
        }
        let renamed = scripts.iter().flat_map(|script| script.renamed.clone()).collect();
        for merge in &merges {
            assert!(merge.is_clean, "seed {seed}: {}", merge.said);
            scripts.iter().for_each(|script| script.is_in(&merge.plan, &renamed));
        }
        let [one, other] = merges.map(|merge| without_new_ids(&merge.plan));
        assert_eq!(one, other, "seed {seed}");
    }
}
