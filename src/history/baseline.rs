//! The milestones of now beside those of an earlier revision.

use super::{
    Commit, Edition,
    compare::partners,
    edition::Item,
    walk::{Now, Walker},
};
use crate::{
    data::{Based, Baseline, v1::Kind},
    io::{Failure, FailureKind},
    model::When,
};

impl Walker<'_> {
    /// What became of the milestones of an earlier revision.
    ///
    /// # Errors
    /// Where the revision is unknown, has no roadmap, or cannot be read.
    pub(crate) fn baseline(&mut self, revision: &str, now: &Now) -> Result<Baseline, Failure> {
        let commit = self.commit(revision)?;
        let tip = self.commit("HEAD")?;
        let earlier = self.places(&commit, &tip)?.earlier;
        let place = earlier.ok_or_else(|| {
            let message = format!("there is no roadmap in the baseline `{revision}` ({})", commit.short());
            Failure::new(FailureKind::Usage, message)
                .help("name a revision that has one: `roadbook diff --since 0001-01-01` says when it begins")
        })?;
        let old = self.edition(&commit, &place)?;
        Ok(between(revision, &commit, &old, &now.edition, self.is_public()))
    }
}

fn between(revision: &str, commit: &Commit, old: &Edition, new: &Edition, public: bool) -> Baseline {
    let (was, is) = (old.items(Kind::Milestone), new.items(Kind::Milestone));
    let partners = partners(new, was, is);
    let is_hidden = |item: &Item| public && item.internal;
    let mut baseline = Baseline {
        revision: revision.to_owned(),
        commit: commit.id.clone(),
        day: commit.day(),
        milestones: Vec::new(),
        new: Vec::new(),
        dropped: Vec::new(),
    };
    for (key, item) in was {
        let now = partners.get(key.as_str()).map(|key| &is[*key]);
        match now {
            _ if is_hidden(item) || now.is_some_and(is_hidden) => {}
            now => {
                let list = if now.is_some() { &mut baseline.milestones } else { &mut baseline.dropped };
                list.extend(based(Some(item), now));
            }
        }
    }
    let known: std::collections::BTreeSet<_> = partners.values().copied().collect();
    let new = is.iter().filter(|(key, item)| !known.contains(key.as_str()) && !is_hidden(item));
    baseline.new = new.filter_map(|(_, item)| based(None, Some(item))).collect();
    // Under other ids than then the order is another.
    baseline.milestones.sort_by_key(|based| based.id.to_lowercase());
    baseline
}

fn based(then: Option<&Item>, now: Option<&Item>) -> Option<Based> {
    let named = now.or(then)?;
    let last = |due: Option<When>| due.and_then(When::last);
    let (due_on, now_due_on) = (then.and_then(|then| then.due_on), now.and_then(|now| now.due_on));
    Some(Based {
        id: named.id.clone(),
        title: named.whole_title.clone(),
        start_on: then.and_then(|then| then.start_on),
        due_on,
        now_due_on,
        by_days: last(now_due_on).zip(last(due_on)).map(|(now, then)| now.days_since(then)),
    })
}
