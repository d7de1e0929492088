//! What became of items that the lock knows: moved, deleted, hidden, made something else, closed for another reason; and runs in
//! which nothing was done.

use serde_json::{Value, json};

use crate::{
    fake::{Fault, GitHub, When},
    support::Project,
};

fn source() -> Value {
    json!({
        "repository": "acme/data-platform",
        "labels": [{ "name": "area:db", "color": "ff0000" }],
        "milestones": [{ "id": "M-1", "title": "Begin" }],
        "issues": [
            { "title": "A-1: First", "body": "Do it.", "labels": ["area:db"], "milestone": "M-1" },
            { "title": "A-2: Second", "blocked_by": ["A-1"] },
            { "title": "A-3: Third", "parent": "A-1" },
            { "title": "A-4: Fourth" },
        ],
    })
}

fn applied() -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.forget();
    (github, project)
}

#[test]
fn what_an_issue_became_is_told_and_it_is_not_written_to_nor_made_again() {
    type Become = fn(&GitHub);
    let cases: [(&str, Become, bool); 5] = [
        (
            "it was transferred to `acme/garden#9`",
            |it| it.transfer_issue(1, "/repos/acme/garden/issues/9"),
            false,
        ),
        ("it is a discussion now", |it| it.convert_to_discussion(1), false),
        ("it is a pull request now", |it| it.convert_to_pull(1), false),
        ("GitHub does not show it", |it| it.hide_issue(1), false),
        ("deleted on GitHub: `--recreate`", |it| it.delete_issue(1), true),
    ];
    for (words, becomes, is_gone) in cases {
        for (loses, winner) in [(false, "fail"), (false, "ours"), (true, "ours")] {
            let (github, project) = applied();
            becomes(&github);
            let seen = |github: &GitHub| {
                let issue = github.issue(1);
                (issue.title, issue.body, issue.is_closed, issue.labels, issue.updated_at)
            };
            let before = seen(&github);
            let mut changed = source();
            changed["issues"][0]["title"] = json!("A-1: Changed");
            changed["issues"][0]["state"] = json!("closed");
            project.rewrite(&changed);
            if loses {
                // Without the lock a pull request is known by its marker; of the others nothing is left to see.
                project.lose("roadmap/roadbook.lock.json");
                project.lose("roadmap/roadbook.journal.jsonl");
                if !words.contains("pull request") {
                    continue;
                }
            }
            let drift = project.ask(&github, ["drift"]).ends_with(1);
            assert!(drift.out.contains(words), "{words}: {}", drift.out);
            for more in [&[][..], &["--recreate"]] {
                if is_gone && !more.is_empty() {
                    continue;
                }
                project.apply(&github, &[&["--on-conflict", winner, "--reopen"], more].concat());
                assert_eq!(seen(&github), before, "{words}");
                assert_eq!(github.dump().issues.len(), 4, "{words}: made again");
            }
            if is_gone {
                project.apply(&github, &["--recreate", "--on-conflict", winner]);
                assert_eq!(github.dump().issues.len(), 5, "{words}");
                project.ask(&github, ["drift"]).ends_with(0);
            }
        }
    }
}

