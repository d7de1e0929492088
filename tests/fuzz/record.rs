//! Seeds out of the real world: what git and GitHub answer to a real run, written down in its order.

use std::{
    ffi::{OsStr, OsString},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use roadbook::internals::io::{
    Answer, Call, Console, Disk, Failure, Internet, Io, Lost, Machine, Network, Output, Process, Request,
    SystemClock, Talk,
};

use crate::world::joined;

/// What was answered so far.
type Told = Arc<Mutex<Vec<Vec<u8>>>>;

/// Runs Roadbook in this folder, and writes the answers into a file.
#[allow(clippy::disallowed_methods, reason = "a seed is a file")]
pub(crate) fn record(file: &Path, words: &[&str]) -> bool {
    let world = Recorded { told: Told::default(), internet: Internet::default() };
    let Ok(disk) = Disk::from_process() else { return false };
    let io = Io { files: &disk, clock: &SystemClock, terminal: &Console, process: &world, network: &world };
    roadbook::internals::run(
        std::iter::once("roadbook").chain(words.iter().copied()).map(OsString::from),
        &io,
    );
    let told = world.told.lock().unwrap_or_else(PoisonError::into_inner);
    std::fs::write(file, joined(&told)).is_ok()
}

struct Recorded {
    told: Told,
    internet: Internet,
}

fn keep(told: &Told, bytes: Vec<u8>) {
    told.lock().unwrap_or_else(PoisonError::into_inner).push(bytes);
}

impl Process for Recorded {
    fn variable(&self, name: &str) -> Option<String> {
        Machine.variable(name)
    }

    fn run(&self, program: &str, args: &[&OsStr], folder: &Path) -> Result<Option<Output>, Failure> {
        self.call(&Call { program, args, folder, variables: &[] })
    }

    fn call(&self, call: &Call<'_>) -> Result<Option<Output>, Failure> {
        let answered = Machine.call(call)?;
        if let Some(output) = answered.as_ref().filter(|_| call.program == "git") {
            let failed = [b"!", output.stderr.as_bytes()].concat();
            keep(&self.told, if output.success { output.stdout.clone() } else { failed });
        }
        Ok(answered)
    }

    fn talk(&self, call: &Call<'_>) -> Result<Option<Box<dyn Talk>>, Failure> {
        let told = Arc::clone(&self.told);
        Ok(Machine.talk(call)?.map(|talk| Box::new(Heard { talk, told }) as Box<dyn Talk>))
    }
}

/// A conversation with git.
struct Heard {
    talk: Box<dyn Talk>,
    told: Told,
}

impl Heard {
    fn more(&self, bytes: &[u8]) {
        if let Some(last) = self.told.lock().unwrap_or_else(PoisonError::into_inner).last_mut() {
            last.extend_from_slice(bytes);
        }
    }
}

impl Talk for Heard {
    fn ask(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        keep(&self.told, Vec::new());
        self.talk.ask(bytes)
    }

    fn line(&mut self) -> Result<Vec<u8>, Failure> {
        let line = self.talk.line()?;
        self.more(&[&*line, b"\n"].concat());
        Ok(line)
    }

    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        let bytes = self.talk.bytes(count)?;
        self.more(&bytes);
        Ok(bytes)
    }
}

impl Network for Recorded {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        let answer = self.internet.send(request)?;
        let headers: String =
            answer.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        keep(&self.told, [format!("{}\n{headers}\n", answer.status).as_bytes(), &answer.body].concat());
        Ok(answer)
    }
}
