//! Issues of other repositories in the source: edited by name, shown as links, and without a trace where what names them is internal.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn project() -> Project {
    Project::whole(
        &json!({ "repository": "acme/shed", "as_of": "2026-11-22", "site": { "committed": true },
            "milestones": [{ "id": "M-1", "title": "M-1: First" }],
            "issues": [
                { "id": "A-1", "title": "A-1: Draw it", "milestone": "M-1", "state": "open", "blocked_by": ["Acme/garden#1"], "parent": "acme/garden#7" },
                { "id": "A-2", "title": "A-2: Keep it", "milestone": "M-1", "state": "open", "internal": true,
                  "blocked_by": ["acme/hush#5"], "parent": "acme/hush#6" },
                { "id": "A-3", "title": "A-3: Build it", "milestone": "M-1", "state": "open", "blocked_by": ["A-1"] },
            ] })
        .to_string(),
    )
}

fn blockers(project: &Project, nth: usize) -> Value {
    let source: Value = serde_json::from_str(&project.text(SOURCE)).expect("the source is JSON");
    source["issues"][nth]["blocked_by"].clone()
}

#[test]
fn a_blocker_elsewhere_is_set_and_taken_out_by_its_name_in_any_case() {
    let project = project();
    project.run("set A-3 blocked_by+=acme/park#4").ends_with(0);
    assert_eq!(blockers(&project, 2), json!(["A-1", "acme/park#4"]));
    project.run("set A-3 blocked_by+=ACME/park#4").ends_with(0);
    assert_eq!(blockers(&project, 2), json!(["A-1", "acme/park#4"]));
    project.run("set A-3 blocked_by-=Acme/Park#4").ends_with(0);
    assert_eq!(blockers(&project, 2), json!(["A-1"]));
    project.run("set A-3 parent=acme/park#9").ends_with(0);
    project.run("set A-3 --unset parent --unset blocked_by").ends_with(0);
    assert_eq!(blockers(&project, 2), Value::Null);
    // A name of no good form is refused, and so is the roadmap's own repository.
    let before = project.text(SOURCE);
    for bad in ["acme/park#0", "acme/park", "#4", "acme/shed#4"] {
        let run = project.run(format!("set A-3 blocked_by+={bad}"));
        assert!(run.code != 0 && run.err.contains(bad), "{run:?}");
        assert_eq!(project.text(SOURCE), before);
    }
    project.run(["add", "issue", "A-4: New", "--blocked-by", "acme/park#4"]).ends_with(0);
}

#[test]
fn it_is_listed_shown_and_published_by_its_whole_name() {
    let project = project();
    let list = project.run("list").ends_with(0);
    assert!(list.out.starts_with("A-1  unknown"), "{}", list.out);
    assert_eq!(project.run("next").ends_with(0).out, "");
    let show = project.run("show A-1").ends_with(0);
    assert!(show.out.contains("Waits for:\n  Acme/garden#1  state not known here\n"), "{}", show.out);
    assert!(show.out.contains("Part of:\n  acme/garden#7  state not known here\n"), "{}", show.out);
    let item = project.run("list --format json").ends_with(0).json()["items"][0].clone();
    let url = "https://github.com/Acme/garden/issues/1";
    let known = json!({ "name": "Acme/garden#1", "url": url, "state": null, "state_reason": null, "closed_on": null });
    assert_eq!(
        (&item["blocked_elsewhere"], &item["blocked_by"], &item["parent"]),
        (&json!([known]), &json!([]), &Value::Null)
    );
    assert_eq!(item["parent_elsewhere"]["name"], "acme/garden#7");
    let csv = project.run("report --format csv").ends_with(0).out;
    assert!(
        csv.lines().any(|line| line.starts_with("issue,A-1,") && line.contains(",Acme/garden#1,")),
        "{csv}"
    );
}

#[test]
fn pages_link_to_it_and_claim_nothing_of_it() {
    let project = project();
    project.run("build").ends_with(0);
    project.run("check").ends_with(0);
    let page = project.text("roadmap/milestones/m-m-1.md");
    let link =
        "**Waits for:** [Acme/garden#1](https://github.com/Acme/garden/issues/1) (state not known here)";
    assert!(page.contains(link), "{page}");
    let page = project.text("site/issues/i-a-1.html");
    assert!(page.contains(r#"<a href="https://github.com/Acme/garden/issues/1">"#), "{page}");
    assert!(
        page.contains(r#"<a href="https://github.com/acme/garden/issues/7">acme/garden#7</a>"#),
        "{page}"
    );
    let board = project.text("site/board.html");
    assert!(board.contains("<span>waits for Acme/garden#1</span>"), "{board}");
    assert!(!project.text("site/graph.html").contains("they wait for nothing<"));
    // With a snapshot the same pages say what it saw.
    let lock =
        r#"{ "version": 1, "elsewhere": { "acme/garden#1": { "id": 7, "remote": { "state": "open" } } } }"#;
    project.write("roadmap/roadbook.lock.json", lock);
    project.run("build").ends_with(0);
    assert!(project.text("roadmap/milestones/m-m-1.md").contains("issues/1) (open)"));
    assert!(project.text("site/board.html").contains("<h2 id=\"blocked\""));
}

#[test]
fn what_an_internal_item_waits_for_elsewhere_leaves_no_trace_on_the_site() {
    let project = project();
    project.run("build").ends_with(0);
    let mut folders = vec![project.path("site")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            files += 1;
            let bytes = std::fs::read(entry.path()).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("hush"), "{:?}", entry.path());
        }
    }
    assert!(files > 10);
    assert!(!project.run("report --format json").ends_with(0).out.contains("hush"));
}
