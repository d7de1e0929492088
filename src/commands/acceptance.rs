//! Which findings the file of accepted ones covers, and what `check --accept` writes into it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    io::{Failure, Files},
    model::{Issue, Roadmap},
    output::as_on_disk,
    report::{Code, Diagnostic, ItemKey, ItemNames, NAMED, Place, Report, Severity, closest, counted},
    rules::{self, Kind, Reach, Rule},
    source::{
        self, ACCEPTED, Acceptable, Accepted, Found, Origin, STDIN, accepted_path, accepted_text, in_bodies,
        is_source, joined,
    },
};

/// What is found in files and can be accepted. What else is found there is repaired by `build`, or cannot be read.
const IN_FILES: [Code; 7] = [
    Code::BrokenRegion,
    Code::DeadAnchor,
    Code::DeadLink,
    Code::StaleClaim,
    Code::UnknownLabelInText,
    Code::UnknownRegion,
    Code::UnusedAllow,
];

/// What judges the roadmap and still cannot be accepted: it says that the whole was written by another version.
const NEVER: Code = Code::VersionMismatch;

/// Whether findings of a rule can be accepted.
fn is_acceptable(rule: &Rule) -> bool {
    match rule.kind {
        Kind::Judging => rule.code != NEVER,
        Kind::Checking => IN_FILES.contains(&rule.code),
        Kind::Blocking | Kind::Importing => false,
    }
}

/// Whether one of these findings can be accepted.
pub(super) fn has_acceptable(report: &Report) -> bool {
    report
        .iter()
        .any(|finding| is_acceptable(rules::rule(finding.code)) && finding.severity != Severity::Note)
}

/// The names of the items that something was found in.
pub(super) fn names(roadmap: &Roadmap, report: &Report) -> ItemNames {
    let wanted: BTreeSet<ItemKey> = report.iter().filter_map(|found| found.place.item()).collect();
    let body = |it: &Issue| {
        let source = roadmap.files.get(it.origin.file)?;
        Some((Arc::clone(&it.body_file.as_ref()?.path), (Arc::clone(source), it.id.as_str().to_owned())))
    };
    let bodies = roadmap.issues.iter().filter_map(body).collect();
    let mut names = ItemNames { bodies, ..ItemNames::default() };
    if wanted.is_empty() {
        return names;
    }
    let mut name = |list: &'static str, origin: Origin, name: &str| {
        let Some(file) = roadmap.files.get(origin.file) else { return };
        let key = (Arc::clone(file), list, origin.index);
        if wanted.contains(&key) {
            names.items.insert(key, name.to_owned());
        }
    };
    let [issues, groups, labels, milestones, phases, sections] = NAMED;
    roadmap.issues.iter().for_each(|it| name(issues, it.origin, it.id.as_str()));
    roadmap
        .groups
        .iter()
        .filter_map(|it| Some((it, it.origin?)))
        .for_each(|(it, at)| name(groups, at, &it.prefix));
    roadmap
        .labels
        .iter()
        .filter_map(|it| Some((it, it.origin?)))
        .for_each(|(it, at)| name(labels, at, &it.name));
    roadmap.milestones.iter().for_each(|it| name(milestones, it.origin, it.id.as_str()));
    roadmap.phases.iter().for_each(|it| name(phases, it.origin, &it.title));
    roadmap.sections.iter().for_each(|it| name(sections, it.origin, &it.title));
    names
}

/// What a finding is to whoever accepts it; `None` where it cannot be accepted.
fn acceptable(finding: &Diagnostic, names: &ItemNames) -> Option<Acceptable> {
    let Diagnostic { code, place, severity, .. } = finding;
    // What is only in this working tree has no weight, and no commit has it.
    (is_acceptable(rules::rule(*code)) && *severity != Severity::Note).then(|| Acceptable {
        code: code.word().to_owned(),
        file: names.bodies.get(&place.file).map_or(&place.file, |(source, _)| source).to_string(),
        item: match place.item() {
            None => names.of(place).map(str::to_owned).or_else(|| place.head()),
            Some(_) => names.of(place).map(str::to_owned),
        },
        value: finding.value(),
    })
}

