//! What a writer most likely meant by a name that does not exist.

/// What other tools call things, and what they are called here. The first of ours that exists in the place is meant.
const FOREIGN: &[(&str, &[&str])] = &[
    ("allow", &["off"]),
    ("assigned", &["assignees", "owner"]),
    ("assignedto", &["assignees", "owner"]),
    ("assignee", &["assignees", "owner"]),
    ("assignees", &["owner"]),
    ("begin", &["start_on"]),
    ("blockedby", &["blocked_by"]),
    ("blockers", &["blocked_by"]),
    ("body", &["description", "text"]),
    ("closedat", &["closed_on"]),
    ("colour", &["color"]),
    ("content", &["body", "description"]),
    ("date", &["on", "due_on"]),
    ("deadline", &["due_on"]),
    ("deny", &["error"]),
    ("dependencies", &["blocked_by"]),
    ("depends", &["blocked_by"]),
    ("dependson", &["blocked_by"]),
    ("description", &["body", "text"]),
    ("done", &["closed", "completed"]),
    ("due", &["due_on"]),
    ("dueat", &["due_on"]),
    ("duedate", &["due_on"]),
    ("enddate", &["due_on"]),
    ("epic", &["milestone", "parent"]),
    ("epics", &["milestones"]),
    ("finished", &["closed", "completed"]),
    ("heading", &["title"]),
    ("ignore", &["off"]),
    ("inprogress", &["open"]),
    ("items", &["issues"]),
    ("key", &["id"]),
    ("label", &["labels"]),
    ("name", &["title"]),
    ("needs", &["blocked_by"]),
    ("owner", &["assignees"]),
    ("points", &["estimate"]),
    ("releases", &["milestones"]),
    ("repo", &["repository"]),
    ("resolved", &["closed", "completed"]),
    ("start", &["start_on"]),
    ("startdate", &["start_on"]),
    ("status", &["state", "health"]),
    ("stories", &["issues"]),
    ("storypoints", &["estimate"]),
    ("subject", &["title"]),
    ("tags", &["labels"]),
    ("targetdate", &["due_on"]),
    ("tasks", &["issues"]),
    ("text", &["body", "description"]),
    ("tickets", &["issues"]),
    ("title", &["name"]),
    ("todo", &["open"]),
    ("todos", &["issues"]),
    ("versions", &["milestones"]),
    ("warning", &["warn"]),
    ("weight", &["estimate"]),
    ("wontfix", &["not_planned"]),
];

/// Words of others that may say something else than what they are taken for.
const LOOSE: [&str; 6] = ["date", "epic", "key", "owner", "points", "weight"];

/// Longer words are nobody's slip.
const LONGEST: usize = 40;

/// A known name that another one most likely means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meant<'s> {
    /// The known name.
    pub(super) name: &'s str,
    /// Whether the other one is just spelt wrong.
    misspelt: bool,
    /// Whether the two differ in case and separators alone.
    pub(super) is_same: bool,
    /// Whether nothing else is as likely meant, by what the word says alone.
    pub(super) is_sole: bool,
}

impl<'s> Meant<'s> {
    /// The name, where a value can be read as if it stood under it: so that a title under another tool's key is one fault,
    /// not two.
    pub(super) fn readable(self) -> Option<&'s str> {
        let is_read = self.misspelt || matches!(self.name, "title" | "name" | "issues" | "milestones");
        is_read.then_some(self.name)
    }
}

/// The known name that a word most likely means; `None` where none is close.
pub(super) fn meant<'s>(word: &str, known: impl Iterator<Item = &'s str>) -> Option<Meant<'s>> {
    if word.chars().nth(LONGEST).is_some() {
        return None;
    }
    let plain = plain(word);
    let known: Vec<&str> = known.collect();
    if let Some(name) = known.iter().copied().find(|name| self::plain(name) == plain) {
        return Some(Meant { name, misspelt: true, is_same: true, is_sole: true });
    }
    let of_others = FOREIGN.iter().find(|(theirs, _)| *theirs == plain).map_or(&[][..], |(_, ours)| ours);
    let mut ours = of_others.iter().filter_map(|ours| known.iter().copied().find(|name| name == ours));
    if let Some(name) = ours.next() {
        let is_sole = ours.next().is_none() && !LOOSE.contains(&&*plain);
        return Some(Meant { name, misspelt: false, is_same: false, is_sole });
    }
    let (name, is_sole) = nearest(word, &known)?;
    Some(Meant { name, misspelt: true, is_same: false, is_sole })
}

/// The name that is the fewest slips away, where they are few for its length; and whether no other name is close as well.
fn nearest<'s>(word: &str, known: &[&'s str]) -> Option<(&'s str, bool)> {
    let slips = |name: &str| strsim::osa_distance(&word.to_lowercase(), name);
    let few = |name: &str| word.chars().count().max(name.len()) / 3;
    let close = known.iter().map(|name| (slips(name), *name)).filter(|(slips, name)| *slips <= few(name));
    let close: Vec<_> = close.collect();
    close.iter().min().map(|(_, name)| (*name, close.len() == 1))
}

/// A word without what different habits of writing put into it: `dueDate`, `due-date` and `Due date` are one.
fn plain(word: &str) -> String {
    word.trim().chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUE: [&str; 8] =
        ["title", "milestone", "labels", "assignees", "due_on", "planned_due_on", "blocked_by", "body"];

    fn name(word: &str) -> Option<&str> {
        meant(word, ISSUE.into_iter()).map(|meant| meant.name)
    }

    #[test]
    fn slips_and_habits_are_understood() {
        for (word, known) in [
            ("tilte", "title"),
            ("Title", "title"),
            ("label", "labels"),
            ("milestne", "milestone"),
            ("blockedBy", "blocked_by"),
            ("dueOn", "due_on"),
            ("plannedDueOn", "planned_due_on"),
        ] {
            assert_eq!(name(word), Some(known), "{word}");
        }
    }

    #[test]
    fn names_of_other_tools_are_understood() {
        for (word, known) in [
            ("due", "due_on"),
            ("due_date", "due_on"),
            ("depends-on", "blocked_by"),
            ("assignee", "assignees"),
            ("name", "title"),
            ("description", "body"),
        ] {
            assert_eq!(name(word), Some(known), "{word}");
        }
        assert_eq!(meant("colour", ["color"].into_iter()).map(|meant| meant.name), Some("color"));
        assert_eq!(meant("done", ["open", "closed"].into_iter()).map(|meant| meant.name), Some("closed"));
    }

    #[test]
    fn what_is_far_from_all_means_none() {
        for word in ["sprint", "x", "", "é", &"title".repeat(100_000)] {
            assert_eq!(name(word), None, "{word}");
        }
    }

    #[test]
    fn only_a_misspelt_key_is_read_as_what_it_means() {
        assert_eq!(meant("milestne", ISSUE.into_iter()).and_then(Meant::readable), Some("milestone"));
        assert_eq!(meant("assignee", ISSUE.into_iter()).and_then(Meant::readable), None);
        assert_eq!(meant("name", ISSUE.into_iter()).and_then(Meant::readable), Some("title"));
    }
}
