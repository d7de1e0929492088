//! Numbers at random, the same ones in every run.

use std::cell::Cell;

/// Throws numbers; equal seeds throw equal ones.
pub(crate) struct Dice(Cell<u64>);

impl Dice {
    /// Dice for a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let dice = Self(Cell::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1));
        // Seeds beside each other begin alike.
        (0..8).for_each(|_| {
            dice.below(2);
        });
        dice
    }

    /// A number from 0, below this one.
    pub(crate) fn below(&self, limit: usize) -> usize {
        let mut state = self.0.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.0.set(state);
        usize::try_from(state >> 16).unwrap_or(0) % limit
    }

    /// One of several.
    pub(crate) fn one<T: Clone>(&self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}
