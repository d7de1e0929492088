//! Requests and their answers over a small roadmap, without a socket.

use std::sync::Arc;

use super::{
    Faults,
    answer::{Answer, answer},
    faults::Fault,
    generation::{Generation, Shown},
};
use crate::{
    facts::Facts,
    model::{Day, resolve},
    render::{Engine, Override, Renderer},
    report::Report,
    source::{merge, parse},
};

const SOURCE: &str = r#"{
  "title": "A plan",
  "milestones": [{ "id": "M-1", "title": "First" }],
  "issues": [{ "id": "A-1", "title": "Build it", "milestone": "M-1", "labels": ["area:db"] }],
  "site": { "url": "https://plan.example/" }
}"#;

fn shown(overrides: Vec<Override>) -> Shown {
    let mut report = Report::default();
    let name: Arc<str> = "roadmap/plan.json".into();
    let parsed = parse(&name, SOURCE.into(), &mut report).expect("it is sound");
    let (roadmap, _) = resolve(merge(vec![(name, parsed)], &mut report), "roadmap", None);
    let facts = Facts::derive(&roadmap, Day::parse("2026-11-22"));
    let engine = Engine::new(overrides).expect("it compiles");
    let generation = Generation::new("r-1".into(), Renderer::new(roadmap, facts, engine, Vec::new()));
    Shown { generation: Some(Arc::new(generation)), turn: 1, ..Shown::default() }
}

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(&answer.body).expect("a text")
}

#[test]
fn every_page_of_the_list_is_served_as_it_is_built() {
    let shown = shown(Vec::new());
    let generation = shown.generation.as_ref().expect("a state");
    let pages = generation.renderer.site_pages();
    assert!(pages.len() > 20, "{}", pages.len());
    let script = "<script src=\"/.roadbook/live.js\" data-generation=\"r-1\" defer></script>\n";
    for page in pages {
        let inside = page.path.as_str().strip_prefix("site/").expect("it is a page of the site");
        let found = answer(&shown, &format!("/{inside}"));
        let mut built = Vec::new();
        generation.renderer.bytes(&page, &mut built).expect("it is made");
        assert_eq!(found.status, 200, "{inside}");
        match inside.ends_with(".html") {
            true => {
                let (before, after) = text(&found).split_once(script).expect("a script");
                assert_eq!([before, after].concat().as_bytes(), built, "{inside}");
            }
            false => assert_eq!(found.body, built, "{inside}"),
        }
    }
}

#[test]
fn what_is_not_listed_is_not_there() {
    let shown = shown(Vec::new());
    for path in [
        "/none.html",
        "/../roadmap/plan.json",
        "/%2e%2e/roadmap/plan.json",
        "/..%2froadmap/plan.json",
        "/issues/../../roadmap/plan.json",
        "//etc/passwd",
        "/site/index.html",
        "/index.html/",
        "/index.html%00",
        "/C:%5CWindows",
        "/search-none.html",
        "/%ff",
        "*",
    ] {
        let found = answer(&shown, path);
        assert_eq!((found.status, found.kind), (404, "text/html; charset=utf-8"), "{path}");
        assert!(text(&found).contains("Page not found"), "{path}");
    }
    let own = answer(&shown, "/.roadbook/none");
    assert_eq!((own.status, own.kind), (404, "text/plain; charset=utf-8"));
    assert_eq!(answer(&shown, "/").body, answer(&shown, "/index.html").body);
}

#[test]
fn overrides_are_served_and_one_that_fails_says_so() {
    let own = |name: &str, text: &str| Override {
        name: name.into(),
        file: format!("roadmap/templates/{name}").into(),
        text: text.into(),
    };
    let shown = shown(vec![
        own("assets/custom.css", "b { color: teal }"),
        own("site/issue.html", "<head></head>{{ nothing.here }}"),
    ]);
    let css = answer(&shown, "/assets/custom.css");
    assert_eq!((css.status, css.kind), (200, "text/css; charset=utf-8"));
    assert!(text(&css).ends_with("b { color: teal }"), "{}", text(&css));
    let issue = answer(&shown, "/issues/i-a-1.html");
    assert_eq!(issue.status, 500);
    assert!(text(&issue).contains("roadmap/templates/site/issue.html"), "{}", text(&issue));
    assert!(text(&issue).contains("data-generation=\"r-1\" defer"), "{}", text(&issue));
}

#[test]
fn without_a_state_every_page_tells_the_faults() {
    let fault = Fault {
        severity: "error",
        code: "syntax",
        place: "roadmap/plan.json:1:2".into(),
        message: "no JSON".into(),
        help: String::new(),
    };
    let faults = Some(Arc::new(Faults { list: vec![fault], more: 0 }));
    let broken = Shown { faults, turn: 3, ..Shown::default() };
    for path in ["/", "/issues/i-a-1.html", "/none", "/%ff"] {
        let found = answer(&broken, path);
        assert_eq!(found.status, 503, "{path}");
        assert!(text(&found).contains("roadmap/plan.json:1:2"), "{path}");
    }
    assert_eq!(answer(&broken, "/.roadbook/live.css").status, 200);
    let event: serde_json::Value = serde_json::from_str(&broken.event()).expect("JSON");
    assert_eq!((&event["generation"], &event["faults"]["turn"]), (&"".into(), &3.into()));
    assert_eq!(event["faults"]["list"][0]["place"], "roadmap/plan.json:1:2");
    // With a good state behind them, pages go on and the overlay tells the faults.
    let both = Shown { generation: shown(Vec::new()).generation, ..broken };
    assert_eq!(answer(&both, "/").status, 200);
    assert!(both.is_known() && !Shown::default().is_known());
}
