//! Whether the world left a plan behind that was kept in a file.

use std::collections::{BTreeMap, BTreeSet};

use super::name;
use crate::{
    github::{
        api::Reader,
        identity::{Identity, Lost},
        plan::{Base, Change, IssueRef, LabelField, Operation, Plan, Pruned},
        remote::{IssueKey, RemoteIssue},
        state::label_key,
        text::Body,
    },
    io::Failure,
    model::Id,
    source::schema::State,
};

/// The repository as it is now, as far as a plan can be held against it.
struct Now<'i> {
    identity: &'i Identity,
    labels: BTreeMap<u64, (String, Base)>,
    milestones: BTreeMap<u64, (String, Base)>,
    issues: BTreeMap<u64, (State, Base)>,
    markers: BTreeSet<String>,
}

/// The operations of a plan that were planned against what is no more, by name.
///
/// # Errors
/// Where GitHub cannot be read.
pub(crate) fn stale(plan: &Plan, reader: &dyn Reader, identity: &Identity) -> Result<Vec<String>, Failure> {
    let issues = reader.issues()?;
    let renamed = renamed(plan);
    let labels = reader.labels()?.into_iter();
    let milestones = reader.milestones()?.into_iter();
    let now = Now {
        identity,
        labels: labels.map(|label| (label.id, (label_key(&label.name), Base::of_label(&label)))).collect(),
        milestones: milestones
            .map(|milestone| (milestone.number, (milestone.title.clone(), Base::of_milestone(&milestone))))
            .collect(),
        issues: issues.iter().map(|issue| (issue.number, (issue.state, base(issue, &renamed)))).collect(),
        markers: issues
            .iter()
            .filter_map(|issue| Body::read(&issue.body).marker)
            .map(|id| id.to_lowercase())
            .collect(),
    };
    Ok(plan.operations.iter().filter(|operation| !now.fits(operation)).map(name).collect())
}

/// The new names of labels, by the old ones.
fn renamed(plan: &Plan) -> BTreeMap<&str, &str> {
    let fields = plan.operations.iter().filter_map(|operation| match operation {
        Operation::ChangeLabel { fields, .. } => Some(fields),
        _ => None,
    });
    let names = fields.flatten().filter_map(|field| match field {
        LabelField::Name(Change { was, becomes }) => Some((was.as_str(), becomes.as_str())),
        _ => None,
    });
    names.collect()
}

/// What an issue is when its turn comes: labels are renamed before.
fn base(issue: &RemoteIssue, renamed: &BTreeMap<&str, &str>) -> Base {
    let now =
        |name: &String| renamed.get(name.as_str()).map_or_else(|| name.clone(), |new| (*new).to_owned());
    Base::of_issue_with(issue, issue.labels.iter().map(now).collect())
}

impl Now<'_> {
    fn is(&self, key: IssueKey, state: State) -> bool {
        self.issues.get(&key.number).is_some_and(|(now, _)| *now == state)
    }

    /// Whether an issue is still to be made: no marker names it, and nothing is called like it unless somebody said that this is
    /// another one.
    fn is_new(&self, item: &Id, is_said_new: bool) -> bool {
        let is_lost = match self.identity.issues.get(item) {
            Some(seen) => matches!(seen, Err(Lost::New | Lost::Deleted(_))),
            None => true,
        };
        !self.markers.contains(item.key()) && (is_said_new || is_lost)
    }

    /// Whether an operation still means what it meant.
    fn fits(&self, operation: &Operation) -> bool {
        match operation {
            Operation::CreateLabel { label, .. } => {
                self.labels.values().all(|(name, _)| *name != label_key(&label.name))
            }
            Operation::ChangeLabel { id, base, .. } | Operation::MergeLabel { id, base, .. } => {
                self.labels.get(id).is_some_and(|(_, now)| base.holds(now))
            }
            Operation::CreateMilestone { milestone, .. } => {
                self.milestones.values().all(|(title, _)| *title != milestone.title)
            }
            Operation::ChangeMilestone { key, base, .. } => {
                self.milestones.get(&key.number).is_some_and(|(_, now)| base.holds(now))
            }
            Operation::CreateIssue { item, is_said_new, .. } => self.is_new(item, *is_said_new),
            Operation::ChangeIssue { key, base, .. } => {
                self.issues.get(&key.number).is_some_and(|(_, now)| base.holds(now))
            }
            Operation::CloseIssue { issue: IssueRef::There { key, .. }, .. } => self.is(*key, State::Open),
            Operation::ReopenIssue { key, .. } => self.is(*key, State::Closed),
            Operation::Prune { pruned: Pruned::Label { name, .. }, base } => {
                self.labels.values().any(|(now, of)| *now == label_key(name) && base.holds(of))
            }
            Operation::Prune { pruned: Pruned::Milestone { number, .. }, base } => {
                self.milestones.get(number).is_some_and(|(_, now)| base.holds(now))
            }
            // Relations are looked at when it is their turn, and a label that is there already is none too many.
            Operation::AddLabel { .. }
            | Operation::CloseIssue { .. }
            | Operation::SetParent { .. }
            | Operation::AddBlocker { .. }
            | Operation::RemoveBlocker { .. }
            | Operation::SetFields { .. } => true,
        }
    }
}
