//! Other programs, and what the environment says.
#![allow(
    clippy::disallowed_methods,
    reason = "io is where other programs are started and the environment is read"
)]

use std::{
    env,
    ffi::{OsStr, OsString},
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    path::Path,
    process, thread,
    time::Duration,
};

use super::{Call, Failure, FailureKind, Output, Process, Talk, command};

/// How often a program that was started is looked at.
const STEP: Duration = Duration::from_millis(20);

/// How many bytes are told of what a program said when it failed.
const MOST_SAID: u64 = 4096;

/// The programs and the environment of this machine.
#[derive(Debug, Clone, Copy)]
pub struct Machine;

impl Process for Machine {
    fn variable(&self, name: &str) -> Option<String> {
        env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn variables(&self, prefix: &str) -> Vec<(String, String)> {
        let unicode =
            |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
        let named = |(name, _): &(String, String)| name.starts_with(prefix);
        env::vars_os().filter_map(unicode).filter(named).collect()
    }

    fn run(&self, program: &str, args: &[&OsStr], folder: &Path) -> Result<Option<Output>, Failure> {
        self.call(&Call { program, args, folder, variables: &[] })
    }

    fn call(&self, call: &Call<'_>) -> Result<Option<Output>, Failure> {
        match command(call).and_then(|mut command| command.stdin(process::Stdio::null()).output()) {
            Ok(output) => Ok(Some(Output {
                success: output.status.success(),
                stdout: output.stdout,
                stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            })),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            Err(why) => Err(cannot_run(call.program, &why)),
        }
    }

    fn talk(&self, call: &Call<'_>) -> Result<Option<Box<dyn Talk>>, Failure> {
        let piped = process::Stdio::piped;
        let child = command(call)
            .and_then(|mut command| command.stdin(piped()).stdout(piped()).stderr(piped()).spawn());
        let mut child = match child {
            Ok(child) => child,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(cannot_run(call.program, &why)),
        };
        let asked = child.stdin.take();
        let answers = child.stdout.take().map(BufReader::new);
        let program = call.program.to_owned();
        Ok(asked.zip(answers).map(|(asked, answers)| {
            Box::new(Running { program, child, asked: Some(asked), answers }) as Box<dyn Talk>
        }))
    }

    fn attend(&self, call: &Call<'_>, has_terminal: bool) -> Result<Option<bool>, Failure> {
        let read = if has_terminal { process::Stdio::inherit() } else { process::Stdio::null() };
        match command(call).and_then(|mut command| command.stdin(read).status()) {
            Ok(status) => Ok(Some(status.success())),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            Err(why) => Err(cannot_run(call.program, &why)),
        }
    }

    fn start(&self, program: &str, args: &[&str], patience: Duration) -> Result<Option<bool>, Failure> {
        let nothing = process::Stdio::null;
        let args: Vec<_> = args.iter().map(OsStr::new).collect();
        let child = command::command(program, &args)
            .and_then(|mut command| command.stdin(nothing()).stdout(nothing()).stderr(nothing()).spawn());
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

/// The command that a call means.
fn command(call: &Call<'_>) -> io::Result<process::Command> {
    let mut command = command::command(call.program, call.args)?;
    command.current_dir(call.folder);
    for (name, value) in call.variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    Ok(command)
}

/// A program that is being talked to.
struct Running {
    program: String,
    child: process::Child,
    /// `None` once nothing more is asked.
    asked: Option<process::ChildStdin>,
    answers: BufReader<process::ChildStdout>,
}

impl Running {
    /// The failure, with what the program said.
    fn failed(&mut self, why: &io::Error) -> Failure {
        let _ = self.child.kill();
        let mut said = String::new();
        if let Some(stderr) = self.child.stderr.take() {
            let _ = stderr.take(MOST_SAID).read_to_string(&mut said);
        }
        let why = if said.trim().is_empty() { why.to_string() } else { said.trim().to_owned() };
        Failure::new(FailureKind::Files, format!("`{}` ended before it had answered: {why}", self.program))
    }
}

impl Talk for Running {
    fn ask(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(asked) = &mut self.asked else { return Ok(()) };
        let done = asked.write_all(bytes).and_then(|()| asked.flush());
        done.map_err(|why| self.failed(&why))
    }

    fn line(&mut self) -> Result<Vec<u8>, Failure> {
        let mut line = Vec::new();
        match self.answers.read_until(b'\n', &mut line) {
            Ok(0) => Err(self.failed(&ErrorKind::UnexpectedEof.into())),
            Ok(_) => {
                line.pop_if(|last| *last == b'\n');
                Ok(line)
            }
            Err(why) => Err(self.failed(&why)),
        }
    }

    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = vec![0; count];
        let done = self.answers.read_exact(&mut bytes);
        done.map(|()| bytes).map_err(|why| self.failed(&why))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // With nothing more to read it ends by itself; one that is still writing is not waited for.
        self.asked = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cannot_run(program: &str, why: &io::Error) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot run `{program}`: {why}"))
}
