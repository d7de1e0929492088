//! The doorbell: builds the real world, calls `run`, ends with its exit code.

use std::process::ExitCode;

use roadbook::io::{Console, Disk, Io, SystemClock, Terminal};

fn main() -> ExitCode {
    let disk = match Disk::from_process() {
        Ok(disk) => disk,
        Err(failure) => {
            Console.say(&format!("error: {failure}\n"));
            return failure.kind.exit_code().into();
        }
    };
    roadbook::run(std::env::args_os(), &Io { files: &disk, clock: &SystemClock, terminal: &Console }).into()
}
