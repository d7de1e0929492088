//! What documents repeat of the roadmap beside its ids: titles, milestones and counts. They go stale without a broken link.
//!
//! A document may say of an issue what it likes. So words are judged only where their list, table or heading shows that it
//! repeats the roadmap: because the rest of it agrees, or because its head says so.

mod counts;
mod line;
mod placement;
mod titles;

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    markdown::read::Unit,
    model::Target,
    render::Renderer,
    report::{Diagnostic, Place, Report},
    rules::mentions::KnownIds,
    source::Doc,
};
use line::{Line, Table};

/// What a document says, against what the roadmap says.
struct Claims<'a> {
    renderer: &'a Renderer,
    doc: &'a Doc,
    known: &'a KnownIds,
    /// All units, in order.
    lines: Vec<Line<'a>>,
    /// The tables among them, by their numbers.
    tables: BTreeMap<usize, Table>,
}

/// Finds what a document repeats otherwise than the roadmap says it. What stands in a region is the source's to say.
pub(super) fn check(renderer: &Renderer, known: &KnownIds, doc: &Doc, units: &[Unit], report: &mut Report) {
    let is_ours = |at: usize| doc.regions.iter().any(|region| region.inside.contains(&at));
    let lines: Vec<_> =
        units.iter().filter(|unit| !is_ours(unit.start())).map(|unit| Line::new(known, unit)).collect();
    if lines.iter().all(|line| line.named.ids.is_empty() && line.unit.code.is_empty()) {
        return;
    }
    let tables = line::tables(&lines);
    let claims = Claims { renderer, doc, known, lines, tables };
    titles::check(&claims, report);
    placement::check(&claims, report);
    counts::check(&claims, report);
}

impl Claims<'_> {
    /// A finding at a part of a line.
    fn found(&self, code: &'static str, line: &Line<'_>, part: &Range<usize>, message: String) -> Diagnostic {
        Diagnostic::new(code, Place::bytes(Arc::clone(&self.doc.path), line.unit.bytes(part)), message)
    }

    /// The place of a key of an item in the source.
    fn source(&self, target: Target, key: &str) -> Place {
        let roadmap = &self.renderer.roadmap;
        match target {
            Target::Milestone(ix) => roadmap.milestone_place(ix).key(key),
            Target::Issue(ix) => roadmap.issue_place(ix).key(key),
        }
    }

    /// The id of an item.
    fn id(&self, target: Target) -> &str {
        let roadmap = &self.renderer.roadmap;
        match target {
            Target::Milestone(ix) => roadmap.milestones[ix.0].id.as_str(),
            Target::Issue(ix) => roadmap.issues[ix.0].id.as_str(),
        }
    }
}
