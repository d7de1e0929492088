//! Numbers of days in words.

use crate::words::counted;

/// `1 day`, `6 days`.
pub(crate) fn days_words(days: i64) -> String {
    counted(days as usize, "day")
}
