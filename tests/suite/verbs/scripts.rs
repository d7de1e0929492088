//! Random edit scripts leave the file equal to the same edits made on a parsed copy; and each verb keeps the layout of real
//! roadmaps, whose documents agree with them after a build.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};

use crate::support::{Dice, Project, SOURCE};

/// The day on which everything happens.
const TODAY: &str = "2026-11-22";

fn is_full() -> bool {
    std::env::var_os("ROADBOOK_FULL").is_some()
}

/// A roadmap, as a test changes it.
struct Copy {
    value: Value,
    /// The number of the next issue.
    next: usize,
}

impl Copy {
    fn new(dice: &Dice) -> Self {
        let issue = |n: usize| {
            let mut issue = json!({ "id": format!("A-{n}"), "title": format!("Issue {n}"), "state": "open" });
            if dice.below(2) == 0 {
                issue["milestone"] = format!("M-{}", dice.below(3)).into();
                issue["labels"] = dice.one(&[json!([]), json!(["a"]), json!(["b", "ü\"c"])]);
            }
            if n > 0 && dice.below(3) == 0 {
                issue["blocked_by"] = json!([format!("A-{}", dice.below(n))]);
            }
            issue
        };
        let count = 2 + dice.below(6);
        let issues: Vec<_> = (0..count).map(issue).collect();
        let milestones: Vec<_> =
            (0..3).map(|n| json!({ "id": format!("M-{n}"), "title": format!("Part {n}") })).collect();
        Self { value: json!({ "title": "Random", "milestones": milestones, "issues": issues }), next: count }
    }

    fn issues(&mut self) -> &mut Vec<Value> {
        self.value["issues"].as_array_mut().expect("a list")
    }

    /// The place of some issue, and its id; `None` where there is none.
    fn any(&mut self, dice: &Dice) -> Option<(usize, String)> {
        let count = self.issues().len();
        let at = dice.below(count.max(1));
        self.issues().get(at).map(|issue| (at, issue["id"].as_str().expect("an id").to_owned()))
    }

    fn set(&mut self, at: usize, key: &str, value: Value) {
        self.issues()[at][key] = value;
    }

    fn unset(&mut self, at: usize, key: &str) {
        self.issues()[at].as_object_mut().expect("an object").remove(key);
    }

    /// Makes an edit, and returns the words of the command that makes it.
    fn edit(&mut self, dice: &Dice) -> Option<Vec<String>> {
        let words = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
        if dice.below(6) == 0 {
            return self.added(dice);
        }
        let (at, id) = self.any(dice)?;
        let is_closed = self.issues()[at]["state"] == "closed";
        match dice.below(9) {
            0 => {
                if !is_closed {
                    self.set(at, "closed_on", TODAY.into());
                }
                self.set(at, "state", "closed".into());
                words(&dice.one(&[["close", &id, "--reason", "completed"]])[..2])
            }
            1 => {
                self.set(at, "state", "open".into());
                self.unset(at, "closed_on");
                words(&["reopen", &id])
            }
            2 if !is_closed => {
                if self.issues()[at].get("begun_on").is_none() {
                    self.set(at, "begun_on", "2026-11-20".into());
                    return words(&["start", &id, "--on", "2026-11-20"]);
                }
                words(&["start", &id])
            }
            3 => {
                let milestone = format!("M-{}", dice.below(3));
                self.set(at, "milestone", milestone.as_str().into());
                words(&["move", &id, &milestone])
            }
            4 => {
                let estimate = dice.below(9);
                self.set(at, "estimate", estimate.into());
                self.set(at, "body", "Ünd\n\"so\"\t\\ weiter".into());
                words(&["set", &id, &format!("estimate={estimate}"), "body=Ünd\n\"so\"\t\\ weiter"])
            }
            5 => Some(self.labelled(dice, at, &id)),
            6 => {
                let new = format!("B-{}", self.next);
                self.next += 1;
                self.renamed(&id, &new);
                words(&["rename", &id, &new])
            }
            7 => {
                self.removed(at, &id);
                words(&["remove", "--force", &id])
            }
            _ => {
                self.set(at, "extra", json!({ "k": [1, { "m": null }] }));
                words(&["set", &id, "extra={\"k\": [1, {\"m\": null}]}"])
            }
        }
    }

