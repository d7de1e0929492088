//! `report`: what it finds, what it keeps to itself, and that each format is what it says.

use roadbook::internals::model::Day;
use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn plan() -> Value {
    json!({
        "title": "Launch & <more>",
        "milestones": [
            { "id": "L-M1", "title": "L-M1 – A page", "due_on": "2026-11-20", "planned_due_on": "2026-11-06", "owner": "ada",
              "updates": [{ "on": "2026-11-12", "health": "at-risk" }] },
            { "id": "L-M2", "title": "L-M2 – Users", "due_on": "2027-02-26", "blocked_by": ["L-M1"] },
            { "id": "L-M9", "title": "L-M9 – Project Falcon", "internal": true }
        ],
        "issues": [
            { "title": "L-001: Write", "milestone": "L-M1", "state": "closed", "closed_on": "2026-10-30", "assignees": ["ada"] },
            { "id": "L-002", "title": "=SUM(A1)", "milestone": "L-M1", "state": "open", "due_on": "2026-11-10", "assignees": ["linus"] },
            { "title": "L-003: Say \"hi\", twice", "milestone": "L-M1", "state": "open", "due_on": "2026-11-18",
              "planned_due_on": "2026-11-12", "blocked_by": ["L-002"] },
            { "title": "L-004: Ship <b>it</b>", "milestone": "L-M2", "state": "open", "due_on": "2026-12-18",
              "planned_due_on": "2026-12-04", "blocked_by": ["L-003", "L-900"] },
            { "title": "L-900: Falcon contract", "milestone": "L-M9", "state": "open" }
        ]
    })
}

fn repository() -> Project {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &plan());
    repository
}

#[test]
fn a_slip_is_told_with_the_chain_that_pushes_it() {
    let report = repository().spawn(["report", "--format", "json"]).ends_with(0).json();
    assert_eq!((&report["version"], &report["as_of"]), (&json!(1), &json!("2026-11-22")));
    let why = |list: &str, id: &str| -> Vec<String> {
        let items = report[list].as_array().expect("a list");
        let item = items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{list} lacks {id}"));
        let chain = item["why"].as_array().expect("a list");
        chain.iter().map(|link| format!("{} {}", link["id"], link["why"]).replace('"', "")).collect()
    };
    assert_eq!(why("slipped", "L-004"), ["L-003 overdue by 4 days", "L-002 overdue by 12 days"]);
    assert_eq!(why("slipped", "L-M1"), ["L-002 overdue by 12 days"]);
    assert_eq!(why("overdue", "L-002"), [""; 0]);
    let milestone = &report["milestones"][1];
    assert_eq!(milestone["health"], "at-risk");
    assert_eq!(milestone["health_why"], "L-M1, which it waits for, is overdue");
    let milestone = &report["milestones"][0];
    assert_eq!(
        (&milestone["stated_health"], &milestone["stated_on"], &milestone["stated_is_stale"]),
        (&json!("at-risk"), &json!("2026-11-12"), &json!(false))
    );
    assert_eq!(report["burn_up"], json!([{ "day": "2026-10-30", "closed": 1, "in_all": 1 }]));
    let path: Vec<_> =
        report["critical_path"]["items"].as_array().expect("a list").iter().map(|item| &item["id"]).collect();
    assert_eq!(path, ["L-002", "L-003", "L-004"]);
    assert_eq!(
        report["people"][0],
        json!({ "name": "linus", "milestones": [], "open": 1, "unknown": 0, "overdue": 1, "blocked": 0, "done": 0 })
    );
    assert_eq!(report["changed"], Value::Null);
}

#[test]
fn the_day_may_be_another() {
    let report =
        repository().spawn(["report", "--format", "json", "--as-of", "2026-11-01"]).ends_with(0).json();
    assert_eq!((&report["as_of"], &report["overdue"]), (&json!("2026-11-01"), &json!([])));
}

