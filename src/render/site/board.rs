//! The board: every issue once, in the column that tells how it stands, or what kind of work it is.
//!
//! Without scripts the board is whole, in parts where it is long: what is open first, cut by milestones and by their issues, so that
//! a change of one state changes the part that it leaves and the one that it comes to. With them the first part filters, sorts and
//! groups the whole roadmap ([`super::filter`]).

use crate::words::{counted, say};
use serde::Serialize;

use super::{
    PageContext, Part,
    cuts::part_of,
    filter::{self, Panel},
    frame::Frame,
    milestone::{PartView, parts},
    places, write,
};
use crate::{facts::Status, report::Diagnostic};

mod columns;

use columns::Column;

/// What `site/board.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    /// The filters; `None` beyond the first part, which filters all.
    panel: Option<Panel<'a>>,
    /// As `22 issues`: those of the roadmap, or of a part beyond the first.
    count: String,
    columns: Vec<Column<'a>>,
    /// How many of them stand side by side.
    beside: usize,
    /// Closed issues that stand below open ones.
    /// Whether other parts hold more of each column.
    is_part: bool,
    folded: Vec<Column<'a>>,
    /// Closed issues that stand on other parts.
    ways: Vec<ToPart>,
}

/// The way to closed issues.
#[derive(Debug, Serialize)]
struct ToPart {
    status: super::StatusView,
    count: usize,
    link: String,
}

/// Makes the board, or a part of it.
pub(super) fn board(here: &PageContext<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let is_first = part.number == 0;
    let issues = &here.known().board[part.issues.clone()];
    let [open, closed] = columns::columns(here, issues)?;
    let (columns, folded) = if open.is_empty() { (closed, open) } else { (open, closed) };
    let total = if is_first { here.roadmap.issues.len() } else { issues.len() };
    let title = if here.known().groups.is_empty() {
        say!("by status")
    } else {
        say!("by how they stand or what they are")
    };
    let view = View {
        page: Frame::new(here, say!("Board"), say!("The issues of {} {}.", here.roadmap.title, title))?,
        part: if is_first { String::new() } else { part.words() },
        parts: parts(part, |number| here.to(&places::board(number))),
        panel: is_first.then(|| Panel::new(here, filter::View::Board)),
        count: counted(total, "issue"),
        beside: columns.iter().filter(|column| !column.is_wide).count().max(1),
        columns,
        folded,
        is_part: part.count > 1,
        ways: if is_first && part.count > 1 { ways(here, part) } else { Vec::new() },
    };
    write(here, "site/board.html", &view, out)
}

/// The ways to what is closed and on none but other parts.
fn ways(here: &PageContext<'_>, first: &Part) -> Vec<ToPart> {
    let statuses = [Status::Done, Status::Dropped].into_iter();
    let way = |status| {
        let (number, count) =
            (part_of(here.facts, &here.known().board, status)?, here.known().statuses.get(status));
        let link = here.to(&places::board(number));
        (number > first.number).then(|| ToPart {
            status: super::StatusView::of(here.facts, status),
            count,
            link,
        })
    };
    statuses.filter_map(way).collect()
}
