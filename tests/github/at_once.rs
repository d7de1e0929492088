//! Two runs at once: one of them writes, the other says so at once. And a lock file that somebody changes meanwhile.

use std::{
    ffi::OsString,
    fs,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use roadbook::internals::io::{Failure, Internet, Io, Terminal};

use crate::{
    fake::{Fault, GitHub, Hook, When},
    roadmaps::{Account, roadmap},
    support::{Collected, Hasty, Project},
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

/// Somebody who says yes, each time once something else has happened.
struct Slow<'w> {
    seen: Collected,
    happens: &'w (dyn Fn() + Sync),
    asked: AtomicUsize,
}

impl Terminal for Slow<'_> {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.seen.out(text)
    }

    fn say(&self, text: &str) {
        self.seen.say(text);
    }

    fn is_coloured(&self) -> bool {
        false
    }

    fn ask(&self, _: &str) -> Option<String> {
        if self.asked.fetch_add(1, Ordering::SeqCst) == 0 {
            (self.happens)();
        }
        Some("y".into())
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        self.seen.input()
    }
}

#[test]
fn what_is_done_is_what_was_shown_however_long_the_question_stood() {
    let source = roadmap(4);
    for (meanwhile, asked) in [(true, 1), (false, 1)] {
        let (github, project, other) = (GitHub::start(), Project::asking(&source), Project::asking(&source));
        let happens = || {
            if meanwhile {
                other.ask(&github, ["apply", "--yes"]).ends_with(0);
            }
        };
        let slow = Slow { seen: Collected::new(b"", None), happens: &happens, asked: AtomicUsize::new(0) };
        let (files, clock, network) = (project.disk(), Hasty::default(), Internet::default());
        let io = Io { files: &files, clock: &clock, terminal: &slow, process: &project, network: &network };
        let words = ["roadbook", "apply", "--api-url", &github.url()].map(OsString::from);
        assert_eq!(roadbook::internals::run(words, &io), 0, "{}", slow.seen.said());
        let account = Account::of(&github, &source);
        assert!(account.is_clean(), "{account:?}");
        assert_eq!(slow.asked.load(Ordering::SeqCst), asked);
        assert_eq!(slow.seen.said().contains("GitHub was changed meanwhile"), meanwhile);
    }
}
