//! The hook of git itself, in this clone: where git says that hooks are, and nowhere that other repositories share unasked.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use super::{Plan, ahead};
use crate::{
    cli::Init,
    commands::spot::Spot,
    io::{Call, Failure, FailureKind, Io},
    report::typed,
    setup::{GitHook, husky_hook, is_our_git_hook, managed},
    source::{FOLDER, below},
};

/// Variables of a hook that runs this, which would speak for another repository.
pub(super) const VARIABLES: [(&str, Option<&str>); 5] = [
    ("GIT_DIR", None),
    ("GIT_COMMON_DIR", None),
    ("GIT_WORK_TREE", None),
    ("GIT_INDEX_FILE", None),
    ("GIT_PREFIX", None),
];

/// Plans the hooks.
pub(super) fn plan(
    plan: &mut Plan<'_>,
    args: &Init,
    spot: &Spot,
    top: &Path,
    io: &Io<'_>,
) -> Result<(), Failure> {
    let Some(root) = below(top, &spot.root) else {
        let message = format!(
            "cannot write a hook for `{}`: its name is not Unicode, and the hook has to name it",
            spot.root.display()
        );
        return Err(Failure::new(FailureKind::Usage, message)
            .help("rename the folder, or run `roadbook check --staged` from a hook of your own"));
    };
    GitHook::ALL.into_iter().try_for_each(|hook| plan_one(plan, args, spot, (top, &root, hook), io))
}

fn plan_one(
    plan: &mut Plan<'_>,
    args: &Init,
    spot: &Spot,
    (top, root, hook): (&Path, &str, GitHook),
    io: &Io<'_>,
) -> Result<(), Failure> {
    let name = said(io, &spot.root, &["rev-parse", "--git-path", &format!("hooks/{}", hook.name())])?;
    let husky = name.to_str().and_then(husky_hook).map(PathBuf::from);
    if let Some(own) = &husky {
        let (own, filled) = (own.display(), name.display());
        plan.note(format!("husky runs `{own}`, and writes `{filled}` again at each install"));
    }
    let name = husky.unwrap_or(name);
    let target = spot.root.join(&name);
    let is_shared = is_shared(io, spot, top, &target)?;
    if is_shared && !args.shared_hooks {
        return Err(shared(&target));
    }
    let old = io.files.read(&target)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if let Some(old) = old.as_deref().filter(|old| !is_our_git_hook(old)) {
        if let Some(note) = left(hook, root, old) {
            plan.note(format!("`{}` exists and is not changed: {note}", name.display()));
        }
        return Ok(());
    }
    let why = match hook {
        GitHook::Commit => "refuses commits whose documents do not match the roadmap",
        GitHook::Merge => "completes merges whose documents do not match the roadmap",
    };
    let (new, why) = if is_shared {
        (hook.shared(root, old.as_deref()), format!("for every repository that uses this folder: {why}"))
    } else {
        (hook.script(root, &covered(plan, spot, top, io), old.as_deref()), why.to_owned())
    };
    plan.put_hook(name.display().to_string(), target, new, &why)
}

/// What is to be done about a hook of somebody else; `None` where it is done.
fn left(hook: GitHook, root: &str, old: &str) -> Option<String> {
    if hook.is_in(old, root) {
        return None;
    }
    let managed = managed(old).filter(|_| hook == GitHook::Commit).map(str::to_owned);
    // Behind an `exec` nothing is run.
    Some(managed.unwrap_or_else(|| format!("add this line below its first one\n  {}", hook.line(root))))
}

/// The folders that are roots of their own but for the list of this one, as ways from the top: their checks are this one's.
fn covered(plan: &Plan<'_>, spot: &Spot, top: &Path, io: &Io<'_>) -> Vec<String> {
    let all = ahead::listed(plan, spot, io);
    let own = |base: PathBuf| below(top, base.parent().filter(|_| base.ends_with(FOLDER))?);
    all.into_iter().filter_map(own).collect()
}

/// Whether a hook would run in other repositories, too: where it is neither in git's folder of this one nor in its working
/// tree, links followed.
fn is_shared(io: &Io<'_>, spot: &Spot, top: &Path, target: &Path) -> Result<bool, Failure> {
    let common = io.files.real(&spot.root.join(said(io, &spot.root, &["rev-parse", "--git-common-dir"])?))?;
    let place = io.files.real(target)?;
    Ok(!place.starts_with(&common) && !place.starts_with(top))
}

fn shared(target: &Path) -> Failure {
    let message = format!(
        "cannot write the hook: git takes the hooks of this repository from `{}`, outside of it, where other repositories may use them too",
        target.parent().unwrap_or(target).display()
    );
    let own = typed(".git/hooks").into_owned();
    Failure::new(FailureKind::Usage, message).help(format!(
        "`--shared-hooks` writes it there all the same; `git config core.hooksPath {own}` gives this repository hooks of its own"
    ))
}

/// What git answers with, in one line: a path, or a setting.
pub(super) fn said(io: &Io<'_>, folder: &Path, args: &[&str]) -> Result<PathBuf, Failure> {
    let args: Vec<_> = args.iter().map(OsStr::new).collect();
    let call = Call { program: "git", args: &args, folder, variables: &VARIABLES };
    let cannot =
        |why: &str| Failure::new(FailureKind::Files, format!("cannot ask git about this repository: {why}"));
    let said = io.process.call(&call)?.ok_or_else(|| cannot("there is no program `git` here"))?;
    if !said.success {
        return Err(cannot(said.stderr.lines().next().unwrap_or("git does not say")));
    }
    let text = String::from_utf8(said.stdout).map_err(|_| cannot("its answer is not Unicode"))?;
    Ok(text.strip_suffix('\n').unwrap_or(&text).trim_end_matches('\r').into())
}
