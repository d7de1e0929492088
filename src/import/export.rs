//! GitHub's issues out of a file: `gh issue list --json …`, or what the REST API answered, page for page.
//!
//! The file stands in for the network: a [`Reader`] over it, of which a source and a lock are made as they are of a
//! repository. What the file does not say is not made up: ids that it lacks stay out of the lock.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Text;
use crate::{
    github::{
        api::Reader,
        client::{Exported, exported},
        import::{Imported, import},
        remote::{Blocker, Fetched, Gone, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone, Repository},
    },
    io::Failure,
    report::{Diagnostic, Place, Report},
    source::{Lock, LockItem, Remote},
};

/// The issues of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Export {
    /// The repository that they are of, as `owner/name`, where the file or the command line says it.
    pub repository: Option<String>,
    /// How many pull requests were among them.
    pub pulls: usize,
    /// Whether the file says which issues are open and which are closed.
    pub has_states: bool,
    issues: Vec<RemoteIssue>,
    milestones: BTreeMap<u64, RemoteMilestone>,
    labels: BTreeMap<String, RemoteLabel>,
    blocked_by: BTreeMap<u64, Vec<Blocker>>,
    /// Whether the file says which milestones are open.
    has_milestone_states: bool,
}

/// Reads a file; `named` is the repository that the command line names.
///
/// # Errors
/// With what is wrong where it is no export of issues.
pub fn export(text: &Text, named: Option<&str>) -> Result<Export, Report> {
    let objects = objects(text)?;
    let repository = repository(text, &objects, named)?;
    let mut export = Export { repository, has_states: true, has_milestone_states: true, ..Export::default() };
    for (place, object) in objects {
        export.add(place, object)?;
    }
    export.issues.sort_by_key(|issue| issue.number);
    export.issues.dedup_by_key(|issue| issue.number);
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
        Value::Object(object)
            if object.get("number").is_some_and(Value::is_u64) && object.contains_key("title") =>
        {
            objects.push((place, object));
            Ok(())
        }
        Value::Object(object) if object.contains_key("issues") || object.contains_key("milestones") => {
            Err(Diagnostic::new("wrong-type", place, "this file is a roadmap already")
                .help("name it with `--roadmap PATH`; `--into FILE` fills one from a document"))
        }
        _ => Err(no_issue(place, "this is no issue of GitHub")),
    }
}

fn no_issue(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new("wrong-type", place, message).help(
        "write an export with `gh issue list --state all --limit 9999 --json \
         number,title,body,labels,milestone,state,stateReason,assignees,closedAt,url`, or with \
         `gh api --paginate 'repos/OWNER/NAME/issues?state=all'`",
    )
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
    let words = why.to_string();
    let words = words.split(" at line").next().unwrap_or_default();
    let message = format!("this export cannot be read: {words}");
    let place = Place::bytes(text.name.clone(), at..at + 1);
    one(Diagnostic::new("syntax", place, message).help("write it again: it may have been cut off"))
}

/// The one repository that all issues are of.
fn repository(
    text: &Text,
    objects: &[(Place, Map<String, Value>)],
    named: Option<&str>,
) -> Result<Option<String>, Report> {
    let told = objects.iter().filter_map(|(place, object)| Some((of_repository(object)?, place)));
    let mut known: Option<(String, Place)> =
        named.map(|name| (name.to_owned(), Place::file(text.name.clone())));
    for (repository, place) in told {
        match &known {
            Some((known, _)) if known.eq_ignore_ascii_case(&repository) => {}
            Some((known, first)) => {
                let message = format!("this issue is of `{repository}`, and not of `{known}`");
                let found = Diagnostic::new("wrong-type", place.clone(), message);
                return Err(one(found
                    .related(first.clone(), "first told here")
                    .help("import one repository at a time")));
            }
            None => known = Some((repository, place.clone())),
        }
    }
    Ok(known.map(|(repository, _)| repository))
}

/// The repository in an issue's own address.
fn of_repository(object: &Map<String, Value>) -> Option<String> {
    let address = ["html_url", "url"].iter().find_map(|key| object.get(*key)?.as_str())?;
    let before = ["/issues/", "/pull/", "/pulls/"].iter().find_map(|part| address.split_once(part))?.0;
    let mut parts = before.rsplit('/');
    let (name, owner) = (parts.next()?, parts.next()?);
    Some(format!("{owner}/{name}")).filter(|repository| super::is_repository(repository))
}

