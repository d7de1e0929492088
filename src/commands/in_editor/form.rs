//! What is edited: the body of an issue as Markdown, or the fields of an item as one JSON object.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    commands::{
        editing::{Draft, EditSession, Plan, Subject},
        lookup::Item,
        set,
    },
    edit::{self, Change, Spot, edited},
    io::{Failure, FailureKind},
    json::{Kind as NodeKind, Node, inexact},
    report::JsonPath,
    source::{body_in, body_name, body_text},
};

/// A text that is edited.
pub(super) struct Form {
    /// What its file is called: editors go by the ending.
    pub(super) name: String,
    pub(super) text: String,
    is_body: bool,
}

impl Form {
    /// The body of an issue; of other items, and where the item itself is asked for, its fields.
    pub(super) fn of(desk: &EditSession<'_>, item: Item, is_item: bool) -> Result<Self, Failure> {
        let is_body = matches!(item, Item::Issue(_)) && !is_item;
        let subject = desk.subject(item)?;
        if is_body {
            let name = body_name(desk.name(item));
            let body = subject.old.get("body").and_then(Value::as_str).unwrap_or_default();
            return Ok(Self { name, text: body_text(body), is_body });
        }
        let name = match item {
            // The name of a label can be anything.
            Item::Label(_) => "label.json".to_owned(),
            Item::Issue(_) | Item::Milestone(_) => format!("{}.json", desk.name(item)),
        };
        Ok(Self { name, text: fields(&subject)?, is_body })
    }
}

/// The fields of an item, less the body, in their usual order.
fn fields(subject: &Subject) -> Result<String, Failure> {
    let file = Arc::clone(&subject.file);
    let given = subject.fields.iter().filter(|field| field.key != "body");
    let given = given.filter_map(|field| Some((field.key, subject.old.get(field.key)?)));
    let edit = |(key, value): (&str, &Value)| edit::Edit {
        file: Arc::clone(&file),
        path: JsonPath::default().key(key),
        change: Change::Set(value.clone().into(), Spot::Last),
    };
    let edits: Vec<_> = given.map(edit).collect();
    edited("{\n}\n", &edits.iter().collect::<Vec<_>>())
        .map_err(|why| Failure::new(FailureKind::Files, format!("cannot show the item: {why}")))
}

/// What the new text comes to.
pub(super) fn plan(desk: &EditSession<'_>, item: Item, form: &Form, new: &str) -> Result<Plan, Failure> {
    let mut draft = Draft::new(desk, desk.subject(item)?);
    if form.is_body {
        let (_, body) = body_in(new);
        draft.new.insert("body".to_owned(), body.into());
    } else {
        let body = draft.new.remove("body");
        draft.new = read(&draft, form, new)?;
        draft.new.extend(body.map(|body| ("body".to_owned(), body)));
        set::follow(&mut draft, item)?;
    }
    draft.plan(&format!("edited `{}`", desk.name(item)))
}

/// The fields that a text gives.
fn read(draft: &Draft<'_, '_>, form: &Form, text: &str) -> Result<Map<String, Value>, Failure> {
    let bad = |why: String| {
        let message = format!("nothing was written: `{}` is not the fields of an item: {why}", form.name);
        Failure::new(FailureKind::Usage, message)
    };
    let text = text.trim_start_matches('\u{feff}');
    let members: Map<String, Value> = serde_json::from_str(text).map_err(|why| bad(why.to_string()))?;
    if let Some(number) = inexact(text).next() {
        return Err(bad(format!("{} has more digits than a number has room for here", &text[number])));
    }
    let tree = Node::read(text);
    if let Some(Node { kind: NodeKind::Object(all), .. }) = &tree
        && all.len() > members.len()
    {
        return Err(bad("it gives a key twice".to_owned()));
    }
    for key in members.keys() {
        if key == "body" {
            return Err(bad("the body is edited by itself, without `--item`".to_owned()));
        }
        draft.field(key)?;
    }
    Ok(members)
}
