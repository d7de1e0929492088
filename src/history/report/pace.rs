//! What the team's pace allows: for each milestone how many issues it needs, and within how many weeks that many are closed.

use crate::words::{self, say};
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    facts::{
        Facts,
        pace::{Backtest, Closings, FEWEST, MOST, Silence, WEEKS},
    },
    model::{Day, IssueIx, MilestoneIx, Roadmap, When},
};

/// The pace of the team, from the days on which issues were closed. What was dropped does not count.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Pace<'a> {
    /// How many issues were closed in each of the last 26 weeks, the oldest first; a week ends on the as-of day. Empty where nothing can be said.
    pub(crate) weeks: Vec<usize>,
    /// Why nothing can be said; `null` where something can.
    pub(crate) silent: Option<&'static str>,
    /// How the band held on earlier days.
    pub(crate) backtest: Held,
    /// What milestones need that are not done, in the order of the source; those with fewer than three issues left are left out.
    pub(crate) milestones: Vec<Need<'a>>,
}

/// How the band held when it was asked on earlier days for six weeks' work.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub(crate) struct Held {
    /// On how many days.
    pub(crate) asked: usize,
    /// How often all was closed by the upper end.
    pub(crate) high: usize,
    /// How often all was closed by the even one.
    pub(crate) even: usize,
}

/// What a milestone needs, as a band of weeks: never a day on which it is done.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Need<'a> {
    /// The id of the milestone.
    pub(crate) id: &'a str,
    /// How many issues it needs that are not known to be closed: its own, what they wait for and are made of, and what it waits for.
    pub(crate) issues: usize,
    /// Of how many of these nobody states whether they are open.
    pub(crate) unknown: usize,
    /// Hardly in fewer weeks; `null`: more than two years.
    pub(crate) low: Option<usize>,
    /// As likely as not within so many weeks; `null`: more than two years.
    pub(crate) even: Option<usize>,
    /// In about six of seven cases within so many weeks; `null`: more than two years.
    pub(crate) high: Option<usize>,
    /// The day before which it can hardly be done, even if nothing else is; `null` where nothing can be said.
    pub(crate) hardly_before: Option<Day>,
    /// Whether its due date lies before that.
    pub(crate) is_beyond: bool,
}

impl<'a> Pace<'a> {
    /// The pace on a day; `None` where nothing was closed yet, or nobody says what day it is.
    pub(crate) fn of(roadmap: &'a Roadmap, facts: &Facts) -> Option<Self> {
        let today = facts.as_of?;
        let done: Vec<_> = roadmap.issues.iter().filter(|issue| issue.is_done()).collect();
        let days: Vec<_> = done.iter().filter_map(|issue| issue.known_closed_on()).collect();
        if done.is_empty() {
            return None;
        }
        let (weeks, silent, milestones) = match Closings::of(&days, today, done.len() - days.len()) {
            Ok(closings) => {
                let needs =
                    roadmap.milestones().filter_map(|(ix, _)| need(roadmap, facts, &closings, today, ix));
                (closings.weeks().to_vec(), None, needs.collect())
            }
            Err(silence) => (Vec::new(), Some(Silence::words(silence)), Vec::new()),
        };
        let Backtest { asked, high, even } = Backtest::of(&days, today);
        Some(Self { weeks, silent, backtest: Held { asked, high, even }, milestones })
    }

    /// Each milestone's sentence, with its id before it, and what to think of them all behind; or why there is none.
    pub(crate) fn sentences(&self) -> Vec<String> {
        if let Some(why) = self.silent {
            return vec![say!("The pace cannot be estimated: {why}.", why = words::of(why))];
        }
        let sum: usize = self.weeks.iter().sum();
        let (whole, tenth) = (sum * 10 / WEEKS / 10, sum * 10 / WEEKS % 10);
        let pace =
            say!("{whole}.{tenth} a week over {WEEKS} weeks", whole = whole, tenth = tenth, WEEKS = WEEKS);
        let needs = self.milestones.iter().map(|need| need.sentence(&pace));
        needs.chain(self.held().filter(|_| !self.milestones.is_empty())).collect()
    }

