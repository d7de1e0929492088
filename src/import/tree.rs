//! Values of YAML, TOML and JSON with the bytes that say them. A scalar is kept as it is written beside what it means, so that
//! a version `1.10` is not 1.1.

mod json;
mod toml;
mod yaml;

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;

pub(super) use self::{
    json::{is_lines, json},
    toml::toml,
    yaml::yaml,
};
use super::fault::Fault;

/// How deep a file may nest.
const DEEPEST: usize = 64;

const TOO_DEEP: &str = "no roadmap needs that many levels";

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Null,
    /// Any scalar: as it is written, and what it means.
    Scalar(String, Value),
    List(Vec<Node>),
    Map(Vec<Member>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) range: Range<usize>,
    pub(super) value: Node,
}

impl Node {
    /// A scalar as it is written.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn map(&self) -> Option<&[Member]> {
        match &self.kind {
            Kind::Map(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Null => true,
            Kind::Scalar(text, _) => text.trim().is_empty(),
            Kind::List(items) => items.is_empty(),
            Kind::Map(members) => members.is_empty(),
        }
    }

    /// The same in JSON.
    pub(super) fn value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Scalar(_, value) => value.clone(),
            Kind::List(items) => items.iter().map(Self::value).collect(),
            Kind::Map(members) => {
                members.iter().map(|member| (member.key.clone(), member.value.value())).collect()
            }
        }
    }
}

/// The first of two equal keys of one object, which no file may have.
fn doubled(members: &[Member]) -> Result<(), Fault> {
    let mut seen = BTreeMap::new();
    for member in members {
        if let Some(first) = seen.insert(member.key.as_str(), &member.range) {
            let message = format!("the key `{}` is there twice", member.key);
            let found = Fault::new(message, member.range.clone(), "keep one of the two");
            return Err(Fault { first: Some(first.clone()), ..found });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml_text = "title: Höhle\nissues:\n- title: \"a\"\n  estimate: 3\n  version: 1.10\n  due: 2027-05-01\n  ok: true\n- &x {title: b, labels: [p, q]}\n- <<: *x\n  title: c\n";
        let toml_text = "title = \"Höhle\"\n[[issues]]\ntitle = \"a\"\nestimate = 3\nversion = 1.10\ndue = 2027-05-01\nok = true\n\
             [[issues]]\ntitle = \"b\"\nlabels = [\"p\", 'q']\n[[issues]]\ntitle = \"c\"\nlabels = [\"p\", 'q']\n";
        let wanted = json!({"title": "Höhle", "issues": [
            {"title": "a", "estimate": 3, "version": 1.1, "due": "2027-05-01", "ok": true},
            {"title": "b", "labels": ["p", "q"]}, {"title": "c", "labels": ["p", "q"]},
        ]});
        let yaml = yaml(yaml_text).expect("YAML");
        let toml = toml(toml_text).expect("TOML");
        assert_eq!((yaml[0].value(), toml[0].value()), (wanted.clone(), wanted.clone()));
        let json = json(&wanted.to_string()).expect("JSON");
        assert_eq!(json[0].value(), wanted);
        for (text, node) in [(yaml_text, &yaml[0]), (toml_text, &toml[0])] {
            let first = &node.map().expect("a map")[1].value.list().expect("a list")[0].map().expect("a map");
            let said: Vec<_> = first.iter().map(|it| &text[it.range.clone()]).collect();
            assert_eq!(said, ["title", "estimate", "version", "due", "ok"]);
            assert_eq!(first[2].value.text(), Some("1.10"));
            assert_eq!(&text[node.map().expect("a map")[0].value.range.clone()].trim_matches('"'), &"Höhle");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_line() {
        let laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
             d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
        let deep = format!("a:\n  {}", "[".repeat(100));
        let deep_toml = format!("b = 1\na = {}", "[".repeat(100_000));
        let dotted = format!("b = 1\n{} = 1", vec!["a"; 100_000].join("."));
        for (read, text, line, words) in [
            (yaml as fn(&str) -> Result<Vec<Node>, Fault>, "a: 1\nb: [1, 2\n", 3, "YAML"),
            (yaml, "a: 1\nb: 2\na: 3\n", 3, "`a` is there twice"),
            (yaml, "a: 1\nb: *x\n", 2, "YAML"),
            (yaml, "a: 1\n? [b]\n: c\n", 2, "a key"),
            (yaml, laughs, 4, "aliases"),
            (yaml, &deep, 2, "nests"),
            (toml, "a = 1\na = 2\n", 2, "TOML"),
            (toml, "a = 1\n[b\n", 2, "TOML"),
            (toml, &deep_toml, 2, "TOML"),
            (toml, &dotted, 2, "TOML"),
            (json, "{\"a\": 1,\n\"a\": 2}", 2, "`a` is there twice"),
            (json, "{\"a\": 1,\n\"b\": }", 2, "JSON"),
        ] {
            let fault = read(text).expect_err(text);
            let start = fault.range.start.min(text.len());
            assert_eq!(1 + text[..start].matches('\n').count(), line, "{fault:?}");
            assert!(fault.message.contains(words), "{fault:?}");
        }
    }
}
