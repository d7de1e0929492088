//! What was read of the disk, and whether it has changed since: the preview goes by contents, not by events.
//!
//! [`Reading`] stands before the disk and takes note of each look at it; what would write is refused, so that the preview
//! cannot. Looking again at the same things tells whether anything differs. So a file that is only touched makes nothing
//! anew, and no list of what matters has to be kept beside the code that reads.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::io::{Entry, Failure, Files, Limit};

/// A way to look at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Entry,
    Read(Limit),
    List,
    Walk,
    Real,
}

/// What was seen, as a number; `None` where two looks saw different things, which no third one can agree with.
type Seen = BTreeMap<(PathBuf, Look), Option<u64>>;

/// The disk for a reader whose looks are noted.
pub(super) struct Reading<'a> {
    files: &'a dyn Files,
    seen: Mutex<Seen>,
}

/// Everything that a state of the source was made of.
#[derive(Debug, Default)]
pub(super) struct Inputs(Seen);

impl<'a> Reading<'a> {
    /// A reader that has looked at nothing yet.
    pub(super) fn new(files: &'a dyn Files) -> Self {
        Self { files, seen: Mutex::default() }
    }

    /// What was looked at so far.
    pub(super) fn inputs(&self) -> Inputs {
        Inputs(self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    fn note<T: Hash>(&self, path: &Path, look: Look, seen: Result<T, Failure>) -> Result<T, Failure> {
        let now = Some(number(&seen));
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // A file that is read again, as for the line of a finding, may be another by then: what was made of the first is
        // not what stands there.
        let before = all.entry((path.to_owned(), look)).or_insert(now);
        if *before != now {
            *before = None;
        }
        seen
    }
}

impl Inputs {
    /// Whether another look sees the same.
    pub(super) fn are_same(&self, files: &dyn Files) -> bool {
        self.0.iter().all(|((path, look), seen)| Some(again(files, path, *look)) == *seen)
    }

    /// The folders in which a change of any of it shows; `true` where also all folders below do. What is not there yet is
    /// waited for in the nearest folder above.
    pub(super) fn folders(&self, files: &dyn Files) -> BTreeMap<PathBuf, bool> {
        let mut folders = BTreeMap::new();
        let mut add = |path: &Path, all: bool| {
            let is_there =
                |folder: &&Path| files.entry(folder).is_ok_and(|entry| entry == Some(Entry::Folder));
            let Some(folder) = path.ancestors().find(is_there) else { return };
            *folders.entry(folder.to_owned()).or_insert(false) |= all && folder == path;
        };
        for (path, look) in self.0.keys() {
            let path = files.here().join(path);
            match look {
                Look::List | Look::Walk => add(&path, *look == Look::Walk),
                Look::Entry | Look::Read(_) | Look::Real => {}
            }
            // A folder that goes shows in the one above; so does a file that an editor renames another one onto.
            add(path.parent().unwrap_or(&path), false);
            // A link shows nothing of what it leads to.
            if let Some(real) =
                files.real(&path).ok().filter(|real| matches!(look, Look::Read(_)) && *real != path)
            {
                add(real.parent().unwrap_or(&real), false);
            }
        }
        folders
    }
}

fn again(files: &dyn Files, path: &Path, look: Look) -> u64 {
    match look {
        Look::Entry => number(&files.entry(path).map(kind)),
        Look::Read(most) => number(&files.read_at_most(path, most)),
        Look::List => number(&files.list(path)),
        Look::Walk => number(&files.walk(path)),
        Look::Real => number(&files.real(path)),
    }
}

fn number<T: Hash>(seen: &Result<T, Failure>) -> u64 {
    let mut hasher = DefaultHasher::new();
    match seen {
        Ok(seen) => (true, seen).hash(&mut hasher),
        Err(failure) => (false, &failure.message).hash(&mut hasher),
    }
    hasher.finish()
}

/// What stands somewhere, as something that can be hashed.
fn kind(entry: Option<Entry>) -> Option<u8> {
    entry.map(|entry| match entry {
        Entry::File => 0,
        Entry::Folder => 1,
        Entry::Other => 2,
    })
}

impl Files for Reading<'_> {
    fn here(&self) -> &Path {
        self.files.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        let entry = self.files.entry(path)?;
        self.note(path, Look::Entry, Ok(kind(entry)))?;
        Ok(entry)
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        self.read_at_most(path, Limit::Source)
    }

    fn read_at_most(&self, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        self.note(path, Look::Read(most), self.files.read_at_most(path, most))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.note(folder, Look::List, self.files.list(folder))
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.note(folder, Look::Walk, self.files.walk(folder))
    }

    fn link(&self, path: &Path) -> Result<Option<PathBuf>, Failure> {
        self.files.link(path)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        self.note(path, Look::Real, self.files.real(path))
    }

    fn read_only(&self) -> &'static str {
        "a preview writes nothing"
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "a test lays out and changes its folder itself")]

    use std::fs;

    use super::*;
    use crate::io::Disk;

    fn world() -> (tempfile::TempDir, Disk) {
        let folder = tempfile::TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("roadmap")).expect("it is made");
        fs::write(folder.path().join("roadmap/a.json"), "{}").expect("it is written");
        let disk = Disk::new(fs::canonicalize(folder.path()).expect("a real path"));
        (folder, disk)
    }

    /// What a run looks at: the sources of a folder, and templates that may not be there.
    fn look(disk: &Disk) -> Inputs {
        let reading = Reading::new(disk);
        let names = reading.list(Path::new("roadmap")).expect("it is listed");
        for name in names.into_iter().filter(|name| name.ends_with(".json")) {
            reading.read(&Path::new("roadmap").join(name)).expect("it is read");
        }
        reading.walk(Path::new("roadmap/templates")).expect("it is walked");
        reading.inputs()
    }

    #[test]
    fn contents_tell_a_change_and_nothing_else_does() {
        let (folder, disk) = world();
        let at = |path: &str| folder.path().join(path);
        let inputs = look(&disk);
        assert!(inputs.are_same(&disk));
        fs::write(at("roadmap/a.json"), "{}").expect("it is written");
        fs::write(at("other.txt"), "nobody looked here").expect("it is written");
        assert!(inputs.are_same(&disk));
        fs::write(at("roadmap/a.json"), "{ }").expect("it is written");
        assert!(!inputs.are_same(&disk));

        let inputs = look(&disk);
        fs::write(at("roadmap/b.json"), "{}").expect("it is written");
        assert!(!inputs.are_same(&disk), "a source was added");
        let inputs = look(&disk);
        fs::create_dir_all(at("roadmap/templates/site")).expect("it is made");
        fs::write(at("roadmap/templates/site/issue.html"), "x").expect("it is written");
        assert!(!inputs.are_same(&disk), "a template was added");
        let inputs = look(&disk);
        fs::remove_dir_all(at("roadmap")).expect("it goes");
        assert!(!inputs.are_same(&disk), "the folder has gone");
    }

    #[test]
    fn what_changed_between_two_looks_is_not_the_same_afterwards() {
        let (folder, disk) = world();
        let path = Path::new("roadmap/a.json");
        let reading = Reading::new(&disk);
        reading.read(path).expect("it is read");
        fs::write(folder.path().join(path), "{ }").expect("it is written");
        reading.read(path).expect("it is read");
        assert!(!reading.inputs().are_same(&disk), "what was read first is there no longer");
        // Although it comes back: what was read second may have been told.
        fs::write(folder.path().join(path), "{}").expect("it is written");
        assert!(!reading.inputs().are_same(&disk));
    }

    #[test]
    fn folders_that_are_not_there_are_waited_for_above() {
        let (_folder, disk) = world();
        let root = disk.here();
        let folders = look(&disk).folders(&disk);
        let wanted = [(root.to_owned(), false), (root.join("roadmap"), false)];
        assert_eq!(folders, wanted.into());
        fs::create_dir(root.join("roadmap/templates")).expect("it is made");
        assert_eq!(look(&disk).folders(&disk).get(&root.join("roadmap/templates")), Some(&true));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_looked_at_too() {
        let (folder, disk) = world();
        let elsewhere = tempfile::TempDir::new().expect("a folder");
        let real = fs::canonicalize(elsewhere.path()).expect("a real path");
        fs::write(real.join("b.json"), "{}").expect("it is written");
        std::os::unix::fs::symlink(real.join("b.json"), folder.path().join("roadmap/b.json"))
            .expect("a link");
        assert_eq!(look(&disk).folders(&disk).get(&real), Some(&false));
    }

    #[test]
    fn nothing_is_written() {
        let (folder, disk) = world();
        let reading = Reading::new(&disk);
        let path = Path::new("roadmap/a.json");
        assert!(reading.write(path, b"x").is_err() && reading.remove(path).is_err());
        assert!(reading.stage(path).is_err() && reading.publish(path, path).is_err());
        assert!(reading.sweep(Path::new("roadmap")).is_err());
        assert_eq!(fs::read(folder.path().join(path)).expect("it is read"), b"{}");
    }
}
