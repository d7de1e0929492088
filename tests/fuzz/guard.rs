//! One input, tried so that whatever it does is told: a wrong outcome, a panic, no end.

use std::{
    panic,
    sync::{Mutex, Once, PoisonError, mpsc},
    thread,
    time::Duration,
};

use crate::targets::{Input, Target};

/// As much stack as the main thread of the program has on Linux.
pub(crate) const STACK: usize = 8 << 20;

/// Where the last panic was, and its words: those of the thread that met it first.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Tries an input.
pub(crate) fn tried(target: &Target, input: &Input) -> Result<(), String> {
    listen();
    take();
    match panic::catch_unwind(|| (target.run)(input)) {
        Ok(outcome) => outcome,
        Err(_) => Err(take().unwrap_or_else(|| "a panic".to_owned())),
    }
}

/// Tries an input on a thread that is waited for so long.
pub(crate) fn tried_within(target: Target, input: Input, patience: Duration) -> Result<(), String> {
    let (tell, told) = mpsc::channel();
    let try_it = move || drop(tell.send(tried(&target, &input)));
    thread::Builder::new().stack_size(STACK).spawn(try_it).map_err(|why| why.to_string())?;
    told.recv_timeout(patience).unwrap_or_else(|_| Err(format!("no end within {} s", patience.as_secs())))
}

fn take() -> Option<String> {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Keeps what panics say, beside printing it.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            print(info);
            let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
            let words = info.payload_as_str().unwrap_or_default();
            let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
            last.get_or_insert_with(|| format!("panicked at {place}: {words}"));
        }));
    });
}
