//! Rows of CSV and TSV: a table like those of Markdown, with what spreadsheets and trackers do beside: repeated columns, rows above
//! the heads, columns that only a command line can name.

use std::{collections::BTreeMap, ops::Range};

use super::{Reading, addresses::issue_at};
use crate::{
    documents::{
        columns::{About, Table},
        vocabulary::{self, Field},
    },
    import::{
        fault::Fault,
        is_repository,
        maps::Maps,
        sheet::{Cell, MOST_BEFORE_THE_HEAD},
    },
    markdown::read::blocks::{Mark, MarkKind, Row, Words},
};

/// What a head is looked up by.
pub(in crate::import) fn name(head: &str) -> String {
    vocabulary::name(head)
}

/// Whether a head means something by itself.
pub(in crate::import) fn is_known(head: &str) -> bool {
    Field::named(&name(head)).is_some()
}

impl Reading<'_> {
    /// Reads the rows of a sheet.
    pub(super) fn sheet(&mut self, mut cells: Vec<Vec<Cell>>, maps: &Maps) -> Result<(), Fault> {
        let above = heads(&cells, maps);
        for row in cells.drain(..above) {
            self.left_out(&range(&row), "this row above the heads");
        }
        let Some(head) = cells.first() else { return Ok(()) };
        let width = head.len();
        let mut names: Vec<_> = head.iter().map(|cell| name(&cell.text)).collect();
        if let Some(column) = maps.unknown(&names) {
            let message = format!("no column of this file is called `{column}`");
            return Err(Fault::new(message, range(head), "name a column by its head, as it is written here"));
        }
        let comments = comments(&names, maps);
        comments.iter().for_each(|at| names[*at] = "comments".to_owned());
        self.leave_out_beyond(width, &cells[1..]);
        self.take_repository(&names, &mut cells);
        name_parents(&names, &mut cells);
        let rows = self.joined(&names, cells, maps);
        let texts = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
        let mut table = Table::of(&rows.iter().map(texts).collect::<Vec<Vec<String>>>(), false);
        let mapped = mapped(&rows[0], &comments, maps);
        table.map(&mapped);
        self.skipped = mapped.iter().filter(|(_, field)| *field == Field::Place).map(|(at, _)| *at).collect();
        if table.place(Field::Title).or(table.place(Field::Id)).is_none() {
            return Err(no_title(&rows[0].range));
        }
        let about = match table.about {
            None if table.has_surely(Field::Color) => About::Labels,
            about => about.unwrap_or(About::Issues),
        };
        self.has_one_repository = one_repository(&rows, &table);
        match about {
            About::Labels => self.table_of_labels(&rows, &table),
            _ => self.table(&rows, about, &table, None),
        }
        Ok(())
    }

    fn leave_out_beyond(&mut self, width: usize, rows: &[Vec<Cell>]) {
        let beyond = rows.iter().flat_map(|row| row.iter().skip(width));
        for cell in beyond.filter(|cell| !cell.text.trim().is_empty()) {
            self.left_out_value(&cell.range, &cell.text, "no head is above this cell");
        }
    }

    /// A column that names one repository in all its rows is said of the whole.
    fn take_repository(&mut self, names: &[String], cells: &mut [Vec<Cell>]) {
        let Some(at) = names.iter().position(|name| name == "repository" || name == "repo") else { return };
        let said =
            cells[1..].iter().filter_map(|row| row.get(at)).filter(|cell| !cell.text.trim().is_empty());
        let all: Vec<_> = said.map(|cell| (cell.text.trim().to_owned(), cell.range.clone())).collect();
        let Some((first, range)) = all.first() else { return };
        if is_repository(first) && all.iter().all(|(name, _)| name.eq_ignore_ascii_case(first)) {
            self.draft.head.say("repository", first.as_str(), range);
            cells[1..].iter_mut().filter_map(|row| row.get_mut(at)).for_each(|cell| cell.text.clear());
        }
    }

    /// The rows with columns of one head made one: lists of all their cells, or the last that is filled, as Jira keeps the sprints
    /// that an issue went through in their order.
    fn joined(&mut self, names: &[String], cells: Vec<Vec<Cell>>, maps: &Maps) -> Vec<Row> {
        let groups = of_one_head(names);
        let field =
            |name: &str| maps.get(name).or_else(|| Some(Field::named(name)?.0)).unwrap_or(Field::Unknown);
        let mut rows = Vec::with_capacity(cells.len());
        for (number, row) in cells.into_iter().enumerate() {
            let bytes = range(&row);
            let words = groups.iter().map(|group| {
                let filled: Vec<_> = group
                    .iter()
                    .filter_map(|at| row.get(*at))
                    .filter(|cell| !cell.text.trim().is_empty())
                    .collect();
                match (filled.as_slice(), field(&names[group[0]])) {
                    ([], _) => Words::of(String::new(), &(bytes.end..bytes.end)),
                    (all, _) if number == 0 => Words::of(all[0].text.clone(), &all[0].range),
                    ([only], _) => Words::of(only.text.clone(), &only.range),
                    (all, Field::Labels | Field::Assignees | Field::Waits | Field::Blocks) => list(all),
                    ([before @ .., last], field) => {
                        for cell in
                            before.iter().filter(|cell| cell.text != last.text && field != Field::Unknown)
                        {
                            self.left_out_value(
                                &cell.range,
                                &cell.text,
                                "the column is there several times: the last cell that is filled was taken",
                            );
                        }
                        Words::of(last.text.clone(), &last.range)
                    }
                }
            });
            let words = words.collect();
            rows.push(Row { cells: words, range: bytes });
        }
        rows
    }
}

