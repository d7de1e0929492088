//! The plan as entries: what is said of each operation and conflict, before it is said in any form.

use crate::{
    github::{
        plan::{
            Change, Close, FieldChange, Found, IssueField, IssueRef, Item, LabelField, MilestoneField,
            MilestoneRef, NewIssue, Operation, Plan, Pruned, SetChange, Unmanaged, Uses,
        },
        state::{IssueState, Label, Milestone},
    },
    report::counted,
    source::schema::StateReason,
};

/// What becomes of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// It is made.
    Create,
    /// It is changed.
    Change,
    /// It is found without the lock, and is ours from then on.
    Adopt,
    /// It is closed or removed.
    Remove,
    /// It is left until somebody decides.
    Conflict,
}

impl Sign {
    /// Whether a value stands for itself: what is made, or removed, has no other.
    pub(super) fn says_all(self, was: Option<&str>) -> bool {
        self == Self::Create || (self == Self::Remove && was.is_none())
    }
}

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) sign: Sign,
    /// What it is: `issue`, `label`, `milestone`.
    pub(super) noun: &'static str,
    /// Its id or name, as people wrote it.
    pub(super) id: String,
    /// More of it, as `#12`, in words of ours.
    pub(super) more: String,
    /// Its fields.
    pub(super) details: Vec<Detail>,
}

/// What is told of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Detail {
    /// A value and what becomes of it; `None` is nothing.
    Value { field: &'static str, was: Option<String>, becomes: Option<String> },
    /// An issue field of the organization, with what goes into it, and what becomes of its value.
    Custom { field: &'static str, name: String, was: Option<String>, becomes: Option<String> },
    /// A long text and what becomes of it.
    Text { field: &'static str, was: String, becomes: String },
    /// Words of ours.
    Words(String),
}

/// What the plan does, in its order.
pub(super) fn operations(plan: &Plan) -> Vec<Entry> {
    plan.operations.iter().map(operation).collect()
}

fn operation(operation: &Operation) -> Entry {
    match operation {
        Operation::CreateLabel { label, .. } => made("label", &label.name, new_label(label)),
        Operation::ChangeLabel { label, fields, found, .. } => {
            changed("label", label, (*found, None), fields.iter().map(label_field))
        }
        Operation::CreateMilestone { item, milestone, .. } => {
            made("milestone", item.as_str(), new_milestone(milestone))
        }
        Operation::ChangeMilestone { item, key, fields, found, .. } => {
            let details = fields.iter().map(milestone_field);
            changed("milestone", item.as_str(), (*found, Some(key.number)), details)
        }
        Operation::CreateIssue { item, issue, .. } => made("issue", item.as_str(), new_issue(issue)),
        Operation::ChangeIssue { item, key, fields, found, .. } => {
            changed("issue", item.as_str(), (*found, Some(key.number)), fields.iter().map(issue_field))
        }
        Operation::SetParent { issue, was, becomes } => {
            relation(issue, vec![related("parent", was.as_ref(), becomes.as_ref())])
        }
        Operation::AddBlocker { issue, blocker } => {
            relation(issue, vec![related("blocked_by", None, Some(blocker))])
        }
        Operation::RemoveBlocker { issue, blocker } => {
            relation(issue, vec![related("blocked_by", Some(blocker), None)])
        }
        Operation::CloseIssue { issue, becomes, close, .. } => closed(issue, *becomes, close),
        Operation::SetFields { issue, fields } => relation(issue, fields.iter().map(custom).collect()),
        Operation::ReopenIssue { item, key, .. } => {
            let entry = entry(Sign::Change, "issue", item.as_str(), vec![Detail::Words("open again".into())]);
            Entry { more: format!("#{}", key.number), ..entry }
        }
        Operation::AddLabel { number, is_pull, label, merged } => {
            beside_merged(*number, *is_pull, label, merged)
        }
        Operation::MergeLabel { merged, into, numbers, .. } => merged_into(&merged.name, into, numbers.len()),
        Operation::Prune { pruned, .. } => removed(pruned),
    }
}

fn entry(sign: Sign, noun: &'static str, id: &str, details: Vec<Detail>) -> Entry {
    Entry { sign, noun, id: id.into(), more: String::new(), details }
}

/// What is made, with the fields that say something.
fn made<const N: usize>(noun: &'static str, id: &str, fields: [(&'static str, Option<String>); N]) -> Entry {
    entry(Sign::Create, noun, id, said(fields))
}

