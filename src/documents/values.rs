//! What single words of a document mean: days, states, numbers, lists of names, a repository.

use serde_json::Value;

use super::vocabulary::is_nothing;
use crate::{
    markdown::read::blocks::{MarkKind, Words},
    model::{Day, Id, id_in_title},
};

/// What stands between an id or a name and what is said of it.
pub(crate) const SEPARATORS: [char; 4] = [':', '–', '—', '-'];

/// The day that a text gives.
pub(crate) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    Day::parse(text).or_else(|| super::dates::day_of(text)).map(|day| day.to_string())
}

/// The number that a text begins with, as `3` of `3 points`; a whole one without decimals.
pub(crate) fn number(text: &str) -> Option<Value> {
    let first = text.split_whitespace().next()?;
    let number = first.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?;
    Some(if number.fract() == 0.0 && number < 1e9 { (number as u64).into() } else { number.into() })
}

/// How many issues a cell gives: a number, alone or with its noun.
pub(crate) fn count(text: &str) -> Option<usize> {
    let mut words = text.split_whitespace();
    let number = words.next()?.parse().ok()?;
    let is_noun = |noun: &str| ["issue", "task", "item"].iter().any(|known| noun.starts_with(known));
    words.next().is_none_or(is_noun).then_some(number)
}

/// The GitHub logins of people; none where a name is no login.
pub(crate) fn logins(words: &Words) -> Option<Vec<String>> {
    let is_login = |name: &String| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let names = names(words).into_iter().map(|name| name.trim_start_matches('@').to_owned());
    let names: Vec<_> = names.collect();
    names.iter().all(is_login).then_some(names)
}

/// Names between commas; where code spans stand among them, each is one.
pub(crate) fn names(words: &Words) -> Vec<String> {
    let mut names = Vec::new();
    let codes: Vec<_> = words.marks.iter().filter(|mark| mark.kind == MarkKind::Code).collect();
    let mut from = 0;
    let plain = |text: &str, names: &mut Vec<String>| {
        let parts = text.split([',', ';']).map(str::trim).filter(|name| !is_nothing(name));
        names.extend(parts.map(str::to_owned));
    };
    for code in codes {
        plain(words.text.get(from..code.within.start).unwrap_or_default(), &mut names);
        names.push(words.text[code.within.clone()].trim().to_owned());
        from = code.within.end;
    }
    plain(&words.text[from..], &mut names);
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
    names
}

/// What is at the end of a title.
pub(crate) struct Tail<'t> {
    /// The title without it.
    pub(crate) title: &'t str,
    /// The number of `(#101)`.
    pub(crate) number: Option<u64>,
    /// The logins of `@mara`.
    pub(crate) people: Vec<String>,
}

/// Words before a name that make it a part of the sentence: `Talk to @mara`.
const JOINS: [&str; 14] =
    ["to", "with", "for", "from", "of", "and", "or", "ask", "ping", "via", "at", "cc", "like", "thank"];

/// Takes the number and the people from the end of a title, where they are no part of its sentence.
pub(crate) fn tail(text: &str) -> Tail<'_> {
    let mut tail = Tail { title: text.trim_end(), number: None, people: Vec::new() };
    while let Some((before, word)) = tail.title.rsplit_once(' ') {
        let bare = word.trim_matches(['(', ')', '[', ']', ',', ';']);
        let is_enclosed = word.ends_with([')', ']']);
        let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        let is_login = |name: &&str| {
            name.starts_with(|c: char| c.is_ascii_alphanumeric())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let login = bare.strip_prefix('@').filter(is_login);
        let number = bare.strip_prefix('#').and_then(|number| number.parse().ok()).filter(|_| is_enclosed);
        match (login, number) {
            (Some(login), _) if is_enclosed || !JOINS.contains(&last.as_str()) => {
                tail.people.insert(0, login.to_owned());
            }
            (None, Some(number)) if tail.number.is_none() => tail.number = Some(number),
            _ => break,
        }
        tail.title = before.trim_end_matches([' ', ',', ';', '(', '[', '–', '—', '-']);
    }
    // What opens a bracket that it does not close is a part of the sentence.
    match tail.title.rfind('(') > tail.title.rfind(')') {
        true => Tail { title: text.trim_end(), number: None, people: Vec::new() },
        false => tail,
    }
}

