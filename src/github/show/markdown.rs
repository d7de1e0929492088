//! A plan as Markdown for a pull request: titles cannot become markup, nobody is called, and it fits into a comment.

use std::fmt::Write;

use super::{
    conflicts::conflicts,
    entries::{self, Detail, Entry, Sign},
    human::hunks,
    words::{cost, counts},
};
use crate::{
    github::plan::Plan,
    markdown::write::{Context, code, text},
    report::diff,
};

/// The most bytes. GitHub takes comments of 65,536 characters; some room is left for what others put around it.
const MOST: usize = 60_000;

/// How many lines of one text's difference are shown.
const MOST_LINES: usize = 20;

/// The plan as Markdown, for a comment.
pub(crate) fn markdown(plan: &Plan) -> String {
    let place = match &*plan.repository {
        "" => "on GitHub".to_owned(),
        name => format!("in {}", code(name, Context::Heading)),
    };
    let mut out = format!("### What `roadbook apply` would do {place}\n\n");
    let _ = writeln!(out, "{}.", counts(plan));
    if let Some(cost) = cost(plan) {
        let _ = writeln!(out, "{}.", cost.replace('\n', "; "));
    }
    section(&mut out, "Changes", entries::operations(plan).iter().map(shown));
    section(&mut out, "Conflicts, left until somebody decides", conflicts(plan).iter().map(shown));
    let source = plan.source_changes.iter().map(|change| {
        let (noun, id) = entries::named(&change.item);
        format!("- {noun} {}: {}\n", text(&id, Context::Line), change.field.key())
    });
    section(&mut out, "To be written into the source", source);
    let unmanaged = plan.unmanaged.iter().map(|unmanaged| {
        let (noun, name, more) = entries::unmanaged(unmanaged);
        format!("- {noun} {}, {}\n", text(&name, Context::Line), text(&more, Context::Line))
    });
    section(&mut out, "Left the source, left alone", unmanaged);
    section(&mut out, "Notes", plan.notes.iter().map(|note| format!("- {}\n", ticked(note))));
    out
}

/// Puts what fits, and says how much did not.
fn section(out: &mut String, title: &str, items: impl ExactSizeIterator<Item = String>) {
    if items.len() == 0 {
        return;
    }
    let _ = write!(out, "\n#### {title}\n\n");
    let mut left_out = 0;
    for item in items {
        if out.len() + item.len() < MOST {
            out.push_str(&item);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            out,
            "\n… and {} for which there is no room here",
            if left_out == 1 { "1 more entry".into() } else { format!("{left_out} more entries") }
        );
    }
}

fn shown(entry: &Entry) -> String {
    let verb = match entry.sign {
        Sign::Create => "create",
        Sign::Change => "change",
        Sign::Adopt => "adopt",
        Sign::Remove => "close or remove",
        Sign::Conflict => "conflict in",
    };
    let more = if entry.more.is_empty() {
        String::new()
    } else {
        format!(" ({})", text(&entry.more, Context::Line))
    };
    let mut item = format!("- **{verb}** {} {}{more}\n", entry.noun, text(&entry.id, Context::Line));
    for detail in &entry.details {
        item.push_str(&detail_shown(detail, entry.sign));
    }
    item
}

fn detail_shown(detail: &Detail, sign: Sign) -> String {
    let value =
        |value: &Option<String>| value.as_deref().map_or("nothing".into(), |it| code(it, Context::Line));
    match detail {
        Detail::Value { field, was, becomes } if sign.says_all(was.as_deref()) => {
            format!("  - {field}: {}\n", value(becomes))
        }
        Detail::Value { field, was, becomes } => {
            format!("  - {field}: {} → {}\n", value(was), value(becomes))
        }
        Detail::Custom { field, name, was, becomes } => {
            let name = text(name, Context::Line);
            format!("  - {field} in {name}: {} → {}\n", value(was), value(becomes))
        }
        Detail::Words(words) => format!("  - {}\n", ticked(words)),
        Detail::Text { field, was, becomes } => {
            let difference = diff::plain(&hunks(was, becomes, MOST_LINES));
            let longest = difference.split(|c| c != '`').map(str::len).max().unwrap_or_default();
            let fence = "`".repeat(longest.max(2) + 1);
            let mut item = format!("  - {field}:\n\n    {fence}diff\n");
            difference.lines().for_each(|line| {
                let _ = writeln!(item, "    {line}");
            });
            item + &format!("    {fence}\n\n")
        }
    }
}

/// Words of ours, with values in them between backticks.
fn ticked(words: &str) -> String {
    let parts = words.split('`').enumerate();
    let shown = parts.map(|(place, part)| match place % 2 {
        0 => {
            let (head, tail) = (part.starts_with(' '), part.ends_with(' '));
            let (head, tail) = (if head { " " } else { "" }, if tail && part.len() > 1 { " " } else { "" });
            format!("{head}{}{tail}", text(part.trim(), Context::Line))
        }
        _ => code(part, Context::Line),
    });
    shown.collect()
}
