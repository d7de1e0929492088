//! Rows of tables as milestones and issues.

use serde_json::Value;

use super::{Claim, Reading, days::years_of, draft_title, prose};
use crate::{
    documents::{
        Statement,
        columns::{About, Table},
        values,
        vocabulary::{Field, is_dropped, is_nothing},
    },
    import::{draft::Entry, is_repository},
    markdown::read::blocks::{MarkKind, Row, Words},
    model::Purpose,
};

impl Reading<'_> {
    pub(super) fn table(&mut self, rows: &[Row], about: About, table: &Table, milestone: Option<usize>) {
        let Some((head, rows)) = rows.split_first() else { return };
        for (at, said) in table.row(head) {
            let is_full = |row: &Row| row.cells.get(at).is_some_and(|cell| !is_nothing(&cell.text));
            if said.field == Field::Unknown && rows.iter().any(is_full) {
                self.left_out_value(&said.words.range, &said.words.text, "a roadmap has no such column: put what it says into the bodies of its issues, or into labels");
            }
        }
        self.note_years_of(head, rows, table);
        for row in rows {
            match about {
                About::Milestones => self.row_of_milestone(row, table),
                About::Issues | About::Labels => self.row_of_issue(row, table, milestone),
            }
        }
    }

    /// Which years days have that name none: by their columns, else by the other day of their row.
    fn note_years_of(&mut self, head: &Row, rows: &[Row], table: &Table) {
        const DAYS: [Field; 2] = [Field::Start, Field::Due];
        let cell = |row: &'_ Row, field: Field| {
            table.cell(row, field).map(|words| (words.text.clone(), words.range.start))
        };
        let of_row = |row: &Row| DAYS.into_iter().filter_map(|field| cell(row, field)).collect::<Vec<_>>();
        let all: Vec<_> = rows.iter().flat_map(of_row).collect();
        let years = years_of(all.iter().map(|(text, _)| text.as_str()));
        for field in DAYS {
            let (name, _) = cell(head, field).unwrap_or_default();
            let cells: Vec<_> = rows.iter().filter_map(|row| cell(row, field)).collect();
            self.note_years(&name, &cells, &years);
        }
        rows.iter().for_each(|row| self.note_years("", &of_row(row), &years));
    }

    fn row_of_milestone(&mut self, row: &Row, table: &Table) {
        let mut entry = self.names_of(row, table);
        if entry.title().is_empty() {
            return self.left_out(&row.range, "a row without a title");
        }
        if self.milestone_named(entry.title()).is_some() {
            return self.left_out(&row.range, "a second row of this milestone");
        }
        let mut count = None;
        for (_, said) in table.row(row) {
            let Statement { field, words, .. } = said;
            // A dash for nothing is people's: `build` leaves the cell empty, and writes none but a description's own.
            let is_own = self.is_ours && field == Field::Description;
            match field {
                _ if is_nothing(&words.text) && !is_own => {}
                Field::Count => count = values::count(&words.text).map(|count| (count, words.range.clone())),
                Field::Description => {
                    entry.say(field.key(), self.markdown_of(words), &words.range);
                }
                _ => self.cell(&mut entry, said),
            }
        }
        let ix = self.milestone(entry);
        self.claims.extend(count.map(|(count, range)| Claim::of_milestone(ix, count, range)));
    }

    fn row_of_issue(&mut self, row: &Row, table: &Table, milestone: Option<usize>) {
        let mut entry = self.names_of(row, table);
        for (_, said) in table.row(row).filter(|(_, said)| !is_nothing(&said.words.text)) {
            match said.field {
                Field::Description | Field::Goal => {
                    entry.say("body", self.markdown_of(said.words), &said.words.range);
                }
                Field::State if is_dropped(&said.words.text) => {
                    self.cell(&mut entry, said);
                    entry.say("state_reason", "not_planned", &said.words.range);
                }
                _ => self.cell(&mut entry, said),
            }
        }
        if let Some(state) = self.state.filter(|_| !entry.fields.contains_key("state")) {
            entry.say("state", state, &row.range);
        }
        if !entry.fields.contains_key("labels") && table.place(Field::Labels).is_some() {
            // An empty cell says that there are none.
            entry.say("labels", Value::Array(Vec::new()), &row.range);
        }
        self.issue(entry, milestone);
    }

    /// The id and the title of a row.
    fn names_of(&mut self, row: &Row, table: &Table) -> Entry {
        let (id, title) = (table.cell(row, Field::Id), table.cell(row, Field::Title));
        [id, title].into_iter().flatten().for_each(|words| self.note_repository(words));
        let range = title.or(id).map_or(&row.range, |words| &words.range);
        let mut entry = Entry::at(range);
        let told = id.and_then(|id| values::id(&id.text));
        let words = title.or(id).map(|words| words.text.trim()).unwrap_or_default();
        let led = title.filter(|_| told.is_none()).and_then(|title| {
            let is_marked = title.marks.iter().any(|mark| mark.within.start == 0);
            values::leading_id(title).filter(|_| is_marked).map(|(id, rest)| (id, &title.text[rest..]))
        });
        match led {
            Some((id, rest)) => draft_title(&mut entry, Some(&id), rest, range),
            None => draft_title(&mut entry, told.as_deref(), words, range),
        }
        entry
    }

    /// What a cell says of an entry.
    pub(super) fn cell(&mut self, entry: &mut Entry, said: Statement<'_>) {
        let (text, range) = (said.words.text.trim(), &said.words.range);
        match said.field {
            Field::Goal => {
                entry.say("goal", self.markdown_of(said.words), range);
            }
            Field::Milestone => {
                let ix = self.milestone_named(text);
                let ix = ix.unwrap_or_else(|| self.milestone(Entry::at(range).with("title", text, range)));
                entry.milestones = vec![ix];
            }
            _ => self.single(entry, said),
        }
    }

    /// What a cell says, as it is written: only its pipes were escaped.
    fn markdown_of(&self, words: &Words) -> String {
        prose::inline(self.text, words.range.clone()).replace("\\|", "|")
    }

    /// What needs no more than its own words, or the years around a day.
    fn single(&mut self, entry: &mut Entry, said: Statement<'_>) {
        let (text, range) = (said.words.text.trim(), &said.words.range);
        let value = match said.field {
            Field::Id | Field::Title | Field::Description => return,
            Field::Place | Field::Count | Field::Unknown => return,
            Field::Due => self.stated(text, Purpose::Due, range).map(Value::from),
            Field::Start => self.stated(text, Purpose::Start, range).map(Value::from),
            _ => said.value().map_err(str::to_owned),
        };
        match value {
            Ok(value) => self.say(entry, said.field.key(), value, range),
            Err(help) => self.left_out_value(range, text, &help),
        }
    }

    /// Takes note of the repository that an item leads to.
    pub(super) fn note_repository(&mut self, words: &Words) {
        for mark in &words.marks {
            if let MarkKind::Link(address) = &mark.kind
                && ["/issues/", "/milestone/", "/milestones/"].iter().any(|part| address.contains(part))
                && let Some(repository) = repository(address)
            {
                self.repositories.entry(repository).or_insert(mark.range.clone());
            }
        }
    }
}

/// The repository of an address in GitHub.
pub(super) fn repository(address: &str) -> Option<String> {
    let path =
        address.strip_prefix("https://github.com/").or_else(|| address.strip_prefix("http://github.com/"))?;
    let mut parts = path.split(['/', '#', '?']);
    let (owner, name) = (parts.next()?, parts.next()?.trim_end_matches(".git"));
    is_repository(&format!("{owner}/{name}")).then(|| format!("{owner}/{name}"))
}
