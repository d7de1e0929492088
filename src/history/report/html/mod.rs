//! A report as one HTML file that needs nothing else: no script, no request, and legible where a mail program takes its
//! styles or its pictures away. Each part of the page is a file here.

mod changed;
mod head;
mod lists;
mod pictures;
mod work;

use serde::Serialize;

use super::{Report, baseline, slips, tables};
use crate::{
    facts::Facts,
    model::Roadmap,
    render::{Engine, source_name},
    report::Diagnostic,
    source::schema::Direction,
};

/// What `report/report.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    lang: &'a str,
    dir: &'static str,
    title: &'a str,
    /// As `2026-11-22`; empty where nobody says.
    as_of: String,
    /// The day or commit that changes are told from; empty where none are.
    since: String,
    /// How it all stands, in a sentence or two.
    verdict: String,
    figures: Vec<head::Figure>,
    /// What is late, impossible, at risk or slipping, and why: what fits on a screen.
    troubles: Vec<lists::TroubleView<'a>>,
    timeline: Option<pictures::PictureView>,
    baseline: Option<baseline::BaselineView<'a>>,
    slips: Option<slips::SlipsView<'a>>,
    milestones: Option<lists::MilestonesView<'a>>,
    changed: Option<changed::ChangedView<'a>>,
    /// Sentences on what the team's pace allows.
    pace: Vec<String>,
    /// What was closed in each week.
    weeks: Option<pictures::PictureView>,
    burnup: Option<pictures::PictureView>,
    work: Option<work::WorkView<'a>>,
    /// The troubles that the first screen has no room for, and who has what.
    lists: Vec<lists::TableView<'a>>,
    /// A style sheet.
    picture_style: &'a str,
    source: String,
    /// Whom it is for, in a sentence.
    audience: &'static str,
}

/// The report as HTML, for the roadmap that it was made of.
///
/// # Errors
/// Where the template fails.
pub(crate) fn html(
    report: &Report<'_>,
    roadmap: &Roadmap,
    facts: &Facts,
    engine: &Engine,
    is_public: bool,
) -> Result<String, Diagnostic> {
    let troubles = tables::troubles(report);
    let (first, rest) = lists::divided(&troubles);
    let people = tables::people(report);
    let view = View {
        lang: roadmap.site.lang.as_deref().unwrap_or("en"),
        dir: if roadmap.site.dir == Some(Direction::Rtl) { "rtl" } else { "ltr" },
        title: report.title,
        as_of: report.as_of.map(|day| day.to_string()).unwrap_or_default(),
        since: head::since(report),
        verdict: head::verdict(report),
        figures: head::figures(report),
        troubles: first,
        timeline: pictures::timeline(roadmap, facts, report.baseline),
        baseline: baseline::view(report.baseline),
        slips: slips::view(report.slips),
        milestones: lists::milestones(report),
        changed: changed::changed(report),
        pace: report.pace_sentences().into_iter().take(lists::MOST).collect(),
        weeks: pictures::weeks(report),
        burnup: pictures::burnup(report, roadmap, facts),
        work: work::work(report),
        lists: rest.into_iter().chain(lists::whole(&people)).collect(),
        picture_style: engine.picture_style(),
        source: source_name(roadmap),
        audience: audience(is_public),
    };
    let mut out = Vec::new();
    engine.render("report/report.html", &view, &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn audience(is_public: bool) -> &'static str {
    if is_public { "Internal items are left out." } else { "Includes internal items: for the team only." }
}