    fn added(&mut self, dice: &Dice) -> Option<Vec<String>> {
        let n = self.next;
        self.next += 1;
        let (id, milestone) = (format!("A-{n}"), format!("M-{}", dice.below(3)));
        let new = json!({ "title": format!("{id}: New"), "id": id, "milestone": milestone, "state": "open" });
        if dice.below(2) == 0 || self.issues().is_empty() {
            let mut new = new;
            new["title"] = "New".into();
            self.issues().push(new);
            let words = ["add", "issue", "New", "--id", &id, "--milestone", &milestone];
            return Some(words.map(str::to_owned).to_vec());
        }
        let (at, whole) = self.any(dice)?;
        let mut part = json!({ "title": format!("{id}: New"), "parent": whole, "state": "open" });
        for key in ["milestone", "labels"] {
            if let Some(value) = self.issues()[at].get(key).cloned() {
                part[key] = value;
            }
        }
        part["id"] = id.as_str().into();
        self.issues().push(part);
        Some(["split", &whole, &format!("{id}: New")].map(str::to_owned).to_vec())
    }

    fn labelled(&mut self, dice: &Dice, at: usize, id: &str) -> Vec<String> {
        let (label, is_added) = (dice.one(&["a", "b", "d"]), dice.below(2) == 0);
        let before = self.issues()[at].get("labels").and_then(Value::as_array).cloned();
        let mut labels = before.clone().unwrap_or_default();
        labels.retain(|other| is_added || other != label);
        if is_added && !labels.contains(&label.into()) {
            labels.push(label.into());
        }
        if before.is_some() || is_added {
            self.set(at, "labels", labels.into());
        }
        let sign = if is_added { '+' } else { '-' };
        ["set", id, &format!("labels{sign}={label}")].map(str::to_owned).to_vec()
    }

    fn renamed(&mut self, old: &str, new: &str) {
        for issue in self.issues() {
            for value in [("id", None), ("parent", None), ("blocked_by", Some(()))] {
                match (&mut issue[value.0], value.1) {
                    (Value::Array(names), Some(())) => {
                        names.iter_mut().filter(|name| **name == old).for_each(|name| *name = new.into());
                    }
                    (one, None) if one == old => *one = new.into(),
                    _ => {}
                }
            }
            issue.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        }
        let aliases = &mut self.value["aliases"];
        let mut map = aliases.as_object().cloned().unwrap_or_default();
        map.values_mut().filter(|to| **to == old).for_each(|to| *to = new.into());
        map.insert(old.to_owned(), new.into());
        *aliases = map.into();
    }

    fn removed(&mut self, at: usize, id: &str) {
        self.issues().remove(at);
        for issue in self.issues() {
            if issue.get("parent").is_some_and(|parent| parent == id) {
                issue.as_object_mut().expect("an object").remove("parent");
            }
            if let Some(names) = issue.get_mut("blocked_by").and_then(Value::as_array_mut) {
                names.retain(|name| name != id);
            }
        }
        if let Some(aliases) = self.value.get_mut("aliases").and_then(Value::as_object_mut) {
            aliases.retain(|_, to| to != id);
        }
    }
}

/// A file with every issue under its id: an id that is read from a title is as good as one that stands by itself.
fn meant(mut value: Value) -> Value {
    for issue in value["issues"].as_array_mut().into_iter().flatten() {
        let title = issue["title"].as_str().unwrap_or_default().to_owned();
        if let Some((id, title)) = title.split_once(": ") {
            let now = issue.get("id").and_then(Value::as_str).unwrap_or(id).to_owned();
            (issue["id"], issue["title"]) = (now.into(), title.into());
        }
    }
    value
}

#[test]
fn scripts_leave_the_file_equal_to_the_same_edits_made_on_a_parsed_copy() {
    let count = if is_full() { 1_000 } else { 60 };
    let (mut verbs, mut edits) = (BTreeMap::<String, usize>::new(), 0);
    for seed in 0..count {
        let dice = Dice::new(seed);
        let mut copy = Copy::new(&dice);
        let text = match dice.below(3) {
            0 => copy.value.to_string(),
            1 => serde_json::to_string_pretty(&copy.value).expect("text").replace('\n', "\r\n"),
            _ => "\u{feff}".to_owned() + &serde_json::to_string_pretty(&copy.value).expect("text") + "\n",
        };
        let mut project = Project::whole(&text);
        let script: Vec<_> = (0..1 + dice.below(12)).filter_map(|_| copy.edit(&dice)).collect();
        script.iter().for_each(|words| *verbs.entry(words[0].clone()).or_default() += 1);
        edits += script.len();
        let run = if seed % 2 == 0 {
            project.input = script.iter().map(|words| json!(words).to_string() + "\n").collect();
            project.run("batch").ends_with(0).err
        } else {
            let each = script.iter().map(|words| {
                project.run(words.iter().map(String::as_str).collect::<Vec<_>>()).ends_with(0).err
            });
            each.collect()
        };
        let now = project.text(SOURCE);
        let is_as_before = now.contains("\r\n") == text.contains("\r\n")
            && now.starts_with('\u{feff}') == text.starts_with('\u{feff}');
        assert!(is_as_before, "seed {seed}: line ends or byte order mark: {now}");
        let now: Value = serde_json::from_str(now.trim_start_matches('\u{feff}')).expect("JSON");
        assert_eq!(meant(now), meant(copy.value.clone()), "seed {seed}: {script:?}\n{run}");
    }
    assert_eq!(verbs.len(), 9, "each verb is tried: {verbs:?}");
    assert!(edits > 5 * usize::try_from(count).expect("small"), "{edits}");
}

