//! GitHub's issues out of a file: `gh issue list --json …`, or what the REST API answered, page for page.
//!
//! The file stands in for the network: a [`Reader`] over it, of which a source and a lock are made as they are of a
//! repository. What the file does not say is not made up: ids that it lacks stay out of the lock.

mod rest;
mod shape;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Text;
use crate::{
    github::{
        api::Reader,
        client::{Exported, exported, milestone},
        import::{Imported, import},
        normal::composed,
        remote::{Blocker, Fetched, Gone, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone, Repository},
        state::label_key,
    },
    io::Failure,
    report::{Code, Diagnostic, Place, Report, counted},
    source::{Lock, LockItem, Remote},
};
use rest::{name, names, rest};
use shape::Shape;
pub(crate) use told::kind;
use told::{no_issue, odd_issue, other};

/// What is said of numbers that are there twice.
const SEVERAL: &str = "they are of several repositories: export one at a time, or with `repository` or `url`, so that `--repo` can choose";

/// How many repositories a message names.
const MOST_NAMES: usize = 10;

/// The issues and milestones of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Export {
    /// The repository that they are of, as `owner/name`, where the file or the command line says it.
    pub(crate) repository: Option<String>,
    /// What was left out, since it has no place in a roadmap or is of another repository: how many, and what.
    pub(crate) left_out: BTreeMap<&'static str, usize>,
    /// How many objects the file holds.
    pub(crate) count: usize,
    /// Whether the file says which issues are open and which are closed.
    pub(crate) has_states: bool,
    issues: Vec<(RemoteIssue, Place)>,
    milestones: BTreeMap<u64, RemoteMilestone>,
    labels: BTreeMap<String, RemoteLabel>,
    blocked_by: BTreeMap<u64, Vec<Blocker>>,
    /// Whether the file says which milestones are open.
    has_milestone_states: bool,
    /// Whether the file speaks of labels at all.
    has_labels: bool,
}

/// Reads a file; `named` is the repository that the command line names.
///
/// # Errors
/// With what is wrong where it is no export of issues.
pub(crate) fn export(text: &Text, named: Option<&str>) -> Result<Export, Report> {
    let mut objects = objects(text)?;
    let mut export =
        Export { count: objects.len(), has_states: true, has_milestone_states: true, ..Export::default() };
    let others = select(text, &mut objects, named, &mut export.repository)?;
    if others > 0 {
        export.left_out.insert("other repository's issue", others);
    }
    for (place, object) in objects {
        export.add(place, object)?;
    }
    if export.issues.is_empty() && export.milestones.is_empty() {
        let found: Vec<_> = export.left_out.iter().map(|(noun, count)| counted(*count, noun)).collect();
        let message = format!("this file holds {}, and no issue and no milestone", found.join(" and "));
        return Err(one(no_issue(Place::file(text.name.clone()), &message)));
    }
    export.sort()?;
    export.relate();
    Ok(export)
}

/// The objects of a file, each with its place.
type Objects = Vec<(Place, Map<String, Value>)>;

/// The objects of a file in their order, each with its place: of a list, of lists in a list, of lists one after the other,
/// or of the answer to a search.
fn objects(text: &Text) -> Result<Objects, Report> {
    let whole = text.text.trim_start_matches('\u{feff}');
    let mut objects = Vec::new();
    let file = Place::json(text.name.clone());
    for (page, value) in serde_json::Deserializer::from_str(whole).into_iter::<Value>().enumerate() {
        let value = value.map_err(|why| syntax(text, &why))?;
        // Only the first value of a file has paths by which a line is found.
        let place = if page == 0 { file.clone() } else { Place::file(text.name.clone()) };
        if let Some(kind) = value.as_object().and_then(shape::around) {
            return Err(one(other(place, kind)));
        }
        let items = match value {
            Value::Object(mut answer) if answer.get("items").is_some_and(Value::is_array) => {
                answer.remove("items").unwrap_or_default()
            }
            other => other,
        };
        flatten(place, items, &mut objects).map_err(one)?;
    }
    if objects.is_empty() {
        return Err(one(no_issue(file, "there is no issue in this file")));
    }
    Ok(objects)
}

