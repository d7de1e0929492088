//! `roadbook list`: the issues, milestones or labels, all or those that are asked for.
//!
//! The table is data and goes to standard output; the count goes to people. A filter that names what does not exist is
//! a usage error (2), since an empty answer would look like a fact.

mod order;

use std::borrow::Cow;

use super::{
    Session,
    entry::{print_json, progress_words, standing},
    lookup, user,
};
use crate::{
    cli::{Answer, Chosen, Global, List, Listed, SortKey, StatusFilter},
    data::{self, Data, v1::Item},
    facts::{Facts, Status},
    io::{Failure, FailureKind, Io},
    model::{Day, IssueIx, LabelIx, MilestoneIx, Roadmap},
    report::{Cell, Styled, Tone, counted, table},
};

/// Runs the verb.
pub(super) fn run(args: &List, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    fits(args)?;
    let today = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let (session, roadmap, facts) = Session::open(io, global, Some(today))?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let (shown, all) = match args.what {
        Listed::Issues => issues(args, &session, &roadmap, &facts)?,
        Listed::Milestones => milestones(args, &session, &roadmap, &facts)?,
        Listed::Labels => labels(args, &session, &roadmap, &facts)?,
    };
    let all_words = counted(all, args.what.noun());
    session.say(&if shown == all { all_words } else { format!("{shown} of {all_words}") });
    Ok(0)
}

/// Refuses filters that mean nothing for what is listed.
fn fits(args: &List) -> Result<(), Failure> {
    let for_issues = [
        ("--milestone", args.choice.milestone.is_some()),
        ("--label", !args.choice.label.is_empty()),
        ("--assignee", args.choice.assignee.is_some()),
        ("--mine", args.choice.mine),
    ];
    let given = for_issues.iter().find(|(_, given)| *given && args.what != Listed::Issues);
    let of_labels = [
        ("--status", !args.status.is_empty()),
        ("--since", args.since.is_some()),
        ("--sort", args.sort.is_some()),
    ];
    let of_issues = [SortKey::Closed, SortKey::Milestone, SortKey::Waiting];
    if args.what == Listed::Milestones && args.sort.is_some_and(|key| of_issues.contains(&key)) {
        return Err(Failure::new(FailureKind::Usage, "milestones cannot be sorted by that key")
            .help("`closed`, `milestone` and `waiting` are for issues"));
    }
    let label = of_labels.iter().find(|(_, given)| *given && args.what == Listed::Labels);
    match label.map(|(name, _)| *name).or(given.map(|(name, _)| *name)) {
        Some(name) => {
            let message = format!("`{name}` is not a filter for {}s", args.what.noun());
            Err(Failure::new(FailureKind::Usage, message)
                .help("`roadbook list --help` says what each filter is for"))
        }
        None => Ok(()),
    }
}

/// Which issues are meant.
pub(super) struct Choice<'a> {
    milestone: Option<MilestoneIx>,
    labels: Vec<LabelIx>,
    assignee: Option<Cow<'a, str>>,
}

impl<'a> Choice<'a> {
    /// What was typed, looked up.
    ///
    /// # Errors
    /// Where it names what does not exist, or nobody says who asks.
    pub(super) fn read(typed: &'a Chosen, session: &Session<'_>, roadmap: &Roadmap) -> Result<Self, Failure> {
        let milestone =
            typed.milestone.as_deref().map(|name| lookup::milestone(roadmap, name)).transpose()?;
        let labels = typed.label.iter().map(|name| lookup::label(roadmap, name)).collect::<Result<_, _>>()?;
        let assignee = typed.assignee.as_deref().map(|name| Cow::Borrowed(name.trim_start_matches('@')));
        let assignee = match typed.mine {
            true => Some(user::me(session.io, &session.found.root)?.into()),
            false => assignee,
        };
        Ok(Self { milestone, labels, assignee })
    }

    /// Whether an issue is one of them.
    pub(super) fn takes(&self, roadmap: &Roadmap, ix: IssueIx) -> bool {
        let issue = &roadmap.issues[ix.0];
        let has = |label: &LabelIx| issue.labels().iter().any(|link| link.to == *label);
        let is_of = |name: &str| issue.assignees().iter().any(|it| it.eq_ignore_ascii_case(name));
        self.milestone.is_none_or(|milestone| issue.milestone.get() == Some(&milestone))
            && self.labels.iter().all(has)
            && self.assignee.as_deref().is_none_or(is_of)
    }
}

fn issues(
    args: &List,
    session: &Session<'_>,
    roadmap: &Roadmap,
    facts: &Facts,
) -> Result<(usize, usize), Failure> {
    let choice = Choice::read(&args.choice, session, roadmap)?;
    let is_wanted = |ix: &IssueIx| {
        let (own, issue) = (facts.issue(*ix), &roadmap.issues[ix.0]);
        let days = [issue.begun_on, issue.known_closed_on()];
        is_since(args.since, days.into_iter().flatten())
            && (stands(&args.status, own.status, own.overdue.is_some(), own.broken)
                || args.status.contains(&StatusFilter::Open) && issue.is_open())
            && choice.takes(roadmap, *ix)
    };
    let mut wanted: Vec<_> = (0..roadmap.issues.len()).map(IssueIx).filter(is_wanted).collect();
    if let Some(key) = args.sort {
        order::issues(&mut wanted, key, args.reverse, (roadmap, facts));
    }
    match args.format {
        Answer::Json => {
            let data = Data::new(roadmap, facts);
            let item = |ix: &IssueIx| data::Listed::Work(Item::Issue(Box::new(data.issue(*ix))));
            print_json(session.io, &data::List::new(facts.as_of, wanted.iter().map(item).collect()))?;
        }
        Answer::Human => {
            let rows = wanted.iter().map(|ix| issue_row(roadmap, facts, *ix)).collect();
            print(session, ["ID", "STATUS", "DUE", "MILESTONE", "TITLE"], rows)?;
        }
    }
    Ok((wanted.len(), roadmap.issues.len()))
}

