//! Titles beside ids: `DB-001: Build it`, a column of titles, the words of a link.

use std::{collections::BTreeMap, ops::Range};

use super::{Claims, line::Line};
use crate::{
    documents::vocabulary::Field,
    markdown::read::blocks::LineKind,
    model::{Target, title_without_id},
    report::{Diagnostic, Report},
};

/// How many titles a document gives as they are before the others beside them are held to be titles too.
const ENOUGH: usize = 3;

/// What stands beside an id, as if it were its title.
struct Told {
    line: usize,
    range: Range<usize>,
    target: Target,
    /// Others of one group agree or differ together.
    group: Group,
    fit: Fit,
}

/// Where a title is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Heading(u8),
    List(usize),
    Column(usize, usize),
    Alone,
}

/// How told words fit a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// They are the title, or shorten it, or say more behind it.
    Same,
    /// They are what it was called before.
    Former,
    /// They are nearly the title.
    Close,
    /// They are something else.
    Other,
}

/// How many of a group are the titles, and how many are something else.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    same: usize,
    other: usize,
}

pub(super) fn check(claims: &Claims<'_>, report: &mut Report) {
    let mut told: Vec<_> = (0..claims.lines.len()).filter_map(|ix| beside(claims, ix)).collect();
    told.extend(columns(claims));
    let counts = counts(&told);
    let words = wordings(claims, &told);
    let in_lines = told.iter().filter(|one| one.fit == Fit::Same && !matches!(one.group, Group::Column(..)));
    let in_lines = in_lines.count();
    for one in &told {
        let count = counts.get(&one.group).copied().unwrap_or_default();
        // An id that is told in several ways is taken apart, not repeated.
        let is_parted = || {
            let others = words.get(&one.target).map_or(&[][..], Vec::as_slice);
            others.iter().any(|other| *other != words_of(claims, one))
        };
        let is_title = match (one.fit, one.group) {
            (Fit::Same, _) => false,
            _ if claims.judged.contains(&(one.line, Field::Title)) => false,
            (Fit::Former, _) => true,
            (_, Group::Column(..)) => count.same >= 2 * count.other,
            (Fit::Close, _) => !is_parted(),
            (Fit::Other, Group::Alone) => false,
            (Fit::Other, _) => {
                in_lines >= ENOUGH && count.same >= 2 * count.other && looks_like_title(words_of(claims, one))
            }
        };
        if is_title {
            report.push(finding(claims, one));
        }
    }
}

fn counts(told: &[Told]) -> BTreeMap<Group, Count> {
    let mut counts = BTreeMap::<Group, Count>::new();
    for one in told {
        let count = counts.entry(one.group).or_default();
        count.same += usize::from(one.fit == Fit::Same);
        count.other += usize::from(one.fit != Fit::Same);
    }
    counts
}

/// Of each item two ways in which lines tell it otherwise than its title: whoever tells it in a third one differs from both.
fn wordings<'a>(claims: &'a Claims<'_>, told: &[Told]) -> BTreeMap<Target, Vec<&'a str>> {
    let mut words = BTreeMap::<Target, Vec<&str>>::new();
    for one in told.iter().filter(|one| one.fit != Fit::Same && !matches!(one.group, Group::Column(..))) {
        let (known, said) = (words.entry(one.target).or_default(), words_of(claims, one));
        if known.len() < 2 && !known.contains(&said) {
            known.push(said);
        }
    }
    words
}

/// Titles begin with a capital letter or a sign and are no sentences.
fn looks_like_title(words: &str) -> bool {
    !words.starts_with(|c: char| c.is_lowercase()) && !words.ends_with(['.', '!', '?'])
}

fn words_of<'a>(claims: &'a Claims<'_>, told: &Told) -> &'a str {
    &claims.lines[told.line].words.text[told.range.clone()]
}

fn finding(claims: &Claims<'_>, told: &Told) -> Diagnostic {
    let id = claims.id(told.target);
    let title = claims.title(told.target);
    let said = words_of(claims, told);
    claims
        .found(&claims.lines[told.line], &told.range, format!("`{id}` is not called `{said}`"))
        .help(format!("its title is `{title}`"))
        .related(claims.source(told.target, "title"), "the source says it here")
}

