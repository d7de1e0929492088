//! Ids: what they may be, how one is read from a title, and how one is made where there is none.

use std::{borrow::Borrow, cmp::Ordering, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The longest id, in characters.
const MOST: usize = 64;

/// The longest title, in bytes, that an id is held against: of a longer one it is the beginning at most.
const MOST_REPEATED: usize = 4 * MOST;

/// The lasting name of a milestone or an issue: `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`, compared without case.
///
/// Every index of names holds ids: a copy shares the text.
#[derive(Debug, Clone)]
pub struct Id {
    written: Arc<str>,
    key: Arc<str>,
}

impl Id {
    /// The most letters of one.
    pub(crate) const MOST_LETTERS: usize = MOST;

    /// An id, where the text is one.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut bytes = text.bytes();
        let first = bytes.next()?.is_ascii_alphanumeric();
        let rest = bytes.all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        (first && rest && text.len() <= MOST).then(|| {
            let written = Arc::from(text);
            let has_case = text.bytes().any(|byte| byte.is_ascii_uppercase());
            let key = if has_case { text.to_ascii_lowercase().into() } else { Arc::clone(&written) };
            Self { written, key }
        })
    }

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The id in lower case: what ids are compared by, and what file names, URLs and anchors are made of, since file
    /// systems differ over case and a change of case must not break a link.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it is the one that would be made of a title, and so tells nobody anything who reads that.
    pub(crate) fn repeats(&self, title: &str) -> bool {
        title.len() <= MOST_REPEATED && *self == made_id(title)
    }

    /// All before the last digits, in lower case, as `db-` of `DB-001`; `None` where the id ends in no digit or has
    /// nothing before them.
    pub(crate) fn series(&self) -> Option<&str> {
        let series = self.key.trim_end_matches(|c: char| c.is_ascii_digit());
        (!series.is_empty() && series.len() < self.key.len()).then_some(series)
    }

    /// The number that the id ends in, as `1` of `DB-001`.
    pub(crate) fn number(&self) -> Option<u64> {
        self.series().and_then(|series| self.key[series.len()..].parse().ok())
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Id {}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| D::Error::custom(format_args!("`{text}` is not an id")))
    }
}

/// The id that a title begins with: letters, digits and hyphens, with a hyphen, ending in a digit, before a separator.
///
/// `DB-001: Build …` gives `DB-001`, `DB-ML0 – Inventory …` gives `DB-ML0`; `Phase 2: x` gives none.
pub(crate) fn id_in_title(title: &str) -> Option<&str> {
    split_title(title).map(|(id, _)| id)
}

/// The title without the id that it begins with, where that is `id`; else the whole title.
pub(crate) fn title_without_id<'a>(title: &'a str, id: &Id) -> &'a str {
    match split_title(title) {
        Some((found, rest)) if found.eq_ignore_ascii_case(id.as_str()) && !rest.is_empty() => rest,
        _ => title,
    }
}

/// Where in the title that stands.
pub(crate) fn range_without_id(title: &str, id: &Id) -> std::ops::Range<usize> {
    let rest = title_without_id(title, id);
    let start = rest.as_ptr().addr() - title.as_ptr().addr();
    start..start + rest.len()
}

/// The id and the rest, which stand on the two sides of `:`, `–`, `—`, or of a hyphen between spaces.
fn split_title(title: &str) -> Option<(&str, &str)> {
    let title = title.trim_start();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let end = title.bytes().position(|byte| !is_part(&byte))?;
    let (id, rest) = title.split_at(end);
    let fits = id.len() <= MOST
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.ends_with(|c: char| c.is_ascii_digit())
        && id.contains('-');
    if !fits {
        return None;
    }
    let after = rest.trim_start_matches(' ');
    let hyphen = || rest.strip_prefix(" - ");
    after.strip_prefix([':', '–', '—']).or_else(hyphen).map(|rest| (id, rest.trim()))
}

/// The id that is made from a title which has none: its letters and digits in lower case, Latin ones for others, with
/// a hyphen for everything between. It changes with the title, which is why `apply` refuses it.
///
/// A title without a letter or digit gives `untitled`.
pub(crate) fn made_id(title: &str) -> Id {
    let mut made = String::new();
    for c in deunicode::deunicode(title).chars() {
        if c.is_ascii_alphanumeric() {
            made.push(c.to_ascii_lowercase());
        } else if !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
        if made.len() >= MOST {
            break;
        }
    }
    let made = made.trim_end_matches('-');
    let written = Arc::from(if made.is_empty() { "untitled" } else { made });
    Id { key: Arc::clone(&written), written }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_plain_ascii_of_at_most_64_characters() {
        let long = "a".repeat(64);
        for good in ["DB-001", "a", "0", "v1.2_x", long.as_str()] {
            assert!(Id::new(good).is_some(), "{good}");
        }
        let longer = "a".repeat(65);
        for bad in ["", "-rf", ".git", "../x", "a b", "é", "%2e", "a/b", longer.as_str()] {
            assert!(Id::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn ids_are_compared_without_case_and_shown_as_written() {
        let (upper, lower) = (Id::new("DB-001").expect("an id"), Id::new("db-001").expect("an id"));
        assert_eq!(upper, lower);
        assert_eq!(upper.to_string(), "DB-001");
        assert_eq!((upper.series(), upper.number()), (Some("db-"), Some(1)));
        assert_eq!(Id::new("alpha").and_then(|id| id.number()), None);
    }

    #[test]
    fn titles_give_ids() {
        for (title, id, rest) in [
            ("DB-001: Build it", "DB-001", "Build it"),
            ("DB-ML0 – Inventory and gap map", "DB-ML0", "Inventory and gap map"),
            ("DB-ML0 — x", "DB-ML0", "x"),
            ("a-1 - x - y", "a-1", "x - y"),
            ("DB-1:x", "DB-1", "x"),
        ] {
            assert_eq!(id_in_title(title), Some(id), "{title}");
            assert_eq!(title_without_id(title, &Id::new(id).expect("an id")), rest, "{title}");
        }
        for title in
            ["Phase 2: x", "v2: x", "DB-x: y", "DB-1 x", "DB-1", "DB-1-2 x", "Fix: it", "-1: x", "a_1-2: x"]
        {
            assert_eq!(id_in_title(title), None, "{title}");
        }
    }

    #[test]
    fn a_title_that_is_another_items_or_nothing_else_stays_whole() {
        let id = Id::new("DB-002").expect("an id");
        assert_eq!(title_without_id("DB-001: Build it", &id), "DB-001: Build it");
        assert_eq!(title_without_id("DB-002:", &id), "DB-002:");
    }

    #[test]
    fn an_id_that_is_made_of_the_title_repeats_it() {
        for (id, title, repeats) in [
            ("metrics-initiative", "Metrics initiative!", true),
            ("Q4-2024", "Q4 2024", true),
            ("DB-001", "DB-001: Build", false),
            ("uber", "Über", true),
            ("metrics", "Metrics initiative", false),
        ] {
            assert_eq!(Id::new(id).expect("an id").repeats(title), repeats, "{id} {title}");
        }
    }

    #[test]
    fn made_ids_are_ids() {
        for (title, id) in [
            ("Ship it!", "ship-it"),
            ("Über größe", "uber-grosse"),
            ("日本", "ri-ben"),
            ("!!!", "untitled"),
            ("", "untitled"),
        ] {
            assert_eq!(made_id(title).as_str(), id);
        }
        assert!(Id::new(made_id(&"long title ".repeat(20)).as_str()).is_some());
    }
}
