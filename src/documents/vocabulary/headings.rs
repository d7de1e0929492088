//! What headings are about: labels, milestones, a plan, a state; and by which of its words a cell says its state.

use super::{is_dropped, name, state};

/// Headings of columns of a board, which say the state of what is below them.
const BOARD: [&str; 11] = [
    "open",
    "todo",
    "to do",
    "in progress",
    "doing",
    "done",
    "closed",
    "completed",
    "finished",
    "shipped",
    "released",
];

/// Words before those of a board that say when.
const WHEN: [&str; 4] = ["recently ", "already ", "just ", "previously "];

/// Words of headings that are about labels as a list, beside `labels` or `tags`.
const ABOUT_LABELS: [&str; 39] = [
    "this",
    "the",
    "our",
    "all",
    "of",
    "and",
    "for",
    "in",
    "used",
    "we",
    "use",
    "what",
    "mean",
    "meaning",
    "meanings",
    "reference",
    "list",
    "overview",
    "legend",
    "guide",
    "taxonomy",
    "scheme",
    "system",
    "set",
    "colors",
    "colours",
    "categories",
    "definitions",
    "descriptions",
    "issue",
    "issues",
    "github",
    "project",
    "repository",
    "standard",
    "suggested",
    "recommended",
    "type",
    "priority",
];

/// Words of headings below which milestones are listed, beside `milestone`.
const ABOUT_MILESTONES: [&str; 22] = [
    "the",
    "our",
    "all",
    "of",
    "and",
    "overview",
    "list",
    "summary",
    "table",
    "index",
    "reference",
    "status",
    "tracking",
    "tracker",
    "schedule",
    "timeline",
    "dates",
    "plan",
    "roadmap",
    "project",
    "planning",
    "key",
];

/// Whether a heading is about labels as a list: `Labels`, `Label Reference`; no work on labels, as `Add label support`.
pub(crate) fn is_of_labels(heading: &str) -> bool {
    let name = name(heading);
    let (mut names, mut is_single, mut is_list) = (false, false, false);
    for word in name.split(' ') {
        match word {
            "labels" | "tags" => names = true,
            "label" | "tag" => is_single = true,
            word if ABOUT_LABELS.contains(&word) => is_list |= word != "of",
            _ => return false,
        }
    }
    names || is_single && is_list
}

/// Whether a heading is about milestones as a list: `Milestones`, `Milestone overview`; none itself, as `Milestone: GA` is.
pub(crate) fn is_of_milestones(heading: &str) -> bool {
    let name = name(heading);
    let mut words = name.split(' ');
    words.clone().any(|word| word == "milestones")
        || name.contains("milestone")
            && words.all(|word| word == "milestone" || ABOUT_MILESTONES.contains(&word))
}

/// Headings of the part of a document that is its plan.
const PLANS_WITHIN: [&str; 9] = [
    "roadmap",
    "road map",
    "todo",
    "to do",
    "todos",
    "todo list",
    "plan",
    "project roadmap",
    "development roadmap",
];

/// Whether a part of a document is its plan by its heading.
pub(crate) fn is_plan_within(heading: &str) -> bool {
    let name = name(heading);
    PLANS_WITHIN.contains(&name.strip_prefix("our ").or_else(|| name.strip_prefix("the ")).unwrap_or(&name))
}

/// The state that a heading of a board says.
pub(crate) fn heading_state(heading: &str) -> Option<&'static str> {
    let word = name(heading);
    let bare = WHEN.iter().find_map(|when| word.strip_prefix(when)).unwrap_or(&word);
    state(bare).filter(|_| BOARD.contains(&bare) || is_dropped(bare))
}

/// The words of a cell that say its state: all of it, its sign, or what stands before `in`, `on`, a bracket, a dash or a comma
/// (`Completed in v1.2`, `In progress (50%)`).
pub(crate) fn state_words(text: &str) -> &str {
    let text = text.trim();
    if state(text).is_some() {
        return text;
    }
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    if !first.contains(char::is_alphanumeric) && state(first).is_some() {
        return first;
    }
    let ends = [" in ", " on ", "(", " - ", " – ", " — ", ",", ": "].into_iter();
    let heads = ends.filter_map(|end| text.split_once(end)).map(|(head, _)| head.trim());
    heads.filter(|head| state(head).is_some()).max_by_key(|head| head.len()).unwrap_or(text)
}
