//! What pages tell of roadmaps that say a part of what there is to say: each number counts what its words say, and nothing more.

use serde_json::{Value, json};

use super::known::{page, pages, words};

fn told(source: &Value, path: &str) -> String {
    words(page(&pages(source), path))
}

/// Issues with these labels, in one milestone.
fn labelled(labels: &[&[&str]]) -> Value {
    let issue = |(n, labels): (usize, &&[&str])| json!({ "id": format!("A-{n}"), "title": "Dig", "labels": labels, "milestone": "M" });
    let issues: Vec<_> = labels.iter().enumerate().map(issue).collect();
    json!({ "repository": "a/b", "milestones": [{ "id": "M", "title": "Shed" }], "issues": issues })
}

#[test]
fn an_issue_with_several_labels_of_a_group_counts_for_none_of_them_in_a_whole_and_for_each_alone() {
    let mut source = labelled(&[
        &["area:db"],
        &["area:db", "area:ui"],
        &["area:db", "area:ui"],
        &["area:ui"],
        &["area:db"],
    ]);
    assert!(told(&source, "index.html").contains("2 db, 1 ui, 2 several"));
    for issue in source["issues"].as_array_mut().expect("issues") {
        issue["state"] = "open".into();
    }
    source["issues"][0]["state"] = "closed".into();
    let said = told(&source, "index.html");
    assert!(said.contains("Issues by area. area:db4 issues area:ui3 issues"), "{said}");
}

#[test]
fn what_may_be_done_is_not_called_open() {
    let mut source = json!({ "repository": "a/b", "issues": (1..=4).map(|n| json!({ "id": format!("A-{n}"), "title": "Dig", "assignees": ["ann"] })).collect::<Vec<_>>() });
    source["issues"][0]["state"] = "open".into();
    source["issues"][1]["blocked_by"] = json!(["A-1"]);
    let said = told(&source, "graph.html");
    assert!(said.contains("1 of 4 issues wait") && !said.contains("open issue"), "{said}");
    let said = told(&source, "index.html");
    assert!(said.contains("Who has what NameOpenIssues ann14"), "{said}");
    assert!(said.contains("0 of 1 issue whose state is given is done"), "{said}");
}

#[test]
fn a_guide_says_nothing_of_milestones_of_which_nothing_is_known() {
    let source = json!({ "repository": "a/b", "milestones": [{ "id": "M", "title": "Shed" }],
        "issues": [{ "title": "Dig", "milestone": "M" }], "phases": [{ "title": "First", "milestones": ["M"] }] });
    let said = told(&source, "phases.html");
    assert!(said.contains("Shed") && !said.contains("Unknown") && !said.contains("due date"), "{said}");
}

#[test]
fn one_issue_alone_is_no_chain() {
    let source = json!({ "issues": [
        { "id": "A-1", "title": "Dig", "state": "open", "start_on": "2026-01-01", "due_on": "2026-03-01" },
        { "id": "A-2", "title": "Fill", "state": "open", "start_on": "2026-05-01", "due_on": "2026-05-10" }] });
    let said = told(&source, "graph.html");
    assert!(!said.to_lowercase().contains("critical path"), "{said}");
}

#[test]
fn what_belongs_to_a_late_milestone_is_needed_first() {
    let source = json!({ "as_of": "2026-06-01",
        "milestones": [{ "id": "A", "title": "Alpha", "due_on": "2026-07-01" }, { "id": "B", "title": "Beta", "due_on": "2026-05-01" }],
        "issues": [{ "id": "U-1", "title": "Dig", "state": "open", "milestone": "A" },
            { "id": "U-2", "title": "Fill", "state": "open", "milestone": "B" }] });
    let said = told(&source, "index.html");
    let place = |words: &str| said.find(words).unwrap_or_else(|| panic!("no {words}: {said}"));
    assert!(place("needed by 2026-05-01") < place("needed by 2026-07-01"));
}

#[test]
fn no_order_of_days_is_told_where_there_are_none() {
    let source = json!({ "issues": [{ "title": "Dig", "state": "open", "due_on": "later" }, { "title": "Fill", "state": "open" }] });
    assert!(!told(&source, "index.html").contains("soonest"));
}

#[test]
fn what_has_passed_was_due() {
    let source = |as_of: &str| {
        json!({ "as_of": as_of, "milestones": [{ "id": "A", "title": "Alpha", "due_on": "2026-05-01" }],
        "issues": [{ "title": "Dig", "state": "closed", "milestone": "A" }] })
    };
    assert!(told(&source("2026-04-01"), "timeline.html").contains("Alpha is due 2026-05-01."));
    assert!(told(&source("2026-06-01"), "timeline.html").contains("Alpha was due 2026-05-01."));
}

#[test]
fn issues_without_a_milestone_are_not_counted_in_the_milestones() {
    let source = json!({ "repository": "a/b", "milestones": [{ "id": "A", "title": "Alpha" }, { "id": "B", "title": "Beta" }],
        "issues": [{ "title": "Dig", "milestone": "A" }, { "title": "Fill", "milestone": "B" }, { "title": "Paint" }] });
    let said = told(&source, "index.html");
    assert!(said.contains("3 issues, 2 of them in 2 milestones"), "{said}");
}

#[test]
fn milestones_that_wait_are_not_contradicted() {
    let source = json!({ "milestones": [{ "id": "A", "title": "Alpha" }, { "id": "B", "title": "Beta", "blocked_by": ["A"] }],
        "issues": [{ "id": "U-1", "title": "Dig", "state": "open", "milestone": "A" }, { "id": "U-2", "title": "Fill", "state": "open", "milestone": "B" }] });
    let said = told(&source, "graph.html");
    assert!(
        said.contains("No issue that is left waits for another.") && !said.contains("waits for anything"),
        "{said}"
    );
}

