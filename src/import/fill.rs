//! What a document says, put where a source says nothing: edits of absent keys, and a finding for each contradiction.

mod members;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use serde_json::{Map, Value};

use super::{
    Text,
    draft::{Draft, Entry},
    same::{folded, is_due_alike, same},
};
use crate::{
    edit::{Change, Edit, New, Refused, Spot, edited},
    model::{
        Id, Roadmap,
        fields::{FILE, Field, ISSUE, LABEL, LABEL_GROUP, MILESTONE, PHASE, SECTION},
        resolve, title_without_id,
    },
    report::{Code, Diagnostic, JsonPath, Place, Report, one_line},
    rules,
    source::{merge, parse},
};

/// A source as it is.
pub(super) struct Known {
    name: Arc<str>,
    value: Map<String, Value>,
    roadmap: Roadmap,
}

impl Known {
    /// Reads a source; its blocking faults where it has some.
    pub(super) fn read(name: &Arc<str>, text: &str) -> Result<Self, Report> {
        let mut report = Report::default();
        let parsed = parse(name, text.as_bytes().to_vec(), &mut report).map(|file| (Arc::clone(name), file));
        let document = merge(parsed.into_iter().collect(), &mut report);
        let (roadmap, faults) = resolve(document, "", None);
        report.extend(faults);
        if rules::blocks(&report) {
            return Err(report);
        }
        let value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        Ok(Self { name: Arc::clone(name), value, roadmap })
    }

    /// Whether it says a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.value.contains_key(key)
    }

    fn list(&self, key: &str) -> Option<&[Value]> {
        self.value.get(key)?.as_array().map(Vec::as_slice)
    }
}

/// The text with the edits made, those of one list one after the other.
pub(super) fn applied(text: &str, edits: &[Edit]) -> Result<String, Refused> {
    if edits.is_empty() { Ok(text.to_owned()) } else { edited(text, &edits.iter().collect::<Vec<_>>()) }
}

/// The edits that fill a source from a draft; what contradicts is told.
pub(super) fn edits(draft: &mut Draft, known: &Known, document: &Text, report: &mut Report) -> Vec<Edit> {
    draft.pin(known.list("milestones").is_none(), known.list("issues").is_none());
    let milestones = known.milestones();
    let matched: Vec<_> = draft.milestones.iter().map(|entry| milestones.find(entry)).collect();
    let names: Vec<String> =
        matched.iter().zip(&draft.milestones).map(|(ix, entry)| known.name_of(*ix, entry)).collect();
    draft.name_milestones(&names);
    let mut filling = Filling { known, document, matched, edits: Vec::new(), report };
    filling.head(&draft.head);
    filling.list("milestones", MILESTONE, &draft.milestones, &milestones);
    filling.list("issues", ISSUE, &draft.issues, &known.issues());
    filling.used_labels(&mut draft.labels);
    filling.list("labels", LABEL, &draft.labels, &known.labels());
    filling.list("label_groups", LABEL_GROUP, &draft.label_groups, &known.by("label_groups", "prefix"));
    filling.list("phases", PHASE, &draft.phases, &known.by("phases", "title"));
    filling.list("sections", SECTION, &draft.sections, &known.by("sections", "title"));
    filling.edits
}

/// The items of a list of the source, by what a document may call them.
struct Named {
    /// The key by which an entry is looked up, beside its id.
    key: &'static str,
    by_id: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
}

impl Named {
    fn find(&self, entry: &Entry) -> Option<usize> {
        let id = entry.id().map(str::to_ascii_lowercase);
        let by_id = id.as_ref().and_then(|id| self.by_id.get(id));
        by_id.or_else(|| self.by_name.get(&folded(short(entry, self.key)))).copied()
    }
}

/// What an entry is called, without its id where that is a title.
fn short<'e>(entry: &'e Entry, key: &str) -> &'e str {
    let text = entry.text(key).unwrap_or_default();
    match entry.id().and_then(Id::new) {
        Some(id) if key == "title" => title_without_id(text, &id),
        _ => text,
    }
}

impl Known {
    fn milestones(&self) -> Named {
        let items = self.roadmap.milestones.iter().map(|it| (&it.id, it.made, &*it.title, it.origin.index));
        Self::named(items)
    }

    fn issues(&self) -> Named {
        let items = self.roadmap.issues.iter().map(|it| (&it.id, it.made, &*it.title, it.origin.index));
        Self::named(items)
    }

