//! Planning as a whole: a source, a repository in memory, and a lock; what is planned, and what doing it comes to.

mod adopted;
mod coarse;
mod conflicts;
mod elsewhere;
mod fields;
mod forged;
mod found;
mod fresh;
pub(super) mod memory;
mod properties;
mod relations;
pub(super) mod shelf;
mod size;
mod strangers;
mod unmanaged;

use std::{cell::RefCell, sync::Arc};

use super::{
    actual::{Actual, actual},
    apply::{Apply, Known, Ledger, Round},
    desired::{Desired, desired},
    identity::identify,
    journal::Told,
    plan::{IssueField, Operation, Options, Plan, plan},
    world::World,
};
use crate::{
    model::resolve,
    report::Report,
    source::{Lock, merge, parse},
};
use memory::{Memory, empty};
use shelf::{Shelf, Ticks};

/// Where the lock is.
pub(super) const LOCK: &str = "/roadbook.lock.json";

/// Takes an apply in hand, as the verb does, and does something with it; what that came to, and what it told.
pub(super) fn in_hand<T>(
    github: &Memory,
    (disk, clock): (&Shelf, &Ticks),
    lock: Lock,
    act: impl FnOnce(&mut Apply<'_>, Option<Told>) -> T,
) -> (T, Vec<String>) {
    let said = RefCell::new(Vec::new());
    let notice = |text: &str| said.borrow_mut().push(text.to_owned());
    let known = Known::new(github);
    let (ledger, told) = Ledger::open(disk, clock, LOCK.into(), lock, "o/r").unwrap();
    let mut apply = Apply::new(&known, (clock, false), ledger, &notice, &|_| {});
    let done = act(&mut apply, told);
    drop(apply);
    (done, said.into_inner())
}

/// A roadmap, the repository, and the lock between them.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) source: String,
    pub(super) world: World,
    pub(super) lock: Lock,
    options: Options,
}

pub(super) fn wanted(source: &str) -> Desired {
    let mut report = Report::default();
    let name: Arc<str> = "roadmap/r.json".into();
    let parsed = parse(&name, source.as_bytes().to_vec(), &mut report).expect("a source");
    let (roadmap, _) = resolve(merge(vec![(name, parsed)], &mut report), "roadmap", None);
    desired(&roadmap).expect("ids of its own")
}

impl Scene {
    /// A source before an empty repository.
    pub(super) fn new(source: &str) -> Self {
        Self { source: source.into(), world: empty(), lock: Lock::default(), options: Options::default() }
    }

    /// A source whose repository is as it says.
    pub(super) fn applied(source: &str) -> Self {
        let mut scene = Self::new(source);
        scene.apply();
        scene
    }

    fn actual(&self) -> Actual {
        let identity = identify(&wanted(&self.source), &self.world, &self.lock, &self.options);
        actual(self.world.clone(), identity)
    }

    pub(super) fn plan(&self) -> Plan {
        plan(&wanted(&self.source), &self.actual(), &self.lock, &self.options)
    }

    /// Plans and does it; what comes back is the plan.
    fn apply(&mut self) -> Plan {
        let plan = self.plan();
        self.carry_out(&plan);
        plan
    }

    /// Does a plan, as far as the repository is still as it was planned against.
    fn carry_out(&mut self, plan: &Plan) -> Round {
        let github = Memory::of(self.world.clone());
        let machine = (&Shelf::default(), &Ticks::default());
        let (round, _) = in_hand(&github, machine, self.lock.clone(), |apply, _| {
            apply.ledger.begin().unwrap();
            let round = apply.round(plan).unwrap();
            self.lock = apply.ledger.lock.clone();
            round
        });
        assert_eq!(github.unasked.get(), 0, "labels would be made by the way");
        self.world = github.into_world();
        round
    }

    /// The source with one text in place of another.
    #[track_caller]
    pub(super) fn edit(&mut self, old: &str, new: &str) {
        assert!(self.source.contains(old), "{old}");
        self.source = self.source.replacen(old, new, 1);
    }

    #[track_caller]
    fn settles(&mut self) {
        let plan = self.plan();
        assert!(plan.is_empty(), "{plan:#?}");
    }
}

/// What the operations are, in words that a test can compare.
fn told(plan: &Plan) -> Vec<String> {
    plan.operations.iter().map(word).collect()
}

fn word(operation: &Operation) -> String {
    let refer = |issue: &super::plan::IssueRef| match issue {
        super::plan::IssueRef::Made { made } => format!("new {made}"),
        super::plan::IssueRef::There { item: Some(id), .. } => id.to_string(),
        super::plan::IssueRef::There { item: None, key } => format!("#{}", key.number),
        super::plan::IssueRef::Elsewhere { elsewhere, .. } => elsewhere.to_string(),
    };
    match operation {
        Operation::CreateLabel { label, .. } => format!("+ label {}", label.name),
        Operation::ChangeLabel { label, fields, .. } => format!("~ label {label}: {}", fields.len()),
        Operation::CreateMilestone { item, .. } => format!("+ milestone {item}"),
        Operation::ChangeMilestone { item, fields, .. } => format!("~ milestone {item}: {}", fields.len()),
        Operation::CreateIssue { item, .. } => format!("+ issue {item}"),
        Operation::ChangeIssue { item, fields, found, .. } => {
            let names: Vec<_> = fields.iter().map(name).collect();
            format!("~ issue {item} by {found:?}: {}", names.join(" "))
        }
        Operation::SetParent { issue, becomes, .. } => {
            format!("parent of {}: {}", refer(issue), becomes.as_ref().map(refer).unwrap_or_default())
        }
        Operation::AddBlocker { issue, blocker } => format!("{} waits for {}", refer(issue), refer(blocker)),
        Operation::RemoveBlocker { issue, blocker } => {
            format!("{} waits no more for {}", refer(issue), refer(blocker))
        }
        Operation::CloseIssue { issue, .. } => format!("close {}", refer(issue)),
        Operation::ReopenIssue { item, .. } => format!("reopen {item}"),
        Operation::AddLabel { number, label, .. } => format!("#{number} gets {label}"),
        Operation::MergeLabel { merged, into, .. } => format!("merge {} into {into}", merged.name),
        Operation::Prune { pruned, .. } => format!("prune {pruned:?}"),
        Operation::SetFields { issue, fields } => {
            let value = |value: &Option<String>| value.clone().unwrap_or("nothing".into());
            let told =
                fields.iter().map(|it| format!("{} {} -> {}", it.name, value(&it.was), value(&it.becomes)));
            format!("fill {}: {}", refer(issue), told.collect::<Vec<_>>().join(", "))
        }
    }
}

fn name(field: &IssueField) -> &'static str {
    match field {
        IssueField::Title(_) => "title",
        IssueField::Body(_) => "body",
        IssueField::Labels(_) => "labels",
        IssueField::Assignees(_) => "assignees",
        IssueField::Milestone(_) => "milestone",
        IssueField::Kind(_) => "type",
        IssueField::Parent(_) => "parent",
        IssueField::BlockedBy(_) => "blocked_by",
        IssueField::State(_) => "state",
        IssueField::StateReason(_) => "state_reason",
        IssueField::Custom(_) => "custom",
    }
}
