//! What holds for every page of the site, whatever roadmap it is made from.

mod board;
mod data;
mod known;
mod lead;
mod made;
mod once;
mod partly;
mod search;
mod timeline;
mod tokens;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    facts::Facts,
    model::resolve,
    render::{Engine, Override, PageKind, Renderer, is_marked},
    report::Report,
    source::{merge, parse},
};

/// A renderer of a source that is given as a value.
fn renderer_with(source: &Value, overrides: Vec<Override>) -> Renderer {
    let mut report = Report::default();
    let name: std::sync::Arc<str> = "roadmap/roadmap.json".into();
    let parsed = parse(&name, source.to_string().into_bytes(), &mut report).expect("it is JSON");
    let document = merge(vec![(name, parsed)], &mut report);
    let (roadmap, faults) = resolve(document, "roadmap", None);
    assert!(report.is_empty() && faults.is_empty(), "{report:?} {faults:?}");
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let engine = Engine::new(overrides).expect("the templates compile");
    Renderer::new(roadmap, facts, engine, Vec::new())
}

fn renderer(source: &Value) -> Renderer {
    renderer_with(source, Vec::new())
}

/// The files of the site: path and text.
fn site(renderer: &Renderer) -> BTreeMap<String, String> {
    let pages = renderer.pages().into_iter().filter(|page| matches!(page.kind, PageKind::Site(_)));
    let text = |page: crate::render::Page| {
        let mut bytes = Vec::new();
        renderer.bytes(&page, &mut bytes).expect("it renders");
        assert!(is_marked(&page.path, &bytes), "{} has no mark", page.path);
        (page.path.as_str().to_owned(), String::from_utf8(bytes).expect("it is text"))
    };
    pages.map(text).collect()
}

/// The roadmap of this repository.
fn own() -> Value {
    serde_json::from_str(include_str!("../../../roadmap/milestones_and_issues.json")).expect("it is JSON")
}

/// A roadmap with something of everything, and with many of some.
fn wide() -> Value {
    let issue = |n: u32| {
        let state = if n.is_multiple_of(3) { "closed" } else { "open" };
        let blockers: Vec<_> =
            [1, 7].iter().filter(|back| n > **back).map(|back| format!("W-{}", n - back)).collect();
        json!({
            "title": format!("W-{n}: Work <b> & \"{n}\""), "milestone": if n.is_multiple_of(50) { Value::Null } else { json!("big") },
            "labels": ["area:x", "y"], "state": state, "due_on": "2026-05-01", "planned_due_on": "2026-04-01",
            "blocked_by": blockers, "assignees": ["ada"], "body": "# A\n\n- [ ] b\n\ntext[^1]\n\n[^1]: note",
        })
    };
    json!({
        "title": "Wide", "as_of": "2026-06-01", "repository": "o/r",
        "site": { "url": "https://example.org/wide", "lang": "ar", "dir": "rtl" },
        "milestones": [
            { "id": "big", "title": "Big", "due_on": "2026-07-01", "blocked_by": ["late"], "goal": "All",
              "updates": [{ "on": "2026-03-01", "health": "on-track", "text": "good" }] },
            { "id": "late", "title": "Late", "due_on": "2026-08-01", "state": "open" },
            { "id": "none", "title": "Undated" },
        ],
        "issues": (1..=200).map(issue).collect::<Vec<_>>(),
        "phases": [{ "title": "One", "milestones": ["big", "none"], "body": "go" }],
        "aliases": { "old-1": "W-1", "older": "big" },
    })
}

/// The values of an attribute in a page, entities undone.
fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = String> + 'a {
    let before = format!(" {name}=\"");
    let parts: Vec<_> =
        html.split(&before).skip(1).map(|rest| rest.split('"').next().unwrap_or("")).collect();
    parts.into_iter().map(|value| value.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'"))
}

/// The path that a link on a page leads to, and its fragment.
fn target(page: &str, link: &str) -> (String, String) {
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return (page.to_owned(), fragment.to_owned());
    }
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), fragment.to_owned())
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_its_own() {
    for source in [own(), wide()] {
        let site = site(&renderer(&source));
        let ids: BTreeMap<_, BTreeSet<_>> =
            site.iter().map(|(path, text)| (path.clone(), attributes(text, "id").collect())).collect();
        for (path, text) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
            assert_eq!(attributes(text, "id").count(), ids[path].len(), "{path} has an id twice");
            for link in attributes(text, "href").chain(attributes(text, "src")) {
                if let Some(inside) = link.strip_prefix("https://example.org/wide/") {
                    let inside = inside.split('#').next().unwrap_or_default();
                    let inside = if inside.is_empty() { "index.html" } else { inside };
                    assert!(site.contains_key(&format!("site/{inside}")), "{path}: {link}");
                } else if !link.contains(':') {
                    let (file, fragment) = target(path, &link);
                    let found = ids.get(&file).unwrap_or_else(|| panic!("{path}: {link} leads nowhere"));
                    assert!(fragment.is_empty() || found.contains(&fragment), "{path}: {link}");
                }
            }
        }
    }
}

