//! The timeline: what lies when, how far it has come, how far it slipped, and what waits for what.
//!
//! One row for each milestone, in order of due date and then of the source. What has no
//! day at all stands in a lane of its own below.

mod bar;
mod mini;

use super::{
    Picture, Table,
    broken::{Judge, targets},
    table::Cell,
};
use crate::render::said;
use crate::words::{self, say, word};
use crate::{
    data::{Based, Baseline},
    facts::{Facts, Slip, Status, days_words},
    model::{Day, Milestone, MilestoneIx, Roadmap, When},
};

/// How many rows the small timeline of the overview draws.
pub(crate) const MOST_MINI_ROWS: usize = 12;

/// The columns of the table.
const COLUMNS: [&str; 10] = [
    word!("Item"),
    word!("Status"),
    word!("Done"),
    word!("Start"),
    word!("Due"),
    word!("First planned"),
    word!("Slip"),
    word!("Overdue"),
    word!("By"),
    word!("Waits for"),
];

/// What a timeline shows.
#[derive(Debug)]
struct Chart {
    name: String,
    as_of: Option<Day>,
    /// In the order in which they are drawn: those without a day come last.
    rows: Vec<Row>,
}

impl Chart {
    fn set_against(&mut self, baseline: Option<&Baseline>) {
        if let Some(baseline) = baseline {
            self.rows.iter_mut().for_each(|row| row.since(baseline));
        }
    }
}

/// One milestone.
#[derive(Debug)]
struct Row {
    id: String,
    /// Its title, as far as anybody reads.
    name: String,
    status: Status,
    /// How it stands, in a word.
    word: &'static str,
    start: Option<When>,
    due: Option<When>,
    planned: Option<When>,
    /// How many of its issues are done, of how many, where that is known.
    share: Option<(usize, usize)>,
    /// How far it has come, in words; empty where nobody knows.
    done: String,
    overdue: Option<i64>,
    slip: Option<Slip>,
    waits: Vec<Wait>,
    /// Its days in an earlier revision, where one was named.
    base: Option<Base>,
    /// Whether it was not there then.
    is_new: bool,
}

/// The days of an earlier revision.
#[derive(Debug, Clone, Copy)]
struct Base {
    start: Option<When>,
    due: Option<When>,
    /// By how much its due date moved since.
    by: Option<Slip>,
}

/// Something that a row waits for.
#[derive(Debug)]
struct Wait {
    /// Its id.
    id: String,
    /// Whether the days contradict it.
    broken: bool,
}

/// The small timeline of the overview: no links, a row for each of the first milestones that are not done (where all are
/// done: of the last ones). The days of an earlier revision are drawn below those of now.
pub(crate) fn mini(roadmap: &Roadmap, facts: &Facts, baseline: Option<&Baseline>) -> Picture {
    small(roadmap, facts, baseline, mini::WIDE)
}

/// The same for a narrow screen: each name above its bar.
pub(crate) fn narrow(roadmap: &Roadmap, facts: &Facts, baseline: Option<&Baseline>) -> Picture {
    small(roadmap, facts, baseline, mini::NARROW)
}

fn small(roadmap: &Roadmap, facts: &Facts, baseline: Option<&Baseline>, layout: mini::Layout) -> Picture {
    let mut chart = milestone_chart(roadmap, facts);
    chart.set_against(baseline);
    let table = chart.table();
    let drawn = mini::chosen(&mut chart);
    Picture { svg: mini::draw(&chart, drawn, layout), facts: table }
}

fn milestone_chart(roadmap: &Roadmap, facts: &Facts) -> Chart {
    let judge = Judge::new(roadmap, facts);
    let rows = roadmap.milestones().map(|(ix, m)| Row::milestone(roadmap, facts, &judge, ix, m)).collect();
    let name = say!("Timeline of {}", super::text::head(&roadmap.title));
    Chart { name, as_of: facts.as_of, rows: sorted(rows) }
}

