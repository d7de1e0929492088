//! Which pages the timeline has: by milestones, by the labels of a group, by people, and for one milestone. A page is there only where it
//! says something.

use std::collections::BTreeMap;

use serde::Serialize;

use super::room::{self, Room};
use crate::{
    facts::Facts,
    model::{Day, IssueIx, MilestoneIx, Roadmap, When, made_id},
    render::{
        Part, Renderer,
        picture::lanes::Group,
        site::{
            PageContext, SitePage, TimelineOf,
            known::Known,
            places::{self, MOST_MILESTONES},
        },
    },
    words::say,
};

/// How many label groups have a page.
const MOST_GROUPS: usize = 5;

/// What the page of people is called in addresses, which no label group's is.
const PEOPLE: &str = "people";

/// The pages of the timeline beside those of the milestones.
#[derive(Debug, Default)]
pub(in crate::render) struct Others {
    /// By label groups and people.
    by: Vec<TimelineOf>,
    /// The parts of those milestones that have one of their own.
    own: BTreeMap<MilestoneIx, Vec<Part>>,
}

impl Others {
    fn of(roadmap: &Roadmap, facts: &Facts, known: &Known) -> Self {
        if !known.days {
            return Self::default();
        }
        Self { by: by(roadmap, known), own: own(roadmap, facts, known) }
    }

    /// The page of a milestone's own timeline, inside the site; `None` where it has none.
    fn own(&self, roadmap: &Roadmap, ix: MilestoneIx) -> Option<String> {
        let part = self.own.get(&ix)?.first()?.clone();
        Some(places::timeline_of(roadmap, &TimelineOf::Milestone(ix, part)))
    }
}

impl Renderer {
    /// The pages of the timeline beside those of the milestones, found out when they are first asked for.
    fn timelines(&self) -> &Others {
        let (roadmap, facts) = self.public();
        self.made_once.timelines.get_or_init(|| Others::of(roadmap, facts, self.known()))
    }
}

impl PageContext<'_> {
    /// The address of a milestone's own timeline; `None` where the page of all milestones has room for all its issues.
    pub(in crate::render::site) fn own_timeline(&self, ix: MilestoneIx) -> Option<String> {
        self.renderer.timelines().own(self.roadmap, ix).map(|inside| self.to(&inside))
    }
}

/// All pages of the timeline.
pub(in crate::render::site) fn kinds(renderer: &Renderer) -> Vec<SitePage> {
    let others = renderer.timelines();
    let parts = Part::split(renderer.public().0.milestones.len(), MOST_MILESTONES);
    let own = others.own.iter();
    let own = own.flat_map(|(ix, parts)| parts.iter().map(|part| TimelineOf::Milestone(*ix, part.clone())));
    let all = parts.map(TimelineOf::Milestones).chain(others.by.iter().cloned()).chain(own);
    all.map(SitePage::Timeline).collect()
}

/// The label groups that tell issues in time apart, and people where two of them have such issues.
fn by(roadmap: &Roadmap, known: &Known) -> Vec<TimelineOf> {
    let dated: Vec<_> = roadmap.issues().filter(|(_, issue)| room::has_day(issue)).collect();
    let mut by = Vec::new();
    let mut keys = vec![PEOPLE.to_owned()];
    for (at, group) in known.groups.iter().enumerate().take(MOST_GROUPS) {
        let mut key = made_id(&group.prefix).key().to_owned();
        while keys.contains(&key) {
            key += "~2";
        }
        keys.push(key.clone());
        let counts = group.counts(dated.iter().map(|(ix, _)| *ix));
        if counts.iter().take(group.slots.len()).filter(|count| **count > 0).count() > 1 {
            by.push(TimelineOf::Labels(at, key.into()));
        }
    }
    let mut names = dated.iter().flat_map(|(_, issue)| issue.assignees()).map(|name| name.to_lowercase());
    let first = names.next();
    if names.any(|name| Some(name) != first) {
        by.push(TimelineOf::People);
    }
    by
}

/// The milestones that have open issues in time for which there is no room on the page of milestones.
fn own(roadmap: &Roadmap, facts: &Facts, known: &Known) -> BTreeMap<MilestoneIx, Vec<Part>> {
    let mut own = BTreeMap::new();
    let order = order(roadmap);
    for part in Part::split(order.len(), MOST_MILESTONES) {
        let groups = milestones(roadmap, facts, &order, &part);
        let room = Room::new((roadmap, facts, known), &groups, false, 0);
        for group in &groups {
            let rows = room.rows(roadmap, facts, &group.issues);
            if let Some(ix) = group.milestone.filter(|_| room.lacks(rows.len()) > 0) {
                let key = |ix: &IssueIx| {
                    let days = room::day(&roadmap.issues[ix.0]).map(|day| day.days_since(Day::FIRST));
                    let days = days.unwrap_or(i64::MAX).cast_unsigned() ^ (1 << 63);
                    [days.to_be_bytes(), (ix.0 as u64).to_be_bytes()].concat()
                };
                own.insert(ix, Part::by_key(&rows.iter().map(key).collect::<Vec<_>>(), room::MOST_ISSUES));
            }
        }
    }
    own
}

/// The milestones by their due dates; those without one come last.
pub(super) fn order(roadmap: &Roadmap) -> Vec<MilestoneIx> {
    let mut order: Vec<_> = roadmap.milestones().collect();
    order.sort_by_key(|(ix, milestone)| {
        let due = milestone.known_due_on();
        (due.is_none(), due.map(When::order), *ix)
    });
    order.into_iter().map(|(ix, _)| ix).collect()
}

/// The milestones of a part; the last has what belongs to none as well, where that has a day.
pub(super) fn milestones(roadmap: &Roadmap, facts: &Facts, order: &[MilestoneIx], part: &Part) -> Vec<Group> {
    let shown = order[part.issues.clone()].iter();
    let mut groups: Vec<_> =
        shown.map(|ix| Group { milestone: Some(*ix), issues: facts.milestone(*ix).issues.clone() }).collect();
    let is_dated = |ix: &IssueIx| room::has_day(&roadmap.issues[ix.0]);
    if part.issues.end == order.len() && facts.unplanned.iter().any(is_dated) {
        groups.push(Group { milestone: None, issues: facts.unplanned.clone() });
    }
    groups
}

/// The way to a page of the timeline whose rows are others.
#[derive(Debug, Serialize)]
pub(super) struct NavLink {
    title: String,
    link: String,
    is_here: bool,
}

/// The ways to all such pages; none where there is one.
pub(super) fn switch(here: &PageContext<'_>, of: &TimelineOf) -> Vec<NavLink> {
    let by = &here.renderer.timelines().by;
    if by.is_empty() {
        return Vec::new();
    }
    let way = |other: &TimelineOf| NavLink {
        title: match other {
            TimelineOf::Labels(at, _) => here.known().groups[*at].name.clone(),
            _ => say!("People"),
        },
        link: here.to(&places::timeline_of(here.roadmap, other)),
        is_here: of == other,
    };
    let first = NavLink {
        title: say!("Milestones"),
        link: here.to("timeline.html"),
        is_here: matches!(of, TimelineOf::Milestones(_)),
    };
    std::iter::once(first).chain(by.iter().map(way)).collect()
}
