//! Regions of hand-written documents: filled in place, everything outside their markers untouched to the byte.

use serde::Serialize;

use super::{
    labels::region_view,
    milestone::{IssueView, issue},
    parts::{due, progress, status},
};
use crate::{
    facts::Status,
    model::{Id, MilestoneIx},
    render::{PagePath, Renderer, engine::bar},
    report::{Diagnostic, Place},
    source::{Doc, RegionName},
};

/// What `markdown/regions/overview.md` may know.
#[derive(Debug, Serialize)]
struct Overview<'a> {
    milestones: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    title: &'a str,
    link: String,
    status: String,
    progress: String,
    due: String,
    owner: &'a str,
}

/// What `markdown/regions/milestone.md` may know.
#[derive(Debug, Serialize)]
struct Issues<'a> {
    issues: Vec<IssueView<'a>>,
}

/// What `markdown/regions/stats.md` may know.
#[derive(Debug, Serialize)]
struct Stats {
    milestones: usize,
    issues: usize,
    done: usize,
    in_progress: usize,
    ready: usize,
    blocked: usize,
    overdue: usize,
    progress: String,
}

/// Makes a hand-written document with its regions filled.
pub fn regions(renderer: &Renderer, path: &PagePath, doc: &Doc, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut end = 0;
    for region in &doc.regions {
        out.extend(doc.text[end..region.inside.start].bytes());
        out.extend(b"\n\n");
        let mut filled = Vec::new();
        let place = || Place::bytes(doc.path.clone(), region.begin.clone());
        fill(renderer, path, &region.name, place, &mut filled)?;
        out.extend(filled.trim_ascii());
        out.extend(b"\n\n");
        end = region.inside.end;
    }
    out.extend(doc.text[end..].bytes());
    Ok(())
}

/// Fills one region.
fn fill(
    renderer: &Renderer,
    path: &PagePath,
    name: &RegionName,
    place: impl Fn() -> Place,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    match name {
        RegionName::Overview => renderer.engine.render("markdown/regions/overview.md", &overview(renderer, path), out),
        RegionName::Stats => renderer.engine.render("markdown/regions/stats.md", &stats(renderer), out),
        RegionName::Labels(group) => labels(renderer, path, group.as_deref(), place, out),
        RegionName::Milestone(id) => {
            let ix = milestone(renderer, id).ok_or_else(|| {
                Diagnostic::new("unknown-region", place(), format!("there is no milestone `{id}`"))
                    .help("name a milestone by its id")
            })?;
            let issues = &renderer.facts.milestone(ix).issues;
            let issues = issues.iter().map(|ix| issue(renderer, path, *ix, false)).collect();
            renderer.engine.render("markdown/regions/milestone.md", &Issues { issues }, out)
        }
    }
}

fn milestone(renderer: &Renderer, id: &str) -> Option<MilestoneIx> {
    let id = Id::new(id)?;
    renderer.roadmap.milestones().find(|(_, milestone)| milestone.id == id).map(|(ix, _)| ix)
}

/// One table, or one for each group under its title.
fn labels(
    renderer: &Renderer,
    path: &PagePath,
    prefix: Option<&str>,
    place: impl Fn() -> Place,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    #[derive(Serialize)]
    struct View<'a> {
        group: super::labels::GroupView<'a>,
    }
    let mut groups = renderer.roadmap.groups.iter().filter(|group| !group.labels.is_empty()).peekable();
    if let Some(prefix) = prefix {
        let group = groups.find(|group| group.prefix.eq_ignore_ascii_case(prefix)).ok_or_else(|| {
            Diagnostic::new("unknown-region", place(), format!("there is no label group `{prefix}`"))
                .help("name a group by what stands before the `:` of its labels")
        })?;
        let view = View { group: region_view(renderer, path, group) };
        return renderer.engine.render("markdown/regions/labels.md", &view, out);
    }
    while let Some(group) = groups.next() {
        out.extend(format!("**{}**\n\n", crate::markdown::text(&group.title, crate::markdown::Context::Line)).bytes());
        let view = View { group: region_view(renderer, path, group) };
        renderer.engine.render("markdown/regions/labels.md", &view, out)?;
        if groups.peek().is_some() {
            out.extend(b"\n\n");
        }
    }
    Ok(())
}

fn overview<'a>(renderer: &'a Renderer, path: &PagePath) -> Overview<'a> {
    let row = |(ix, milestone): (MilestoneIx, &'a crate::model::Milestone)| {
        let facts = renderer.facts.milestone(ix);
        Row {
            title: &milestone.title,
            link: renderer.places.link_to_milestone(path, ix),
            status: status(facts.status, facts.overdue),
            progress: progress(&facts.progress, bar),
            due: due(milestone.known_due_on(), facts.slip),
            owner: milestone.owner.as_deref().unwrap_or_default(),
        }
    };
    Overview { milestones: renderer.roadmap.milestones().map(row).collect() }
}

fn stats(renderer: &Renderer) -> Stats {
    let facts = &renderer.facts;
    let with = |status| facts.issues.iter().filter(|issue| issue.status == status).count();
    Stats {
        milestones: facts.milestones.len(),
        issues: facts.issues.len(),
        done: with(Status::Done),
        in_progress: with(Status::InProgress),
        ready: with(Status::Ready),
        blocked: with(Status::Blocked),
        overdue: facts.issues.iter().filter(|issue| issue.overdue.is_some()).count(),
        progress: progress(&facts.progress, bar),
    }
}
