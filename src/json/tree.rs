//! A JSON text as a tree that keeps what serde forgets: doubled keys, and the bytes of every value.
//!
//! It is made only of texts that have a fault, so that the rest of them can still be read.

use std::{borrow::Cow, ops::Range};

use super::scan::Scanner;

/// How deep a text may nest: the limit of serde_json, which every text has passed before it comes here.
const DEEPEST: usize = 128;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node<'t> {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: Kind<'t>,
}

/// What a value is. Scalars are read from the text where they are needed.
#[derive(Debug, Clone)]
pub(crate) enum Kind<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// Any number.
    Number,
    /// A string.
    Text,
    /// A list.
    List(Vec<Node<'t>>),
    /// An object, its members in the order of the text, doubled keys and all.
    Object(Vec<Member<'t>>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Member<'t> {
    /// What the key means, escapes resolved.
    pub(crate) key: Cow<'t, str>,
    /// The bytes of the key, quotes included.
    pub(crate) key_range: Range<usize>,
    /// The value.
    pub(crate) value: Node<'t>,
}

impl<'t> Node<'t> {
    /// The tree of a text that serde_json accepts; `None` for any other text.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        let mut scanner = Scanner::new(text);
        let top = value(&mut scanner, DEEPEST)?;
        scanner.peek().is_none().then_some(top)
    }

    /// The text of a string; `None` for every other value.
    pub(crate) fn text<'s>(&self, source: &'s str) -> Option<Cow<'s, str>> {
        matches!(self.kind, Kind::Text).then(|| Scanner::new(source).decode(&self.range))?
    }

    /// Writes the tree as JSON: what was taken out of it is not there.
    pub(crate) fn print(&self, source: &str, out: &mut String) {
        match &self.kind {
            Kind::List(items) => {
                out.push('[');
                separated(items, out, |item, out| item.print(source, out));
                out.push(']');
            }
            Kind::Object(members) => {
                out.push('{');
                separated(members, out, |member, out| {
                    out.push_str(&serde_json::Value::from(&*member.key).to_string());
                    out.push(':');
                    member.value.print(source, out);
                });
                out.push('}');
            }
            _ => out.push_str(&source[self.range.clone()]),
        }
    }
}

fn separated<T>(parts: &[T], out: &mut String, mut print: impl FnMut(&T, &mut String)) {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        print(part, out);
    }
}

fn value<'t>(scanner: &mut Scanner<'t>, depth: usize) -> Option<Node<'t>> {
    let first = scanner.peek()?;
    let start = scanner.at();
    let kind = match first {
        b'{' => Kind::Object(members(scanner, depth.checked_sub(1)?)?),
        b'[' => Kind::List(items(scanner, depth.checked_sub(1)?)?),
        _ => {
            scanner.value()?;
            match first {
                b'"' => Kind::Text,
                b'n' => Kind::Null,
                b't' | b'f' => Kind::Bool,
                _ => Kind::Number,
            }
        }
    };
    Some(Node { range: start..scanner.at(), kind })
}

fn items<'t>(scanner: &mut Scanner<'t>, depth: usize) -> Option<Vec<Node<'t>>> {
    let mut items = Vec::new();
    scanner.eat(b'[');
    while !scanner.eat(b']') {
        items.push(value(scanner, depth)?);
        scanner.eat(b',');
    }
    Some(items)
}

fn members<'t>(scanner: &mut Scanner<'t>, depth: usize) -> Option<Vec<Member<'t>>> {
    let mut members = Vec::new();
    scanner.eat(b'{');
    while !scanner.eat(b'}') {
        scanner.peek()?;
        let key_range = scanner.string()?;
        let key = scanner.decode(&key_range)?;
        scanner.eat(b':');
        members.push(Member { key, key_range, value: value(scanner, depth)? });
        scanner.eat(b',');
    }
    Some(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_prints_as_the_json_that_it_was_read_from() {
        let text =
            "\u{feff}{ \"a\\u0062\" : [1, \"x\\ny\", {\"a\": null, \"a\": true}], \"b\": {}, \"c\": [ ] }\n";
        let mut out = String::new();
        Node::read(text).unwrap().print(text, &mut out);
        assert_eq!(out, r#"{"ab":[1,"x\ny",{"a":null,"a":true}],"b":{},"c":[]}"#);
    }

    #[test]
    fn only_one_value_of_a_bounded_depth_is_a_tree() {
        assert!(Node::read("{} {}").is_none());
        assert!(Node::read("{\"a\": ").is_none());
        assert!(Node::read(&("[".repeat(127) + &"]".repeat(127))).is_some());
        assert!(Node::read(&("[".repeat(100_000) + &"]".repeat(100_000))).is_none());
    }
}
