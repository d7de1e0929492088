//! Words and their numbers, in the order in which they are met: asked for each word of each text.
//!
//! Numbers are found in a table of slots by a hash that is the same on every machine; nothing is ever read out of it in its
//! order. Where so many words share a slot that looking on would be dear, which no text does by chance, an ordered map
//! takes the rest.

use std::collections::BTreeMap;

/// How many slots are looked at for a word.
const MOST_PROBES: usize = 64;

/// What an empty slot holds: no word has this number.
const EMPTY: u32 = u32::MAX;

/// How many slots a vocabulary begins with; always a power of two.
const FIRST: usize = 1_024;

/// Every word once, by its number.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: Vec<Box<str>>,
    /// For each word its hash: numbers are compared faster than texts.
    hashes: Vec<u64>,
    /// The numbers of words; at least half of them empty.
    slots: Vec<u32>,
    /// The words that found no slot.
    others: BTreeMap<Box<str>, u32>,
}

impl Vocabulary {
    /// The number of a word; that of a new one is how many there were before.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if self.slots.len() <= 2 * self.words.len() {
            self.grow();
        }
        let hash = hash(word);
        let slot = match self.probe(hash, |number| *self.words[number as usize] == *word) {
            Ok(number) => return number,
            Err(slot) => slot,
        };
        if let Some(number) = self.others.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.words.push(word.into());
        self.hashes.push(hash);
        self.put(number, slot);
        number
    }

    /// Every word, in the order of their numbers.
    pub(super) fn into_words(self) -> Vec<Box<str>> {
        self.words
    }

    /// The number of the word of this hash that is meant, else the first free slot of those that are looked at.
    fn probe(&self, hash: u64, is_meant: impl Fn(u32) -> bool) -> Result<u32, Option<usize>> {
        let mask = self.slots.len() - 1;
        // The upper bits of a product depend on all bits of the hash.
        let first = (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize;
        for slot in (first..first + MOST_PROBES).map(|slot| slot & mask) {
            match self.slots[slot] {
                EMPTY => return Err(Some(slot)),
                number if self.hashes[number as usize] == hash && is_meant(number) => return Ok(number),
                _ => {}
            }
        }
        Err(None)
    }

    /// Puts a word into its slot, or beside them.
    fn put(&mut self, number: u32, slot: Option<usize>) {
        match slot {
            Some(slot) => self.slots[slot] = number,
            None => drop(self.others.insert(self.words[number as usize].clone(), number)),
        }
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; (2 * self.slots.len()).max(FIRST)];
        for number in 0..self.words.len() as u32 {
            if !self.others.contains_key(&self.words[number as usize]) {
                let slot = self.probe(self.hashes[number as usize], |_| false);
                self.put(number, slot.err().flatten());
            }
        }
    }
}

/// A number for a word, the same on every machine (FNV-1a). Nothing depends on two words having two.
fn hash(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    word.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number_however_many_there_are() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<_> = (0..5_000).map(|number| format!("word{number}")).collect();
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                assert_eq!(vocabulary.number(word), number as u32);
            }
        }
        assert_eq!(vocabulary.into_words().len(), words.len());
    }

    #[test]
    fn words_without_a_slot_are_known_as_well() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.number("first");
        // Every slot that is looked at is taken by a word that is not meant.
        vocabulary.slots.fill(0);
        for _ in 0..2 {
            assert_eq!(vocabulary.number("second"), 1);
            assert_eq!(vocabulary.number("third"), 2);
        }
        assert_eq!(vocabulary.others.len(), 2);
        vocabulary.grow();
        assert_eq!((vocabulary.number("first"), vocabulary.number("third")), (0, 2));
    }
}
