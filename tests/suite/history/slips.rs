//! How due dates moved, out of real histories: the series, the chart with its text twin, and what the public may read of it.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

/// A milestone that was given these due dates by commits, with one that keeps its own.
fn repository(said: &[(&str, Option<&str>)]) -> Project {
    let repository = Project::repository();
    for (day, due) in said {
        repository.commit_plan(day, &source(*due));
    }
    repository
}

fn source(due: Option<&str>) -> Value {
    json!({
        "title": "Launch",
        "milestones": [{ "id": "M", "title": "M – Users", "due_on": due }, { "id": "N", "title": "N – Kept", "due_on": "2027-05-01" }],
        "issues": [{ "title": "A-1: Do", "milestone": "M", "state": "open" }, { "title": "A-2: Do", "milestone": "N", "state": "open" }]
    })
}

const CASE: [(&str, Option<&str>); 5] = [
    ("2027-01-04", Some("2027-03-01")),
    ("2027-02-01", Some("2027-03-15")),
    ("2027-02-20", None),
    ("2027-03-01", Some("2027-04-01")),
    ("2027-04-03", Some("2027-04-20")),
];

/// The slips that a report has.
fn slips(repository: &Project) -> Value {
    let args = ["report", "--since", "2026-01-01", "--as-of", "2027-04-26", "--format", "json"];
    repository.spawn(args).ends_with(0).json()["slips"].clone()
}

/// A milestone's moves, as `DAY KIND DAYS NOTICE`.
fn moves(slips: &Value, id: &str) -> Vec<String> {
    let all = slips["milestones"].as_array().expect("a list");
    let of = all.iter().find(|slip| slip["id"] == id).unwrap_or_else(|| panic!("no {id}: {slips}"));
    let moves = of["moves"].as_array().expect("a list");
    let line = |one: &Value| {
        format!("{} {} {} {}", one["on"], one["kind"], one["days"], one["notice"]).replace('"', "")
    };
    moves.iter().map(line).collect()
}

#[test]
fn a_history_of_due_days_has_its_moves_notices_and_net() {
    let slips = slips(&repository(&CASE));
    assert_eq!(
        moves(&slips, "M"),
        [
            "2027-02-01 moved 14 28",
            "2027-02-20 taken null 23",
            "2027-03-01 given 17 null",
            "2027-04-03 moved 19 -2"
        ]
    );
    let of = &slips["milestones"][0];
    let own = ["first", "now", "net_days", "median_notice", "reached_on"].map(|name| of[name].clone());
    assert_eq!(own, [json!("2027-03-01"), json!("2027-04-20"), json!(50), json!(23), Value::Null]);
    assert_eq!(of["moves"][0]["subject"], "a secret reason");
    assert_eq!((&slips["from"], &slips["until"]), (&json!("2027-01-04"), &json!("2027-04-26")));
    assert_eq!(moves(&slips, "N"), [""; 0]);
    let line: Vec<_> =
        of["line"].as_array().expect("a list").iter().map(|point| point["due_on"].clone()).collect();
    assert_eq!(
        line,
        [json!("2027-03-01"), json!("2027-03-15"), Value::Null, json!("2027-04-01"), json!("2027-04-20")]
    );
}

#[test]
fn days_never_go_back_and_none_is_after_the_last_commit() {
    let said = |day: &str, due: &str| (day.to_owned(), due.to_owned());
    let repository = Project::repository();
    for (moment, due) in [
        said("2027-01-04T12:00:00Z", "2027-03-01"),
        said("2027-01-20T12:00:00Z", "2027-03-08"),
        said("2027-01-18T12:00:00Z", "2027-03-22"), // a clock that was set back
        said("2090-01-01T00:00:00Z", "2027-03-29"), // and one that was ahead
        said("2027-02-09T23:30:00-0200", "2027-03-30"), // the 10th in UTC
    ] {
        repository.write(SOURCE, source(Some(&due)).to_string());
        repository.commit_at(&moment);
    }
    assert_eq!(
        moves(&slips(&repository), "M"),
        ["2027-01-20 moved 7 40", "2027-01-20 moved 14 47", "2027-02-10 moved 7 40", "2027-02-10 moved 1 47"]
    );
}

