//! The server: a thread for each connection, one request after another, faults where they were ordered.

use std::{
    io::{BufReader, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::{
    control,
    faults::{Counts, Fault, Planned},
    http::{self, Answer, Request},
    log::Entry,
    refusal::Refusal,
    routes,
    world::World,
};

/// What the threads share.
pub(crate) struct Shared {
    hub: Mutex<Hub>,
    /// Whether the server is to end.
    pub(crate) ends: AtomicBool,
}

/// The world, what goes wrong in it, and what was asked of it.
pub(crate) struct Hub {
    pub(crate) world: World,
    pub(crate) faults: Vec<Planned>,
    pub(crate) counts: Counts,
    pub(crate) log: Vec<Entry>,
    /// Whether the log holds whole answers, which cost memory.
    pub(crate) keeps_answers: bool,
    /// How many requests may still be sent; `None` for any number.
    pub(crate) budget: Option<u64>,
    /// The address under which the server is reached, if it is not the one that a request names as its host.
    pub(crate) base: Option<String>,
    /// The time that was spent on answers.
    pub(crate) busy: Duration,
}

impl Shared {
    /// A server's memory.
    pub(crate) fn new(world: World, base: Option<String>) -> Arc<Self> {
        let hub = Hub {
            world,
            faults: Vec::new(),
            counts: Counts::default(),
            log: Vec::new(),
            keeps_answers: true,
            budget: None,
            base,
            busy: Duration::ZERO,
        };
        Arc::new(Self { hub: Mutex::new(hub), ends: AtomicBool::new(false) })
    }

    /// The world, for as long as the guard is held: nothing is answered meanwhile.
    pub(crate) fn hub(&self) -> MutexGuard<'_, Hub> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes connections until it is told to end.
pub(crate) fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.ends.load(Ordering::SeqCst) {
            return;
        }
        let shared = Arc::clone(shared);
        if let Ok(stream) = stream {
            thread::spawn(move || connection(&stream, &shared));
        }
    }
}

fn connection(stream: &TcpStream, shared: &Shared) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    while let Ok(Some(request)) = http::read_request(&mut reader) {
        if shared.ends.load(Ordering::SeqCst) || !exchange(stream, shared, &request) {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// Answers one request; whether the connection goes on.
fn exchange(stream: &TcpStream, shared: &Shared, request: &Request) -> bool {
    if request.path.starts_with(control::PREFIX) {
        return send(stream, &control::answer(&mut shared.hub(), request));
    }
    let fault = shared.hub().begin(request);
    match &fault {
        Some(Fault::DropsBefore) => return false,
        Some(Fault::Before(hook)) => {
            hook();
            return false;
        }
        Some(Fault::Slow(time)) => thread::sleep(*time),
        _ => {}
    }
    let answer = shared.hub().finish(request, fault.as_ref());
    match &fault {
        Some(Fault::DropsAfter) => false,
        Some(Fault::After(hook)) => {
            hook();
            false
        }
        Some(Fault::FailsAfter(status)) => send(stream, &Fault::failed(*status)),
        Some(Fault::Cuts) => {
            let bytes = http::answer_bytes(&answer);
            let mut stream = stream;
            let _ = stream.write_all(&bytes[..bytes.len() - answer.body.len() / 2 - 1]);
            false
        }
        Some(Fault::Behind(hook)) => {
            send(stream, &answer);
            hook();
            false
        }
        _ => send(stream, &answer),
    }
}

fn send(mut stream: &TcpStream, answer: &Answer) -> bool {
    stream.write_all(&http::answer_bytes(answer)).is_ok()
}

impl Hub {
    /// Counts a request and tells what is to go wrong with it.
    fn begin(&mut self, request: &Request) -> Option<Fault> {
        let is_write = request.is_write();
        let is_creation = request.method == "POST" && request.path.ends_with("/issues");
        self.counts.count(is_write, is_creation);
        let counts = self.counts;
        let planned = self.faults.iter().find(|planned| planned.strikes(counts, is_write, is_creation));
        let fault = planned.map(|planned| planned.fault.clone());
        if matches!(fault, Some(Fault::DropsBefore | Fault::Before(_))) {
            self.log.push(Entry::unanswered(counts.requests, request));
        }
        fault
    }

    /// Does what is asked, or refuses it, and remembers it.
    fn finish(&mut self, request: &Request, fault: Option<&Fault>) -> Answer {
        let began = Instant::now();
        let refusal = fault.and_then(|fault| fault.refusal(seconds())).or_else(|| self.spend(request));
        let is_refused = refusal.is_some();
        let base = self
            .base
            .clone()
            .unwrap_or_else(|| format!("http://{}", request.header("host").unwrap_or("localhost")));
        let mut answer = refusal.unwrap_or_else(|| routes::answer(&mut self.world, request, &base));
        self.add_limits(&mut answer);
        self.log.push(Entry::answered(
            self.counts.requests,
            request,
            &answer,
            is_refused,
            self.keeps_answers,
        ));
        self.busy += began.elapsed();
        answer
    }

    /// Takes a request from the budget; what is answered where nothing is left.
    fn spend(&mut self, request: &Request) -> Option<Answer> {
        if request.path.ends_with("/rate_limit") {
            return None;
        }
        let left = self.budget.as_mut()?;
        if *left == 0 {
            return Fault::Primary { status: 403, reset: 1800 }.refusal(seconds());
        }
        *left -= 1;
        None
    }

    fn add_limits(&self, answer: &mut Answer) {
        let remaining = self.budget.unwrap_or(4999);
        let limits = [
            ("X-RateLimit-Limit", "5000".to_owned()),
            ("X-RateLimit-Remaining", remaining.to_string()),
            ("X-RateLimit-Used", 5000_u64.saturating_sub(remaining).to_string()),
            ("X-RateLimit-Reset", (seconds() + 1800).to_string()),
            ("X-RateLimit-Resource", "core".to_owned()),
        ];
        for (name, value) in limits {
            if answer.headers.iter().all(|(known, _)| known != name) {
                answer.headers.push((name.to_owned(), value));
            }
        }
    }
}

/// The real time, as limits tell it.
fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// What is said to a control request that means nothing.
pub(crate) fn unknown(words: &str) -> Answer {
    Refusal::new(400, words).answer()
}
