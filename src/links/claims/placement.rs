//! Issues under milestones: lists and tables below a milestone's heading, a column of milestones, ids in brackets.

use std::{collections::BTreeSet, ops::Range};

use super::{Claims, line::Line, milestone_named};
use crate::{
    documents::vocabulary::{Certainty, Field, LISTS},
    markdown::read::blocks::LineKind,
    model::{IssueIx, MilestoneIx, Target},
    render::Renderer,
    report::{Diagnostic, Report},
    rules::mentions::{KnownIds, Mention},
};

/// The most bytes in brackets that are read: a text of brackets alone would be read once for each.
const MOST_IN_BRACKETS: usize = 4_000;

/// The level of a heading, its milestone, and whether the heading is its name.
type Section = (u8, MilestoneIx, Certainty);

/// An issue that a document puts under a milestone.
struct Put {
    line: usize,
    range: Range<usize>,
    issue: IssueIx,
    milestone: MilestoneIx,
    in_brackets: bool,
}

pub(super) fn check(claims: &Claims<'_>, report: &mut Report) {
    for list in below_headings(claims) {
        if is_list_of(claims, &list) {
            tell(claims, &list, report);
        }
    }
    for (table, is_sure) in columns(claims) {
        let right = table.iter().filter(|put| is_right(claims, put)).count();
        let wrong = table.len() - right;
        if is_sure || (right >= 2 && right >= 2 * wrong) {
            tell(claims, &table, report);
        }
    }
    for line in 0..claims.lines.len() {
        in_brackets(claims, line, report);
    }
}

fn tell(claims: &Claims<'_>, puts: &[Put], report: &mut Report) {
    let mut told = BTreeSet::new();
    let is_open = |put: &&Put| !claims.judged.contains(&(put.line, Field::Milestone)) || put.in_brackets;
    let wrong = puts.iter().filter(is_open).filter(|put| !is_right(claims, put));
    let new = wrong.filter(|put| told.insert((put.line, put.issue)));
    new.for_each(|put| report.push(finding(claims, put)));
}

fn finding(claims: &Claims<'_>, put: &Put) -> Diagnostic {
    let (issue, milestone) = (Target::Issue(put.issue), Target::Milestone(put.milestone));
    let (id, said) = (claims.id(issue), claims.id(milestone));
    let message = format!("`{id}` is not in `{said}`");
    let found = claims.found(&claims.lines[put.line], &put.range, message);
    match own(claims, put.issue) {
        Some(own) => found
            .help(format!("its milestone is `{}`", claims.id(Target::Milestone(own))))
            .related(claims.source(issue, "milestone"), "the source says it here"),
        None => found.help("it has no milestone"),
    }
}

fn own(claims: &Claims<'_>, issue: IssueIx) -> Option<MilestoneIx> {
    claims.renderer.roadmap.issues[issue.0].milestone.get().copied()
}

fn is_right(claims: &Claims<'_>, put: &Put) -> bool {
    own(claims, put.issue) == Some(put.milestone)
}

/// Whether a list is one of a milestone's issues: it has two thirds of them, and few others.
fn is_list_of(claims: &Claims<'_>, list: &[Put]) -> bool {
    let Some(milestone) = list.first().map(|put| put.milestone) else { return false };
    let all = claims.renderer.facts.milestone(milestone).issues.len();
    let issues = |right: bool| {
        let some = list.iter().filter(|put| is_right(claims, put) == right);
        some.map(|put| put.issue).collect::<BTreeSet<_>>().len()
    };
    let (right, wrong) = (issues(true), issues(false));
    right >= 2 && 3 * right >= 2 * all && 2 * wrong <= right
}

/// The lists and tables below the heading of a milestone, each with the issues that its items and rows are about.
fn below_headings(claims: &Claims<'_>) -> Vec<Vec<Put>> {
    let mut lists = Vec::<(LineKind, Vec<Put>)>::new();
    for (ix, line) in claims.lines.iter().enumerate() {
        let list = match line.kind {
            LineKind::Item { list } => LineKind::Item { list },
            LineKind::Cell { table, row, column: 0 } if row > 0 => {
                LineKind::Cell { table, row: 0, column: 0 }
            }
            _ => continue,
        };
        let Some((milestone, _)) = line.section else { continue };
        let Some(put) = put(claims, ix, milestone) else { continue };
        match lists.iter_mut().rev().find(|(kind, _)| *kind == list) {
            Some((_, puts)) => puts.push(put),
            None => lists.push((list, vec![put])),
        }
    }
    lists.into_iter().map(|(_, puts)| puts).collect()
}

/// The milestone whose section begins with a heading or goes on below it, and whether the heading is its name.
pub(super) fn section(
    renderer: &Renderer,
    known: &KnownIds,
    line: &Line<'_>,
    around: Option<Section>,
) -> Option<Section> {
    let LineKind::Heading(level) = line.kind else { return around };
    if let Some(milestone) = milestone_named(renderer, known, &line.words.text) {
        return Some((level, milestone, Certainty::Sure));
    }
    let names_issue = || line.named.ids.iter().any(|id| matches!(id.target, Some(Target::Issue(_))));
    match line.one_milestone() {
        Some(milestone) if !names_issue() => Some((level, milestone, Certainty::Likely)),
        Some(_) => None,
        None => around
            .filter(|(outer, ..)| *outer < level)
            .filter(|_| LISTS.contains(&line.words.text.trim().to_lowercase().as_str())),
    }
}