/// Findings, told and accepted.
pub(super) struct Settled {
    /// Those that are told.
    pub(super) told: Report,
    /// Those that are accepted.
    pub(super) accepted: Report,
    /// What is wrong with the lines of the file.
    pub(super) unused: Report,
}

/// Takes out what is accepted: of equal findings the first ones, up to the count.
pub(super) fn settle(
    report: Report,
    names: &ItemNames,
    accepted: &Accepted,
    found: &Found,
    reach: Reach,
) -> Settled {
    let mut left = counts_here(accepted, names, found);
    let mut taken = Report::whole();
    // Of those that are only counted nobody knows what they are: they are told.
    let told = report.in_order().map(|finding| {
        let count = acceptable(&finding, names).and_then(|what| left.get_mut(&what));
        match count.filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                taken.push(finding);
                None
            }
            None => Some(finding),
        }
    });
    let mut settled = Settled { told, accepted: taken, unused: Report::default() };
    // Whatever standard input is, the file is not about it alone.
    if !found.stdin {
        settled.unused = unused(accepted, &mut left, names, found, reach);
    }
    settled
}

/// How many of each finding are accepted, by what they are in this run.
fn counts_here(accepted: &Accepted, names: &ItemNames, found: &Found) -> BTreeMap<Acceptable, usize> {
    let mut counts = BTreeMap::new();
    for (what, count) in accepted.counts() {
        *counts.entry(here(what.clone(), names, found)).or_default() += count;
    }
    counts
}

/// What an entry is in this run: what is in the source is looked for in standard input where that is read instead, and what is in
/// the file of a body, in its issue, so that a body that is moved takes along what is accepted in it.
fn here(mut what: Acceptable, names: &ItemNames, found: &Found) -> Acceptable {
    if let Some((source, id)) = names.bodies.get(&*what.file) {
        (what.file, what.item) = (source.to_string(), Some(id.clone()));
    }
    let name = what.file.strip_prefix(&found.base).map(|name| name.trim_start_matches('/'));
    if found.stdin && name.is_some_and(is_source) {
        what.file = STDIN.to_owned();
    }
    what
}

/// Whether a run could have met what an entry accepts: what only `check` finds, it alone; what is in another roadmap's file,
/// which lies in the same folder, nobody who reads this one.
fn is_in_reach(what: &Acceptable, found: &Found, reach: Reach) -> bool {
    let is_source =
        found.files.iter().any(|file| **file == *what.file) || in_bodies(found, &what.file).is_some();
    match reach {
        Reach::Files => is_source || found.whole,
        Reach::Roadmap => is_source && rules::find(&what.code).is_some_and(|rule| rule.kind == Kind::Judging),
    }
}

fn unused(
    accepted: &Accepted,
    left: &mut BTreeMap<Acceptable, usize>,
    names: &ItemNames,
    found: &Found,
    reach: Reach,
) -> Report {
    let mut report = Report::default();
    let mut seen = BTreeSet::new();
    for (line, entry) in accepted.entries.iter().enumerate() {
        let what = here(entry.what.clone(), names, found);
        let place = accepted.place(line);
        let mut tell = |place: Place, message: String, help: String| {
            report.push(Diagnostic::new(Code::UnusedAccepted, place, message).help(help));
        };
        let prune = || "remove the line, or let `roadbook check --accept` do it".to_owned();
        let rule = rules::find(&what.code);
        if !rule.is_some_and(is_acceptable) {
            let (why, help) = why_nothing(rule, &what.code);
            let message = format!("`{}` accepts nothing: {why}", what.code);
            tell(place.key("code"), message, help.unwrap_or_else(prune));
        } else if !seen.insert(what.clone()) {
            tell(place, format!("what is accepted of `{}` here is in the file twice", what.code), prune());
        } else if let Some(left) =
            left.get_mut(&what).filter(|left| **left > 0 && is_in_reach(&what, found, reach))
        {
            tell(place, beyond(&what, *left, entry.count), prune());
        }
    }
    report
}

