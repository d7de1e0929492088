//! Pages say what is known, and nothing that is not.

use serde_json::{Value, json};

use super::{made::texts, renderer, wide};
use crate::render::{SitePage, site::DataFile};

/// A roadmap as its older form gives it: no states, no days, no dependencies, nobody.
fn sparse() -> Value {
    const MILESTONES: [&str; 3] = ["One", "Two", "Three"];
    let priorities = ["critical", "high", "medium", "low"];
    let milestone =
        |title: &str| json!({ "title": title, "description": format!("What **{title}** is about.") });
    let issue = |number: usize| {
        json!({
            "title": format!("S-{number}: Work on `part {number}`"),
            "milestone": MILESTONES[number % 3],
            "labels": [format!("priority:{}", priorities[number % 4]), format!("type:{}", ["docs", "code"][number % 2])],
            "body": "- [ ] one\n- [ ] two\n\n```\n- [ ] no task\n```",
        })
    };
    json!({
        "repository": "a/b",
        "milestones": MILESTONES.map(milestone),
        "issues": (0..12).map(issue).collect::<Vec<_>>(),
    })
}

/// A roadmap whose issues wait for each other, are done and dropped.
fn stated() -> Value {
    let issue = |(id, state, reason, waits): (&str, &str, Option<&str>, &[&str])| json!({ "id": id, "title": id, "milestone": "M", "state": state, "state_reason": reason, "blocked_by": waits, "labels": [format!("s:{state}")] });
    let issues = [
        ("A-1", "closed", Some("completed"), &[][..]),
        ("A-2", "closed", Some("not_planned"), &["A-3"]),
        ("A-3", "closed", Some("not_planned"), &["A-2"]),
        ("A-4", "open", None, &["A-2"]),
        ("A-5", "open", None, &["A-4"]),
        ("A-6", "open", None, &["A-5"]),
        ("A-7", "open", None, &["A-9"]),
        ("A-8", "open", None, &["A-7"]),
        ("A-9", "open", None, &["A-8", "A-4"]),
    ];
    json!({ "milestones": [{ "id": "M", "title": "M" }], "issues": issues.map(issue) })
}

pub(super) fn pages(source: &Value) -> Vec<(String, String)> {
    texts(&renderer(source), |page| {
        !matches!(
            page,
            SitePage::Data(_) | SitePage::Asset(_) | SitePage::SearchIndex(_) | SitePage::NotFound
        )
    })
}

pub(super) fn page<'p>(pages: &'p [(String, String)], path: &str) -> &'p str {
    &pages.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("no {path}")).1
}

