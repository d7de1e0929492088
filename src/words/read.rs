//! A file of words, read: what is wrong in it is told, and stays English.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{English, Text, Words, counting::Counting, values_of};

/// What is wrong with a text of the file.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Its key.
    pub(crate) key: String,
    /// Whether there is no such text; else it cannot take the place of the English one.
    pub(crate) is_unknown: bool,
    /// What is wrong, in words.
    pub(crate) message: String,
    /// What to do; empty where the text is not known.
    pub(crate) help: String,
}

/// The words of a file, and what is wrong in it. `language` is the site's.
pub(crate) fn read(
    texts: BTreeMap<String, Value>,
    language: Option<&str>,
    catalogue: &BTreeMap<String, English>,
) -> (Words, Vec<Fault>) {
    let counting = Counting::of(language);
    let (mut own_texts, mut faults) = (BTreeMap::new(), Vec::new());
    for (key, value) in texts {
        let Some(english) = catalogue.get(&key) else {
            let message = format!("there is no text `{key}`");
            faults.push(Fault { key, is_unknown: true, message, help: String::new() });
            continue;
        };
        match own(&key, english, &value, &counting) {
            Ok(own) => {
                own_texts.insert(key, own);
            }
            Err((message, help)) => faults.push(Fault { key, is_unknown: false, message, help }),
        }
    }
    (Words { texts: own_texts, rules: counting.rules }, faults)
}

/// What takes the place of a text.
///
/// # Errors
/// With what is wrong and what to do.
fn own(key: &str, english: &English, value: &Value, counting: &Counting) -> Result<Text, (String, String)> {
    match (value, english) {
        (Value::String(own), _) => {
            holds(key, own, true)?;
            Ok(Text::One(own.trim().to_owned()))
        }
        (Value::Object(forms), English::Plural(_)) => plural(key, forms, counting),
        (Value::Object(_), English::One(_)) => {
            Err((format!("`{key}` does not count: it has one form"), "write one text".into()))
        }
        _ => Err((format!("`{key}` is not replaced by a text"), "write a text in quotes".into())),
    }
}

fn plural(key: &str, forms: &Map<String, Value>, counting: &Counting) -> Result<Text, (String, String)> {
    let mut own = BTreeMap::new();
    for (form, value) in forms {
        if !counting.forms.contains(&form.as_str()) {
            let message = format!("{} has no plural form `{form}`", counting.language);
            return Err((
                message,
                format!("its forms are {}: `site.lang` names the language", counting.shown()),
            ));
        }
        let Value::String(text) = value else {
            return Err((
                format!("the form `{form}` of `{key}` is not a text"),
                "write a text in quotes".into(),
            ));
        };
        holds(key, text, false)?;
        let numbers = counting.numbers.get(form.as_str()).map_or(&[][..], Vec::as_slice);
        if numbers.len() > 1 && values_of(text).is_empty() {
            let message = format!("the form `{form}` of `{key}` lacks `{{n}}`");
            return Err((message, format!("it stands for {} and more", listed(numbers))));
        }
        own.insert(form.clone(), text.trim().to_owned());
    }
    let is_missing = |form: &&&str| {
        (counting.numbers.contains_key(**form) || **form == "other") && !own.contains_key(**form)
    };
    if let Some(form) = counting.forms.iter().find(is_missing) {
        let help = match counting.numbers.get(form) {
            Some(numbers) => format!("it stands for {}", listed(numbers)),
            None => "every language has `other`: it stands for all numbers that no other form has".into(),
        };
        return Err((format!("`{key}` has no form `{form}`, which {} needs", counting.language), help));
    }
    Ok(Text::Plural(own))
}

