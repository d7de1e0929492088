//! The commits of a merge, and what files say in them.

use std::{collections::BTreeSet, ffi::OsStr, path::Path};

use crate::{
    io::{Call, Failure, Io, Limit, Output},
    report::Report,
    setup::husky_hook,
    source::{git_folder, parse_lock},
};

/// What git calls the commits that it merges, in the environment of what it runs: `GITHEAD_` and the commit, with what the user
/// called it.
pub(crate) const HEADS: &str = "GITHEAD_";

/// A merge of commits that git has begun, and not ended.
#[derive(Debug)]
pub(crate) struct UnderWay {
    /// The commit that is merged in, or whose changes are taken over.
    pub(crate) theirs: String,
    /// The commit that both sides started from.
    pub(crate) base: String,
    /// The command that ends it.
    pub(crate) ends_with: &'static str,
}

/// What git calls the commit whose changes are taken over, which files of its folder say that it does so, and what ends it.
const PICKS: [(&str, &[&str], &str); 2] = [
    ("REBASE_HEAD", &["rebase-merge", "rebase-apply"], "git rebase --continue"),
    ("CHERRY_PICK_HEAD", &["CHERRY_PICK_HEAD"], "git cherry-pick --continue"),
];

/// The commits of a repository.
pub(crate) struct Commits<'a> {
    io: &'a Io<'a>,
    top: &'a Path,
}

impl<'a> Commits<'a> {
    pub(crate) fn new(io: &'a Io<'a>, top: &'a Path) -> Self {
        Self { io, top }
    }

    /// The one commit that is merged in, as far as git tells; `name` is what it calls that side. A rebase tells it in the name
    /// alone: the commit's own, and its subject.
    pub(crate) fn merged_in(&self, name: Option<&str>) -> Result<Option<String>, Failure> {
        let heads = self.io.process.variables(HEADS);
        let mut commits = heads.iter().filter_map(|(key, _)| key.strip_prefix(HEADS)).filter(|id| is_hex(id));
        if let (Some(one), None) = (commits.next(), commits.next()) {
            return Ok(Some(one.to_owned()));
        }
        let named = name.and_then(|name| name.split_whitespace().next()).filter(|word| is_hex(word));
        for id in named.into_iter().chain(heads.is_empty().then_some("MERGE_HEAD")) {
            if let Some(id) = self.commit(id)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// The merge, rebase or cherry-pick that is under way, where there is one. Git is asked only then.
    ///
    /// # Errors
    /// Where git cannot be asked.
    pub(crate) fn under_way(&self) -> Result<Option<UnderWay>, Failure> {
        let Ok(folder) = git_folder(self.io.files, self.top) else { return Ok(None) };
        let is_there =
            |name: &str| self.io.files.entry(&folder.join(name)).is_ok_and(|entry| entry.is_some());
        for (head, signs, ends_with) in PICKS {
            if signs.iter().any(|name| is_there(name))
                && let Some(theirs) = self.commit(head)?
                && let Some(base) = self.commit(&format!("{head}^"))?
            {
                return Ok(Some(UnderWay { theirs, base, ends_with }));
            }
        }
        if !is_there("MERGE_HEAD") && self.io.process.variables(HEADS).is_empty() {
            return Ok(None);
        }
        let Some(theirs) = self.merged_in(None)? else { return Ok(None) };
        let base = self.line(&["merge-base", "HEAD", &theirs])?;
        Ok(base.map(|base| UnderWay { theirs, base, ends_with: "git commit --no-edit" }))
    }

    /// Whether a commit has files below a folder that `is_meant` takes, by their paths from there.
    pub(crate) fn has_below(
        &self,
        commit: &str,
        folder: &str,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<bool, Failure> {
        let tree = format!("{commit}:{folder}");
        let said = self.ask(&["ls-tree", "-r", "-z", "--name-only", &tree])?.filter(|said| said.success);
        let said = said.map(|said| String::from_utf8_lossy(&said.stdout).into_owned()).unwrap_or_default();
        Ok(said.split('\0').any(|path| !path.is_empty() && is_meant(path)))
    }

    /// Where git takes a hook from, and what it says there; nothing where there is none.
    pub(crate) fn hook(&self, name: &str) -> Result<Option<String>, Failure> {
        let path = self.ask(&["rev-parse", "--git-path", &format!("hooks/{name}")])?;
        let Some(path) = path.filter(|said| said.success) else { return Ok(None) };
        let path = String::from_utf8_lossy(&path.stdout).trim_end_matches(['\r', '\n']).to_owned();
        let husky = husky_hook(&path);
        for path in [Some(path), husky].into_iter().flatten().rev() {
            let text = self.io.files.read_at_most(&self.top.join(path), Limit::Source).ok().flatten();
            if let Some(text) = text {
                return Ok(Some(String::from_utf8_lossy(&text).into_owned()));
            }
        }
        Ok(None)
    }

    /// The commit that a name means, where it means one.
    fn commit(&self, name: &str) -> Result<Option<String>, Failure> {
        self.line(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// What a file says in a commit; `None` where it has none.
    pub(crate) fn blob(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, Failure> {
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
pub(crate) fn locked(bytes: Vec<u8>) -> BTreeSet<String> {
    let lock = parse_lock(&"lock".into(), bytes, &mut Report::default()).unwrap_or_default();
    lock.milestones.into_keys().chain(lock.issues.into_keys()).collect()
}
