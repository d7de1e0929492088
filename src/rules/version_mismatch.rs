//! `version-mismatch`: the committed output is that of another version.

use super::{Example, Rule};
use crate::{
    model::Roadmap,
    report::{Code, Diagnostic},
};

pub(super) const RULE: Rule = Rule {
    code: Code::VersionMismatch,
    summary: "the source is pinned to another version of Roadbook",
    explanation: "`\"roadbook\": \"0.1\"` names the minor version whose output is committed. Another minor may write other \
bytes, so `build` and `check` stop rather than call every file stale, or rewrite them by the way. Use the version that is \
pinned; from an older one `roadbook upgrade` moves on: it changes the pin and builds anew, as one commit to be looked at. Patch releases \
change no output and need nothing.",
    bad: Example::source(r#"{ "roadbook": "0.0", "issues": [{ "id": "A-1", "title": "Build it" }] }"#),
    good: Example::source(r#"{ "roadbook": "0.1", "issues": [{ "id": "A-1", "title": "Build it" }] }"#),
    ..Rule::BLOCKING
};

/// The minor version of this program, as `0.1`.
pub(crate) const MINOR: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// Whether a version is later than this program's.
pub(crate) fn is_later(version: &str) -> bool {
    let parts = |version: &str| -> Option<(u64, u64)> {
        let (major, minor) = version.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    };
    parts(version) > parts(MINOR)
}

/// What stands against `build` and `check`: a pin to another minor version. `upgrade` and the rest do not ask.
pub(crate) fn check_pin(roadmap: &Roadmap) -> Option<Diagnostic> {
    let pinned = roadmap.pinned.as_deref().filter(|pinned| *pinned != MINOR)?;
    let message = format!("the source is pinned to Roadbook {pinned}, and this is {MINOR}");
    let help = match is_later(pinned) {
        true => format!("install Roadbook {pinned} or a later one"),
        false => format!("use Roadbook {pinned}, or run `roadbook upgrade` to move the source to {MINOR}"),
    };
    Some(Diagnostic::new(Code::VersionMismatch, roadmap.head_place("roadbook"), message).help(help))
}
