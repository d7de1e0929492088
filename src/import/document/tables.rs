//! Rows of tables as milestones and issues.

use std::ops::Range;

use serde_json::{Map, Value};

use super::{
    Claim, Reading, addresses::issue_at, beyond::Beyond, days::years_of, draft_title, lists::fitting, prose,
};
use crate::{
    documents::{
        Statement,
        columns::{About, Table},
        values,
        vocabulary::{Field, is_dropped, is_nothing, name, says_more, state_words},
    },
    import::draft::{Entry, Said},
    markdown::read::blocks::{Row, Words},
    model::{
        Column, Purpose, Roadmap,
        fields::{ISSUE, MILESTONE},
    },
    report::{Code, Diagnostic, counted, one_line, typed},
};

impl Reading<'_> {
    pub(super) fn table(&mut self, rows: &[Row], about: About, table: &Table, milestone: Option<usize>) {
        let Some((head, rows)) = rows.split_first() else { return };
        self.keeps_columns = !self.is_foreign && about != About::Labels;
        if self.keeps_columns {
            self.columns.note(about, table);
        }
        for (at, said) in table.row(head) {
            let filled =
                rows.iter().filter(|row| row.cells.get(at).is_some_and(|cell| !is_nothing(&cell.text)));
            match filled.count() {
                0 => {}
                _ if has_place(about, said.field, self.is_foreign)
                    && !self.is_unsaid(at, said.field, rows) => {}
                count => self.left_out_column(said.words, count),
            }
        }
        self.note_years_of(head, rows, table);
        let is_filled = |row: &&Row| self.is_ours || row.cells.iter().any(|cell| !is_nothing(&cell.text));
        let filled: Vec<_> = rows.iter().filter(is_filled).collect();
        for row in filled {
            match about {
                About::Milestones => self.row_of_milestone(row, table),
                About::Issues | About::Labels => self.row_of_issue(row, table, milestone),
            }
        }
        self.keeps_columns = false;
    }

    /// Whether a column of a sheet is taken for places of rows, and says more than that.
    fn is_unsaid(&self, at: usize, field: Field, rows: &[Row]) -> bool {
        let cell = |row: &Row| row.cells.get(at).and_then(|cell| cell.text.trim().parse::<usize>().ok());
        let counts =
            || (1..).zip(rows).all(|(place, row)| cell(row).is_none_or(|n| n == place || n + 1 == place));
        self.is_sheet && !self.skipped.contains(&at) && field == Field::Place && !counts()
    }

    fn left_out_column(&mut self, head: &Words, count: usize) {
        let name = head.text.trim().to_owned();
        if !self.is_sheet {
            return self.left_out_value(&head.range, &name, "a roadmap has no such column: put what it says into the bodies of its issues, or into labels");
        }
        let message = format!("the column `{}` was left out: {}", one_line(&name), counted(count, "cell"));
        let found = Diagnostic::new(Code::ImportLeftOut, self.place(&head.range), message).warning();
        self.report.push(found.help(format!(
            "`--map {}` keeps it with each issue; another field of the source says what it holds",
            typed(&format!("{name}=extra"))
        )));
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
                field if !has_place(About::Milestones, field, self.is_foreign) => {}
                _ => {
                    self.cell(&mut entry, said);
                    self.keep_state(&mut entry, said);
                }
            }
        }
        let ix = self.milestone(entry);
        self.claims.extend(count.map(|(count, range)| Claim::of_milestone(ix, count, range)));
    }

    fn row_of_issue(&mut self, row: &Row, table: &Table, milestone: Option<usize>) {
        let mut entry = self.names_of(row, table);
        let mut urgent = None;
        for (at, said) in table.row(row).filter(|(_, said)| !is_nothing(&said.words.text)) {
            match said.field {
                Field::Description | Field::Goal => {
                    add_to_body(&mut entry, &self.markdown_of(said.words), &said.words.range);
                }
                Field::Priority => urgent = Some(said.words),
                Field::Extra if table.names[at] == "resolution" => say_resolution(&mut entry, said.words),
                Field::Extra => {
                    add_extra(&mut entry, &table.heads[at], said.words.text.trim(), &said.words.range)
                }
                _ => self.field_of_issue(&mut entry, said),
            }
        }
        let is_struck = table.cell(row, Field::Title).is_some_and(Words::is_struck);
        let own = is_struck.then_some("closed").or(self.state);
        if let Some(state) = own.filter(|_| !entry.fields.contains_key("state")) {
            entry.say("state", state, &row.range);
            if self.is_dropped && !is_struck {
                entry.say("state_reason", "not_planned", &row.range);
            }
        }
        if !entry.fields.contains_key("labels") && table.place(Field::Labels).is_some() {
            // An empty cell says that there are none.
            entry.say("labels", Value::Array(Vec::new()), &row.range);
        }
        urgent.into_iter().for_each(|words| add_priority(&mut entry, words));
        self.issue(entry, milestone);
    }

    /// What words say of an issue, for the fields that its entry alone does not take.
    pub(super) fn field_of_issue(&mut self, entry: &mut Entry, said: Statement<'_>) {
        let Statement { field, words, .. } = said;
        match field {
            Field::State => {
                self.cell(entry, said);
                let state = state_words(&words.text);
                if is_dropped(state) {
                    entry.say("state_reason", reason(state), &words.range);
                }
                self.keep_state(entry, said);
            }
            Field::Blocks => {
                let names = values::names(words).into_iter().map(|name| values::id(&name).unwrap_or(name));
                let blocker = (entry.id().map(str::to_owned), entry.title().to_owned());
                self.blocks.extend(names.map(|name| (blocker.clone(), name, words.range.clone())));
            }
            Field::Address => match issue_at(&words.text) {
                Some((repository, _)) if self.has_one_repository || !self.is_sheet => {
                    self.repositories.entry(repository).or_insert(words.range.clone());
                }
                _ if self.is_foreign => add_extra(entry, "url", words.text.trim(), &words.range),
                _ => self.left_out_value(
                    &words.range,
                    &words.text,
                    "a roadmap has no place for addresses: put them into the body",
                ),
            },
            _ => self.cell(entry, said),
        }
    }

    /// Keeps a state that says more than open or closed, as `In review`.
    fn keep_state(&self, entry: &mut Entry, said: Statement<'_>) {
        let is_kept = self.is_foreign || self.keeps_columns;
        if is_kept
            && said.field == Field::State
            && entry.fields.contains_key("state")
            && says_more(&said.words.text)
        {
            add_extra(entry, "status", said.words.text.trim(), &said.words.range);
        }
    }

    /// The id and the title of a row.
    fn names_of(&mut self, row: &Row, table: &Table) -> Entry {
        let (id, title) = (table.cell(row, Field::Id), table.cell(row, Field::Title));
        [id, title].into_iter().flatten().for_each(|words| self.note_repository(words));
        let range = title.or(id).map_or(&row.range, |words| &words.range);
        let mut entry = Entry::at(range);
        let told = id.and_then(|id| values::id(&id.text));
        if let (Some(id), None, Some(_)) = (id.filter(|id| !is_nothing(&id.text)), &told, title) {
            self.left_out_value(&id.range, &id.text, "an id is letters, digits, `-` and `.`, as `DB-001`");
        }
        let address = table.cell(row, Field::Address).filter(|_| self.has_one_repository);
        let told = told.or_else(|| issue_at(&address?.text).map(|(_, number)| format!("issue-{number}")));
        let beyond = title
            .filter(|_| !self.is_ours && !self.is_foreign)
            .and_then(|title| Beyond::of(self.text, title, self.own_repository()));
        let told = match beyond {
            Some(Beyond::Issue(number)) => told.or_else(|| Some(format!("issue-{number}"))),
            _ => told,
        };
        if let Some(Beyond::Words(kept)) = beyond {
            add_to_body(&mut entry, &kept.replace("\\|", "|"), range);
        }
        let words = title.filter(|title| !title.text.trim().is_empty()).or(id);
        let words = words.map(|words| words.text.trim()).unwrap_or_default();
        if self.is_foreign {
            let title = self.one_line_title(&mut entry, words, range);
            draft_title(&mut entry, told.as_deref(), &title, range);
            return entry;
        }
        let led = title.filter(|title| told.is_none() && !self.names_another(title)).and_then(|title| {
            let is_marked = title.marks.iter().any(|mark| mark.within.start == 0);
            values::leading_id(title).filter(|_| is_marked).map(|(id, rest)| (id, &title.text[rest..]))
        });
        match led {
            Some((id, rest)) => draft_title(&mut entry, Some(&id), rest, range),
            None => draft_title(&mut entry, told.as_deref(), words, range),
        }
        entry
    }

    /// A title of one line that GitHub takes; what does not fit is in the body.
    pub(super) fn one_line_title(&self, entry: &mut Entry, words: &str, range: &Range<usize>) -> String {
        let whole = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let short = fitting(&whole).to_owned();
        if short.len() < whole.len() {
            add_to_body(entry, words.trim(), range);
        }
        short
    }

    /// What a cell says of an entry.
    pub(super) fn cell(&mut self, entry: &mut Entry, said: Statement<'_>) {
        let (text, range) = (said.words.text.trim(), &said.words.range);
        match said.field {
            Field::Goal => {
                entry.say("goal", self.markdown_of(said.words), range);
            }
            Field::Milestone => {
                entry.milestones = vec![self.milestone_titled(text, range)];
            }
            _ => self.single(entry, said),
        }
    }

    /// What a cell says, as it is written: only its pipes were escaped.
    fn markdown_of(&self, words: &Words) -> String {
        if self.is_foreign {
            return words.text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
        }
        prose::inline(self.text, words.range.clone()).replace("\\|", "|")
    }

    /// What needs no more than its own words, or the years around a day.
    fn single(&mut self, entry: &mut Entry, said: Statement<'_>) {
        let (text, range) = (said.words.text.trim(), &said.words.range);
        let value = match said.field {
            Field::Id | Field::Title | Field::Description => return,
            Field::Place | Field::Count | Field::Progress | Field::Unknown => return,
            Field::Priority | Field::Blocks | Field::Address | Field::Extra => return,
            // What is no id is told once all ids are known.
            Field::Waits => {
                let names = values::names(said.words).into_iter();
                Ok(names.map(|name| values::id(&name).unwrap_or(name)).collect())
            }
            Field::Parent => Ok(values::id(text).unwrap_or_else(|| text.to_owned()).into()),
            Field::Due => self.stated(text, Purpose::Due, range).map(Value::from),
            Field::Start => self.stated(text, Purpose::Start, range).map(Value::from),
            _ => said.value().map_err(str::to_owned),
        };
        match value {
            Ok(value) => self.say(entry, said.field.key(), value, range),
            Err(help) => match self.column_of(said.field) {
                Some(key) => {
                    add_extra(entry, key, text, range);
                    let message = format!("`{}` was kept in `extra.{key}`", one_line(text));
                    let found = Diagnostic::new(Code::ImportKept, self.place(range), message).warning();
                    self.report.push(if help.is_empty() { found } else { found.help(help) });
                }
                None => self.left_out_value(range, text, &help),
            },
        }
    }

    /// The key of `extra` that keeps what a field does not take, so that its column of SUMMARY.md goes on to show it.
    fn column_of(&self, field: Field) -> Option<&'static str> {
        let name = field.column().filter(|_| self.keeps_columns)?;
        let column = Roadmap::default().column(name)?.0;
        let is_owner = column == Column::Assignees && self.columns.has(About::Issues, "owner");
        if is_owner { Some("owner") } else { column.extra_key() }
    }
}