#[test]
fn late_milestones_are_told_where_only_they_have_days() {
    let issues: Vec<_> = (0..6)
        .map(|n| json!({ "id": format!("U-{n}"), "title": "Dig", "state": "open", "milestone": "A" }))
        .collect();
    let source = json!({ "as_of": "2026-03-01", "issues": issues,
        "milestones": [{ "id": "A", "title": "Alpha", "due_on": "2026-01-15" }, { "id": "B", "title": "Beta", "state": "open", "due_on": "2026-04-01" }] });
    let said = told(&source, "index.html");
    assert!(
        said.contains("1 milestone is overdue") && said.contains("milestones past their due date"),
        "{said}"
    );
}

#[test]
fn nobody_is_said_only_where_it_is_stated() {
    let source = |repository: bool| {
        let mut source = json!({ "milestones": [{ "id": "A", "title": "Alpha" }], "issues": [
            { "id": "U-1", "title": "Dig", "state": "open", "milestone": "A", "assignees": ["ann"] },
            { "id": "U-2", "title": "Fill", "state": "open", "milestone": "A", "blocked_by": ["U-1"] },
            { "id": "U-3", "title": "Sow", "state": "open", "milestone": "A" }] });
        if repository {
            source["repository"] = "a/b".into();
        }
        source
    };
    let said = told(&source(true), "board.html");
    assert!(said.contains("Not given") && !said.contains("Nobody"), "{said}");
    assert!(!told(&source(true), "index.html").contains("Unassigned"));
    assert!(told(&source(false), "board.html").contains("Nobody"));
    assert!(told(&source(false), "index.html").contains("Unassigned"));
}

#[test]
fn a_timeline_without_states_has_no_word_for_them() {
    let mut source = json!({ "repository": "a/b", "milestones": [{ "id": "D", "title": "Dated", "due_on": "2026-04-01" }],
        "issues": [{ "id": "U-1", "title": "Dig", "milestone": "D", "start_on": "2026-01-02", "due_on": "2026-03-02" }] });
    let timeline = |source: &Value| page(&pages(source), "timeline.html").to_lowercase();
    assert!(!timeline(&source).contains("\"unknown") && !timeline(&source).contains(">unknown"));
    source["issues"]
        .as_array_mut()
        .expect("issues")
        .push(json!({ "id": "U-2", "title": "Fill", "state": "open" }));
    assert!(timeline(&source).contains("aria-label=\"unknown"));
}

#[test]
fn shares_are_of_those_whose_state_is_given_on_every_page() {
    let mut source = labelled(&[&[][..]; 6]);
    source["milestones"][0]["due_on"] = "2026-12-01".into();
    for (at, state) in [(0, "closed"), (1, "open"), (2, "open")] {
        source["issues"][at]["state"] = state.into();
    }
    let pages = pages(&source);
    for (path, said) in [
        ("index.html", "1 of 3 issues whose state is given"),
        ("index.html", "Shed1 of 3 done, 3 unknown"),
        ("timeline.html", "Shed1 of 3 done, 3 unknown · due 2026-12-01"),
    ] {
        let words = words(page(&pages, path));
        assert!(words.contains(said), "{path}: {words}");
    }
    assert!(page(&pages, "timeline.html").contains("1 of 3 done, due 2026-12-01"), "the bar's own words");
}

#[test]
fn what_a_milestone_waits_for_by_its_own_word_stands_in_the_table() {
    let source = json!({
        "milestones": [{ "id": "A", "title": "Alpha" }, { "id": "B", "title": "Beta", "blocked_by": ["A"] },
            { "id": "C", "title": "Gamma", "blocked_by": ["A", "B", "D"] }, { "id": "D", "title": "Delta" }],
        "issues": [{ "id": "I-1", "title": "x", "milestone": "B", "state": "open" }] });
    let said = told(&source, "index.html");
    assert!(
        said.contains("Beta Blocked0 of 1 done · waits for Alpha")
            || said.contains("Beta0 of 1 done · waits for Alpha"),
        "{said}"
    );
    assert!(said.contains("waits for Alpha, Beta +1"), "{said}");
}

#[test]
fn one_person_under_two_spellings_has_one_row_that_the_filters_lead_to() {
    let issue = |n: usize, who: &str| json!({ "id": format!("A-{n}"), "title": "Dig", "state": "open", "assignees": [who] });
    let issues = [issue(1, "Ann"), issue(2, "ann"), issue(3, "bob")];
    let pages = pages(&json!({ "issues": issues }));
    let said = words(page(&pages, "index.html"));
    assert!(said.contains("Who has what NameOpen Ann2 bob1"), "{said}");
    assert!(page(&pages, "board.html").contains("href=\"index.html#people\" data-v=\"Ann\""));
}

#[test]
fn an_issue_that_many_wait_for_names_them_all() {
    let mut issues: Vec<_> = (1..=250)
        .map(|n| json!({ "id": format!("A-{n}"), "title": "Dig", "state": "open", "blocked_by": ["HUB-1"] }))
        .collect();
    issues.push(json!({ "id": "HUB-1", "title": "Plan", "state": "open" }));
    let pages = pages(&json!({ "issues": issues }));
    let hub = page(&pages, "issues/i-hub-1.html");
    for n in 1..=250 {
        assert!(hub.contains(&format!("href=\"i-a-{n}.html\"")), "A-{n}");
    }
    assert!(hub.contains("<details><summary>150 more</summary>"), "folded");
}
