//! `import` of tables, of keys and values, of outlines: what it makes can be built and checked, and what is broken changes nothing.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::Project;

fn with(name: &str, bytes: &[u8]) -> Project {
    let project = Project::whole("{}");
    std::fs::remove_dir_all(project.path("roadmap")).expect("it is there");
    if let Some(folder) = Path::new(name).parent() {
        std::fs::create_dir_all(project.path(&folder.display().to_string())).expect("a folder");
    }
    std::fs::write(project.path(name), bytes).expect("a file");
    project
}

fn source(project: &Project) -> Value {
    serde_json::from_str(&project.text("roadmap/milestones_and_issues.json")).expect("JSON")
}

/// Messy files, and how many milestones, issues and labels each has.
const FILES: [(&str, &str, [usize; 3]); 23] = [
    (
        "jira.csv",
        "Summary,Issue key,Issue id,Parent id,Issue Type,Status,Labels,Labels,Fix Version/s,Sprint,Sprint,Due Date,Inward issue link (Blocks),Outward issue link (Blocks),Custom field (Story Points)\nPour the floor,SH-1,10001,,Story,To Do,work,ground,1.0,S1,S2,01/May/27 12:00 AM,,SH-2,3.0\n\"Raise\nthe walls\",SH-2,10002,10001,Sub-task,In Review,work,,1.0,S2,,,SH-1,,\n",
        [1, 2, 0],
    ),
    (
        "linear.csv",
        "\u{feff}\"ID\",\"Team\",\"Title\",\"Status\",\"Priority\",\"Project\",\"Labels\",\"Completed\",\"Due Date\",\"Parent issue\"\n\"E-1\",\"Shed\",\"=1+1\",\"Canceled\",\"No priority\",\"Shed\",\"a, b\",\"2026-10-01T08:00:00.000Z\",\"2027-05-01\",\"\"\n\"E-2\",\"\",\"@sum\",\"Triage\",\"Urgent\",\"\",\"\",\"\",\"\",\"E-1\"\n",
        [1, 2, 0],
    ),
    ("german.csv", "Aufgabe;Status;Fällig\nBoden giessen;offen;1.5.2027\n", [0, 1, 0]),
    (
        "project.tsv",
        "Title\tURL\tAssignees\tStatus\tLabels\tMilestone\tRepository\nPour\thttps://github.com/a/s/issues/1\tmara\tIn Progress\twork\tv1\ta/s\nDraft\t\t\tTodo\t\t\t\n",
        [1, 2, 0],
    ),
    ("above.csv", "Report of May\n\nTitle,Status\nPour,Open\nWalls,Closed,too much\n", [0, 2, 0]),
    (
        "labels.yml",
        "- name: bug\n  color: \"d73a4a\"\n  description: Broken\n  aliases: [defect]\n- name: docs\n  color: 000000\n",
        [0, 0, 2],
    ),
    (
        ".github/labels.json",
        "[{\"name\": \"bug\", \"color\": \"#D73A4A\", \"description\": \"x\"}]",
        [0, 0, 1],
    ),
    (".github/labeler.yml", "docs:\n- docs/**\nui: [\"src/ui/*\"]\n", [0, 0, 2]),
    (
        "plan.yaml",
        "title: Shed\nmilestones:\n- title: The shed stands\n  due: 2027-05-01T00:00:00Z\n  budget: 3\n  tasks:\n  - Pour the floor (#3) @mara\n  - title: Walls\n    status: In Review\n    labels: work, hard\n    blocked by: Pour the floor\n    subtasks: [buy wood, \"[x] measure\"]\n  - Paint: red\n",
        [1, 3, 0],
    ),
    (
        "keyed.yml",
        "roadmap:\n  v1.10:\n  - Pour: done\n  - Walls\n  v2:\n    goal: Roof\n    issues: [Roof]\n",
        [2, 3, 0],
    ),
    ("board.yml", "todo:\n- Pour\ndone:\n- Walls\n", [0, 2, 0]),
    (
        "plan.toml",
        "title = \"Shed\"\n[[milestones]]\nid = \"M-1\"\ntitle = \"Walls\"\ndue_on = 2027-05-01\n[[issues]]\ntitle = \"Pour\"\nmilestone = \"M-1\"\nestimate = 3\nblocked_by = [\"a/b#4\", \"gone\"]\n",
        [1, 1, 0],
    ),
    (
        "plan.org",
        "#+TITLE: Shed\n#+STARTUP: overview\n* Ground [1/2]\nDEADLINE: <2027-05-01 Sat>\n** TODO [#A] Pour :work:\nSCHEDULED: <2027-04-01 Thu +1w>\n:PROPERTIES:\n:Effort: 3\n:COLOUR: red\n:END:\nConcrete.\n*** DONE Buy sand\n** CANCELLED Paint\n* Notes\nOn wood.\n",
        [1, 3, 0],
    ),
    ("boxes.org", "* Ground\n- [ ] Pour\n- [X] Dig\n", [1, 2, 0]),
    ("plain.org", "* Ground\n** Pour\n** Dig\n", [1, 2, 0]),
    // A row that begins with `task` is no row of heads.
    (
        "todoist.csv",
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,RESPONSIBLE\nsection,Ground,,,,\ntask,Dig @ground,With a spade,1,1,Mara\ntask,Rent,,4,2,\n",
        [0, 3, 0],
    ),
    (
        "asana.csv",
        "Task ID,Name,Section/Column,Due Date,Notes,Blocked By (Dependencies)\n7,Dig,Ground,2027-05-01,\"Deep,\nwide\",\n8,Pour,Ground,,,7\n",
        [1, 2, 0],
    ),
    (
        "lines.json",
        "{\"title\": \"Dig\", \"state\": \"open\"}\n{\"title\": \"Pour\", \"state\": \"closed\", \"labels\": [\"work\"]}\n",
        [0, 2, 0],
    ),
    (
        "gitlab.json",
        "[{\"iid\": 101, \"title\": \"Dig\", \"state\": \"opened\", \"labels\": [\"work\"], \"milestone\": {\"id\": 4, \"title\": \"Ground\"},\
         \"assignees\": [{\"id\": 9, \"username\": \"mara\"}], \"due_date\": \"2027-05-01\", \"weight\": 3}]",
        [1, 1, 0],
    ),
    (
        "phases.json",
        "{\"project\": \"House\", \"phases\": [{\"name\": \"Ground\", \"tasks\": [{\"task\": \"Dig\", \"done\": true}, {\"task\": \"Pour\"}]}, {\"name\": \"Walls\", \"tasks\": []}]}",
        [2, 2, 0],
    ),
    (
        "wrapped.json",
        "{ \"data\": { \"roadmap\": { \"milestones\": [{ \"id\": \"M-1\", \"title\": \"Ground\" }], \"issues\": [{ \"id\": \"A-1\", \"title\": \"Dig\", \"milestone\": \"M-1\" }] } } }",
        [1, 1, 0],
    ),
    (
        "taskwarrior.json",
        "[\n{\"id\":1,\"description\":\"Dig\",\"project\":\"House\",\"status\":\"pending\",\"tags\":[\"work\"]},\n{\"id\":2,\"description\":\"Pour\",\"status\":\"completed\"}\n]\n",
        [1, 2, 0],
    ),
    (
        "nodes.json",
        "{\"issues\": {\"nodes\": [{\"identifier\": \"LIN-1\", \"title\": \"Dig\", \"dueDate\": \"2027-05-01\", \"assignee\": {\"displayName\": \"mara\"}}]}}",
        [0, 1, 0],
    ),
];

