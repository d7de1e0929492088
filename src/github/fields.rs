//! Issue fields: what an organization defines for all its issues, and which part of an issue the roadmap puts into each.
//!
//! Values are texts here, in one form for the source, GitHub and the lock: a day, a number without needless digits, an
//! option's name. Source: docs.github.com, "REST API endpoints for organization issue fields" and "… for issue field values".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::normal;
use crate::{
    model::{self, LabelIx, Mapped, Roadmap, When},
    source::{FieldValues, schema},
};

/// What an issue field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldKind {
    /// Any text.
    Text,
    /// A day.
    Date,
    /// A number.
    Number,
    /// One of its options.
    SingleSelect,
    /// Any number of its options.
    MultiSelect,
}

impl FieldKind {
    /// What GitHub calls such a field.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::Number => "number",
            Self::SingleSelect => "single-select",
            Self::MultiSelect => "multi-select",
        }
    }
}

/// An issue field of the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrgField {
    /// Its REST id.
    pub(crate) id: u64,
    /// What it is called.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) kind: FieldKind,
    /// What can be chosen, in its order.
    pub(crate) options: Vec<String>,
}

impl OrgField {
    /// The name of an option as GitHub writes it, by its [`normal::folded`] one.
    pub(crate) fn option(&self, folded: &str) -> Option<&String> {
        self.options.iter().find(|option| normal::folded(option) == folded)
    }
}

/// The issue fields of whoever owns the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OrgFields {
    /// All of them.
    Known(Vec<OrgField>),
    /// There are none to be read, for this reason.
    None(String),
}

/// A value of an issue, as GitHub writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// The REST id of its field.
    pub(crate) field: u64,
    /// The value.
    pub(crate) value: String,
}

/// What the source maps to an issue field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapping {
    /// The field's name, as the source writes it.
    pub(crate) name: String,
    /// The same as it is compared.
    pub(crate) key: String,
    /// What goes into it.
    pub(crate) what: Mapped,
    /// The names of labels by the options that they say.
    pub(crate) labels: BTreeMap<String, String>,
}

impl Mapping {
    /// The kind that the field must have.
    pub(crate) fn kind(&self) -> FieldKind {
        match self.what {
            Mapped::StartOn | Mapped::DueOn => FieldKind::Date,
            Mapped::Estimate => FieldKind::Number,
            Mapped::Group(_) => FieldKind::SingleSelect,
        }
    }

    /// What the source says of an issue. A month or quarter begins on its first day and is due on its last one; an issue
    /// with several labels of a group says nothing about its field.
    fn wanted(&self, issue: &model::Issue, roadmap: &Roadmap) -> schema::Field<String> {
        match self.what {
            Mapped::StartOn => given(issue.start_on.and_then(When::first).map(|day| day.to_string())),
            Mapped::DueOn => match issue.due_on {
                // `later` is no day: GitHub is to have none either.
                Some(when) => schema::Field::Given(when.last().map(|day| day.to_string())),
                None => schema::Field::Absent,
            },
            Mapped::Estimate => given(issue.estimate.map(number)),
            Mapped::Group(group) => {
                let all = &roadmap.groups[group].labels;
                let mut labels = issue.labels().iter().filter(|link| all.contains(&link.to));
                let first = labels.next().map(|link| option(roadmap, link.to));
                given(first.filter(|_| labels.next().is_none()))
            }
        }
    }
}

fn given<T>(value: Option<T>) -> schema::Field<T> {
    value.map_or(schema::Field::Absent, |value| schema::Field::Given(Some(value)))
}

/// A number as it is compared and kept.
pub(crate) fn number(value: f64) -> String {
    value.to_string()
}

/// A number as JSON: a whole one without a fraction.
pub(crate) fn json_number(text: &str) -> Value {
    text.parse::<i64>().map(Value::from).or_else(|_| text.parse::<f64>().map(Value::from)).unwrap_or_default()
}

/// The option that a label says, as it is compared.
fn option(roadmap: &Roadmap, label: LabelIx) -> String {
    let name = &roadmap.labels[label.0].name;
    normal::folded(name.split_once(':').map_or(name.as_str(), |(_, option)| option))
}

