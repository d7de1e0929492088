//! Numbers as people and programs read them, each in one form.

use crate::words::{counted, say};
use serde::Serializer;

/// As much of a commit's name as people need.
pub fn short_commit(name: &str) -> &str {
    name.get(..9).unwrap_or(name)
}

/// A share, as `36%`.
pub fn percent(share: usize) -> String {
    format!("{share}%")
}

/// An amount of work, as `1 point` or `2.5 points`.
pub fn points(points: f64) -> String {
    if points == 1.0 { counted(1, "point") } else { say!("{} points", rounded(points)) }
}

/// A number without needless decimals: `3`, `0.5`.
pub fn rounded(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}

/// Counts in words, with how many were dropped behind them: `2 of 3 done, 1 dropped`.
pub fn with_dropped(words: String, dropped: usize) -> String {
    match (dropped, words.is_empty()) {
        (0, _) => words,
        (_, true) => say!("{dropped} dropped", dropped = dropped),
        (_, false) => say!("{words}, {dropped} dropped", words = words, dropped = dropped),
    }
}

/// A number as it was written: `3`, not `3.0`.
pub(super) fn number<S: Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    // Beyond 2^53 a number of JSON holds no fractions, and programs read it with an exponent.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    match number {
        Some(whole) if whole.fract() == 0.0 && whole.abs() < WHOLE => to.serialize_i64(*whole as i64),
        Some(number) => to.serialize_f64(*number),
        None => to.serialize_none(),
    }
}
