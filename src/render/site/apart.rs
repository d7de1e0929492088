//! What is made once, on several threads.

use std::sync::OnceLock;

/// What a lock holds, else what is made on several threads while nobody holds it: a thread that waits for the others may be given a
/// page to make, which asks for the same.
pub(super) fn made_apart<T>(lock: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    match lock.get() {
        Some(made) => made,
        None => {
            let made = make();
            lock.get_or_init(|| made)
        }
    }
}