/// Why what words say that nobody will do was closed.
fn reason(words: &str) -> &'static str {
    if words.eq_ignore_ascii_case("duplicate") { "duplicate" } else { "not_planned" }
}

/// Why an issue is closed; what says more than that is kept.
fn say_resolution(entry: &mut Entry, words: &Words) {
    let (text, range) = (words.text.trim(), &words.range);
    if is_dropped(text) {
        entry.fields.remove("state");
        entry.say("state", "closed", range);
        entry.say("state_reason", reason(text), range);
    } else if !["unresolved", "done", "fixed", "resolved"].contains(&name(text).as_str()) {
        add_extra(entry, "resolution", text, range);
    }
}

/// Whether what a column says has a place in an item.
fn has_place(about: About, field: Field, is_foreign: bool) -> bool {
    let fields = if about == About::Milestones { MILESTONE } else { ISSUE };
    match field {
        Field::Unknown => false,
        Field::Progress => about == About::Milestones && !is_foreign,
        Field::Place | Field::Id | Field::Title | Field::Description | Field::Goal | Field::Count => true,
        Field::Milestone | Field::Priority | Field::Blocks | Field::Address | Field::Extra => {
            about == About::Issues
        }
        field => fields.iter().any(|own| own.key == field.key()),
    }
}

