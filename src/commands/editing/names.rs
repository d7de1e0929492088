//! What changes with a name: the item that has it, every reference to it, and the memory of what it was.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{
    Draft, EditSession,
    places::{TITLES, listed},
    references,
};
use crate::{
    commands::lookup::Item,
    edit::{Change, Edit, Spot},
    io::{Failure, FailureKind},
    model::{Id, LabelIx, fields::FILE, id_in_title, title_without_id},
    report::{JsonPath, one_line},
};

impl Draft<'_, '_> {
    /// Gives the item another id, everywhere.
    pub(in crate::commands) fn rename_id(&mut self, name: &str) -> Result<(), Failure> {
        let old = self.desk.name(self.subject.item).to_owned();
        let new = Id::new(name).ok_or_else(|| {
            Failure::new(FailureKind::Usage, format!("`{}` cannot be an id", one_line(name))).help(
                "an id has at most 64 letters (a-z), digits, `.`, `_` and `-`, and begins with a letter or digit",
            )
        })?;
        if old == name {
            // The id is read from the title or made from it: written down, it lasts.
            self.new.insert("id".to_owned(), name.into());
            return Ok(());
        }
        let is_same = |id: &Id| *id == new && !id.as_str().eq_ignore_ascii_case(&old);
        let roadmap = &self.desk.roadmap;
        let (issues, milestones) = (roadmap.issues.iter(), roadmap.milestones.iter());
        if issues.map(|it| &it.id).chain(milestones.map(|it| &it.id)).any(is_same) {
            return Err(taken("id", name));
        }
        let title = self.text("title").unwrap_or_default().to_owned();
        let retitled = with_id(&title, &old, name);
        if self.text("id").is_some() || retitled.as_deref().and_then(id_in_title) != Some(name) {
            self.new.insert("id".to_owned(), name.into());
        }
        if let Some(retitled) = retitled {
            self.new_title(&retitled);
        }
        let is_old = |written: &str| written != name && written.eq_ignore_ascii_case(&old);
        let named = references(self.desk, self.subject.item, is_old);
        self.elsewhere.extend(named.into_iter().map(|named| named.renamed(name)));
        self.elsewhere.extend(remember(self.desk, &[(old.clone(), name.to_owned())]));
        self.renamed.push((old, name.to_owned()));
        Ok(())
    }

    /// Gives an issue or a milestone another title; an id that is read from the title stays before it.
    pub(in crate::commands) fn retitle(&mut self, title: &str) -> Result<(), Failure> {
        let id = self.desk.name(self.subject.item).to_owned();
        let old = self.text("title").unwrap_or_default().to_owned();
        let is_read = self.text("id").is_none() && id_in_title(&old).is_some_and(|read| read == id);
        match id_in_title(title) {
            _ if self.text("id").is_some() => self.new_title(title),
            Some(other) if !other.eq_ignore_ascii_case(&id) => {
                let message = format!("the title would give `{id}` the id `{other}`");
                let help = format!("`roadbook rename {id} {other}` changes an id everywhere");
                return Err(Failure::new(FailureKind::Usage, message).help(help));
            }
            None if is_read => {
                let head = old.strip_suffix(rest(&old, &id)).filter(|head| !head.is_empty());
                let head = head.map_or_else(|| format!("{id}: "), str::to_owned);
                self.notes
                    .push(format!("kept `{}` before the title: the id is read from it", head.trim_end()));
                self.new_title(&format!("{head}{title}"));
            }
            Some(_) => self.new_title(title),
            None => {
                self.notes.push(format!("wrote the id `{id}`, which was made from the former title"));
                self.new.insert("id".to_owned(), id.into());
                self.new_title(title);
            }
        }
        Ok(())
    }

    /// Sets the title; a milestone remembers the former one, and issues that name it by its title follow.
    fn new_title(&mut self, title: &str) {
        let old = self.text("title").unwrap_or_default().trim().to_owned();
        let has_it = |former: &str| former.trim() == title.trim();
        self.set_title(title, has_it);
        if matches!(self.subject.item, Item::Milestone(_)) && old != title.trim() {
            was(&mut self.new, &old, has_it);
        }
    }

    /// Sets the title, and in the issues that name a milestone by it; a former title that comes back is no former one.
    fn set_title(&mut self, title: &str, has_it: impl Fn(&str) -> bool) {
        let old = self.text("title").unwrap_or_default().trim().to_owned();
        self.new.insert("title".to_owned(), title.into());
        if !matches!(self.subject.item, Item::Milestone(_)) || old == title.trim() {
            return;
        }
        forget(&mut self.new, has_it);
        let ids = &self.desk.roadmap.milestones;
        let is_id = |name: &str| ids.iter().any(|it| it.id.key() == name.to_ascii_lowercase());
        let is_old = |name: &str| name != title && name.trim() == old && !is_id(name);
        let named = listed(self.desk, TITLES, is_old);
        self.elsewhere.extend(named.into_iter().map(|named| named.renamed(title)));
    }

    /// Gives an issue or a milestone the very title that it has elsewhere. The id stays, and issues that name a milestone by
    /// its title follow.
    pub(in crate::commands) fn take_title(&mut self, title: &str) {
        let id = self.desk.name(self.subject.item).to_owned();
        if self.text("id").is_none() && id_in_title(title) != Some(&id) {
            self.new.insert("id".to_owned(), id.into());
        }
        let has_it = |former: &str| former.trim() == title.trim();
        self.set_title(title, has_it);
    }