#[test]
fn what_is_handed_on_leaves_out_what_is_internal() {
    let repository = repository();
    repository.git(["commit", "--quiet", "--allow-empty", "--message", "Falcon"]).ends_with(0);
    let mut source = plan();
    source["issues"][4]["title"] = "L-900: Falcon treaty".into();
    source["issues"][3]["blocked_by"] = json!(["L-003"]);
    repository.commit_plan("2026-10-09", &source);
    for format in ["html", "markdown", "csv"] {
        let run = repository.spawn(["report", "--since", "2026-10-02", "--format", format]).ends_with(0);
        assert!(
            !run.out.contains("Falcon") && !run.out.contains("L-900") && !run.out.contains("L-M9"),
            "{}",
            run.out
        );
        run.says("2 internal items are left out: `--internal` tells them too");
        let run = repository.spawn(["report", "--format", format, "--internal"]).ends_with(0);
        assert!(run.out.contains("Falcon treaty") && run.err.is_empty(), "{format}: {}", run.err);
    }
    for format in ["human", "json"] {
        let args = ["report", "--since", "2026-10-02", "--format", format];
        assert!(repository.spawn(args).ends_with(0).out.contains("Falcon treaty"));
        let run = repository.spawn([&args[..], &["--public"]].concat()).ends_with(0);
        assert!(!run.out.contains("Falcon") && !run.out.contains("L-900"), "{}", run.out);
    }
}

#[test]
fn the_table_is_read_by_any_reader_and_runs_nowhere() {
    let run = repository().spawn(["report", "--format", "csv"]).ends_with(0);
    assert!(run.out.ends_with("\r\n") && !run.out.replace("\r\n", "").contains('\n'));
    let rows: Vec<_> = run.out.split_terminator("\r\n").map(cells).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{rows:?}");
    let title = rows[0].iter().position(|name| name == "title").expect("a column");
    let of = |id: &str| &rows.iter().find(|row| row[1] == id).expect("a row")[title];
    assert_eq!((of("L-002").as_str(), of("L-003").as_str()), ("'=SUM(A1)", "L-003: Say \"hi\", twice"));
}

/// The cells of a line, by RFC 4180.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().expect("there is one");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells
}

#[test]
fn the_page_is_one_file_that_asks_for_nothing() {
    let repository = repository();
    let run = repository
        .spawn(["report", "--format", "html", "--since", "2026-01-01", "--out", "mail/report.html"])
        .ends_with(0);
    assert_eq!(run.out, "");
    let page = repository.text("mail/report.html");
    for word in ["<script", "<link", "src=", "href=", "url(", "@import", "<b>it"] {
        assert!(!page.contains(word), "`{word}` stands in the page");
    }
    assert!(
        page.contains("Launch &amp; &lt;more&gt;") && page.contains("Ship &lt;b&gt;it&lt;/b&gt;"),
        "{page}"
    );
    let mut before = 0;
    for heading in [
        "<caption>Overdue",
        "<caption>At risk",
        "<caption>Slipped, besides these",
        "<h2>Timeline",
        "<h2>Milestones",
        "<h2>What changed",
        "<h2>Pace",
        "<h2>Work",
        "<h2>Who has what",
    ] {
        let at = page.find(heading).unwrap_or_else(|| panic!("no `{heading}`"));
        assert!(at > before, "`{heading}` stands too early");
        before = at;
    }
    // All of it but the doctype and what HTML leaves unclosed is XML: nothing is open, and no quote is lost.
    let xml = page.replacen("<!doctype html>", "", 1);
    let xml = xml
        .split('\n')
        .map(|line| if line.starts_with("<meta") { line.replace('>', "/>") } else { line.to_owned() });
    let xml = xml.collect::<Vec<_>>().join("\n").replace("&nbsp;", " ");
    roxmltree::Document::parse(&xml).expect("it is well formed");
}

#[test]
fn a_template_of_ones_own_takes_the_place_of_ours() {
    let repository = repository();
    repository.write("roadmap/templates/report/report.html", "<p>{{ title }}: {{ verdict }}</p>");
    let run = repository.spawn(["report", "--format", "html"]).ends_with(0);
    assert!(
        run.out
            .starts_with("<p>Launch &amp; &lt;more&gt;: 1 milestone is off track, 1 milestone is at risk. 1 of 4 issues done"),
        "{}",
        run.out
    );
    repository.write("roadmap/templates/report/report.html", "{{ nothing.here }}");
    repository.spawn(["report", "--format", "html"]).ends_with(1).says("broken-template");
}