    /// As `Asked on 9 earlier days, the upper end held 8 times, the even one 5 times.`
    fn held(&self) -> Option<String> {
        let Held { asked, high, even } = self.backtest;
        (asked > 0).then(|| {
            let days = crate::words::counted(asked, "earlier day");
            let [high, even] = [high, even].map(|count| crate::words::counted(count, "time"));
            say!(
                "Asked on {days} for six weeks' work: the upper end held {high}, the even one {even}.",
                days = days,
                high = high,
                even = even
            )
        })
    }
}

impl Need<'_> {
    fn sentence(&self, pace: &str) -> String {
        let Self { id, issues, unknown, low, even, high, .. } = self;
        let needs = match unknown {
            0 => say!("{id} needs {issues} open issues.", id = id, issues = issues),
            _ => say!(
                "{id} needs {issues} issues, {unknown} of them of unknown state.",
                id = id,
                issues = issues,
                unknown = unknown
            ),
        };
        let weeks = |weeks: &Option<usize>| {
            weeks.map_or_else(|| say!("more than two years"), |weeks| weeks.to_string())
        };
        let takes = match (low, high) {
            (None, _) => say!("more than two years ({MOST} weeks)", MOST = MOST),
            (Some(low), Some(high)) if low == high => crate::words::counted(*low, "week"),
            (Some(low), Some(high)) => say!("{} to {} weeks, as likely as not {}", low, high, weeks(even)),
            (Some(low), None) => {
                say!("{} weeks to more than two years, as likely as not {}", low, weeks(even))
            }
        };
        let before = match (self.hardly_before, self.is_beyond) {
            (Some(day), true) => say!(
                " Even if nothing else is done, hardly before {day}: its due date is beyond this pace.",
                day = day
            ),
            (Some(day), false) => say!(" Even if nothing else is done, hardly before {day}.", day = day),
            (None, _) => String::new(),
        };
        say!(
            "{needs} At the team's pace ({pace}) {issues} issues take {takes}.{before}",
            needs = needs,
            issues = issues,
            pace = pace,
            takes = takes,
            before = before
        )
    }
}

fn need<'a>(
    roadmap: &'a Roadmap,
    facts: &Facts,
    closings: &Closings,
    today: Day,
    ix: MilestoneIx,
) -> Option<Need<'a>> {
    let milestone = &roadmap.milestones[ix.0];
    let own = facts.milestone(ix);
    if own.status.is_closed() {
        return None;
    }
    let needed = needed(roadmap, facts, ix);
    let issues = needed.len();
    if issues < FEWEST {
        return None;
    }
    let band = closings.band(issues);
    let weeks = band.low.unwrap_or(MOST + 1) as i64;
    // It may be done by now where nobody says that it is open.
    let hardly_before =
        (own.is_open && weeks > 1).then(|| Day::nearest(today.number() + 7 * (weeks - 1) + 1));
    Some(Need {
        id: milestone.id.as_str(),
        issues,
        unknown: needed.iter().filter(|ix| roadmap.issues[ix.0].known_state().is_none()).count(),
        low: band.low,
        even: band.even,
        high: band.high,
        hardly_before,
        is_beyond: milestone
            .known_due_on()
            .and_then(When::last)
            .zip(hardly_before)
            .is_some_and(|(due, day)| due < day),
    })
}

/// The issues that a milestone needs and that are not known to be closed: those in it and in the milestones that it waits for, what they wait for and what
/// they are made of.
fn needed(roadmap: &Roadmap, facts: &Facts, ix: MilestoneIx) -> BTreeSet<IssueIx> {
    let (mut milestones, mut seen_milestones) = (vec![ix], BTreeSet::from([ix]));
    let (mut issues, mut seen) = (Vec::<IssueIx>::new(), BTreeSet::new());
    let is_left = |ix: &IssueIx| !facts.issue(*ix).status.is_closed();
    while let Some(ix) = milestones.pop() {
        let own = facts.milestone(ix);
        issues.extend(own.issues.iter().copied().filter(is_left).filter(|ix| seen.insert(*ix)));
        milestones.extend(own.waiting_for.iter().copied().filter(|ix| seen_milestones.insert(*ix)));
    }
    while let Some(ix) = issues.pop() {
        let blockers = roadmap.issues[ix.0].blocked_by().iter().map(|link| link.to);
        let parts = facts.issue(ix).children.iter().copied();
        issues.extend(blockers.chain(parts).filter(is_left).filter(|ix| seen.insert(*ix)));
    }
    seen
}
