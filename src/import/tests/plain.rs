//! Plain plans: bullets, headings, boards, `(#101)` and `@who`; and that nothing of them is lost.

use serde_json::{Value, json};

use super::{import, read, told};
use crate::report::{At, Code};

/// The titles of a list, each with one more of its fields.
fn with(source: &Value, list: &str, key: &str) -> Vec<(String, Value)> {
    let items = source[list].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|it| (it["title"].as_str().unwrap_or_default().to_owned(), it[key].clone())).collect()
}

#[track_caller]
fn holds(source: &Value, list: &str, key: &str, wanted: &[(&str, Value)]) {
    let wanted: Vec<_> = wanted.iter().map(|(title, value)| ((*title).to_owned(), value.clone())).collect();
    assert_eq!(with(source, list, key), wanted);
}

#[test]
fn headings_without_ids_are_issues_with_their_values_and_bodies() {
    let (source, told) = read(
        "# Garden plan\n\n## Spring\n\nGoal: green by May\n\n### Dig the beds\n\nTwo spades deep.\n\n- compost\n- sand\n\n\
         ### Plant tulips (#101) @mara\n\nStatus: done\nLabels: `area:bed`, early\n\nIn rows.\n\n## Summer\n\n### Water\n\n## Notes\n\n### On soil\n\nClay.\n",
    );
    assert_eq!(told, [""; 0]);
    holds(&source, "milestones", "goal", &[("Spring", json!("green by May")), ("Summer", Value::Null)]);
    assert_eq!(
        source["issues"],
        json!([
            { "id": "dig-the-beds", "title": "Dig the beds", "milestone": "spring", "body": "Two spades deep.\n\n- compost\n- sand" },
            { "id": "issue-101", "title": "Plant tulips", "milestone": "spring", "body": "In rows.",
              "labels": ["area:bed", "early"], "assignees": ["mara"], "state": "closed" },
            { "id": "water", "title": "Water", "milestone": "summer" },
        ])
    );
    assert_eq!(source["sections"], json!([{ "title": "Notes", "body": "# On soil\n\nClay." }]));
}

#[test]
fn bold_lines_above_lists_are_headings_where_there_are_no_others() {
    let (source, told) = read(
        "# Roadmap\n\n**Phase 1: Walls**\n\n- Lay bricks\n- Point them\n\n**Phase 2**:\n- Hang the door\n",
    );
    assert_eq!(told, [""; 0]);
    holds(
        &source,
        "issues",
        "milestone",
        &[
            ("Lay bricks", json!("phase-1-walls")),
            ("Point them", json!("phase-1-walls")),
            ("Hang the door", json!("phase-2")),
        ],
    );
    // Below a heading of its own a bold line is a part of what stands there.
    let (source, _) = read("# Plan\n\n## Walls\n\n### Lay bricks\n\n**Done when**\n\n- it stands\n");
    holds(&source, "issues", "body", &[("Lay bricks", json!("**Done when**\n\n- it stands"))]);
}

#[test]
fn headings_of_a_milestone_that_has_issues_otherwise_are_told() {
    let (source, told) = read("# Site\n\n## M1: Walls\n\n- [ ] Lay bricks\n\n### Some thoughts\n\nHm.\n");
    holds(&source, "issues", "milestone", &[("Lay bricks", json!("m1-walls"))]);
    assert_eq!(told, ["7 this chapter of a milestone was left out"]);
}

#[test]
fn plain_bullets_are_issues_where_the_document_is_a_plan() {
    let (source, told) = read(
        "# Roadmap\n\nWhere we go.\n\n## Overview\n\n- fast\n- small\n\n## 0.3\n\n- Parse tables that\n  are wrapped\n- Print (#7)\n  - in colour\n\n\
         ## Someday\n\n1. A web site\n",
    );
    assert_eq!(told, [""; 0]);
    holds(
        &source,
        "issues",
        "milestone",
        &[
            ("Parse tables that are wrapped", json!("0-3")),
            ("Print", json!("0-3")),
            ("A web site", json!("someday")),
        ],
    );
    assert_eq!(source["issues"][1]["body"], "- in colour");
    assert_eq!(source["sections"], json!([{ "title": "Overview", "body": "- fast\n- small" }]));
    // Without such a name they are, where there is nothing else.
    let (source, _) = read("- Buy wood\n- Buy nails\n  - long ones\n");
    holds(&source, "issues", "body", &[("Buy wood", Value::Null), ("Buy nails", json!("- long ones"))]);
    let (source, _) = read("# Things\n\nWords:\n\n- prose\n\n## Work\n\n- [ ] Buy wood\n");
    holds(&source, "issues", "state", &[("Buy wood", json!("open"))]);
    assert!(
        import("# Summary\n\n- [Intro](intro.md)\n- [Use](use.md)\n", None).is_err(),
        "chapters of a book"
    );
}

