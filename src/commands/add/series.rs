//! The id that comes next: that of the series which the neighbours use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    commands::editing::EditSession,
    model::{Id, Issue, LabelIx, MilestoneIx, id_in_title, made_id, title_without_id},
    source::Origin,
};

/// How far behind the last number of a series an id may stand to be taken for one of it.
const NEAR: u64 = 100;

/// How the items are named that a new one comes to stand beside.
#[derive(Debug, Default)]
pub(in crate::commands) struct Siblings {
    /// Their series, as it is written.
    series: Option<String>,
    /// Whether most of those that have an id of their own have the one that their title makes.
    made: bool,
    /// What stands between id and title, where ids stand in titles.
    joint: Option<String>,
}

/// The issues of a milestone that have the labels, else those of the milestone, else those with one of the labels, else all.
pub(in crate::commands) fn issues(
    desk: &EditSession<'_>,
    milestone: Option<MilestoneIx>,
    labels: &[LabelIx],
) -> Siblings {
    let has = |issue: &Issue, label: &LabelIx| issue.labels().iter().any(|link| link.to == *label);
    let is_of = |issue: &Issue| milestone.is_some() && issue.milestone.get() == milestone.as_ref();
    let both = || labels.iter().find_map(|label| issues_where(desk, |it| is_of(it) && has(it, label)));
    let all = || issues_where(desk, |_| true);
    both()
        .or_else(|| issues_where(desk, is_of))
        .or_else(|| labels.iter().find_map(|label| issues_where(desk, |it| has(it, label))))
        .or_else(all)
        .unwrap_or_default()
}

/// The issues of which this holds, where they tell how the next one is named.
pub(in crate::commands) fn issues_where(
    desk: &EditSession<'_>,
    is_near: impl Fn(&Issue) -> bool,
) -> Option<Siblings> {
    let near = desk.roadmap.issues.iter().filter(|issue| is_near(issue));
    let near = siblings(desk, "issues", near.map(|it| (&it.id, it.made, &*it.title, it.origin)));
    (near.series.is_some() || near.made).then_some(near)
}

/// All milestones.
pub(super) fn milestones(desk: &EditSession<'_>) -> Siblings {
    let milestones = desk.roadmap.milestones.iter();
    siblings(desk, "milestones", milestones.map(|it| (&it.id, it.made, &*it.title, it.origin)))
}

fn siblings<'r>(
    desk: &EditSession<'_>,
    list: &str,
    items: impl Iterator<Item = (&'r Id, bool, &'r str, Origin)>,
) -> Siblings {
    let mut counts = BTreeMap::<&str, (usize, usize)>::new();
    let (mut joints, mut written, mut pinned) = (Vec::new(), 0_usize, 0_usize);
    for (n, (id, _, title, origin)) in items.filter(|(_, made, ..)| !made).enumerate() {
        // A digit that a title ends in counts nothing.
        if is_of_title(id, title) {
            pinned += 1;
        } else if let Some(series) = id.series() {
            let (count, last) = counts.entry(&id.as_str()[..series.len()]).or_default();
            (*count, *last) = (*count + 1, n);
        }
        let value =
            desk.values.get(origin.file).and_then(|value| value.get(list)?.get(origin.index)?.get("id"));
        match joint(title, id).filter(|_| !value.is_some_and(Value::is_string)) {
            Some(joint) => joints.push(joint),
            None => written += 1,
        }
    }
    let alone = counts.len();
    counts.retain(|series, (count, _)| *count > 1 || !reads_like_words(series));
    pinned += alone - counts.len();
    // Of equally frequent series the one that was used last is meant.
    let most = counts.into_iter().max_by_key(|(_, often)| *often);
    let made = pinned > most.map_or(0, |(_, (count, _))| count);
    let series = most.filter(|_| !made).map(|(series, _)| series.to_owned());
    let joint = joints.last().filter(|_| joints.len() > written).map(|joint| (*joint).to_owned());
    Siblings { series, made, joint }
}

