//! What a file says of itself before its text begins: no Markdown.

use std::borrow::Cow;

/// The text with blanks where its front matter stands, which is no Markdown: what a file begins with between two lines of
/// `---` (YAML) or `+++` (TOML). All else stays where it is.
pub(crate) fn without_front_matter(text: &str) -> Cow<'_, str> {
    let end = front_matter(text).unwrap_or_default();
    if end == 0 {
        return Cow::Borrowed(text);
    }
    let blank = |byte: u8| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    Cow::Owned(text[..end].bytes().map(blank).chain(text[end..].chars()).collect())
}

/// Where the front matter of a file ends.
fn front_matter(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    matches!(fence, "---" | "+++").then_some(())?;
    let mut end = first.len();
    for (ix, line) in lines.enumerate() {
        end += line.len();
        match line.trim_end() {
            // A line across the page, with a paragraph behind it.
            "" if ix == 0 => return None,
            line if line == fence => return Some(end),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::without_front_matter;

    #[test]
    fn front_matter_is_blank_and_all_else_stays_in_its_place() {
        for (text, read) in [
            ("---\na: é\n---\n# b", "   \n     \n   \n# b"),
            ("+++\r\na\r\n+++\r\nb", "   \r\n \r\n   \r\nb"),
            ("---\n\na\n\n---\n", "---\n\na\n\n---\n"),
            ("---\na\n", "---\na\n"),
            ("a\n---\nb\n---\n", "a\n---\nb\n---\n"),
        ] {
            assert_eq!(without_front_matter(text), read);
        }
    }
}
