//! What tables state: columns whose heads say what they hold, and issues below the heading of a milestone.
//!
//! A row is about an item where one of its cells is the id of it, or begins with it as titles do. Of the row's other cells
//! only those are judged whose column says by its head what it holds; what is written in free words is nobody's claim.

use std::collections::{BTreeMap, BTreeSet};

use super::{Claims, line::Table, milestone_named, titles::is_same};
use crate::{
    documents::{
        values,
        vocabulary::{Certainty, Field},
    },
    markdown::read::visible,
    model::{IssueIx, MilestoneIx, Target, id_in_title},
    report::{Diagnostic, Report, counted, one_line},
};

/// A statement about an item of the roadmap.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    /// The line that says it.
    pub(super) line: usize,
    pub(super) about: Target,
    pub(super) field: Field,
    /// The milestone that is said, for that field.
    milestone: Option<MilestoneIx>,
}

/// All that tables state.
pub(super) fn stated(claims: &Claims<'_>) -> Vec<Stated> {
    let rows = claims.tables.values().flat_map(|table| table.rows.values().map(move |row| (table, row)));
    rows.flat_map(|(table, row)| match subject(claims, table, row) {
        Some(about) => of_row(claims, table, row, about),
        None => Vec::new(),
    })
    .collect()
}

/// What the cells of a row state of the item that it is about.
fn of_row(claims: &Claims<'_>, table: &Table, row: &BTreeMap<usize, usize>, about: Target) -> Vec<Stated> {
    let cells = row.iter().map(|(column, line)| (*column, claims.lines[*line].words));
    let said = table.heads.says(cells).filter(|(_, said)| said.certainty == Certainty::Sure);
    // Beside nothing but an id a number may be an issue's.
    let counts = [Field::Title, Field::Description].iter().any(|field| table.heads.has_surely(*field));
    let mut stated: Vec<_> = said
        .filter(|(_, said)| counts || said.field != Field::Count)
        .map(|(column, said)| {
            let named = || milestone_named(claims.renderer, claims.known, &said.words.text);
            let milestone = (said.field == Field::Milestone).then(named).flatten();
            Stated { line: row[&column], about, field: said.field, milestone }
        })
        .collect();
    let has_milestone = stated.iter().any(|stated| stated.field == Field::Milestone);
    if let (Target::Issue(_), Some(line), false) = (about, row.values().next(), has_milestone)
        && let Some((milestone, Certainty::Sure)) = claims.lines[*line].section
    {
        stated.push(Stated { line: *line, about, field: Field::Milestone, milestone: Some(milestone) });
    }
    stated.retain(|stated| stated.field != Field::Milestone || stated.milestone.is_some());
    stated
}

/// The item that a row is about; none where it names none, or one that there is not.
pub(super) fn subject(claims: &Claims<'_>, table: &Table, row: &BTreeMap<usize, usize>) -> Option<Target> {
    let mut milestone = None;
    for (column, line) in row {
        let head = table.heads.names[*column].as_str();
        let is_titled = head == "milestone" || table.heads.is_surely(*column, Field::Title);
        // Ids in other columns are spoken of, as in "waits for"; the first one is what a row is about, whatever its head.
        if !(*column == 0 || is_titled || head == "issue" || table.heads.is_surely(*column, Field::Id)) {
            continue;
        }
        let text = claims.lines[*line].words.text.trim();
        let name = id_in_title(text).unwrap_or(text);
        match claims.known.target(name) {
            Some(issue @ Target::Issue(_)) => return Some(issue),
            Some(found) => milestone = milestone.or(Some(found)),
            None if claims.known.is_id(name) => return None,
            None if is_titled => {
                let mut all = claims.renderer.roadmap.milestones();
                let same = all.find(|(_, it)| is_same(&it.title, text));
                milestone = milestone.or(same.map(|(ix, _)| Target::Milestone(ix)));
            }
            None => {}
        }
    }
    milestone.filter(|_| !table.heads.has_surely(Field::Labels))
}

pub(super) fn check(claims: &Claims<'_>, report: &mut Report) {
    let found = claims.stated.iter().filter_map(|stated| match stated.about {
        Target::Issue(ix) => of_issue(claims, *stated, ix),
        Target::Milestone(ix) => of_milestone(claims, *stated, ix),
    });
    found.for_each(|found| report.push(found));
}

