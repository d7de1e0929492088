//! The files that a commit would hold: git's index in place of the working tree, without a copy of it.
//!
//! `git ls-files --stage` says what is there, one `git cat-file --batch` gives the contents of what is really read. What
//! lies outside the working tree, in git's own folder or in a submodule is the disk's.

use std::{
    ffi::OsStr,
    ops::Range,
    path::{Component, Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::objects::Objects;
use crate::{
    io::{Call, Entry, Failure, FailureKind, Files, Io},
    source,
};

/// How many links are followed before a path is taken to lead nowhere, as on Linux.
const MOST_LINKS: usize = 40;

/// The longest pointer of Git LFS, in bytes.
const LONGEST_POINTER: usize = 1024;

/// What a pointer of Git LFS begins with.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// What git holds at a path of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Link,
    /// Another repository.
    Submodule,
}

/// The files of the index, and those of the disk around them. Nothing in the working tree can be written through it.
pub struct Staged<'a> {
    io: &'a Io<'a>,
    /// The top of the working tree, with its links followed.
    top: PathBuf,
    /// What is staged, by its path from the top.
    index: Index,
    objects: Mutex<Objects>,
}

/// Where a path leads.
enum Place {
    /// To this path of the index; the top itself is empty.
    Inside(String),
    /// To a path of the disk.
    Outside(PathBuf),
    /// Nowhere.
    Lost,
}

impl<'a> Staged<'a> {
    /// The index of the repository that holds a folder. Where git runs a hook, it says in the environment which index a
    /// commit is made from: a commit of single files has one of its own.
    ///
    /// # Errors
    /// Where there is no repository, or git does not answer.
    pub fn open(io: &'a Io<'a>, folder: &Path) -> Result<Self, Failure> {
        let from = io.files.real(folder)?;
        let top = source::git_top(io.files, &from)?.ok_or_else(|| {
            cannot(&format!("`{}` is not in a git repository", from.display()))
                .help("without `--staged`, the working tree is checked")
        })?;
        let (batch, stage) =
            (["cat-file", "--batch"].map(OsStr::new), ["ls-files", "--stage", "-z"].map(OsStr::new));
        let call = |args| Call { program: "git", args, folder: top, variables: &[] };
        // It is up by the time that it is asked.
        let talk = io.process.talk(&call(&batch))?.ok_or_else(no_git)?;
        let listed = io.process.call(&call(&stage))?.ok_or_else(no_git)?;
        if !listed.success {
            return Err(cannot(&format!("`git ls-files` says: {}", listed.stderr)));
        }
        let objects = Mutex::new(Objects::new(talk));
        Ok(Self { io, top: top.to_owned(), index: Index::new(listed.stdout), objects })
    }

    fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.index.below(path).next().is_some()
    }

    fn blob(&self, id: &str) -> Result<Vec<u8>, Failure> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).whole_blob(id)
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
        let mut ahead: Vec<_> = parts(&inside);
        if ahead.first().is_some_and(|name| name == ".git") {
            return Ok(Place::Outside(whole));
        }
        let mut at = String::new();
        let mut links = 0;
        while let Some(name) = (!ahead.is_empty()).then(|| ahead.remove(0)) {
            if name == ".." {
                match at.rsplit_once('/') {
                    Some((above, _)) => at.truncate(above.len()),
                    None if at.is_empty() => return Ok(Place::Outside(self.outside(&ahead))),
                    None => at.clear(),
                }
                continue;
            }
            let next = source::joined(&at, &name);
            match self.index.get(&next) {
                Some((Kind::Link, id)) => {
                    links += 1;
                    let target = String::from_utf8_lossy(&self.blob(id)?).into_owned();
                    if links > MOST_LINKS || target.is_empty() {
                        return Ok(Place::Lost);
                    }
                    if Path::new(&target).is_absolute() {
                        let rest: PathBuf = ahead.iter().collect();
                        return Ok(Place::Outside(Path::new(&target).join(rest)));
                    }
                    ahead = parts(Path::new(&target)).into_iter().chain(ahead).collect();
                }
                Some((Kind::Submodule, _)) => {
                    let rest: PathBuf = ahead.iter().collect();
                    return Ok(Place::Outside(self.top.join(next).join(rest)));
                }
                _ => at = next,
            }
        }
        Ok(Place::Inside(at))
    }

    /// A path that has left the working tree upwards.
    fn outside(&self, ahead: &[String]) -> PathBuf {
        self.top.parent().unwrap_or(&self.top).join(ahead.iter().collect::<PathBuf>())
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

    fn refused(&self, path: &Path) -> Failure {
        Failure::new(
            FailureKind::Files,
            format!("cannot write `{}`: only what is staged is checked", path.display()),
        )
    }
}

/// What is staged: lines of git's answer, found by their paths without a copy of each.
struct Index {
    text: Vec<u8>,
    lines: Vec<Line>,
}

/// A line of the answer: where its path and the name of its object are.
struct Line {
    path: Range<usize>,
    kind: Kind,
    id: Range<usize>,
}

