//! Guides in the older manner repeat what the JSON says: ids, titles, labels, milestones, counts, links and anchors. Nothing
//! is found while they agree; whatever is changed on one side is found on the other, at its line and column.

use crate::support::{FIXTURES, Project};

const PLAN: &str = "roadmap/milestones_and_issues.json";
const QUICK: &str = "docs/QUICK_START.md";
const LABELS: &str = "docs/LABELS_GUIDE.md";
const GUIDE: &str = "docs/IMPLEMENTATION_GUIDE.md";

fn project() -> Project {
    Project::copy_of(format!("{FIXTURES}/guides"))
}

/// What `check` finds in the guides, each as `file:line:column code`.
fn found(project: &Project) -> Vec<String> {
    let findings = project.run(["check", "--format", "json"]).json();
    let all = findings["findings"].as_array().expect("a list").iter();
    let in_guides = all.filter(|found| found["file"].as_str().is_some_and(|file| file.starts_with("docs/")));
    let told = in_guides.map(|found| {
        let text = |key: &str| found[key].as_str().expect("a text").to_owned();
        format!("{}:{}:{} {}", text("file"), found["line"], found["column"], text("code"))
    });
    told.collect()
}

/// What `check` finds in the guides once a text of one file is another, in every place where it stands.
#[track_caller]
fn planted(path: &str, old: &str, new: &str) -> Vec<String> {
    let project = project();
    let text = project.text(path);
    assert!(text.contains(old), "{path} does not hold `{old}`");
    project.write(path, text.replace(old, new));
    assert!(project.run(["build"]).code <= 1, "it builds");
    found(&project)
}

#[test]
fn guides_that_agree_are_left_alone() {
    let project = project().built();
    project.run(["check", "--deny-warnings"]).ends_with(0);
    assert_eq!(found(&project), Vec::<String>::new());
}

#[test]
fn a_change_of_the_source_is_found_wherever_a_guide_repeats_it() {
    let tuned = "DB-006: Tune the hot queries";
    let titled = "DB-006: Define and implement indexes and constraints for major tables";
    assert_eq!(
        planted(PLAN, titled, tuned),
        [format!("{GUIDE}:34:14 stale-claim"), format!("{GUIDE}:105:12 stale-claim")]
    );
    assert_eq!(
        planted(PLAN, "store → migration status", "store → backup status"),
        [
            format!("{GUIDE}:20:12 stale-claim"),
            format!("{GUIDE}:100:12 stale-claim"),
            format!("{QUICK}:81:15 stale-claim"),
        ]
    );
    assert_eq!(
        planted(
            PLAN,
            "DB-ML3 – Weaviate / vector schema and indexes",
            "DB-ML3 – Vector search in production"
        ),
        [format!("{GUIDE}:75:14 stale-claim"), format!("{QUICK}:20:49 stale-claim")]
    );
    assert_eq!(
        planted(PLAN, "\"DB-014: Align", "\"DB-114: Align"),
        [format!("{GUIDE}:78:3 unknown-id"), format!("{GUIDE}:125:3 unknown-id")]
    );
    assert_eq!(planted(PLAN, "DB-022: Create", "OPS-1: Create"), [format!("{LABELS}:18:57 unknown-id")]);
    assert_eq!(
        planted(PLAN, "\"area:lakehouse\"", "\"area:lake\""),
        [
            format!("{LABELS}:11:4 unknown-label-in-text"),
            format!("{LABELS}:20:78 unknown-label-in-text"),
            format!("{LABELS}:56:12 unknown-label-in-text"),
        ]
    );
}

