//! What a document says that tells the whole roadmap, as an older SUMMARY.md does: totals, counts, and nothing left out.

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use super::{CODE, Reader, is_name, row};
use crate::{
    markdown::read::read,
    model::{Label, Target, id_in_title},
    render::Renderer,
    report::{Diagnostic, Place, Report, counted, one_line},
    rules::mentions::KnownIds,
    source::Doc,
};

/// How many missing items of one kind are told one by one.
const MOST_MISSING: usize = 5;

/// How many of the roadmap's milestones and issues a document names.
pub(crate) fn count_named(renderer: &Renderer, known: &KnownIds, doc: &Doc) -> usize {
    let outline = read(&doc.text);
    let (milestones, issues) = Reader { renderer, known, doc, outline: &outline }.named();
    milestones.len() + issues.len()
}

/// What a document that tells the whole roadmap says otherwise than the source, beside its tables: these are judged with
/// all other documents.
pub fn of_summary(renderer: &Renderer, doc: &Doc) -> Report {
    let outline = read(&doc.text);
    let known = KnownIds::of(&renderer.roadmap);
    let reader = Reader { renderer, known: &known, doc, outline: &outline };
    let mut report = Report::default();
    reader.headings(&mut report);
    reader.totals(&mut report);
    reader.label_counts(&mut report);
    reader.missing(&mut report);
    report
}

