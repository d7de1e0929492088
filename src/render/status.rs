//! How things stand, as a word and the class that gives it its shape and colour.

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use serde::{Serialize, Serializer};

use super::Fragment;
use crate::{
    facts::{Facts, Status},
    model::Issue,
    source::schema::Health,
    words::{self, word},
};

/// How something stands: a word, and the class that gives it its shape and colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatusView {
    /// As `In progress`.
    pub(super) words: &'static str,
    /// As `progress`.
    pub(super) class: &'static str,
}

impl Serialize for StatusView {
    /// There are twelve, and some on every row: each is made once.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        static MADE: OnceLock<Vec<(&str, &str, Fragment)>> = OnceLock::new();
        let all = || {
            let statuses = [
                Status::Done,
                Status::InProgress,
                Status::Ready,
                Status::Blocked,
                Status::Unknown,
                Status::Dropped,
            ];
            let statuses = statuses.map(|status| Self::new(status, true, false)).into_iter();
            let others = [
                Self::new(Status::Ready, false, false),
                Self::new(Status::Unknown, true, true),
                Self::open(),
            ];
            let health = [Health::OnTrack, Health::AtRisk, Health::OffTrack].map(Self::from);
            let all = statuses.chain(others).chain(health);
            all.map(|view| (view.words, view.class, Self::made(view.words, view.class))).collect()
        };
        if words::is_replacing() {
            return Self::made(&self.said(), self.class).serialize(serializer);
        }
        let is_it =
            |(words, class, _): &&(&str, &str, Fragment)| (*words, *class) == (self.words, self.class);
        let made = MADE.get_or_init(all).iter().find(is_it);
        made.map(|(.., made)| made).serialize(serializer)
    }
}

impl StatusView {
    /// How something of a roadmap stands, of which these are the facts: the word is that of [`Facts::word`].
    pub(super) fn of(facts: &Facts, status: Status) -> Self {
        Self::new(status, facts.waits, facts.hides_open)
    }

    fn new(status: Status, waits: bool, hides_open: bool) -> Self {
        let (words, class) = match status {
            Status::Done => (word!("Done"), "done"),
            Status::InProgress => (word!("In progress"), "progress"),
            Status::Ready if waits => (word!("Ready"), "ready"),
            Status::Ready => (word!("Open"), "ready"),
            Status::Blocked => (word!("Blocked"), "blocked"),
            Status::Unknown if hides_open => (word!("Open or unknown"), "unknown"),
            Status::Unknown => (word!("Unknown"), "unknown"),
            Status::Dropped => (word!("Dropped"), "dropped"),
        };
        Self { words, class }
    }

    /// What is stated to be open, and waits for what is not known to be closed: neither ready nor blocked.
    fn open() -> Self {
        Self { words: word!("Open"), class: "unknown" }
    }

    fn made(words: &str, class: &str) -> Fragment {
        Fragment::new(&BTreeMap::from([("words", words), ("class", class)]))
    }

    /// Its words, as they are read on this page.
    pub(super) fn said(self) -> Cow<'static, str> {
        words::of(self.words)
    }

    /// How something stands; `None` where nobody says of anything how it stands.
    pub(super) fn said_of(facts: &Facts, status: Status) -> Option<Self> {
        facts.tells(status).then(|| Self::of(facts, status))
    }

    /// How an issue stands; `None` where nobody says.
    pub(super) fn of_issue(facts: &Facts, issue: &Issue, status: Status) -> Option<Self> {
        Self::known(facts, status).or_else(|| issue.is_open().then(Self::open))
    }

    /// How something stands; `None` where nobody says.
    pub(super) fn known(facts: &Facts, status: Status) -> Option<Self> {
        (status != Status::Unknown).then(|| Self::of(facts, status))
    }
}

impl From<Health> for StatusView {
    fn from(health: Health) -> Self {
        let (words, class) = match health {
            Health::OnTrack => (word!("On track"), "on-track"),
            Health::AtRisk => (word!("At risk"), "at-risk"),
            Health::OffTrack => (word!("Off track"), "off-track"),
        };
        Self { words, class }
    }
}
