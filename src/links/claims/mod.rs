//! What documents repeat of the roadmap beside its ids: titles, labels, milestones, descriptions and counts, in tables, lists,
//! headings and sentences. They go stale without a broken link.
//!
//! A document may say of an issue what it likes. So words are judged where the head of their column says what they are, and else
//! only where their list, table or heading shows that it repeats the roadmap, because the rest of it agrees.

mod counts;
mod line;
mod placement;
mod rows;
mod titles;
mod whole;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use crate::{
    documents::vocabulary::Field,
    markdown::read::blocks::Line as Written,
    model::{MilestoneIx, Target, id_in_title, title_without_id},
    render::Renderer,
    report::{Code, Diagnostic, Place, Report},
    rules::mentions::KnownIds,
    source::Doc,
};
use line::{Line, Table};
use rows::Stated;
pub(crate) use whole::{count_named, of_summary};

/// The code of all that is found here.
const CODE: Code = Code::StaleClaim;

/// What a document says, against what the roadmap says.
struct Claims<'a> {
    renderer: &'a Renderer,
    doc: &'a Doc,
    known: &'a KnownIds,
    /// All lines, in order.
    lines: Vec<Line<'a>>,
    /// The tables among them, by their numbers.
    tables: BTreeMap<usize, Table>,
    /// What columns say by their heads, and rows by the headings above them.
    stated: Vec<Stated>,
    /// The lines and fields of these: nothing else has to show there what is said.
    judged: BTreeSet<(usize, Field)>,
}

/// Finds what a document repeats otherwise than the roadmap says it. What stands in a region is the source's to say.
pub(super) fn check(
    renderer: &Renderer,
    known: &KnownIds,
    doc: &Doc,
    written: &[Written],
    report: &mut Report,
) {
    let claims = Claims::of(renderer, known, doc, written);
    rows::check(&claims, report);
    titles::check(&claims, report);
    placement::check(&claims, report);
    counts::check(&claims, report);
}

impl<'a> Claims<'a> {
    fn of(renderer: &'a Renderer, known: &'a KnownIds, doc: &'a Doc, written: &'a [Written]) -> Self {
        let is_ours = |at: usize| doc.regions.iter().any(|region| region.inside.contains(&at));
        let written = written.iter().filter(|line| !is_ours(line.words.range.start));
        let mut lines: Vec<_> = written.map(|written| Line::new(known, written)).collect();
        let mut section = None;
        for line in &mut lines {
            section = placement::section(renderer, known, line, section);
            line.section = section.map(|(_, milestone, certainty)| (milestone, certainty));
        }
        let tables = line::tables(&lines);
        let mut claims =
            Self { renderer, doc, known, lines, tables, stated: Vec::new(), judged: BTreeSet::new() };
        claims.stated = rows::stated(&claims);
        claims.judged = claims.stated.iter().map(|stated| (stated.line, stated.field)).collect();
        claims
    }

    /// A finding at bytes of the document.
    fn at(&self, range: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::new(CODE, Place::bytes(Arc::clone(&self.doc.path), range), message)
    }

    /// A finding of what is stated, and the place in the source that says it.
    fn differs(&self, range: &Range<usize>, message: String, source: Place) -> Diagnostic {
        self.at(range.clone(), message)
            .help("correct the document; or the JSON, where the document is right")
            .related(source, "the source says it here")
    }

    /// A finding at a part of a line.
    fn found(&self, line: &Line<'_>, part: &Range<usize>, message: String) -> Diagnostic {
        self.at(line.words.bytes(part), message)
    }

    /// The place of an item in the source.
    fn item(&self, target: Target) -> Place {
        let roadmap = &self.renderer.roadmap;
        match target {
            Target::Milestone(ix) => roadmap.milestone_place(ix),
            Target::Issue(ix) => roadmap.issue_place(ix),
        }
    }

    /// The place of a key of an item in the source.
    fn source(&self, target: Target, key: &str) -> Place {
        self.item(target).key(key)
    }

    /// The id of an item.
    fn id(&self, target: Target) -> &str {
        let roadmap = &self.renderer.roadmap;
        match target {
            Target::Milestone(ix) => roadmap.milestones[ix.0].id.as_str(),
            Target::Issue(ix) => roadmap.issues[ix.0].id.as_str(),
        }
    }

    /// The title of an item, without the id that it begins with.
    fn title(&self, target: Target) -> &str {
        let roadmap = &self.renderer.roadmap;
        match target {
            Target::Issue(ix) => roadmap.issues[ix.0].short_title(),
            Target::Milestone(ix) => {
                let milestone = &roadmap.milestones[ix.0];
                title_without_id(&milestone.title, &milestone.id)
            }
        }
    }
}

/// The milestone that a text names by its title or id, or whose id it begins with.
fn milestone_named(renderer: &Renderer, known: &KnownIds, text: &str) -> Option<MilestoneIx> {
    let text = text.trim();
    let by_title = renderer.roadmap.milestones().find(|(_, it)| titles::is_same(&it.title, text));
    by_title.map(|(ix, _)| ix).or_else(|| match known.target(id_in_title(text).unwrap_or(text))? {
        Target::Milestone(ix) => Some(ix),
        Target::Issue(_) => None,
    })
}

#[cfg(test)]
mod tests;
