//! The files that a set-up writes: gathered first, then shown or written.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::hook::VARIABLES;
use crate::{
    cli::Global,
    commands::{advice, is_coloured, keep, spot::Spot},
    io::{Call, Failure, FailureKind, Files, Io, Limit},
    output::Tree,
    render::PagePath,
    report::{Cell, Screen, Styled, Tone, diff, neutral, table, typed},
};

/// One file.
struct Step {
    /// How it is called: its path from the root.
    name: String,
    target: PathBuf,
    old: Option<String>,
    new: String,
    why: String,
    /// Whether it is to be run as a program.
    runs: bool,
}

/// What is to be written, and what is to be known.
pub(super) struct Plan<'a> {
    files: &'a dyn Files,
    root: Arc<Path>,
    steps: Vec<Step>,
    notes: Vec<String>,
    /// Settings of git: key, value, and what for.
    settings: Vec<[String; 3]>,
    /// Whether somebody wants documents that were written by hand to be written over.
    pub(super) adopts: bool,
    /// Whether it has been listed what that takes away from the summary.
    pub(super) is_listed: bool,
}

impl<'a> Plan<'a> {
    /// Nothing yet.
    pub(super) fn new(io: &Io<'a>, spot: &Spot) -> Self {
        Self {
            files: io.files,
            root: spot.root.as_path().into(),
            steps: Vec::new(),
            notes: Vec::new(),
            settings: Vec::new(),
            adopts: false,
            is_listed: false,
        }
    }

