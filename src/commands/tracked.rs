//! `--tracked`: which files of a roadmap a commit would leave out, since git does not track them.
//!
//! A file that was just made lies on the disk, and so is found there; a commit has it only once it was added. What runs
//! before a commit is asked about the commit.

use std::{collections::BTreeSet, ffi::OsStr, path::Path};

use super::Session;
use crate::{
    io::{Failure, FailureKind},
    render::{Page, PageKind, PagePath, Renderer},
    report::{Code, Diagnostic, Place, Report, typed},
    source,
};

/// Finds the files of the source and of its pages that are on the disk and not in git's index.
///
/// # Errors
/// Where git is not there, or does not answer.
pub(super) fn untracked(session: &Session<'_>, renderer: &Renderer) -> Result<Report, Failure> {
    let top = session.top()?.ok_or_else(|| cannot_tell("the roadmap lies in no git repository"))?;
    let tracked = tracked(session, top)?;
    let files = session.io.files;
    let has_site = renderer.roadmap.site.committed == Some(true);
    let committed = |page: &Page| has_site || !matches!(page.kind, PageKind::Site(_));
    let made = renderer.pages().into_iter().filter(committed).map(|page| page.path);
    let accepted = PagePath::new(source::joined(&session.found.base, source::ACCEPTED));
    let bodies = source::body_files(files, &session.found)?;
    let sources = session.found.files.iter().chain(&bodies).map(|file| PagePath::new(&**file));
    let all = sources.chain([accepted]).chain(made);
    let mut report = Report::default();
    for path in all {
        let place = session.found.root.join(path.as_str());
        if files.entry(&place)?.is_none() {
            continue;
        }
        // What a link leads to is tracked where it lies.
        let real = source::below(top, &files.real(&place)?);
        if real.is_none_or(|real| !tracked.contains(real.as_str())) {
            report.push(left_out(path.as_str()));
        }
    }
    Ok(report)
}

/// The paths in git's index, from the top. Git is asked there, and nowhere below: where it runs a hook it may have said in
/// the environment which repository is meant, and then takes the folder that it is asked in for the top.
fn tracked(session: &Session<'_>, top: &Path) -> Result<BTreeSet<String>, Failure> {
    let args = ["ls-files", "-z"].map(OsStr::new);
    let listed = session.io.process.run("git", &args, top)?;
    let listed = listed.ok_or_else(|| cannot_tell("there is no `git`"))?;
    if !listed.success {
        return Err(cannot_tell(&format!("`git ls-files` says: {}", listed.stderr)));
    }
    let paths = listed.stdout.split(|byte| *byte == 0);
    Ok(paths.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
}

fn cannot_tell(why: &str) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot tell what a commit would leave out: {why}"))
        .help("without `--tracked`, git is not asked")
}

/// What is said of a file that git does not track.
pub(super) fn left_out(path: &str) -> Diagnostic {
    let message = format!("`{path}` would be missing in a commit: git does not track it");
    Diagnostic::new(Code::MissingFile, Place::file(path), message).help(format!("git add {}", typed(path)))
}
