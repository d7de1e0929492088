//! The commits of a merge, and what files say in them.

use std::{collections::BTreeSet, ffi::OsStr, path::Path};

use crate::{
    io::{Call, Failure, Io, Output},
    report::Report,
    source::parse_lock,
};

/// What git calls the commits that it merges, in the environment of what it runs: `GITHEAD_` and the commit, with what the user
/// called it.
const HEADS: &str = "GITHEAD_";

/// The commits of a repository.
pub(super) struct Commits<'a> {
    io: &'a Io<'a>,
    top: &'a Path,
}

impl<'a> Commits<'a> {
    pub(super) fn new(io: &'a Io<'a>, top: &'a Path) -> Self {
        Self { io, top }
    }

    /// The one commit that is merged in, as far as git tells; `name` is what it calls that side. A rebase tells it in the name
    /// alone: the commit's own, and its subject.
    pub(super) fn merged_in(&self, name: Option<&str>) -> Result<Option<String>, Failure> {
        let heads = self.io.process.variables(HEADS);
        let mut commits = heads.iter().filter_map(|(key, _)| key.strip_prefix(HEADS)).filter(|id| is_hex(id));
        if let (Some(one), None) = (commits.next(), commits.next()) {
            return Ok(Some(one.to_owned()));
        }
        let named = name.and_then(|name| name.split_whitespace().next()).filter(|word| is_hex(word));
        for id in named.into_iter().chain(heads.is_empty().then_some("MERGE_HEAD")) {
            if let Some(id) = self.line(&["rev-parse", "--verify", "--quiet", &format!("{id}^{{commit}}")])? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// The commit from which two others started.
    pub(super) fn base(&self, other: &str) -> Result<Option<String>, Failure> {
        self.line(&["merge-base", "HEAD", other])
    }

    /// What a file says in a commit; `None` where it has none.
    pub(super) fn blob(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let said = self.ask(&["cat-file", "blob", &format!("{commit}:{path}")])?;
        Ok(said.filter(|said| said.success).map(|said| said.stdout))
    }

    fn line(&self, args: &[&str]) -> Result<Option<String>, Failure> {
        let said = self.ask(args)?.filter(|said| said.success);
        let line = said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned());
        Ok(line.filter(|line| is_hex(line)))
    }

    fn ask(&self, args: &[&str]) -> Result<Option<Output>, Failure> {
        let args: Vec<_> = args.iter().map(OsStr::new).collect();
        self.io.process.call(&Call { program: "git", args: &args, folder: self.top, variables: &[] })
    }
}

/// Whether a word can be the name of a commit.
fn is_hex(word: &str) -> bool {
    (7..=64).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The ids that a lock has, in lower case; none of what is no lock.
pub(super) fn locked(bytes: Vec<u8>) -> BTreeSet<String> {
    let lock = parse_lock(&"lock".into(), bytes, &mut Report::default()).unwrap_or_default();
    lock.milestones.into_keys().chain(lock.issues.into_keys()).collect()
}