/// The id that a cell holds and nothing else: `DB-001`; `issue-12` for GitHub's `#12`.
pub(crate) fn id(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches([':', '.']);
    if let Some(number) = text.strip_prefix('#').and_then(|number| number.parse::<u64>().ok()) {
        return Some(format!("issue-{number}"));
    }
    Id::new(text).map(|id| id.to_string())
}

/// Whether a word has the form of ids that titles begin with, in capitals: `DB-001`.
pub(crate) fn is_id_word(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_uppercase()) && id_in_title(&format!("{word}: x")) == Some(word)
}

/// The number that a title begins with, as GitHub writes them, and where the title goes on: `#7 Dig`, `#7: dig`. What a sentence
/// may begin with (`#1 priority is speed`) is none.
fn leading_number(text: &str) -> Option<(String, usize)> {
    let digits = text.strip_prefix('#')?;
    let end = digits.find(|c: char| !c.is_ascii_digit())?;
    let number: u64 = digits[..end].parse().ok()?;
    let (behind, from) = (&digits[end..], rest(text, 1 + end));
    let is_separated =
        behind.starts_with(": ") || behind.starts_with(' ') && behind.len() - 1 > text.len() - from;
    let first = text[from..].chars().next()?;
    let is_title = behind.starts_with(' ') && first.is_alphabetic() && (number > 9 || !first.is_lowercase());
    (is_separated || is_title).then(|| (format!("issue-{number}"), from))
}

/// The id at the head of words and where the rest begins: before a separator, or marked by itself as `**DB-001**`.
pub(crate) fn leading_id(words: &Words) -> Option<(String, usize)> {
    let marked = words.marks.iter().find(|mark| mark.within.start == 0 && mark.kind != MarkKind::Struck);
    if let Some(mark) = marked {
        let marked = words.text[mark.within.clone()].trim_end_matches([':', ' ']);
        if is_id_word(marked) || marked.starts_with('#') {
            return id(marked).map(|id| (id, rest(&words.text, mark.within.end)));
        }
    }
    if let Some(found) = leading_number(&words.text) {
        return Some(found);
    }
    let found = id_in_title(&words.text)?;
    let end = words.text.find(found)? + found.len();
    Some((found.to_owned(), rest(&words.text, end)))
}

/// Where a text goes on behind white space and one separator.
pub(crate) fn rest(text: &str, from: usize) -> usize {
    let behind = &text[from..];
    let spaces = behind.trim_start_matches(' ');
    let words = spaces.strip_prefix(SEPARATORS).unwrap_or(spaces).trim_start_matches(' ');
    text.len() - words.len()
}

/// Numbers in words, as in `Phase two`.
const NUMBERS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// Whether a heading names a version: `v1`, `v1.2 – Speed`, `Version 1.0`, `5.0` alone.
pub(crate) fn is_titled_version(title: &str) -> bool {
    let title = title.trim().trim_matches(['[', ']']);
    let lower = title.to_lowercase();
    let behind = ["version ", "v"].iter().find_map(|word| lower.strip_prefix(word));
    let number = behind.unwrap_or(&lower);
    let is_part = |c: char| c.is_ascii_alphanumeric() || ".-+]".contains(c);
    let end = number.find(|c: char| !is_part(c)).unwrap_or(number.len());
    let (number, rest) = number.split_at(end);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    let has_parts =
        number.split('.').take(2).filter(|part| part.bytes().all(|it| it.is_ascii_digit())).count() == 2;
    let rest = rest.trim_start();
    let is_end = rest.is_empty() || rest.starts_with(SEPARATORS) || rest.starts_with('(');
    is_number && if behind.is_some() { is_end } else { rest.is_empty() && has_parts }
}

/// Whether a heading names an issue by its kind and number: `Task 1: Login`, `Story 2`.
pub(crate) fn is_titled_issue(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let mut words = lower.split(|c: char| c.is_whitespace() || c == ':');
    let kind = words.next().unwrap_or_default();
    let is_numbered = words
        .next()
        .is_some_and(|word| word.trim_start_matches('#').starts_with(|c: char| c.is_ascii_digit()));
    let letters = kind.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_short = letters.len() == 1
        && letters.len() < kind.len()
        && lower.get(kind.len()..).is_some_and(|rest| rest.starts_with(':'));
    is_numbered && ["task", "story", "issue", "ticket", "feature", "item", "step"].contains(&kind) || is_short
}

