//! Two runs at once: one of them writes, the other says so at once. And a lock file that somebody changes meanwhile.

use std::{
    fs,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    fake::{Fault, GitHub, Hook, When},
    roadmaps::{Account, roadmap},
    support::Project,
};

const LOCK: &str = "roadmap/roadbook.lock.json";
const HELD: &str = "roadmap/roadbook.journal.lock";

/// Runs `apply` to its end, and something while its n-th request waits for an answer.
fn meanwhile(
    github: &GitHub,
    project: &Project,
    nth: u64,
    what: impl Fn() + Send + Sync + 'static,
) -> crate::support::Run {
    let hook: Hook = Arc::new(what);
    github.fault(When::Request(nth), Fault::Before(hook));
    project.really_ask(github, ["apply", "--yes"])
}

#[test]
fn a_second_run_ends_at_once_and_names_the_first() {
    let source = roadmap(6);
    for (nth, verb) in [
        (1, &["apply", "--yes"][..]),
        (9, &["apply", "--yes"]),
        (12, &["snapshot"]),
        (14, &["apply", "--undo"]),
    ] {
        let (github, project) = (GitHub::start(), Project::asking(&source));
        let second = Mutex::new(project.command(&github, verb));
        let said = Arc::new(Mutex::new(None));
        let (ran, held) = (Arc::clone(&said), project.path(HELD));
        let first = meanwhile(&github, &project, nth, move || {
            let began = Instant::now();
            let done = second.lock().unwrap_or_else(PoisonError::into_inner).output().expect("it starts");
            let holder = fs::read_to_string(&held).unwrap_or_default();
            *ran.lock().unwrap_or_else(PoisonError::into_inner) = Some((done, began.elapsed(), holder));
        });
        first.ends_with(0);
        let (done, took, holder) =
            said.lock().unwrap_or_else(PoisonError::into_inner).take().expect("it was run");
        let words = String::from_utf8(done.stderr).expect("it speaks UTF-8");
        assert_eq!(done.status.code(), Some(3), "{words}");
        assert!(took < Duration::from_secs(8), "at once, and not after {took:?}");
        assert!(holder.contains(r#""command":"roadbook apply""#), "{holder}");
        let wanted =
            ["error: the lock file is in use by `roadbook apply` (process ", " on `", ", since 2", " UTC)"];
        assert!(wanted.iter().all(|part| words.contains(part)), "{words}");
        let account = Account::of(&github, &source);
        assert!(account.is_clean(), "nothing is there twice");
        assert!(!project.path(HELD).exists(), "the lock leaves no file");
    }
}

#[test]
fn what_a_killed_run_left_is_no_lock() {
    let source = roadmap(3);
    let (github, project) = (GitHub::start(), Project::asking(&source));
    fs::write(project.path(HELD), r#"{"command":"roadbook apply","pid":1}"#).expect("it is written");
    project.really_ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(!project.path(HELD).exists());
}

#[test]
fn a_lock_file_that_somebody_changes_meanwhile_is_not_written_over() {
    let source = roadmap(6);
    let (github, project) = (GitHub::start(), Project::asking(&source));
    let path = project.path(LOCK);
    const THEIRS: &str = "{\n  \"version\": 1\n}\n";
    let first = meanwhile(&github, &project, 14, move || fs::write(&path, THEIRS).expect("it is written"));
    assert!(first.err.contains("changed while it was worked on"), "{}", first.err);
    first.ends_with(5);
    assert_eq!(fs::read_to_string(project.path(LOCK)).expect("it is there"), THEIRS);
    // The journal tells what was done, so that nothing is made twice.
    project.really_ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(Account::of(&github, &source).is_clean());
}
