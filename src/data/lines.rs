//! JSON with one item on a line, so that a diff shows what changed.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes a document as JSON behind what `out` holds: each member of the document on a line, and each item of its lists; of texts
/// what `escaped` makes of them.
pub(crate) fn write_lines(document: &impl Serialize, escaped: fn(&str) -> Cow<'_, str>, out: &mut Vec<u8>) {
    // A document has text keys and finite numbers, and a list of bytes takes all.
    let _ = document.serialize(&mut Serializer::with_formatter(&mut *out, Lines { depth: 0, escaped }));
    out.push(b'\n');
}

/// Breaks lines between members and items, and nowhere below.
struct Lines {
    depth: usize,
    /// What is made of texts; of what JSON itself escapes, they hold the escaped form.
    escaped: fn(&str) -> Cow<'_, str>,
}

impl Lines {
    fn between<W: Write + ?Sized>(&self, out: &mut W, depth: usize, is_first: bool) -> io::Result<()> {
        let is_broken = self.depth == depth;
        out.write_all(match (is_first, is_broken) {
            (true, _) => b"",
            (false, true) => b",\n",
            (false, false) => b",",
        })
    }
}

impl Formatter for Lines {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        out.write_all((self.escaped)(text).as_bytes())
    }

    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(if self.depth == 2 { b"[\n" } else { b"[" })
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(if self.depth == 1 { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.between(out, 2, is_first)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.between(out, 1, is_first)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::write_lines;

    #[test]
    fn each_item_has_a_line() {
        let document = json!({ "a": 1, "b": [{ "c": [1, 2], "d": {} }, { "c": [] }], "e": [], "f": { "g": 1, "h": ["h\n"] } });
        let mut out = Vec::new();
        write_lines(&document, |text| text.replace('h', "H").into(), &mut out);
        let wanted = "{\"a\":1,\n\"b\":[\n{\"c\":[1,2],\"d\":{}},\n{\"c\":[]}\n],\n\"e\":[\n\n],\n\"f\":{\"g\":1,\"H\":[\"H\\n\"]}}\n";
        assert_eq!(String::from_utf8_lossy(&out), wanted);
    }
}
