//! Repairs of the source, made in memory: round after round, until nothing is left that is to be mended.
//!
//! A repair can bring to light what its fault hid, and two that touch the same bytes cannot be made at once. So the source is
//! read again after each round, as it would be then; nothing is written here.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::Session;
use crate::{
    cli::Global,
    edit::{Mender, Preview, Rewrite, rewrite},
    io::{Failure, FailureKind, Io, Limit},
    model::Roadmap,
    report::{Code, Diagnostic, Finding, Repair, Report, Texts, locate},
    rules::Reach,
    source::{in_bodies, syntax_fault},
};

/// How often the source is read again. Each round but the last mends something.
const MOST_ROUNDS: usize = 100;

/// How many faults of syntax are mended in one file: each is found only once the one before it is gone.
const MOST_OF_SYNTAX: usize = 10_000;

/// What became of the source in memory.
pub(super) struct Mended {
    /// Its files as they would be.
    pub(super) rewrites: Vec<Rewrite>,
    /// What was mended, in the order in which it was.
    pub(super) done: Vec<Finding>,
    /// What was found in it as it is.
    pub(super) before: Report,
    /// What would be found.
    pub(super) after: Report,
}

/// Whether a repair is made that is certain to leave what the source says.
pub(super) fn certain(finding: &Diagnostic) -> bool {
    finding.repair.as_ref().is_some_and(|repair| repair.is_certain)
}

/// Mends the source for a look that writes nothing.
///
/// # Errors
/// As [`mend`].
pub(super) fn mend_leniently(io: &Io<'_>, global: &Global) -> Result<Mended, Failure> {
    mend(io, global, |found| found.iter().map(|it| lenient(&it.diagnostic)).collect())
}

/// Whether a repair is made for such a look: the certain ones, and those without which nothing can be read.
fn lenient(finding: &Diagnostic) -> bool {
    let is_head = || finding.place.at.json().is_some_and(|(path, _)| path.0.len() <= 1);
    certain(finding) || finding.repair.is_some() && (finding.code == Code::Syntax || is_head())
}

/// The texts of the source on their way.
struct Work {
    old: BTreeMap<Arc<str>, String>,
    new: BTreeMap<Arc<str>, String>,
}

/// Mends what is wanted, as often as there is something.
///
/// # Errors
/// Where the source cannot be read, or a repair would break it.
pub(super) fn mend(
    io: &Io<'_>,
    global: &Global,
    mut wants: impl FnMut(&[Finding]) -> Vec<bool>,
) -> Result<Mended, Failure> {
    let mut work = Work { old: BTreeMap::new(), new: BTreeMap::new() };
    let (mut rewrites, mut done, mut before) = (Vec::new(), Vec::new(), None);
    let mut rounds = 0..MOST_ROUNDS;
    loop {
        let preview = Preview::new(io.files, &rewrites);
        let own = Io { files: &preview, ..*io };
        let (session, _) = judged(&own, global)?;
        let chosen = if rounds.next().is_some() { chosen(&session, &mut wants) } else { Vec::new() };
        let made = work.round(io, &session, chosen, &mut wants)?;
        before.get_or_insert_with(|| session.report.clone());
        if made.is_empty() {
            let after = session.report;
            return Ok(Mended { rewrites, done, before: before.unwrap_or_default(), after });
        }
        done.extend(made);
        let tree = session.tree();
        let files =
            work.new.iter().map(|(file, new)| rewrite(tree, file, work.old[file].clone(), new.clone()));
        let next: Vec<_> = files.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        drop(preview);
        rewrites = next;
    }
}

/// The source with everything that is found in it, what is accepted aside.
fn judged<'a>(io: &'a Io<'a>, global: &'a Global) -> Result<(Session<'a>, Roadmap), Failure> {
    let (mut session, roadmap, _) = Session::open(io, global, None)?;
    session.finish(Reach::Roadmap, Some(&roadmap));
    Ok((session, roadmap))
}

