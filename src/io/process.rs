//! Other programs, and what the environment says.
#![allow(
    clippy::disallowed_methods,
    reason = "io is where other programs are started and the environment is read"
)]

use std::{env, ffi::OsStr, io::ErrorKind, path::Path, process};

use super::{Failure, FailureKind, Output, Process};

/// The programs and the environment of this machine.
#[derive(Debug, Clone, Copy)]
pub struct Machine;

impl Process for Machine {
    fn variable(&self, name: &str) -> Option<String> {
        env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn run(&self, program: &str, args: &[&OsStr], folder: &Path) -> Result<Option<Output>, Failure> {
        let run = process::Command::new(program)
            .args(args)
            .current_dir(folder)
            .stdin(process::Stdio::null())
            .output();
        match run {
            Ok(output) => Ok(Some(Output {
                success: output.status.success(),
                stdout: output.stdout,
                stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            })),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            Err(why) => Err(Failure::new(FailureKind::Files, format!("cannot run `{program}`: {why}"))),
        }
    }
}
