//! Which value of the source stands behind a generated line.

use super::{Page, PageKind, Renderer, SitePage};
use crate::{model::Roadmap, report::Place};

/// The place of the value that a generated line most likely comes from: of the items whose id or title the line shows,
/// the one with the longest; of its fields the longest that the line shows. `None` where the line shows none.
pub fn provenance(renderer: &Renderer, page: &Page, line: &str) -> Option<Place> {
    let roadmap = match page.kind {
        PageKind::Site(_) => renderer.public().0,
        _ => &renderer.roadmap,
    };
    let mut best = Best { line, place: None, length: 0 };
    match &page.kind {
        PageKind::Milestone(ix, part) => {
            best.fields(|| roadmap.milestone_place(*ix), &milestone_fields(roadmap, ix.0));
            for issue in &renderer.facts.milestone(*ix).issues[part.issues.clone()] {
                best.fields(|| roadmap.issue_place(*issue), &issue_fields(roadmap, issue.0));
            }
        }
        PageKind::Site(SitePage::Issue(ix)) => {
            best.fields(|| roadmap.issue_place(*ix), &issue_fields(roadmap, ix.0));
        }
        PageKind::Summary | PageKind::Labels | PageKind::Doc(_) | PageKind::Site(_) => {
            everything(roadmap, &mut best);
        }
    }
    best.place
}

fn everything(roadmap: &Roadmap, best: &mut Best<'_>) {
    for (ix, _) in roadmap.milestones() {
        best.fields(|| roadmap.milestone_place(ix), &milestone_fields(roadmap, ix.0));
    }
    for (ix, _) in roadmap.issues() {
        best.fields(|| roadmap.issue_place(ix), &issue_fields(roadmap, ix.0));
    }
    for label in &roadmap.labels {
        let Some(origin) = label.origin else { continue };
        let description = label.description.get().map(String::as_str).unwrap_or_default();
        best.fields(
            || roadmap.place("labels", origin),
            &[("name", &label.name), ("description", description)],
        );
    }
    for phase in &roadmap.phases {
        let body = phase.body.as_deref().unwrap_or_default();
        best.fields(|| roadmap.place("phases", phase.origin), &[("title", &phase.title), ("body", body)]);
    }
    for section in &roadmap.sections {
        let body = section.body.as_deref().unwrap_or_default();
        best.fields(
            || roadmap.place("sections", section.origin),
            &[("title", &section.title), ("body", body)],
        );
    }
}

fn milestone_fields(roadmap: &Roadmap, ix: usize) -> [(&'static str, &str); 4] {
    let milestone = &roadmap.milestones[ix];
    [
        ("title", &milestone.title),
        ("description", milestone.description.get().map(String::as_str).unwrap_or_default()),
        ("goal", milestone.goal.as_deref().unwrap_or_default()),
        ("owner", milestone.owner.as_deref().unwrap_or_default()),
    ]
}

fn issue_fields(roadmap: &Roadmap, ix: usize) -> [(&'static str, &str); 3] {
    let issue = &roadmap.issues[ix];
    let body = issue.body.get().map(String::as_str).unwrap_or_default();
    [("id", issue.id.as_str()), ("title", issue.short_title()), ("body", body)]
}

/// The best place so far.
struct Best<'a> {
    line: &'a str,
    place: Option<Place>,
    length: usize,
}

impl Best<'_> {
    /// Takes the field of an item that shows most of the line, where it shows more than any before.
    fn fields(&mut self, item: impl Fn() -> Place, fields: &[(&'static str, &str)]) {
        for (key, value) in fields {
            let shown =
                value.lines().map(str::trim).filter(|shown| !shown.is_empty() && self.line.contains(shown));
            if let Some(length) = shown.map(str::len).max().filter(|length| *length > self.length) {
                // An id that is read from the title has no key of its own.
                let key = if *key == "id" { "title" } else { key };
                self.place = Some(item().key(key));
                self.length = length;
            }
        }
    }
}
