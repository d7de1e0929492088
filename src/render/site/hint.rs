//! What a roadmap lacks that would say more, and the keys that give it; `site.hints: false` leaves it out.

use serde::Serialize;

use super::{PageContext, known::Extent};
use crate::words::{self, say, word};

/// What a page lacks, and the keys that give it: what the component `hint` may know.
#[derive(Debug, Serialize)]
pub(super) struct Hint {
    says: String,
    keys: Vec<Key>,
}

/// A key of the source or a command.
#[derive(Debug, Clone, Copy, Serialize)]
struct Key {
    code: &'static str,
    #[serde(serialize_with = "words::serialize")]
    does: &'static str,
}

/// What draws the timeline.
const DAYS: Key = Key { code: "due_on", does: word!("draws the timeline") };

impl Hint {
    /// All that the roadmap lacks; `None` where it lacks nothing.
    pub(super) fn of_roadmap(here: &PageContext<'_>) -> Option<Self> {
        let known = here.known();
        if !is_hinted(here) {
            return None;
        }
        let lacks: Vec<_> = [
            (
                known.states == Extent::None,
                word!("states"),
                Key { code: "roadbook snapshot", does: word!("brings states from GitHub") },
            ),
            (!known.days, days(here), DAYS),
            (
                !here.facts.waits,
                word!("dependencies"),
                Key { code: "blocked_by", does: word!("says what can begin") },
            ),
        ]
        .into_iter()
        .filter(|(lacks, ..)| *lacks)
        .collect();
        let (last, others) = lacks.split_last()?;
        let others: Vec<_> = others.iter().map(|(_, name, _)| words::of(name)).collect();
        let names = if others.is_empty() {
            words::of(last.1).into_owned()
        } else {
            say!("{} or {}", others.join(", "), words::of(last.1))
        };
        Some(Self {
            says: say!("This roadmap gives no {names}.", names = names),
            keys: lacks.into_iter().map(|(_, _, key)| key).collect(),
        })
    }

    /// That no day is given, where none is.
    pub(super) fn of_days(here: &PageContext<'_>) -> Option<Self> {
        (!here.known().days && is_hinted(here)).then(|| Self {
            says: say!("This roadmap gives no {}.", words::of(days(here))),
            keys: vec![DAYS],
        })
    }
}

/// What is not given where nothing has a day on which it begins or is due: those on which issues were closed are days as well.
fn days(here: &PageContext<'_>) -> &'static str {
    let is_closed_on = here.roadmap.issues.iter().any(|issue| issue.closed_on.is_some());
    if is_closed_on { word!("start or due days") } else { word!("days") }
}

/// Whether pages name the keys that they lack.
fn is_hinted(here: &PageContext<'_>) -> bool {
    here.roadmap.site.hints != Some(false)
}
