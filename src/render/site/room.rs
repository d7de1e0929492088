//! How many elements the parts of a page with a picture may be: a browser is to show a page of any size at once. The picture comes
//! first; what tells the same in words, or leads to other pages, shares what it leaves.

/// How many elements the parts are that share them; heads, sentences and short lists have their own, up to 3,000 on a page.
const MOST_ELEMENTS: usize = 2_500;

/// The same on a page whose rows and texts are counted, which leaves less to have its own.
const MOST_BESIDE: usize = 2_750;

/// What is left of them.
#[derive(Debug)]
pub(super) struct Room(usize);

impl Room {
    /// The room of an empty page.
    pub(super) fn new() -> Self {
        Self(MOST_ELEMENTS)
    }

    /// The room of a page that has so many elements already.
    pub(super) fn beside(taken: usize) -> Self {
        Self(MOST_BESIDE.saturating_sub(taken))
    }

    /// How many elements there is room for.
    pub(super) fn left(&self) -> usize {
        self.0
    }

    /// Whether a picture leaves more than half of it to others.
    pub(super) fn is_roomy_for(&self, svg: &str) -> bool {
        elements(svg) * 2 <= self.0
    }

    /// Takes the room of a picture.
    pub(super) fn take(&mut self, svg: &str) {
        self.0 = self.0.saturating_sub(elements(svg));
    }

    /// Takes room for as many rows as there are, or as fit in a part of it (a half: 2), and says how many that is; each row is so many
    /// elements.
    pub(super) fn rows(&mut self, wanted: usize, each: usize, part: usize) -> usize {
        let rows = wanted.min(self.0 / part / each);
        self.0 -= rows * each;
        rows
    }

    /// The same for a table of as many rows as columns.
    pub(super) fn square(&mut self, wanted: usize, part: usize) -> usize {
        let side = (0..=wanted).rev().find(|side| side * (side + 6) <= self.0 / part).unwrap_or(0);
        self.0 -= side * (side + 6);
        side
    }
}

/// How many elements markup has.
pub(super) fn elements(markup: &str) -> usize {
    markup.as_bytes().windows(2).filter(|two| two[0] == b'<' && two[1] != b'/').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_later_gets_what_is_left() {
        let mut room = Room::new();
        room.take(&"<g><path/></g>".repeat(1_000));
        assert!(!room.is_roomy_for(&"<g/>".repeat(251)) && room.is_roomy_for(&"<g></g>".repeat(250)));
        assert_eq!(room.rows(600, 2, 2), 125);
        assert_eq!(room.rows(10, 2, 1), 10);
        assert_eq!(room.rows(600, 2, 1), 115);
        assert_eq!(room.rows(600, 2, 1), 0);
        assert_eq!(Room(1_200).square(20, 2), 20);
        assert_eq!(Room(200).square(20, 2), 7);
    }
}
