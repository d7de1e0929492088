//! `roadbook set`: changes fields of an issue, a milestone or a label.

use serde_json::{Map, Value};

use super::{
    editing::{Draft, EditSession, Plan, field},
    lookup::Item,
};
use crate::{
    cli::{Assignment, How, Set},
    io::{Failure, FailureKind},
    model::{
        When,
        fields::{FILE, Field, HEAD, Kind},
        id_in_title,
    },
    report::one_line,
};

/// What the roadmap itself is called, where no item is called so.
const ROADMAP: &str = "roadmap";

/// What was first planned.
const PLANNED: &str = "planned_due_on";

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Set) -> Result<Plan, Failure> {
    refuse_two(args)?;
    let item = match desk.find(&args.id) {
        Err(_) if args.id == ROADMAP => return head(desk, args),
        found => found?,
    };
    if args.as_of.is_some() {
        let message = "`--as-of` sets the day of the roadmap: an item has none";
        return Err(Failure::new(FailureKind::Usage, message).help("`roadbook set roadmap --as-of DAY`"));
    }
    let mut draft = Draft::new(desk, desk.subject(item)?);
    for change in &args.changes {
        assign(&mut draft, change)?;
    }
    for key in &args.unset {
        let key = draft.field(key)?.key;
        draft.new.remove(key);
    }
    if !args.unset.iter().any(|key| key == PLANNED) {
        keep_plan(&mut draft);
    }
    settle(&mut draft, args)?;
    rename(&mut draft, item)?;
    draft.plan(&format!("changed `{}`", desk.name(item)))
}

/// Refuses to guess which of two things that are said of a field is meant.
fn refuse_two(args: &Set) -> Result<(), Failure> {
    for (index, Assignment { field, how, .. }) in args.changes.iter().enumerate() {
        let is_again = |it: &Assignment| it.field == *field && *how == How::Replace && it.how == How::Replace;
        let why = match (args.unset.contains(field), args.changes[..index].iter().any(is_again)) {
            (true, _) => "set and unset",
            (_, true) => "set twice",
            _ => continue,
        };
        let message = format!("`{}` would be {why}", one_line(field));
        return Err(Failure::new(FailureKind::Usage, message).help("say one of it"));
    }
    Ok(())
}

/// Whether a `set` changes names, by which others are found, or what all of them share. An issue is found by its id alone, which
/// a new title leaves as it is.
pub(super) fn is_about_names(desk: &EditSession<'_>, args: &Set) -> bool {
    let keys = args.changes.iter().map(|change| change.field.as_str());
    let keys: Vec<_> = keys.chain(args.unset.iter().map(String::as_str)).collect();
    let is_issue = || matches!(desk.find(&args.id), Ok(Item::Issue(_)));
    let is_named = keys.iter().any(|key| ["title", "name"].contains(key));
    args.id == ROADMAP || keys.contains(&"id") || is_named && !is_issue()
}

/// What follows from new fields, however they came to be: what was planned, and names that change everywhere.
pub(super) fn follow(draft: &mut Draft<'_, '_>, item: Item) -> Result<(), Failure> {
    keep_plan(draft);
    rename(draft, item)
}

/// What changes of the roadmap itself.
fn head(desk: &EditSession<'_>, args: &Set) -> Result<Plan, Failure> {
    let mut edits = Vec::new();
    for Assignment { field: key, how, value } in &args.changes {
        let field = head_field(desk, key)?;
        if *how != How::Replace {
            return Err(no_list(field.key));
        }
        edits.extend(desk.head(field.key, Some(desk.read(field, value)?)));
    }
    if let Some(day) = &args.as_of {
        edits.extend(desk.head("as_of", Some(desk.read(field(HEAD, "as_of")?, day)?)));
    }
    for key in &args.unset {
        edits.extend(desk.head(head_field(desk, key)?.key, None));
    }
    let changed: Vec<_> = edits.iter().map(|edit| format!("`{}`", edit.path)).collect();
    let done = vec![format!("changed the roadmap: {}", changed.join(", "))];
    Ok(Plan { edits, done, items: vec![ROADMAP.to_owned()], ..Plan::default() })
}

/// The roadmap's own field of this key. What else a file says is lists and objects, which people edit in it.
fn head_field(desk: &EditSession<'_>, key: &str) -> Result<&'static Field, Failure> {
    let found = field(HEAD, key);
    let Some(other) = FILE.iter().find(|other| other.key == key).filter(|_| found.is_err()) else {
        return found;
    };
    let message = format!("`{}` is a key of the source that `set` does not change", other.key);
    let file = desk.roadmap.head_place(other.key).file;
    Err(Failure::new(FailureKind::Usage, message).help(format!("edit it in `{file}`")))
}

/// Does one assignment.
fn assign(draft: &mut Draft<'_, '_>, Assignment { field, how, value }: &Assignment) -> Result<(), Failure> {
    let field = draft.field(field)?;
    let is_list = matches!(field.kind, Kind::List | Kind::Values);
    if *how != How::Replace && !is_list {
        return Err(no_list(field.key));
    }
    let value = draft.desk.read(field, value)?;
    let now = draft.new.get(field.key).and_then(Value::as_array).cloned().unwrap_or_default();
    let Value::Array(given) = value else {
        draft.new.insert(field.key.to_owned(), value);
        return Ok(());
    };
    let list = match how {
        How::Replace => given,
        // What changes nothing does not take a field over that is left to GitHub.
        How::Exclude if now.is_empty() => return Ok(()),
        How::Include if given.is_empty() => return Ok(()),
        How::Exclude => now.into_iter().filter(|item| !holds(&given, item)).collect(),
        How::Include => given.into_iter().fold(now, |mut list, item| {
            if !holds(&list, &item) {
                list.push(item);
            }
            list
        }),
    };
    draft.new.insert(field.key.to_owned(), list.into());
    Ok(())
}

fn no_list(key: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("`{key}` is no list")).help(format!("write `{key}=…`"))
}

