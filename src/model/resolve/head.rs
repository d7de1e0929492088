//! What a source says once: title, repository, day, outputs, documents, rules.

use std::collections::BTreeSet;

use crate::{
    model::{Day, Outputs, Roadmap, Section},
    report::{Diagnostic, Place, Report},
    source::{
        Document, Lock, Sourced,
        schema::{self, Field, RuleSetting},
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
        repository: head.repository.filter(|name| is_repository(name, document, report)),
        mentions: head.mentions.unwrap_or(false),
        pinned: head.roadbook,
        as_of: as_of.or(snapshot),
        sections: std::mem::take(&mut document.sections).into_iter().map(section).collect(),
        docs: docs(document, report),
        rules: document.rules.iter().map(|(file, code, setting)| rule(*file, code, setting)).collect(),
        outputs: outputs(head.outputs.unwrap_or_default(), base, document, report),
        summary: head.summary.unwrap_or_default(),
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
        report.push(
            Diagnostic::new("invalid-date", place(), format!("`{text}` is not a day of the calendar"))
                .help("write it as year, month and day, as in `2026-11-22`"),
        );
    }
    day
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

/// GitHub's `owner/name`: a login, and a name of letters, digits, `.`, `-` and `_`.
fn is_repository(name: &str, document: &Document, report: &mut Report) -> bool {
    let part = |part: &str| {
        !matches!(part, "" | "." | "..")
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let good = name.split_once('/').is_some_and(|(owner, name)| part(owner) && part(name));
    if !good {
        let place = document.head_place("repository");
        report.push(
            Diagnostic::new(
                "bad-repository",
                place,
                format!("`{name}` is not the name of a GitHub repository"),
            )
            .help("write `owner/name`, without a host"),
        );
    }
    good
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

fn outputs(given: schema::Outputs, base: &str, document: &Document, report: &mut Report) -> Outputs {
    let beside = |name: &str| if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") };
    let mut taken = Vec::<(&str, String)>::new();
    let mut output = |key: &'static str, given: Field<String>, default: String| {
        let place = || document.head_place("outputs").key(key);
        let path = match given {
            Field::Absent => Some(default),
            Field::Given(None) => None,
            Field::Given(Some(path)) => match inside(&path) {
                Ok(path) => Some(path),
                Err(why) => {
                    report.push(bad_path(place(), &path, why));
                    None
                }
            },
        }?;
        let clash = taken
            .iter()
            .find(|(_, other)| other.eq_ignore_ascii_case(&path))
            .map(|(other, _)| format!("`{other}`"));
        let source = document
            .files
            .iter()
            .any(|file| file.eq_ignore_ascii_case(&path))
            .then(|| "the source".to_owned());
        if let Some(other) = clash.or(source) {
            report.push(bad_path(place(), &path, &format!("it is where {other} stands")));
            return None;
        }
        taken.push((key, path.clone()));
        Some(path)
    };
    Outputs {
        summary: output("summary", given.summary, beside("SUMMARY.md")),
        milestones: output("milestones", given.milestones, beside("milestones")),
        labels: output("labels", given.labels, beside("LABELS.md")),
        site: output("site", given.site, "site".into()),
    }
}

fn bad_path(place: Place, path: &str, why: &str) -> Diagnostic {
    Diagnostic::new("bad-path", place, format!("`{path}` cannot be used as a path: {why}"))
        .help("write a path from the root of the repository with `/`, as in `docs/roadmap/SUMMARY.md`")
}

/// A path that stays inside the root on every system, without a trailing `/`; else why it does not.
fn inside(path: &str) -> Result<String, &'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Err("it is empty");
    }
    if path.starts_with('/') || path.contains(':') {
        return Err("it does not begin at the root of the repository");
    }
    if path.contains('\\') {
        return Err("it holds a `\\`");
    }
    if path.chars().any(|c| c.is_control() || "<>\"|?*".contains(c)) {
        return Err("it holds a character that some systems refuse");
    }
    for part in path.split('/') {
        match part {
            "" => return Err("it holds an empty part"),
            "." | ".." => return Err("it holds a `.` or `..`"),
            ".git" => return Err("it leads into git's own folder"),
            part if part.ends_with(['.', ' ']) => return Err("a part of it ends in a dot or a space"),
            part if is_reserved(part) => return Err("a part of it is a name that Windows keeps for itself"),
            _ => {}
        }
    }
    Ok(path.to_owned())
}

/// Names that Windows keeps for devices, with any ending.
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}
