//! The pace: one request at a time, pauses after writes, waits where GitHub asks for them, and what may be sent again.
//!
//! | what came back | GET, PATCH, DELETE | POST |
//! |---|---|---|
//! | nothing, and nothing went out | again | again |
//! | nothing, or 500 and above | again | unknown: it may have been done |
//! | 403 or 429 for a limit: it was refused | wait, again | wait, again |
//! | anything else | is the answer | is the answer |
//!
//! PATCH is among the first because every member that we send is absolute: done twice it is as done once.
//!
//! Source: docs.github.com, "Rate limits for the REST API" and "Best practices for using the REST API".

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    time::Duration,
};

use super::{
    limit::{Limit, limit},
    token::Token,
};
use crate::{
    io::{Answer, Clock, Failure, FailureKind, Lost, Method, Network, Request},
    model::Day,
};

/// The pause after a write.
const AFTER_WRITE: Duration = Duration::from_secs(1);

/// The pause after a write of which people are told.
const AFTER_NOTICE: Duration = Duration::from_secs(3);

/// The first wait where a limit does not say how long: at least a minute.
const UNTOLD_LIMIT: Duration = Duration::from_secs(60);

/// The longest wait that a run sits through. After a longer one it ends, and says when to go on.
const LONGEST_WAIT: Duration = Duration::from_secs(10 * 60);

/// How often one request is sent again because no usable answer came.
const MOST_AGAIN: u32 = 3;

/// After this time a request is not sent again: whoever does not answer within it will not the next time either.
const MOST_TRYING: Duration = Duration::from_secs(50);

/// How often one request waits for a limit: who goes on asking may be shut out.
const MOST_LIMITS: u32 = 5;

/// How many things may be made in an hour; GitHub's own bound is about this, and it tells nobody how near one is.
const MOST_MADE: usize = 480;

/// The time that [`MOST_MADE`] is about.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// How much a request weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It reads.
    Read,
    /// It writes.
    Write,
    /// It writes, and people are told.
    Notice,
}

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// It may have been done. Only a POST ends so.
    Unknown(String),
    /// It was not done, or does not matter; and nothing else can be.
    Stop(Failure),
}

/// Sends requests, one after the other.
pub(super) struct Governor<'a> {
    network: &'a dyn Network,
    clock: &'a dyn Clock,
    /// Where waits are told.
    notice: &'a dyn Fn(&str),
    /// What nobody is to be told, should somebody on the way have echoed it.
    token: Token,
    /// Whether the server is on this machine, where nobody needs to be spared.
    is_local: bool,
    free_at: Cell<Duration>,
    made_at: RefCell<VecDeque<Duration>>,
}

impl<'a> Governor<'a> {
    pub(super) fn new(
        network: &'a dyn Network,
        clock: &'a dyn Clock,
        notice: &'a dyn Fn(&str),
        token: Token,
        is_local: bool,
    ) -> Self {
        let (free_at, made_at) = Default::default();
        Self { network, clock, notice, token, is_local, free_at, made_at }
    }

    /// Sends a request until there is an answer that says something of it, as far as it may be sent again.
    pub(super) fn send(&self, request: &Request, weight: Weight) -> Result<Answer, Failed> {
        self.budget(request.method)?;
        let is_repeatable = request.method != Method::Post;
        let (mut again, mut limits) = (0, 0);
        loop {
            self.pace(weight);
            let began = self.clock.now();
            let sent = self.network.send(request).map_err(|lost| self.hidden(lost));
            if self.clock.now().saturating_sub(began) > MOST_TRYING {
                again = MOST_AGAIN;
            }
            self.rest(weight);
            match sent {
                Err(Lost::NotSent(why)) => self.again(&mut again, &why, || unreachable(&why))?,
                Err(Lost::Unknown(why)) if is_repeatable => {
                    self.again(&mut again, &why, || unreachable(&why))?
                }
                Err(Lost::Unknown(why)) => return Err(Failed::Unknown(format!("no answer came: {why}"))),
                Ok(answer) => match self.limit(&answer, limits) {
                    Some(wait) => {
                        limits += 1;
                        self.wait_for_limit(wait, limits)?;
                    }
                    None if answer.status < 500 => return Ok(answer),
                    None if is_repeatable => {
                        let why = format!("GitHub answers {}", answer.status);
                        self.again(&mut again, &why, || broken(answer.status))?;
                    }
                    None => return Err(Failed::Unknown(format!("GitHub answered {}", answer.status))),
                },
            }
        }
    }

    fn hidden(&self, lost: Lost) -> Lost {
        match lost {
            Lost::NotSent(why) => Lost::NotSent(self.token.hidden_in(&why)),
            Lost::Unknown(why) => Lost::Unknown(self.token.hidden_in(&why)),
        }
    }

