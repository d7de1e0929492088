//! What a writer most likely meant by a name that does not exist.

/// What things are called here, and what other tools call them, between commas. The first of ours that exists in the place is meant.
const FOREIGN: &[(&str, &str)] = &[
    ("off", "allow, ignore"),
    ("assignees, owner", "assigned, assignedto, assignee"),
    ("owner", "assignees"),
    ("start_on", "begin, start, startdate"),
    ("blocked_by", "blockedby, blockers, dependencies, depends, dependson, needs"),
    ("description, text", "body"),
    ("closed_on", "closedat"),
    ("color", "colour"),
    ("body, description", "content, text"),
    ("on, due_on", "date"),
    ("due_on", "deadline, due, dueat, duedate, enddate, targetdate"),
    ("error", "deny"),
    ("body, text", "description"),
    ("closed, completed", "done, finished, resolved"),
    ("milestone, parent", "epic"),
    ("milestones", "epics, releases, versions"),
    ("title", "heading, name, subject"),
    ("open", "inprogress, todo"),
    ("issues", "items, stories, tasks, tickets, todos"),
    ("id", "key"),
    ("labels", "label, tags"),
    ("assignees", "owner"),
    ("estimate", "points, storypoints, weight"),
    ("repository", "repo"),
    ("state, health", "status"),
    ("name", "title"),
    ("warn", "warning"),
    ("not_planned", "wontfix"),
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
    let says = |words: &str| words.split(", ").any(|word| word == plain);
    let of_others = FOREIGN.iter().find(|(_, theirs)| says(theirs)).map_or("", |(ours, _)| ours);
    let mut ours = of_others.split(", ").filter_map(|ours| known.iter().copied().find(|name| *name == ours));
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