/// The rows in order of due date, then of the source, those without a day last.
fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    // Sorting is stable: what is equal stays in the order of the source.
    rows.sort_by_key(|row| (!row.is_dated(), row.due.is_none(), row.due.map(When::order)));
    rows
}

impl Row {
    fn milestone(
        roadmap: &Roadmap,
        all: &Facts,
        judge: &Judge<'_>,
        ix: MilestoneIx,
        milestone: &Milestone,
    ) -> Self {
        let facts = all.milestone(ix);
        let progress = &facts.progress;
        let wait = |blocker: MilestoneIx| {
            Wait::new(roadmap.milestones[blocker.0].short_name(), judge.milestone(ix, blocker))
        };
        let stated = progress.closed + progress.open;
        let is_known = stated > 0;
        let unknown =
            if progress.unknown > 0 { say!(", {} unknown", progress.unknown) } else { String::new() };
        Self {
            id: milestone.id.as_str().to_owned(),
            name: super::text::head(&milestone.title).to_owned(),
            status: facts.status,
            word: all.word(facts.status),
            start: milestone.start_on,
            due: milestone.known_due_on(),
            planned: milestone.planned_due_on,
            share: is_known.then_some((progress.closed, stated)),
            done: if is_known {
                say!("{} of {} done{}", progress.closed, stated, unknown)
            } else {
                String::new()
            },
            overdue: facts.overdue,
            slip: facts.slip,
            waits: targets(&milestone.blocked_by).map(wait).collect(),
            base: None,
            is_new: false,
        }
    }

    fn since(&mut self, baseline: &Baseline) {
        let base = |of: &Based| Base { start: of.start_on, due: of.due_on, by: of.slip() };
        self.base = baseline.of(&self.id).map(base).filter(|base| base.start.or(base.due).is_some());
        self.is_new = baseline.is_new(&self.id);
    }

    /// Whether any day is known.
    fn is_dated(&self) -> bool {
        self.days().next().is_some()
    }

    /// The days that it knows, of a span its first and its last.
    fn days(&self) -> impl Iterator<Item = Day> {
        let base = self.base.map(|base| [base.start, base.due]).unwrap_or_default();
        let all = [self.start, self.due, self.planned].into_iter().chain(base).flatten();
        all.flat_map(|when| [when.first(), when.last()]).flatten()
    }

    /// The last day by which it is due; none where that is `later`.
    fn due_last(&self) -> Option<Day> {
        self.due.and_then(When::last)
    }

    fn cells(&self) -> Vec<Cell> {
        let day = |when: Option<When>| when.map(said::day).unwrap_or_default().into();
        let waits = self
            .waits
            .iter()
            .map(|wait| if wait.broken { say!("{} (broken)", wait.id) } else { wait.id.clone() });
        vec![
            self.name.as_str().into(),
            words::of(self.word).into(),
            self.done.as_str().into(),
            day(self.start),
            if self.is_dated() || self.due.is_some() { day(self.due) } else { say!("no date").into() },
            day(self.planned),
            self.slip.map(Slip::short).unwrap_or_default().into(),
            self.overdue.map(days_words).unwrap_or_default().into(),
            match self.base.and_then(|base| base.by) {
                _ if self.is_new => say!("new").into(),
                Some(by) => by.short().into(),
                None => "".into(),
            },
            waits.collect::<Vec<_>>().join(", ").into(),
        ]
    }
}

impl Wait {
    fn new(id: &str, broken: bool) -> Self {
        Self { id: id.to_owned(), broken }
    }
}

impl Chart {
    fn table(&self) -> Table {
        let caption = match self.as_of {
            Some(day) => say!("{}, as of {}", self.name, day),
            None => self.name.clone(),
        };
        Table::new(caption, &COLUMNS, self.rows.iter().map(Row::cells).collect())
    }
}
