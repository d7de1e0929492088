//! Pictures of the page, each with the same facts in words.

use serde::Serialize;

use super::super::Report;
use crate::{
    data::Baseline,
    facts::Facts,
    model::Roadmap,
    render::picture::{Picture, burnup::COMPACT, timeline as time},
};

/// A picture, and what it shows in a sentence.
#[derive(Debug, Serialize)]
pub(super) struct PictureView {
    svg: String,
    /// The same drawn for a narrow screen; empty where the one is narrow enough.
    narrow: String,
    words: String,
}

impl From<Picture> for PictureView {
    fn from(picture: Picture) -> Self {
        Self { svg: picture.svg, narrow: String::new(), words: picture.facts.caption }
    }
}

/// The timeline of the milestones; nothing where none of them has a day.
pub(super) fn timeline(roadmap: &Roadmap, facts: &Facts, baseline: Option<&Baseline>) -> Option<PictureView> {
    let days = |milestone: &crate::model::Milestone| {
        [milestone.start_on, milestone.known_due_on(), milestone.planned_due_on]
    };
    let has_days = roadmap.milestones.iter().flat_map(days).any(|day| day.is_some());
    let against = |baseline: &Baseline| format!("Hollow: as planned in {}", baseline.words());
    has_days.then(|| PictureView {
        narrow: time::narrow(roadmap, facts, baseline).svg,
        words: baseline.map(against).unwrap_or_default(),
        ..time::mini(roadmap, facts, baseline).into()
    })
}

/// How many issues were closed in each week; nothing where none was.
pub(super) fn weeks(report: &Report<'_>) -> Option<PictureView> {
    report.flow.as_ref()?.bars(report.title).map(Into::into)
}

/// How many issues were done by which day; nothing where no such day is known.
pub(super) fn burnup(report: &Report<'_>, roadmap: &Roadmap, facts: &Facts) -> Option<PictureView> {
    report.flow.as_ref()?.burnup(roadmap, facts.as_of, COMPACT).map(Into::into)
}
