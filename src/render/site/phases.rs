//! The implementation guide: in which order the milestones are worked on, and why.

use serde::Serialize;

use super::{
    Here,
    frame::Frame,
    progress::{ProgressView, progress},
    words::{DueView, StatusView, due},
    write,
};
use crate::{
    model::{MilestoneIx, Phase},
    report::Diagnostic,
};

/// What `site/phases.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    phases: Vec<PhaseView<'a>>,
}

#[derive(Debug, Serialize)]
struct PhaseView<'a> {
    /// Its place, from 1.
    number: usize,
    title: &'a str,
    milestones: Vec<MilestoneView<'a>>,
    /// HTML.
    body: String,
}

#[derive(Debug, Serialize)]
struct MilestoneView<'a> {
    title: &'a str,
    link: String,
    status: StatusView,
    due: DueView,
    progress: ProgressView,
}

/// Makes the page.
pub(super) fn phases(here: &Here<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let description = format!("In which order the milestones of {} are worked on.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, "Implementation guide".into(), description),
        phases: here.roadmap.phases.iter().enumerate().map(|(ix, phase)| view(here, ix, phase)).collect(),
    };
    write(here, "site/phases.html", &view, out)
}

fn view<'a>(here: &Here<'a>, ix: usize, phase: &'a Phase) -> PhaseView<'a> {
    PhaseView {
        number: ix + 1,
        title: &phase.title,
        milestones: phase.milestones.iter().map(|link| milestone(here, link.to)).collect(),
        body: here.body(phase.body.as_ref(), &format!("phase-{}", ix + 1), 3),
    }
}

fn milestone<'a>(here: &Here<'a>, ix: MilestoneIx) -> MilestoneView<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    MilestoneView {
        title: &milestone.title,
        link: here.milestone(ix),
        status: facts.status.into(),
        due: due(here, milestone.known_due_on(), facts.status, facts.overdue, facts.slip),
        progress: progress(&facts.progress, &facts.statuses),
    }
}
