//! Whether something was made, where no answer said so: the lists are asked, and again, as they may lag.
//!
//! Nothing is made as long as it may have been made before. Search is not asked: its index lags by minutes.

use std::{collections::BTreeMap, time::Duration};

use super::{Apply, Stop};
use crate::{
    github::{
        api::Reader,
        remote::{IssueKey, RemoteIssue},
        state::label_key,
        text::Body,
    },
    io::Failure,
    model::Id,
};

/// How long to wait before each further listing.
const WAITS: [Duration; 3] = [Duration::from_secs(2), Duration::from_secs(5), Duration::from_secs(10)];

/// After this time a list shows what was made. The longest lag that was reported was eight minutes, in an outage.
const CERTAIN: Duration = Duration::from_secs(10 * 60);

impl Apply<'_> {
    /// The issue of this id, where a list shows it; else whether it was made stays unknown, and the run ends.
    pub(super) fn settle_issue(&self, item: &Id, why: &str) -> Result<IssueKey, Stop> {
        let found = self.listed(why, |apply| {
            let issues = apply.writer.issues()?;
            Ok(issues.iter().find(|issue| is_of(issue, item)).map(key))
        })?;
        found.ok_or_else(|| Stop::Unknown(format!("{why}; whether `{item}` was made is not known")))
    }

    /// The milestone of this title, where a list shows it.
    pub(super) fn settle_milestone(&self, title: &str, why: &str) -> Result<Option<IssueKey>, Stop> {
        self.listed(why, |apply| {
            let milestones = apply.writer.milestones()?;
            let found = milestones.iter().find(|milestone| milestone.title == title);
            Ok(found.map(|milestone| IssueKey { id: milestone.id, number: milestone.number }))
        })
    }

    /// The label of this name, where a list shows it.
    pub(super) fn settle_label(&self, name: &str, why: &str) -> Result<Option<u64>, Stop> {
        self.listed(why, |apply| {
            let labels = apply.writer.labels()?;
            Ok(labels.iter().find(|label| label_key(&label.name) == label_key(name)).map(|label| label.id))
        })
    }

    /// What a list shows, at once or a while later.
    fn listed<T>(
        &self,
        why: &str,
        look: impl Fn(&Self) -> Result<Option<T>, Failure>,
    ) -> Result<Option<T>, Stop> {
        for wait in WAITS {
            if let Some(found) = look(self)? {
                return Ok(Some(found));
            }
            self.wait(self.scaled(wait), why);
        }
        Ok(look(self)?)
    }

    /// Settles what a run that was killed may have made: it is in the list now, or so much time has passed that it would be.
    ///
    /// # Errors
    /// Where GitHub or the journal refuses.
    pub(crate) fn settle_open(&mut self, mut open: BTreeMap<Id, u64>) -> Result<(), Failure> {
        let mut waits = WAITS.into_iter();
        // What this run has waited counts in any case: the clock, or what the journal says of it, may be wrong.
        let mut waited = Duration::ZERO;
        while !open.is_empty() {
            let issues = self.writer.issues()?;
            open.retain(|item, _| !issues.iter().any(|issue| is_of(issue, item)));
            let Some((item, at)) = open.last_key_value() else { break };
            let passed = self.clock.now().saturating_sub(Duration::from_millis(*at)).max(waited);
            let left = self.scaled(CERTAIN).saturating_sub(passed);
            if left.is_zero() {
                break;
            }
            let why = format!("a run that was cut off may have made `{item}`");
            let wait = waits.next().map_or(left, |wait| self.scaled(wait).min(left));
            waited = waited.saturating_add(wait);
            self.wait(wait, &why);
        }
        open.keys().try_for_each(|item| self.ledger.settled(item))
    }

    /// Waits, and says why.
    fn wait(&self, wait: Duration, why: &str) {
        (self.notice)(&format!("{why}: looking again in {} s", wait.as_secs().max(1)));
        self.clock.sleep(wait);
    }
}

/// Whether an issue has the marker of this id.
fn is_of(issue: &RemoteIssue, item: &Id) -> bool {
    Body::read(&issue.body).marker.is_some_and(|marker| marker.eq_ignore_ascii_case(item.as_str()))
}

fn key(issue: &RemoteIssue) -> IssueKey {
    IssueKey { id: issue.id, number: issue.number }
}
