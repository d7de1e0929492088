//! The doorbell: builds the real world, calls `run`, ends with its exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use roadbook::io::{Console, Disk, Guarded, Internet, Io, Machine, SystemClock, Terminal};

/// Pages are made of very many small texts, on several threads: the system's allocators take a fifth of the time for that,
/// and musl's most of it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // The message of a panic may quote a text of the roadmap.
    std::panic::set_hook(Box::new(|panic| {
        Guarded::new(&Console, true).say(&format!("error: this is a bug of Roadbook: {panic}\n"));
    }));
    let disk = match Disk::from_process() {
        Ok(disk) => disk,
        Err(failure) => {
            Guarded::new(&Console, false).say(&format!("error: {failure}\n"));
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
