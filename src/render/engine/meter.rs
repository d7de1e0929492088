//! What a page may cost where a user's template is in it, as a function of what the page shows: no clock is asked.
//!
//! Steps are counted by the calls that [`super::instrument`] puts into the template, and by the filters of
//! [`super::guarded`]. A step is about sixteen bytes of template; it costs more once a long text is at hand, since any of
//! them may go through it.

use std::cell::RefCell;

use tera::{Error, TeraResult, Value};

/// The steps that every page may take, and those for each value and for so many bytes that it is given.
const STEPS: u64 = 1_000_000;
const STEPS_OF_A_VALUE: u64 = 200;
const BYTES_OF_A_STEP: u64 = 16;

/// No page takes more steps than these.
const MOST_STEPS: u64 = 500_000_000;

/// A step costs once more for each of these bytes in the longest text.
const LONG: u64 = 16 << 10;

/// The bytes of a value that a template makes, beside twice what it is given.
const VALUE_BYTES: u64 = 4 << 20;

/// The bytes of a page, beside eight times what it is given.
const PAGE_BYTES: u64 = 64 << 20;

/// How deep lists may lie in lists: dropping one takes the stack of all.
const MOST_DEPTH: usize = 256;

/// What is counted for a value beside its text.
const OF_A_VALUE: u64 = 16;

thread_local! {
    static METER: RefCell<Option<Meter>> = const { RefCell::new(None) };
}

/// How large a value is. What is in it twice counts twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    values: u64,
    bytes: u64,
    longest: u64,
}

/// What a page has left.
#[derive(Debug)]
struct Meter {
    given: Size,
    left: u64,
    longest: u64,
    /// The limit that was passed.
    passed: Option<String>,
}

impl Size {
    /// The size of a value, as far as it does not pass `most` bytes; `None` where it lies too deep.
    fn add(&mut self, value: &Value, most: u64, depth: usize) -> Option<()> {
        self.values += 1;
        let length = value.as_str().map_or(0, |text| u64::try_from(text.len()).unwrap_or(u64::MAX));
        self.bytes += length + OF_A_VALUE;
        self.longest = self.longest.max(length);
        if depth == MOST_DEPTH {
            return None;
        }
        let mut inside = value.as_array().unwrap_or_default().iter();
        let mut members = value.as_map().into_iter().flat_map(|members| members.values());
        while self.bytes <= most
            && let Some(value) = inside.next().or_else(|| members.next())
        {
            self.add(value, most, depth + 1)?;
        }
        Some(())
    }

    /// The size of what a page is given.
    pub(super) fn of(given: &Value) -> Self {
        let mut size = Self::default();
        // What a source holds lies as deep as JSON is read.
        let _ = size.add(given, u64::MAX, 0);
        size
    }

    /// Both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            values: self.values + other.values,
            bytes: self.bytes + other.bytes,
            longest: self.longest.max(other.longest),
        }
    }

    /// The limit of the bytes of its page, in words: the same for all pages.
    pub(super) fn page_limit() -> String {
        format!("{} MiB of text and eight times what the page shows", PAGE_BYTES >> 20)
    }

    /// How many bytes its page may have.
    pub(super) fn page_bytes(self) -> usize {
        usize::try_from(PAGE_BYTES + 8 * self.bytes).unwrap_or(usize::MAX)
    }

    fn value_bytes(self) -> u64 {
        VALUE_BYTES + 2 * self.bytes
    }

    fn steps(self) -> u64 {
        let own = self.values.saturating_mul(STEPS_OF_A_VALUE) + self.bytes / BYTES_OF_A_STEP;
        (STEPS + own).min(MOST_STEPS)
    }
}

/// Does something that may cost what a page of this size may; tells the limit that it passed.
pub(super) fn metered<T>(given: Size, work: impl FnOnce() -> T) -> (T, Option<String>) {
    let meter = Meter { given, left: given.steps(), longest: given.longest, passed: None };
    let before = METER.replace(Some(meter));
    let done = work();
    let meter = METER.replace(before);
    (done, meter.and_then(|meter| meter.passed))
}

/// Counts steps.
pub(super) fn step(steps: u64) -> TeraResult<()> {
    METER.with_borrow_mut(|meter| {
        meter.as_mut().map_or(Ok(()), |meter| meter.step(steps, 1 + meter.longest / LONG))
    })
}

/// Counts bytes that are written or made, before they are.
pub(super) fn bytes(bytes: usize) -> TeraResult<()> {
    room(bytes)?;
    let steps = 1 + u64::try_from(bytes).unwrap_or(u64::MAX) / (4 * BYTES_OF_A_STEP);
    METER.with_borrow_mut(|meter| meter.as_mut().map_or(Ok(()), |meter| meter.step(steps, 1)))
}

/// Whether a text of so many bytes may be made.
pub(super) fn room(bytes: usize) -> TeraResult<()> {
    METER.with_borrow_mut(|meter| match meter.as_mut() {
        Some(meter) if u64::try_from(bytes).unwrap_or(u64::MAX) > meter.given.value_bytes() => {
            meter.pass(format!("a text of {} MiB and twice what the page shows", VALUE_BYTES >> 20))
        }
        _ => Ok(()),
    })
}

/// Counts a value that was made.
pub(super) fn weigh(value: &Value) -> TeraResult<()> {
    METER.with_borrow_mut(|meter| {
        let Some(meter) = meter.as_mut() else { return Ok(()) };
        let most = meter.given.value_bytes();
        let mut size = Size::default();
        if size.add(value, most, 0).is_none() {
            return meter.pass(format!("{MOST_DEPTH} lists in one another"));
        }
        if size.bytes > most {
            return meter.pass(format!("a value of {} MiB and twice what the page shows", VALUE_BYTES >> 20));
        }
        // A choice of what was given costs as little as that.
        let made = size.values.saturating_sub(meter.given.values) * OF_A_VALUE;
        meter.longest = meter.longest.max(size.longest).max(made);
        meter.step(1 + size.bytes / (4 * BYTES_OF_A_STEP), 1)
    })
}

impl Meter {
    fn step(&mut self, steps: u64, price: u64) -> TeraResult<()> {
        match self.left.checked_sub(steps.saturating_mul(price)) {
            Some(left) => self.left = left,
            None => {
                let limit =
                    format!("{STEPS} steps and {STEPS_OF_A_VALUE} for each value that the page shows");
                return self.pass(limit);
            }
        }
        Ok(())
    }

    fn pass(&mut self, limit: String) -> TeraResult<()> {
        self.left = 0;
        let passed = self.passed.get_or_insert(limit);
        Err(Error::message(format!("it passes the limit of {passed}")))
    }
}
