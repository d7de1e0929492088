//! A source out of what a team has already: its older documents, and what was exported from GitHub.
//!
//! [`document`] is a function of texts: it reads a document, fills what it says into a source or makes a new one of it,
//! builds SUMMARY.md of that, and says whether it is the document again, byte for byte.

mod decoded;
mod document;
mod draft;
mod exact;
mod export;
mod fault;
mod fill;
mod kind;
mod maps;
mod same;
mod sheet;
mod taken;
mod tree;

use std::sync::Arc;

use crate::{
    documents::vocabulary,
    render::Override,
    report::{Code, Diagnostic, Place, Report},
};
pub(crate) use decoded::decoded;
use exact::Comparison;
pub(crate) use export::{Export, export};
pub(crate) use kind::{Form, Sniffed, WHAT_IS_READ, is_file_name, of_name, sniff};
pub(crate) use maps::Maps;

/// How many objects may be around a list of issues.
const MOST_AROUND: usize = 4;

/// The text of a source that says nothing yet.
const EMPTY: &str = "{\n}\n";

/// A text and what findings call it.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// Its name: the path of its file.
    pub(crate) name: Arc<str>,
    /// All of it, a byte order mark and line ends of any kind included.
    pub(crate) text: Arc<str>,
}

/// The source that is to be made or filled.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// Its path from the root, `/`-separated: SUMMARY.md is built beside it.
    pub(crate) name: Arc<str>,
    /// What it says already; `None` where it is to be made.
    pub(crate) text: Option<Arc<str>>,
    /// The users' templates beside it.
    pub(crate) overrides: Vec<Override>,
}

/// What came of a document.
#[derive(Debug, Clone)]
pub(crate) struct Imported {
    /// The JSON, whole.
    pub(crate) source: String,
    /// What was left out, what contradicts, where building differs: of the document, and of the source as
    /// [`Imported::source`] has it.
    pub(crate) report: Report,
    /// Whether building the source gives the document back, byte for byte (line ends apart).
    pub(crate) is_exact: bool,
    /// The SUMMARY.md that building the source gives; `None` where it is switched off.
    pub(crate) summary: Option<String>,
    /// How many milestones and issues the document gives.
    pub(crate) counts: (usize, usize),
    /// The repository that was taken from the links of titles.
    pub(crate) linked: Option<String>,
}

/// Makes a source of a document, or fills the keys that a source lacks from it; what the source says stays as it is.
///
/// # Errors
/// With what is wrong where the document holds no roadmap, or where the source cannot be read.
pub(crate) fn document(document: &Text, target: &Target) -> Result<Imported, Report> {
    import(document, target, Form::Markdown, &Maps::default())
}

/// The same of a document of any form; `maps` says what its columns hold.
///
/// # Errors
/// As [`document`], and where a file cannot be read as what it is.
pub(crate) fn import(document: &Text, target: &Target, form: Form, maps: &Maps) -> Result<Imported, Report> {
    let (read, form) = read(document, form, maps)?;
    let document::Read { mut draft, mut report, linked } = read;
    if draft.is_empty() {
        report.push(no_roadmap(document));
        return Err(report);
    }
    let counts = (draft.milestones.len(), draft.issues.len());
    let old = target.text.as_deref().unwrap_or(EMPTY);
    let known = fill::Known::read(&target.name, old)?;
    let linked = linked.filter(|_| !known.has("repository"));
    let edits = fill::edits(&mut draft, &known, document, &mut report);
    let source = fill::applied(old, &edits).map_err(|why| refused(&target.name, &why))?;
    if form != Form::Markdown {
        // It is no document that building could give back.
        exact::roadmap(&target.name, &source, &mut report);
        return Ok(Imported { source, report, is_exact: false, summary: None, counts, linked });
    }
    let Comparison { source, summary, is_exact } = exact::compare(document, target, source, &mut report);
    Ok(Imported { source, report, is_exact, summary, counts, linked })
}

