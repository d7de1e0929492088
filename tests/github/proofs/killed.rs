//! Killed at every request in turn, and run again: nothing is there twice, nothing is missing, nothing is left to do.

use std::{
    io::Read,
    process::Child,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Table, each, is_full, sampled};
use crate::{
    fake::{Fault, GitHub, Hook, Lag, When},
    roadmaps::{github_with_everything, with_everything},
    support::Project,
};

/// When the program is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// Its request has come in, and nothing was done.
    Before,
    /// What it asked for was done, and it was not told.
    After,
    /// It was just told.
    Behind,
}

/// What else is lost.
#[derive(Debug, Clone, Copy)]
enum Loss {
    Nothing,
    /// The journal of the run that was killed.
    Journal,
    /// The journal and the lock.
    Books,
    /// Nothing, but lists show what was made only the second time.
    Sight,
}

const ROWS: [(&str, Moment, Loss); 6] = [
    ("killed before it was done", Moment::Before, Loss::Nothing),
    ("killed after it was done, before the answer", Moment::After, Loss::Nothing),
    ("killed just after the answer", Moment::Behind, Loss::Nothing),
    ("the same, journal lost", Moment::After, Loss::Journal),
    ("the same, journal and lock lost", Moment::After, Loss::Books),
    ("the same, lists lag behind", Moment::After, Loss::Sight),
];

#[test]
fn killed_at_any_request_it_finishes_without_a_duplicate() {
    let count = if is_full() { 200 } else { 16 };
    let source = with_everything(count);
    let requests = {
        let (github, project) = (github_with_everything(), Project::asking(&source));
        project.really_ask(&github, ["apply", "--yes"]).ends_with(0);
        github.counts().requests
    };
    let table = Table::default();
    // At its full size each request is met once, in one of the ways, which take turns.
    let (step, stride) = if is_full() { (ROWS.len() as u64, 1) } else { (31, 7) };
    let cases = (0..).zip(&ROWS).flat_map(|(row, case)| {
        sampled(requests, step, row * stride).into_iter().map(move |nth| (case, nth))
    });
    each(cases.collect(), |((name, moment, loss), nth)| {
        let (github, project) = (github_with_everything(), Project::asking(&source));
        github.keep_no_answers();
        if matches!(loss, Loss::Sight) {
            github.world(|world| world.lag = Lag { lists: 1, lookups: 0 });
        }
        let at_once = killed(&github, &project, *moment, nth);
        lose(&project, *loss);
        github.heal();
        let run = project.really_ask(&github, ["apply", "--yes"]);
        let case = format!("{name}, at request {nth}, then {:?} {}", run.code, run.err);
        table.enter(name, &case, at_once, &github, &project, &source);
    });
    table.hold(&format!("{count} issues, killed at each of {requests} requests"));
}

/// Runs the program until it is killed at that request; whether it came to its end all the same.
fn killed(github: &GitHub, project: &Project, moment: Moment, nth: u64) -> bool {
    let child = Arc::new(Mutex::new(None::<Child>));
    let victim = Arc::clone(&child);
    let hook: Hook = Arc::new(move || {
        if let Some(child) = victim.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    });
    let fault = match moment {
        Moment::Before => Fault::Before(hook),
        Moment::After => Fault::After(hook),
        Moment::Behind => Fault::Behind(hook),
    };
    github.fault(When::Request(nth), fault);
    let mut pipe = {
        // The hook waits for the child to be here.
        let mut held = child.lock().unwrap_or_else(PoisonError::into_inner);
        let mut started = project.command(github, ["apply", "--yes"]).spawn().expect("a program that starts");
        // What it says fits the pipe; its end is the end of the program.
        let pipe = started.stdout.take().expect("a pipe");
        *held = Some(started);
        pipe
    };
    let _ = pipe.read_to_end(&mut Vec::new());
    let mut held = child.lock().unwrap_or_else(PoisonError::into_inner);
    let status = held.as_mut().expect("the child").wait().expect("its end");
    status.success()
}

fn lose(project: &Project, loss: Loss) {
    if matches!(loss, Loss::Journal | Loss::Books) {
        project.lose("roadmap/roadbook.journal.jsonl");
    }
    if matches!(loss, Loss::Books) {
        project.lose("roadmap/roadbook.lock.json");
    }
}
