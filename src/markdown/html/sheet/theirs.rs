//! The elements that people write: where they may stand, and what they end and need.

use super::{DEEPEST, Open, Sheet};
use crate::markdown::html::{
    element::{Kind, element},
    mark::Mark,
};

/// How many of theirs may be open at once: a parser takes quadratic time to close more again and again.
const MOST_THEIRS: usize = 40;

impl Sheet<'_> {
    /// Opens an element of theirs where it may stand; elsewhere its content alone is shown.
    pub(in crate::markdown::html) fn begin_theirs(&mut self, mut mark: Mark) {
        if self.open.len() - self.barrier() >= MOST_THEIRS || self.open.len() >= DEEPEST {
            return;
        }
        if self.may_stand(&mark) {
            if !matches!(mark.kind, Kind::Words | Kind::Through) {
                self.line();
            }
        } else {
            mark = Mark::silent().written(mark.written);
        }
        self.push(mark);
    }

    /// Closes an element of theirs, and those in it; nothing, if none of that name is open.
    pub(in crate::markdown::html) fn end_theirs(&mut self, written: &str) {
        let of_table =
            |kind| matches!(kind, Kind::Table | Kind::Caption | Kind::Group | Kind::Row | Kind::Cell);
        let from = self.barrier();
        for at in (from..self.open.len()).rev() {
            let mark = &self.open[at].mark;
            if mark.written == written {
                return self.close_to(at);
            }
            if mark.kind == Kind::Cell && !of_table(element(written).map_or(Kind::Silent, |e| e.kind)) {
                return;
            }
        }
    }

    /// Whether an element of theirs may stand here, once those are closed that it ends and those opened that it needs.
    fn may_stand(&mut self, mark: &Mark) -> bool {
        match mark.kind {
            Kind::Silent => false,
            Kind::Words => self.make_room(),
            Kind::Through => {
                if mark.is_link() && self.is_in_link() {
                    match self.theirs(|open| open.mark.is_link()) {
                        Some(at) => self.close_to(at),
                        None => return false,
                    }
                }
                self.make_room()
            }
            Kind::Item => self.reach(&[Kind::List]),
            Kind::Caption => self
                .last()
                .is_some_and(|open| open.mark.kind == Kind::Table && !open.filled && open.ink == self.ink),
            Kind::Summary => self.last().is_some_and(|open| open.mark.kind == Kind::Details && !open.filled),
            Kind::Group => {
                self.reach(&[Kind::Table])
                    && (mark.name != "thead" || self.last().is_some_and(|open| !open.filled))
            }
            Kind::Row => self.reach(&[Kind::Group, Kind::Table]) && self.make_row(),
            Kind::Cell => self.reach(&[Kind::Row, Kind::Group, Kind::Table]) && self.make_row_for_cell(),
            Kind::Flow | Kind::Lines | Kind::List | Kind::Table | Kind::Details => {
                while self
                    .open
                    .last()
                    .is_some_and(|open| open.mark.is_theirs() && open.mark.kind == Kind::Lines)
                {
                    self.close();
                }
                let term = |name: &str| matches!(name, "dd" | "dt");
                if term(mark.written) && self.open.last().is_some_and(|open| term(open.mark.written)) {
                    self.close();
                }
                let of_heading = mark.level.is_some() && self.is_in("th");
                let of_link = mark.kind == Kind::Details && self.is_in_link();
                self.make_room() && !of_heading && !of_link && self.holds_blocks()
            }
        }
    }

    /// Closes those of theirs that stand in the nearest of one of these kinds; says whether there is one.
    fn reach(&mut self, kinds: &[Kind]) -> bool {
        let from = self.barrier();
        for at in (from..self.open.len()).rev() {
            let kind = self.open[at].mark.kind;
            if kinds.contains(&kind) {
                if at + 1 < self.open.len() {
                    self.close_to(at + 1);
                }
                return true;
            }
            if kind == Kind::Table || kind == Kind::Cell && kinds == [Kind::List] {
                return false;
            }
        }
        false
    }

    fn make_row(&mut self) -> bool {
        if self.last().is_some_and(|open| open.mark.kind == Kind::Table) {
            self.push(Mark::new("tbody", Kind::Group).written("tbody"));
        }
        true
    }

    fn make_row_for_cell(&mut self) -> bool {
        self.make_row();
        if self.last().is_some_and(|open| open.mark.kind == Kind::Group) {
            self.push(Mark::new("tr", Kind::Row).written("tr"));
        }
        true
    }

    /// Opens what must stand between the innermost element and words or blocks: an item, a cell, a summary before them.
    pub(super) fn make_room(&mut self) -> bool {
        if !self.raw_html {
            return true;
        }
        while let Some(last) = self.last().filter(|open| open.mark.is_theirs()) {
            match last.mark.kind {
                Kind::List => self.push(Mark::new("li", Kind::Item).written("li")),
                Kind::Table | Kind::Group | Kind::Row => {
                    self.make_row_for_cell();
                    self.push(Mark::new("td", Kind::Cell).written("td"));
                }
                Kind::Details if !last.filled => self.put_summary(),
                _ => break,
            }
        }
        true
    }

    /// The first place behind the innermost element of ours.
    fn barrier(&self) -> usize {
        self.open.iter().rposition(|open| !open.mark.is_theirs()).map_or(0, |at| at + 1)
    }

    /// Where the innermost of theirs is of which this holds, and which stands in no other of ours.
    pub(super) fn theirs(&self, holds: impl Fn(&Open) -> bool) -> Option<usize> {
        let from = self.barrier();
        self.open[from..].iter().rposition(holds).map(|at| from + at)
    }
}
