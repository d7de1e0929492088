//! A world in memory: files below one folder, a clock that only waiting moves, and a git and a GitHub that answer what they
//! were given, whatever they are asked.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::{Component, Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use roadbook::internals::{
    io::{
        Answer, Call, Clock, Entry, Failure, FailureKind, Files, Io, Lost, Network, Output, Process, Request,
        Talk, Terminal,
    },
    model::Day,
};

/// The folder in which the user is.
pub(crate) const ROOT: &str = if cfg!(windows) { "C:\\fuzz" } else { "/fuzz" };

/// More requests than any conversation needs: who asks more asks for ever.
const MOST_REQUESTS: usize = 2_000;

/// More waiting than any conversation needs.
const MOST_WAITS: usize = 20_000;

/// A world.
#[derive(Debug)]
pub(crate) struct World {
    files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    here: PathBuf,
    staged: AtomicUsize,
    slept: AtomicU64,
    waits: AtomicUsize,
    out: Mutex<String>,
    err: Mutex<String>,
    /// What git says: each call, and each question to a git that is talked to, takes the next.
    git: Vec<Vec<u8>>,
    asked_git: AtomicUsize,
    /// What GitHub answers, one after the other.
    answers: Vec<Answer>,
    requests: AtomicUsize,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    /// A world with these files.
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let here = PathBuf::from(ROOT);
        let files = files.iter().map(|(path, bytes)| (here.join(path), bytes.to_vec())).collect();
        Self {
            files: Mutex::new(files),
            here,
            staged: AtomicUsize::new(0),
            slept: AtomicU64::new(0),
            waits: AtomicUsize::new(0),
            out: Mutex::default(),
            err: Mutex::default(),
            git: Vec::new(),
            asked_git: AtomicUsize::new(0),
            answers: Vec::new(),
            requests: AtomicUsize::new(0),
        }
    }

    /// The same with a git that says this, see [`records`]; a record that begins with `!` is a failure.
    pub(crate) fn with_git(mut self, bytes: &[u8]) -> Self {
        self.git = records(bytes);
        self
    }

    /// The same with a GitHub that answers this, see [`records`]: a status, headers, an empty line, a body.
    pub(crate) fn with_answers(mut self, bytes: &[u8]) -> Self {
        self.answers = records(bytes).iter().map(|record| answer(record)).collect();
        self
    }

    /// Runs the program; the words behind its name.
    pub(crate) fn run(&self, words: &[&str]) -> Result<Ran, String> {
        lock(&self.out).clear();
        lock(&self.err).clear();
        let args = std::iter::once("roadbook").chain(words.iter().copied()).map(OsString::from);
        let io = Io { files: self, clock: self, terminal: self, process: self, network: self };
        let code = roadbook::internals::run(args, &io);
        let ran = Ran { code, out: lock(&self.out).clone(), err: lock(&self.err).clone() };
        if code > 5 {
            return Err(format!("`{}` ended with {code}: {}", words.join(" "), ran.err));
        }
        match ran.out.chars().chain(ran.err.chars()).find(|c| commands(*c)) {
            Some(odd) => Err(format!("`{}` wrote {odd:?} to the terminal", words.join(" "))),
            None => Ok(ran),
        }
    }

    /// All files.
    pub(crate) fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        lock(&self.files).clone()
    }

    fn at(&self, path: &Path) -> PathBuf {
        let mut clean = PathBuf::new();
        for part in self.here.join(path).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => drop(clean.pop()),
                part => clean.push(part),
            }
        }
        clean
    }

    /// Where something is written, which must be below the root.
    fn target(&self, path: &Path) -> PathBuf {
        let target = self.at(path);
        assert!(target.starts_with(&self.here), "wrote outside of the root: {}", target.display());
        target
    }

    fn put(&self, path: &Path, bytes: &[u8], behind: bool) -> Result<(), Failure> {
        let target = self.target(path);
        let mut files = lock(&self.files);
        let is_in_the_way = |part: &&Path| **part != *target && files.contains_key(*part);
        if is_folder(&files, &target) || target.ancestors().find(is_in_the_way).is_some() {
            return Err(Failure::new(
                FailureKind::Files,
                format!("cannot write `{}`: something is in the way", path.display()),
            ));
        }
        let file = files.entry(target).or_default();
        if !behind {
            file.clear();
        }
        file.extend_from_slice(bytes);
        Ok(())
    }
}

/// Whether a character would command a terminal, or turn the text around.
fn commands(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_folder(files: &BTreeMap<PathBuf, Vec<u8>>, path: &Path) -> bool {
    files
        .range(path.to_owned()..)
        .map(|(file, _)| file)
        .find(|file| *file != path)
        .is_some_and(|file| file.starts_with(path))
        || Path::new(ROOT).starts_with(path)
}

/// What parts the records of an input.
const BORDER: &[u8] = b"\n=====\n";

/// The records of an input.
pub(crate) fn records(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut records, mut left) = (Vec::new(), bytes);
    while let Some(end) = left.windows(BORDER.len()).position(|window| window == BORDER) {
        records.push(left[..end].to_vec());
        left = &left[end + BORDER.len()..];
    }
    records.push(left.to_vec());
    records
}

/// An input of these records.
pub(crate) fn joined(records: &[Vec<u8>]) -> Vec<u8> {
    records.join(BORDER)
}

fn answer(record: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(record);
    let (head, _) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.trim().parse().ok()).unwrap_or(200);
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let body = record.windows(2).position(|pair| pair == b"\n\n").map(|at| record[at + 2..].to_vec());
    Answer { status, headers, body: body.unwrap_or_default() }
}

