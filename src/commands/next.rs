//! `roadbook next`: which ready issues to begin with, those first that most others wait for.
//!
//! Ready means that nothing stands in the way and that work has not begun. How many wait is counted over all open issues that wait
//! for one, directly or through others; where as many wait, what is needed sooner comes first, then the order of the source.

use std::collections::BTreeSet;

use super::{
    Session,
    entry::print_json,
    list::{Choice, print},
};
use crate::{
    cli::{Answer, Global, Next},
    data::{self, Data, NextIssue},
    facts::{Facts, Status},
    io::{Failure, Io},
    model::{Day, IssueIx, Roadmap, Target},
    report::{Cell, Tone, counted},
};

/// An issue to begin with.
struct Ready {
    ix: IssueIx,
    /// The open issues that wait for it, in the order of the source.
    waiting: BTreeSet<IssueIx>,
    /// The day by which it is needed or due, whichever comes first.
    by: Option<Day>,
}

/// Runs the verb.
pub(super) fn run(args: &Next, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let today = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let (session, roadmap, facts) = Session::open(io, global, Some(today))?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let choice = Choice::read(&args.choice, &roadmap)?;
    let ready = ranked(&roadmap, &facts, &choice);
    let shown = &ready[..ready.len().min(args.most)];
    match args.format {
        Answer::Json => {
            let data = Data::new(&roadmap, &facts);
            let item = |ready: &Ready| NextIssue {
                issue: data.issue(ready.ix),
                waiting: ready.waiting.iter().map(|ix| roadmap.issues[ix.0].id.as_str()).collect(),
            };
            print_json(io, &data::Next::new(facts.as_of, shown.iter().map(item).collect()))?;
        }
        Answer::Human => {
            let rows = shown.iter().map(|ready| row(&roadmap, &facts, ready)).collect();
            print(&session, ["ID", "WAITING", "NEEDED BY", "DUE", "TITLE"], rows)?;
        }
    }
    let more = ready.len() - shown.len();
    let all = format!("{} ready to begin", counted(ready.len(), "issue"));
    session.say(&if more > 0 { format!("{all}, {more} not shown: --most {}", ready.len()) } else { all });
    Ok(0)
}

fn ranked(roadmap: &Roadmap, facts: &Facts, choice: &Choice<'_>) -> Vec<Ready> {
    let is_ready = |ix: &IssueIx| facts.issue(*ix).status == Status::Ready && choice.takes(roadmap, *ix);
    let all = (0..roadmap.issues.len()).map(IssueIx).filter(is_ready);
    let mut ready: Vec<_> =
        all.map(|ix| Ready { ix, waiting: waiting(facts, ix), by: by(roadmap, facts, ix) }).collect();
    ready.sort_by_key(|ready| {
        (std::cmp::Reverse(ready.waiting.len()), ready.by.is_none(), ready.by, ready.ix)
    });
    ready
}

/// The open issues that wait for one, directly or through others.
fn waiting(facts: &Facts, ix: IssueIx) -> BTreeSet<IssueIx> {
    let (mut found, mut ahead) = (BTreeSet::new(), vec![ix]);
    while let Some(at) = ahead.pop() {
        let behind = facts.issue(at).needed_by.iter().copied();
        let open = behind.filter(|ix| !facts.issue(*ix).status.is_closed());
        ahead.extend(open.filter(|behind| *behind != ix && found.insert(*behind)).collect::<Vec<_>>());
    }
    found
}

fn by(roadmap: &Roadmap, facts: &Facts, ix: IssueIx) -> Option<Day> {
    let needed = facts.bounds.needed(Target::Issue(ix)).map(|needed| needed.on);
    let due = roadmap.issues[ix.0].due_on.and_then(|due| due.last());
    needed.into_iter().chain(due).min()
}

fn row(roadmap: &Roadmap, facts: &Facts, ready: &Ready) -> Vec<Cell> {
    let issue = &roadmap.issues[ready.ix.0];
    let waiting = match ready.waiting.len() {
        0 => String::new(),
        1 => "1 waits".into(),
        count => format!("{count} wait"),
    };
    let needed = facts.bounds.needed_words(roadmap, Target::Issue(ready.ix));
    vec![
        Cell::new(issue.id.as_str(), Tone::Strong),
        waiting.into(),
        needed.unwrap_or_default().into(),
        issue.due_on.map(|day| day.to_string()).unwrap_or_default().into(),
        issue.short_title().into(),
    ]
}
