//! The table: every issue once, in the order of the roadmap, in parts where it is long. With scripts its heads sort it, and it is
//! filtered as the board is.

use crate::render::said;
use crate::words::{counted, say, word};
use serde::Serialize;

use super::{
    PageContext, Part, StatusView,
    filter::{self, Panel, View},
    frame::Frame,
    grouping::{self, Grouping},
    milestone::{PartView, parts},
    places, rows, write,
};
use crate::{model::IssueIx, report::Diagnostic};

/// What `site/table.html` may know.
#[derive(Debug, Serialize)]
struct TableView<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    /// The filters; `None` beyond the first part, which filters all.
    panel: Option<Panel<'a>>,
    /// As `22 issues`: those of the roadmap, or of a part beyond the first.
    count: String,
    heads: Vec<Head>,
    rows: Vec<Row<'a>>,
}

/// What a column is called.
#[derive(Debug, Serialize)]
struct Head {
    /// As it stands in addresses.
    key: String,
    title: String,
}

/// An issue.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// Empty where it only repeats the title.
    id: &'a str,
    /// The title without its id.
    title: &'a str,
    link: String,
    /// What stands behind it, a column each.
    cells: Vec<Cell>,
}

/// What is known of an issue in one respect.
#[derive(Debug, Serialize)]
struct Cell {
    /// The class that gives it its shape and colour; empty for plain words.
    class: String,
    text: String,
}

/// Makes the table, or a part of it.
pub(super) fn table(here: &PageContext<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let is_first = part.number == 0;
    let heads = filter::heads(here);
    let group = |key: &str| here.known().groups.iter().find(|it| filter::group_key(it) == key);
    let columns: Vec<_> = heads[1..].iter().map(|(key, _)| (key.as_str(), group(key))).collect();
    let issues: Vec<_> = part.issues.clone().map(|ix| row(here, &columns, IssueIx(ix))).collect();
    let total = if is_first { here.roadmap.issues.len() } else { issues.len() };
    let description = say!("Every issue of {} in a table.", here.roadmap.title);
    let view = TableView {
        page: Frame::new(here, say!("Table"), description)?.below(here, word!("Board"), "board.html")?,
        part: if is_first { String::new() } else { part.words() },
        parts: parts(part, |number| here.to(&places::table(number))),
        panel: is_first.then(|| Panel::new(here, View::Table)),
        count: counted(total, "issue"),
        heads: heads.into_iter().map(|(key, title)| Head { key, title }).collect(),
        rows: issues,
    };
    write(here, "site/table.html", &view, out)
}

/// A row: what is known in each column, which is a label group or something by its key.
fn row<'a>(here: &PageContext<'a>, columns: &[(&str, Option<&Grouping>)], ix: IssueIx) -> Row<'a> {
    let issue = &here.roadmap.issues[ix.0];
    Row {
        id: issue.own_id(),
        title: rows::title(issue),
        link: here.issue(ix),
        cells: columns.iter().map(|(key, group)| cell(here, key, *group, ix)).collect(),
    }
}

fn cell(here: &PageContext<'_>, key: &str, group: Option<&Grouping>, ix: IssueIx) -> Cell {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    let day = |when: Option<crate::model::When>| when.map(said::day).unwrap_or_default();
    let is_late = facts.overdue.is_some();
    let (class, text) = match key {
        "state" => {
            let view = StatusView::of(here.facts, facts.status);
            return Cell { class: format!("st {}", view.class), text: view.said().into_owned() };
        }
        "milestone" => {
            ("", issue.milestone.get().map(|ix| here.roadmap.milestones[ix.0].short_name().to_owned()))
        }
        "waits" => ("", rows::waits(here, ix)),
        "waited" => {
            ("num", Some(here.facts.live().helps(ix)).filter(|many| *many > 0).map(|many| many.to_string()))
        }
        "since" => ("day", Some(day(issue.start_on))),
        "due" => (if is_late { "st overdue day" } else { "day" }, Some(day(issue.due_on))),
        "who" => ("", Some(issue.assignees().join(", "))),
        _ => ("", group.map(|group| label(here, group, ix))),
    };
    Cell { class: class.to_owned(), text: text.unwrap_or_default() }
}

/// The labels of a group that an issue has.
fn label(here: &PageContext<'_>, group: &Grouping, ix: IssueIx) -> String {
    let labels =
        here.roadmap.issues[ix.0].labels().iter().map(|link| here.roadmap.labels[link.to.0].name.as_str());
    let own: Vec<_> = labels.filter_map(|name| grouping::own_name(name, &group.prefix)).collect();
    own.join(", ")
}
