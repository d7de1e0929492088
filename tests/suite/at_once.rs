//! Two verbs at once, and an editor that saves meanwhile: nobody's edit is lost, and no tree is left half.
//!
//! The world of these runs dawdles at every step that it takes with a file, by dice that are thrown anew for each case, so
//! that they meet in each other's gaps. `ROADBOOK_FULL=1` shows all of them, not a sample.

use std::{
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use roadbook::internals::io::{Attempt, Disk, Entry, Failure, Files, Io, Lock, SystemClock, TEMPORARY};
use serde_json::{Value, json};

use crate::support::{Alone, Collected, Hasty, Project, Random, Run, SOURCE};

/// What is broken on purpose, to see that these tests would notice it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Nothing,
    /// Verbs do not wait for each other, write over whatever is there, and sweep whatever looks unfinished.
    NoLocks,
    /// Files are compared before they are replaced, and not afterwards.
    NoExchange,
}

/// Dice that several threads throw.
#[derive(Debug, Clone)]
struct Dice(Arc<Mutex<Random>>);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Random::new(seed))))
    }

    fn below(&self, bound: usize) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).below(bound)
    }

    /// Mostly goes on at once, and now and then waits up to two milliseconds.
    fn dawdle(&self) {
        match self.below(8) {
            0 => thread::sleep(Duration::from_micros(self.below(2_000) as u64)),
            1..3 => thread::yield_now(),
            _ => {}
        }
    }
}

/// Moments in their order.
static NOW: AtomicUsize = AtomicUsize::new(0);

fn now() -> usize {
    NOW.fetch_add(1, Ordering::SeqCst)
}

/// A disk that dawdles, and notes when the source was replaced.
struct Slow {
    disk: Disk,
    dice: Dice,
    fault: Fault,
    /// When the last replacement of a file began that succeeded.
    replaced: AtomicUsize,
}

impl Slow {
    fn new(project: &Project, dice: &Dice, fault: Fault) -> Self {
        let own = dice.clone();
        let disk = project.disk().pausing(move || own.dawdle());
        Self { disk, dice: dice.clone(), fault, replaced: AtomicUsize::new(usize::MAX) }
    }

    fn slow<T>(&self, result: Result<T, Failure>) -> Result<T, Failure> {
        self.dice.dawdle();
        result
    }
}

impl Files for Slow {
    fn here(&self) -> &Path {
        self.disk.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        self.disk.entry(path)
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        self.slow(self.disk.read(path))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.slow(self.disk.list(folder))
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.slow(self.disk.walk(folder))
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        self.disk.real(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.slow(self.disk.write(path, bytes))
    }

    fn replace(&self, path: &Path, old: Option<&[u8]>, new: &[u8]) -> Result<bool, Failure> {
        let began = now();
        let done = match self.fault {
            Fault::Nothing => self.disk.replace(path, old, new)?,
            Fault::NoExchange if self.disk.read(path)?.as_deref() != old => false,
            Fault::NoExchange | Fault::NoLocks => {
                thread::sleep(Duration::from_micros(6_000 + self.dice.below(6_000) as u64));
                self.disk.write(path, new)?;
                true
            }
        };
        if done {
            self.replaced.store(began, Ordering::SeqCst);
        }
        self.slow(Ok(done))
    }

    fn stamp(&self, path: &Path) -> Result<Option<u64>, Failure> {
        self.disk.stamp(path)
    }

    fn lock_folders(&self, folders: &[PathBuf]) -> Result<Attempt, Failure> {
        match self.fault {
            Fault::NoLocks => Ok(Attempt::Taken(Lock::default())),
            Fault::Nothing | Fault::NoExchange => self.slow(self.disk.lock_folders(folders)),
        }
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.slow(self.disk.append(path, bytes))
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.slow(self.disk.fill(path, bytes))
    }

    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        self.slow(self.disk.stage(folder))
    }

    fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure> {
        self.slow(self.disk.publish(staged, folder))
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        self.slow(self.disk.remove(path))
    }

