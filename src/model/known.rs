//! What is known of an item, and by whom: the JSON first, then the last snapshot of GitHub, then what follows from its labels.

use super::{Day, Elsewhere, Issue, IssueIx, LabelIx, Link, Milestone, When};
use crate::source::schema::{State, StateReason};

impl Issue {
    /// When work on it begins, as planned; else the day on which it began.
    pub(crate) fn begins(&self) -> Option<When> {
        self.start_on.or_else(|| self.begun_on.map(When::from))
    }

    /// What it is called, without the id that the title begins with.
    pub(crate) fn short_title(&self) -> &str {
        &self.title[self.short.clone()]
    }

    /// Its labels, in the order of the JSON.
    pub(crate) fn labels(&self) -> &[Link<LabelIx>] {
        self.labels.get().map_or(&[], Vec::as_slice)
    }

    /// Who does it.
    pub(crate) fn assignees(&self) -> &[String] {
        self.assignees.get().map_or(&[], Vec::as_slice)
    }

    /// The issues that it waits for.
    pub(crate) fn blocked_by(&self) -> &[Link<IssueIx>] {
        self.blocked_by.get().map_or(&[], Vec::as_slice)
    }

    /// The issues in other repositories that it waits for and that are not known to be closed, each once.
    pub(crate) fn waiting_elsewhere(&self) -> impl Iterator<Item = &Elsewhere> {
        let links = &self.blocked_elsewhere;
        let is_first = |(at, link): &(usize, &Link<Elsewhere>)| {
            links[..*at].iter().all(|other| other.to.name != link.to.name)
        };
        let each = links.iter().enumerate().filter(is_first).map(|(_, link)| &link.to);
        each.filter(|it| it.is_closed() != Some(true))
    }

    /// Whether it is open or closed: as the JSON says, else as the last snapshot knows, else as `states` implies.
    pub(crate) fn known_state(&self) -> Option<State> {
        if self.state.is_given() {
            self.state.get().copied()
        } else {
            self.snapshot.state.or(self.implied.state)
        }
    }

    /// Why it was closed, from whoever says so.
    pub(crate) fn known_reason(&self) -> Option<StateReason> {
        if self.state_reason.is_given() {
            return self.state_reason.get().copied();
        }
        if self.snapshot.state.is_some() {
            return self.snapshot.state_reason.filter(|_| self.known_state() == self.snapshot.state);
        }
        self.implied.state_reason.filter(|_| !self.state.is_given())
    }

    /// Whether anybody says that work on it began; a start date alone is a plan.
    pub(crate) fn is_begun(&self) -> bool {
        self.begun_on.is_some() || self.implied.in_progress
    }

    /// Whether it is known to be open.
    pub(crate) fn is_open(&self) -> bool {
        self.known_state() == Some(State::Open)
    }

    /// Whether it was closed as done.
    pub(crate) fn is_done(&self) -> bool {
        self.known_state() == Some(State::Closed) && !self.is_dropped()
    }

    /// Whether it was closed without having been done.
    pub(crate) fn is_dropped(&self) -> bool {
        self.known_state() == Some(State::Closed) && self.known_reason().is_some_and(StateReason::is_dropped)
    }

    /// The day on which it was closed, as the JSON says, else as the last snapshot knows.
    pub(crate) fn known_closed_on(&self) -> Option<Day> {
        self.closed_on.or(self.snapshot.closed_on)
    }
}

impl Elsewhere {
    /// Whether it was closed at the last snapshot; `None` where nobody knows.
    pub(crate) fn is_closed(&self) -> Option<bool> {
        self.snapshot.state.map(|state| state == State::Closed)
    }

    /// Whether it was closed without having been done.
    pub(crate) fn is_dropped(&self) -> bool {
        self.is_closed() == Some(true) && self.snapshot.state_reason.is_some_and(StateReason::is_dropped)
    }

    /// What is known of its state, in words.
    pub(crate) fn state_words(&self) -> &'static str {
        match self.is_closed() {
            Some(true) if self.is_dropped() => "dropped",
            Some(true) => "done",
            Some(false) => "open",
            None => "state not known here",
        }
    }
}

impl Milestone {
    /// Whether it is open or closed, as the JSON says, else as the last snapshot knows.
    pub(crate) fn known_state(&self) -> Option<State> {
        if self.state.is_given() { self.state.get().copied() } else { self.snapshot.state }
    }

    /// When it is to be reached, as the JSON says, else as the last snapshot knows.
    pub(crate) fn known_due_on(&self) -> Option<When> {
        if self.due_on.is_given() { self.due_on.get().copied() } else { self.snapshot.due_on.map(When::from) }
    }
}
