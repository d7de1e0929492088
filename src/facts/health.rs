//! Whether a milestone will be reached by its day: what its dates say, and what its owner said.

use super::{Bounds, IssueFacts, MilestoneFacts, bounds::words::id_of};
use crate::{
    model::{Day, Milestone, MilestoneIx, Roadmap, Target, When, is_after},
    source::schema::Health,
};

/// After how many days what an owner said is called stale.
const STALE_AFTER: i64 = 30;

/// What the dates of a milestone say, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How it stands.
    pub health: Health,
    /// Why, in a few words, as `overdue by 6 days`; empty where it is on track.
    pub why: String,
}

/// What the owner of a milestone said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedHealth {
    /// How it stood.
    pub health: Health,
    /// When it was said.
    pub on: Day,
    /// Whether that is more than 30 days before the as-of day.
    pub stale: bool,
}

/// The last update that says how the milestone stands.
pub(super) fn stated(milestone: &Milestone, as_of: Option<Day>) -> Option<StatedHealth> {
    let said = milestone.updates.iter().filter_map(|update| Some((update.on, update.index, update.health?)));
    let (on, _, health) = said.max_by_key(|(on, index, _)| (*on, *index))?;
    Some(StatedHealth { health, on, stale: as_of.is_some_and(|today| today.days_since(on) > STALE_AFTER) })
}

/// What the dates of an open milestone with a due day say; nothing where nobody knows what day it is, and of what is due `later`. It is off track where its day cannot hold any more, and at
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
    let due_on = milestone.known_due_on().filter(|_| facts.status.is_open());
    let last_day = due_on.and_then(When::last)?;
    let open = || facts.issues.iter().filter(|ix| !issues[ix.0].status.is_closed());
    let off = |why| Some(Verdict { health: Health::OffTrack, why });
    let risk = |why| Some(Verdict { health: Health::AtRisk, why });
    if let Some(days) = facts.overdue {
        return off(format!("overdue by {}", days_words(days)));
    }
    if let Some(later) = open().find(|ix| is_after(roadmap.issues[ix.0].due_on, due_on)) {
        return off(format!("{} is due after it", roadmap.issues[later.0].id));
    }
    if let Some(later) =
        facts.waiting_for.iter().find(|ix| is_after(roadmap.milestones[ix.0].known_due_on(), due_on))
    {
        return off(format!("{}, which it waits for, is due after it", roadmap.milestones[later.0].id));
    }
    let unreachable = unreachable(roadmap, bounds, ix, last_day);
    if let Some((true, why)) = unreachable {
        return off(why);
    }
    if let Some(late) = facts.waiting_for.iter().find(|ix| milestones[ix.0].overdue.is_some()) {
        return risk(format!("{}, which it waits for, is overdue", roadmap.milestones[late.0].id));
    }
    if let Some(late) = open().find(|ix| issues[ix.0].overdue.is_some()) {
        return risk(format!("{} is overdue", roadmap.issues[late.0].id));
    }
    if let Some((false, why)) = unreachable {
        return risk(why);
    }
    Some(Verdict { health: Health::OnTrack, why: String::new() })
}

/// Why a milestone cannot be done by its due day, and whether that is certain; else it follows from stated lengths.
fn unreachable(roadmap: &Roadmap, bounds: &Bounds, ix: MilestoneIx, due_on: Day) -> Option<(bool, String)> {
    let item = Target::Milestone(ix);
    bounds.today()?;
    let earliest = bounds.earliest(item).filter(|earliest| *earliest > due_on)?;
    let is_certain = bounds.floor(item).is_some_and(|floor| floor > due_on);
    let chain = bounds.chain(item);
    let held_by = chain.iter().rev().nth(1).map(|other| format!(" ({})", id_of(roadmap, *other)));
    let held_by = held_by.unwrap_or_default();
    let words = if is_certain { "cannot be done before" } else { "as planned not done before" };
    let day = bounds.floor(item).filter(|_| is_certain).unwrap_or(earliest);
    Some((is_certain, format!("{words} {day}{held_by}")))
}

/// `1 day`, `6 days`.
pub fn days_words(days: i64) -> String {
    if days == 1 { "1 day".into() } else { format!("{days} days") }
}
