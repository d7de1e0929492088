//! Changes as lines on a terminal.

use crate::{
    history::{Change, History, change::Group, count, walk::Moment},
    report::{Cell, Screen, Tone, counted, one_line, table},
};

/// The changes, and what they did to earliest days.
pub(crate) fn human(history: &History, screen: Screen) -> String {
    let mut out = changes(history, screen);
    for sentence in history.effect.sentences() {
        out.push_str(&one_line(&sentence));
        out.push('\n');
    }
    out
}

/// A line for each change: what is later or gone first; with its day where each commit was looked at.
pub(crate) fn changes(history: &History, screen: Screen) -> String {
    let is_walk = history.is_walk;
    let mut rows = Vec::new();
    for step in history.steps.iter().rev() {
        let mut changes: Vec<_> = step.changes.iter().collect();
        changes.sort_by_key(|change| change.group());
        rows.extend(changes.into_iter().map(|change| row(change, &step.at, is_walk)));
    }
    table(&rows, screen)
}

fn row(change: &Change, at: &Moment, is_walk: bool) -> Vec<Cell> {
    let when = is_walk.then(|| {
        let commit = at.commit.as_ref().map_or("now", |commit| commit.short());
        [Cell::from(at.day.to_string()), Cell::new(commit, Tone::Faint)]
    });
    let group = change.group();
    let tone = match group {
        Group::Slipped | Group::Dropped | Group::Reopened => Tone::Bad,
        Group::Closed => Tone::Good,
        Group::Added | Group::Moved | Group::Rescheduled => Tone::Busy,
        _ => Tone::Faint,
    };
    let title = if change.short_title.is_empty() { change.kind.noun() } else { &change.short_title };
    let own = [
        Cell::new(group.word(), tone),
        Cell::new(&change.id, Tone::Strong),
        change.words().into(),
        title.into(),
    ];
    when.into_iter().flatten().chain(own).collect()
}

/// What is said to people beside the changes: from where to where, how many, and what could not be looked at.
pub(crate) fn told(history: &History) -> String {
    let mut said = String::new();
    for skipped in &history.skipped {
        let (commit, day) = (skipped.commit.short(), skipped.commit.day());
        said.push_str(&format!("warning: skipped {commit} of {day}: {}\n", skipped.why));
    }
    if let Some(began) = &history.began {
        let (milestones, issues) = (counted(began.milestones, "milestone"), counted(began.issues, "issue"));
        said.push_str(&format!("the roadmap begins on {} with {milestones} and {issues}\n", began.at.day));
    }
    said + &format!("{}: {}\n", span(history), counts(history))
}

/// As `1 slipped, 2 closed`.
pub(super) fn counts(history: &History) -> String {
    match count::words(history.changes()) {
        words if words.is_empty() => "no changes".into(),
        words => words,
    }
}

/// As `0123abcde (2026-11-01) to the working tree`.
pub(super) fn span(history: &History) -> String {
    let commit = |commit: &crate::history::Commit| format!("{} ({})", commit.short(), commit.day());
    let from = history.from.as_ref().map_or_else(|| "from the beginning".into(), commit);
    let to = history.to.as_ref().map_or_else(|| "the working tree".into(), commit);
    format!("{from} to {to}")
}
