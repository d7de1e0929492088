//! What the model writes in English and pages show: days without a day, and label groups that nobody has called otherwise.

use std::borrow::Cow;

use crate::{
    model::{LabelGroup, When},
    words::{self, say},
};

/// A stated day, as it is read on this page.
pub(super) fn day(when: When) -> String {
    if when.is_later() { say!("later") } else { when.to_string() }
}

/// What a label group is called: as the source says, else after its prefix.
pub(super) fn group_title(group: &LabelGroup) -> Cow<'_, str> {
    let name = group.title.strip_suffix(" Labels");
    match name.filter(|name| name.to_lowercase() == group.prefix.to_lowercase()) {
        Some(name) => words::plain(|| say!("{} Labels", name)).into(),
        None if group.prefix.is_empty() && group.title == "Other Labels" => {
            words::plain(|| say!("Other Labels")).into()
        }
        None => group.title.as_str().into(),
    }
}