/// The issue that an item or a row is about, unless it says of another milestone as well.
fn put(claims: &Claims<'_>, ix: usize, milestone: MilestoneIx) -> Option<Put> {
    let line = &claims.lines[ix];
    let lead = line.lead.as_ref()?;
    let Target::Issue(issue) = lead.target else { return None };
    let names_other = line
        .named
        .ids
        .iter()
        .any(|id| matches!(id.target, Some(Target::Milestone(other)) if other != milestone));
    (!names_other).then(|| Put { line: ix, range: lead.range.clone(), issue, milestone, in_brackets: false })
}

/// The columns of milestones in tables of issues: what each says, and whether its head says so.
fn columns(claims: &Claims<'_>) -> Vec<(Vec<Put>, bool)> {
    let mut columns = Vec::new();
    for table in claims.tables.values() {
        let mut puts = std::collections::BTreeMap::<usize, Vec<Put>>::new();
        for (target, cells) in table.about(&claims.lines) {
            let Target::Issue(issue) = target else { continue };
            for (column, ix) in cells {
                let line = &claims.lines[ix];
                let Some(lead) = &line.lead else { continue };
                let (Target::Milestone(milestone), true) = (lead.target, is_name(line)) else { continue };
                let put = Put { line: ix, range: lead.range.clone(), issue, milestone, in_brackets: false };
                puts.entry(column).or_default().push(put);
            }
        }
        columns
            .extend(puts.into_iter().map(|(column, puts)| (puts, table.heads.names[column] == "milestone")));
    }
    columns
}

/// Whether a cell names one thing: its id, or its id with a title.
fn is_name(line: &Line<'_>) -> bool {
    line.named.ids.len() == 1 && (line.is_whole() || line.behind().is_some())
}

/// What stands in brackets behind an id: `DB-007 (DB-ML1)`, `DB-ML1 – Schema (DB-004 through DB-008)`.
fn in_brackets(claims: &Claims<'_>, ix: usize, report: &mut Report) {
    let line = &claims.lines[ix];
    for (open, _) in line.words.text.match_indices('(') {
        let Some(inner) = brackets(&line.words.text, open) else { continue };
        if !is_only_ids(line, &inner) {
            continue;
        }
        let targets = || targets(claims, line, &inner);
        let before = line.named.ids.partition_point(|id| id.range.end <= open);
        let before = before.checked_sub(1).and_then(|last| line.named.ids.get(last));
        let is_next = |end: usize| line.words.text[end..open].trim().is_empty();
        match before.and_then(|id| Some((id, id.target?))) {
            Some((id, Target::Issue(issue))) if is_next(id.range.end) => {
                if let [(range, Target::Milestone(milestone))] = targets().as_slice() {
                    let (range, milestone) = (range.clone(), *milestone);
                    let put = Put { line: ix, range, issue, milestone, in_brackets: true };
                    tell(claims, &[put], report);
                }
            }
            Some((id, Target::Milestone(milestone)))
                if is_next(id.range.end) || line.lead.as_ref().is_some_and(|lead| lead.range == id.range) =>
            {
                let puts = targets().into_iter().filter_map(|(range, target)| match target {
                    Target::Issue(issue) => {
                        Some(Put { line: ix, range, issue, milestone, in_brackets: true })
                    }
                    Target::Milestone(_) => None,
                });
                let puts: Vec<_> = puts.collect();
                if is_list_of(claims, &puts) {
                    tell(claims, &puts, report);
                }
            }
            _ => {}
        }
    }
}

/// The bytes between a bracket and the one that ends it, where that is not far.
fn brackets(text: &str, open: usize) -> Option<Range<usize>> {
    let near = &text.as_bytes()[open..text.len().min(open + MOST_IN_BRACKETS)];
    near.iter().position(|byte| *byte == b')').map(|length| open + 1..open + length)
}

/// The ids that stand in these bytes: those of a line stand in their order.
fn ids_in<'l>(line: &'l Line<'_>, inner: &Range<usize>) -> &'l [Mention] {
    let ids = &line.named.ids;
    let first = ids.partition_point(|id| id.range.start < inner.start);
    let behind = ids.partition_point(|id| id.range.end <= inner.end);
    ids.get(first..behind).unwrap_or_default()
}

/// Whether there is nothing in these bytes but ids and what joins them.
fn is_only_ids(line: &Line<'_>, inner: &Range<usize>) -> bool {
    let mut rest = String::new();
    let mut at = inner.start;
    for id in ids_in(line, inner) {
        rest.push_str(&line.words.text[at..id.range.start.max(at)]);
        rest.push(' ');
        at = id.range.end;
    }
    if at == inner.start {
        return false;
    }
    rest.push_str(&line.words.text[at..inner.end]);
    let joins = ["and", "through", "to", "thru"];
    rest.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || joins.contains(&word))
}

/// What the ids in these bytes mean, those between the ends of a range with it.
fn targets(claims: &Claims<'_>, line: &Line<'_>, inner: &Range<usize>) -> Vec<(Range<usize>, Target)> {
    let is_in = |range: &Range<usize>| range.start >= inner.start && range.end <= inner.end;
    let ranges = line.named.ranges.iter().filter(|range| is_in(&range.range));
    let ranged =
        ranges.flat_map(|range| claims.known.within(range).map(|(_, target)| (range.range.clone(), target)));
    let single = ids_in(line, inner).iter().filter_map(|id| Some((id.range.clone(), id.target?)));
    let mut seen = BTreeSet::new();
    single.chain(ranged).filter(|(_, target)| seen.insert(*target)).collect()
}
