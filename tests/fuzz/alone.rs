//! The fuzzer as a program: `cargo run --example fuzz -- --target source --seconds 600 --seed 1`.
//!
//! Without `--target` it takes all seven in turn. `--inputs N` ends after so many inputs, the same ones for the same seed;
//! `--one TARGET FILE` tries one file; `--record FILE -- WORDS…` runs Roadbook here and writes down what git and GitHub
//! answered, for a seed. Failures are made small and written into `target/fuzz`; once mended they are kept in
//! `tests/fuzz/seeds/TARGET`. It ends with 1 where something failed, and with 2 where it is asked for what there is not.
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

const USAGE: &str = "usage: fuzz [--target TARGET] [--seconds N] [--inputs N] [--seed N]
       fuzz --one TARGET FILE
       fuzz --record FILE -- WORDS…
";

fn main() -> ExitCode {
    let words: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let is_fine = match words[..] {
        ["--help" | "-h"] => return told(None),
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
        _ => match Wanted::of(&words) {
            Ok(wanted) => wanted.run(),
            Err(why) => return told(Some(&why)),
        },
    };
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How the program is used: what was asked for, or what is said of words that it does not know.
#[allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program of its own")]
fn told(why: Option<&str>) -> ExitCode {
    let targets = TARGETS.map(|target| target.name).join(", ");
    match why {
        None => {
            println!("{USAGE}targets: {targets}");
            ExitCode::SUCCESS
        }
        Some(why) => {
            eprintln!("error: {why}\n{USAGE}targets: {targets}");
            ExitCode::from(2)
        }
    }
}

/// The campaigns that are asked for.
struct Wanted {
    targets: Vec<Target>,
    effort: Effort,
}

impl Wanted {
    /// Takes options in pairs of a name and a value, and no other words.
    fn of(words: &[&str]) -> Result<Self, String> {
        let (mut targets, mut seed, mut seconds, mut inputs) = (TARGETS.to_vec(), 1, None, None);
        for pair in words.chunks(2) {
            let [name, value] = *pair else { return Err(format!("`{}` has no value", pair[0])) };
            let number =
                || value.parse::<u64>().map_err(|_| format!("`{name}` takes a number, not `{value}`"));
            match name {
                "--target" => {
                    targets = vec![named(value).ok_or_else(|| format!("there is no target `{value}`"))?]
                }
                "--seed" => seed = number()?,
                "--seconds" => seconds = Some(number()?),
                "--inputs" => inputs = Some(number()?),
                _ => return Err(format!("there is no option `{name}`")),
            }
        }
        let seconds = seconds.unwrap_or(if inputs.is_some() { u64::MAX } else { 60 });
        let inputs = inputs.and_then(|inputs| usize::try_from(inputs).ok()).unwrap_or(usize::MAX);
        Ok(Self { targets, effort: Effort { seed, seconds, inputs } })
    }

    fn run(self) -> bool {
        let failures = self.targets.into_iter().map(|target| campaign::campaign(target, self.effort));
        failures.collect::<Vec<_>>().iter().sum::<usize>() == 0
    }
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
