//! What the board and the table are filtered, grouped and sorted by: each value is a link to a page that has its issues, which a
//! script makes a switch.
//!
//! The values are lasting names (ids, names of labels), since they stand in addresses that people share.

use crate::render::status::StatusView;
use crate::words::{self, say, word};
use std::borrow::Cow;

use std::{cmp::Reverse, collections::BTreeSet};

use serde::Serialize;
use serde_json::json;

use super::{
    PageContext,
    cuts::{issue_files, part_of},
    grouping::{Grouping, groups, in_order, own_name},
    known::Extent,
    people::{NONE, by_person, nobody_words},
    places,
    words::STATES,
};
use crate::{
    facts::Status,
    model::{LabelGroup, LabelIx, Milestone, MilestoneIx},
    render::script::literal,
};

/// How many values the page shows in all, and how many of a list where there are more: with its cards or rows it stays below 3,000
/// elements. The script adds the others where they are asked for.
const MOST: (usize, usize) = (64, 8);

/// How many label groups have a list.
const MOST_GROUPS: usize = 5;

/// With more milestones there is no column for each.
const MOST_MILESTONES: usize = 8;

/// The two ways to look at all issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Board,
    Table,
}

impl View {
    /// Both, as they stand in addresses: what they are called, and their pages.
    const ALL: [(Self, &str, &str, &str); 2] = [
        (Self::Board, "board", word!("Board"), "board.html"),
        (Self::Table, "table", word!("Table"), "table.html"),
    ];
}

/// What columns have in common.
pub(super) enum By<'a> {
    /// How issues stand.
    States,
    /// A label of a group.
    Group(&'a Grouping),
    Milestones,
    Nothing,
}

impl<'a> By<'a> {
    /// What tells the issues of a roadmap apart best.
    pub(super) fn of(here: &'a PageContext<'_>) -> Self {
        let (known, milestones) = (here.known(), here.roadmap.milestones.len());
        if known.states != Extent::None {
            return Self::States;
        }
        let status = known.groups.iter().find(|group| group.is_status());
        let widest = || known.groups.iter().max_by_key(|group| group.slots.len());
        match status {
            Some(status) => Self::Group(status),
            None if (1..=MOST_MILESTONES).contains(&milestones) => Self::Milestones,
            None => widest().map_or(Self::Nothing, Self::Group),
        }
    }

    /// As it stands in addresses.
    fn key(&self) -> String {
        match self {
            Self::States => "state".into(),
            Self::Group(group) => group_key(group),
            Self::Milestones => "milestone".into(),
            Self::Nothing => String::new(),
        }
    }
}

/// Everything that a list of issues can be filtered by: what the components `tools` and `facets` may know.
#[derive(Debug, Serialize)]
pub(super) struct Panel<'a> {
    /// What the script must know, as JSON.
    of: String,
    views: Vec<Choice>,
    columns: Vec<Choice>,
    sorts: Vec<Choice>,
    lists: Vec<List<'a>>,
}

/// Something that can be chosen.
#[derive(Debug, Serialize)]
struct Choice {
    /// As it stands in addresses.
    key: String,
    title: String,
    link: String,
    is_here: bool,
}

/// The values of one kind.
#[derive(Debug, Serialize)]
struct List<'a> {
    title: String,
    /// What stands in addresses before a value, as `label`.
    name: &'static str,
    values: Vec<Value<'a>>,
    /// As `12 more`; empty where all are shown.
    more: String,
    more_link: String,
}

/// A value, and how many issues have it.
#[derive(Debug, Serialize)]
struct Value<'a> {
    /// As it stands in addresses.
    key: String,
    title: Cow<'a, str>,
    link: String,
    count: usize,
    /// How many that is beside the others of its list, in per cent.
    length: usize,
}

