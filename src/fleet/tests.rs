//! Roadmaps of strangers are read or refused in words, and one roadmap tells the same whichever way it comes here.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::{
    facts::Facts,
    model::resolve,
    render::{Engine, Renderer},
    report::Report,
    source,
};

const SOURCE: &str = r#"{ "title": "Web", "repository": "octo-org/web", "as_of": "2026-11-22", "site": { "url": "https://octo.example/web/" },
  "milestones": [
    { "id": "M-1", "title": "Late", "state": "open", "due_on": "2026-11-01" },
    { "id": "M-2", "title": "Soon", "state": "open", "due_on": "2026-12-01" },
    { "id": "M-3", "title": "Reached", "state": "closed", "due_on": "2026-12-05" },
    { "id": "M-4", "title": "Later", "due_on": "2027-Q1" }],
  "issues": [
    { "id": "A-1", "title": "Late", "state": "open", "due_on": "2026-11-20", "milestone": "M-1" },
    { "id": "A-2", "title": "Done", "state": "closed", "milestone": "M-1" },
    { "id": "A-3", "title": "Dropped", "state": "closed", "state_reason": "not_planned" },
    { "id": "A-4", "title": "Nobody knows" }] }"#;

fn renderer(text: &str) -> Renderer {
    let (mut report, name) = (Report::default(), Arc::from("roadmap/plan.json"));
    let parsed = source::parse(&name, text.as_bytes().to_vec(), &mut report).expect("a source");
    let (roadmap, _) = resolve(source::merge(vec![(name, parsed)], &mut report), "roadmap", None);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    Renderer::new(roadmap, facts, Engine::new(Vec::new()).expect("templates"), Vec::new())
}

fn published(text: &str) -> Vec<u8> {
    let renderer = renderer(text);
    let page = renderer.site_pages().into_iter().find(|page| page.path.as_str() == "site/roadmap.json");
    let mut bytes = Vec::new();
    renderer.bytes(&page.expect("it is published"), &mut bytes).expect("it is made");
    bytes
}

fn value() -> Value {
    serde_json::from_slice(&published(SOURCE)).expect("JSON")
}

fn read(value: &Value) -> Result<Card, String> {
    card(value.to_string().as_bytes())
}

#[test]
fn a_roadmap_tells_the_same_from_its_source_and_from_what_it_publishes() {
    let renderer = renderer(SOURCE);
    let own = Card::of("octo-org/web", Some("https://octo.example/web"), &renderer.roadmap, &renderer.facts);
    let theirs = card(&published(SOURCE)).expect("it is read");
    assert_eq!(Card { link: String::new(), ..own.clone() }, Card { link: String::new(), ..theirs.clone() });
    assert_eq!(theirs.link, "https://octo.example/web/");
    assert_eq!(own.overdue, Some(Overdue { milestones: 1, issues: 1 }));
    assert_eq!((own.milestones, own.closed_milestones), (4, 1));
    let due: Vec<_> = own.due.iter().map(|due| (due.id.as_str(), due.on.to_string())).collect();
    assert_eq!(due, [("M-2", "2026-12-01".to_owned()), ("M-4", "2027-Q1".to_owned())]);
    assert_eq!(own.due[0].link, "https://octo.example/web/milestones/m-m-2.html");
}

#[test]
fn what_is_no_published_roadmap_is_refused_in_words() {
    let with = |key: &str, new: Value| {
        let mut value = value();
        value[key] = new;
        value.to_string()
    };
    let whole = String::from_utf8(published(SOURCE)).expect("text");
    for (text, says) in [
        (String::new(), "it is empty"),
        ("hello".to_owned(), "it is not JSON: expected value at line 1"),
        (whole[..whole.len() / 2].to_owned(), "it is cut off in line"),
        (with("version", json!(2)), "it is version 2 of the format, and this Roadbook reads version 1"),
        (with("kind", json!("list")), "it is a `list`, not a `roadmap`"),
        (SOURCE.to_owned(), "it is not a published roadmap"),
        ("[1]".to_owned(), "it is not as a published roadmap is"),
        (with("as_of", json!("yesterday")), "its `as_of` is no day: `yesterday`"),
        (with("issues", json!([{}])), "missing field `id`"),
        (
            with("progress", json!({ "issues": 9, "closed": 1, "open": 1, "unknown": 0, "dropped": 0 })),
            "do not add up",
        ),
        (
            with("progress", json!({ "issues": -1, "closed": 0, "open": 0, "unknown": 0, "dropped": 0 })),
            "invalid value",
        ),
    ] {
        let found = card(text.as_bytes()).expect_err(&text);
        assert!(found.contains(says), "{says}: {found}");
    }
}

