//! How work flows: weekly closings, how many issues there were, cycle times, since when issues are ready; in `report` and in
//! `build --history`, and nowhere else.

use roadbook::internals::model::Day;
use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn day(before: i64) -> Day {
    Day::nearest(Day::parse("2026-11-22").expect("a day").number() - before)
}

fn done(id: usize, begun: Option<i64>, closed: i64) -> Value {
    let mut issue =
        json!({ "id": format!("D-{id:02}"), "title": "done", "state": "closed", "closed_on": day(closed) });
    if let Some(begun) = begun {
        issue["begun_on"] = json!(day(begun));
    }
    issue
}

/// Ten issues that took 1 to 10 days, one of which nobody says when it began, and what is open.
fn plan() -> Value {
    let mut issues: Vec<_> = (0..10).map(|n| done(n, Some(20 + n as i64), 20)).collect();
    issues.push(done(10, None, 6));
    issues.push(json!({ "id": "O-1", "title": "old", "state": "open", "begun_on": day(9) }));
    issues.push(json!({ "id": "O-2", "title": "young", "state": "open", "begun_on": day(0) }));
    issues.push(json!({ "id": "O-3", "title": "planned alone", "state": "open", "start_on": day(3) }));
    issues.push(json!({ "id": "R-1", "title": "ready", "state": "open", "blocked_by": ["D-00", "D-10"] }));
    issues.push(json!({ "id": "R-2", "title": "free", "state": "open" }));
    json!({ "issues": issues })
}

#[test]
fn cycle_times_need_both_days_and_ages_are_held_against_them() {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &plan());
    let flow = repository.spawn(["report", "--format", "json"]).ends_with(0).json()["flow"].take();
    assert_eq!(flow["cycle_time"], json!({ "issues": 10, "median": 5, "most": 9 }));
    let since = |id: &str, before: i64| json!({ "id": id, "since": day(before), "days": before + 1 });
    assert_eq!(flow["begun"], json!([since("O-1", 9), since("O-2", 0)]), "a planned start is no beginning");
    assert_eq!(flow["ready"], json!([since("R-1", 6)]), "nothing was in the way of R-2");
    let weeks = flow["weeks"].as_array().expect("a list");
    assert_eq!((weeks.len(), &weeks[25]["closed"], &weeks[23]["closed"]), (26, &json!(1), &json!(10)));
    assert_eq!(
        (&weeks[25]["ending"], &weeks[25]["added"]),
        (&json!("2026-11-22"), &Value::Null),
        "git was not asked"
    );
    for format in ["human", "markdown", "html"] {
        let out = repository.spawn(["report", "--format", format]).ends_with(0).out;
        for words in [
            "11 issues closed in 26 weeks, at most 10 in a week.",
            "Of 10 issues half took 5 days or less from the day on which work began, 85% took 9 days or less.",
            "begun 2026-11-13, 10 days: longer than 85% took",
            "begun 2026-11-22, 1 day",
            "ready since 2026-11-16, 7 days",
        ] {
            assert!(out.contains(words), "{format} does not say `{words}`:\n{out}");
        }
    }
}

#[test]
fn of_nine_issues_no_percentile_is_given() {
    let mut source = plan();
    source["issues"].as_array_mut().expect("a list").remove(0);
    source["issues"][13]["blocked_by"] = json!(["D-10"]);
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &source);
    let run = repository.spawn(["report", "--format", "json"]).ends_with(0);
    assert_eq!(run.json()["flow"]["cycle_time"], Value::Null);
    assert!(!repository.spawn(["report"]).ends_with(0).out.contains("longer than"));
}

