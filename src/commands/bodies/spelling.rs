//! How bodies were written in the JSON, where that is not as we would write them: so that they come back byte for byte.
//!
//! It is kept in `roadbook.bodies.json` beside the JSON, and only of bodies that need it. Without it a body comes back as it is
//! usually written, and says the same.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    commands::editing::{EditSession, file_edit},
    edit::{Change, Edit, New, Refused, Spot, edited},
    io::{Failure, FailureKind},
    json::{Kind as NodeKind, Node, locate},
    model::{Id, fields::ISSUE},
    report::{JsonPath, Part},
    source::{joined, objects},
};

/// The file, beside the JSON.
const NAME: &str = "roadbook.bodies.json";

/// What a body comes behind, unless it was elsewhere.
const USUAL: &[&str] = &["id", "title", "milestone"];

/// How a body was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spelling {
    /// The key before it, empty where it was the first; as usual where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// Whether it was spelled in ASCII.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ascii: bool,
}

impl Spelling {
    /// The edit that writes a body so into its object.
    pub(super) fn change(&self, body: &str, object: Option<&Value>) -> Change {
        let new = if self.ascii { New::Ascii(body.to_owned()) } else { body.into() };
        let known = self.after.as_ref().and_then(|key| ISSUE.iter().find(|field| field.key == key));
        let known = known.filter(|field| object.is_none_or(|object| object.get(field.key).is_some()));
        let spot = match (&self.after, known) {
            (Some(first), _) if first.is_empty() => Spot::First,
            (_, Some(field)) => Spot::After(field.key),
            _ => Spot::Behind(USUAL),
        };
        Change::Set(new, spot)
    }

    /// How the body of an object is written.
    fn of(object: &str, body: &str) -> Option<Self> {
        let tree = Node::read(object)?;
        let NodeKind::Object(members) = &tree.kind else { return None };
        let at = members.iter().position(|member| member.key == "body")?;
        let after = at.checked_sub(1).map_or_else(String::new, |at| members[at].key.to_string());
        let ascii = object.get(members[at].value.range.clone())?.is_ascii() && !body.is_ascii();
        Some(Self { after: Some(after), ascii })
    }
}

/// A body in its file of the source.
pub(super) struct Body<'t> {
    /// The place of its issue in the list.
    pub(super) index: usize,
    pub(super) text: &'t str,
}

/// How each body has to be written so that the text is the same again, byte for byte; `None` for one that cannot be. This is
/// tried, not foreseen.
///
/// # Errors
/// Where the text cannot be edited.
pub(super) fn exact(text: &str, bodies: &[&Body<'_>]) -> Result<Vec<Option<Spelling>>, Failure> {
    let cannot = |why: Refused| Failure::new(FailureKind::Files, format!("cannot move the bodies: {why}"));
    let file: Arc<str> = "".into();
    let object = |body: &Body<'_>| JsonPath::default().key("issues").index(body.index);
    let wanted: Vec<_> = bodies.iter().map(|body| (object(body), Part::Value)).collect();
    let before = locate(text, &wanted);
    let mut found = vec![Some(Spelling::default()); bodies.len()];
    loop {
        let moved = || bodies.iter().zip(&found).filter_map(|(body, how)| Some((body, how.as_ref()?)));
        let edit = |body: &Body<'_>, change| Edit {
            file: Arc::clone(&file),
            path: object(body).key("body"),
            change,
        };
        let out: Vec<_> = moved().map(|(body, _)| edit(body, Change::Remove)).collect();
        if out.is_empty() {
            return Ok(found);
        }
        let without = edited(text, &out.iter().collect::<Vec<_>>()).map_err(cannot)?;
        let back: Vec<_> = moved().map(|(body, how)| edit(body, how.change(body.text, None))).collect();
        let back = edited(&without, &back.iter().collect::<Vec<_>>()).map_err(cannot)?;
        if back == text {
            return Ok(found);
        }
        let after = locate(&back, &wanted);
        let mut is_other = false;
        for (n, how) in found.iter_mut().enumerate() {
            let (old, new) = (part(text, &before[n]), part(&back, &after[n]));
            if old == new || how.is_none() {
                continue;
            }
            is_other = true;
            let own = old.and_then(|old| Spelling::of(old, bodies[n].text));
            *how = own.filter(|own| how.as_ref().is_some_and(|tried| tried.after.is_none() && tried != own));
        }
        if !is_other {
            return Ok(vec![None; bodies.len()]);
        }
    }
}

fn part<'t>(text: &'t str, range: &Option<std::ops::Range<usize>>) -> Option<&'t str> {
    text.get(range.clone()?)
}

/// What is known of bodies that are in files, by id.
pub(super) struct Spellings {
    path: Arc<str>,
    was: Option<String>,
    known: BTreeMap<String, Spelling>,
}

impl Spellings {
    /// Reads what is kept. A file that cannot be read tells nothing: it is about the layout alone.
    pub(super) fn read(desk: &EditSession<'_>) -> Result<Self, Failure> {
        let path = joined(&desk.session.found.base, NAME).into();
        let was = desk.file_text(&path)?;
        let known = was.as_deref().and_then(|text| objects::from_str(text).ok()).unwrap_or_default();
        Ok(Self { path, was, known })
    }

    /// Keeps how a body was written that goes out of the JSON.
    pub(super) fn note(&mut self, id: &Id, how: Spelling) {
        self.take(id);
        if how != Spelling::default() {
            self.known.insert(id.to_string(), how);
        }
    }

    /// How a body was written that comes back.
    pub(super) fn take(&mut self, id: &Id) -> Spelling {
        let key = self.known.keys().find(|known| known.eq_ignore_ascii_case(id.key())).cloned();
        key.and_then(|key| self.known.remove(&key)).unwrap_or_default()
    }

    /// The edit that keeps it.
    pub(super) fn edit(self) -> Result<Option<Edit>, Failure> {
        let mut lines = Vec::new();
        for (id, how) in &self.known {
            let how = serde_json::to_string(how).map_err(|why| {
                Failure::new(FailureKind::Files, format!("cannot write `{}`: {why}", self.path))
            })?;
            lines.push(format!("  {}: {how}", Value::from(id.as_str())));
        }
        let text = (!lines.is_empty()).then(|| format!("{{\n{}\n}}\n", lines.join(",\n")));
        Ok((text != self.was).then(|| file_edit(&self.path, text)))
    }
}