/// Whether a heading names a milestone by itself: with an id, or as `Milestone 2`, `Sprint 3`, `M1: …`, `Milestone: GA`.
pub(crate) fn is_titled_work(title: &str) -> bool {
    let title = title.trim();
    let has_name = |rest: &str| rest.trim_start().starts_with(':') && rest.trim_start().len() > 1;
    if id_in_title(title).is_some()
        || title.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("milestone") && has_name(&title[9..]))
    {
        return true;
    }
    let mut words = title.split(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
    let first = words.next().unwrap_or_default().to_lowercase();
    let second = words.next().unwrap_or_default();
    let is_numbered = second.starts_with(|c: char| c.is_ascii_digit())
        || NUMBERS.contains(&second.to_lowercase().as_str())
        || ["I", "II", "III", "IV", "V", "VI"].contains(&second);
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(first.as_str(), "milestone" | "sprint" | "release" | "phase" | "stage" | "iteration")
        && is_numbered
        || matches!(letters, "m" | "ms" | "ml") && letters.len() < first.len()
}

/// The words of a heading behind `Phase 2:`; `None` where it is no phase.
pub(crate) fn phase_of(title: &str) -> Option<&str> {
    let title = title.trim();
    let behind = title.get(..5).filter(|word| word.eq_ignore_ascii_case("phase")).map(|_| &title[5..])?;
    let number = behind.trim_start();
    let words = number.trim_start_matches(|c: char| c.is_ascii_digit());
    (words.len() < number.len() && number.len() < behind.len()).then(|| words[rest(words, 0)..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_titled_by_what_it_is_and_which() {
        for title in [
            "Milestone 2",
            "Sprint 3: Speed",
            "M1: Walls",
            "Phase one – Research",
            "Stage IV",
            "DB-ML1 – Base",
        ] {
            assert!(is_titled_work(title), "{title}");
        }
        for title in ["Phase out the old parser", "Milestones", "Release it", "Stage It", "Mango 3"] {
            assert!(!is_titled_work(title), "{title}");
        }
    }

    #[test]
    fn versions_and_issues_are_told_by_how_they_are_titled() {
        for title in
            ["v1", "v1.2 – Speed", "V2.0", "Version 1.0", "5.0", "0.2.0", "[1.2.0]", "v1.0-beta", "v1 (old)"]
        {
            assert!(is_titled_version(title), "{title}");
        }
        for title in
            ["Vision", "5", "5.0 Overview", "v", "Version control", "v1 of the parser", "2027", "1. Start"]
        {
            assert!(!is_titled_version(title), "{title}");
        }
        assert!(["Task 1: Login", "Story 2", "Issue #4", "P1: Logs"].into_iter().all(is_titled_issue));
        assert!(!["Task force", "Tasks", "Logs", "Step by step", "P: x"].into_iter().any(is_titled_issue));
        assert!(
            is_titled_work("Milestone: GA") && !is_titled_work("Milestone:") && !is_titled_work("Milestone")
        );
    }

    #[test]
    fn a_number_before_a_title_is_told_from_a_sentence() {
        for (text, title) in [
            ("#7 Dig the pit", Some("Dig the pit")),
            ("#7: dig", Some("dig")),
            ("#7 – dig", Some("dig")),
            ("#7 - dig", Some("dig")),
            ("#12 dig", Some("dig")),
            ("#7 Über", Some("Über")),
            ("#7 挖坑", Some("挖坑")),
            ("#1 priority is speed", None),
            ("#7-eleven", None),
            ("#7", None),
            ("#7 ", None),
            ("#7 (done)", None),
            ("#good-first-issue Dig", None),
            ("# 7 Dig", None),
        ] {
            let found = leading_number(text);
            assert_eq!(found.as_ref().map(|(_, from)| &text[*from..]), title, "{text}");
            assert!(found.is_none_or(|(id, _)| id.starts_with("issue-")), "{text}");
        }
    }
}
