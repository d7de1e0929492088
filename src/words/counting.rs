//! How languages count: which plural form a number takes, by CLDR's rules.

use std::collections::BTreeMap;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

/// The forms that there are.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Up to here numbers have forms that every text needs: larger ones have others in few languages, as millions in French.
const MOST: usize = 1_000;

/// How many numbers of a form are named.
const MOST_NAMED: usize = 3;

/// Numbers that have forms which a text may have and need not: fractions, millions.
const RARE: [&str; 8] = ["0.0", "0.1", "0.5", "1.0", "1.5", "2.5", "5.0", "1000000"];

/// How a language counts.
pub(super) struct Counting {
    /// As it is told: `` `pl` ``.
    pub(super) language: String,
    /// Its forms.
    pub(super) forms: Vec<&'static str>,
    /// The first numbers that each form stands for.
    pub(super) numbers: BTreeMap<&'static str, Vec<usize>>,
    pub(super) rules: Option<PluralRules>,
}

impl Counting {
    /// English's way where the language is not known.
    pub(super) fn of(language: Option<&str>) -> Self {
        let rules = rules(language);
        let mut numbers = BTreeMap::<_, Vec<_>>::new();
        for number in 0..=MOST {
            let first = numbers.entry(category(rules.as_ref(), number)).or_default();
            if first.len() < MOST_NAMED {
                first.push(number);
            }
        }
        let rare = RARE.iter().filter_map(|number| rules.as_ref()?.select(*number).ok());
        let rare: Vec<_> = rare.map(name).collect();
        let is_form = |form: &&str| *form == "other" || numbers.contains_key(form) || rare.contains(form);
        let forms = FORMS.into_iter().filter(is_form).collect();
        Self { language: format!("`{}`", language.unwrap_or("en")), forms, numbers, rules }
    }

    /// Its forms in words.
    pub(super) fn shown(&self) -> String {
        format!("`{}`", self.forms.join("`, `"))
    }
}

/// How a language counts; `None` where that is not known.
fn rules(language: Option<&str>) -> Option<PluralRules> {
    let of = |tag: &str| {
        PluralRules::create(tag.parse::<LanguageIdentifier>().ok()?, PluralRuleType::CARDINAL).ok()
    };
    let tag = language?;
    of(tag).or_else(|| of(tag.split('-').next()?))
}

/// The form of a number.
pub(super) fn category(rules: Option<&PluralRules>, number: usize) -> &'static str {
    match rules.and_then(|rules| rules.select(number).ok()) {
        Some(category) => name(category),
        None if number == 1 => "one",
        None => "other",
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}
