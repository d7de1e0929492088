//! Items of lists as milestones and issues.

use std::ops::Range;

use super::{Reading, beyond::Beyond, draft_title, prose};
use crate::{
    documents::{
        values,
        vocabulary::{Signed, boxed, signed},
    },
    import::draft::Entry,
    markdown::read::blocks::{Item, MarkKind, Words},
    model::Purpose,
};

/// The most characters of a title. Source: GitHub's own refusal of a longer one.
const MOST_OF_TITLE: usize = 256;

/// How deep a list is read that stands in items without words, and nothing beyond it: no one writes so.
const DEEPEST: usize = 100;

/// The title of an item, and what was behind it.
struct TitleOf<'w> {
    whole: &'w str,
    /// The number and the people, as they are written.
    behind: &'w str,
    labels: Vec<String>,
    due: Option<String>,
}

impl Reading<'_> {
    /// Whether the items of a list have ids of issues: such are no milestones, whatever the heading says.
    pub(super) fn has_ids(&self, items: &[Item]) -> bool {
        let has_id = |item: &&Item| values::leading_id(&item.words).is_some();
        let is_nested = items.iter().any(|item| item.depth > 0);
        !is_nested && has_boxes(items) && items.iter().filter(has_id).count() * 2 >= items.len()
    }

    /// Issues, each with what stands below it as its body.
    pub(super) fn list_of_issues(&mut self, items: &[Item], milestone: Option<usize>) {
        let lowest = items.iter().map(|item| item.depth).min().unwrap_or_default();
        let top = || items.iter().filter(|item| item.depth == lowest);
        let (all_led, are_ranks) = (top().all(|item| leads(&item.words)), are_ranks(top()));
        for (at, item) in items.iter().enumerate().filter(|(_, item)| item.depth == lowest) {
            let below = items[at + 1..].iter().take_while(|below| below.depth > lowest).count();
            if item.depth >= DEEPEST {
                self.left_out(&item.range, &format!("what nests more than {DEEPEST} levels deep"));
            } else if item.words.text.trim().is_empty() && below > 0 {
                // `- - x`: nothing but a list in it.
                self.list_of_issues(&items[at + 1..at + 1 + below], milestone);
            } else {
                self.item_of_issue(item, milestone, all_led, are_ranks);
            }
        }
    }

    fn item_of_issue(&mut self, item: &Item, milestone: Option<usize>, all_led: bool, are_ranks: bool) {
        let words = &item.words;
        let is_of_another = self.names_another(words);
        let (id, rest) = if is_of_another { (None, 0) } else { id_of(words, all_led, are_ranks) };
        let mut entry = Entry::at(&words.range);
        let standing = standing(item);
        let unsigned = standing.as_ref().map_or(0..words.text.len(), |standing| standing.words.clone());
        let rest = rest.max(unsigned.start);
        let line = self.title_line(words, rest);
        let end = line.map_or(unsigned.end, |(end, _)| end).max(rest);
        let state = standing.as_ref().map(|standing| standing.state).or(self.state);
        let TitleOf { whole, behind, labels, due } = self.title_of(words, rest..end, state);
        due.into_iter().for_each(|day| _ = entry.say("due_on", day, &words.range));
        let title = fitting(whole);
        let beyond = Beyond::of(self.text, words, self.own_repository()).filter(|_| id.is_none());
        let (kept, number) = match beyond {
            Some(Beyond::Words(kept)) => (Some(kept), String::new()),
            Some(Beyond::Issue(n)) if values::tail(behind).number.is_none() => (None, format!(" (#{n})")),
            _ => (None, String::new()),
        };
        let title_and_tail = format!("{title}{behind}{number}");
        if is_of_another {
            draft_title(&mut entry, None, &title_and_tail, &words.range);
        } else {
            self.title_with_tail(&mut entry, id.as_deref(), &title_and_tail, &words.range);
        }
        if !labels.is_empty() {
            entry.say("labels", labels, &words.range);
        }
        self.say_standing(&mut entry, standing.as_ref(), &item.range);
        let below = self.below_title(item, line);
        let more = prose::dedented(self.text, below.clone());
        let kept = kept.or((title.len() < whole.len()).then(|| whole.trim()));
        let body = kept.map_or(more.clone(), |kept| format!("{kept}\n\n{more}"));
        entry.say("body", body.trim_end(), &below);
        self.note_repository(words);
        self.issue(entry, milestone);
    }

    /// The title of an item and what stands behind it, in a part of its words; `state` is how it stands.
    fn title_of<'w>(&self, words: &'w Words, part: Range<usize>, state: Option<&str>) -> TitleOf<'w> {
        let from = part.start;
        let last = self.due_behind(&words.text[part.clone()], state, &words.range);
        let end = last.as_ref().map_or(part.end, |(length, _)| from + length);
        let tail = values::tail(&words.text[from..end]);
        let (whole, labels) = self.labels_at_end(words, from, Some(from + tail.title.len()));
        let behind = &words.text[from + tail.title.len()..end];
        if let Some((_, day)) = last {
            return TitleOf { whole, behind, labels, due: Some(day) };
        }
        match self.due_behind(whole, state, &words.range) {
            Some((length, day)) => TitleOf { whole: &whole[..length], behind, labels, due: Some(day) },
            None => TitleOf { whole, behind, labels, due: None },
        }
    }

    /// Where the line of the title ends, if not with the paragraph: at a hard break, or where labels end it.
    fn title_line(&self, words: &Words, from: usize) -> Option<(usize, usize)> {
        let has_labels = |(end, _): &(usize, usize)| {
            let title = words.text.get(from..*end).map_or(0, |line| values::tail(line).title.len());
            !self.labels_at_end(words, from, Some(from + title)).1.is_empty()
        };
        words.soft_break.filter(has_labels).or(words.first_line)
    }

    /// Says how an item stands, or what the headings around it say of all.
    fn say_standing(&self, entry: &mut Entry, standing: Option<&Signed>, range: &Range<usize>) {
        if self.is_dropped {
            entry.say("state", "closed", range);
            entry.say("state_reason", "not_planned", range);
            return;
        }
        if let Some(state) = standing.map(|standing| standing.state).or(self.state) {
            entry.say("state", state, range);
        }
        if standing.is_some_and(|standing| standing.is_dropped) {
            entry.say("state_reason", "not_planned", range);
        }
    }

    /// What stands in an item behind its title.
    fn below_title(&self, item: &Item, line: Option<(usize, usize)>) -> Range<usize> {
        if let Some((_, behind)) = line {
            return behind..item.range.end;
        }
        let behind = item.words.range.end.max(item.range.start);
        let line = self.text.get(behind..item.range.end).and_then(|text| text.find('\n'));
        line.map_or(item.range.end, |line| behind + line + 1)..item.range.end
    }

    /// Milestones, and the lists in them as their issues.
    pub(super) fn list_of_milestones(&mut self, items: &[Item]) {
        let mut at = 0;
        while let Some(item) = items.get(at) {
            let below = items[at + 1..].iter().take_while(|below| below.depth > item.depth).count();
            let ix = self.item_of_milestone(item);
            let issues = &items[at + 1..at + 1 + below];
            if let Some(ix) = ix.filter(|_| !issues.is_empty()) {
                self.list_of_issues(issues, Some(ix));
            }
            at += 1 + below;
        }
    }

    fn item_of_milestone(&mut self, item: &Item) -> Option<usize> {
        let words = &item.words;
        let strong = words.marks.iter().find(|mark| mark.kind == MarkKind::Strong && mark.within.start == 0);
        let (title, behind) = match strong {
            // An id alone is no title: what stands behind it belongs to it.
            Some(mark)
                if !values::is_id_word(words.text[mark.within.clone()].trim_end_matches([':', ' '])) =>
            {
                (words.text[mark.within.clone()].trim_end_matches(':'), mark.within.end)
            }
            _ => match words.first_line {
                Some((line, _)) if line > 0 => (&words.text[..line], line),
                _ => (words.text.as_str(), words.text.len()),
            },
        };
        if title.trim().is_empty() {
            self.left_out(&item.range, "an item without words");
            return None;
        }
        self.note_repository(words);
        let ix = self.milestone_titled(title, &words.range);
        let description = words.text[values::rest(&words.text, behind)..].trim();
        match self.stated(description, Purpose::Due, &words.range).ok().filter(|_| strong.is_some()) {
            Some(day) => self.say_of_milestone(ix, "due_on", day, &words.range),
            None => self.say_of_milestone(ix, "description", description.to_owned(), &words.range),
        }
        if let Some(standing) = standing(item) {
            self.say_of_milestone(ix, "state", standing.state.to_owned(), &item.range);
        }
        Some(ix)
    }
}

