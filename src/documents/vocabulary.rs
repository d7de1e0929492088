//! What words of documents mean: heads of columns, names before values, headings, states. All of them are in lower case.

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
    State,
    Assignees,
    Owner,
    Due,
    Start,
    Closed,
    Estimate,
    Waits,
    Parent,
    Kind,
    Color,
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

/// The names of fields, as heads of columns and before values: those that are sure, and those that are likely.
const NAMES: [(Field, &[&str], &[&str]); 18] = [
    (
        Field::Id,
        &["id", "key", "#", "no", "nr", "issue id", "issue #", "milestone id"],
        &["ref", "number", "issue no", "issue number"],
    ),
    (
        Field::Title,
        &["title", "name", "issue title", "milestone title", "milestone name"],
        &["summary", "task", "what", "item", "deliverable", "story", "label name"],
    ),
    (Field::Description, &["description"], &["label description", "about", "scope", "meaning"]),
    (Field::Goal, &["goal", "goals", "outcome", "objective"], &[]),
    (Field::Labels, &["labels", "label"], &["tags", "tag"]),
    (Field::Milestone, &["milestone"], &["sprint"]),
    (
        Field::Count,
        &["issues", "# issues", "issue count", "number of issues"],
        &["count", "tasks", "items", "open issues"],
    ),
    (Field::State, &["state", "status", "done"], &[]),
    (Field::Assignees, &["assignee", "assignees", "assigned to", "who"], &[]),
    (Field::Owner, &["owner", "lead"], &[]),
    (Field::Due, &["due", "due on", "due date", "deadline", "target date"], &["target", "eta"]),
    (Field::Start, &["start", "start on", "start date"], &["begin"]),
    (Field::Closed, &["closed", "closed on", "completed on", "done on"], &[]),
    (Field::Estimate, &["estimate", "points", "story points", "size", "effort"], &[]),
    (Field::Waits, &["blocked by", "depends on", "dependencies", "needs", "waits for"], &[]),
    (Field::Parent, &["parent", "epic", "part of"], &[]),
    (Field::Kind, &["type"], &[]),
    (Field::Color, &["color", "colour"], &[]),
];

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
pub(crate) const CONTAINERS: [&str; 7] =
    ["milestone", "issues", "tasks", "backlog", "work items", "tickets", "deliverables"];

/// Headings within a milestone's section that its issues are listed below.
pub(crate) const LISTS: [&str; 6] = ["issues", "tasks", "work", "scope", "issue list", "deliverables"];

/// Headings of issues that belong to no milestone.
pub(crate) const UNPLANNED: [&str; 5] =
    ["without a milestone", "no milestone", "unplanned", "unassigned", "backlog"];

/// Words of headings whose lists are no work, however they look.
pub(crate) const FREE: [&str; 20] = [
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

/// Headings of columns of a board, which say the state of what is below them.
const BOARD: [&str; 10] =
    ["open", "todo", "to do", "in progress", "doing", "done", "closed", "completed", "finished", "shipped"];

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
        NAMES.iter().find_map(|(field, sure, likely)| match name {
            name if sure.contains(&name) => Some((*field, Certainty::Sure)),
            name if likely.contains(&name) => Some((*field, Certainty::Likely)),
            _ => None,
        })
    }

    /// Its key in the source; what has none there is no key.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Description => "description",
            Self::Goal => "goal",
            Self::Labels => "labels",
            Self::Milestone => "milestone",
            Self::State => "state",
            Self::Assignees => "assignees",
            Self::Owner => "owner",
            Self::Due => "due_on",
            Self::Start => "start_on",
            Self::Closed => "closed_on",
            Self::Estimate => "estimate",
            Self::Waits => "blocked_by",
            Self::Parent => "parent",
            Self::Kind => "type",
            Self::Color => "color",
            Self::Place | Self::Count | Self::Unknown => "",
        }
    }

    /// What to write where the words are no value of it.
    pub(crate) fn help(self) -> &'static str {
        match self {
            Self::State => "a state is open or closed: say more with labels",
            Self::Assignees => "name people by their GitHub logins, as `@mara`",
            Self::Closed => "write a day as in `2026-11-22`",
            Self::Estimate => "an estimate is a number of points",
            Self::Parent => "name the issue that it is a part of by its id",
            _ => "",
        }
    }
}

/// Words as they are looked up: in lower case, without marks.
pub(crate) fn name(text: &str) -> String {
    let letters = text.to_lowercase();
    let letters: String =
        letters.chars().map(|c| if c.is_alphanumeric() || c == '#' { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a document of this name or title is a plan.
pub(crate) fn is_plan(text: &str) -> bool {
    name(text).split(' ').any(|word| PLANS.contains(&word))
}

/// The state that a heading of a board says.
pub(crate) fn heading_state(heading: &str) -> Option<&'static str> {
    let word = name(heading);
    state(&word).filter(|_| BOARD.contains(&word.as_str()))
}

/// Whether a word says that something is closed because nobody will do it.
pub(crate) fn is_dropped(text: &str) -> bool {
    const DROPPED: [&str; 9] = [
        "cancelled",
        "canceled",
        "dropped",
        "abandoned",
        "rejected",
        "won t do",
        "wont do",
        "wontfix",
        "obsolete",
    ];
    DROPPED.contains(&name(text).as_str())
}

/// Whether words say `open` or `closed`, be it with a mark before them.
pub(crate) fn state(text: &str) -> Option<&'static str> {
    let word = text.trim().trim_matches(['[', ']', '*', '.']).to_lowercase();
    let said = |word: &str| if is_dropped(word) { Some("closed") } else { state_of(word) };
    said(&word).or_else(|| said(&name(&word)))
}

fn state_of(word: &str) -> Option<&'static str> {
    match word {
        "done" | "closed" | "complete" | "completed" | "finished" | "shipped" | "merged" | "released"
        | "resolved" | "yes" | "x" | "✅" | "✔" | "✔️" | "✓" | "☑" | "☑️" => Some("closed"),
        "open" | "todo" | "to do" | "planned" | "in progress" | "wip" | "doing" | "started"
        | "not started" | "pending" | "next" | "in review" | "review" | "blocked" | "on hold" | "paused"
        | "backlog" | "ready" | "active" | "new" | "upcoming" | "no" | "⬜" | "☐" | "🚧" | "⏳" => {
            Some("open")
        }
        _ => None,
    }
}

/// Whether a cell says that there is nothing.
pub(crate) fn is_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—" | "n/a" | "N/A" | "none" | "None" | "TBD" | "tbd")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_stands_for_one_field() {
        let mut seen = BTreeSet::new();
        for (field, sure, likely) in NAMES {
            for word in sure.iter().chain(likely) {
                assert!(seen.insert(word), "`{word}` stands for two fields");
                assert_eq!(name(word), *word, "as it is looked up");
                assert_eq!(Field::named(word).map(|(found, _)| found), Some(field));
            }
        }
    }

    #[test]
    fn each_field_of_an_item_has_its_key() {
        let keys: BTreeSet<_> = NAMES.iter().map(|(field, ..)| field.key()).collect();
        assert_eq!(keys.len(), NAMES.len());
    }
}
