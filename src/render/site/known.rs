//! What of a roadmap is known at all: it decides what pages show. What nobody has stated is no zero.

use super::{PageContext, apart::made_apart, cuts, grouping::Grouping};
use crate::words::say;
use rayon::prelude::*;

use crate::{
    facts::{Facts, First, Status, StatusCounts},
    markdown::{read, scan},
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

    /// Counts the tasks of a text without code; `None` where it takes a parser: where it may hold HTML, or a box that no line begins with.
    fn add(&mut self, text: &str) -> Option<()> {
        let is_doubtful = |byte: u8| (byte == b'\t') | (byte == b'\r') | (byte == b'\\');
        (scan::find(text.as_bytes(), is_doubtful).is_none() && !may_hold_html(text)).then_some(())?;
        for at in boxes(text) {
            let line = ["- ", "* ", "+ "].into_iter().find_map(|mark| text[..at].strip_suffix(mark))?;
            let behind = text[at + 3..].split('\n').next()?;
            (is_line_start(line) && behind.starts_with(' ') && !behind.trim().is_empty()).then_some(())?;
            self.all += 1;
            self.ticked += usize::from(!text[at..].starts_with("[ ]"));
        }
        Some(())
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
    /// Whether any milestone or issue has a day, or part of a year, on which it begins, began or is due.
    pub(super) days: bool,
    /// Whether any milestone or issue has one by which it is due.
    pub(super) due: bool,
    /// What to begin with.
    pub(super) first: Vec<First>,
    /// Issues that are not closed and wait for each other.
    pub(super) cycles: Vec<Vec<IssueIx>>,
    /// How many issues stand so, for each status.
    pub(super) statuses: StatusCounts,
    /// Whether bars count an issue with its points: half of those that are open are estimated; of all, where none is open.
    pub(super) points: bool,
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
        let starts = milestones().any(|it| it.start_on.is_some()) || issues().any(|it| it.begins().is_some());
        Self {
            states: match facts.progress.unknown {
                0 => Extent::All,
                unknown if unknown == roadmap.issues.len() => Extent::None,
                _ => Extent::Some,
            },
            days: due || starts,
            due,
            first: facts.first(roadmap),
            cycles: facts.open_cycles(),
            statuses: StatusCounts::of(facts.issues.iter().map(|facts| facts.status)),
            points: are_estimated(roadmap, facts),
            tasks: roadmap.issues.par_iter().map(tasks).collect(),
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
        made_apart(&self.made_once.known, || Known::of(roadmap, facts))
    }
}

impl<'a> PageContext<'a> {
    /// What is known of the roadmap.
    pub(super) fn known(&self) -> &'a Known {
        self.renderer.known()
    }

    /// How many of these issues can begin; 0 where nothing is said to wait, since nobody knows then.
    pub(super) fn ready(&self, counts: &StatusCounts) -> usize {
        if self.facts.waits { counts.get(Status::Ready) } else { 0 }
    }
}

fn are_estimated(roadmap: &Roadmap, facts: &Facts) -> bool {
    let is_open = |ix: IssueIx| !facts.issue(ix).status.is_closed();
    let is_any_open = roadmap.issues().any(|(ix, _)| is_open(ix));
    let asked = || roadmap.issues().filter(|(ix, _)| is_open(*ix) || !is_any_open);
    let estimated = asked().filter(|(_, issue)| issue.estimate > Some(0.0)).count();
    estimated > 0 && estimated * 2 >= asked().count()
}

fn tasks(issue: &Issue) -> Tasks {
    let body = issue.body.get().filter(|body| boxes(body).next().is_some());
    body.map(|body| counted_by_lines(body).unwrap_or_else(|| read_tasks(body))).unwrap_or_default()
}

/// Where boxes stand that may be those of tasks.
fn boxes(text: &str) -> impl Iterator<Item = usize> {
    let is_box = |at: &usize| matches!(text.as_bytes()[at + 1..], [b' ' | b'x' | b'X', b']', ..]);
    text.match_indices('[').map(|(at, _)| at).filter(is_box)
}

fn read_tasks(body: &str) -> Tasks {
    let tasks = read::read(body).tasks;
    Tasks { ticked: tasks.iter().filter(|task| task.done).count(), all: tasks.len() }
}

/// What code in a fence begins and ends with.
const FENCES: [&str; 2] = ["```", "~~~"];

/// The tasks of a body whose lines tell them, as those of nearly all do; `None` where it takes a parser, as it does where one could
/// doubt where code in a fence begins and ends.
fn counted_by_lines(body: &str) -> Option<Tasks> {
    let (mut tasks, mut rest) = (Tasks::default(), body);
    while let Some((at, marks)) = first_fence(rest) {
        let (before, fence) = rest.split_at(at);
        tasks.add(before)?;
        let (info, code) = fence[marks.len()..].split_once('\n').unwrap_or((&fence[marks.len()..], ""));
        (is_line_start(before) && !info.contains(['`', '~'])).then_some(())?;
        let Some(end) = code.find(marks) else { return Some(tasks) };
        rest = &code[end + marks.len()..];
        (is_line_start(&code[..end]) && (rest.is_empty() || rest.starts_with('\n'))).then_some(())?;
    }
    tasks.add(rest)?;
    Some(tasks)
}

/// Where the first marks of a fence stand, and which they are. Looking for all three at once takes ten times as long: they are alike.
fn first_fence(text: &str) -> Option<(usize, &'static str)> {
    let mut at = 0;
    loop {
        at += scan::find(&text.as_bytes()[at..], |byte| (byte == b'`') | (byte == b'~'))?;
        if let Some(marks) = FENCES.into_iter().find(|marks| text[at..].starts_with(marks)) {
            return Some((at, marks));
        }
        at += 1;
    }
}

/// Whether what comes behind a text begins a line.
fn is_line_start(before: &str) -> bool {
    before.is_empty() || before.ends_with('\n')
}

/// Whether a text may hold raw HTML: no tag has a colon behind its name, so that an address is none.
fn may_hold_html(text: &str) -> bool {
    let is_address = |at: usize| ["<https://", "<http://"].iter().any(|start| text[at..].starts_with(start));
    text.match_indices('<').any(|(at, _)| !is_address(at))
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
                "| a |", "[^1]: ", "=", "`", "```", "```\n", "~~~\n", "````", "> ", "<https://a.b>", "<a>",
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
        let code = "Use `a` of <https://a.b>.\n\n- [ ] one\n\n```sh\n- [ ] no task\n```\n- [x] two";
        assert_eq!(counted_by_lines(code), Some(Tasks { ticked: 1, all: 2 }));
        assert_eq!(counted_by_lines("- ```\n  - [ ] no task\n  ```"), None);
    }
}
