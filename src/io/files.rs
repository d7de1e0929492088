//! The real disk. The only place that reads, lists, writes or removes a file.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    ffi::OsStr,
    fs,
    io::{self, ErrorKind, Read, Write},
    path::{Component, Path, PathBuf},
};

use super::{
    Attempt, Entry, Failure, FailureKind, Files,
    exchange::{self, Pause, Replacement},
    lock,
    temporary::Names,
};

/// The disk of this machine.
#[derive(Debug, Clone)]
pub struct Disk {
    here: PathBuf,
    names: Names,
    pause: Pause,
}

impl Disk {
    /// The disk, seen from this folder.
    pub fn new(here: PathBuf) -> Self {
        Self { here, names: Names::new(), pause: Pause::default() }
    }

    /// The same, with something that is done between the steps of each replacement: tests make the gaps between them wide.
    #[must_use]
    pub fn pausing(self, pause: impl Fn() + Send + Sync + 'static) -> Self {
        Self { pause: Pause::new(pause), ..self }
    }

    /// The disk, seen from where the process was started.
    ///
    /// # Errors
    /// Where that folder is gone or cannot be looked at.
    pub fn from_process() -> Result<Self, Failure> {
        let here = std::env::current_dir();
        let here = here.map_err(|why| Failure::files("stand in", Path::new("."), &why))?;
        Ok(Self::new(here))
    }

    fn at(&self, path: &Path) -> PathBuf {
        self.here.join(path)
    }

    /// Writes a file under another name and renames it.
    fn written(&self, path: &Path, bytes: &[u8], is_kept: bool) -> Result<(), Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = self.at(path);
        let folder = target.parent().unwrap_or(&self.here);
        fs::create_dir_all(folder).map_err(failed)?;
        let prefix = self.names.prefix();
        let mut file = tempfile::Builder::new().prefix(&*prefix).tempfile_in(folder).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        let mode = permissions(if_there(fs::metadata(&target)).map_err(failed)?);
        if let Some(mode) = mode {
            fs::set_permissions(file.path(), mode).map_err(failed)?;
        }
        if is_kept {
            file.as_file().sync_all().map_err(failed)?;
        }
        file.persist(&target).map_err(|error| failed(error.error))?;
        if is_kept { exchange::sync_folder(folder).map_err(failed) } else { Ok(()) }
    }
}

