//! What a finding is about, in the roadmap's own words: which item, which of its texts, which value.

use std::{collections::BTreeMap, sync::Arc};

use super::{At, Diagnostic, Place, Step};

/// The texts of items that people write at length, with what they are called.
const TEXTS: [(&str, &str); 4] =
    [("body", "body"), ("description", "description"), ("goal", "goal"), ("updates", "updates")];

/// An item of one of the source's lists: its file, the list, its place in it.
pub(crate) type ItemKey = (Arc<str>, &'static str, usize);

/// The lists whose items have a name of their own.
pub(crate) const NAMED: [&str; 6] = ["issues", "label_groups", "labels", "milestones", "phases", "sections"];

/// The names of items that something was found in.
#[derive(Debug, Default)]
pub(crate) struct ItemNames {
    /// Those of the items in the source's lists.
    pub(crate) items: BTreeMap<ItemKey, String>,
    /// The files that hold the body of an issue: the file of the source that has the issue, and its id.
    pub(crate) bodies: BTreeMap<Arc<str>, (Arc<str>, String)>,
}

impl ItemNames {
    /// The name of the item that a place is in, wherever that item's body is kept.
    pub(crate) fn of(&self, place: &Place) -> Option<&str> {
        let body = || self.bodies.get(&place.file).map(|(_, id)| id);
        place.item().map_or_else(body, |item| self.items.get(&item)).map(String::as_str)
    }
}

impl Place {
    /// The item that this place is in.
    pub(crate) fn item(&self) -> Option<ItemKey> {
        let At::Json(path, _) = &self.at else { return None };
        let [Step::Key(list), Step::Index(index), ..] = &path.0[..] else { return None };
        let list = NAMED.into_iter().find(|known| known == list)?;
        Some((Arc::clone(&self.file), list, *index))
    }

    /// What the long text of an issue or milestone that this place is in is called.
    pub(super) fn text_of_item(&self) -> Option<&'static str> {
        let At::Json(path, _) = &self.at else { return None };
        let [Step::Key(list), Step::Index(_), Step::Key(field), ..] = &path.0[..] else { return None };
        let (_, word) = TEXTS.into_iter().find(|(key, _)| key == field)?;
        matches!(list.as_str(), "issues" | "milestones").then_some(word)
    }

    /// The way to a value that is in no item, without its place in a list.
    pub(crate) fn head(&self) -> Option<String> {
        let At::Json(path, _) = &self.at else { return None };
        let keys = path.0.iter().map_while(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        let keys: Vec<_> = keys.collect();
        (!keys.is_empty()).then(|| keys.join("."))
    }
}

impl Diagnostic {
    /// What is at fault, as the message names it: everything that it quotes, and days. It has no line, no count, and not the
    /// page of a milestone that shows it, which all change with what is around it. Where nothing is quoted, the message.
    pub(crate) fn value(&self) -> String {
        let said = self.message.split(", seen from `").next().unwrap_or_default();
        let mut parts = Vec::new();
        for (place, text) in said.split('`').enumerate() {
            match place % 2 {
                1 => parts.push(without_part(text)),
                _ => parts.extend(days(text).map(str::to_owned)),
            }
        }
        if parts.is_empty() { said.to_owned() } else { parts.join(", ") }
    }
}

/// The path of a long page without the number of its part: `m-alpha~2.md` as `m-alpha.md`.
fn without_part(text: &str) -> String {
    let whole = text.rsplit_once('~').and_then(|(page, rest)| {
        let end = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        (end == ".md" && end.len() < rest.len()).then(|| format!("{page}{end}"))
    });
    whole.unwrap_or_else(|| text.to_owned())
}

/// The days in a text, then the months, quarters and years in which something is due or begins.
fn days(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    let days = words.filter(|word| {
        word.len() == 10 && word.bytes().enumerate().all(|(at, byte)| (byte == b'-') == matches!(at, 4 | 7))
    });
    let spans = ["due in ", "begins in "].into_iter().flat_map(|before| text.split(before).skip(1));
    days.chain(spans.filter_map(|rest| rest.split([' ', ',', ':', ';']).next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Code;

    fn value(message: &str) -> String {
        Diagnostic::new(Code::Syntax, Place::file("a"), message).value()
    }

    #[test]
    fn a_value_is_what_is_quoted_and_what_day_is_said() {
        assert_eq!(value("unknown label `dosc`"), "dosc");
        assert_eq!(value("unknown id `EIP-20` (named 4 times)"), "EIP-20");
        assert_eq!(value("`A` is due on 2026-11-08, before `B`, which it waits for"), "A, 2026-11-08, B");
        assert_eq!(value("`A` is due in 2027-Q1, before `B`, which it waits for"), "A, 2027-Q1, B");
        assert_eq!(value("`A` begins in 2027, after it is due"), "A, 2027");
        assert_eq!(value("`A` has 2027 issues in all"), "A");
        assert_eq!(value("the title is empty"), "the title is empty");
        assert_eq!(value(""), "");
        assert_eq!(value("`a"), "a");
    }

    #[test]
    fn a_value_stays_where_a_page_is_split_anew() {
        let of = |from: &str, at: &str| {
            value(&format!(
                "this link leads nowhere: `m/{at}.md` has no anchor `#x`, seen from `m/{from}.md`"
            ))
        };
        assert_eq!(of("m-a~2", "m-a~2"), "m/m-a.md, #x");
        assert_eq!(of("m-a~2", "m-a~2"), of("m-a~13", "m-a"));
        assert_eq!(value("there is no `docs/~x.md`"), "docs/~x.md");
        assert_eq!(value("there is no `docs/a~1.mdx`"), "docs/a~1.mdx");
    }

    #[test]
    fn places_know_their_items_and_texts() {
        let issue = || Place::json("a.json").key("issues").index(3);
        assert_eq!(issue().key("body").item(), Some(("a.json".into(), "issues", 3)));
        assert_eq!(issue().key("body").text_of_item(), Some("body"));
        assert_eq!(issue().key("updates").index(1).key("text").text_of_item(), Some("updates"));
        assert_eq!(issue().key("title").text_of_item(), None);
        assert_eq!(Place::json("a.json").key("phases").index(0).key("body").text_of_item(), None);
        assert_eq!(Place::json("a.json").key("site").key("url").head().as_deref(), Some("site.url"));
        assert_eq!(Place::json("a.json").key("docs").index(2).head().as_deref(), Some("docs"));
        assert_eq!(Place::bytes("a.md", 0..1).item(), None);
    }
}
