//! How an item was found in GitHub.

use serde::{Deserialize, Serialize};

/// How an item was found in GitHub, in the order in which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Found {
    /// The lock knows it.
    Lock,
    /// Its body has the marker.
    Marker,
    /// Its title begins with the id, or is the milestone's or the label's own.
    Title,
    /// It has a former title or name.
    Was,
}
