//! What a plan leaves until somebody decides, entry by entry, with what decides it.

use super::entries::{Detail, Entry, Sign, issue_field, label_field, milestone_field, named};
use crate::{
    github::{
        plan::{Conflict, Found, Item, Plan, Titled},
        remote::Gone,
    },
    model::Id,
    report::first_of,
};

/// What the plan leaves until somebody decides.
pub(super) fn conflicts(plan: &Plan) -> Vec<Entry> {
    plan.conflicts.iter().map(conflict).collect()
}

/// Issues by their ids, and how many more there are.
fn ids(issues: &[Id]) -> String {
    first_of(&issues.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>())
}

fn conflict(conflict: &Conflict) -> Entry {
    let (noun, id) = subject(conflict);
    let more = number(conflict).map(|number| format!("#{number}")).unwrap_or_default();
    Entry { sign: Sign::Conflict, noun, id, more, details: vec![detail(conflict)] }
}

/// What cannot be decided: the noun and the name.
fn subject(conflict: &Conflict) -> (&'static str, String) {
    match conflict {
        Conflict::Label { label, .. } | Conflict::NoOption { label, .. } => ("label", label.clone()),
        Conflict::Milestone { item, .. } => ("milestone", item.to_string()),
        Conflict::Issue { item, .. }
        | Conflict::Taken { item, .. }
        | Conflict::Unmarked { item, .. }
        | Conflict::TooLong { item, .. }
        | Conflict::Unreached { item, .. }
        | Conflict::Elsewhere { item, .. } => ("issue", item.to_string()),
        Conflict::Closed { item, .. }
        | Conflict::Alike { item, .. }
        | Conflict::Ambiguous { item, .. }
        | Conflict::Gone { item, .. }
        | Conflict::Deleted { item, .. } => named(item),
        Conflict::NoField { field, .. } => ("issue field", field.clone()),
    }
}

/// The number beside the name, where there is one thing that has it.
fn number(conflict: &Conflict) -> Option<u64> {
    match conflict {
        Conflict::Milestone { number, .. }
        | Conflict::Issue { number, .. }
        | Conflict::Closed { number, .. }
        | Conflict::Gone { number, .. } => Some(*number),
        Conflict::Deleted { number, .. } => *number,
        _ => None,
    }
}

/// What stands in the way, and what decides it.
fn detail(conflict: &Conflict) -> Detail {
    let told = match conflict {
        Conflict::Label { field, .. } => return label_field(field),
        Conflict::Milestone { field, .. } => return milestone_field(field),
        Conflict::Issue { field, .. } => return issue_field(field),
        Conflict::Closed { .. } => "closed on GitHub, open in the source: `--reopen` opens it again".into(),
        Conflict::Ambiguous { item, found, numbers } => ambiguous(item, *found, numbers),
        Conflict::Alike { item, title, others } => alike(item, title, others),
        Conflict::Taken { number, marker, .. } => {
            format!("the lock says #{number}, which is `{marker}`: correct the lock, or take the line out")
        }
        Conflict::Unmarked { item, number } => format!(
            "the lock says #{number}, which lacks the marker `<!-- roadbook:id={item} -->`: put that line below its body if it is this issue, else take the entry out of the lock"
        ),
        Conflict::TooLong { characters, .. } => {
            format!("its body would have {characters} characters, and GitHub takes 65536: shorten it")
        }
        Conflict::Unreached { field, to, .. } => {
            format!("`{}` leads to `{to}`, which is in conflict itself", field.key())
        }
        Conflict::Elsewhere { field, to, gone, .. } => {
            format!("`{}` leads to `{to}`, and is left as it is: {}", field.key(), elsewhere(gone))
        }
        Conflict::NoField { issues, why, .. } => format!("cannot be filled for {}: {why}", ids(issues)),
        Conflict::NoOption { field, option, options, issues, .. } => {
            no_option(field, option, options, issues)
        }
        Conflict::Gone { gone, .. } => format!("{}: {}", gone.words(), help(gone)),
        Conflict::Deleted { .. } => {
            "deleted on GitHub: `--recreate` makes it again, or take it out of the source".into()
        }
    };
    Detail::Words(told)
}

fn ambiguous(item: &Item, found: Found, numbers: &[u64]) -> String {
    let by = if found == Found::Marker { "marker" } else { "title" };
    let all: Vec<_> = numbers.iter().map(|number| format!("#{number}")).collect();
    format!(
        "{} have its {by}: `--adopt oldest` takes the first one and closes the others, `--adopt {}={}` takes that one and leaves the others",
        all.join(", "),
        named(item).1,
        numbers.last().map(u64::to_string).unwrap_or_default()
    )
}

fn alike(item: &Item, title: &str, others: &[Titled]) -> String {
    let all: Vec<_> = others.iter().map(|it| format!("#{} `{}`", it.number, it.title)).collect();
    let number = others.first().map(|other| other.number).unwrap_or_default();
    let (noun, id) = named(item);
    let how = match item {
        Item::Milestone(_) => format!("has its id or nearly its title, which is `{title}` in the source"),
        _ => format!("has its id in the title and another title than the source (`{title}`)"),
    };
    format!(
        "{} {how}: `--adopt {id}={number}` takes it, `--adopt {id}=new` makes a new {noun}",
        all.join(", ")
    )
}

/// Why an issue of another repository cannot be related to.
fn elsewhere(gone: &Gone) -> String {
    match gone {
        Gone::Hidden => "GitHub does not show it to this token".into(),
        gone => gone.words(),
    }
}

fn no_option(field: &str, option: &str, options: &[String], issues: &[Id]) -> String {
    let has: Vec<_> = options.iter().map(|option| format!("`{option}`")).collect();
    let has = if has.is_empty() { "none".to_owned() } else { has.join(", ") };
    format!(
        "the issue field `{field}` has no option for it (it has {has}), so it stays unset for {}: add `{option}` to it in the settings of the organization, or rename the label",
        ids(issues)
    )
}

/// What decides about an issue that is no issue of the repository any more.
fn help(gone: &Gone) -> &'static str {
    match gone {
        Gone::PullRequest => {
            "take the item out of the source, or the marker out of its description and the entry out of the lock"
        }
        Gone::Hidden => "look there first; without its entry in the lock it is made again",
        Gone::Moved(_) | Gone::Discussion | Gone::Deleted => {
            "take the item out of the source, or its entry out of the lock to have it made here again"
        }
    }
}
