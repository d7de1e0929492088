//! A history as the website tells it: by days, each line leading to the page that its item has now.

use crate::words::{self, counted, say};
use std::collections::BTreeMap;

use super::{
    Change, History, Scope, count,
    edition::folded,
    report::{Flow, Pace},
    walk::{Moment, Step},
};
use crate::{
    data::v1::Kind,
    facts::Facts,
    model::{Day, LabelIx, Roadmap, Target},
    render::{ChangeDay, ChangeLine, Changes, WorkFlow, picture::burnup::WIDE},
};

/// How many seconds a day has.
const DAY: i64 = 86_400;

/// The changes of a public history, for a website that is made of this public roadmap.
pub(crate) fn changes(history: &History, (roadmap, facts): (&Roadmap, &Facts)) -> Changes {
    let pages = Pages::new(roadmap);
    let mut days = BTreeMap::<Day, Vec<&Step>>::new();
    for step in &history.steps {
        days.entry(step.at.day).or_default().push(step);
    }
    let days = days.into_iter().rev().map(|(day, steps)| {
        let changes = steps.iter().flat_map(|step| &step.changes);
        let mut lines: Vec<_> = changes.clone().collect();
        lines.sort_by_key(|change| change.group());
        ChangeDay {
            day,
            seconds: steps.iter().map(|step| seconds(&step.at)).max().unwrap_or_default(),
            counts: count::words(changes),
            lines: lines.into_iter().map(|change| pages.line(change)).collect(),
        }
    });
    let began = history.began.as_ref().map(|began| {
        let (milestones, issues) = (counted(began.milestones, "milestone"), counted(began.issues, "issue"));
        say!("The roadmap begins on {} with {} and {}.", began.at.day, milestones, issues)
    });
    Changes {
        days: days.collect(),
        began: began.unwrap_or_default(),
        slips: history.slips.clone(),
        baseline: None,
        flow: flow(history, roadmap, facts),
    }
}

/// How work flows, of the public roadmap and history.
fn flow(history: &History, roadmap: &Roadmap, facts: &Facts) -> WorkFlow {
    let scope = facts.as_of.and_then(|today| Scope::of(history, facts.progress.total, today));
    let Some(flow) = Flow::of(roadmap, facts, scope.as_ref()) else { return WorkFlow::default() };
    let pace = Pace::of(roadmap, facts);
    let since = flow.since();
    let lines = roadmap.issues().filter_map(|(ix, issue)| Some((ix, since.get(issue.id.as_str())?.clone())));
    WorkFlow {
        sentences: flow.words().into_iter().chain(pace.iter().flat_map(Pace::sentences)).collect(),
        weeks: flow.bars(&roadmap.title),
        burnup: flow.burnup(roadmap, facts.as_of, WIDE),
        since: lines.collect(),
    }
}

/// When something was committed; what is not counts from the beginning of its day.
fn seconds(at: &Moment) -> i64 {
    match &at.commit {
        Some(commit) => commit.seconds,
        None => at.day.days_since(Day::FIRST) * DAY,
    }
}

/// Which items have pages, by their ids and names in lower case.
struct Pages {
    items: BTreeMap<String, Target>,
    labels: BTreeMap<String, LabelIx>,
}

impl Pages {
    fn new(roadmap: &Roadmap) -> Self {
        let aliases = roadmap.aliases.iter().map(|alias| (alias.was.key().to_owned(), alias.to));
        let milestones = roadmap.milestones().map(|(ix, it)| (it.id.key().to_owned(), Target::Milestone(ix)));
        let issues = roadmap.issues().map(|(ix, it)| (it.id.key().to_owned(), Target::Issue(ix)));
        Self {
            items: aliases.chain(milestones).chain(issues).collect(),
            labels: roadmap.labels().map(|(ix, label)| (folded(&label.name), ix)).collect(),
        }
    }

    fn line(&self, change: &Change) -> ChangeLine {
        let (word, class) = change.group().head();
        let key = folded(&change.id);
        let is_label = change.kind == Kind::Label;
        ChangeLine {
            word: words::of(word),
            class,
            id: change.id.clone(),
            title: change.short_title.clone(),
            words: change.words(),
            item: if is_label { None } else { self.items.get(&key).copied() },
            label: if is_label { self.labels.get(&key).copied() } else { None },
        }
    }
}
