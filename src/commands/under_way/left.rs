//! What a merge under way has left of ids: those that files of one roadmap gave away twice, and what refers to an item of another
//! file that was renumbered. Git and the driver merge each file by itself, and nothing in a file tells that another one changed.

use std::collections::BTreeSet;

use super::{Commits, UnderWay, bodies, from_top, locked, top_of};
use crate::{
    commands::Session,
    edit::{self, Rewrite},
    io::{Failure, Io, Limit},
    merge::{FileVersions, Known, Three, across},
    output::Tree,
    report::{Code, Diagnostic, Place},
    source::{self, Found, LOCK, joined},
};

/// What is left to write.
#[derive(Debug)]
pub(crate) struct Left {
    /// The files as they are to be.
    pub(crate) rewrites: Vec<Rewrite>,
    /// Their paths from the top of the repository.
    pub(crate) paths: Vec<String>,
    /// Ids that two files gave away, and what takes their place.
    pub(crate) doubled: Vec<(String, String)>,
    /// All ids that are others now, be it from here or from the merge of one file.
    renumbered: Vec<(String, String)>,
}

/// What is left, of the files as they are read; `None` where a file cannot be read as a source, which a check tells.
///
/// # Errors
/// Where a file cannot be read.
pub(crate) fn left(
    io: &Io<'_>,
    found: &Found,
    commits: &Commits<'_>,
    under_way: &UnderWay,
) -> Result<Option<Left>, Failure> {
    let top = top_of(io, &found.root)?;
    let UnderWay { theirs, base, .. } = under_way;
    let paths = found.files.iter().map(|file| from_top(io.files, &top, &found.root.join(&**file)));
    let Some(paths) = paths.collect::<Result<Option<Vec<_>>, _>>()? else { return Ok(None) };
    let mut texts = Vec::new();
    for (file, path) in found.files.iter().zip(&paths) {
        let place = found.root.join(&**file);
        let merged = io.files.read_inside(&found.root, &place, Limit::Source)?.unwrap_or_default();
        let versions = versions(commits, path, [base, "HEAD", theirs])?;
        texts.push((versions, String::from_utf8_lossy(&merged).into_owned()));
    }
    let above = source::below(&top, &found.root).unwrap_or_default();
    let lock = joined(&above, &joined(&found.base, LOCK));
    let known = Known {
        taken: BTreeSet::new(),
        our_lock: locked(commits.blob("HEAD", &lock)?.unwrap_or_default()),
        their_lock: locked(commits.blob(theirs, &lock)?.unwrap_or_default()),
    };
    let files: Vec<_> = texts
        .iter()
        .map(|(all, merged)| FileVersions { texts: all.as_ref().map(String::as_str), merged })
        .collect();
    let Some(new) = across(&files, &known) else { return Ok(None) };
    let tree = Tree { files: io.files, root: &found.root };
    let (mut rewrites, mut changed) = (Vec::new(), Vec::new());
    for (((file, path), (_, old)), new) in found.files.iter().zip(paths).zip(&texts).zip(new.texts) {
        let Some(new) = new else { continue };
        rewrites.extend(edit::rewrite(tree, file, old.clone(), new)?);
        changed.push(path);
    }
    let moved = bodies::moved(commits, (found, &above), tree, ["HEAD", theirs], &new.of_side)?;
    changed.extend(moved.iter().map(|rewrite| joined(&above, &rewrite.file)));
    rewrites.extend(moved);
    let renumbered = new.of_side.into_iter().flatten().collect();
    Ok(Some(Left { rewrites, paths: changed, doubled: new.ids, renumbered }))
}

/// A file as it is in three commits.
fn versions(
    commits: &Commits<'_>,
    path: &str,
    [base, ours, theirs]: [&str; 3],
) -> Result<Three<String>, Failure> {
    let text = |commit: &str| {
        let bytes = commits.blob(commit, path)?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    Ok(Three { base: text(base)?, ours: text(ours)?, theirs: text(theirs)? })
}

/// Tells, while a merge is under way, which files mean other items than they did before it.
///
/// # Errors
/// Where a file cannot be read.
pub(crate) fn unfinished(session: &Session<'_>) -> Result<Vec<Diagnostic>, Failure> {
    let found = &session.found;
    let Some(top) = session.top()?.filter(|_| !found.stdin) else { return Ok(Vec::new()) };
    let commits = Commits::new(session.io, top);
    let Some(under_way) = commits.under_way()? else { return Ok(Vec::new()) };
    let Some(left) = left(session.io, found, &commits, &under_way)? else { return Ok(Vec::new()) };
    let ids = left.renumbered.iter().map(|(old, new)| format!("`{}` is `{new}`", cased(old, new)));
    let ids: Vec<_> = ids.collect();
    let tell = |rewrite: &Rewrite| {
        let file = &rewrite.file;
        let message = format!("`{file}` does not follow the merge yet, in which {}", ids.join(", "));
        Diagnostic::new(Code::ConflictMarkers, Place::file(file.clone()), message)
            .help("run `roadbook merge --finish`, which gives each reference the id that its side meant")
    };
    Ok(left.rewrites.iter().map(tell).collect())
}

/// A former id, known in lower case alone, in the letters that the new one has as well.
fn cased(old: &str, new: &str) -> String {
    let mut letters = new.chars();
    let mut is_same = true;
    let same = |letter: char| {
        let other = letters.next().filter(|other| is_same && other.eq_ignore_ascii_case(&letter));
        is_same = other.is_some();
        other.unwrap_or(letter)
    };
    old.chars().map(same).collect()
}
