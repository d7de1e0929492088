//! Edits come home: people change everything that they can change, in random order, on roadmaps that own more or less of it;
//! then a pull, a build and a plan. The plan is empty, another pull writes nothing, the source says what GitHub has, and no
//! other byte of it has moved.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};

use super::{each, is_full};
use crate::{
    fake::{GitHub, Issue, World},
    layout::changed,
    roadmaps::{github_with_everything, id, roadmap, with_everything},
    support::{Dice, Project},
};

/// How many issues there are.
const ISSUES: usize = 12;

/// The files of a roadmap.
const FILES: [&str; 2] = ["roadmap/plan.json", "roadmap/plan2.json"];

#[test]
fn what_people_change_comes_home() {
    let count = if is_full() { 1_000 } else { 12 };
    let (edits, values) = (AtomicUsize::new(0), AtomicUsize::new(0));
    each((1..=count).collect(), |seed| {
        let (made, taken) = history(seed);
        edits.fetch_add(made, Ordering::Relaxed);
        values.fetch_add(taken, Ordering::Relaxed);
    });
    let (edits, values) = (edits.into_inner(), values.into_inner());
    println!(
        "{count} histories, {edits} edits: {values} values of the source changed, none lost, every plan empty"
    );
    assert!(values * 4 > edits, "{values} of {edits}");
}

/// What people put into issue fields comes home as well.
#[test]
fn what_people_put_into_fields_comes_home() {
    let count = if is_full() { 500 } else { 6 };
    each((1..=count).collect(), |seed| {
        let dice = Dice::new(seed);
        let (github, project) = (github_with_everything(), Project::asking(&apart()));
        project.ask(&github, ["apply", "--yes"]).ends_with(0);
        for _ in 0..2 {
            (0..dice.below(14)).for_each(|_| github.world(|world| fill(&dice, world)));
            github.forget();
            let run = project.ask(&github, ["pull"]);
            assert_eq!(run.code, 0, "seed {seed}: {}{}", run.out, run.err);
            holds_fields(seed, &github, &project.source(), &run.err);
            // A priority is a field and a label: whoever changes the one leaves the other to the next apply.
            let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
            let operations = plan["operations"].as_array().expect("a list");
            let is_label = |it: &Value| it.to_string().contains("priority:");
            assert!(
                plan["conflicts"] == json!([]) && operations.iter().all(is_label),
                "seed {seed}: {plan:#}\n{}",
                run.err
            );
            let again = project.ask(&github, ["pull"]).ends_with(0);
            assert!(again.err.contains("nothing to write"), "seed {seed}: {}\n{}", run.err, again.err);
            assert_eq!(github.writes(), [""; 0], "seed {seed}");
            project.ask(&github, ["apply", "--yes"]).ends_with(0);
            let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
            assert_eq!(plan["is_empty"], true, "seed {seed}: {plan:#}");
            holds_fields(seed, &github, &project.source(), &run.err);
        }
    });
}

/// A roadmap whose issues wait for none of the same: rules that compare days would refuse some of what people say.
fn apart() -> Value {
    let mut source = with_everything(ISSUES);
    for issue in source["issues"].as_array_mut().expect("a list") {
        let issue = issue.as_object_mut().expect("an object");
        issue.retain(|key, _| !["blocked_by", "parent"].contains(&key.as_str()));
    }
    source
}