/// The findings in the source's own files that are to be mended now, each with its line.
fn chosen(session: &Session<'_>, wants: &mut impl FnMut(&[Finding]) -> Vec<bool>) -> Vec<Finding> {
    let mut report = Report::whole();
    let is_ours = |found: &&Diagnostic| {
        found.repair.as_ref().is_some_and(|repair| is_source(session, &repair.place.file))
    };
    session.report.iter().filter(is_ours).for_each(|found| report.push(found.clone()));
    let found = locate(report, &session.texts()).findings;
    let wanted = wants(&found);
    found.into_iter().zip(wanted).filter_map(|(found, is_wanted)| is_wanted.then_some(found)).collect()
}

/// Whether a file is one of the source's: its JSON, or a body.
fn is_source(session: &Session<'_>, file: &Arc<str>) -> bool {
    session.found.files.contains(file) || in_bodies(&session.found, file).is_some()
}

impl Work {
    /// Makes as many repairs as fit beside each other; those that were made.
    fn round(
        &mut self,
        io: &Io<'_>,
        session: &Session<'_>,
        mut chosen: Vec<Finding>,
        wants: &mut impl FnMut(&[Finding]) -> Vec<bool>,
    ) -> Result<Vec<Finding>, Failure> {
        let mut made = Vec::new();
        let files: BTreeSet<_> = chosen.iter().filter_map(file).cloned().collect();
        for file in files {
            let of_file = chosen.extract_if(.., |found| self::file(found) == Some(&file)).collect::<Vec<_>>();
            let Some(text) = self.text(io, session, &file)? else { continue };
            let mender = Mender::new(text);
            let repairs: Vec<&Repair> =
                of_file.iter().filter_map(|found| found.diagnostic.repair.as_deref()).collect();
            let (mut new, done) = mender.mended(&repairs);
            let is_json = session.found.files.contains(&file);
            if is_json && mender.is_json() && !Mender::new(&new).is_json() {
                let message = format!("cannot fix `{file}`: the result would not be JSON");
                return Err(Failure::new(FailureKind::Files, message));
            }
            let done: BTreeSet<_> = done.into_iter().collect();
            let is_syntax = is_json && !done.is_empty() && !mender.is_json();
            made.extend(
                of_file.into_iter().enumerate().filter_map(|(n, found)| done.contains(&n).then_some(found)),
            );
            if is_syntax {
                made.extend(on_with_syntax(&file, &mut new, wants));
            }
            self.new.insert(file, new);
        }
        Ok(made)
    }

    /// The text of a file as it is by now; `None` where it is no text.
    fn text(&mut self, io: &Io<'_>, session: &Session<'_>, file: &Arc<str>) -> Result<Option<&str>, Failure> {
        if !self.new.contains_key(file) {
            let root = &session.found.root;
            let bytes = io.files.read_inside(root, &root.join(&**file), Limit::Source)?;
            let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else { return Ok(None) };
            self.old.insert(Arc::clone(file), text.clone());
            self.new.insert(Arc::clone(file), text);
        }
        Ok(self.new.get(file).map(String::as_str))
    }
}

/// The file that a finding's repair changes.
fn file(found: &Finding) -> Option<&Arc<str>> {
    found.diagnostic.repair.as_ref().map(|repair| &repair.place.file)
}

/// Goes on with faults of syntax, each of which hides the next, without reading the roadmap between two of them.
fn on_with_syntax(
    file: &Arc<str>,
    text: &mut String,
    wants: &mut impl FnMut(&[Finding]) -> Vec<bool>,
) -> Vec<Finding> {
    let mut made = Vec::new();
    while let Some(found) = syntax_fault(file, text) {
        let Some(repair) = found.repair.clone().filter(|_| made.len() < MOST_OF_SYNTAX) else { break };
        let mut report = Report::default();
        report.push(found);
        let found = locate(report, &Only(text)).findings;
        if wants(&found) != [true] {
            break;
        }
        let (new, done) = Mender::new(text).mended(&[&*repair]);
        if done.is_empty() {
            break;
        }
        made.extend(found);
        *text = new;
    }
    made
}

/// The one text that findings point into.
struct Only<'t>(&'t str);

impl Texts for Only<'_> {
    fn text(&self, _: &str) -> Option<Arc<str>> {
        Some(self.0.into())
    }
}
