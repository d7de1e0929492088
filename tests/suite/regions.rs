//! Regions of hand-written documents stay where they begin, and are not filled where no block can stand.

use crate::support::Project;

const PLAN: &str = r#"{
  "docs": ["docs"],
  "outputs": { "site": null },
  "milestones": [{ "id": "SH-M1", "title": "The shed stands" }],
  "issues": [{ "id": "SH-001", "title": "Pour the floor", "milestone": "SH-M1" }]
}"#;

fn project(document: &str) -> Project {
    Project::new([("roadmap/plan.json", PLAN), ("docs/a.md", document)])
}

#[test]
fn each_line_begins_as_the_quotes_and_items_around_it_want() {
    for (before, below, behind) in [
        ("> [!NOTE]\n> Now:\n>\n> ", "> ", "\n>\n> Ask Mara.\n"),
        ("- ", "  ", "\n- next\n"),
        ("1. one\n\n   > - ", "   >   ", "\n"),
        ("> As of today ", "> ", " at least.\n"),
        ("x[^n]\n\n[^n]: ", "    ", "\n"),
        ("---\ntitle: <!-- roadbook:begin stats -->\n---\n", "", "\n"),
    ] {
        let mark = below.trim_end();
        let begin = "<!-- roadbook:begin stats -->";
        let document = format!("{before}{begin}\n{below}<!-- roadbook:end -->{behind}");
        let project = project(&document);
        project.run(["build"]).ends_with(0);
        let filled = project.text("docs/a.md");
        let head =
            format!("{before}{begin}\n{}\n{below}| Milestones |", if mark.contains('>') { mark } else { "" });
        assert!(filled.starts_with(&head), "{filled}");
        assert!(filled.ends_with(&format!("\n{below}<!-- roadbook:end -->{behind}")), "{filled}");
        assert!(filled.contains(&format!("\n{below}| 1 | 1 |")), "{filled}");
        project.run(["check"]).ends_with(0);
        project.run(["build"]).ends_with(0);
        assert_eq!(project.text("docs/a.md"), filled);
    }
}

#[test]
fn where_no_block_can_stand_a_finding_does() {
    let markers = "<!-- roadbook:begin stats --><!-- roadbook:end -->";
    for (document, place) in [
        (format!("| a | b |\n|---|---|\n| {markers} | x |\n| y | z |\n"), "the cell of a table"),
        (format!("> | {markers} | b |\n> |---|---|\n"), "the cell of a table"),
        (format!("# Now: {markers} x\n"), "a heading"),
        (format!("Now {markers}\n===\n"), "a heading"),
    ] {
        let project = project(&document);
        let told = format!("a marker stands in {place}, where no block can stand");
        project.run(["build"]).ends_with(1).says(&told);
        assert_eq!(project.text("docs/a.md"), document);
        project.run(["check"]).ends_with(1).says("broken-region");
    }
}
