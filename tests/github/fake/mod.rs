//! A GitHub of our own, for what others' emulators lack: its rules, its limits, its silences and its bad days.
//!
//! One repository behind a real socket, and of others the issues that it is related to. Everything that it answers is held against GitHub's own document by the tests
//! beside it; what the document does not say (unique titles, floored days, parts of parts) has a test for each rule.
//! Time is a counter, ids are made in order: the same requests get the same answers.

mod asked;
mod change;
mod clock;
mod control;
mod elsewhere;
mod faults;
mod fields;
mod given;
mod http;
mod issues;
mod labels;
mod log;
mod members;
mod milestones;
mod pages;
mod people;
mod refusal;
mod relations;
mod routes;
mod server;
mod shown;
mod world;

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, atomic::Ordering},
    thread::{self, JoinHandle},
};

pub(crate) use faults::{Counts, Fault, Hook, Planned, When};
pub(crate) use http::{Answer, Request};
pub(crate) use log::Entry;
pub(crate) use world::{Access, Issue, Lag, Whereabouts, World};

/// The token that may do everything.
pub(crate) const TOKEN: &str = "ghp_of_the_fake";

/// A server that ends with its value.
pub(crate) struct GitHub {
    address: SocketAddr,
    shared: Arc<server::Shared>,
    acceptor: Option<JoinHandle<()>>,
}

impl GitHub {
    /// An empty repository `acme/data-platform`, on a port that is free.
    pub(crate) fn start() -> Self {
        Self::start_with(World::new("acme", "data-platform"))
    }

    /// A world that was made before.
    pub(crate) fn start_with(world: World) -> Self {
        Self::listen(world, 0, None)
    }

    /// The same on this port (0: one that is free), telling of itself under another address than its own.
    pub(crate) fn listen(world: World, port: u16, base: Option<String>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("a port of this machine");
        let address = listener.local_addr().expect("its address");
        let shared = server::Shared::new(world, base);
        let also = Arc::clone(&shared);
        let acceptor = thread::spawn(move || server::serve(&listener, &also));
        Self { address, shared, acceptor: Some(acceptor) }
    }

    /// Its address, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Looks at the world, or changes it behind everybody's back; nothing is answered meanwhile.
    pub(crate) fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.shared.hub().world)
    }

    /// A copy of the world.
    pub(crate) fn dump(&self) -> World {
        self.shared.hub().world.clone()
    }

    /// Orders a fault, which strikes once.
    pub(crate) fn fault(&self, when: When, fault: Fault) {
        self.fault_times(when, 1, fault);
    }

    /// Orders a fault that strikes several such requests in a row.
    pub(crate) fn fault_times(&self, when: When, times: u64, fault: Fault) {
        self.shared.hub().faults.push(Planned { when, times, fault });
    }

    /// Nothing goes wrong any more.
    pub(crate) fn heal(&self) {
        self.shared.hub().faults.clear();
    }

    /// How many requests may still be sent.
    pub(crate) fn set_budget(&self, budget: Option<u64>) {
        self.shared.hub().budget = budget;
    }

    /// Keeps no answers in the log.
    pub(crate) fn keep_no_answers(&self) {
        self.shared.hub().keeps_answers = false;
    }

    /// How many requests there were since the last [`GitHub::forget`].
    pub(crate) fn counts(&self) -> Counts {
        self.shared.hub().counts
    }

    /// How long the server was at work on answers.
    pub(crate) fn busy(&self) -> std::time::Duration {
        self.shared.hub().busy
    }

    /// What was asked since the last [`GitHub::forget`].
    pub(crate) fn log(&self) -> Vec<Entry> {
        self.shared.hub().log.clone()
    }

    /// The requests that asked for a change, a line each.
    pub(crate) fn writes(&self) -> Vec<String> {
        self.shared.hub().log.iter().filter(|entry| entry.is_write()).map(Entry::line).collect()
    }

    /// Begins counting and remembering anew.
    pub(crate) fn forget(&self) {
        let mut hub = self.shared.hub();
        hub.log.clear();
        hub.counts = Counts::default();
        hub.busy = std::time::Duration::ZERO;
    }

    /// Waits until the server ends, which it does not by itself.
    pub(crate) fn wait(mut self) {
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

impl Drop for GitHub {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        // The acceptor waits for a connection: this is its last.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

/// Answers a request without a socket.
pub(crate) fn answer(world: &mut World, request: &Request) -> Answer {
    routes::answer(world, request, "http://localhost")
}

/// Midnight in California, as GitHub writes it, of the day in which a time lies there.
pub(crate) fn pacific_midnight(time: &str) -> String {
    clock::written(clock::pacific_midnight(clock::read(time).expect("a time")))
}
