//! Tests of the bounds: written cases, laws over random plans, and sizes.

mod behind;
mod cases;
mod laws;
mod paths;
mod random;
mod sizes;

use std::{collections::BTreeMap, sync::Arc};

use super::{Bounds, Item, Kind, Plan, stated::with_days};
use crate::{
    model::{Day, IssueIx, Roadmap, Target, When, resolve},
    report::Report,
    source::{merge, parse, schema::State},
};

/// A plan by names, as `A 03-01..03-10 <- B in M`: days of 2027, then words. A name that begins with `M` is a milestone.
struct Case {
    names: Vec<String>,
    bounds: Bounds,
}

/// The roadmap of a source without a fault.
fn roadmap(source: &str) -> Roadmap {
    let (file, mut report): (Arc<str>, _) = ("roadmap/roadmap.json".into(), Report::default());
    let parsed = parse(&file, source.into(), &mut report).expect("a source that can be read");
    let (roadmap, found) = resolve(merge(vec![(file, parsed)], &mut report), "roadmap", None);
    report.extend(found);
    assert!(report.iter().next().is_none(), "{report:?}");
    roadmap
}

fn day(text: &str) -> i64 {
    Day::parse(&format!("2027-{text}")).expect("a day of 2027").number()
}

/// As `03-10`, `Q2`, `03`, `later`.
fn when(text: &str) -> When {
    When::parse(&format!("2027-{text}")).or(When::parse(text)).expect("a stated day")
}

fn short(day: Day) -> String {
    day.to_string()["2027-".len()..].to_owned()
}

impl Case {
    /// The plan on 2027-03-01.
    fn new(lines: &[&str]) -> Self {
        Self::on(Some("03-01"), lines)
    }

    fn on(today: Option<&str>, lines: &[&str]) -> Self {
        let (milestones, issues): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.starts_with('M'));
        let count = issues.len();
        let lines: Vec<_> = issues.into_iter().chain(milestones).collect();
        let name = |line: &&&str| line.split(' ').next().unwrap_or_default().to_owned();
        let names: Vec<_> = lines.iter().map(name).collect();
        let by_name: BTreeMap<_, _> =
            names.iter().enumerate().map(|(ix, name)| (name.as_str(), ix)).collect();
        let items = lines.iter().map(|line| item(line, &by_name)).collect();
        let bounds = Bounds::of(Plan::new(items, today.map(day)), count);
        Self { names, bounds }
    }

    fn target(&self, name: &str) -> Target {
        let ix = self.names.iter().position(|known| known == name).expect("an item of the case");
        self.bounds.target(ix)
    }

    fn name(&self, item: Target) -> &str {
        &self.names[self.bounds.ix(item)]
    }

    fn names(&self, items: &[Target]) -> String {
        items.iter().map(|item| self.name(*item)).collect::<Vec<_>>().join(" ")
    }

    fn earliest(&self, name: &str) -> String {
        let item = self.target(name);
        if self.bounds.is_never(item) {
            return "never".into();
        }
        self.bounds.earliest(item).map_or("-".into(), short)
    }

    fn all_earliest(&self) -> String {
        self.names.iter().map(|name| self.earliest(name)).collect::<Vec<_>>().join(" ")
    }

    fn floor(&self, name: &str) -> String {
        self.bounds.floor(self.target(name)).map_or("-".into(), short)
    }

    /// As `B with M, C`.
    fn findings(&self) -> String {
        let told = |found: &super::Unreachable<Target>| match found.with.as_slice() {
            [] => self.name(found.item).to_owned(),
            with => format!("{} with {}", self.name(found.item), self.names(with)),
        };
        self.bounds.unreachable().iter().map(told).collect::<Vec<_>>().join(", ")
    }

    fn chain(&self, name: &str) -> String {
        self.names(&self.bounds.chain(self.target(name)))
    }

    /// As `04-12 begins M2, room 2`.
    fn needed(&self, name: &str) -> String {
        let item = self.target(name);
        let Some(needed) = self.bounds.needed(item) else { return "-".into() };
        let why = if needed.is_start { "begins" } else { "for" };
        let room = self.bounds.room(item).map_or("-".into(), |days| days.to_string());
        format!("{} {why} {}, room {room}", short(needed.on), self.name(needed.by))
    }

    fn pushes(&self, name: &str, days: i64) -> String {
        self.names(&self.bounds.pushes(self.target(name), days))
    }

    /// As `A B C: 20 days, 1 without`.
    fn path(&self) -> String {
        self.path_words(self.bounds.critical_path())
    }

    fn path_of(&self, name: &str) -> String {
        let Target::Milestone(milestone) = self.target(name) else { panic!("{name} is an issue") };
        self.path_words(self.bounds.critical_path_of(milestone))
    }

    fn path_words(&self, path: Option<super::CriticalPath<IssueIx>>) -> String {
        let Some(path) = path else { return "-".into() };
        let items: Vec<_> = path.items.into_iter().map(Target::Issue).collect();
        format!("{}: {} days, {} without", self.names(&items), path.days, path.without_length)
    }
}

fn item(line: &str, names: &BTreeMap<&str, usize>) -> Item {
    let mut words = line.split(' ');
    let kind = if line.starts_with('M') { Kind::Milestone } else { Kind::Issue };
    words.next();
    let mut item = Item::open(kind);
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        let mut next = || words.next().expect("a word behind it");
        match word {
            "<-" => item.blocked_by = next().split(',').map(|name| names[name]).collect(),
            "in" => item.milestone = Some(names[next()]),
            "of" => item.parent = Some(names[next()]),
            "begun" => item.begun = Some(day(next())),
            "unsaid" => item.state = None,
            "closed" | "dropped" => {
                item.state = Some(State::Closed);
                item.is_dropped = word == "dropped";
                item.closed = words.next_if(|word| word.starts_with('0')).map(day);
            }
            days => {
                let (start, due) = days.split_once("..").expect("two days");
                let [start, due] = [start, due].map(|text| (!text.is_empty()).then(|| when(text)));
                item = with_days(item, start, due);
            }
        }
    }
    item
}
