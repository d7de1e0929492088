//! The Markdown documents: one view for each template, and the page that it makes.
//!
//! Views are flat and hold text as the source has it; what Markdown would read otherwise is escaped by the templates'
//! filters. They are an interface: a member is added freely and taken away only with a new minor version.

mod labels;
mod milestone;
mod parts;
mod reference;
mod regions;
mod summary;

pub(crate) use labels::labels;
pub(crate) use milestone::milestone;
pub(crate) use reference::{
    Block, ChoiceView, CommandGroup, CommandView, Format, KeyView, ObjectView, Reference, RuleView, StepView,
    TemplateView, WordView,
};
pub(crate) use regions::{Shows, regions};
pub(crate) use summary::{plain_summary, summary};

use serde::Serialize;

use super::{Comment, PagePath, Renderer};
use crate::{
    markdown::write::{Shift, contained},
    report::Diagnostic,
};

/// Past how many bytes a page gives way to counts and links. GitHub cuts a file's view at 512,000 bytes.
const MOST_BYTES: usize = 400_000;

/// How much white space a template may leave at the end of a page that just fits.
const MOST_BLANK: usize = 4_096;

/// Writes the mark and the page that a view makes.
fn write(
    renderer: &Renderer,
    template: &str,
    view: &impl Serialize,
    is_marked: bool,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    mark(renderer, is_marked, out);
    renderer.engine.render(template, view, out)?;
    end_line(out);
    Ok(())
}

/// The same, where the page comes to no more than GitHub shows; returns whether it does. `out` is as before where not.
fn write_within(
    renderer: &Renderer,
    template: &str,
    view: &impl Serialize,
    is_marked: bool,
    out: &mut Vec<u8>,
) -> Result<bool, Diagnostic> {
    let start = out.len();
    mark(renderer, is_marked, out);
    let ends = renderer.engine.render_within(template, view, MOST_BYTES + MOST_BLANK, out)?;
    end_line(out);
    let fits = ends && out.len() - start <= MOST_BYTES;
    if !fits {
        out.truncate(start);
    }
    Ok(fits)
}

/// Writes the mark, where the page has one.
fn mark(renderer: &Renderer, is_marked: bool, out: &mut Vec<u8>) {
    if is_marked {
        out.extend_from_slice(Comment::Markup.mark(&renderer.roadmap).as_bytes());
        out.push(b'\n');
    }
}

/// Every page ends with exactly one line end.
fn end_line(out: &mut Vec<u8>) {
    let end = out.trim_ascii_end().len();
    out.truncate(end);
    out.push(b'\n');
}

/// What a user wrote for an issue or an update as it can stand below a heading of this level, each line on its own, as
/// GitHub shows it there; `item` makes its footnotes unique on the page.
fn body(gfm: Option<&String>, headings_below: u8, item: &str) -> String {
    moved(gfm, headings_below, item, true)
}

/// The same of a document: its lines are filled.
fn document(gfm: Option<&String>, headings_below: u8, item: &str) -> String {
    moved(gfm, headings_below, item, false)
}

fn moved(gfm: Option<&String>, headings_below: u8, item: &str, line_breaks: bool) -> String {
    let gfm = gfm.map(String::as_str).unwrap_or_default();
    if gfm.trim().is_empty() {
        return String::new();
    }
    contained(gfm, &Shift { headings_below, footnotes: format!("{item}-"), line_breaks })
}

/// The link from one page to another, empty where the other is not made.
fn link(from: &PagePath, to: Option<&PagePath>) -> String {
    to.map(|to| from.link_to(to)).unwrap_or_default()
}
