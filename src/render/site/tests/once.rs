//! What many pages show alike is made by one component, the user's where there is one.

use super::{own, renderer_with, site, wide};
use crate::{
    render::{BUILT_IN, Override, Page, PageKind, Renderer, SitePage},
    report::Code,
};

/// A renderer whose components are ours but for this change.
fn with_parts(source: &serde_json::Value, from: &str, to: &str) -> Renderer {
    let (name, ours) = BUILT_IN.iter().find(|(name, _)| *name == "site/parts.html").expect("it is built in");
    assert!(ours.contains(from), "{from}");
    let file = "roadmap/templates/site/parts.html".into();
    renderer_with(source, vec![Override { name: (*name).into(), file, text: ours.replace(from, to) }])
}

#[test]
fn the_users_own_row_stands_on_every_list() {
    let begin = "{% component row(of) %}<li>";
    let site = site(&with_parts(&wide(), begin, &begin.replace("<li>", "<li class=\"own\">")));
    for page in ["unplanned", "labels/l-area-x", "labels/l-y", "milestones/m-big"] {
        let html = &site[&format!("site/{page}.html")];
        let rows = html.matches("<li class=\"own\"><span class=\"st ").count();
        let links = html.matches("<span class=\"id\">W-").count();
        assert!(rows > 0 && rows <= links, "{page}: {rows} of {links}");
    }
    let from_folder = &site["site/labels/l-y.html"];
    assert!(from_folder.contains("href=\"../issues/i-w-1.html\""));
    assert!(site["site/unplanned.html"].contains("href=\"issues/i-w-50.html\""));
}

#[test]
fn the_way_up_and_the_source_stand_on_every_page() {
    let begin = "{% component trail(of) %}<nav class=\"crumbs\"";
    let site = site(&with_parts(&own(), begin, &begin.replace("<nav", "<nav data-own")));
    for (path, html) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let trails = html.matches("<nav data-own class=\"crumbs\"").count();
        assert_eq!(trails, usize::from(path != "site/index.html"), "{path}");
        assert_eq!(html.matches(">Made by Roadbook from ").count(), 1, "{path}");
    }
    let (issue, from_root) = (&site["site/issues/i-db-001.html"], &site["site/board.html"]);
    assert!(issue.contains("<li><a href=\"../index.html\"><bdi>Overview</bdi></a></li>\n<li><a href=\"../milestones/m-db-ml0.html\">"));
    assert!(from_root.contains("<li><a href=\"index.html\"><bdi>Overview</bdi></a></li>\n</ol>"));
}

#[test]
fn the_page_that_a_reader_is_on_is_marked_in_its_own_navigation_alone() {
    for (path, html) in site(&with_parts(&own(), "Skip to content", "Skip")) {
        if path.ends_with(".html") {
            assert!(html.contains(">Skip</a>"), "{path}");
            let marks = html.matches(" aria-current=\"page\">").count();
            assert!(marks <= 2 && (marks == 0 || !path["site/".len()..].contains('/')), "{path}: {marks}");
        }
    }
}

#[test]
fn a_component_that_fails_is_told_with_the_users_file() {
    for (from, to) in [("{{ of.name }}", "{{ of.nothing.here }}"), ("component row", "component line")] {
        let renderer = with_parts(&wide(), from, to);
        let is_label = |page: &Page| matches!(page.kind, PageKind::Site(SitePage::Label(..)));
        let label = renderer.pages().into_iter().find(is_label).expect("there is a label");
        let found = renderer.bytes(&label, &mut Vec::new()).expect_err("it fails");
        assert_eq!(
            (found.code, &*found.place.file),
            (Code::BrokenTemplate, "roadmap/templates/site/parts.html")
        );
    }
}

/// Texts that could leave a page with a character that no page may hold, by each way that a text takes.
#[test]
fn no_text_brings_a_forbidden_character_onto_a_page() {
    let bad = "a\u{7}\u{202e}b\u{85}\u{2066}\u{fdd0}";
    let body = format!(
        "# {bad}\n\n`{bad}` &#x202e;&#x2066; [{bad}](x \"{bad}\") <b title='&#x202e;{bad}'>{bad}&#x202e;</b>\n\n<details><summary>&#x202e;{bad}</summary>\n\n```\n{bad}\n```\n\n| {bad} |\n|-|\n| {bad} |\n\n</details>\n\n<div>&#x202e;{bad}</div>\n"
    );
    let source = serde_json::json!({
        "title": format!("T {bad}"), "description": body, "as_of": "2026-06-01",
        "milestones": [{ "id": "m", "title": format!("M {bad}"), "owner": bad, "goal": body, "description": body, "due_on": "2026-07-01",
            "updates": [{ "on": "2026-03-01", "text": body }] }],
        "labels": [{ "name": "area:x", "description": bad }],
        "issues": [
            { "id": "I-1", "title": format!("One {bad}"), "milestone": "m", "body": body, "labels": ["area:x"], "assignees": [bad], "type": bad },
            { "id": "I-2", "title": format!("Two {bad}"), "milestone": "m", "blocked_by": ["I-1"] },
            { "id": "I-3", "title": bad },
        ],
        "phases": [{ "title": bad, "milestones": ["m"], "body": body }],
    });
    let is_bad = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}')
    };
    for (path, text) in site(&renderer_with(&source, Vec::new())) {
        // Scripts and data write them as escapes, and the calendar has its own line ends.
        let found = text.replace('\r', "").chars().find(is_bad);
        assert_eq!(found, None, "{path}");
    }
}
