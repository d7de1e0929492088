//! What refers to milestones and issues: by id or title, and told where nothing has it.

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;

use super::Reading;
use crate::{
    import::{draft::Entry, same::folded},
    model::IssueName,
};

/// The id and the title of an issue, what it blocks, and where that is said.
pub(super) type Blocked = ((Option<String>, String), String, Range<usize>);

/// A reference that leads nowhere, and where it is.
type Dropped = (Range<usize>, Value);

impl Reading<'_> {
    /// Puts ids where titles refer, turns what blocks into what is blocked, and takes out what the document does not have: a
    /// source could not be built with it.
    pub(super) fn settle_references(&mut self) {
        let mut titles = BTreeMap::new();
        for (ix, issue) in self.draft.issues.iter().enumerate() {
            titles.entry(folded(issue.title())).or_insert(ix);
        }
        for ((id, title), blocked, range) in std::mem::take(&mut self.blocks) {
            let blocker = id.unwrap_or(title);
            match self.ids.get(&blocked.to_lowercase()).or_else(|| titles.get(&folded(&blocked))) {
                Some(ix) => add(&mut self.draft.issues[*ix], blocker, &range),
                None => self.left_out_value(&range, &blocked, NO_ISSUE),
            }
        }
        for issue in &mut self.draft.issues {
            let names = issue.fields.get_mut("blocked_by").and_then(|said| said.value.as_array_mut());
            let is_id = |name: &str| self.ids.contains_key(&name.to_lowercase());
            let Some(names) = names.filter(|names| names.len() > 1) else { continue };
            *names = whole_titles(names, |name| titles.contains_key(&folded(name)), is_id);
        }
        let wanted: Vec<_> =
            self.draft.issues.iter().flat_map(|issue| names(issue, &["blocked_by", "parent"])).collect();
        for name in wanted {
            if let Some(ix) =
                titles.get(&folded(&name)).filter(|_| !self.ids.contains_key(&name.to_lowercase()))
            {
                self.identify(*ix);
            }
        }
        self.settle_issues(&titles);
        self.settle_milestones();
    }

    /// Names issues by their ids, with the issues by their titles, and takes out what nothing has.
    fn settle_issues(&mut self, titles: &BTreeMap<String, usize>) {
        let addressed = self.addressed();
        let mut dropped = Vec::new();
        for ix in 0..self.draft.issues.len() {
            let mut issue = std::mem::take(&mut self.draft.issues[ix]);
            let known = |name: &str| {
                let by_id = self.ids.contains_key(&name.to_lowercase());
                let by_title = || titles.get(&folded(name)).filter(|other| **other != ix);
                let id = || self.draft.issues[*by_title()?].id().map(str::to_owned);
                let by_address = || match addressed.get(&address(name)?) {
                    Some(id) => Some(id.clone()),
                    None => self.elsewhere(name),
                };
                if by_id { Some(name.to_owned()) } else { id().or_else(by_address) }
            };
            settle(&mut issue, &["blocked_by", "parent"], known, &mut dropped);
            self.draft.issues[ix] = issue;
        }
        dropped.into_iter().for_each(|(range, name)| self.unknown(&range, &name, NO_ISSUE));
    }

    /// The ids of the issues whose addresses are referred to, by these.
    fn addressed(&mut self) -> BTreeMap<String, String> {
        let of_issue = |issue: &Entry| address(issue.fields.get("extra")?.value.get("url")?.as_str()?);
        let by_address: BTreeMap<_, _> = (self.draft.issues.iter().enumerate())
            .filter_map(|(ix, issue)| Some((of_issue(issue)?, ix)))
            .collect();
        let referring = self.draft.issues.iter().flat_map(|issue| names(issue, &["blocked_by", "parent"]));
        let wanted: Vec<_> = referring.filter_map(|name| address(&name)).collect();
        let mut found = BTreeMap::new();
        for name in wanted {
            if let Some(ix) = by_address.get(&name) {
                self.identify(*ix);
                found.extend(self.draft.issues[*ix].id().map(|id| (name, id.to_owned())));
            }
        }
        found
    }

    /// What an address names: an issue of ours by its number, where the document has it; any issue elsewhere.
    fn elsewhere(&self, name: &str) -> Option<String> {
        let named = IssueName::addressed(name)?;
        let linked = self.repositories.keys().next().filter(|_| self.repositories.len() == 1);
        let own = self.own_repository().or(linked.map(String::as_str));
        if own.is_none_or(|own| !named.is_in(own)) {
            return Some(named.to_string());
        }
        let id = format!("issue-{}", named.to_string().rsplit('#').next()?);
        self.ids.contains_key(&id).then_some(id)
    }

    fn settle_milestones(&mut self) {
        let mut dropped = Vec::new();
        for ix in 0..self.draft.milestones.len() {
            let mut milestone = std::mem::take(&mut self.draft.milestones[ix]);
            let known =
                |name: &str| self.milestone_named(name).filter(|other| *other != ix).map(|_| name.to_owned());
            settle(&mut milestone, &["blocked_by"], known, &mut dropped);
            self.draft.milestones[ix] = milestone;
        }
        dropped.into_iter().for_each(|(range, name)| {
            self.unknown(&range, &name, "no milestone of the document has this id");
        });
    }

    fn unknown(&mut self, range: &Range<usize>, name: &Value, help: &str) {
        let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
        self.left_out_value(range, &name, help);
    }

    /// Gives an issue an id that others can refer to it by.
    pub(super) fn identify(&mut self, ix: usize) {
        if self.draft.issues[ix].id().is_some() {
            return;
        }
        let id = crate::import::draft::free(self.draft.issues[ix].title(), |id| self.ids.contains_key(id));
        self.ids.insert(id.clone(), ix);
        let range = self.draft.issues[ix].range.clone();
        self.draft.issues[ix].say("id", id, &range);
    }
}

