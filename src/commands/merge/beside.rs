//! What of a roadmap lies beside the one file that the driver is given: whatever refers to an item from there does not follow by itself
//! when the driver gives that another id.

use super::Driver;
use crate::{
    commands::under_way::{Commits, HEADS},
    io::{Failure, Limit},
    report::one_line,
    source::{BODIES, is_source},
};

/// What the hook calls that completes a merge.
const FINISH: &str = "merge --finish";

impl Driver<'_> {
    /// Whether what refers to these items is left as it was, by their former ids: it lies in files that the driver does not see, and no
    /// hook of git looks at all of them later. What is to be done is said then.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub(super) fn leaves_others(&self, former: &[&str], has_conflicts: bool) -> Result<bool, Failure> {
        if former.is_empty() {
            return Ok(false);
        }
        let top = self.io.files.real(self.io.files.here())?;
        let commits = Commits::new(self.io, &top);
        let theirs = commits.merged_in(self.names[1].as_deref())?;
        let has_docs = self.has_docs()?;
        if !has_docs && !self.has_others(&commits, theirs.as_deref())? {
            return Ok(false);
        }
        let ids: Vec<_> = former.iter().map(|id| format!("`{}`", one_line(id))).collect();
        let ids = ids.join(", ");
        if has_docs {
            self.say(&format!(
                "documents that say {ids} stay as they are: read what this side wrote in them"
            ));
        }
        // After a conflict git runs no such hook, nor where it takes over the changes of single commits.
        let is_merge = !has_conflicts && self.io.process.variables(HEADS).len() == 1;
        if is_merge && commits.hook("pre-merge-commit")?.is_some_and(|hook| hook.contains(FINISH)) {
            return Ok(false);
        }
        self.say(&format!(
            "conflict: other files may still say {ids} and mean this side's: decide and `git add` what git could not merge, then run \
             `roadbook merge --finish`"
        ));
        Ok(true)
    }

    /// Whether either side has further files of the source, or bodies in files.
    fn has_others(&self, commits: &Commits<'_>, theirs: Option<&str>) -> Result<bool, Failure> {
        let (base, own) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let is_other = |path: &str| match path.split_once('/') {
            Some((folder, _)) => folder == BODIES,
            None => path != own && is_source(path),
        };
        let mut revisions = vec!["HEAD"];
        revisions.extend(theirs);
        for revision in revisions {
            if commits.has_below(revision, base, is_other)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the file names documents, which people write.
    fn has_docs(&self) -> Result<bool, Failure> {
        let here = self.io.files.here().join(&self.path);
        let text = self.io.files.read_at_most(&here, Limit::Source)?.unwrap_or_default();
        let source = serde_json::from_slice::<serde_json::Value>(&text).unwrap_or_default();
        Ok(source.get("docs").is_some_and(|docs| docs.as_array().is_none_or(|docs| !docs.is_empty())))
    }
}
