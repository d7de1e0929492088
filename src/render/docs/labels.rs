//! LABELS.md: a table for each label group.

use crate::render::said;
use crate::words::{self, counted, say, word};
use serde::Serialize;
use std::borrow::Cow;

use super::{MOST_BYTES, document, parts::Links, summary::link_to_summary, write, write_within};
use crate::{
    markdown::write::Context,
    model::{LabelGroup, LabelIx},
    render::{Fragment, PagePath, Renderer},
    report::Diagnostic,
};

/// How many issues a label's row names; the rest is a count.
const MOST_ISSUES: usize = 100;

/// The template.
const TEMPLATE: &str = "markdown/LABELS.md";

/// What `markdown/LABELS.md` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    title: &'a str,
    /// Markdown.
    description: String,
    /// The link to the summary; empty where it is not made.
    summary: String,
    groups: Vec<GroupView<'a>>,
    /// What is left out, in a sentence, where the whole would be more than GitHub shows; else empty.
    #[serde(serialize_with = "words::serialize")]
    shortened: &'static str,
}

/// A label group, as it stands in LABELS.md and in the region `labels GROUP`.
#[derive(Debug, Serialize)]
pub(super) struct GroupView<'a> {
    title: Cow<'a, str>,
    labels: Vec<LabelView<'a>>,
}

#[derive(Debug, Serialize)]
struct LabelView<'a> {
    name: &'a str,
    /// Plain text.
    description: &'a str,
    /// The anchor of the row; empty in a region.
    anchor: &'a str,
    /// Where the label is explained; empty in LABELS.md itself.
    link: String,
    open: usize,
    closed: usize,
    /// The issues that have it, the first ones of many.
    issues: Vec<Fragment>,
    /// `and 12 more`, where they are many; else empty.
    more: String,
}

/// What is said where the labels are left out.
pub(super) const TOO_MANY: &str = word!(
    "The labels are left out: with them this page would be longer than GitHub shows. `roadbook list labels` lists them."
);

/// Whether a page by this template may have room for all labels. A built-in one has none where their names alone, in rows
/// of a table, are more: then the view of them all, which is many times larger, need not be made.
pub(super) fn may_fit(renderer: &Renderer, template: &str) -> bool {
    const ROW: usize = "|  |  |\n".len();
    let least: usize = renderer.roadmap.labels.iter().map(|label| ROW + label.name.len()).sum();
    least <= MOST_BYTES || !renderer.engine.is_built_in(template)
}

/// Makes LABELS.md; where GitHub would not show the whole of it, with counts in place of issues, and where these are too much, too,
/// without labels.
pub(crate) fn labels(renderer: &Renderer, path: &PagePath, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let counts = word!(
        "The issues stand on the milestones' pages: with them this page would be longer than GitHub shows."
    );
    let forms = if may_fit(renderer, TEMPLATE) { &[(MOST_ISSUES, ""), (0, counts)][..] } else { &[] };
    for (most_issues, shortened) in forms.iter().copied() {
        let view = page(renderer, path, Some(most_issues), shortened);
        if write_within(renderer, TEMPLATE, &view, true, out)? {
            return Ok(());
        }
    }
    write(renderer, TEMPLATE, &page(renderer, path, None, TOO_MANY), true, out)
}

fn page<'a>(
    renderer: &'a Renderer,
    path: &'a PagePath,
    most_issues: Option<usize>,
    shortened: &'static str,
) -> View<'a> {
    let roadmap = &renderer.roadmap;
    let groups = roadmap.groups.iter().filter(|group| !group.labels.is_empty());
    let groups = groups.filter_map(|group| Some((group, most_issues?)));
    let links = Links::new(renderer, path, Context::Cell, true);
    View {
        title: &roadmap.title,
        description: document(roadmap.description.as_ref(), 1, "description"),
        summary: link_to_summary(renderer, path),
        groups: groups.map(|(group, most)| view(&links, group, most)).collect(),
        shortened,
    }
}

/// A group, with at most so many issues of each label.
fn view<'a>(links: &Links<'a>, group: &'a LabelGroup, most_issues: usize) -> GroupView<'a> {
    let labels = group.labels.iter().map(|ix| label(links, *ix, most_issues)).collect();
    GroupView { title: said::group_title(group), labels }
}

/// A group as a region shows it.
pub(super) fn region_view<'a>(
    renderer: &'a Renderer,
    path: &'a PagePath,
    group: &'a LabelGroup,
) -> GroupView<'a> {
    view(&Links::new(renderer, path, Context::Cell, true), group, MOST_ISSUES)
}

fn label<'a>(links: &Links<'a>, ix: LabelIx, most_issues: usize) -> LabelView<'a> {
    let (renderer, path) = (links.renderer, links.from);
    let label = &renderer.roadmap.labels[ix.0];
    let facts = renderer.facts.label(ix);
    let shown = facts.issues.len().min(most_issues);
    let more = facts.issues.len() - shown;
    let is_own_page = renderer.places.labels.as_ref() == Some(path);
    LabelView {
        name: &label.name,
        description: label.description.get().map(String::as_str).unwrap_or_default(),
        anchor: if is_own_page { renderer.places.label_anchor(ix) } else { "" },
        link: if is_own_page { String::new() } else { renderer.places.link_to_label(path, ix) },
        open: facts.open,
        closed: facts.closed,
        issues: links.issues(&facts.issues[..shown]),
        more: match (more, shown) {
            (0, _) => String::new(),
            (more, 0) => counted(more, "issue"),
            (more, _) => say!("and {more} more", more = more),
        },
    }
}
