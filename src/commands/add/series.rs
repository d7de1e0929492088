//! The id that comes next: that of the series which the neighbours use.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    commands::editing::Desk,
    model::{Id, MilestoneIx, id_in_title, made_id, title_without_id},
    source::Origin,
};

/// How the items are named that a new one comes to stand beside.
#[derive(Debug, Default)]
pub(super) struct Siblings {
    /// Their series, as it is written.
    series: Option<String>,
    /// Whether most of those that have an id of their own have the one that their title makes.
    made: bool,
    /// What stands between id and title, where ids stand in titles.
    joint: Option<String>,
}

/// The issues of a milestone, else all.
pub(super) fn issues(desk: &Desk<'_>, milestone: Option<MilestoneIx>) -> Siblings {
    let issues = || desk.roadmap.issues.iter();
    let of = |ix: MilestoneIx| {
        let near = issues().filter(|issue| issue.milestone.get() == Some(&ix));
        siblings(desk, "issues", near.map(|it| (&it.id, it.made, &*it.title, it.origin)))
    };
    let near = milestone.map(of).filter(|near| near.series.is_some() || near.made);
    near.unwrap_or_else(|| {
        siblings(desk, "issues", issues().map(|it| (&it.id, it.made, &*it.title, it.origin)))
    })
}

/// All milestones.
pub(super) fn milestones(desk: &Desk<'_>) -> Siblings {
    let milestones = desk.roadmap.milestones.iter();
    siblings(desk, "milestones", milestones.map(|it| (&it.id, it.made, &*it.title, it.origin)))
}

fn siblings<'r>(
    desk: &Desk<'_>,
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
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        && id_in_title(title).is_none()
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

    /// The next id of the series; without one, the id that the title makes.
    pub(super) fn next_id(&self, desk: &Desk<'_>, title: &str) -> String {
        let roadmap = &desk.roadmap;
        let Some(series) = &self.series else {
            let made = made_id(title);
            let is_taken = |id: &str| {
                let issues = roadmap.issues.iter().map(|it| &it.id);
                let mut ids = issues.chain(roadmap.milestones.iter().map(|it| &it.id));
                ids.any(|it| it.key() == id)
            };
            let numbered = (2..).map(|number| format!("{}-{number}", made.as_str()));
            let mut free = std::iter::once(made.to_string()).chain(numbered).filter(|id| !is_taken(id));
            return free.next().unwrap_or_default();
        };
        let ids = roadmap.issues.iter().map(|it| &it.id);
        let ids = ids.chain(roadmap.milestones.iter().map(|it| &it.id));
        let ids = ids.chain(roadmap.aliases.iter().map(|alias| &alias.was));
        let same = ids.filter(|id| id.series() == Some(&series.to_ascii_lowercase()));
        let last = same.filter_map(|id| Some((id.number()?, id.as_str().len() - series.len()))).max();
        let (number, width) = last.unwrap_or_default();
        format!("{series}{:0width$}", number + 1)
    }
}
