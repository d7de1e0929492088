//! Labels and their groups.

use std::collections::{BTreeMap, BTreeSet};

use super::names::LabelNames;
use crate::{
    model::{Label, LabelGroup, LabelIx},
    report::{Action, Code, Diagnostic, Report},
    source::{Document, Sourced, schema},
};

/// The listed labels, and their names. The document is left without them.
pub(super) fn resolve(document: &mut Document, report: &mut Report) -> (Vec<Label>, LabelNames) {
    let Some(listed) = document.labels.take() else { return (Vec::new(), LabelNames::used()) };
    let mut labels = Vec::with_capacity(listed.len());
    labels.extend(listed.into_iter().map(|Sourced { origin, value }| Label {
        name: value.name,
        description: value.description,
        color: value.color,
        was: value.was.unwrap_or_default(),
        internal: value.internal.unwrap_or_default(),
        origin: Some(origin),
    }));
    let names = LabelNames::listed(&labels);
    if names.are_distinct(labels.len()) {
        return (labels, names);
    }
    for (ix, label) in labels.iter().enumerate() {
        let exact = names.exact(&label.name, &labels).filter(|first| first.0 < ix);
        let Some(first) = exact.or_else(|| names.folded(&label.name, &labels)).filter(|first| first.0 < ix)
        else {
            continue;
        };
        if let Some(found) = again(document, label, &labels[first.0], exact.is_some()) {
            report.push(found);
        }
    }
    (labels, names)
}

/// That a label is listed again, by the same name or by one that differs in case.
fn again(document: &Document, label: &Label, first: &Label, is_exact: bool) -> Option<Diagnostic> {
    let (code, message, help) = if is_exact {
        let help = "keep one of the two; `was` takes a label's former names";
        (Code::DuplicateLabel, format!("the label `{}` is listed twice", label.name), help)
    } else {
        let help = "GitHub compares labels without case: keep one of the two";
        (Code::LabelCase, format!("the label `{}` differs from another only in case", label.name), help)
    };
    let place = |label: &Label| Some(document.place("labels", label.origin?));
    let item = place(label)?;
    let found = Diagnostic::new(code, item.clone().key("name"), message).help(help);
    let found = if says_the_same(label, first) { found.certainly(Action::Remove).at(item) } else { found };
    Some(match place(first) {
        Some(first) => found.related(first.key("name"), "first listed here"),
        None => found,
    })
}

/// Whether one label says of itself what the other says, names apart.
fn says_the_same(one: &Label, other: &Label) -> bool {
    (&one.description, &one.color, &one.was, one.internal)
        == (&other.description, &other.color, &other.was, other.internal)
}

/// A label that the source uses and does not list.
pub(super) fn unlisted(name: &str) -> Label {
    Label {
        name: name.to_owned(),
        description: schema::Field::Absent,
        color: schema::Field::Absent,
        was: Vec::new(),
        internal: false,
        origin: None,
    }
}

/// The groups: as the source lists them, else by the prefixes before `:` in order of first use; labels that fit no
/// group stand last, under `Other Labels`. A group without a label is kept only where it is listed.
pub(super) fn groups(listed: Option<&[Sourced<schema::LabelGroup>]>, labels: &[Label]) -> Vec<LabelGroup> {
    let mut groups = match listed {
        Some(listed) => listed.iter().map(listed_group).collect(),
        None => groups_by_prefix(labels),
    };
    let mut others = Vec::new();
    let folded = |prefix: &str| prefix.to_ascii_lowercase();
    // Of two groups with one prefix the first has its labels; a rule tells the second.
    let places: BTreeMap<_, _> =
        groups.iter().enumerate().rev().map(|(place, group)| (folded(&group.prefix), place)).collect();
    for (ix, label) in labels.iter().enumerate() {
        match prefix(&label.name).and_then(|prefix| places.get(&folded(prefix))) {
            Some(place) => groups[*place].labels.push(LabelIx(ix)),
            None => others.push(LabelIx(ix)),
        }
    }
    if !others.is_empty() {
        groups.push(LabelGroup { labels: others, ..group(String::new(), "Other Labels".into()) });
    }
    groups
}

/// What stands before the `:` of a label's name; nothing for a name that begins with one.
fn prefix(name: &str) -> Option<&str> {
    name.split_once(':').map(|(prefix, _)| prefix).filter(|prefix| !prefix.trim().is_empty())
}

fn groups_by_prefix(labels: &[Label]) -> Vec<LabelGroup> {
    let mut seen = BTreeSet::new();
    let prefixes = labels.iter().filter_map(|label| prefix(&label.name));
    let first_of_each = prefixes.filter(|prefix| seen.insert(prefix.to_ascii_lowercase()));
    first_of_each.map(|prefix| group(prefix.to_owned(), group_title(prefix))).collect()
}

fn listed_group(Sourced { origin, value }: &Sourced<schema::LabelGroup>) -> LabelGroup {
    LabelGroup {
        counts: value.counts.unwrap_or_default(),
        required: value.required.unwrap_or_default(),
        exclusive: value.exclusive.unwrap_or_default(),
        origin: Some(*origin),
        ..group(value.prefix.clone(), value.title.clone().unwrap_or_else(|| group_title(&value.prefix)))
    }
}

fn group(prefix: String, title: String) -> LabelGroup {
    LabelGroup {
        prefix,
        title,
        counts: false,
        required: false,
        exclusive: false,
        labels: Vec::new(),
        origin: None,
    }
}

/// `area` is called `Area Labels`.
fn group_title(prefix: &str) -> String {
    let mut letters = prefix.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(" Labels".chars()).collect()
}