#[test]
fn pages_hold_to_the_rules_of_the_house() {
    for source in [own(), wide()] {
        for (path, text) in site(&renderer(&source)).iter().filter(|(path, _)| path.ends_with(".html")) {
            assert_eq!(text.matches("<h1").count(), 1, "{path}");
            assert!(text.contains("<main id=\"main\"") && text.contains("class=\"skip\""), "{path}");
            assert!(text.contains("http-equiv=\"Content-Security-Policy\""), "{path}");
            for banned in [" style=\"", "<style", "javascript:", " onclick", " onload", " onerror"] {
                assert!(!text.contains(banned), "{path}: {banned}");
            }
            let scripts = text.matches("<script").count();
            assert_eq!(scripts, text.matches("<script src=\"").count(), "{path}: a script of its own");
            let elements = text.matches('<').count() - text.matches("</").count();
            assert!(elements <= 3_000, "{path}: {elements} elements");
        }
    }
}

#[test]
fn every_item_has_exactly_one_page_and_every_former_id_leads_on() {
    let site = site(&renderer(&wide()));
    assert_eq!(site.keys().filter(|path| path.starts_with("site/issues/i-w-")).count(), 200);
    assert!(site.contains_key("site/milestones/m-big~2.html") && site.contains_key("site/unplanned.html"));
    assert!(site.contains_key("site/labels/l-area-x+2.html") && site.contains_key("site/graph-m-big.html"));
    let stub = &site["site/issues/i-old-1.html"];
    assert!(
        stub.contains("<link rel=\"canonical\" href=\"https://example.org/wide/issues/i-w-1.html\">"),
        "{stub}"
    );
    assert!(stub.contains("content=\"0; url=") && site.contains_key("site/milestones/m-older.html"));
    let listed: String = site
        .iter()
        .filter(|(path, _)| path.contains("/m-big") || path.contains("unplanned"))
        .map(|(_, text)| text.as_str())
        .collect();
    for n in 1..=200 {
        assert!(listed.contains(&format!("/i-w-{n}.html")), "W-{n} stands in no list");
    }
}

#[test]
fn a_page_that_is_not_there_is_answered_at_any_depth() {
    let site = site(&renderer(&wide()));
    let page = &site["site/404.html"];
    assert!(page.contains("href=\"https://example.org/wide/assets/site.css\""), "{page}");
    assert!(page.contains("href=\"https://example.org/wide/milestones/m-big.html\""), "{page}");
}

/// A text that stands in every field of everything that is kept out.
const CANARY: &str = "canary";

/// The same as `n`th of its kind, so that no two are equal.
fn canary(n: usize) -> String {
    format!("{CANARY}{n}")
}

