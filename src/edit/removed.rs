//! Which items an edit took out of a file's lists, so that an item is found again under its former place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Edit};
use crate::report::{JsonPath, Step};

/// The items that were taken out, by their places before: what is added comes behind all that were there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Removed(BTreeMap<String, BTreeSet<usize>>);

impl Removed {
    /// What these edits take out of the lists of one file.
    pub(super) fn by(edits: &[&Edit]) -> Self {
        let mut removed = Self::default();
        for edit in edits {
            if let ([Step::Key(list), Step::Index(index)], Change::Remove) = (&edit.path.0[..], &edit.change)
            {
                removed.0.entry(list.clone()).or_default().insert(*index);
            }
        }
        removed
    }

    /// What both took out, the other after this one.
    pub(super) fn and(mut self, later: Self) -> Self {
        for (list, indexes) in later.0 {
            let former: Vec<_> = indexes.into_iter().map(|index| self.former(&list, index)).collect();
            self.0.entry(list).or_default().extend(former);
        }
        self
    }

    /// The place before of the item that is at this place of a list now.
    pub(super) fn former(&self, list: &str, now: usize) -> usize {
        let removed = self.0.get(list).into_iter().flatten();
        removed.fold(now, |at, removed| if *removed <= at { at + 1 } else { at })
    }

    /// Whether the item at this former place was taken out.
    pub(super) fn holds(&self, list: &str, former: usize) -> bool {
        self.0.get(list).is_some_and(|removed| removed.contains(&former))
    }

    /// The way to a value as it was before.
    pub(super) fn former_path(&self, path: &JsonPath) -> JsonPath {
        let mut path = path.clone();
        if let [Step::Key(list), Step::Index(index), ..] = &mut path.0[..] {
            *index = self.former(list, *index);
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(indexes: &[usize]) -> Removed {
        let path = |index: &usize| JsonPath::default().key("issues").index(*index);
        let edits: Vec<_> = indexes
            .iter()
            .map(|index| Edit { file: "a".into(), path: path(index), change: Change::Remove })
            .collect();
        Removed::by(&edits.iter().collect::<Vec<_>>())
    }

    #[test]
    fn what_was_taken_out_in_two_rounds_is_known_by_its_first_place() {
        // a b c d e without b, then without the second and third of what is left.
        let both = removed(&[1]).and(removed(&[1, 2]));
        let left: Vec<_> = (0..3).map(|now| both.former("issues", now)).collect();
        assert_eq!(left, [0, 4, 5], "a, e, and what comes to stand behind them");
        assert!([1, 2, 3].into_iter().all(|former| both.holds("issues", former)));
        assert_eq!(both.former("labels", 2), 2);
    }
}