    /// Waits where the same request may be sent a moment later: what was just made may not be found everywhere yet.
    pub(super) fn settle(&self, attempt: u32) {
        self.clock.sleep(self.scaled(Duration::from_secs(1 << attempt.min(6))));
    }

    /// Waits until the pause after the last write is over. Reading goes on at once.
    fn pace(&self, weight: Weight) {
        if weight != Weight::Read {
            // Should the clock be set back meanwhile, the pause does not grow with it.
            let wait = self.free_at.get().saturating_sub(self.clock.now()).min(AFTER_NOTICE);
            if !wait.is_zero() {
                self.clock.sleep(wait);
            }
        }
    }

    /// Begins the pause after a write.
    fn rest(&self, weight: Weight) {
        let pause = match weight {
            _ if self.is_local => return,
            Weight::Read => return,
            Weight::Write => AFTER_WRITE,
            Weight::Notice => AFTER_NOTICE,
        };
        self.free_at.set(self.clock.now().saturating_add(pause));
    }

    /// Makes ready to send again, or ends where that was done often enough.
    fn again(&self, again: &mut u32, why: &str, failure: impl Fn() -> Failure) -> Result<(), Failed> {
        if *again == MOST_AGAIN {
            return Err(Failed::Stop(failure()));
        }
        let wait = Duration::from_secs(1 << *again);
        *again += 1;
        (self.notice)(&format!("{why}: trying again in {} s", wait.as_secs()));
        self.clock.sleep(self.scaled(wait));
        Ok(())
    }

    /// How long an answer asks to wait; `None` where it speaks of no limit.
    fn limit(&self, answer: &Answer, earlier: u32) -> Option<Duration> {
        Some(match limit(answer, self.clock.now())? {
            Limit::Told(wait) => wait,
            Limit::Untold => self.scaled(UNTOLD_LIMIT * (1 << earlier.min(6))),
        })
    }

    /// Waits for a limit, and says so; ends where that takes too long or does not help.
    fn wait_for_limit(&self, wait: Duration, limits: u32) -> Result<(), Failed> {
        if wait > LONGEST_WAIT || limits > MOST_LIMITS {
            let message = "GitHub's rate limit is used up";
            return Err(Failed::Stop(self.resume(message, wait)));
        }
        (self.notice)(&format!("waiting {} s for GitHub's rate limit", wait.as_secs().max(1)));
        self.clock.sleep(wait);
        Ok(())
    }

    /// Counts what is made in an hour, and ends before GitHub does.
    fn budget(&self, method: Method) -> Result<(), Failed> {
        if method != Method::Post || self.is_local {
            return Ok(());
        }
        let now = self.clock.now();
        let mut made_at = self.made_at.borrow_mut();
        while made_at.front().is_some_and(|at| at.saturating_add(HOUR) <= now) {
            made_at.pop_front();
        }
        match made_at.front() {
            Some(first) if made_at.len() >= MOST_MADE => {
                let message =
                    format!("{MOST_MADE} things were made in this hour, and GitHub allows about 500");
                Err(Failed::Stop(self.resume(&message, first.saturating_add(HOUR).saturating_sub(now))))
            }
            _ => {
                made_at.push_back(now);
                Ok(())
            }
        }
    }

    /// A failure that says when to go on.
    fn resume(&self, message: &str, wait: Duration) -> Failure {
        // A minute that has begun is not over.
        let minutes = self.clock.now().saturating_add(wait).as_secs().div_ceil(60);
        let (hour, minute) = (minutes / 60 % 24, minutes % 60);
        let is_soon = wait < Duration::from_secs(24 * 60 * 60);
        let day = i64::try_from(minutes).ok().and_then(|minutes| Day::from_unix(minutes.checked_mul(60)?));
        let when = match day {
            _ if is_soon => format!("{hour:02}:{minute:02} UTC"),
            Some(day) => format!("{day} {hour:02}:{minute:02} UTC"),
            None => {
                let message = format!("{message}, and the server asks to wait {} s", wait.as_secs());
                return Failure::new(FailureKind::GitHub, message)
                    .help("is the address that of GitHub's API? A proxy may answer in its place");
            }
        };
        Failure::new(FailureKind::GitHub, format!("{message}: resume after {when}"))
            .help("run the same command again then: it goes on where this run ended")
    }

    /// The time by the clock.
    pub(super) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// A wait of our own choice: a hundredth of it where the server is on this machine.
    fn scaled(&self, wait: Duration) -> Duration {
        if self.is_local { wait / 100 } else { wait }
    }
}

fn unreachable(why: &str) -> Failure {
    Failure::new(FailureKind::GitHub, format!("GitHub cannot be reached: {why}"))
        .help("look at the network and at `HTTPS_PROXY`, then run the same command again")
}

fn broken(status: u16) -> Failure {
    Failure::new(FailureKind::GitHub, format!("GitHub answers {status} again and again"))
        .help("see https://www.githubstatus.com, then run the same command again")
}
