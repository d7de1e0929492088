//! What documents of many forms come to; and that what `build` writes is read back as it was.

mod days;
mod plain;
mod real;

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Imported, Target, Text, document,
    exact::{roadmap, summary},
};
use crate::{
    model::{id_in_title, made_id},
    render::Engine,
    report::{Code, Diagnostic, Report},
};

const SOURCE: &str = "roadmap/plan.json";

fn text(text: &str) -> Text {
    Text { name: "DOC.md".into(), text: text.into() }
}

fn import(document_text: &str, source: Option<&str>) -> Result<Imported, Report> {
    let target = Target { name: SOURCE.into(), text: source.map(Into::into), overrides: Vec::new() };
    document(&text(document_text), &target)
}

#[test]
fn what_is_told_in_lists_and_in_tables_stands_in_the_order_of_the_document() {
    let (source, _) = read(
        "# Plan\n\n## Milestone 1: Take off\n\n- [x] FA-1: Build the runway\n- [ ] FA-2 - Fuel\n\n\
         ## Milestone 2: Land\n\n| Title | Labels | # |\n|---|---|---|\n| Find the field | nav | FA-3 |\n",
    );
    let titles = |list: &str| -> Vec<_> {
        source[list]
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| it["title"].as_str().expect("a title"))
            .collect()
    };
    assert_eq!(titles("milestones"), ["Milestone 1: Take off", "Milestone 2: Land"]);
    assert_eq!(titles("issues"), ["FA-1: Build the runway", "FA-2: Fuel", "FA-3: Find the field"]);
    let of: Vec<_> = source["issues"].as_array().expect("issues").iter().map(|it| &it["milestone"]).collect();
    let ids: Vec<_> =
        source["milestones"].as_array().expect("milestones").iter().map(|it| &it["id"]).collect();
    assert_eq!(of, [ids[0], ids[0], ids[1]]);
}

/// What a document comes to, and what was told of it, but for its not being given back.
fn read(document_text: &str) -> (Value, Vec<String>) {
    let imported = import(document_text, None).unwrap_or_else(|report| panic!("{report:?}"));
    let value = serde_json::from_str(&imported.source).expect("JSON");
    (value, told(imported.report, document_text))
}

/// The findings as `line message`, but for that of a document that is not given back.
fn told(report: Report, document_text: &str) -> Vec<String> {
    let line = |finding: &Diagnostic| match &finding.place.at {
        crate::report::At::Bytes(range) => 1 + document_text[..range.start].matches('\n').count(),
        _ => 0,
    };
    let findings = report.sorted();
    let findings = findings.iter().filter(|finding| finding.code != Code::ImportInexact);
    findings.map(|finding| format!("{} {}", line(finding), finding.message)).collect()
}

/// SUMMARY.md of a source.
fn built(source: &Value) -> Option<String> {
    let mut report = Report::default();
    let roadmap = roadmap(&Arc::from(SOURCE), &source.to_string(), &mut report)?;
    summary(roadmap, Engine::new(Vec::new()).expect("our own templates")).0
}

#[test]
fn headings_with_lists_of_boxes_are_milestones_with_issues() {
    let (source, told) = read(
        "# Website relaunch\n\nWe move the site.\nRepository: [acme/site](https://github.com/acme/site)\n\n\
         ## M1: Foundation\n\nDue: 2026-12-18\n**Owner:** mara\n\n- [x] Set up CI\n- [ ] Style guide (`type:docs`, `p:1`)\n  More.\n\n  - sub\n\n\
         ## M2: Launch\n\n**Goal:** People *use* it.\n\n* [ ] **WEB-003** Announce it\n* [ ] [#12](https://github.com/acme/site/issues/12) – Fix\n* [ ] ~~Old~~\n* ~~Fax~~ (nobody asked)\n\n\
         ## Notes\n\n- remember the milk\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(
        source,
        json!({
            "title": "Website relaunch", "description": "We move the site.", "repository": "acme/site",
            "milestones": [
                { "id": "m1-foundation", "title": "M1: Foundation", "owner": "mara", "due_on": "2026-12-18" },
                { "id": "m2-launch", "title": "M2: Launch", "goal": "People *use* it." },
            ],
            "issues": [
                { "id": "set-up-ci", "title": "Set up CI", "milestone": "m1-foundation", "state": "closed" },
                { "id": "style-guide", "title": "Style guide", "milestone": "m1-foundation", "body": "More.\n\n- sub",
                  "labels": ["type:docs", "p:1"], "state": "open" },
                { "title": "WEB-003: Announce it", "milestone": "m2-launch", "state": "open" },
                { "id": "issue-12", "title": "Fix", "milestone": "m2-launch", "state": "open" },
                { "id": "old", "title": "Old", "milestone": "m2-launch", "state": "closed", "state_reason": "not_planned" },
                { "id": "fax-nobody-asked", "title": "Fax (nobody asked)", "milestone": "m2-launch", "state": "closed" },
            ],
            "sections": [{ "title": "Notes", "body": "- remember the milk" }],
        })
    );
}