#[test]
fn a_board_in_markdown_says_states_by_its_headings() {
    let (source, told) = read(
        "# TODO\n\n## In progress\n\n- [ ] Paint @jo\n\n## Done\n\n- Build\n\n| Name | Epic | Status |\n|--|--|--|\n| Sell | House | |\n| Rent | House | Won't do |\n",
    );
    assert_eq!(told, [""; 0]);
    holds(&source, "milestones", "title", &[("House", json!("House"))]);
    holds(
        &source,
        "issues",
        "state",
        &[
            ("Paint", json!("open")),
            ("Build", json!("closed")),
            ("Sell", json!("closed")),
            ("Rent", json!("closed")),
        ],
    );
    holds(
        &source,
        "issues",
        "state_reason",
        &[
            ("Paint", Value::Null),
            ("Build", Value::Null),
            ("Sell", Value::Null),
            ("Rent", json!("not_planned")),
        ],
    );
}

#[test]
fn what_ends_a_title_is_a_number_or_people_only_where_it_is_no_part_of_it() {
    for (item, title, id, people) in [
        ("Fix it (#101)", "Fix it", "issue-101", json!(null)),
        (
            "Fix it ([#101](https://github.com/a/b/pull/101)) @mara, @jo",
            "Fix it",
            "issue-101",
            json!(["mara", "jo"]),
        ),
        ("Fix it `area:db` (@mara)", "Fix it", "fix-it", json!(["mara"])),
        ("Fix it (#101) (`area:db`)", "Fix it", "issue-101", json!(null)),
        ("Talk to @mara", "Talk to @mara", "talk-to-mara", json!(null)),
        ("Undo what came with #101", "Undo what came with #101", "undo-what-came-with-101", json!(null)),
        ("Merge (#1, #2)", "Merge (#1, #2)", "merge-1-2", json!(null)),
        ("@mara", "@mara", "mara", json!(null)),
    ] {
        let (source, _) = read(&format!("## M1: x\n\n- {item}\n"));
        let issue = &source["issues"][0];
        assert_eq!(
            (&issue["title"], &issue["id"], &issue["assignees"]),
            (&json!(title), &json!(id), &people),
            "{item}"
        );
    }
    let (source, _) = read("## M1: x\n\n- One (#7)\n- Two (#7)\n- A-1: Three (#8)\n");
    holds(
        &source,
        "issues",
        "id",
        &[("One", json!("issue-7")), ("Two (#7)", json!("two-7")), ("A-1: Three (#8)", Value::Null)],
    );
}

#[test]
fn epics_and_statuses_are_read_as_people_write_them() {
    let (source, told) = read(
        "| Task | Epic | Status |\n|--|--|--|\n| Build | Shed | ✅ Done |\n| Paint | Shed | In-progress |\n| Sell | – | 🚫 |\n\n\
         | Id | Task | Epic |\n|--|--|--|\n| A-1 | Walls | |\n| A-2 | Bricks | A-1 |\n",
    );
    assert_eq!(told, ["5 `🚫` was kept in `extra.status`"]);
    holds(&source, "milestones", "title", &[("Shed", json!("Shed"))]);
    let state = [("Build", json!("closed")), ("Paint", json!("open")), ("Sell", Value::Null)];
    holds(
        &source,
        "issues",
        "state",
        &[&state[..], &[("A-1: Walls", Value::Null), ("A-2: Bricks", Value::Null)]].concat(),
    );
    assert_eq!(source["issues"][4]["parent"], "A-1");
}

/// Plans in forms that people use.
const PLANS: [&str; 6] = [
    "# Plan\n\nIntro words.\n\n<!-- a remark -->\n\n## Alpha\n\nFirst text.\n\nSecond text.\n\n### One thing\n\nBody words.\n\n```\ncode\n```\n\n## Beta\n\n> quoted\n\n- [x] boxed\n\n  more of it\n",
    "- [ ] first\n- second\n    1. nested\n\nBetween.\n\n| Name | Odd |\n|--|--|\n| third | value |\n\nBehind.\n",
    "TODO\n====\n\nShed\n----\n\n* pour the floor (ten\n  centimetres)\n* [x] raise walls\n\n<details>hidden</details>\n\n---\n\nTail words.\n",
    "# Roadmap\n\n## 2027\n\n### Q1\n\n- sow\n\n### Thoughts\n\nHm.\n\n### Q2\n\n- reap\n",
    "# Roadmap\n\n## Done\n\nOld words.\n\n- built\n\n## Tasks\n\n- [ ] paint\n\n### Painting\n\nMind the wind.\n",
    "# Backlog\n\n| Task | Epic | Status | Who |\n|--|--|--|--|\n| mow | lawn | maybe | Ann B |\n| dig | beds | open | @jo |\n\nClosing words.\n",
];

