//! A plan as text for people.

use std::fmt::Write;

use super::{
    conflicts::conflicts,
    entries::{self, Detail, Entry, Sign},
    words::{cost, counts},
};
use crate::{
    github::plan::Plan,
    report::{Tone, diff, one_line},
};

/// How many lines of one text's difference are shown.
const MOST_LINES: usize = 40;

/// The plan, field by field. Values are people's: whatever they hold, they stay on their lines.
pub(crate) fn human(plan: &Plan, colour: bool, most_lines: Option<usize>) -> String {
    let most = most_lines.unwrap_or(MOST_LINES);
    let mut text = String::new();
    entries::operations(plan).iter().for_each(|entry| put(&mut text, entry, colour, most));
    let conflicts = conflicts(plan);
    head(
        &mut text,
        "conflicts: left until somebody decides, with `--on-conflict ours`, `theirs` or as `DB-001.title=theirs`",
        conflicts.len(),
    );
    conflicts.iter().for_each(|entry| put(&mut text, entry, colour, most));
    head(&mut text, "to be written into the source", plan.source_changes.len());
    for change in &plan.source_changes {
        let (noun, id) = entries::named(&change.item);
        let value = change.value.to_string();
        let _ = writeln!(text, "  < {noun} {} {}: {}", one_line(&id), change.field.key(), one_line(&value));
    }
    head(&mut text, "unmanaged: no longer in the source; left alone without `--prune`", plan.unmanaged.len());
    for unmanaged in &plan.unmanaged {
        let (noun, name, more) = entries::unmanaged(unmanaged);
        let _ = writeln!(text, "  ? {noun} {} ({more})", one_line(&name));
    }
    head(&mut text, "notes", plan.notes.len());
    for note in &plan.notes {
        let _ = writeln!(text, "  {}", one_line(note));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let place = if plan.repository.is_empty() { "GitHub" } else { &plan.repository };
    let _ = writeln!(text, "{}: {}", one_line(place), counts(plan));
    if let Some(cost) = cost(plan) {
        let _ = writeln!(text, "{cost}");
    }
    text
}

/// What a plan leaves: its conflicts and notes.
pub(crate) fn left(plan: &Plan, colour: bool) -> String {
    let whole = human(plan, colour, None);
    // The last line counts what is done, which is nothing.
    whole.rsplit_once("\n\n").map_or_else(String::new, |(left, _)| format!("{left}\n"))
}

fn head(text: &mut String, words: &str, count: usize) {
    if count > 0 {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{words}");
    }
}

fn put(text: &mut String, entry: &Entry, colour: bool, most: usize) {
    let (sign, tone) = match entry.sign {
        Sign::Create => ("+", Tone::Good),
        Sign::Change => ("~", Tone::Busy),
        Sign::Adopt => ("=", Tone::Busy),
        Sign::Remove => ("-", Tone::Bad),
        Sign::Conflict => ("!", Tone::Bad),
    };
    let more = if entry.more.is_empty() { String::new() } else { format!(" {}", entry.more) };
    let id = Tone::Strong.paint(&one_line(&entry.id), colour);
    let _ = writeln!(text, "{} {} {id}{more}", tone.paint(sign, colour), entry.noun);
    entry.details.iter().for_each(|detail| put_detail(text, detail, entry.sign, colour, most));
}

fn put_detail(text: &mut String, detail: &Detail, sign: Sign, colour: bool, most: usize) {
    let shown = |value: &Option<String>| {
        value.as_deref().map_or("nothing".into(), |it| format!("`{}`", one_line(it)))
    };
    let (there, here) = if sign == Sign::Conflict { ("GitHub: ", "source: ") } else { ("", "") };
    match detail {
        Detail::Value { field, was, becomes } if sign.says_all(was.as_deref()) => {
            let _ = writeln!(text, "    {field}: {}", shown(becomes));
        }
        Detail::Value { field: field @ ("labels" | "blocked_by"), was, becomes }
            if sign != Sign::Conflict =>
        {
            for (mark, value) in [("-", was), ("+", becomes)].into_iter().filter(|(_, value)| value.is_some())
            {
                let _ = writeln!(text, "    {field}: {mark} {}", shown(value));
            }
        }
        Detail::Value { field, was, becomes } => {
            let _ = writeln!(text, "    {field}: {there}{} → {here}{}", shown(was), shown(becomes));
        }
        Detail::Custom { field, name, was, becomes } => {
            let name = one_line(name);
            let _ = writeln!(text, "    {field} in {name}: {there}{} → {here}{}", shown(was), shown(becomes));
        }
        Detail::Words(words) => {
            let _ = writeln!(text, "    {}", one_line(words));
        }
        Detail::Text { field, was, becomes } => {
            let _ = writeln!(text, "    {field}:");
            let difference = hunks(was, becomes, most);
            let lines = if colour { diff::coloured(&difference) } else { diff::plain(&difference) };
            lines.lines().for_each(|line| {
                let _ = writeln!(text, "      {line}");
            });
        }
    }
}

/// What differs of two texts, without the names of files, so many lines at most. A missing line end is no difference.
pub(super) fn hunks(was: &str, becomes: &str, most: usize) -> String {
    let ended = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned() + "\n";
    let (was, becomes) = (ended(was), ended(becomes));
    let whole = diff::unified("body", Some(&was), Some(&becomes), 2);
    let start = whole.find("@@ ").unwrap_or(whole.len());
    diff::shortened(&whole[start..], most)
}
