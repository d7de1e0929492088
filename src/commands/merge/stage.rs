//! What a merge changed beyond what git merged, put into git's index.

use std::{collections::BTreeSet, ffi::OsStr, path::Path};

use crate::io::{Call, Failure, FailureKind, Io};

/// How many bytes of paths one command is given: Windows takes 32 KiB for all of it.
const MOST_BYTES: usize = 16 * 1024;

/// Stages these files, by their paths from the top; one that is gone is staged as that. No filter of the repository runs, whatever
/// its configuration names.
pub(super) fn stage(io: &Io<'_>, top: &Path, paths: &BTreeSet<String>) -> Result<(), Failure> {
    if paths.is_empty() {
        return Ok(());
    }
    let settings = without_filters(io, top)?;
    let mut rest = paths.iter().peekable();
    while rest.peek().is_some() {
        let mut args: Vec<&str> = settings.iter().flat_map(|setting| ["-c", setting.as_str()]).collect();
        args.extend(["--literal-pathspecs", "add", "--all", "--"]);
        let mut bytes = 0;
        while let Some(path) = rest.next_if(|path| bytes == 0 || bytes + path.len() < MOST_BYTES) {
            bytes += path.len() + 1;
            args.push(path);
        }
        let args: Vec<_> = args.into_iter().map(OsStr::new).collect();
        let call = Call { program: "git", args: &args, folder: top, variables: &[] };
        let said = io.process.call(&call)?.ok_or_else(|| cannot("there is no program `git` here"))?;
        if !said.success {
            return Err(cannot(said.stderr.lines().next().unwrap_or("git does not say why")));
        }
    }
    Ok(())
}

/// Settings by which git runs none of the filters that the configuration of the repository names.
fn without_filters(io: &Io<'_>, top: &Path) -> Result<Vec<String>, Failure> {
    let args = ["config", "--null", "--name-only", "--get-regexp", "^filter\\."].map(OsStr::new);
    let call = Call { program: "git", args: &args, folder: top, variables: &[] };
    // It fails where there is none.
    let Some(said) = io.process.call(&call)?.filter(|said| said.success) else { return Ok(Vec::new()) };
    let names = String::from_utf8(said.stdout).map_err(|_| cannot("the name of a filter is not Unicode"))?;
    let keys = names.split('\0').filter_map(|key| key.strip_prefix("filter.")?.rsplit_once('.'));
    let filters: BTreeSet<_> = keys.map(|(name, _)| name.to_owned()).collect();
    if filters.iter().any(|name| name.contains('=')) {
        return Err(cannot("a filter of the repository has a name with `=` in it"));
    }
    let off = |name: &String| {
        [("clean", ""), ("process", ""), ("required", "false")]
            .map(|(key, value)| format!("filter.{name}.{key}={value}"))
    };
    Ok(filters.iter().flat_map(off).collect())
}

fn cannot(why: &str) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot stage what was built: {why}"))
        .help("run `git add --all`, then `git commit --no-edit`")
}
