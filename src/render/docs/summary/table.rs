//! The tables of SUMMARY.md, by the columns that the source names.

use crate::words::{self, say, word};
use std::{borrow::Cow, rc::Rc};

use crate::{
    data::said,
    facts::{Facts, Status, days_words},
    markdown::write::{self, Context, inline_gfm},
    model::{Column, IssueIx, LabelGroup, LabelIx, MilestoneIx, Roadmap, SummaryTable},
    render::{
        Places,
        docs::parts::{Links, due, progress, status},
        engine::{bar, linked},
    },
    source::schema::Extra,
};

/// One of the tables.
pub(super) struct Table {
    table: SummaryTable,
    columns: Vec<Column>,
    /// The group of each label that has a column of its own, by the label's place; empty where there is no such column.
    grouped: Vec<Option<usize>>,
}

impl Table {
    /// The table with the columns that the source names.
    pub(super) fn new(roadmap: &Roadmap, table: SummaryTable) -> Self {
        let columns = roadmap.summary_columns(table);
        let mut grouped = Vec::new();
        for column in &columns {
            if let Column::Group(Some(group)) = column {
                grouped.resize(roadmap.labels.len(), None);
                roadmap.groups[*group].labels.iter().for_each(|ix| grouped[ix.0] = Some(*group));
            }
        }
        Self { table, columns, grouped }
    }

    /// Its head and the line below it.
    pub(super) fn head(&self, roadmap: &Roadmap) -> String {
        let heads: Vec<_> = self.columns.iter().map(|it| self.name(*it, &roadmap.groups)).collect();
        let lines = heads.iter().map(|head| "-".repeat(head.chars().count() + 2));
        let lines = lines.collect::<Vec<_>>().join("|");
        format!("{}\n|{lines}|", row(heads.iter().map(|head| write::text(head, Context::Cell).into())))
    }

    /// What stands above a column.
    fn name(&self, column: Column, groups: &[LabelGroup]) -> String {
        let name = match column {
            Column::Place => "#",
            Column::Id if self.table == SummaryTable::Milestones => word!("Id"),
            Column::Id => word!("Issue #"),
            Column::Title => word!("Title"),
            Column::Description => word!("Description"),
            Column::Goal => word!("Goal"),
            Column::Labels => word!("Labels"),
            Column::Issues => word!("Issues"),
            Column::Progress => word!("Progress"),
            Column::State => word!("Status"),
            Column::Owner => word!("Owner"),
            Column::Assignees => word!("Assignees"),
            Column::Start => word!("Start"),
            Column::Due => word!("Due"),
            Column::Closed => word!("Closed"),
            Column::Plain(field) => field.title,
            Column::Type => word!("Type"),
            Column::Parent => word!("Part of"),
            Column::BlockedBy => word!("Waits for"),
            Column::Group(None) => word!("Priority"),
            Column::Group(Some(ix)) => return capitalized(&groups[ix].prefix),
        };
        words::plain(|| words::of(name).into_owned())
    }

    /// The row of a milestone.
    pub(super) fn milestone(&self, links: &Links<'_>, ix: MilestoneIx, link: &str) -> String {
        let renderer = links.renderer;
        let milestone = &renderer.roadmap.milestones[ix.0];
        let facts = renderer.facts.milestone(ix);
        let markdown = |text: &str| inline_gfm(text, Context::Cell);
        let cell = |column| match column {
            Column::Place => (ix.0 + 1).to_string(),
            Column::Id => plain(milestone.id.as_str()),
            Column::Title => linked(&milestone.title, link, Context::Cell),
            Column::Description => milestone.description.get().map(|it| markdown(it)).unwrap_or_default(),
            Column::Goal => milestone.goal.as_deref().map(markdown).unwrap_or_default(),
            Column::Issues => facts.issues.len().to_string(),
            Column::Progress => progress(&facts.progress, bar),
            Column::State => state(&renderer.facts, facts.status, facts.overdue, &milestone.extra),
            Column::Owner => milestone.owner.as_deref().map(plain).unwrap_or_default(),
            Column::Start => milestone.start_on.map(|it| it.to_string()).unwrap_or_default(),
            Column::Due => due(milestone.known_due_on(), facts.slip),
            Column::BlockedBy => {
                let title = |ix: MilestoneIx| {
                    let link =
                        places(links).map(|it| it.link_to_milestone(links.from, ix)).unwrap_or_default();
                    linked(&renderer.roadmap.milestones[ix.0].title, &link, Context::Cell)
                };
                milestone.blocked_by.iter().map(|link| title(link.to)).collect::<Vec<_>>().join(", ")
            }
            _ => String::new(),
        };
        self.row(cell, &milestone.extra)
    }

