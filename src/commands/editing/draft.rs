//! One object on its way to what it will say, and what changes elsewhere because of it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{EditSession, Plan, Subject};
use crate::{
    edit::{Change, Edit},
    io::{Failure, FailureKind},
    model::fields::Field,
    report::{counted, one_line},
    source::meant_key,
};

/// An object that is being changed.
pub(in crate::commands) struct Draft<'d, 'a> {
    pub(in crate::commands) desk: &'d EditSession<'a>,
    /// The object as it is.
    pub(in crate::commands) subject: Subject,
    /// What it will say.
    pub(in crate::commands) new: Map<String, Value>,
    /// What changes beside it.
    pub(super) elsewhere: Vec<Edit>,
    /// What there is to know of it.
    pub(in crate::commands) notes: Vec<String>,
    pub(super) renamed: Vec<(String, String)>,
}

impl<'d, 'a> Draft<'d, 'a> {
    /// The object as it is, to be changed.
    pub(in crate::commands) fn new(desk: &'d EditSession<'a>, subject: Subject) -> Self {
        let new = subject.old.clone();
        Self { desk, subject, new, elsewhere: Vec::new(), notes: Vec::new(), renamed: Vec::new() }
    }

    /// The field of this key.
    pub(in crate::commands) fn field(&self, key: &str) -> Result<&'static Field, Failure> {
        field(self.subject.fields, key)
    }

    /// The text that a field holds now, `None` where it holds none.
    pub(in crate::commands) fn text(&self, key: &str) -> Option<&str> {
        self.new.get(key).and_then(Value::as_str)
    }

    /// The edits that the draft comes to: those of the object, and those elsewhere.
    ///
    /// # Errors
    /// Where the file of a body cannot be read, or another one is in its way.
    pub(in crate::commands) fn edits(self) -> Result<(Vec<Edit>, Vec<Edit>), Failure> {
        Ok((self.own_edits()?, self.elsewhere))
    }

    /// What the draft comes to; `done` says it, and the fields that changed are told with it.
    ///
    /// # Errors
    /// As [`Draft::edits`].
    pub(in crate::commands) fn plan(self, done: &str) -> Result<Plan, Failure> {
        let mut edits = self.own_edits()?;
        let Subject { item, fields, old, .. } = &self.subject;
        let changed = fields.iter().filter(|field| old.get(field.key) != self.new.get(field.key));
        let changed: Vec<_> = changed.map(|field| format!("`{}`", field.key)).collect();
        let mut done = format!("{done} in {}", files(&self.subject.file, &edits));
        if !changed.is_empty() {
            done = format!("{done}: {}", changed.join(", "));
        }
        if !self.elsewhere.is_empty() {
            done = format!("{done}, with {} elsewhere", counted(self.elsewhere.len(), "change"));
        }
        edits.extend(self.elsewhere);
        let name = self.desk.name(*item).to_owned();
        let name = self.renamed.last().filter(|(old, _)| *old == name).map_or(name, |(_, new)| new.clone());
        let is_same = edits.is_empty();
        let last = if self.renamed.is_empty() { Vec::new() } else { vec![Arc::clone(&self.subject.file)] };
        let mut notes = self.notes;
        notes.extend(is_same.then(|| format!("nothing to change in `{}`", one_line(&name))));
        let done = if is_same { Vec::new() } else { vec![done] };
        Ok(Plan { edits, done, notes, renamed: self.renamed, items: vec![name], last, ..Plan::default() })
    }
}

/// The files that hold what changes, the JSON first: a body may have one of its own, and one that it had before.
fn files(json: &Arc<str>, edits: &[Edit]) -> String {
    let is_left = |edit: &&Edit| !matches!(edit.change, Change::File(None));
    let mut files: Vec<_> = edits.iter().filter(is_left).map(|edit| &edit.file).collect();
    if files.is_empty() {
        files.push(edits.first().map_or(json, |edit| &edit.file));
    }
    files.sort_by_key(|file| *file != json);
    files.dedup();
    files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(" and ")
}

/// The field of this key among those that an object may have.
pub(in crate::commands) fn field(fields: &'static [Field], key: &str) -> Result<&'static Field, Failure> {
    fields.iter().find(|field| field.key == key).ok_or_else(|| {
        let keys: Vec<_> = fields.iter().map(|field| field.key).collect();
        let help = match meant_key(key, keys.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("its fields are `{}`", keys.join("`, `")),
        };
        Failure::new(FailureKind::Usage, format!("unknown field `{}`", one_line(key))).help(help)
    })
}

/// The value of a field out of a text.
pub(super) fn read(field: &Field, text: &str) -> Result<Value, Failure> {
    field.read(text).map_err(|help| {
        let message = format!("`{}` cannot be `{}`", field.key, one_line(text));
        Failure::new(FailureKind::Usage, message).help(help)
    })
}
