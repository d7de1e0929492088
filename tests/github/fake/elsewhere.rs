//! Other repositories on the same server, as far as relations reach: their issues are read, waited for and given parts.
//!
//! They are held among the issues of the one repository, under keys that no number of it reaches, so that relations are the same
//! whatever they lead to.

use serde_json::Value;

use super::{
    asked::Asked,
    http::Answer,
    refusal::Refusal,
    routes,
    world::{Issue, World},
};

/// The first key of an issue of another repository.
pub(crate) const FIRST: u64 = 1_000_000_000;

impl World {
    /// Somebody opens an issue in another repository, under this number; its key.
    #[track_caller]
    pub(crate) fn open_elsewhere(&mut self, repository: &str, number: u64, members: &Value) -> u64 {
        let made = self.open_issue(members);
        let issue = self.issues.remove(&made).expect("an issue that was just made");
        let key = self.issues.range(FIRST..).next_back().map_or(FIRST, |(last, _)| last + 1);
        self.numbers.insert(issue.id, key);
        self.issues.insert(key, Issue { number, home: Some(repository.to_owned()), ..issue });
        key
    }

    /// The key of an issue in another repository that this token may see.
    pub(crate) fn key_elsewhere(&self, repository: &str, number: u64) -> Option<u64> {
        if self.hidden.iter().any(|hidden| hidden.eq_ignore_ascii_case(repository)) {
            return None;
        }
        let is_meant = |issue: &Issue| {
            issue.number == number
                && issue.home.as_deref().is_some_and(|home| home.eq_ignore_ascii_case(repository))
        };
        self.issues.range(FIRST..).find(|(_, issue)| is_meant(issue)).map(|(key, _)| *key)
    }

    /// Who owns the repository of an issue.
    pub(crate) fn owner_of(&self, key: u64) -> String {
        let home = self.issues.get(&key).and_then(|issue| issue.home.as_deref());
        home.and_then(|home| home.split('/').next()).unwrap_or(&self.repository.owner).to_lowercase()
    }
}

/// What is asked of an issue in another repository: nothing but reading it, and its parts.
pub(crate) fn answer(
    world: &mut World,
    asked: &Asked<'_>,
    repository: &str,
    rest: &[&str],
) -> Result<Answer, Refusal> {
    let ["issues", number, rest @ ..] = rest else { return Err(Refusal::not_found()) };
    let key = number.parse().ok().and_then(|number| world.key_elsewhere(repository, number));
    let key = key.ok_or_else(Refusal::not_found)?;
    let method = asked.request.method.as_str();
    match (method, rest) {
        ("GET", []) | ("POST", ["sub_issues"]) | ("DELETE", ["sub_issue"]) => {
            routes::of_issue(world, asked, method, key, rest)
        }
        _ => Err(Refusal::not_found()),
    }
}
