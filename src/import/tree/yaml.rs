//! YAML, event for event: no call goes deeper than the text nests, and what aliases repeat is counted.

use std::{collections::BTreeMap, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Number, Value};

use super::{DEEPEST, Kind, Member, Node, TOO_DEEP, doubled};
use crate::import::fault::{Fault, at};

/// How much aliases may repeat, in nodes; a long text counts for several.
const MOST_REPEATED: usize = 10_000;

/// The documents of a text.
pub(in crate::import) fn yaml(text: &str) -> Result<Vec<Node>, Fault> {
    let mut reading = Reading {
        bytes: text.char_indices().map(|(at, _)| at).chain([text.len()]).collect(),
        open: Vec::new(),
        anchors: BTreeMap::new(),
        repeated: 0,
        documents: Vec::new(),
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|why| {
            let message = format!("this YAML cannot be read: {}", why.info());
            Fault::new(
                message,
                at(text, reading.byte(why.marker().index())),
                "mend it here: nothing of it was read",
            )
        })?;
        reading.take(event, span)?;
    }
    Ok(reading.documents)
}

struct Reading {
    /// The byte of each character, and the end.
    bytes: Vec<usize>,
    open: Vec<Open>,
    /// What aliases stand for, each with its weight.
    anchors: BTreeMap<usize, (Node, usize)>,
    repeated: usize,
    documents: Vec<Node>,
}

/// A list or an object that is open.
struct Open {
    anchor: usize,
    start: usize,
    holds: Holds,
}

enum Holds {
    List(Vec<Node>),
    Map(Vec<Member>, Option<(String, Range<usize>)>),
}

impl Reading {
    fn byte(&self, index: usize) -> usize {
        self.bytes.get(index).or(self.bytes.last()).copied().unwrap_or_default()
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        let range = self.byte(span.start.index())..self.byte(span.end.index());
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str");
                let kind = if is_text {
                    Kind::Scalar(text.to_string(), Value::String(text.into()))
                } else {
                    plain(&text)
                };
                self.put(Node { kind, range }, anchor)
            }
            Event::Alias(anchor) => {
                let Some((node, weight)) = self.anchors.get(&anchor) else {
                    return Err(Fault::new("this alias stands within itself", range, "write the value out"));
                };
                self.repeated += weight;
                if self.repeated > MOST_REPEATED {
                    let message =
                        "aliases of this file repeat too much: what they stand for was not written out";
                    return Err(Fault::new(
                        message,
                        range,
                        "write out what is meant, without aliases of aliases",
                    ));
                }
                let node = Node { range, ..node.clone() };
                self.put(node, 0)
            }
            Event::SequenceStart(anchor, _) => self.begin(anchor, range, Holds::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.begin(anchor, range, Holds::Map(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, anchor: usize, range: Range<usize>, holds: Holds) -> Result<(), Fault> {
        if self.open.len() >= DEEPEST {
            return Err(Fault::new(
                format!("this file nests more than {DEEPEST} levels deep"),
                range,
                TOO_DEEP,
            ));
        }
        self.open.push(Open { anchor, start: range.start, holds });
        Ok(())
    }

    fn end(&mut self, end: usize) -> Result<(), Fault> {
        let Some(Open { anchor, start, holds }) = self.open.pop() else { return Ok(()) };
        let kind = match holds {
            Holds::List(items) => Kind::List(items),
            Holds::Map(members, _) => {
                let members = merged(members);
                doubled(&members)?;
                Kind::Map(members)
            }
        };
        self.put(Node { kind, range: start..end.max(start) }, anchor)
    }

    fn put(&mut self, node: Node, anchor: usize) -> Result<(), Fault> {
        if anchor > 0 {
            let weight = weight(&node);
            self.anchors.insert(anchor, (node.clone(), weight));
        }
        match self.open.last_mut().map(|open| &mut open.holds) {
            None => self.documents.push(node),
            Some(Holds::List(items)) => items.push(node),
            Some(Holds::Map(members, key)) => match (key.take(), node.kind) {
                (Some((key, range)), kind) => {
                    members.push(Member { key, range, value: Node { kind, range: node.range } });
                }
                (None, Kind::Scalar(text, _)) => *key = Some((text, node.range)),
                (None, Kind::Null) => *key = Some((String::new(), node.range)),
                (None, _) => {
                    let message = "a key of this file is a list or an object";
                    return Err(Fault::new(message, node.range, "write a word for the key"));
                }
            },
        }
        Ok(())
    }
}

/// The members with those of `<<`, which they themselves go before.
fn merged(members: Vec<Member>) -> Vec<Member> {
    let (bases, mut own): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| member.key == "<<");
    for base in bases {
        let nodes = match base.value.kind {
            Kind::List(items) => items,
            kind => vec![Node { kind, range: base.value.range }],
        };
        for member in nodes
            .into_iter()
            .filter_map(|node| if let Kind::Map(it) = node.kind { Some(it) } else { None })
            .flatten()
        {
            if own.iter().all(|known| known.key != member.key) {
                own.push(member);
            }
        }
    }
    own
}

fn weight(node: &Node) -> usize {
    1 + match &node.kind {
        Kind::Null => 0,
        Kind::Scalar(text, _) => text.len() / 64,
        Kind::List(items) => items.iter().map(weight).sum(),
        Kind::Map(members) => members.iter().map(|it| it.key.len() / 64 + weight(&it.value)).sum(),
    }
}

/// What a scalar without quotes means, by YAML's core schema; what only YAML writes so stays a text.
fn plain(text: &str) -> Kind {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => match serde_json::from_str::<Number>(text) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::String(text.to_owned()),
        },
    };
    Kind::Scalar(text.to_owned(), value)
}
