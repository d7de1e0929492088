//! What a document says of labels: lists and tables, each below the heading of its group.

use std::{collections::BTreeSet, ops::Range};

use super::{Claim, Reading};
use crate::{
    documents::{
        columns::{About, Table, of_roadmap},
        values,
        vocabulary::Field,
    },
    import::draft::Entry,
    markdown::read::blocks::{Block, Item, MarkKind, Row, Words},
    report::{Code, Diagnostic},
};

impl Reading<'_> {
    /// The label reference.
    pub(super) fn labels(&mut self, part: usize) {
        for at in part..self.chapters[part].end.max(part + 1) {
            let first = self.draft.labels.len();
            let claims = self.claims.len();
            for placed in std::mem::take(&mut self.chapters[at].blocks) {
                match &placed.block {
                    Block::List(items) => items.iter().for_each(|item| self.item_of_label(item)),
                    Block::Table(rows) => match of_roadmap(rows, false) {
                        Some((About::Labels, table)) => self.table_of_labels(rows, &table),
                        _ => self.left_out(&placed.range, "this table"),
                    },
                    Block::Rule => {}
                    Block::Html if self.is_comment(&placed.range) => self.comment(&placed.range),
                    _ => self.left_out(&placed.range, "this text"),
                }
            }
            if at > part && first < self.draft.labels.len() {
                self.group(at, first, self.claims.len() > claims);
            }
        }
        self.drop_plain_groups();
    }

    fn item_of_label(&mut self, item: &Item) {
        let words = &item.words;
        let marked = words
            .marks
            .iter()
            .find(|mark| mark.within.start == 0 && matches!(mark.kind, MarkKind::Code | MarkKind::Strong));
        let (name, behind) = match marked {
            Some(mark) => (&words.text[mark.within.clone()], mark.within.end),
            None => plain_name(&words.text),
        };
        let rest = &words.text[values::rest(&words.text, behind)..];
        let (description, count) = without_count(rest);
        self.label(name, &words.range, description, None);
        self.claim_of_label(name, count, &words.range);
    }

    pub(super) fn table_of_labels(&mut self, rows: &[Row], table: &Table) {
        for row in rows.iter().skip(1) {
            let cell = |field| table.cell(row, field);
            let text = |wanted| cell(wanted).map(|words: &Words| words.text.trim()).unwrap_or_default();
            let Some(name) = cell(Field::Title) else { continue };
            let color = Some(text(Field::Color).trim_start_matches('#')).filter(|color| !color.is_empty());
            self.label(&name.text, &name.range, text(Field::Description), color);
            let count = cell(Field::Count).and_then(|words| values::count(&words.text));
            self.claims
                .extend(count.map(|count| Claim::of_label(name.text.trim(), count, row.range.clone())));
        }
    }

    fn label(&mut self, name: &str, range: &Range<usize>, description: &str, color: Option<&str>) {
        let name = name.trim();
        if name.is_empty() {
            return self.left_out(range, "a label without a name");
        }
        if !self.listed.insert(name.to_lowercase()) {
            return self.left_out_value(range, name, "the label is listed before: keep one of the two");
        }
        let mut label =
            Entry::at(range).with("name", name, range).with("description", description.trim(), range);
        if let Some(color) = color {
            label.say("color", color, range);
        }
        self.draft.labels.push(label);
    }

    fn claim_of_label(&mut self, name: &str, count: Option<usize>, range: &Range<usize>) {
        self.claims.extend(count.map(|count| Claim::of_label(name.trim(), count, range.clone())));
    }

    /// A group out of a heading and the labels that stand below it, where one prefix is common to them.
    fn group(&mut self, at: usize, first: usize, counts: bool) {
        let prefixes: BTreeSet<_> =
            self.draft.labels[first..].iter().filter_map(|label| prefix(label.text("name")?)).collect();
        let all =
            self.draft.labels[first..].iter().all(|label| label.text("name").and_then(prefix).is_some());
        let (Some(prefix), 1, true) = (prefixes.first().copied().map(str::to_owned), prefixes.len(), all)
        else {
            return;
        };
        let chapter = &self.chapters[at];
        let (title, heading) = (chapter.title.text.trim().to_owned(), chapter.heading.clone());
        let mut group = Entry::at(&heading).with("prefix", prefix, &heading).with("title", title, &heading);
        if counts {
            group.say("counts", true, &heading);
        }
        self.draft.label_groups.push(group);
    }

    /// Groups that are what they would be by themselves need not be listed.
    fn drop_plain_groups(&mut self) {
        let is_plain = |group: &Entry| {
            let prefix = group.text("prefix").unwrap_or_default();
            let mut letters = prefix.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let title: String = first.chain(letters).chain(" Labels".chars()).collect();
            group.title() == title && !group.fields.contains_key("counts")
        };
        if self.draft.label_groups.iter().all(is_plain) {
            self.draft.label_groups.clear();
        }
    }

    /// Where labels are listed, those that are used beside them are listed too: an unlisted one would be unknown.
    pub(super) fn list_used_labels(&mut self) {
        if self.draft.labels.is_empty() {
            return;
        }
        let mut known: BTreeSet<String> =
            self.draft.labels.iter().filter_map(|label| label.text("name")).map(str::to_lowercase).collect();
        let mut unlisted = Vec::new();
        for issue in &self.draft.issues {
            for name in issue.names("labels") {
                if known.insert(name.to_lowercase()) {
                    unlisted.push((name.to_owned(), issue.fields["labels"].range.clone()));
                }
            }
        }
        for (name, range) in unlisted {
            let found = Diagnostic::new(
                Code::ImportContradiction,
                self.place(&range),
                format!("the label `{name}` is used, and the label reference does not have it"),
            );
            self.report.push(found.warning().help("it was listed without a description: write one"));
            self.draft.labels.push(Entry::at(&range).with("name", name, &range));
        }
    }
}

fn prefix(name: &str) -> Option<&str> {
    name.split_once(':').map(|(prefix, _)| prefix).filter(|prefix| !prefix.trim().is_empty())
}

/// A name that nothing marks ends before a separator with a space beside it.
fn plain_name(text: &str) -> (&str, usize) {
    let ends = [" - ", " – ", " — ", ": "].iter().filter_map(|separator| text.find(separator)).min();
    let end = ends.unwrap_or(text.len());
    (&text[..end], end)
}

/// A description without the `(14 issues)` at its end, and that number.
fn without_count(text: &str) -> (&str, Option<usize>) {
    let found = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let count = found.and_then(|(before, inside)| {
        let (number, noun) = inside.split_once(' ')?;
        let count = number.parse().ok().filter(|_| matches!(noun, "issue" | "issues"))?;
        Some((before.trim_end(), Some(count)))
    });
    count.unwrap_or((text, None))
}
