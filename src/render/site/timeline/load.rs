//! Who has how much in which week: only where the source asks for it (`site.people`), since it is about persons.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    data::rounded,
    model::{Day, Issue, IssueIx, When},
    render::site::{PageContext, milestone_table::shade, people::by_person, words::and_more},
    words::{counted, say},
};

/// In per cent of open issues, how many have both days, and how many an estimate where points are counted.
const LEAST: usize = 50;

/// How many people and weeks are shown.
const MOST_PEOPLE: usize = 12;
const MOST_WEEKS: i64 = 20;

/// How many elements all of it is at most.
pub(super) const ELEMENTS: usize = 560;

/// What people have to do in each week from this one on.
#[derive(Debug, Serialize)]
pub(super) struct Load<'a> {
    /// Whether points are counted, and not issues.
    in_points: bool,
    /// As `12 of 16 open issues`: how many are placed.
    of: String,
    /// As `7 of them have no estimate and are not counted.`; empty where all count.
    without: String,
    weeks: Vec<Week>,
    rows: Vec<Row<'a>>,
    /// `and 3 more` people; empty where all are shown.
    more: String,
}

/// A week.
#[derive(Debug, Serialize)]
struct Week {
    /// As `2026-11-16`.
    monday: String,
    /// As `11-16`.
    words: String,
}

/// A person.
#[derive(Debug, Serialize)]
struct Row<'a> {
    name: &'a str,
    cells: Vec<Cell>,
}

/// What a person has in a week.
#[derive(Debug, Serialize)]
struct Cell {
    /// Empty where it is nothing.
    words: String,
    shade: usize,
}

/// How much somebody has to do, by the number of the week.
type Amounts = BTreeMap<i64, f64>;

/// The load; `None` where the source does not ask for it, or too little is known.
pub(super) fn load<'a>(here: &PageContext<'a>) -> Option<Load<'a>> {
    let this = week(here.facts.as_of.filter(|_| here.roadmap.site.people == Some(true))?);
    let open: Vec<_> =
        here.roadmap.issues().filter(|(ix, _)| here.facts.issue(*ix).status.is_open()).collect();
    let placed = open.iter().filter(|(_, issue)| weeks(issue).is_some()).count();
    let estimated = open.iter().filter(|(_, issue)| issue.estimate.is_some()).count();
    if placed == 0 || placed * 100 < open.len() * LEAST {
        return None;
    }
    let in_points = estimated * 100 >= open.len() * LEAST;
    let is_without = |(_, issue): &&(IssueIx, &Issue)| weeks(issue).is_some() && issue.estimate.is_none();
    let without = if in_points { open.iter().filter(is_without).count() } else { 0 };
    let mut people = busiest(here, this, in_points);
    let last = people.iter().filter_map(|(_, own)| own.keys().next_back()).max().copied()?;
    if people.len() < 2 || last <= this {
        return None;
    }
    let most = people.iter().flat_map(|(_, own)| own.values().copied()).fold(0.0, f64::max);
    let more = and_more(people.len(), MOST_PEOPLE);
    people.truncate(MOST_PEOPLE);
    let cell = |amount: Option<&f64>| match amount.copied().filter(|amount| *amount > 0.0) {
        Some(amount) => Cell { words: rounded(amount), shade: shade(amount, most) },
        None => Cell { words: String::new(), shade: 0 },
    };
    let row = |(name, own): (&'a str, Amounts)| Row {
        name,
        cells: (this..=last).map(|week| cell(own.get(&week))).collect(),
    };
    Some(Load {
        in_points,
        of: say!("{} of {}", placed, counted(open.len(), "open issue")),
        without: match without {
            0 => String::new(),
            1 => say!("1 of them has no estimate and is not counted."),
            many => say!("{} of them have no estimate and are not counted.", many),
        },
        weeks: (this..=last).map(head).collect(),
        rows: people.into_iter().map(row).collect(),
        more,
    })
}

/// Those who have something to do from this week on, the busiest first.
fn busiest<'a>(here: &PageContext<'a>, this: i64, in_points: bool) -> Vec<(&'a str, Amounts)> {
    let amounts = |issues: Vec<IssueIx>| {
        let mut amounts = Amounts::new();
        for ix in issues.into_iter().filter(|ix| here.facts.issue(*ix).status.is_open()) {
            let issue = &here.roadmap.issues[ix.0];
            let Some((from, to)) = weeks(issue) else { continue };
            let amount = if in_points { issue.estimate.unwrap_or_default() } else { 1.0 };
            // What is late is still to be done.
            for week in from.max(this)..=to.max(this).min(this + MOST_WEEKS - 1) {
                *amounts.entry(week).or_default() += amount;
            }
        }
        amounts
    };
    let people = by_person(here.roadmap).into_values().map(|(name, issues)| (name, amounts(issues)));
    let mut people: Vec<_> = people.filter(|(_, own)| own.values().any(|sum| *sum > 0.0)).collect();
    let total = |own: &Amounts| own.values().sum::<f64>();
    people.sort_by(|(_, one), (_, other)| total(other).total_cmp(&total(one)));
    people
}

/// The weeks in which an issue is to be worked on; `None` where it lacks a day.
fn weeks(issue: &Issue) -> Option<(i64, i64)> {
    Some((week(issue.begins()?.first()?), week(issue.due_on.and_then(When::last)?)))
}

/// The number of a day's week. Weeks begin on Mondays; 1970-01-01 was a Thursday.
fn week(day: Day) -> i64 {
    (day.days_since(Day::FIRST) + 3).div_euclid(7)
}

fn head(week: i64) -> Week {
    let monday = monday(week).to_string();
    Week { words: monday.split_once('-').map_or(monday.as_str(), |(_, rest)| rest).to_owned(), monday }
}

fn monday(week: i64) -> Day {
    Day::nearest(week * 7 - 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_runs_from_monday_to_sunday() {
        let day = |text: &str| Day::parse(text).expect("a day");
        for (text, begins) in
            [("2026-11-22", "2026-11-16"), ("2026-11-23", "2026-11-23"), ("1969-12-31", "1969-12-29")]
        {
            assert_eq!(monday(week(day(text))), day(begins), "{text}");
        }
    }
}
