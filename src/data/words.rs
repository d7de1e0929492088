//! Numbers as people and programs read them, each in one form.

use serde::{Serialize, Serializer};

use crate::{
    model::fields::Said,
    words::{counted, say},
};

/// As much of a commit's name as people need.
pub(crate) fn short_commit(name: &str) -> &str {
    name.get(..9).unwrap_or(name)
}

/// A share, as `36%`.
pub(crate) fn percent(share: usize) -> String {
    format!("{share}%")
}

/// An amount of work, as `1 point` or `2.5 points`.
fn points(points: f64) -> String {
    if points == 1.0 { counted(1, "point") } else { say!("{} points", rounded(points)) }
}

/// A number without needless decimals: `3`, `0.5`.
pub(crate) fn rounded(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}

/// Counts in words, with how many were dropped behind them: `2 of 3 done, 1 dropped`.
pub(crate) fn with_dropped(words: String, dropped: usize) -> String {
    match (dropped, words.is_empty()) {
        (0, _) => words,
        (_, true) => say!("{dropped} dropped", dropped = dropped),
        (_, false) => say!("{words}, {dropped} dropped", words = words, dropped = dropped),
    }
}

/// What an item says of a field, in words.
pub(crate) fn said(said: Said<'_>) -> String {
    match said {
        Said::Text(text) => text.to_owned(),
        Said::Day(day) => day.to_string(),
        Said::When(when) => when.to_string(),
        Said::Points(number) => points(number),
    }
}

/// A number as it was written: `3`, not `3.0`.
pub(super) fn number<S: Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    number.map(|number| Said::Points(number).json()).serialize(to)
}
