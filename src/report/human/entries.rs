//! What is told of findings: those of one kind in one text of an item once, with their count.

use std::{collections::BTreeMap, sync::Arc};

use super::{Code, Finding, Severity};

/// What is told of one finding, or of several alike.
pub(crate) struct Entry<'f> {
    /// The finding, or the first of them.
    pub(crate) finding: &'f Finding,
    /// How many more there are of the same rule in the same text.
    pub(crate) more: usize,
    /// Whether one of the same kind was told before, so that its line and the help need not be shown again.
    pub(super) is_short: bool,
}

impl Entry<'_> {
    /// How many more there are and where, as `and 11 more in the body of ``DB-004`` `; nothing where it is the only one.
    pub(crate) fn note(&self) -> Option<String> {
        let text = self.finding.diagnostic.place.text_of_item()?;
        (self.more > 0).then(|| match &self.finding.item {
            Some(item) => format!("and {} more in the {text} of `{item}`", self.more),
            None => format!("and {} more in this {text}", self.more),
        })
    }
}

/// The rule, and the text: its file, list, place and field.
type Kind = (Code, Arc<str>, &'static str, usize, &'static str);

/// The findings with those joined that are warnings of one rule in one text of an issue or milestone; in their order.
pub(crate) fn joined(findings: &[Finding]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut known = BTreeMap::<Kind, usize>::new();
    let mut codes = BTreeMap::<Code, ()>::new();
    for finding in findings {
        let kind = kind(finding);
        if let Some(entry) = kind.as_ref().and_then(|kind| known.get(kind)) {
            entries[*entry].more += 1;
            continue;
        }
        let is_short = kind.is_some() && codes.insert(finding.diagnostic.code, ()).is_some();
        known.extend(kind.map(|kind| (kind, entries.len())));
        entries.push(Entry { finding, more: 0, is_short });
    }
    entries
}

fn kind(finding: &Finding) -> Option<Kind> {
    let diagnostic = &finding.diagnostic;
    let text = diagnostic.place.text_of_item()?;
    let (file, list, index) = diagnostic.place.item()?;
    (diagnostic.severity == Severity::Warning).then_some((diagnostic.code, file, list, index, text))
}

/// Each finding for itself.
pub(super) fn apart(findings: &[Finding]) -> Vec<Entry<'_>> {
    findings.iter().map(|finding| Entry { finding, more: 0, is_short: false }).collect()
}
