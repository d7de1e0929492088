//! What documents repeat of the roadmap beside its ids: titles, milestones and counts, in lists, headings and sentences as
//! well as in tables whose heads say nothing. They go stale without a broken link.
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
    report::{At, Diagnostic, Place, Report},
    rules::mentions::KnownIds,
    source::Doc,
};
use line::{Line, Table};

/// The code of all that is found here.
const CODE: &str = "stale-claim";

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
    let mut found = Report::default();
    titles::check(&claims, &mut found);
    placement::check(&claims, &mut found);
    counts::check(&claims, &mut found);
    // What a table's head gave away already is not told again.
    let told: Vec<_> = report.iter().filter_map(|told| bytes(told).filter(|_| told.code == CODE)).collect();
    let is_new =
        |range: &Range<usize>| !told.iter().any(|told| told.start < range.end && range.start < told.end);
    report.extend(
        found.map(|found| Some(found).filter(|found| bytes(found).is_none_or(|range| is_new(&range)))),
    );
}

fn bytes(found: &Diagnostic) -> Option<Range<usize>> {
    match &found.place.at {
        At::Bytes(range) => Some(range.clone()),
        _ => None,
    }
}

impl Claims<'_> {
    /// A finding at a part of a line.
    fn found(&self, line: &Line<'_>, part: &Range<usize>, message: String) -> Diagnostic {
        Diagnostic::new(CODE, Place::bytes(Arc::clone(&self.doc.path), line.unit.bytes(part)), message)
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