#[test]
fn what_import_makes_of_any_form_is_built_and_checked() {
    for (name, text, counts) in FILES {
        let project = with(name, text.as_bytes());
        let map = if name == "german.csv" { " --map Aufgabe=title --map Fällig=due_on" } else { "" };
        let run = project.run(format!("import {name}{map} -v"));
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let source = source(&project);
        let count = |list: &str| source[list].as_array().map_or(0, Vec::len);
        assert_eq!(
            [count("milestones"), count("issues"), count("labels")],
            counts,
            "{name}: {source:#}\n{}",
            run.err
        );
        assert!(project.run("build -q").code < 2, "{name}");
        assert!(project.run("check -q").code < 2, "{name}");
        let kept = source.to_string().replace("\\n", " ");
        nothing_is_lost(name, text, &format!("{kept}\n{}", run.err));
    }
}

/// Messy plans in Markdown, and how many milestones and issues each has.
const PLANS: [(&str, [usize; 2]); 12] = [
    ("board.md", [0, 4]),
    ("bold.md", [2, 4]),
    ("carriage.md", [0, 3]),
    ("front.md", [0, 2]),
    ("html.md", [1, 3]),
    ("links.md", [2, 5]),
    ("mixed.md", [2, 4]),
    ("numbers.md", [1, 6]),
    ("quarters.md", [3, 4]),
    ("tables.md", [2, 3]),
    ("tabs.md", [0, 4]),
    ("todo.md", [0, 4]),
];