/// What the source maps, in the order of its keys; what `check` refuses is left out.
pub(super) fn mappings(roadmap: &Roadmap) -> Vec<Mapping> {
    let mut mappings = Vec::<Mapping>::new();
    for (key, name) in &roadmap.github.fields.0 {
        let Some(what) = roadmap.mapped(key) else { continue };
        let (name, mut labels) = (normal::composed(name), BTreeMap::new());
        if let Mapped::Group(group) = what {
            let of_group = roadmap.groups[group].labels.iter();
            labels.extend(
                of_group.map(|ix| (option(roadmap, *ix), roadmap.labels[ix.0].name.trim().to_owned())),
            );
        }
        let key = normal::folded(&name);
        if !key.is_empty() && mappings.iter().all(|known| known.key != key && known.what != what) {
            mappings.push(Mapping { name, key, what, labels });
        }
    }
    mappings
}

/// What an issue's fields are to hold.
pub(super) fn wanted(mappings: &[Mapping], issue: &model::Issue, roadmap: &Roadmap) -> Values {
    mappings.iter().map(|mapping| (mapping.key.clone(), mapping.wanted(issue, roadmap))).collect()
}

/// The values of an issue, by the fields' names as they are compared.
pub(crate) type Values = BTreeMap<String, schema::Field<String>>;

/// The issue fields that are filled, by their names as they are compared, and why others are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fillable {
    /// Those that fit what the source puts into them.
    pub(crate) fields: BTreeMap<String, OrgField>,
    /// Why the others cannot be filled and what to do about it, by their names as they are compared.
    pub(crate) unfit: BTreeMap<String, String>,
    /// What is in the way of all, and what to do about it.
    pub(crate) notes: Vec<String>,
}

/// What the fields of an issue hold, of those that are filled; nothing where that is not known.
pub(super) fn there(values: Option<&Vec<FieldValue>>, fillable: &Fillable) -> Values {
    let Some(values) = values else { return Values::new() };
    let value = |field: &OrgField| {
        let value = values.iter().find(|value| value.field == field.id)?;
        Some(compared(field.kind, &value.value))
    };
    fillable.fields.iter().map(|(key, field)| (key.clone(), schema::Field::Given(value(field)))).collect()
}

/// A value of GitHub's as it is compared.
pub(super) fn compared(kind: FieldKind, value: &str) -> String {
    match kind {
        FieldKind::SingleSelect | FieldKind::MultiSelect => normal::folded(value),
        FieldKind::Text => normal::text(value),
        FieldKind::Date | FieldKind::Number => value.to_owned(),
    }
}

/// Values as the lock keeps them.
pub(super) fn kept(values: &Values) -> schema::Field<FieldValues> {
    let said = values.iter().filter_map(|(key, value)| match value {
        schema::Field::Given(value) => Some((key.clone(), value.clone())),
        schema::Field::Absent => None,
    });
    let kept: BTreeMap<_, _> = said.collect();
    if kept.is_empty() { schema::Field::Absent } else { schema::Field::Given(Some(FieldValues(kept))) }
}

/// One of the values that the lock keeps.
pub(super) fn of(kept: &schema::Field<FieldValues>, key: &str) -> schema::Field<String> {
    match kept.get().and_then(|FieldValues(values)| values.get(key)) {
        Some(value) => schema::Field::Given(value.clone()),
        None => schema::Field::Absent,
    }
}

/// The fields and values that the lock knows, for a plan without a network: ids are places in the list of mappings.
pub(super) fn as_locked(mappings: &[Mapping]) -> OrgFields {
    let field = |(id, mapping): (u64, &Mapping)| OrgField {
        id,
        name: mapping.name.clone(),
        kind: mapping.kind(),
        options: mapping.labels.keys().cloned().collect(),
    };
    OrgFields::Known((1..).zip(mappings).map(field).collect())
}

/// The values of an issue that the lock knows, in the same manner.
pub(super) fn locked(mappings: &[Mapping], kept: &schema::Field<FieldValues>) -> Vec<FieldValue> {
    let value = |(field, mapping): (u64, &Mapping)| {
        Some(FieldValue { field, value: of(kept, &mapping.key).get()?.clone() })
    };
    (1..).zip(mappings).filter_map(value).collect()
}
