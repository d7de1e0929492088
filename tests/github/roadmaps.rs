//! Roadmaps for the tests, and what GitHub must hold once one of them was applied.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::fake::{GitHub, Issue, Whereabouts, World};

/// A roadmap of that many issues in four milestones: labels, dates, people, states, parts and blockers.
pub(crate) fn roadmap(count: usize) -> Value {
    let milestones: Vec<_> = (0..4)
        .map(|nth| {
            json!({
                "id": format!("ML-{nth}"), "title": format!("ML-{nth} – Stage {nth}"),
                "description": format!("What stage {nth} is about."), "due_on": format!("2026-{:02}-28", nth * 3 + 1),
            })
        })
        .collect();
    let labels: Vec<_> = (0..6)
        .map(|nth| json!({ "name": format!("area:{nth}"), "color": format!("{nth}{nth}aa0{nth}"), "description": "An area." }))
        .collect();
    let issues: Vec<_> = (1..=count).map(issue).collect();
    json!({
        "repository": "acme/data-platform", "milestones": milestones, "labels": labels, "issues": issues,
    })
}

/// The same with relations into another repository, which [`github_across`] has: blockers, and parents where there is none.
pub(crate) fn roadmap_across(count: usize) -> Value {
    let mut source = roadmap(count);
    for (nth, issue) in (1..).zip(source["issues"].as_array_mut().expect("a list")) {
        if nth % 3 == 1 {
            issue["blocked_by"] = json!([format!("Acme/garden#{}", 1 + nth % 2)]);
        }
        if nth % 8 == 3 {
            issue["parent"] = json!("acme/garden#7");
        }
    }
    source
}

/// A GitHub with the repository, empty, and with issues in another one.
pub(crate) fn github_across() -> GitHub {
    across(GitHub::start())
}

fn across(github: GitHub) -> GitHub {
    github.world(|world| {
        for number in [1, 2, 7] {
            let state = if number == 2 { "closed" } else { "open" };
            let members = json!({ "title": format!("Garden {number}"), "state": state });
            world.open_elsewhere("acme/garden", number, &members);
        }
    });
    github
}

fn issue(nth: usize) -> Value {
    let mut issue = json!({
        "id": id(nth), "title": format!("DB-{nth:03}: Do thing {nth}"), "milestone": format!("ML-{}", nth % 4),
        "body": format!("What thing {nth} is.\n\n- [ ] first\n- [ ] second"),
        "labels": [format!("area:{}", nth % 6), format!("area:{}", (nth + 1) % 6)],
    });
    if nth.is_multiple_of(5) {
        issue["assignees"] = json!(["alice"]);
    }
    if nth % 4 == 2 {
        issue["parent"] = json!(id(nth - 1));
    }
    if nth.is_multiple_of(3) {
        issue["blocked_by"] = json!([id(nth - 1), id(nth - 2)]);
    }
    if nth.is_multiple_of(7) {
        issue["state"] = json!("closed");
        issue["state_reason"] = json!("not_planned");
    }
    issue
}

/// The same as [`roadmap`] with days, points and a priority for each issue, which go into issue fields.
pub(crate) fn with_fields(count: usize) -> Value {
    filled(roadmap(count))
}

/// A roadmap with everything: issue fields, and relations into another repository.
pub(crate) fn with_everything(count: usize) -> Value {
    filled(roadmap_across(count))
}

fn filled(mut source: Value) -> Value {
    let labels = source["labels"].as_array_mut().expect("a list");
    labels.extend(["high", "low"].map(|name| json!({ "name": format!("priority:{name}") })));
    for (nth, issue) in (1..).zip(source["issues"].as_array_mut().expect("a list")) {
        issue["estimate"] = json!(nth);
        issue["start_on"] = json!(format!("2026-{:02}", nth % 9 + 1));
        issue["due_on"] = json!(format!("{}-{:02}-11", 2027 + nth / 12, nth % 12 + 1));
        let priority = if nth % 2 == 0 { "priority:high" } else { "priority:low" };
        issue["labels"].as_array_mut().expect("a list").push(json!(priority));
    }
    source["github"] = json!({ "fields": {
        "start_on": "Start date", "due_on": "Target date", "estimate": "Points", "priority": "Priority",
    } });
    source
}

