//! The one form in which values are compared: what GitHub changes by itself is no difference.
//!
//! Whoever compares a wanted value with one of GitHub's, before a plan, after a write or in an undo, asks here. Sources:
//! GitHub stores CRLF where a text is saved in a browser, drops white space around titles and names, and tells labels and
//! logins apart without case.

use unicode_normalization::UnicodeNormalization;

/// A text with line ends of one kind and nothing blank around it.
pub fn text(text: &str) -> String {
    let text = text.trim();
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// The same, where it says something.
pub fn filled(said: &str) -> Option<String> {
    Some(text(said)).filter(|text| !text.is_empty())
}

/// A title or name with its letters composed, however they were typed.
pub fn composed(name: &str) -> String {
    let name = name.trim();
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// What labels, logins and types are compared by.
pub fn folded(name: &str) -> String {
    composed(name).to_lowercase()
}

/// Whether two lists hold the same names, in any order.
pub fn same_names(one: &[String], other: &[String]) -> bool {
    let sorted = |names: &[String]| {
        let mut names: Vec<_> = names.iter().map(|name| folded(name)).collect();
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
}
