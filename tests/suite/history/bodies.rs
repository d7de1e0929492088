//! Bodies as files in a history: each revision has those of its own, and a commit of a body alone is a step.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn plan(body: Option<&str>) -> Value {
    let mut plan = json!({
        "milestones": [{ "id": "M-1", "title": "M" }],
        "issues": [{ "id": "A-1", "title": "x", "milestone": "M-1" }, { "id": "A-2", "title": "y" }]
    });
    if let Some(body) = body {
        plan["issues"][0]["body"] = body.into();
    }
    plan
}

#[test]
fn a_body_is_rescoped_in_the_commit_that_changed_its_file() {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &plan(Some("One.\n")));
    // To move it is no change of what is to be done.
    repository.write("roadmap/bodies/A-1.md", "One.\n");
    repository.commit_plan("2026-10-02", &plan(None));
    repository.write("roadmap/bodies/A-1.md", "One.\r\n");
    repository.commit_all("2026-10-03");
    repository.write("roadmap/bodies/A-1.md", "Two.\n");
    repository.commit_all("2026-10-04");
    repository.write("roadmap/bodies/A-2.md", "New.\n");
    repository.commit_all("2026-10-05");
    let changes = |args: &[&str]| repository.changes(args);
    assert_eq!(changes(&["--since", "2026-10-02"]), ["2026-10-04 re-scoped A-1", "2026-10-05 re-scoped A-2"]);
    assert!(changes(&["HEAD~4..HEAD~2"]).is_empty());
    assert_eq!(changes(&["HEAD~2..HEAD"]).len(), 2);
    assert!(changes(&[]).is_empty());
    repository.write("roadmap/bodies/a-1.MD", "Three.\n");
    std::fs::remove_file(repository.path("roadmap/bodies/A-1.md")).expect("it goes");
    assert_eq!(changes(&[]).len(), 1, "compared with the working tree");
    // A body that is no text makes one revision unreadable, and no other.
    std::fs::write(repository.path("roadmap/bodies/A-2.md"), b"\xff").expect("it is written");
    repository.commit_all("2026-10-06");
    std::fs::write(repository.path("roadmap/bodies/A-2.md"), b"New.\n").expect("it is written");
    repository.commit_all("2026-10-07");
    let run = repository.spawn(["diff", "--since", "2026-10-05"]).ends_with(0);
    assert!(run.err.contains("not UTF-8") && run.out.contains("A-1"), "{}{}", run.err, run.out);
}

#[test]
fn a_roadmap_that_moves_takes_its_bodies_along() {
    let repository = Project::repository();
    repository.write("roadmap/bodies/A-1.md", "One.\n");
    repository.commit_plan("2026-10-01", &plan(None));
    repository.git(["mv", "roadmap", "plans"]).ends_with(0);
    repository.write(".roadbook", "plans\n");
    repository.commit_all("2026-10-02");
    assert!(repository.changes(["HEAD~1..HEAD"]).is_empty());
    repository.write("plans/bodies/A-1.md", "Two.\n");
    assert_eq!(repository.changes(["HEAD~1"]).len(), 1);
    assert!(!repository.path(SOURCE).exists());
}
