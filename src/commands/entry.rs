//! Items as `list` and `show` tell them: the one form for JSON, the words and tones for people.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    facts::{Facts, Progress, Status},
    io::{Failure, Io, Wire},
    model::{Day, IssueIx, LabelIx, MilestoneIx, Roadmap},
    report::{Cell, Tone},
};

/// The version of the JSON that `list` and `show` write.
const VERSION: u32 = 1;

/// What stands around the items.
#[derive(Serialize)]
struct Envelope<'a, T> {
    version: u32,
    kind: &'static str,
    as_of: Option<String>,
    items: &'a [T],
}

/// Writes items as one JSON document:
/// `{"version": 1, "kind": "list", "as_of": "2026-11-22", "items": [...]}`.
///
/// While `version` stays, no member is taken away or changes its meaning; new ones may come. What is not known is
/// `null`, not absent. Days are written as `2026-11-22`.
///
/// # Errors
/// Where standard output cannot be written.
pub(super) fn print_json<T: Serialize>(
    io: &Io<'_>,
    kind: &'static str,
    as_of: Option<Day>,
    items: &[T],
) -> Result<(), Failure> {
    let envelope = Envelope { version: VERSION, kind, as_of: as_of.map(|day| day.to_string()), items };
    let json = serde_json::to_string_pretty(&envelope).unwrap_or_default();
    io.terminal.out_as(Wire::Json, &(json + "\n"))
}

/// Makes entries.
pub(super) struct Entries<'r> {
    roadmap: &'r Roadmap,
    facts: &'r Facts,
    critical: BTreeSet<IssueIx>,
}

impl<'r> Entries<'r> {
    /// The entries of a roadmap.
    pub(super) fn new(roadmap: &'r Roadmap, facts: &'r Facts) -> Self {
        Self { roadmap, facts, critical: facts.critical_path.iter().copied().collect() }
    }

    /// The entry of an issue.
    pub(super) fn issue(&self, ix: IssueIx) -> IssueEntry<'r> {
        let (issue, own) = (&self.roadmap.issues[ix.0], self.facts.issue(ix));
        let (milestones, labels) = (&self.roadmap.milestones, &self.roadmap.labels);
        IssueEntry {
            kind: "issue",
            id: issue.id.as_str(),
            title: &issue.title,
            status: code(own.status),
            due_on: written(issue.due_on),
            overdue_days: own.overdue,
            slip_days: own.slip,
            broken: own.broken,
            critical: self.critical.contains(&ix),
            milestone: issue.milestone.get().map(|ix| milestones[ix.0].id.as_str()),
            labels: issue.labels().iter().map(|link| labels[link.to.0].name.as_str()).collect(),
            assignees: issue.assignees(),
            internal: own.internal,
        }
    }

    /// The entry of a milestone.
    pub(super) fn milestone(&self, ix: MilestoneIx) -> MilestoneEntry<'r> {
        let (milestone, own) = (&self.roadmap.milestones[ix.0], self.facts.milestone(ix));
        MilestoneEntry {
            kind: "milestone",
            id: milestone.id.as_str(),
            title: &milestone.title,
            status: code(own.status),
            due_on: written(milestone.known_due_on()),
            overdue_days: own.overdue,
            slip_days: own.slip,
            broken: own.broken,
            owner: milestone.owner.as_deref(),
            progress: ProgressEntry::new(&own.progress),
            internal: milestone.internal,
        }
    }

    /// The entry of a label.
    pub(super) fn label(&self, ix: LabelIx) -> LabelEntry<'r> {
        let (label, own) = (&self.roadmap.labels[ix.0], self.facts.label(ix));
        LabelEntry {
            kind: "label",
            name: &label.name,
            description: label.description.get().map(String::as_str),
            color: label.color.get().map(String::as_str),
            issues: own.issues.len(),
            open: own.open,
            closed: own.closed,
            internal: label.internal,
        }
    }
}

/// An issue.
#[derive(Debug, Serialize)]
pub(super) struct IssueEntry<'r> {
    /// `issue`.
    kind: &'static str,
    id: &'r str,
    /// Whole, with the id that it may begin with.
    title: &'r str,
    /// `ready`, `blocked`, `in-progress`, `done` or `unknown`.
    status: String,
    due_on: Option<String>,
    /// By how many days it is late.
    overdue_days: Option<i64>,
    /// By how many days its due day moved since it was first planned.
    slip_days: Option<i64>,
    /// Whether its plan contradicts itself.
    broken: bool,
    /// Whether it is on the critical path.
    critical: bool,
    /// The id of its milestone.
    milestone: Option<&'r str>,
    labels: Vec<&'r str>,
    assignees: &'r [String],
    internal: bool,
}

/// A milestone.
#[derive(Debug, Serialize)]
pub(super) struct MilestoneEntry<'r> {
    /// `milestone`.
    kind: &'static str,
    id: &'r str,
    title: &'r str,
    /// As for issues.
    status: String,
    due_on: Option<String>,
    overdue_days: Option<i64>,
    slip_days: Option<i64>,
    broken: bool,
    owner: Option<&'r str>,
    progress: ProgressEntry,
    internal: bool,
}

/// How many issues are done.
#[derive(Debug, Serialize)]
struct ProgressEntry {
    issues: usize,
    closed: usize,
    open: usize,
    /// Those whose state nobody has stated.
    unknown: usize,
    /// `null` where any is unknown.
    percent: Option<usize>,
}

impl ProgressEntry {
    fn new(progress: &Progress) -> Self {
        let Progress { total, closed, open, unknown, .. } = *progress;
        Self { issues: total, closed, open, unknown, percent: progress.percent() }
    }
}

/// A label.
#[derive(Debug, Serialize)]
pub(super) struct LabelEntry<'r> {
    /// `label`.
    kind: &'static str,
    name: &'r str,
    description: Option<&'r str>,
    color: Option<&'r str>,
    /// How many issues bear it, and how many of them are known to be open or closed.
    issues: usize,
    open: usize,
    closed: usize,
    internal: bool,
}

/// A day as JSON has it.
pub(super) fn written(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// A status as JSON and the command line write it.
pub(super) fn code(status: Status) -> String {
    status.words().replace(' ', "-")
}

/// How something stands, in words: `ready`, or `in progress, overdue`.
pub(super) fn standing(status: Status, overdue: Option<i64>, broken: bool) -> Cell {
    let mut words = vec![status.words()];
    words.extend(overdue.map(|_| "overdue"));
    words.extend(broken.then_some("broken"));
    let tone = match status {
        _ if overdue.is_some() || broken => Tone::Bad,
        Status::Blocked => Tone::Bad,
        Status::InProgress => Tone::Busy,
        Status::Ready => Tone::Good,
        Status::Done | Status::Unknown => Tone::Faint,
    };
    Cell::new(words.join(", "), tone)
}

/// How far something has come: `3 of 8`, with what nobody has stated.
pub(super) fn progress_words(progress: &Progress) -> String {
    let Progress { total, closed, unknown, .. } = *progress;
    match (total, unknown) {
        (0, _) => "no issues".into(),
        (_, 0) => format!("{closed} of {total} closed"),
        (_, unknown) if unknown == total => format!("{total}, nobody says how they stand"),
        (_, unknown) => format!("{closed} of {total} closed, {unknown} unknown"),
    }
}
