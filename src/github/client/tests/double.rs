//! A world whose network answers from a script. It holds every request to what must never happen: a token to another
//! origin, a token in what is said.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    ffi::OsStr,
    path::Path,
    sync::Mutex,
    time::Duration,
};

use crate::{
    github::client::{Access, Client, connect},
    io::{Answer, Clock, Console, Disk, Failure, Io, Lost, Method, Network, Output, Process, Request},
    model::Day,
};

pub(super) const TOKEN: &str = "ghp_secret";

/// 2026-11-22, 14:03:20 UTC.
pub(super) const NOW: u64 = 1_795_356_200;

pub(super) struct World {
    script: Mutex<VecDeque<Result<Answer, Lost>>>,
    /// What was sent: method, address, body.
    pub(super) sent: Mutex<Vec<(Method, String, serde_json::Value)>>,
    now: Mutex<Duration>,
    /// How long each request takes.
    pub(super) takes: Duration,
    /// How long it slept, each time.
    pub(super) slept: Mutex<Vec<Duration>>,
    pub(super) variables: BTreeMap<&'static str, String>,
    pub(super) gh: Option<Output>,
    /// What `gh` was asked.
    pub(super) asked_gh: Mutex<Vec<String>>,
    disk: Disk,
}

impl World {
    pub(super) fn new(script: Vec<Result<Answer, Lost>>) -> Self {
        Self {
            script: Mutex::new(script.into()),
            sent: Mutex::default(),
            takes: Duration::ZERO,
            now: Mutex::new(Duration::from_secs(NOW)),
            slept: Mutex::default(),
            variables: BTreeMap::from([("GH_TOKEN", TOKEN.to_owned())]),
            gh: None,
            asked_gh: Mutex::default(),
            disk: Disk::new("/".into()),
        }
    }

    pub(super) fn io(&self) -> Io<'_> {
        Io { files: &self.disk, clock: self, terminal: &Console, process: self, network: self }
    }

    /// Does something with a client of `o/r`, and returns what came of it and what was said meanwhile.
    pub(super) fn with<T>(&self, act: impl FnOnce(&Client<'_>) -> T) -> (T, Vec<String>) {
        let said = RefCell::new(Vec::new());
        let notice = |text: &str| said.borrow_mut().push(text.to_owned());
        let access = Access { repository: Some("o/r"), ..Access::default() };
        let io = self.io();
        let client = connect(&io, &access, &notice).unwrap();
        let done = act(&client);
        drop(client);
        assert_eq!(self.script.lock().unwrap().len(), 0, "answers that nobody asked for");
        let said = said.into_inner();
        assert!(!said.concat().contains(TOKEN));
        (done, said)
    }

    pub(super) fn posts(&self) -> usize {
        self.sent.lock().unwrap().iter().filter(|(method, ..)| *method == Method::Post).count()
    }

    pub(super) fn urls(&self) -> Vec<String> {
        self.sent.lock().unwrap().iter().map(|(_, url, _)| url.clone()).collect()
    }

    /// The seconds that it slept.
    pub(super) fn seconds(&self) -> Vec<u64> {
        self.slept.lock().unwrap().iter().map(Duration::as_secs).collect()
    }
}

impl Network for World {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        assert!(request.url.starts_with("https://api.github.com/"), "another origin: {}", request.url);
        let header =
            |name| request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!(header("Authorization"), Some("Bearer ghp_secret"));
        assert_eq!(header("X-GitHub-Api-Version"), Some("2022-11-28"));
        assert!(header("User-Agent").is_some_and(|agent| agent.starts_with("roadbook/")));
        let body = request.body.as_deref().map(|body| serde_json::from_slice(body).unwrap());
        let sent = (request.method, request.url.clone(), body.unwrap_or_default());
        self.sent.lock().unwrap().push(sent);
        *self.now.lock().unwrap() += self.takes;
        self.script.lock().unwrap().pop_front().expect("a request that the script does not know")
    }
}

impl Clock for World {
    fn today(&self) -> Result<Day, Failure> {
        Ok(Day::FIRST)
    }

    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
        self.slept.lock().unwrap().push(time);
    }
}

impl Process for World {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn run(&self, program: &str, args: &[&OsStr], _: &Path) -> Result<Option<Output>, Failure> {
        assert_eq!(program, "gh");
        let args: Vec<_> = args.iter().map(|arg| arg.to_str().unwrap()).collect();
        self.asked_gh.lock().unwrap().push(args.join(" "));
        Ok(self.gh.clone())
    }
}

/// An answer.
pub(super) fn answer(status: u16, body: &str) -> Result<Answer, Lost> {
    headed(status, &[], body)
}

/// An answer with headers.
pub(super) fn headed(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Answer, Lost> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Ok(Answer { status, headers, body: body.as_bytes().to_vec() })
}

/// A connection that was cut after the request had gone out. The words hold the token, as a chatty proxy's might.
pub(super) fn cut() -> Result<Answer, Lost> {
    Err(Lost::Unknown(format!("connection reset after `{TOKEN}`")))
}

/// A connection that was never made.
pub(super) fn offline() -> Result<Answer, Lost> {
    Err(Lost::NotSent("no such host".into()))
}

/// An issue as GitHub writes it.
pub(super) fn issue(number: u64, rest: &str) -> String {
    format!(r#"{{"id": {}, "number": {number}, "title": "t", "state": "open"{rest}}}"#, 1000 + number)
}
