//! Whether a milestone will be reached by its day: what its dates say, and what its owner said.

use super::{Bounds, IssueFacts, MilestoneFacts, bounds::words::name_of, days_words};
use crate::words::say;
use crate::{
    model::{Day, IssueIx, Milestone, MilestoneIx, Roadmap, Target, When, is_after},
    source::schema::Health,
};

/// After how many days what an owner said is called stale.
const STALE_AFTER: i64 = 30;

/// What the dates of a milestone say, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// How it stands.
    pub(crate) health: Health,
    why: Why,
}

/// Why a milestone stands so.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    /// It is on track.
    Nothing,
    /// By how many days it is late.
    Overdue(i64),
    /// An issue of it, by its name, is due after it.
    IssueAfter(String),
    /// A milestone that it waits for is due after it.
    BlockerAfter(String),
    /// A milestone that it waits for is late.
    BlockerLate(String),
    /// An issue of it is late.
    IssueLate(String),
    /// It cannot be done before a day, or is planned so that it is not; what holds it up.
    NotBefore(bool, Day, Option<String>),
}

impl Verdict {
    /// Why, in a few words, as `overdue by 6 days`; empty where it is on track.
    pub(crate) fn why(&self) -> String {
        match &self.why {
            Why::Nothing => String::new(),
            Why::Overdue(days) => say!("overdue by {}", days_words(*days)),
            Why::IssueAfter(id) => say!("{} is due after it", id),
            Why::BlockerAfter(id) => say!("{}, which it waits for, is due after it", id),
            Why::BlockerLate(id) => say!("{}, which it waits for, is overdue", id),
            Why::IssueLate(id) => say!("{} is overdue", id),
            Why::NotBefore(is_certain, day, held_by) => {
                let words = match is_certain {
                    true => say!("cannot be done before {}", day),
                    false => say!("as planned not done before {}", day),
                };
                held_by.iter().fold(words, |words, id| format!("{words} ({id})"))
            }
        }
    }
}

/// What the owner of a milestone said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StatedHealth {
    /// How it stood.
    pub(crate) health: Health,
    /// When it was said.
    pub(crate) on: Day,
    /// Whether that is more than 30 days before the as-of day.
    pub(crate) stale: bool,
}

/// The last update, as of a day, that says how the milestone stands.
pub(super) fn stated(milestone: &Milestone, as_of: Option<Day>) -> Option<StatedHealth> {
    let said = milestone.updates.iter().filter_map(|update| Some((update.on, update.index, update.health?)));
    let said = said.filter(|(on, ..)| as_of.is_none_or(|today| *on <= today));
    let (on, _, health) = said.max_by_key(|(on, index, _)| (*on, *index))?;
    Some(StatedHealth { health, on, stale: as_of.is_some_and(|today| today.days_since(on) > STALE_AFTER) })
}

/// What the dates of an open milestone with a due date say; nothing where nobody knows what day it is, and of what is due `later`. It is off track where its day cannot hold any more, and at
/// risk where something on the way to it is late.
pub(super) fn judge(
    roadmap: &Roadmap,
    issues: &[IssueFacts],
    milestones: &[MilestoneFacts],
    bounds: &Bounds,
    ix: MilestoneIx,
    as_of: Option<Day>,
) -> Option<Verdict> {
    as_of?;
    let (milestone, facts) = (&roadmap.milestones[ix.0], &milestones[ix.0]);
    let due_on = milestone.known_due_on().filter(|_| facts.is_open);
    let last_day = due_on.and_then(When::last)?;
    let off = |why| Some(Verdict { health: Health::OffTrack, why });
    let risk = |why| Some(Verdict { health: Health::AtRisk, why });
    if let Some(days) = facts.overdue {
        return off(Why::Overdue(days));
    }
    if let Some(why) = due_after(roadmap, milestones, facts, due_on) {
        return off(why);
    }
    let unreachable = unreachable(roadmap, bounds, ix, last_day);
    if let Some((true, why)) = unreachable {
        return off(why);
    }
    if let Some(why) = late(roadmap, issues, milestones, facts) {
        return risk(why);
    }
    if let Some((false, why)) = unreachable {
        return risk(why);
    }
    Some(Verdict { health: Health::OnTrack, why: Why::Nothing })
}

/// What is due after a milestone's day: an open issue of it, or a milestone that it waits for.
fn due_after(
    roadmap: &Roadmap,
    milestones: &[MilestoneFacts],
    facts: &MilestoneFacts,
    due_on: Option<When>,
) -> Option<Why> {
    if let Some(later) = open(roadmap, facts).find(|ix| is_after(roadmap.issues[ix.0].due_on, due_on)) {
        return Some(Why::IssueAfter(roadmap.issues[later.0].short_name().to_owned()));
    }
    let is_later = |ix: &&MilestoneIx| {
        milestones[ix.0].is_open && is_after(roadmap.milestones[ix.0].known_due_on(), due_on)
    };
    let later = facts.waiting_for.iter().find(is_later)?;
    Some(Why::BlockerAfter(roadmap.milestones[later.0].short_name().to_owned()))
}

/// What is late on the way to a milestone: one that it waits for, or an open issue of it.
fn late(
    roadmap: &Roadmap,
    issues: &[IssueFacts],
    milestones: &[MilestoneFacts],
    facts: &MilestoneFacts,
) -> Option<Why> {
    if let Some(late) = facts.waiting_for.iter().find(|ix| milestones[ix.0].overdue.is_some()) {
        return Some(Why::BlockerLate(roadmap.milestones[late.0].short_name().to_owned()));
    }
    let late = open(roadmap, facts).find(|ix| issues[ix.0].overdue.is_some())?;
    Some(Why::IssueLate(roadmap.issues[late.0].short_name().to_owned()))
}

/// The issues of a milestone that are known to be open.
fn open<'a>(roadmap: &'a Roadmap, facts: &'a MilestoneFacts) -> impl Iterator<Item = &'a IssueIx> {
    facts.issues.iter().filter(|ix| roadmap.issues[ix.0].is_open())
}

/// Why a milestone cannot be done by its due date, and whether that is certain; else it follows from stated lengths.
fn unreachable(roadmap: &Roadmap, bounds: &Bounds, ix: MilestoneIx, due_on: Day) -> Option<(bool, Why)> {
    let item = Target::Milestone(ix);
    bounds.today()?;
    let earliest = bounds.earliest(item).filter(|earliest| *earliest > due_on)?;
    let is_certain = bounds.floor(item).is_some_and(|floor| floor > due_on);
    let chain = bounds.chain(item);
    let held_by = chain.iter().rev().nth(1).map(|other| name_of(roadmap, *other).to_owned());
    let day = bounds.floor(item).filter(|_| is_certain).unwrap_or(earliest);
    Some((is_certain, Why::NotBefore(is_certain, day, held_by)))
}
