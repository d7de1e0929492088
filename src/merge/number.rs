//! The id that an item gets in place of one that both sides gave away.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Id, made_id};

/// Ids that are given away, in lower case.
#[derive(Debug, Default)]
pub(super) struct Taken {
    ids: BTreeSet<String>,
    /// For each series its last number.
    last: BTreeMap<String, u64>,
}

impl Extend<String> for Taken {
    fn extend<T: IntoIterator<Item = String>>(&mut self, ids: T) {
        for key in ids {
            let id = Id::new(&key);
            if let Some((series, number)) = id.as_ref().and_then(|id| id.series().zip(id.number())) {
                match self.last.get_mut(series) {
                    Some(last) => *last = number.max(*last),
                    None => _ = self.last.insert(series.to_owned(), number),
                }
            }
            self.ids.insert(key);
        }
    }
}

impl FromIterator<String> for Taken {
    fn from_iter<T: IntoIterator<Item = String>>(ids: T) -> Self {
        let mut taken = Self::default();
        taken.extend(ids);
        taken
    }
}

impl Taken {
    /// Gives away the next free id of the same series; where the id has none, or only ends in a digit of its title, the id with a
    /// number. `None` where there is no such id.
    pub(super) fn give(&mut self, id: &Id, title: &str) -> Option<String> {
        let series = id.series().filter(|_| made_id(title) != *id);
        let is_free = |new: &String| !self.ids.contains(&new.to_ascii_lowercase());
        let new = match series {
            Some(series) => {
                let (head, digits) = id.as_str().split_at(series.len());
                let width = digits.len();
                let last = self.last.get(series).copied().into_iter().chain(id.number()).max()?;
                let mut free =
                    (last.checked_add(1)?..=u64::MAX).map(|number| format!("{head}{number:0width$}"));
                free.find(is_free)
            }
            None => (2..).map(|number: u64| format!("{id}-{number}")).find(is_free),
        };
        let new = new.filter(|new| Id::new(new).is_some())?;
        self.extend([new.to_ascii_lowercase()]);
        Some(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_goes_on_and_a_word_gets_a_number() {
        let taken = ["a-001", "a-002", "a-009", "oauth2", "login", "login-2"].map(str::to_owned);
        let mut taken: Taken = taken.into_iter().collect();
        let mut next = |id: &str, title: &str| taken.give(&Id::new(id).expect("an id"), title);
        assert_eq!(next("A-002", "Build it").as_deref(), Some("A-010"));
        assert_eq!(next("A-002", "Build it").as_deref(), Some("A-011"));
        assert_eq!(next("OAuth2", "OAuth2").as_deref(), Some("oauth2-2").map(|_| "OAuth2-2"));
        assert_eq!(next("login", "Login").as_deref(), Some("login-3"));
        assert_eq!(next(&"x".repeat(64), "Long"), None);
        assert_eq!(next(&format!("A-{}", u64::MAX), "Last"), None);
    }
}
