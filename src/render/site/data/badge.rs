//! `badges/progress.svg` and a badge for each milestone: how far the work is, for a README.

use super::{super::DataFile, line};
use crate::words::{counted, say};
use crate::{
    data::percent,
    facts::Progress,
    markdown::write::{Context, text},
    model::MilestoneIx,
    render::{
        SitePage,
        picture::badge::{Tone, badge as drawn},
        site::PageContext,
    },
};

/// Makes the badge of a milestone, or of the whole roadmap.
pub(super) fn drawing(here: &PageContext<'_>, of: Option<MilestoneIx>) -> String {
    let (name, progress, is_late) = match of {
        Some(ix) => {
            let facts = here.facts.milestone(ix);
            (here.roadmap.milestones[ix.0].title.as_str(), &facts.progress, facts.overdue.is_some())
        }
        None => (here.roadmap.title.as_str(), &here.facts.progress, false),
    };
    let tone = match progress {
        _ if is_late => Tone::Late,
        Progress { unknown, total, .. } if unknown == total => Tone::Plain,
        Progress { closed, total, .. } if closed == total => Tone::Done,
        _ => Tone::Open,
    };
    drawn(name, &(says(progress) + &if is_late { say!(", overdue") } else { String::new() }), tone) + "\n"
}

/// The Markdown that shows a badge and leads to the page of what it tells of; empty where nobody says where the site is published.
pub(in crate::render::site) fn markdown(here: &PageContext<'_>, of: Option<MilestoneIx>) -> String {
    let url = here.url();
    if url.is_empty() {
        return url;
    }
    let (name, page) = match of {
        Some(ix) => (&here.roadmap.milestones[ix.0].title, here.places.milestone(here.roadmap, ix, 0)),
        None => (&here.roadmap.title, String::new()),
    };
    let file = here.places.inside(here.roadmap, &[], None, &SitePage::Data(DataFile::Badge(of)));
    format!("[![{}]({url}{file})]({url}{page})", text(&line(name), Context::Line))
}

/// As `44% done`; where nobody says, how many issues there are.
fn says(progress: &Progress) -> String {
    match progress.percent() {
        Some(share) => say!("{} done", percent(share)),
        None if progress.unknown == progress.total => counted(progress.total, "issue"),
        None => say!("{} of {} done", progress.closed, progress.closed + progress.open),
    }
}