/// Whether a list holds a value; names are the same whatever their case.
fn holds(list: &[Value], value: &Value) -> bool {
    let folded = |value: &Value| value.as_str().map(str::to_lowercase);
    list.iter().any(|item| item == value || folded(item).is_some_and(|item| Some(item) == folded(value)))
}

/// The first time that a due date moves, the former one is kept as what was planned: the slip is their difference.
fn keep_plan(draft: &mut Draft<'_, '_>) {
    const DUE: &str = "due_on";
    let former = draft.subject.old.get(DUE).and_then(Value::as_str).map(str::to_owned);
    let has_plan = |field: Option<&Value>| field.is_some_and(|day| !day.is_null());
    let is_told = draft.subject.old.get(PLANNED) != draft.new.get(PLANNED);
    if let (Some(former), Some(now)) = (former, draft.text(DUE))
        && former != now
        && When::parse(&former).is_some_and(|former| !former.is_later())
        && !is_told
        && !has_plan(draft.new.get(PLANNED))
    {
        draft.notes.push(format!("`{PLANNED}` keeps {former}, so that the slip is known"));
        draft.new.insert(PLANNED.to_owned(), former.into());
    }
}

/// What is closed or opened so is closed or opened as by the verbs, but for what is given beside it.
fn settle(draft: &mut Draft<'_, '_>, args: &Set) -> Result<(), Failure> {
    let (old, now) = (draft.subject.old.get("state").and_then(Value::as_str), draft.text("state"));
    if old == now || now.is_none() {
        return Ok(());
    }
    let keys = args.changes.iter().map(|change| change.field.as_str());
    let keys: Vec<_> = keys.chain(args.unset.iter().map(String::as_str)).collect();
    let before = draft.new.clone();
    if now == Some("closed") {
        draft.close(None, None)?;
        // What is given beside the state is meant so.
        keep(draft, &before, &keys, &["closed_on", "labels", "state_reason"]);
        return Ok(());
    }
    let ended = draft.reopen();
    keep(draft, &before, &keys, &["labels"]);
    draft.notes.extend(ended.into_iter().map(|key| format!("took `{key}` out: it is open again")));
    Ok(())
}

/// Gives fields back what they were given.
fn keep(draft: &mut Draft<'_, '_>, before: &Map<String, Value>, given: &[&str], keys: &[&str]) {
    for key in keys.iter().filter(|key| given.contains(*key)) {
        match before.get(*key) {
            Some(value) => draft.new.insert((*key).to_owned(), value.clone()),
            None => draft.new.remove(*key),
        };
    }
}

/// Names change everywhere at once.
fn rename(draft: &mut Draft<'_, '_>, item: Item) -> Result<(), Failure> {
    keep_id(draft)?;
    match (taken(draft, "id"), taken(draft, "title"), taken(draft, "name"), item) {
        (Some(_), Some(_), ..) => {
            Err(Failure::new(FailureKind::Usage, "an id and a title change one at a time")
                .help("a title may hold the id: give the item its new id first"))
        }
        (Some(id), ..) => draft.rename_id(&id),
        (_, Some(title), ..) => draft.retitle(&title),
        (_, _, Some(name), Item::Label(ix)) => draft.rename_label(ix, &name),
        _ => Ok(()),
    }
}

/// The new text of a field, taken back out of the draft; `None` where it does not change.
fn taken(draft: &mut Draft<'_, '_>, key: &str) -> Option<String> {
    let old = draft.subject.old.get(key).cloned();
    let new = draft.text(key).filter(|new| old.as_ref().and_then(Value::as_str) != Some(new))?.to_owned();
    match old {
        Some(old) => draft.new.insert(key.to_owned(), old),
        None => draft.new.remove(key),
    };
    Some(new)
}

/// Refuses to leave out an id that nothing else gives: another would be made from the title, and references be lost.
fn keep_id(draft: &Draft<'_, '_>) -> Result<(), Failure> {
    let id = draft.subject.old.get("id").and_then(Value::as_str);
    let is_read = |id: &str| draft.text("title").and_then(id_in_title).is_some_and(|read| read == id);
    match id {
        Some(id) if draft.text("id").is_none() && !is_read(id) => {
            let message = format!("the id `{id}` cannot be left out: the title does not give it");
            Err(Failure::new(FailureKind::Usage, message))
        }
        _ => Ok(()),
    }
}
