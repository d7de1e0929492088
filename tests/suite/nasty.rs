//! Hostile and unlucky texts: each builds to what reads exactly as it was written, or is refused in clear words.
//!
//! The fixture holds those that build. What is read out of the documents is read by comrak, as GitHub reads them.

use std::collections::{BTreeMap, BTreeSet};

use comrak::{
    Arena,
    nodes::{Node, NodeValue},
};
use serde_json::{Value, json};

use crate::{
    links::{self, gfm, words},
    support::{Project, SOURCE, same_tree},
};

fn nasty() -> (Project, Value) {
    let project = Project::with_source("nasty/plan.json");
    let source = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    (project, source)
}

/// The words that a reader is to see: white space folds, and what a screen cannot show is left out.
fn seen(text: &str) -> String {
    let blank =
        |c: char| c.is_ascii_whitespace() || matches!(c, '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let words: Vec<String> = text
        .split(blank)
        .map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Looks at every node of a Markdown text.
fn each(text: &str, mut look: impl for<'a> FnMut(Node<'a>)) {
    let arena = Arena::new();
    comrak::parse_document(&arena, text, &gfm()).descendants().for_each(&mut look);
}

fn generated(project: &Project) -> BTreeMap<String, String> {
    let texts = project.tree().into_iter().filter(|(path, _)| path.ends_with(".md"));
    texts.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

#[test]
fn it_builds_the_same_twice_and_tells_what_is_wrong_without_obeying_it() {
    let (project, _) = nasty();
    let build = project.run(["build"]).ends_with(1).says("7 written");
    let tree = project.tree();
    project.run(["build"]).ends_with(1).says("0 written, 7 unchanged");
    same_tree(&tree, &project.tree());
    let check = project.run(["check", "-v"]);
    for text in [&build.err, &check.err, &project.run(["check", "-v", "--color", "always"]).err] {
        let plain = text.replace("\u{1b}[", "");
        let hostile = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(plain.chars().find(|c| hostile(*c)), None, "a terminal obeys nothing of it");
    }
    for format in ["json", "github", "sarif"] {
        let run = project.run(["check", "--format", format]);
        let hostile = |c: char| c.is_control() && c != '\n';
        assert_eq!(run.ends_with(1).out.chars().find(|c| hostile(*c)), None, "{format}");
    }
    same_tree(&tree, &project.tree());
}

#[test]
fn links_and_anchors_hold() {
    let (project, _) = nasty();
    project.run(["build"]);
    let theirs = ["//evil", "\\\\evil", "\\evil", "#main"];
    let followed = links::hold_but(&project, &theirs);
    assert!(followed > 500, "{followed}");
}

#[test]
fn every_title_reads_as_it_was_written() {
    let (project, source) = nasty();
    project.run(["build"]);
    let (mut headings, mut cells) = (BTreeSet::new(), BTreeSet::new());
    for text in generated(&project).values() {
        each(text, |node| match &node.data().value {
            NodeValue::Heading(_) => drop(headings.insert(words(node))),
            NodeValue::TableCell => drop(cells.insert(words(node))),
            _ => {}
        });
    }
    let texts = |list: &str, key: &str| -> Vec<(String, String)> {
        let items = source[list].as_array().expect("a list").iter();
        items
            .map(|item| {
                (
                    item["id"].as_str().unwrap_or_default().to_owned(),
                    seen(item[key].as_str().expect("a text")),
                )
            })
            .collect()
    };
    for (id, title) in texts("issues", "title") {
        assert!(cells.contains(&title), "{id}: no cell shows `{title}`");
        let heading = format!("{id}: {title}");
        assert!(headings.contains(heading.trim_end_matches(' ')), "{id}: no heading shows `{heading}`");
    }
    for (id, title) in texts("milestones", "title") {
        assert!(cells.contains(&title) && headings.contains(&title), "{id}: {title}");
    }
    for (_, name) in texts("labels", "name") {
        assert!(cells.contains(&name), "no cell shows the label `{name}`");
    }
    for (_, title) in texts("phases", "title") {
        assert!(headings.iter().any(|heading| heading.starts_with(&format!("Phase 1: {title}"))), "{title}");
    }
}

#[test]
fn every_table_has_as_many_cells_in_each_row() {
    let (project, _) = nasty();
    project.run(["build"]);
    let mut rows = 0;
    for (path, text) in generated(&project) {
        let lines: Vec<_> = text.lines().collect();
        for (n, line) in lines.iter().enumerate() {
            let is_ours = ["| # |", "| Issue", "| Label |", "| Milestone", "| Status |"];
            if !line.starts_with("|--") || !is_ours.iter().any(|head| lines[n - 1].starts_with(head)) {
                continue;
            }
            let wanted = bars(lines[n - 1]);
            for row in lines[n..].iter().take_while(|line| line.starts_with('|')) {
                assert_eq!(bars(row), wanted, "{path}: {row}");
                rows += 1;
            }
        }
        // None of them is more or less than a table to a reader.
        each(&text, |node| {
            if let NodeValue::TableRow(_) = &node.data().value {
                let first = node.parent().and_then(|table| table.first_child()).expect("a head");
                assert_eq!(node.children().count(), first.children().count(), "{path}: {}", words(node));
            }
        });
    }
    assert!(rows >= 300, "{rows}");
}

/// How many bars of a line end a cell: a backslash before one makes it a letter.
fn bars(line: &str) -> usize {
    let (mut bars, mut is_escaped) = (0, false);
    for c in line.chars() {
        bars += usize::from(c == '|' && !is_escaped);
        is_escaped = c == '\\' && !is_escaped;
    }
    bars
}

#[test]
fn no_text_becomes_markup_of_ours() {
    let (project, source) = nasty();
    project.run(["build"]);
    let bodies: Vec<_> = source["issues"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|issue| issue["body"].as_str())
        .collect();
    for (path, text) in generated(&project) {
        let is_page = |node: &NodeValue| {
            // The summary holds bodies too, those of sections: as blocks.
            path.contains("milestones/")
                || path.ends_with("SUMMARY.md") && matches!(node, NodeValue::HtmlBlock(_))
        };
        each(&text, |node| match &node.data().value {
            value @ (NodeValue::HtmlInline(html)
            | NodeValue::HtmlBlock(comrak::nodes::NodeHtmlBlock { literal: html, .. })) => {
                let is_page = is_page(value);
                let html = html.trim();
                assert!(!html.to_lowercase().contains("<script"), "{path}: {html}");
                let is_ours = ["<!-- -->", "<span>", "</span>", "<code>", "</code>", "</a>"].contains(&html)
                    || html.starts_with("<a id=\"")
                    || html.starts_with("<!-- Generated by roadbook from ");
                // What a body leaves open is closed behind it.
                let is_closing =
                    is_page && html.lines().all(|tag| tag.starts_with("</") && tag.ends_with('>'));
                let is_theirs = is_closing || is_page && bodies.iter().any(|body| body.contains(html));
                assert!(is_ours || is_theirs || !is_page && is_bodyless_comment(html), "{path}: {html}");
            }
            // That is the link of a title, which is no link.
            NodeValue::Link(link) => assert_ne!(link.url, "javascript:1", "{path}"),
            _ => {}
        });
    }
}

/// Whether it is a comment: nobody sees it.
fn is_bodyless_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.ends_with("-->")
}

#[test]
fn an_unclosed_body_ends_where_the_next_issue_begins() {
    // The order of the headings is that of the issues: none is swallowed, none added by a body at their level.
    let (project, source) = nasty();
    project.run(["build"]);
    let issues = source["issues"].as_array().expect("a list");
    for milestone in source["milestones"].as_array().expect("a list") {
        let id = milestone["id"].as_str().expect("an id");
        let page = project.text(&format!("roadmap/milestones/m-{}.md", id.to_ascii_lowercase()));
        let mut found = Vec::new();
        each(&page, |node| {
            if let NodeValue::Heading(heading) = &node.data().value
                && heading.level <= 3
            {
                found.push(words(node));
            }
        });
        let theirs = issues.iter().filter(|issue| issue["milestone"] == id);
        let theirs = theirs.map(|issue| {
            seen(&format!(
                "{}: {}",
                issue["id"].as_str().expect("an id"),
                issue["title"].as_str().expect("a title")
            ))
        });
        let theirs: Vec<_> = theirs.collect();
        if theirs.is_empty() {
            continue;
        }
        let begin = found.iter().position(|heading| heading == "Issues").expect("the issues begin");
        assert_eq!(found[begin + 1..], theirs[..], "{id}");
    }
}

/// Holds a source to being refused with this code, and to writing nothing.
#[track_caller]
fn refused(source: &Value, code: &str) {
    let project = Project::of(source);
    let before = project.tree();
    let build = project.run(["build"]).ends_with(3).says(&format!("error[{code}]"));
    assert!(build.err.len() < 100_000, "{}", build.err.len());
    same_tree(&before, &project.tree());
}

#[test]
fn ids_that_could_be_a_path_an_option_or_two_things_are_refused() {
    let long = "x".repeat(300);
    let bad = [
        "../../etc/passwd",
        "..\\..\\x",
        "/abs",
        "C:\\x",
        "\\\\srv\\x",
        "COM¹",
        ".git",
        ".",
        "..",
        "-rf",
        "%2e%2e%2f",
        "a%00b",
        "a?b#c",
        "ß",
        "İ",
        "__proto__",
        "",
        " ",
        "a b",
        "a\nb",
        "a\u{0}b",
        "é",
        &long,
        "<x>",
        "a|b",
        "~1",
        "\u{202e}x",
    ];
    for id in bad {
        refused(&json!({ "issues": [{ "id": id, "title": "x" }] }), "bad-id");
        refused(&json!({ "milestones": [{ "id": id, "title": "x" }] }), "bad-id");
    }
    for (one, other) in [("Alpha", "alpha"), ("A-1", "a-1"), ("i", "I")] {
        refused(
            &json!({ "issues": [{ "id": one, "title": "x" }, { "id": other, "title": "y" }] }),
            "duplicate-id",
        );
    }
    let todo: Vec<_> = (0..1_000).map(|_| json!({ "title": "TODO" })).collect();
    refused(&json!({ "issues": todo }), "duplicate-id");
}

#[test]
fn ids_that_are_names_elsewhere_are_names_here() {
    let names = [
        "index",
        "404",
        "assets",
        "search",
        "constructor",
        "con",
        "NUL",
        "com1",
        "lpt9.txt",
        "aux.",
        "x..y",
        "a--b",
        "0",
    ];
    let milestones: Vec<_> = names.iter().map(|id| json!({ "id": id, "title": format!("M {id}") })).collect();
    let issues: Vec<_> =
        names.iter().map(|id| json!({ "id": id, "title": format!("I {id}"), "milestone": id })).collect();
    let project = Project::of(&json!({ "milestones": milestones, "issues": issues })).built();
    for path in project.tree().keys().filter(|path| path.contains("milestones/")) {
        let name = path.rsplit('/').next().expect("a name");
        assert!(
            name.starts_with("m-")
                && name.ends_with(".md")
                && name.is_ascii()
                && *name == name.to_lowercase(),
            "{name}"
        );
    }
    assert!(links::hold(&project) > 60);
    project.run(["check"]).ends_with(0);
}

#[test]
fn references_to_nothing_are_refused() {
    for (key, value, code) in [
        ("milestone", json!("nowhere"), "unknown-milestone"),
        ("parent", json!("A-9"), "unknown-parent"),
        ("blocked_by", json!(["A-9"]), "unknown-blocker"),
    ] {
        refused(&json!({ "issues": [{ "id": "A-1", "title": "x", key: value }] }), code);
    }
    refused(
        &json!({ "labels": [], "issues": [{ "id": "A-1", "title": "x", "labels": ["a"] }] }),
        "unknown-label",
    );
}

#[test]
fn great_graphs_overflow_nothing() {
    // Frames of a debug build are several times as large as those that people run.
    let is_full = std::env::var_os("ROADBOOK_FULL").is_some();
    let (long, wide) = if is_full { (10_000, 5_001) } else { (2_500, 1_501) };
    let one = |n: usize, blockers: Vec<usize>| {
        let blockers: Vec<_> = blockers.iter().map(|n| format!("G-{n}")).collect();
        json!({ "id": format!("G-{n}"), "title": format!("Step {n}"), "milestone": "G-M1", "blocked_by": blockers })
    };
    let of = |issues: Vec<Value>| {
        json!({
            "milestones": [{ "id": "G-M1", "title": "All" }], "issues": issues, "outputs": { "milestones": null, "labels": null }
        })
    };
    let chain = of((0..long).map(|n| one(n, if n > 0 { vec![n - 1] } else { vec![] })).collect());
    Project::of(&chain).run(["build"]).ends_with(0);
    let cycle = of((0..1_000).map(|n| one(n, vec![(n + 999) % 1_000])).collect());
    let told = Project::of(&cycle)
        .run(["build"])
        .ends_with(1)
        .says("error[dependency-cycle]")
        .says("1000 items wait for each other");
    assert!(told.err.len() < 20_000, "{}", told.err.len());
    let hub =
        of((0..wide).map(|n| one(n, if n > 0 { vec![0] } else { (1..60).map(|_| 0).collect() })).collect());
    let told = Project::of(&hub).run(["build"]).ends_with(1);
    assert!(told.err.len() < 200_000, "{}", told.err.len());
}

#[test]
fn great_texts_are_told_and_shown() {
    let long = "Wort ".repeat(20_000);
    let unbroken = "x".repeat(100_000);
    let deep = (0..1_000).map(|n| format!("{}- {n}\n", "  ".repeat(n))).collect::<String>();
    let wide = format!("|{}\n|{}\n|{}\n", "a|".repeat(3_000), "-|".repeat(3_000), "b|".repeat(3_000));
    let stars = "*a ".repeat(17_000);
    let project = Project::of(&json!({
        "milestones": [{ "id": "A-M1", "title": "x" }],
        "issues": [
            { "id": "A-1", "title": long, "milestone": "A-M1", "body": deep },
            { "id": "A-2", "title": unbroken, "milestone": "A-M1", "body": wide },
            { "id": "A-3", "title": "Behind", "milestone": "A-M1", "body": stars },
            { "id": "A-4", "title": "Last", "milestone": "A-M1" },
        ],
    }));
    let build = project.run(["build"]).ends_with(1).says("error[title-length]");
    assert!(build.err.len() < 40_000, "{}", build.err.len());
    project.run(["build"]).says("0 written");
    let summary = project.text("roadmap/SUMMARY.md");
    assert!(summary.contains(&unbroken) && summary.contains("Last"));
    let pages: String = generated(&project)
        .into_iter()
        .filter(|(path, _)| path.contains("m-a-m1"))
        .map(|(_, text)| text)
        .collect();
    let mut headings = Vec::new();
    each(&pages, |node| {
        if matches!(node.data().value, NodeValue::Heading(_)) {
            headings.push(words(node));
        }
    });
    assert!(headings.contains(&"A-3: Behind".into()) && headings.contains(&"A-4: Last".into()));
}

#[test]
fn a_roadmap_may_be_as_small_as_it_likes() {
    for source in [
        json!({ "issues": [{ "id": "A-1", "title": "Alone" }] }),
        json!({ "milestones": [{ "id": "A-M1", "title": "Alone" }] }),
        json!({ "milestones": [{ "id": "A-M1", "title": "x" }], "issues": [{ "id": "A-1", "title": "y", "milestone": "A-M1", "state": "closed" }] }),
        json!({ "labels": [{ "name": "alone" }], "milestones": [{ "id": "A-M1", "title": "x" }] }),
    ] {
        let project = Project::of(&source).built();
        project.run(["check"]).ends_with(0);
        links::hold(&project);
        for (path, text) in generated(&project) {
            assert!(
                !text.contains("\n\n\n") && text.ends_with('\n') && !text.ends_with("\n\n"),
                "{path}:\n{text}"
            );
            assert!(!text.contains("NaN") && !text.contains(" 0%"), "{path}:\n{text}");
        }
    }
}
