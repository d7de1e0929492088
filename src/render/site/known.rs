//! What of a roadmap is known at all: it decides what pages show. What nobody has stated is no zero.

use super::{Here, cuts, grouping::Grouping};
use crate::words::say;
use crate::{
    facts::{Facts, First, StatusCounts},
    markdown::read,
    model::{Issue, IssueIx, Roadmap},
    render::Renderer,
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

impl Tasks {
    /// As `7 of 12 ticked`, or as `12` where none is: a box that nobody ticks says nothing of the work. Empty where there are none.
    pub(super) fn words(self) -> String {
        match self {
            Self { all: 0, .. } => String::new(),
            Self { ticked: 0, all } => all.to_string(),
            Self { ticked, all } => say!("{ticked} of {all} ticked", ticked = ticked, all = all),
        }
    }

    /// How many of a hundred are ticked.
    pub(super) fn percent(self) -> usize {
        (self.ticked * 100).checked_div(self.all).unwrap_or_default()
    }
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
    /// What to begin with.
    pub(super) first: Vec<First>,
    /// Issues that are not closed and wait for each other.
    pub(super) cycles: Vec<Vec<IssueIx>>,
    /// How many issues stand so, for each status.
    pub(super) statuses: StatusCounts,
    /// For each issue the tasks of its body.
    pub(super) tasks: Vec<Tasks>,
    /// Every issue once, in the order of the board.
    pub(super) board: Vec<IssueIx>,
    /// The groups of labels that most issues have one of.
    pub(super) groups: Vec<Grouping>,
}

impl Known {
    /// What is known of this roadmap.
    pub(super) fn of(roadmap: &Roadmap, facts: &Facts) -> Self {
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
            first: facts.first(roadmap),
            cycles: facts.open_cycles(),
            statuses: StatusCounts::of(facts.issues.iter().map(|facts| facts.status)),
            tasks: issues().map(tasks).collect(),
            board: cuts::order(facts),
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

impl Renderer {
    /// What is known of the public roadmap, found out when it is first asked for.
    pub(super) fn known(&self) -> &Known {
        let (roadmap, facts) = self.public();
        self.made_once.known.get_or_init(|| Known::of(roadmap, facts))
    }
}

impl<'a> Here<'a> {
    /// What is known of the roadmap.
    pub(super) fn known(&self) -> &'a Known {
        self.renderer.known()
    }
}

fn tasks(issue: &Issue) -> Tasks {
    let Some(body) = issue.body.get().filter(|body| may_hold_tasks(body)) else { return Tasks::default() };
    counted_by_lines(body).unwrap_or_else(|| read_tasks(body))
}

fn may_hold_tasks(body: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|task| body.contains(task))
}

fn read_tasks(body: &str) -> Tasks {
    let tasks = read::read(body).tasks;
    Tasks { ticked: tasks.iter().filter(|task| task.done).count(), all: tasks.len() }
}

/// The tasks of a body whose lines tell them, as those of nearly all do; `None` where it takes a parser: where it holds code, quotes,
/// HTML or a box that is far to the right.
fn counted_by_lines(body: &str) -> Option<Tasks> {
    if body.contains(['<', '`', '~', '>', '\t', '\r', '\\']) {
        return None;
    }
    let mut tasks = Tasks::default();
    for line in body.lines() {
        let Some(at) = line.find("[ ]").into_iter().chain(line.find("[x]")).chain(line.find("[X]")).min()
        else {
            continue;
        };
        let (before, behind) = (line[..at].trim_start_matches(' '), &line[at + 3..]);
        let is_item = matches!(before, "- " | "* " | "+ ");
        let is_plain = is_item && at == before.len() && behind.starts_with(' ') && !behind.trim().is_empty();
        if !is_plain {
            return None;
        }
        tasks.all += 1;
        tasks.ticked += usize::from(!line[at..].starts_with("[ ]"));
    }
    Some(tasks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_tell_the_tasks_that_a_parser_finds(
            parts in prop::collection::vec(prop::sample::select(vec![
                "- [ ] a", "* [x] b", "+ [X] c", "- [ ]", "[ ] d", "1. [ ] e", "text", "\n", "\n\n", "  ", "    ", "- ", "# ", "**", "---",
                "| a |", "[^1]: ", "=",
            ]), 0..24),
        ) {
            let body = parts.concat();
            if let Some(counted) = counted_by_lines(&body) {
                prop_assert_eq!(counted, read_tasks(&body), "{:?}", body);
            }
        }
    }

    #[test]
    fn most_bodies_take_no_parser() {
        assert_eq!(counted_by_lines("Dig.\n\n- [ ] one\n- [x] two\n"), Some(Tasks { ticked: 1, all: 2 }));
        assert_eq!(counted_by_lines("```\n- [ ] no task\n```"), None);
    }
}
