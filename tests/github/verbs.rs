//! The verbs that read GitHub, as whole runs: what `import` makes, what `snapshot` learns, what `drift` says; and that an issue
//! whose id changed is still the same issue.

use serde_json::{Value, json};

use crate::{fake::GitHub, roadmaps::roadmap, support::Project};

/// A repository to which a roadmap of so many issues was applied.
fn applied(issues: usize) -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(&roadmap(issues)));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.forget();
    (github, project)
}

#[test]
fn what_is_imported_plans_empty_and_reopens_nothing() {
    let (github, _) = applied(12);
    let closed = json!({ "state": "closed", "state_reason": "completed", "assignees": ["bob"] });
    github.world(|world| {
        world.edit_issue(3, &closed);
        world.open_issue(&json!({ "title": "By hand", "body": "Words." }));
        world.open_pull("No issue");
    });
    // Into a folder of its own, which knows nothing of the first one.
    let other = Project::asking(&json!({}));
    other.lose("roadmap/plan.json");
    other.ask(&github, ["import", "acme/data-platform"]).ends_with(0);
    let made = std::fs::read_to_string(other.path("roadmap/milestones_and_issues.json")).expect("a source");
    let source: Value = serde_json::from_str(&made).expect("JSON");
    let issues = source["issues"].as_array().expect("a list");
    assert_eq!(issues.len(), 13, "pull requests are none");
    assert!(issues.iter().all(|issue| issue.get("state").is_none() && issue.get("assignees").is_none()));
    let lock = std::fs::read_to_string(other.path("roadmap/roadbook.lock.json")).expect("a lock");
    assert!(lock.contains(r#""state":"closed""#), "{lock}");
    let plan = other.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!((&plan["operations"], &plan["conflicts"]), (&json!([]), &json!([])));
    other.ask(&github, ["drift"]).ends_with(0);
    assert_eq!(github.writes(), [""; 0]);
}

#[test]
fn a_snapshot_learns_what_people_did_and_drift_says_what_they_changed() {
    let (github, project) = applied(4);
    github.world(|world| world.edit_issue(4, &json!({ "state": "closed", "state_reason": "completed" })));
    let before = std::fs::read_to_string(project.path("roadmap/roadbook.lock.json")).expect("a lock");
    project.ask(&github, ["snapshot"]).ends_with(0);
    let after = std::fs::read_to_string(project.path("roadmap/roadbook.lock.json")).expect("a lock");
    let closed = |lock: &str| lock.matches(r#""state":"closed""#).count();
    assert_eq!(closed(&after), closed(&before) + 1, "{after}");
    project.ask(&github, ["drift"]).ends_with(0);
    github.world(|world| world.edit_issue(2, &json!({ "title": "DB-002: By hand" })));
    let drift = project.ask(&github, ["drift"]).ends_with(1);
    assert!(drift.out.contains("GitHub: `DB-002: By hand`"), "{}", drift.out);
    project.ask(&github, ["plan"]).ends_with(0);
    assert_eq!(github.writes(), [""; 0]);
}

#[test]
fn an_issue_whose_id_changed_is_the_same_issue() {
    let (github, project) = applied(4);
    let renamed = project.source().to_string().replace("DB-002", "DB-902");
    let mut renamed: Value = serde_json::from_str(&renamed).expect("JSON");
    renamed["aliases"] = json!({ "DB-002": "DB-902" });
    for is_known in [true, false] {
        if !is_known {
            project.lose("roadmap/roadbook.lock.json");
            project.lose("roadmap/roadbook.journal.jsonl");
        }
        project.rewrite(&renamed);
        project.apply(&github, &[]).ends_with(0);
        let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
        assert_eq!((&plan["operations"], &plan["conflicts"]), (&json!([]), &json!([])));
    }
    let writes = github.writes();
    assert!(writes.iter().all(|write| write.starts_with("PATCH issues/2 ")), "{writes:?}");
    assert_eq!(writes.len(), 1);
    github.world(|world| assert_eq!(world.issues.len(), 4));
}

/// What a clone brings along is no record of what this machine did.
#[test]
fn a_journal_that_git_tracks_is_refused_before_anything_is_sent() {
    const JOURNAL: &str = "roadmap/roadbook.journal.jsonl";
    let (github, mut project) = applied(2);
    project.variables.push(("PATH", std::env::var_os("PATH").expect("git is on it")));
    let git = |args: &[&str]| {
        let git = std::process::Command::new("git").args(args).current_dir(project.path("")).output();
        assert!(git.expect("git is there").status.success(), "{args:?}");
    };
    git(&["init", "--quiet"]);
    std::fs::write(project.path(JOURNAL), "").expect("a file");
    project.really_ask(&github, ["apply", "--yes"]).ends_with(0);
    std::fs::write(project.path(JOURNAL), "").expect("a file");
    git(&["add", "--force", JOURNAL]);
    let mut renamed = project.source();
    renamed["issues"][0]["title"] = "DB-001: Another title".into();
    project.rewrite(&renamed);
    for tracked in [true, false] {
        let run = project.really_ask(&github, ["apply", "--yes"]);
        if tracked {
            let run = run.ends_with(3);
            assert!(
                run.err.contains("is tracked by git") && run.err.contains("git rm --cached"),
                "{}",
                run.err
            );
            assert_eq!(github.writes(), [""; 0]);
            git(&["rm", "--quiet", "--cached", JOURNAL]);
        } else {
            run.ends_with(0);
            assert_eq!(github.writes().len(), 1);
        }
    }
}
