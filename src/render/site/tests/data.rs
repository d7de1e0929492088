//! The files for machines say what the pages say, each in the way of its format.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    made::{many, texts},
    renderer,
};
use crate::render::SitePage;

/// The files for machines of a source.
fn data(source: &Value) -> BTreeMap<String, String> {
    texts(&renderer(source), |page| matches!(page, SitePage::Data(_))).into_iter().collect()
}

fn at(url: &str) -> Value {
    let mut source = many(40);
    source["site"] = json!({"url": url});
    source["repository"] = "o/r".into();
    source
}

#[test]
fn the_data_holds_every_item_and_nothing_that_is_not_on_the_list() {
    let mut source = many(40);
    source["issues"][3]["extra"] = json!({"secret": "kept"});
    source["issues"][3]["estimate"] = 3.into();
    source["milestones"][0]["goal"] = "a goal".into();
    let text = &data(&source)["roadmap.json"];
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    assert_eq!((&value["version"], &value["as_of"]), (&json!(1), &json!("2026-11-20")));
    assert_eq!(value["issues"].as_array().map(Vec::len), Some(40));
    assert_eq!(value["milestones"][0]["progress"]["issues"], json!(10));
    let issue = &value["issues"][3];
    assert_eq!(
        (&issue["id"], &issue["link"], &issue["status"], &issue["estimate"]),
        (&json!("T-3"), &json!("issues/i-t-3.html"), &json!("done"), &json!(3))
    );
    for left_out in ["secret", "kept", "a goal", "Text3", "body", "extra"] {
        assert!(!text.contains(left_out), "{left_out}");
    }
}

#[test]
fn the_data_of_nothing_is_json_too() {
    let value: Value =
        serde_json::from_str(&data(&json!({"issues": []}))["roadmap.json"]).expect("it is JSON");
    assert_eq!(value["issues"], json!([]));
}

#[test]
fn the_calendar_holds_every_due_day_once() {
    let calendar = &data(&at("https://example.org/x"))["roadmap.ics"];
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(calendar.matches('\n').count(), calendar.matches("\r\n").count());
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
    let whole = calendar.replace("\r\n ", "");
    assert_eq!(whole.matches("BEGIN:VEVENT\r\n").count(), 43);
    for line in [
        "UID:i-t-4@example.org/x\r\nDTSTAMP:20261120T000000Z\r\nDTSTART;VALUE=DATE:20261101\r\n",
        "SUMMARY:T-4: Work <4> & more\r\n",
        "URL:https://example.org/x/milestones/m-a.html\r\n",
        "UID:m-c@example.org/x\r\n",
    ] {
        assert_eq!(whole.matches(line).count(), 1, "{line}");
    }
}