/// The words of a page without its tags, each run of white space as one blank.
pub(super) fn words(html: &str) -> String {
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    let text: String =
        main.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_is_told_of_what_nobody_has_stated() {
    let mut source = sparse();
    // The keys that are named are what is not known.
    source["site"] = json!({ "hints": false });
    for (path, html) in pages(&source) {
        let words = words(&html).to_lowercase();
        for told in ["nobody", "no date", "no due date", "nothing", "unknown", "overdue", "ready", "blocked"]
        {
            assert!(!words.contains(told), "{path} tells {told}: {words}");
        }
        for empty in [">0<", ">—<", ">None<"] {
            let main = html.replace("<p class=\"none\" hidden>None</p>", "");
            assert!(!main.contains(empty), "{path} has {empty}");
        }
    }
}

#[test]
fn the_overview_of_a_sparse_roadmap_says_how_much_there_is() {
    let pages = pages(&sparse());
    let overview = words(page(&pages, "index.html"));
    for said in [
        "12 issues in 3 milestones, from “One” to “Three”.",
        "Their descriptions list 24 tasks.",
        "By priority, 6 are critical or high.",
        "This roadmap gives no states, days or dependencies.",
        "What One is about.",
    ] {
        assert!(overview.contains(said), "{said}: {overview}");
    }
    assert!(page(&pages, "index.html").contains("Work on <code>part 0</code>"));
    assert!(page(&pages, "index.html").contains(">Order</a>"), "no day is known that a timeline could draw");
    assert!(!page(&pages, "index.html").contains(">Dependencies</a>"));
}

#[test]
fn ticks_make_progress_of_tasks() {
    let mut source = sparse();
    source["issues"][3]["body"] = json!("- [x] one\n- [ ] two");
    let pages = pages(&source);
    assert!(
        words(page(&pages, "index.html")).contains("Of the tasks in their descriptions 1 of 24 are ticked.")
    );
}

#[test]
fn keys_that_are_not_given_are_named_unless_that_is_switched_off() {
    let mut source = sparse();
    source["site"] = json!({ "hints": false });
    for (path, html) in pages(&source) {
        assert!(!html.contains("class=\"hint\""), "{path}");
    }
}

#[test]
fn what_was_dropped_counts_nowhere_and_holds_nothing_up() {
    let pages = pages(&stated());
    let overview = words(page(&pages, "index.html"));
    for said in [
        "1 of 7 issues done, 6 open, 2 dropped along the way.",
        "1 can begin now, 5 wait for others, 5 of them for A-4.",
        "14% Done",
        "A-4 · A-2 was dropped and no longer counts as in the way",
        "A-7, A-8 and A-9 wait for each other: none can begin",
    ] {
        assert!(overview.contains(said), "{said}: {overview}");
    }
    assert!(!overview.contains("A-2 and A-3 wait"), "a cycle of what is dropped holds nothing up");
}

#[test]
fn a_milestone_lists_its_issues_in_the_order_of_work() {
    let pages = pages(&wide());
    let mut parts: Vec<_> = pages
        .iter()
        .filter(|(path, _)| path.starts_with("milestones/m-big"))
        .map(|(path, html)| (path, html))
        .collect();
    parts.sort();
    let heads: Vec<_> = parts
        .iter()
        .flat_map(|(_, html)| {
            html.split("<h3 class=\"st ").skip(1).map(|rest| rest.split('"').next().unwrap_or_default())
        })
        .collect();
    let order = ["progress", "blocked", "ready", "unknown", "done", "dropped"];
    let places: Vec<_> = heads.iter().map(|head| order.iter().position(|status| status == head)).collect();
    assert!(parts.len() > 1 && places.is_sorted() && places.iter().all(Option::is_some), "{heads:?}");
    for (path, html) in parts {
        let behind = html.split("<details><summary><h3 class=\"st done\"").nth(1);
        assert!(
            heads.contains(&"done") && (behind.is_some() || !html.contains("<h3 class=\"st done\"")),
            "{path}"
        );
    }
}

#[test]
fn badges_say_how_far_the_work_is_and_show_the_markdown_to_copy() {
    let mut source = stated();
    source["title"] = json!("All <of> it");
    source["site"] = json!({ "url": "https://example.org/r" });
    let badges =
        |source: &Value| texts(&renderer(source), |page| matches!(page, SitePage::Data(DataFile::Badge(_))));
    let drawn = badges(&source);
    assert_eq!(
        drawn.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(),
        ["badges/progress.svg", "badges/m-m.svg"]
    );
    assert!(drawn[0].1.contains("<title>All &lt;of&gt; it: 14% done</title>"), "{}", drawn[0].1);
    assert!(badges(&sparse())[0].1.contains(": 12 issues</title>"), "nobody says how far it is");
    let pages = pages(&source);
    let copied =
        "[![All \\&lt;of&gt; it](https://example.org/r/badges/progress.svg)](https://example.org/r/)";
    assert!(page(&pages, "index.html").contains(copied), "{}", page(&pages, "index.html"));
    let copied = "(https://example.org/r/badges/m-m.svg)](https://example.org/r/milestones/m-m.html)";
    assert!(page(&pages, "milestones/m-m.html").contains(copied));
}

#[test]
fn texts_that_name_an_issue_are_told_on_its_page_and_the_most_named_on_the_overview() {
    let mut source = sparse();
    source["issues"].as_array_mut().expect("a list").iter_mut().for_each(|issue| issue["labels"] = json!([]));
    for (naming, body) in [
        (1, "See S-0, S-0 and S-1."),
        (2, "After `S-9` comes S-0.\n\n```\nS-9\n```"),
        (3, "S-10: [S-2](https://x.org/S-3)"),
    ] {
        source["issues"][naming]["body"] = json!(body);
    }
    let told = pages(&source);
    let named = |id: &str| words(page(&told, &format!("issues/i-s-{id}.html"))).contains("Named by");
    assert!(words(page(&told, "issues/i-s-0.html")).contains("Named byS-1, S-2"));
    assert!(words(page(&told, "issues/i-s-2.html")).contains("Named byS-3"));
    assert!(!named("1"), "an issue that names itself");
    assert!(!named("9"), "code names nothing");
    let overview = words(page(&told, "index.html"));
    assert!(
        overview.contains("Most named Issues that other issues’ texts name. A mention is not a dependency."),
        "{overview}"
    );
    assert!(overview.contains("S-0 Work on part 0 One2 texts"), "{overview}");

    source["issues"][2]["body"] = json!("");
    assert!(!words(page(&pages(&source), "index.html")).contains("Most named"), "no two texts name the same");
    let states = |state: &str| {
        let mut source = source.clone();
        source["issues"][2]["body"] = json!("S-0");
        source["issues"]
            .as_array_mut()
            .expect("a list")
            .iter_mut()
            .for_each(|issue| issue["state"] = json!(state));
        words(page(&pages(&source), "index.html"))
    };
    assert!(!states("open").contains("Most named"), "what can begin is known");
}

#[test]
fn neighbours_stand_in_the_order_of_work() {
    let told = pages(&stated());
    let list = page(&told, "milestones/m-m.html");
    let order: Vec<_> = list
        .split("<div class=\"what\"><a href=\"../issues/i-")
        .skip(1)
        .filter_map(|rest| rest.split_once(".html\""))
        .map(|(id, _)| id)
        .collect();
    assert_eq!(order.len(), 9, "{order:?}");
    for pair in order.windows(2) {
        let (one, next) = (
            page(&told, &format!("issues/i-{}.html", pair[0])),
            page(&told, &format!("issues/i-{}.html", pair[1])),
        );
        assert!(
            one.contains(&format!("class=\"next\" rel=\"next\" href=\"i-{}.html\"", pair[1])),
            "{pair:?}"
        );
        assert!(
            next.contains(&format!("class=\"previous\" rel=\"prev\" href=\"i-{}.html\"", pair[0])),
            "{pair:?}"
        );
    }
}

#[test]
fn ticks_are_drawn_and_boxes_that_nobody_ticks_are_counted() {
    let mut source = sparse();
    source["issues"][0]["body"] = json!("- [x] one\n- [ ] two\n- [ ] three");
    let told = pages(&source);
    let html = page(&told, "issues/i-s-0.html");
    assert!(
        html.contains("stroke-dasharray=\"33 100\"") && words(html).contains("Tasks 1 of 3 ticked"),
        "{html}"
    );
    assert!(!page(&told, "issues/i-s-1.html").contains("class=\"ring\""));
}
