//! Labels out of the files of other tools: lists of names with colours, colours by name, names with what they are put on for.

use std::ops::Range;

use super::{key_of, values::is_color};
use crate::{
    documents::vocabulary::{self, Field},
    import::{
        document::Reading,
        draft::Entry,
        tree::{Kind, Member, Node},
    },
    model::fields::LABEL,
};

impl Reading<'_> {
    pub(super) fn list_of_labels(&mut self, node: &Node) {
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| self.label_item(item)),
            Kind::Map(members) => members.iter().for_each(|it| self.label_of(&it.key, &it.range, &it.value)),
            Kind::Scalar(text, _) => self.left_out_value(&node.range, text, "labels are a list"),
            Kind::Null => {}
        }
    }

    pub(super) fn label_item(&mut self, item: &Node) {
        match &item.kind {
            Kind::Scalar(text, _) => self.label_map(text, &item.range, &[]),
            Kind::Map(members) => {
                let name = members.iter().find(|it| {
                    matches!(
                        Field::named(&vocabulary::name(&it.key)),
                        Some((Field::Title | Field::Labels, _))
                    )
                });
                let Some(name) = name.filter(|name| name.value.text().is_some()) else {
                    return match members.as_slice() {
                        [only] => self.label_of(&only.key, &only.range, &only.value),
                        _ => self.left_out(&item.range, "a label without a name"),
                    };
                };
                let rest: Vec<_> = members.iter().filter(|it| it.range != name.range).cloned().collect();
                self.label_map(name.value.text().unwrap_or_default(), &name.value.range, &rest);
            }
            Kind::List(_) => self.left_out(&item.range, "this list"),
            Kind::Null => {}
        }
    }

    /// A label whose name is a key: its value is its colour, its members, or what another tool puts it on for.
    pub(super) fn label_of(&mut self, name: &str, range: &Range<usize>, node: &Node) {
        match &node.kind {
            Kind::Map(members) => self.label_map(name, range, members),
            Kind::Null => self.label_map(name, range, &[]),
            Kind::Scalar(text, _) => {
                let key = if is_color(node) { "color" } else { "description" };
                let value = Node {
                    kind: Kind::Scalar(text.clone(), text.as_str().into()),
                    range: node.range.clone(),
                };
                self.label_map(name, range, &[Member { key: key.into(), range: node.range.clone(), value }]);
            }
            Kind::List(_) => {
                self.label_map(name, range, &[]);
                self.left_out(&node.range, "when another tool puts the label on");
            }
        }
    }

    pub(super) fn label_map(&mut self, name: &str, range: &Range<usize>, members: &[Member]) {
        let mut entry = Entry::at(range).with("name", name.trim(), range);
        if name.trim().is_empty() {
            return self.left_out(range, "a label without a name");
        }
        if !self.listed.insert(name.trim().to_lowercase()) {
            return self.left_out_value(range, name, "the label is listed before: keep one of the two");
        }
        for member in members.iter().filter(|member| !member.value.is_empty()) {
            let word = vocabulary::name(&member.key);
            match Field::named(&word).map(|(field, _)| field) {
                Some(Field::Color) if is_color(&member.value) => {
                    let color =
                        member.value.text().unwrap_or_default().trim().trim_start_matches('#').to_lowercase();
                    entry.say("color", color, &member.value.range);
                }
                Some(Field::Description) if member.value.text().is_some() => {
                    entry.say(
                        "description",
                        member.value.text().unwrap_or_default().trim(),
                        &member.value.range,
                    );
                }
                _ => {
                    // Tools that rename labels call their former names aliases.
                    let key = if word == "aliases" { Some("was") } else { key_of(LABEL, &member.key) };
                    match key {
                        Some(key) if self.verbatim(&mut entry, key, LABEL, member) => {}
                        _ => self.left_out_member(member),
                    }
                }
            }
        }
        self.draft.labels.push(entry);
    }
}