/// A roadmap, and an edit of each verb.
struct Real {
    name: &'static str,
    source: String,
    edits: Vec<Vec<String>>,
}

/// Our own roadmap, and with `ROADBOOK_FULL=1` large ones where they are at hand.
fn real() -> Vec<Real> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| fs::read_to_string(path).ok();
    let found = |name: &str| root.ancestors().skip(1).find_map(|it| read(&it.join("shared/data").join(name)));
    let own = read(&root.join("roadmap/milestones_and_issues.json")).expect("our roadmap");
    let own = own
        .replace("\"docs\": [\"README.md\", \"docs\"],", "")
        .replace("2026-11-20\",\n  \"site\"", "2026-11-22\",\n  \"site\"");
    let mut all = vec![Real {
        name: "own",
        edits: each_verb("DB-020", "DB-021", "DB-022", "DB-ML5", &["area:db", "priority:high", "type:docs"]),
        source: own,
    }];
    for (name, ids) in [
        ("swift", ["SE-0540", "SE-0541", "SE-0542", "Swift 6.4"]),
        ("eips", ["EIP-8024", "EIP-7873", "EIP-7975", "Core"]),
    ] {
        let edits = each_verb(ids[0], ids[1], ids[2], ids[3], &[]);
        let found = found(&format!("{name}.json")).filter(|_| is_full());
        all.extend(found.map(|source| Real { name, edits, source }));
    }
    all
}

fn each_verb(one: &str, two: &str, three: &str, milestone: &str, labels: &[&str]) -> Vec<Vec<String>> {
    let mut add = vec!["add", "issue", "A new thing", "--milestone", milestone];
    labels.iter().for_each(|label| add.extend(["--label", label]));
    let lines: Vec<Vec<&str>> = vec![
        add,
        vec!["set", one, "estimate=3", "assignees+=mara"],
        vec!["reopen", one, two],
        vec!["start", one, two],
        vec!["close", one, two],
        vec!["move", two, three, milestone],
        vec!["rename", three, "ZZ-999"],
        vec!["split", one, "A first part", "A second part"],
        vec!["remove", "--force", two],
        vec!["pin", "--series", "ZY-"],
    ];
    lines.into_iter().map(|line| line.into_iter().map(str::to_owned).collect()).collect()
}

/// The lines that a text has and another has not.
fn lines_beside<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
    let mut counts = BTreeMap::<&str, usize>::new();
    other.lines().for_each(|line| *counts.entry(line).or_default() += 1);
    let is_new = |line: &&str| match counts.get_mut(*line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    text.lines().filter(is_new).collect()
}

#[test]
fn each_verb_keeps_the_layout_of_real_roadmaps_and_their_documents_agree_after_a_build() {
    for Real { name, source, edits } in real() {
        let mut project = Project::whole(&source);
        let mut before = source.clone();
        project.run("build");
        for words in &edits {
            let words: Vec<_> = words.iter().map(String::as_str).chain(["--format", "json"]).collect();
            let run = project.run(&words).ends_with(0).json();
            let now = project.text(SOURCE);
            let changes = run["changes"].as_array().map_or(0, Vec::len);
            let touched = lines_beside(&before, &now).len();
            // A value that goes or comes takes its own lines, and the comma before it.
            let most = 3 * changes + if words[0] == "remove" { 60 } else { 0 };
            assert!(touched <= most, "{name} {words:?}: {touched} lines for {changes} changes");
            before = now;
            let code = project.run("build").code;
            let checked = project.run("check");
            assert_eq!(checked.code, code, "{name} {words:?}: {}", checked.err);
            assert!(name != "own" || code == 0, "{words:?}: {}", checked.err);
        }
        let after = before;
        project.write(SOURCE, &source);
        project.input = edits.iter().map(|words| json!(words).to_string() + "\n").collect();
        project.run("batch").ends_with(0);
        assert_eq!(project.text(SOURCE), after, "{name}: as one edit, to the byte");
        project.input += "[\"close\", \"nobody\"]\n";
        project.write(SOURCE, &source);
        project.run("batch").ends_with(2);
        assert_eq!(project.text(SOURCE), source, "{name}");
    }
}
