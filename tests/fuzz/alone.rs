//! The fuzzer as a program: `cargo run --example fuzz -- --target source --seconds 600 --seed 1`.
//!
//! Without `--target` it takes all seven in turn. `--inputs N` ends after so many inputs, the same ones for the same seed;
//! `--one TARGET FILE` tries one file; `--record FILE -- WORDS…` runs Roadbook here and writes down what git and GitHub
//! answered, for a seed. Failures are made small and written into `target/fuzz`; once mended they are kept in
//! `tests/fuzz/seeds/TARGET`. It ends with 1 where something failed.
#![allow(dead_code, reason = "tests use other parts of it")]

mod bytes;
mod campaign;
mod guard;
mod json;
mod random;
mod record;
mod seeds;
mod targets;
mod world;

use std::{env, path::Path, process::ExitCode};

use campaign::Effort;
use targets::{Input, TARGETS, Target};

fn main() -> ExitCode {
    let words: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let is_fine = match words[..] {
        ["--worker", target, seed, from] => on_a_stack(move || {
            let (Some(target), Ok(seed), Ok(from)) = (named(target), seed.parse(), from.parse()) else {
                return false;
            };
            campaign::work(target, seed, from)
        }),
        ["--one", target, file] => on_a_stack(move || {
            named(target)
                .zip(input(Path::new(file)))
                .is_some_and(|(target, input)| campaign::one(target, &input))
        }),
        ["--record", file, "--", ..] => record::record(Path::new(file), &words[3..]),
        _ => campaigns(&words),
    };
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn campaigns(words: &[&str]) -> bool {
    let value =
        |name: &str| words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1)).copied();
    let number = |name: &str| value(name).and_then(|number| number.parse::<u64>().ok());
    let seconds = number("--seconds").unwrap_or(if value("--inputs").is_some() { u64::MAX } else { 60 });
    let inputs = number("--inputs").and_then(|inputs| usize::try_from(inputs).ok()).unwrap_or(usize::MAX);
    let effort = Effort { seed: number("--seed").unwrap_or(1), seconds, inputs };
    let chosen: Vec<_> = match value("--target") {
        None => TARGETS.to_vec(),
        Some(name) => named(name).into_iter().collect(),
    };
    let failures: Vec<_> = chosen.iter().map(|target| campaign::campaign(*target, effort)).collect();
    !failures.is_empty() && failures.iter().sum::<usize>() == 0
}

fn named(name: &str) -> Option<Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}

#[allow(clippy::disallowed_methods, reason = "an input is a file")]
fn input(path: &Path) -> Option<Input> {
    Some(Input { name: path.file_name()?.to_str()?.to_owned(), bytes: std::fs::read(path).ok()? })
}

/// Runs something on a thread with as much stack as the program has, whatever system this is.
fn on_a_stack(work: impl FnOnce() -> bool + Send) -> bool {
    std::thread::scope(|scope| {
        let started = std::thread::Builder::new().stack_size(guard::STACK).spawn_scoped(scope, work);
        started.is_ok_and(|thread| thread.join().unwrap_or(false))
    })
}
