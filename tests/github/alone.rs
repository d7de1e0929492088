//! The fake GitHub as a program, for tools that want to speak to it: `cargo run --example fake-github -- --port 4001`.
//!
//! `--repo OWNER/NAME` names the repository, `--base-url URL` the address under which it tells of itself, as where a proxy
//! stands before it, `--people A,B` who may be given issues, `--organization` makes an organization of the owner, with issue fields, and `--populated` fills it, so that whoever tries addresses at random meets something. It says where
//! it listens, and ends when its standard input does. What else can be ordered: `fake/control.rs`.
#![allow(dead_code, unused_imports, reason = "tests use more of it")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a server of the tests: a socket, a thread and a clock are what it is made of"
)]

mod fake;

use std::{env, io::Read, process::ExitCode};

use fake::{GitHub, World};
use serde_json::json;

fn main() -> ExitCode {
    let words: Vec<_> = env::args().skip(1).collect();
    let value = |name: &str| {
        words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)).map(String::as_str)
    };
    let Ok(port) = value("--port").unwrap_or("0").parse() else { return ExitCode::from(2) };
    let Some((owner, name)) = value("--repo").unwrap_or("acme/data-platform").split_once('/') else {
        return ExitCode::from(2);
    };
    let mut world = World::new(owner, name);
    let people = value("--people").unwrap_or_default().split(',').filter(|login| !login.is_empty());
    world.people.extend(people.map(str::to_owned));
    if words.iter().any(|word| word == "--organization") {
        let options: &[&str] = &["Critical", "High", "Medium", "Low"];
        let dates = [("Start date", "date", &[][..]), ("Target date", "date", &[])];
        let others = [("Points", "number", &[][..]), ("Priority", "single_select", options)];
        world.organize(&[&dates[..], &others].concat());
    }
    if words.iter().any(|word| word == "--populated") {
        populate(&mut world);
    }
    let github = GitHub::listen(world, port, value("--base-url").map(str::to_owned));
    println!("{} with the token {}", github.url(), fake::TOKEN);
    // It goes away with whoever started it.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    drop(github);
    ExitCode::SUCCESS
}

/// Something of every kind, with the numbers that whoever guesses tries first.
fn populate(world: &mut World) {
    for number in 1..=12 {
        let labels = ["area:db", "type:docs"];
        let title = format!("DB-{number:03}: Something to do");
        world
            .open_issue(&json!({ "title": title, "body": "Words.", "labels": labels, "assignees": ["bob"] }));
    }
    world.open_pull("Do something");
    world.make_part(1, 2);
    world.make_part(1, 3);
    world.make_wait(4, 1);
    world.make_wait(4, 2);
    world.edit_issue(5, &json!({ "state": "closed", "state_reason": "not_planned", "type": "Bug" }));
}
