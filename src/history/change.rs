//! One change of one item: what it is, and the words for it.

use crate::words::{self, say, word};
use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    data::v1::Kind,
    facts::Slip,
    model::{Day, When, fields::ISSUE},
    source::schema::StateReason,
};

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Change {
    /// What kind of item.
    pub(crate) kind: Kind,
    /// Its id, of a label its name; as it is now, of what was dropped as it was.
    pub(crate) id: String,
    /// Its title, with the id that it may begin with; `null` for a label.
    pub(crate) title: Option<String>,
    /// The same without the id, which is what people read; empty for a label.
    #[serde(skip)]
    pub(crate) short_title: String,
    /// Whether it is kept out of the site, before or after.
    pub(crate) internal: bool,
    /// What happened to it.
    #[serde(flatten)]
    pub(crate) what: What,
}

/// What happened to an item.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub(crate) enum What {
    /// Its due date moved: later where `days` is above 0.
    Rescheduled {
        /// The day before, as it was written; `null` where there was none.
        from: Option<When>,
        /// The day after, as it is written; `null` where there is none any more.
        to: Option<When>,
        /// By how many days it moved, from last day to last day; `null` where there was or is none, or one of them is `later`.
        days: Option<i64>,
    },
    /// Its planned start moved.
    Restarted {
        /// The day before, as it was written; `null` where there was none.
        from: Option<When>,
        /// The day after, as it is written; `null` where there is none any more.
        to: Option<When>,
    },
    /// It was closed; or it was before, as done or as dropped, and now it is the other.
    Closed {
        /// The day that is stated for it.
        on: Option<Day>,
        /// Why.
        reason: Option<StateReason>,
    },
    /// It was opened again.
    Reopened,
    /// It is new.
    Added {
        /// The milestone that it belongs to.
        milestone: Option<String>,
    },
    /// It is no longer there.
    Dropped {
        /// The milestone that it belonged to.
        milestone: Option<String>,
    },
    /// It belongs to another milestone.
    Moved {
        /// The one before.
        from: Option<String>,
        /// The one after.
        to: Option<String>,
    },
    /// Its id, its title or a label's name is another.
    Renamed {
        /// The id or name before, where it is another.
        from_id: Option<String>,
        /// The title before, where it is another.
        from_title: Option<String>,
    },
    /// What is to be done, or how much it is, is another.
    #[serde(rename = "re-scoped")]
    Rescoped {
        /// Fields that differ.
        fields: Vec<FieldChange>,
        /// Texts that differ: ticks in their boxes apart.
        texts: Vec<TextChange>,
        /// The issue that it was and is a part of, where they differ.
        parent: Option<(Option<String>, Option<String>)>,
    },
    /// It waits for others than before.
    Dependencies(Difference),
    /// Others answer for it.
    People(Difference),
    /// It has other labels.
    Labels(Difference),
}

/// What a set gained and lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Difference {
    /// What is in it now.
    pub(crate) added: Vec<String>,
    /// What was in it.
    pub(crate) removed: Vec<String>,
}

/// A field with another value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FieldChange {
    /// Its key.
    pub(crate) field: &'static str,
    /// The value before; `null` where there was none.
    pub(crate) from: Option<Value>,
    /// The value after; `null` where there is none any more.
    pub(crate) to: Option<Value>,
}

/// A text that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct TextChange {
    /// The field that holds it.
    pub(crate) field: &'static str,
    /// How many lines are new.
    pub(crate) added_lines: usize,
    /// How many lines are gone.
    pub(crate) removed_lines: usize,
}

/// What changes are put together by; in the order in which they matter to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Group {
    /// It is due later.
    Slipped,
    /// It was closed.
    Closed,
    /// It was opened again.
    Reopened,
    /// It is new.
    Added,
    /// It is gone.
    Dropped,
    /// It belongs to another milestone.
    Moved,
    /// It is due sooner, or has or lacks a due date for the first time; or its planned start moved.
    Rescheduled,
    /// What is to be done is another.
    #[serde(rename = "re-scoped")]
    Rescoped,
    /// It waits for others.
    Dependencies,
    /// It is called otherwise.
    Renamed,
    /// Others answer for it.
    People,
    /// It has other labels.
    Labels,
}

