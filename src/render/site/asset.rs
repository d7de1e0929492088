//! The files that pages load. They are copied as they are; the style sheet holds that of the pictures as well,
//! so that a page loads one, and the colours of the labels.

use std::fmt::Write;

use super::{PageContext, grouping};
use crate::model::LabelIx;

/// The style sheet, which every page loads.
const STYLE: &str = "assets/site.css";

/// Writes an asset.
pub(super) fn asset(here: &PageContext<'_>, ix: usize, out: &mut Vec<u8>) {
    let Some((name, text)) = here.renderer.engine.assets().nth(ix) else { return };
    let mut copy = |text: &str| out.extend(text.bytes().filter(|byte| *byte != b'\r'));
    if name == STYLE {
        copy(here.renderer.engine.picture_style());
        copy(text);
        copy(&label_colours(here));
    } else {
        copy(text);
    }
}

/// How many colours labels without one take in turn, and how many shades those of an order.
const COLOURS: (usize, usize) = (8, 4);

/// A rule for each label: no page may hold a style of its own, so that the colours stand here. One without a colour gets that of
/// its place in its group.
fn label_colours(here: &PageContext<'_>) -> String {
    let mut rules = String::new();
    let mut places = vec![String::new(); here.roadmap.labels.len()];
    for group in &here.roadmap.groups {
        let ramp = grouping::is_ramp(&group.prefix);
        // Those that stand in one bar are told apart first.
        let mut order = grouping::in_order(here.roadmap, group);
        let known = here.known().groups.iter().find(|known| known.prefix.eq_ignore_ascii_case(&group.prefix));
        let in_bars = |label: &LabelIx| {
            known.is_some_and(|known| known.slots.iter().any(|slot| slot.label == Some(*label)))
        };
        order.sort_by_key(|label| !in_bars(label));
        for (place, label) in order.into_iter().enumerate() {
            places[label.0] = match ramp {
                true => format!("o{}", place.min(COLOURS.1 - 1) + 1),
                false => format!("c{}", place % COLOURS.0 + 1),
            };
        }
    }
    for (ix, label) in here.roadmap.labels() {
        let slug = here.places.label_slug(ix).replace('~', "\\~");
        let color = label.color.get().map(String::as_str).unwrap_or_default();
        let color = color.strip_prefix('#').unwrap_or(color);
        if color.len() == 6 && color.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            // Writing to a string cannot fail.
            let _ = writeln!(rules, ".{slug}{{--c:#{}}}", color.to_ascii_lowercase());
        } else {
            let _ = writeln!(rules, ".{slug}{{--c:var(--{})}}", places[ix.0]);
        }
    }
    rules
}
