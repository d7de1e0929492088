//! The real disk. The only place that reads, lists, writes or removes a file.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Attempt, Entry, Failure, FailureKind, Files, Limit,
    borders::{Borders, resolve},
    exchange::{self, Pause, Replacement},
    lock, modes,
    temporary::Names,
    walk,
};

/// The disk of this machine.
#[derive(Debug, Clone)]
pub struct Disk {
    here: PathBuf,
    names: Names,
    pause: Pause,
    borders: Arc<Borders>,
}

impl Disk {
    /// The disk, seen from this folder.
    pub fn new(here: PathBuf) -> Self {
        Self { here, names: Names::new(), pause: Pause::default(), borders: Arc::default() }
    }

    /// The same, with something that is done between the steps of each replacement: tests make the gaps between them wide.
    #[cfg(feature = "internals")]
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

    /// The bytes of what `looked` says is a file; `path` is what it is called.
    fn bytes(
        &self,
        path: &Path,
        at: &Path,
        looked: io::Result<fs::Metadata>,
        most: Limit,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let failed = |why| Failure::files("read", path, &why);
        // A look before it is opened: a pipe would be waited for.
        let length = match looked {
            Ok(found) if found.is_file() => found.len(),
            _ => {
                return match self.entry(path)? {
                    None => Ok(None),
                    Some(Entry::Folder) => Err(not_a("file", path, "a folder")),
                    Some(_) => Err(not_a("file", path, "a device or a link that leads nowhere")),
                };
            }
        };
        let Some(file) = if_there(fs::File::open(at)).map_err(failed)? else { return Ok(None) };
        most.read(file, length).map_err(failed)?.map(Some).ok_or_else(|| most.exceeded_at(path))
    }

