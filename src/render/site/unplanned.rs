//! The issues that belong to no milestone: they are planned work too.

use crate::words::{counted, say};
use serde::Serialize;

use super::{
    Fragment, PageContext, Part,
    frame::Frame,
    milestone::{PartView, parts},
    rows::rows,
    write,
};
use crate::report::Diagnostic;

/// What `site/unplanned.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    /// As `9 issues`.
    count: String,
    /// HTML: their rows.
    issues: Vec<Fragment>,
}

/// Makes the page, or a part of it.
pub(super) fn unplanned(here: &PageContext<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let issues = &here.facts.unplanned;
    let description = say!("The issues of {} that belong to no milestone.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, say!("Without a milestone"), description)?,
        part: part.words(),
        parts: parts(part, |number| here.to(&super::places::unplanned(number))),
        count: counted(issues.len(), "issue"),
        issues: rows(here, &issues[part.issues.clone()])?,
    };
    write(here, "site/unplanned.html", &view, out)
}