fn of_issue(claims: &Claims<'_>, stated: Stated, ix: IssueIx) -> Option<Diagnostic> {
    let roadmap = &claims.renderer.roadmap;
    let issue = &roadmap.issues[ix.0];
    let words = claims.lines[stated.line].words;
    let (key, is_given, message) = match stated.field {
        Field::Title if !is_title(claims, stated.about, &issue.title, words.text.trim()) => {
            ("title", true, format!("`{}` is called `{}`", issue.id, one_line(issue.short_title())))
        }
        Field::Labels => {
            let names = issue.labels().iter().map(|link| roadmap.labels[link.to.0].name.as_str());
            let difference = label_difference(values::names(words), names)?;
            ("labels", issue.labels.is_given(), format!("`{}` {difference}", issue.id))
        }
        Field::Milestone => {
            let own = issue.milestone.get().copied();
            let claimed = stated.milestone.filter(|claimed| Some(*claimed) != own)?;
            let own = own.map_or_else(
                || "no milestone".into(),
                |own| format!("`{}`", claims.id(Target::Milestone(own))),
            );
            let wrong = claims.id(Target::Milestone(claimed));
            let message = format!("`{}` belongs to {own}, not to `{wrong}`", issue.id);
            ("milestone", issue.milestone.is_given(), message)
        }
        _ => return None,
    };
    let place = claims.item(stated.about);
    Some(claims.differs(&words.range, message, if is_given { place.key(key) } else { place }))
}

fn of_milestone(claims: &Claims<'_>, stated: Stated, ix: MilestoneIx) -> Option<Diagnostic> {
    let milestone = &claims.renderer.roadmap.milestones[ix.0];
    let words = claims.lines[stated.line].words;
    let (id, place) = (&milestone.id, claims.item(stated.about));
    let (place, message) = match stated.field {
        Field::Title if !is_title(claims, stated.about, &milestone.title, words.text.trim()) => {
            (place.key("title"), format!("`{id}` is called `{}`", one_line(&milestone.title)))
        }
        Field::Count => {
            let count = claims.renderer.facts.milestone(ix).issues.len();
            let said = values::count(&words.text).filter(|said| *said != count)?;
            (place, format!("`{id}` has {}, not {said}", counted(count, "issue")))
        }
        Field::Description => {
            let own = milestone.description.get().filter(|own| !own.is_empty())?;
            if is_same(&visible(own), &words.text) {
                return None;
            }
            (place.key("description"), format!("`{id}` has another description"))
        }
        _ => return None,
    };
    Some(claims.differs(&words.range, message, place))
}

/// Whether a text is what an item is called: its title, whole or without its id, or a milestone's id alone.
pub(super) fn is_title(claims: &Claims<'_>, target: Target, title: &str, text: &str) -> bool {
    // A remark may be behind it: `Build it (see below)`.
    let bare = text.rsplit_once(" (").map_or(text, |(bare, _)| bare);
    let is_id = || matches!(target, Target::Milestone(_)) && text.eq_ignore_ascii_case(claims.id(target));
    [text, bare].into_iter().any(|text| is_same(text, title) || is_same(text, claims.title(target)))
        || is_id()
}

/// How a cell of labels differs from an issue's labels, in words behind the issue's name; `None` where it does not.
fn label_difference<'l>(said: Vec<String>, names: impl Iterator<Item = &'l str>) -> Option<String> {
    let own: BTreeSet<_> = names.map(str::to_lowercase).collect();
    let mut claimed = BTreeSet::new();
    for name in said.iter().flat_map(|part| part.split('·')).map(|part| part.trim().to_lowercase()) {
        // Without commas between them, names are words.
        if own.contains(&name) || !name.contains(' ') {
            claimed.insert(name);
        } else {
            claimed.extend(name.split_whitespace().map(str::to_owned));
        }
    }
    let listed = |names: Vec<&String>| {
        names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let (missing, wrong) =
        (listed(own.difference(&claimed).collect()), listed(claimed.difference(&own).collect()));
    match (missing.is_empty(), wrong.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("has {missing} as well")),
        (true, false) => Some(format!("does not have {wrong}")),
        (false, false) => Some(format!("has {missing}, not {wrong}")),
    }
}
