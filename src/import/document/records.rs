//! YAML, TOML and JSON as a roadmap: the keys of our own source, and what people call them otherwise.

mod issues;
mod labels;
mod values;

use std::ops::Range;

use serde_json::Value;

use super::Reading;
use crate::{
    documents::{
        Statement, values as said,
        vocabulary::{self, AROUND, Certainty, Field, ISSUE_LISTS, MILESTONE_LISTS, heading_state, is_plan},
    },
    import::{
        draft::Entry,
        taken::is_taken,
        tree::{Kind, Member, Node},
    },
    model::fields::{self, FILE, MILESTONE},
};
use values::{is_color, words};

/// What is said of a key that means nothing.
const NO_KEY: &str =
    "a roadmap has no such key: put what it says into a `description`, a `body`, or into `extra`";

impl Reading<'_> {
    /// Reads the values of a file.
    pub(super) fn tree(&mut self, roots: &[Node]) {
        for root in roots {
            match &root.kind {
                Kind::Map(members) => self.top(members),
                Kind::List(items) => self.top_list(items),
                Kind::Null => {}
                Kind::Scalar(text, _) => self.left_out_value(&root.range, text, NO_KEY),
            }
        }
    }

    /// The members of the whole.
    fn top(&mut self, members: &[Member]) {
        if let [Member { key, value, .. }] = members
            && part(key).is_none()
            && (value.map().is_some()
                || value.list().is_some()
                    && (is_plan(key) || AROUND.contains(&vocabulary::name(key).as_str())))
            && !self.is_of_labels()
        {
            return self.tree(std::slice::from_ref(value));
        }
        let has_parts =
            members.iter().any(|member| part(&member.key).is_some() || key_of(FILE, &member.key).is_some());
        for member in members {
            let Member { key, range, value } = member;
            match part(key) {
                Some(Part::Milestones) => self.milestones(value),
                Some(Part::Issues) => self.issues(value, None),
                Some(Part::Labels) => self.list_of_labels(value),
                Some(Part::State(state)) => {
                    let around = self.state.replace(state);
                    self.issues(value, None);
                    self.state = around;
                }
                None if !self.is_of_labels() && are_milestones(value) => self.milestones(value),
                None if !self.is_of_labels() && self.head(member) => {}
                None if self.is_of_labels() || !has_parts && is_color(value) => {
                    self.label_of(key, range, value)
                }
                None if !has_parts && (value.list().is_some() || value.map().is_some()) => {
                    self.milestone_of_member(member)
                }
                None => self.left_out_member(member),
            }
        }
    }

    /// What front matter says of the whole; the rest is told.
    pub(super) fn matter(&mut self, root: &Node) {
        for member in root.map().unwrap_or_default() {
            if !self.head(member) {
                self.left_out_member(member);
            }
        }
    }

    /// A list that is the whole: of labels, of milestones with their issues, of issues.
    fn top_list(&mut self, items: &[Node]) {
        let has = |item: &Node, wanted: &dyn Fn(&str) -> bool| {
            item.map().is_some_and(|it| it.iter().any(|it| wanted(&it.key)))
        };
        let is_label =
            |item: &Node| has(item, &|key| Field::named(key).is_some_and(|(field, _)| field == Field::Color));
        if self.is_of_labels() || items.iter().any(is_label) {
            return items.iter().for_each(|item| self.label_item(item));
        }
        for item in items {
            if has(item, &|key| matches!(part(key), Some(Part::Issues))) {
                self.milestone_item(item)
            } else {
                self.issue_item(item, None, None)
            }
        }
    }

    /// Whether the file is one of labels by its name.
    fn is_of_labels(&self) -> bool {
        self.name.rsplit('/').next().is_some_and(|name| name.to_lowercase().contains("label"))
    }

    /// A key of the whole, where it is one.
    fn head(&mut self, member: &Member) -> bool {
        let word = vocabulary::name(&member.key);
        let key = match Field::named(&word) {
            Some((Field::Title, _)) => Some("title"),
            Some((Field::Description, _)) => Some("description"),
            _ if word == "repo" => Some("repository"),
            _ => key_of(FILE, &member.key),
        };
        let Some(key) = key else { return false };
        let mut head = std::mem::take(&mut self.draft.head);
        let is_taken = self.verbatim(&mut head, key, FILE, member);
        self.draft.head = head;
        is_taken
    }

    /// Takes a value as it is, where a source takes it; numbers for texts and one text for a list are made to fit.
    fn verbatim(
        &mut self,
        entry: &mut Entry,
        key: &'static str,
        fields: &[fields::Field],
        member: &Member,
    ) -> bool {
        let node = &member.value;
        if node.is_empty() && node.list().is_none() {
            return true;
        }
        let text = node.text().map(Value::from);
        let list = text.clone().map(|text| Value::from(vec![text]));
        let candidates = [Some(node.value()), text, list];
        let found = candidates.into_iter().flatten().find(|value| is_taken(fields, key, value));
        let Some(value) = found else { return false };
        self.say(entry, key, value, &node.range);
        true
    }

    fn left_out_member(&mut self, member: &Member) {
        if !member.value.is_empty() {
            self.left_out_value(&member.range, &member.key, NO_KEY);
        }
    }

    fn milestones(&mut self, node: &Node) {
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| self.milestone_item(item)),
            Kind::Map(members) => members.iter().for_each(|member| self.milestone_of_member(member)),
            Kind::Scalar(..) => self.milestone_item(node),
            Kind::Null => {}
        }
    }

    fn milestone_item(&mut self, item: &Node) {
        match &item.kind {
            Kind::Map(members) => self.milestone_map(members, None, &item.range),
            Kind::Scalar(text, _) if self.milestone_named(text).is_none() => {
                self.milestone(Entry::at(&item.range).with("title", text.trim(), &item.range));
            }
            Kind::Scalar(text, _) => {
                self.left_out_value(&item.range, text, "a milestone of this name is there already")
            }
            Kind::List(_) => self.left_out(&item.range, "this list"),
            Kind::Null => {}
        }
    }

    /// A milestone whose name is a key.
    fn milestone_of_member(&mut self, member: &Member) {
        match &member.value.kind {
            Kind::Map(members) => self.milestone_map(members, Some(member), &member.range),
            other => {
                let ix = self.milestone_titled(&member.key, &member.range);
                match other {
                    Kind::Scalar(text, _) => {
                        self.say_of_milestone(ix, "description", text.clone(), &member.value.range)
                    }
                    _ => self.issues(&member.value, Some(ix)),
                }
            }
        }
    }

    fn milestone_map(&mut self, members: &[Member], named: Option<&Member>, range: &Range<usize>) {
        let (mut entry, used) = self.named_entry(
            members,
            named,
            range,
            &["milestone", "version", "release", "epic", "sprint", "phase"],
        );
        if entry.title().is_empty() {
            return self.left_out(range, "a milestone without a title");
        }
        let known = self.milestone_named(entry.title());
        let mut nested = Vec::new();
        for member in members.iter().filter(|member| !used.contains(&member.range.start)) {
            match part(&member.key) {
                Some(Part::Issues) if member.value.text().is_none() => nested.push(&member.value),
                _ if member.value.is_empty() => {}
                _ => self.milestone_member(&mut entry, member),
            }
        }
        let ix = match known {
            Some(ix) => {
                for (key, said) in entry.fields {
                    let mut first = std::mem::take(&mut self.draft.milestones[ix]);
                    self.say(&mut first, key, said.value, &said.range);
                    self.draft.milestones[ix] = first;
                }
                ix
            }
            None => self.milestone(entry),
        };
        nested.into_iter().for_each(|node| self.issues(node, Some(ix)));
    }

    /// What a member says of the milestone that it belongs to.
    fn milestone_member(&mut self, entry: &mut Entry, member: &Member) {
        let field = Field::named(&vocabulary::name(&member.key)).map(|(field, _)| field);
        let range = &member.value.range;
        match (field, member.value.text()) {
            (Some(Field::Waits), _) => {
                self.say(entry, "blocked_by", said::names(&words(&member.value)), range);
            }
            (Some(field @ (Field::Goal | Field::Description)), Some(text)) => {
                self.say(entry, field.key(), text, range);
            }
            (Some(Field::Due | Field::Start | Field::State | Field::Owner), _) => {
                self.said(entry, field, &member.value)
            }
            _ => match key_of(MILESTONE, &member.key) {
                Some(key) if self.verbatim(entry, key, MILESTONE, member) => {}
                _ => self.left_out_member(member),
            },
        }
    }

    /// What a value says of a field of an entry.
    fn said(&mut self, entry: &mut Entry, field: Option<Field>, node: &Node) {
        let (Some(field), words) = (field, words(node)) else { return };
        if !vocabulary::is_nothing(&words.text) {
            self.field_of_issue(entry, Statement { field, words: &words, certainty: Certainty::Sure });
        }
    }
}

/// Whether the items of a list have lists of issues: phases with their tasks.
fn are_milestones(node: &Node) -> bool {
    let has_issues = |item: &Node| {
        let is_list = |it: &Member| part(&it.key) == Some(Part::Issues) && it.value.list().is_some();
        item.map().is_some_and(|members| members.iter().any(is_list))
    };
    node.list().is_some_and(|items| items.iter().any(has_issues))
}

/// What a key of the whole holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Milestones,
    Issues,
    Labels,
    State(&'static str),
}

fn part(key: &str) -> Option<Part> {
    let word = vocabulary::name(key);
    match word.as_str() {
        word if MILESTONE_LISTS.contains(&word) => Some(Part::Milestones),
        word if ISSUE_LISTS.contains(&word) => Some(Part::Issues),
        "labels" => Some(Part::Labels),
        word => heading_state(word).map(Part::State),
    }
}

/// The key of the source that this one is, whatever its case and its marks.
fn key_of(fields: &'static [fields::Field], key: &str) -> Option<&'static str> {
    let folded = |key: &str| key.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    fields.iter().find(|field| folded(field.key) == folded(key)).map(|field| field.key)
}
