//! Rows of tables as milestones and issues.

use std::ops::Range;

use serde_json::Value;

use super::{About, Claim, Column, Reading, days::years_of, draft_title, prose, values};
use crate::{
    import::draft::Entry,
    markdown::read::blocks::{MarkKind, Row, Words},
    model::Purpose,
};

impl Reading<'_> {
    pub(super) fn table(&mut self, rows: &[Row], about: About, columns: &[Column], milestone: Option<usize>) {
        let Some((head, rows)) = rows.split_first() else { return };
        for (cell, column) in head.cells.iter().zip(columns) {
            let is_full = |row: &Row| {
                row.cells
                    .iter()
                    .zip(columns)
                    .any(|(c, at)| std::ptr::eq(at, column) && !values::is_nothing(&c.text))
            };
            if *column == Column::Unknown && rows.iter().any(is_full) {
                let (range, name) = (cell.range.clone(), cell.text.clone());
                self.left_out_value(&range, &name, "a roadmap has no such column: put what it says into the bodies of its issues, or into labels");
            }
        }
        self.note_years_of(head, rows, columns);
        for row in rows {
            match about {
                About::Milestones => self.row_of_milestone(row, columns),
                About::Issues | About::Labels => self.row_of_issue(row, columns, milestone),
            }
        }
    }

    /// Which years days have that name none: by their columns, else by the other day of their row.
    fn note_years_of(&mut self, head: &Row, rows: &[Row], columns: &[Column]) {
        const DAYS: [Column; 2] = [Column::Start, Column::Due];
        let cell = |row: &'_ Row, wanted: Column| {
            let found = row.cells.iter().zip(columns).find(|(_, column)| **column == wanted);
            found.map(|(words, _)| (words.text.clone(), words.range.start))
        };
        let of_row = |row: &Row| DAYS.into_iter().filter_map(|column| cell(row, column)).collect::<Vec<_>>();
        let all: Vec<_> = rows.iter().flat_map(of_row).collect();
        let years = years_of(all.iter().map(|(text, _)| text.as_str()));
        for column in DAYS {
            let (name, _) = cell(head, column).unwrap_or_default();
            let cells: Vec<_> = rows.iter().filter_map(|row| cell(row, column)).collect();
            self.note_years(&name, &cells, &years);
        }
        rows.iter().for_each(|row| self.note_years("", &of_row(row), &years));
    }

    fn row_of_milestone(&mut self, row: &Row, columns: &[Column]) {
        let mut entry = self.names_of(row, columns);
        if entry.title().is_empty() {
            return self.left_out(&row.range, "a row without a title");
        }
        if self.milestone_named(entry.title()).is_some() {
            return self.left_out(&row.range, "a second row of this milestone");
        }
        let mut count = None;
        for (words, column) in row.cells.iter().zip(columns) {
            // A dash for nothing is people's: `build` leaves the cell empty, and writes none but a description's own.
            let is_own = self.is_ours && *column == Column::Description;
            if values::is_nothing(&words.text) && !is_own {
                continue;
            }
            match column {
                Column::Count => count = values::count(&words.text).map(|count| (count, words.range.clone())),
                Column::Description => {
                    entry.say("description", self.markdown_of(words), &words.range);
                }
                column => self.cell(&mut entry, *column, words),
            }
        }
        let ix = self.milestone(entry);
        self.claims.extend(count.map(|(count, range)| Claim::of_milestone(ix, count, range)));
    }

    fn row_of_issue(&mut self, row: &Row, columns: &[Column], milestone: Option<usize>) {
        let mut entry = self.names_of(row, columns);
        for (words, column) in
            row.cells.iter().zip(columns).filter(|(words, _)| !values::is_nothing(&words.text))
        {
            match column {
                Column::Description | Column::Goal => {
                    entry.say("body", self.markdown_of(words), &words.range);
                }
                column => self.cell(&mut entry, *column, words),
            }
        }
        if !entry.fields.contains_key("labels") && columns.contains(&Column::Labels) {
            // An empty cell says that there are none.
            entry.say("labels", Value::Array(Vec::new()), &row.range);
        }
        self.issue(entry, milestone);
    }

    /// The id and the title of a row.
    fn names_of(&mut self, row: &Row, columns: &[Column]) -> Entry {
        let cell = |wanted| {
            row.cells.iter().zip(columns).find(|(_, column)| **column == wanted).map(|(words, _)| words)
        };
        let (id, title) = (cell(Column::Id), cell(Column::Title));
        [id, title].into_iter().flatten().for_each(|words| self.note_repository(words));
        let mut entry = Entry::at(&row.range);
        let range = title.or(id).map_or(row.range.clone(), |words| words.range.clone());
        entry.range = range.clone();
        let told = id.and_then(|id| values::id(&id.text));
        let words = title.or(id).map(|words| words.text.trim()).unwrap_or_default();
        let led = title.filter(|_| told.is_none()).and_then(|title| {
            let is_marked = title.marks.iter().any(|mark| mark.within.start == 0);
            values::leading_id(title).filter(|_| is_marked).map(|(id, rest)| (id, &title.text[rest..]))
        });
        match led {
            Some((id, rest)) => draft_title(&mut entry, Some(&id), rest, &range),
            None => draft_title(&mut entry, told.as_deref(), words, &range),
        }
        entry
    }

    /// One cell of a row.
    fn cell(&mut self, entry: &mut Entry, column: Column, words: &Words) {
        let (text, range) = (words.text.trim(), &words.range);
        match column {
            Column::Goal => {
                entry.say("goal", self.markdown_of(words), range);
            }
            Column::Labels => {
                entry.say("labels", values::names(words), range);
            }
            Column::Waits => {
                let ids: Vec<String> =
                    values::names(words).iter().filter_map(|name| values::id(name)).collect();
                entry.say("blocked_by", ids, range);
            }
            Column::Assignees => {
                let names: Vec<_> =
                    values::names(words).iter().map(|name| name.trim_start_matches('@').to_owned()).collect();
                let are_logins = names
                    .iter()
                    .all(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
                if are_logins {
                    entry.say("assignees", names, range);
                } else {
                    self.left_out_value(range, text, "name people by their GitHub logins, as `@mara`");
                }
            }
            Column::Milestone => {
                let ix = self.milestone_named(text);
                let ix = ix.unwrap_or_else(|| self.milestone(Entry::at(range).with("title", text, range)));
                entry.milestones = vec![ix];
            }
            _ => self.single(entry, column, text, range),
        }
    }

    /// What a cell says, as it is written: only its pipes were escaped.
    fn markdown_of(&self, words: &Words) -> String {
        prose::inline(self.text, words.range.clone()).replace("\\|", "|")
    }

    /// A cell that holds one value.
    pub(super) fn single(&mut self, entry: &mut Entry, column: Column, text: &str, range: &Range<usize>) {
        let planned = match column {
            Column::Due => Some(("due_on", Purpose::Due)),
            Column::Start => Some(("start_on", Purpose::Start)),
            _ => None,
        };
        if let Some((key, purpose)) = planned {
            return match self.stated(text, purpose, range) {
                Ok(day) => self.say(entry, key, day, range),
                Err(help) => self.left_out_value(range, text, &help),
            };
        }
        let (key, value, help): (_, Option<Value>, _) = match column {
            Column::State => (
                "state",
                values::state(text).map(Value::from),
                "a state is open or closed: say more with labels",
            ),
            Column::Closed => {
                ("closed_on", values::day(text).map(Value::from), "write a day as in `2026-11-22`")
            }
            Column::Estimate => {
                ("estimate", values::number(text).map(number), "an estimate is a number of points")
            }
            Column::Parent => {
                ("parent", values::id(text).map(Value::from), "name the issue that it is a part of by its id")
            }
            Column::Owner => ("owner", Some(text.into()), ""),
            Column::Kind => ("type", Some(text.into()), ""),
            Column::Color => ("color", Some(text.trim_start_matches('#').into()), ""),
            _ => return,
        };
        match value {
            Some(value) => self.say(entry, key, value, range),
            None => self.left_out_value(range, text, help),
        }
    }

    /// Takes note of the repository that an item leads to.
    pub(super) fn note_repository(&mut self, words: &Words) {
        for mark in &words.marks {
            if let MarkKind::Link(address) = &mark.kind
                && ["/issues/", "/milestone/", "/milestones/"].iter().any(|part| address.contains(part))
                && let Some(repository) = values::repository(address)
            {
                self.repositories.entry(repository).or_insert(mark.range.clone());
            }
        }
    }
}

/// A whole number without decimals.
fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number < 1e9 { (number as u64).into() } else { number.into() }
}
