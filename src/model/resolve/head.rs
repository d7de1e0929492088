//! What a source says once: title, repository, day, outputs, documents, rules.

use std::collections::BTreeSet;

use super::outputs::{self, bad_path};
use crate::{
    model::{
        Day, Misread, Purpose, Roadmap, Section, When, inside, is_repository, meant_day, meant_when,
        repository_of,
    },
    report::{Action, Code, Diagnostic, Place, Report, Step},
    source::{
        Document, Lock, Sourced,
        schema::{self, RuleSetting},
    },
};

/// The roadmap with everything but its items.
pub(super) fn resolve(
    document: &mut Document,
    base: &str,
    lock: Option<&Lock>,
    report: &mut Report,
) -> Roadmap {
    let head = std::mem::take(&mut document.head);
    let as_of = head.as_of.as_deref().and_then(|text| day(text, || document.head_place("as_of"), report));
    let snapshot = lock.and_then(|lock| lock.snapshot_on.as_deref()).and_then(Day::parse);
    Roadmap {
        files: document.files.clone(),
        base: base.to_owned(),
        title: head.title.unwrap_or_else(|| "Roadmap".into()),
        description: head.description,
        repository: head.repository.filter(|name| is_good_repository(name, document, report)),
        mentions: head.mentions.unwrap_or(false),
        github: head.github.unwrap_or_default(),
        pinned: head.roadbook,
        as_of: as_of.or(snapshot),
        sections: std::mem::take(&mut document.sections).into_iter().map(section).collect(),
        docs: docs(document, report),
        rules: document.rules.iter().map(|(file, code, setting)| rule(*file, code, setting)).collect(),
        outputs: outputs::outputs(head.outputs.unwrap_or_default(), base, document, report),
        summary: head.summary.unwrap_or_default(),
        words: head.words.and_then(|path| words(&path, document, report)),
        states: head.states.unwrap_or_default(),
        site: head.site.unwrap_or_default(),
        locked: lock.map(locked_ids).unwrap_or_default(),
        head_files: document.head_files.clone(),
        extra: std::mem::take(&mut document.extra),
        ..Roadmap::default()
    }
}

/// The day that a text names; a text that names none is told and dropped.
pub(super) fn day(text: &str, place: impl FnOnce() -> Place, report: &mut Report) -> Option<Day> {
    let day = Day::parse(text);
    if day.is_none() {
        let found =
            Diagnostic::new(Code::InvalidDate, place(), format!("`{text}` is not a day of the calendar"))
                .help("write it as year, month and day, as in `2026-11-22`");
        report.push(dated(found, text, meant_day(text)));
    }
    day
}

/// The finding with the day that is meant, or none where none is written.
fn dated(found: Diagnostic, text: &str, meant: Option<(impl ToString, bool)>) -> Diagnostic {
    match meant {
        Some((day, true)) => found.certainly(Action::text(&day.to_string())),
        Some((day, false)) => found.perhaps(Action::text(&day.to_string())),
        None if text.trim().is_empty() => emptied(found),
        None => found,
    }
}

/// An empty text is no day, and the item is built without one. An update cannot do without; GitHub's own field stays owned.
fn emptied(found: Diagnostic) -> Diagnostic {
    let path = found.place.at.json().map(|(path, _)| path.0).unwrap_or_default();
    let is_in = |list: &str| path.first() == Some(&Step::Key(list.into()));
    match path.last() {
        Some(Step::Key(key)) if key == "on" => found,
        Some(Step::Key(key)) if key == "due_on" && is_in("milestones") => {
            found.certainly(Action::Value("null".into()))
        }
        _ => found.certainly(Action::Remove),
    }
}

/// The day, month, quarter or year that a text states; a text that states none is told and dropped.
pub(super) fn when(
    text: &str,
    purpose: Purpose,
    place: impl FnOnce() -> Place,
    report: &mut Report,
) -> Option<When> {
    let found = When::read(text, purpose);
    found
        .map_err(|Misread { message, help }| {
            let found = Diagnostic::new(Code::InvalidDate, place(), message).help(help);
            report.push(dated(found, text, meant_when(text, purpose)));
        })
        .ok()
}

fn section(Sourced { origin, value }: Sourced<schema::Section>) -> Section {
    Section { title: value.title, body: value.body, origin }
}

fn rule(file: usize, code: &str, setting: &RuleSetting) -> (usize, String, schema::Level, bool) {
    match setting {
        RuleSetting::Level(level) => (file, code.to_owned(), *level, false),
        RuleSetting::Reasoned(reasoned) => {
            (file, code.to_owned(), reasoned.level, !reasoned.reason.trim().is_empty())
        }
    }
}

fn locked_ids(lock: &Lock) -> BTreeSet<String> {
    lock.milestones.keys().chain(lock.issues.keys()).cloned().collect()
}

fn is_good_repository(name: &str, document: &Document, report: &mut Report) -> bool {
    let good = is_repository(name);
    if !good {
        let place = document.head_place("repository");
        let message = format!("`{name}` is not the name of a GitHub repository");
        let found =
            Diagnostic::new(Code::BadRepository, place, message).help("write `owner/name`, without a host");
        report.push(match repository_of(name) {
            Some(name) => found.certainly(Action::text(name)),
            None => found,
        });
    }
    good
}

fn words(path: &str, document: &Document, report: &mut Report) -> Option<String> {
    inside(path).map_err(|why| report.push(bad_path(document.head_place("words"), path, why))).ok()
}

fn docs(document: &Document, report: &mut Report) -> Vec<(String, Place)> {
    let mut docs = Vec::new();
    for Sourced { origin, value } in &document.docs {
        let place = document.place("docs", *origin);
        match inside(value) {
            Ok(path) => docs.push((path, place)),
            Err(why) => report.push(bad_path(place, value, why)),
        }
    }
    docs
}