/// Somebody puts something into a field, or takes it out.
fn fill(dice: &Dice, world: &mut World) {
    let number = 1 + dice.below(ISSUES) as u64;
    let day = |year: usize| json!(format!("{year}-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)));
    match dice.below(8) {
        0 => world.fill(number, "Start date", &day(2026)),
        1 => world.fill(number, "Target date", &day(2027)),
        2 => world.fill(number, dice.one(&["Start date", "Target date", "Points"]), &Value::Null),
        3 => world.fill(number, "Points", &json!(dice.below(80) as f64 / 2.0)),
        4 | 5 => world.fill(number, "Priority", &json!(dice.one(&["High", "Low"]))),
        6 => world.fill(number, "Priority", &Value::Null),
        _ => world.edit_issue(number, &json!({ "title": format!("w{}", dice.below(1000)) })),
    }
}

/// Holds the days, points and priorities that the source says to what the fields hold; a part of a year is held to the day that it
/// stands for. What a field was emptied of is no longer the source's: what people put there later stays there.
fn holds_fields(seed: u64, github: &GitHub, source: &Value, told: &str) {
    for (number, issue) in (1..).zip(items(source, "issues")) {
        let there = |name: &str| github.world(|world| world.filled(number, name));
        for (key, name) in [("start_on", "Start date"), ("due_on", "Target date")] {
            let (ours, day) = (issue[key].as_str().unwrap_or_default(), there(name));
            let day = day.as_str().unwrap_or_default();
            let is_same = ours.is_empty() || ours == day || (ours.len() < 10 && day.starts_with(ours));
            assert!(is_same, "seed {seed}: {key} of #{number} is {ours} and not {day}\n{told}");
        }
        if let Some(points) = issue["estimate"].as_f64() {
            assert_eq!(Some(points), there("Points").as_f64(), "seed {seed}: points of #{number}\n{told}");
        }
        let labels = issue["labels"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for priority in labels.filter_map(|name| name.strip_prefix("priority:")) {
            let option = there("Priority").as_str().unwrap_or_default().to_lowercase();
            assert_eq!(priority, option, "seed {seed}: priority of #{number}\n{told}");
        }
    }
}

/// One history: two times edits and a pull. How many edits and how many changed values there were.
fn history(seed: u64) -> (usize, usize) {
    let dice = Dice::new(seed);
    let (github, project) = (GitHub::start(), Project::asking(&json!({})));
    for (name, text) in sources(&dice) {
        project.write(name, text);
    }
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.world(|world| _ = world.make_label("needs-triage"));
    let (mut edits, mut values) = (0, 0);
    for _ in 0..2 {
        let count = dice.below(14);
        (0..count).for_each(|_| github.world(|world| edit(&dice, world)));
        edits += count;
        github.forget();
        values += pulled(seed, &github, &project);
    }
    (edits, values)
}

/// Pulls, and holds all that should be so then. How many values of the source changed.
fn pulled(seed: u64, github: &GitHub, project: &Project) -> usize {
    let texts = || FILES.map(|name| if project.has(name) { project.text(name) } else { String::new() });
    let before = texts();
    let run = project.ask(github, ["pull", "--new"]);
    assert_eq!(run.code, 0, "seed {seed}: {}{}", run.out, run.err);
    let after = texts();
    let paths: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(old, _)| !old.is_empty())
        .flat_map(|(old, new)| changed(old, new))
        .collect();
    says_all(seed, github, &after, &run.err);
    project.run(["build"]).ends_with(0);
    let plan = project.ask(github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!(
        (&plan["operations"], &plan["conflicts"]),
        (&json!([]), &json!([])),
        "seed {seed}: {plan:#}\n{}",
        run.err
    );
    let lock = project.text("roadmap/roadbook.lock.json");
    let again = project.ask(github, ["pull", "--new"]).ends_with(0);
    assert!(again.err.contains("nothing to write"), "seed {seed}: {}\n{}", run.err, again.err);
    assert_eq!((texts(), project.text("roadmap/roadbook.lock.json")), (after, lock), "seed {seed}");
    assert_eq!(github.writes(), [""; 0], "seed {seed}");
    paths.len()
}

/// A roadmap in one file or two, in one of several layouts, which owns fields at random.
fn sources(dice: &Dice) -> Vec<(&'static str, String)> {
    let mut source = roadmap(ISSUES);
    source["outputs"] = json!({ "summary": null, "milestones": null, "labels": null, "site": null });
    let by_title = dice.below(3) == 0;
    let titles: BTreeMap<_, _> = items(&source, "milestones")
        .map(|it| (it["id"].as_str().expect("an id").to_owned(), it["title"].clone()))
        .collect();
    let has_ids = dice.below(2) == 0;
    for milestone in source["milestones"].as_array_mut().expect("a list") {
        if !has_ids {
            milestone.as_object_mut().expect("an object").remove("id");
        }
        match dice.below(3) {
            0 => milestone["due_on"] = json!("2027-Q3"),
            1 => milestone["state"] = json!("open"),
            _ => {}
        }
    }
    for issue in source["issues"].as_array_mut().expect("a list") {
        if by_title {
            issue["milestone"] = titles[issue["milestone"].as_str().expect("an id")].clone();
        }
        let issue = issue.as_object_mut().expect("an object");
        if !has_ids {
            issue.remove("id");
        }
        for key in ["body", "labels", "milestone", "parent", "blocked_by", "assignees", "state"] {
            if dice.below(5) == 0 {
                issue.remove(key);
            }
        }
        if !issue.contains_key("state") {
            issue.remove("state_reason");
            if dice.below(2) == 0 {
                issue.insert("state".into(), json!("open"));
            }
        }
        if dice.below(3) == 0 {
            issue.insert("blocked_by".into(), json!([]));
            issue.insert("assignees".into(), json!([]));
        }
    }
    let mut files = vec![("roadmap/plan.json", source)];
    if dice.below(3) == 0 {
        let rest = files[0].1["issues"].as_array_mut().expect("a list").split_off(ISSUES / 2);
        files.push(("roadmap/plan2.json", json!({ "issues": rest })));
    }
    let layout = dice.below(4);
    files.into_iter().map(|(name, value)| (name, laid_out(&value, layout))).collect()
}

fn laid_out(value: &Value, layout: usize) -> String {
    let pretty = || serde_json::to_string_pretty(value).expect("JSON") + "\n";
    match layout {
        0 => value.to_string(),
        1 => pretty(),
        2 => pretty().replace("  ", "\t").replace('\n', "\r\n"),
        // An item on a line.
        _ => {
            let lists =
                ["labels", "milestones", "issues"].into_iter().filter(|list| value.get(list).is_some());
            let list = |list: &str| {
                let lines: Vec<_> = items(value, list).map(|item| format!("    {item}")).collect();
                format!("  \"{list}\": [\n{}\n  ]", lines.join(",\n"))
            };
            let heads = value.as_object().expect("an object").iter().filter(|(_, it)| !it.is_array());
            let heads = heads.map(|(key, value)| format!("  \"{key}\": {value}"));
            format!("{{\n{}\n}}\n", heads.chain(lists.map(list)).collect::<Vec<_>>().join(",\n"))
        }
    }
}

fn items<'v>(source: &'v Value, list: &str) -> impl Iterator<Item = &'v Value> {
    source[list].as_array().into_iter().flatten()
}

/// Somebody changes something in GitHub.
fn edit(dice: &Dice, world: &mut World) {
    let word = format!("w{} *x* \u{e9} \"q\" \\ @bob", dice.below(10_000));
    let number = 1 + dice.below(ISSUES) as u64;
    let other = 1 + dice.below(ISSUES) as u64;
    let issue = world.issues[&number].clone();
    let body = issue.body.clone().unwrap_or_default();
    let mut set = |members: Value| world.edit_issue(number, &members);
    match dice.below(20) {
        0 => set(
            json!({ "title": if dice.below(2) == 0 { word } else { format!("{}: {word}", id(dice.below(30))) } }),
        ),
        1 => set(json!({ "body": format!("{word}\r\n\r\n{body}") })),
        2 => set(json!({ "body": format!("{body}\n\n{word}") })),
        3 => set(json!({ "body": body.replacen("[ ]", "[x]", 1) })),
        4 => set(json!({ "body": body.replacen("[x]", "[ ]", 1) })),
        5 | 6 => {
            let labels: BTreeSet<_> =
                world.labels.iter().filter(|_| dice.below(3) == 0).map(|it| it.name.clone()).collect();
            world.edit_issue(number, &json!({ "labels": labels }));
        }
        7 => set(json!({ "milestone": 1 + dice.below(4) })),
        8 => set(json!({ "milestone": null })),
        9 => set(json!({ "assignees": &["alice", "bob", "carol"][..dice.below(4)] })),
        10 | 11 => {
            let reason = dice.one(&["completed", "not_planned", "duplicate"]);
            set(json!({ "state": if issue.is_closed { "open" } else { "closed" }, "state_reason": reason }));
        }
        12 => relate(dice, world, number, other),
        13 => wait(world, number, other),
        14 => milestone(dice, world, &word),
        15 => milestone(dice, world, &word),
        16 => {
            let id = world.labels[dice.below(6)].name.clone();
            let name = format!("area:{word}").chars().take(40).collect::<String>();
            world.edit_label(&id, &json!({ "new_name": name, "color": "ABCDEF" }));
        }
        17 => {
            let id = world.labels[dice.below(6)].name.clone();
            world.edit_label(&id, &json!({ "description": "What it is", "color": "123abc" }));
        }
        18 => {
            let last = *world.issues.keys().next_back().expect("an issue");
            world.edit_issue(last, &json!({ "title": word }));
        }
        _ => {
            let labels: Vec<_> =
                world.labels.iter().filter(|_| dice.below(4) == 0).map(|it| it.name.clone()).collect();
            world.open_issue(
                &json!({ "title": word, "body": word, "milestone": 1 + dice.below(4), "labels": labels }),
            );
        }
    }
}

/// Gives an issue another parent, or none. No part has parts, so that nothing goes round.
fn relate(dice: &Dice, world: &mut World, number: u64, other: u64) {
    let (issue, parent) = (&world.issues[&number], &world.issues[&other]);
    if dice.below(2) == 0 {
        world.leave_part(number);
    } else if number != other
        && issue.parts.is_empty()
        && parent.parent.is_none()
        && issue.parent != Some(other)
    {
        world.make_part(other, number);
    }
}

/// Lets an issue wait for an earlier one, or no more.
fn wait(world: &mut World, number: u64, other: u64) {
    if world.issues[&number].blockers.contains(&other) {
        world.end_wait(number, other);
    } else if other < number {
        world.make_wait(number, other);
    }
}

fn milestone(dice: &Dice, world: &mut World, word: &str) {
    let number = 1 + dice.below(4) as u64;
    let members = match dice.below(5) {
        0 => json!({ "title": format!("{word} {number}") }),
        1 => json!({ "description": word }),
        2 => json!({ "due_on": format!("2027-{:02}-17T12:00:00Z", 1 + dice.below(12)) }),
        3 => json!({ "due_on": null }),
        _ => json!({ "state": dice.one(&["open", "closed"]) }),
    };
    world.edit_milestone(number, &members);
}

/// Holds the source to what GitHub has, in every field that it owns, new issues among them.
fn says_all(seed: u64, github: &GitHub, texts: &[String], told: &str) {
    let world = github.dump();
    let files: Vec<Value> = texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    let all = |list: &str| files.iter().flat_map(|file| items(file, list).cloned()).collect::<Vec<_>>();
    let (milestones, issues) = (all("milestones"), all("issues"));
    let is = |what: &str, ours: &Value, theirs: Value| {
        assert!(*ours == theirs, "seed {seed}: {what} is {ours} and not {theirs}\n{told}");
    };
    for (ours, theirs) in all("labels").iter().zip(&world.labels) {
        is("a name", &ours["name"], json!(theirs.name));
        is("a colour", &ours["color"], json!(theirs.color));
        is("a description", &ours["description"], json!(theirs.description));
    }
    for (ours, theirs) in milestones.iter().zip(world.milestones.values()) {
        is("a title", &ours["title"], json!(theirs.title));
        is("a description", &ours["description"], json!(theirs.description));
        let day = theirs.due_on.map(|day| day.to_string()[..10].to_owned());
        let day = if day.as_deref() == Some("2027-09-30") { ours["due_on"].clone() } else { json!(day) };
        is("a day", &ours["due_on"], day);
        let state = if theirs.is_closed { "closed" } else { "open" };
        owned(ours, "state").into_iter().for_each(|ours| is("a state", ours, json!(state)));
    }
    assert_eq!(issues.len(), world.issues.len(), "seed {seed}: {told}");
    for (ours, theirs) in issues.iter().zip(world.issues.values()) {
        let world = Names { world: &world, milestones: &milestones, issues: &issues };
        world.hold(ours, theirs, &is);
    }
}

fn owned<'v>(item: &'v Value, key: &str) -> Option<&'v Value> {
    item.get(key)
}

