//! Ids and labels that hand-written documents name.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use crate::{
    markdown::read::Outline,
    model::Roadmap,
    report::{Code, Diagnostic, Place, Report, closest},
    rules::mentions::KnownIds,
    source::Doc,
};

/// What a document's words may name.
pub(super) struct Names<'a> {
    /// Ids.
    pub(super) ids: KnownIds,
    labels: Labels<'a>,
}

/// The labels of a roadmap.
struct Labels<'a> {
    /// All of them in lower case, for the look-up.
    known: BTreeSet<String>,
    names: Vec<&'a str>,
    /// Former names in lower case, with those that took their places.
    former: BTreeMap<String, &'a str>,
    /// How many labels have what stands before the `:`.
    prefixes: BTreeMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    /// The ids and labels of a roadmap.
    pub(super) fn of(roadmap: &'a Roadmap) -> Self {
        let names: Vec<_> = roadmap.labels.iter().map(|label| label.name.as_str()).collect();
        let known = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let mut prefixes = BTreeMap::new();
        for (prefix, _) in names.iter().filter_map(|name| name.split_once(':')) {
            *prefixes.entry(prefix).or_default() += 1;
        }
        let all = roadmap.labels.iter();
        let former =
            all.flat_map(|label| label.was.iter().map(|was| (was.to_ascii_lowercase(), &*label.name)));
        let former = former.collect();
        Self { ids: KnownIds::of(roadmap), labels: Labels { known, names, former, prefixes } }
    }
}

/// Finds ids and labels in a document's words that the roadmap does not know. What stands in a region is the source's to
/// say, and what stands in a code span is no id.
pub(super) fn check(names: &Names<'_>, doc: &Doc, outline: &Outline, report: &mut Report) {
    let is_ours = |at: usize| doc.regions.iter().any(|region| region.inside.contains(&at));
    for prose in outline.prose.iter().filter(|prose| !is_ours(prose.start)) {
        let text = &doc.text[prose.clone()];
        for mention in names.ids.mentions(text).ids.into_iter().filter(|mention| mention.target.is_none()) {
            let range = prose.start + mention.range.start..prose.start + mention.range.end;
            let place = Place::bytes(Arc::clone(&doc.path), range);
            let found = Diagnostic::new(
                Code::UnknownId,
                place,
                format!("`{}` is not an id of this roadmap", mention.id),
            );
            report.push(found.help(names.ids.help(&mention.id)));
        }
        for word in names.labels.in_prose(text) {
            names.labels.tell(doc, &text[word.clone()], prose.start + word.start, report);
        }
    }
    for (code, range) in outline.code.iter().filter(|(_, range)| !is_ours(range.start)) {
        if names.labels.is_like(code, 1) {
            let inner = doc.text[range.clone()].find(code.as_str()).unwrap_or_default();
            names.labels.tell(doc, code, range.start + inner, report);
        }
    }
}

impl Labels<'_> {
    /// Whether a word is written as a label of a group of at least so many.
    fn is_like(&self, word: &str, at_least: usize) -> bool {
        word.split_once(':').is_some_and(|(prefix, name)| {
            self.prefixes.get(prefix).is_some_and(|count| *count >= at_least)
                && !name.is_empty()
                && !name.contains([':', '/', ' ', '*', '<', '…', '.'])
        })
    }

    /// The words of a text that read as labels of a group: `area:db`. Outside code a single label makes no group, and a
    /// number behind the `:` no label.
    fn in_prose(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        text.match_indices(':').filter_map(move |(colon, _)| {
            let before = &text[..colon];
            let start = before.trim_end_matches(is_part).len();
            let behind = &text[colon + 1..];
            let length = behind.find(|c| !is_part(c)).unwrap_or(behind.len());
            let word = start..colon + 1 + length;
            let is_alone = !text[..start].ends_with([':', '/', '.', '@', '#', '&', '?', '='])
                && !text[word.end..].starts_with([':', '/', '=', '@']);
            let is_name = behind.starts_with(|c: char| c.is_alphabetic());
            let is_judged = is_alone && is_name && self.is_like(&text[word.clone()], 2);
            (is_judged && !self.begins_one(&text[word.clone()])).then_some(word)
        })
    }

    /// Whether a word is the beginning of a label, whose name may go on with a space or a sign, or the whole of one.
    fn begins_one(&self, word: &str) -> bool {
        let word = word.to_ascii_lowercase();
        self.known.range(word.clone()..).next().is_some_and(|name| name.starts_with(&word))
    }

    fn tell(&self, doc: &Doc, label: &str, start: usize, report: &mut Report) {
        if self.known.contains(&label.to_ascii_lowercase()) {
            return;
        }
        let place = Place::bytes(Arc::clone(&doc.path), start..start + label.len());
        let message = format!("`{label}` is not a label of this roadmap");
        let renamed = self.former.get(&label.to_ascii_lowercase()).copied();
        let close = renamed.or_else(|| closest(label, self.names.iter().copied()));
        report.push(Diagnostic::new(Code::UnknownLabelInText, place, message).did_you_mean(close));
    }
}
