//! Which addresses a link may lead to: `http`, `https`, `mailto`, and what is relative.
//!
//! A list of what is allowed, not of what is not: whatever a browser might read as another scheme, another host or
//! nothing at all is refused.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::characters::is_forbidden;
use crate::markdown::{sanitize, scan};

/// Where a link leads, as far as its address alone tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// Another site, or a mail; ready for an attribute but for its escaping.
    Elsewhere(String),
    /// A place on the same page: what stands behind `#`, percent signs resolved.
    Here(String),
    /// A file or page, as written.
    Relative(&'a str),
    /// None that a link may have.
    Refused,
}

impl<'a> Address<'a> {
    /// Reads an address as it is meant: entities and escapes resolved.
    pub(super) fn read(address: &'a str) -> Self {
        let address = address.trim_matches(|c: char| c.is_ascii_whitespace());
        let slash = |c: char| matches!(c, '/' | '\\');
        let odd = |byte| !matches!(byte, b' '..=b'~');
        let is_odd = scan::find(address.as_bytes(), odd).is_some();
        if address.is_empty() || is_odd && address.chars().any(|c| is_forbidden(c) || "\n\t".contains(c)) {
            return Self::Refused;
        }
        if address.starts_with('\\') || address.starts_with(slash) && address[1..].starts_with(slash) {
            return Self::Refused;
        }
        if let Some(name) = address.strip_prefix('#') {
            return Self::Here(percent_decoded(name));
        }
        match scheme(address) {
            None => Self::Relative(address),
            Some((scheme, rest)) => Self::elsewhere(scheme.to_ascii_lowercase(), rest),
        }
    }

    fn elsewhere(scheme: String, rest: &str) -> Self {
        let host = rest.strip_prefix("//").is_some_and(|rest| !rest.starts_with(['/', '\\']));
        let web = matches!(scheme.as_str(), "http" | "https") && host;
        let mail = scheme == "mailto" && rest.len() > 1 && !rest.starts_with('/');
        let mut address = scheme;
        address.reserve(1 + rest.len());
        address.push(':');
        push_encoded(&mut address, rest);
        let leads = (web || mail) && sanitize::is_address(&address);
        if leads { Self::Elsewhere(address) } else { Self::Refused }
    }
}

/// An address with all that HTML wants percent-encoded; what is encoded already stays.
pub(super) fn encoded(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    push_encoded(&mut written, address);
    written
}

fn push_encoded(written: &mut String, address: &str) {
    let plain = address.bytes().position(|byte| !is_plain(byte)).unwrap_or(address.len());
    written.push_str(&address[..plain]);
    let mut fragment = false;
    for (at, char) in address[plain..].char_indices().map(|(at, char)| (plain + at, char)) {
        let plain = match char {
            '%' => {
                address.as_bytes()[at + 1..].iter().take(2).filter(|byte| byte.is_ascii_hexdigit()).count()
                    == 2
            }
            '#' => !std::mem::replace(&mut fragment, true),
            // The brackets of an IPv6 host.
            '[' | ']' => address.starts_with("//[") && !address[2..at].contains('/'),
            _ if char.is_ascii() => is_plain(char as u8),
            _ => char.is_alphanumeric(),
        };
        if plain {
            written.push(char);
        } else {
            written.extend(utf8_percent_encode(char.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC));
        }
    }
}

/// Whether a character of ASCII stands in any part of an address.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'!' | b'$' | b'&'..=b';' | b'=' | b'?' | b'@' | b'_' | b'~')
}

/// A name for what lies behind an address: the last part of its path.
pub(super) fn file_name(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let (_, rest) = scheme(path).unwrap_or(("", path));
    let name = percent_decoded(rest.rsplit('/').next().unwrap_or_default());
    let shown = name.chars().any(char::is_alphanumeric) && name.chars().count() <= 100;
    shown.then_some(name)
}

/// The scheme, and what follows its colon.
fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// `%20` as a space; what is no code, or comes to no UTF-8, stays as it is.
pub(crate) fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sites_and_mail_are_allowed() {
        for (address, written) in [
            ("https://x.org", "https://x.org"),
            (" HTTP://X.org/a b?q=[1]|2#f#g ", "http://X.org/a%20b?q=%5B1%5D%7C2#f%23g"),
            ("https://x.org/%7Ea/100%/é→", "https://x.org/%7Ea/100%25/é%E2%86%92"),
            ("http://[::1]:80/[x]", "http://[::1]:80/%5Bx%5D"),
            ("mailto:a@b.c?subject=x y", "mailto:a@b.c?subject=x%20y"),
        ] {
            assert_eq!(Address::read(address), Address::Elsewhere(written.to_owned()));
        }
    }

    #[test]
    fn what_runs_or_hides_is_refused() {
        for address in [
            "",
            " ",
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "data:image/svg+xml,x",
            "blob:x",
            "filesystem:x",
            "file:///etc/passwd",
            "//evil.example",
            "\\\\evil",
            "/\\evil",
            "\\/evil",
            "http://[x",
            "http:x",
            "https:/x",
            "http://",
            "http://a b/",
            "http:///x",
            "https://user:word@x.org/",
            "ftp://x",
            "mailto:",
            "a\nb",
            "x\u{0}",
            "view-source:x",
        ] {
            assert_eq!(Address::read(address), Address::Refused, "{address:?}");
        }
    }

    #[test]
    fn the_rest_is_relative() {
        assert_eq!(Address::read("#%C3%9Cber"), Address::Here("Über".to_owned()));
        for address in
            ["docs/a.md#x", "/a", "?x", "1a:b", "java script:x", "%6aavascript:x", "\u{200b}javascript:x"]
        {
            assert_eq!(Address::read(address), Address::Relative(address));
        }
    }

    #[test]
    fn files_have_names() {
        assert_eq!(file_name("https://x.org/a/b%20c.svg?x#y").as_deref(), Some("b c.svg"));
        assert_eq!(file_name("https://x.org/").as_deref(), Some("x.org"));
        assert_eq!(file_name("..").as_deref(), None);
    }
}
