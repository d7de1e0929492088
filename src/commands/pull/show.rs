//! What a pull brought home, for people and for programs.

use serde::Serialize;

use super::fresh::Fresh;
use crate::{
    commands::Session,
    github::{
        plan::{Conflict, Item, Plan, SourceChange},
        show,
    },
    io::{Failure, Wire},
    report::{Styled, counted, neutral_json, one_line},
};

/// The version of the JSON. While it stays, no member is taken away or changes its meaning.
const VERSION: u32 = 1;

/// What came of a pull.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) changes: Vec<SourceChange>,
    pub(super) fresh: Vec<Fresh>,
    /// What the rules, or the source itself, refuse: item and why.
    pub(super) refused: Vec<(String, String)>,
    /// How many issues that people opened were not asked for.
    pub(super) unasked: usize,
    /// Whether the source is to be written.
    pub(super) is_source: bool,
    /// Whether the lock is to be written.
    pub(super) is_lock: bool,
}

/// The JSON document.
#[derive(Serialize)]
struct Document<'o> {
    kind: &'static str,
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    repository: &'o str,
    /// Whether something was written.
    written: bool,
    changes: &'o [SourceChange],
    new: &'o [Fresh],
    refused: Vec<Refused<'o>>,
    conflicts: &'o [Conflict],
    notes: &'o [String],
}

#[derive(Serialize)]
struct Refused<'o> {
    item: &'o str,
    why: &'o str,
}

/// Writes the JSON document.
pub(super) fn json(
    session: &Session<'_>,
    outcome: &Outcome,
    left: &Plan,
    written: bool,
) -> Result<(), Failure> {
    let refused = outcome.refused.iter().map(|(item, why)| Refused { item, why }).collect();
    let document = Document {
        kind: "pull",
        version: VERSION,
        tool: "roadbook",
        tool_version: env!("CARGO_PKG_VERSION"),
        repository: &left.repository,
        written,
        changes: &outcome.changes,
        new: &outcome.fresh,
        refused,
        conflicts: &left.conflicts,
        notes: &left.notes,
    };
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    session.io.terminal.out_as(Wire::Json, &(neutral_json(text) + "\n"))
}

/// Tells people what came home, and what is left.
pub(super) fn human(session: &Session<'_>, outcome: &Outcome, left: &Plan) {
    let terminal = session.io.terminal;
    let mut rest = outcome.changes.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|change| change.item == first.item).count();
        let (of_it, others) = rest.split_at(count);
        let fields: Vec<_> = of_it.iter().map(|change| change.field.key()).collect();
        session.say(&format!("  < {}: {}", item(&first.item), fields.join(", ")));
        rest = others;
    }
    for fresh in &outcome.fresh {
        session.say(&format!("  + issue {} from #{}: {}", fresh.id, fresh.number, one_line(&fresh.title)));
    }
    for (item, why) in &outcome.refused {
        terminal.say(&format!("not taken: {item}: {}\n", one_line(why)));
    }
    if !left.conflicts.is_empty() || !left.notes.is_empty() {
        let colour = session.screen().colour;
        let text = show::left(left, colour);
        terminal.say_styled(&Styled::new(text, colour));
    }
    if outcome.unasked > 0 {
        let issues = counted(outcome.unasked, "issue");
        session.say(&format!(
            "people opened {issues} that the source does not have: `roadbook pull --new` takes them in"
        ));
    }
}

/// What an item is called.
pub(super) fn item(item: &Item) -> String {
    match item {
        Item::Label(name) => format!("label {}", one_line(name)),
        Item::Milestone(id) => format!("milestone {id}"),
        Item::Issue(id) => format!("issue {id}"),
    }
}

/// What was done, in a line.
pub(super) fn summary(outcome: &Outcome, repository: &str, is_dry_run: bool) -> String {
    let Outcome { changes, fresh, is_source, is_lock, .. } = outcome;
    let mut parts = Vec::new();
    if !changes.is_empty() {
        parts.push(counted(changes.len(), "value"));
    }
    if !fresh.is_empty() {
        parts.push(counted(fresh.len(), "new issue"));
    }
    let what = parts.join(" and ");
    match (is_source, is_lock, is_dry_run) {
        (false, false, _) if !outcome.refused.is_empty() => {
            "nothing was written: what was changed cannot be taken".to_owned()
        }
        (false, false, _) => {
            format!("nothing to write: the source and the lock are up to date with `{repository}`")
        }
        (false, true, false) => {
            format!("brought the lock up to date with `{repository}`; the source has nothing to take")
        }
        (false, true, true) => {
            format!("the lock would be brought up to date with `{repository}`; nothing was written")
        }
        (true, _, false) => format!("took {what} from `{repository}`"),
        (true, _, true) => format!("{what} would be taken from `{repository}`; nothing was written"),
    }
}