    /// The files that it is planned for.
    pub(super) fn files(&self) -> &'a dyn Files {
        self.files
    }

    /// The text of a file below the root; `None` where there is none.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        let path = self.root.join(name);
        text(&path, self.files.read_inside(&self.root, &path, Limit::Document)?)
    }

    /// A file below the root; nothing where it says so already.
    pub(super) fn put(&mut self, name: &str, new: String, why: &str) -> Result<(), Failure> {
        let target = Tree { files: self.files, root: &self.root }.target(&PagePath::new(name))?;
        self.put_at(name.to_owned(), target, new, why)
    }

    /// Whether a file below the root is there and may not be written.
    pub(super) fn is_read_only(&self, name: &str) -> bool {
        self.files.writable(&self.root.join(name)).is_err()
    }

    /// A file wherever it is.
    pub(super) fn put_at(
        &mut self,
        name: String,
        target: PathBuf,
        new: String,
        why: &str,
    ) -> Result<(), Failure> {
        let old = text(&target, self.files.read_at_most(&target, Limit::Document)?)?;
        if old.as_deref() != Some(&new) {
            self.files.writable(&target)?;
            self.steps.push(Step { name, target, old, new, why: why.to_owned(), runs: false });
        }
        Ok(())
    }

    /// A hook of git, which is run as a program.
    pub(super) fn put_hook(
        &mut self,
        name: String,
        target: PathBuf,
        new: String,
        why: &str,
    ) -> Result<(), Failure> {
        let count = self.steps.len();
        self.put_at(name, target, new, why)?;
        self.steps[count..].iter_mut().for_each(|step| step.runs = true);
        Ok(())
    }

    /// A setting of git in this clone.
    pub(super) fn set(&mut self, key: &str, value: &str, why: &str) {
        self.settings.push([key, value, why].map(str::to_owned));
    }

    /// Something to be known.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    pub(super) fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.settings.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// A line for each file, and the notes.
    pub(super) fn shown(&self, is_dry_run: bool, global: &Global, io: &Io<'_>) -> Styled {
        if global.quiet {
            return Styled::default();
        }
        let words = |step: &Step| match (step.old.is_some(), is_dry_run) {
            (false, false) => "  writes",
            (true, false) => "  changes",
            (false, true) => "  would write",
            (true, true) => "  would change",
        };
        let set = if is_dry_run { "  would set" } else { "  sets" };
        let settings = self.settings.iter().map(|[key, _, why]| {
            vec![Cell::new(set, Tone::Faint), Cell::new(key, Tone::Strong), Cell::from(why)]
        });
        let rows: Vec<_> = self
            .steps
            .iter()
            .map(|step| {
                vec![
                    Cell::new(words(step), Tone::Faint),
                    Cell::new(&step.name, Tone::Strong),
                    Cell::from(&step.why),
                ]
            })
            .chain(settings)
            .collect();
        let colour = is_coloured(io, global);
        let mut shown = table(&rows, Screen { columns: None, colour });
        self.notes.iter().for_each(|note| shown.push_str(&format!("note: {}\n", neutral(note))));
        Styled::new(shown, colour)
    }

    /// What changes in files that are there.
    pub(super) fn changes(&self) -> impl Iterator<Item = String> {
        let changed = self.steps.iter().filter(|step| step.old.is_some());
        changed.map(|step| diff::unified(&step.name, step.old.as_deref(), Some(&step.new), 3))
    }

    /// Where the planned files are, and what they will say.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.steps.iter().map(|step| (step.target.as_path(), step.new.as_str()))
    }

    /// Refuses a file that has become another one since it was read: somebody may have thought about the answer for long.
    fn are_as_read(&self, files: &dyn Files) -> Result<(), Failure> {
        let now = |step: &Step| text(&step.target, files.read_at_most(&step.target, Limit::Document)?);
        let is_another = |step: &&Step| now(step).is_ok_and(|now| now != step.old);
        match self.steps.iter().find(is_another) {
            None => Ok(()),
            Some(step) => Err(Failure::changed(&step.name)),
        }
    }

    /// Writes all files. A hook is in no commit: one that is replaced is kept.
    pub(super) fn write(&self, io: &Io<'_>) -> Result<(), Failure> {
        let files = io.files;
        self.are_as_read(files)?;
        for step in &self.steps {
            if let Some(old) = step.old.as_ref().filter(|_| step.runs) {
                let kept = keep::keep(io, &self.root, &step.target, old.as_bytes())?;
                let way = advice::way(files, &self.root)?;
                io.terminal.say(&format!("{}\n", kept.told(&step.name, &way)));
            }
            let old = step.old.as_ref().map(String::as_bytes);
            let written = match step.runs {
                true => files.install_hook(&step.target, step.new.as_bytes()).map(|()| true),
                false => files.replace(&step.target, old, step.new.as_bytes()),
            };
            let written = written.map_err(|failure| match failure.help {
                Some(_) => failure,
                None => failure.help("`roadbook init` needs a folder that you may write to; run it again to complete what it began"),
            })?;
            if !written {
                return Err(Failure::changed(&step.name));
            }
        }
        self.settings.iter().try_for_each(|[key, value, _]| self.configure(io, key, value))
    }

    fn configure(&self, io: &Io<'_>, key: &str, value: &str) -> Result<(), Failure> {
        let args = ["config", "--local", key, value].map(OsStr::new);
        let call = Call { program: "git", args: &args, folder: &self.root, variables: &VARIABLES };
        let cannot = |why: &str| {
            let message = format!("cannot set `{key}` in the configuration of this clone: {why}");
            Failure::new(FailureKind::Files, message).help(format!("git config {key} {}", typed(value)))
        };
        let said = io.process.call(&call)?.ok_or_else(|| cannot("there is no program `git` here"))?;
        if !said.success {
            return Err(cannot(said.stderr.lines().next().unwrap_or("git does not say why")));
        }
        Ok(())
    }
}

fn text(path: &Path, bytes: Option<Vec<u8>>) -> Result<Option<String>, Failure> {
    let Some(bytes) = bytes else { return Ok(None) };
    let not_text =
        |_| Failure::new(FailureKind::Files, format!("cannot extend `{}`: it is not UTF-8", path.display()));
    String::from_utf8(bytes).map(Some).map_err(not_text)
}
