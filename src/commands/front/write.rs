//! A front page on the disk: in its place in the repository, or in a folder that a person names.

use std::path::{Path, PathBuf};

use super::{FrontPage, Made, make, tell};
use crate::{
    cli::{Findings, Global},
    commands::{advice, build::foreign_file, keep, selection::Selection},
    io::{Entry, Failure, FailureKind, Io},
    output::{Tree, as_on_disk, is_marked, same_lines},
    render::PagePath,
    report::Report,
};

/// What a website of one roadmap holds, and a front page does not.
const DATA: &str = "roadmap.json";

/// Writes a front page to a folder that a person names. Files of its names that are not Roadbook's are replaced with `force` alone.
///
/// # Errors
/// Where that is no folder, or holds such a file, and where the disk refuses.
pub(in crate::commands) fn put(
    io: &Io<'_>,
    global: &Global,
    out: &Path,
    files: &[(&'static str, Vec<u8>)],
    force: bool,
) -> Result<(), Failure> {
    let root = folder(io, out)?;
    let tree = Tree { files: io.files, root: &root };
    if io.files.entry(&root.join(DATA))?.is_some() && !force {
        return Err(refusal(out, &format!("it holds the website of a roadmap: `{DATA}` is in it"))
            .help("name another folder with `--out`; `--force` replaces its overview"));
    }
    let mut changed = Vec::new();
    for (name, bytes) in files {
        let path = PagePath::new(*name);
        let old = tree.read(&path)?;
        match &old {
            Some(old) if same_lines(bytes, old) => continue,
            Some(old) if !force && !is_marked(&path, old) => {
                return Err(refusal(out, &format!("it holds a `{name}` that is not Roadbook's"))
                    .help("name another folder with `--out`; `--force` replaces that file"));
            }
            _ => changed.push(Change { target: tree.target(&path)?, path, old, new: bytes }),
        }
    }
    changed.iter().try_for_each(|change| change.replace(io))?;
    if !global.quiet {
        let (written, unchanged) = (changed.len(), files.len() - changed.len());
        io.terminal.say(&format!(
            "wrote `{}`: {written} written, {unchanged} unchanged\n",
            out.join("index.html").display()
        ));
    }
    Ok(())
}

/// The folder that a person names, or where it is to be.
fn folder(io: &Io<'_>, out: &Path) -> Result<PathBuf, Failure> {
    let root = io.files.real(out)?;
    if !matches!(io.files.entry(&root)?, None | Some(Entry::Folder)) {
        return Err(refusal(out, "it is not a folder"));
    }
    if io.files.is_gits(&root) {
        return Err(refusal(out, "it lies in git's own folder"));
    }
    Ok(root)
}

fn refusal(out: &Path, why: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("cannot write a page to `{}`: {why}", out.display()))
}

/// Writes what differs of the front page, and removes what earlier ones left; returns the exit code.
///
/// # Errors
/// Where the disk refuses.
pub(in crate::commands) fn build(
    io: &Io<'_>,
    global: &Global,
    selection: &Selection,
    (findings, adopt): (&Findings, &[PathBuf]),
) -> Result<u8, Failure> {
    let say = |words: &str| {
        if !global.quiet {
            io.terminal.say(&format!("{words}\n"));
        }
    };
    let Some(root) = selection.root() else { return Ok(0) };
    let page = match make(io, selection)? {
        Made::Page(page) => page,
        Made::Unread(names) => {
            say(&format!("the front page is left as it is: `{}` cannot be read", names.join("`, `")));
            return Ok(0);
        }
        Made::Nothing => return Ok(0),
    };
    let tree = Tree { files: io.files, root };
    let (changed, foreign) = changes(&page, tree, adopt)?;
    if !foreign.is_empty() {
        say("the front page was not written: a file that is not Roadbook's is in the way");
        return tell(io, selection, foreign, ("build", findings));
    }
    let orphans = page.orphans(tree)?;
    changed.iter().try_for_each(|change| change.write(io, root, &say))?;
    orphans.iter().try_for_each(|path| io.files.remove(&tree.path(path)))?;
    if global.verbose {
        changed.iter().for_each(|change| say(&format!("  wrote {}", change.path)));
        orphans.iter().for_each(|path| say(&format!("  removed {path}")));
    }
    let unchanged = page.files.len() - changed.len();
    say(&format!("front page: {} written, {unchanged} unchanged, {} removed", changed.len(), orphans.len()));
    Ok(0)
}

/// A file that is to be written.
struct Change<'p> {
    path: PagePath,
    /// Where it lies, with its links followed.
    target: PathBuf,
    old: Option<Vec<u8>>,
    new: &'p [u8],
}

/// What differs of a front page, and the files in its way that are not Roadbook's and that nobody adopts.
fn changes<'p>(
    page: &'p FrontPage,
    tree: Tree<'_>,
    adopt: &[PathBuf],
) -> Result<(Vec<Change<'p>>, Report), Failure> {
    let adopted = adopt.iter().map(|path| tree.files.real(path)).collect::<Result<Vec<_>, _>>()?;
    let mut changed = Vec::new();
    let mut foreign = Report::default();
    for (path, new) in &page.files {
        let old = tree.read(path)?;
        match &old {
            Some(old) if same_lines(new, old) => continue,
            Some(old) if !is_marked(path, old) && !adopted.contains(&tree.path(path)) => {
                foreign.push(foreign_file(path))
            }
            _ => changed.push(Change { path: path.clone(), target: tree.target(path)?, old, new }),
        }
    }
    Ok((changed, foreign))
}

impl Change<'_> {
    /// Writes it; of a file that was not Roadbook's a copy is kept, which is said.
    fn write(&self, io: &Io<'_>, root: &Path, say: &impl Fn(&str)) -> Result<(), Failure> {
        let Self { path, target, old, .. } = self;
        if let Some(theirs) = old.as_ref().filter(|old| !is_marked(path, old)) {
            let kept = keep::keep(io, root, target, theirs)?;
            say(&kept.told(path.as_str(), &advice::way(io.files, root)?));
        }
        self.replace(io)
    }

    /// Writes it where the disk is as it was seen: what somebody makes or saves meanwhile stays.
    fn replace(&self, io: &Io<'_>) -> Result<(), Failure> {
        let new = as_on_disk(self.new, self.old.as_deref());
        match io.files.replace(&self.target, self.old.as_deref(), &new)? {
            true => Ok(()),
            false => Err(Failure::changed(&self.path)),
        }
    }
}