#[test]
fn columns_stand_in_any_order_and_what_has_no_place_is_told() {
    let (source, told) = read(
        "| Status | Issue | Labels | Title | Milestone | Cost | Who |\n|--|--|--|--|--|--|--|\n\
         | done | A-1 | `x:y` `x:z` | One \\| half | Alpha | 3 | @bo |\n| whenever | A-2 | – | Two | Beta | | nobody at all |\n\
         | | A-3 | – | ~~Three~~ | Beta | | |\n",
    );
    assert_eq!(
        source["issues"],
        json!([
            { "title": "A-1: One | half", "milestone": "alpha", "labels": ["x:y", "x:z"], "state": "closed", "assignees": ["bo"] },
            { "title": "A-2: Two", "milestone": "beta", "labels": [], "extra": { "assignees": "nobody at all", "status": "whenever" } },
            { "title": "A-3: Three", "milestone": "beta", "labels": [], "state": "closed" },
        ])
    );
    assert_eq!(
        source["milestones"],
        json!([{ "id": "alpha", "title": "Alpha" }, { "id": "beta", "title": "Beta" }])
    );
    let kept = ["4 `whenever` was kept in `extra.status`", "4 `nobody at all` was kept in `extra.assignees`"];
    assert_eq!(told, [&["1 `Cost` was left out"][..], &kept].concat());
}

