//! A world for one test: a folder that goes away, a day, a terminal that remembers.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use roadbook::internals::io::{Disk, Failure, Io, Output, Process, Terminal};
use serde_json::Value;
use tempfile::TempDir;

use crate::still::{Alone, Fixed};

/// The JSON of a test's roadmap, from its folder.
pub(crate) const SOURCE: &str = "roadmap/roadmap.json";

/// A folder with a roadmap in it.
pub(crate) struct World {
    folder: TempDir,
    pub(crate) columns: Option<usize>,
    /// What stands on standard input.
    pub(crate) input: String,
    /// What `ROADBOOK_USER` says.
    pub(crate) user: Option<&'static str>,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new(source: &str) -> Self {
        let world = Self {
            folder: TempDir::new().expect("a folder"),
            columns: None,
            input: String::new(),
            user: None,
        };
        world.write(SOURCE, source);
        world
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    /// Runs the words of a command line, on 2026-11-22.
    pub(crate) fn run(&self, line: &str) -> Run {
        self.run_words(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub(crate) fn run_words(&self, words: &[&str]) -> Run {
        let disk = Disk::new(self.folder.path().to_owned());
        let screen = Screen { columns: self.columns, input: self.input.clone(), ..Screen::default() };
        let process = User(self.user);
        let args = ["roadbook"].iter().chain(words).map(OsString::from);
        let code = roadbook::internals::run(
            args,
            &Io { files: &disk, clock: &Fixed, terminal: &screen, process: &process, network: &Alone },
        );
        let text = |text: Mutex<String>| text.into_inner().expect("no thread panicked");
        Run { code, out: text(screen.out), err: text(screen.err) }
    }
}

impl Run {
    /// The run, which must have ended so.
    pub(crate) fn code(self, code: u8) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {}", self.out))
    }
}

#[derive(Default)]
struct Screen {
    out: Mutex<String>,
    err: Mutex<String>,
    columns: Option<usize>,
    input: String,
}

/// A machine with no other program, on which somebody may have said who they are.
struct User(Option<&'static str>);

impl Process for User {
    fn variable(&self, name: &str) -> Option<String> {
        self.0.filter(|_| name == "ROADBOOK_USER").map(str::to_owned)
    }

    fn run(&self, _: &str, _: &[&OsStr], _: &Path) -> Result<Option<Output>, Failure> {
        Ok(None)
    }
}

impl Terminal for Screen {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.out.lock().expect("no thread panicked").push_str(text);
        Ok(())
    }

    fn say(&self, text: &str) {
        self.err.lock().expect("no thread panicked").push_str(text);
    }

    fn is_coloured(&self) -> bool {
        self.columns.is_some()
    }

    fn columns(&self) -> Option<usize> {
        self.columns
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        Ok(self.input.clone().into_bytes())
    }
}
