//! The table of milestones: a row each, its columns by what is known, all bars to one scale.

use crate::render::status::StatusView;
use crate::words::{counted, say};
use serde::Serialize;

use crate::{
    data::{percent, rounded},
    facts::{MilestoneFacts, Status},
    markdown::read::visible,
    model::{IssueIx, MilestoneIx},
    render::site::{
        PageContext, Part,
        bars::BarView,
        grouping::Grouping,
        known::{Extent, Known},
        progress,
        rows::first_names,
        words::{DueView, due},
    },
    source::schema::Health,
};

/// How many milestones are shown; the rest is a count, and the timeline shows them all.
const MOST_ROWS: usize = 60;

/// With more milestones each has one line.
const MOST_DESCRIBED: usize = 12;

/// How much of a description is shown, in characters.
const LONGEST: usize = 160;

/// Where no milestone has more issues, each is a square.
const MOST_SQUARES: usize = 8;

/// How many labels of a second group have a column.
const MOST_COLUMNS: usize = 8;

/// The table: what the component `milestones` may know.
#[derive(Debug, Serialize)]
pub(super) struct Table<'a> {
    /// Whether the rows are steps of a way.
    is_way: bool,
    /// What the bars show.
    bars: String,
    /// Whether the bars are drawn as squares.
    squares: bool,
    /// Their key; `None` where the whole roadmap's bar above has the same.
    key: Option<BarView>,
    /// What the cells of a second group are of; empty where there is none.
    cells: String,
    /// The heads of their columns.
    columns: Vec<String>,
    has: Columns,
    rows: Vec<Row<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// Which columns any row has something in.
#[derive(Debug, Default, Serialize)]
struct Columns {
    percent: bool,
    tasks: bool,
    issues: bool,
    ready: bool,
    blocked: bool,
    waits: bool,
    holds: bool,
    due: bool,
    owner: bool,
    health: bool,
}

/// A milestone.
#[derive(Debug, Serialize)]
struct Row<'a> {
    number: usize,
    title: &'a str,
    link: String,
    /// What it is about, or how far it has come, as plain text.
    says: String,
    /// As `37%`; empty where it is not known.
    percent: String,
    bar: BarView,
    /// How many issues it has, or points where those are counted; empty where it has none.
    count: String,
    tasks: Option<BarView>,
    /// As `12 of 33`, or `33`; empty where there is none.
    tasks_words: String,
    cells: Vec<Cell>,
    ready: usize,
    blocked: usize,
    /// How often its open issues wait for open issues of other milestones, and those for its own.
    waits: usize,
    holds: usize,
    due: DueView,
    owner: &'a str,
    /// What its dates say, where they do not say that all is well.
    health: Option<StatusView>,
    status: Option<StatusView>,
}

/// How many issues of a milestone have a label.
#[derive(Debug, Serialize)]
pub(super) struct Cell {
    count: usize,
    /// Its shade, from 0 to 4.
    shade: usize,
}

impl Table<'_> {
    /// Whether it shows a group of this name.
    pub(super) fn shows(&self, name: &str) -> bool {
        self.cells == name || self.key.is_some() && self.bars.to_lowercase().ends_with(&name.to_lowercase())
    }
}

/// Makes the table of the overview; `None` where there is no milestone.
pub(super) fn table<'a>(here: &PageContext<'a>) -> Option<Table<'a>> {
    of(here, chosen(here))
}

/// The table of a part of the milestones, in the order of the source; `None` where there is none.
pub(super) fn part<'a>(here: &PageContext<'a>, part: &Part) -> Option<Table<'a>> {
    let all = here.roadmap.milestones().map(|(ix, _)| ix);
    of(here, all.skip(part.issues.start).take(part.issues.len()).collect())
        .map(|table| Table { more: String::new(), ..table })
}

fn of<'a>(here: &PageContext<'a>, shown: Vec<MilestoneIx>) -> Option<Table<'a>> {
    let scales = Scales::new(here, &shown)?;
    let rows: Vec<_> = shown.iter().map(|ix| scales.row(*ix)).collect();
    let Scales { is_stateless, squares, split, second, .. } = scales;
    Some(Table {
        is_way: is_stateless || here.known().due,
        bars: match (split, here.known().points) {
            (Some(group), false) => say!("Issues by {}", group.prefix),
            (Some(group), true) => say!("Points by {}", group.prefix),
            (None, false) => say!("Issues"),
            (None, true) => say!("Points"),
        },
        squares,
        key: split.map(|group| {
            let all: Vec<_> = here.roadmap.issues().map(|(ix, _)| ix).collect();
            group_bar(here, group, &all, here.size_of(&all))
        }),
        cells: second.map(|group| group.name.clone()).unwrap_or_default(),
        columns: second
            .map(|group| group.slots.iter().map(|slot| slot.said().into_owned()).collect())
            .unwrap_or_default(),
        // Not by the rows: what heads the cells spans these columns in each part of the table.
        has: Columns { issues: !here.roadmap.issues.is_empty(), ..Columns::of(&rows) },
        more: match here.roadmap.milestones.len() - rows.len() {
            0 => String::new(),
            left => say!("and {}", counted(left, "more milestone")),
        },
        rows,
    })
}

