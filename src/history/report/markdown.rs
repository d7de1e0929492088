//! A report as Markdown: for an issue, a wiki, or a mail that takes it.

use super::{
    Report,
    tables::{Kind, Line, Table, chain, lists, milestones, troubles},
};
use crate::{
    history::show::{Room, cell, changes_table, effect},
    markdown::write::{Context, text},
    report::one_line,
};

/// The most bytes: an issue or a comment in GitHub takes 65,536 characters.
const MOST: usize = 60_000;

/// How much of that the lists of one question may take, so that the last one has room too.
const MOST_OF_ONE: usize = 9_000;

/// The report as Markdown.
pub(crate) fn markdown(report: &Report<'_>) -> String {
    let as_of = report.as_of.map(|day| format!("As of {day}: ")).unwrap_or_default();
    let title = text(&one_line(report.title), Context::Heading);
    let mut out = format!("# {title}\n\n{as_of}**{}**.", report.progress_words());
    let verdict = report.verdict();
    out.extend(Some(format!(" {}", text(&verdict, Context::Line))).filter(|_| !verdict.is_empty()));
    out.push('\n');
    troubles(report).iter().for_each(|trouble| table(&mut out, trouble));
    table(&mut out, &milestones(report));
    lists(report).iter().for_each(|list| table(&mut out, list));
    pace(&mut out, report);
    if let Some(baseline) = report.baseline {
        super::baseline::markdown(&mut out, baseline, MOST);
    }
    if let Some(slips) = report.slips {
        super::slips::markdown(&mut out, slips, MOST);
    }
    if let Some(changed) = &report.changed {
        out.push_str("\n## Changed\n");
        let mut room = Room::new(out, MOST);
        effect(changed.history, &mut room);
        changes_table(changed.history, &mut room);
        out = room.text;
        if changed.history.steps.is_empty() {
            out.push_str("\nNothing.\n");
        }
    }
    out
}

/// What fits of some lines.
fn put(out: &mut String, lines: impl Iterator<Item = String>, noun: &str) {
    let most = (out.len() + MOST_OF_ONE).min(MOST);
    let mut room = Room::new(std::mem::take(out), most);
    room.lines(lines, noun);
    *out = room.text;
}

fn table(out: &mut String, table: &Table<'_>) {
    if table.rows.is_empty() {
        return;
    }
    let title = text(&table.title, Context::Heading);
    let heads: Vec<_> =
        table.columns.iter().map(|column| format!(" {} |", column.title.to_lowercase())).collect();
    let rules = table.columns.iter().map(|column| if column.kind == Kind::Number { "--:|" } else { "---|" });
    let causes = table.rows.iter().any(|row| !row.causes.is_empty());
    let (head, rule) = if causes { (" because |", "---|") } else { ("", "") };
    let noun = table.noun.to_lowercase();
    out.push_str(&format!(
        "\n## {title}\n\n| {noun} |{}{head}\n|---|{}{rule}\n",
        heads.concat(),
        rules.collect::<String>()
    ));
    put(out, table.rows.iter().map(|row| line(row, causes)), &noun);
}

fn line(row: &Line<'_>, has_causes: bool) -> String {
    let title =
        if row.title.is_empty() { cell(row.id) } else { format!("**{}** {}", cell(row.id), cell(row.title)) };
    let cells: String = row.cells.iter().map(|words| format!(" {} |", cell(&words.text))).collect();
    let causes = if has_causes { format!(" {} |", cell(&chain(row.causes))) } else { String::new() };
    format!("| {title} |{cells}{causes}\n")
}

fn pace(out: &mut String, report: &Report<'_>) {
    let sentences = report.pace_sentences();
    if !sentences.is_empty() {
        out.push_str("\n## Pace\n\n");
        put(out, sentences.iter().map(|words| format!("- {}\n", text(words, Context::Line))), "line");
    }
}
