//! `--baseline`: the milestones' days beside those of an earlier revision, in the report and on the timeline.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn plan() -> Value {
    json!({
        "title": "Launch",
        "milestones": [
            { "id": "L-M1", "title": "L-M1 – A page", "state": "open", "start_on": "2026-11-01", "due_on": "2026-11-20" },
            { "id": "L-M2", "title": "L-M2 – Users", "state": "open", "due_on": "2026-12-18" },
            { "id": "L-M3", "title": "L-M3 – Sales", "state": "open", "due_on": "2027-01-29" },
            { "id": "L-M9", "title": "L-M9 – Falcon", "state": "open", "due_on": "2027-02-26", "internal": true }
        ],
        "issues": [{ "title": "L-001: Write", "milestone": "L-M1", "state": "open" }]
    })
}

/// A history with a tag at its beginning: one milestone is later, one has another id and is earlier, one is gone, one is new.
fn repository() -> Project {
    let repository = Project::repository();
    repository.write("README.md", "x\n");
    repository.commit_all("2026-09-01");
    repository.git(["tag", "empty"]).ends_with(0);
    repository.commit_plan("2026-10-01", &plan());
    repository.git(["tag", "v1"]).ends_with(0);
    let mut source = plan();
    source["milestones"] = json!([
        { "id": "L-M1", "title": "L-M1 – A page", "state": "open", "start_on": "2026-11-08", "due_on": "2026-12-04" },
        { "id": "L-M5", "title": "L-M5 – All users", "state": "open", "due_on": "2026-12-16" },
        { "id": "L-M4", "title": "L-M4 – Support", "state": "open", "due_on": "2027-03-05" },
        { "id": "L-M9", "title": "L-M9 – Falcon", "state": "open", "due_on": "2027-03-26", "internal": true }
    ]);
    source["aliases"] = json!({ "L-M2": "L-M5" });
    repository.commit_plan("2026-10-09", &source);
    repository
}

#[test]
fn a_report_tells_what_became_of_each_milestone() {
    let repository = repository();
    let report =
        repository.spawn(["report", "--baseline", "v1", "--public", "--format", "json"]).ends_with(0).json();
    let commit = repository.git(["rev-parse", "v1"]).ends_with(0).out.trim().to_owned();
    assert_eq!(
        report["baseline"],
        json!({
            "revision": "v1", "commit": commit, "day": "2026-10-01",
            "milestones": [
                { "id": "L-M1", "title": "L-M1 – A page", "start_on": "2026-11-01", "due_on": "2026-11-20", "now_due_on": "2026-12-04", "by_days": 14 },
                { "id": "L-M5", "title": "L-M5 – All users", "start_on": null, "due_on": "2026-12-18", "now_due_on": "2026-12-16", "by_days": -2 }
            ],
            "new": [{ "id": "L-M4", "title": "L-M4 – Support", "start_on": null, "due_on": null, "now_due_on": "2027-03-05", "by_days": null }],
            "dropped": [{ "id": "L-M3", "title": "L-M3 – Sales", "start_on": null, "due_on": "2027-01-29", "now_due_on": null, "by_days": null }]
        })
    );
    assert_eq!(repository.spawn(["report", "--format", "json"]).ends_with(0).json()["baseline"], Value::Null);
    for format in ["human", "markdown", "html"] {
        let out = repository.spawn(["report", "--baseline", "v1", "--format", format]).ends_with(0).out;
        let heading = format!("Against v1 (2026-10-01, {})", &commit[..9]);
        for words in [&heading, "14 days later", "2 days sooner", "new", "dropped since", "2026-11-20"] {
            assert!(out.contains(words), "{format}: no `{words}` in {out}");
        }
        assert_eq!(out.contains("Falcon"), format == "human", "{out}");
        if format == "html" {
            let svg =
                out.split_once("picture-mini").expect("a picture").1.split_once("</svg>").expect("it ends").0;
            assert_eq!(svg.matches("<rect class=\"base\"").count(), 1, "{svg}");
            assert_eq!(svg.matches("<path class=\"base\"").count(), 1, "{svg}");
            assert!(out.contains("Hollow: as planned in v1 (2026-10-01, "), "{out}");
        }
    }
    let out = repository
        .spawn(["report", "--baseline", &commit, "--internal", "--format", "markdown"])
        .ends_with(0)
        .out;
    assert!(
        out.contains(&format!("## Against {} (2026-10-01)", &commit[..9])) && out.contains("28 days later"),
        "{out}"
    );
}

