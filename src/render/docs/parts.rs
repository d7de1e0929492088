//! What several documents show: links to items, labels, states in words.

use serde::Serialize;

use crate::{
    facts::{Progress, Status, days_words},
    model::{Issue, IssueIx, LabelIx, MilestoneIx},
    render::{PagePath, Renderer},
};

/// What is shown for something that nobody has stated.
const UNKNOWN: &str = "—";

/// A label, linked.
#[derive(Debug, Serialize)]
pub(super) struct LabelLink<'a> {
    /// Its name.
    name: &'a str,
    /// Where it is explained; empty where nothing links.
    link: String,
}

/// An issue or milestone, linked.
#[derive(Debug, Serialize)]
pub(super) struct ItemLink<'a> {
    /// Its id.
    id: &'a str,
    /// What it is called.
    title: &'a str,
    /// How it stands, in words.
    status: String,
    /// Where it is shown; empty where nothing links.
    link: String,
}

/// The labels of an issue.
pub(super) fn labels<'a>(
    renderer: &'a Renderer,
    from: &PagePath,
    issue: &Issue,
    links: bool,
) -> Vec<LabelLink<'a>> {
    issue.labels().iter().map(|label| label_link(renderer, from, label.to, links)).collect()
}

/// A label.
pub(super) fn label_link<'a>(
    renderer: &'a Renderer,
    from: &PagePath,
    ix: LabelIx,
    links: bool,
) -> LabelLink<'a> {
    let link = if links { renderer.places.link_to_label(from, ix) } else { String::new() };
    LabelLink { name: &renderer.roadmap.labels[ix.0].name, link }
}

/// Issues, each linked and with its status.
pub(super) fn issues<'a>(renderer: &'a Renderer, from: &PagePath, list: &[IssueIx]) -> Vec<ItemLink<'a>> {
    list.iter().map(|ix| issue(renderer, from, *ix)).collect()
}

/// An issue.
pub(super) fn issue<'a>(renderer: &'a Renderer, from: &PagePath, ix: IssueIx) -> ItemLink<'a> {
    let issue = &renderer.roadmap.issues[ix.0];
    let facts = renderer.facts.issue(ix);
    ItemLink {
        id: issue.id.as_str(),
        title: issue.short_title(),
        status: status(facts.status, facts.overdue),
        link: renderer.places.link_to_issue(from, ix),
    }
}

/// Milestones, each linked and with its status.
pub(super) fn milestones<'a>(
    renderer: &'a Renderer,
    from: &PagePath,
    list: &[MilestoneIx],
) -> Vec<ItemLink<'a>> {
    let item = |ix: &MilestoneIx| {
        let milestone = &renderer.roadmap.milestones[ix.0];
        let facts = renderer.facts.milestone(*ix);
        ItemLink {
            id: milestone.id.as_str(),
            title: &milestone.title,
            status: status(facts.status, facts.overdue),
            link: renderer.places.link_to_milestone(from, *ix),
        }
    };
    list.iter().map(item).collect()
}

/// How something stands: `in progress, overdue by 6 days`.
pub(super) fn status(status: Status, overdue: Option<i64>) -> String {
    let words = if status == Status::Unknown { UNKNOWN } else { status.words() };
    match overdue {
        Some(days) if status == Status::Unknown => format!("overdue by {}", days_words(days)),
        Some(days) => format!("{words}, overdue by {}", days_words(days)),
        None => words.to_owned(),
    }
}

/// A due day and how far it moved: `2026-12-01 (14 days later than planned)`; empty where there is none.
pub(super) fn due(due_on: Option<crate::model::Day>, slip: Option<i64>) -> String {
    let Some(day) = due_on else { return String::new() };
    match slip {
        Some(days) if days > 0 => format!("{day} ({} later than planned)", days_words(days)),
        Some(days) => format!("{day} ({} sooner than planned)", days_words(-days)),
        None => day.to_string(),
    }
}

/// How far something has come: a bar, per cent, and the counts in words; what nobody has stated is `—`.
pub(super) fn progress(progress: &Progress, bar: impl Fn(usize) -> String) -> String {
    let counts = format!("{} of {} done", progress.closed, progress.total);
    let points = progress.points.filter(|points| points.total > 0.0 && progress.unknown < progress.total);
    let points =
        points.map(|p| format!(", {} of {} points", number(p.closed), number(p.total))).unwrap_or_default();
    match (progress.total, progress.unknown, progress.percent()) {
        (0, ..) => "no issues".into(),
        (total, unknown, _) if total == unknown => UNKNOWN.into(),
        (_, _, Some(percent)) => format!("{} {percent} % ({counts}{points})", bar(percent)),
        (_, unknown, None) => format!("{counts}, {unknown} unknown{points}"),
    }
}

/// A number without needless decimals: `3`, `0.5`.
pub(super) fn number(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}
