//! What tables of hand-written documents say of issues and milestones, against what the source says.
//!
//! A row speaks of an item where one of its cells is the id of it, or begins with it as titles do. Of the row's other cells
//! only those are judged whose column says by its head what it holds; what is written in free words is nobody's claim.

mod row;
mod summary;

use std::sync::Arc;

pub(crate) use summary::count_named;
pub use summary::of_summary;

use crate::{
    markdown::read::{Cell, Heading, Outline, visible},
    model::{IssueIx, MilestoneIx, Target, id_in_title},
    render::Renderer,
    report::{Diagnostic, Place, Report, counted, one_line},
    rules::mentions::KnownIds,
    source::Doc,
};
use row::{Column, Subject};

/// The code of all that is found here.
const CODE: &str = "stale-claim";

/// What a document is held against.
#[derive(Clone, Copy)]
struct Reader<'a> {
    renderer: &'a Renderer,
    known: &'a KnownIds,
    doc: &'a Doc,
    outline: &'a Outline,
}

/// Finds rows of tables that say something else than the source. What stands in a region is the source's to say.
pub(super) fn check(
    renderer: &Renderer,
    known: &KnownIds,
    doc: &Doc,
    outline: &Outline,
    report: &mut Report,
) {
    Reader { renderer, known, doc, outline }.tables(report);
}

impl<'a> Reader<'a> {
    fn tables(self, report: &mut Report) {
        for table in &self.outline.tables {
            let Some((head, rows)) = table.rows.split_first() else { continue };
            let columns: Vec<_> = head.iter().map(|cell| Column::of(&cell.text)).collect();
            let Some(start) = head.first().map(|cell| cell.range.start) else { continue };
            if self.doc.regions.iter().any(|region| region.inside.contains(&start)) {
                continue;
            }
            let chapter = self.chapter(start);
            for row in rows {
                match row::subject(self.known, self.renderer, &columns, row) {
                    Some(Subject::Issue(ix)) => self.issue(ix, &columns, row, chapter, report),
                    Some(Subject::Milestone(ix)) => self.milestone(ix, &columns, row, report),
                    None => {}
                }
            }
        }
    }

    /// The milestone that the heading above a place is the name of.
    fn chapter(self, at: usize) -> Option<MilestoneIx> {
        let mut above = self.outline.headings.iter().rev().filter(|heading| heading.range.start < at);
        let nearest = above.next()?;
        let is_plain = ["issues", "tasks", "work"].contains(&nearest.text.trim().to_lowercase().as_str());
        let named = if is_plain { above.find(|heading| heading.level < nearest.level)? } else { nearest };
        self.named_by(named)
    }

    /// The milestone whose title or id a heading is, or whose id it begins with.
    fn named_by(self, heading: &Heading) -> Option<MilestoneIx> {
        let text = heading.text.trim();
        let roadmap = &self.renderer.roadmap;
        if let Some((ix, _)) = roadmap.milestones().find(|(_, it)| is_same(&it.title, text)) {
            return Some(ix);
        }
        match self.known.target(id_in_title(text).unwrap_or(text))? {
            Target::Milestone(ix) => Some(ix),
            Target::Issue(_) => None,
        }
    }