/// A history in which issues came, were withdrawn, taken back and taken out; one was internal all along.
fn moving() -> Project {
    let repository = Project::repository();
    let mut source = json!({ "issues": [
        { "id": "A-1", "title": "one", "state": "open" },
        { "id": "A-2", "title": "two", "state": "open" },
        { "id": "A-3", "title": "secret", "state": "open", "internal": true }
    ] });
    repository.commit_plan("2026-09-01", &source);
    let issues = source["issues"].as_array_mut().expect("a list");
    issues.push(json!({ "id": "A-4", "title": "four", "state": "open" }));
    issues.push(json!({ "id": "A-5", "title": "five", "state": "closed", "closed_on": "2026-10-20" }));
    issues.push(json!({ "id": "A-6", "title": "secret too", "state": "open", "internal": true }));
    repository.commit_plan("2026-10-20", &source);
    source["issues"][1]["state"] = "closed".into();
    source["issues"][1]["state_reason"] = "not_planned".into();
    repository.commit_plan("2026-11-17", &source);
    source["issues"].as_array_mut().expect("a list").remove(3);
    repository.commit_plan("2026-11-18", &source);
    source["issues"][1] = json!({ "id": "A-2", "title": "two", "state": "open" });
    repository.commit_plan("2026-11-19", &source);
    repository
}

#[test]
fn git_says_how_many_issues_there_were_and_nothing_of_what_is_internal() {
    let repository = moving();
    let args = ["report", "--since", "2026-01-01", "--format", "json", "--public"];
    let report = repository.spawn(args).ends_with(0).json();
    let all = report["flow"]["scope"].as_array().expect("a list").iter();
    let scope: Vec<_> =
        all.map(|at| (at["day"].as_str().unwrap_or_default(), at["issues"].as_u64())).collect();
    let at = |day, issues| (day, Some(issues));
    assert_eq!(
        scope,
        [
            at("2026-09-01", 2),
            at("2026-10-20", 4),
            at("2026-11-17", 3),
            at("2026-11-18", 2),
            at("2026-11-19", 3)
        ]
    );
    let weeks = report["flow"]["weeks"].as_array().expect("a list");
    let moved = |week: usize| (weeks[week]["added"].as_u64(), weeks[week]["dropped"].as_u64());
    assert_eq!(
        (moved(25), moved(21), moved(20)),
        ((Some(1), Some(2)), (Some(2), Some(0)), (Some(0), Some(0)))
    );
    assert_eq!(moved(0), (None, None), "the roadmap was not there yet");
    // Half a history does not say how many there were.
    let report =
        repository.spawn(["report", "--since", "2026-11-01", "--format", "json"]).ends_with(0).json();
    assert_eq!(report["flow"]["scope"], json!([]));
    let page = repository.spawn(["report", "--since", "2026-11-01", "--format", "html"]).ends_with(0).out;
    assert!(
        page.contains("git shows 3 added and 2 dropped.") && page.contains("; there were 2 on 2026-09-01"),
        "{page}"
    );
}

#[test]
fn the_pages_with_history_tell_flow_and_pace_and_no_others_do() {
    let repository = moving();
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let page = repository.text("public/changes.html");
    let told = [
        "<h2 id=\"pace\">",
        "1 issue closed in 26 weeks",
        "3 added and 2 dropped",
        "Week ending",
        "Issues then",
        "The pace cannot be estimated",
    ];
    for words in told {
        assert!(page.contains(words), "no `{words}` in {page}");
    }
    repository.spawn(["build"]).ends_with(0);
    for path in ["roadmap/SUMMARY.md", "site/index.html", "site/roadmap.json"] {
        let page = repository.text(path);
        assert!(
            ["ready since", "in 26 weeks", "git shows"].iter().all(|words| !page.contains(words)),
            "{page}"
        );
    }
}

#[test]
fn outside_a_repository_the_report_tells_what_the_source_says() {
    let repository = Project::beside_git();
    repository.write(SOURCE, plan().to_string());
    let run = repository.spawn(["report", "--format", "html"]).ends_with(0);
    assert!(
        run.out.contains("11 issues closed in 26 weeks") && !run.out.contains("git shows"),
        "{}",
        run.err
    );
}