/// What numbers mean in the source, whose items are in the order of their numbers.
struct Names<'n> {
    world: &'n World,
    milestones: &'n [Value],
    issues: &'n [Value],
}

impl Names<'_> {
    fn hold(&self, ours: &Value, theirs: &Issue, is: &impl Fn(&str, &Value, Value)) {
        is("a title", &ours["title"], json!(theirs.title));
        let body = theirs.body.clone().unwrap_or_default().replace("\r\n", "\n").replace("@<!-- -->", "@");
        let above = body.split("<!-- roadbook:id=").next().unwrap_or_default().trim_end().to_owned();
        owned(ours, "body").into_iter().for_each(|text| is("a body", text, json!(above)));
        let labels =
            self.world.labels.iter().filter(|it| theirs.labels.contains(&it.id) && it.name != "needs-triage");
        let labels: BTreeSet<_> = labels.map(|it| it.name.clone()).collect();
        owned(ours, "labels").into_iter().for_each(|names| is("labels", &sorted(names), json!(labels)));
        let logins: BTreeSet<_> = theirs.assignees.iter().collect();
        owned(ours, "assignees").into_iter().for_each(|names| is("people", &sorted(names), json!(logins)));
        if let Some(milestone) = owned(ours, "milestone") {
            let there = theirs.milestone.map(|number| &self.milestones[number as usize - 1]);
            let named = there.is_some_and(|it| *milestone == it["title"] || *milestone == json!(id_of(it)));
            assert!(named || (there.is_none() && milestone.is_null()), "{milestone} is not {there:?}");
        }
        let issue = |number: u64| id_of(&self.issues[number as usize - 1]);
        owned(ours, "parent")
            .into_iter()
            .for_each(|parent| is("a parent", parent, json!(theirs.parent.map(issue))));
        let blockers: BTreeSet<_> = theirs.blockers.iter().map(|number| issue(*number)).collect();
        owned(ours, "blocked_by").into_iter().for_each(|ids| is("blockers", &sorted(ids), json!(blockers)));
        if let Some(state) = owned(ours, "state") {
            is("a state", state, json!(if theirs.is_closed { "closed" } else { "open" }));
        }
        if let Some(reason) = owned(ours, "state_reason") {
            is("a reason", reason, json!(theirs.reason));
        }
    }
}

/// The id of an item: its own, or the one that its title begins with.
fn id_of(item: &Value) -> String {
    let title = item["title"].as_str().unwrap_or_default();
    let read = title.split([':', ' ']).next().unwrap_or_default();
    item["id"].as_str().unwrap_or(read).to_owned()
}

fn sorted(list: &Value) -> Value {
    json!(list.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<BTreeSet<_>>())
}
