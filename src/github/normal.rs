//! The one form in which values are compared: what GitHub changes by itself is no difference.
//!
//! Whoever compares a wanted value with one of GitHub's, before a plan, after a write or in an undo, asks here. Sources:
//! GitHub stores CRLF where a text is saved in a browser, drops white space around titles and names, and tells labels and
//! logins apart without case.

use unicode_normalization::UnicodeNormalization;

/// A text with line ends of one kind and nothing blank around it.
pub(crate) fn text(text: &str) -> String {
    let text = text.trim();
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// The same, where it says something.
pub(crate) fn filled(said: &str) -> Option<String> {
    Some(text(said)).filter(|text| !text.is_empty())
}

/// A title or name with its letters composed, however they were typed.
pub(crate) fn composed(name: &str) -> String {
    let name = name.trim();
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// What labels and types are compared by.
pub(crate) fn folded(name: &str) -> String {
    let name = name.trim();
    if name.is_ascii() { name.to_ascii_lowercase() } else { composed(name).to_lowercase() }
}

/// The coding agent of GitHub's: it is assigned by this name, and shown as `Copilot`.
const COPILOT: &str = "copilot-swe-agent[bot]";

/// A login as REST takes it. A bot has another name besides: `gh` writes `app/dependabot` for `dependabot[bot]`. Sources:
/// docs.github.com, "Assigning issues to Copilot"; cli/cli, the `is_bot` of authors.
pub(crate) fn login(name: &str) -> String {
    let name = composed(name);
    match name.strip_prefix("app/") {
        Some(app) => format!("{app}[bot]"),
        None if name.eq_ignore_ascii_case("copilot") => COPILOT.to_owned(),
        None => name,
    }
}

/// What logins are compared by.
pub(crate) fn login_key(name: &str) -> String {
    folded(&login(name))
}

/// Whether two lists hold the same labels, in any order.
pub(crate) fn same_names(one: &[String], other: &[String]) -> bool {
    same(one, other, folded)
}

/// Whether two lists hold the same logins, in any order.
pub(crate) fn same_logins(one: &[String], other: &[String]) -> bool {
    same(one, other, login_key)
}

fn same(one: &[String], other: &[String], key: fn(&str) -> String) -> bool {
    let sorted = |names: &[String]| {
        let mut names: Vec<_> = names.iter().map(|name| key(name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_github_changes_by_itself_is_no_difference() {
        assert_eq!(text("\r\nA floor.\r\nFour walls.\r\n"), text("A floor.\nFour walls."));
        assert_eq!((filled(" \r\n"), filled(" x ")), (None, Some("x".into())));
        assert_eq!(folded(" Re\u{301}vision "), folded("R\u{e9}VISION"));
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(same_names(&names(&["Bug ", "b"]), &names(&["B", "bug"])));
        assert!(!same_names(&names(&["bug"]), &names(&["bug", "b"])));
    }

    #[test]
    fn a_bot_has_two_names_and_a_user_of_that_name_is_somebody_else() {
        let same = |one: &str, other: &str| same_logins(&[one.to_owned()], &[other.to_owned()]);
        assert!(same("app/dependabot", "Dependabot[bot]") && same("Copilot", "copilot-swe-agent[bot]"));
        assert!(same(" Mara", "mara ") && !same("dependabot", "dependabot[bot]"));
        assert_eq!((login("Copilot").as_str(), login("Mara").as_str()), ("copilot-swe-agent[bot]", "Mara"));
    }
}
