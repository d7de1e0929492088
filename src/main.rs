//! Entry point: the allocator, and the exit code of the program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Pages are made of very many small texts, on several threads: the system's allocators take a fifth of the time for that,
/// and musl's most of it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    roadbook::main()
}
