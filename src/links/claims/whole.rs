//! What a document says that tells the whole roadmap, as an older SUMMARY.md does: totals, counts, and nothing left out.

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use super::{
    CODE, Claims, milestone_named,
    rows::{is_title, subject},
};
use crate::{
    documents::vocabulary::Certainty,
    markdown::read::{Outline, blocks::LineKind, read_lines},
    model::{Label, MilestoneIx, Target, id_in_title},
    render::Renderer,
    report::{Diagnostic, Place, Report, counted, one_line},
    rules::mentions::KnownIds,
    source::Doc,
};

/// How many missing items of one kind are told one by one.
const MOST_MISSING: usize = 5;

/// How many of the roadmap's milestones and issues a document names.
pub(crate) fn count_named(renderer: &Renderer, known: &KnownIds, doc: &Doc) -> usize {
    let (outline, written) = read_lines(&doc.text);
    let (milestones, issues) = Claims::of(renderer, known, doc, &written).named(&outline);
    milestones.len() + issues.len()
}

/// What a document that tells the whole roadmap says otherwise than the source, beside its tables: these are judged with
/// all other documents.
pub(crate) fn of_summary(renderer: &Renderer, doc: &Doc) -> Report {
    let (outline, written) = read_lines(&doc.text);
    let known = KnownIds::of(&renderer.roadmap);
    let claims = Claims::of(renderer, &known, doc, &written);
    let mut report = Report::default();
    claims.headings(&mut report);
    claims.totals(&outline, &mut report);
    claims.label_counts(&outline, &mut report);
    claims.missing(&outline, &mut report);
    report
}

impl Claims<'_> {
    /// The headings that name milestones, with their bytes.
    fn milestones(&self) -> impl Iterator<Item = (MilestoneIx, &str, &Range<usize>)> {
        let headings = self.lines.iter().filter(|line| matches!(line.kind, LineKind::Heading(_)));
        headings.filter_map(|line| {
            let milestone = milestone_named(self.renderer, self.known, &line.words.text)?;
            Some((milestone, line.words.text.trim(), &line.block))
        })
    }

    /// Headings that begin with the id of a milestone and go on otherwise than its title.
    fn headings(&self, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        for (ix, text, range) in self.milestones().filter(|(_, text, _)| id_in_title(text).is_some()) {
            let (milestone, target) = (&roadmap.milestones[ix.0], Target::Milestone(ix));
            if !is_title(self, target, &milestone.title, text) {
                let message = format!("`{}` is called `{}`", milestone.id, one_line(&milestone.title));
                report.push(self.differs(&self.trimmed(range), message, self.source(target, "title")));
            }
        }
    }

    /// "6 milestones" and "22 issues" in one line speak of the whole; "3 issues" below a milestone's heading of that one.
    fn totals(&self, outline: &Outline, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        for prose in &outline.prose {
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
                        report.push(self.differs(&at(&range), message, roadmap.head_place(list)));
                    }
                }
                (None, Some((number, range))) => {
                    // Behind a label in backticks it is the label that is counted.
                    let line = self.doc.text[..prose.start].rsplit('\n').next().unwrap_or_default();
                    let behind = self.lines.partition_point(|line| line.block.start <= prose.start);
                    let section = behind.checked_sub(1).and_then(|at| self.lines[at].section);
                    let Some((ix, Certainty::Sure)) = section.filter(|_| !line.contains('`')) else {
                        continue;
                    };
                    let count = self.renderer.facts.milestone(ix).issues.len();
                    if number != count {
                        let id = &roadmap.milestones[ix.0].id;
                        let message = format!("`{id}` has {}, not {number}", counted(count, "issue"));
                        report.push(self.differs(&at(&range), message, roadmap.milestone_place(ix)));
                    }
                }
                _ => {}
            }
        }
    }

    /// A label in backticks, and behind it in its line how many issues have it.
    fn label_counts(&self, outline: &Outline, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        for (code, range) in &outline.code {
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
            report.push(self.differs(&(range.end + at.start..range.end + at.end), message, place));
        }
    }

    /// Milestones, issues and labels of the source that the document does not name.
    fn missing(&self, outline: &Outline, report: &mut Report) {
        let roadmap = &self.renderer.roadmap;
        let (milestones, issues) = self.named(outline);
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
            let own = issue.milestone.get();
            let chapter = own.and_then(|own| self.milestones().find(|(found, ..)| found == own));
            (message, roadmap.issue_place(ix), chapter.map(|(.., range)| self.trimmed(range)))
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
    fn named(&self, outline: &Outline) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let mut milestones: BTreeSet<_> = self.milestones().map(|(ix, ..)| ix.0).collect();
        let mut issues = BTreeSet::new();
        let rows = self.tables.values().flat_map(|table| table.rows.values().map(move |row| (table, row)));
        for target in rows.filter_map(|(table, row)| subject(self, table, row)) {
            match target {
                Target::Issue(ix) => issues.insert(ix.0),
                Target::Milestone(ix) => milestones.insert(ix.0),
            };
        }
        let has_rows = !issues.is_empty();
        let mentions =
            outline.prose.iter().flat_map(|prose| self.known.mentions(&self.doc.text[prose.clone()]).ids);
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
        &self,
        missing: Vec<(String, Place, Option<Range<usize>>)>,
        noun: &str,
        report: &mut Report,
    ) {
        let more = missing.len().saturating_sub(MOST_MISSING);
        let whole = |message| Diagnostic::new(CODE, Place::file(Arc::clone(&self.doc.path)), message);
        for (message, source, chapter) in missing.into_iter().take(MOST_MISSING) {
            let found = match chapter {
                Some(range) => self.at(range, message),
                None => whole(message),
            };
            report.push(found.related(source, "the source says it here"));
        }
        if more > 0 {
            let verb = if more == 1 { "is" } else { "are" };
            report.push(whole(format!("{} more of the source {verb} missing", counted(more, noun))));
        }
    }

    /// The bytes without the white space at their end.
    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        range.start..range.start + self.doc.text[range.clone()].trim_end().len()
    }
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