impl Files for World {
    fn here(&self) -> &Path {
        &self.here
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        let (path, files) = (self.at(path), lock(&self.files));
        let folder = is_folder(&files, &path).then_some(Entry::Folder);
        Ok(files.get(&path).map(|_| Entry::File).or(folder))
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        if self.entry(path)? == Some(Entry::Folder) {
            return Err(Failure::new(
                FailureKind::Files,
                format!("cannot read `{}`: it is a folder", path.display()),
            ));
        }
        Ok(lock(&self.files).get(&self.at(path)).cloned())
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let mut names = self.walk(folder)?;
        names.iter_mut().for_each(|name| name.truncate(name.find('/').unwrap_or(name.len())));
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let top = self.at(folder);
        let files = lock(&self.files);
        let inside = files.keys().filter_map(|file| file.strip_prefix(&top).ok()?.to_str());
        let mut found: Vec<_> =
            inside.filter(|name| !name.is_empty()).map(|name| name.replace('\\', "/")).collect();
        found.sort();
        Ok(found)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        Ok(self.at(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.put(path, bytes, false)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.put(path, bytes, true)
    }

    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        let target = self.target(folder);
        let name =
            format!("{}{}", roadbook::internals::io::TEMPORARY, self.staged.fetch_add(1, Ordering::SeqCst));
        Ok(target.with_file_name(name))
    }

    fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure> {
        let (staged, target) = (self.at(staged), self.target(folder));
        let mut files = lock(&self.files);
        let moved: Vec<_> = files.keys().filter(|file| file.starts_with(&staged)).cloned().collect();
        for from in moved {
            let to = from.strip_prefix(&staged).map(|inside| target.join(inside));
            if let (Some(bytes), Ok(to)) = (files.remove(&from), to) {
                files.insert(to, bytes);
            }
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        let target = self.target(path);
        lock(&self.files).remove(&target);
        Ok(())
    }

    fn sweep(&self, _: &Path) -> Result<Vec<PathBuf>, Failure> {
        Ok(Vec::new())
    }
}

impl Clock for World {
    fn today(&self) -> Result<Day, Failure> {
        Ok(Day::FIRST)
    }

    fn now(&self) -> Duration {
        Duration::from_secs(1_795_305_600) + Duration::from_millis(self.slept.load(Ordering::SeqCst))
    }

    fn sleep(&self, time: Duration) {
        let waits = self.waits.fetch_add(1, Ordering::SeqCst);
        assert!(waits < MOST_WAITS, "waits for ever");
        let time = u64::try_from(time.as_millis()).unwrap_or(u64::MAX >> 8).clamp(1, u64::MAX >> 20);
        self.slept.fetch_add(time, Ordering::SeqCst);
    }
}

impl Terminal for World {
    fn out(&self, text: &str) -> Result<(), Failure> {
        lock(&self.out).push_str(text);
        Ok(())
    }

    fn say(&self, text: &str) {
        lock(&self.err).push_str(text);
    }

    fn is_coloured(&self) -> bool {
        false
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}

impl World {
    /// The next thing that git says.
    fn said(&self) -> (bool, Vec<u8>) {
        let record = self.git.get(self.asked_git.fetch_add(1, Ordering::SeqCst)).cloned().unwrap_or_default();
        match record.split_first() {
            Some((b'!', rest)) => (false, rest.to_vec()),
            _ => (true, record),
        }
    }
}

impl Process for World {
    fn variable(&self, name: &str) -> Option<String> {
        (name == "GH_TOKEN").then(|| "ghp_of_the_fuzzer".to_owned())
    }

    fn run(&self, program: &str, args: &[&OsStr], folder: &Path) -> Result<Option<Output>, Failure> {
        self.call(&Call { program, args, folder, variables: &[] })
    }

    fn call(&self, call: &Call<'_>) -> Result<Option<Output>, Failure> {
        if call.program != "git" || self.git.is_empty() {
            return Ok(None);
        }
        let (success, bytes) = self.said();
        let stderr = String::from_utf8_lossy(if success { b"" } else { &bytes }).trim().to_owned();
        Ok(Some(Output { success, stdout: bytes, stderr }))
    }

    fn talk(&self, _: &Call<'_>) -> Result<Option<Box<dyn Talk>>, Failure> {
        if self.git.is_empty() {
            return Ok(None);
        }
        let left: Vec<_> = self.git.iter().skip(self.asked_git.load(Ordering::SeqCst)).cloned().collect();
        Ok(Some(Box::new(Told { answers: left.into_iter(), now: Vec::new() })))
    }
}

/// A git that is talked to.
struct Told {
    answers: std::vec::IntoIter<Vec<u8>>,
    now: Vec<u8>,
}

impl Told {
    fn ended() -> Failure {
        Failure::new(FailureKind::Files, "`git` ended before it had answered")
    }
}

impl Talk for Told {
    fn ask(&mut self, _: &[u8]) -> Result<(), Failure> {
        self.now = self.answers.next().ok_or_else(Self::ended)?;
        Ok(())
    }

    fn line(&mut self) -> Result<Vec<u8>, Failure> {
        let end = self.now.iter().position(|byte| *byte == b'\n').ok_or_else(Self::ended)?;
        let mut line: Vec<_> = self.now.drain(..=end).collect();
        line.pop();
        Ok(line)
    }

    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        if count > self.now.len() {
            return Err(Self::ended());
        }
        Ok(self.now.drain(..count).collect())
    }
}

impl Network for World {
    fn send(&self, _: &Request) -> Result<Answer, Lost> {
        let at = self.requests.fetch_add(1, Ordering::SeqCst);
        assert!(at < MOST_REQUESTS, "asks for ever");
        self.answers.get(at).cloned().ok_or_else(|| Lost::Unknown("the connection was closed".to_owned()))
    }
}
