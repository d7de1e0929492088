//! The implementation guide: in which order the milestones are worked on, and why.

use crate::render::status::StatusView;
use crate::words::say;
use serde::Serialize;

use super::{
    PageContext, Part,
    frame::Frame,
    milestone::{PartView, parts},
    progress::{ProgressView, progress},
    words::{DueView, due},
    write,
};
use crate::{
    model::{MilestoneIx, Phase, Roadmap},
    report::Diagnostic,
};

/// What `site/phases.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    phases: Vec<PhaseView<'a>>,
}

#[derive(Debug, Serialize)]
struct PhaseView<'a> {
    /// Its place, from 1.
    number: usize,
    title: &'a str,
    /// Whether it began on the part before.
    goes_on: bool,
    milestones: Vec<MilestoneView<'a>>,
    /// HTML; empty where it stands on the part before.
    body: String,
}

#[derive(Debug, Serialize)]
struct MilestoneView<'a> {
    title: &'a str,
    link: String,
    /// `None` where nobody says.
    status: Option<StatusView>,
    due: DueView,
    progress: ProgressView,
}

/// What the guide is cut into: each milestone of a phase is a step, and a phase without one is one too.
///
/// They are told by the phase, and by the milestone's place in it.
pub(super) fn steps(roadmap: &Roadmap) -> impl Iterator<Item = (usize, usize)> {
    let places = |phase: &Phase| 0..phase.milestones.len().max(1);
    let phases = roadmap.phases.iter().enumerate();
    phases.flat_map(move |(ix, phase)| places(phase).map(move |place| (ix, place)))
}

/// Makes the page, or a part of it.
pub(super) fn phases(here: &PageContext<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let description = say!("In which order the milestones of {} are worked on.", here.roadmap.title);
    let steps: Vec<_> = steps(here.roadmap).skip(part.issues.start).take(part.issues.len()).collect();
    let view = View {
        page: Frame::new(here, say!("Implementation guide"), description)?,
        part: part.words(),
        parts: parts(part, |number| here.to(&super::places::phases(number))),
        phases: steps.chunk_by(|a, b| a.0 == b.0).map(|steps| view(here, steps)).collect(),
    };
    write(here, "site/phases.html", &view, out)
}

/// The steps of one phase that stand on one part.
fn view<'a>(here: &PageContext<'a>, steps: &[(usize, usize)]) -> PhaseView<'a> {
    let (ix, first) = steps[0];
    let phase = &here.roadmap.phases[ix];
    let goes_on = first > 0;
    let body = phase.body.as_ref().filter(|_| !goes_on);
    let links = phase.milestones.iter().skip(first).take(steps.len());
    PhaseView {
        number: ix + 1,
        title: &phase.title,
        goes_on,
        milestones: links.map(|link| milestone(here, link.to)).collect(),
        body: here.document(body, &format!("phase-{}", ix + 1), 3),
    }
}

fn milestone<'a>(here: &PageContext<'a>, ix: MilestoneIx) -> MilestoneView<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    MilestoneView {
        title: &milestone.title,
        link: here.milestone(ix),
        status: StatusView::known(here.facts, facts.status),
        due: due(here, milestone.known_due_on(), facts.status, facts.overdue, facts.slip),
        progress: progress(here, &facts.issues, &facts.progress, &facts.statuses),
    }
}