#[test]
fn an_empty_roadmap_has_an_empty_report() {
    let repository = Project::repository();
    repository.write(SOURCE, "{}");
    for format in ["human", "markdown", "html", "json", "csv"] {
        repository.spawn(["report", "--format", format]).ends_with(0);
    }
}

/// A team whose closings in half a year are known, and what it has left.
fn team(left: usize) -> Value {
    let closings = [2, 0, 3, 1, 2, 4, 0, 2, 1, 3, 2, 2, 0, 5, 1, 2, 3, 0, 2, 2, 1, 4, 2, 0, 3, 3];
    let today = Day::parse("2026-11-22").expect("a day").number();
    let mut issues: Vec<Value> = Vec::new();
    for (week, count) in closings.into_iter().enumerate() {
        let day = Day::nearest(today - 7 * (closings.len() - 1 - week) as i64);
        for _ in 0..count {
            let title = format!("D-{}: done", issues.len() + 100);
            issues.push(json!({ "title": title, "state": "closed", "closed_on": day }));
        }
    }
    issues.extend(
        (0..left)
            .map(|n| json!({ "title": format!("L-{n:03}: left"), "milestone": "L-M1", "state": "open" })),
    );
    issues.push(json!({ "title": "L-900: withdrawn", "milestone": "L-M1", "state": "closed", "state_reason": "not_planned" }));
    json!({
        "milestones": [
            { "id": "L-M1", "title": "L-M1 – One", "due_on": "2026-12-01" },
            { "id": "L-M2", "title": "L-M2 – Two", "blocked_by": ["L-M1"] }
        ],
        "issues": issues
    })
}

#[test]
fn a_pace_is_a_band_of_weeks_and_never_a_day_of_a_milestone() {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &team(14));
    let report = repository.spawn(["report", "--format", "json"]).ends_with(0).json();
    let need = json!({ "id": "L-M1", "issues": 14, "unknown": 0, "low": 5, "even": 9, "high": 14, "hardly_before": "2026-12-21", "is_beyond": true });
    assert_eq!(report["pace"]["milestones"][0], need);
    assert_eq!(report["pace"]["milestones"][1]["issues"], 14, "what it waits for counts");
    let sentence = "L-M1 needs 14 open issues. At the team's pace (1.9 a week over 26 weeks) 14 issues take 5 to 14 weeks, as likely as not 9. \
        Even if nothing else is done, hardly before 2026-12-21: its due date is beyond this pace.";
    for format in ["human", "markdown", "html"] {
        let out = repository.spawn(["report", "--format", format]).ends_with(0).out;
        assert!(out.replace("&#x27;", "'").replace("&#39;", "'").contains(sentence), "{format}: {out}");
    }
    repository.commit_plan("2026-10-02", &team(2));
    let report = repository.spawn(["report", "--format", "json"]).ends_with(0).json();
    assert_eq!(report["pace"]["milestones"], json!([]), "two issues are too few");
    let report =
        repository.spawn(["report", "--format", "json", "--as-of", "2026-11-01"]).ends_with(0).json();
    assert_eq!(report["pace"]["silent"], "nothing was closed 26 weeks ago or before");
}

#[test]
fn without_a_closed_issue_there_is_no_word_of_a_pace() {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &json!({ "issues": [{ "title": "A-1: a" }] }));
    let report = repository.spawn(["report", "--format", "json"]).ends_with(0).json();
    assert_eq!(report["pace"], Value::Null);
    let out = repository.spawn(["report"]).ends_with(0).out;
    assert!(!out.contains("Pace"), "{out}");
}

/// What `report` prints in a format for people, of a source that nobody committed.
fn told(source: &Value, format: &str) -> String {
    let repository = Project::repository();
    repository.write(SOURCE, source.to_string());
    repository.spawn(["report", "--format", format]).ends_with(0).out
}

