//! `roadbook add`: writes a new issue, milestone or label behind the last one.

pub(super) mod series;

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Map, Value, json};

use super::{
    editing::{EditSession, Plan, field},
    lookup,
};
use crate::{
    cli::{Add, AddIssue, AddLabel, AddMilestone, Added},
    edit::{Change, Edit, New, Spot},
    io::{Failure, FailureKind, Io},
    model::{
        fields::{FILE, Field, ISSUE, LABEL, MILESTONE},
        id_in_title,
    },
    report::{JsonPath, one_line},
};

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Add) -> Result<Plan, Failure> {
    match &args.what {
        Added::Issue(args) => issue(desk, args),
        Added::Milestone(args) => milestone(desk, args),
        Added::Label(args) => label(desk, args),
    }
}

/// A new object that is being filled.
pub(super) struct Fresh {
    fields: &'static [Field],
    pub(super) object: Map<String, Value>,
}

impl Fresh {
    pub(super) fn new(fields: &'static [Field]) -> Self {
        Self { fields, object: Map::new() }
    }

    /// Fills a field, where something is given for it.
    fn one(
        &mut self,
        desk: &EditSession<'_>,
        key: &'static str,
        text: Option<&String>,
    ) -> Result<(), Failure> {
        if let Some(text) = text {
            let value = desk.read(field(self.fields, key)?, text)?;
            self.object.insert(key.to_owned(), value);
        }
        Ok(())
    }

    /// Fills the fields that are given by texts.
    fn all(&mut self, desk: &EditSession<'_>, given: &[(&'static Field, String)]) -> Result<(), Failure> {
        given.iter().try_for_each(|(field, text)| self.one(desk, field.key, Some(text)))
    }

    /// Fills a list, where something is given for it.
    fn several(&mut self, key: &'static str, names: &[String]) {
        if !names.is_empty() {
            self.object.insert(key.to_owned(), names.into());
        }
    }

    /// Fills what it waits for.
    fn blockers(&mut self, desk: &EditSession<'_>, ids: &[String]) {
        if !ids.is_empty() {
            self.object.insert("blocked_by".to_owned(), desk.by_now(ids.into()));
        }
    }

    /// Says that a new issue is open, unless it says something else or GitHub is there to say it.
    pub(super) fn opened(&mut self, desk: &EditSession<'_>) {
        if desk.roadmap.repository.is_none() && !self.object.contains_key("state") {
            self.object.insert("state".to_owned(), "open".into());
        }
    }

    /// The object with its keys in their order.
    pub(super) fn written(mut self) -> New {
        let fields = self.fields.iter();
        let members = fields
            .filter_map(|field| Some((field.key.to_owned(), New::Value(self.object.remove(field.key)?))));
        New::Object(members.collect())
    }
}

fn issue(desk: &EditSession<'_>, args: &AddIssue) -> Result<Plan, Failure> {
    let mut fresh = Fresh::new(ISSUE);
    let milestone = args.milestone.as_ref().map(|name| desk.milestone(name)).transpose()?;
    if let Some(ix) = milestone {
        fresh.object.insert("milestone".to_owned(), desk.written_milestone(ix));
    }
    let labels: Vec<_> =
        args.label.iter().filter_map(|name| lookup::label(&desk.roadmap, name).ok()).collect();
    let siblings = series::issues(desk, milestone, &labels);
    let (id, note) = name(desk, &mut fresh, &args.title, args.id.as_deref(), &siblings, &desk.given)?;
    let io = desk.session.io;
    let body = args.body.clone().map_or_else(|| body(args, io), |body| Ok(Some(body)))?;
    let file = body.as_ref().map_or(Ok(None), |body| desk.new_body(&id, body))?;
    fresh.one(desk, "body", body.as_ref().filter(|_| file.is_none()))?;
    fresh.several("labels", &args.label);
    let logins = args.assignee.iter().map(|login| login.trim_start_matches('@').to_owned());
    fresh.several("assignees", &logins.collect::<Vec<_>>());
    fresh.blockers(desk, &args.blocked_by);
    fresh.all(desk, &args.given.0)?;
    fresh.opened(desk);
    let mut plan = added(desk, "issues", fresh.written(), &id, note);
    plan.edits.extend(file);
    Ok(plan)
}

