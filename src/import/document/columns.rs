//! What a table is about, by the heads of its columns, whatever their order.

use crate::{
    markdown::read::blocks::{Row, Words},
    model::id_in_title,
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The row's place in the table: it says nothing.
    Place,
    Id,
    Title,
    Description,
    Goal,
    Labels,
    Milestone,
    /// How many issues there are: derived, but held against them.
    Count,
    State,
    Assignees,
    Owner,
    Due,
    Start,
    Closed,
    Estimate,
    Waits,
    Parent,
    Kind,
    Color,
    Unknown,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Milestones,
    Issues,
    Labels,
}

/// What a table is about and what its columns hold; `None` for one that is no part of a roadmap. `of_milestones` says
/// that the chapter speaks of milestones.
pub(super) fn columns(rows: &[Row], of_milestones: bool) -> Option<(About, Vec<Column>)> {
    let head: Vec<String> = rows.first()?.cells.iter().map(name).collect();
    let about = about(&head, of_milestones)?;
    let mut columns: Vec<Column> = head.iter().map(|name| column(name, about, &head)).collect();
    settle(&mut columns, &rows[1..], about);
    let has_title = columns.contains(&Column::Title) || columns.contains(&Column::Id);
    has_title.then_some((about, columns))
}

/// The head of a column in small letters, without marks.
fn name(words: &Words) -> String {
    let letters = words.text.to_lowercase();
    let letters: String =
        letters.chars().map(|c| if c.is_alphanumeric() || c == '#' { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

const COUNTS: [&str; 8] =
    ["issues", "# issues", "issue count", "number of issues", "count", "tasks", "items", "open issues"];
const TITLES: [&str; 9] =
    ["title", "name", "summary", "task", "issue title", "what", "item", "deliverable", "story"];
const DUE: [&str; 7] = ["due", "due on", "due date", "deadline", "target", "target date", "eta"];
const STARTS: [&str; 4] = ["start", "start on", "start date", "begin"];
const NUMBERS: [&str; 7] = ["#", "no", "nr", "number", "issue #", "issue no", "issue number"];

fn about(head: &[String], of_milestones: bool) -> Option<About> {
    let has = |names: &[&str]| head.iter().any(|name| names.contains(&name.as_str()));
    let has_title = has(&TITLES);
    let is_of_issues =
        has(&["labels", "tags", "assignee", "assignees", "issue #", "issue", "task", "ticket", "story"]);
    if has(&["label", "tag", "label name"]) && !is_of_issues {
        return Some(About::Labels);
    }
    if has(&COUNTS) && !has(&["labels", "tags", "issue #", "issue"]) && (has_title || has(&["milestone"])) {
        return Some(About::Milestones);
    }
    if has(&["milestone"]) && !has_title && !is_of_issues {
        return Some(About::Milestones);
    }
    if is_of_issues && (has_title || has(&["issue", "ticket"])) {
        return Some(About::Issues);
    }
    if of_milestones && has_title {
        return Some(About::Milestones);
    }
    (has_title && has(&["id", "key", "ref", "milestone", "state", "status"])).then_some(About::Issues)
}

/// Whether a head names a day that is planned.
fn is_day(name: &str) -> bool {
    DUE.contains(&name) || STARTS.contains(&name)
}

fn column(name: &str, about: About, head: &[String]) -> Column {
    // A year beside the name of a day is that of the days below it: `Due 2027`.
    let words = name.split(' ').filter(|word| word.parse::<u16>().is_err()).collect::<Vec<_>>();
    let name = if words.len() + 1 == name.split(' ').count() && is_day(&words.join(" ")) {
        words.join(" ")
    } else {
        name.to_owned()
    };
    let name = name.as_str();
    let has_title = head.iter().any(|name| TITLES.contains(&name.as_str()));
    match name {
        "id" | "key" | "ref" | "milestone id" | "issue id" => Column::Id,
        "milestone" if about == About::Milestones && !has_title => Column::Title,
        "milestone" if about == About::Milestones => Column::Id,
        "milestone" | "sprint" => Column::Milestone,
        "issue" | "ticket" if has_title => Column::Id,
        "issue" | "ticket" => Column::Title,
        "label" | "tag" | "label name" => Column::Title,
        "label description" | "description" | "about" | "scope" | "meaning" => Column::Description,
        "goal" | "outcome" | "objective" => Column::Goal,
        "labels" | "tags" => Column::Labels,
        "state" | "status" | "done" => Column::State,
        "assignee" | "assignees" | "assigned to" | "who" => Column::Assignees,
        "owner" | "lead" if about == About::Milestones => Column::Owner,
        "owner" => Column::Assignees,
        _ if DUE.contains(&name) => Column::Due,
        _ if STARTS.contains(&name) => Column::Start,
        "closed" | "closed on" | "completed on" | "done on" => Column::Closed,
        "estimate" | "points" | "story points" | "size" | "effort" => Column::Estimate,
        "blocked by" | "depends on" | "dependencies" | "needs" | "waits for" => Column::Waits,
        "parent" | "epic" | "part of" => Column::Parent,
        "type" => Column::Kind,
        "color" | "colour" => Column::Color,
        _ if NUMBERS.contains(&name) => Column::Id,
        _ if COUNTS.contains(&name) && about != About::Issues => Column::Count,
        _ if TITLES.contains(&name) => Column::Title,
        _ => Column::Unknown,
    }
}

/// Numbers that only count the rows are no ids; of two columns with one meaning the first has it.
fn settle(columns: &mut [Column], rows: &[Row], about: About) {
    let titles = columns.iter().position(|column| *column == Column::Title);
    let has_ids =
        rows.iter().filter_map(|row| row.cells.get(titles?)).any(|cell| id_in_title(&cell.text).is_some());
    for at in 0..columns.len() {
        let numbers = |row: &Row| row.cells.get(at).and_then(|cell| cell.text.trim().parse::<usize>().ok());
        let count = rows
            .iter()
            .enumerate()
            .all(|(place, row)| numbers(row).is_some_and(|n| n == place + 1 || n == place));
        let only_numbers = rows.iter().all(|row| numbers(row).is_some());
        if columns[at] == Column::Id && (count || (only_numbers && (has_ids || about == About::Milestones))) {
            columns[at] = Column::Place;
        }
        let is_single = !matches!(columns[at], Column::Place | Column::Unknown);
        if is_single && columns[..at].contains(&columns[at]) {
            columns[at] = Column::Unknown;
        }
    }
}