#[test]
fn a_label_that_is_removed_is_found_with_the_counts_that_it_changes() {
    let project = project();
    let mut plan: serde_json::Value = serde_json::from_str(&project.text(PLAN)).expect("JSON");
    let labels = plan["labels"].as_array_mut().expect("a list");
    labels.retain(|label| label["name"] != "type:audit");
    for issue in plan["issues"].as_array_mut().expect("a list") {
        let labels = issue["labels"].as_array_mut().expect("a list").iter_mut();
        labels.filter(|label| **label == "type:audit").for_each(|label| *label = "type:docs".into());
    }
    project.write(PLAN, plan.to_string());
    assert_eq!(
        found(&project.built()),
        [
            format!("{GUIDE}:101:77 stale-claim"),
            format!("{GUIDE}:101:89 unknown-label-in-text"),
            format!("{LABELS}:24:38 stale-claim"),
            format!("{LABELS}:25:4 unknown-label-in-text"),
            format!("{LABELS}:30:33 unknown-label-in-text"),
        ]
    );
}

#[test]
fn an_issue_that_moves_to_another_milestone_is_found_where_guides_still_list_it() {
    let project = project().built();
    project.run(["move", "DB-007", "DB-ML2"]).ends_with(0);
    project.run(["build"]).ends_with(0);
    assert_eq!(
        found(&project),
        [
            format!("{GUIDE}:35:6 stale-claim"),
            format!("{GUIDE}:92:42 stale-claim"),
            format!("{GUIDE}:106:68 stale-claim"),
            format!("{GUIDE}:115:12 stale-claim"),
            format!("{QUICK}:18:90 stale-claim"),
            format!("{QUICK}:19:98 stale-claim"),
        ]
    );
}

#[test]
fn a_fault_of_a_guide_is_found_at_its_line_and_column() {
    for (path, old, new, finding) in [
        (GUIDE, "#phase-3-parallel-tracks", "#phase-3-tracks", "7:1 dead-anchor"),
        (QUICK, "m-db-ml1.md#i-db-004 ", "m-db-ml0.md#i-db-004 ", "98:11 dead-anchor"),
        (QUICK, "m-db-ml2.md#i-db-009\">", "m-db-ml3.md#i-db-009\">", "99:10 dead-anchor"),
        (QUICK, "milestones/m-db-ml4.md", "milestones/m-db-ml7.md", "21:3 dead-link"),
        (QUICK, "DB-005 tells", "DB-055 tells", "47:47 unknown-id"),
        (GUIDE, "DB-013 through DB-016", "DB-013 through DB-026", "64:54 unknown-id"),
        (GUIDE, "6 milestones and 22", "6 milestones and 21", "3:62 stale-claim"),
        (LABELS, "next milestone | 14", "next milestone | 13", "37:53 stale-claim"),
        (LABELS, "Never both: area:db", "Never both: area:bd", "20:66 unknown-label-in-text"),
    ] {
        assert_eq!(planted(path, old, new), [format!("{path}:{finding}")], "{new}");
    }
    let twice = ["24:24", "108:14"].map(|at| format!("{QUICK}:{at} dead-link"));
    assert_eq!(planted(QUICK, "[summary]: ../roadmap/SUMMARY.md", "[summary]: ../roadmap/SUMARY.md"), twice);
}

#[test]
fn what_a_guide_allows_is_allowed_there_and_nowhere_else() {
    let allow =
        "<!-- roadbook:allow unknown-label-in-text it was retired in May, and old issues still bear it -->";
    assert_eq!(planted(LABELS, allow, ""), [format!("{LABELS}:83:25 unknown-label-in-text")]);
    assert_eq!(
        planted(LABELS, allow, "<!-- roadbook:allow unknown-label-in-text -->"),
        [format!("{LABELS}:82:1 unexplained-rule")]
    );
    assert_eq!(planted(LABELS, "`area:etl`", "`area:db`"), [format!("{LABELS}:82:1 unused-allow")]);
    assert_eq!(
        planted(LABELS, "allow unknown-label-in-text", "allow unknown-lable"),
        [format!("{LABELS}:82:1 unknown-rule"), format!("{LABELS}:83:25 unknown-label-in-text")]
    );
}

