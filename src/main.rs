//! The doorbell: builds the real world, calls `run`, ends with its exit code.

use std::process::ExitCode;

use roadbook::io::{Console, Disk, Internet, Io, Machine, SystemClock, Terminal};

fn main() -> ExitCode {
    let disk = match Disk::from_process() {
        Ok(disk) => disk,
        Err(failure) => {
            Console.say(&format!("error: {failure}\n"));
            return failure.kind.exit_code().into();
        }
    };
    let io = Io {
        files: &disk,
        clock: &SystemClock,
        terminal: &Console,
        process: &Machine,
        network: &Internet::default(),
    };
    roadbook::run(std::env::args_os(), &io).into()
}