impl<'a> Panel<'a> {
    /// The filters of a page.
    pub(super) fn new(here: &PageContext<'a>, view: View) -> Self {
        let by = By::of(here);
        let choice = |key: &str, title: &str, link: &str, is_here| Choice {
            key: key.to_owned(),
            title: title.to_owned(),
            link: link.to_owned(),
            is_here,
        };
        let views = View::ALL
            .map(|(it, key, title, page)| choice(key, &words::of(title), &here.to(page), it == view));
        let columns = kinds(here).into_iter().map(|(key, title)| choice(&key, &title, "", key == by.key()));
        let sorts = sorts(here);
        let sort = match view {
            View::Board => sorts.first().map(|(key, _)| *key).filter(|key| *key == "waited").unwrap_or("id"),
            View::Table => "id",
        };
        let sorts =
            sorts.into_iter().map(|(key, title)| choice(key, &words::of(title), "", key == sort)).collect();
        let script = json!({
            "view": View::ALL.iter().find(|(it, ..)| *it == view).map(|(_, key, ..)| key),
            "by": by.key(),
            "waits": here.facts.waits,
            "files": issue_files(here.roadmap),
            "total": here.roadmap.issues.len(),
            "today": here.facts.as_of.map(|day| day.to_string()),
            "heads": heads(here),
        });
        Self {
            of: literal(&script),
            views: views.into_iter().collect(),
            columns: columns.collect(),
            sorts,
            lists: shortened(lists(here)),
        }
    }
}

/// The words that stand for something else in addresses than for a group of labels.
const WORDS: [&str; 9] = ["state", "milestone", "id", "title", "waits", "waited", "since", "due", "who"];

/// A group as it stands in addresses.
pub(super) fn group_key(group: &Grouping) -> String {
    if WORDS.contains(&&*group.prefix) { format!("label:{}", group.prefix) } else { group.prefix.clone() }
}

/// What issues can be grouped by, as it stands in addresses and as it is called.
fn kinds(here: &PageContext<'_>) -> Vec<(String, String)> {
    let known = here.known();
    let states = (known.states != Extent::None).then(|| ("state".into(), say!("State")));
    let milestones = (!here.roadmap.milestones.is_empty()).then(|| ("milestone".into(), say!("Milestone")));
    let groups = known.groups.iter().map(|group| (group_key(group), group.name.clone()));
    states.into_iter().chain(groups).chain(milestones).collect()
}

/// What cards can be sorted by beside what is done by itself, as it stands in addresses and as it is called.
fn sorts(here: &PageContext<'_>) -> Vec<(&'static str, &'static str)> {
    let roadmap = here.roadmap;
    let starts = roadmap.issues.iter().any(|issue| issue.start_on.is_some());
    [
        (here.facts.waits, "waited", word!("Most waited for")),
        (roadmap.issues.iter().any(|issue| issue.due_on.is_some()), "due", word!("Due first")),
        (starts, "since", word!("Oldest")),
        (true, "id", word!("Order of the roadmap")),
        (true, "title", word!("Title")),
    ]
    .into_iter()
    .filter(|(is_known, ..)| *is_known)
    .map(|(_, key, title)| (key, title))
    .collect()
}

/// The columns of the table, as they stand in addresses and as they are called. Those that nothing is known for are left out.
pub(super) fn heads(here: &PageContext<'_>) -> Vec<(String, String)> {
    let (known, roadmap, live) = (here.known(), here.roadmap, here.facts.live());
    let any = |has: fn(&crate::model::Issue) -> bool| roadmap.issues.iter().any(has);
    let of = |is_known: bool, key: &str, title: &str| {
        is_known.then(|| (key.to_owned(), words::of(title).into_owned()))
    };
    let groups = known.groups.iter().take(MOST_COLUMNS).map(|group| (group_key(group), group.name.clone()));
    let before = [
        of(true, "title", word!("Issue")),
        of(known.states != Extent::None, "state", word!("State")),
        of(!roadmap.milestones.is_empty(), "milestone", word!("Milestone")),
    ];
    let behind = [
        of(here.facts.waits, "waits", word!("Waits for")),
        of(live.joined().iter().any(|ix| live.helps(*ix) > 0), "waited", word!("Wait for it")),
        of(any(|issue| issue.start_on.is_some()), "since", word!("Begins")),
        of(any(|issue| issue.due_on.is_some()), "due", word!("Due")),
        of(any(|issue| !issue.assignees().is_empty()), "who", word!("Assigned to")),
    ];
    before.into_iter().flatten().chain(groups).chain(behind.into_iter().flatten()).collect()
}

/// How many label groups have a column in the table.
const MOST_COLUMNS: usize = 3;