#[test]
fn a_head_means_here_what_it_means_to_checks() {
    let (source, told) = read(
        "| No. | Milestone title | Issue count |\n|--|--|--|\n| M-1 | Walls | 1 |\n\n\
         | Issue id | Name | Label | Milestone |\n|--|--|--|--|\n| A-1 | Buy wood | type:buy | Walls |\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(source["milestones"], json!([{ "title": "M-1: Walls" }]));
    assert_eq!(
        source["issues"],
        json!([{ "title": "A-1: Buy wood", "milestone": "M-1", "labels": ["type:buy"] }])
    );
}

#[test]
fn every_separator_between_id_and_title_is_read() {
    for separator in [": ", " - ", " – ", " — ", " : "] {
        let (source, _) = read(&format!(
            "## X-M1{separator}First\n\n- [x] X-001{separator}Build it\n- X-002{separator}Test\n"
        ));
        let mut issues = source["issues"].clone();
        assert_eq!(issues[0]["title"].take(), "X-001: Build it", "{separator}");
        assert_eq!(
            (issues[0]["state"].take(), issues[1]["title"].take()),
            (json!("closed"), json!("X-002: Test"))
        );
        assert_eq!(issues[1]["milestone"], "X-M1");
        assert_eq!(source["milestones"], json!([{ "title": format!("X-M1{separator}First") }]));
    }
}

#[test]
fn lists_of_milestones_hold_their_issues_and_guides_name_them() {
    let (source, told) = read(
        "Project X\n=========\n\n## Milestones\n\n- **X-M1** – First\n  - X-001: a\n  - [x] X-002: b\n- **X-M2: Second**: about it\n  - X-003 — c\n\n\
         ## Labels\n\n| Label | Color | Description |\n|---|---|---|\n| bug | #ff0000 | Broken |\n\n\
         ## Implementation plan\n\n1. **Start** (X-M1) – do it\n2. **Then** (Milestones 1-2): more\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(source["title"], "Project X");
    assert_eq!(
        source["milestones"],
        json!([{ "title": "X-M1 – First" }, { "title": "X-M2: Second", "description": "about it" }])
    );
    let milestones: Vec<_> =
        source["issues"].as_array().expect("a list").iter().map(|issue| &issue["milestone"]).collect();
    assert_eq!(milestones, ["X-M1", "X-M1", "X-M2"]);
    assert_eq!(source["labels"], json!([{ "name": "bug", "description": "Broken", "color": "ff0000" }]));
    assert_eq!(
        source["phases"],
        json!([
            { "title": "Start", "milestones": ["X-M1"], "body": "do it" },
            { "title": "Then", "milestones": ["X-M1", "X-M2"], "body": "more" },
        ])
    );
}

#[test]
fn headings_of_issues_bear_their_bodies() {
    let (source, told) = read(
        "# Roadmap\n\n## DB-M1 — Base\n\nSome words.\n\n### DB-001: Build\n\nBody.\n\n- a list\n\n#### Done when\n\nit runs\n\n### DB-002 - Test\n\n\
         ## DB-M2: Next\n\n| ID | Task | Due | Depends on |\n|--|--|--|--|\n| DB-003 | x | 2026-12-01 | DB-001, DB-009 |\n| DB-004 | y | Q3 | |\n",
    );
    assert_eq!(told, ["23 `DB-009` was left out", "24 `Q3` was kept in `extra.due`"]);
    assert_eq!(source["milestones"][0], json!({ "title": "DB-M1 — Base", "description": "Some words." }));
    assert_eq!(
        source["issues"],
        json!([
            { "title": "DB-001: Build", "milestone": "DB-M1", "body": "Body.\n\n- a list\n\n# Done when\n\nit runs" },
            { "title": "DB-002: Test", "milestone": "DB-M1" },
            { "title": "DB-003: x", "milestone": "DB-M2", "blocked_by": ["DB-001"], "due_on": "2026-12-01" },
            { "title": "DB-004: y", "milestone": "DB-M2", "extra": { "due": "Q3" } },
        ])
    );
}

#[test]
fn numbers_that_a_document_does_not_bear_out_are_told() {
    let (_, told) = read(
        "# A\n\n## Milestones Overview\n\n| # | Title | Issues |\n|---|---|---|\n| 1 | A-M1 | 3 |\n\n**Total: 2 milestones, 1 issue**\n\n\
         ## Issues by Milestone\n\n### A-M1\n\n| Issue # | Title | Labels |\n|---|---|---|\n| A-1 | x | p:a, q |\n\n\
         ## Label Reference\n\n### P\n- `p:a` - About (2 issues)\n",
    );
    assert_eq!(
        told,
        [
            "7 the document says 3 issues for `A-M1` and lists 1",
            "9 the document says 2 milestones and lists 1",
            "17 the label `q` is used, and the label reference does not have it",
            "22 the document says 2 issues for `p:a` and lists 1",
        ]
    );
}

#[test]
fn a_source_is_filled_and_keeps_what_it_says() {
    let old = "{ \"repository\": \"a/b\",\r\n  \"milestones\": [ {\"title\":\"A-M1: One\"}],\r\n\t\"issues\": [\n{ \"title\": \"A-1: Build\", \"body\": \"B\", \"labels\": [] },\n {\"title\": \"A-2: Other\"} ] }";
    let document_text = "# A\n\n## A-M1: One\n\n**Goal:** Done.\n\n| Issue # | Title | Labels |\n|--|--|--|\n| A-1 | Build | x |\n| A-3 | New | |\n";
    let imported = import(document_text, Some(old)).expect("a source");
    assert_eq!(
        imported.source,
        old.replace("{ \"repository\"", "{ \"title\": \"A\",\r\n  \"repository\"")
            .replace("\"A-M1: One\"", "\"A-M1: One\",\"goal\":\"Done.\"")
            .replace("\"A-1: Build\", ", "\"A-1: Build\", \"milestone\": \"A-M1\", ")
    );
    let findings = imported.report.sorted();
    let contradictions: Vec<_> =
        findings.iter().filter(|finding| finding.code == Code::ImportContradiction).collect();
    let messages: Vec<_> = contradictions.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`A-3` is in the document, and not in `issues`",
            "`labels` is `[]` here, and `[\"x\"]` in the document",
            "`A-2: Other` is not in the document",
        ]
    );
    assert!(
        contradictions.iter().all(|finding| finding.related.len() == 1),
        "both places: {contradictions:?}"
    );
}

