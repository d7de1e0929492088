//! `roadbook show`: one milestone, issue or label, with all that follows from it.
//!
//! An id that nothing bears is a usage error (2): the command line names what does not exist. A former id leads on, and
//! that it did is said to people. Where an issue, a milestone and a label share a name, all are shown, issues first.

mod card;

use serde::Serialize;

use super::{
    Session,
    entry::{Entries, IssueEntry, LabelEntry, MilestoneEntry, code, print_json, written},
    lookup::{self, Item},
};
use crate::{
    cli::{Answer, Global, Show},
    facts::Facts,
    io::{Failure, Io},
    model::{IssueIx, LabelIx, MilestoneIx, Roadmap},
    report::{At, Place, Styled},
    source::schema::{State, StateReason},
};

/// Runs the verb.
pub(super) fn run(args: &Show, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let today = args.as_of.unwrap_or_else(|| io.clock.today());
    let (session, roadmap, facts) = Session::open(io, global, Some(today))?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let found = lookup::items(&roadmap, &args.id)?;
    if let [Item::Issue(_) | Item::Milestone(_)] = found[..]
        && let Some(alias) = lookup::alias(&roadmap, &args.id)
    {
        session.say(&format!("`{}` is `{}` by now", args.id, lookup::id_of(&roadmap, alias)));
    }
    let view = View { session: &session, roadmap: &roadmap, facts: &facts };
    match args.format {
        Answer::Human => {
            let cards: Vec<_> = found.iter().map(|item| card::card(&view, *item)).collect();
            io.terminal.out_styled(&Styled::new(cards.join("\n"), session.screen().colour))?;
        }
        Answer::Json => {
            let entries = Entries::new(&roadmap, &facts);
            let items: Vec<_> = found.iter().map(|item| view.whole(&entries, *item)).collect();
            print_json(io, "show", facts.as_of, &items)?;
        }
    }
    Ok(0)
}

/// What an item is shown out of.
struct View<'r> {
    session: &'r Session<'r>,
    roadmap: &'r Roadmap,
    facts: &'r Facts,
}

/// An item with all that is known of it. The members of `list` come first.
#[derive(Serialize)]
#[serde(untagged)]
enum Whole<'r> {
    Issue(Box<WholeIssue<'r>>),
    Milestone(Box<WholeMilestone<'r>>),
    Label(WholeLabel<'r>),
}

#[derive(Serialize)]
struct WholeIssue<'r> {
    #[serde(flatten)]
    entry: IssueEntry<'r>,
    state: Option<&'static str>,
    state_reason: Option<&'static str>,
    #[serde(rename = "type")]
    kind: Option<&'r str>,
    start_on: Option<String>,
    planned_due_on: Option<String>,
    closed_on: Option<String>,
    estimate: Option<f64>,
    parent: Option<&'r str>,
    children: Vec<Near<'r>>,
    waits_for: Vec<Near<'r>>,
    needed_by: Vec<Near<'r>>,
    source: Source,
    body: Option<&'r str>,
}

#[derive(Serialize)]
struct WholeMilestone<'r> {
    #[serde(flatten)]
    entry: MilestoneEntry<'r>,
    state: Option<&'static str>,
    start_on: Option<String>,
    planned_due_on: Option<String>,
    /// What the dates say: `on-track`, `at-risk`, `off-track`.
    health: Option<String>,
    waits_for: Vec<Near<'r>>,
    needed_by: Vec<Near<'r>>,
    issues: Vec<Near<'r>>,
    source: Source,
    description: Option<&'r str>,
    goal: Option<&'r str>,
}

#[derive(Serialize)]
struct WholeLabel<'r> {
    #[serde(flatten)]
    entry: LabelEntry<'r>,
    /// The issues that bear it; their number is `issues`.
    borne_by: Vec<Near<'r>>,
    source: Option<Source>,
}

/// An item beside the one that is shown.
#[derive(Serialize)]
struct Near<'r> {
    id: &'r str,
    status: String,
}

/// Where an item stands in the source: the file from the root, and the way to it, as `issues[3]`.
#[derive(Serialize)]
struct Source {
    file: String,
    path: String,
}

