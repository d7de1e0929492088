//! Members of objects that a source has already: what is said of SUMMARY.md, and the users' own data.

use std::{ops::Range, sync::Arc};

use serde_json::{Map, Value};

use super::{
    super::{draft::Entry, same::same},
    Filling, shown,
};
use crate::{
    edit::{Change, Edit, New, Spot},
    model::fields::{FILE, SUMMARY},
    report::JsonPath,
};

impl Filling<'_> {
    /// What is said of SUMMARY.md: only members that the source does not have, which it alone decides on.
    pub(super) fn summary(&mut self, head: &Entry) {
        let Some(said) = head.fields.get("summary") else { return };
        let path = JsonPath::default().key("summary");
        match self.known.value.get("summary").map(Value::as_object) {
            None => self.set(path, New::from(said.value.clone()), FILE),
            Some(Some(own)) if !own.contains_key("columns") => {
                self.set(path.key("columns"), New::from(said.value["columns"].clone()), SUMMARY);
            }
            Some(_) => {}
        }
    }

    /// The user's own data of an item: members that it lacks are added.
    pub(super) fn extra(
        &mut self,
        path: &JsonPath,
        own: &Map<String, Value>,
        kept: &Map<String, Value>,
        range: &Range<usize>,
    ) {
        for (key, value) in kept {
            match own.get(key) {
                None => {
                    let change = Change::Set(New::from(value.clone()), Spot::Last);
                    self.edits.push(Edit {
                        file: Arc::clone(&self.known.name),
                        path: path.clone().key(key),
                        change,
                    });
                }
                Some(old) if same(old, value) => {}
                Some(old) => {
                    let message =
                        format!("`{key}` is {} here, and {} in the document", shown(old), shown(value));
                    let help = "the JSON was left as it is: correct whichever is wrong";
                    self.contradiction(path.clone().key(key), message, Some(range), help);
                }
            }
        }
    }
}
