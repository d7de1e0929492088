//! Every fault at every request in turn: the run comes to its end in spite of it, or says so and the next one does.

use std::time::Duration;

use super::{Table, each, is_full, sampled};
use crate::{
    fake::{Fault, Lag, When},
    roadmaps::{github_with_everything, with_everything},
    support::Project,
};

/// A fault, how often it strikes in a row, and for how long what is made stays unseen.
type Case = (&'static str, Fault, u64, Lag);

fn cases() -> Vec<Case> {
    let none = Lag::default();
    let lists = Lag { lists: 2, lookups: 0 };
    vec![
        ("403, the hour's requests used up", Fault::Primary { status: 403, reset: 30 }, 1, none),
        ("429, the hour's requests used up", Fault::Primary { status: 429, reset: 30 }, 2, none),
        ("403, too fast, with Retry-After", Fault::Secondary { status: 403, retry_after: Some(5) }, 1, none),
        ("429, too fast, with Retry-After", Fault::Secondary { status: 429, retry_after: Some(5) }, 3, none),
        ("403, too fast, by its words alone", Fault::Secondary { status: 403, retry_after: None }, 2, none),
        ("429, too fast, by its words alone", Fault::Secondary { status: 429, retry_after: None }, 1, none),
        ("403, not for this token", Fault::Forbidden, 1, none),
        ("500 and not done", Fault::Fails(500), 1, none),
        ("502 and not done, nine times", Fault::Fails(502), 9, none),
        ("503 and not done", Fault::Fails(503), 1, none),
        ("502 and done", Fault::FailsAfter(502), 1, none),
        ("502 and done, nine times", Fault::FailsAfter(502), 9, none),
        ("cut off and not done", Fault::DropsBefore, 1, none),
        ("cut off and done", Fault::DropsAfter, 1, none),
        ("cut off in the answer", Fault::Cuts, 1, none),
        ("slow", Fault::Slow(Duration::from_millis(20)), 1, none),
        ("lists lag, 502 and done", Fault::FailsAfter(502), 1, lists),
        ("lists lag, cut off and done", Fault::DropsAfter, 1, lists),
        ("ids unknown at first, 500 and not done", Fault::Fails(500), 1, Lag { lists: 0, lookups: 1 }),
    ]
}

#[test]
fn whatever_goes_wrong_nothing_is_made_twice() {
    let (count, step) = if is_full() { (40, 1) } else { (10, 29) };
    let source = with_everything(count);
    let requests = {
        let (github, project) = (github_with_everything(), Project::asking(&source));
        project.ask(&github, ["apply", "--yes"]).ends_with(0);
        github.counts().requests
    };
    let table = Table::default();
    let cases: Vec<_> = cases()
        .into_iter()
        .zip(0..)
        .flat_map(|(case, row)| {
            sampled(requests, step, row * 5).into_iter().map(move |nth| (case.clone(), nth))
        })
        .collect();
    each(cases, |((name, fault, times, lag), nth)| {
        let (github, project) = (github_with_everything(), Project::asking(&source));
        github.keep_no_answers();
        github.world(|world| world.lag = lag);
        github.fault_times(When::Request(nth), times, fault);
        let first = project.ask(&github, ["apply", "--yes"]);
        github.heal();
        let mut case = format!("{name}, at request {nth}: {:?} {}", first.code, first.err);
        let at_once = first.code == 0 && !first.err.contains("but what the notes say");
        if !at_once {
            let second = project.ask(&github, ["apply", "--yes"]);
            case = format!("{case}\nthen {:?} {}", second.code, second.err);
        }
        table.enter(name, &case, at_once, &github, &project, &source);
    });
    table.hold(&format!("{count} issues, each fault at each of {requests} requests"));
}