fn lists<'a>(here: &PageContext<'a>) -> Vec<List<'a>> {
    let mut lists = vec![states(here), milestones(here)];
    lists.extend(groups(here).into_iter().take(MOST_GROUPS).map(|group| labels(here, group)));
    lists.push(people(here));
    // A list with fewer than two values would change nothing.
    lists.retain(|list| list.values.len() > 1);
    lists
}

fn list<'a>(title: &str, name: &'static str, more_link: String, values: Vec<Value<'a>>) -> List<'a> {
    let values = values.into_iter().filter(|value| value.count > 0).collect();
    List { title: title.to_owned(), name, values, more: String::new(), more_link }
}

fn value<'a>(key: &str, title: impl Into<Cow<'a, str>>, link: String, count: usize) -> Value<'a> {
    Value { key: key.to_owned(), title: title.into(), link, count, length: 0 }
}

fn states<'a>(here: &PageContext<'a>) -> List<'a> {
    let counts = &here.known().statuses;
    let of = |(status, key): (Status, &'static str)| {
        let part = part_of(here.facts, &here.known().board, status)?;
        let link = format!("{}#{key}", here.to(&places::board(part)));
        Some(value(key, StatusView::of(here.facts, status).said(), link, counts.get(status)))
    };
    let is_known = here.known().states != Extent::None;
    let values = if is_known { STATES.into_iter().filter_map(of).collect() } else { Vec::new() };
    list(&say!("State"), "state", String::new(), values)
}

fn milestones<'a>(here: &PageContext<'a>) -> List<'a> {
    let of = |(ix, it): (MilestoneIx, &'a Milestone)| {
        value(it.id.key(), &it.title, here.milestone(ix), here.facts.milestone(ix).issues.len())
    };
    let mut values: Vec<_> = here.roadmap.milestones().map(of).collect();
    if !values.is_empty() {
        let none = here.facts.unplanned.len();
        values.push(value(NONE, say!("No milestone"), here.to(&places::unplanned(0)), none));
    }
    list(&say!("Milestone"), "milestone", here.to("timeline.html"), values)
}

fn labels<'a>(here: &PageContext<'a>, group: &'a LabelGroup) -> List<'a> {
    let title = group.title.strip_suffix(" Labels").unwrap_or(&group.title);
    let of = |ix: LabelIx| {
        let name = here.roadmap.labels[ix.0].name.as_str();
        let own = own_name(name, &group.prefix).unwrap_or(name);
        value(name, own, here.label(ix), here.facts.label(ix).issues.len())
    };
    let values = in_order(here.roadmap, group).into_iter().map(of).collect();
    list(title, "label", here.to("labels.html"), values)
}

fn people<'a>(here: &PageContext<'a>) -> List<'a> {
    let nobody = here.roadmap.issues.iter().filter(|issue| issue.assignees().is_empty()).count();
    let own = || here.to("index.html#people");
    let of = |(name, issues): (_, Vec<_>)| value(name, name, own(), issues.len());
    let mut values: Vec<_> = by_person(here.roadmap).into_values().map(of).collect();
    if !values.is_empty() {
        values.push(value(NONE, nobody_words(here.roadmap), here.to("table.html"), nobody));
    }
    list(&say!("Assigned to"), "who", own(), values)
}

/// The lists, those with the most values cut where they are many together: what most issues have stays.
fn shortened(mut lists: Vec<List<'_>>) -> Vec<List<'_>> {
    let mut room = MOST.0;
    let mut order: Vec<_> = (0..lists.len()).collect();
    order.sort_by_key(|at| lists[*at].values.len());
    for (done, at) in order.iter().enumerate() {
        let list = &mut lists[*at];
        let all = list.values.len();
        let most = (room / (order.len() - done)).max(MOST.1);
        if all > most {
            let mut best: Vec<_> = (0..all).collect();
            best.sort_by_key(|place| (Reverse(list.values[*place].count), *place));
            let kept: BTreeSet<_> = best.into_iter().take(most).collect();
            let mut places = 0..all;
            list.values.retain(|_| places.next().is_some_and(|place| kept.contains(&place)));
            list.more = say!("{} more", all - most);
        }
        room = room.saturating_sub(list.values.len());
        let top = list.values.iter().map(|value| value.count).max().unwrap_or_default();
        list.values.iter_mut().for_each(|value| value.length = (value.count * 100).div_ceil(top.max(1)));
    }
    lists
}
