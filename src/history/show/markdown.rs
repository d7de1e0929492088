//! Changes as Markdown for a pull request: titles cannot become markup, nobody is called, and it fits into a comment.

use super::human::{counts, span};
use crate::{
    history::{Change, History, walk::Moment},
    markdown::write::{Context, text},
    report::{counted, one_line},
};

/// The most bytes. GitHub takes comments of 65,536 characters; some room is left for what others put around it.
const MOST: usize = 60_000;

/// A text that takes lines as long as there is room.
pub(in crate::history) struct Room {
    /// What was taken.
    pub(in crate::history) text: String,
    most: usize,
}

impl Room {
    /// Room for so many bytes, beginning with this text.
    pub(in crate::history) fn new(text: String, most: usize) -> Self {
        Self { text, most }
    }

    /// Takes lines, and says how many it had no room for.
    pub(in crate::history) fn lines(&mut self, lines: impl Iterator<Item = String>, noun: &str) {
        let mut left_out = 0;
        for line in lines {
            if left_out == 0 && self.text.len() + line.len() < self.most {
                self.text.push_str(&line);
            } else {
                left_out += 1;
            }
        }
        if left_out > 0 {
            self.text
                .push_str(&format!("\n… and {} for which there is no room here\n", counted(left_out, noun)));
        }
    }
}

/// The changes as Markdown.
pub(crate) fn markdown(history: &History) -> String {
    let mut out = format!("### What changed in the roadmap\n\n{}: **{}**.\n", span(history), counts(history));
    if let Some(began) = &history.began {
        let (milestones, issues) = (counted(began.milestones, "milestone"), counted(began.issues, "issue"));
        out.push_str(&format!("\nThe roadmap begins on {} with {milestones} and {issues}.\n", began.at.day));
    }
    for skipped in history.skipped.iter().take(5) {
        let (commit, day) = (skipped.commit.short(), skipped.commit.day());
        out.push_str(&format!(
            "\nSkipped {commit} of {day}: {}.\n",
            text(&one_line(&skipped.why), Context::Line)
        ));
    }
    let mut room = Room::new(out, MOST);
    effect(history, &mut room);
    table(history, &mut room);
    room.text
}

/// What the changes did to earliest days, as a list.
pub(in crate::history) fn effect(history: &History, room: &mut Room) {
    let sentences = history.effect.sentences();
    if !sentences.is_empty() {
        room.text.push('\n');
    }
    let line = |sentence: &String| format!("- {}\n", text(&one_line(sentence), Context::Line));
    room.lines(sentences.iter().map(line), "line");
}

/// A table of the changes, the latest first.
pub(in crate::history) fn table(history: &History, room: &mut Room) {
    if history.steps.is_empty() {
        return;
    }
    let is_walk = history.is_walk;
    let when = |cells: [&str; 2]| if is_walk { cells[0].to_owned() } else { cells[1].to_owned() };
    room.text.push_str(&when(["\n| when | change | item | what |\n", "\n| change | item | what |\n"]));
    room.text.push_str(&when(["|---|---|---|---|\n", "|---|---|---|\n"]));
    let rows = history.steps.iter().rev().flat_map(|step| {
        let mut changes: Vec<_> = step.changes.iter().collect();
        changes.sort_by_key(|change| change.group());
        changes.into_iter().map(|change| row(change, &step.at, is_walk)).collect::<Vec<_>>()
    });
    room.lines(rows, "change");
}

/// A text of the users' in a cell: neither markup nor a mark that turns its neighbours around.
pub(in crate::history) fn cell(words: &str) -> String {
    text(&one_line(words), Context::Cell)
}

fn row(change: &Change, at: &Moment, is_walk: bool) -> String {
    let when = if is_walk { format!("| {} ", at.day) } else { String::new() };
    let name =
        if change.short_title.is_empty() { cell(change.kind.noun()) } else { cell(&change.short_title) };
    format!(
        "{when}| {} | **{}** {name} | {} |\n",
        change.group().word(),
        cell(&change.id),
        cell(&change.words())
    )
}
