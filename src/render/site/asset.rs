//! The files that pages load. They are copied as they are; the style sheet holds that of the pictures as well,
//! so that a page loads one, and the colours of the labels.

use std::fmt::Write;

use super::Here;

/// The style sheet, which every page loads.
const STYLE: &str = "assets/site.css";

/// Writes an asset.
pub(super) fn asset(here: &Here<'_>, ix: usize, out: &mut Vec<u8>) {
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

/// A rule for each label whose colour is one: no page may hold a style of its own, so that the colours stand here.
fn label_colours(here: &Here<'_>) -> String {
    let mut rules = String::new();
    for (ix, label) in here.roadmap.labels() {
        let color = label.color.get().map(String::as_str).unwrap_or_default();
        let color = color.strip_prefix('#').unwrap_or(color);
        if color.len() == 6 && color.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let slug = here.places.label_slug(ix).replace('~', "\\~");
            // Writing to a string cannot fail.
            let _ = writeln!(rules, ".{slug}{{--c:#{}}}", color.to_ascii_lowercase());
        }
    }
    rules
}
