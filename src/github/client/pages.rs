//! A list, page by page. Whoever answers, no page is asked for twice, and no list is followed without end.

use std::{collections::BTreeSet, time::Duration};

use serde::de::DeserializeOwned;

use super::Client;
use crate::io::{Answer, Failure, FailureKind};

/// The most pages of one list: a hundred items each are two million.
const MOST_PAGES: usize = 20_000;

/// The most bytes of one list.
const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// The longest that reading one list may take.
const MOST_TIME: Duration = Duration::from_secs(60 * 60);

/// How many pages in a row may hold nothing that was not there before: a list that changes while it is read may shift.
const MOST_IDLE: usize = 3;

/// How many pages may hold next to nothing and lead on all the same: GitHub fills a page before it begins another, but for the
/// few items that it hides.
const MOST_SHORT: usize = 100;

/// A page with fewer items than this holds next to nothing.
const SHORT: usize = 10;

/// How far the reading of one list has come.
struct Reading {
    /// The addresses that were asked for.
    asked: BTreeSet<String>,
    /// The ids of the items that were read.
    items: BTreeSet<u64>,
    bytes: u64,
    idle: usize,
    short: usize,
    began: Duration,
}

impl Client<'_> {
    /// A whole list of the repository: each item once, although a list that changes while it is read may tell one twice.
    pub(super) fn list<W: DeserializeOwned, T>(
        &self,
        path: &str,
        id: impl Fn(&W) -> u64,
        keep: impl Fn(W) -> Option<T>,
    ) -> Result<Vec<T>, Failure> {
        let first = self.get(self.base.at(&self.path(path)))?;
        self.pages(first, id, keep)
    }

    /// All pages of a list, one in memory at a time; `first` is the first one's answer.
    pub(super) fn pages<W: DeserializeOwned, T>(
        &self,
        first: Answer,
        id: impl Fn(&W) -> u64,
        keep: impl Fn(W) -> Option<T>,
    ) -> Result<Vec<T>, Failure> {
        let mut reading = Reading {
            asked: BTreeSet::new(),
            items: BTreeSet::new(),
            bytes: 0,
            idle: 0,
            short: 0,
            began: self.governor.now(),
        };
        let (mut kept, mut answer) = (Vec::new(), first);
        loop {
            let known = reading.items.len();
            let items: Vec<W> = self.value(&answer)?;
            reading.short += usize::from(items.len() < SHORT);
            for item in items {
                if reading.items.insert(id(&item)) {
                    kept.extend(keep(item));
                }
            }
            let Some(next) = answer.header("link").and_then(next_page) else { return Ok(kept) };
            let next = self.base.rebased(next).ok_or_else(|| endless("names a next page that is none"))?;
            reading.idle = if reading.items.len() > known { 0 } else { reading.idle + 1 };
            reading.bytes = reading.bytes.saturating_add(answer.body.len() as u64);
            reading.goes_on(&next, self.governor.now())?;
            answer = self.get(next)?;
        }
    }
}

impl Reading {
    /// Refuses a page that leads in a cycle, or a list that goes on for longer than any of GitHub's.
    fn goes_on(&mut self, next: &str, now: Duration) -> Result<(), Failure> {
        if !self.asked.insert(next.to_owned()) || self.idle >= MOST_IDLE {
            return Err(endless("leads back to pages that were read"));
        }
        let is_long = self.asked.len() >= MOST_PAGES
            || self.short > MOST_SHORT
            || self.bytes > MOST_BYTES
            || now.saturating_sub(self.began) > MOST_TIME;
        if is_long { Err(endless("does not end")) } else { Ok(()) }
    }
}

/// The address of the next page. Source: RFC 8288.
fn next_page(link: &str) -> Option<&str> {
    link.split(',').find_map(|part| {
        let (url, parameters) = part.trim().strip_prefix('<')?.split_once('>')?;
        parameters.split(';').any(|parameter| parameter.trim() == "rel=\"next\"").then_some(url)
    })
}

fn endless(what: &str) -> Failure {
    Failure::new(FailureKind::GitHub, format!("a list of GitHub's {what}"))
        .help("is the address that of GitHub's API? A proxy may answer in its place")
}
