//! Files as they are and as they will be: made, changed, removed, all of them or none.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::removed::Removed;
use crate::{
    io::{Failure, FailureKind, Files},
    output::Tree,
    render::PagePath,
    report::{JsonPath, diff},
};

/// A file that people write, as it is, and as it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rewrite {
    /// The file, from the root.
    pub(crate) file: Arc<str>,
    pub(super) target: PathBuf,
    /// `None` where it is not there yet.
    pub(super) old: Option<String>,
    /// `None` where it goes.
    pub(super) new: Option<String>,
    pub(super) removed: Removed,
}

impl Rewrite {
    /// Another text for a file, which may come or go; `None` where it is the same.
    ///
    /// # Errors
    /// Where the file leads out of the root.
    pub(crate) fn of(
        tree: Tree<'_>,
        file: &Arc<str>,
        old: Option<String>,
        new: Option<String>,
    ) -> Result<Option<Self>, Failure> {
        let target = tree.target(&PagePath::new(&**file))?;
        let removed = Removed::default();
        Ok((old != new).then(|| Self { file: Arc::clone(file), target, old, new, removed }))
    }

    /// The way to a value of the new text as it was in the old one.
    pub(crate) fn former_path(&self, path: &JsonPath) -> JsonPath {
        self.removed.former_path(path)
    }

    /// What changes, as `git apply` takes it.
    pub(crate) fn diff(&self) -> String {
        diff::unified(&self.file, self.old.as_deref(), self.new.as_deref(), 3)
    }

    /// What comes first: a text is written where it goes before it is taken from where it was, so that none is lost between.
    fn turn(&self) -> u8 {
        match (&self.old, &self.new) {
            (None, _) => 0,
            (_, Some(_)) => 1,
            (_, None) => 2,
        }
    }

    /// Puts one text in the place of the other; `false` where it is no longer that one.
    fn put(&self, files: &dyn Files, old: Option<&str>, new: Option<&str>) -> Result<bool, Failure> {
        let bytes = old.map(str::as_bytes);
        match (bytes, new) {
            (_, Some(new)) => files.replace(&self.target, bytes, new.as_bytes()),
            (Some(old), None) => files.remove_same(&self.target, old),
            (None, None) => Ok(true),
        }
    }
}

/// Writes the files, all or none of them.
///
/// # Errors
/// Where one cannot be written, or is no longer what the edit was made from.
pub(crate) fn write(rewrites: &[Rewrite], files: &dyn Files) -> Result<(), Failure> {
    rewrites.iter().try_for_each(|rewrite| files.writable(&rewrite.target))?;
    let mut rewrites: Vec<_> = rewrites.iter().collect();
    rewrites.sort_by_key(|rewrite| rewrite.turn());
    for (count, rewrite) in rewrites.iter().enumerate() {
        let failure = match rewrite.put(files, rewrite.old.as_deref(), rewrite.new.as_deref()) {
            Ok(true) => continue,
            Ok(false) => Failure::changed(&rewrite.file),
            Err(failure) => failure,
        };
        for done in rewrites[..count].iter().rev() {
            if !done.put(files, done.new.as_deref(), done.old.as_deref())? {
                let message =
                    format!("{failure}, and `{}`, which was written before, has changed since", done.file);
                return Err(Failure::new(FailureKind::Files, message).help("look at what changed in both"));
            }
        }
        return Err(failure);
    }
    Ok(())
}

/// Another text for a file that is there; `None` where it is the same.
///
/// # Errors
/// Where the file leads out of the root.
pub(crate) fn rewrite(
    tree: Tree<'_>,
    file: &Arc<str>,
    old: String,
    new: String,
) -> Result<Option<Rewrite>, Failure> {
    Rewrite::of(tree, file, Some(old), Some(new))
}

/// Two rounds of rewrites as one: the second was made from what the first comes to.
pub(crate) fn composed(first: Vec<Rewrite>, second: Vec<Rewrite>) -> Vec<Rewrite> {
    let mut all: BTreeMap<_, _> = first.into_iter().map(|it| (it.target.clone(), it)).collect();
    for later in second {
        match all.get_mut(&later.target) {
            Some(one) => {
                one.new = later.new;
                one.removed = std::mem::take(&mut one.removed).and(later.removed);
            }
            None => drop(all.insert(later.target.clone(), later)),
        }
    }
    all.into_values().filter(|it| it.old != it.new).collect()
}
