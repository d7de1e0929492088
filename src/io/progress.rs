//! How far something has come that takes more than a moment, for whoever watches a terminal.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::{Clock, Io, Terminal};

/// After how long something is told of at all, and how often from then on, in milliseconds.
const PATIENCE: u64 = 1_000;
const OFTEN: u64 = 100;

/// How far something has come, in a line that goes away at the end.
pub(crate) struct Progress<'a> {
    /// Who is told; nobody where that is not wanted.
    world: Option<(&'a dyn Terminal, &'a dyn Clock)>,
    begun: u64,
    /// When the last line was shown, in milliseconds since the beginning; 0 where none was.
    shown: AtomicU64,
    /// How many of it are done.
    done: AtomicUsize,
}

impl<'a> Progress<'a> {
    /// Begins something.
    pub(crate) fn new(io: &Io<'a>, is_quiet: bool) -> Self {
        Self::of((!is_quiet).then_some((io.terminal, io.clock)))
    }

    /// The same for who is told, if anybody is.
    pub(crate) fn of(world: Option<(&'a dyn Terminal, &'a dyn Clock)>) -> Self {
        let begun = world.map_or(0, |(_, clock)| now(clock));
        Self { world, begun, shown: AtomicU64::new(0), done: AtomicUsize::new(0) }
    }

    /// Counts one more, as `writing page 3 of 12`.
    pub(crate) fn count(&self, doing: &str, total: usize) {
        let number = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.tell(|| format!("{doing} {number} of {total}"));
    }

    /// Shows a line, where that is not too often.
    pub(crate) fn tell(&self, line: impl FnOnce() -> String) {
        let Some((terminal, clock)) = self.world else { return };
        let (time, last) = (now(clock).saturating_sub(self.begun), self.shown.load(Ordering::Relaxed));
        let is_due = time >= PATIENCE && (last == 0 || time >= last + OFTEN);
        if is_due && self.shown.compare_exchange(last, time, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            terminal.progress(&line());
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let (Some((terminal, _)), 1..) = (self.world, *self.shown.get_mut()) {
            terminal.progress("");
        }
    }
}

fn now(clock: &dyn Clock) -> u64 {
    clock.now().as_millis().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::{sync::Mutex, time::Duration};

    use super::*;
    use crate::{io::Failure, model::Day};

    /// A clock that goes on by so many milliseconds each time that it is looked at.
    struct Steps(u64, AtomicU64);

    impl Clock for Steps {
        fn today(&self) -> Result<Day, Failure> {
            Ok(Day::FIRST)
        }

        fn now(&self) -> Duration {
            Duration::from_millis(self.1.fetch_add(self.0, Ordering::Relaxed))
        }

        fn sleep(&self, _: Duration) {}
    }

    #[derive(Default)]
    struct Kept(Mutex<Vec<String>>);

    impl Terminal for Kept {
        fn out(&self, _: &str) -> Result<(), Failure> {
            Ok(())
        }

        fn say(&self, _: &str) {}

        fn is_coloured(&self) -> bool {
            false
        }

        fn progress(&self, line: &str) {
            self.0.lock().expect("nobody else").push(line.to_owned());
        }

        fn input(&self) -> Result<Vec<u8>, Failure> {
            Ok(Vec::new())
        }
    }

    fn told(step: u64, is_quiet: bool) -> Vec<String> {
        let (clock, terminal) = (Steps(step, AtomicU64::new(0)), Kept::default());
        let world = (!is_quiet).then_some((&terminal as &dyn Terminal, &clock as &dyn Clock));
        let progress = Progress::of(world);
        (0..40).for_each(|_| progress.count("writing page", 40));
        drop(progress);
        terminal.0.into_inner().expect("nobody else")
    }

    #[test]
    fn what_takes_a_second_is_told_of_now_and_then_and_goes_away() {
        assert_eq!(told(20, false), [] as [&str; 0], "what takes less");
        assert_eq!(told(400, true), [] as [&str; 0], "nobody wants to know");
        let all = told(50, false);
        assert_eq!(all.first().map(String::as_str), Some("writing page 20 of 40"));
        assert_eq!(all.last().map(String::as_str), Some(""));
        assert_eq!(all.len(), 12, "{all:?}");
    }
}
