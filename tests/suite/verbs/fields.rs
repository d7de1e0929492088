//! A field of issues that is shown as it is needs no word anywhere but in the catalogue: whatever goes through fields has it.

use roadbook::internals::model::fields::{Field, ISSUE, Kind};
use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

/// A value as it is typed, as JSON has it, and as people read it.
fn sample(field: &Field) -> (&'static str, Value, &'static str) {
    match field.kind {
        Kind::Points => ("2.5", json!(2.5), "2.5 points"),
        Kind::Text => ("It rains & pours", json!("It rains & pours"), "It rains & pours"),
        kind => panic!("`{}` is shown as it is and {kind:?}: say how a value of it looks", field.key),
    }
}

/// A project with an issue to which `add` gave the field.
fn project(field: &Field, typed: &str) -> Project {
    let source = json!({
        "summary": { "columns": ["id", "title", field.key] }, "milestones": [{ "id": "A-M1", "title": "All" }], "issues": []
    });
    let project = Project::whole(&source.to_string());
    let flag = format!("--{}", field.flag.expect("`add` takes it").long);
    let added = project.run(["add", "issue", "A-1: Ask", "--milestone", "A-M1", &flag, typed]);
    assert_eq!(added.code, 0, "{}", added.err);
    project
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn it_is_written_and_shown_wherever_fields_are() {
    let plain: Vec<_> = ISSUE.iter().filter(|field| field.is_plain()).collect();
    assert!(!plain.is_empty());
    for field in plain {
        let (typed, value, words) = sample(field);
        let project = project(field, typed);
        assert_eq!(json(&project.text(SOURCE))["issues"][0][field.key], value);
        let shown = json(&project.run("show A-1 --format json").out);
        assert_eq!(shown["items"][0][field.key], value);
        let card = project.run("show A-1").out;
        assert!(card.contains(&format!("  {:<13}  {words}\n", field.name)), "{card}");
        let table = project.run("report --format csv").out;
        let rows: Vec<Vec<_>> = table.lines().map(|line| line.split(',').collect()).collect();
        let column = rows[0].iter().position(|head| *head == field.key).expect("a column");
        assert_eq!(rows[2][column], typed, "{table}");
        assert_eq!(project.run("build").code, 0);
        let escaped = words.replace('&', "&amp;");
        let page = project.text("site/issues/i-a-1.html");
        assert!(page.contains(&format!("<dt>{}</dt><dd>{escaped}</dd>", field.title)), "{page}");
        let summary = project.text("roadmap/SUMMARY.md");
        assert!(summary.contains(&format!("| Title | {} |", field.title)), "{summary}");
        assert!(summary.contains(&format!("| Ask | {words} |")), "{summary}");
        assert!(project.text("roadmap/milestones/m-a-m1.md").contains(&format!(" · {words}")));
    }
}

#[test]
fn it_is_read_from_the_tables_of_others() {
    for field in ISSUE.iter().filter(|field| field.is_plain()) {
        let (typed, value, _) = sample(field);
        let project = Project::whole("{}");
        project.write(
            "plan.csv",
            format!("Title,Labels,{}\nAsk,x,{typed}\n", field.heads[0].split(", ").next().expect("a name")),
        );
        let source = project.run("import plan.csv --out -");
        assert_eq!(json(&source.out)["issues"][0][field.key], value, "{}", source.err);
    }
}