    fn sweep(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        if self.fault == Fault::NoLocks {
            for name in self.disk.list(folder)?.iter().filter(|name| name.starts_with(TEMPORARY)) {
                let _ = fs::remove_dir_all(folder.join(name)).or_else(|_| fs::remove_file(folder.join(name)));
            }
        }
        self.slow(self.disk.sweep(folder))
    }
}

/// What a verb came to.
struct Ran {
    verb: usize,
    code: u8,
    said: String,
    /// When it replaced the source.
    at: usize,
}

/// The verbs: what is typed, and whether a source shows it.
type Shown = fn(&Value) -> bool;
const VERBS: [(&[&str], Shown); 6] = [
    (&["close", "A-1", "-q"], |source| source["issues"][0]["state"] == "closed"),
    (&["set", "A-2", "body=marked", "-q"], |source| source["issues"][1]["body"] == "marked"),
    (&["add", "issue", "A-9: Added", "--milestone", "A-M1", "-q"], |source| {
        source["issues"].as_array().is_some_and(|issues| issues.iter().any(|it| it["title"] == "A-9: Added"))
    }),
    (&["set", "A-3", "body=built", "--build", "-q"], |source| source["issues"][2]["body"] == "built"),
    (&["build", "-q"], |_| true),
    (&["build", "-q"], |_| true),
];

/// What the editor's owner typed.
const TYPED: &str = "what I typed";

fn source() -> Value {
    // Each is a page, and takes its time to be written.
    let milestones = (1..=12).map(|n| json!({ "id": format!("A-M{n}"), "title": format!("Part {n}") }));
    let issues = (1..=5).map(|n| json!({ "id": format!("A-{n}"), "title": format!("Issue {n}"), "milestone": "A-M1", "state": "open", "body": "b" }));
    json!({ "milestones": milestones.collect::<Vec<_>>(), "issues": issues.collect::<Vec<_>>() })
}

/// What the cases came to.
#[derive(Debug, Default)]
struct Sum {
    cases: usize,
    /// Edits of verbs that ended with 0, and of them those that only the editor's later save can have taken away.
    edits: usize,
    excused: usize,
    /// Edits of verbs that are lost.
    lost: Vec<String>,
    /// Saves of the editor that are lost.
    unsaved: Vec<String>,
    /// Builds that ended with 0, and trees that lack pages after one.
    builds: usize,
    half: Vec<String>,
    /// Ends that nothing explains.
    odd: Vec<String>,
}

/// The editor: reads the source, changes it, and saves it over whatever is there then. When it was saved.
fn save(path: &Path, dice: &Dice, by_rename: bool) -> usize {
    thread::sleep(Duration::from_micros(dice.below(12_000) as u64));
    let text = fs::read_to_string(path).expect("the source");
    let text = text.replace("Issue 5", TYPED);
    thread::sleep(Duration::from_micros(dice.below(4_000) as u64));
    if by_rename {
        let beside = path.with_extension("json~");
        fs::write(&beside, text).expect("it is written");
        dice.dawdle();
        fs::rename(beside, path).expect("it is saved");
    } else {
        let mut file = fs::File::create(path).expect("it is opened");
        let half = text.len() / 2;
        file.write_all(&text.as_bytes()[..half]).expect("it is written");
        dice.dawdle();
        file.write_all(&text.as_bytes()[half..]).expect("it is written");
    }
    now()
}

fn run(project: &Project, dice: &Dice, fault: Fault, verb: usize) -> Ran {
    // Two builds meet only where they begin together.
    let delay = if VERBS[verb].0[0] == "build" { 2_000 } else { 8_000 };
    thread::sleep(Duration::from_micros(dice.below(delay) as u64));
    let (files, terminal) = (Slow::new(project, dice, fault), Collected::default());
    let args = std::iter::once("roadbook").chain(VERBS[verb].0.iter().copied()).map(OsString::from);
    let io = Io { files: &files, clock: &SystemClock, terminal: &terminal, process: &Alone, network: &Alone };
    let code = roadbook::internals::run(args, &io);
    Ran { verb, code, said: terminal.said(), at: files.replaced.load(Ordering::SeqCst) }
}

