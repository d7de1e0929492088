//! Task boxes: whether one is ticked is people's, in GitHub.

use std::collections::BTreeMap;

use crate::markdown::read;

/// The text with every box unticked.
pub(crate) fn unticked(text: &str) -> String {
    if text.contains("[x]") || text.contains("[X]") {
        with_boxes(text, |_| Some(false))
    } else {
        text.to_owned()
    }
}

/// Our text with the ticks of theirs: a box is the one with the same words, of several the one at the same place among
/// them. A box that theirs does not have stays as ours writes it.
pub(crate) fn carried(ours: &str, theirs: &str) -> String {
    let mut ticks = BTreeMap::<String, Vec<bool>>::new();
    for task in read::read(theirs).tasks {
        ticks.entry(task.text).or_default().push(task.done);
    }
    if ticks.is_empty() {
        return ours.to_owned();
    }
    ticks.values_mut().for_each(|ticks| ticks.reverse());
    with_boxes(ours, |words| ticks.get_mut(words)?.pop())
}

/// The text with each box as `tick` says of its words; `None` leaves it.
fn with_boxes(text: &str, mut tick: impl FnMut(&str) -> Option<bool>) -> String {
    let mut new = text.to_owned();
    for task in read::read(text).tasks {
        if let Some(done) = tick(&task.text).filter(|done| *done != task.done) {
            new.replace_range(task.range, if done { "[x]" } else { "[ ]" });
        }
    }
    new
}
