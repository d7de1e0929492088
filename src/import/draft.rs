//! A roadmap as a document gives it, each value with the bytes that say it.

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;

use crate::model::{Id, id_in_title, made_id};

/// A value and where it is said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    pub(super) value: Value,
    pub(super) range: Range<usize>,
}

/// An item, by the keys of the source.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entry {
    pub(super) fields: BTreeMap<&'static str, Said>,
    /// The bytes by which a finding shows it.
    pub(super) range: Range<usize>,
    /// The milestones that it belongs to, or covers, by their places in [`Draft::milestones`].
    pub(super) milestones: Vec<usize>,
}

/// All that a document gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) head: Entry,
    pub(super) milestones: Vec<Entry>,
    pub(super) issues: Vec<Entry>,
    pub(super) labels: Vec<Entry>,
    pub(super) label_groups: Vec<Entry>,
    pub(super) phases: Vec<Entry>,
    pub(super) sections: Vec<Entry>,
}

impl Entry {
    pub(super) fn at(range: &Range<usize>) -> Self {
        Self { range: range.clone(), ..Self::default() }
    }

    /// The same with a value; what is empty says nothing.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Value>, range: &Range<usize>) -> Self {
        self.say(key, value, range);
        self
    }

    /// Takes a value, unless it is empty or one is given already; says whether it is the one that is given now.
    pub(super) fn say(&mut self, key: &'static str, value: impl Into<Value>, range: &Range<usize>) -> bool {
        let value = value.into();
        if value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return true;
        }
        let said =
            self.fields.entry(key).or_insert_with(|| Said { value: value.clone(), range: range.clone() });
        said.value == value
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.fields.get(key)?.value.as_str()
    }

    /// What it is called.
    pub(super) fn title(&self) -> &str {
        self.text("title").unwrap_or_default()
    }

    /// Its id, given by itself or at the head of its title.
    pub(super) fn id(&self) -> Option<&str> {
        self.text("id").or_else(|| id_in_title(self.title()))
    }

    /// The names in a list of its own.
    pub(super) fn names(&self, key: &str) -> impl Iterator<Item = &str> {
        let names = self.fields.get(key).and_then(|said| said.value.as_array());
        names.into_iter().flatten().filter_map(Value::as_str)
    }
}

impl Draft {
    /// Whether there is nothing to make a roadmap of.
    pub(super) fn is_empty(&self) -> bool {
        self.milestones.is_empty() && self.issues.is_empty() && self.labels.is_empty()
    }

    /// Puts milestones, issues and sections in the order of the document, however they were found.
    pub(super) fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.milestones.len()).collect();
        order.sort_by_key(|at| self.milestones[*at].range.start);
        let mut place_of = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, at)| place_of[*at] = place);
        self.milestones.sort_by_key(|entry| entry.range.start);
        self.issues.sort_by_key(|entry| entry.range.start);
        self.sections.sort_by_key(|entry| entry.range.start);
        for at in self.issues.iter_mut().chain(&mut self.phases).flat_map(|entry| &mut entry.milestones) {
            *at = place_of[*at];
        }
    }

    /// Gives an id to whatever has none, made from its title: it is written, and so outlasts the title.
    pub(super) fn pin(&mut self, milestones: bool, issues: bool) {
        let lists = [(&mut self.milestones, milestones), (&mut self.issues, issues)];
        for (list, _) in lists.into_iter().filter(|(_, is_new)| *is_new) {
            let mut taken: BTreeMap<String, usize> =
                list.iter().filter_map(Entry::id).map(|id| (id.to_ascii_lowercase(), 1)).collect();
            for entry in list.iter_mut().filter(|entry| entry.id().is_none()) {
                let id = free_id(entry.title(), &mut taken);
                let range = entry.range.clone();
                entry.say("id", id, &range);
            }
        }
    }

    /// Writes the milestones of issues and phases by these names.
    pub(super) fn name_milestones(&mut self, names: &[String]) {
        for entry in &mut self.issues {
            if let Some(name) = entry.milestones.first().and_then(|at| names.get(*at)) {
                let range = entry.range.clone();
                entry.say("milestone", name.as_str(), &range);
            }
        }
        for entry in self.phases.iter_mut().filter(|entry| !entry.milestones.is_empty()) {
            let named: Vec<&str> =
                entry.milestones.iter().filter_map(|at| names.get(*at)).map(String::as_str).collect();
            let range = entry.range.clone();
            entry.say("milestones", named, &range);
        }
    }
}

/// An id made from a title that nothing has yet.
pub(super) fn free(title: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut taken = BTreeMap::new();
    loop {
        let id = free_id(title, &mut taken);
        if !is_taken(&id) {
            return id;
        }
    }
}

/// The id that is made from a title, numbered where another has it.
fn free_id(title: &str, taken: &mut BTreeMap<String, usize>) -> String {
    // `🚧 Search` is told by its words.
    let words = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let made = made_id(if words.is_empty() { title } else { words }).to_string();
    let mut number = taken.get(&made).copied().unwrap_or_default();
    loop {
        number += 1;
        let end = if number == 1 { String::new() } else { format!("-{number}") };
        let id = format!("{}{end}", &made[..made.len().min(64 - end.len())]);
        if Id::new(&id).is_some() && !(number > 1 && taken.contains_key(&id)) {
            taken.insert(made, number);
            taken.entry(id.clone()).or_insert(1);
            return id;
        }
    }
}
