//! Plans as real repositories have them: what is in a title stays there, what stands beside it is read.

mod between;
mod tables;

use serde_json::{Value, json};

use super::{import, read};

/// What the issues of a document say of a field, each behind its title.
#[track_caller]
fn issues(document: &str, key: &str) -> Vec<String> {
    of(&read(document).0, "issues", key)
}

/// The same of its milestones.
#[track_caller]
fn milestones(document: &str, key: &str) -> Vec<String> {
    of(&read(document).0, "milestones", key)
}

fn of(source: &Value, list: &str, key: &str) -> Vec<String> {
    let items = source[list].as_array().map(Vec::as_slice).unwrap_or_default();
    let said = |item: &Value| match &item[key] {
        Value::Null => String::new(),
        Value::String(text) => format!(" = {text}"),
        other => format!(" = {other}"),
    };
    items.iter().map(|item| format!("{}{}", item["title"].as_str().unwrap_or_default(), said(item))).collect()
}

#[test]
fn code_that_ends_a_sentence_is_no_label() {
    for item in [
        "Parse JSON into `serde_json::Value`",
        "Use image `nginx:1.27`",
        "Bump `foo` to `v1:2`",
        "Reject `http://localhost:8080`",
        "Support object constructor: `{id: .id, n: .name}`",
        "Use image (`redis:7`)",
    ] {
        let title = item.replace('`', "");
        assert_eq!(issues(&format!("# Plan\n\n- [ ] {item}\n"), "labels"), [title], "{item}");
    }
}

