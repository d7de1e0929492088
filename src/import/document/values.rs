//! What single words of a document mean: days, states, numbers, lists of names, a repository.

use crate::{
    import::is_repository,
    markdown::read::blocks::{MarkKind, Words},
    model::{Day, Id, id_in_title},
};

/// What stands between an id or a name and what is said of it.
pub(super) const SEPARATORS: [char; 4] = [':', '–', '—', '-'];

/// The day that a text gives.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    Day::parse(text).map(|day| day.to_string())
}

/// Whether a word says `open` or `closed`.
pub(super) fn state(text: &str) -> Option<&'static str> {
    let word = text.trim().trim_matches(['[', ']', '*', '.']).to_lowercase();
    match word.as_str() {
        "done" | "closed" | "complete" | "completed" | "finished" | "shipped" | "merged" | "yes" | "x"
        | "✅" | "✔" | "✔️" | "✓" | "☑" | "☑️" => Some("closed"),
        "open" | "todo" | "to do" | "planned" | "in progress" | "wip" | "doing" | "started"
        | "not started" | "pending" | "next" | "no" | "⬜" | "☐" | "🚧" | "⏳" => Some("open"),
        _ => None,
    }
}

/// The number that a text begins with, as `3` of `3 points`.
pub(super) fn number(text: &str) -> Option<f64> {
    let first = text.split_whitespace().next()?;
    first.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

/// The whole number that a text begins with.
pub(super) fn count(text: &str) -> Option<usize> {
    text.split_whitespace().next()?.parse().ok()
}

/// Whether a cell says that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—" | "n/a" | "N/A" | "none" | "None" | "TBD" | "tbd")
}

/// Names between commas; where code spans stand among them, each is one.
pub(super) fn names(words: &Words) -> Vec<String> {
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

/// The id that a cell holds and nothing else: `DB-001`; `issue-12` for GitHub's `#12`.
pub(super) fn id(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches([':', '.']);
    if let Some(number) = text.strip_prefix('#').and_then(|number| number.parse::<u64>().ok()) {
        return Some(format!("issue-{number}"));
    }
    Id::new(text).map(|id| id.to_string())
}

/// Whether a word has the form of ids that titles begin with, in capitals: `DB-001`.
pub(super) fn is_id_word(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_uppercase()) && id_in_title(&format!("{word}: x")) == Some(word)
}

/// The id at the head of words and where the rest begins: before a separator, or marked by itself as `**DB-001**`.
pub(super) fn leading_id(words: &Words) -> Option<(String, usize)> {
    let marked = words.marks.iter().find(|mark| mark.within.start == 0 && mark.kind != MarkKind::Struck);
    if let Some(mark) = marked {
        let marked = words.text[mark.within.clone()].trim_end_matches([':', ' ']);
        if is_id_word(marked) || marked.starts_with('#') {
            return id(marked).map(|id| (id, rest(&words.text, mark.within.end)));
        }
    }
    let found = id_in_title(&words.text)?;
    let end = words.text.find(found)? + found.len();
    Some((found.to_owned(), rest(&words.text, end)))
}

/// Where a text goes on behind white space and one separator.
pub(super) fn rest(text: &str, from: usize) -> usize {
    let behind = &text[from..];
    let spaces = behind.trim_start_matches(' ');
    let words = spaces.strip_prefix(SEPARATORS).unwrap_or(spaces).trim_start_matches(' ');
    text.len() - words.len()
}

/// The repository of an address in GitHub.
pub(super) fn repository(address: &str) -> Option<String> {
    let path =
        address.strip_prefix("https://github.com/").or_else(|| address.strip_prefix("http://github.com/"))?;
    let mut parts = path.split(['/', '#', '?']);
    let (owner, name) = (parts.next()?, parts.next()?.trim_end_matches(".git"));
    is_repository(&format!("{owner}/{name}")).then(|| format!("{owner}/{name}"))
}

/// Whether a heading names a milestone by itself: with an id, or as `Milestone 2`, `Sprint 3`, `M1: …`.
pub(super) fn is_titled_work(title: &str) -> bool {
    let title = title.trim();
    if id_in_title(title).is_some() {
        return true;
    }
    let mut words = title.split(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
    let first = words.next().unwrap_or_default().to_lowercase();
    let second = words.next().unwrap_or_default();
    let is_numbered = second.starts_with(|c: char| c.is_ascii_digit());
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(first.as_str(), "milestone" | "sprint" | "release" | "phase" | "stage" | "iteration")
        && is_numbered
        || matches!(letters, "m" | "ms" | "ml") && letters.len() < first.len()
}

/// The words of a heading behind `Phase 2:`; `None` where it is no phase.
pub(super) fn phase_of(title: &str) -> Option<&str> {
    let title = title.trim();
    let behind = title.get(..5).filter(|word| word.eq_ignore_ascii_case("phase")).map(|_| &title[5..])?;
    let number = behind.trim_start();
    let words = number.trim_start_matches(|c: char| c.is_ascii_digit());
    (words.len() < number.len() && number.len() < behind.len()).then(|| words[rest(words, 0)..].trim())
}
