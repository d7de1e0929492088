//! Names and paths as they may stand in an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is encoded in one part of a path. Source: RFC 3986, all but the unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same of a whole path, whose parts stay apart.
const PATH: &AsciiSet = &SEGMENT.remove(b'/');

/// The same of a path of the machine, which may begin with a drive.
const DRIVE_PATH: &AsciiSet = &PATH.remove(b':');

/// A name as one part of a path.
pub(crate) fn uri_segment(name: &str) -> String {
    utf8_percent_encode(name, SEGMENT).to_string()
}

/// A path as a relative URI.
pub(crate) fn uri_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// A path of the machine, `/`-separated, as a URI.
pub(crate) fn file_uri(path: &str) -> String {
    let root = if path.starts_with('/') { "" } else { "/" };
    format!("file://{root}{}", utf8_percent_encode(path, DRIVE_PATH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_would_read_otherwise_is_encoded() {
        assert_eq!(uri_segment("area:db/é ~x._-%41"), "area%3Adb%2F%C3%A9%20~x._-%2541");
        assert_eq!(uri_path("docs/a b/#?.md"), "docs/a%20b/%23%3F.md");
        assert_eq!(file_uri("C:/My site/i.html"), "file:///C:/My%20site/i.html");
        assert_eq!(file_uri("/tmp/ü.html"), "file:///tmp/%C3%BC.html");
    }
}
