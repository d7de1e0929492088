//! The files that git tracks, in place of the working tree and without a copy of it: what a commit would hold.
//!
//! Git's index says what is there. Their contents are those that are staged, which one `git cat-file --batch` gives, or
//! those of the working tree. What lies outside the working tree or in git's own folder is the disk's. Another repository
//! (a submodule) is none of this one's files, whether it is checked out or not.

mod files;

use std::{
    ffi::OsStr,
    path::{Component, Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::objects::Objects;
use crate::{
    io::{Call, Failure, FailureKind, Io},
    source::{self, Index, Kind},
};

/// How many links are followed before a path is taken to lead nowhere, as on Linux.
const MOST_LINKS: usize = 40;

/// The longest pointer of Git LFS, in bytes.
const LONGEST_POINTER: usize = 1024;

/// What a pointer of Git LFS begins with.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The longest path that a link may say, in bytes.
const LONGEST_LINK: usize = 4096;

/// The files that git tracks, and those of the disk around them. Nothing in the working tree can be written through it.
pub(crate) struct Tracked<'a> {
    io: &'a Io<'a>,
    /// The top of the working tree, with its links followed.
    top: PathBuf,
    /// What is tracked, by its path from the top.
    index: Index,
    /// Whether contents are those of the working tree, and not what is staged.
    is_working: bool,
    /// What git holds; started once it is asked.
    objects: Mutex<Option<Objects>>,
}

/// Where a path leads.
enum Place {
    /// To this path of the index; the top itself is empty.
    Inside(String),
    /// To a path of the disk.
    Outside(PathBuf),
    /// Out of what is tracked, by a link or into another repository: whatever is there, a commit does not say.
    Away,
    /// Nowhere.
    Lost,
}

impl<'a> Tracked<'a> {
    /// What is staged in the repository that holds a folder. Where git runs a hook, it says in the environment which index a
    /// commit is made from: a commit of single files has one of its own.
    ///
    /// # Errors
    /// Where there is no repository, or git does not answer.
    pub(crate) fn staged(io: &'a Io<'a>, folder: &Path) -> Result<Self, Failure> {
        let from = io.files.real(folder)?;
        let top = source::git_top(io.files, &from)?.ok_or_else(|| {
            cannot(&format!("`{}` is not in a git repository", from.display()))
                .help("without `--staged`, the working tree is checked")
        })?;
        // It is up by the time that it is asked.
        let objects = Some(objects(io, top)?);
        let named = io.process.variable("GIT_INDEX_FILE").map(PathBuf::from);
        let index = Index::read(io, top, named.as_deref())?;
        Ok(Self { io, top: top.to_owned(), index, is_working: false, objects: Mutex::new(objects) })
    }

    /// What git tracks of the working tree at `top`, as it is there.
    pub(crate) fn working(io: &'a Io<'a>, top: &Path, index: Index) -> Self {
        Self { io, top: top.to_owned(), index, is_working: true, objects: Mutex::default() }
    }

    /// What git tracks.
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// Whether the working tree has a file as git has it, but for how its lines end.
    ///
    /// # Errors
    /// Where git cannot be asked, or the file cannot be read.
    pub(crate) fn is_unchanged(&self, path: &str) -> Result<bool, Failure> {
        let lines = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let id = self.index.get(path).map(source::Tracked::id).filter(|id| !id.is_empty());
        let Some(id) = id else { return Ok(false) };
        let (kept, here) = (self.blob(&id)?, self.io.files.read(&self.top.join(path))?);
        Ok(here.is_some_and(|here| kept == here || lines(kept) == lines(here)))
    }

    fn blob(&self, id: &str) -> Result<Vec<u8>, Failure> {
        let mut known = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *known {
            Some(objects) => objects.whole_blob(id),
            None => known.insert(objects(self.io, &self.top)?).whole_blob(id),
        }
    }

    /// Where a tracked link leads, as it says.
    fn link_of(&self, path: &str, tracked: &source::Tracked) -> Result<String, Failure> {
        if self.is_working && !tracked.is_kept_out {
            let place = self.top.join(path);
            if let Some(target) = self.io.files.link(&place)? {
                return Ok(target.to_string_lossy().into_owned());
            }
            // Where there are no links, git writes a file with what they say; one that is gone leads nowhere.
            let text = self.io.files.read(&place).ok().flatten().unwrap_or_default();
            let says = Some(text).filter(|text| text.len() <= LONGEST_LINK && !text.contains(&b'\n'));
            return Ok(String::from_utf8_lossy(&says.unwrap_or_default()).into_owned());
        }
        Ok(String::from_utf8_lossy(&self.blob(&tracked.id())?).into_owned())
    }

    /// Whether what is tracked at a path is there.
    fn is_there(&self, path: &str, tracked: &source::Tracked) -> Result<bool, Failure> {
        Ok(!self.is_working || tracked.is_kept_out || self.io.files.entry(&self.top.join(path))?.is_some())
    }

    /// Whether a path is tracked as a file, which is looked for in the working tree.
    fn is_on_disk(&self, path: &str) -> bool {
        self.index.get(path).is_some_and(|it| it.kind == Kind::File && !it.is_kept_out)
    }

    fn is_folder(&self, path: &str) -> Result<bool, Failure> {
        if path.is_empty() {
            return Ok(true);
        }
        for (inside, tracked) in self.index.below(path) {
            if self.is_there(&source::joined(path, inside), tracked)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The path with its links followed, be they staged or on the disk.
    fn place(&self, path: &Path) -> Result<Place, Failure> {
        let files = self.io.files;
        let whole = files.here().join(path);
        let inside = match whole.strip_prefix(&self.top) {
            Ok(inside) => inside.to_owned(),
            // A way there may lead through links and up again.
            Err(_) => match files.real(&whole)?.strip_prefix(&self.top) {
                Ok(inside) => inside.to_owned(),
                Err(_) => return Ok(Place::Outside(whole)),
            },
        };
        if let Some(path) = source::below(Path::new(""), &inside)
            && self.index.get(&path).is_some_and(|it| it.kind == Kind::File)
        {
            return Ok(Place::Inside(path));
        }
        let names = parts(&inside);
        if names.first().is_some_and(|name| name == ".git") {
            return Ok(Place::Outside(whole));
        }
        self.walked(names)
    }

    /// Where names lead from the top, one after the other.
    fn walked(&self, mut ahead: Vec<String>) -> Result<Place, Failure> {
        let mut at = String::new();
        let mut links = 0;
        while let Some(name) = (!ahead.is_empty()).then(|| ahead.remove(0)) {
            if name == ".." {
                match at.rsplit_once('/') {
                    Some((above, _)) => at.truncate(above.len()),
                    None if at.is_empty() => return Ok(Place::Away),
                    None => at.clear(),
                }
                continue;
            }
            let next = source::joined(&at, &name);
            match self.index.get(&next) {
                Some(tracked) if tracked.kind == Kind::Link => {
                    links += 1;
                    let target = self.link_of(&next, tracked)?;
                    if links > MOST_LINKS || target.is_empty() {
                        return Ok(Place::Lost);
                    }
                    // It leads to the same place from wherever the repository lies, and so not into it.
                    if Path::new(&target).is_absolute() || target.starts_with('/') {
                        return Ok(Place::Away);
                    }
                    ahead = parts(Path::new(&target)).into_iter().chain(ahead).collect();
                }
                Some(tracked) if tracked.kind == Kind::Submodule && !ahead.is_empty() => {
                    return Ok(Place::Away);
                }
                _ => at = next,
            }
        }
        Ok(Place::Inside(at))
    }

    /// Where a path leads, as it says, that is a tracked link itself.
    fn linked(&self, path: &Path) -> Result<Option<String>, Failure> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(OsStr::to_str)) else {
            return Ok(None);
        };
        let Place::Inside(folder) = self.place(folder)? else { return Ok(None) };
        let path = source::joined(&folder, name);
        let link = self.index.get(&path).filter(|it| it.kind == Kind::Link);
        link.map(|link| self.link_of(&path, link)).transpose()
    }

    /// A file of Git LFS as the working tree gets it, from its store in git's folder; the pointer where it is not there. Its
    /// filter is not asked: which program that is, the repository's own configuration says.
    fn stored(&self, pointer: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let text = String::from_utf8_lossy(&pointer);
        let hash = text.lines().find_map(|line| line.strip_prefix("oid sha256:"));
        let Some(hash) =
            hash.filter(|hash| hash.len() == 64 && hash.bytes().all(|it| it.is_ascii_hexdigit()))
        else {
            return Ok(pointer);
        };
        let args = ["rev-parse", "--git-common-dir"].map(OsStr::new);
        let call = Call { program: "git", args: &args, folder: &self.top, variables: &[] };
        let Some(said) = self.io.process.call(&call)?.filter(|said| said.success) else { return Ok(pointer) };
        let folder = self.top.join(String::from_utf8_lossy(&said.stdout).trim_end_matches(['\r', '\n']));
        let path = format!("lfs/objects/{}/{}/{hash}", &hash[..2], &hash[2..4]);
        Ok(self.io.files.read(&folder.join(path))?.unwrap_or(pointer))
    }
}

/// The names in a path, and its ways up.
fn parts(path: &Path) -> Vec<String> {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    parts.collect()
}

fn objects(io: &Io<'_>, top: &Path) -> Result<Objects, Failure> {
    let batch = ["cat-file", "--batch"].map(OsStr::new);
    let call = Call { program: "git", args: &batch, folder: top, variables: &[] };
    io.process.talk(&call)?.map(Objects::new).ok_or_else(no_git)
}

fn cannot(why: &str) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot check what git tracks: {why}"))
}

fn no_git() -> Failure {
    cannot("there is no program `git` here").help("install git, or put it into the `PATH`")
}