#[test]
fn texts_of_strangers_are_texts_and_only_addresses_of_the_web_lead_on() {
    let mut hostile = value();
    hostile["title"] = json!("<script>alert(1)</script>\n\u{202e}\u{1b}[31m");
    hostile["repository"] = json!("octo/<b>");
    hostile["milestones"][1]["title"] = json!("\"><img src=x onerror=alert(1)> | `a`");
    hostile["milestones"][1]["link"] = json!("javascript:alert(1)");
    let mut fleet = Fleet { title: "All".into(), ..Fleet::default() };
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://x.example/\"onclick=",
        "file:///etc/passwd",
    ] {
        hostile["url"] = json!(url);
        let card = read(&hostile).expect("it is read");
        assert_eq!((card.link.as_str(), card.due[0].link.as_str()), ("", ""), "{url}");
        assert_eq!(card.repository, None);
        fleet.cards.push(card);
    }
    hostile["url"] = json!("https://octo.example/web");
    for link in ["javascript:alert(1)", "../../x.html", "/x", "https://evil.example", "a\\b", "?x"] {
        hostile["milestones"][1]["link"] = json!(link);
        assert_eq!(read(&hostile).expect("it is read").due[0].link, "", "{link}");
    }
    fleet.unread.push(("<i>.json".into(), "it is not JSON: `<script>`".into()));
    fleet.tell_apart();
    let engine = Engine::new(Vec::new()).expect("templates");
    let page = front(&fleet, &engine, "5 roadmaps").expect("a page").files.remove(0).1;
    let page = String::from_utf8(page).expect("text");
    assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains("<i>.json"), "{page}");
    assert!(
        !page.contains('\u{202e}') && !page.contains("javascript:") && !page.contains("onclick="),
        "{page}"
    );
    assert!(page.contains("&lt;script&gt;"), "{page}");
    let markdown = markdown(&fleet);
    assert!(!markdown.replace("\\<", "").contains('<'), "{markdown}");
    assert!(
        markdown
            .lines()
            .filter(|line| line.starts_with("| "))
            .all(|line| { line.replace("\\|", "").matches('|').count() == 7 }),
        "{markdown}"
    );
}

#[test]
fn names_are_told_apart_and_totals_are_sums() {
    let one = read(&value()).expect("it is read");
    let mut fleet = Fleet { cards: vec![one.clone(), one.clone(), one], ..Fleet::default() };
    fleet.tell_apart();
    let names: Vec<_> = fleet.cards.iter().map(|card| card.name.as_str()).collect();
    assert_eq!(names, ["octo-org/web", "octo-org/web (2)", "octo-org/web (3)"]);
    let progress = fleet.progress();
    assert_eq!((progress.issues, progress.closed, progress.open), (9, 3, 3));
    assert_eq!((progress.unknown, progress.dropped, progress.percent), (3, 3, None));
    assert_eq!(fleet.overdue(), Some(Overdue { milestones: 3, issues: 3 }));
    let due = serde_json::to_value(json(&fleet)).expect("JSON");
    assert_eq!(due["due"][0]["roadmap"], "octo-org/web");
    assert_eq!(due["due"][1]["roadmap"], "octo-org/web (2)");
    assert_eq!(due["due"][0]["id"], due["due"][1]["id"]);
}

#[test]
fn age_counts_by_the_day_that_a_roadmap_speaks_for() {
    let mut dated = value();
    let mut fleet = Fleet { today: Day::parse("2026-11-29"), max_age: 7, ..Fleet::default() };
    for day in [json!("2026-11-22"), json!("2026-11-21"), json!("2026-12-24"), Value::Null] {
        dated["as_of"] = day;
        fleet.cards.push(read(&dated).expect("it is read"));
    }
    fleet.tell_apart();
    assert_eq!(fleet.stale().map(|card| card.name.as_str()).collect::<Vec<_>>(), ["octo-org/web (2)"]);
    assert_eq!(fleet.undated().count(), 1);
    let text = human(&fleet, crate::report::Screen::default());
    assert!(text.contains("octo-org/web (2): 8 days old, and 7 are allowed\n"), "{text}");
    assert!(text.contains("octo-org/web (4): does not say of which day it is\n"), "{text}");
}

#[test]
fn what_came_due_after_the_day_of_a_roadmap_is_due_next_as_its_documents_say() {
    let mut dated = value();
    dated["as_of"] = json!("2026-11-27");
    dated["milestones"] = json!([
        { "id": "M-1", "title": "Soon", "state": "open", "due_on": "2026-11-28" },
        { "id": "M-2", "title": "Late", "state": "open", "due_on": "2026-11-26", "overdue_days": 1 },
    ]);
    dated["issues"] = json!([]);
    let card = read(&dated).expect("it is read");
    let mut fleet = Fleet { today: Day::parse("2026-11-30"), cards: vec![card], ..Fleet::default() };
    let ids = |fleet: &Fleet| fleet.due().iter().map(|(_, due)| due.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&fleet), ["M-1"]);
    assert_eq!(fleet.overdue(), Some(Overdue { milestones: 1, issues: 0 }));
    // Of one that speaks for no day, today tells what has passed.
    dated["as_of"] = Value::Null;
    fleet.cards = vec![read(&dated).expect("it is read")];
    assert_eq!(ids(&fleet), [""; 0]);
}
