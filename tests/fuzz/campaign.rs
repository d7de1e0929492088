//! A campaign: a worker that tries inputs, in a process of its own that a hang, a full stack or a full memory may take down;
//! what it failed on is made small and written out.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it starts processes, looks at the clock, and tells what it found"
)]

use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    guard::tried,
    seeds::Maker,
    targets::{Input, Target},
};

/// What is said of an input that hangs.
const SLOW: &str = "no end within";

/// What is said of an input that took its worker down.
const DIED: &str = "died:";

/// So many inputs are tried by one worker: a build leaves its roadmap to the system, which takes it back when a process ends.
const MOST_OF_A_WORKER: usize = 300;

/// An input that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most memory that a worker may take, in KiB.
const MOST_MEMORY: &str = "3000000";

/// After this time failures are written out as they are.
const MOST_SHRINKING: Duration = Duration::from_secs(60);

/// How many ways to make a failure smaller are tried.
const MOST_TRIES: usize = 400;

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) seed: u64,
    pub(crate) seconds: u64,
    pub(crate) inputs: usize,
}

/// Tries inputs of a target; returns how many failures of different kinds there were.
pub(crate) fn campaign(target: Target, effort: Effort) -> usize {
    let (maker, begun) = (Maker::new(target, effort.seed), Instant::now());
    let mut failures = BTreeMap::<String, (usize, String)>::new();
    let (mut next, mut all) = (0, 0);
    let is_over = |next: usize| next >= effort.inputs || begun.elapsed().as_secs() >= effort.seconds;
    while !is_over(next) {
        let from = next;
        let words = ["--worker", target.name, &effort.seed.to_string(), &from.to_string()];
        let Ok(mut worker) = spawn(&words) else { return 1 };
        let lines = lines(&mut worker);
        let mut now = from;
        let failed = loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(line) => match line.split_once(' ') {
                    Some(("try", number)) => {
                        now = number.parse().unwrap_or(now);
                        if is_over(now) {
                            break None;
                        }
                    }
                    Some(("failed", words)) => break Some(words.to_owned()),
                    _ => {}
                },
                Err(RecvTimeoutError::Timeout) => {
                    break Some(format!("{SLOW} {} s", PATIENCE.as_secs()));
                }
                Err(RecvTimeoutError::Disconnected) => break death(&mut worker),
            }
        };
        end(&mut worker);
        next = now;
        if let Some(words) = failed {
            // On a busy machine any input may be slow once, and what many inputs leave behind kills none alone.
            let is_doubtful = [SLOW, DIED].iter().any(|doubt| words.starts_with(doubt));
            if is_doubtful && maker.input(now).is_some_and(|input| alone(target, &input).is_none()) {
                next += 1;
                continue;
            }
            all += 1;
            failures.entry(kind(&words)).or_insert((now, words));
            next += 1;
        }
    }
    println!("{}: {next} inputs in {} s, {all} failures", target.name, begun.elapsed().as_secs());
    let patience = Instant::now();
    for (number, words) in failures.values() {
        let is_shrunk = patience.elapsed() < MOST_SHRINKING;
        tell(target, &maker, *number, words, is_shrunk);
    }
    failures.len()
}

/// A failure without what differs from input to input.
fn kind(words: &str) -> String {
    let text: String = words.chars().filter(|c| !c.is_ascii_digit()).take(90).collect();
    text.split_once(": ")
        .filter(|_| words.starts_with("panicked"))
        .map_or(text.clone(), |_| words.split(": ").next().unwrap_or_default().to_owned())
}

/// Writes an input that failed, as small as it can be made.
fn tell(target: Target, maker: &Maker, number: usize, words: &str, is_shrunk: bool) {
    let Some(input) = maker.input(number) else { return };
    let folder = folder();
    let name = input.name.split('~').next().unwrap_or_default();
    let (stem, ending) = name.split_once('.').unwrap_or((name, "txt"));
    let small = if is_shrunk { smaller(target, input.clone(), words) } else { input.clone() };
    // The template is what the name says; of others, the part behind the first dot does.
    let name = match target.name {
        "template" => format!("{name}~{number}"),
        _ => format!("{stem}-{number}.{ending}"),
    };
    let path = folder.join(target.name).join(name);
    let written = fs::create_dir_all(folder.join(target.name)).and_then(|()| fs::write(&path, &small.bytes));
    println!(
        "  input {number}: {}\n    {} bytes in {} {}",
        words.lines().next().unwrap_or_default(),
        small.bytes.len(),
        path.display(),
        if written.is_ok() { "" } else { "could not be written" }
    );
}