/// An issue as a line.
pub(super) fn issue_row(roadmap: &Roadmap, facts: &Facts, ix: IssueIx) -> Vec<Cell> {
    let (issue, own) = (&roadmap.issues[ix.0], facts.issue(ix));
    let milestone = issue.milestone.get().map_or("", |ix| roadmap.milestones[ix.0].id.as_str());
    vec![
        Cell::new(issue.id.as_str(), Tone::Strong),
        standing(own.status, own.overdue, own.broken),
        issue.due_on.map(|day| day.to_string()).unwrap_or_default().into(),
        milestone.into(),
        issue.short_title().into(),
    ]
}

fn milestones(
    args: &List,
    session: &Session<'_>,
    roadmap: &Roadmap,
    facts: &Facts,
) -> Result<(usize, usize), Failure> {
    let is_wanted = |ix: &MilestoneIx| {
        let (own, milestone) = (facts.milestone(*ix), &roadmap.milestones[ix.0]);
        let days = milestone.updates.iter().map(|update| update.on).chain(milestone.snapshot.closed_on);
        is_since(args.since, days) && stands(&args.status, own.status, own.overdue.is_some(), own.broken)
    };
    let mut wanted: Vec<_> = (0..roadmap.milestones.len()).map(MilestoneIx).filter(is_wanted).collect();
    if let Some(key) = args.sort {
        order::milestones(&mut wanted, key, args.reverse, (roadmap, facts));
    }
    match args.format {
        Answer::Json => {
            let data = Data::new(roadmap, facts);
            let item = |ix: &MilestoneIx| data::Listed::Work(Item::Milestone(Box::new(data.milestone(*ix))));
            print_json(session.io, &data::List::new(facts.as_of, wanted.iter().map(item).collect()))?;
        }
        Answer::Human => {
            let rows = wanted.iter().map(|ix| milestone_row(roadmap, facts, *ix)).collect();
            print(session, ["ID", "STATUS", "DUE", "ISSUES", "TITLE"], rows)?;
        }
    }
    Ok((wanted.len(), roadmap.milestones.len()))
}

/// A milestone as a line.
pub(super) fn milestone_row(roadmap: &Roadmap, facts: &Facts, ix: MilestoneIx) -> Vec<Cell> {
    let (milestone, own) = (&roadmap.milestones[ix.0], facts.milestone(ix));
    vec![
        Cell::new(milestone.id.as_str(), Tone::Strong),
        standing(own.status, own.overdue, own.broken),
        milestone.known_due_on().map(|day| day.to_string()).unwrap_or_default().into(),
        progress_words(&own.progress).into(),
        (&milestone.title).into(),
    ]
}

fn labels(
    args: &List,
    session: &Session<'_>,
    roadmap: &Roadmap,
    facts: &Facts,
) -> Result<(usize, usize), Failure> {
    let all = || roadmap.labels().map(|(ix, _)| ix);
    match args.format {
        Answer::Json => {
            let data = Data::new(roadmap, facts);
            let items = all().map(|ix| data::Listed::Label(data.label(ix))).collect();
            print_json(session.io, &data::List::new(facts.as_of, items))?;
        }
        Answer::Human => {
            let rows = all().map(|ix| label_row(roadmap, facts, ix)).collect();
            print(session, ["NAME", "ISSUES", "OPEN", "CLOSED", "DESCRIPTION"], rows)?;
        }
    }
    Ok((roadmap.labels.len(), roadmap.labels.len()))
}

fn label_row(roadmap: &Roadmap, facts: &Facts, ix: LabelIx) -> Vec<Cell> {
    let (label, own) = (&roadmap.labels[ix.0], facts.label(ix));
    vec![
        Cell::new(&label.name, Tone::Strong),
        own.issues.len().to_string().into(),
        own.open.to_string().into(),
        own.closed.to_string().into(),
        label.description.get().map_or("", String::as_str).into(),
    ]
}

/// Prints rows; under a head only on a terminal, so that a program that reads them finds nothing but items.
pub(super) fn print<const N: usize>(
    session: &Session<'_>,
    head: [&str; N],
    mut rows: Vec<Vec<Cell>>,
) -> Result<(), Failure> {
    let screen = session.screen();
    if screen.columns.is_some() && !rows.is_empty() {
        rows.insert(0, head.iter().map(|name| Cell::new(name, Tone::Faint)).collect());
    }
    session.io.terminal.out_styled(&Styled::new(table(&rows, screen), screen.colour))
}

/// Whether one of the days is this one or a later one, where one is asked for.
fn is_since(since: Option<Day>, mut days: impl Iterator<Item = Day>) -> bool {
    since.is_none_or(|since| days.any(|day| day >= since))
}

/// Whether something stands as one of the filters wants it.
fn stands(filters: &[StatusFilter], status: Status, is_overdue: bool, is_broken: bool) -> bool {
    let fits = |filter: &StatusFilter| match filter {
        StatusFilter::Open => status.is_open(),
        StatusFilter::Closed => status.is_closed(),
        StatusFilter::Ready => status == Status::Ready,
        StatusFilter::Blocked => status == Status::Blocked,
        StatusFilter::InProgress => status == Status::InProgress,
        StatusFilter::Done => status == Status::Done,
        StatusFilter::Dropped => status == Status::Dropped,
        StatusFilter::Unknown => status == Status::Unknown,
        StatusFilter::Overdue => is_overdue,
        StatusFilter::Broken => is_broken,
    };
    filters.is_empty() || filters.iter().any(fits)
}