    /// Items by their ids, and by their titles with and without them.
    fn named<'r>(items: impl Iterator<Item = (&'r Id, bool, &'r str, usize)>) -> Named {
        let mut named = Named { key: "title", by_id: BTreeMap::new(), by_name: BTreeMap::new() };
        for (id, is_made, title, index) in items {
            if !is_made {
                named.by_id.insert(id.key().to_owned(), index);
            }
            for title in [title, title_without_id(title, id)] {
                named.by_name.entry(folded(title)).or_insert(index);
            }
        }
        named
    }

    fn labels(&self) -> Named {
        self.by("labels", "name")
    }

    /// The items of a list by one of their texts.
    fn by(&self, list: &str, key: &'static str) -> Named {
        let items = self.list(list).unwrap_or_default().iter().enumerate();
        let name = |item: &Value| item.get(key).and_then(Value::as_str).map(folded);
        let by_name = items.rev().filter_map(|(ix, item)| Some((name(item)?, ix))).collect();
        Named { key, by_id: BTreeMap::new(), by_name }
    }

    /// How the source names a milestone; how the document does where the source does not have it.
    fn name_of(&self, index: Option<usize>, entry: &Entry) -> String {
        let known = index.and_then(|index| self.roadmap.milestones.get(index));
        known.map_or_else(|| entry.id().unwrap_or_default().to_owned(), |it| it.id.to_string())
    }
}

/// A source on its way to be filled.
struct Filling<'a> {
    known: &'a Known,
    document: &'a Text,
    /// The places in the source of the document's milestones.
    matched: Vec<Option<usize>>,
    edits: Vec<Edit>,
    report: &'a mut Report,
}

