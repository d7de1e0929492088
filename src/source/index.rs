//! Which files git tracks, out of its index: read as a file, so that no program is asked and none has to be there.
//!
//! Versions 2 to 4 are read, with names of objects in SHA-1 or SHA-256. An index that is only a part of itself (split, or
//! sparse with whole folders) is left to `git ls-files`, which puts it together.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    ops::Range,
    path::{Path, PathBuf},
};

use crate::io::{Entry, Failure, FailureKind, Files, Io};

/// The bits of a line that say which version of an unmerged file it holds.
const STAGES: u16 = 0x3000;

/// The mode of a link, of another repository and of a folder, less what is no kind.
const KINDS: u32 = 0o170_000;

/// What git tracks, by its path from the top of the working tree.
#[derive(Debug, Default)]
pub struct Index {
    names: Vec<u8>,
    lines: Vec<Tracked>,
    /// Paths that git could not merge, of which it has several versions.
    unmerged: BTreeSet<String>,
}

/// What git tracks at a path.
#[derive(Debug)]
pub struct Tracked {
    path: Range<usize>,
    /// What it is.
    pub(crate) kind: Kind,
    id: [u8; 32],
    width: usize,
    /// Whether a sparse checkout keeps it out of the working tree.
    pub(crate) is_kept_out: bool,
}

/// What git holds at a path of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file.
    File,
    /// A link.
    Link,
    /// Another repository.
    Submodule,
}

impl Tracked {
    /// The name of its object.
    pub fn id(&self) -> String {
        self.id[..self.width].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Kind {
    fn of(mode: u32) -> Self {
        match mode & KINDS {
            0o120_000 => Self::Link,
            0o160_000 => Self::Submodule,
            _ => Self::File,
        }
    }
}

impl Index {
    /// Reads the index of the working tree at `top`; `named` is another one, as git names it to a hook.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn read(io: &Io<'_>, top: &Path, named: Option<&Path>) -> Result<Self, Failure> {
        let path = named.map_or_else(|| place(io.files, top), |path| Ok(top.join(path)))?;
        let Some(bytes) = io.files.read(&path)? else { return Ok(Self::default()) };
        Self::whole(&bytes).map_or_else(|| asked(io, top, &path), Ok)
    }

    /// The same without git: `None` where its form is one that only git can read.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn alone(files: &dyn Files, top: &Path) -> Result<Option<Self>, Failure> {
        let bytes = files.read(&place(files, top)?)?;
        Ok(bytes.map_or_else(|| Some(Self::default()), |bytes| Self::whole(&bytes)))
    }

    fn whole(bytes: &[u8]) -> Option<Self> {
        [20, 32].into_iter().find_map(|width| Self::parsed(bytes, width))
    }

    /// What is tracked at a path.
    pub(crate) fn get(&self, path: &str) -> Option<&Tracked> {
        let found = self.lines.binary_search_by(|line| self.names[line.path.clone()].cmp(path.as_bytes()));
        found.ok().map(|at| &self.lines[at])
    }

