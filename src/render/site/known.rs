//! What of a roadmap is known at all: it decides what pages show. What nobody has stated is no zero.

use super::{Here, grouping::Grouping};
use crate::{
    facts::{Facts, First},
    markdown::read,
    model::{Issue, IssueIx, Roadmap},
};

/// How much of something is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Extent {
    /// Nothing.
    None,
    /// A part.
    Some,
    /// All.
    All,
}

/// The boxes of a body's task lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::render) struct Tasks {
    /// Those that are ticked.
    pub(super) ticked: usize,
    /// All of them.
    pub(super) all: usize,
}

/// What is known of a roadmap.
#[derive(Debug)]
pub(in crate::render) struct Known {
    /// Whether issues are done or open.
    pub(super) states: Extent,
    /// Whether any milestone or issue has a day, or part of a year, on which it begins or is due.
    pub(super) days: bool,
    /// Whether any milestone or issue has one by which it is due.
    pub(super) due: bool,
    /// Whether any milestone or issue waits for another.
    pub(super) waits: bool,
    /// For each issue how many issues that are not closed wait for it.
    pub(super) waiting: Vec<usize>,
    /// What to begin with.
    pub(super) first: Vec<First>,
    /// For each issue the tasks of its body.
    pub(super) tasks: Vec<Tasks>,
    /// The groups of labels that most issues have one of.
    pub(super) groups: Vec<Grouping>,
}

impl Known {
    /// What is known of this roadmap.
    pub(super) fn of(roadmap: &Roadmap, facts: &Facts) -> Self {
        let waiting = facts.waiting();
        let milestones = || roadmap.milestones.iter();
        let issues = || roadmap.issues.iter();
        let due =
            milestones().any(|it| it.known_due_on().is_some()) || issues().any(|it| it.due_on.is_some());
        let starts = milestones().any(|it| it.start_on.is_some()) || issues().any(|it| it.start_on.is_some());
        Self {
            states: match facts.progress.unknown {
                0 => Extent::All,
                unknown if unknown == roadmap.issues.len() => Extent::None,
                _ => Extent::Some,
            },
            days: due || starts,
            due,
            waits: milestones().any(|it| !it.blocked_by.is_empty())
                || issues().any(|it| !it.blocked_by().is_empty() || !it.blocked_elsewhere.is_empty()),
            first: facts.first(roadmap, &waiting),
            waiting,
            tasks: issues().map(tasks).collect(),
            groups: Grouping::all(roadmap, facts),
        }
    }

    /// The tasks of some issues.
    pub(super) fn tasks_of(&self, issues: impl Iterator<Item = IssueIx>) -> Tasks {
        issues.map(|ix| self.tasks[ix.0]).fold(Tasks::default(), |sum, tasks| Tasks {
            ticked: sum.ticked + tasks.ticked,
            all: sum.all + tasks.all,
        })
    }
}

impl Here<'_> {
    /// What is known of the roadmap, found out when it is first asked for.
    pub(super) fn known(&self) -> &Known {
        self.renderer.made_once.known.get_or_init(|| Known::of(self.roadmap, self.facts))
    }
}

fn tasks(issue: &Issue) -> Tasks {
    let Some(body) = issue.body.get().filter(|body| may_hold_tasks(body)) else { return Tasks::default() };
    let tasks = read::read(body).tasks;
    Tasks { ticked: tasks.iter().filter(|task| task.done).count(), all: tasks.len() }
}

fn may_hold_tasks(body: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|task| body.contains(task))
}
