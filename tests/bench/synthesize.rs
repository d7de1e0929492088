//! Prints a synthetic roadmap: `cargo run --example synthesize -- 10000 [SHAPE]`.

mod synthetic;

use std::{io::Write, process::ExitCode};

use synthetic::{Shape, roadmap};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let issues = arguments.first().and_then(|issues| issues.parse().ok());
    let shape = arguments.get(1).map_or("plain", String::as_str);
    let (Some(issues), Some(shape), true) = (issues, Shape::named(shape), arguments.len() < 3) else {
        let names: Vec<_> = Shape::ALL.iter().map(|(name, _)| *name).collect();
        let _ = writeln!(std::io::stderr(), "usage: synthesize ISSUES [{}]", names.join("|"));
        return ExitCode::from(2);
    };
    match std::io::stdout().write_all(roadmap(issues, shape).as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
