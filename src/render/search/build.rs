//! Making the index: the words of every item, and how they are grouped into files.

use std::{collections::BTreeMap, ops::Range};

use rayon::prelude::*;

use super::{
    ABOUT, Fields, Item, ItemWords, MILESTONES, MOST_BYTES, Posting, SearchIndex, TEXT, TITLE,
    vocabulary::Vocabulary,
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

/// How many neighbours are read by one thread before it takes others.
const BATCH: usize = 256;

/// Past how many bytes a text is taken as it is written, without looking for its Markdown.
const MOST_MARKDOWN: usize = 256 * 1024;

impl SearchIndex {
    /// The index of a roadmap, which must be the public one.
    pub fn new(roadmap: &Roadmap, facts: &Facts) -> Self {
        let (words, buckets, items) = words_of_items(roadmap);
        let (alphabet, alphabet_parts) = alphabet(roadmap);
        let mut index = Self {
            words,
            buckets,
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
        let kinds = self.kinds().into_iter().filter(|kind| !kind.is_empty());
        self.groups = kinds.clone().collect();
        let mut sizes = Sizes { index: self, seen: vec![0; self.words.len()], turn: 0 };
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
    /// For each word the last turn that counted it.
    seen: Vec<u32>,
    turn: u32,
}

impl Sizes<'_> {
    /// At most how many bytes each file of a group takes.
    fn of(&mut self, group: Range<usize>) -> [usize; BUCKETS] {
        // A posting is how far it is from the one before, in base 36, and a letter.
        let posting = 2 + group.len().ilog(36) as usize;
        let mut sizes = [0; BUCKETS];
        self.turn += 1;
        for word in self.index.items[group].iter().flat_map(|item| item.iter().map(|posting| posting.word()))
        {
            let size = &mut sizes[usize::from(self.index.buckets[word])];
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

/// Every word once, in the order of [`SearchIndex::words`], with its bucket; and for each item its words.
fn words_of_items(roadmap: &Roadmap) -> (Vec<Box<str>>, Vec<u8>, Vec<ItemWords>) {
    let issues = roadmap.issues.par_chunks(BATCH);
    let milestones = roadmap.milestones.par_chunks(BATCH);
    let mut batches: Vec<Batch> =
        issues.map(|batch| Batch::of(batch, |found, issue| words_of_issue(found, roadmap, issue))).collect();
    batches.par_extend(milestones.map(|batch| Batch::of(batch, words_of_milestone)));
    let mut known = BTreeMap::<Box<str>, u32>::new();
    for batch in &mut batches {
        let number = |word| {
            let next = known.len() as u32;
            *known.entry(word).or_insert(next)
        };
        batch.numbers = std::mem::take(&mut batch.words).into_iter().map(number).collect();
    }
    // Words were numbered as they came; from here on they are numbered as they are sorted, those of one file together.
    let mut known: Vec<_> = known.into_iter().map(|(word, number)| (bucket(&word), word, number)).collect();
    known.sort_by_key(|(bucket, ..)| *bucket);
    let mut places = vec![0; known.len()];
    known.iter().enumerate().for_each(|(place, (.., number))| places[*number as usize] = place as u32);
    let items = batches.into_par_iter().flat_map_iter(|batch| batch.placed(&places)).collect();
    let (buckets, words) = known.into_iter().map(|(bucket, word, _)| (bucket, word)).unzip();
    (words, buckets, items)
}

/// The words of neighbours, numbered among themselves: so many threads can read without waiting for each other.
#[derive(Default)]
struct Batch {
    /// Every word once, in the order of its number.
    words: Vec<Box<str>>,
    /// For each word its number among all.
    numbers: Vec<u32>,
    /// The words of each item.
    items: Vec<ItemWords>,
}

impl Batch {
    /// Reads the words of some items.
    fn of<T>(items: &[T], read: impl Fn(&mut Found, &T)) -> Self {
        let mut found = Found::default();
        let words_of = |item| {
            read(&mut found, item);
            found.take()
        };
        let items = items.iter().map(words_of).collect();
        Self { words: found.words.into_words(), numbers: Vec::new(), items }
    }

    /// The items, each word by its place among all.
    fn placed(mut self, places: &[u32]) -> Vec<ItemWords> {
        for posting in self.items.iter_mut().flat_map(|item| item.iter_mut()) {
            *posting = Posting::new(places[self.numbers[posting.word()] as usize], posting.fields());
        }
        self.items.iter_mut().for_each(|item| item.sort_unstable());
        self.items
    }
}

/// The words of the item that is read, and all that were met before it.
#[derive(Default)]
struct Found {
    words: Vocabulary,
    /// For each word where it stands in this item; 0 where it does not.
    fields: Vec<Fields>,
    /// The words of this item.
    here: Vec<u32>,
}

impl Found {
    fn add(&mut self, field: Fields, text: &str) {
        words(text, |word| {
            let number = self.words.number(word);
            if number as usize == self.fields.len() {
                self.fields.push(0);
            }
            let fields = &mut self.fields[number as usize];
            if *fields == 0 {
                self.here.push(number);
            }
            *fields |= field;
        });
    }

    /// The words of an id, and the id as one word: who searches `DB-001` wants that before all that has both words.
    fn add_id(&mut self, id: &Id) {
        self.add(TITLE, id.as_str());
        self.add(TITLE, &id.key().replace(['-', '.', '_'], ""));
    }

    fn add_markdown(&mut self, text: &str) {
        if text.len() > MOST_MARKDOWN {
            self.add(TEXT, text);
        } else {
            self.add(TEXT, &markdown::read::visible(text));
        }
    }

    /// The words of this item; the next one begins.
    fn take(&mut self) -> ItemWords {
        let posting = |word| Posting::new(word, std::mem::take(&mut self.fields[word as usize]));
        self.here.drain(..).map(posting).collect()
    }
}

fn words_of_issue(found: &mut Found, roadmap: &Roadmap, issue: &Issue) {
    found.add(TITLE, &issue.title);
    found.add_id(&issue.id);
    issue.labels().iter().for_each(|label| found.add(ABOUT, &roadmap.labels[label.to.0].name));
    issue.assignees().iter().for_each(|name| found.add(ABOUT, name));
    issue.milestone.get().into_iter().for_each(|ix| found.add(ABOUT, &roadmap.milestones[ix.0].title));
    issue.kind.get().into_iter().for_each(|kind| found.add(ABOUT, kind));
    issue.body.get().into_iter().for_each(|body| found.add_markdown(body));
}

fn words_of_milestone(found: &mut Found, milestone: &Milestone) {
    found.add(TITLE, &milestone.title);
    found.add_id(&milestone.id);
    milestone.owner.iter().for_each(|owner| found.add(ABOUT, owner));
    milestone.description.get().into_iter().for_each(|text| found.add_markdown(text));
    let texts =
        milestone.goal.iter().chain(milestone.updates.iter().filter_map(|update| update.text.as_ref()));
    texts.for_each(|text| found.add_markdown(text));
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