impl<'r> View<'r> {
    fn whole(&self, entries: &Entries<'r>, item: Item) -> Whole<'r> {
        match item {
            Item::Issue(ix) => Whole::Issue(Box::new(self.issue(entries.issue(ix), ix))),
            Item::Milestone(ix) => Whole::Milestone(Box::new(self.milestone(entries.milestone(ix), ix))),
            Item::Label(ix) => Whole::Label(WholeLabel {
                entry: entries.label(ix),
                borne_by: self.issues(&self.facts.label(ix).issues),
                source: self.label_place(ix).as_ref().map(source),
            }),
        }
    }

    fn issue(&self, entry: IssueEntry<'r>, ix: IssueIx) -> WholeIssue<'r> {
        let (issue, own) = (&self.roadmap.issues[ix.0], self.facts.issue(ix));
        let waits_for: Vec<_> = issue.blocked_by().iter().map(|link| link.to).collect();
        WholeIssue {
            entry,
            state: issue.known_state().map(state),
            state_reason: issue.state_reason.get().copied().map(reason),
            kind: issue.kind.get().map(String::as_str),
            start_on: written(issue.start_on),
            planned_due_on: written(issue.planned_due_on),
            closed_on: written(issue.known_closed_on()),
            estimate: issue.estimate,
            parent: issue.parent.get().map(|ix| self.roadmap.issues[ix.0].id.as_str()),
            children: self.issues(&own.children),
            waits_for: self.issues(&waits_for),
            needed_by: self.issues(&own.needed_by),
            source: source(&self.roadmap.issue_place(ix)),
            body: issue.body.get().map(String::as_str),
        }
    }

    fn milestone(&self, entry: MilestoneEntry<'r>, ix: MilestoneIx) -> WholeMilestone<'r> {
        let (milestone, own) = (&self.roadmap.milestones[ix.0], self.facts.milestone(ix));
        let waits_for: Vec<_> = milestone.blocked_by.iter().map(|link| link.to).collect();
        WholeMilestone {
            entry,
            state: milestone.known_state().map(state),
            start_on: written(milestone.start_on),
            planned_due_on: written(milestone.planned_due_on),
            health: own
                .health
                .as_ref()
                .map(|verdict| crate::facts::health_words(verdict.health).replace(' ', "-")),
            waits_for: self.milestones(&waits_for),
            needed_by: self.milestones(&own.needed_by),
            issues: self.issues(&own.issues),
            source: source(&self.roadmap.milestone_place(ix)),
            description: milestone.description.get().map(String::as_str),
            goal: milestone.goal.as_deref(),
        }
    }

    fn issues(&self, issues: &[IssueIx]) -> Vec<Near<'r>> {
        let near = |ix: &IssueIx| Near {
            id: self.roadmap.issues[ix.0].id.as_str(),
            status: code(self.facts.issue(*ix).status),
        };
        issues.iter().map(near).collect()
    }

    fn milestones(&self, milestones: &[MilestoneIx]) -> Vec<Near<'r>> {
        let near = |ix: &MilestoneIx| Near {
            id: self.roadmap.milestones[ix.0].id.as_str(),
            status: code(self.facts.milestone(*ix).status),
        };
        milestones.iter().map(near).collect()
    }

    /// Where a label stands in the source; `None` where it is only used.
    fn label_place(&self, ix: LabelIx) -> Option<Place> {
        self.roadmap.labels[ix.0].origin.map(|origin| self.roadmap.place("labels", origin))
    }
}

fn source(place: &Place) -> Source {
    let path = match &place.at {
        At::Json(path, _) => path.to_string(),
        At::File | At::Bytes(_) => String::new(),
    };
    Source { file: place.file.to_string(), path }
}

fn state(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Closed => "closed",
    }
}

fn reason(reason: StateReason) -> &'static str {
    match reason {
        StateReason::Completed => "completed",
        StateReason::NotPlanned => "not_planned",
        StateReason::Duplicate => "duplicate",
        StateReason::Reopened => "reopened",
    }
}
