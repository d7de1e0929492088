//! What the model says and pages show in words: fields that are shown as they are, days without a day, and label groups that nobody
//! has called otherwise.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    data,
    model::{
        Issue, LabelGroup, When,
        fields::{Field, ISSUE},
    },
    words::{self, say},
};

/// What an issue says of a field that is shown as it is.
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    /// As `Estimate`.
    #[serde(serialize_with = "words::serialize")]
    title: &'static str,
    /// As `3 points`: plain text.
    words: String,
}

/// The fields of an issue that are shown as they are, as far as it says them.
pub(super) fn facts(issue: &Issue) -> Vec<Fact> {
    let fact = |field: &Field| {
        let words = words::plain(|| (field.said)(issue).map(data::said))?;
        Some(Fact { title: field.title, words })
    };
    ISSUE.iter().filter(|field| field.is_plain()).filter_map(fact).collect()
}

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

/// `and 3 more`; empty where all are shown.
pub(super) fn and_more(total: usize, shown: usize) -> String {
    if total > shown { say!("and {} more", total - shown) } else { String::new() }
}