/// What is said of a line of whose findings so many are left over.
fn beyond(what: &Acceptable, left: usize, count: usize) -> String {
    let Acceptable { code, value, .. } = what;
    if left == count {
        return format!("nothing is found of what this line accepts: `{code}` of `{value}`");
    }
    format!("this line accepts {} of `{code}` more than there are", counted(left, "finding"))
}

/// Why a line with this code can accept nothing, and what was meant, where it is a slip of the pen.
fn why_nothing(rule: Option<&Rule>, code: &str) -> (&'static str, Option<String>) {
    if rule.is_some() {
        return ("findings of this rule cannot be accepted", None);
    }
    let close = closest(code, Code::words());
    ("there is no such rule", close.map(|close| format!("did you mean `{close}`?")))
}

/// What `--accept` did.
pub(super) struct Change {
    added: usize,
    removed: usize,
    accepted: usize,
}

/// Takes over what is found: all of it where there is no file yet, or it is asked for; else only what was accepted before, for
/// what is accepted shall not grow by itself. Returns what the file says afterwards.
///
/// # Errors
/// Where the file cannot be written.
pub(super) fn accept(
    (files, found): (&dyn Files, &Found),
    (report, names): (&Report, &ItemNames),
    old: Option<&Accepted>,
    takes_all: bool,
    reach: Reach,
) -> Result<(Option<Accepted>, Change), Failure> {
    let mut current = BTreeMap::<Acceptable, usize>::new();
    for finding in report.clone().sorted() {
        if let Some(what) = acceptable(&finding, names) {
            *current.entry(what).or_default() += 1;
        }
    }
    let before = old.map(|old| counts_here(old, names, found)).unwrap_or_default();
    let is_out_of_reach = |what: &Acceptable| {
        rules::find(&what.code).is_some_and(is_acceptable) && !is_in_reach(what, found, reach)
    };
    let mut after = before.clone();
    after.retain(|what, _| is_out_of_reach(what));
    for (what, count) in current {
        let most = if old.is_none() || takes_all { count } else { before.get(&what).copied().unwrap_or(0) };
        if count.min(most) > 0 {
            after.insert(what.clone(), count.min(most));
        }
    }
    let sum = |of: &BTreeMap<Acceptable, usize>, less: &BTreeMap<Acceptable, usize>| -> usize {
        of.iter().map(|(what, count)| count.saturating_sub(less.get(what).copied().unwrap_or(0))).sum()
    };
    let (added, removed) = (sum(&after, &before), sum(&before, &after));
    let change = Change { added, removed, accepted: after.values().sum() };
    if old.is_none() && after.is_empty() {
        return Ok((None, change));
    }
    Ok((write(files, found, old, &accepted_text(&after))?, change))
}

/// Writes the file; returns what it says.
fn write(
    files: &dyn Files,
    found: &Found,
    old: Option<&Accepted>,
    text: &str,
) -> Result<Option<Accepted>, Failure> {
    let name = joined(&found.base, ACCEPTED);
    let was = old.map(|old| old.text.as_slice());
    let bytes = as_on_disk(text.as_bytes(), was);
    if was != Some(&*bytes) && !files.replace(&accepted_path(found), was, &bytes)? {
        return Err(Failure::changed(name));
    }
    Ok(source::parse_accepted(&name.into(), bytes.into_owned(), &mut Report::default()))
}

impl Change {
    /// What is said of it.
    pub(super) fn said(&self, file: &str) -> String {
        let Self { added, removed, accepted } = self;
        match (added, removed) {
            (0, 0) if *accepted == 0 => "nothing to accept".to_owned(),
            (0, 0) => format!("`{file}` accepts what it did: {}", counted(*accepted, "finding")),
            _ => format!(
                "`{file}` accepts {}: {added} added, {removed} removed",
                counted(*accepted, "finding")
            ),
        }
    }
}
