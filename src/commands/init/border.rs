//! Where `init` stops: it sets up the repository that it stands in, and changes no other one unasked.

use std::path::Path;

use crate::{
    cli::Global,
    commands::spot::Spot,
    io::{Failure, FailureKind, Io},
    report::typed,
    source::{self, Found},
};

/// Refuses a folder that is no project before anybody searches all that lies below it.
///
/// # Errors
/// Where the user stands in such a folder.
pub(super) fn hold_here(global: &Global, io: &Io<'_>) -> Result<(), Failure> {
    if global.root.is_some() || global.roadmap.is_some() {
        return Ok(());
    }
    let here = io.files.real(Path::new("."))?;
    let root = match source::root_above(io.files, &here)? {
        Some(root) => root,
        None => source::git_top(io.files, &here)?.unwrap_or(&here).to_owned(),
    };
    hold_home(&root, io)
}

/// Refuses what belongs to another repository than the one that the user stands in, or to none.
///
/// # Errors
/// Where it does: the message says which, and the command that works there.
pub(super) fn hold(spot: &Spot, global: &Global, io: &Io<'_>) -> Result<(), Failure> {
    if global.root.is_none() {
        if global.roadmap.is_none() {
            hold_above(spot, io)?;
        }
        hold_home(&spot.root, io)?;
    }
    let Some(source) = source_of(spot, io) else { return Ok(()) };
    let holder = source.parent().unwrap_or(&source);
    let own = source::git_top(io.files, &io.files.real(holder)?)?.map(Path::to_owned);
    match own {
        Some(own) if Some(&own) != spot.top.as_ref() && own != spot.root && own.starts_with(&spot.root) => {
            let message = format!(
                "`{}` belongs to another git repository, `{}`: nothing was written",
                source.display(),
                own.display()
            );
            Err(Failure::new(FailureKind::Usage, message).help(there(&own)))
        }
        _ => Ok(()),
    }
}

/// Outside of git, a roadmap in a folder above is not the user's folder's.
fn hold_above(spot: &Spot, io: &Io<'_>) -> Result<(), Failure> {
    let here = io.files.real(Path::new("."))?;
    if spot.top.is_some() || spot.root == here {
        return Ok(());
    }
    let message = format!(
        "the roadmap of `{}` is above this folder, and no git repository says that both belong together: nothing was written",
        spot.root.display()
    );
    Err(Failure::new(FailureKind::Usage, message)
        .help(format!("{}; `roadbook init --root .` begins a roadmap here", there(&spot.root))))
}

/// A home folder, or that of the whole system, is hardly what somebody wants to set up.
fn hold_home(root: &Path, io: &Io<'_>) -> Result<(), Failure> {
    let home = ["HOME", "USERPROFILE"].iter().filter_map(|name| io.process.variable(name));
    let is_home = home.into_iter().any(|home| {
        let home = Path::new(&home);
        home.is_absolute() && io.files.real(home).is_ok_and(|home| home == root)
    });
    if !is_home && root.parent().is_some() {
        return Ok(());
    }
    let what = if is_home { "your home folder" } else { "the top of the file system" };
    let message = format!("`{}` is {what}, and not a project: nothing was written", root.display());
    Err(Failure::new(FailureKind::Usage, message)
        .help(format!("go to the project's folder first; where this is meant, {}", there(root))))
}

fn there(root: &Path) -> String {
    format!("`roadbook --root {} init` sets it up", typed(&root.display().to_string()))
}

/// The first file of the source that is there.
fn source_of(spot: &Spot, io: &Io<'_>) -> Option<std::path::PathBuf> {
    let first = |found: Found| found.files.first().map(|file| found.root.join(&**file));
    match &spot.json {
        Some(json) if !spot.is_set_up => Some(spot.root.join(json)),
        _ => source::find(io.files, Some(&spot.root), None).ok().and_then(first),
    }
}