#[test]
fn what_is_internal_leaves_no_trace() {
    let text = canary;
    let issue = |n: usize, more: Value| {
        let mut issue = json!({
            "id": format!("C-{CANARY}-{n}"), "title": text(n), "body": text(n), "assignees": [text(n)],
            "labels": [text(90), "kept"], "type": text(n), "estimate": 7919, "state": "open", "start_on": "2031-03-03",
            "due_on": "2031-03-04", "planned_due_on": "2031-03-05", "closed_on": "2031-03-06", "extra": { "k": text(n) },
        });
        issue.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        issue
    };
    let source = json!({
        "title": "Public", "as_of": "2026-01-01",
        "milestones": [
            { "id": "open", "title": "Open", "due_on": "2026-05-01", "blocked_by": [format!("M-{CANARY}")] },
            { "id": format!("M-{CANARY}"), "title": text(1), "description": text(2), "goal": text(3), "owner": text(4),
              "start_on": "2031-03-03", "due_on": "2031-03-04", "planned_due_on": "2031-03-05", "was": [text(5)],
              "updates": [{ "on": "2031-03-02", "health": "off-track", "text": text(6) }], "extra": { "k": text(7) },
              "internal": true, "blocked_by": ["open"] },
        ],
        "labels": [{ "name": "kept" }, { "name": text(90), "description": text(91), "color": "abcdef", "internal": true }],
        "issues": [
            { "id": "P-1", "title": "P-1: Kept", "milestone": "open", "labels": ["kept", text(90)], "state": "open",
              "blocked_by": [format!("C-{CANARY}-1"), format!("C-{CANARY}-2")], "due_on": "2026-02-01" },
            { "id": "P-2", "title": "P-2: Kept too", "state": "open", "labels": ["kept"],
              "blocked_by": [format!("C-{CANARY}-3")] },
            issue(1, json!({ "internal": true, "milestone": "open", "blocked_by": ["P-2"] })),
            issue(2, json!({ "milestone": format!("M-{CANARY}") })),
            issue(3, json!({ "parent": format!("C-{CANARY}-1") })),
        ],
        "phases": [{ "title": text(80), "body": text(81), "milestones": [format!("M-{CANARY}")] }],
        "aliases": { format!("A-{CANARY}"): format!("C-{CANARY}-1"), format!("B-{CANARY}"): format!("M-{CANARY}") },
        "extra": { "k": text(99) },
    });
    let site = site(&renderer(&source));
    assert!(site.contains_key("site/issues/i-p-1.html"));
    for (path, text) in &site {
        for trace in [CANARY, "7919", "2031-03-0", "abcdef"] {
            assert!(!path.contains(trace) && !text.to_lowercase().contains(trace), "{path}: {trace}");
        }
    }
    let page = &site["site/issues/i-p-1.html"];
    assert!(page.contains("st ready") && !page.contains("Blocked by"), "{page}");
}

#[test]
fn an_asset_of_the_users_takes_the_place_of_ours_or_comes_after_it() {
    let own = |name: &str, text: &str| Override {
        name: name.into(),
        file: format!("roadmap/templates/{name}").into(),
        text: text.into(),
    };
    let overrides = vec![
        own("assets/custom.css", "h1 { color: red }\r\n{{ not a template }}"),
        own("assets/theme.js", "1;\n"),
    ];
    let site = site(&renderer_with(&json!({ "milestones": [{ "id": "a", "title": "A" }] }), overrides));
    assert!(site["site/assets/custom.css"].ends_with("h1 { color: red }\n{{ not a template }}"));
    assert!(site["site/assets/theme.js"].ends_with("*/\n1;\n"));
    let page = &site["site/milestones/m-a.html"];
    let (ours, theirs) = (page.find("../assets/site.css"), page.find("../assets/custom.css"));
    assert!(ours.is_some() && ours < theirs, "{page}");
}

#[test]
fn texts_of_users_are_never_markup() {
    let nasty = "\"><img src=x onerror=alert(1)><script>alert(1)</script>' onmouseover='x {{7*7}} \u{202e}\u{7}&lt;b&gt;";
    let source = json!({
        "title": nasty, "description": nasty, "milestones": [{ "id": "m", "title": nasty, "owner": nasty, "goal": nasty }],
        "labels": [{ "name": nasty, "description": nasty, "color": "red;}body{display:none" }],
        "issues": [{ "id": "i", "title": nasty, "milestone": "m", "labels": [nasty], "assignees": [nasty], "type": nasty, "body": nasty }],
        "phases": [{ "title": nasty, "milestones": ["m"], "body": nasty }],
    });
    for (path, text) in site(&renderer(&source)) {
        // A calendar is plain text: a tag in it is what somebody wrote, and nothing else.
        let is_plain = path.ends_with(".ics");
        assert!(is_plain || !text.contains("<img") && !text.contains("<script>"), "{path}");
        assert!(!text.contains('\u{202e}'), "{path}");
        assert!(!text.contains("display:none") || path.ends_with(".css"), "{path}");
        assert!(!text.contains("}body{") && !text.contains('\u{7}') && !text.contains("49 "), "{path}");
    }
}

#[test]
fn pages_that_tell_of_one_issue_do_not_grow_with_their_number() {
    let length = |count: usize| {
        let issues: Vec<_> =
            (1..=count).map(|n| json!({ "title": format!("T-{n}: x"), "milestone": "m" })).collect();
        let renderer = renderer(&json!({ "milestones": [{ "id": "m", "title": "M" }], "issues": issues }));
        site(&renderer)["site/issues/i-t-5.html"].len()
    };
    assert_eq!(length(10), length(300));
}
