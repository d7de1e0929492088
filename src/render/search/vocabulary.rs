//! Words and their numbers, in the order in which they are met: asked for each word of each text.
//!
//! Numbers are found in a table of slots by a key that is the same on every machine; nothing is ever read out of it in its
//! order. Where so many words share a slot that looking on would be dear, which no text does by chance, an ordered map
//! takes the rest.

use std::collections::BTreeMap;

use super::words::Word;

/// How many slots are looked at for a word.
const MOST_PROBES: usize = 64;

/// What an empty slot holds: no word has this number.
const EMPTY: u32 = u32::MAX;

/// How many slots a vocabulary begins with; always a power of two.
const FIRST: usize = 1_024;

/// The number of a word, and a key that finds it: keys are compared faster than texts.
#[derive(Clone, Copy)]
struct Slot {
    key: u64,
    number: u32,
}

/// Every word once, in the order of their numbers.
#[derive(Default)]
pub(super) struct Words {
    /// All words, one behind the other.
    pub(super) text: String,
    /// Where each word ends in the text.
    ends: Vec<usize>,
}

impl Words {
    /// The word that has this number.
    fn word(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }

    /// Every word.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|number| self.word(number))
    }
}

/// Finds the numbers of words.
pub(super) struct Vocabulary {
    words: Words,
    /// At least half of them are empty.
    slots: Vec<Slot>,
    /// The words that found no slot.
    others: BTreeMap<Box<str>, u32>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { words: Words::default(), slots: empty(FIRST), others: BTreeMap::new() }
    }
}

impl Vocabulary {
    /// The number of a word; that of a new one is how many there were before.
    pub(super) fn number(&mut self, word: Word<'_>) -> usize {
        match word {
            Word::Short(key) => match self.probe(key, |_| true) {
                Ok(number) => number,
                Err(slot) => self.put(key, word.text(&mut [0; 8]), slot),
            },
            Word::Long(word) => self.number_of_long(word),
        }
    }

    #[inline(never)]
    fn number_of_long(&mut self, word: &str) -> usize {
        let key = key(word);
        let slot = self.probe(key, |number| self.words.word(number) == word);
        slot.unwrap_or_else(|slot| self.put(key, word, slot))
    }

    /// Every word; what finds their numbers goes.
    pub(super) fn into_words(self) -> Words {
        self.words
    }

    /// The number of the word of this key that is meant, else the first free slot of those that are looked at.
    fn probe(&self, key: u64, is_meant: impl Fn(usize) -> bool) -> Result<usize, Option<usize>> {
        let mask = self.slots.len() - 1;
        // The upper bits of a product depend on all bits of the key.
        let first = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (1 + self.slots.len().leading_zeros());
        for at in (first as usize..).take(MOST_PROBES).map(|at| at & mask) {
            let slot = self.slots[at];
            if slot.number == EMPTY {
                return Err(Some(at));
            }
            if slot.key == key && is_meant(slot.number as usize) {
                return Ok(slot.number as usize);
            }
        }
        Err(None)
    }

    /// The number of a word that has no slot, or not yet: of the words of a text few are new.
    #[cold]
    fn put(&mut self, key: u64, word: &str, slot: Option<usize>) -> usize {
        if let Some(number) = self.others.get(word) {
            return *number as usize;
        }
        let number = self.words.ends.len();
        self.words.text.push_str(word);
        self.words.ends.push(self.words.text.len());
        self.place(Slot { key, number: number as u32 }, slot);
        if self.slots.len() <= 2 * self.words.ends.len() {
            self.grow();
        }
        number
    }

    /// Puts a word into its slot, or beside them.
    fn place(&mut self, word: Slot, at: Option<usize>) {
        match at {
            Some(at) => self.slots[at] = word,
            None => drop(self.others.insert(self.words.word(word.number as usize).into(), word.number)),
        }
    }

    fn grow(&mut self) {
        let more = empty(2 * self.slots.len());
        for word in std::mem::replace(&mut self.slots, more) {
            if word.number != EMPTY {
                let free = self.probe(word.key, |_| false);
                self.place(word, free.err().flatten());
            }
        }
    }
}

fn empty(slots: usize) -> Vec<Slot> {
    vec![Slot { key: 0, number: EMPTY }; slots]
}

/// The key of a long word, the same on every machine: none that a short word has, which is its own (FNV-1a). Nothing
/// depends on two words having two.
fn key(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    word.bytes().fold(0xcbf2_9ce4_8422_2325, step) | 1 << 63
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number_however_many_there_are() {
        let mut vocabulary = Vocabulary::default();
        let word = |number: usize| format!("{}{number}", ["w", "word", "wörd", "wordword"][number % 4]);
        let words: Vec<_> = (0..5_000).map(word).collect();
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                assert_eq!(vocabulary.number(Word::of(word)), number);
            }
        }
        assert!(vocabulary.into_words().iter().eq(words.iter()));
    }

    #[test]
    fn words_without_a_slot_are_known_as_well() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.number(Word::of("first"));
        // Every slot that is looked at is taken by a word that is not meant.
        vocabulary.slots.fill(Slot { key: 0, number: 0 });
        for _ in 0..2 {
            assert_eq!(vocabulary.number(Word::of("second")), 1);
            assert_eq!(vocabulary.number(Word::of("third")), 2);
        }
        assert_eq!(vocabulary.others.len(), 2);
        vocabulary.grow();
        assert_eq!((vocabulary.number(Word::of("first")), vocabulary.number(Word::of("third"))), (0, 2));
    }
}