/// Where failures are written.
fn folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from).join("fuzz")
}

/// Takes away from an input what it fails without.
fn smaller(target: Target, mut input: Input, words: &str) -> Input {
    let wanted = kind(words);
    let mut left = if wanted.starts_with(SLOW) { 12 } else { MOST_TRIES };
    let mut size = input.bytes.len().div_ceil(2);
    while size > 0 && left > 0 {
        let mut at = 0;
        while at < input.bytes.len() && left > 0 {
            let mut fewer = input.clone();
            fewer.bytes.drain(at..(at + size).min(fewer.bytes.len()));
            left -= 1;
            if alone(target, &fewer).is_some_and(|words| kind(&words) == wanted) {
                input = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    input
}

/// Tries one input in a process of its own; how it fails.
fn alone(target: Target, input: &Input) -> Option<String> {
    let folder = tempfile::tempdir().ok()?;
    let path = folder.path().join(&input.name);
    fs::write(&path, &input.bytes).ok()?;
    let mut worker = spawn(&["--one", target.name, path.to_str()?]).ok()?;
    let lines = lines(&mut worker);
    let failed = loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) => match line.split_once(' ') {
                Some(("failed", words)) => break Some(words.to_owned()),
                _ if line == "passed" => break None,
                _ => {}
            },
            Err(RecvTimeoutError::Timeout) => break Some(format!("{SLOW} {} s", PATIENCE.as_secs())),
            Err(RecvTimeoutError::Disconnected) => {
                break death(&mut worker);
            }
        }
    };
    end(&mut worker);
    failed
}

/// How a worker that says nothing more ended, unless it ended well.
fn death(worker: &mut Child) -> Option<String> {
    match worker.wait() {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("{DIED} {status}")),
        Err(why) => Some(format!("{DIED} {why}")),
    }
}

/// This program again, with less memory where the system can say so.
fn spawn(words: &[&str]) -> std::io::Result<Child> {
    let own = env::current_exe()?;
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -c 0; ulimit -v {MOST_MEMORY}; exec \"$0\" \"$@\"")]).arg(own);
        shell
    } else {
        Command::new(own)
    };
    // Two threads find what many find, and take no more of a machine than is asked for.
    command.args(words).env("RAYON_NUM_THREADS", "2").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

/// What a worker says, line by line.
fn lines(worker: &mut Child) -> mpsc::Receiver<String> {
    let (tell, told) = mpsc::channel();
    if let Some(out) = worker.stdout.take() {
        thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
        });
    }
    told
}

fn end(worker: &mut Child) {
    let _ = worker.kill();
    let _ = worker.wait();
}

/// The worker: tries some inputs from this number on until one fails; whether none did. It says which one is next.
pub(crate) fn work(target: Target, seed: u64, from: usize) -> bool {
    let maker = Maker::new(target, seed);
    for number in from..from + MOST_OF_A_WORKER {
        let Some(input) = maker.input(number) else { return false };
        say(&format!("try {number}"));
        if let Err(words) = tried(&target, &input) {
            say(&format!("failed {}", words.replace('\n', " ")));
            return false;
        }
    }
    say(&format!("try {}", from + MOST_OF_A_WORKER));
    true
}

/// Tries one input; whether it passes.
pub(crate) fn one(target: Target, input: &Input) -> bool {
    let outcome = tried(&target, input);
    say(&match &outcome {
        Ok(()) => "passed".to_owned(),
        Err(words) => format!("failed {}", words.replace('\n', " ")),
    });
    outcome.is_ok()
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever listens may have heard enough.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
