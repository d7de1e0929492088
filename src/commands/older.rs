//! An older SUMMARY.md as a source of what the JSON does not say: what would be left of its lines once the JSON says it.

use std::sync::Arc;

use super::documents::is_summary;
use crate::{
    import::{self, Imported, Target, Text},
    inputs,
    io::{Failure, Io},
    output::Tree,
    render::{PagePath, Renderer},
    report::Report,
    rules,
    source::Found,
};

/// What the source and its SUMMARY.md would say with all of it; `None` where the document tells no roadmap, or its words
/// would break the source.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn filled(io: &Io<'_>, found: &Found, path: &Arc<str>) -> Result<Option<Imported>, Failure> {
    let tree = Tree { files: io.files, root: &found.root };
    let read = |path: &str| {
        let bytes = tree.read(&PagePath::new(path))?;
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map(Arc::<str>::from))
    };
    let [json] = &*found.files else { return Ok(None) };
    if !is_summary(path) {
        return Ok(None);
    }
    let (Some(said), Some(text)) = (read(path)?, read(json)?) else { return Ok(None) };
    let Some(overrides) = inputs::read_overrides(io, found, &mut Report::default())? else {
        return Ok(None);
    };
    let document = Text { name: Arc::clone(path), text: said };
    let target = Target { name: Arc::clone(json), text: Some(text), overrides };
    let imported = import::document(&document, &target).ok();
    Ok(imported.filter(|imported| !rules::blocks(&imported.report)))
}

/// The summary as it will be once the JSON says what only an older one says; without such, as it is made now.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn summary(io: &Io<'_>, found: &Found, renderer: &Renderer) -> Result<Option<String>, Failure> {
    let Some(path) = renderer.places.summary.as_ref() else { return Ok(None) };
    let older = filled(io, found, &path.as_str().into())?;
    if let Some(summary) = older.and_then(|imported| imported.summary) {
        return Ok(Some(summary));
    }
    let mut bytes = Vec::new();
    Ok(renderer.plain_summary(path, &mut bytes).is_ok().then(|| String::from_utf8_lossy(&bytes).into_owned()))
}
