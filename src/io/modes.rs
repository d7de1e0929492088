//! The permissions of what is made: what the umask leaves of those that git gives. The kernel applies the umask; it is the
//! whole process's, so nothing here changes it or asks for it.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{fs, io, path::Path};

use tempfile::Builder;

/// A temporary file that is to take a place: with the permissions of the file there, or else of a new one. No file is open
/// to more people while it is written than when it is done.
#[cfg(unix)]
pub(super) fn beside<'a>(prefix: &'a str, old: Option<&fs::Metadata>) -> Builder<'a, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mode = old.map_or(0o666, |old| old.permissions().mode() & 0o777);
    let mut builder = Builder::new();
    // Its owner can write it in any case, or nobody could.
    builder.prefix(prefix).permissions(fs::Permissions::from_mode(mode | 0o600));
    builder
}

#[cfg(not(unix))]
pub(super) fn beside<'a>(prefix: &'a str, _: Option<&fs::Metadata>) -> Builder<'a, 'static> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    builder
}

/// Gives a file the permissions of the one that it is to replace, exactly.
#[cfg(unix)]
pub(super) fn keep(path: &Path, old: Option<&fs::Metadata>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match old {
        // What would run as another user was said of the old bytes.
        Some(old) => fs::set_permissions(path, fs::Permissions::from_mode(old.permissions().mode() & 0o777)),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn keep(_: &Path, _: Option<&fs::Metadata>) -> io::Result<()> {
    Ok(())
}

/// A new folder.
pub(super) fn folder(prefix: &str) -> Builder<'_, 'static> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder
}

/// A new folder that is nobody else's to look into, whatever the umask: it lies where everybody's do.
pub(super) fn private_folder(prefix: &str) -> Builder<'_, 'static> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder
}

/// Lets a file be run by all who may read it.
#[cfg(unix)]
pub(super) fn let_run(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_mode(permissions.mode() | (permissions.mode() & 0o444) >> 2);
    fs::set_permissions(path, permissions)
}