#[test]
fn filling_twice_changes_nothing_more() {
    let document_text = include_str!("../../tests/fixtures/seed/SUMMARY.expected.md");
    let first = import(document_text, None).expect("a source");
    let second = import(document_text, Some(&first.source)).expect("a source");
    assert!(first.is_exact && second.is_exact && second.report.is_empty());
    assert_eq!(first.source, second.source);
}

#[test]
fn line_ends_and_a_byte_order_mark_are_no_part_of_what_is_said() {
    let unix = include_str!("../../tests/fixtures/seed/SUMMARY.expected.md").replace("\r\n", "\n");
    let plain = import(&unix, None).expect("a source");
    let windows = import(&unix.replace('\n', "\r\n"), None).expect("a source");
    assert!(windows.is_exact);
    assert_eq!(windows.source, plain.source);
    let marked = import(&format!("\u{feff}{unix}"), None).expect("a source");
    assert!(!marked.is_exact, "a mark is a byte that building does not write");
    let (mut a, b): (Value, Value) = (
        serde_json::from_str(&plain.source).expect("JSON"),
        serde_json::from_str(&marked.source).expect("JSON"),
    );
    a.as_object_mut().expect("an object").remove("summary");
    assert_eq!(a, b);
}

#[test]
fn what_holds_no_roadmap_is_refused() {
    for nothing in
        ["", "\u{feff}", "hello\n", "\0\0\0", "# Title\n\ntext\n", "| a | b |\n|--|--|\n| 1 | 2 |\n"]
    {
        assert!(import(nothing, None).is_err(), "{nothing:?}");
    }
    let faulty =
        import("## A-M1: x\n\n- [ ] A-1: y\n", Some("{ \"milestones\": 3 }")).expect_err("a bad source");
    assert!(faulty.iter().any(|finding| finding.code == Code::WrongType));
}

/// Words as people write them, with marks that Markdown would read.
fn words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9é*_`<>&|#\\\\\\[\\]~!.():–'\"-]{1,8}( [a-zA-Z0-9é*_`<>&|#~!.(:)–'-]{1,8}){0,3}"
        .prop_filter("white space alone", |text| !text.trim().is_empty())
}

/// Blocks of Markdown.
fn blocks() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => words(),
        1 => Just("- a list\n- [x] A-001: of things".to_owned()),
        1 => Just("1. one\n2. two".to_owned()),
        1 => Just("### A heading\n\ntext".to_owned()),
        1 => Just("```sh\n# no heading\n```".to_owned()),
        1 => Just("| Issue | Title |\n|---|---|\n| A-001 | x |".to_owned()),
        1 => Just("note[^1]\n\n[^1]: the note".to_owned()),
        1 => Just("> quoted\n\n---".to_owned()),
    ];
    prop::collection::vec(line, 1..4).prop_map(|lines| lines.join("\n\n"))
}