/// One case.
fn case(seed: u64, fault: Fault, sum: &mut Sum) {
    let dice = Dice::new(seed);
    let first = dice.below(VERBS.len());
    let second = (first + 1 + dice.below(VERBS.len() - 1)) % VERBS.len();
    play(seed, dice, fault, [first, second], sum);
}

/// Two builds of which neither finds a folder to write into.
fn two_builds(seed: u64, fault: Fault, sum: &mut Sum) {
    let mut seeds = seed * 1_000..;
    let is_empty = |seed: &u64| Dice::new(*seed).below(2) == 0;
    let seed = seeds.find(is_empty).expect("every second one");
    play(seed, Dice::new(seed), fault, [VERBS.len() - 2, VERBS.len() - 1], sum);
}

/// Runs two verbs and an editor at once, and holds what comes of it to what they said.
fn play(seed: u64, dice: Dice, fault: Fault, verbs: [usize; 2], sum: &mut Sum) {
    let project = Project::of(&source()).built();
    let pages = project.tree();
    if dice.below(2) == 0 {
        fs::remove_dir_all(project.path("roadmap/milestones")).expect("our own folder");
    }
    let (has_editor, by_rename) = (dice.below(4) > 0, dice.below(3) > 0);
    let path = project.path(SOURCE);
    let (ran, saved) = thread::scope(|scope| {
        let (project, dice) = (&project, &dice);
        let verbs = verbs.map(|verb| scope.spawn(move || run(project, dice, fault, verb)));
        let editor = has_editor.then(|| scope.spawn(|| save(&path, dice, by_rename)));
        let ran = verbs.map(|verb| verb.join().expect("it does not panic"));
        (ran, editor.map(|editor| editor.join().expect("it does not panic")))
    });
    let text = project.text(SOURCE);
    let told = |what: &str| {
        let codes = ran.iter().map(|ran| format!("{:?} {} at {}", VERBS[ran.verb].0, ran.code, ran.at));
        format!("seed {seed}, {what}: {}, saved at {saved:?}", codes.collect::<Vec<_>>().join("; "))
    };
    sum.cases += 1;
    let Ok(source) = serde_json::from_str::<Value>(&text) else { return sum.half.push(told("no JSON")) };
    if saved.is_some() && !text.contains(TYPED) {
        sum.unsaved.push(told("the save is lost"));
    }
    for ran in &ran {
        let (args, shown) = VERBS[ran.verb];
        // An editor that saves in place shows half a file for a moment.
        let is_explained = ran.code == 3 && has_editor && (!by_rename || ran.said.contains("changed"));
        if ran.code != 0 && !is_explained {
            sum.odd.push(told(&ran.said));
        }
        if ran.code != 0 {
            continue;
        }
        if args[0] != "build" {
            sum.edits += 1;
            // What was read before the edit and saved behind it has the last word: no program can know what it was made of.
            match (shown(&source), saved.is_some_and(|saved| saved > ran.at)) {
                (true, _) => {}
                (false, true) => sum.excused += 1,
                (false, false) => sum.lost.push(told("an edit is lost")),
            }
        }
        if args.iter().any(|arg| arg.ends_with("build")) {
            sum.builds += 1;
            let now = project.tree();
            if let Some(page) = pages.keys().find(|page| now.get(*page).is_none_or(Vec::is_empty)) {
                sum.half.push(told(page));
            }
        }
    }
    if let Some(left) = project.tree().keys().find(|path| path.contains(TEMPORARY)) {
        sum.odd.push(told(left));
    }
}

fn cases(seeds: std::ops::Range<u64>, fault: Fault) -> Sum {
    let mut sum = Sum::default();
    seeds.for_each(|seed| case(seed, fault, &mut sum));
    sum
}

