//! When an edit is over: editors write, rename and remove in several steps, and a checkout touches hundreds of files.

use std::time::Duration;

/// How long it must be quiet.
const QUIET: Duration = Duration::from_millis(50);

/// How long is waited at most while it goes on and on.
const MOST: Duration = Duration::from_millis(500);

/// Changes that have not been looked at yet.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Debounce {
    /// When the first and the last of them came.
    span: Option<(Duration, Duration)>,
}

impl Debounce {
    /// Takes note of a change.
    pub(super) fn changed(&mut self, now: Duration) {
        let first = self.span.map_or(now, |(first, _)| first);
        self.span = Some((first, now));
    }

    /// How long to wait from now on until the changes are looked at: none where that is due; `None` where there are none.
    pub(super) fn wait(&self, now: Duration) -> Option<Duration> {
        let (first, last) = self.span?;
        // A clock that was set back must not make anybody wait for it.
        if now < last {
            return Some(Duration::ZERO);
        }
        Some((last + QUIET).min(first + MOST).saturating_sub(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn an_edit_is_over_when_it_is_quiet() {
        let mut changes = Debounce::default();
        assert_eq!(changes.wait(ms(0)), None);
        changes.changed(ms(1000));
        assert_eq!(changes.wait(ms(1000)), Some(ms(50)));
        changes.changed(ms(1040));
        assert_eq!(changes.wait(ms(1050)), Some(ms(40)));
        assert_eq!(changes.wait(ms(1090)), Some(ms(0)));
        assert_eq!(changes.wait(ms(9000)), Some(ms(0)));
    }

    #[test]
    fn what_never_ends_is_looked_at_all_the_same() {
        let mut changes = Debounce::default();
        (0..60).for_each(|n| changes.changed(ms(1000 + n * 10)));
        assert_eq!(changes.wait(ms(1590)), Some(ms(0)));
        let mut back = Debounce::default();
        back.changed(ms(1000));
        assert_eq!(back.wait(ms(10)), Some(ms(0)));
    }
}