#[test]
fn code_that_is_set_off_or_the_same_in_several_items_is_a_label() {
    for item in [
        "Login (`type:bug`)",
        "Login — `type:bug`",
        "Login - `type:bug`",
        "Login | `type:bug`",
        "Login\n  `type:bug`",
    ] {
        assert_eq!(
            issues(&format!("# Plan\n\n- [ ] {item}\n"), "labels"),
            [r#"Login = ["type:bug"]"#],
            "{item}"
        );
    }
    assert_eq!(
        issues("# Plan\n\n- [ ] Login `type:bug`\n- [ ] Logout `type:feature`\n", "labels"),
        [r#"Login = ["type:bug"]"#, r#"Logout = ["type:feature"]"#]
    );
    let listed = "# Plan\n\n- [ ] Login `type:bug`\n\n## Labels\n\n- `type:bug` – broken\n";
    assert_eq!(issues(listed, "labels"), [r#"Login = ["type:bug"]"#]);
}

#[test]
fn a_heading_that_speaks_of_labels_or_of_one_milestone_makes_no_list_of_them() {
    for heading in [
        "Epic 1: Customers (label: epic)",
        "Add label support",
        "v1: Label printing",
        "First Milestone Plan (Week 1)",
        "Milestone: GA",
    ] {
        let (source, _) =
            read(&format!("# Product\n\n## {heading}\n\n- [ ] API freeze: done by QA\n- [ ] Docs\n"));
        assert_eq!(of(&source, "issues", "id").len(), 2, "{heading}");
        assert_eq!(source["issues"][0]["title"], "API freeze: done by QA", "{heading}");
        assert_eq!(source["milestones"][0]["title"], heading);
        assert_eq!(source["labels"], Value::Null, "{heading}");
    }
    for heading in ["Labels", "Label Reference", "Tags", "Issue labels", "Labels used in this project"] {
        let (source, _) = read(&format!("# Plan\n\n- [ ] Login\n\n## {heading}\n\n- `bug`: broken\n"));
        assert_eq!(source["labels"], json!([{ "name": "bug", "description": "broken" }]), "{heading}");
    }
    assert_eq!(milestones("# Plan\n\n## Milestone overview\n\n- Alpha\n- Beta\n", "goal"), ["Alpha", "Beta"]);
}

#[test]
fn a_link_within_a_title_is_no_repository_of_the_roadmap() {
    let linked = |items: &str| {
        let imported = import(&format!("# Plan\n\n{items}"), None).expect("a plan");
        let source: Value = serde_json::from_str(&imported.source).expect("JSON");
        assert_eq!(imported.linked.map_or(Value::Null, Value::from), source["repository"]);
        source["repository"].clone()
    };
    assert_eq!(linked("- [ ] Fix [upstream bug](https://github.com/rust-lang/rust/issues/9)\n"), Value::Null);
    let ours = "- [ ] [Login](https://github.com/acme/site/issues/1)\n";
    assert_eq!(linked(ours), "acme/site");
    assert_eq!(
        linked(&format!("{ours}- [ ] [Rust](https://github.com/rust-lang/rust/issues/9)\n")),
        Value::Null
    );
}

#[test]
fn the_number_of_an_issue_elsewhere_is_none_of_ours() {
    let document = "# Plan\n\nRepository: acme/site\n\n## M1: x\n\n\
         - [ ] [Login](https://github.com/acme/site/issues/1)\n\
         - [ ] [Rust](https://github.com/rust-lang/rust/issues/9)\n\
         - [ ] [#12](https://github.com/rust-lang/rust/issues/12) – Wait\n\
         - [ ] Port it ([#27](https://github.com/rust-lang/rust/issues/27))\n";
    assert_eq!(
        issues(document, "id"),
        ["Login = issue-1", "Rust = rust", "#12 – Wait = 12-wait", "Port it (#27) = port-it-27"]
    );
    let (source, _) = read(document);
    assert_eq!(source["issues"][1]["body"], "[Rust](https://github.com/rust-lang/rust/issues/9)");
    assert_eq!(source["issues"][2]["body"], "[#12](https://github.com/rust-lang/rust/issues/12) – Wait");
}

#[test]
fn boxes_and_states_are_read_as_people_type_them() {
    let list = "- [] x\n- [ X ] y\n- Login - DONE\n- DONE: O\n- [DONE] Q\n- [WIP] R\n- [x] S (done)\n- [ ] T (done)\n";
    assert_eq!(
        issues(&format!("# Roadmap\n\n{list}"), "state"),
        [
            "x = open",
            "y = closed",
            "Login = closed",
            "O = closed",
            "Q = closed",
            "[WIP] R = open",
            "S = closed",
            "T (done) = open"
        ]
    );
}

#[test]
fn the_heading_of_a_milestone_says_how_it_stands() {
    let document = "# Plan\n\n## Phase 1: Local ✅\n\n- [x] a\n\n## ✅ Phase 2: Net\n\n- [x] b\n\n## Phase 3: Sale\n\n- [ ] c\n\n\
         ## Phase 4: Gone (done)\n\n- [x] d\n\n## v1.0 (Released)\n\n- [x] e\n";
    assert_eq!(
        milestones(document, "state"),
        [
            "Phase 1: Local = closed",
            "Phase 2: Net = closed",
            "Phase 3: Sale",
            "Phase 4: Gone = closed",
            "v1.0 = closed"
        ]
    );
    assert_eq!(read(document).0["milestones"][0]["id"], "phase-1-local");
    // It is found by both of its names.
    let both = "# Plan\n\n## Issues\n\n| Task | Milestone |\n|--|--|\n| a | Phase 1: Local |\n| b | Phase 1: Local ✅ |\n\n## Phase 1: Local ✅\n\n- [ ] c\n";
    assert_eq!(milestones(both, "state"), ["Phase 1: Local = closed"]);
}

#[test]
fn days_beside_titles_are_due_days() {
    let document = "# Roadmap\n\n## Q3 2026\n\n- [ ] a\n\n## H1 2027\n\n- [ ] b\n\n## March 2027\n\n- [ ] c\n\n## 0.2.0 (2026-03-01)\n\n- [ ] d\n\n## M2 (due 2026-03-02)\n\n- [ ] e\n";
    assert_eq!(
        milestones(document, "due_on"),
        [
            "Q3 2026 = 2026-Q3",
            "H1 2027 = 2027-H1",
            "March 2027 = 2027-03",
            "0.2.0 = 2026-03-01",
            "M2 = 2026-03-02"
        ]
    );
    let document = "# Roadmap\n\n1. **Plugins** — Q4 2026\n2. X (by March 2026)\n3. Y (due 2026-03-04) @mara\n4. Read a paper (2019)\n";
    assert_eq!(
        issues(document, "due_on"),
        ["Plugins = 2026-Q4", "X = 2026-03", "Y = 2026-03-04", "Read a paper (2019)"]
    );
    assert_eq!(issues("# Plan\n\n- [x] X (2026-03-01)\n", "due_on"), ["X (2026-03-01)"], "when it was done");
}

#[test]
fn what_nobody_will_do_is_not_planned() {
    for heading in ["Won't do", "Not planned", "Rejected", "Cancelled"] {
        let document = format!("# Roadmap\n\n## Open\n\n- a\n\n## {heading}\n\n- [ ] b\n- c\n");
        assert_eq!(
            issues(&document, "state_reason"),
            ["a", "b = not_planned", "c = not_planned"],
            "{heading}"
        );
        assert_eq!(issues(&document, "state"), ["a = open", "b = closed", "c = closed"], "{heading}");
    }
    for heading in ["Released", "Recently completed"] {
        let document = format!("# Roadmap\n\n## Open\n\n- a\n\n## {heading}\n\n- b\n");
        assert_eq!(issues(&document, "state"), ["a = open", "b = closed"], "{heading}");
    }
    let (source, _) = read("# Roadmap\n\n## Now\n\n- a\n\n## Out of scope\n\n- [ ] b\n");
    assert_eq!(source["sections"], json!([{ "title": "Out of scope", "body": "- [ ] b" }]));
}

#[test]
fn a_cell_says_its_state_by_how_it_begins() {
    let row = |cell: &str| format!("| x | {cell} |\n");
    let said = |cell: &str| {
        let (source, _) = read(&format!("| Task | Status |\n|--|--|\n{}", row(cell)));
        let issue = &source["issues"][0];
        (issue["state"].clone(), issue["extra"]["status"].clone())
    };
    for (cell, state) in [
        ("✅ 291 passing", "closed"),
        ("Completed in v1.2", "closed"),
        ("In progress (50%)", "open"),
        ("Done, but slow", "closed"),
    ] {
        assert_eq!(said(cell), (json!(state), json!(cell)), "{cell}");
    }
    assert_eq!(said("in two weeks").0, Value::Null);
}

#[test]
fn all_paragraphs_of_a_milestone_are_its_description() {
    let (source, told) = read("# Plan\n\n## M1: Base\n\nFirst.\n\nSecond.\n\n- [ ] a\n\nThird.\n");
    assert_eq!(source["milestones"][0]["description"], "First.\n\nSecond.\n\nThird.");
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_picture_above_the_title_is_a_part_of_the_description() {
    let (source, _) = read("![logo](logo.png)\n\n# My Roadmap\n\nIntro.\n\n## M1: x\n\n- [ ] a\n");
    assert_eq!(source["title"], "My Roadmap");
    assert_eq!(source["description"], "![logo](logo.png)\n\nIntro.");
}