#[test]
fn what_import_makes_of_plans_in_markdown_is_built_and_checked() {
    for (name, counts) in PLANS {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/messy").join(name);
        let text = std::fs::read_to_string(&file).expect("a fixture");
        let project = with("ROADMAP.md", text.as_bytes());
        let run = project.run("import ROADMAP.md").ends_with(0);
        let source = source(&project);
        let count = |list: &str| source[list].as_array().map_or(0, Vec::len);
        assert_eq!([count("milestones"), count("issues")], counts, "{name}: {source:#}\n{}", run.err);
        let kept = format!("{}\n{}", source.to_string().replace("\\t", " "), run.err);
        // What says how something stands, heads of columns, marks.
        let known = "Done Backlog In Progress Task Owner ETA Status Feature Notes Depends on details summary kbd br nbsp amp p align center x s https github com";
        holds_words(name, &text, &kept, known);
        assert!(project.run("build -q").code < 2, "{name}");
        assert!(project.run("check -q").code < 2, "{name}");
    }
}

/// Each word of the input is in the source, or told.
fn nothing_is_lost(name: &str, text: &str, kept: &str) {
    // Keys, heads, keywords and what is written otherwise in a source.
    let known = "Summary Issue key id Parent Type Status To Do Todo Labels Fix Version s Sprint Due Date Inward Outward issue link Blocks Custom field \
         Story Points Title Priority No Project Completed URL https github com issues Assignees Milestone Repository Open Closed Aufgabe \
         color description aliases name roadmap tasks subtasks status blocked by due goal DONE DEADLINE SCHEDULED PROPERTIES END Effort TODO \
         12 00 AM 10001 10002 01 May 27 1 5 2027 2026 10 08 000Z T00 2027 01T08 Fällig Sat Thu A X x true estimate 3 0 too \
         milestones issues on 01T00 00Z 2 offen TITLE ID Boden \
         Task Section Column Notes Dependencies TYPE CONTENT RESPONSIBLE data tasks done phases nodes identifier dueDate displayName username \
         assignee 4 7 8 9 weight tags completed pending opened";
    holds_words(name, text, kept, known);
}

fn holds_words(name: &str, text: &str, kept: &str, known: &str) {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let (kept, known) = (words(kept), words(known));
    let missing: Vec<_> =
        words(text).into_iter().filter(|word| !kept.contains(word) && !known.contains(word)).collect();
    assert!(missing.is_empty(), "{name} lost {missing:?}\n{kept:?}");
}

#[test]
fn what_trackers_mean_is_understood() {
    let project = with(FILES[0].0, FILES[0].1.as_bytes());
    project.run("import jira.csv").ends_with(0);
    let source = source(&project);
    let first = json!({ "title": "SH-1: Pour the floor", "milestone": "1-0", "labels": ["work", "ground"], "state": "open",
        "type": "Story", "due_on": "2027-05-01", "estimate": 3 });
    assert_eq!(source["issues"][0], first);
    let second = json!({ "title": "SH-2: Raise the walls", "milestone": "1-0", "labels": ["work"], "state": "open", "parent": "SH-1",
        "blocked_by": ["SH-1"], "type": "Sub-task", "extra": { "status": "In Review" } });
    assert_eq!(source["issues"][1], second);
}