/// Whether an id is the one that `pin` wrote of a title: made of it, with a number where others had it already.
fn is_of_title(id: &Id, title: &str) -> bool {
    let made = made_id(title);
    let number = id.key().strip_prefix(made.key()).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    // A made id has no capitals.
    id.as_str() == id.key()
        && number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        && id_in_title(title).is_none()
}

/// Whether what stands before a number is words, as of a title that has changed since: `step-2-of-` is, `step-` and `DB-` are not.
fn reads_like_words(series: &str) -> bool {
    let is_lower = !series.bytes().any(|byte| byte.is_ascii_uppercase());
    is_lower && series.trim_end_matches('-').contains('-')
}

/// What stands between an id and the rest of its title.
fn joint<'t>(title: &'t str, id: &Id) -> Option<&'t str> {
    let found = id_in_title(title).filter(|found| found.eq_ignore_ascii_case(id.as_str()))?;
    let rest = title_without_id(title, id);
    let head = title.trim_end().strip_suffix(rest)?;
    head.trim_start().strip_prefix(found).filter(|joint| !joint.is_empty())
}

impl Siblings {
    /// What stands between id and title, where ids stand in titles here.
    pub(super) fn joint(&self) -> Option<&str> {
        self.joint.as_deref()
    }

    /// The next id of the series; without one, the id that the title makes. None of those in lower case that are given away.
    pub(in crate::commands) fn next_id(
        &self,
        desk: &EditSession<'_>,
        title: &str,
        given: &BTreeSet<String>,
    ) -> String {
        let roadmap = &desk.roadmap;
        // What left the source keeps its id where the lock knows it.
        let is_given = |id: &str| {
            let key = id.to_ascii_lowercase();
            given.contains(&key) || roadmap.locked.contains(&key)
        };
        let Some(series) = &self.series else {
            let made = made_id(title);
            let is_taken = |id: &str| {
                let issues = roadmap.issues.iter().map(|it| &it.id);
                let mut ids = issues.chain(roadmap.milestones.iter().map(|it| &it.id));
                is_given(id) || ids.any(|it| it.key() == id)
            };
            let numbered = (2..).map(|number| format!("{}-{number}", made.as_str()));
            let mut free = std::iter::once(made.to_string()).chain(numbered).filter(|id| !is_taken(id));
            return free.next().unwrap_or_default();
        };
        let (number, width) = last_number(desk, series);
        let mut next =
            (number.saturating_add(1)..=u64::MAX).map(|number| format!("{series}{number:0width$}"));
        next.find(|id| !is_given(id)).unwrap_or_default()
    }

    /// An id of the series as it is written here, by its form in lower case.
    pub(in crate::commands) fn written(&self, key: &str) -> String {
        let series = self.series.as_ref().filter(|series| key.starts_with(&series.to_ascii_lowercase()));
        series.map_or_else(|| key.to_owned(), |series| format!("{series}{}", &key[series.len()..]))
    }

    /// Whether an id is one of the series that comes soon: a person who wrote it meant it.
    pub(in crate::commands) fn is_near(&self, desk: &EditSession<'_>, id: &Id) -> bool {
        let series = self.series.as_ref().filter(|series| id.series() == Some(&series.to_ascii_lowercase()));
        let last = series.map(|series| last_number(desk, series).0);
        last.zip(id.number()).is_some_and(|(last, number)| number > last && number - last <= NEAR)
    }
}

/// The highest number of a series, and how many digits it is written with.
pub(in crate::commands) fn last_number(desk: &EditSession<'_>, series: &str) -> (u64, usize) {
    let roadmap = &desk.roadmap;
    let ids = roadmap.issues.iter().map(|it| &it.id);
    let ids = ids.chain(roadmap.milestones.iter().map(|it| &it.id));
    let ids = ids.chain(roadmap.aliases.iter().map(|alias| &alias.was));
    let same = ids.filter(|id| id.series() == Some(&series.to_ascii_lowercase()));
    let last = same.filter_map(|id| Some((id.number()?, id.as_str().len() - series.len()))).max();
    last.unwrap_or_default()
}
