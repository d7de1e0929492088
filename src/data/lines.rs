//! JSON with one item on a line, so that a diff shows what changed.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A document as JSON: each member of the document on a line, and each item of its lists.
pub fn lines(document: &impl Serialize) -> String {
    let mut out = Vec::new();
    // A document has text keys and finite numbers, and a list of bytes takes all.
    let _ = document.serialize(&mut Serializer::with_formatter(&mut out, Lines::default()));
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

/// Breaks lines between members and items, and nowhere below.
#[derive(Default)]
struct Lines {
    depth: usize,
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

    use super::lines;

    #[test]
    fn each_item_has_a_line() {
        let text = lines(
            &json!({ "a": 1, "b": [{ "c": [1, 2], "d": {} }, { "c": [] }], "e": [], "f": { "g": 1, "h": [1] } }),
        );
        let wanted = "{\"a\":1,\n\"b\":[\n{\"c\":[1,2],\"d\":{}},\n{\"c\":[]}\n],\n\"e\":[\n\n],\n\"f\":{\"g\":1,\"h\":[1]}}\n";
        assert_eq!(text, wanted);
    }
}