/// The id that an item begins with and where the rest begins: the first word, where those of all items are ids.
fn id_of(words: &Words, all_led: bool, are_ranks: bool) -> (Option<String>, usize) {
    let plain = || {
        let word = words.text.split(' ').next().filter(|_| all_led)?;
        Some((word.to_owned(), values::rest(&words.text, word.len())))
    };
    let led = values::leading_id(words).filter(|_| !are_ranks).or_else(plain);
    led.map_or((None, 0), |(id, rest)| (Some(id), rest))
}

/// How an item stands: by its box, by a line through its words, for what is struck is not open, whether somebody ticked it or not, or
/// where it has no box by a sign.
fn standing(item: &Item) -> Option<Signed> {
    let words = 0..item.words.text.len();
    match item.done {
        _ if item.words.is_struck() => {
            Some(Signed { state: "closed", is_dropped: item.done == Some(false), words })
        }
        Some(done) => {
            let state = if done { "closed" } else { "open" };
            // What its box says need not be said again in its title.
            let said = signed(&item.words.text).filter(|said| said.state == state && !said.is_dropped);
            Some(Signed { state, is_dropped: false, words: said.map_or(words, |said| said.words) })
        }
        None => signed(&item.words.text),
    }
}

/// Whether an item has a box, be it one that Markdown does not know.
pub(super) fn is_boxed(item: &Item) -> bool {
    item.done.is_some() || boxed(&item.words.text).is_some()
}