#[test]
fn a_milestone_is_followed_through_another_id_and_what_is_gone_is_taken() {
    let repository = repository(&CASE[..2]);
    let mut source = source(Some("2027-03-22"));
    source["milestones"][0] = json!({ "id": "M2", "title": "M2 – All users", "due_on": "2027-03-22" });
    source["aliases"] = json!({ "M": "M2" });
    source["issues"][0]["milestone"] = "M2".into();
    repository.commit_plan("2027-02-10", &source);
    // The same title under another id is the same milestone, without an alias.
    source["milestones"][1]["id"] = "N2".into();
    source["milestones"][1]["due_on"] = "2027-05-03".into();
    source["issues"][1]["milestone"] = "N2".into();
    repository.commit_plan("2027-02-12", &source);
    source["milestones"].as_array_mut().expect("a list").remove(0);
    source.as_object_mut().expect("an object").remove("aliases");
    source["issues"].as_array_mut().expect("a list").remove(0);
    repository.commit_plan("2027-02-20", &source);
    let slips = slips(&repository);
    assert_eq!(
        moves(&slips, "M2"),
        ["2027-02-01 moved 14 28", "2027-02-10 moved 7 33", "2027-02-20 taken null 30"]
    );
    assert_eq!(moves(&slips, "N2"), ["2027-02-12 moved 2 78"]);
    assert_eq!(slips["milestones"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_is_reached_is_reached_on_the_day_that_is_known() {
    let repository = repository(&CASE[..2]);
    let mut source = source(Some("2027-03-15"));
    source["issues"][0]["state"] = "closed".into();
    source["issues"][0]["closed_on"] = "2027-03-12".into();
    source["issues"][1]["state"] = "closed".into();
    repository.commit_plan("2027-03-16", &source);
    // What is reached and then removed is not taken.
    source["milestones"].as_array_mut().expect("a list").remove(0);
    source["issues"].as_array_mut().expect("a list").remove(0);
    repository.commit_plan("2027-03-20", &source);
    let slips = slips(&repository);
    assert_eq!(moves(&slips, "M"), ["2027-02-01 moved 14 28"]);
    let reached = |id: &str| {
        let all = slips["milestones"].as_array().expect("a list");
        all.iter().find(|slip| slip["id"] == id).expect("it is there")["reached_on"].clone()
    };
    assert_eq!((reached("M"), reached("N")), (json!("2027-03-12"), json!("2027-03-16")));
}

#[test]
fn the_page_of_changes_has_the_chart_and_its_text_twin() {
    let repository = repository(&CASE);
    repository.spawn(["build", "--history", "--out", "public", "--as-of", "2027-04-26"]).ends_with(0);
    let page = repository.text("public/changes.html");
    let svg = page.split_once("<svg").expect("a picture").1.split_once("</svg>").expect("it ends").0;
    assert!(svg.contains("picture-slips") && !svg.contains("style="), "{svg}");
    assert!(
        svg.contains("M – Users: first due 2027-03-01, now 2027-04-20, 50 days later, moved 4 times"),
        "{svg}"
    );
    assert!(svg.contains("N – Kept: first due 2027-05-01, now 2027-05-01, as at first, never moved"));
    assert!(svg.contains("href=\"milestones/m-m.html\"") && svg.contains("class=\"diagonal\""));
    for words in [
        "14 days later: 2027-03-01 → 2027-03-15",
        "28 days before it came due",
        "2 days after it had come due",
        "a secret reason",
        "+50 d",
    ] {
        assert!(page.contains(words), "no `{words}`");
    }
    // What is committed knows nothing of it, whatever git holds.
    repository.spawn(["build"]).ends_with(0);
    let before = repository.text("site/index.html");
    assert!(!repository.path("site/changes.html").exists());
    repository.commit_plan("2027-05-01", &source(Some("2027-05-20")));
    repository.write(SOURCE, serde_json::to_string_pretty(&source(Some("2027-04-20"))).expect("JSON"));
    repository.spawn(["build"]).ends_with(0).says("0 written");
    assert_eq!(repository.text("site/index.html"), before);
    repository.spawn(["check"]).ends_with(0);
}

#[test]
fn without_a_move_there_is_no_chart() {
    let repository = repository(&CASE[..1]);
    repository.commit_plan("2027-02-01", &json!({ "title": "Launch", "milestones": [{ "id": "M", "title": "M – Users", "due_on": "2027-03-01" }] }));
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    // `N` is gone: that is a move.
    assert!(repository.text("public/changes.html").contains("picture-slips"));
    let still = Project::repository();
    still.commit_plan("2027-01-04", &source(None));
    still.commit_plan("2027-01-05", &source(Some("2027-03-01")));
    still.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    assert!(!still.text("public/changes.html").contains("Due dates over time"));
    let html = still.spawn(["report", "--format", "html"]).ends_with(0).out;
    assert!(!html.contains("<h2>Due dates over time"));
}

#[test]
fn a_report_that_is_shared_tells_them_and_one_for_the_terminal_when_it_reads_git() {
    let repository = repository(&CASE);
    for format in ["html", "markdown"] {
        let out = repository.spawn(["report", "--format", format, "--as-of", "2027-04-26"]).ends_with(0).out;
        for words in [
            "14 days later: 2027-03-01 → 2027-03-15",
            "50 days later",
            "a secret reason",
            "1 other milestone kept its due date",
        ] {
            assert!(out.contains(words), "no `{words}` in {out}");
        }
        assert_eq!(out.contains("picture-slips\""), format == "html");
    }
    assert!(!repository.spawn(["report"]).ends_with(0).out.contains("Moved due dates"));
    let out = repository.spawn(["report", "--since", "2027-01-10"]).ends_with(0).out;
    assert!(out.contains("Moved due dates (1)") && out.contains("2 days after it had come due"), "{out}");
    // Without git a report tells what it can.
    let none = Project::beside_git();
    none.write(SOURCE, source(None).to_string());
    none.spawn(["report", "--format", "html"]).ends_with(0);
    repository
        .git([
            "clone",
            "--quiet",
            "--depth",
            "1",
            &format!("file://{}", repository.path("").display()),
            "shallow",
        ])
        .ends_with(0);
    let run = repository.spawn_in("shallow", ["report", "--format", "html"]).ends_with(0);
    run.says("the report does not tell how due dates moved: this clone is shallow");
}

#[test]
fn the_public_reads_no_subject_where_any_revision_has_something_internal() {
    let hidden = json!({ "id": "X", "title": "X – Falcon", "due_on": "2027-02-01", "internal": true });
    let repository = Project::repository();
    for (number, (day, due)) in CASE.into_iter().enumerate() {
        let mut source = source(due);
        if number == 1 {
            source["milestones"].as_array_mut().expect("a list").push(hidden.clone());
        }
        repository.commit_plan(day, &source);
    }
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let page = repository.text("public/changes.html");
    assert!(page.contains("picture-slips") && !page.contains("a secret reason") && !page.contains("Falcon"));
    for format in ["html", "markdown"] {
        let out = repository.spawn(["report", "--format", format]).ends_with(0).out;
        assert!(
            out.contains("50 days later") && !out.contains("a secret reason") && !out.contains("Falcon"),
            "{out}"
        );
        let out = repository.spawn(["report", "--format", format, "--internal"]).ends_with(0).out;
        assert!(out.contains("a secret reason") && out.contains("Falcon"), "{out}");
    }
}

#[test]
fn a_milestone_that_was_ever_internal_is_not_told_to_the_public() {
    let repository = Project::repository();
    for (number, (day, due)) in CASE.into_iter().enumerate() {
        let mut source = source(due);
        source["milestones"][1]["due_on"] = format!("2027-05-0{}", number + 1).into();
        source["milestones"][0]["internal"] = (number == 1).into();
        repository.commit_plan(day, &source);
    }
    let args = ["report", "--since", "2026-01-01", "--format", "json"];
    let ids = |args: &[&str]| -> Vec<String> {
        let report = repository.spawn(args).ends_with(0).json();
        let all = report["slips"]["milestones"].as_array().expect("a list").clone();
        all.iter().map(|slip| slip["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&args), ["M", "N"]);
    assert_eq!(ids(&[&args[..], &["--public"]].concat()), ["N"]);
}

#[test]
fn a_long_history_is_drawn_in_a_bounded_picture() {
    let repository = Project::repository();
    let day = |number: i64| roadbook::internals::model::Day::nearest(20_800 + number).to_string();
    for commit in 0..60_i64 {
        let milestones: Vec<_> = (0..30)
            .map(|n| json!({ "id": format!("M-{n}"), "title": format!("M-{n}: x"), "due_on": day(60 + n * 9 + (commit * (n + 1) / 30) * 3) }))
            .collect();
        repository.commit_plan(&day(commit * 2), &json!({ "milestones": milestones }));
    }
    repository.spawn(["build", "--history", "--out", "public", "--as-of", &day(130)]).ends_with(0);
    let page = repository.text("public/changes.html");
    let svg = page.split_once("<svg").expect("a picture").1.split_once("</svg>").expect("it ends").0;
    assert_eq!(svg.matches("class=\"slip ").count(), 12);
    assert!(svg.contains("and 18 more, which the table tells of"));
    let number = |name: &str| -> i64 {
        let rest = svg.split_once(&format!(" {name}=\"")).expect("an attribute").1;
        rest.split_once('"').expect("it ends").0.parse().expect("a number")
    };
    assert!(number("height") <= 540 && number("width") <= 960, "{} {}", number("width"), number("height"));
    assert!(page.matches('<').count() / 2 < 3_000, "{}", page.matches('<').count() / 2);
    assert!(page.contains("and ") && repository.path("public/changes~2.html").exists());
}
