//! Footnotes: numbered as they are first named, gathered at the end, each with the way back.
//!
//! Their ids hold a colon, which neither a heading's anchor nor one of the users' own does.

use super::Walk;
use crate::markdown::html::{Kind, Mark};
use comrak::{Node, nodes::NodeValue};
use std::collections::BTreeMap;

/// A footnote's definition, and how often it is named.
struct Note<'a> {
    number: u32,
    references: u32,
    definition: Node<'a>,
}

/// The footnotes of a body by their numbers: those that are named, and of two with one name the first.
#[derive(Default)]
pub(super) struct Notes<'a> {
    all: Vec<Note<'a>>,
    /// The one that is being written, until its ways back are.
    open: Option<usize>,
}

impl<'a> Notes<'a> {
    pub(super) fn of(root: Node<'a>) -> Self {
        let mut named: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let mut definitions = Vec::new();
        for node in root.descendants() {
            match &node.data().value {
                NodeValue::FootnoteReference(note) => {
                    named.entry(folded(&note.name)).or_insert((note.ix, 0)).1 += 1;
                }
                NodeValue::FootnoteDefinition(note) => definitions.push((folded(&note.name), node)),
                _ => {}
            }
        }
        // Taken out, so that of two definitions of one name the second finds nothing.
        let made = definitions.into_iter().filter_map(|(name, definition)| {
            let (number, references) = named.remove(&name)?;
            Some(Note { number, references, definition })
        });
        let mut all: Vec<Note<'a>> = made.collect();
        all.sort_by_key(|note| note.number);
        Self { all, open: None }
    }
}

/// The name of a footnote as it is compared: without case, white space folded.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The number in a text that leads to a note.
pub(super) fn refer(walk: &mut Walk<'_, '_, '_>, number: u32, occurrence: u32) -> usize {
    walk.sheet.begin(Mark::new("sup", Kind::Words).anchored(Some(reference(number, occurrence))));
    let link = if walk.sheet.is_in_link() { None } else { walk.sheet.own_link(&format!("fn:{number}")) };
    let label = format!("Footnote {number}");
    let link = link.map(|link| link.with("class", "footnote-ref").with("aria-label", &label));
    walk.sheet.begin(link.unwrap_or_else(Mark::silent));
    walk.sheet.verbatim(&number.to_string());
    walk.sheet.end();
    walk.sheet.end();
    0
}

/// Puts all notes behind the body.
pub(super) fn put(walk: &mut Walk<'_, '_, '_>) {
    if walk.notes.all.is_empty() {
        return;
    }
    walk.sheet.begin(Mark::new("div", Kind::Flow).with("class", "footnotes").with("role", "doc-endnotes"));
    walk.sheet.begin(Mark::new("ol", Kind::List));
    for at in 0..walk.notes.all.len() {
        let Note { number, definition, .. } = walk.notes.all[at];
        walk.notes.open = Some(at);
        walk.sheet.begin(Mark::new("li", Kind::Item).anchored(Some(format!("fn:{number}"))));
        walk.all_in(definition);
        walk.sheet.close_theirs();
        put_ways_back(walk);
        walk.sheet.end();
    }
    walk.sheet.end();
    walk.sheet.end();
}

/// Adds the ways back where a node ends that is the last paragraph of the note that is being written.
pub(super) fn lead_back<'a>(walk: &mut Walk<'a, '_, '_>, node: Node<'a>) {
    let Some(at) = walk.notes.open else { return };
    let definition = walk.notes.all[at].definition;
    let is_last = definition.last_child().is_some_and(|last| std::ptr::eq(last, node));
    if is_last && matches!(node.data().value, NodeValue::Paragraph) {
        walk.sheet.close_theirs();
        put_ways_back(walk);
    }
}

/// Adds the ways back from the note that is being written, once.
fn put_ways_back(walk: &mut Walk<'_, '_, '_>) {
    let Some(Note { number, references, .. }) = walk.notes.open.take().map(|at| &walk.notes.all[at]) else {
        return;
    };
    let (number, references) = (*number, *references);
    for occurrence in 1..=references {
        let Some(link) = walk.sheet.own_link(&reference(number, occurrence)) else { continue };
        let times = if occurrence > 1 { format!("-{occurrence}") } else { String::new() };
        let label = format!("Back to reference {number}{times}");
        walk.sheet.verbatim(" ");
        walk.sheet.begin(link.with("class", "footnote-backref").with("aria-label", &label));
        walk.sheet.verbatim("↩");
        if occurrence > 1 {
            walk.sheet.begin(Mark::new("sup", Kind::Words));
            walk.sheet.verbatim(&occurrence.to_string());
            walk.sheet.end();
        }
        walk.sheet.end();
    }
}

/// The anchor of a place that names a note.
fn reference(number: u32, occurrence: u32) -> String {
    if occurrence > 1 { format!("fnref:{number}-{occurrence}") } else { format!("fnref:{number}") }
}