fn flatten(place: Place, value: Value, objects: &mut Objects) -> Result<(), Diagnostic> {
    match value {
        Value::Array(items) => items
            .into_iter()
            .enumerate()
            .try_for_each(|(ix, item)| flatten(place.clone().index(ix), item, objects)),
        Value::Object(object) => match Shape::of(&object) {
            Shape::Other(_) if object.contains_key("issues") || object.contains_key("milestones") => {
                Err(Diagnostic::new(Code::WrongType, place, "this file is a roadmap already")
                    .help("name it with `--roadmap PATH`; `--into FILE` fills one from a document"))
            }
            Shape::Other(noun) => Err(other(place, noun)),
            _ => {
                objects.push((place, object));
                Ok(())
            }
        },
        _ => Err(no_issue(place, "this is no issue of GitHub")),
    }
}

fn one(finding: Diagnostic) -> Report {
    let mut report = Report::default();
    report.push(finding);
    report
}

/// Where the JSON breaks off.
fn syntax(text: &Text, why: &serde_json::Error) -> Report {
    let bom = text.text.len() - text.text.trim_start_matches('\u{feff}').len();
    let lines = text.text[bom..].split_inclusive('\n').take(why.line().saturating_sub(1)).map(str::len);
    let at = bom + lines.sum::<usize>() + why.column().saturating_sub(1);
    let (message, help) = if why.is_eof() {
        ("this export ends in the middle", "write it again: it was cut off")
    } else {
        (
            "this export is no JSON from here on",
            "write it again, and let nothing else be written into the file",
        )
    };
    let place = Place::bytes(text.name.clone(), at..at + 1);
    one(Diagnostic::new(Code::Syntax, place, message).help(help))
}

/// Tells which repository the objects are of, and leaves out those of others where one is named; how many those were.
fn select(
    text: &Text,
    objects: &mut Objects,
    named: Option<&str>,
    repository: &mut Option<String>,
) -> Result<usize, Report> {
    let told = repositories(objects);
    let names = || {
        let names: Vec<_> = told.iter().take(MOST_NAMES).map(|(name, _)| format!("`{name}`")).collect();
        let more = told.len().saturating_sub(MOST_NAMES);
        names.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
    };
    let count = objects.len();
    match (named, told.as_slice()) {
        (None, [_, (_, second), ..]) => {
            let message = format!("this file holds what is of {} repositories: {}", told.len(), names());
            let found = Diagnostic::new(Code::WrongType, second.clone(), message);
            return Err(one(found
                .related(told[0].1.clone(), "the first one is named here")
                .help("`--repo OWNER/NAME` takes what is of one of them")));
        }
        (Some(name), [_, ..]) if !told.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) => {
            let message = format!("nothing in this file is of `{name}`: it is of {}", names());
            return Err(one(Diagnostic::new(Code::WrongType, Place::file(text.name.clone()), message)));
        }
        (Some(name), _) => {
            let is_of = |object: &Map<String, Value>| {
                shape::repository(object).is_none_or(|known| known.eq_ignore_ascii_case(name))
            };
            objects.retain(|(_, object)| is_of(object));
            *repository = Some(name.to_owned());
        }
        (None, told) => *repository = told.first().map(|(name, _)| name.clone()),
    }
    Ok(count - objects.len())
}

/// The repositories that the objects are of, each with the place of its first one.
fn repositories(objects: &Objects) -> Vec<(String, Place)> {
    let mut told: Vec<(String, Place)> = Vec::new();
    for (place, object) in objects {
        if let Some(name) = shape::repository(object)
            && !told.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name))
        {
            told.push((name, place.clone()));
        }
    }
    told
}

