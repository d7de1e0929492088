//! How things stand, as a word and the class that gives it its shape and colour.

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use serde::{Serialize, Serializer};

use super::Fragment;
use crate::{
    facts::Status,
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
    /// There are nine, and some on every row: each is made once.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        static MADE: OnceLock<Vec<(&str, Fragment)>> = OnceLock::new();
        let all = || {
            let statuses = [
                Status::Done,
                Status::InProgress,
                Status::Ready,
                Status::Blocked,
                Status::Unknown,
                Status::Dropped,
            ];
            let health = [Health::OnTrack, Health::AtRisk, Health::OffTrack];
            let all = statuses.map(Self::from).into_iter().chain(health.map(Self::from));
            let made =
                |view: Self| Fragment::new(&BTreeMap::from([("words", view.words), ("class", view.class)]));
            all.map(|view| (view.class, made(view))).collect()
        };
        if words::is_replacing() {
            return Fragment::new(&BTreeMap::from([("words", &*self.said()), ("class", self.class)]))
                .serialize(serializer);
        }
        let made = MADE.get_or_init(all).iter().find(|(class, _)| *class == self.class);
        made.map(|(_, made)| made).serialize(serializer)
    }
}

impl From<Status> for StatusView {
    fn from(status: Status) -> Self {
        let (words, class) = match status {
            Status::Done => (word!("Done"), "done"),
            Status::InProgress => (word!("In progress"), "progress"),
            Status::Ready => (word!("Ready"), "ready"),
            Status::Blocked => (word!("Blocked"), "blocked"),
            Status::Unknown => (word!("Unknown"), "unknown"),
            Status::Dropped => (word!("Dropped"), "dropped"),
        };
        Self { words, class }
    }
}

impl StatusView {
    /// Its words, as they are read on this page.
    pub(super) fn said(self) -> Cow<'static, str> {
        words::of(self.words)
    }

    /// How something stands; `None` where nobody says.
    pub(super) fn known(status: Status) -> Option<Self> {
        (status != Status::Unknown).then(|| status.into())
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