#[test]
fn what_is_due_in_a_quarter_stands_on_its_last_day_and_what_is_due_later_on_none() {
    let mut source = many(3);
    source["milestones"] = json!([{"id": "M-A", "title": "Ship, at last", "due_on": "2027-Q1"}, {"id": "M-B", "title": "Rest", "due_on": "later"}]);
    source["issues"] = json!([{"id": "T-1", "title": "One", "due_on": "2027-02"}, {"id": "T-2", "title": "Two", "due_on": "later"},
        {"id": "T-3", "title": "Three", "due_on": "2027-02-28"}]);
    let calendar = data(&source)["roadmap.ics"].replace("\r\n ", "");
    let lines = |start: &str| {
        let lines = calendar.lines().filter_map(|line| line.strip_prefix(start)).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    assert_eq!(lines("DTSTART;VALUE=DATE:"), ["20270331", "20270228", "20270228"]);
    assert_eq!(lines("SUMMARY:"), ["Ship\\, at last (2027-Q1)", "One (2027-02)", "Three"]);
}

#[test]
fn the_data_says_a_day_as_it_is_written_and_its_last_one() {
    let mut source = many(3);
    source["milestones"] = json!([{"id": "M-A", "title": "A", "start_on": "2027-H1", "due_on": "2027-Q2", "planned_due_on": "2027-Q1"}]);
    source["issues"] = json!([{"id": "T-1", "title": "One", "due_on": "later", "planned_due_on": "2027"}, {"id": "T-2", "title": "Two", "due_on": "2027-02-28"},
        {"id": "T-3", "title": "Three"}]);
    let value: Value = serde_json::from_str(&data(&source)["roadmap.json"]).expect("it is JSON");
    let days = |item: &Value| {
        ["start_on", "due_on", "due_last", "planned_due_on", "slip_days"].map(|key| item[key].clone())
    };
    assert_eq!(
        days(&value["milestones"][0]),
        ["2027-H1".into(), "2027-Q2".into(), "2027-06-30".into(), "2027-Q1".into(), json!(91)]
    );
    let issues: Vec<_> = value["issues"].as_array().expect("a list").iter().map(days).collect();
    let none = Value::Null;
    assert_eq!(issues[0], [none.clone(), "later".into(), none.clone(), "2027".into(), none.clone()]);
    assert_eq!(
        issues[1],
        [none.clone(), "2027-02-28".into(), "2027-02-28".into(), none.clone(), none.clone()]
    );
    assert_eq!(issues[2], [none.clone(), none.clone(), none.clone(), none.clone(), none]);
}

#[test]
fn pages_show_a_day_as_it_is_written_and_only_what_html_knows_as_a_time() {
    let mut source = many(3);
    source["milestones"] = json!([
        {"id": "M-A", "title": "A", "state": "open", "start_on": "2027-Q1", "due_on": "2027-Q2", "planned_due_on": "2027-Q1"},
        {"id": "M-B", "title": "B", "state": "open", "due_on": "2027-05"},
        {"id": "M-C", "title": "C", "state": "open", "due_on": "later", "planned_due_on": "2027-05"}
    ]);
    source["issues"] = json!([{"id": "T-1", "title": "One", "state": "open", "due_on": "2026-H1"}, {"id": "T-2", "title": "Two", "state": "open", "due_on": "later"}]);
    let pages = texts(&renderer(&source), |page| !matches!(page, SitePage::Data(_)));
    let page = |path: &str| &pages.iter().find(|(known, _)| known.ends_with(path)).expect("the page").1;
    let first = page("m-m-a.html");
    assert!(
        first.contains(
            "2027-Q2 <span class=\"slip later\" title=\"1 quarter later than planned\">+1 quarter</span>"
        ),
        "{first}"
    );
    assert!(
        first.contains("first planned for 2027-Q1: 1 quarter later than planned")
            && first.contains("<dd>2027-Q1</dd>")
    );
    assert!(page("m-m-b.html").contains("<time datetime=\"2027-05\">2027-05</time>"));
    assert!(page("m-m-c.html").contains(">later</span>"));
    let board = page("board.html");
    assert!(
        board.contains("datetime=\"2026-06-30\" title=\"2026-H1\">overdue by 143 days</time>"),
        "{board}"
    );
    assert!(board.contains("<span>due later</span>"));
    let index = page("index.html");
    assert!(index.contains("is due next, 2027-05."), "what is due next is told as it is stated");
    for (path, text) in &pages {
        assert!(
            !text.contains("datetime=\"\"")
                && !text.contains("datetime=\"later")
                && !text.contains("datetime=\"2027-Q"),
            "{path}"
        );
    }
}

#[test]
fn without_an_as_of_day_a_day_that_moves_gets_no_earlier_stamp() {
    let mut source = many(3);
    source.as_object_mut().expect("an object").remove("as_of");
    let calendar = &data(&source)["roadmap.ics"];
    assert!(calendar.contains("DTSTAMP:19700101T000000Z\r\nDTSTART;VALUE=DATE:20261224\r\n"), "{calendar}");
    assert!(!calendar.contains("METHOD"), "nobody organizes what is published: {calendar}");
}

#[test]
fn the_calendars_of_two_roadmaps_share_no_event() {
    let uids = |source: &Value| {
        let calendar = data(source)["roadmap.ics"].replace("\r\n ", "");
        let lines = calendar.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned);
        lines.collect::<std::collections::BTreeSet<_>>()
    };
    let two = |change: &dyn Fn(&mut Value)| {
        let mut other = many(3);
        other["repository"] = "o/r".into();
        let first = uids(&other);
        change(&mut other);
        first.is_disjoint(&uids(&other))
    };
    assert!(two(&|other| other["repository"] = "o/s".into()));
    assert!(two(&|other| other["title"] = "Another".into()), "two roadmaps of one repository");
    assert!(two(&|other| other["site"] = json!({"url": "https://example.org/b/"})));
    let (one, other) = (at("https://example.org/a"), at("https://example.org/b/"));
    assert!(uids(&one).is_disjoint(&uids(&other)));
    assert_eq!(uids(&one), uids(&at("https://example.org/a/")));
}

#[test]
fn only_a_site_with_an_address_has_a_map() {
    let without = data(&many(40));
    assert!(!without.contains_key("sitemap.xml") && !without["robots.txt"].contains("Sitemap"));
    let with = data(&at("https://example.org/x?a&b"));
    assert!(with["robots.txt"].ends_with("Sitemap: https://example.org/x?a&b/sitemap.xml\n"));
    let map = &data(&at("https://example.org/x"))["sitemap.xml"];
    assert_eq!(map.matches("/issues/i-t-").count(), 40);
    assert!(map.contains("<loc>https://example.org/x/</loc>") && map.contains("/search.html</loc>"));
    assert!(!map.contains("404") && !map.contains(".js<") && with["sitemap.xml"].contains("a&amp;b"));
}

#[test]
fn language_models_get_every_page_below_its_path() {
    let text = &data(&at("https://example.org/sub/path/"))["llms.txt"];
    assert!(
        text.contains("\n# Many\n") && text.contains("(https://example.org/sub/path/board.html)"),
        "{text}"
    );
    assert!(text.contains("(https://example.org/sub/path/issues/i-t-7.html): "), "{text}");
    assert!(text.contains("Milestone B](https://example.org/sub/path/milestones/m-b.html): "), "{text}");
    let relative = &data(&many(4))["llms.txt"];
    assert!(relative.contains("(issues/i-t-3.html): done, due 2026-12-24\n"), "{relative}");
}