    /// The row of an issue; `place` is its place in the table.
    pub(super) fn issue(&self, links: &Links<'_>, place: usize, ix: IssueIx, link: &str) -> String {
        let renderer = links.renderer;
        let issue = &renderer.roadmap.issues[ix.0];
        let facts = renderer.facts.issue(ix);
        let elsewhere = |of: &crate::model::Elsewhere| linked(&of.text, &of.name.url(), Context::Cell);
        let cell = |column| match column {
            Column::Place => place.to_string(),
            Column::Id => linked(issue.id.as_str(), link, Context::Cell),
            Column::Title => plain(issue.short_title()),
            Column::Labels => self.labels(links, ix),
            Column::Group(group) => self.group(links, ix, group),
            Column::State => state(&renderer.facts, facts.status, facts.overdue, &issue.extra),
            Column::Owner | Column::Assignees => plain(&issue.assignees().join(", ")),
            Column::Start => issue.start_on.map(|it| it.to_string()).unwrap_or_default(),
            Column::Due => due(issue.due_on, facts.slip),
            Column::Closed => issue.closed_on.map(|it| it.to_string()).unwrap_or_default(),
            Column::Plain(field) => {
                plain(&words::plain(|| (field.said)(issue).map(said)).unwrap_or_default())
            }
            Column::Type => issue.kind.get().map(|it| plain(it)).unwrap_or_default(),
            Column::Parent => match (issue.parent.get(), &issue.parent_elsewhere) {
                (Some(parent), _) => id(links, *parent),
                (None, Some(parent)) => elsewhere(parent),
                (None, None) => String::new(),
            },
            Column::BlockedBy => {
                let own = issue.blocked_by().iter().map(|link| id(links, link.to));
                let others = issue.blocked_elsewhere.iter().map(|link| elsewhere(&link.to));
                own.chain(others).collect::<Vec<_>>().join(", ")
            }
            _ => String::new(),
        };
        self.row(cell, &issue.extra)
    }

    /// A row; what an item's own fields leave empty is what its `extra` keeps for the column.
    fn row(&self, cell: impl Fn(Column) -> String, extra: &Extra) -> String {
        row(self.columns.iter().map(|column| {
            let cell = cell(*column);
            let kept = || column.extra_key().and_then(|key| kept(extra, key)).unwrap_or_default();
            if cell.is_empty() && *column != Column::State { kept().into() } else { cell.into() }
        }))
    }

    /// The labels of an issue that have no column of their own.
    fn labels(&self, links: &Links<'_>, ix: IssueIx) -> String {
        let has_none = |ix: &LabelIx| self.grouped.get(ix.0).is_none_or(Option::is_none);
        let labels = links.renderer.roadmap.issues[ix.0].labels().iter().map(|link| link.to).filter(has_none);
        labels.map(|ix| links.label(ix).1).collect::<Vec<Rc<str>>>().join(", ")
    }

    /// The labels of an issue in a group, without its prefix.
    fn group(&self, links: &Links<'_>, ix: IssueIx, group: Option<usize>) -> String {
        let labels = links.renderer.roadmap.issues[ix.0].labels().iter().map(|link| link.to);
        let is_of = |ix: &LabelIx| group.is_some() && self.grouped.get(ix.0) == Some(&group);
        labels.filter(is_of).map(|ix| short(links, ix)).collect::<Vec<_>>().join(", ")
    }
}

/// The id of an issue, linked.
fn id(links: &Links<'_>, ix: IssueIx) -> String {
    let id = links.renderer.roadmap.issues[ix.0].id.as_str();
    let link = places(links).map(|it| it.link_to_issue(links.from, ix)).unwrap_or_default();
    linked(id, &link, Context::Cell)
}

/// A label without the prefix of its group, linked.
fn short(links: &Links<'_>, ix: LabelIx) -> String {
    let name = &links.renderer.roadmap.labels[ix.0].name;
    let short = name.split_once(':').map_or(&**name, |(_, rest)| rest.trim());
    let link = places(links).map(|it| it.link_to_label(links.from, ix)).unwrap_or_default();
    linked(if short.is_empty() { name } else { short }, &link, Context::Cell)
}

/// Where links lead; nothing where the page has none.
fn places<'a>(links: &Links<'a>) -> Option<&'a Places> {
    links.is_linking.then_some(&links.renderer.places)
}

fn row<'c>(cells: impl Iterator<Item = Cow<'c, str>>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn capitalized(prefix: &str) -> String {
    let mut letters = prefix.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn plain(text: &str) -> String {
    write::text(text, Context::Cell)
}

/// How an item stands; for one that is not done, what `extra.status` says where it says something.
fn state(facts: &Facts, of: Status, overdue: Option<i64>, extra: &Extra) -> String {
    let own = kept(extra, "status").filter(|_| !matches!(of, Status::Done | Status::Dropped));
    match (own, overdue) {
        (None, _) => status(facts, of, overdue),
        (Some(own), None) => own,
        (Some(own), Some(days)) => say!("{}, overdue by {}", own, days_words(days)),
    }
}

/// A text that an item keeps for a column, as a cell.
fn kept(extra: &Extra, key: &str) -> Option<String> {
    extra.0.get(key)?.as_str().map(plain)
}