impl Group {
    /// All of them in their order.
    pub(crate) const ALL: [Self; 12] = [
        Self::Slipped,
        Self::Closed,
        Self::Reopened,
        Self::Added,
        Self::Dropped,
        Self::Moved,
        Self::Rescheduled,
        Self::Rescoped,
        Self::Dependencies,
        Self::Renamed,
        Self::People,
        Self::Labels,
    ];

    /// What a line of it begins with, and the class that gives it its shape and colour.
    pub(super) fn head(self) -> (&'static str, &'static str) {
        match self {
            Self::Slipped => (word!("Slipped"), "at-risk"),
            Self::Closed => (word!("Closed"), "done"),
            Self::Reopened => (word!("Reopened"), "at-risk"),
            Self::Added => (word!("Added"), "ready"),
            Self::Dropped => (word!("Dropped"), "blocked"),
            Self::Moved => (word!("Moved"), "open"),
            Self::Rescheduled => (word!("Rescheduled"), "open"),
            Self::Rescoped => (word!("Re-scoped"), "open"),
            Self::Dependencies => (word!("Waits"), "open"),
            Self::Renamed => (word!("Renamed"), "open"),
            Self::People => (word!("People"), "open"),
            Self::Labels => (word!("Labels"), "open"),
        }
    }

    /// The word for it, as `slipped`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Slipped => word!("slipped"),
            Self::Closed => word!("closed"),
            Self::Reopened => word!("reopened"),
            Self::Added => word!("added"),
            Self::Dropped => word!("dropped"),
            Self::Moved => word!("moved"),
            Self::Rescheduled => word!("rescheduled"),
            Self::Rescoped => word!("re-scoped"),
            Self::Dependencies => word!("dependencies"),
            Self::Renamed => word!("renamed"),
            Self::People => word!("people"),
            Self::Labels => word!("labels"),
        }
    }
}

impl Change {
    /// What it is put together with.
    pub(crate) fn group(&self) -> Group {
        match &self.what {
            What::Rescheduled { days: Some(days), .. } if *days > 0 => Group::Slipped,
            What::Rescheduled { .. } | What::Restarted { .. } => Group::Rescheduled,
            What::Closed { .. } => Group::Closed,
            What::Reopened => Group::Reopened,
            What::Added { .. } => Group::Added,
            What::Dropped { .. } => Group::Dropped,
            What::Moved { .. } => Group::Moved,
            What::Renamed { .. } => Group::Renamed,
            What::Rescoped { .. } => Group::Rescoped,
            What::Dependencies(_) => Group::Dependencies,
            What::People(_) => Group::People,
            What::Labels(_) => Group::Labels,
        }
    }

    /// What happened, in plain words that stand behind the item's name; the values in them are the users' own.
    pub(crate) fn words(&self) -> String {
        match &self.what {
            What::Rescheduled { from, to, .. } => rescheduled(*from, *to),
            What::Restarted { from, to } => {
                let day = |of: &Option<When>| of.map(|day| day.to_string());
                turned(&say!("start date"), day(from).as_deref(), day(to).as_deref())
            }
            What::Closed { on, reason } => closed(*on, *reason),
            What::Reopened => say!("open again"),
            What::Added { milestone: Some(milestone) } => say!("new in {milestone}", milestone = milestone),
            What::Added { milestone: None } => say!("new"),
            What::Dropped { milestone: Some(milestone) } => say!("was in {milestone}", milestone = milestone),
            What::Dropped { milestone: None } => say!("no longer there"),
            What::Moved { from, to } => turned(&say!("milestone"), from.as_deref(), to.as_deref()),
            What::Renamed { from_id, from_title } => renamed(from_id.as_deref(), from_title.as_deref()),
            What::Rescoped { fields, texts, parent } => {
                let fields = fields.iter().map(field_change);
                let parent = parent
                    .as_ref()
                    .map(|(from, to)| turned(&say!("part of"), from.as_deref(), to.as_deref()));
                let texts = texts.iter().map(text_change);
                fields.chain(parent).chain(texts).collect::<Vec<_>>().join(", ")
            }
            What::Dependencies(difference) => waits(difference),
            What::People(difference) | What::Labels(difference) => signed(difference),
        }
    }
}

