//! What a milestone is described with stands on its Markdown page as GitHub shows it: in lines where it is written in lines.

use serde_json::json;

use crate::support::Project;

/// What stands between the page's navigation and its table.
#[track_caller]
fn described(text: &str) -> String {
    let milestone = json!({ "id": "M-1", "title": "Shed", "description": text, "goal": "One\nline" });
    let project =
        Project::of(&json!({ "outputs": { "site": null }, "milestones": [milestone], "issues": [] }));
    project.run(["build"]);
    let page = project.text("roadmap/milestones/m-m-1.md");
    let (_, behind) = page.split_once("# Shed\n\n").expect("a heading");
    let (above, below) = behind.split_once("| Status |").expect("a table");
    assert!(below.contains("\nOne\nline\n"), "a goal is a document: {below}");
    let above = above.split_once("\n\n").filter(|_| above.starts_with('[')).map_or(above, |(_, rest)| rest);
    above.trim_end().to_owned()
}

#[test]
fn one_line_stays_as_it_is() {
    for (text, shown) in [
        ("A *dry* place for tools", "A *dry* place for tools"),
        ("# not a heading", "\\# not a heading"),
        ("dry\n", "dry"),
        ("\n  dry \r\n", "dry"),
    ] {
        assert_eq!(described(text), shown, "{text:?}");
    }
}

#[test]
fn several_lines_break_where_they_are_written() {
    for (text, shown) in [
        ("A dry place\nfor tools", "A dry place\\\nfor tools"),
        ("A dry place\r\nfor tools\r\n", "A dry place\\\nfor tools"),
        ("Two\n\nparagraphs\nof it", "Two\n\nparagraphs\\\nof it"),
        ("Needs:\n- nails\n- [ ] boards", "Needs:\n- nails\n- [ ] boards"),
        ("# Why\nrain", "## Why\nrain"),
        ("see https://x.org\nor ask", "see https://x.org \\\nor ask"),
        ("a\n\n<div>\n\nb", "a\n\n<div>\n\nb\n\n</div>"),
        ("a <!-- roadbook:begin\nx -->", "```markdown\na <!-- roadbook:begin\nx -->\n```"),
    ] {
        assert_eq!(described(text), shown, "{text:?}");
    }
}
