//! `roadbook templates`: writes the built-in templates out, or tells how the user's differ from them.
//!
//! A template that differs from ours is somebody's work: it is left as it is (and the run ends with 1), unless
//! `--force` says otherwise: then what no commit has is kept beside it.

use std::path::{Path, PathBuf};

use super::{handed, keep, no_stdin, print_diff};
use crate::{
    cli::{Global, Templates},
    io::{Failure, FailureKind, Io, Limit},
    output::same_lines,
    render::BUILT_IN,
    report::{counted, diff},
    source::{self, below, joined},
};

/// Runs the verb.
pub(super) fn run(args: &Templates, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    if args.list {
        let names: String = BUILT_IN.iter().map(|(name, _)| format!("{name}\n")).collect();
        io.terminal.out(&names)?;
        return Ok(0);
    }
    let folder = folder(args, global, io)?;
    if args.diff && args.folder.is_some() && io.files.entry(&folder)?.is_none() {
        let message = format!("there is no `{}`", folder.display());
        return Err(Failure::new(FailureKind::Usage, message)
            .help("without a folder, the templates beside the JSON are compared"));
    }
    if args.diff { compare(&folder, global, io) } else { write(args.force, &folder, global, io) }
}

/// The folder of the templates: the one that was named, else `templates` beside the JSON.
fn folder(args: &Templates, global: &Global, io: &Io<'_>) -> Result<PathBuf, Failure> {
    if let Some(folder) = &args.folder {
        let here = io.files.real(Path::new("."))?;
        let root = source::root_above(io.files, &here)?.unwrap_or(here);
        if handed::leads_out(io.files, &root, folder)? {
            let message =
                format!("cannot use `{}`: a link on the way to it leads out of the root", folder.display());
            return Err(Failure::new(FailureKind::Usage, message).help(handed::NO_LINK));
        }
        return Ok(folder.clone());
    }
    no_stdin(global, "templates")?;
    let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref())?;
    let folder = found.root.join(joined(&found.base, "templates"));
    if io.files.is_inside(&found.root, &folder) {
        return Ok(folder);
    }
    let message = format!("cannot use `{}`: it leads out of the root", folder.display());
    Err(Failure::new(FailureKind::Files, message).help("replace the link by a folder, or name one"))
}

fn write(force: bool, folder: &Path, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let (real, here) = (io.files.real(folder)?, io.files.real(Path::new("."))?);
    let (mut written, mut unchanged, mut kept) = (0, 0, Vec::new());
    for (name, text) in BUILT_IN {
        let target = io.files.real(&folder.join(name))?;
        if !target.starts_with(&real) {
            let message = format!("cannot write `{name}`: it leads out of `{}`", folder.display());
            return Err(
                Failure::new(FailureKind::Files, message).help("replace the link by a file or folder")
            );
        }
        match io.files.read_at_most(&target, Limit::Template)? {
            Some(own) if same_lines(&own, text.as_bytes()) => unchanged += 1,
            Some(_) if !force => kept.push(name),
            own => {
                if let Some(own) = &own {
                    let saved = keep::keep(io, &here, &target, own)?;
                    let path = below(&here, &target).unwrap_or_else(|| target.display().to_string());
                    io.terminal.say(&format!("{}\n", saved.told(&path, Path::new(""))));
                }
                if !io.files.replace(&target, own.as_deref(), text.as_bytes())? {
                    return Err(Failure::changed(target.display()));
                }
                written += 1;
            }
        }
    }
    if !global.quiet {
        let (folder, kept) = (folder.display(), kept.len());
        io.terminal.say(&format!("{written} written, {unchanged} unchanged, {kept} kept in `{folder}`\n"));
    }
    for name in &kept {
        io.terminal.say(&format!("warning: kept `{name}`: it differs from ours\n"));
    }
    if !kept.is_empty() {
        io.terminal.say("  = help: `roadbook templates --diff` shows how; `--force` writes over it\n");
    }
    Ok(u8::from(!kept.is_empty()))
}

/// Shows how the templates of a folder differ from ours.
fn compare(folder: &Path, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let real = io.files.real(folder)?;
    let names = io.files.walk(folder)?;
    let (mut differ, mut same, mut own) = (0, 0, 0);
    for name in &names {
        let theirs = io.files.read_inside(&real, &folder.join(name), Limit::Template)?.unwrap_or_default();
        let Some((_, ours)) = BUILT_IN.iter().find(|(built_in, _)| built_in == name) else {
            own += 1;
            say(global, io, &format!("own: {}", crate::report::one_line(name)));
            continue;
        };
        if same_lines(&theirs, ours.as_bytes()) {
            same += 1;
            continue;
        }
        differ += 1;
        let theirs = String::from_utf8_lossy(&theirs);
        print_diff(io, global, &diff::unified(name, Some(ours), Some(&theirs), 3))?;
    }
    let templates = counted(differ + same + own, "template");
    say(global, io, &format!("{templates}: {differ} changed, {same} as ours, {own} own"));
    Ok(0)
}

fn say(global: &Global, io: &Io<'_>, text: &str) {
    if !global.quiet {
        io.terminal.say(&format!("{text}\n"));
    }
}
