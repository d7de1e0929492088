//! The users' templates beside the JSON.

use std::sync::Arc;

use crate::{
    io::{Failure, Io, Limit},
    render::{KEPT, Override},
    report::Report,
    source::{Counted, Found, TEMPLATES, gone, joined, not_text},
};

/// Reads the users' templates beside the JSON; `None` where one of them is not text, which the report says.
///
/// # Errors
/// Where one cannot be read.
pub(crate) fn read_overrides(
    io: &Io<'_>,
    found: &Found,
    report: &mut Report,
) -> Result<Option<Vec<Override>>, Failure> {
    if found.stdin {
        return Ok(Some(Vec::new()));
    }
    let folder = joined(&found.base, TEMPLATES);
    let mut overrides = Vec::new();
    let names = io.files.walk_inside(&found.root, &found.root.join(&folder))?;
    if names.is_empty() {
        return Ok(Some(overrides));
    }
    let counted = Counted::new(io.files, found)?;
    for name in names.into_iter().filter(|name| !name.ends_with(KEPT)) {
        let file: Arc<str> = joined(&folder, &name).into();
        if !counted.file(&file) {
            continue;
        }
        let path = found.root.join(&*file);
        let bytes = io.files.read_inside(&found.root, &path, Limit::Template)?.ok_or_else(|| gone(&path))?;
        match String::from_utf8(bytes) {
            Ok(text) => overrides.push(Override { name, file, text }),
            Err(error) => {
                report.push(not_text(file, &error));
                return Ok(None);
            }
        }
    }
    Ok(Some(overrides))
}