impl Filling<'_> {
    fn head(&mut self, head: &Entry) {
        self.summary(head);
        for field in FILE.iter().filter(|field| field.key != "summary") {
            if let Some(said) = head.fields.get(field.key) {
                self.field(
                    JsonPath::default(),
                    FILE,
                    field.key,
                    self.known.value.get(field.key),
                    &said.value,
                    &said.range,
                    true,
                );
            }
        }
    }

    /// A whole list where the source has none, else the fields that its items lack.
    fn list(&mut self, key: &'static str, fields: &'static [Field], entries: &[Entry], named: &Named) {
        if entries.is_empty() {
            return;
        }
        let path = JsonPath::default().key(key);
        let Some(items) = self.known.list(key).filter(|_| self.known.value.contains_key(key)) else {
            if !self.known.value.contains_key(key) {
                let items = entries.iter().map(|entry| object(entry, fields)).collect();
                self.set(path, New::List(items), FILE);
            }
            return;
        };
        let mut found = BTreeSet::new();
        for entry in entries {
            let Some(index) = named.find(entry).filter(|index| found.insert(*index)) else {
                self.only_in_document(&path, entry, named.key);
                continue;
            };
            self.item(key, index, fields, entry, &items[index]);
        }
        let rest = (0..items.len()).filter(|index| !found.contains(index)).collect::<Vec<_>>();
        if matches!(key, "milestones" | "issues") {
            rest.into_iter()
                .for_each(|index| self.only_in_source(&path.clone().index(index), &items[index], entries));
        }
    }

    /// The fields of one item.
    fn item(&mut self, list: &str, index: usize, fields: &'static [Field], entry: &Entry, item: &Value) {
        let path = JsonPath::default().key(list).index(index);
        for field in fields {
            let Some(said) = entry.fields.get(field.key) else { continue };
            let old = item.get(field.key);
            if let (Some(Value::Object(own)), Value::Object(kept), "extra") = (old, &said.value, field.key) {
                self.extra(&path.clone().key("extra"), own, kept, &said.range);
                continue;
            }
            let is_same = match (list, field.key, old) {
                (_, "id", None) => !self.is_made(list, index),
                (_, "id", Some(old)) => old
                    .as_str()
                    .unwrap_or_default()
                    .eq_ignore_ascii_case(said.value.as_str().unwrap_or_default()),
                ("milestones" | "issues", "title", Some(_)) => {
                    folded(self.title(list, index)) == folded(short(entry, "title"))
                }
                ("issues", "milestone", Some(_)) => {
                    self.milestone_of_issue(index)
                        == entry.milestones.first().and_then(|at| self.matched[*at])
                }
                ("phases", "milestones", Some(_)) => {
                    let wanted: BTreeSet<_> =
                        entry.milestones.iter().filter_map(|at| self.matched[*at]).collect();
                    self.milestones_of_phase(index) == wanted
                }
                ("milestones" | "issues", "due_on", Some(old)) => is_due_alike(old, &said.value),
                (_, _, Some(old)) => same(old, &said.value),
                (_, _, None) => false,
            };
            self.field(path.clone(), fields, field.key, old, &said.value, &said.range, !is_same);
        }
    }

    /// One value: set where there is none, told where there is another.
    #[expect(clippy::too_many_arguments, reason = "both sides of one value, each with its place")]
    fn field(
        &mut self,
        item: JsonPath,
        fields: &'static [Field],
        key: &'static str,
        old: Option<&Value>,
        new: &Value,
        range: &Range<usize>,
        differs: bool,
    ) {
        match old {
            _ if !differs => {}
            None => self.set(item.key(key), New::from(new.clone()), fields),
            Some(old) if same(old, new) => {}
            Some(old) => {
                let message = format!("`{key}` is {} here, and {} in the document", shown(old), shown(new));
                self.contradiction(
                    item.key(key),
                    message,
                    Some(range),
                    "the JSON was left as it is: correct whichever is wrong",
                );
            }
        }
    }

    fn set(&mut self, path: JsonPath, new: New, fields: &'static [Field]) {
        let change = Change::Set(new, Spot::Among(fields));
        self.edits.push(Edit { file: Arc::clone(&self.known.name), path, change });
    }

    fn place(&self, path: JsonPath) -> Place {
        let at = crate::report::At::Json(path, crate::report::Part::Value);
        Place { file: Arc::clone(&self.known.name), at }
    }

    fn contradiction(&mut self, path: JsonPath, message: String, range: Option<&Range<usize>>, help: &str) {
        let found = Diagnostic::new(Code::ImportContradiction, self.place(path), message).help(help);
        let there = |range: &Range<usize>| Place::bytes(Arc::clone(&self.document.name), range.clone());
        self.report.push(match range {
            Some(range) => found.related(there(range), "the document says"),
            None => found,
        });
    }

    fn only_in_document(&mut self, list: &JsonPath, entry: &Entry, key: &str) {
        let name = entry.id().or(entry.text(key)).unwrap_or_default();
        let message = format!("`{}` is in the document, and not in `{list}`", one_line(name));
        let place = Place::bytes(Arc::clone(&self.document.name), entry.range.clone());
        let found = Diagnostic::new(Code::ImportContradiction, place, message)
            .related(self.place(list.clone()), "the list of the JSON");
        self.report
            .push(found.help("only keys are filled: add it to the JSON, or take it out of the document"));
    }

    fn only_in_source(&mut self, path: &JsonPath, item: &Value, entries: &[Entry]) {
        let title = item.get("title").and_then(Value::as_str).unwrap_or_default();
        let message = format!("`{}` is not in the document", one_line(title));
        let range = entries.last().map(|entry| entry.range.clone());
        let found =
            Diagnostic::new(Code::ImportContradiction, self.place(path.clone().key("title")), message);
        let last = |range| Place::bytes(Arc::clone(&self.document.name), range);
        let found = range
            .into_iter()
            .fold(found, |found, range| found.related(last(range), "the last one that the document has"));
        self.report.push(found.help("the document is older, or leaves it out: building adds it"));
    }

    /// Labels that the source uses and neither side lists: in a list that is new they would be unknown.
    fn used_labels(&mut self, labels: &mut Vec<Entry>) {
        if labels.is_empty() || self.known.value.contains_key("labels") {
            return;
        }
        let listed: BTreeSet<String> =
            labels.iter().filter_map(|label| label.text("name")).map(str::to_lowercase).collect();
        for label in
            self.known.roadmap.labels.iter().filter(|label| !listed.contains(&label.name.to_lowercase()))
        {
            let message = format!(
                "the JSON uses the label `{}`, and the document does not have it",
                one_line(&label.name)
            );
            let found = Diagnostic::new(
                Code::ImportContradiction,
                Place::file(Arc::clone(&self.document.name)),
                message,
            )
            .warning();
            self.report.push(found.help("it was listed without a description: write one"));
            labels.push(Entry::default().with("name", label.name.as_str(), &(0..0)));
        }
    }

    /// Whether the id of an item is made from its title. There is one file without blocking faults: an item's place in its
    /// list is that in the roadmap.
    fn is_made(&self, list: &str, index: usize) -> bool {
        let roadmap = &self.known.roadmap;
        match list {
            "milestones" => roadmap.milestones.get(index).is_some_and(|it| it.made),
            _ => roadmap.issues.get(index).is_some_and(|it| it.made),
        }
    }

    fn title(&self, list: &str, index: usize) -> &str {
        let roadmap = &self.known.roadmap;
        let title = match list {
            "milestones" => roadmap.milestones.get(index).map(|it| title_without_id(&it.title, &it.id)),
            _ => roadmap.issues.get(index).map(|it| it.short_title()),
        };
        title.unwrap_or_default()
    }

    fn milestone_of_issue(&self, index: usize) -> Option<usize> {
        self.known.roadmap.issues.get(index)?.milestone.get().map(|ix| ix.0)
    }

    fn milestones_of_phase(&self, index: usize) -> BTreeSet<usize> {
        let phase = self.known.roadmap.phases.get(index);
        phase.into_iter().flat_map(|phase| &phase.milestones).map(|link| link.to.0).collect()
    }
}

/// An entry as it is written, its keys in the order of the schema.
fn object(entry: &Entry, fields: &[Field]) -> New {
    let member =
        |field: &Field| Some((field.key.to_owned(), New::from(entry.fields.get(field.key)?.value.clone())));
    New::Object(fields.iter().filter_map(member).collect())
}

/// A value in a message, cut where it is long.
fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = one_line(&text);
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("`{}…`", &text[..cut]),
        None => format!("`{text}`"),
    }
}
