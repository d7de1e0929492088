//! The id that an item gets in place of one that both sides gave away.

use std::collections::BTreeSet;

use crate::model::{Id, made_id};

/// The next free id of the same series; where the id has none, or only ends in a digit of its title, the id with a number.
/// `None` where there is no such id. `taken` holds ids in lower case.
pub(super) fn next(id: &Id, title: &str, taken: &BTreeSet<String>) -> Option<String> {
    let series = id.series().filter(|_| made_id(title) != *id);
    let new = match series {
        Some(series) => {
            let (head, digits) = id.as_str().split_at(series.len());
            let width = digits.len();
            let same = taken.iter().filter_map(|key| Id::new(key)).filter(|it| it.series() == Some(series));
            let last = same.filter_map(|it| it.number()).chain(id.number()).max()?;
            let mut free = (last.checked_add(1)?..=u64::MAX).map(|number| format!("{head}{number:0width$}"));
            free.find(|new| !taken.contains(&new.to_ascii_lowercase()))
        }
        None => {
            let mut free = (2..).map(|number: u64| format!("{id}-{number}"));
            free.find(|new| !taken.contains(&new.to_ascii_lowercase()))
        }
    };
    new.filter(|new| Id::new(new).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_goes_on_and_a_word_gets_a_number() {
        let taken = ["a-001", "a-002", "a-009", "oauth2", "login", "login-2"].map(str::to_owned).into();
        let next = |id: &str, title: &str| next(&Id::new(id).expect("an id"), title, &taken);
        assert_eq!(next("A-002", "Build it").as_deref(), Some("A-010"));
        assert_eq!(next("OAuth2", "OAuth2").as_deref(), Some("oauth2-2").map(|_| "OAuth2-2"));
        assert_eq!(next("login", "Login").as_deref(), Some("login-3"));
        assert_eq!(next(&"x".repeat(64), "Long"), None);
        assert_eq!(next(&format!("A-{}", u64::MAX), "Last"), None);
    }
}