    /// What is tracked below a folder, by its path from there and in order.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &Tracked)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let first = self.lines.partition_point(|line| self.names[line.path.clone()] < *start.as_bytes());
        self.lines[first..].iter().map_while(move |line| Some((self.path(line).strip_prefix(&start)?, line)))
    }

    /// The paths that git could not merge and that nobody has added since, in order.
    pub(crate) fn unmerged(&self) -> impl Iterator<Item = &str> {
        self.unmerged.iter().map(String::as_str)
    }

    /// Whether something is tracked below a folder.
    pub(crate) fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.below(path).next().is_some()
    }

    /// The same with files that are to count as tracked.
    #[must_use]
    pub(crate) fn with<'p>(mut self, paths: impl Iterator<Item = &'p str>) -> Self {
        paths.for_each(|path| self.add(path.as_bytes(), 0, &[], false));
        self.sorted()
    }

    fn path(&self, line: &Tracked) -> &str {
        str::from_utf8(&self.names[line.path.clone()]).unwrap_or_default()
    }

    /// Adds what is tracked. Paths that are not Unicode are left out: no path of a roadmap can mean them.
    fn add(&mut self, path: &[u8], mode: u32, id: &[u8], is_kept_out: bool) {
        if str::from_utf8(path).is_err() {
            return;
        }
        let start = self.names.len();
        self.names.extend_from_slice(path);
        let mut own = [0; 32];
        let width = id.len().min(own.len());
        own[..width].copy_from_slice(&id[..width]);
        let path = start..self.names.len();
        self.lines.push(Tracked { path, kind: Kind::of(mode), id: own, width, is_kept_out });
    }

    /// Keeps in mind that git could not merge a path.
    fn leave_open(&mut self, path: &[u8]) {
        self.unmerged.extend(str::from_utf8(path).map(str::to_owned));
    }

    /// Git sorts them so; a path in a conflict is there more than once.
    fn sorted(mut self) -> Self {
        let Self { names, lines, .. } = &mut self;
        if !lines.is_sorted_by(|a, b| names[a.path.clone()] < names[b.path.clone()]) {
            lines.sort_by(|a, b| names[a.path.clone()].cmp(&names[b.path.clone()]));
            lines.dedup_by(|a, b| names[a.path.clone()] == names[b.path.clone()]);
        }
        self
    }

    /// Reads the lines of `git ls-files --stage -t -z`: `TAG SP MODE SP NAME SP STAGE TAB PATH NUL`. The tag of what is kept
    /// out of the working tree is `S`.
    fn listed(text: &[u8]) -> Self {
        let mut index = Self::default();
        for line in text.split(|byte| *byte == 0) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let head = String::from_utf8_lossy(&line[..tab]);
            let mut words = head.split(' ');
            let is_kept_out = words.next() == Some("S");
            let mode = words.next().and_then(|mode| u32::from_str_radix(mode, 8).ok()).unwrap_or_default();
            let id = words.next().unwrap_or_default().as_bytes();
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
            let pairs = id.as_chunks::<2>().0.iter();
            let id: Option<Vec<u8>> = pairs.map(|[a, b]| Some(digit(*a)? << 4 | digit(*b)?)).collect();
            index.add(&line[tab + 1..], mode, &id.unwrap_or_default(), is_kept_out);
            if words.next().is_some_and(|stage| stage != "0") {
                index.leave_open(&line[tab + 1..]);
            }
        }
        index.sorted()
    }

    /// Reads an index whose names of objects have so many bytes; `None` where they have not, or it is only a part.
    fn parsed(bytes: &[u8], width: usize) -> Option<Self> {
        let mut from = Cursor { bytes, at: 0 };
        (from.take(4)? == b"DIRC").then_some(())?;
        let (version, count) = (from.number()?, from.number()?);
        (2..=4).contains(&version).then_some(())?;
        let mut index = Self::default();
        let mut name = Vec::new();
        for _ in 0..count {
            let start = from.at;
            from.take(24)?;
            let mode = from.number()?;
            from.take(12)?;
            let id = from.take(width)?;
            let flags = from.short()?;
            let further = if version > 2 && flags & 0x4000 != 0 { from.short()? } else { 0 };
            if version == 4 {
                let gone = from.offset()?;
                name.truncate(name.len().checked_sub(gone)?);
                name.extend_from_slice(from.until_nul()?);
            } else {
                name.clear();
                name.extend_from_slice(from.until_nul()?);
                // Up to the next eighth byte, and one at least: the one behind the name.
                from.at = start + (from.at - 1 - start) / 8 * 8 + 8;
            }
            let told = usize::from(flags & 0xfff);
            let fits = told == name.len() || (told == 0xfff && name.len() > 0xfff);
            // A whole folder in one line is a sparse index.
            (fits && mode & KINDS != 0o040_000).then_some(())?;
            // What is only meant to be added is in no commit.
            if further & 0x2000 == 0 {
                index.add(&name, mode, id, further & 0x4000 != 0);
            }
            if flags & STAGES != 0 {
                index.leave_open(&name);
            }
        }
        from.skip_extensions(width)?;
        (from.at + width == bytes.len()).then(|| index.sorted())
    }
}

/// Where the index lies.
fn place(files: &dyn Files, top: &Path) -> Result<PathBuf, Failure> {
    Ok(git_folder(files, top)?.join("index"))
}

/// Git's own folder for the working tree at `top`: `.git`, or where the file of that name leads to.
///
/// # Errors
/// Where it cannot be looked at, or the file does not say where.
pub(crate) fn git_folder(files: &dyn Files, top: &Path) -> Result<PathBuf, Failure> {
    let own = top.join(".git");
    if files.entry(&own)? == Some(Entry::Folder) {
        return Ok(own);
    }
    let text = files.read(&own)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let leads = text.strip_prefix("gitdir:").map(|path| top.join(path.trim()));
    leads.ok_or_else(|| cannot(&own, "it does not say where git's folder is"))
}

