//! What goes wrong on the way, or on GitHub's side: which fault, at which request, how often.

use std::{sync::Arc, time::Duration};

use super::{http::Answer, refusal::Refusal};

/// Something that goes wrong.
#[derive(Clone)]
pub(crate) enum Fault {
    /// The limit of requests an hour is used up; it begins anew after some seconds.
    Primary { status: u16, reset: u64 },
    /// Too much in a short time, with the seconds to wait or without a word on them.
    Secondary { status: u16, retry_after: Option<u64> },
    /// The token may not do this, whatever the waiting.
    Forbidden,
    /// Nothing was done, and the answer says that the server failed.
    Fails(u16),
    /// It was done, and the answer says that the server failed.
    FailsAfter(u16),
    /// The connection ends before the request is read.
    DropsBefore,
    /// The connection ends after it was done, without an answer.
    DropsAfter,
    /// The connection ends in the middle of the answer.
    Cuts,
    /// The answer takes its time.
    Slow(Duration),
    /// Somebody answers in GitHub's place, and nothing was done.
    Answers(Answer),
    /// Something is done to the sender, such as killing it, before the request is looked at.
    Before(Hook),
    /// The same after it was done, and before the answer.
    After(Hook),
    /// The same right behind the answer.
    Behind(Hook),
}

/// Something that a test does while a request is held.
pub(crate) type Hook = Arc<dyn Fn() + Send + Sync>;

/// At which request something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// At the n-th of all requests, from 1.
    Request(u64),
    /// At the n-th of those that ask for a change, from 1.
    Write(u64),
    /// At the n-th `POST issues`, from 1.
    Creation(u64),
}

/// A fault that waits for its request.
#[derive(Clone)]
pub(crate) struct Planned {
    /// Where it strikes first.
    pub(crate) when: When,
    /// How many of these requests in a row it strikes.
    pub(crate) times: u64,
    /// What goes wrong.
    pub(crate) fault: Fault,
}

/// How many requests there were, each kind counted for itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// All.
    pub(crate) requests: u64,
    /// Those that asked for a change.
    pub(crate) writes: u64,
    /// Those that asked for an issue to be made.
    pub(crate) creations: u64,
}

impl Counts {
    /// Counts a request.
    pub(crate) fn count(&mut self, is_write: bool, is_creation: bool) {
        self.requests += 1;
        self.writes += u64::from(is_write);
        self.creations += u64::from(is_creation);
    }
}

impl Planned {
    /// Whether it strikes the request that was counted last.
    pub(crate) fn strikes(&self, counts: Counts, is_write: bool, is_creation: bool) -> bool {
        let (first, now) = match self.when {
            When::Request(first) => (first, counts.requests),
            When::Write(first) if is_write => (first, counts.writes),
            When::Creation(first) if is_creation => (first, counts.creations),
            _ => return false,
        };
        (first..first + self.times).contains(&now)
    }
}

impl Fault {
    /// The answer in place of what was asked for; `None` where it is done all the same.
    pub(crate) fn refusal(&self, now: u64) -> Option<Answer> {
        let header = |name: &str, value: String| (name.to_owned(), value);
        match self {
            Self::Primary { status, reset } => {
                let mut answer = Refusal::new(*status, "API rate limit exceeded for user ID 1000.").answer();
                answer.headers.push(header("X-RateLimit-Remaining", "0".to_owned()));
                answer.headers.push(header("X-RateLimit-Reset", (now + reset).to_string()));
                Some(answer)
            }
            Self::Secondary { status, retry_after } => {
                let words = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
                let mut answer = Refusal::new(*status, words).answer();
                answer.headers.extend(retry_after.map(|wait| header("Retry-After", wait.to_string())));
                Some(answer)
            }
            Self::Forbidden => Some(Refusal::new(403, "Resource not accessible by integration").answer()),
            Self::Fails(status) => Some(Self::failed(*status)),
            Self::Answers(answer) => Some(answer.clone()),
            _ => None,
        }
    }

    /// What a server says that has failed.
    pub(crate) fn failed(status: u16) -> Answer {
        match status {
            // A gateway answers for a server that does not: not in JSON.
            502 => Answer { status, headers: Vec::new(), body: b"<html>Bad Gateway</html>".to_vec() },
            503 => Answer {
                status,
                headers: Vec::new(),
                body: br#"{"code":"503","message":"Service unavailable","documentation_url":"https://docs.github.com/rest"}"#.to_vec(),
            },
            _ => Refusal::new(status, "Server Error").answer(),
        }
    }
}
