//! The loop over a world that changes when it is waited for.
#![allow(clippy::disallowed_methods, reason = "a test lays out and changes its folder itself")]

use std::{
    ffi::OsStr,
    fs,
    path::Path,
    sync::{Mutex, mpsc},
    thread,
};

use super::*;
use crate::{
    io::{Answer, Clock, Disk, Lost, Network, Output, Process, Request, Terminal},
    model::Day,
    serve::{faults::Fault, generation},
};

/// A world whose files change when somebody waits.
struct World<'f> {
    while_waiting: &'f (dyn Fn() + Sync),
    said: Mutex<String>,
}

impl Clock for World<'_> {
    fn today(&self) -> Result<Day, Failure> {
        Ok(Day::FIRST)
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) {
        (self.while_waiting)();
    }
}

impl Terminal for World<'_> {
    fn out(&self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn say(&self, text: &str) {
        self.said.lock().expect("no thread panicked").push_str(text);
    }

    fn is_coloured(&self) -> bool {
        false
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}

impl Process for World<'_> {
    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn run(&self, _: &str, _: &[&OsStr], _: &Path) -> Result<Option<Output>, Failure> {
        Ok(None)
    }
}

impl Network for World<'_> {
    fn send(&self, _: &Request) -> Result<Answer, Lost> {
        Err(Lost::NotSent("no network".into()))
    }
}

/// Reads one file, which is sound where it ends in `.`; tells what it read each time. Where it is broken it is looked at
/// again, as for the lines of findings; `meanwhile` happens before that.
struct OneFile<'m> {
    read: Mutex<Vec<String>>,
    meanwhile: &'m (dyn Fn() + Sync),
}

impl Pipeline for OneFile<'_> {
    fn load(&self, io: &Io<'_>, _: Show<'_>) -> Result<Load, Failure> {
        let bytes = io.files.read(Path::new("plan"))?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.read.lock().expect("no thread panicked").push(text.clone());
        if text.ends_with('.') {
            return Ok(Load::Sound { errors: 0, warnings: 2, words: Styled::default() });
        }
        (self.meanwhile)();
        io.files.read(Path::new("plan"))?;
        let fault = Fault {
            severity: "error",
            code: "syntax",
            place: "plan:1:1".into(),
            message: text,
            help: String::new(),
        };
        Ok(Load::Broken { faults: Faults { list: vec![fault], more: 0 }, words: Styled::plain("broken\n") })
    }
}

/// Takes one turn over a file that holds this; gives what was read, and what is told.
fn turn(
    first: &str,
    meanwhile: impl Fn(&Path) + Sync,
    while_waiting: impl Fn(&Path) + Sync,
) -> (Vec<String>, Vec<Event>) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("plan");
    fs::write(&path, first).expect("it is written");
    let (meanwhile, change) = (|| meanwhile(&path), || while_waiting(&path));
    let world = World { while_waiting: &change, said: Mutex::default() };
    let disk = Disk::new(folder.path().to_owned());
    let io = Io { files: &disk, clock: &world, terminal: &world, process: &world, network: &world };
    let options = Options { port: None, open: false, poll: true, quiet: false, verbose: false };
    let (shown, _looked) = generation::shown("");
    let turns = Turns::new(&io, &options, &shown, "r".into());
    let pipeline = OneFile { read: Mutex::default(), meanwhile: &meanwhile };
    let (events, told) = mpsc::channel();
    turns.turn(1, &pipeline, &events);
    drop(events);
    (pipeline.read.into_inner().expect("no thread panicked"), told.iter().collect())
}

#[test]
fn half_a_file_is_read_again_before_anybody_is_told() {
    let (read, told) = turn("{ ha", |_| {}, |path| fs::write(path, "whole.").expect("it is written"));
    assert_eq!(read, ["{ ha", "whole."]);
    let [Event::Judged(1, _, line)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(line, "read in 0 ms: 2 warnings: roadbook check tells more");
}

#[test]
fn what_is_written_before_findings_look_for_their_lines_is_read() {
    let (read, told) = turn("", |path| fs::write(path, "whole.").expect("it is written"), |_| {});
    assert_eq!(read, ["", "whole."]);
    assert!(matches!(told[..], [Event::Judged(..)]), "{told:?}");
}

#[test]
fn a_file_that_stays_broken_is_told_after_one_look() {
    let (read, told) = turn("{", |_| {}, |_| {});
    assert_eq!(read, ["{"]);
    let [Event::Broken(1, broken)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(broken.1.list[0].message, "{");
}

#[test]
fn a_file_that_never_rests_is_told_in_the_end() {
    let more = |path: &Path| {
        fs::write(path, [&fs::read(path).expect("it is read")[..], b"{"].concat()).expect("it is written")
    };
    let (read, told) = turn("{", |_| {}, more);
    assert_eq!(read.len(), MOST_TRIES);
    assert!(matches!(told[..], [Event::Broken(..)]), "{told:?}");
}

#[test]
fn the_loop_ends_when_it_is_told_to() {
    let folder = tempfile::TempDir::new().expect("a folder");
    fs::write(folder.path().join("plan"), "{").expect("it is written");
    let world = World { while_waiting: &|| {}, said: Mutex::default() };
    let disk = Disk::new(folder.path().to_owned());
    let io = Io { files: &disk, clock: &world, terminal: &world, process: &world, network: &world };
    let options = Options { port: None, open: false, poll: false, quiet: true, verbose: false };
    let (shown, mut looked) = generation::shown("");
    let (events, told) = mpsc::channel();
    thread::scope(|scope| {
        let turns = Turns::new(&io, &options, &shown, "r".into());
        let running = scope.spawn({
            let events = events.clone();
            let told = told;
            let pipeline = OneFile { read: Mutex::default(), meanwhile: &|| {} };
            move || turns.run(&pipeline, &events, &told)
        });
        while !looked.borrow_and_update().is_known() {
            thread::yield_now();
        }
        events.send(Event::Stop).expect("it listens");
        running.join().expect("it ends");
    });
    // What is wrong is said although nothing else is wanted.
    assert_eq!(*world.said.lock().expect("no thread panicked"), "broken\n");
}
