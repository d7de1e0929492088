//! Line ends. Pages are LF; a file with CRLF keeps CRLF; the two count as equal.

use std::borrow::Cow;

/// Whether two texts are the same, line ends apart.
pub fn same_lines(a: &[u8], b: &[u8]) -> bool {
    a == b || without_cr(a).eq(without_cr(b))
}

/// A page as it is written over `old`: with CRLF where the first line of `old` ends so.
pub(crate) fn as_on_disk<'a>(page: &'a [u8], old: Option<&[u8]>) -> Cow<'a, [u8]> {
    if !old.is_some_and(has_crlf) {
        return Cow::Borrowed(page);
    }
    let mut bytes = Vec::with_capacity(page.len() + page.len() / 32);
    for byte in without_cr(page) {
        if byte == b'\n' {
            bytes.push(b'\r');
        }
        bytes.push(byte);
    }
    Cow::Owned(bytes)
}

/// Whether the first line ends in CRLF.
fn has_crlf(text: &[u8]) -> bool {
    text.iter().position(|byte| *byte == b'\n').is_some_and(|end| text[..end].ends_with(b"\r"))
}

/// The bytes without the CR of each CRLF.
fn without_cr(text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter()
        .enumerate()
        .filter(|(at, byte)| **byte != b'\r' || text.get(at + 1) != Some(&b'\n'))
        .map(|(_, byte)| *byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crlf_and_lf_are_the_same_and_nothing_else_is() {
        assert!(same_lines(b"a\r\nb\n", b"a\nb\r\n"));
        assert!(!same_lines(b"a\rb", b"ab"));
        assert!(!same_lines(b"a\n", b"a"));
    }

    #[test]
    fn a_file_keeps_its_line_ends() {
        assert_eq!(&*as_on_disk(b"a\nb\n", Some(b"x\r\ny\n")), b"a\r\nb\r\n");
        assert_eq!(&*as_on_disk(b"a\nb\n", Some(b"x\ny\r\n")), b"a\nb\n");
        assert_eq!(&*as_on_disk(b"a\n", Some(b"no line")), b"a\n");
        assert_eq!(&*as_on_disk(b"a\n", None), b"a\n");
    }
}
