//! The cost of a walk: so many git programs whatever the history is, and at full size so many seconds.

use std::time::Instant;

use serde_json::{Value, json};

use crate::support::Project;

/// A roadmap with this many issues of about 1.4 kB.
fn plan(issues: usize) -> Value {
    let body = "What is to be done, in a line that is neither long nor short.\n".repeat(20);
    let issue = |n: usize| json!({ "id": format!("A-{n}"), "title": format!("A-{n}: Do the thing"), "body": body, "state": "open", "due_on": "2026-11-01" });
    json!({ "issues": (0..issues).map(issue).collect::<Vec<_>>() })
}

/// A repository with this many commits, each of which changes one issue.
fn repository(issues: usize, commits: usize) -> Project {
    let repository = Project::repository();
    let mut source = plan(issues);
    for commit in 0..commits {
        let day = format!("2026-{:02}-{:02}", 1 + commit / 28 % 10, 1 + commit % 28);
        source["issues"][commit % issues]["due_on"] = format!("2026-12-{:02}", 1 + commit % 28).into();
        repository.commit_plan(&day, &source);
    }
    repository
}

/// A `git` in a folder of its own that counts its calls in a file, before the real one.
#[cfg(unix)]
fn counted(repository: &Project, args: &[&str]) -> usize {
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::var("PATH").expect("a path");
    repository
        .write("bin/git", format!("#!/bin/sh\necho call >> \"$CALLS\"\nPATH='{path}'\nexec git \"$@\"\n"));
    let git = repository.path("bin/git");
    std::fs::set_permissions(&git, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let calls = repository.path("bin/calls").display().to_string();
    let _ = std::fs::remove_file(&calls);
    let path = format!("{}:{path}", repository.path("bin").display());
    repository.finish(repository.process(args).env("PATH", path).env("CALLS", &calls)).ends_with(0);
    std::fs::read_to_string(&calls).expect("it was called").lines().count()
}

#[test]
#[cfg(unix)]
fn the_number_of_git_programs_does_not_grow_with_the_history() {
    let (short, long) = (repository(3, 4), repository(3, 40));
    for (args, most) in [
        // A day is first looked for among the dates of all commits.
        (&["diff", "--since", "2026-01-01"][..], 4),
        (&["diff", "HEAD~1..HEAD"], 2),
        (&["report", "--since", "2026-01-01"], 4),
        (&["build", "--history", "--out", "public"], 3),
    ] {
        let counts = (counted(&short, args), counted(&long, args));
        assert_eq!(counts, (most, most), "{args:?}");
    }
}

#[test]
fn a_walk_finds_every_change_of_a_long_history_once() {
    let repository = repository(60, 60);
    let changes = repository.changes(["--since", "2026-01-01"]);
    assert_eq!(changes.len(), 59);
    assert!(changes.iter().all(|change| change.contains(" slipped A-")), "{changes:?}");
}

/// 400 revisions of a source of 1 MB in less than 5 seconds: `ROADBOOK_FULL=1 cargo test --release --test suite history`.
#[test]
fn four_hundred_revisions_of_a_megabyte_take_seconds() {
    let is_full = std::env::var("ROADBOOK_FULL").is_ok_and(|full| full == "1");
    let (issues, commits) = if is_full { (740, 400) } else { (74, 40) };
    let repository = repository(issues, commits);
    repository.git(["gc", "--quiet"]).ends_with(0);
    let began = Instant::now();
    let changes = repository.changes(["--since", "2025-01-01"]);
    let took = began.elapsed();
    println!("{commits} revisions of {issues} issues: {took:.2?}");
    assert!(changes.len() >= commits - issues.min(commits) / 2, "{}", changes.len());
    if is_full && !cfg!(debug_assertions) {
        assert!(took.as_secs_f64() < 5.0, "{took:?}");
    }
}
