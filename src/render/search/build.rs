//! Making the index: the words of every item, and how they are grouped into files.

use std::{collections::BTreeMap, ops::Range};

use rayon::prelude::*;

use super::{
    ABOUT, Fields, Item, ItemWords, MILESTONES, MOST_BYTES, SearchIndex, TEXT, TITLE,
    words::{BUCKETS, bucket, words},
};
use crate::{
    facts::Facts,
    markdown,
    model::{Id, Issue, Milestone, Roadmap},
    render::Part,
};

/// How many entries of the list of everything stand on one page.
const MOST_ENTRIES: usize = 400;

/// How many items are read before their words are counted: what is held twice stays small.
const BATCH: usize = 2_048;

/// Past how many bytes a text is taken as it is written, without looking for its Markdown.
const MOST_MARKDOWN: usize = 256 * 1024;

impl SearchIndex {
    /// The index of a roadmap, which must be the public one.
    pub fn new(roadmap: &Roadmap, facts: &Facts) -> Self {
        let (words, items) = words_of_items(roadmap);
        let (alphabet, alphabet_parts) = alphabet(roadmap);
        let mut index = Self {
            words,
            items,
            issues: roadmap.issues.len(),
            groups: Vec::new(),
            is_whole: false,
            alphabet,
            alphabet_parts,
        };
        index.group(roadmap, facts);
        index
    }

    /// Cuts the items into groups, and decides whether one file holds all.
    fn group(&mut self, roadmap: &Roadmap, facts: &Facts) {
        let buckets: Vec<_> = self.words.iter().map(|word| bucket(word)).collect();
        let kinds = self.kinds().into_iter().filter(|kind| !kind.is_empty());
        self.groups = kinds.clone().collect();
        let mut sizes =
            Sizes { index: self, buckets: &buckets, seen: vec![usize::MAX; buckets.len()], turn: 0 };
        let all: usize = kinds.clone().map(|kind| sizes.of(kind).iter().sum::<usize>()).sum();
        let mut groups = Vec::new();
        kinds.for_each(|kind| sizes.split(kind.clone(), kind.start, &mut groups));
        self.is_whole = all <= MOST_BYTES && self.whole(roadmap, facts).len() <= MOST_BYTES;
        if !self.is_whole {
            self.groups = groups;
        }
    }
}

/// How long the files of groups would get.
struct Sizes<'a> {
    index: &'a SearchIndex,
    /// For each word its bucket.
    buckets: &'a [usize],
    /// For each word the last turn that counted it.
    seen: Vec<usize>,
    turn: usize,
}

impl Sizes<'_> {
    /// At most how many bytes each file of a group takes.
    fn of(&mut self, group: Range<usize>) -> [usize; BUCKETS] {
        // A posting is how far it is from the one before, in base 36, and a letter.
        let posting = 2 + group.len().ilog(36) as usize;
        let mut sizes = [0; BUCKETS];
        self.turn += 1;
        for (word, _) in self.index.items[group].iter().flatten() {
            let word = *word as usize;
            let size = &mut sizes[self.buckets[word]];
            if self.seen[word] != self.turn {
                self.seen[word] = self.turn;
                *size += self.index.words[word].len() + 7;
            }
            *size += posting;
        }
        sizes
    }

    /// Halves a group until its files are short enough. The cuts lie at round places, counted from `start`, so that
    /// another length of one text or items that are added at the end seldom move one.
    fn split(&mut self, group: Range<usize>, start: usize, groups: &mut Vec<Range<usize>>) {
        let mut open = vec![group];
        while let Some(group) = open.pop() {
            let is_short = group.len() == 1 || self.of(group.clone()).iter().all(|size| *size <= MOST_BYTES);
            if is_short {
                groups.push(group);
            } else {
                let half = group.len().next_power_of_two() / 2;
                let middle = group.start + half;
                debug_assert!((group.start - start).is_multiple_of(half));
                open.push(middle..group.end);
                open.push(group.start..middle);
            }
        }
    }
}