impl Export {
    fn add(&mut self, place: Place, mut object: Map<String, Value>) -> Result<(), Report> {
        let shape = Shape::of(&object);
        match shape {
            Shape::Issue => {}
            Shape::Milestone => return self.add_milestone(place, object),
            Shape::Pull | Shape::Discussion | Shape::Other(_) => {
                *self.left_out.entry(shape.noun()).or_default() += 1;
                return Ok(());
            }
        }
        object.retain(|key, value| key != "labels" || !value.is_null());
        self.has_labels |= object.contains_key("labels");
        let repository = self.repository.as_deref().unwrap_or_default();
        let blockers = names(object.remove("blockedBy"), repository);
        let parent = object.remove("parent").and_then(|parent| name(&parent, repository));
        self.has_states &= object.contains_key("state");
        let milestone = object.get("milestone").filter(|milestone| milestone.is_object());
        self.has_milestone_states &= milestone.is_none_or(|milestone| milestone.get("state").is_some());
        let object = rest(object);
        let odd = object.as_object().and_then(shape::odd_member);
        let Exported { mut issue, milestone, labels } =
            exported(object, repository).map_err(|_| one(odd_issue(&place, "issue", odd)))?;
        if let Some(parent) = parent {
            issue.parent = Some(Some(parent));
        }
        if !blockers.is_empty() {
            issue.blockers = Some(blockers.len() as u64);
            let keys = blockers.into_iter().map(|name| Blocker { name, id: 0 });
            self.blocked_by.insert(issue.number, keys.collect());
        }
        self.take_labels(labels, &mut issue.labels);
        if let Some(milestone) = milestone {
            self.take_milestone(&place, milestone)?;
        }
        self.issues.push((issue, place));
        Ok(())
    }

    /// Takes labels, and the names of those that an issue has. Names that GitHub holds to be one are one, as it was written first.
    fn take_labels(&mut self, labels: Vec<RemoteLabel>, names: &mut Vec<String>) {
        for label in labels {
            let name = composed(&label.name);
            self.labels.entry(label_key(&name)).or_insert(RemoteLabel { name, ..label });
        }
        let mut keys = BTreeSet::new();
        names.retain(|name| keys.insert(label_key(name)));
        for name in names {
            let written = composed(name);
            let bare = RemoteLabel { id: 0, name: written, color: String::new(), description: None };
            let known = self.labels.entry(label_key(name)).or_insert(bare);
            name.clone_from(&known.name);
        }
    }

    fn add_milestone(&mut self, place: Place, object: Map<String, Value>) -> Result<(), Report> {
        self.has_milestone_states &= object.contains_key("state");
        let object = rest(object);
        let odd = object.as_object().and_then(shape::odd_member);
        let read = milestone(object).map_err(|_| one(odd_issue(&place, "milestone", odd)))?;
        self.take_milestone(&place, read)
    }

    /// Takes a milestone; two that share a number are not of one repository.
    fn take_milestone(&mut self, place: &Place, milestone: RemoteMilestone) -> Result<(), Report> {
        let known = self.milestones.entry(milestone.number).or_insert_with(|| milestone.clone());
        if composed(&known.title) == composed(&milestone.title) {
            return Ok(());
        }
        let message = format!(
            "two milestones have the number {}: `{}` and `{}`",
            known.number, known.title, milestone.title
        );
        Err(one(Diagnostic::new(Code::WrongType, place.clone(), message).help(SEVERAL)))
    }

