//! The words of neighbours: every word once, with the items that have it. Each batch is read without looking at another,
//! so that many threads can read without waiting for each other.

use std::ops::Range;

use super::{
    BATCH, Fields, MOST_BYTES,
    vocabulary::Vocabulary,
    words::{BUCKETS, bucket, each_word},
};

/// An item that has a word, as its place in the batch, and where the word stands in it: in two bytes, for there are more
/// of these than of anything else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting(u16);

const _: () = assert!(BATCH << 3 <= u16::MAX as usize);

impl Posting {
    fn new(place: usize, fields: Fields) -> Self {
        Self((place as u16) << 3 | u16::from(fields))
    }

    pub(super) fn place(self) -> usize {
        usize::from(self.0 >> 3)
    }

    pub(super) fn fields(self) -> Fields {
        (self.0 & 7) as Fields
    }
}

/// The words of some neighbours, those of a bucket together, and there sorted.
#[derive(Debug)]
pub(super) struct Batch {
    /// Which items these are, as their places among all.
    pub(super) places: Range<usize>,
    /// All words, one behind the other.
    text: String,
    /// Where each word ends in the text, and where its postings end.
    ends: Vec<(u32, u32)>,
    /// For each bucket where its words end.
    buckets: [u32; BUCKETS],
    /// For each word the items that have it, in their order.
    postings: Vec<Posting>,
}

impl Batch {
    /// Reads the words of some items, the first of which has this place. Items with so many words that their files would
    /// get too long come in several batches, the halves of halves.
    pub(super) fn of<T>(items: &[T], first: usize, read: impl Fn(&mut Found, &T)) -> Vec<Self> {
        let mut found = Found::default();
        for item in items {
            read(&mut found, item);
            found.ends.push(found.words.len());
        }
        let (mut open, mut batches) = (vec![found.sorted(first)], Vec::new());
        while let Some(batch) = open.pop() {
            let sizes = sizes(batch.places.len(), batch.words().map(|(word, of)| (word, of.len())));
            if batch.places.len() == 1 || is_short(sizes) {
                batches.push(batch);
            } else {
                open.extend(batch.halves());
            }
        }
        batches
    }

    /// One that has no words yet, and room for so many bytes of so many.
    fn with_capacity(places: Range<usize>, bytes: usize, words: usize) -> Self {
        Self {
            places,
            text: String::with_capacity(bytes),
            ends: Vec::with_capacity(words),
            buckets: [0; BUCKETS],
            postings: Vec::new(),
        }
    }

    /// Adds a word that comes after all that are here; its postings lie behind those of the last one.
    fn push(&mut self, (bucket, word): Filed<'_>, end_of_postings: usize) {
        self.text.push_str(word);
        self.ends.push((self.text.len() as u32, end_of_postings as u32));
        self.buckets[usize::from(bucket)..].fill(self.ends.len() as u32);
    }

    /// The second half of the items, then the first one. The cut lies at a round place, so that another length of one text
    /// or items that are added at the end seldom move one.
    fn halves(&self) -> [Self; 2] {
        let middle = self.places.len().next_power_of_two() / 2;
        let cut = self.places.start + middle;
        let new = |places| Self::with_capacity(places, 0, 0);
        let (mut first, mut second) = (new(self.places.start..cut), new(cut..self.places.end));
        for (word, postings) in self.words() {
            let (early, late) =
                postings.split_at(postings.partition_point(|posting| posting.place() < middle));
            if !early.is_empty() {
                first.postings.extend_from_slice(early);
                first.push(word, first.postings.len());
            }
            if !late.is_empty() {
                let moved = |posting: &Posting| Posting::new(posting.place() - middle, posting.fields());
                second.postings.extend(late.iter().map(moved));
                second.push(word, second.postings.len());
            }
        }
        [second, first]
    }

