//! What words of documents mean: heads of columns, names before values, headings, states. All of them are in lower case.

mod headings;
mod names;
mod signs;

use std::{collections::BTreeMap, sync::LazyLock};

use crate::model::fields::{self, Kind};
pub(crate) use headings::{heading_state, is_of_labels, is_of_milestones, is_plan_within, state_words};
pub(crate) use signs::{Signed, before_release, boxed, signed};

/// What a column holds, or a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// The row's place in the table: it says nothing.
    Place,
    Id,
    Title,
    Description,
    Goal,
    Labels,
    Milestone,
    /// How many issues there are: derived, and held against them.
    Count,
    /// How far a milestone has come: derived.
    Progress,
    State,
    Assignees,
    Owner,
    Due,
    Start,
    Waits,
    Parent,
    Color,
    /// Any other field of an item: its kind says how it is read.
    Plain(&'static fields::Field),
    /// How urgent it is: a label of that group.
    Priority,
    /// Which issues wait for it: what they are blocked by, said the other way round.
    Blocks,
    /// Its address.
    Address,
    /// Kept as the user's own data, where `--map` says so.
    Extra,
    Unknown,
}

/// How sure it is that words say something of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// What stands above or before them names the field, and means nothing else.
    Sure,
    /// It may mean something else as well: only what stands around it tells.
    Likely,
}

/// Heads that only tables of issues have.
pub(crate) const OF_ISSUES: [&str; 11] = [
    "labels",
    "tags",
    "assignee",
    "assignees",
    "issue #",
    "issue id",
    "issue title",
    "issue",
    "task",
    "ticket",
    "story",
];

/// Heads of what a label is called, in tables of labels.
pub(crate) const LABELS: [&str; 3] = ["label", "tag", "label name"];

/// Words of headings below which milestones or issues stand.
pub(crate) const CONTAINERS: [&str; 6] =
    ["issues", "tasks", "backlog", "work items", "tickets", "deliverables"];

/// Headings within a milestone's section that its issues are listed below.
pub(crate) const LISTS: [&str; 6] = ["issues", "tasks", "work", "scope", "issue list", "deliverables"];

/// Headings of issues that belong to no milestone.
pub(crate) const UNPLANNED: [&str; 5] =
    ["without a milestone", "no milestone", "unplanned", "unassigned", "backlog"];

/// What people call times without naming a day.
pub(crate) const HORIZONS: [&str; 12] = [
    "now",
    "next",
    "later",
    "soon",
    "future",
    "someday",
    "maybe",
    "short term",
    "mid term",
    "medium term",
    "long term",
    "backlog",
];

/// Words of headings whose lists are no work, however they look.
pub(crate) const FREE: [&str; 22] = [
    "out of scope",
    "faq",
    "next step",
    "file",
    "note",
    "reference",
    "checklist",
    "definition",
    "acceptance",
    "getting started",
    "prerequisite",
    "question",
    "risk",
    "glossary",
    "appendix",
    "link",
    "usage",
    "contribut",
    "license",
    "contents",
    "changelog",
    "how to",
];

/// Words of headings below which plain lists and headings are no work.
pub(crate) const PROSE: [&str; 16] = [
    "about",
    "overview",
    "background",
    "introduction",
    "motivation",
    "vision",
    "principle",
    "goal",
    "description",
    "context",
    "why",
    "legend",
    "metric",
    "depend",
    "summary",
    "stack",
];

/// Words of names and titles of documents that are plans, whose plain lists are their items.
const PLANS: [&str; 9] =
    ["roadmap", "todo", "todos", "backlog", "plan", "tasks", "milestones", "kanban", "sprint"];

/// What follows the title of a document that `build` writes.
pub(crate) const ENDINGS: [&str; 4] = [
    "milestones and issues summary",
    "milestones and issues",
    "milestones & issues",
    "summary of milestones and issues",
];

impl Field {
    /// The field that a name stands for, and how surely.
    pub(crate) fn named(name: &str) -> Option<(Self, Certainty)> {
        // A table can have thousands of heads.
        static NAMED: LazyLock<BTreeMap<&str, (Field, Certainty)>> = LazyLock::new(|| {
            let mut named = BTreeMap::new();
            for (field, [sure, likely]) in names::all() {
                for (words, certainty) in [(sure, Certainty::Sure), (likely, Certainty::Likely)] {
                    let words = words.split(", ").filter(|word| !word.is_empty());
                    words.for_each(|word| _ = named.entry(word).or_insert((field, certainty)));
                }
            }
            named
        });
        NAMED.get(name).copied()
    }

    /// What to write where the words are no value of it.
    pub(crate) fn help(self) -> &'static str {
        match self {
            Self::State => "a state is open or closed: say more with labels",
            Self::Assignees => "name people by their GitHub logins, as `@mara`",
            Self::Parent => "name the issue that it is a part of by its id",
            Self::Plain(fields::Field { kind: Kind::Day, .. }) => "write a day as in `2026-11-22`",
            Self::Plain(fields::Field { kind: Kind::Points, .. }) => "an estimate is a number of points",
            _ => "",
        }
    }
}

/// Whether a word is one of those between commas.
fn is_among(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split(", ").any(|own| own == word)
}

