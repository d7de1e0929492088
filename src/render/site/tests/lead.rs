//! What pages say first of roadmaps that give a part of what there is to say, and what they leave out.

use serde_json::{Value, json};

use super::known::{page, pages, words};

fn overview(source: &Value) -> String {
    words(page(&pages(source), "index.html"))
}

fn issues(issues: &[(&str, Option<&str>)]) -> Value {
    let issue = |(n, (state, reason)): (usize, &(&str, Option<&str>))| json!({ "id": format!("D-{n}"), "title": "Dig", "state": state, "state_reason": reason, "milestone": "M" });
    let issues: Vec<_> = issues.iter().enumerate().map(issue).collect();
    json!({ "milestones": [{ "id": "M", "title": "Shed" }], "issues": issues })
}

#[test]
fn without_issues_it_tells_of_milestones() {
    let milestone = |n: u8| json!({ "id": format!("M{n}"), "title": format!("Stage {n}"), "due_on": format!("2027-0{n}-01") });
    let mut source = json!({ "milestones": (1..=3).map(milestone).collect::<Vec<_>>() });
    let made = pages(&source);
    assert!(!page(&made, "index.html").contains(">Board</a>"));
    let said = words(page(&made, "index.html"));
    let lead = "3 milestones, from “Stage 1” to “Stage 3”. Stage 1 is due first, 2027-01-01.";
    assert!(said.contains(lead), "{said}");
    for nothing in ["0 of 0", "no issues", "Issues", "Board"] {
        assert!(!said.contains(nothing), "{said}");
    }
    source["milestones"] = json!([{ "title": "Shed" }]);
    assert!(overview(&source).contains("1 milestone."));
}

#[test]
fn where_all_was_dropped_nothing_is_a_share_of_nothing() {
    let dropped = ("closed", Some("not_planned"));
    let said = overview(&issues(&[dropped, dropped]));
    assert!(said.contains("2 issues dropped along the way."), "{said}");
    assert!(!said.contains("0 of 0"), "{said}");
}

#[test]
fn what_can_begin_is_not_told_where_nothing_is_said_to_wait() {
    let mut source = issues(&[("closed", None), ("open", None), ("open", None)]);
    let said = overview(&source);
    assert!(said.contains("1 of 3 issues done, 2 open."), "{said}");
    assert!(
        said.contains("What is open Open issues that have not begun, in the order of the roadmap."),
        "{said}"
    );
    source["issues"][2]["due_on"] = "2027-01-01".into();
    assert!(
        overview(&source)
            .contains("What is needed first Open issues that have not begun, those needed soonest first.")
    );
    for said in [said, overview(&source)] {
        assert!(!said.contains("can begin now") && !said.contains("in their way"), "{said}");
    }
    source["issues"][2]["blocked_by"] = json!(["D-1"]);
    let said = overview(&source);
    assert!(said.contains("1 can begin now, 1 waits for others"), "{said}");
    assert!(said.contains("What to begin first"), "{said}");
}

#[test]
fn what_waits_for_nothing_is_open_where_nothing_is_said_to_wait_and_ready_where_something_is() {
    let mut source = issues(&[("closed", None), ("open", None), ("open", None)]);
    source["issues"][2]["begun_on"] = "2026-01-01".into();
    let is_there = |source: &Value, word: &str| {
        let made = pages(source);
        let of = |path: &str| words(page(&made, path)).contains(word);
        ["board.html", "table.html", "milestones/m-m.html", "issues/i-d-1.html"].map(of)
    };
    source["issues"][1]["due_on"] = "2027-01-01".into();
    assert_eq!((is_there(&source, "Open"), is_there(&source, "Ready")), ([true; 4], [false; 4]));
    source["issues"][0]["blocked_by"] = json!(["D-1"]);
    assert_eq!((is_there(&source, "Open"), is_there(&source, "Ready")), ([false; 4], [true; 4]));
}

#[test]
fn it_is_not_told_what_is_due_next_where_nobody_knows_what_is_past() {
    let milestone = |n: u8| json!({ "id": format!("M{n}"), "title": format!("Stage {n}"), "due_on": format!("2027-0{n}-01") });
    let mut source = json!({ "milestones": (1..=3).map(milestone).collect::<Vec<_>>() });
    for (as_of, told) in [
        (Value::Null, "Stage 1 is due first, 2027-01-01."),
        ("2026-12-31".into(), "Stage 1 is due next, in 1 day (2027-01-01)."),
        ("2027-02-02".into(), "Stage 3 is due next, in 27 days (2027-03-01)."),
        ("2027-04-01".into(), "Stage 1 was due 2027-01-01."),
    ] {
        source["as_of"] = as_of;
        let said = overview(&source);
        assert!(said.contains(told), "{said}");
        assert!(
            !said.contains("overdue") && !said.contains("Past due"),
            "nobody says that it is open: {said}"
        );
    }
    source["milestones"] = json!([{ "title": "Shed", "due_on": "2027-Q1" }]);
    assert!(overview(&source).contains("Shed was due 2027-Q1."));
}

#[test]
fn a_column_that_no_milestone_has_something_in_is_not_there() {
    let mut source = json!({ "milestones": [{ "id": "M", "title": "Shed", "due_on": "2027-01-01" }] });
    let table = |source: &Value| words(page(&pages(source), "timeline.html"));
    let said = table(&source);
    assert!(said.contains("MilestoneDue Shed2027-01-01"), "{said}");
    assert!(!said.contains("Unknown"), "{said}");
    source["milestones"][0]["owner"] = "ann".into();
    source["issues"] = json!([{ "title": "Dig", "milestone": "M", "state": "open" }]);
    let said = table(&source);
    assert!(said.contains("MilestoneStatusDueProgressOwner ShedOpen2027-01-010 of 1 doneann"), "{said}");
}