/// What git says that it tracks.
fn asked(io: &Io<'_>, top: &Path, path: &Path) -> Result<Index, Failure> {
    let args = ["ls-files", "--stage", "-t", "-z"].map(OsStr::new);
    let listed = io.process.run("git", &args, top)?;
    let listed =
        listed.ok_or_else(|| cannot(path, "it has a form that only `git` can read").help("install git"))?;
    if !listed.success {
        return Err(cannot(path, &format!("`git ls-files` says: {}", listed.stderr)));
    }
    Ok(Index::listed(&listed.stdout))
}

fn cannot(path: &Path, why: &str) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot read git's index `{}`: {why}", path.display()))
}

/// Bytes that are read from front to back.
struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    /// A number in as many bytes as it needs.
    fn offset(&mut self) -> Option<usize> {
        let mut byte = self.take(1)?[0];
        let mut value = usize::from(byte & 0x7f);
        while byte & 0x80 != 0 {
            byte = self.take(1)?[0];
            value = value.checked_add(1)?.checked_mul(128)? | usize::from(byte & 0x7f);
        }
        Some(value)
    }

    /// Passes over what stands before the checksum of so many bytes; `None` where that is a part of what is tracked.
    fn skip_extensions(&mut self, checksum: usize) -> Option<()> {
        while self.at + checksum < self.bytes.len() {
            let kind = self.take(4)?;
            let size = usize::try_from(self.number()?).ok()?;
            // Those with a small letter have to be understood.
            kind[0].is_ascii_uppercase().then_some(())?;
            self.take(size)?;
        }
        Some(())
    }

    fn until_nul(&mut self) -> Option<&'b [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let name = &rest[..rest.iter().position(|byte| *byte == 0)?];
        self.at += name.len() + 1;
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(index: &Index, folder: &str) -> Vec<String> {
        index.below(folder).map(|(path, _)| path.to_owned()).collect()
    }

    #[test]
    fn what_git_lists_is_read_with_any_path() {
        let index = Index::listed(
            b"H 100644 aabb 0\ta b.json\x00S 120000 bbcc 0\tnew\nline\x00H 160000 cc 0\tsub\x00H 100755 dd 0\todd\xff\x00",
        );
        let got = |path| index.get(path).map(|it| (it.kind, it.id()));
        assert_eq!(got("a b.json"), Some((Kind::File, "aabb".into())));
        assert_eq!(got("new\nline"), Some((Kind::Link, "bbcc".into())));
        assert!(index.get("new\nline").is_some_and(|it| it.is_kept_out));
        assert_eq!(got("sub"), Some((Kind::Submodule, "cc".into())));
        assert_eq!(index.lines.len(), 3, "what is not Unicode is left out");
    }

    #[test]
    fn a_folder_is_what_lies_below_it() {
        let index = Index::listed(
            b"H 100644 aa 0\ta-b\x00H 100644 bb 0\ta/b/c\x00H 100644 cc 0\ta/d\x00H 100644 dd 0\ta0\x00",
        );
        assert_eq!(paths(&index, "a"), ["b/c", "d"]);
        assert_eq!(paths(&index, "a/b").len(), 1);
        assert_eq!(paths(&index, "").len(), 4);
        assert!(paths(&index, "b").is_empty() && index.is_folder("a/b") && !index.is_folder("a0"));
        let conflict = Index::listed(b"M 100644 aa 1\tx\x00M 100644 bb 2\tx\x00M 100644 cc 3\tx\x00");
        assert_eq!(conflict.lines.len(), 1);
        assert_eq!(conflict.unmerged().collect::<Vec<_>>(), ["x"]);
        assert_eq!(index.unmerged().count(), 0);
    }

    #[test]
    fn what_is_no_index_is_not_taken_for_one() {
        for bytes in [&b""[..], b"DIRC", b"DIRC\0\0\0\x02\0\0\0\x01", b"DIRC\0\0\0\x05\0\0\0\0", &[0; 64]] {
            assert!(Index::parsed(bytes, 20).is_none(), "{bytes:?}");
        }
        let empty = [&b"DIRC\0\0\0\x02\0\0\0\0"[..], &[7; 20]].concat();
        assert!(Index::parsed(&empty, 20).is_some_and(|index| index.lines.is_empty()));
        assert!(Index::parsed(&empty, 32).is_none());
        // An extension that one has to understand.
        let split = [&b"DIRC\0\0\0\x02\0\0\0\0link\0\0\0\0"[..], &[7; 20]].concat();
        assert!(Index::parsed(&split, 20).is_none());
    }
}