    /// Writes a file under another name and renames it, where the borders have let it.
    fn written(&self, path: &Path, bytes: &[u8], is_kept: bool) -> Result<(), Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = self.at(path);
        let folder = target.parent().unwrap_or(&self.here);
        fs::create_dir_all(folder).map_err(failed)?;
        let old = if_there(fs::metadata(&target)).map_err(failed)?;
        let prefix = self.names.prefix();
        let mut file = modes::beside(&prefix, old.as_ref()).tempfile_in(folder).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        modes::keep(file.path(), &target, old.as_ref()).map_err(failed)?;
        if is_kept {
            file.as_file().sync_all().map_err(failed)?;
        }
        file.persist(&target).map_err(|error| failed(error.error))?;
        if is_kept { exchange::sync_folder(folder).map_err(failed) } else { Ok(()) }
    }

    #[cfg(unix)]
    fn let_run(&self, path: &Path) -> Result<(), Failure> {
        modes::let_run(&self.at(path)).map_err(|why| Failure::files("make executable", path, &why))
    }

    #[cfg(not(unix))]
    fn let_run(&self, _: &Path) -> Result<(), Failure> {
        Ok(())
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
        self.read_at_most(path, Limit::Source)
    }

    fn read_at_most(&self, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        let at = self.at(path);
        self.bytes(path, &at, fs::metadata(&at), most)
    }

    fn read_inside(&self, root: &Path, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        let failed = |why| Failure::files("read", path, &why);
        let at = self.at(path);
        let refused = self.borders.reads(root, &at).map_err(failed)?;
        let looked = fs::symlink_metadata(&at);
        let is_link = looked.as_ref().is_ok_and(|found| !found.is_file() && !found.is_dir());
        let refused = match refused {
            None if is_link => self.borders.leads(root, &at).map_err(failed)?,
            refused => refused,
        };
        if let Some(refused) = refused {
            return Err(refused.reading(path));
        }
        let looked = if is_link { fs::metadata(&at) } else { looked };
        self.bytes(path, &at, looked, most)
    }

    fn is_gits(&self, path: &Path) -> bool {
        self.borders.is_gits(&self.at(path)).is_ok_and(|is_gits| is_gits)
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
        let mut failure = None;
        let found =
            walk::below(&self.at(folder), &|_| true, &mut |_, why| failure = failure.take().or(Some(why)));
        failure.map_or(Ok(found), |why| Err(Failure::files("list", folder, &why)))
    }

    fn roam(
        &self,
        folder: &Path,
        enters: &dyn Fn(&str) -> bool,
        unread: &mut dyn FnMut(String),
    ) -> Result<Vec<String>, Failure> {
        let top = self.at(folder);
        fs::read_dir(&top).map_err(|why| Failure::files("list", folder, &why))?;
        Ok(walk::below(&top, enters, &mut |path, _| unread(path)))
    }

    fn survey(&self, folder: &Path, enters: &dyn Fn(&str) -> bool) -> Result<Vec<(String, u64)>, Failure> {
        let top = self.at(folder);
        fs::read_dir(&top).map_err(|why| Failure::files("list", folder, &why))?;
        Ok(walk::sized(&top, enters))
    }

    fn link(&self, path: &Path) -> Result<Option<PathBuf>, Failure> {
        let failed = |why| Failure::files("look at", path, &why);
        let at = self.at(path);
        match if_there(fs::symlink_metadata(&at)).map_err(failed)? {
            Some(found) if found.file_type().is_symlink() => fs::read_link(&at).map(Some).map_err(failed),
            _ => Ok(None),
        }
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        resolve(&self.at(path)).map_err(|why| Failure::files("look at", path, &why))
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
        self.borders.writes("write", path, &self.at(path))?;
        self.written(path, bytes, false)
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = self.at(path);
        self.borders.writes("write", path, &target)?;
        let folder = target.parent().unwrap_or(&self.here);
        fs::create_dir_all(folder).map_err(failed)?;
        let mut file = modes::beside(&self.names.prefix(), None).tempfile_in(folder).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        self.pause.take();
        match file.persist_noclobber(&target) {
            Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => Ok(false),
            done => done.map(|_| true).map_err(|error| failed(error.error)),
        }
    }

    fn keep(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.borders.writes("write", path, &self.at(path))?;
        self.written(path, bytes, true)
    }

    fn replace(&self, path: &Path, old: Option<&[u8]>, new: &[u8]) -> Result<bool, Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = &*self.real(path)?;
        self.borders.writes("write", path, target)?;
        let found = if_there(fs::metadata(target)).map_err(failed)?;
        let (prefix, pause) = (&*self.names.prefix(), &self.pause);
        Replacement { target, old, new, found, prefix, pause }.make().map_err(failed)
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
        self.borders.writes("lock", path, &self.at(path))?;
        lock::file(&self.at(path), verb).map_err(|why| Failure::files("write", path, &why))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = self.at(path);
        self.borders.writes("write", path, &target)?;
        if fs::symlink_metadata(&target).is_ok_and(|found| found.file_type().is_symlink()) {
            let message = format!("cannot write `{}`: it is a link", path.display());
            return Err(Failure::new(FailureKind::Files, message).help("remove the link"));
        }
        fs::create_dir_all(target.parent().unwrap_or(&self.here)).map_err(failed)?;
        let mut file = fs::File::options().append(true).create(true).open(target).map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_data()).map_err(failed)
    }

    fn save_as(&self, path: &Path, name: &Path) -> Result<bool, Failure> {
        let failed = |why| Failure::files("keep a copy as", name, &why);
        // A hook is kept beside itself.
        self.borders.installs(name, &self.at(name))?;
        super::save_as::save_as(&self.at(path), &self.at(name)).map_err(failed)
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let failed = |why| Failure::files("write", path, &why);
        let target = self.at(path);
        self.borders.fills(path, &target)?;
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
        self.borders.writes("make", folder, &target)?;
        let parent = target.parent().unwrap_or(&self.here);
        fs::create_dir_all(parent).map_err(failed)?;
        Ok(modes::folder(&self.names.prefix()).tempdir_in(parent).map_err(failed)?.keep())
    }

    fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure> {
        self.borders.writes("write", folder, &self.at(folder))?;
        fs::rename(staged, self.at(folder)).map_err(|why| Failure::files("write", folder, &why))
    }

    fn scratch(&self, name: &str, purpose: &str) -> Result<PathBuf, Failure> {
        let temporary = std::env::temp_dir();
        self.borders.changes("make a folder in", &temporary, &temporary)?;
        super::scratch::make(&temporary, name, purpose)
    }

    fn leave(&self, scratch: &Path) {
        super::scratch::leave(scratch);
    }

    fn discard(&self, scratch: &Path) {
        super::scratch::discard(scratch);
    }

    fn allow_to_run(&self, path: &Path) -> Result<(), Failure> {
        self.borders.writes("make executable", path, &self.at(path))?;
        self.let_run(path)
    }

    fn install_hook(&self, path: &Path, text: &[u8]) -> Result<(), Failure> {
        self.borders.installs(path, &self.at(path))?;
        self.written(path, text, false)?;
        self.let_run(path)
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        self.borders.writes("remove", path, &self.at(path))?;
        fs::remove_file(self.at(path)).map_err(|why| Failure::files("remove", path, &why))?;
        if let Some(folder) = self.at(path).parent() {
            // It holds other files more often than not, and then stays.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    fn remove_same(&self, path: &Path, old: &[u8]) -> Result<bool, Failure> {
        let target = &*self.real(path)?;
        self.borders.writes("remove", path, target)?;
        let (prefix, pause) = (&*self.names.prefix(), &self.pause);
        exchange::remove(target, old, prefix, pause).map_err(|why| Failure::files("remove", path, &why))
    }

    fn sweep(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        let failed = |why| Failure::files("list", folder, &why);
        self.borders.changes("tidy", folder, &self.at(folder))?;
        let Some(entries) = if_there(fs::read_dir(self.at(folder))).map_err(failed)? else {
            return Ok(Vec::new());
        };
        self.names.sweep(&self.at(folder), entries).map_err(|why| Failure::files("sweep", folder, &why))
    }

    #[cfg(feature = "serve")]
    fn watcher(&self, changed: Box<dyn Fn() + Send>) -> Option<Box<dyn super::Watcher>> {
        super::watch::watcher(changed)
    }
}

fn not_a(wanted: &str, path: &Path, found: &str) -> Failure {
    Failure::new(
        FailureKind::Files,
        format!("cannot read `{}`: it is {found}, not a {wanted}", path.display()),
    )
}
