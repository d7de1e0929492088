//! A fault at every call in turn, and then the same command again: nothing is made twice, nothing is lost, nothing is left.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::atomic::Ordering,
};

use super::{SOURCE, Scene, changed};
use crate::{
    github::{apply::Stop, journal::NAME, tests::memory::Fault},
    io::Files,
};

const ALL: [&str; 6] = ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"];

/// What one sort of fault came to, at every call.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    runs: usize,
    twice: usize,
    lost: usize,
    not_empty: usize,
}

/// Runs with a fault at each call, then again until it goes through; `forget` loses the journal in between.
fn at_every_call(fault: Fault, lag: usize, forget: bool, second: bool) -> Tally {
    let mut tally = Tally::default();
    for at in 1.. {
        let mut scene = Scene::new(SOURCE);
        if second {
            scene.run().unwrap();
            scene.source = changed();
        }
        scene.github.lag.set(lag);
        scene.github.calls.set(0);
        scene.github.fault.set(Some((at, fault)));
        let _ = catch_unwind(AssertUnwindSafe(|| scene.run()));
        if scene.github.calls.get() < at {
            break;
        }
        scene.github.fault.set(None);
        if forget {
            scene.disk.remove(&Path::new("/").join(NAME)).unwrap();
        }
        let rest = scene.run().unwrap();
        let markers = scene.markers();
        tally.runs += 1;
        tally.twice += usize::from(markers.len() > ALL.len());
        tally.lost += ALL.iter().filter(|id| !markers.contains(&(**id).to_owned())).count();
        tally.not_empty += usize::from(!rest.is_empty());
    }
    tally
}

#[track_caller]
fn holds(tally: &Tally) {
    assert!(tally.runs > 15, "{tally:?}");
    assert_eq!((tally.twice, tally.lost, tally.not_empty), (0, 0, 0), "{tally:?}");
}

#[test]
fn killed_at_any_call_it_goes_on() {
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        holds(&at_every_call(fault, 0, false, false));
        holds(&at_every_call(fault, 0, false, true));
    }
}

#[test]
fn killed_at_any_call_and_with_the_journal_lost_it_goes_on() {
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        holds(&at_every_call(fault, 0, true, false));
        holds(&at_every_call(fault, 0, true, true));
    }
}

#[test]
fn killed_at_any_call_while_lists_lag_it_goes_on() {
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        holds(&at_every_call(fault, 3, false, false));
    }
}

#[test]
fn answers_and_requests_are_lost_and_refused_at_any_call() {
    for fault in [Fault::AnswerLost, Fault::RequestLost, Fault::Refused] {
        for lag in [0, 3] {
            holds(&at_every_call(fault, lag, false, false));
        }
        holds(&at_every_call(fault, 0, false, true));
    }
}

#[test]
fn what_may_have_been_made_is_not_made_again_and_ends_the_run() {
    // The request that makes the first issue is lost, and no list ever shows it: nobody knows.
    let scene = Scene::new(SOURCE);
    scene.github.fault.set(Some((9, Fault::RequestLost)));
    let Err(Stop::Unknown(why)) = scene.run() else { panic!("it is not known whether `A-1` was made") };
    assert_eq!(why, "no answer came; whether `A-1` was made is not known");
    assert_eq!(scene.markers(), Vec::<String>::new());
    scene.github.fault.set(None);
    // The next run waits until a list would show it, and then makes it.
    let ((), said) = scene.with(|apply, told| apply.settle_open(told.unwrap().open).unwrap());
    assert!(
        said.iter().any(|line| line.starts_with("a run that was cut off may have made `A-1`")),
        "{said:?}"
    );
}

#[test]
fn a_disk_that_is_full_at_any_moment_costs_nothing_but_time() {
    for room in 0.. {
        let scene = Scene::new(SOURCE);
        scene.disk.room.store(room, Ordering::SeqCst);
        let first = catch_unwind(AssertUnwindSafe(|| scene.run()));
        scene.disk.room.store(usize::MAX, Ordering::SeqCst);
        assert!(scene.run().unwrap().is_empty());
        assert_eq!(scene.markers(), ALL);
        if matches!(first, Ok(Ok(_))) {
            assert!(room > 20);
            break;
        }
    }
}
