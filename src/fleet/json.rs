//! The report on several roadmaps as data: `fleet --format json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Card, Due, Fleet};
use crate::{
    data::v1::{Progress, VERSION},
    model::{Day, When},
};

/// What `fleet --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fleet")]
pub(crate) struct Document<'a> {
    /// The version of the format.
    version: u32,
    /// `fleet`.
    #[schemars(extend("const" = "fleet"))]
    kind: &'static str,
    /// The version of Roadbook that wrote it.
    tool_version: &'static str,
    /// The day on which the age of each roadmap counts.
    as_of: Option<Day>,
    /// How many days old a roadmap may be.
    max_age_days: i64,
    /// How far all of them have come together.
    progress: Progress,
    /// How many milestones they have.
    milestones: usize,
    /// How many of these are closed.
    closed_milestones: usize,
    /// How many milestones are late, in those roadmaps that say of which day they are; `null` where none does.
    overdue_milestones: Option<usize>,
    /// The same of issues.
    overdue_issues: Option<usize>,
    /// What is due next in all of them, the soonest first: the first twelve.
    due: Vec<DueOf<'a>>,
    /// The roadmaps, in the order in which they were named.
    roadmaps: Vec<RoadmapOf<'a>>,
    /// What could not be read.
    unread: Vec<Unread<'a>>,
}

/// A roadmap beside others.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FleetRoadmap")]
struct RoadmapOf<'a> {
    /// What it is called among them: ids are told apart by it.
    name: &'a str,
    /// Its title.
    title: &'a str,
    /// The GitHub repository, as `owner/name`.
    repository: Option<&'a str>,
    /// The address of its website.
    url: Option<&'a str>,
    /// The day that it speaks for.
    as_of: Option<Day>,
    /// How many days ago that was; negative where it is still to come.
    age_days: Option<i64>,
    /// Whether that is more than allowed.
    stale: bool,
    /// How far its issues have come.
    progress: Progress,
    /// How many milestones it has.
    milestones: usize,
    /// How many of them are closed.
    closed_milestones: usize,
    /// How many milestones are late.
    overdue_milestones: Option<usize>,
    /// How many issues are late.
    overdue_issues: Option<usize>,
}

/// Something that is due.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FleetDue")]
struct DueOf<'a> {
    /// The name of the roadmap that it belongs to.
    roadmap: &'a str,
    /// Its id in that roadmap.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// When it is due, as it is written.
    due_on: When,
    /// The last day by which it is due.
    due_last: Day,
    /// The address of its page.
    url: Option<&'a str>,
}

/// A file that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FleetUnread")]
struct Unread<'a> {
    /// Its path, as it was given.
    path: &'a str,
    /// Why not.
    why: &'a str,
}

/// The report as data.
pub(crate) fn json(fleet: &Fleet) -> Document<'_> {
    let (milestones, closed_milestones) = fleet.milestones();
    let overdue = fleet.overdue();
    Document {
        version: VERSION,
        kind: "fleet",
        tool_version: env!("CARGO_PKG_VERSION"),
        as_of: fleet.today,
        max_age_days: fleet.max_age,
        progress: fleet.progress(),
        milestones,
        closed_milestones,
        overdue_milestones: overdue.map(|late| late.milestones),
        overdue_issues: overdue.map(|late| late.issues),
        due: fleet.due().into_iter().map(due).collect(),
        roadmaps: fleet.cards.iter().map(|card| roadmap(fleet, card)).collect(),
        unread: fleet.unread.iter().map(|(path, why)| Unread { path, why }).collect(),
    }
}

fn address(link: &str) -> Option<&str> {
    (!link.is_empty()).then_some(link)
}

fn due<'a>((card, due): (&'a Card, &'a Due)) -> DueOf<'a> {
    DueOf {
        roadmap: &card.name,
        id: &due.id,
        title: &due.title,
        due_on: due.on,
        due_last: due.last,
        url: address(&due.link),
    }
}

fn roadmap<'a>(fleet: &Fleet, card: &'a Card) -> RoadmapOf<'a> {
    RoadmapOf {
        name: &card.name,
        title: &card.title,
        repository: card.repository.as_deref(),
        url: address(&card.link),
        as_of: card.as_of,
        age_days: fleet.age(card),
        stale: fleet.is_stale(card),
        progress: card.progress,
        milestones: card.milestones,
        closed_milestones: card.closed_milestones,
        overdue_milestones: card.overdue.map(|late| late.milestones),
        overdue_issues: card.overdue.map(|late| late.issues),
    }
}