#[test]
fn a_milestone_and_a_label_that_were_deleted_are_told_and_made_again_where_asked() {
    let (github, project) = applied();
    github.world(|world| {
        world.milestones.clear();
        world.labels.clear();
        world.issues.values_mut().for_each(|issue| {
            issue.milestone = None;
            issue.labels.clear();
        });
    });
    let run = project.ask(&github, ["apply", "--yes", "--on-conflict", "ours"]).ends_with(1);
    assert_eq!(run.out.matches("deleted on GitHub: `--recreate`").count(), 2, "{}", run.out);
    assert_eq!(github.writes(), [""; 0]);
    project.apply(&github, &["--recreate", "--on-conflict", "ours"]).ends_with(0);
    assert_eq!(github.issue(1).milestone, Some(2), "numbers are not given twice");
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn another_close_reason_is_drift_whichever_two_they_are() {
    for said in ["completed", "not_planned", "duplicate"] {
        for there in ["completed", "not_planned", "duplicate"] {
            let (github, project) = applied();
            let mut changed = source();
            changed["issues"][3]["state"] = json!("closed");
            changed["issues"][3]["state_reason"] = json!(said);
            project.rewrite(&changed);
            project.apply(&github, &[]).ends_with(0);
            assert_eq!(github.issue(4).reason.as_deref(), Some(said));
            github.edit_issue(4, &json!({ "state": "open" }));
            github.edit_issue(4, &json!({ "state": "closed", "state_reason": there }));
            let run = project.ask(&github, ["drift"]).ends_with(u8::from(said != there));
            assert_eq!(run.out.contains("state_reason"), said != there, "{said} {there}: {}", run.out);
        }
    }
}

#[test]
fn runs_in_which_nothing_was_done_leave_the_last_deed_to_undo() {
    type Bad = fn(&GitHub, &mut Project);
    let bad: [(&str, Bad); 5] = [
        ("401", |_, project| project.log_in(Some("ghp_wrong"))),
        ("403", |github, _| github.fault_times(When::Write(1), 50, Fault::Forbidden)),
        ("404", |github, _| github.world(|world| world.repository.name = "gone".into())),
        ("500", |github, _| github.fault_times(When::Request(1), 500, Fault::Fails(500))),
        ("nobody there", |github, _| github.fault_times(When::Request(1), 500, Fault::DropsBefore)),
    ];
    let (github, mut project) = applied();
    let mut changed = source();
    changed["issues"][0]["body"] = json!("Do it well.");
    project.rewrite(&changed);
    project.apply(&github, &[]).ends_with(0);
    changed["issues"][1]["title"] = json!("A-2: Never");
    project.rewrite(&changed);
    for (what, spoil) in bad {
        github.forget();
        spoil(&github, &mut project);
        let run = project.apply(&github, &[]).ends_with(4);
        assert!(!run.err.contains("cut off"), "{what}: {}", run.err);
        github.heal();
        github.world(|world| world.repository.name = "data-platform".into());
        project.log_in(Some(crate::fake::TOKEN));
    }
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert!(!run.err.contains("cut off"), "{}", run.err);
    let body = github.issue(1).body.unwrap_or_default();
    assert!(body.starts_with("Do it.\n"), "{body}");
    // And only that: there is nothing before it.
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert!(run.err.contains("nothing to undo"), "{}", run.err);
}

#[test]
fn what_was_made_without_a_part_is_made_once_and_the_part_is_tried_again() {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    github.world(|world| world.drops_members = true);
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
    assert!(run.err.contains("not its labels"), "{}", run.err);
    let run = project.ask(&github, ["apply", "--yes"]);
    assert!(!run.err.contains("cut off"), "{}", run.err);
    github.world(|world| world.drops_members = false);
    project.apply(&github, &[]).ends_with(0);
    github.world(|world| assert_eq!(world.issues.len(), 4));
    assert_eq!((github.issue(1).milestone, github.issue(1).labels.len()), (Some(1), 1));
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn names_that_only_look_different_are_the_same() {
    let (github, project) = applied();
    let before = github.dump();
    for name in ["area:db ", " Area:DB", "AREA:db"] {
        let mut changed = source();
        changed["issues"][0]["labels"] = json!([name]);
        changed["issues"][0]["assignees"] = json!([]);
        project.rewrite(&changed);
        project.ask(&github, ["apply", "--yes"]);
        assert_eq!(github.dump().labels, before.labels, "{name}");
        assert_eq!(github.issue(1).labels, before.issues[&1].labels, "{name}");
    }
    for login in ["Alice", "ALICE", "alice"] {
        let mut changed = source();
        changed["issues"][0]["assignees"] = json!([login]);
        project.rewrite(&changed);
        project.apply(&github, &[]).ends_with(0);
        project.ask(&github, ["drift"]).ends_with(0);
        assert_eq!(github.issue(1).assignees, ["alice"], "{login}");
    }
    assert_eq!(github.writes().len(), 1, "{:?}", github.writes());
}