prop_compose! {
    /// A roadmap with something of everything that SUMMARY.md shows.
    fn roadmaps()(
        title in words(),
        milestones in prop::collection::vec((words(), prop::option::of(words()), prop::option::of(words()), any::<bool>()), 0..4),
        issues in prop::collection::vec((words(), 0..5_usize, prop::collection::vec(0..6_usize, 0..3), any::<bool>()), 1..8),
        labels in prop::option::of(prop::collection::vec(prop::option::of(words()), 6)),
        counts in any::<bool>(),
        phases in prop::collection::vec((words(), prop::collection::btree_set(0..4_usize, 0..3), prop::option::of(blocks())), 0..3),
        sections in prop::collection::vec((words(), prop::option::of(blocks())), 0..3),
    ) -> Value {
        let name = |label: usize| format!("{}{label}", ["area:a", "kind:b", "plain"][label % 3]);
        let count = milestones.len();
        let titled = |place: usize, title: &str, is_bare: bool| match is_bare {
            true => format!("Stage {place} {title}"),
            false => format!("T-ML{place} – {title}"),
        };
        let titles: Vec<_> = milestones.iter().enumerate().map(|(place, (title, _, _, bare))| titled(place, title, *bare)).collect();
        let milestone_id = |place: usize| match id_in_title(&titles[place]) {
            Some(id) => id.to_owned(),
            None => made_id(&titles[place]).to_string(),
        };
        let milestones: Vec<_> = milestones.iter().zip(&titles).map(|((_, description, goal, _), title)| {
            json!({ "title": title, "description": description, "goal": goal })
        }).collect();
        let issues: Vec<_> = issues.into_iter().enumerate().map(|(place, (title, milestone, labels, is_bare))| {
            let labels: std::collections::BTreeSet<_> = labels.into_iter().map(name).collect();
            let title = if is_bare { title } else { format!("T-{place:03}: {title}") };
            let mut issue = json!({ "title": title, "labels": labels });
            if is_bare { issue["id"] = format!("odd.{place}").into(); }
            if milestone < count { issue["milestone"] = milestone_id(milestone).into(); }
            issue
        }).collect();
        let mut source = json!({ "title": title, "milestones": milestones, "issues": issues });
        if let Some(labels) = labels {
            source["labels"] = labels.into_iter().enumerate().map(|(place, description)| json!({ "name": name(place), "description": description })).collect();
            source["label_groups"] = json!([{ "prefix": "kind", "title": "Kinds", "counts": counts }, { "prefix": "area" }]);
        }
        source["phases"] = phases.into_iter().map(|(title, covers, body)| {
            let covers: Vec<_> = covers.into_iter().filter(|place| *place < count).map(milestone_id).collect();
            json!({ "title": title, "milestones": covers, "body": body })
        }).collect();
        source["sections"] = sections.into_iter().map(|(title, body)| json!({ "title": format!("On {title}"), "body": body })).collect();
        source["summary"] = json!({ "links": false, "marker": false });
        source
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_build_writes_is_read_back_and_built_again(source in roadmaps()) {
        let Some(first) = built(&source) else { return Ok(()) };
        let imported = import(&first, None).map_err(|report| TestCaseError::fail(format!("{report:?}\n{first}")))?;
        let again: Value = serde_json::from_str(&imported.source).expect("JSON");
        let second = imported.summary.unwrap_or_default();
        prop_assert!(imported.is_exact, "{}\n{}", crate::report::diff::unified("x", Some(&first), Some(&second), 2), again);
        prop_assert_eq!(built(&again), Some(first));
    }

    #[test]
    fn no_text_makes_it_panic(
        lines in prop::collection::vec(prop_oneof![
            3 => "[-*#>|`~\\[\\]()!:<&\\\\ \\t_0-9A-Za-zé\u{0}\r]{0,16}",
            1 => Just("# A - Milestones and Issues Summary".to_owned()),
            1 => Just("## Issues by Milestone".to_owned()),
            1 => Just("## Label Reference".to_owned()),
            1 => Just("## Implementation Guide".to_owned()),
            1 => Just("### Phase 1: x (Milestones 1-9)".to_owned()),
            1 => Just("### A-M1: x".to_owned()),
            1 => Just("| Issue # | Title | Labels | Due |\n|--|--|--|--|".to_owned()),
            1 => Just("| A-1 | x | a, `b` | 2026-01-01 |".to_owned()),
            1 => Just("  - [x] A-2 – y (`a:b`)".to_owned()),
        ], 0..30),
        end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        older in any::<bool>(),
    ) {
        let text = lines.join(end);
        let older = older.then_some(r#"{ "milestones": [{ "title": "A-M1: x" }], "issues": [{ "title": "A-1: x" }], "phases": [] }"#);
        if let Ok(imported) = import(&text, older) {
            prop_assert!(serde_json::from_str::<Value>(&imported.source).is_ok());
        }
    }
}