    /// Sorts the issues by number. One that pages tell twice is one; two that share a number are not of one repository.
    fn sort(&mut self) -> Result<(), Report> {
        self.issues.sort_by_key(|(issue, _)| issue.number);
        let is_same = |a: &RemoteIssue, b: &RemoteIssue| a.title == b.title || a.id != 0 && a.id == b.id;
        for pair in self.issues.windows(2) {
            let [(first, at), (second, place)] = pair else { continue };
            if first.number == second.number && !is_same(first, second) {
                let message = format!(
                    "two issues have the number {}: `{}` and `{}`",
                    first.number, first.title, second.title
                );
                let found = Diagnostic::new(Code::WrongType, place.clone(), message);
                return Err(one(found.related(at.clone(), "the other one").help(SEVERAL)));
            }
        }
        let count = self.issues.len();
        // Of one that changed between two pages the later form counts.
        self.issues.sort_by(|(a, _), (b, _)| (a.number, &b.updated_at).cmp(&(b.number, &a.updated_at)));
        self.issues.dedup_by_key(|(issue, _)| issue.number);
        if self.issues.len() < count {
            self.left_out.insert("repeated issue", count - self.issues.len());
        }
        Ok(())
    }

    /// Whether the file may be cut off, as lists are that nobody asked to be whole: 30 is what `gh` and the API give, and
    /// 100 the longest page.
    pub(crate) fn may_be_cut(&self) -> bool {
        self.count == 30 || self.count > 0 && self.count.is_multiple_of(100)
    }

    /// Drops relations that lead to nothing in the file.
    fn relate(&mut self) {
        let known: BTreeSet<_> = self.issues.iter().map(|(issue, _)| issue.number).collect();
        for (issue, _) in &mut self.issues {
            let is_known = |name: &IssueName| name.repository.is_some() || known.contains(&name.number);
            issue.parent = issue.parent.take().filter(|parent| parent.as_ref().is_none_or(is_known));
            // How many there are says nothing without their numbers.
            issue.blockers = issue.blockers.filter(|_| self.blocked_by.contains_key(&issue.number));
        }
    }

    /// A source, and what the lock beside it is made of.
    ///
    /// # Errors
    /// Never where [`export`] read the file.
    pub(crate) fn import(&self) -> Result<Imported, Failure> {
        import(self, self.has_labels)
    }

    /// The lock without what the file does not say: ids, numbers of nobody's repository, states.
    #[must_use]
    pub(crate) fn settled(&self, mut lock: Lock) -> Lock {
        let has_repository = self.repository.is_some();
        if !has_repository {
            lock.repository = None;
        }
        for line in lock.milestones.values_mut() {
            settle(line, has_repository, self.has_milestone_states);
        }
        for line in lock.issues.values_mut() {
            settle(line, has_repository, self.has_states);
        }
        for line in lock.labels.values_mut() {
            settle(line, has_repository, true);
        }
        lock
    }
}

fn settle<A>(line: &mut LockItem<A>, has_repository: bool, has_states: bool) {
    line.id = line.id.filter(|id| *id != 0 && has_repository);
    line.number = line.number.filter(|_| has_repository);
    if !has_states {
        line.remote = Remote { state: None, ..std::mem::take(&mut line.remote) };
    }
}

impl Reader for Export {
    fn repository(&self) -> Result<Repository, Failure> {
        let full_name = self.repository.clone().unwrap_or_default();
        Ok(Repository { full_name, can_push: false, has_issues: true, is_archived: false })
    }

    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure> {
        Ok(self.labels.values().cloned().collect())
    }

    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure> {
        Ok(self.milestones.values().cloned().collect())
    }

    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure> {
        Ok(self.issues.iter().map(|(issue, _)| issue.clone()).collect())
    }

    fn issue(&self, number: u64) -> Result<Fetched, Failure> {
        let found =
            self.issues.iter().find(|(issue, _)| issue.number == number).map(|(issue, _)| issue.clone());
        Ok(found.map_or(Fetched::Gone(Gone::Hidden), |issue| Fetched::Issue(Box::new(issue))))
    }

    fn blocked_by(&self, issue: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        Ok(Some(self.blocked_by.get(&issue).cloned().unwrap_or_default()))
    }
}