impl Reader<'_> {
    /// Headings that begin with the id of a milestone and go on otherwise than its title.
    fn headings(self, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        for heading in &self.outline.headings {
            let text = heading.text.trim();
            let Some(Target::Milestone(ix)) = id_in_title(text).and_then(|id| self.known.target(id)) else {
                continue;
            };
            let milestone = &roadmap.milestones[ix.0];
            if !is_name(text, &milestone.title, milestone.id.as_str()) {
                let message = format!("`{}` is called `{}`", milestone.id, one_line(&milestone.title));
                self.found(
                    &trimmed(&self.doc.text, &heading.range),
                    message,
                    roadmap.milestone_place(ix).key("title"),
                    report,
                );
            }
        }
    }

    /// "6 milestones" and "22 issues" in one line speak of the whole; "3 issues" below a milestone's heading of that one.
    fn totals(self, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        for prose in &self.outline.prose {
            let text = &self.doc.text[prose.clone()];
            let (milestones, issues) = (number_of(text, "milestone"), number_of(text, "issue"));
            let at = |range: &Range<usize>| prose.start + range.start..prose.start + range.end;
            match (milestones, issues) {
                (Some(milestones), Some(issues)) => {
                    let own = [(milestones, roadmap.milestones.len(), "milestone", "milestones")];
                    let own = own.into_iter().chain([(issues, roadmap.issues.len(), "issue", "issues")]);
                    for ((number, range), count, noun, list) in
                        own.filter(|((number, _), count, ..)| number != count)
                    {
                        let message = format!("the roadmap has {}, not {number}", counted(count, noun));
                        self.found(&at(&range), message, roadmap.head_place(list), report);
                    }
                }
                (None, Some((number, range))) => {
                    // Behind a label in backticks it is the label that is counted.
                    let line = self.doc.text[..prose.start].rsplit('\n').next().unwrap_or_default();
                    let chapter = self.chapter(prose.start).filter(|_| !line.contains('`'));
                    let Some(ix) = chapter else { continue };
                    let count = self.renderer.facts.milestone(ix).issues.len();
                    if number != count {
                        let id = &roadmap.milestones[ix.0].id;
                        let message = format!("`{id}` has {}, not {number}", counted(count, "issue"));
                        self.found(&at(&range), message, roadmap.milestone_place(ix), report);
                    }
                }
                _ => {}
            }
        }
    }

    /// A label in backticks, and behind it in its line how many issues have it.
    fn label_counts(self, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        for (code, range) in &self.outline.code {
            let Some((ix, label)) = roadmap.labels().find(|(_, label)| label.name.eq_ignore_ascii_case(code))
            else {
                continue;
            };
            let line = self.doc.text[range.end..].lines().next().unwrap_or_default();
            let count = self.renderer.facts.label(ix).issues.len();
            let Some((number, at)) = number_of(line, "issue").filter(|(number, _)| *number != count) else {
                continue;
            };
            let message = format!("`{}` is on {}, not {number}", label.name, counted(count, "issue"));
            let place =
                label.origin.map_or_else(|| roadmap.head_place("issues"), |at| roadmap.place("labels", at));
            self.found(&(range.end + at.start..range.end + at.end), message, place, report);
        }
    }

    /// Milestones, issues and labels of the source that the document does not name.
    fn missing(self, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        let (milestones, issues) = self.named();
        if milestones.is_empty() && issues.is_empty() {
            return;
        }
        let absent = roadmap.milestones().filter(|(ix, _)| !milestones.contains(&ix.0));
        let absent = absent.map(|(ix, it)| {
            (format!("the milestone `{}` is missing", one_line(&it.title)), roadmap.milestone_place(ix), None)
        });
        self.tell_missing(absent.collect(), "milestone", report);
        let absent = roadmap.issues().filter(|(ix, _)| !issues.contains(&ix.0)).map(|(ix, issue)| {
            let message = format!("`{}` is missing: `{}`", issue.id, one_line(issue.short_title()));
            let chapter = issue.milestone.get().and_then(|own| {
                self.outline.headings.iter().find(|heading| self.named_by(heading) == Some(*own))
            });
            (message, roadmap.issue_place(ix), chapter.map(|heading| trimmed(&self.doc.text, &heading.range)))
        });
        self.tell_missing(absent.collect(), "issue", report);
        let text = self.doc.text.to_lowercase();
        let is_named = |label: &Label| text.contains(&label.name.to_lowercase());
        let absent = roadmap.labels().filter(|(_, label)| !is_named(label)).map(|(_, label)| {
            let place =
                label.origin.map_or_else(|| roadmap.head_place("issues"), |at| roadmap.place("labels", at));
            (format!("the label `{}` is missing", one_line(&label.name)), place, None)
        });
        self.tell_missing(absent.collect(), "label", report);
    }

    /// Which milestones and issues the document names: in rows and headings, where it has such; else anywhere.
    fn named(self) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (mut milestones, mut issues) = (BTreeSet::new(), BTreeSet::new());
        milestones.extend(self.outline.headings.iter().filter_map(|heading| Some(self.named_by(heading)?.0)));
        for table in &self.outline.tables {
            let Some((head, rows)) = table.rows.split_first() else { continue };
            let columns: Vec<_> = head.iter().map(|cell| row::Column::of(&cell.text)).collect();
            for cells in rows {
                match row::subject(self.known, self.renderer, &columns, cells) {
                    Some(row::Subject::Issue(ix)) => drop(issues.insert(ix.0)),
                    Some(row::Subject::Milestone(ix)) => drop(milestones.insert(ix.0)),
                    None => {}
                }
            }
        }
        let has_rows = !issues.is_empty();
        let mentions = self
            .outline
            .prose
            .iter()
            .flat_map(|prose| self.known.mentions(&self.doc.text[prose.clone()]).ids);
        for target in mentions.filter_map(|mention| mention.target) {
            match target {
                Target::Milestone(ix) => drop(milestones.insert(ix.0)),
                Target::Issue(ix) if !has_rows => drop(issues.insert(ix.0)),
                Target::Issue(_) => {}
            }
        }
        let roadmap = &self.renderer.roadmap;
        // What was never given an id is known by its title alone.
        let says = |title: &str| self.doc.text.contains(title);
        milestones.extend(roadmap.milestones().filter(|(_, it)| says(&it.title)).map(|(ix, _)| ix.0));
        issues.extend(roadmap.issues().filter(|(_, it)| it.made && says(&it.title)).map(|(ix, _)| ix.0));
        (milestones, issues)
    }

    fn tell_missing(
        self,
        missing: Vec<(String, Place, Option<Range<usize>>)>,
        noun: &str,
        report: &mut Report,
    ) {
        let more = missing.len().saturating_sub(MOST_MISSING);
        let file = || Place::file(Arc::clone(&self.doc.path));
        for (message, source, chapter) in missing.into_iter().take(MOST_MISSING) {
            let place = chapter.map_or_else(file, |range| Place::bytes(Arc::clone(&self.doc.path), range));
            report.push(Diagnostic::new(CODE, place, message).related(source, "the source says it here"));
        }
        if more > 0 {
            let message = format!(
                "{} more of the source {} missing",
                counted(more, noun),
                if more == 1 { "is" } else { "are" }
            );
            report.push(Diagnostic::new(CODE, file(), message));
        }
    }
}

/// The bytes without the white space at their end.
fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

/// The first number in a text that stands before a noun, as in "22 issues", with the bytes of both.
fn number_of(text: &str, noun: &str) -> Option<(usize, Range<usize>)> {
    for (at, _) in text.match_indices(noun) {
        let before = text[..at].trim_end();
        let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let is_whole = !text[..digits].ends_with(|c: char| c.is_alphanumeric() || "-.,_#".contains(c));
        let behind = text[at + noun.len()..].strip_prefix('s').unwrap_or(&text[at + noun.len()..]);
        let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        if let Some(number) = before[digits..].parse().ok().filter(|_| is_whole && ends && before.len() < at)
        {
            return Some((number, digits..text.len() - behind.len()));
        }
    }
    None
}
