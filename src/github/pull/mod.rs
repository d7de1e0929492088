//! What people did in GitHub, as far as a source can say it: the way home.
//!
//! The comparison is the plan's: a field comes home where GitHub alone has changed it since the last apply. What a plan has
//! no word for comes along: ticks, and labels that people put on.

mod extra;
mod lock;
mod opened;

pub(crate) use lock::settled;
pub(crate) use opened::{Opened, opened};

use super::{
    actual::Actual,
    desired::Desired,
    plan::{Options, Plan, Resolution, SourceChange, is_named, plan},
};
use crate::{model::Roadmap, source::Lock};

/// What there is to bring home.
#[derive(Debug, Clone)]
pub(crate) struct Pulled {
    /// Values that the source is to take, by item.
    pub(crate) changes: Vec<SourceChange>,
    /// What is left: conflicts until somebody decides, and notes.
    pub(crate) left: Plan,
}

/// Options under which nothing is written to GitHub: what both sides changed is left.
#[must_use]
pub(crate) fn reading(mut options: Options) -> Options {
    if options.on_conflict.all == Resolution::Fail {
        options.on_conflict.all = Resolution::TheirsAlone;
    }
    options.reads_only = true;
    options
}

/// Finds what people changed in the items of the roadmap.
pub(crate) fn changes(
    roadmap: &Roadmap,
    desired: &Desired,
    actual: &Actual,
    lock: &Lock,
    options: &Options,
) -> Pulled {
    let mut left = plan(desired, actual, lock, options);
    let mut changes = std::mem::take(&mut left.source_changes);
    extra::keep_lost(desired, actual, &mut changes);
    extra::ticks(roadmap, actual, &left.conflicts, &mut changes);
    left.notes.extend(extra::labels(roadmap, desired, actual, lock, &mut changes));
    changes.retain(|change| is_named(&change.item, options));
    // What the source has ahead is for `apply`.
    left.operations.clear();
    left.unmanaged.clear();
    left.records.clear();
    left.estimate = super::plan::Estimate::default();
    left.guard = super::plan::Guard::default();
    Pulled { changes, left }
}