/// Words as they are looked up: in lower case, without marks.
pub(crate) fn name(text: &str) -> String {
    let letters = if text.contains(char::is_whitespace) { text.to_lowercase() } else { words_of(text) };
    let letters: String =
        letters.chars().map(|c| if c.is_alphanumeric() || c == '#' { c } else { ' ' }).collect();
    let name = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    // Jira writes its users' fields as `Custom field (Story Points)`.
    name.strip_prefix("custom field ").map_or(name.clone(), str::to_owned)
}

/// Whether a key is that of a title.
pub(crate) fn is_title(key: &str) -> bool {
    let name = name(key);
    matches!(Field::named(&name), Some((Field::Title, _)))
        || ["issue", "task", "text", "description"].contains(&name.as_str())
}

/// A key of a program as words: `dueDate` as `due date`.
fn words_of(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 4);
    let mut before = ' ';
    for c in key.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
        before = c;
    }
    words
}

/// Words that say that something is done.
const CLOSED: &str = "done, closed, complete, completed, finished, shipped, merged, released, resolved, yes, true, \
     x, ✅, ✔, ✔️, ✓, ☑, ☑️";

/// Words that say that it is not done.
const OPEN: &str = "open, opened, todo, to do, planned, in progress, wip, doing, started, not started, pending, \
     next, in review, review, blocked, on hold, paused, backlog, ready, active, new, upcoming, no, \
     false, triage, unstarted, in development, selected for development, reopened, waiting, \
     testing, qa, ⬜, ☐, 🚧, ⏳";

/// Words that say that nobody will do it.
const DROPPED: &str = "cancelled, canceled, dropped, abandoned, rejected, won t do, wont do, wontfix, obsolete, \
     duplicate, won t fix, wont fix, not planned, will not do, declined";

/// Words that say open or closed, and nothing more.
const BARE: &str = "open, closed, todo, to do, done, completed, complete, finished, x, yes, no, true, false, ✅, ✔, ✓, ☐, ⬜";

/// Whether a state says more than open or closed, as `In review` does.
pub(crate) fn says_more(text: &str) -> bool {
    let word = text.trim().to_lowercase();
    !is_among(BARE, &word) && !is_among(BARE, &name(&word))
}

/// Names of lists of milestones, and of issues, in files of keys and values.
pub(crate) const MILESTONE_LISTS: [&str; 6] =
    ["milestones", "epics", "releases", "versions", "sprints", "iterations"];

/// The same of issues.
pub(crate) const ISSUE_LISTS: [&str; 14] = [
    "issues",
    "tasks",
    "items",
    "todos",
    "tickets",
    "stories",
    "user stories",
    "cards",
    "backlog",
    "features",
    "bugs",
    "work",
    "work items",
    "deliverables",
];

/// Keys of programs around a list that is all they have to say.
pub(crate) const AROUND: [&str; 8] =
    ["data", "results", "nodes", "records", "rows", "entries", "objects", "values"];

/// The same of what is to be done within an issue.
pub(crate) const STEPS: [&str; 7] =
    ["subtasks", "sub tasks", "children", "checklist", "steps", "acceptance criteria", "acceptance"];

/// Whether a document of this name or title is a plan.
pub(crate) fn is_plan(text: &str) -> bool {
    name(text).split(' ').any(|word| PLANS.contains(&word))
}

/// Whether a word says that something is closed because nobody will do it.
pub(crate) fn is_dropped(text: &str) -> bool {
    is_among(DROPPED, &name(text))
}

/// Whether words say `open` or `closed`, be it with a mark before them.
pub(crate) fn state(text: &str) -> Option<&'static str> {
    let word = text.trim().trim_matches(['[', ']', '*', '.']).to_lowercase();
    let said = |word: &str| if is_dropped(word) { Some("closed") } else { state_of(word) };
    said(&word).or_else(|| said(&name(&word)))
}

fn state_of(word: &str) -> Option<&'static str> {
    if is_among(CLOSED, word) {
        return Some("closed");
    }
    is_among(OPEN, word).then_some("open")
}

/// Whether a cell says that there is nothing.
pub(crate) fn is_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—" | "n/a" | "N/A" | "none" | "None" | "TBD" | "tbd")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_name_stands_for_one_field() {
        let mut seen = BTreeMap::new();
        for (field, heads) in names::all() {
            for word in heads.into_iter().flat_map(|names| names.split(", ")).filter(|word| !word.is_empty())
            {
                assert_eq!(*seen.entry(word).or_insert(field), field, "`{word}` stands for two fields");
                assert_eq!(name(word), word, "as it is looked up");
                assert_eq!(Field::named(word).map(|(found, _)| found), Some(field));
            }
        }
        assert!(seen.len() > 130, "{}", seen.len());
    }

    #[test]
    fn a_field_of_the_source_has_its_key_and_others_have_none() {
        for (field, [sure, _]) in names::all().filter(|(_, [sure, _])| !sure.is_empty()) {
            let is_derived = matches!(
                field,
                Field::Count | Field::Progress | Field::Priority | Field::Address | Field::Blocks
            );
            assert_eq!(field.key().is_empty(), is_derived, "{sure:?}");
        }
    }
}