    /// Gives a label the very name that it has elsewhere, in all issues too.
    pub(in crate::commands) fn take_name(&mut self, ix: LabelIx, name: &str) -> Result<(), Failure> {
        self.elsewhere.extend(rename_uses_of_label(self.desk, ix, name)?);
        self.new.insert("name".to_owned(), name.into());
        forget(&mut self.new, |former| former.to_lowercase() == name.to_lowercase());
        Ok(())
    }

    /// Gives a label another name, everywhere.
    pub(in crate::commands) fn rename_label(&mut self, ix: LabelIx, name: &str) -> Result<(), Failure> {
        let old = self.desk.roadmap.labels[ix.0].name.clone();
        self.elsewhere.extend(rename_uses_of_label(self.desk, ix, name)?);
        self.new.insert("name".to_owned(), name.into());
        if old.to_lowercase() != name.to_lowercase() {
            was(&mut self.new, &old, |former| former.to_lowercase() == name.to_lowercase());
        }
        self.renamed.push((old, name.to_owned()));
        Ok(())
    }
}

/// Writes that former ids lead to new ones. What led to a former one leads on.
pub(in crate::commands) fn remember(desk: &EditSession<'_>, names: &[(String, String)]) -> Vec<Edit> {
    let file = desk.roadmap.head_place("aliases").file;
    let place = desk.roadmap.files.iter().position(|name| *name == file).unwrap_or_default();
    let at = JsonPath::default().key("aliases");
    let edit = |path, change| Edit { file: Arc::clone(&file), path, change };
    let is_new = |(old, new): &&(String, String)| !old.eq_ignore_ascii_case(new);
    let aliases = desk.values.get(place).and_then(|value| value.get("aliases")?.as_object());
    let Some(aliases) = aliases else {
        let new: Map<_, _> =
            names.iter().filter(is_new).map(|(old, new)| (old.clone(), new.as_str().into())).collect();
        let is_any = !new.is_empty();
        return is_any
            .then(|| edit(at, Change::Set(Value::Object(new).into(), Spot::Among(FILE))))
            .into_iter()
            .collect();
    };
    let mut edits = Vec::new();
    for (former, to) in aliases {
        let path = at.clone().key(former);
        let to = to.as_str().unwrap_or_default();
        if names.iter().any(|(_, new)| former.eq_ignore_ascii_case(new)) {
            edits.push(edit(path, Change::Remove));
        } else if let Some((_, new)) = names.iter().find(|(old, _)| to.eq_ignore_ascii_case(old)) {
            edits.push(edit(path, Change::Set(new.as_str().into(), Spot::Last)));
        }
    }
    let new = names.iter().filter(is_new);
    edits.extend(
        new.map(|(old, new)| edit(at.clone().key(old), Change::Set(new.as_str().into(), Spot::Last))),
    );
    edits
}

/// The edits that give a label another name where issues have it.
pub(in crate::commands) fn rename_uses_of_label(
    desk: &EditSession<'_>,
    ix: LabelIx,
    name: &str,
) -> Result<Vec<Edit>, Failure> {
    let labels = &desk.roadmap.labels;
    let is_other = |(other, label): (usize, &crate::model::Label)| {
        other != ix.0 && label.name.to_lowercase() == name.to_lowercase()
    };
    if labels.iter().enumerate().any(is_other) {
        return Err(taken("label", name));
    }
    let old = labels[ix.0].name.to_lowercase();
    let named = references(desk, Item::Label(ix), |label| label != name && label.to_lowercase() == old);
    Ok(named.into_iter().map(|named| named.renamed(name)).collect())
}

fn taken(kind: &str, name: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("there is another {kind} `{}` already", one_line(name)))
}

/// Takes a former name out of `was` that the item has again.
fn forget(object: &mut Map<String, Value>, is_new: impl Fn(&str) -> bool) {
    if let Some(Value::Array(names)) = object.get_mut("was") {
        names.retain(|name| !name.as_str().is_some_and(&is_new));
    }
}

/// Adds a former name to `was`, and takes out the one that is borne again.
fn was(object: &mut Map<String, Value>, old: &str, is_new: impl Fn(&str) -> bool) {
    let mut names: Vec<Value> = object.get("was").and_then(Value::as_array).cloned().unwrap_or_default();
    names.retain(|name| !name.as_str().is_some_and(&is_new));
    if !names.iter().any(|name| name == old) && !old.is_empty() {
        names.push(old.into());
    }
    object.insert("was".to_owned(), names.into());
}

/// The title with another id before it, where it begins with this one.
fn with_id(title: &str, old: &str, new: &str) -> Option<String> {
    let found = id_in_title(title).filter(|found| found.eq_ignore_ascii_case(old))?;
    let at = title.find(found)?;
    Some(format!("{}{new}{}", &title[..at], &title[at + found.len()..]))
}

/// What stands behind the id and its separator in a title.
fn rest<'t>(title: &'t str, id: &str) -> &'t str {
    Id::new(id).map_or("", |id| title_without_id(title, &id))
}
