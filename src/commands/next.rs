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
    facts::{Facts, First, bounds::words::id_of},
    io::{Failure, Io},
    model::{IssueIx, Roadmap, Target},
    report::{Cell, Tone, counted},
};

/// Runs the verb.
pub(super) fn run(args: &Next, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let today = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let (session, roadmap, facts) = Session::open(io, global, Some(today))?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let choice = Choice::read(&args.choice, &session, &roadmap)?;
    let mut ready = facts.first(&roadmap);
    ready.retain(|first| choice.takes(&roadmap, first.ix));
    let shown = &ready[..ready.len().min(args.most)];
    match args.format {
        Answer::Json => {
            let data = Data::new(&roadmap, &facts);
            let item = |first: &First| NextIssue {
                issue: data.issue(first.ix),
                waiting: waiting(&facts, first.ix)
                    .iter()
                    .map(|ix| roadmap.issues[ix.0].id.as_str())
                    .collect(),
            };
            print_json(io, &data::Next::new(facts.as_of, shown.iter().map(item).collect()))?;
        }
        Answer::Human => {
            let rows = shown.iter().map(|first| row(&roadmap, &facts, first)).collect();
            print(&session, ["ID", "WAITING", "NEEDED BY", "DUE", "TITLE"], rows)?;
        }
    }
    let more = ready.len() - shown.len();
    let all = format!("{} ready to begin", counted(ready.len(), "issue"));
    session.say(&if more > 0 { format!("{all}, {more} not shown: --most {}", ready.len()) } else { all });
    Ok(0)
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

fn row(roadmap: &Roadmap, facts: &Facts, first: &First) -> Vec<Cell> {
    let issue = &roadmap.issues[first.ix.0];
    let waiting = match first.waiting {
        0 => String::new(),
        1 => "1 waits".into(),
        count => format!("{count} wait"),
    };
    let needed = facts.bounds.needed_words(roadmap, Target::Issue(first.ix), id_of);
    vec![
        Cell::new(issue.id.as_str(), Tone::Strong),
        waiting.into(),
        needed.unwrap_or_default().into(),
        issue.due_on.map(|day| day.to_string()).unwrap_or_default().into(),
        issue.short_title().into(),
    ]
}
