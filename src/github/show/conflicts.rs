//! What a plan leaves until somebody decides, entry by entry, with what decides it.

use super::entries::{Detail, Entry, Sign, issue_field, label_field, milestone_field, named};
use crate::{
    github::{
        plan::{Conflict, Found, Plan},
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
    let entry = |(noun, id): (&'static str, String), more, details| Entry {
        sign: Sign::Conflict,
        noun,
        id,
        more,
        details,
    };
    let words = |words: &str| vec![Detail::Words(words.into())];
    let numbered = |number: &u64| format!("#{number}");
    match conflict {
        Conflict::Label { label, field } => {
            entry(("label", label.clone()), String::new(), vec![label_field(field)])
        }
        Conflict::Milestone { item, number, field } => {
            entry(("milestone", item.to_string()), numbered(number), vec![milestone_field(field)])
        }
        Conflict::Issue { item, number, field } => {
            entry(("issue", item.to_string()), numbered(number), vec![issue_field(field)])
        }
        Conflict::Closed { item, number } => entry(
            named(item),
            numbered(number),
            words("closed in GitHub, open in the source: `--reopen` opens it again"),
        ),
        Conflict::Ambiguous { item, found, numbers } => {
            let by = if *found == Found::Marker { "marker" } else { "title" };
            let numbers: Vec<_> = numbers.iter().map(numbered).collect();
            let told = format!(
                "{} have its {by}: `--adopt oldest` takes the first one and closes the others, `--adopt {}={}` takes that one and leaves the others",
                numbers.join(", "),
                named(item).1,
                numbers.last().map_or("", |number| number.trim_start_matches('#'))
            );
            entry(named(item), String::new(), words(&told))
        }
        Conflict::Alike { item, title, issues } => {
            let all: Vec<_> = issues.iter().map(|it| format!("#{} `{}`", it.number, it.title)).collect();
            let number = issues.first().map(|issue| issue.number).unwrap_or_default();
            let told = format!(
                "{} has its id in the title and another title than the source (`{title}`): `--adopt {item}={number}` takes it, `--adopt {item}=new` makes a new issue",
                all.join(", ")
            );
            entry(("issue", item.to_string()), String::new(), words(&told))
        }
        Conflict::Taken { item, number, marker } => {
            let told = format!(
                "the lock says #{number}, which is `{marker}`: correct the lock, or take the line out"
            );
            entry(("issue", item.to_string()), String::new(), words(&told))
        }
        Conflict::Unmarked { item, number } => {
            let told = format!(
                "the lock says #{number}, which lacks the marker `<!-- roadbook:id={item} -->`: put that line below its body if it is this issue, else take the entry out of the lock"
            );
            entry(("issue", item.to_string()), String::new(), words(&told))
        }
        Conflict::TooLong { item, characters } => {
            let told =
                format!("its body would have {characters} characters, and GitHub takes 65536: shorten it");
            entry(("issue", item.to_string()), String::new(), words(&told))
        }
        Conflict::Unreached { item, field, to } => {
            let told = format!("`{}` leads to `{to}`, which is in conflict itself", field.key());
            entry(("issue", item.to_string()), String::new(), words(&told))
        }
        Conflict::Elsewhere { item, field, to, gone } => {
            let why = match gone {
                Gone::Hidden => "GitHub does not show it to this token".into(),
                gone => gone.words(),
            };
            let told = format!("`{}` leads to `{to}`, and is left as it is: {why}", field.key());
            entry(("issue", item.to_string()), String::new(), words(&told))
        }
        Conflict::NoField { field, issues, why } => {
            let told = format!("cannot be filled for {}: {why}", ids(issues));
            entry(("issue field", field.clone()), String::new(), words(&told))
        }
        Conflict::NoOption { field, option, label, options, issues } => {
            let has: Vec<_> = options.iter().map(|option| format!("`{option}`")).collect();
            let has = if has.is_empty() { "none".to_owned() } else { has.join(", ") };
            let told = format!(
                "the issue field `{field}` has no option for it (it has {has}), so it stays unset for {}: add `{option}` to it in the settings of the organization, or rename the label",
                ids(issues)
            );
            entry(("label", label.clone()), String::new(), words(&told))
        }
        Conflict::Gone { item, number, gone } => {
            let help = match gone {
                Gone::PullRequest => {
                    "take the item out of the source, or the marker out of its description and the entry out of the lock"
                }
                Gone::Hidden => "look there first; without its entry in the lock it is made again",
                Gone::Moved(_) | Gone::Discussion | Gone::Deleted => {
                    "take the item out of the source, or its entry out of the lock to have it made here again"
                }
            };
            let told = format!("{}: {help}", gone.words());
            entry(("issue", item.to_string()), numbered(number), words(&told))
        }
        Conflict::Deleted { item, number } => {
            let more = number.as_ref().map(numbered).unwrap_or_default();
            entry(
                named(item),
                more,
                words("deleted in GitHub: `--recreate` makes it again, or take it out of the source"),
            )
        }
    }
}