/// A GitHub in which the owner of the repository is an organization with the fields that such a roadmap names.
pub(crate) fn organization() -> GitHub {
    let mut world = World::new("acme", "data-platform");
    world.organize(&[
        ("Start date", "date", &[]),
        ("Target date", "date", &[]),
        ("Points", "number", &[]),
        ("Priority", "single_select", &["High", "Low"]),
    ]);
    GitHub::start_with(world)
}

/// The same with the other repository.
pub(crate) fn github_with_everything() -> GitHub {
    across(organization())
}

/// The id of the n-th issue.
pub(crate) fn id(nth: usize) -> String {
    format!("DB-{nth:03}")
}

/// The last line of the body of an issue that is ours.
pub(crate) fn marker(id: &str) -> String {
    format!("<!-- roadbook:id={id} -->")
}

/// What is wrong where a roadmap should have been applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Account {
    /// Issues, milestones and labels that are there more than once, or that nobody asked for.
    pub(crate) doubled: Vec<String>,
    /// Those that are missing.
    pub(crate) lost: Vec<String>,
    /// Those that are there and not as they should be.
    pub(crate) wrong: Vec<String>,
}

impl Account {
    /// Compares what is there with what a roadmap asks for.
    pub(crate) fn of(github: &GitHub, source: &Value) -> Self {
        let world = github.dump();
        let mut account = Self::default();
        account.take_issues(&world, source);
        let titles = world.milestones.values().map(|milestone| milestone.title.clone());
        account.take_names("milestone", titles, names(source, "milestones", "title"));
        let labels = world.labels.iter().map(|label| label.name.clone());
        account.take_names("label", labels, names(source, "labels", "name"));
        account
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_clean(&self) -> bool {
        *self == Self::default()
    }

    fn take_issues(&mut self, world: &World, source: &Value) {
        let mut found = BTreeMap::<String, Vec<&Issue>>::new();
        let is_ours = |it: &&Issue| it.home.is_none() && !it.is_pull && it.whereabouts == Whereabouts::Here;
        for issue in world.issues.values().filter(is_ours) {
            found.entry(marked(issue)).or_default().push(issue);
        }
        let numbers: BTreeMap<_, _> =
            found.iter().map(|(id, issues)| (id.clone(), issues[0].number)).collect();
        for wanted in source["issues"].as_array().into_iter().flatten() {
            let id = text(wanted, "id");
            let issues = found.remove(&id).unwrap_or_default();
            match issues.as_slice() {
                [] => self.lost.push(id),
                [issue] => {
                    let mut faults = faults(issue, wanted, &|name| self_or_elsewhere(world, &numbers, name));
                    if source.get("github").is_some() {
                        faults.extend(unfilled(world, issue.number, wanted));
                    }
                    self.wrong.extend(faults.into_iter().map(|it| format!("{id}: {it}")));
                }
                _ => self.doubled.push(id),
            }
        }
        self.doubled.extend(found.into_keys());
    }

    fn take_names(&mut self, kind: &str, found: impl Iterator<Item = String>, mut wanted: BTreeSet<String>) {
        for name in found {
            if !wanted.remove(&name) {
                self.doubled.push(format!("{kind} {name}"));
            }
        }
        self.lost.extend(wanted.into_iter().map(|name| format!("{kind} {name}")));
    }
}

/// The id in an issue's marker; its number where it has none.
fn marked(issue: &Issue) -> String {
    let body = issue.body.as_deref().unwrap_or_default();
    let line = body.lines().find_map(|line| line.strip_prefix("<!-- roadbook:id=")?.strip_suffix(" -->"));
    line.map_or_else(|| format!("#{}", issue.number), str::to_owned)
}

/// The key of an issue by its id, or by its whole name in another repository.
fn self_or_elsewhere(world: &World, numbers: &BTreeMap<String, u64>, name: &str) -> Option<u64> {
    let elsewhere = || {
        let (repository, number) = name.split_once('#')?;
        world.key_elsewhere(repository, number.parse().ok()?)
    };
    numbers.get(name).copied().or_else(elsewhere)
}

/// What an issue has otherwise than it should.
fn faults(issue: &Issue, wanted: &Value, number: &dyn Fn(&str) -> Option<u64>) -> Vec<String> {
    let number = |id: &Value| number(id.as_str()?);
    let blockers: BTreeSet<_> = wanted["blocked_by"].as_array().into_iter().flatten().map(number).collect();
    let found: BTreeSet<_> = issue.blockers.iter().copied().map(Some).collect();
    let mut faults = Vec::new();
    if issue.title != text(wanted, "title") {
        faults.push(format!("title `{}`", issue.title));
    }
    if !issue.body.as_deref().unwrap_or_default().starts_with(&text(wanted, "body")) {
        faults.push(format!("body {:?}", issue.body));
    }
    if issue.labels.len() != wanted["labels"].as_array().map_or(0, Vec::len) || issue.milestone.is_none() {
        faults.push(format!("labels {:?}, milestone {:?}", issue.labels, issue.milestone));
    }
    if issue.is_closed != (wanted["state"] == "closed") {
        faults.push(format!("closed {}", issue.is_closed));
    }
    if issue.parent != number(&wanted["parent"]) || found != blockers {
        faults.push(format!("part of {:?}, waits for {:?}", issue.parent, issue.blockers));
    }
    faults
}

/// Which issue fields do not hold what they should.
fn unfilled(world: &World, number: u64, wanted: &Value) -> Vec<String> {
    let labels = wanted["labels"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let priority = labels.filter_map(|name| name.strip_prefix("priority:")).next();
    let start = wanted["start_on"].as_str().map(|month| format!("{month}-01"));
    let due = wanted["due_on"].as_str().map(str::to_owned);
    let estimate = wanted["estimate"].as_f64().map(|points| points.to_string());
    let wanted = [
        ("Priority", priority.map(str::to_owned)),
        ("Start date", start),
        ("Target date", due),
        ("Points", estimate),
    ];
    let faults = wanted.into_iter().filter_map(|(field, wanted)| {
        let now = match world.filled(number, field) {
            Value::Null => None,
            Value::String(text) => Some(text.to_lowercase()),
            other => Some(other.to_string()),
        };
        (now != wanted).then(|| format!("{field} {now:?}"))
    });
    faults.collect()
}

fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

fn names(source: &Value, list: &str, member: &str) -> BTreeSet<String> {
    source[list].as_array().into_iter().flatten().map(|item| text(item, member)).collect()
}

#[test]
fn an_account_notices_what_is_doubled_lost_and_wrong() {
    let github = GitHub::start();
    let mut source = roadmap(3);
    for milestone in source["milestones"].as_array().expect("a list") {
        github.world(|world| world.make_milestone(milestone));
    }
    let make = |nth: usize, source: &Value| {
        let issue = &source["issues"][nth - 1];
        let body = format!("{}\n\n{}", text(issue, "body"), marker(&id(nth)));
        github.open_issue(
            &json!({ "title": issue["title"], "body": body, "labels": issue["labels"], "milestone": nth }),
        );
    };
    (1..=3).for_each(|nth| make(nth, &source));
    github.world(|world| (0..6).for_each(|nth| _ = world.make_label(&format!("area:{nth}"))));
    github.world(|world| {
        world.make_part(1, 2);
        world.make_wait(3, 1);
    });
    let account = Account::of(&github, &source);
    assert_eq!((account.doubled.len(), account.lost.len(), account.wrong.len()), (0, 0, 1), "{account:?}");
    github.world(|world| world.make_wait(3, 2));
    assert!(Account::of(&github, &source).is_clean());
    make(2, &source);
    github.world(|world| world.make_label("unasked"));
    assert_eq!(Account::of(&github, &source).doubled, ["DB-002", "label unasked"]);
    source["milestones"][0]["title"] = json!("another");
    github.delete_issue(1);
    let account = Account::of(&github, &source);
    assert_eq!(account.lost, ["DB-001", "milestone another"]);
    assert_eq!(account.doubled, ["DB-002", "milestone ML-0 – Stage 0", "label unasked"]);
}
