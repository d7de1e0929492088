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

/// Gives a file the permissions of the one at `target` that it is to replace, exactly; and its owner, and what else belongs to
/// it, as far as the system lets us.
#[cfg(unix)]
pub(super) fn keep(path: &Path, target: &Path, old: Option<&fs::Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let Some(old) = old else { return Ok(()) };
    let new = fs::metadata(path)?;
    if new.uid() != old.uid() || new.gid() != old.gid() {
        // Who may not give a file away may still give it to a group.
        let _ = chown(path, Some(old.uid()), Some(old.gid())).or_else(|_| chown(path, None, Some(old.gid())));
    }
    // What would run as another user was said of the old bytes.
    let mode = old.permissions().mode() & 0o777;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    if keep_attributes(path, target) {
        return Ok(());
    }
    // Where there is a list of who may do what, the bits of the group are the most that anybody in it may do.
    fs::set_permissions(path, fs::Permissions::from_mode(mode & !0o070))
}

#[cfg(not(unix))]
pub(super) fn keep(_: &Path, _: &Path, _: Option<&fs::Metadata>) -> io::Result<()> {
    Ok(())
}

/// Copies the attributes that people gave a file, and the list of who may do what; `false` where there is such a list that
/// cannot be copied.
#[cfg(target_os = "linux")]
fn keep_attributes(path: &Path, target: &Path) -> bool {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    const ACL: &[u8] = b"system.posix_acl_access";
    const MOST: usize = 1 << 16;
    let mut names = vec![0; MOST];
    let Ok(length) = listxattr(target, &mut names[..]) else { return true };
    let names = names[..length].split(|byte| *byte == 0);
    let copy = |name: &[u8]| {
        let mut value = vec![0; MOST];
        let length = getxattr(target, name, &mut value[..])?;
        setxattr(path, name, &value[..length], XattrFlags::empty())
    };
    let ours = names.filter(|name| *name == ACL || name.starts_with(b"user."));
    let lost: Vec<_> = ours.filter(|name| copy(name).is_err()).collect();
    !lost.contains(&ACL)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn keep_attributes(_: &Path, _: &Path) -> bool {
    true
}

/// A new folder.
pub(super) fn folder(prefix: &str) -> Builder<'_, 'static> {
    folder_for(prefix, 0o777)
}

/// A new folder that is nobody else's to look into, whatever the umask: it lies where everybody's do.
pub(super) fn private_folder(prefix: &str) -> Builder<'_, 'static> {
    folder_for(prefix, 0o700)
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "there are no modes"))]
fn folder_for(prefix: &str, mode: u32) -> Builder<'_, 'static> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

    use rustix::fs::{XattrFlags, getxattr, setxattr};

    use super::*;

    /// `user::rw-`, one other user with `rw-`, `group::---`, `mask::rw-`, `other::---`.
    const ACL: [[u16; 4]; 5] =
        [[1, 6, !0, !0], [2, 6, 1001, 0], [4, 0, !0, !0], [16, 6, !0, !0], [32, 0, !0, !0]];

    #[test]
    fn a_file_that_is_replaced_keeps_its_owner_its_attributes_and_who_may_read_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        [&old, &new].into_iter().for_each(|path| fs::write(path, "x").expect("it is written"));
        let is_root = chown(&old, Some(1000), Some(1000)).is_ok();
        let acl: Vec<u8> =
            [2_u16, 0].iter().chain(ACL.iter().flatten()).flat_map(|part| part.to_le_bytes()).collect();
        let gave = |name: &str, value: &[u8]| setxattr(&old, name, value, XattrFlags::empty()).is_ok();
        let (has_own, has_acl) = (gave("user.k", b"v"), gave("system.posix_acl_access", &acl));
        let was = fs::metadata(&old).expect("it is there");
        keep(&new, &old, Some(&was)).expect("it is kept");
        let now = fs::metadata(&new).expect("it is there");
        assert_eq!(now.permissions().mode() & 0o777, was.permissions().mode() & 0o777);
        assert!(!is_root || (now.uid(), now.gid()) == (1000, 1000));
        let of = |name: &str| {
            let mut value = [0; 99];
            getxattr(&new, name, &mut value[..]).map(|length| value[..length].to_vec()).ok()
        };
        assert!(!has_own || of("user.k").as_deref() == Some(b"v"));
        assert!(!has_acl || of("system.posix_acl_access") == Some(acl));
    }
}