/// Adds to what an entry has for its body.
pub(super) fn add_to_body(entry: &mut Entry, text: &str, range: &Range<usize>) {
    let text = text.trim();
    let known = entry.text("body").map(|known| format!("{known}\n\n{text}")).filter(|_| !text.is_empty());
    match (known, entry.fields.get_mut("body")) {
        (Some(both), Some(said)) => said.value = both.into(),
        _ => {
            entry.say("body", text, range);
        }
    }
}

/// Keeps a value as the user's own data.
pub(super) fn add_extra(entry: &mut Entry, key: &str, value: impl Into<Value>, range: &Range<usize>) {
    let said = entry.fields.entry("extra");
    let said = said.or_insert_with(|| Said { value: Value::Object(Map::new()), range: range.clone() });
    if let Some(extra) = said.value.as_object_mut() {
        extra.insert(key.to_owned(), value.into());
    }
}

/// A priority as a label of its group.
pub(super) fn add_priority(entry: &mut Entry, words: &Words) {
    let word = words.text.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase();
    let word = word.strip_prefix("priority:").unwrap_or(&word);
    if word.is_empty() || word == "no-priority" {
        return;
    }
    let said = entry.fields.entry("labels");
    let said = said.or_insert_with(|| Said { value: Value::Array(Vec::new()), range: words.range.clone() });
    if let Some(labels) = said.value.as_array_mut() {
        let name = Value::from(format!("priority:{word}"));
        if !labels.contains(&name) {
            labels.push(name);
        }
    }
}