/// Every word once, sorted, and for each item its words.
fn words_of_items(roadmap: &Roadmap) -> (Vec<Box<str>>, Vec<ItemWords>) {
    let mut known = BTreeMap::<Box<str>, u32>::new();
    let mut items = Vec::new();
    let mut learn = |found: Vec<BTreeMap<Box<str>, Fields>>| {
        for item in found {
            let number = |(word, fields)| {
                let next = known.len() as u32;
                (*known.entry(word).or_insert(next), fields)
            };
            items.push(item.into_iter().map(number).collect::<Vec<_>>());
        }
    };
    for batch in roadmap.issues.chunks(BATCH) {
        learn(batch.par_iter().map(|issue| words_of_issue(roadmap, issue)).collect());
    }
    for batch in roadmap.milestones.chunks(BATCH) {
        learn(batch.par_iter().map(words_of_milestone).collect());
    }
    // Words were numbered as they came; from here on they are numbered as they are sorted.
    let mut places = vec![0; known.len()];
    known.values().enumerate().for_each(|(place, number)| places[*number as usize] = place as u32);
    items.par_iter_mut().for_each(|item| {
        item.iter_mut().for_each(|(word, _)| *word = places[*word as usize]);
        item.sort_unstable();
    });
    (known.into_keys().collect(), items)
}

fn words_of_issue(roadmap: &Roadmap, issue: &Issue) -> BTreeMap<Box<str>, Fields> {
    let mut found = BTreeMap::new();
    add(&mut found, TITLE, &issue.title);
    add_id(&mut found, &issue.id);
    issue.labels().iter().for_each(|label| add(&mut found, ABOUT, &roadmap.labels[label.to.0].name));
    issue.assignees().iter().for_each(|name| add(&mut found, ABOUT, name));
    issue.milestone.get().into_iter().for_each(|ix| add(&mut found, ABOUT, &roadmap.milestones[ix.0].title));
    issue.kind.get().into_iter().for_each(|kind| add(&mut found, ABOUT, kind));
    issue.body.get().into_iter().for_each(|body| add_markdown(&mut found, body));
    found
}

fn words_of_milestone(milestone: &Milestone) -> BTreeMap<Box<str>, Fields> {
    let mut found = BTreeMap::new();
    add(&mut found, TITLE, &milestone.title);
    add_id(&mut found, &milestone.id);
    milestone.owner.iter().for_each(|owner| add(&mut found, ABOUT, owner));
    milestone.description.get().into_iter().for_each(|text| add_markdown(&mut found, text));
    let texts =
        milestone.goal.iter().chain(milestone.updates.iter().filter_map(|update| update.text.as_ref()));
    texts.for_each(|text| add_markdown(&mut found, text));
    found
}

/// The words of an id, and the id as one word: who searches `DB-001` wants that before all that has both words.
fn add_id(found: &mut BTreeMap<Box<str>, Fields>, id: &Id) {
    add(found, TITLE, id.as_str());
    add(found, TITLE, &id.key().replace(['-', '.', '_'], ""));
}

fn add_markdown(found: &mut BTreeMap<Box<str>, Fields>, text: &str) {
    if text.len() > MOST_MARKDOWN {
        add(found, TEXT, text);
    } else {
        add(found, TEXT, &markdown::read::visible(text));
    }
}

fn add(found: &mut BTreeMap<Box<str>, Fields>, field: Fields, text: &str) {
    words(text, |word| match found.get_mut(word) {
        Some(fields) => *fields |= field,
        None => {
            found.insert(word.into(), field);
        }
    });
}

/// All items by the words of their titles, then by their ids; those whose titles have none come last. And the pages that
/// show them.
fn alphabet(roadmap: &Roadmap) -> (Vec<Item>, Vec<Part>) {
    let key = |title: &str, id: &str| {
        let mut key = String::new();
        words(title, |word| key.extend([word, " "]));
        if key.is_empty() {
            key.push(char::MAX);
        }
        key + id
    };
    let issues =
        roadmap.issues().map(|(ix, issue)| (key(issue.short_title(), issue.id.key()), Item::Issue(ix)));
    let milestones = roadmap
        .milestones()
        .map(|(ix, milestone)| (key(&milestone.title, milestone.id.key()), Item::Milestone(ix)));
    let mut items: Vec<_> = milestones.chain(issues).collect();
    items.par_sort_by(|a, b| a.0.cmp(&b.0));
    let (keys, items): (Vec<_>, Vec<_>) = items.into_iter().unzip();
    (items, Part::by_key(&keys, MOST_ENTRIES))
}

const _: () = assert!(MILESTONES > 1_000_000);
