//! The headlines of an outline: level, keyword, priority, title and tags, each with its bytes.

use std::ops::Range;

/// A headline and what is below it, up to the next one.
#[derive(Debug, Default)]
pub(super) struct Headline {
    pub(super) level: usize,
    /// Its keyword, and whether that says that it is done.
    pub(super) keyword: Option<(String, bool)>,
    pub(super) priority: Option<String>,
    pub(super) title: String,
    pub(super) tags: Vec<String>,
    pub(super) range: Range<usize>,
    /// The bytes below it.
    pub(super) body: Range<usize>,
}

/// The keywords that are known where the file names none, beside those that say a state.
const OPEN: [&str; 12] = [
    "TODO",
    "NEXT",
    "WAIT",
    "WAITING",
    "DOING",
    "STARTED",
    "INPROGRESS",
    "IN-PROGRESS",
    "HOLD",
    "SOMEDAY",
    "PROJ",
    "IDEA",
];
const DONE: [&str; 5] = ["DONE", "CANCELLED", "CANCELED", "DROPPED", "KILL"];

/// The keywords of a file: those that are open, and those that are done.
pub(super) struct Keywords {
    open: Vec<String>,
    done: Vec<String>,
}

/// The text of an item with a box, and its state.
pub(super) fn boxed(line: &str) -> Option<(&str, &'static str)> {
    let item = line.trim_start().strip_prefix(['-', '+'])?.strip_prefix(' ')?.trim_start();
    let (state, rest) = match item.get(..3)? {
        "[ ]" | "[-]" => ("open", &item[3..]),
        "[X]" | "[x]" => ("closed", &item[3..]),
        _ => return None,
    };
    Some((rest.trim(), state)).filter(|(text, _)| !text.is_empty())
}

/// The lines of a part of a text, each with its bytes.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let bare = line.trim_end_matches(['\n', '\r']);
        let own = at..at + bare.len();
        at += line.len();
        (bare, own)
    })
}

pub(super) fn keywords(text: &str) -> Keywords {
    let mut keywords = Keywords { open: Vec::new(), done: Vec::new() };
    for line in text.lines() {
        let Some((key, value)) = line.strip_prefix("#+").and_then(|line| line.split_once(':')) else {
            continue;
        };
        if !["TODO", "SEQ_TODO", "TYP_TODO"].contains(&key.to_ascii_uppercase().as_str()) {
            continue;
        }
        let word = |word: &str| word.split('(').next().unwrap_or_default().to_owned();
        let (open, done) = value.split_once('|').unwrap_or_else(|| {
            let cut = value.trim_end().rfind(' ').unwrap_or_default();
            value.split_at(cut)
        });
        keywords.open.extend(open.split_whitespace().map(word));
        keywords.done.extend(done.split_whitespace().map(word));
    }
    keywords.open.extend(OPEN.map(str::to_owned));
    keywords.done.extend(DONE.map(str::to_owned));
    keywords
}

pub(super) fn headlines(text: &str, keywords: &Keywords) -> Vec<Headline> {
    let mut found: Vec<Headline> = Vec::new();
    for (line, range) in lines(text, 0..text.len()) {
        let level = line.len() - line.trim_start_matches('*').len();
        if level == 0 || !line[level..].starts_with(' ') {
            continue;
        }
        if let Some(last) = found.last_mut() {
            last.body.end = range.start;
        }
        let body = (range.end + 1).min(text.len())..text.len();
        let mut headline = Headline { level, range, body, ..Headline::default() };
        let mut rest = line[level..].trim();
        let word = rest.split(' ').next().unwrap_or_default();
        let is_done = keywords.done.iter().any(|own| own == word);
        if is_done || keywords.open.iter().any(|own| own == word) {
            headline.keyword = Some((word.to_owned(), is_done));
            rest = rest[word.len()..].trim_start();
        }
        if let Some((priority, behind)) = rest.strip_prefix("[#").and_then(|rest| rest.split_once(']')) {
            headline.priority = Some(priority.to_owned());
            rest = behind.trim_start();
        }
        if let Some((before, tags)) = rest.rsplit_once(' ')
            && tags.len() > 2
            && tags.starts_with(':')
            && tags.ends_with(':')
        {
            headline.tags = tags.split(':').filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
            rest = before.trim_end();
        }
        headline.title = rest.to_owned();
        found.push(headline);
    }
    found
}

/// The place behind the last headline below the one at a place.
pub(super) fn end_of(headlines: &[Headline], at: usize) -> usize {
    let level = headlines[at].level;
    let below = headlines[at + 1..].iter().take_while(|it| it.level > level).count();
    at + 1 + below
}

/// How many levels are below a headline.
pub(super) fn depth(headlines: &[Headline], at: usize) -> usize {
    let below = &headlines[at + 1..end_of(headlines, at)];
    let mut levels: Vec<_> = below.iter().map(|it| it.level).collect();
    levels.sort_unstable();
    levels.dedup();
    levels.len()
}

/// 1 for headlines at the highest level of a part.
pub(super) fn depth_of(part: &[Headline], headline: &Headline) -> usize {
    let top = part.iter().map(|it| it.level).min().unwrap_or_default();
    headline.level + 1 - top
}