#[test]
fn nothing_is_lost_between_two_verbs_and_an_editor() {
    let count = if std::env::var_os("ROADBOOK_FULL").is_some() { 1_000 } else { 80 };
    let sum = cases(0..count, Fault::Nothing);
    println!(
        "{} cases: {} edits ended with 0, {} of them under a later save, {} lost; {} saves lost; {} builds ended with 0, {} half trees",
        sum.cases,
        sum.edits,
        sum.excused,
        sum.lost.len(),
        sum.unsaved.len(),
        sum.builds,
        sum.half.len()
    );
    assert!(sum.edits > 3 * sum.excused && sum.builds > 0, "too little was held to anything: {sum:#?}");
    let wrong: Vec<_> = [&sum.lost, &sum.unsaved, &sum.half, &sum.odd].into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn without_locks_or_without_an_exchange_this_would_be_noticed() {
    let noticed = |fault: Fault, play: fn(u64, Fault, &mut Sum), is_noticed: fn(&Sum) -> bool| {
        let mut sum = Sum::default();
        for seed in 0..400 {
            play(seed, fault, &mut sum);
            if is_noticed(&sum) {
                println!("{fault:?} was noticed after {} cases", seed + 1);
                return;
            }
        }
        panic!("{fault:?} was not noticed: {sum:#?}");
    };
    noticed(Fault::NoLocks, case, |sum| !sum.lost.is_empty());
    noticed(Fault::NoLocks, two_builds, |sum| !sum.half.is_empty());
    noticed(Fault::NoExchange, case, |sum| !sum.unsaved.is_empty());
}

/// A verb that is killed leaves the old or the new source, and the lock to the next one.
#[cfg(unix)]
#[test]
fn a_verb_that_is_killed_leaves_the_old_or_the_new_and_no_lock() {
    let (mut old, mut new) = (0, 0);
    for turn in 0..24 {
        let project = Project::of(&source()).built();
        let text = project.text(SOURCE);
        let mut killed = project.process(["close", "A-1", "--build", "-q"]).spawn().expect("it starts");
        thread::sleep(Duration::from_millis(turn));
        killed.kill().expect("it is ours");
        killed.wait().expect("it ends");
        let now = serde_json::from_str::<Value>(&project.text(SOURCE)).expect("it is whole");
        match (project.text(SOURCE) == text, VERBS[0].1(&now)) {
            (true, _) => old += 1,
            (_, true) => new += 1,
            _ => panic!("it is neither the old nor the new: {now}"),
        }
        let next = project.spawn(["set", "A-2", "body=marked", "--build"]).ends_with(0);
        assert!(!next.err.contains("waiting"), "{}", next.err);
        project.spawn(["check"]).ends_with(0);
        let left = project.tree().into_keys().filter(|path| path.contains(TEMPORARY)).collect::<Vec<_>>();
        assert!(left.is_empty(), "{left:?}");
    }
    println!("killed 24 times: {old} times the old source, {new} times the new one");
}

/// Somebody who holds the lock and does not end is named, and nothing is written.
#[cfg(target_os = "linux")]
#[test]
fn who_is_waited_for_in_vain_is_named() {
    let project = Project::of(&source()).built();
    let before = project.tree();
    let folder = fs::File::open(project.root()).expect("the root");
    folder.lock().expect("nobody else holds it");
    let (files, clock, terminal) = (project.disk(), Hasty::default(), Collected::default());
    let io = Io { files: &files, clock: &clock, terminal: &terminal, process: &Alone, network: &Alone };
    let code = roadbook::internals::run(["roadbook", "close", "A-1"].map(OsString::from), &io);
    assert!(clock.slept() < Duration::from_secs(25), "{:?}", clock.slept());
    let run = Run { code, out: String::new(), err: terminal.said() };
    let name = format!("(process {} on", std::process::id());
    run.ends_with(3).says("waiting for `").says("error: the roadmap is being written by `").says(&name);
    crate::support::same_tree(&before, &project.tree());
    // What does not write waits for nobody.
    for args in [&["check"][..], &["list"], &["close", "A-1", "--dry-run"]] {
        project.spawn(args).ends_with(0);
    }
    drop(folder);
    project.spawn(["close", "A-1"]).ends_with(0);
}
