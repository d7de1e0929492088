//! What a table is about and what its columns hold, by their heads, whatever their order.

use super::{
    Statement,
    values::is_id_word,
    vocabulary::{self, Certainty, Field},
};
use crate::{
    markdown::read::blocks::{Row, Words},
    model::id_in_title,
};

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Milestones,
    Issues,
    Labels,
}

/// A table by its heads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// What its rows are, where its heads tell.
    pub(crate) about: Option<About>,
    /// Its heads, as they are looked up.
    pub(crate) names: Vec<String>,
    /// The same as they are written.
    pub(crate) heads: Vec<String>,
    columns: Vec<(Field, Certainty)>,
}

/// A table that is a part of a roadmap; `of_milestones` says that the chapter speaks of milestones.
pub(crate) fn of_roadmap(rows: &[Row], of_milestones: bool) -> Option<(About, Table)> {
    let texts = |row: &'_ Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
    let table = Table::of(&rows.iter().map(texts).collect::<Vec<Vec<String>>>(), of_milestones);
    let has_title = table.place(Field::Title).or(table.place(Field::Id)).is_some();
    Some((table.about.filter(|_| has_title)?, table))
}

impl Table {
    /// What a table of these texts is, the head first.
    pub(crate) fn of(rows: &[Vec<String>], of_milestones: bool) -> Self {
        let Some((head, rows)) = rows.split_first() else { return Self::default() };
        let heads = head.iter().map(|head| head.trim().to_owned()).collect();
        let head: Vec<String> = head.iter().map(|name| vocabulary::name(name)).collect();
        let about = about(&head, of_milestones);
        let has_title = has_title(&head);
        let columns = head.iter().map(|name| column(name, about, has_title)).collect();
        let mut table = Self { about, columns, names: head, heads };
        table.settle(rows);
        table
    }

    /// What its columns hold.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Field> {
        self.columns.iter().map(|(field, _)| *field)
    }

    /// The column of a field.
    pub(crate) fn place(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|(own, _)| *own == field)
    }

    /// Whether a column's head says by itself that the column holds this.
    pub(crate) fn is_surely(&self, column: usize, field: Field) -> bool {
        self.columns.get(column) == Some(&(field, Certainty::Sure))
    }

    /// Whether there is such a column.
    pub(crate) fn has_surely(&self, field: Field) -> bool {
        self.columns.contains(&(field, Certainty::Sure))
    }

    /// What a row says of a field.
    pub(crate) fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r Words> {
        row.cells.get(self.place(field)?)
    }

    /// What a row says, by its columns.
    pub(crate) fn row<'d>(&self, row: &'d Row) -> impl Iterator<Item = (usize, Statement<'d>)> {
        self.says(row.cells.iter().enumerate())
    }

    /// What the cells of a row say, each given with its column.
    pub(crate) fn says<'d>(
        &self,
        cells: impl Iterator<Item = (usize, &'d Words)>,
    ) -> impl Iterator<Item = (usize, Statement<'d>)> {
        cells.filter_map(|(column, words)| {
            let (field, certainty) = *self.columns.get(column)?;
            Some((column, Statement { field, words, certainty }))
        })
    }

    /// Numbers that only count the rows are no ids; of two columns with one meaning the first has it.
    fn settle(&mut self, rows: &[Vec<String>]) {
        let titles = self.place(Field::Title);
        let cell = |row: &'_ Vec<String>, at: usize| row.get(at).cloned();
        let mut titles = rows.iter().filter_map(|row| cell(row, titles?));
        let has_ids = titles.any(|title| id_in_title(&title).is_some());
        for at in 0..self.columns.len() {
            let field = self.columns[at].0;
            let numbers = |row: &Vec<String>| row.get(at).and_then(|cell| cell.trim().parse::<usize>().ok());
            let count = (1..)
                .zip(rows)
                .all(|(place, row)| numbers(row).is_some_and(|n| n == place || n + 1 == place));
            let only_numbers = || rows.iter().all(|row| numbers(row).is_some());
            let are_places = || has_ids || self.about == Some(About::Milestones);
            if field == Field::Id && (count || (only_numbers() && are_places())) {
                self.columns[at].0 = Field::Place;
            }
            // Epics without an id are what their issues are planned under.
            let is_id = |cell: &&String| cell.trim().starts_with('#') || is_id_word(cell.trim());
            let names_issues = || rows.iter().filter_map(|row| row.get(at)).any(|cell| is_id(&cell));
            if self.names[at] == "epic" && self.place(Field::Milestone).is_none() && !names_issues() {
                self.columns[at] = (Field::Milestone, Certainty::Likely);
            }
            let is_single = !matches!(self.columns[at].0, Field::Place | Field::Unknown);
            if is_single && self.holder(self.columns[at].0) != Some(at) {
                self.columns[at].0 = Field::Unknown;
            }
        }
    }

    /// The column that has a field: the first that surely does, else the first.
    fn holder(&self, field: Field) -> Option<usize> {
        let sure = self.columns.iter().position(|column| *column == (field, Certainty::Sure));
        sure.or_else(|| self.place(field))
    }

    /// Takes these columns for what somebody says that they hold.
    pub(crate) fn map(&mut self, mapped: &[(usize, Field)]) {
        for (at, field) in mapped {
            let is_one = !matches!(field, Field::Extra | Field::Place);
            for column in self.columns.iter_mut().filter(|(own, _)| is_one && own == field) {
                column.0 = Field::Unknown;
            }
            if let Some(column) = self.columns.get_mut(*at) {
                *column = (*field, Certainty::Sure);
            }
        }
    }
}