#[test]
fn every_line_is_in_the_source_or_told() {
    for plan in PLANS {
        let imported = import(plan, None).unwrap_or_else(|report| panic!("{plan}\n{:?}", told(report, plan)));
        let source = imported.source.to_lowercase();
        let lines: Vec<_> =
            imported.report.iter().filter(|found| found.code == Code::ImportLeftOut).collect();
        let is_told = |at: usize, length: usize| {
            lines.iter().any(|found| match &found.place.at {
                At::Bytes(range) => range.start <= at + length && at <= range.end,
                _ => false,
            })
        };
        let structure = ["task", "tasks", "done", "name", "epic", "status", "who", "details"];
        let mut at = 0;
        for line in plan.split_inclusive('\n') {
            let words = line.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
            let missing: Vec<_> = words
                .filter(|word| {
                    word.len() > 1 && !structure.contains(&word.as_str()) && !source.contains(word)
                })
                .collect();
            assert!(
                missing.is_empty() || is_told(at, line.len()),
                "{missing:?} of `{line}` in\n{plan}\n{source}"
            );
            at += line.len();
        }
    }
}

#[test]
fn issues_of_other_repositories_are_blockers_and_parents_by_name_link_or_address() {
    let (source, told) = read(
        "# Garden\n\n## M1: Walls\n\n| ID | Title | Blocked by | Parent |\n|----|----|----|----|\n\
         | GA-1 | Build | acme/shed#4 | https://github.com/acme/plan/issues/7 |\n\
         | GA-2 | Paint | GA-1, [acme/shed#5](https://github.com/acme/shed/issues/5) | GA-1 |\n\
         | GA-3 | Sell | https://github.com/acme/shed/issues/6#issuecomment-1 | |\n\
         | GA-4 | Rest | https://github.com/acme/shed/pull/6 | |\n",
    );
    holds(
        &source,
        "issues",
        "blocked_by",
        &[
            ("GA-1: Build", json!(["acme/shed#4"])),
            ("GA-2: Paint", json!(["GA-1", "acme/shed#5"])),
            ("GA-3: Sell", json!(["acme/shed#6"])),
            ("GA-4: Rest", Value::Null),
        ],
    );
    assert_eq!(source["issues"][0]["parent"], "acme/plan#7");
    assert!(told.len() == 1 && told[0].contains("/pull/6"), "{told:?}");
}

#[test]
fn signs_stand_for_boxes_and_prose_is_no_milestone() {
    let (source, told) = read(
        "# Milestones\n\n### Milestone 1: Alpha\n\n- ✅ Login\n- 🚧 Search (#12)\n- [-] Fax\n- Docs [done]\n- Logo\n\n## FAQ\n\n### Why?\n\nSo.\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(source["milestones"], json!([{ "id": "milestone-1-alpha", "title": "Milestone 1: Alpha" }]));
    let of = |issue: &Value| (issue["title"].clone(), issue["state"].clone(), issue["state_reason"].clone());
    let issues = source["issues"].as_array().expect("a list").iter().map(of);
    let said = [
        (json!("Login"), json!("closed"), json!(null)),
        (json!("🚧 Search"), json!("open"), json!(null)),
        (json!("Fax"), json!("closed"), json!("not_planned")),
        (json!("Docs"), json!("closed"), json!(null)),
        (json!("Logo"), json!(null), json!(null)),
    ];
    assert_eq!(issues.collect::<Vec<_>>(), said);
    assert_eq!(source["sections"], json!([{ "title": "FAQ", "body": "# Why?\n\nSo." }]));
}

#[test]
fn columns_of_times_are_milestones() {
    let (source, told) = read(
        "# Roadmap\n\n| Now | Q3 2027 | Later |\n|--|--|--|\n| Login | ~~Fax~~ | - [x] A<br>- [ ] B |\n| [Pay](https://example.org) @ann | | |\n",
    );
    assert_eq!(told, [""; 0]);
    let titles: Vec<_> = with(&source, "milestones", "title").into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, ["Now", "Q3 2027", "Later"]);
    let of = |issue: &Value| {
        format!("{} {} {}", issue["milestone"], issue["title"], issue["state"]).replace('"', "")
    };
    let issues: Vec<_> = source["issues"].as_array().expect("a list").iter().map(of).collect();
    assert_eq!(
        issues,
        ["now Login null", "q3-2027 Fax closed", "later A closed", "later B open", "now Pay null"]
    );
}

#[test]
fn columns_of_states_are_states() {
    let (source, _) = read("# Board\n\n| To do | Doing | Done |\n|--|--|--|\n| A | B | C |\n");
    holds(&source, "issues", "state", &[("A", json!("open")), ("B", json!("open")), ("C", json!("closed"))]);
    assert_eq!(source["milestones"], Value::Null);
}

#[test]
fn numbered_phases_hold_their_issues() {
    let (source, told) = read(
        "# The plan\n\n1. Phase one: Research\n   1. Talk to users\n   2. Write it up\n      - keep it short\n2. Phase two: Build\n   1. Prototype\n",
    );
    assert_eq!(told, [""; 0]);
    let at = |name: &str| json!(name);
    holds(
        &source,
        "milestones",
        "id",
        &[("Phase one: Research", at("phase-one-research")), ("Phase two: Build", at("phase-two-build"))],
    );
    holds(
        &source,
        "issues",
        "milestone",
        &[
            ("Talk to users", at("phase-one-research")),
            ("Write it up", at("phase-one-research")),
            ("Prototype", at("phase-two-build")),
        ],
    );
    assert_eq!(source["issues"][1]["body"], "- keep it short");
}
