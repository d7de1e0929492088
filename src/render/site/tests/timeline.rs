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
    assert!(people.contains("href=\"table.html?who=-\">4 more issues: 4 open<"), "{people}");
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

/// The cells of the rows of a table, behind this heading.
fn table(html: &str, id: &str) -> Vec<Vec<String>> {
    let Some(table) =
        html.split(&format!("id=\"{id}\"")).nth(1).and_then(|rest| rest.split("</table>").next())
    else {
        return Vec::new();
    };
    let rows = table.split("<tr>").skip(1);
    let text = |cell: &str| {
        let inner = cell.split_once('>').map_or("", |(_, inner)| inner);
        let words = inner.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        words.collect::<String>().trim().to_owned()
    };
    rows.map(|row| row.replace("<th", "<td").split("<td").skip(1).map(text).collect()).collect()
}

#[test]
fn cohorts_tell_what_became_of_issues_that_have_begun() {
    let issue = |(n, day, state, reason): (usize, Option<&str>, &str, Option<&str>)| json!({ "id": format!("C-{n}"), "title": "t", "state": state, "state_reason": reason, "start_on": day });
    let issues = [
        (1, Some("2026-01-05"), "closed", Some("completed")),
        (2, Some("2026-01-30"), "closed", Some("not_planned")),
        (3, Some("2026-02-01"), "open", None),
        (4, Some("2026-06-30"), "open", None),
        (5, Some("2026-07-01"), "open", None),
        (6, None, "open", None),
    ];
    let mut source = json!({ "as_of": "2026-06-30", "issues": issues.map(issue) });
    let rows = |source: &Value| table(&pages(source)[0].1, "cohorts");
    let shown = rows(&source);
    assert_eq!(
        shown.iter().skip(1).map(|row| row.join("|")).collect::<Vec<_>>(),
        ["2026-01|1 done, 1 dropped|2|100%||1", "2026-02|1 ready|1|0%|1|", "2026-06|1 ready|1|0%|1|"]
            .map(|row| row.replace("1 ready", "1 in progress"))
    );
    // Two months say nothing, and neither do days of fewer than 60 %, or states that nobody has stated.
    source["issues"][3]["start_on"] = json!("2026-02-28");
    assert_eq!(rows(&source), Vec::<Vec<String>>::new());
    source["issues"][3]["start_on"] = json!("2026-06-30");
    source["issues"][0]["start_on"] = Value::Null;
    source["issues"][4]["start_on"] = Value::Null;
    assert_eq!(rows(&source), Vec::<Vec<String>>::new());
    // Of very many years the oldest share a row.
    let old = |n: usize| json!({ "id": format!("C-{n}"), "title": "t", "state": "open", "start_on": format!("{}-01-01", 1980 + n) });
    let shown = rows(&json!({ "issues": (0..40).map(old).collect::<Vec<_>>() }));
    assert_eq!((shown.len(), shown[1][0].as_str(), shown[1][2].as_str()), (17, "before 2005", "25"));
}