/// What stands behind the id that a line begins with.
fn beside(claims: &Claims<'_>, ix: usize) -> Option<Told> {
    let line = &claims.lines[ix];
    let (target, range) = match (&line.lead, line.behind()) {
        (Some(lead), Some(range)) => (lead.target, up_to_code(line, range)?),
        _ => return None,
    };
    let group = match line.kind {
        LineKind::Heading(level) => Group::Heading(level),
        LineKind::Item { list } => Group::List(list),
        LineKind::Cell { table, column, .. } => Group::Column(table, column),
        LineKind::Paragraph => Group::Alone,
    };
    let (fit, range) = fit_of(claims, target, line, range);
    Some(Told { line: ix, range, target, group, fit })
}

/// The words up to a code span, behind which labels and the like stand, and the signs before it; none where one comes first.
fn up_to_code(line: &Line<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let text = &line.words.text;
    let is_label = |code: &&Range<usize>| range.contains(&code.start) && text[(*code).clone()].contains(':');
    let end = line.words.code().find(is_label).map_or(range.end, |code| code.start);
    let words = text[range.start..end].trim_end_matches(|c: char| " (,;–—·|[".contains(c));
    (!words.is_empty()).then(|| range.start..range.start + words.len())
}

/// How the words fit, and which of them are meant: all, or those before a bracket or a dash.
fn fit_of(claims: &Claims<'_>, target: Target, line: &Line<'_>, range: Range<usize>) -> (Fit, Range<usize>) {
    let text = &line.words.text[range.clone()];
    let whole = fit(claims, target, text);
    if whole == Fit::Same || whole == Fit::Former {
        return (whole, range);
    }
    let cuts = [" (", " – ", " — ", " | ", " [", " - ", ". "].iter().filter_map(|sign| text.find(sign));
    let shorter = cuts.min().map(|end| range.start..range.start + end);
    match shorter.map(|part| (fit(claims, target, &line.words.text[part.clone()]), part)) {
        Some((better @ (Fit::Same | Fit::Former), part)) => (better, part),
        Some((Fit::Close, part)) if whole == Fit::Other => (Fit::Close, part),
        _ => (whole, range),
    }
}

/// What stands in the cells behind one that is an id.
fn columns(claims: &Claims<'_>) -> Vec<Told> {
    let mut told = Vec::new();
    for (number, table) in &claims.tables {
        for (target, cells) in table.about(&claims.lines) {
            for (column, line) in cells {
                let whole = &claims.lines[line].words.text;
                let text = whole.trim();
                if text.contains(char::is_alphabetic) {
                    let start = whole.len() - whole.trim_start().len();
                    let (range, group) = (start..start + text.len(), Group::Column(*number, column));
                    told.push(Told { line, range, target, group, fit: fit(claims, target, text) });
                }
            }
        }
    }
    told
}

fn fit(claims: &Claims<'_>, target: Target, told: &str) -> Fit {
    let told = words(told);
    let of = |title: &str| words(title);
    let title_words = of(claims.title(target));
    if is_within(&told, &title_words) || is_within(&title_words, &told) {
        return Fit::Same;
    }
    if let Target::Milestone(ix) = target {
        let milestone = &claims.renderer.roadmap.milestones[ix.0];
        // The whole title, id and all, is the title as well.
        if of(&milestone.title) == told {
            return Fit::Same;
        }
        if milestone.was.iter().any(|was| of(was) == told || of(title_without_id(was, &milestone.id)) == told)
        {
            return Fit::Former;
        }
    }
    let same = told.iter().filter(|word| title_words.contains(word)).count();
    // Three of four words, as in Dice's measure, and more than the small ones.
    let is_close = same >= 3 && 8 * same >= 3 * (told.len() + title_words.len());
    if is_close { Fit::Close } else { Fit::Other }
}

/// Letters and digits in lower case.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether these words stand among others in the same order.
fn is_within(these: &[String], others: &[String]) -> bool {
    let mut others = others.iter();
    !these.is_empty() && these.iter().all(|word| others.any(|other| other == word))
}

/// Whether two texts read alike: signs of Markdown, kinds of dashes and quotes, and white space apart.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    plain(a).eq(plain(b))
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !['`', '*', '_', '\\'].contains(c));
    kept.map(|c| match c {
        '–' | '—' => '-',
        '“' | '”' => '"',
        '’' | '‘' => '\'',
        c => c,
    })
}