impl Index {
    /// Reads `MODE SP NAME SP STAGE TAB PATH NUL`. Paths that are not Unicode are left out: no path of a roadmap can mean them.
    fn new(text: Vec<u8>) -> Self {
        let mut lines = Vec::with_capacity(text.len() / 80);
        let mut start = 0;
        for line in text.split(|byte| *byte == 0) {
            let end = start + line.len();
            let place =
                |byte: u8, from: usize| line[from..].iter().position(|it| *it == byte).map(|at| from + at);
            let found = place(b' ', 0).and_then(|mode| {
                let id = place(b' ', mode + 1)?;
                Some((mode, id, place(b'\t', id)?))
            });
            if let Some((mode, id, tab)) = found
                && str::from_utf8(&line[tab + 1..]).is_ok()
            {
                let kind = match &line[..mode] {
                    b"120000" => Kind::Link,
                    b"160000" => Kind::Submodule,
                    _ => Kind::File,
                };
                lines.push(Line { path: start + tab + 1..end, kind, id: start + mode + 1..start + id });
            }
            start = end + 1;
        }
        let mut index = Self { text, lines };
        // git sorts them so; a path in a conflict stands there more than once.
        let Self { text, lines } = &mut index;
        if !lines.is_sorted_by(|a, b| text[a.path.clone()] < text[b.path.clone()]) {
            lines.sort_by(|a, b| text[a.path.clone()].cmp(&text[b.path.clone()]));
            lines.dedup_by(|a, b| text[a.path.clone()] == text[b.path.clone()]);
        }
        index
    }

    fn text(&self, range: &Range<usize>) -> &str {
        str::from_utf8(&self.text[range.clone()]).unwrap_or_default()
    }

    /// What is staged at a path, and the name of its object.
    fn get(&self, path: &str) -> Option<(Kind, &str)> {
        let found = self.lines.binary_search_by(|line| self.text[line.path.clone()].cmp(path.as_bytes()));
        found.ok().map(|at| (self.lines[at].kind, self.text(&self.lines[at].id)))
    }

    /// What is staged below a folder, from there and in order.
    fn below(&self, folder: &str) -> impl Iterator<Item = (&str, Kind)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let first = self.lines.partition_point(|line| self.text[line.path.clone()] < *start.as_bytes());
        self.lines[first..]
            .iter()
            .map_while(move |line| Some((self.text(&line.path).strip_prefix(&start)?, line.kind)))
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

fn cannot(why: &str) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot check what is staged: {why}"))
}

fn no_git() -> Failure {
    cannot("there is no program `git` here").help("install git, or put it into the `PATH`")
}

impl Files for Staged<'_> {
    fn here(&self) -> &Path {
        self.io.files.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        Ok(match self.place(path)? {
            Place::Outside(path) => return self.io.files.entry(&path),
            Place::Inside(path) if self.index.get(&path).is_some() => Some(Entry::File),
            Place::Inside(path) => self.is_folder(&path).then_some(Entry::Folder),
            Place::Lost => Some(Entry::Other),
        })
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        match self.place(path)? {
            Place::Outside(path) => self.io.files.read(&path),
            Place::Lost => Ok(None),
            Place::Inside(inside) => match self.index.get(&inside) {
                Some((_, id)) => {
                    let bytes = self.blob(id)?;
                    let is_pointer = bytes.len() <= LONGEST_POINTER && bytes.starts_with(POINTER);
                    if is_pointer { self.stored(bytes) } else { Ok(bytes) }.map(Some)
                }
                None if self.is_folder(&inside) => Err(cannot(&format!("`{}` is a folder", path.display()))),
                None => Ok(None),
            },
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let inside = match self.place(folder)? {
            Place::Outside(path) => return self.io.files.list(&path),
            Place::Lost => return Ok(Vec::new()),
            Place::Inside(inside) => inside,
        };
        let mut names: Vec<String> = self
            .index
            .below(&inside)
            .filter_map(|(path, _)| path.split('/').next().map(str::to_owned))
            .collect();
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        match self.place(folder)? {
            Place::Outside(path) => self.io.files.walk(&path),
            Place::Lost => Ok(Vec::new()),
            Place::Inside(inside) => {
                let files = self.index.below(&inside).filter(|(_, kind)| *kind != Kind::Submodule);
                Ok(files.map(|(path, _)| path.to_owned()).collect())
            }
        }
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        match self.place(path)? {
            Place::Outside(path) => self.io.files.real(&path),
            Place::Inside(inside) => Ok(self.top.join(inside)),
            Place::Lost => Ok(self.io.files.here().join(path)),
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        // What is asked for beside the check, as a patch, goes to the disk.
        self.io.files.write(path, bytes)
    }

    fn append(&self, path: &Path, _: &[u8]) -> Result<(), Failure> {
        Err(self.refused(path))
    }

    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        Err(self.refused(folder))
    }

    fn publish(&self, _: &Path, folder: &Path) -> Result<(), Failure> {
        Err(self.refused(folder))
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        Err(self.refused(path))
    }

    fn sweep(&self, folder: &Path) -> Result<(), Failure> {
        Err(self.refused(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_read_with_any_path() {
        let listed =
            b"100644 aa 0\ta b.json\x00120000 bb 0\tnew\nline\x00160000 cc 0\tsub\x00100755 dd 0\todd\xff\x00";
        let index = Index::new(listed.to_vec());
        assert_eq!(index.get("a b.json"), Some((Kind::File, "aa")));
        assert_eq!(index.get("new\nline"), Some((Kind::Link, "bb")));
        assert_eq!(index.get("sub"), Some((Kind::Submodule, "cc")));
        assert_eq!(index.lines.len(), 3, "what is not Unicode is left out");
    }

    #[test]
    fn a_folder_is_what_lies_below_it() {
        let index = Index::new(
            b"100644 aa 0\ta-b\x00100644 bb 0\ta/b/c\x00100644 cc 0\ta/d\x00100644 dd 0\ta0\x00".to_vec(),
        );
        assert_eq!(index.below("a").map(|(path, _)| path).collect::<Vec<_>>(), ["b/c", "d"]);
        assert_eq!(index.below("a/b").count(), 1);
        assert_eq!(index.below("").count(), 4);
        assert_eq!(index.below("b").count(), 0);
        let conflict = Index::new(b"100644 aa 1\tx\x00100644 bb 2\tx\x00100644 cc 3\tx\x00".to_vec());
        assert_eq!(conflict.lines.len(), 1);
    }
}
