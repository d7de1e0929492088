//! The pages of the timeline: those that say something, each issue on them, and none of them too large.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{made::texts, renderer};
use crate::render::SitePage;

fn pages(source: &Value) -> Vec<(String, String)> {
    texts(&renderer(source), |page| matches!(page, SitePage::Timeline(_)))
}

fn paths(pages: &[(String, String)]) -> Vec<&str> {
    pages.iter().map(|(path, _)| path.as_str()).collect()
}

/// Issues of two milestones, of which `dated` have days.
fn planned(issues: usize, dated: usize) -> Value {
    let issue = |n: usize| {
        let mut issue = json!({
            "id": format!("P-{n}"), "title": format!("Part {n}"), "milestone": format!("M{}", n % 2), "state": "open",
            "labels": [format!("area:{}", ["db", "web"][n % 2]), "people:many", format!("مجال:{}", n % 3)],
        });
        if n < dated {
            issue["start_on"] = json!(format!("2026-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1));
            issue["due_on"] = json!(format!("2027-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1));
        }
        issue
    };
    json!({
        "milestones": [{ "id": "M0", "title": "None" }, { "id": "M1", "title": "One" }],
        "issues": (0..issues).map(issue).collect::<Vec<_>>(),
    })
}

/// The ids of issues with a row on a page.
fn rows(html: &str) -> Vec<&str> {
    let chart = html.split("class=\"gantt").nth(1).and_then(|rest| rest.split("<ul class=\"key").next());
    let ids = chart.unwrap_or_default().split("<span class=\"id\">").skip(1);
    ids.filter_map(|rest| rest.split('<').next()).collect()
}

#[test]
fn only_groups_that_tell_issues_in_time_apart_have_a_page() {
    let mut source = planned(12, 8);
    assert_eq!(paths(&pages(&source)), ["timeline.html", "timeline-by-area.html", "timeline-by-mjl.html"]);
    // One label for all, and one person, say nothing.
    source["issues"][3]["assignees"] = json!(["Ada"]);
    source["issues"][5]["assignees"] = json!(["ada"]);
    assert!(!paths(&pages(&source)).contains(&"timeline-by-people.html"));
    source["issues"][4]["assignees"] = json!(["bo", "ada"]);
    for n in 0..6 {
        source["issues"][n]["labels"][1] = json!("people:few");
    }
    let all = pages(&source);
    let by_people = ["timeline-by-people~2.html", "timeline-by-people.html"];
    assert!(by_people.iter().all(|path| paths(&all).contains(path)), "{:?}", paths(&all));
    let (_, people) = all.iter().find(|(path, _)| path == by_people[1]).expect("a page");
    assert!(people.contains("href=\"table.html?who=ada\"") || !people.contains("more issue"), "{people}");
    assert_eq!(rows(people).iter().filter(|id| **id == "P-4").count(), 2, "one row for each of its people");
    for (path, html) in &all {
        assert_eq!(
            html.matches("aria-current=\"page\"").count(),
            1 + usize::from(path == "timeline.html"),
            "{path}"
        );
    }
    // Where issues have no days, their milestones are all that is drawn.
    let mut undated = planned(12, 0);
    undated["milestones"][0]["due_on"] = json!("2027-01-01");
    assert_eq!(paths(&pages(&undated)), ["timeline.html"]);
    let none = pages(&planned(12, 0));
    assert!(paths(&none) == ["timeline.html"] && !none[0].1.contains("class=\"switch"), "{none:?}");
}

#[test]
fn every_open_issue_with_a_day_has_a_row_on_some_page_and_none_is_too_long() {
    let all = pages(&planned(900, 860));
    let own: Vec<_> = all.iter().filter(|(path, _)| path.starts_with("timeline-m-m")).collect();
    let parts: Vec<_> = own.iter().map(|(path, _)| path.as_str()).collect();
    assert!(parts.contains(&"timeline-m-m0.html") && parts.contains(&"timeline-m-m1~2.html"), "{parts:?}");
    let shown: Vec<_> = own.iter().flat_map(|(_, html)| rows(html)).collect();
    assert_eq!(shown.len(), 860);
    assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), 860);
    for (path, html) in &all {
        let elements = html.matches('<').count() - html.matches("</").count();
        assert!(elements <= 3_000 && rows(html).len() <= 200, "{path}: {elements} elements");
    }
    // Each group has its share of the rows.
    let (_, first) = &all[0];
    assert!(first.contains("href=\"timeline-m-m0.html\">") && first.contains("href=\"timeline-m-m1.html\">"));
    let odd = rows(first).iter().filter(|id| id.ends_with(['1', '3', '5', '7', '9'])).count();
    assert!(rows(first).len() > 150 && odd * 2 == rows(first).len(), "{odd} of {}", rows(first).len());
    let whole = super::site(&renderer(&planned(900, 860)));
    assert!(whole["site/milestones/m-m0.html"].contains("href=\"../timeline-m-m0.html\""));
    let small = super::site(&renderer(&planned(100, 90)));
    assert!(!small.keys().any(|path| path.contains("timeline-m-")));
    assert!(!small["site/milestones/m-m0.html"].contains("timeline-m-"));
}

#[test]
fn columns_of_many_rows_over_many_years_stay_within_a_page() {
    let issue = |n: usize| {
        let state = if n.is_multiple_of(2) { "closed" } else { "open" };
        json!({
            "id": format!("C-{n}"), "title": format!("Case {n}"), "milestone": format!("M{}", n % 50), "state": state,
            "start_on": format!("{}-{:02}-01", 1990 + n % 37, n % 12 + 1), "assignees": [format!("who-{}", n % 60)],
        })
    };
    let milestones: Vec<_> =
        (0..50).map(|n| json!({ "id": format!("M{n}"), "title": format!("Milestone {n}") })).collect();
    let source = json!({ "milestones": milestones, "issues": (0..3_000).map(issue).collect::<Vec<_>>() });
    let all = pages(&source);
    assert!(paths(&all).contains(&"timeline-by-people.html"));
    for (path, html) in &all {
        let elements = html.matches('<').count() - html.matches("</").count();
        assert!(elements <= 3_000, "{path}: {elements} elements");
        assert!(html.contains("most in a "), "{path}");
    }
}
