//! Addresses of GitHub, and what they name.

use crate::import::is_repository;

/// The repository and the number of an issue's address in GitHub.
pub(super) fn issue_at(address: &str) -> Option<(String, u64)> {
    let (_, number) = address.trim().rsplit_once("/issues/")?;
    Some((repository(address.trim())?, number.parse().ok()?))
}

/// The repository of an address in GitHub.
pub(super) fn repository(address: &str) -> Option<String> {
    let path =
        address.strip_prefix("https://github.com/").or_else(|| address.strip_prefix("http://github.com/"))?;
    let mut parts = path.split(['/', '#', '?']);
    let (owner, name) = (parts.next()?, parts.next()?.trim_end_matches(".git"));
    is_repository(&format!("{owner}/{name}")).then(|| format!("{owner}/{name}"))
}
