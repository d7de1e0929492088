//! What once failed fails no more: the kept seeds of the fuzzer, see `alone.rs`.

mod bytes;
mod guard;
mod json;
mod random;
#[allow(dead_code, reason = "the fuzzer makes inputs out of them")]
mod seeds;
mod targets;
mod world;

use std::time::Duration;

use guard::tried_within;
use targets::{Input, TARGETS, Target};

/// No input takes as long as that on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Holds the kept seeds of a target to passing.
#[track_caller]
fn kept(name: &str) {
    let target = TARGETS.into_iter().find(|target| target.name == name).expect("a target");
    let seeds = seeds::kept(&target);
    assert!(seeds.len() > 2, "{} seeds", seeds.len());
    let failed: Vec<_> = seeds
        .into_iter()
        .filter_map(|seed| Some((seed.name.clone(), tried_within(target, seed, PATIENCE).err()?)))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn sources() {
    kept("source");
}

#[test]
fn locks() {
    kept("lock");
}

#[test]
fn templates() {
    kept("template");
}

#[test]
fn documents() {
    kept("document");
}

#[test]
fn imports() {
    kept("import");
}

#[test]
fn what_git_says() {
    kept("git");
}

#[test]
fn what_github_answers() {
    kept("http");
}

/// Conversations that the program no longer follows would try nothing.
#[test]
fn the_recorded_conversations_are_followed() {
    let recorded = |target: &str, name: &str| {
        let target = TARGETS.into_iter().find(|known| known.name == target).expect("a target");
        seeds::kept(&target).into_iter().find(|seed| seed.name == name).expect("a seed").bytes
    };
    let files = [("roadmap/plan.json", targets::sound()), ("README.md", b"# Mine\n".to_vec())];
    let world = || world::World::new(&files.each_ref().map(|(path, bytes)| (*path, bytes.as_slice())));
    let git = world().with_git(&recorded("git", "four.diff"));
    let diff = git.run(&["diff", "HEAD~2..HEAD"]).expect("a code");
    assert!(diff.code == 0 && diff.out.contains("slipped"), "{diff:?}");
    let github = world().with_answers(&recorded("http", "settled.snapshot"));
    let snapshot = github.run(&["snapshot", "--api-url", "http://127.0.0.1:1"]).expect("a code");
    assert!(snapshot.code == 0 && snapshot.err.contains("2 milestones and 3 issues"), "{snapshot:?}");
}

/// A guard that notices nothing would let everything pass.
#[test]
fn the_guard_notices_planted_faults() {
    let tried = |run: fn(&Input) -> Result<(), String>| {
        let target = Target { name: "planted", run, words: &[] };
        let input = Input { name: "planted".to_owned(), bytes: vec![1, 2] };
        tried_within(target, input, Duration::from_secs(2)).expect_err("it is noticed")
    };
    assert!(tried(|input| Err(format!("{}", input.bytes.len()))) == "2");
    assert!(tried(|input| panic!("at {}", input.bytes[9])).contains("out of bounds"));
    assert!(
        tried(|_| loop {
            std::thread::park()
        })
        .contains("no end")
    );
    let outside = |_: &Input| {
        let world = world::World::new(&[("a.json", b"{}")]);
        roadbook::internals::io::Files::write(&world, std::path::Path::new("../out"), b"")
            .map_err(|why| why.to_string())
    };
    assert!(tried(outside).contains("outside of the root"));
}

#[test]
fn the_same_seed_makes_the_same_inputs() {
    for target in TARGETS {
        let made = || {
            (0..60)
                .map(|number| seeds::Maker::new(target, 5).input(number).expect("an input"))
                .collect::<Vec<_>>()
        };
        let inputs = made();
        assert_eq!(inputs, made(), "{}", target.name);
        assert!(inputs.iter().filter(|input| *input != &inputs[0]).count() > 30, "{}", target.name);
    }
}
