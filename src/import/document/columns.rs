//! The columns of a document's tables, for SUMMARY.md to have them too.

use serde_json::{Map, Value};

use crate::{
    documents::{
        columns::{About, Table},
        vocabulary::Field,
    },
    model::{Roadmap, SummaryTable},
};

/// The columns of its tables of milestones and of issues, in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Columns([Vec<&'static str>; 2]);

impl Columns {
    /// Takes note of a table's.
    pub(super) fn note(&mut self, about: About, table: &Table) {
        let of = table_of(about);
        let known = Roadmap::default();
        for (at, field) in table.fields().enumerate() {
            let is_owner = field == Field::Assignees && matches!(&*table.names[at], "owner" | "lead");
            let name = if is_owner { Some("owner") } else { field.column() };
            let Some(name) =
                name.filter(|name| known.column(name).is_some_and(|(_, of_its)| of_its.contains(&of)))
            else {
                continue;
            };
            // A milestone's id is a part of its title.
            let is_told = of == SummaryTable::Milestones && name == "id";
            if !is_told && !self.has(about, name) {
                self.0[of as usize].push(name);
            }
        }
    }

    /// Whether a table of these has the column.
    pub(super) fn has(&self, about: About, name: &str) -> bool {
        self.0[table_of(about) as usize].contains(&name)
    }

    /// What the source says of them in `summary`: nothing where SUMMARY.md shows as much anyway.
    pub(super) fn chosen(self) -> Option<Value> {
        let lists = SummaryTable::ALL.into_iter().zip(self.0);
        let mut tables = Map::new();
        for (table, mut names) in
            lists.filter(|(table, names)| names.iter().any(|it| !table.default_columns().contains(it)))
        {
            // By its id an issue is known, and leads to its page.
            let name = if table == SummaryTable::Issues { "id" } else { "title" };
            if !names.contains(&name) {
                names.insert(0, name);
            }
            if !names.contains(&"title") {
                names.insert(1, "title");
            }
            tables.insert(table.key().to_owned(), names.into());
        }
        (!tables.is_empty()).then(|| Value::from(Map::from_iter([("columns".to_owned(), tables.into())])))
    }
}

fn table_of(about: About) -> SummaryTable {
    if about == About::Milestones { SummaryTable::Milestones } else { SummaryTable::Issues }
}