    fn issue(
        self,
        ix: IssueIx,
        columns: &[Column],
        row: &[Cell],
        chapter: Option<MilestoneIx>,
        report: &mut Report,
    ) {
        let roadmap = &self.renderer.roadmap;
        let issue = &roadmap.issues[ix.0];
        let place = || roadmap.issue_place(ix);
        let mut has_milestone = false;
        for (column, cell) in columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty()) {
            match column {
                Column::Title if !is_title(&cell.text, &issue.title, issue.short_title()) => {
                    let message = format!("`{}` is called `{}`", issue.id, one_line(issue.short_title()));
                    self.found(&cell.range, message, place().key("title"), report);
                }
                Column::Labels => {
                    let names: Vec<_> =
                        issue.labels().iter().map(|link| roadmap.labels[link.to.0].name.as_str()).collect();
                    if let Some(words) = row::label_difference(&cell.text, &names) {
                        let message = format!("`{}` {words}", issue.id);
                        let at = if issue.labels.is_given() { place().key("labels") } else { place() };
                        self.found(&cell.range, message, at, report);
                    }
                }
                Column::Milestone => {
                    has_milestone = true;
                    let claimed = self.milestone_of(&cell.text);
                    self.belongs(ix, claimed, &cell.range, report);
                }
                _ => {}
            }
        }
        if let Some(cell) = row.first().filter(|_| !has_milestone) {
            self.belongs(ix, chapter, &cell.range, report);
        }
    }

    /// The milestone that a text names by its id or title.
    fn milestone_of(self, text: &str) -> Option<MilestoneIx> {
        let by_title = self.renderer.roadmap.milestones().find(|(_, it)| is_same(&it.title, text));
        by_title.map(|(ix, _)| ix).or_else(|| match self.known.target(id_in_title(text).unwrap_or(text))? {
            Target::Milestone(ix) => Some(ix),
            Target::Issue(_) => None,
        })
    }

    fn belongs(
        self,
        ix: IssueIx,
        claimed: Option<MilestoneIx>,
        range: &std::ops::Range<usize>,
        report: &mut Report,
    ) {
        let roadmap = &self.renderer.roadmap;
        let issue = &roadmap.issues[ix.0];
        let own = issue.milestone.get().copied();
        let Some(claimed) = claimed.filter(|claimed| Some(*claimed) != own) else { return };
        let wrong = &roadmap.milestones[claimed.0].id;
        let message = match own {
            Some(own) => {
                format!("`{}` belongs to `{}`, not to `{wrong}`", issue.id, roadmap.milestones[own.0].id)
            }
            None => format!("`{}` belongs to no milestone, not to `{wrong}`", issue.id),
        };
        let place = roadmap.issue_place(ix);
        let place = if issue.milestone.is_given() { place.key("milestone") } else { place };
        self.found(range, message, place, report);
    }

    fn milestone(self, ix: MilestoneIx, columns: &[Column], row: &[Cell], report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        let milestone = &roadmap.milestones[ix.0];
        let count = self.renderer.facts.milestone(ix).issues.len();
        let place = || roadmap.milestone_place(ix);
        for (column, cell) in columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty()) {
            match column {
                Column::Title if !is_name(&cell.text, &milestone.title, milestone.id.as_str()) => {
                    let message = format!("`{}` is called `{}`", milestone.id, one_line(&milestone.title));
                    self.found(&cell.range, message, place().key("title"), report);
                }
                // Beside nothing but an id a number may be an issue's.
                Column::Count
                    if columns.iter().any(|column| matches!(column, Column::Title | Column::Description))
                        && cell.text.parse().is_ok_and(|claimed: usize| claimed != count) =>
                {
                    let message =
                        format!("`{}` has {}, not {}", milestone.id, counted(count, "issue"), cell.text);
                    self.found(&cell.range, message, place(), report);
                }
                Column::Description => {
                    let own = milestone.description.get();
                    if own.is_some_and(|own| !own.is_empty() && !is_same(&visible(own), &cell.text)) {
                        let message = format!("`{}` has another description", milestone.id);
                        self.found(&cell.range, message, place().key("description"), report);
                    }
                }
                _ => {}
            }
        }
    }

    fn found(&self, range: &std::ops::Range<usize>, message: String, source: Place, report: &mut Report) {
        let place = Place::bytes(Arc::clone(&self.doc.path), range.clone());
        report.push(
            Diagnostic::new(CODE, place, message)
                .help("correct the document; or the JSON, where the document is right")
                .related(source, "the source says it here"),
        );
    }
}

/// Whether a text is a milestone's title, whole or without its id, or its id alone.
fn is_name(text: &str, title: &str, id: &str) -> bool {
    let short = crate::model::Id::new(id).map_or(title, |id| crate::model::title_without_id(title, &id));
    is_title(text, title, short) || text.eq_ignore_ascii_case(id)
}

/// Whether a text is a title, whole or without its id.
fn is_title(text: &str, title: &str, short: &str) -> bool {
    // A remark may stand behind it: `Build it (see below)`.
    let bare = text.rsplit_once(" (").map_or(text, |(bare, _)| bare);
    [text, bare].into_iter().any(|text| is_same(text, title) || is_same(text, short))
}

/// Whether two texts read alike: signs of Markdown, kinds of dashes and quotes, and white space apart.
fn is_same(a: &str, b: &str) -> bool {
    plain(a).eq(plain(b))
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !['`', '*', '_', '\\'].contains(c));
    kept.map(|c| match c {
        '–' | '—' => '-',
        '“' | '”' => '"',
        '’' | '‘' => '\'',
        c => c,
    })
}

#[cfg(test)]
mod tests;
