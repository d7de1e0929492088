//! The columns that SUMMARY.md's tables can have, by the names that a source gives them.

use super::{
    LabelGroup, Roadmap,
    fields::{Field, ISSUE, Kind},
};

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// The item's place in its table.
    Place,
    /// Its id.
    Id,
    /// Its title.
    Title,
    /// What a milestone is about.
    Description,
    /// What will be true when a milestone is reached.
    Goal,
    /// An issue's labels, but for those that have a column of their own.
    Labels,
    /// How many issues a milestone has.
    Issues,
    /// How far a milestone has come.
    Progress,
    /// Its status, in words.
    State,
    /// Who answers for a milestone; who does an issue.
    Owner,
    /// Who does an issue.
    Assignees,
    /// When it begins.
    Start,
    /// When it is due.
    Due,
    /// When an issue was closed.
    Closed,
    /// An issue's type.
    Type,
    /// What an issue is a part of.
    Parent,
    /// What it waits for.
    BlockedBy,
    /// A field of an issue that is shown as it is.
    Plain(&'static Field),
    /// An issue's labels of a group, by the place in [`Roadmap::groups`]; `None` for `priority` where no label has that prefix.
    Group(Option<usize>),
}

/// A table of SUMMARY.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SummaryTable {
    /// The overview of milestones.
    Milestones,
    /// A milestone's issues.
    Issues,
}

use SummaryTable::{Issues, Milestones};

/// The group that teams have most often: its column has a name, be there labels of it or not.
const PRIORITY: &str = "priority";

/// The columns by name, each with the tables that can have it.
const COLUMNS: [(&str, Column, &[SummaryTable]); 17] = [
    ("place", Column::Place, &[Milestones, Issues]),
    ("id", Column::Id, &[Milestones, Issues]),
    ("title", Column::Title, &[Milestones, Issues]),
    ("description", Column::Description, &[Milestones]),
    ("goal", Column::Goal, &[Milestones]),
    ("labels", Column::Labels, &[Issues]),
    ("issues", Column::Issues, &[Milestones]),
    ("progress", Column::Progress, &[Milestones]),
    ("state", Column::State, &[Milestones, Issues]),
    ("owner", Column::Owner, &[Milestones, Issues]),
    ("assignees", Column::Assignees, &[Issues]),
    ("start", Column::Start, &[Milestones, Issues]),
    ("due", Column::Due, &[Milestones, Issues]),
    ("closed", Column::Closed, &[Issues]),
    ("type", Column::Type, &[Issues]),
    ("parent", Column::Parent, &[Issues]),
    ("blocked_by", Column::BlockedBy, &[Milestones, Issues]),
];

/// The fields of issues that have a column by their key.
fn plain() -> impl Iterator<Item = &'static Field> {
    ISSUE.iter().filter(|field| field.is_plain())
}

impl SummaryTable {
    /// Both, in the order in which a source names them.
    pub(crate) const ALL: [Self; 2] = [Milestones, Issues];

    /// Its key in `summary.columns`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Milestones => "milestones",
            Issues => "issues",
        }
    }

    /// The columns that it has where the source names none.
    pub(crate) fn default_columns(self) -> &'static [&'static str] {
        match self {
            Milestones => &["place", "title", "description", "issues"],
            Issues => &["id", "title", "labels"],
        }
    }

    /// The columns without which nobody can tell its rows apart.
    fn names(self) -> &'static [Column] {
        match self {
            Milestones => &[Column::Title],
            Issues => &[Column::Id, Column::Title],
        }
    }
}

impl Column {
    /// The key of `extra` under which an item keeps a text for a column that its own fields leave empty.
    pub(crate) fn extra_key(self) -> Option<&'static str> {
        match self {
            Self::State => Some("status"),
            Self::Owner | Self::Assignees | Self::Start | Self::Due | Self::Closed | Self::Parent => {
                COLUMNS.iter().find(|row| row.1 == self).map(|row| row.0)
            }
            Self::Plain(field) if field.kind != Kind::Text => Some(field.key),
            _ => None,
        }
    }
}

impl Roadmap {
    /// The column of this name and the tables that can have it: one of ours, else a label group by its prefix.
    pub(crate) fn column(&self, name: &str) -> Option<(Column, &'static [SummaryTable])> {
        let own = COLUMNS.iter().find(|(own, ..)| *own == name).map(|row| (row.1, row.2));
        let plain =
            || plain().find(|field| field.key == name).map(|field| (Column::Plain(field), &[Issues][..]));
        own.or_else(plain).or_else(|| {
            let is_it = |group: &LabelGroup| !name.is_empty() && group.prefix.eq_ignore_ascii_case(name);
            let group = self.groups.iter().position(is_it);
            (group.is_some() || name == PRIORITY).then_some((Column::Group(group), &[Issues]))
        })
    }

    /// The names that columns can have.
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        let groups =
            self.groups.iter().map(|group| group.prefix.as_str()).filter(|prefix| !prefix.is_empty());
        let own = COLUMNS.iter().map(|row| row.0).chain(plain().map(|field| field.key));
        own.chain([PRIORITY]).chain(groups)
    }

    /// The columns of a table of SUMMARY.md, each once. Where the source names none by which its rows are told apart, these
    /// come first.
    pub(crate) fn summary_columns(&self, table: SummaryTable) -> Vec<Column> {
        let given = self.summary.columns.as_ref().and_then(|columns| columns.tables()[table as usize]);
        let is_of = |name: &str| self.column(name).filter(|(_, tables)| tables.contains(&table));
        let mut columns = Vec::new();
        let mut add = |column: Column| {
            if !columns.contains(&column) {
                columns.push(column);
            }
        };
        match given {
            Some(names) => names.iter().filter_map(|name| is_of(name)).for_each(|(column, _)| add(column)),
            None => table
                .default_columns()
                .iter()
                .filter_map(|name| is_of(name))
                .for_each(|(column, _)| add(column)),
        }
        if !columns.iter().any(|column| table.names().contains(column)) {
            columns.splice(0..0, table.names().iter().copied());
        }
        columns
    }
}