#[test]
fn utf_16_is_read() {
    let text: Vec<u8> =
        "\u{feff}Title;Status\nBöden;Done\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let project = with("excel.csv", &text);
    project.run("import excel.csv").ends_with(0);
    assert_eq!(source(&project)["issues"][0]["title"], "Böden");
}

#[test]
fn what_is_broken_is_told_at_its_line_and_nothing_is_written() {
    let deep = format!("a:\n{}", "[".repeat(9_999));
    for (name, text, line) in [
        ("a.csv", "Title,Status\nPour,\"Open\nWalls,Done\n", ":2:"),
        ("a.csv", "Foo,Bar\n1,2\n", ":1:"),
        ("a.csv", "Title\nPo\0ur\n", ":2:"),
        ("a.yaml", "issues:\n- title: x\n  title: y\n", ":3:"),
        ("a.yaml", &deep, ":2:"),
        ("a.toml", "[[issues]]\ntitle = \n", ":2:"),
    ] {
        let project = with(name, text.as_bytes());
        let run = project.run(format!("import {name}"));
        assert_eq!(run.code, 3, "{name}: {}", run.err);
        assert!(run.err.contains(&format!("{name}{line}")), "{name}: {}", run.err);
        assert!(!project.path("roadmap").exists(), "{name}");
    }
    for (bytes, command) in
        [(&b"Title\nB\xf6den\n"[..], "import a.csv"), (b"Title\nx\n", "import a.csv --map Nix=title")]
    {
        let project = with("a.csv", bytes);
        assert_eq!(project.run(command).code, 3);
        assert!(!project.path("roadmap").exists());
    }
    let run = with("a.md", b"# Plan\n\n- x\n").run("import a.md --map A=title");
    assert_eq!(run.code, 2, "{}", run.err);
}

#[test]
fn a_plan_of_headings_and_front_matter_are_read() {
    let text = "---\ntitle: Shed\nauthor: mara\n---\n# Roadmap\n\n### Pour the floor (#101) @mara\n\nConcrete.\n\n### Raise the walls\n";
    let project = with("ROADMAP.md", text.as_bytes());
    let run = project.run("import ROADMAP.md").ends_with(0);
    assert!(run.err.contains("`author` was left out"), "{}", run.err);
    let source = source(&project);
    assert_eq!(source["issues"].as_array().map(Vec::len), Some(2), "{source:#}");
    assert_eq!(
        (&source["issues"][0]["id"], &source["issues"][0]["body"]),
        (&json!("issue-101"), &json!("Concrete."))
    );
    assert!(source["sections"].is_null(), "{source:#}");
}

#[test]
fn a_number_before_a_title_is_its_issue() {
    let plan = "# Plan\n\n## v1\n\n- #7 Dig\n- [x] #8: mix it\n- Fix (#10)\n- #1 priority is speed\n\n## v2\n\n### #11 Raise the frame\n\nWords.\n\n## Aims\n\n- #1 Speed\n- #2 Looks\n";
    let project = with("ROADMAP.md", plan.as_bytes());
    project.run("import ROADMAP.md").ends_with(0);
    let source = source(&project);
    let issues = source["issues"].as_array().expect("a list");
    let named: Vec<_> =
        issues.iter().map(|it| (it["id"].as_str().unwrap_or_default(), &it["title"])).collect();
    for (id, title) in
        [("issue-7", "Dig"), ("issue-8", "mix it"), ("issue-10", "Fix"), ("issue-11", "Raise the frame")]
    {
        assert!(named.contains(&(id, &json!(title))), "{id}: {source:#}");
    }
    for (id, title) in &named {
        let is_number = id.strip_prefix("issue-").is_some();
        assert_eq!(is_number, !title.as_str().is_some_and(|it| it.starts_with('#')), "{source:#}");
    }
}

#[test]
fn a_list_set_in_by_tabs_is_no_code_in_the_body() {
    let project = with("ROADMAP.md", b"# Plan\n\n- [ ] Dig\n\t- [x] Rent a digger\n\t\t- red\n- [ ] Pour\n");
    project.run("import ROADMAP.md").ends_with(0);
    assert_eq!(source(&project)["issues"][0]["body"], "- [x] Rent a digger\n    - red");
}
