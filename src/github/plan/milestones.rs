//! What is to be done with a milestone.

use super::{
    Base, Change, Conflict, Field, Item, MilestoneField, Operation, Record,
    decide::{Decided, Judge, Outcome, adopted},
    keys,
    make::Making,
};
use crate::{
    github::{
        identity::{Seen, Trust, proves_milestone},
        remote::{IssueKey, RemoteMilestone},
        snapshot,
        state::Milestone,
    },
    model::Id,
    source::{
        AppliedMilestone, LockItem,
        schema::{Field as Owned, State},
    },
};

impl Making<'_> {
    /// Plans a milestone.
    pub(super) fn milestone(&mut self, id: &Id) {
        let (desired, identity) = (self.desired, &self.actual.identity);
        let (Some(wanted), Some(seen)) = (desired.state.milestones.get(id), identity.milestones.get(id))
        else {
            return;
        };
        match seen {
            Ok(seen) => self.known_milestone(id, wanted, *seen),
            Err(lost) => {
                if self.is_new(Item::Milestone(id.clone()), lost) {
                    let applied = keys::milestone(wanted);
                    self.items.push(Operation::CreateMilestone {
                        item: id.clone(),
                        milestone: wanted.clone(),
                        applied,
                    });
                }
            }
        }
    }

    fn known_milestone(&mut self, id: &Id, wanted: &Milestone, seen: Seen) {
        let (actual, options) = (self.actual, self.options);
        let remote = &actual.world.milestones[seen.at];
        let Some(there) = actual.state.milestones.get(id) else { return };
        let line = self.lock.milestones.get(id.key()).cloned().unwrap_or_default();
        // Its title may be another entry's proof.
        let is_unproven = seen.trust == Trust::Entry && !proves_milestone(&line, remote);
        let trust = if is_unproven { Trust::Name } else { seen.trust };
        let judge = Judge { item: id.as_str(), options, trust };
        let base = match trust {
            Trust::Name => AppliedMilestone {
                title: adopted(&there.title, &wanted.title),
                ..AppliedMilestone::default()
            },
            _ => line.applied.clone(),
        };
        let (mut decided, mut applied) = fields(&judge, &base, there, wanted);
        let reopens = |field: &MilestoneField| {
            matches!(field, MilestoneField::State(Change { becomes: State::Open, .. }))
        };
        if !options.reopen && decided.changes.iter().any(reopens) {
            decided.changes.retain(|field| !reopens(field));
            applied.state = base.state;
            self.conflict(Conflict::Closed { item: Item::Milestone(id.clone()), number: remote.number });
        }
        self.source(&Item::Milestone(id.clone()), decided.source);
        let conflict = |field| Conflict::Milestone { item: id.clone(), number: remote.number, field };
        decided.conflicts.into_iter().for_each(|field| self.conflict(conflict(field)));
        if decided.changes.is_empty() {
            self.record_milestone(id, remote, line, applied);
            return;
        }
        self.items.push(Operation::ChangeMilestone {
            item: id.clone(),
            key: IssueKey { id: remote.id, number: remote.number },
            found: seen.found,
            fields: decided.changes,
            base: Base::of_milestone(remote),
            applied,
        });
    }

    fn record_milestone(
        &mut self,
        id: &Id,
        remote: &RemoteMilestone,
        line: LockItem<AppliedMilestone>,
        applied: AppliedMilestone,
    ) {
        let entry = LockItem {
            number: Some(remote.number),
            id: Some(remote.id),
            applied,
            remote: line.remote.clone(),
        };
        if entry != line {
            let entry = LockItem { remote: snapshot::of_milestone(remote), ..entry };
            self.record(Record::Milestone { item: id.clone(), entry });
        }
    }
}

fn fields(
    judge: &Judge<'_>,
    base: &AppliedMilestone,
    there: &Milestone,
    wanted: &Milestone,
) -> (Decided<MilestoneField>, AppliedMilestone) {
    let mut decided = Decided::new();
    let AppliedMilestone { title, description, due_on, state } = keys::milestone(there);
    let owned = keys::milestone(wanted);
    let (outcome, new_title) = judge.decide(Field::Title, &base.title, &title, &owned.title);
    let change = Change { was: there.title.clone(), becomes: wanted.title.clone() };
    decided.take(outcome, Field::Title, MilestoneField::Title(change), there.title.clone());
    let (outcome, new_text) =
        judge.decide(Field::Description, &base.description, &description, &owned.description);
    let change = Change { was: description.get().cloned(), becomes: owned.description.get().cloned() };
    decided.take(
        outcome,
        Field::Description,
        MilestoneField::Description(change),
        description.get().cloned(),
    );
    let (outcome, new_day) = judge.decide(Field::DueOn, &base.due_on, &due_on, &owned.due_on);
    let change = Change { was: there.due_on.get().copied(), becomes: wanted.due_on.get().copied() };
    decided.take(outcome, Field::DueOn, MilestoneField::DueOn(change), due_on.get().cloned());
    let new_state = stand(&mut decided, judge, [&base.state, &state, &owned.state]);
    (decided, AppliedMilestone { title: new_title, description: new_text, due_on: new_day, state: new_state })
}

/// Decides over the state: as it was last applied, as it is, and as the source says.
fn stand(
    decided: &mut Decided<MilestoneField>,
    judge: &Judge<'_>,
    [base, actual, desired]: [&Owned<State>; 3],
) -> Owned<State> {
    let (mut outcome, mut applied) = judge.decide(Field::State, base, actual, desired);
    // To open what somebody closed is what `--reopen` is for.
    if outcome == Outcome::Conflict && judge.options.reopen && desired.get() == Some(&State::Open) {
        (outcome, applied) = (Outcome::Update, *desired);
    }
    if let (Some(was), Some(becomes)) = (actual.get(), desired.get()) {
        let change = MilestoneField::State(Change { was: *was, becomes: *becomes });
        let words = if *was == State::Open { "open" } else { "closed" };
        decided.take(outcome, Field::State, change, words);
    }
    debug_assert!(outcome == Outcome::Leave || desired.get().is_some(), "a state is never owned and empty");
    applied
}