fn new_label(label: &Label) -> [(&'static str, Option<String>); 2] {
    [("color", label.color.get().cloned()), ("description", label.description.get().cloned())]
}

fn new_milestone(milestone: &Milestone) -> [(&'static str, Option<String>); 3] {
    [
        ("title", Some(milestone.title.clone())),
        ("description", milestone.description.get().cloned()),
        ("due_on", milestone.due_on.get().map(ToString::to_string)),
    ]
}

fn new_issue(issue: &NewIssue) -> [(&'static str, Option<String>); 5] {
    [
        ("title", Some(issue.title.clone())),
        ("milestone", issue.milestone.as_ref().map(milestone_words)),
        ("labels", listed(&issue.labels)),
        ("assignees", listed(&issue.assignees)),
        ("type", issue.kind.clone()),
    ]
}

/// What is changed, with how it was found, and its number where it has one.
fn changed(
    noun: &'static str,
    id: &str,
    (found, number): (Found, Option<u64>),
    details: impl Iterator<Item = Detail>,
) -> Entry {
    let number = number.map(|number| format!("#{number}")).unwrap_or_default();
    let more = format!("{number}{}", adopted(found));
    Entry { more, ..entry(sign(found), noun, id, details.collect()) }
}

fn closed(issue: &IssueRef, becomes: IssueState, close: &Close) -> Entry {
    let why = match close {
        Close::Said => String::new(),
        Close::Pruned(id) => format!(", `{id}` left the source"),
        Close::Duplicate(id) => format!(", a copy of `{id}`"),
    };
    let words = Detail::Words(format!("{}{why}", standing(becomes)));
    Entry { sign: Sign::Remove, ..relation(issue, vec![words]) }
}

/// An issue or a pull request with a label that is merged into another one, which it gets beside it.
fn beside_merged(number: u64, is_pull: bool, label: &str, merged: &str) -> Entry {
    let noun = if is_pull { "pull request" } else { "issue" };
    let words = format!("`{label}` beside `{merged}`, which is merged into it");
    entry(Sign::Change, noun, &format!("#{number}"), vec![Detail::Words(words)])
}

fn merged_into(merged: &str, into: &str, issues: usize) -> Entry {
    let words = format!("merged into `{into}`, with {}", counted(issues, "issue"));
    entry(Sign::Remove, "label", merged, vec![Detail::Words(words)])
}

/// What left the source and is removed.
fn removed(pruned: &Pruned) -> Entry {
    match pruned {
        Pruned::Label { name, uses } => {
            entry(Sign::Remove, "label", name, vec![Detail::Words(used(*uses, "have"))])
        }
        Pruned::Milestone { id, number, title, uses } => {
            let title = Detail::Value { field: "title", was: None, becomes: Some(title.clone()) };
            let entry =
                entry(Sign::Remove, "milestone", id, vec![title, Detail::Words(used(*uses, "belong to"))]);
            Entry { more: format!("#{number}"), ..entry }
        }
    }
}

/// What left the source, in a line.
pub(super) fn unmanaged(unmanaged: &Unmanaged) -> (&'static str, String, String) {
    match unmanaged {
        Unmanaged::Label { name, uses } => ("label", name.clone(), used(*uses, "have")),
        Unmanaged::Milestone { number, title, uses, .. } => {
            ("milestone", title.clone(), format!("#{number}, {}", used(*uses, "belong to")))
        }
        Unmanaged::Issue { number, title, is_open, .. } => {
            ("issue", title.clone(), format!("#{number}, {}", if *is_open { "open" } else { "closed" }))
        }
    }
}

/// The noun and the name of an item.
pub(super) fn named(item: &Item) -> (&'static str, String) {
    match item {
        Item::Label(name) => ("label", name.clone()),
        Item::Milestone(id) => ("milestone", id.to_string()),
        Item::Issue(id) => ("issue", id.to_string()),
    }
}

fn sign(found: Found) -> Sign {
    if matches!(found, Found::Lock | Found::Was) { Sign::Change } else { Sign::Adopt }
}

fn adopted(found: Found) -> String {
    match found {
        Found::Lock => "",
        Found::Marker => " found by its marker",
        Found::Title => " found by its title",
        Found::Was => " found by what it was",
    }
    .into()
}

fn relation(issue: &IssueRef, details: Vec<Detail>) -> Entry {
    let (id, more) = match issue {
        IssueRef::Made { made } => (made.to_string(), String::new()),
        IssueRef::There { item: Some(item), key } => (item.to_string(), format!("#{}", key.number)),
        IssueRef::There { item: None, .. } | IssueRef::Elsewhere { .. } => {
            (issue_words(issue), String::new())
        }
    };
    Entry { sign: Sign::Change, noun: "issue", id, more, details }
}

fn related(field: &'static str, was: Option<&IssueRef>, becomes: Option<&IssueRef>) -> Detail {
    Detail::Value { field, was: was.map(issue_words), becomes: becomes.map(issue_words) }
}

/// The fields that say something.
fn said<const N: usize>(fields: [(&'static str, Option<String>); N]) -> Vec<Detail> {
    let said = fields.into_iter().filter(|(_, value)| value.is_some());
    said.map(|(field, becomes)| Detail::Value { field, was: None, becomes }).collect()
}

/// How often something is used, as `2 issues and 1 pull request have it`.
fn used(Uses { issues, pulls }: Uses, how: &str) -> String {
    let verb = match (how, issues + pulls) {
        ("have", 1) => "has",
        (_, 1) => "belongs to",
        (how, _) => how,
    };
    let (issues, beside) = (counted(issues, "issue"), counted(pulls, "pull request"));
    if pulls == 0 { format!("{issues} {verb} it") } else { format!("{issues} and {beside} {verb} it") }
}

pub(super) fn label_field(field: &LabelField) -> Detail {
    match field {
        LabelField::Name(change) => plain("name", change),
        LabelField::Color(change) => maybe("color", change),
        LabelField::Description(change) => maybe("description", change),
    }
}

pub(super) fn milestone_field(field: &MilestoneField) -> Detail {
    match field {
        MilestoneField::Title(change) => plain("title", change),
        MilestoneField::Description(change) => maybe("description", change),
        MilestoneField::DueOn(Change { was, becomes }) => {
            let day = |day: &Option<crate::model::Day>| day.map(|day| day.to_string());
            Detail::Value { field: "due_on", was: day(was), becomes: day(becomes) }
        }
        MilestoneField::State(Change { was, becomes }) => Detail::Value {
            field: "state",
            was: Some(was.word().into()),
            becomes: Some(becomes.word().into()),
        },
    }
}

pub(super) fn issue_field(field: &IssueField) -> Detail {
    match field {
        IssueField::Title(change) => plain("title", change),
        IssueField::Body(Change { was, becomes }) => {
            Detail::Text { field: "body", was: was.clone(), becomes: becomes.clone() }
        }
        IssueField::Labels(SetChange { added, removed, .. }) => {
            Detail::Value { field: "labels", was: listed(removed), becomes: listed(added) }
        }
        IssueField::Assignees(Change { was, becomes }) => {
            Detail::Value { field: "assignees", was: listed(was), becomes: listed(becomes) }
        }
        IssueField::Milestone(Change { was, becomes }) => {
            let words = |it: &Option<MilestoneRef>| it.as_ref().map(milestone_words);
            Detail::Value { field: "milestone", was: words(was), becomes: words(becomes) }
        }
        IssueField::Kind(change) => maybe("type", change),
        IssueField::Parent(Change { was, becomes }) => {
            let words = |it: &Option<IssueRef>| it.as_ref().map(issue_words);
            Detail::Value { field: "parent", was: words(was), becomes: words(becomes) }
        }
        IssueField::BlockedBy(Change { was, becomes }) => {
            let words = |all: &Vec<IssueRef>| listed(&all.iter().map(issue_words).collect::<Vec<_>>());
            Detail::Value { field: "blocked_by", was: words(was), becomes: words(becomes) }
        }
        IssueField::State(Change { was, becomes }) => {
            Detail::Value { field: "state", was: Some(standing(*was)), becomes: Some(standing(*becomes)) }
        }
        IssueField::StateReason(Change { was, becomes }) => {
            let words = |reason: &StateReason| Some(reason.words().to_owned());
            Detail::Value { field: "state_reason", was: words(was), becomes: words(becomes) }
        }
        IssueField::Custom(change) => custom(change),
    }
}

fn custom(change: &FieldChange) -> Detail {
    let FieldChange { of, name, was, becomes, .. } = change.clone();
    Detail::Custom { field: of.key(), name, was, becomes }
}

fn plain(field: &'static str, change: &Change<String>) -> Detail {
    Detail::Value { field, was: Some(change.was.clone()), becomes: Some(change.becomes.clone()) }
}

fn maybe(field: &'static str, change: &Change<Option<String>>) -> Detail {
    Detail::Value { field, was: change.was.clone(), becomes: change.becomes.clone() }
}

fn listed(list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| list.join(", "))
}

fn issue_words(issue: &IssueRef) -> String {
    match issue {
        IssueRef::Made { made } => made.to_string(),
        IssueRef::There { item: Some(item), .. } => item.to_string(),
        IssueRef::There { item: None, key } => format!("#{}", key.number),
        IssueRef::Elsewhere { elsewhere, .. } => elsewhere.to_string(),
    }
}

fn milestone_words(milestone: &MilestoneRef) -> String {
    match milestone {
        MilestoneRef::Made { made } => made.to_string(),
        MilestoneRef::There { item: Some(item), .. } => item.to_string(),
        MilestoneRef::There { item: None, title, .. } => title.clone(),
    }
}

fn standing(standing: IssueState) -> String {
    let reason = match standing {
        IssueState::Open => return "open".into(),
        IssueState::Closed(None) => return "closed".into(),
        IssueState::Closed(Some(reason)) => reason,
    };
    format!("closed as {}", reason.words())
}