fn rescheduled(from: Option<When>, to: Option<When>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if to.is_later() => {
            say!("no due date any more: {from} → {to}", from = from, to = to)
        }
        (Some(from), Some(to)) if from.is_later() => {
            say!("due date given: {from} → {to}", from = from, to = to)
        }
        (Some(from), Some(to)) => match Slip::between(from, to) {
            Some(slip) => format!("{}: {from} → {to}", slip.words()),
            None => say!("due on the same last day: {from} → {to}", from = from, to = to),
        },
        (None, Some(to)) => say!("now due {}", to.on()),
        (Some(from), None) => say!("no due date any more, it was {from}", from = from),
        (None, None) => say!("due date"),
    }
}

fn closed(on: Option<Day>, reason: Option<StateReason>) -> String {
    let how = match reason {
        Some(StateReason::NotPlanned) => say!("as not planned"),
        Some(StateReason::Duplicate) => say!("as a duplicate"),
        Some(StateReason::Completed | StateReason::Reopened) | None => say!("done"),
    };
    on.map_or_else(|| how.clone(), |day| say!("{how} on {day}", how = how, day = day))
}

fn renamed(id: Option<&str>, title: Option<&str>) -> String {
    match (id, title) {
        (Some(id), Some(title)) => say!("was {id} “{title}”", id = id, title = title),
        (Some(name), None) => say!("was {name}", name = name),
        (None, Some(title)) => say!("was “{title}”", title = title),
        (None, None) => String::new(),
    }
}

/// `estimate 3 → 5`; what was or is nothing is a dash.
fn turned(field: &str, from: Option<&str>, to: Option<&str>) -> String {
    format!("{field} {} → {}", from.unwrap_or("—"), to.unwrap_or("—"))
}

fn field_change(change: &FieldChange) -> String {
    let name = ISSUE.iter().find(|field| field.key == change.field).map_or("", |field| field.name);
    let words = |value: &Option<Value>| {
        value.as_ref().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    turned(&words::of(name), words(&change.from).as_deref(), words(&change.to).as_deref())
}

fn text_change(change: &TextChange) -> String {
    let TextChange { field, added_lines, removed_lines } = change;
    let words = |count: &usize, sign| (*count > 0).then(|| format!("{sign}{count}"));
    let counts: Vec<_> = [words(added_lines, '+'), words(removed_lines, '−')].into_iter().flatten().collect();
    let lines = if added_lines.max(removed_lines) == &1 { say!("line") } else { say!("lines") };
    format!("{field} {} {lines}", counts.join(" "))
}

fn waits(difference: &Difference) -> String {
    let list =
        |names: &[String], begin: &str| (!names.is_empty()).then(|| format!("{begin} {}", some(names)));
    let parts =
        [list(&difference.added, &say!("waits for")), list(&difference.removed, &say!("no longer for"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn signed(difference: &Difference) -> String {
    let sign = |names: &[String], sign: &str| -> Vec<String> {
        names.iter().take(MOST_NAMES).map(|name| format!("{sign}{name}")).collect()
    };
    let mut words = [sign(&difference.added, "+"), sign(&difference.removed, "−")].concat();
    let rest = difference.added.len() + difference.removed.len() - words.len();
    words.extend((rest > 0).then(|| say!("and {rest} more", rest = rest)));
    words.join(" ")
}

/// How many names are said of a list.
const MOST_NAMES: usize = 8;

fn some(names: &[String]) -> Cow<'_, str> {
    let shown = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown.into(),
        rest => say!("{shown} and {rest} more", shown = shown, rest = rest).into(),
    }
}
