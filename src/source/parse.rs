//! One file of the source: from bytes to [`schema::File`].
//!
//! A file without a fault is read by serde and nothing else. Of one with a fault everything that is wrong is reported
//! at once, and the rest is read all the same, so that later stages can tell what is wrong there.

use std::{collections::BTreeSet, sync::Arc};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    conflict::conflicts,
    objects,
    schema::{self, File},
    shape::{self, Dropped},
    syntax,
};
use crate::{
    json::{BOM, Node},
    report::{Code, Diagnostic, Place, Report},
};

/// A file as it was read.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// What it says, less what is at fault.
    pub(crate) file: File,
    dropped: Dropped,
}

impl Parsed {
    /// The places in the text of the items of a top-level list, for those that were kept, in order.
    pub(crate) fn places(&self, list: &str) -> impl Iterator<Item = usize> + use<> {
        let dropped: BTreeSet<usize> = self.dropped.get(list).cloned().unwrap_or_default();
        (0..).filter(move |place| !dropped.contains(place))
    }
}

impl From<File> for Parsed {
    fn from(file: File) -> Self {
        Self { file, dropped: Dropped::new() }
    }
}

/// Reads a file of the source; `None` where nothing of it can be used. What is wrong is in the report.
pub fn parse(file: &Arc<str>, bytes: Vec<u8>, report: &mut Report) -> Option<Parsed> {
    let text = decode(file, bytes, report)?;
    if let Ok(file) = objects::from_str::<File>(body(&text)) {
        return Some(file.into());
    }
    let (file, dropped) = mend(file, &text, &schema::json_schema(), report)?;
    Some(Parsed { file, dropped })
}

/// The text of a file, a byte order mark included; only UTF-8 is text.
pub(crate) fn decode(file: &Arc<str>, bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    let (place, message) = match bytes.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => (0..2, "this file is UTF-16, not UTF-8".to_owned()),
        [0, _, ..] | [_, 0, ..] => (0..2, "this file is UTF-16, not UTF-8".to_owned()),
        _ => match String::from_utf8(bytes) {
            Ok(text) => return Some(text),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(start).copied().unwrap_or_default();
                (
                    start..start + 1,
                    format!("this file is not UTF-8: the byte 0x{byte:02X} means nothing here"),
                )
            }
        },
    };
    let place = Place::bytes(Arc::clone(file), place);
    report.push(Diagnostic::new(Code::Encoding, place, message).help("save the file as UTF-8"));
    None
}

/// The text without a byte order mark.
pub(super) fn body(text: &str) -> &str {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// Reports everything that is wrong with a text that serde does not take, and reads the rest of it.
pub(super) fn mend<T: DeserializeOwned>(
    file: &Arc<str>,
    text: &str,
    schema: &Value,
    report: &mut Report,
) -> Option<(T, Dropped)> {
    if let Some(fault) = syntax::fault(file, text) {
        let conflicts = conflicts(file, text);
        let found = if conflicts.is_empty() { vec![fault] } else { conflicts };
        found.into_iter().for_each(|finding| report.push(finding));
        return None;
    }
    let mut tree = Node::read(text).or_else(|| unreadable(file, "it is no tree", report))?;
    let dropped = shape::check(file, text, &mut tree, schema, report)?;
    let mut rest = String::with_capacity(text.len());
    tree.print(text, &mut rest);
    match objects::from_str(&rest) {
        Ok(value) => Some((value, dropped)),
        Err(error) => unreadable(file, &error.to_string(), report),
    }
}

/// The last word on a file that serde refuses and in which nothing was found: no fault goes by in silence.
fn unreadable<T>(file: &Arc<str>, why: &str, report: &mut Report) -> Option<T> {
    let place = Place::json(Arc::clone(file));
    report.push(Diagnostic::new(Code::WrongType, place, format!("this file cannot be read: {why}")));
    None
}

#[cfg(test)]
mod tests;
