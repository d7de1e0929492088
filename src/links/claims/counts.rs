//! Counts beside what is counted: a column of issues, `(14 issues)` behind a label, `6 milestones and 22 issues`.

use std::ops::Range;

use super::{Claims, line::Line};
use crate::{
    documents::{values, vocabulary::Field},
    model::{LabelIx, Target},
    report::{Report, counted},
};

/// A number that a document gives.
struct Count {
    line: usize,
    range: Range<usize>,
    said: usize,
    /// What is so many, as messages name it.
    what: String,
    real: usize,
}

pub(super) fn check(claims: &Claims<'_>, report: &mut Report) {
    for column in columns(claims) {
        let right = column.iter().filter(|count| count.said == count.real).count();
        // A column of which no number is right counts something else.
        if right >= 1 && 2 * right >= column.len() {
            let is_open = |count: &&Count| !claims.judged.contains(&(count.line, Field::Count));
            column.iter().filter(is_open).for_each(|count| tell(claims, count, report));
        }
    }
    for ix in 0..claims.lines.len() {
        in_brackets(claims, ix).iter().for_each(|count| tell(claims, count, report));
        whole(claims, ix).iter().for_each(|count| tell(claims, count, report));
    }
}

fn tell(claims: &Claims<'_>, count: &Count, report: &mut Report) {
    if count.said != count.real {
        let message = format!("{}, not {}", count.what, count.said);
        let found = claims.found(&claims.lines[count.line], &count.range, message);
        report.push(found.help("correct the number, or let a region of `build` tell it"));
    }
}

/// What a line is about, and how many issues that has.
fn issues_of(claims: &Claims<'_>, line: &Line<'_>) -> Option<(String, usize)> {
    let facts = &claims.renderer.facts;
    let said = |name: &str, count: usize| (format!("`{name}` has {}", counted(count, "issue")), count);
    match &line.lead {
        Some(lead) => match lead.target {
            Target::Milestone(ix) => Some(said(claims.id(lead.target), facts.milestone(ix).issues.len())),
            Target::Issue(_) => None,
        },
        None => {
            let ix = label_of(claims, line)?;
            Some(said(&claims.renderer.roadmap.labels[ix.0].name, facts.label(ix).issues.len()))
        }
    }
}

/// The label that a line begins with, in a code span.
fn label_of(claims: &Claims<'_>, line: &Line<'_>) -> Option<LabelIx> {
    let code = line.words.code().next()?;
    let is_first = !line.words.text[..code.start].contains(char::is_alphanumeric);
    let name = &line.words.text[code.clone()];
    let mut labels = claims.renderer.roadmap.labels().filter(|_| is_first);
    labels.find(|(_, label)| label.name.eq_ignore_ascii_case(name)).map(|(ix, _)| ix)
}

/// The columns of numbers below `Issues`, in tables whose rows begin with a milestone or a label.
fn columns(claims: &Claims<'_>) -> Vec<Vec<Count>> {
    let mut columns = Vec::new();
    for table in claims.tables.values() {
        let mut counts = Vec::new();
        for row in table.rows.values() {
            let about = row.values().find_map(|ix| issues_of(claims, &claims.lines[*ix]));
            let number = row.iter().find(|(column, _)| table.heads.is_surely(**column, Field::Count));
            if let (Some((what, real)), Some((_, ix))) = (about, number)
                && let Some(said) = values::count(&claims.lines[*ix].words.text)
            {
                let range = 0..claims.lines[*ix].words.text.len();
                counts.push(Count { line: *ix, range, said, what, real });
            }
        }
        columns.push(counts);
    }
    columns
}

/// The number in `(14 issues)`, in a line that begins with a milestone or a label.
fn in_brackets(claims: &Claims<'_>, ix: usize) -> Option<Count> {
    let line = &claims.lines[ix];
    let text = &line.words.text;
    let mut found = text.match_indices('(').filter_map(|(open, _)| {
        let (said, digits, rest) = number(&text[open + 1..])?;
        let is_end = ["issue)", "issues)"].iter().any(|end| rest.starts_with(end));
        is_end.then_some((open + 1..open + 1 + digits, said))
    });
    let (range, said) = found.next().filter(|_| found.next().is_none())?;
    let (what, real) = issues_of(claims, line)?;
    Some(Count { line: ix, range, said, what, real })
}

/// The numbers in `6 milestones and 22 issues`, where one of the two is that of the whole roadmap.
fn whole(claims: &Claims<'_>, ix: usize) -> Option<Count> {
    let text = &claims.lines[ix].words.text;
    let roadmap = &claims.renderer.roadmap;
    let (milestones, issues) = (roadmap.milestones.len(), roadmap.issues.len());
    let middle = ["milestones and ", "milestones, ", "milestones with "];
    let (at, join) = middle.iter().find_map(|join| Some((text.find(join)?, join)))?;
    let before = text[..at].strip_suffix(' ')?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let behind = at + join.len();
    let (said_issues, digits, _) =
        number(&text[behind..]).filter(|(_, _, rest)| rest.starts_with("issues"))?;
    let said_milestones: usize = before[start..].parse().ok()?;
    let roadmap_has = |count, noun| format!("the roadmap has {}", counted(count, noun));
    if said_milestones == milestones {
        let (range, what) = (behind..behind + digits, roadmap_has(issues, "issue"));
        return Some(Count { line: ix, range, said: said_issues, what, real: issues });
    }
    let (range, what) = (start..before.len(), roadmap_has(milestones, "milestone"));
    (said_issues == issues).then_some(Count {
        line: ix,
        range,
        said: said_milestones,
        what,
        real: milestones,
    })
}

/// The number that a text begins with, its digits, and what stands behind it and a space.
fn number(text: &str) -> Option<(usize, usize, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    Some((text[..digits].parse().ok()?, digits, text[digits..].strip_prefix(' ')?))
}