/// Whether a character turns the direction of what follows (CVE-2021-42574).
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn listed(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// Whether a text has the values of the English one, and no others.
fn holds(key: &str, own: &str, all: bool) -> Result<(), (String, String)> {
    let (wanted, given) = (values_of(key), values_of(own));
    let shown =
        |names: &[String]| names.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ");
    let help = || match wanted.is_empty() {
        true => "this text has no values: take the braces out".to_owned(),
        false => format!("it has {}; values without a name may be written `{{}}`, in order", shown(&wanted)),
    };
    let strange: Vec<_> = given.iter().filter(|name| !wanted.contains(name)).cloned().collect();
    if let Some(c) = own.chars().find(|c| c.is_control() || turns(*c)) {
        let message = format!("the text holds the character U+{:04X}", u32::from(c));
        return Err((message, "take it out: a text is one line, and its direction is the page's".into()));
    }
    if !strange.is_empty() {
        return Err((format!("the text has {}, which `{key}` does not have", shown(&strange)), help()));
    }
    let missing: Vec<_> = wanted.iter().filter(|name| all && !given.contains(name)).cloned().collect();
    if !missing.is_empty() {
        return Err((format!("the text lacks {} of `{key}`", shown(&missing)), help()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(language: &str, texts: Value) -> Vec<String> {
        let one = |text: &str| (text.to_owned(), English::One(text.to_owned()));
        let many = English::Plural(BTreeMap::from([("other", "{n} issues".to_owned())]));
        let catalogue =
            BTreeMap::from([one("Done"), one("{} of {}"), one("due {day}"), ("{n} issues".to_owned(), many)]);
        let Value::Object(texts) = texts else { panic!("texts are an object") };
        let (_, faults) = read(texts.into_iter().collect(), Some(language), &catalogue);
        faults.into_iter().map(|fault| format!("{} ({})", fault.message, fault.help)).collect()
    }

    #[test]
    fn texts_keep_their_values_and_are_known() {
        let good = json!({ "Done": "Fertig", "{} of {}": "von {2} {1}", "due {day}": "fällig {day}",
            "{n} issues": { "one": "eine", "few": "{n} x", "many": "{n} z", "other": "{n} y" } });
        assert_eq!(told("pl", good), [""; 0]);
        assert_eq!(told("ja", json!({ "{n} issues": "{n} 件" })), [""; 0]);
        let has = "it has `{day}`; values without a name may be written `{}`, in order";
        assert_eq!(
            told("de", json!({ "Doen": "x", "{} of {}": "{3}", "due {day}": "fällig" })),
            [
                "there is no text `Doen` ()",
                &format!("the text lacks `{{day}}` of `due {{day}}` ({has})"),
                "the text has `{3}`, which `{} of {}` does not have (it has `{1}`, `{2}`; values without a name may be written `{}`, in order)",
            ]
        );
        assert_eq!(
            told("de", json!({ "Done": { "other": "x" }, "due {day}": 3 })),
            [
                "`Done` does not count: it has one form (write one text)",
                "`due {day}` is not replaced by a text (write a text in quotes)",
            ]
        );
        for hidden in ["a\u{202e}b", "a\nb", "\u{7}"] {
            assert_eq!(told("de", json!({ "Done": hidden })).len(), 1, "{hidden:?}");
        }
        assert_eq!(told("ar", json!({ "Done": "\u{200f}תם\u{200f}" })), [""; 0]);
    }

    #[test]
    fn a_language_has_the_forms_that_it_counts_in() {
        let forms = |language: &str, forms: Value| told(language, json!({ "{n} issues": forms })).join("");
        assert_eq!(
            forms("pl", json!({ "one": "jedno", "other": "{n} x" })),
            "`{n} issues` has no form `few`, which `pl` needs (it stands for 2, 3, 4)"
        );
        assert_eq!(
            forms("de", json!({ "other": "{n} x" })),
            "`{n} issues` has no form `one`, which `de` needs (it stands for 1)"
        );
        assert_eq!(
            forms("de", json!({ "one": "eine", "few": "{n} x", "other": "{n} y" })),
            "`de` has no plural form `few` (its forms are `one`, `other`: `site.lang` names the language)"
        );
        assert_eq!(
            forms("ru", json!({ "one": "одна", "few": "{n} b", "many": "{n} c", "other": "{n} d" })),
            "the form `one` of `{n} issues` lacks `{n}` (it stands for 1, 21, 31 and more)"
        );
        assert_eq!(
            forms("en", json!({ "one": "an issue", "other": "{n} {m}" })),
            "the text has `{m}`, which `{n} issues` does not have (it has `{n}`; values without a name may be written `{}`, in order)"
        );
        // Fractions and millions have forms of their own, which a text may have.
        for (language, given) in [
            ("cs", json!({ "one": "a", "few": "{n} b", "many": "{n} c", "other": "{n} d" })),
            ("fr-CA", json!({ "one": "{n} a", "other": "{n} c" })),
            ("ja", json!({ "other": "{n} 件" })),
            ("xx-unknown", json!({ "one": "a", "other": "{n} b" })),
        ] {
            assert_eq!(forms(language, given), "", "{language}");
        }
    }
}