/// Whether a list has boxes.
pub(super) fn has_boxes(items: &[Item]) -> bool {
    items.iter().any(is_boxed)
}

/// Whether the items of a list are milestones: each is named as one (`Phase 1: Research`), and what is to be done stands in them.
pub(super) fn are_milestones(items: &[Item]) -> bool {
    let mut top = items.iter().filter(|item| item.depth == 0).peekable();
    let has_work = items.iter().any(|item| item.depth > 0);
    has_work && top.peek().is_some() && top.all(|item| values::is_titled_work(&item.words.text))
}

/// Whether the items of a list without boxes are numbered `#1`, `#2` and on: that is their order, and nothing on GitHub.
fn are_ranks<'i>(items: impl Iterator<Item = &'i Item>) -> bool {
    let is_rank = |(n, item): (usize, &Item)| {
        let behind = item.words.text.strip_prefix(&format!("#{n}"));
        item.done.is_none() && behind.is_some_and(|text| text.starts_with([' ', ':']))
    };
    let mut items = (1..).zip(items).peekable();
    items.peek().is_some() && items.all(is_rank)
}

/// Whether words begin with an id in capitals, whatever follows it.
fn leads(words: &Words) -> bool {
    let word = words.text.split(' ').next().unwrap_or_default();
    values::is_id_word(word) && words.text.len() > word.len()
}

/// As much of an item's words as GitHub takes for a title: the first sentences that fit, else the first words.
pub(super) fn fitting(words: &str) -> &str {
    let Some((most, _)) = words.char_indices().nth(MOST_OF_TITLE) else { return words };
    let head = &words[..most];
    let sentence = [". ", "! ", "? ", "; ", ": "].iter().filter_map(|end| head.rfind(end)).max();
    let end = sentence.filter(|end| *end > 0).or_else(|| head.rfind(' ')).unwrap_or(most);
    head[..end].trim_end_matches(['.', ';', ':', ','])
}