    /// All words with their buckets and postings.
    pub(super) fn words(&self) -> impl Iterator<Item = (Filed<'_>, &[Posting])> {
        let in_bucket =
            |bucket| self.words_in(bucket).map(move |(word, postings)| ((bucket as u8, word), postings));
        (0..BUCKETS).flat_map(in_bucket)
    }

    /// The words of a bucket with their postings.
    pub(super) fn words_in(&self, bucket: usize) -> impl Iterator<Item = (&str, &[Posting])> {
        let first = bucket.checked_sub(1).map_or(0, |before| self.buckets[before]) as usize;
        let mut start = first.checked_sub(1).map_or((0, 0), |before| self.ends[before]);
        self.ends[first..self.buckets[bucket] as usize].iter().map(move |end| {
            let (text, postings) = std::mem::replace(&mut start, *end);
            (&self.text[text as usize..end.0 as usize], &self.postings[postings as usize..end.1 as usize])
        })
    }
}

/// A word and its bucket, which sort as files do.
pub(super) type Filed<'a> = (u8, &'a str);

/// At most how many bytes each file takes of a group of so many items with these words and so many postings of each.
pub(super) fn sizes<'a>(items: usize, words: impl Iterator<Item = (Filed<'a>, usize)>) -> [usize; BUCKETS] {
    // A posting is how far it is from the one before, in base 36, and a letter.
    let posting = 2 + items.ilog(36) as usize;
    let mut sizes = [0; BUCKETS];
    words.for_each(|((bucket, word), count)| sizes[usize::from(bucket)] += word.len() + 7 + posting * count);
    sizes
}

/// Whether files of these sizes are short enough.
pub(super) fn is_short(sizes: [usize; BUCKETS]) -> bool {
    sizes.iter().all(|size| *size <= MOST_BYTES)
}

/// The words that were met, as they came.
#[derive(Default)]
pub(super) struct Found {
    vocabulary: Vocabulary,
    /// For each word behind how many it was met last among the words of items; 0 where it was not.
    last: Vec<usize>,
    /// The words of each item, each once: its number and where it stands in the item.
    words: Vec<(u32, Fields)>,
    /// Where the words of each item end.
    ends: Vec<usize>,
}

impl Found {
    /// Adds the words of a text of the item that is read.
    pub(super) fn add(&mut self, field: Fields, text: &str) {
        let first = self.ends.last().copied().unwrap_or_default();
        each_word(text, |word| {
            let number = self.vocabulary.number(word);
            if number == self.last.len() {
                self.last.push(0);
            }
            let last = &mut self.last[number];
            if *last > first {
                self.words[*last - 1].1 |= field;
            } else {
                self.words.push((number as u32, field));
                *last = self.words.len();
            }
        });
    }

    /// The words of all items that were read, the first of which has this place.
    fn sorted(self, first: usize) -> Batch {
        let bucketed = |(word, number)| ((bucket(word), word), number);
        let words = self.vocabulary.into_words();
        let mut order: Vec<(Filed<'_>, usize)> = words.iter().zip(0..).map(bucketed).collect();
        order.sort_unstable();
        // For each word first how many items have it, then where the next of its postings goes.
        let mut next = self.last;
        next.fill(0);
        self.words.iter().for_each(|(number, _)| next[*number as usize] += 1);
        let places = first..first + self.ends.len();
        let mut batch = Batch::with_capacity(places, words.text.len(), order.len());
        let mut end = 0;
        for (word, number) in order {
            let start = end;
            end += next[number];
            next[number] = start;
            batch.push(word, end);
        }
        batch.postings = vec![Posting::new(0, 0); self.words.len()];
        let mut start = 0;
        for (place, end) in self.ends.into_iter().enumerate() {
            for (number, fields) in &self.words[std::mem::replace(&mut start, end)..end] {
                let next = &mut next[*number as usize];
                batch.postings[*next] = Posting::new(place, *fields);
                *next += 1;
            }
        }
        batch
    }
}
