//! Titles, dates and sizes that do not mean well.

use super::*;

const TITLES: [&str; 12] = [
    "<script>alert(1)</script>",
    "\\\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "]]> <!-- & &amp; &lt;b&gt;",
    "a\\u0007b\\u001b[31m\\u202ec\\u0000d",
    "\\ud83d\\udc68\\u200d\\ud83d\\udc69\\u200d\\ud83d\\udc67 family of a very long name that is cut somewhere",
    "\\u05e9\\u05dc\\u05d5\\u05dd 12 abc \\u0645\\u0631\\u062d\\u0628\\u0627",
    "\\ufffe \\uffff \\ufdd0",
    "{{7*7}} {% raw %} ${x}",
    "\\n# H\\r\\n- [ ] x",
    " ",
];

fn roadmap_of(titles: impl Iterator<Item = String>) -> (Roadmap, Facts) {
    let (mut issues, mut milestones) = (Vec::new(), Vec::new());
    for (ix, title) in titles.enumerate() {
        let before = ix.checked_sub(1);
        let waits = |prefix: &str| before.map(|before| format!(r#""{prefix}-{before}""#)).unwrap_or_default();
        milestones.push(format!(
            r#"{{ "id": "m-{ix}", "title": "{title}", "due_on": "2026-{:02}-01", "planned_due_on": "2026-01-01", "blocked_by": [{}] }}"#,
            ix % 12 + 1,
            waits("m")
        ));
        issues.push(format!(
            r#"{{ "id": "i-{ix}", "title": "{title}", "labels": ["{title} {ix}"], "milestone": "m-{ix}", "state": "closed", "closed_on": "2026-01-01", "blocked_by": [{}] }}"#,
            waits("i")
        ));
    }
    read(&format!(
        r#"{{ "title": "<b>'&\"", "as_of": "2026-06-01", "milestones": [{}], "issues": [{}] }}"#,
        milestones.join(","),
        issues.join(",")
    ))
}

#[test]
fn titles_stay_text() {
    let (roadmap, facts) = roadmap_of(TITLES.iter().map(|title| (*title).to_owned()));
    for (name, picture) in pictures(&roadmap, &facts) {
        let document = Document::parse(&picture.svg).unwrap_or_else(|error| panic!("{name}: {error}"));
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let tags = ["svg", "g", "a", "title", "text", "tspan", "rect", "path", "circle"];
            assert!(tags.contains(&node.tag_name().name()), "{name}: {}", node.tag_name().name());
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on") && attribute.name() != "style", "{name}");
                let anchors = attribute.value().starts_with("g-i-") || attribute.value().starts_with("gm-m-");
                assert!(attribute.name() != "id" || anchors, "{name}: an id can clash");
            }
        }
        let hidden =
            |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{fffe}'..));
        assert!(!picture.svg.chars().any(|c| hidden(c) && c < '\u{10000}'), "{name}");
    }
}

#[test]
fn a_title_without_end_does_not_make_a_picture_without_end() {
    let (roadmap, facts) = roadmap_of((0..3).map(|_| "x".repeat(100_000)));
    for (name, picture) in pictures(&roadmap, &facts) {
        assert!(picture.svg.len() < 30_000, "{name}: {}", picture.svg.len());
    }
}

#[test]
fn odd_days_are_drawn_all_the_same() {
    let json = r#"{ "as_of": "2026-11-22", "milestones": [
        { "id": "a", "title": "A", "start_on": "2026-12-01", "due_on": "2026-11-01" },
        { "id": "b", "title": "B", "start_on": "0001-01-01", "due_on": "9999-12-31", "blocked_by": ["b", "a"] },
        { "id": "c", "title": "C", "planned_due_on": "1900-01-01" },
        { "id": "d", "title": "D", "start_on": "9999-12-31", "blocked_by": ["e"] },
        { "id": "e", "title": "E", "blocked_by": ["d"] }
    ] }"#;
    let (roadmap, facts) = read(json);
    let graph = graph::draw(&GraphInput::of_milestones(&roadmap, &facts, &link));
    assert!(
        graph.svg.contains("Cycle: waits for itself") && graph.svg.contains("Cycle: wait for each other")
    );
    // A line of the chain, and one in the legend.
    assert_eq!((count(&graph.svg, "a", &["node"]), count(&graph.svg, "path", &["line"])), (4, 2));
    Document::parse(&graph.svg).expect("it is well-formed");
}

#[test]
fn an_empty_roadmap_has_pictures_too() {
    let (roadmap, facts) = read("{}");
    for (name, picture) in pictures(&roadmap, &facts) {
        Document::parse(&picture.svg).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(picture.facts.rows.is_empty(), "{name}");
    }
}

/// Issues in milestones of 20, each waiting for two before it.
fn many(count: usize) -> (Roadmap, Facts) {
    let milestones: Vec<_> = (0..count.div_ceil(20))
        .map(|ix| format!(r#"{{ "id": "m-{ix}", "title": "Milestone {ix}" }}"#))
        .collect();
    let issue = |ix: usize| {
        let waits: Vec<_> =
            [1, 7].iter().filter_map(|back| ix.checked_sub(*back)).map(|on| format!(r#""i-{on}""#)).collect();
        format!(
            r#"{{ "id": "i-{ix}", "title": "Issue number {ix}", "milestone": "m-{}", "due_on": "20{:02}-{:02}-{:02}", "state": "{}", "blocked_by": [{}] }}"#,
            ix / 20,
            20 + ix % 10,
            ix % 12 + 1,
            ix % 28 + 1,
            if ix.is_multiple_of(3) { "closed" } else { "open" },
            waits.join(",")
        )
    };
    let issues: Vec<_> = (0..count).map(issue).collect();
    let (milestones, issues) = (milestones.join(","), issues.join(","));
    read(&format!(r#"{{ "as_of": "2026-01-01", "milestones": [{milestones}], "issues": [{issues}] }}"#))
}

#[test]
fn two_hundred_issues_and_two_thousand_have_pictures_of_one_size() {
    for size in [200, 2_000] {
        let (roadmap, facts) = many(size);
        let picture = graph::draw(&GraphInput::of_live(&roadmap, &facts, &link));
        assert!(count(&picture.svg, "a", &["node"]) <= 2 * graph::MOST_BOXES);
        assert!(picture.svg.len() < 100_000, "{}", picture.svg.len());
        assert_eq!(picture.facts.rows.len(), facts.live().joined().len());
    }
}
