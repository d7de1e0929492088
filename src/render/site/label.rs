//! A label's page: what it means, and the issues that have it.

use crate::words::{counted, say, word};
use serde::Serialize;

use super::{
    Fragment, PageContext, Part,
    frame::Frame,
    milestone::{PartView, parts},
    progress::{ProgressView, progress},
    rows::rows,
    write,
};
use crate::{model::LabelIx, report::Diagnostic};

/// What `site/label.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    name: &'a str,
    chip: Fragment,
    /// Plain text.
    description: &'a str,
    part: String,
    parts: Vec<PartView>,
    /// As `9 issues`; empty where their progress says it.
    count: String,
    /// How far they are; `None` beyond the first part, which says it.
    progress: Option<ProgressView>,
    /// HTML: their rows.
    issues: Vec<Fragment>,
}

/// Makes a label's page, or a part of it.
pub(super) fn label(
    here: &PageContext<'_>,
    ix: LabelIx,
    part: &Part,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let label = &here.roadmap.labels[ix.0];
    let facts = here.facts.label(ix);
    let issues = &facts.issues;
    let description = say!("The issues of {} that have the label {}.", here.roadmap.title, label.name);
    let frame =
        Frame::new(here, label.name.clone(), description)?.below(here, word!("Labels"), "labels.html")?;
    let view = View {
        page: match label.origin {
            Some(origin) => frame.of_file(here, origin.file)?,
            None => frame,
        },
        name: &label.name,
        chip: here.chip(ix)?,
        description: label.description.get().map(String::as_str).unwrap_or_default(),
        part: part.words(),
        parts: parts(part, |number| here.to(&here.places.label(ix, number))),
        count: match facts.progress.closed + facts.progress.open {
            0 if facts.progress.dropped == 0 => String::new(),
            _ => counted(issues.len(), "issue"),
        },
        progress: (part.number == 0).then(|| progress(here, &facts.issues, &facts.progress, &facts.statuses)),
        issues: rows(here, &issues[part.issues.clone()])?,
    };
    write(here, "site/label.html", &view, out)
}
