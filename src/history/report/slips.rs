//! How due dates moved, in each format of a report that people read.

use serde::Serialize;

use super::and_more;
use crate::{
    data::{Move, Slip, Slips},
    history::show::{Room, cell},
    render::picture,
    report::{Cell, Tone},
};

/// How wide the chart is in a page that is mailed.
const WIDTH: i64 = 640;

/// How many rows a page that is mailed lists.
const MOST: usize = 25;

/// What the page shows.
#[derive(Debug, Serialize)]
pub(super) struct SlipsView<'a> {
    /// SVG.
    svg: String,
    caption: String,
    rows: Vec<RowView<'a>>,
    more: String,
    moves: Vec<MoveView<'a>>,
    more_moves: String,
}

#[derive(Debug, Serialize)]
struct RowView<'a> {
    id: &'a str,
    title: &'a str,
    first: String,
    now: String,
    net: String,
    moves: usize,
    notice: String,
}

#[derive(Debug, Serialize)]
struct MoveView<'a> {
    day: String,
    id: &'a str,
    words: String,
    notice: String,
    commit: &'a str,
    subject: &'a str,
}

/// What the page shows; `None` where no due date moved.
pub(super) fn view<'a>(slips: Option<&'a Slips>) -> Option<SlipsView<'a>> {
    let slips = slips?;
    let picture = picture::slips::slips(slips, WIDTH, &|_| String::new())?;
    let moves = slips.moves();
    let all = slips.moved().count();
    Some(SlipsView {
        svg: picture.svg,
        caption: [picture.facts.caption, kept(slips)].concat(),
        rows: slips.moved().take(MOST).map(row).collect(),
        more: and_more(all, MOST),
        more_moves: and_more(moves.len(), MOST),
        moves: moves.into_iter().take(MOST).map(one).collect(),
    })
}

fn kept(slips: &Slips) -> String {
    match slips.kept_words() {
        words if words.is_empty() => words,
        words => format!("; {words}"),
    }
}

fn row(slip: &Slip) -> RowView<'_> {
    RowView {
        id: &slip.id,
        title: slip.short_title(),
        first: slip.first.to_string(),
        now: slip.now.map_or_else(|| "—".into(), |day| day.to_string()),
        net: slip.net_words(),
        moves: slip.moves.len(),
        notice: slip.median_words(),
    }
}

fn one<'a>((slip, one): (&'a Slip, &'a Move)) -> MoveView<'a> {
    MoveView {
        day: one.on.to_string(),
        id: &slip.id,
        words: one.words(),
        notice: one.notice_words(),
        commit: one.short_commit(),
        subject: one.subject.as_deref().unwrap_or_default(),
    }
}

/// The rows of the tables for a terminal: of milestones, and of moves.
pub(super) fn cells(slips: &Slips) -> (Vec<Vec<Cell>>, Vec<Vec<Cell>>) {
    let milestone = |slip: &Slip| {
        let RowView { id, title, first, now, net, moves, notice } = row(slip);
        let times = if moves == 1 { "1 move".into() } else { format!("{moves} moves") };
        let tone = if slip.net_days.is_none_or(|days| days > 0) { Tone::Bad } else { Tone::Good };
        let notice = if notice.is_empty() { notice } else { format!("median notice {notice}") };
        vec![
            Cell::new(id, Tone::Strong),
            Cell::new(net, tone),
            format!("{first} → {now}").into(),
            times.into(),
            notice.into(),
            title.into(),
        ]
    };
    let of_move = |(slip, of): (&Slip, &Move)| {
        let MoveView { day, id, words, notice, commit, subject } = one((slip, of));
        vec![
            day.into(),
            Cell::new(if commit.is_empty() { "now" } else { commit }, Tone::Faint),
            Cell::new(id, Tone::Strong),
            words.into(),
            notice.into(),
            subject.into(),
        ]
    };
    (slips.moved().map(milestone).collect(), slips.moves().into_iter().map(of_move).collect())
}

/// The tables as Markdown.
pub(super) fn markdown(out: &mut String, slips: &Slips, most: usize) {
    if slips.moved().next().is_none() {
        return;
    }
    let caption = picture::slips::told(slips);
    out.push_str(&format!("\n## Moved due dates\n\n{caption}{}.\n", kept(slips)));
    out.push_str(
        "\n| milestone | first due | now due | net | moves | median notice |\n|---|---|---|---|--:|--:|\n",
    );
    let rows = slips.moved().map(|slip| {
        let RowView { id, title, first, now, net, moves, notice } = row(slip);
        format!("| **{}** {} | {first} | {now} | {net} | {moves} | {notice} |\n", cell(id), cell(title))
    });
    let mut room = Room::new(std::mem::take(out), most);
    room.lines(rows, "milestone");
    room.text.push_str("\n| when | milestone | what | notice | commit |\n|---|---|---|---|---|\n");
    let moves = slips.moves();
    let rows = moves.iter().map(|of| {
        let MoveView { day, id, words, notice, commit, subject } = one(*of);
        format!(
            "| {day} | **{}** | {words} | {notice} | {} |\n",
            cell(id),
            cell(format!("{commit} {subject}").trim())
        )
    });
    room.lines(rows, "move");
    *out = room.text;
}