impl Export {
    fn add(&mut self, place: Place, mut object: Map<String, Value>) -> Result<(), Report> {
        let repository = self.repository.as_deref().unwrap_or_default();
        let blockers = names(object.remove("blockedBy"), repository);
        let parent = object.remove("parent").and_then(|parent| name(&parent, repository));
        self.has_states &= object.contains_key("state");
        let milestone = object.get("milestone").filter(|milestone| milestone.is_object());
        self.has_milestone_states &= milestone.is_none_or(|milestone| milestone.get("state").is_some());
        let read = exported(rest(object), repository);
        let Exported { mut issue, is_pull, milestone, labels } =
            read.map_err(|why| one(no_issue(place, &format!("this issue cannot be read: {why}"))))?;
        if is_pull {
            self.pulls += 1;
            return Ok(());
        }
        if let Some(parent) = parent {
            issue.parent = Some(Some(parent));
        }
        if !blockers.is_empty() {
            issue.blockers = Some(blockers.len() as u64);
            let keys = blockers.into_iter().map(|name| Blocker { name, id: 0 });
            self.blocked_by.insert(issue.number, keys.collect());
        }
        for label in labels {
            self.labels.entry(label.name.to_lowercase()).or_insert(label);
        }
        for name in &issue.labels {
            let bare = || RemoteLabel { id: 0, name: name.clone(), color: String::new(), description: None };
            self.labels.entry(name.to_lowercase()).or_insert_with(bare);
        }
        if let Some(milestone) = milestone {
            self.milestones.entry(milestone.number).or_insert(milestone);
        }
        self.issues.push(issue);
        Ok(())
    }

    /// Drops relations that lead to nothing in the file.
    fn relate(&mut self) {
        let known: BTreeSet<_> = self.issues.iter().map(|issue| issue.number).collect();
        for issue in &mut self.issues {
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
    pub fn import(&self) -> Result<Imported, Failure> {
        import(self)
    }

    /// The lock without what the file does not say: ids, numbers of nobody's repository, states.
    #[must_use]
    pub fn settled(&self, mut lock: Lock) -> Lock {
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

/// The numbers in a list of issues, be it in `nodes`.
fn names(value: Option<Value>, repository: &str) -> Vec<IssueName> {
    let list = match value {
        Some(Value::Object(mut object)) => object.remove("nodes").unwrap_or_default(),
        other => other.unwrap_or_default(),
    };
    list.as_array().into_iter().flatten().filter_map(|issue| name(issue, repository)).collect()
}

/// What an issue is called that another one names: its address says whether it is of the same repository.
fn name(issue: &Value, repository: &str) -> Option<IssueName> {
    let number = issue.get("number")?.as_u64()?;
    let told = issue.as_object().and_then(of_repository);
    Some(IssueName {
        number,
        repository: told.filter(|told| !repository.is_empty() && !told.eq_ignore_ascii_case(repository)),
    })
}

/// An issue as `gh` writes it in the form of the REST API; one that has that form stays as it is.
fn rest(mut object: Map<String, Value>) -> Value {
    let is_pull = object.get("url").and_then(Value::as_str).is_some_and(|url| url.contains("/pull/"))
        || object.contains_key("headRefName");
    if is_pull {
        object.insert("pull_request".to_owned(), json!({}));
    }
    for (theirs, ours) in [
        ("stateReason", "state_reason"),
        ("closedAt", "closed_at"),
        ("updatedAt", "updated_at"),
        ("issueType", "type"),
    ] {
        if let Some(value) = object.remove(theirs) {
            object.insert(ours.to_owned(), value);
        }
    }
    let state = object.entry("state").or_insert_with(|| "open".into());
    *state = lower(state);
    if let Some(reason) = object.get_mut("state_reason") {
        *reason = lower(reason);
    }
    numbered(&mut object);
    if let Some(Value::Object(milestone)) = object.get_mut("milestone") {
        if let Some(due) = milestone.remove("dueOn") {
            milestone.insert("due_on".to_owned(), due);
        }
        let state = milestone.entry("state").or_insert_with(|| "open".into());
        *state = lower(state);
        numbered(milestone);
    }
    for label in object.get_mut("labels").and_then(Value::as_array_mut).into_iter().flatten() {
        label.as_object_mut().into_iter().for_each(numbered);
    }
    Value::Object(object)
}

/// Words of GraphQL are in capitals.
fn lower(value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| text.to_lowercase().into())
}

/// Zero stands for a REST id that the file does not have: the ids of `gh` are GraphQL's.
fn numbered(object: &mut Map<String, Value>) {
    if !object.get("id").is_some_and(Value::is_u64) {
        object.insert("id".to_owned(), 0.into());
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
        Ok(self.issues.clone())
    }

    fn issue(&self, number: u64) -> Result<Fetched, Failure> {
        let found = self.issues.iter().find(|issue| issue.number == number).cloned();
        Ok(found.map_or(Fetched::Gone(Gone::Hidden), |issue| Fetched::Issue(Box::new(issue))))
    }

    fn blocked_by(&self, issue: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        Ok(Some(self.blocked_by.get(&issue).cloned().unwrap_or_default()))
    }

    fn requests(&self) -> u64 {
        0
    }
}