/// Whether a table has a head that is that of titles by itself.
fn has_title(head: &[String]) -> bool {
    head.iter().any(|name| {
        matches!(Field::named(name), Some((Field::Title, _))) && !vocabulary::LABELS.contains(&name.as_str())
    })
}

fn about(head: &[String], of_milestones: bool) -> Option<About> {
    let has = |names: &[&str]| head.iter().any(|name| names.contains(&name.as_str()));
    let counts = head.iter().any(|name| matches!(Field::named(name), Some((Field::Count, _))));
    let has_title = has_title(head);
    let is_of_issues = has(&vocabulary::OF_ISSUES);
    if has(&vocabulary::LABELS) && !is_of_issues {
        return Some(About::Labels);
    }
    if counts && !has(&["labels", "tags", "issue #", "issue"]) && (has_title || has(&["milestone"])) {
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

/// What a column holds, by its head and by what the table is about.
fn column(name: &str, about: Option<About>, has_title: bool) -> (Field, Certainty) {
    let likely = |field| (field, Certainty::Likely);
    match (name, about) {
        ("milestone", Some(About::Milestones)) => likely(if has_title { Field::Id } else { Field::Title }),
        ("issue" | "ticket", _) => likely(if has_title { Field::Id } else { Field::Title }),
        ("label" | "tag", Some(About::Labels)) => likely(Field::Title),
        // Linear's has the milestones of the project that another column names.
        ("project milestone", _) => (Field::Milestone, Certainty::Sure),
        ("resolution", Some(About::Issues)) => likely(Field::Extra),
        ("owner", about) if about != Some(About::Milestones) => likely(Field::Assignees),
        ("lead", about) if about != Some(About::Milestones) => likely(Field::Unknown),
        _ => match Field::named(name).or_else(|| day_of_year(name)) {
            Some((Field::Count, _)) if about == Some(About::Issues) => likely(Field::Unknown),
            Some((Field::Color, _)) if about == Some(About::Issues) => likely(Field::Unknown),
            Some(found) => found,
            None => likely(Field::Unknown),
        },
    }
}

/// A year beside the name of a day is that of the days below it: `Due 2027`.
fn day_of_year(name: &str) -> Option<(Field, Certainty)> {
    let words = name.split(' ').filter(|word| word.parse::<u16>().is_err()).collect::<Vec<_>>();
    let is_year_beside = words.len() + 1 == name.split(' ').count();
    let found = Field::named(&words.join(" ")).filter(|_| is_year_beside)?;
    matches!(found.0, Field::Due | Field::Start).then_some(found)
}
