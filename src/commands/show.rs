//! `roadbook show`: one milestone, issue or label, with all that follows from it.
//!
//! An id that nothing has is a usage error (2): the command line names what does not exist. A former id leads on, and
//! that it did is said to people. Where an issue, a milestone and a label share a name, all are shown, issues first.

mod card;

use super::{
    Session,
    entry::print_json,
    lookup::{self, Item},
};
use crate::{
    cli::{Answer, Global, Show},
    data::{self, Data, Shown, ShownIssue, ShownLabel, ShownMilestone, Source},
    facts::Facts,
    io::{Failure, FailureKind, Io},
    model::{LabelIx, Roadmap, Target},
    report::{At, Place, Styled},
};

/// Runs the verb.
pub(super) fn run(args: &Show, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let today = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let (session, roadmap, facts) = Session::open(io, global, Some(today))?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let titled = || lookup::milestone(&roadmap, &args.id).map(|ix| vec![Item::Milestone(ix)]);
    let found = lookup::items(&roadmap, &args.id).or_else(|unknown| titled().map_err(|_| unknown))?;
    if let [Item::Issue(_) | Item::Milestone(_)] = found[..]
        && let Some(alias) = lookup::alias(&roadmap, &args.id)
    {
        session.say(&format!("`{}` is `{}` by now", args.id, lookup::id_of(&roadmap, alias)));
    }
    if args.delay.is_some() && found.iter().all(|item| matches!(item, Item::Label(_))) {
        return Err(Failure::new(FailureKind::Usage, format!("`{}` is a label, which has no days", args.id))
            .help("`--delay` takes a milestone or an issue"));
    }
    let view = View { session: &session, roadmap: &roadmap, facts: &facts, delay: args.delay };
    match args.format {
        Answer::Human => {
            let cards: Vec<_> = found.iter().map(|item| card::card(&view, *item)).collect();
            io.terminal.out_styled(&Styled::new(cards.join("\n"), session.screen().colour))?;
        }
        Answer::Json => {
            let items = found.iter().map(|item| view.whole(*item)).collect();
            print_json(io, &data::Show::new(facts.as_of, items))?;
        }
    }
    Ok(0)
}

/// What an item is shown out of.
struct View<'r> {
    session: &'r Session<'r>,
    roadmap: &'r Roadmap,
    facts: &'r Facts,
    /// How many days an item comes later, if it was asked what that pushes.
    delay: Option<u32>,
}

impl<'r> View<'r> {
    /// An item with all that is known of it.
    fn whole(&self, item: Item) -> Shown<'r> {
        let data = Data::new(self.roadmap, self.facts);
        match item {
            Item::Issue(ix) => Shown::Issue(Box::new(ShownIssue {
                issue: data.issue(ix),
                body: self.roadmap.issues[ix.0].body.get().map(String::as_str),
                pushes: self.pushes(Target::Issue(ix)).map(|items| data.ids(&items)),
                sub_issues: data.issue_ids(self.facts.issue(ix).children.iter().copied()),
                source: source(&self.roadmap.issue_place(ix)),
            })),
            Item::Milestone(ix) => {
                let milestone = &self.roadmap.milestones[ix.0];
                Shown::Milestone(Box::new(ShownMilestone {
                    milestone: data.milestone(ix),
                    description: milestone.description.get().map(String::as_str),
                    goal: milestone.goal.as_deref(),
                    pushes: self.pushes(Target::Milestone(ix)).map(|items| data.ids(&items)),
                    issues: data.issue_ids(self.facts.milestone(ix).issues.iter().copied()),
                    source: source(&self.roadmap.milestone_place(ix)),
                }))
            }
            Item::Label(ix) => Shown::Label(Box::new(ShownLabel {
                label: data.label(ix),
                issues: data.issue_ids(self.facts.label(ix).issues.iter().copied()),
                source: self.label_place(ix).as_ref().map(source),
            })),
        }
    }

    /// What a delay of an item pushes, where one was asked for.
    fn pushes(&self, item: Target) -> Option<Vec<Target>> {
        self.delay.map(|days| self.facts.bounds.pushes(item, days.into()))
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