#[test]
fn the_load_of_people_is_shown_where_the_source_asks_for_it() {
    let issue = |(n, who, from, to, estimate): (usize, &[&str], &str, &str, f64)| json!({ "id": format!("L-{n}"), "title": "t", "state": "open", "assignees": who, "start_on": from, "due_on": to, "estimate": estimate });
    let issues = [
        (1, &["ada"][..], "2026-11-02", "2026-11-13", 3.0),
        (2, &["Ada", "bo"], "2026-11-20", "2026-11-23", 2.5),
        (3, &["bo"], "2026-12-01", "2026-12-02", 5.0),
    ];
    let mut source =
        json!({ "as_of": "2026-11-20", "site": { "people": true }, "issues": issues.map(issue) });
    let rows = |source: &Value| {
        let all = pages(source);
        let page = all.iter().find(|(path, _)| path == "timeline-by-people.html");
        page.map(|(_, html)| table(html, "load").iter().map(|row| row.join("|")).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let shown = rows(&source);
    assert_eq!(shown, ["Week of|11-16|11-23|11-30", "bo|2.5|2.5|5", "ada|5.5|2.5|"]);
    // Without estimates issues are counted; without the key, one person, or days, nothing is shown.
    for at in 0..3 {
        source["issues"][at]["estimate"] = Value::Null;
    }
    assert_eq!(rows(&source)[2], "bo|1|1|1");
    for key in ["site", "as_of"] {
        let mut silent = source.clone();
        silent.as_object_mut().expect("an object").remove(key);
        assert_eq!(rows(&silent), Vec::<String>::new(), "{key}");
    }
    source["issues"][2]["assignees"] = json!(["ada"]);
    source["issues"][1]["assignees"] = json!(["ada"]);
    assert_eq!(rows(&source), Vec::<String>::new());
}

#[test]
fn milestones_and_labels_are_crossed_where_some_milestone_has_two_of_a_group() {
    let issue = |(n, milestone, label, state): (usize, &str, &str, &str)| json!({ "id": format!("H-{n}"), "title": "t", "milestone": milestone, "labels": [label], "state": state });
    let issues = [
        (1, "a", "area:db", "open"),
        (2, "a", "area:db", "open"),
        (3, "a", "area:web", "open"),
        (4, "b", "area:web", "open"),
        (5, "b", "area:db", "closed"),
    ];
    let milestones = json!([{ "id": "a", "title": "A" }, { "id": "b", "title": "B" }]);
    let mut source = json!({ "milestones": milestones, "issues": issues.map(issue) });
    let heat = |source: &Value| {
        let all = texts(&renderer(source), |page| matches!(page, SitePage::Labels(_)));
        table(&all[0].1, "heat-1").iter().map(|row| row.join("|")).collect::<Vec<_>>()
    };
    assert_eq!(heat(&source), ["Milestone|db|web", "A|2|1", "B||1"]);
    source["issues"][2]["state"] = json!("closed");
    assert_eq!(heat(&source), Vec::<String>::new());
}

#[test]
fn the_small_timeline_has_a_row_for_what_has_a_day_and_no_days_that_no_row_shows() {
    let mut source = json!({
        "as_of": "2026-11-20",
        "milestones": [
            { "id": "A", "title": "Begins", "start_on": "2026-01-10" },
            { "id": "B", "title": "Some day", "due_on": "later" },
            { "id": "C", "title": "Is due", "due_on": "2027-Q1", "planned_due_on": "2026-12-01" },
            { "id": "D", "title": "By its issues" },
        ],
        "issues": [
            { "id": "I-1", "title": "One", "milestone": "D", "start_on": "2026-02-01", "due_on": "2026-05-01" },
            { "id": "I-2", "title": "Two", "milestone": "D", "state": "closed", "closed_on": "2020-05-01" },
        ],
    });
    let overview = |source: &Value| {
        let html = texts(&renderer(source), |page| *page == SitePage::Overview).remove(0).1;
        html.split("gantt picture small")
            .nth(1)
            .and_then(|rest| rest.split("</section>").next().map(str::to_owned))
    };
    let small = overview(&source).expect("a timeline");
    let names: Vec<_> = small.split("class=\"lanes\"").skip(1).collect();
    let has = |title: &str| names.iter().any(|row| row.contains(title));
    assert!(has("Begins") && has("Is due") && has("By its issues") && !has("Some day"), "{small}");
    assert!(small.contains(">and 1 more<") && small.contains("2026") && !small.contains("2020"), "{small}");
    // Where only the days are known on which issues were closed, these are what there is.
    source["issues"] = json!([source["issues"][1]]);
    assert!(overview(&source).expect("a timeline").contains("2020"));
    source["milestones"] = json!([source["milestones"][3]]);
    assert_eq!(overview(&source), None);
}
