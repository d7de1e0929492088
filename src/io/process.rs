//! Other programs, and what the environment says.
#![allow(
    clippy::disallowed_methods,
    reason = "io is where other programs are started and the environment is read"
)]

use std::{
    env,
    ffi::OsStr,
    io::{self, ErrorKind},
    path::Path,
    process, thread,
    time::Duration,
};

use super::{Failure, FailureKind, Output, Process};

/// How often a program that was started is looked at.
const STEP: Duration = Duration::from_millis(20);

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
            Err(why) => Err(cannot_run(program, &why)),
        }
    }

    fn start(&self, program: &str, args: &[&str], patience: Duration) -> Result<Option<bool>, Failure> {
        let nothing = process::Stdio::null;
        let child = process::Command::new(program)
            .args(args)
            .stdin(nothing())
            .stdout(nothing())
            .stderr(nothing())
            .spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(cannot_run(program, &why)),
        };
        let mut waited = Duration::ZERO;
        while waited < patience {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(Some(status.success())),
                Ok(None) => thread::sleep(STEP),
                Err(why) => return Err(cannot_run(program, &why)),
            }
            waited += STEP;
        }
        Ok(Some(true))
    }
}

fn cannot_run(program: &str, why: &io::Error) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot run `{program}`: {why}"))
}