/// What a command line says that columns hold, by their heads; comments hold nothing.
fn mapped(head: &Row, comments: &[usize], maps: &Maps) -> Vec<(usize, Field)> {
    let field = |cell: &Words| match name(&cell.text) {
        head if head == "comment" && !comments.is_empty() => Some(Field::Unknown),
        head => maps.get(&head),
    };
    head.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, field(cell)?))).collect()
}

/// The columns in which Jira keeps what people said of an issue, with who and when: none of them says how it stands.
fn comments(names: &[String], maps: &Maps) -> Vec<usize> {
    let is_of_jira = names.iter().any(|name| name == "issue key");
    let is_comment = |at: &usize| is_of_jira && names[*at] == "comment" && maps.get("comment").is_none();
    (0..names.len()).filter(is_comment).collect()
}

/// The places of the columns, those of one head together.
fn of_one_head(names: &[String]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut first = BTreeMap::<&str, usize>::new();
    for (at, name) in names.iter().enumerate() {
        match first.get(name.as_str()) {
            Some(group) if !name.is_empty() => groups[*group].push(at),
            _ => {
                first.insert(name, groups.len());
                groups.push(vec![at]);
            }
        }
    }
    groups
}

/// Several cells as one, each a name of its own.
fn list(cells: &[&Cell]) -> Words {
    let mut words = Words::of(String::new(), &cells[0].range);
    for cell in cells {
        if !words.text.is_empty() {
            words.text.push_str(", ");
        }
        let from = words.text.len();
        words.text.push_str(cell.text.trim());
        words.marks.push(Mark {
            kind: MarkKind::Code,
            within: from..words.text.len(),
            range: cell.range.clone(),
        });
        words.range.end = cell.range.end;
    }
    words
}

/// The row of the heads: among the first rows the one that has a head of titles and the most known ones, else the first one.
fn heads(cells: &[Vec<Cell>], maps: &Maps) -> usize {
    let field = |cell: &Cell| {
        let name = name(&cell.text);
        maps.get(&name).or_else(|| Some(Field::named(&name)?.0))
    };
    let known = |row: &Vec<Cell>| {
        let fields: Vec<_> = row.iter().filter_map(field).collect();
        fields.iter().any(|field| matches!(field, Field::Title | Field::Id)).then_some(fields.len())
    };
    let first = cells.iter().take(MOST_BEFORE_THE_HEAD).enumerate();
    let counts = first.filter_map(|(at, row)| Some((known(row)?, at)));
    counts.max_by_key(|(known, at)| (*known, std::cmp::Reverse(*at))).map_or(0, |(_, at)| at)
}

/// Jira names parents by numbers of its own, which another column gives of each issue.
fn name_parents(names: &[String], cells: &mut [Vec<Cell>]) {
    let place = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    let (Some(key), Some(number)) = (place(&["issue key"]), place(&["issue id"])) else { return };
    let text =
        |row: &[Cell], at: usize| row.get(at).map(|cell| cell.text.trim().to_owned()).unwrap_or_default();
    let keys: BTreeMap<_, _> = cells[1..].iter().map(|row| (text(row, number), text(row, key))).collect();
    for at in (0..names.len()).filter(|at| ["parent", "parent id"].contains(&names[*at].as_str())) {
        for cell in cells[1..].iter_mut().filter_map(|row| row.get_mut(at)) {
            if let Some(key) = keys.get(cell.text.trim()).filter(|key| !key.is_empty()) {
                cell.text.clone_from(key);
            }
        }
    }
}

/// Whether all addresses lead into one repository: only then their numbers are ids.
fn one_repository(rows: &[Row], table: &Table) -> bool {
    let found = rows[1..].iter().filter_map(|row| issue_at(&table.cell(row, Field::Address)?.text));
    let mut names: Vec<_> = found.map(|(repository, _)| repository.to_lowercase()).collect();
    names.sort();
    names.dedup();
    names.len() == 1
}

fn range(row: &[Cell]) -> Range<usize> {
    let start = row.first().map_or(0, |cell| cell.range.start);
    start..row.last().map_or(start, |cell| cell.range.end)
}

fn no_title(heads: &Range<usize>) -> Fault {
    Fault::new(
        "no column of this file holds titles",
        heads.clone(),
        "name the column that does, as in `--map Heading=title`; the heads are looked for in the first ten rows",
    )
}
