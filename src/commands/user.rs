//! Whose issues `--mine` means.

use std::{ffi::OsStr, path::Path};

use crate::io::{Failure, FailureKind, Io};

/// The GitHub login of whoever runs this: `ROADBOOK_USER`, else git's `github.user`.
///
/// # Errors
/// Where neither says.
pub(super) fn me(io: &Io<'_>, folder: &Path) -> Result<String, Failure> {
    let login = match io.process.variable("ROADBOOK_USER") {
        Some(login) => Some(login),
        None => configured(io, folder)?,
    };
    let login = login.map(|login| login.trim().trim_start_matches('@').to_owned());
    login.filter(|login| !login.is_empty()).ok_or_else(|| {
        Failure::new(FailureKind::Usage, "`--mine` does not know who you are")
            .help("set `ROADBOOK_USER` to your GitHub login, or run `git config --global github.user LOGIN`")
    })
}

fn configured(io: &Io<'_>, folder: &Path) -> Result<Option<String>, Failure> {
    let args = ["config", "--get", "github.user"].map(OsStr::new);
    let said = io.process.run("git", &args, folder)?;
    Ok(said.filter(|said| said.success).and_then(|said| String::from_utf8(said.stdout).ok()))
}