impl Columns {
    /// The columns of some rows.
    fn of(rows: &[Row<'_>]) -> Self {
        let any = |is: fn(&Row<'_>) -> bool| rows.iter().any(is);
        Self {
            percent: any(|row| !row.percent.is_empty()),
            tasks: any(|row| row.tasks.is_some()),
            ready: any(|row| row.ready > 0),
            blocked: any(|row| row.blocked > 0),
            waits: any(|row| row.waits > 0),
            holds: any(|row| row.holds > 0),
            due: any(|row| row.due.is_given()),
            owner: any(|row| !row.owner.is_empty()),
            health: any(|row| row.health.is_some()),
            ..Self::default()
        }
    }
}

/// What all rows have in common: what their bars and cells show, and to which scale.
struct Scales<'h, 'a> {
    here: &'h PageContext<'a>,
    /// Whether nobody says how any issue stands.
    is_stateless: bool,
    /// Whether the bars are drawn as squares.
    squares: bool,
    /// Whether each row has its description.
    is_described: bool,
    /// The group that the bars are split by.
    split: Option<&'a Grouping>,
    /// The group that the cells are of.
    second: Option<&'a Grouping>,
    /// The most issues of any milestone, or points.
    most: f64,
    /// The most tasks of those that are shown.
    most_tasks: usize,
    /// The most issues of a cell.
    darkest: usize,
    /// For each milestone how often its open issues wait for those of others, and those for its own.
    waits: Vec<usize>,
    holds: Vec<usize>,
}

/// As `waits for Alpha, Beta +1`: the open milestones that one waits for by its own word; empty where there is none.
fn waits_for(here: &PageContext<'_>, facts: &MilestoneFacts) -> String {
    let open = facts.waiting_for.iter().filter(|_| !facts.status.is_closed());
    let names = first_names(open.map(|ix| here.roadmap.milestones[ix.0].title.as_str()));
    names.map(|names| say!("waits for {names}", names = names)).unwrap_or_default()
}

impl<'h, 'a> Scales<'h, 'a> {
    /// The scales of the milestones that are shown; `None` where there is none.
    fn new(here: &'h PageContext<'a>, shown: &[MilestoneIx]) -> Option<Self> {
        let known = here.known();
        let is_stateless = known.states == Extent::None;
        let most = here.facts.milestones.iter().map(|facts| here.size_of(&facts.issues));
        let most = most.max_by(f64::total_cmp)?;
        let second = if is_stateless { second(here, known) } else { None };
        let tasks = |ix: &MilestoneIx| known.tasks_of(here.facts.milestone(*ix).issues.iter().copied()).all;
        let (waits, holds) = crossings(here);
        Some(Self {
            here,
            is_stateless,
            squares: is_stateless && !known.points && most <= MOST_SQUARES as f64,
            is_described: is_stateless && shown.len() <= MOST_DESCRIBED,
            split: known.groups.first().filter(|_| is_stateless),
            second,
            most,
            most_tasks: shown.iter().map(tasks).max().unwrap_or_default(),
            darkest: second.map(|group| darkest(here, group, shown)).unwrap_or_default(),
            waits,
            holds,
        })
    }

    fn row(&self, ix: MilestoneIx) -> Row<'a> {
        let here = self.here;
        let (milestone, facts) = (&here.roadmap.milestones[ix.0], here.facts.milestone(ix));
        let (tasks, tasks_words) = self.tasks(facts);
        let health = facts.health.as_ref().map(|verdict| verdict.health);
        Row {
            number: ix.0 + 1,
            title: &milestone.title,
            link: here.milestone(ix),
            says: match self.is_stateless {
                true if self.is_described => description(milestone.description.get()),
                true => String::new(),
                false if here.roadmap.issues.is_empty() => waits_for(here, facts),
                false => {
                    let words = [progress::words(&facts.progress), waits_for(here, facts)];
                    words.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ")
                }
            },
            percent: facts.progress.percent().map(percent).unwrap_or_default(),
            bar: match self.squares {
                true => self.bar(facts, MOST_SQUARES as f64).in_units(MOST_SQUARES),
                false => self.bar(facts, self.most),
            },
            count: match here.size_of(&facts.issues) {
                0.0 => String::new(),
                size => rounded(size),
            },
            tasks,
            tasks_words,
            cells: self.cells(facts),
            ready: here.ready(&facts.statuses),
            blocked: facts.statuses.get(Status::Blocked),
            waits: self.waits[ix.0],
            holds: self.holds[ix.0],
            due: due(here, milestone.known_due_on(), facts.status, facts.overdue, facts.slip),
            owner: milestone.owner.as_deref().unwrap_or_default(),
            health: health.filter(|health| *health != Health::OnTrack).map(StatusView::from),
            status: facts.status.is_closed().then(|| StatusView::of(here.facts, facts.status)),
        }
    }

    /// The issues of a milestone: by the group that all bars are split by, else by how they stand.
    fn bar(&self, facts: &MilestoneFacts, scale: f64) -> BarView {
        let (here, issues) = (self.here, &facts.issues);
        match self.split {
            Some(group) => group_bar(here, group, issues, scale),
            None if self.is_stateless => {
                let name = if here.known().points { say!("points") } else { say!("issues") };
                BarView::of_sum(here.size_of(issues), scale, "l l-none", &name)
            }
            None => BarView::of_issues(here, issues, scale),
        }
    }

    /// The tasks of a milestone, as a bar where nobody says how issues stand, and in words.
    fn tasks(&self, facts: &MilestoneFacts) -> (Option<BarView>, String) {
        let tasks = self.here.known().tasks_of(facts.issues.iter().copied());
        let bar = (tasks.all > 0 && self.is_stateless)
            .then(|| BarView::of_number(tasks.all, self.most_tasks, "l l-none", &say!("tasks")));
        let words = match tasks.ticked {
            _ if tasks.all == 0 => String::new(),
            0 => tasks.all.to_string(),
            ticked => say!("{} of {}", ticked, tasks.all),
        };
        (bar, words)
    }

    /// How many issues of a milestone have each label of the second group.
    fn cells(&self, facts: &MilestoneFacts) -> Vec<Cell> {
        let Some(group) = self.second else { return Vec::new() };
        let counts = group.counts(facts.issues.iter().copied());
        cells(counts.into_iter().take(group.slots.len()), self.darkest)
    }
}

/// Issues by a group of labels.
fn group_bar(here: &PageContext<'_>, group: &Grouping, issues: &[IssueIx], scale: f64) -> BarView {
    BarView::of_group(here, group, &group.sums(issues.iter().copied(), |ix| here.size(ix)), scale)
}

/// The milestones that are shown: of many those that are not done come first.
fn chosen(here: &PageContext<'_>) -> Vec<MilestoneIx> {
    let mut all: Vec<_> = here.roadmap.milestones().map(|(ix, _)| ix).collect();
    if all.len() > MOST_ROWS {
        all.sort_by_key(|ix| here.facts.milestone(*ix).status.is_closed());
        all.truncate(MOST_ROWS);
        all.sort();
    }
    all
}

/// A group beside the one that the bars are split by, of which some milestone has more than one label.
fn second<'k>(here: &PageContext<'_>, known: &'k Known) -> Option<&'k Grouping> {
    if here.facts.milestones.len() > MOST_DESCRIBED {
        return None;
    }
    let spread = |group: &Grouping| {
        let of = |facts: &&MilestoneFacts| {
            let counts = group.counts(facts.issues.iter().copied());
            counts.iter().take(group.slots.len()).filter(|count| **count > 0).count() > 1
        };
        here.facts.milestones.iter().filter(of).count()
    };
    let others = known.groups.iter().skip(1).filter(|group| group.slots.len() <= MOST_COLUMNS);
    let spread = others.map(|group| (spread(group), group)).filter(|(spread, _)| *spread > 0);
    spread
        .max_by_key(|(spread, group)| (*spread, std::cmp::Reverse(group.slots.len())))
        .map(|(_, group)| group)
}

fn darkest(here: &PageContext<'_>, group: &Grouping, shown: &[MilestoneIx]) -> usize {
    let of = |ix: &MilestoneIx| {
        let counts = group.counts(here.facts.milestone(*ix).issues.iter().copied());
        counts.into_iter().take(group.slots.len()).max().unwrap_or_default()
    };
    shown.iter().map(of).max().unwrap_or_default()
}

/// Cells that are the darker the more they count.
pub(super) fn cells(counts: impl Iterator<Item = usize>, darkest: usize) -> Vec<Cell> {
    counts.map(|count| Cell { count, shade: shade(count as f64, darkest as f64) }).collect()
}

/// The shade of a number where that of the largest is 4; none is 0.
pub(super) fn shade(number: f64, largest: f64) -> usize {
    (1..=4).find(|shade| number * 4.0 <= largest * f64::from(*shade)).map_or(4, |shade| shade as usize)
        * usize::from(number > 0.0)
}

/// For each milestone how often its open issues wait for open issues of other milestones, and how often those do for its own.
fn crossings(here: &PageContext<'_>) -> (Vec<usize>, Vec<usize>) {
    let mut waits = vec![0; here.roadmap.milestones.len()];
    let mut holds = waits.clone();
    let milestone = |ix: IssueIx| here.roadmap.issues[ix.0].milestone.get().copied();
    for (ix, _) in here.roadmap.issues().filter(|(ix, _)| here.facts.issue(*ix).status.is_open()) {
        for blocker in &here.facts.issue(ix).waiting_for {
            if let (Some(own), Some(other)) = (milestone(ix), milestone(*blocker))
                && own != other
            {
                waits[own.0] += 1;
                holds[other.0] += 1;
            }
        }
    }
    (waits, holds)
}

/// The beginning of a description, as plain text on one line.
fn description(gfm: Option<&String>) -> String {
    let words = visible(gfm.map(String::as_str).unwrap_or_default());
    let mut line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        let cut = line[..end].rfind(' ').unwrap_or(end);
        line.truncate(cut);
        line.push('…');
    }
    line
}