#[test]
fn what_cannot_be_done_as_planned_is_told_with_what_holds_it_up_and_what_fails_with_it() {
    let source = json!({
        "milestones": [{ "id": "M", "title": "m", "state": "open", "due_on": "2026-12-01" }],
        "issues": [
            { "id": "A", "title": "Dry the wood", "state": "open", "start_on": "2026-11-23", "due_on": "2026-11-30" },
            { "id": "B", "title": "Build", "state": "open", "milestone": "M", "start_on": "2026-11-24", "due_on": "2026-11-28", "blocked_by": ["A"] },
            { "id": "X", "title": "x", "state": "open", "blocked_by": ["Y"] },
            { "id": "Y", "title": "y", "state": "open", "blocked_by": ["X"] },
            { "id": "Z", "title": "z", "state": "open", "due_on": "2026-11-27" }
        ]
    });
    let report: Value = serde_json::from_str(&told(&source, "json")).expect("it is JSON");
    let found: Vec<_> = report["impossible"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| (&item["id"], &item["with"], &item["never"]))
        .collect();
    assert_eq!(
        found,
        [
            (&json!("B"), &json!(["M"]), &json!(false)),
            (&json!("X"), &json!([]), &json!(true)),
            (&json!("Y"), &json!([]), &json!(true))
        ]
    );
    for format in ["human", "markdown", "html"] {
        let out = told(&source, format);
        for words in [
            "Impossible as planned",
            "as planned, not before 2026-12-04",
            "M with it",
            "can never be done",
            "Nothing is overdue.",
        ] {
            assert!(out.contains(words), "{format} does not say `{words}`:\n{out}");
        }
        assert!(!out.contains("Overdue\n") && !out.contains("At risk (1)"), "{format} tells M twice:\n{out}");
    }
}

#[test]
fn without_a_day_nothing_is_called_late_on_track_or_slipped() {
    let source = json!({
        "milestones": [{ "id": "M", "title": "m", "state": "open" }],
        "issues": [{ "id": "A", "title": "a", "state": "open", "milestone": "M" }]
    });
    for format in ["human", "markdown", "html"] {
        let out = told(&source, format);
        let page = out.split_once("</style>").map_or(out.as_str(), |(_, page)| page);
        for word in ["verdue", "on track", "On track", "lipped", "mpossible", "Timeline", "Due", "Pace"] {
            assert!(!page.contains(word), "{format} says `{word}`:\n{page}");
        }
    }
    let late =
        json!({ "issues": [{ "id": "A", "title": "a", "due_on": "2026-11-01" }], "repository": "a/b" });
    let out = told(&late, "html");
    assert!(
        !out.contains("overdue</div>") && !out.contains("Nothing is overdue"),
        "its state is unknown: {out}"
    );
}

#[test]
fn however_much_there_is_the_page_stays_bounded_and_counts_the_rest() {
    let issues = |count: u64| -> Vec<Value> {
        let issue = |n: u64| {
            let mut issue =
                json!({ "id": format!("A-{n:04}"), "title": format!("issue {n}"), "state": "open" });
            if n.is_multiple_of(2) {
                issue["due_on"] =
                    json!(Day::nearest(Day::parse("2026-11-21").expect("a day").number() - n as i64));
            }
            if n.is_multiple_of(3) {
                issue["blocked_by"] = json!(["A-0001"]);
            }
            issue
        };
        (0..count).map(issue).collect()
    };
    let page = |count| told(&json!({ "issues": issues(count) }), "html");
    let (small, large) = (page(400), page(2_000));
    assert!(large.len() < small.len() + 400, "{} bytes, then {}", small.len(), large.len());
    assert!(large.contains("and 993 more below") && large.contains("and 968 more"), "{large}");
    let (first, below) = large.split_once("<h2>").expect("there are lists");
    assert!(first.contains("A-1986") && !first.contains("A-1984"), "seven stand on the first screen");
    let rest = below.split_once("Overdue: the rest").expect("the others stand below").1;
    assert!(rest.contains("A-1984") && !rest.contains("A-1986"), "and nothing twice");
}