/// The body that a file or standard input holds.
fn body(args: &AddIssue, io: &Io<'_>) -> Result<Option<String>, Failure> {
    let Some(path) = &args.body_file else { return Ok(None) };
    let bytes = if path.as_os_str() == "-" { Some(io.terminal.input()?) } else { io.files.read(path)? };
    let cannot = |why: &str| {
        Failure::new(FailureKind::Usage, format!("cannot read the body from `{}`: {why}", path.display()))
    };
    let text = String::from_utf8(bytes.ok_or_else(|| cannot("there is no such file"))?)
        .map_err(|_| cannot("it is not UTF-8"))?;
    Ok(Some(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").trim_end().to_owned()))
}

fn milestone(desk: &EditSession<'_>, args: &AddMilestone) -> Result<Plan, Failure> {
    let mut fresh = Fresh::new(MILESTONE);
    let siblings = series::milestones(desk);
    let (id, note) = name(desk, &mut fresh, &args.title, args.id.as_deref(), &siblings, &desk.given)?;
    fresh.all(desk, &args.given.0)?;
    fresh.blockers(desk, &args.blocked_by);
    Ok(added(desk, "milestones", fresh.written(), &id, note))
}

/// Gives the object its title and its id, where its siblings have theirs. Returns the id, and what to say of it.
pub(super) fn name(
    desk: &EditSession<'_>,
    fresh: &mut Fresh,
    title: &str,
    given: Option<&str>,
    siblings: &series::Siblings,
    taken: &BTreeSet<String>,
) -> Result<(String, Option<String>), Failure> {
    if title.trim().is_empty() {
        return Err(Failure::new(FailureKind::Usage, "the title is empty"));
    }
    let read = id_in_title(title);
    let (id, note) = match (given, read) {
        (Some(id), _) => (id.to_owned(), None),
        (None, Some(id)) => (id.to_owned(), None),
        (None, None) => {
            let id = siblings.next_id(desk, title, taken);
            let note = format!("gave it the id `{id}`; use `--id` to choose another");
            (id, Some(note))
        }
    };
    if desk.roadmap.aliases.iter().any(|alias| alias.was.as_str().eq_ignore_ascii_case(&id)) {
        let message = format!("`{}` is a former id: it leads to another item", one_line(&id));
        return Err(Failure::new(FailureKind::Usage, message).help("name another with `--id`"));
    }
    let whole = match siblings.joint() {
        Some(joint) if read.is_none() => format!("{id}{joint}{title}"),
        _ => title.to_owned(),
    };
    // Where the title does not give this very id, it has to stand by itself.
    if id_in_title(&whole) == Some(id.as_str()) {
        fresh.object.insert("title".to_owned(), whole.into());
    } else {
        fresh.object.insert("id".to_owned(), id.as_str().into());
        fresh.object.insert("title".to_owned(), title.into());
    }
    Ok((id, note))
}

fn label(desk: &EditSession<'_>, args: &AddLabel) -> Result<Plan, Failure> {
    let listed = desk.roadmap.labels.iter().filter(|label| label.origin.is_some());
    if let Some(same) = listed.into_iter().find(|it| it.name.to_lowercase() == args.name.to_lowercase()) {
        let message = format!("there is a label `{}` already", one_line(&same.name));
        return Err(Failure::new(FailureKind::Usage, message)
            .help(format!("`roadbook set {} …` changes it", one_line(&same.name))));
    }
    let mut fresh = Fresh::new(LABEL);
    fresh.object.insert("name".to_owned(), args.name.as_str().into());
    fresh.one(desk, "description", args.description.as_ref())?;
    fresh.one(desk, "color", args.hex.as_ref())?;
    let mut plan = added(desk, "labels", fresh.written(), &args.name, None);
    let others: Vec<_> = desk.roadmap.labels.iter().map(|label| &label.name).collect();
    let others: Vec<_> = others.into_iter().filter(|name| **name != args.name).collect();
    if !desk.roadmap.labels_listed && !others.is_empty() {
        // A list says which labels there are: one that names the new label alone would make all others unknown.
        list_all(&mut plan, &others);
        plan.notes.push("listed the labels in use as well: what is not in the list is unknown".to_owned());
    }
    Ok(plan)
}

/// Puts the labels that are used before the new one, into the list that begins with it.
fn list_all(plan: &mut Plan, names: &[&String]) {
    for edit in &mut plan.edits {
        if let Change::Set(New::List(items), _) = &mut edit.change {
            let used = names.iter().map(|name| New::Value(json!({ "name": name })));
            items.splice(0..0, used);
        }
    }
}

/// The plan of one new object.
fn added(desk: &EditSession<'_>, list: &'static str, object: New, name: &str, note: Option<String>) -> Plan {
    let (file, edits) = appended(desk, list, vec![object]);
    let done = vec![format!("added `{}` to `{file}`", one_line(name))];
    let (notes, items) = (note.into_iter().collect(), vec![name.to_owned()]);
    Plan { edits, done, notes, items, ..Plan::default() }
}

/// The edits that put objects behind the last one of their list: into the last file that has the list.
pub(super) fn appended(
    desk: &EditSession<'_>,
    list: &'static str,
    objects: Vec<New>,
) -> (Arc<str>, Vec<Edit>) {
    let mut files = desk.roadmap.files.iter().zip(&desk.values);
    let holder = files.rfind(|(_, value)| value.get(list).is_some_and(Value::is_array));
    let path = JsonPath::default().key(list);
    let edit = |file: &Arc<str>, change| Edit { file: Arc::clone(file), path: path.clone(), change };
    match holder {
        Some((file, _)) => {
            let edits = objects.into_iter().map(|object| edit(file, Change::Append(object)));
            (Arc::clone(file), edits.collect())
        }
        None => {
            let file = desk.roadmap.head_place("issues").file;
            let edits = vec![edit(&file, Change::Set(New::List(objects), Spot::Among(FILE)))];
            (file, edits)
        }
    }
}