/// Reads a document; what is called Markdown and holds nothing may be something else.
fn read(document: &Text, form: Form, maps: &Maps) -> Result<(document::Read, Form), Report> {
    if form != Form::Markdown {
        return Ok((document::read_foreign(document, form, maps)?, form));
    }
    let read = document::read(&document.name, &document.text);
    match kind::looks_like(&document.text) {
        Some(other) if read.draft.is_empty() && other.form.is_read() => {
            Ok((document::read_foreign(document, other.form, maps)?, other.form))
        }
        _ => Ok((read, form)),
    }
}

fn no_roadmap(document: &Text) -> Diagnostic {
    let place = Place::file(Arc::clone(&document.name));
    if let Some(kind) = kind::looks_like(&document.text) {
        return Diagnostic::new(
            Code::ImportLeftOut,
            place,
            format!("this looks like {}, which is not read", kind.noun),
        )
        .help(WHAT_IS_READ);
    }
    Diagnostic::new(Code::ImportLeftOut, place, "no milestone and no issue was found in this document").help(
        "it reads tables of milestones or issues, tables whose columns are times or states, headings of milestones with lists or headings of issues below, and lists of issues",
    )
}

/// The edits do not fit: the source holds what cannot be filled, as a text where an object belongs.
fn refused(name: &Arc<str>, why: &crate::edit::Refused) -> Report {
    let mut report = Report::default();
    let message = format!("this file cannot be filled: {why}");
    report.push(Diagnostic::new(Code::WrongType, Place::file(Arc::clone(name)), message));
    report
}

/// Whether a text is JSON by its first marks, be it a broken one: Markdown begins otherwise.
pub(crate) fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    matches!((marks.next(), marks.next()), (Some('['), Some('{' | '[' | ']')) | (Some('{'), Some('"' | '}')))
}

/// Whether a JSON is a list of labels, or a roadmap by its keys that is not quite as a source is written.
pub(crate) fn is_loose(text: &str) -> bool {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text.trim_start_matches('\u{feff}')) else {
        return tree::is_lines(text) && is_plan(text);
    };
    let has_lists = value.is_object() && ["issues", "milestones"].iter().any(|key| !value[key].is_null());
    let mut report = Report::default();
    let mut is_sound = || {
        let read = crate::source::parse(&Arc::from("x.json"), text.as_bytes().to_vec(), &mut report);
        read.is_some() && report.iter().next().is_none()
    };
    export::kind(text).is_some_and(|(noun, _)| noun == "a file of labels")
        || has_lists && !is_sound()
        || !has_lists && is_plan(text)
}

/// Whether a JSON that is no export of GitHub's is a plan all the same: a roadmap in a wrapper, lists of objects that have titles.
pub(crate) fn is_plan(text: &str) -> bool {
    let document = Text { name: "x.json".into(), text: text.into() };
    holds_titles(text)
        && document::read_foreign(&document, Form::Json, &Maps::default())
            .is_ok_and(|read| !(read.draft.milestones.is_empty() && read.draft.issues.is_empty()))
}

/// Whether a JSON holds a list of objects of which one has a title.
fn holds_titles(text: &str) -> bool {
    fn any(value: &serde_json::Value, left: usize) -> bool {
        let has_title = |item: &serde_json::Value| {
            item.as_object().is_some_and(|object| object.keys().any(|key| vocabulary::is_title(key)))
        };
        match value {
            serde_json::Value::Array(items) => items.iter().any(has_title),
            serde_json::Value::Object(members) if left > 0 => members.values().any(|it| any(it, left - 1)),
            _ => false,
        }
    }
    let bare = text.trim_start_matches('\u{feff}');
    tree::is_lines(bare) || serde_json::from_str(bare).is_ok_and(|value| any(&value, MOST_AROUND))
}

/// Whether a text is `owner/name`.
pub(crate) fn is_repository(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with('.')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    text.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name))
}

#[cfg(test)]
mod tests;
