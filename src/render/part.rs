//! A part of a page that is too long for one file, and where a list is cut.

use crate::words::say;
use std::ops::Range;

/// A part of a page that is too long for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which part, from 0.
    pub(crate) number: usize,
    /// How many parts there are.
    pub(crate) count: usize,
    /// Which of the list's items stand in it, by their place in the list.
    pub(crate) issues: Range<usize>,
}

impl Part {
    /// The parts of a list of `total` items with at most `most` in each; at least one.
    pub(crate) fn split(total: usize, most: usize) -> impl Iterator<Item = Self> {
        Self::split_beside(total, most, 1)
    }

    /// The same beside another list, which takes at least so many parts.
    pub(crate) fn split_beside(total: usize, most: usize, least: usize) -> impl Iterator<Item = Self> {
        let count = total.div_ceil(most).max(least).max(1);
        (0..count).map(move |number| Self {
            number,
            count,
            issues: total.min(number * most)..total.min((number + 1) * most),
        })
    }

    /// The parts of a list with at most `most` items in each, cut by their ascending keys; at least one.
    ///
    /// The space of keys is halved until a half holds few enough. So an item that comes or goes changes its own part, and
    /// moves no item from part to part; only where its part passes the most, or falls below it, that one is cut otherwise.
    pub(crate) fn by_key<K: AsRef<[u8]>>(keys: &[K], most: usize) -> Vec<Self> {
        let mut ends = Vec::new();
        let whole = 0..keys.len();
        let mut left = vec![whole];
        while let Some(range) = left.pop() {
            match half(&keys[range.clone()]).filter(|_| range.len() > most) {
                Some(half) => left.extend([range.start + half..range.end, range.start..range.start + half]),
                // Where all keys are the same, their number alone is left to go by.
                None => ends.extend(range.clone().skip(most).step_by(most).chain([range.end])),
            }
        }
        let starts = [0].into_iter().chain(ends.iter().copied());
        let part = |(number, (start, end))| Self { number, count: ends.len(), issues: start..end };
        starts.zip(ends.iter().copied()).enumerate().map(part).collect()
    }

    /// `part 2 of 3`; empty where there is one.
    pub(crate) fn words(&self) -> String {
        if self.count > 1 { say!("part {} of {}", self.number + 1, self.count) } else { String::new() }
    }
}

/// Where the keys first have another bit than those before; `None` where all are the same.
fn half<K: AsRef<[u8]>>(keys: &[K]) -> Option<usize> {
    let (first, last) = (keys.first()?.as_ref(), keys.last()?.as_ref());
    let at = first.iter().zip(last).take_while(|(a, b)| a == b).count();
    let mask = match (first.get(at), last.get(at)) {
        (Some(a), Some(b)) => 0x80_u8 >> (a ^ b).leading_zeros(),
        // The shorter ones come first.
        (None, Some(_)) => return Some(keys.partition_point(|key| key.as_ref().len() <= at)),
        _ => return None,
    };
    Some(keys.partition_point(|key| key.as_ref().get(at).is_none_or(|byte| byte & mask == 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(parts: &[Part]) -> Vec<(usize, usize)> {
        parts.iter().map(|part| (part.issues.start, part.issues.end)).collect()
    }

    #[test]
    fn parts_cover_a_list_once() {
        let parts: Vec<_> = Part::split(250, 100).collect();
        assert_eq!(ranges(&parts), [(0, 100), (100, 200), (200, 250)]);
        assert_eq!(parts[2].words(), "part 3 of 3");
        let empty: Vec<_> = Part::split(0, 100).collect();
        assert_eq!((empty.len(), empty[0].words().as_str(), empty[0].issues.clone()), (1, "", 0..0));
        let beside: Vec<_> = Part::split_beside(150, 100, 4).collect();
        assert_eq!(ranges(&beside), [(0, 100), (100, 150), (150, 150), (150, 150)]);
    }

    #[test]
    fn keys_cut_a_list_in_halves_of_their_space() {
        let keys: Vec<_> = (0..10_u32).map(u32::to_be_bytes).collect();
        assert_eq!(ranges(&Part::by_key(&keys, 4)), [(0, 4), (4, 8), (8, 10)]);
        assert_eq!(ranges(&Part::by_key(&keys, 10)), [(0, 10)]);
        assert_eq!(ranges(&Part::by_key::<[u8; 4]>(&[], 4)), [(0, 0)]);
        assert_eq!(ranges(&Part::by_key(&["a"; 5], 2)), [(0, 2), (2, 4), (4, 5)]);
        assert_eq!(ranges(&Part::by_key(&["a", "a", "ab", "abc", "b"], 2)), [(0, 2), (2, 4), (4, 5)]);
    }

    #[test]
    fn an_item_that_goes_moves_no_other() {
        let all: Vec<_> = (0..1_000_u32).map(u32::to_be_bytes).collect();
        let part_of = |keys: &[[u8; 4]]| {
            let parts = Part::by_key(keys, 90);
            assert!(parts.iter().all(|part| part.issues.len() <= 90));
            parts.iter().map(|part| keys[part.issues.start]).collect::<Vec<_>>()
        };
        let before = part_of(&all);
        for gone in [1, 500, 998] {
            let rest: Vec<_> =
                all.iter().enumerate().filter(|(ix, _)| *ix != gone).map(|(_, key)| *key).collect();
            assert_eq!(part_of(&rest), before);
        }
    }

    #[test]
    fn keys_that_share_their_beginnings_cut_without_end_of_stack() {
        let keys: Vec<_> = (0..5_000).map(|long| "a".repeat(long)).collect();
        let parts = Part::by_key(&keys, 1);
        assert_eq!((parts.len(), parts[4_999].issues.clone()), (5_000, 4_999..5_000));
    }
}