const NO_ISSUE: &str = "no issue of the document has this id or title";

/// Into how many names a list may have taken one title apart.
const MOST_PIECES: usize = 8;

/// Adds an issue that another waits for.
fn add(issue: &mut Entry, blocker: String, range: &Range<usize>) {
    issue.say("blocked_by", Value::Array(Vec::new()), range);
    if let Some(list) = issue.fields.get_mut("blocked_by").and_then(|said| said.value.as_array_mut())
        && !list.iter().any(|known| known == blocker.as_str())
    {
        list.push(blocker.into());
    }
}

/// The names of a list, where titles that hold commas are whole again: `Login, SSO` is one, unless there is a `Login` and an `SSO`.
fn whole_titles(
    pieces: &[Value],
    is_title: impl Fn(&str) -> bool,
    is_id: impl Fn(&str) -> bool,
) -> Vec<Value> {
    let pieces: Vec<_> = pieces.iter().filter_map(Value::as_str).collect();
    let is_known = |name: &&str| is_id(name) || is_title(name);
    let (mut names, mut rest) = (Vec::new(), &pieces[..]);
    while let Some(first) = rest.first() {
        let is_one =
            |count: &usize| !rest[..*count].iter().all(is_known) && is_title(&rest[..*count].join(", "));
        let count = (2..=rest.len().min(MOST_PIECES)).rev().find(is_one);
        names.push(count.map_or_else(|| (*first).to_owned(), |count| rest[..count].join(", ")).into());
        rest = &rest[count.unwrap_or(1)..];
    }
    names
}

/// An address of an issue as it is looked up.
fn address(name: &str) -> Option<String> {
    IssueName::addressed(name).map(|name| name.to_string().to_lowercase())
}

/// What these fields of an entry refer to.
fn names(entry: &Entry, keys: &[&str]) -> Vec<String> {
    let said = keys.iter().filter_map(|key| entry.fields.get(*key));
    let all =
        said.flat_map(|said| said.value.as_array().cloned().unwrap_or_else(|| vec![said.value.clone()]));
    all.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Names what these fields refer to by what is known of it, and takes out the rest.
fn settle(
    entry: &mut Entry,
    keys: &[&str],
    known: impl Fn(&str) -> Option<String>,
    dropped: &mut Vec<Dropped>,
) {
    for key in keys {
        let Some(said) = entry.fields.get_mut(*key) else { continue };
        let take = |name: Value| name.as_str().and_then(&known).map(Value::from).ok_or(name);
        let range = said.range.clone();
        let mut drop = |name| dropped.push((range.clone(), name));
        let is_empty = match &mut said.value {
            Value::Array(names) => {
                let had = !names.is_empty();
                let found =
                    std::mem::take(names).into_iter().filter_map(|name| take(name).map_err(&mut drop).ok());
                *names = found.collect();
                had && names.is_empty()
            }
            one => match take(one.take()) {
                Ok(name) => {
                    *one = name;
                    false
                }
                Err(name) => {
                    drop(name);
                    true
                }
            },
        };
        if is_empty {
            entry.fields.remove(*key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_title_with_a_comma_is_whole_again() {
        let whole = |names: &[&str], titles: &[&str]| {
            let names: Vec<_> = names.iter().copied().map(Value::from).collect();
            json!(whole_titles(&names, |name| titles.contains(&name), |name| name == "A-1"))
        };
        assert_eq!(whole(&["A-1", "Login", "SSO"], &["Login, SSO"]), json!(["A-1", "Login, SSO"]));
        assert_eq!(whole(&["Login", "SSO"], &["Login, SSO", "Login"]), json!(["Login, SSO"]));
        assert_eq!(whole(&["Login", "SSO"], &["Login, SSO", "Login", "SSO"]), json!(["Login", "SSO"]));
        assert_eq!(whole(&["A", "B", "C"], &["A, B", "C"]), json!(["A, B", "C"]));
        assert_eq!(whole(&["A", "B"], &["C"]), json!(["A", "B"]));
    }
}
