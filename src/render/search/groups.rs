//! Which batches share files: neighbours, as many as their files stay short enough for.

use std::ops::Range;

use super::{
    batch::{Batch, Filed, is_short, sizes},
    words::BUCKETS,
};

/// The groups that neighbours fall into.
pub(super) enum Groups<'a> {
    /// One, whose files are short enough, and which may be a part of a larger one.
    One(Group<'a>),
    /// These, as ranges of batches.
    Many(Vec<Range<usize>>),
}

/// Batches that share files.
pub(super) struct Group<'a> {
    batches: Range<usize>,
    items: usize,
    /// All words of these batches, sorted, with how many items have each.
    words: Vec<(Filed<'a>, usize)>,
}

impl<'a> Groups<'a> {
    /// Halves batches until the files of each half are short enough. The cuts lie at round places: where `chunks` end, which
    /// hold as many items each, and of which only the last may be smaller. A chunk that is more than a batch is cut already.
    pub(super) fn of(batches: &'a [Batch], chunks: &[Range<usize>]) -> Self {
        match chunks {
            [] => Self::Many(Vec::new()),
            [chunk] if chunk.len() == 1 => Self::One(Group::of(&batches[chunk.start], chunk.clone())),
            [chunk] => Self::Many(chunk.clone().map(|ix| ix..ix + 1).collect()),
            chunks => {
                let (first, second) = chunks.split_at(chunks.len().next_power_of_two() / 2);
                let (first, second) = rayon::join(|| Self::of(batches, first), || Self::of(batches, second));
                first.and(second)
            }
        }
    }

    /// These and their neighbours. What is too long by itself is too long with others.
    fn and(self, next: Self) -> Self {
        match (self, next) {
            (Self::One(one), Self::One(next)) => one.and(next),
            (one, next) => Self::Many([one.ranges(), next.ranges()].concat()),
        }
    }

    /// The groups as ranges of batches.
    pub(super) fn ranges(self) -> Vec<Range<usize>> {
        match self {
            Self::One(group) => vec![group.batches],
            Self::Many(ranges) => ranges,
        }
    }

    /// At most how many bytes its files take together, where it is one.
    pub(super) fn size(&self) -> Option<usize> {
        match self {
            Self::One(group) => Some(group.sizes().iter().sum()),
            Self::Many(ranges) => ranges.is_empty().then_some(0),
        }
    }
}

impl<'a> Group<'a> {
    fn of(batch: &'a Batch, batches: Range<usize>) -> Self {
        let words = batch.words().map(|(word, postings)| (word, postings.len())).collect();
        Self { batches, items: batch.places.len(), words }
    }

    /// One group of both, if its files are short enough.
    fn and(self, next: Self) -> Groups<'a> {
        let batches = self.batches.start..next.batches.end;
        let (apart, items) = (vec![self.batches, next.batches], self.items + next.items);
        let mut words = self.words;
        words.extend(next.words);
        // Two sorted runs, which a stable sort merges.
        words.sort_by_key(|(word, _)| *word);
        words.dedup_by(|next, one| {
            let is_same = next.0 == one.0;
            one.1 += if is_same { next.1 } else { 0 };
            is_same
        });
        let group = Self { batches, items, words };
        if is_short(group.sizes()) { Groups::One(group) } else { Groups::Many(apart) }
    }

    fn sizes(&self) -> [usize; BUCKETS] {
        sizes(self.items, self.words.iter().copied())
    }
}

/// For each chunk of neighbours which batches it comes in.
pub(super) fn ranges(chunks: &[Vec<Batch>]) -> Vec<Range<usize>> {
    let mut end = 0;
    let range = |chunk: &Vec<Batch>| {
        let start = end;
        end += chunk.len();
        start..end
    };
    chunks.iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::render::search::{
        BATCH, MOST_BYTES, TEXT, TITLE,
        words::{bucket, words},
    };

    /// Where each word stands, as it is found without any haste.
    fn places(texts: &[String], of: Range<usize>) -> BTreeMap<String, BTreeSet<usize>> {
        let mut places = BTreeMap::<String, BTreeSet<usize>>::new();
        for place in of {
            words(&texts[place], |word| places.entry(word.to_owned()).or_default().extend([place]));
        }
        places
    }

    /// The groups as they are defined: halved from the whole down.
    fn halved(texts: &[String]) -> Vec<Range<usize>> {
        let whole = 0..texts.len();
        let (mut open, mut groups) = (vec![whole], Vec::new());
        while let Some(group) = open.pop() {
            let posting = 2 + group.len().ilog(36) as usize;
            let mut sizes = [0; BUCKETS];
            for (word, places) in places(texts, group.clone()) {
                sizes[usize::from(bucket(&word))] += word.len() + 7 + posting * places.len();
            }
            if group.len() == 1 || sizes.iter().all(|size| *size <= MOST_BYTES) {
                groups.push(group);
            } else {
                let middle = group.start + group.len().next_power_of_two() / 2;
                open.extend([middle..group.end, group.start..middle]);
            }
        }
        groups
    }

    /// So many texts; `count` tells how many words each has, some of which others have as well.
    fn texts(number: usize, count: impl Fn(usize) -> usize) -> Vec<String> {
        let word = |text: usize, word: usize| match word % 3 {
            0 => format!("w{}", (text * 7 + word * 131) % 4_001),
            1 => format!("Gemeinsam{}", word % 97),
            _ => format!("é{}x{word}", text % 50),
        };
        let text = |text| (0..count(text)).map(|ix| word(text, ix)).collect::<Vec<_>>().join(" ");
        (0..number).map(text).collect()
    }

    #[test]
    fn batches_hold_every_word_and_groups_are_the_halves_that_are_short_enough() {
        let many = texts(1_900, |_| 3);
        let mixed = texts(1_100, |text| 20 + text / 16);
        let long = texts(300, |text| if text % 256 < 40 { 900 } else { 30 });
        let one = texts(300, |text| if text == 270 { 15_000 } else { 5 });
        let last = texts(257, |text| if text == 256 { 15_000 } else { 5 });
        for texts in [many, mixed, long, one, last, texts(1, |_| 15_000), texts(1, |_| 0), Vec::new()] {
            let read = |(chunk, texts)| {
                Batch::of(texts, chunk * BATCH, |found, text: &String| {
                    found.add(TEXT, text);
                    found.add(TITLE, text);
                })
            };
            let chunks: Vec<_> = texts.chunks(BATCH).enumerate().map(read).collect();
            let ranges = ranges(&chunks);
            let batches: Vec<_> = chunks.into_iter().flatten().collect();
            for batch in &batches {
                let mut found = BTreeMap::<String, BTreeSet<usize>>::new();
                let words: Vec<_> = batch.words().map(|(word, _)| word).collect();
                assert!(words.is_sorted() && words.iter().all(|(of, word)| *of == bucket(word)));
                for ((_, word), postings) in batch.words() {
                    assert!(postings.iter().all(|posting| posting.fields() == TEXT | TITLE));
                    let places = postings.iter().map(|posting| batch.places.start + posting.place());
                    found.insert(word.to_owned(), places.collect());
                }
                assert_eq!(found, places(&texts, batch.places.clone()));
            }
            let of_places =
                |group: Range<usize>| batches[group.start].places.start..batches[group.end - 1].places.end;
            let groups: Vec<_> = Groups::of(&batches, &ranges).ranges().into_iter().map(of_places).collect();
            assert_eq!(groups, if texts.is_empty() { Vec::new() } else { halved(&texts) });
        }
    }
}