#[test]
fn a_day_on_which_work_began_is_a_day() {
    let mut source = issues(&[("open", None)]);
    assert!(overview(&source).contains("gives no days"));
    source["issues"][0]["begun_on"] = "2026-01-05".into();
    let pages = pages(&source);
    assert!(words(page(&pages, "index.html")).contains("gives no dependencies."));
    assert!(page(&pages, "index.html").contains(">Timeline</a>"));
    assert!(page(&pages, "timeline.html").contains("<h1>Timeline</h1>"));
}

#[test]
fn bars_count_points_where_half_of_what_is_open_is_estimated() {
    let mut source = issues(&[("closed", None), ("open", None), ("open", None)]);
    source["issues"][0]["estimate"] = 5.into();
    let said = overview(&source);
    assert!(said.contains("Done 1Open 2"), "{said}");
    source["issues"][1]["estimate"] = 2.5.into();
    let pages = pages(&source);
    for name in ["index.html", "milestones/m-m.html"] {
        let said = words(page(&pages, name));
        assert!(said.contains("PointsDone 5Open 2.51 issue without an estimate"), "{said}");
    }
    let said = words(page(&pages, "index.html"));
    assert!(said.contains("MilestoneDonePointsHow many"), "{said}");
    assert!(said.contains("33%5 done, 2.5 open7.5"), "{said}");
}

#[test]
fn those_who_wait_for_one_issue_are_among_those_who_wait() {
    let source = json!({ "repository": "a/b", "issues": [
        { "id": "C-1", "title": "Icons", "state": "open" },
        { "id": "C-2", "title": "Who knows", "blocked_by": ["C-1"] },
        { "id": "C-3", "title": "Later", "state": "open", "blocked_by": ["C-2"] },
        { "id": "C-4", "title": "Sure", "state": "open", "blocked_by": ["C-5"] },
        { "id": "C-5", "title": "Base", "state": "open" }] });
    let pages = pages(&source);
    let said = words(page(&pages, "index.html"));
    assert!(said.contains("1 waits for others") && !said.contains("of them for"), "{said}");
    assert!(said.contains("Open or unknown"), "C-3 is open, whatever C-2 is: {said}");
    assert!(words(page(&pages, "issues/i-c-3.html")).contains("StatusOpen"));
}

#[test]
fn what_is_not_dropped_is_told_where_nothing_else_has_a_state() {
    let issue = |n: usize| json!({ "id": format!("A-{n}"), "title": "Dig", "milestone": "M" });
    let mut issues: Vec<_> = (1..=10).map(issue).collect();
    (issues[0]["state"], issues[0]["state_reason"]) = ("closed".into(), "not_planned".into());
    let mut source =
        json!({ "repository": "a/b", "milestones": [{ "id": "M", "title": "Shed" }], "issues": issues });
    let all = pages(&source);
    let said = words(page(&all, "index.html"));
    assert!(
        said.contains("10 issues. 1 was dropped.") && said.contains("9 Issues state not given"),
        "{said}"
    );
    let own = words(page(&all, "milestones/m-m.html"));
    assert!(own.contains("10 issues. 1 was dropped."), "{own}");
    for issue in source["issues"].as_array_mut().expect("issues") {
        (issue["state"], issue["state_reason"]) = ("closed".into(), "not_planned".into());
    }
    let said = words(page(&pages(&source), "index.html"));
    assert!(said.contains("10 issues dropped along the way") && !said.contains("0 of 0"), "{said}");
}

#[test]
fn late_milestones_are_told_beside_late_issues_and_on_the_timeline() {
    let mut source = json!({ "as_of": "2026-03-01",
        "milestones": [{ "id": "A", "title": "Alpha", "due_on": "2026-02-28" }, { "id": "B", "title": "Beta", "due_on": "2026-02-20" }],
        "issues": [{ "id": "X-1", "title": "x", "milestone": "A", "state": "open" }, { "id": "X-2", "title": "y", "milestone": "B", "state": "open" }] });
    let said = words(page(&pages(&source), "timeline.html"));
    assert!(said.contains("2 milestones are overdue."), "{said}");
    source["issues"][0]["due_on"] = "2026-02-28".into();
    let said = words(page(&pages(&source), "index.html"));
    assert!(said.contains("1 issue and 2 milestones are overdue."), "{said}");
}

#[test]
fn where_nobody_says_what_is_due_or_done_the_timeline_says_neither() {
    let issue = |n: usize| json!({ "id": format!("A-{n}"), "title": "Dig", "milestone": "M", "start_on": format!("2026-0{n}-05") });
    let issues: Vec<_> = (1..=4).map(issue).collect();
    let source =
        json!({ "repository": "a/b", "milestones": [{ "id": "M", "title": "Shed" }], "issues": issues });
    let pages = pages(&source);
    let timeline = page(&pages, "timeline.html");
    assert!(words(timeline).contains("Each row shows when its issues start."), "{}", words(timeline));
    for odd in ["unknown</title>", "no due date", "open ones", "how they stand"] {
        let at = timeline.find(odd);
        assert!(at.is_none(), "{odd}: {:?}", at.map(|at| &timeline[at.saturating_sub(80)..at + 40]));
    }
}