#[test]
fn faulty_markers_are_told_with_their_places_and_nothing_is_written() {
    let (begin, end) = ("<!-- roadbook:begin stats -->", "<!-- roadbook:end -->");
    for (text, findings) in [
        (format!("# A\n\n{begin}\n"), vec!["3:1 broken-region"]),
        (format!("# A\n\ntext\n\n{end}\n"), vec!["5:1 broken-region"]),
        (
            format!("{begin}\n<!-- roadbook:begin overview -->\n{end}\n{end}\n"),
            vec!["2:1 broken-region", "4:1 broken-region"],
        ),
        (format!("{begin}\n{end}\n\n{begin}\n{end}\n"), vec!["4:1 broken-region"]),
        (format!("- a\n\n  <!-- roadbook:begin stat -->\n  {end}\n"), vec!["3:3 unknown-region"]),
        (format!("<!-- roadbook:begin labels team -->\n{end}\n"), vec!["1:1 unknown-region"]),
        (format!("<!-- roadbook:begin milestone DB-ML9 -->\n{end}\n"), vec!["1:1 unknown-region"]),
        (format!("`{begin}`\n\n```\n{begin}\n```\n"), vec![]),
    ] {
        let project = project();
        let text = text.replace('\n', "\r\n");
        project.write("docs/a.md", &text);
        project.run(["build"]);
        let told: Vec<_> = findings.iter().map(|finding| format!("docs/a.md:{finding}")).collect();
        assert_eq!(found(&project), told, "{text}");
        assert_eq!(project.text("docs/a.md"), text);
    }
}

#[test]
fn a_region_is_filled_and_every_other_byte_is_as_it_was() {
    let project = project();
    let before = project.text(GUIDE);
    let project = project.built();
    let after = project.text(GUIDE);
    let (head, rest) = after.split_once("<!-- roadbook:begin stats -->").expect("the marker");
    let (region, tail) = rest.split_once("<!-- roadbook:end -->").expect("the marker");
    assert_eq!(format!("{head}<!-- roadbook:begin stats -->\r\n<!-- roadbook:end -->{tail}"), before);
    assert!(region.contains("| 6 | 22 |"), "{region}");
    assert!(
        region.lines().count() > 3 && region.split('\n').all(|line| line.is_empty() || line.ends_with('\r'))
    );
    for untouched in [QUICK, LABELS] {
        assert_eq!(project.bytes(untouched), self::project().bytes(untouched), "{untouched}");
    }
}

#[test]
fn what_only_looks_like_a_repetition_is_left_alone() {
    let project = project();
    project.write(
        "docs/notes.md",
        "# Notes on DB-ML1 and DB-ML2

## DB-ML1 – Postgres

- DB-003 must be done before
- DB-004
- DB-009 waits for it

## DB-ML1: what it waits for

1. DB-001: Ask Mara
2. DB-002: Wait for the audit
3. DB-003: List of gaps

## Titles in other words

- DB-004: Complete nc.* DDL
- DB-004: Complete nc.* physical DDL for documents
- DB-004: Complete nc.* physical DDL for users
- DB-007: Partition the large tables
- DB-008 - it runs in every pull request
- DB-022 – done?

| Issue | Title | Notes | Owner |
|---|---|---|---|
| DB-001 | Build entity → store → migration status matrix | Ask Mara | mara |
| DB-002 | Complete implementation status audit for all entities | Two weeks | devon |
| DB-003 | Create gap list and mismatch documentation (see below) | Short | ines |

| Issue | Blocked until |
|---|---|
| DB-009 | DB-ML1 |
| DB-010 | DB-ML1 |
| DB-017 | DB-ML3 |

| Milestone | Issues |
|---|---|
| DB-ML0 | 101 |
| DB-ML1 | 102 |

| Milestone | Issues open |
|---|---|
| DB-ML0 | 0 |
| DB-ML1 | 3 |

- DB-ML1 (2 of 5 issues done)
- DB-ML1 (late)
- DB-ML2 (after DB-004 and DB-005)
- DB-ML2 (DB-004 and DB-005)
- `area:db` (3 open issues), `area:dr` (see DB-020)
- 2 milestones and 8 issues are left, at 10:30, priority: high, type:3, ftp://type:docs@x.org/area:x

DB-004 (see DB-ML2), DB-ML1 [DB-009], DB-007 (DB-ML1 or later).
",
    );
    let project = project.built();
    assert_eq!(found(&project), Vec::<String>::new());
}
