//! The anchors that GitHub gives headings.

use std::collections::BTreeMap;

use finl_unicode::categories::CharacterCategories;

/// GitHub's anchors of the headings of one file, duplicates numbered (`notes`, `notes-1`).
///
/// The rule is GitHub's own, as `github-slugger` describes it: lower case, spaces to hyphens, and of all else only what
/// Ruby calls a word (`\p{Word}`).
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    /// Every anchor that was given, with the last number that was put behind it.
    given: BTreeMap<String, usize>,
}

impl Anchors {
    /// A file without headings yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The anchor of the file's next heading, without `#`, from its words as a reader sees them.
    pub(crate) fn add(&mut self, heading_text: &str) -> String {
        let slug = slug(heading_text);
        let mut anchor = slug.clone();
        while self.given.contains_key(&anchor) {
            let number = self.given.entry(slug.clone()).or_default();
            *number += 1;
            anchor = format!("{slug}-{number}");
        }
        self.given.insert(anchor.clone(), 0);
        anchor
    }
}

/// The anchor of a heading that has a file to itself.
pub(crate) fn slug(heading_text: &str) -> String {
    let kept = |c: &char| matches!(c, ' ' | '-') || is_word(*c);
    let lower = heading_text.to_lowercase();
    lower.chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// What Unicode calls alphabetic, marks, decimal digits and the punctuation that connects words. Other numbers (`²`, `½`,
/// `①`) are none, and neither is what joins emoji.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic() || c.is_mark() || c.is_number_decimal() || c.is_punctuation_connector()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        for (heading, anchor) in [
            ("Phase 1 – Foundations", "phase-1--foundations"),
            ("A → B", "a--b"),
            ("en–dash", "endash"),
            ("v0.3.0: “core”", "v030-core"),
            ("C++ & C#", "c--c"),
            ("😄 - x", "---x"),
            (":ok_hand: x", "ok_hand-x"),
            ("a - b", "a---b"),
            ("__proto__", "__proto__"),
            ("Two\nlines\tand\u{a0}gaps", "twolinesandgaps"),
            ("ÄRGER İN Straße", "ärger-i\u{307}n-straße"),
        ] {
            assert_eq!(Anchors::new().add(heading), anchor);
        }
    }

    /// By `github-slugger`'s table, which was made of headings that GitHub rendered.
    #[test]
    fn of_the_forms_of_numbers_decimal_digits_alone_stay() {
        for (heading, anchor) in [
            ("Area in m²", "area-in-m"),
            ("① 準備", "-準備"),
            ("½ done", "-done"),
            ("H₂O", "ho"),
            ("Step Ⓐ", "step-ⓐ"),
            ("Part Ⅷ", "part-ⅷ"),
            ("Version ２", "version-２"),
            ("٣ steps", "٣-steps"),
            ("㉑ ❸ ⑴ ፩ x", "----x"),
            ("1️⃣ One", "1\u{fe0f}\u{20e3}-one"),
            ("⚙️ Set up", "\u{fe0f}-set-up"),
            ("👩‍🔬 Lab", "-lab"),
            ("a\u{200d}b", "ab"),
            ("x‿y ー々", "x‿y-ー々"),
        ] {
            assert_eq!(Anchors::new().add(heading), anchor);
        }
    }

    #[test]
    fn a_number_is_put_behind_what_was_given_before() {
        let all = |headings: &[&str]| {
            let mut anchors = Anchors::new();
            headings.iter().map(|heading| anchors.add(heading)).collect::<Vec<_>>()
        };
        assert_eq!(all(&["x", "x", "x"]), ["x", "x-1", "x-2"]);
        assert_eq!(all(&["foxtrot-1", "foxtrot", "foxtrot"]), ["foxtrot-1", "foxtrot", "foxtrot-2"]);
        assert_eq!(all(&["x", "x-1", "x"]), ["x", "x-1", "x-2"]);
        assert_eq!(all(&["x", "x", "x-1", "x-1"]), ["x", "x-1", "x-1-1", "x-1-2"]);
        assert_eq!(all(&["!", "?"]), ["", "-1"]);
    }
}