#[test]
fn the_timeline_has_a_hollow_bar_or_a_diamond_for_the_days_of_then() {
    let repository = repository();
    repository.spawn(["build", "--history", "--out", "public", "--baseline", "v1"]).ends_with(0);
    let page = repository.text("public/timeline.html");
    // One of each, and one in the legend.
    assert_eq!(page.matches("<rect class=\"base\"").count(), 1 + 1, "{page}");
    assert_eq!(page.matches("class=\"base\" d=").count(), 1);
    assert!(page.contains("14 days later than 2026-11-20 in the baseline"), "{page}");
    assert!(page.contains("days of the baseline") && page.contains(", new\""), "{page}");
    for words in [
        "<th scope=\"col\">By</th>",
        "<td>14 days later</td>",
        "<td>2 days sooner</td>",
        "<td>new</td>",
        "Dropped since",
        "it was due on 2027-01-29",
    ] {
        assert!(page.contains(words), "no `{words}` in {page}");
    }
    assert!(!page.contains("Falcon") && !page.contains("L-M9"));
    // Without it the page is as it was, and so is what is committed.
    repository.spawn(["build", "--history", "--out", "public"]).ends_with(0);
    let plain = repository.text("public/timeline.html");
    for word in ["class=\"base\"", ">By<", "Dropped since", "Compared with"] {
        assert!(!plain.contains(word), "`{word}`");
    }
}

#[test]
fn what_was_internal_then_or_is_now_is_not_compared_in_public() {
    let repository = Project::repository();
    for (day, hidden) in [("2026-10-01", 0), ("2026-10-02", 1)] {
        let mut source = plan();
        source["milestones"][hidden]["internal"] = true.into();
        source["milestones"].as_array_mut().expect("a list").pop();
        repository.commit_plan(day, &source);
    }
    let report = repository
        .spawn(["report", "--baseline", "HEAD~1", "--public", "--format", "json"])
        .ends_with(0)
        .json();
    let baseline = &report["baseline"];
    let ids: Vec<_> =
        baseline["milestones"].as_array().expect("a list").iter().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, ["L-M3"]);
    assert_eq!((&baseline["new"], &baseline["dropped"]), (&json!([]), &json!([])));
}

#[test]
fn a_baseline_that_cannot_be_had_is_an_error_that_teaches() {
    let repository = repository();
    for args in [&["report"][..], &["build", "--history", "--out", "public"]] {
        let run = |revision: &str| repository.spawn([args, &["--baseline", revision]].concat());
        let unknown = run("v9").ends_with(2).says("unknown revision `v9`");
        assert!(unknown.err.contains("name a commit, a branch or a tag"), "{}", unknown.err);
        run("-v1").code.ne(&0).then_some(()).expect("it is no revision");
        run("v1..HEAD").ends_with(2).says("unknown revision `v1..HEAD`");
        let none = run("empty").ends_with(2).says("there is no roadmap in the baseline `empty`");
        assert!(none.err.contains("name a revision that has one"), "{}", none.err);
        assert!(!repository.path("public").exists());
    }
    repository.spawn(["build", "--baseline", "v1"]).ends_with(2);
    // One that cannot be read is told with the reason.
    repository.write(SOURCE, "{ \"milestones\": 7 }");
    repository.commit_all("2026-10-10");
    repository.git(["tag", "broken"]).ends_with(0);
    repository.commit_plan("2026-10-11", &plan());
    repository.spawn(["report", "--baseline", "broken"]).ends_with(3).says("cannot be read");
    let none = Project::beside_git();
    none.write(SOURCE, plan().to_string());
    none.spawn(["report", "--baseline", "v1"]).ends_with(3).says("is in no git repository");
}

#[test]
fn a_source_that_was_moved_is_found_where_it_was() {
    let repository = Project::repository();
    repository.write("elsewhere/plan.json", plan().to_string());
    repository.write("elsewhere/package.json", "{}");
    repository.commit_all("2026-10-01");
    repository.git(["tag", "v1"]).ends_with(0);
    std::fs::create_dir(repository.path("roadmap")).expect("it is made");
    repository.git(["mv", "elsewhere/plan.json", SOURCE]).ends_with(0);
    repository.commit_all("2026-10-03");
    let report = repository.spawn(["report", "--baseline", "v1", "--format", "json"]).ends_with(0).json();
    assert_eq!(report["baseline"]["milestones"].as_array().map(Vec::len), Some(4));
}