/// `Ok(None)` for what is not there.
fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Files for Disk {
    fn here(&self) -> &Path {
        &self.here
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        let failed = |why| Failure::files("look at", path, &why);
        let found = if_there(fs::metadata(self.at(path))).map_err(failed)?;
        let link = if_there(fs::symlink_metadata(self.at(path))).map_err(failed)?;
        Ok(match (found, link) {
            (Some(found), _) if found.is_file() => Some(Entry::File),
            (Some(found), _) if found.is_dir() => Some(Entry::Folder),
            (None, None) => None,
            _ => Some(Entry::Other),
        })
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        let failed = |why| Failure::files("read", path, &why);
        let at = self.at(path);
        // A look before it is opened: a pipe would be waited for.
        let length = match fs::metadata(&at) {
            Ok(found) if found.is_file() => found.len(),
            _ => {
                return match self.entry(path)? {
                    None => Ok(None),
                    Some(Entry::Folder) => Err(not_a("file", path, "a folder")),
                    Some(_) => Err(not_a("file", path, "a device or a link that leads nowhere")),
                };
            }
        };
        let Some(file) = if_there(fs::File::open(&at)).map_err(failed)? else { return Ok(None) };
        // With room for one more byte, the read that finds the end needs no more room. What the length is, is known: it is
        // not asked for again.
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
        file.take(u64::MAX).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Some(bytes))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let failed = |why| Failure::files("list", folder, &why);
        let Some(entries) = if_there(fs::read_dir(self.at(folder))).map_err(failed)? else {
            return Ok(Vec::new());
        };
        let mut names = Vec::new();
        for entry in entries {
            names.extend(entry.map_err(failed)?.file_name().into_string().ok());
        }
        names.sort();
        Ok(names)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        if self.entry(folder)?.is_none() {
            return Ok(Vec::new());
        }
        let top = self.at(folder);
        let mut found = Vec::new();
        for entry in walkdir::WalkDir::new(&top).into_iter().filter_entry(|entry| entry.file_name() != ".git")
        {
            let entry = entry.map_err(|why| Failure::files("list", folder, &why.into()))?;
            let inside = entry.path().strip_prefix(&top).ok().filter(|_| !entry.file_type().is_dir());
            found.extend(inside.and_then(slashed));
        }
        found.sort();
        Ok(found)
    }

    fn survey(&self, folder: &Path, enters: &dyn Fn(&str) -> bool) -> Result<Vec<(String, u64)>, Failure> {
        let top = self.at(folder);
        fs::read_dir(&top).map_err(|why| Failure::files("list", folder, &why))?;
        let inside = |path: &Path| path.strip_prefix(&top).ok().and_then(slashed).unwrap_or_default();
        let is_entered = |entry: &walkdir::DirEntry| {
            !entry.file_type().is_dir() || entry.depth() == 0 || enters(&inside(entry.path()))
        };
        let entries = walkdir::WalkDir::new(&top).into_iter().filter_entry(is_entered).filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file());
        let mut found: Vec<_> =
            files.filter_map(|entry| Some((inside(entry.path()), entry.metadata().ok()?.len()))).collect();
        found.retain(|(path, _)| !path.is_empty());
        found.sort();
        Ok(found)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        let mut rest = PathBuf::new();
        let mut known = self.at(path);
        loop {
            match if_there(fs::symlink_metadata(&known))
                .map_err(|why| Failure::files("look at", path, &why))?
            {
                Some(_) => break,
                None => {
                    let name = known.file_name().map(OsStr::to_owned).unwrap_or_default();
                    rest =
                        if rest.as_os_str().is_empty() { name.into() } else { Path::new(&name).join(rest) };
                    if !known.pop() {
                        break;
                    }
                }
            }
        }
        let real = fs::canonicalize(&known).map_err(|why| Failure::files("look at", path, &why))?;
        Ok(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
    }

    fn writable(&self, path: &Path) -> Result<(), Failure> {
        match fs::metadata(self.at(path)) {
            Ok(found) if found.permissions().readonly() => {
                let message = format!("cannot write `{}`: it is read-only", path.display());
                Err(Failure::new(FailureKind::Files, message))
            }
            _ => Ok(()),
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.written(path, bytes, false)
    }

    fn keep(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.written(path, bytes, true)
    }

    fn replace(&self, path: &Path, old: Option<&[u8]>, new: &[u8]) -> Result<bool, Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = &*self.real(path)?;
        let mode = permissions(if_there(fs::metadata(target)).map_err(failed)?);
        let (prefix, pause) = (&*self.names.prefix(), &self.pause);
        Replacement { target, old, new, mode, prefix, pause }.make().map_err(failed)
    }

    fn stamp(&self, path: &Path) -> Result<Option<u64>, Failure> {
        exchange::stamp(&self.at(path)).map_err(|why| Failure::files("look at", path, &why))
    }

    fn lock_folders(&self, folders: &[PathBuf]) -> Result<Attempt, Failure> {
        let mut real = folders.iter().map(|folder| self.real(folder)).collect::<Result<Vec<_>, _>>()?;
        let root = real.first().cloned();
        real.sort();
        real.dedup();
        Ok(match (lock::folders(&real), root) {
            (Attempt::Taken(lock), Some(root)) => Attempt::Taken(lock.with(self.names.of_root(&root))),
            (attempt, _) => attempt,
        })
    }

    fn lock_file(&self, path: &Path, verb: &str) -> Result<Attempt, Failure> {
        lock::file(&self.at(path), verb).map_err(|why| Failure::files("write", path, &why))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = self.at(path);
        fs::create_dir_all(target.parent().unwrap_or(&self.here)).map_err(failed)?;
        let mut file = fs::File::options().append(true).create(true).open(target).map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_data()).map_err(failed)
    }

    fn save_as(&self, path: &Path, name: &Path) -> Result<bool, Failure> {
        let failed = |why| Failure::files("keep a copy as", name, &why);
        super::save_as::save_as(&self.at(path), &self.at(name)).map_err(failed)
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = self.at(path);
        let mut file = match fs::File::create_new(&target) {
            Err(why) if why.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(target.parent().unwrap_or(&self.here)).map_err(failed)?;
                fs::File::create_new(&target).map_err(failed)?
            }
            made => made.map_err(failed)?,
        };
        file.write_all(bytes).map_err(failed)
    }

    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        let failed = |why| Failure::files("make", folder, &why);
        let target = self.at(folder);
        let parent = target.parent().unwrap_or(&self.here);
        fs::create_dir_all(parent).map_err(failed)?;
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
        Ok(builder.prefix(&*self.names.prefix()).tempdir_in(parent).map_err(failed)?.keep())
    }

    fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure> {
        fs::rename(staged, self.at(folder)).map_err(|why| Failure::files("write", folder, &why))
    }

    fn scratch(&self, name: &str) -> Result<PathBuf, Failure> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
        let made = builder.prefix(&format!("{name}-")).tempdir();
        Ok(made.map_err(|why| Failure::files("make", &std::env::temp_dir(), &why))?.keep())
    }

    #[cfg(unix)]
    fn allow_to_run(&self, path: &Path) -> Result<(), Failure> {
        use std::os::unix::fs::PermissionsExt;
        let failed = |why| Failure::files("make executable", path, &why);
        let mut permissions = fs::metadata(self.at(path)).map_err(failed)?.permissions();
        permissions.set_mode(permissions.mode() | (permissions.mode() & 0o444) >> 2);
        fs::set_permissions(self.at(path), permissions).map_err(failed)
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        fs::remove_file(self.at(path)).map_err(|why| Failure::files("remove", path, &why))?;
        if let Some(folder) = self.at(path).parent() {
            // It holds other files more often than not, and then stays.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    fn sweep(&self, folder: &Path) -> Result<(), Failure> {
        let failed = |why| Failure::files("list", folder, &why);
        let Some(entries) = if_there(fs::read_dir(self.at(folder))).map_err(failed)? else { return Ok(()) };
        self.names.sweep(&self.at(folder), entries).map_err(|why| Failure::files("sweep", folder, &why))
    }

    #[cfg(feature = "serve")]
    fn watcher(&self, changed: Box<dyn Fn() + Send>) -> Option<Box<dyn super::Watcher>> {
        super::watch::watcher(changed)
    }
}

/// The permissions of the file that is replaced, else what a new file gets; `None` where the system decides by itself.
#[cfg(unix)]
fn permissions(replaced: Option<fs::Metadata>) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(replaced.map_or_else(|| fs::Permissions::from_mode(0o644), |found| found.permissions()))
}

#[cfg(not(unix))]
fn permissions(_: Option<fs::Metadata>) -> Option<fs::Permissions> {
    None
}

fn not_a(wanted: &str, path: &Path, found: &str) -> Failure {
    Failure::new(
        FailureKind::Files,
        format!("cannot read `{}`: it is {found}, not a {wanted}", path.display()),
    )
}

/// A relative path with `/`; `None` where it is not Unicode.
fn slashed(path: &Path) -> Option<String> {
    let parts = path.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}
