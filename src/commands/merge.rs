//! `roadbook merge`: git's merge driver, which gets one file at a time, and the end of a merge, which sees all of them.
//!
//! The driver runs on files of a repository that anybody may have written: it reads them, writes the merged one where git wants
//! it, and runs nothing but git. What it cannot merge by meaning is merged line by line, as git does without it.

mod beside;
mod finish;
mod stage;

use std::{collections::BTreeSet, ffi::OsStr, path::Path};

use super::{
    Session,
    init::is_our_schema,
    selection::Selection,
    under_way::{Commits, locked},
};
use crate::{
    cli::{Global, Merge},
    io::{Call, Failure, FailureKind, Io, Limit},
    merge::{self, Known, Merged, Side, Three, conflicted},
    output::is_marked,
    render::PagePath,
    report::one_line,
    source::{self, ACCEPTED, LOCK, is_source, joined},
};

/// Runs the verb.
pub(super) fn run(args: &Merge, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    if args.finish {
        let selection = Selection::all(io, global)?;
        return finish::all(io, global, &selection);
    }
    let paths = Three { base: &args.base, ours: &args.ours, theirs: &args.theirs };
    let missing = || Failure::new(FailureKind::Usage, "a merge needs three files: BASE OURS THEIRS");
    let paths = Three {
        base: paths.base.as_deref().ok_or_else(missing)?,
        ours: paths.ours.as_deref().ok_or_else(missing)?,
        theirs: paths.theirs.as_deref().ok_or_else(missing)?,
    };
    // Placeholders that an older git does not know come as they are written.
    let named =
        |name: &Option<String>| name.clone().filter(|name| !name.is_empty() && !name.starts_with('%'));
    let own = paths.ours.to_string_lossy().replace('\\', "/");
    let driver = Driver {
        io,
        global,
        path: named(&args.path).unwrap_or(own),
        names: [named(&args.our_name), named(&args.their_name)],
    };
    driver.run(paths)
}

/// A merge of one file.
struct Driver<'a> {
    io: &'a Io<'a>,
    global: &'a Global,
    /// The file from the top of the repository.
    path: String,
    /// What the sides are called, where git says so.
    names: [Option<String>; 2],
}

impl Driver<'_> {
    fn run(&self, paths: Three<&Path>) -> Result<u8, Failure> {
        let read = |path: &Path| Ok(self.io.files.read_at_most(path, Limit::Source)?.unwrap_or_default());
        let bytes = Three { base: read(paths.base)?, ours: read(paths.ours)?, theirs: read(paths.theirs)? };
        if self.is_generated(&bytes) {
            // Whatever the merged source makes: a build writes it anew.
            return Ok(0);
        }
        let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).ok();
        let texts = Three { base: text(&bytes.base), ours: text(&bytes.ours), theirs: text(&bytes.theirs) };
        let Three { base: Some(base), ours: Some(ours), theirs: Some(theirs) } = &texts else {
            return self.by_lines(paths);
        };
        if !self.path.ends_with(".json") {
            return self.by_lines(paths);
        }
        let texts = Three { base: base.as_str(), ours: ours.as_str(), theirs: theirs.as_str() };
        match self.merged(texts)? {
            Some(merged) => self.write(paths.ours, &merged),
            None => {
                self.say("a version of it cannot be read as a roadmap: merged line by line");
                self.by_lines(paths)
            }
        }
    }

    fn say(&self, words: &str) {
        self.io.terminal.say(&format!("`{}`: {words}\n", one_line(&self.path)));
    }

    /// Whether both sides are made of the source, so that either is as good until it is built again.
    fn is_generated(&self, bytes: &Three<Vec<u8>>) -> bool {
        let path = PagePath::new(self.path.as_str());
        let both = |is: &dyn Fn(&[u8]) -> bool| is(&bytes.ours) && is(&bytes.theirs);
        let is_schema = |bytes: &[u8]| str::from_utf8(bytes).is_ok_and(is_our_schema);
        both(&|bytes| is_marked(&path, bytes))
            || (self.path.ends_with(".schema.json") && both(&is_schema))
            || (self.is_summary() && crate::output::is_summary(&path, &bytes.theirs, &bytes.ours))
    }

    /// Whether the roadmap around this file calls it its summary, though it has no mark.
    fn is_summary(&self) -> bool {
        let files = self.io.files;
        let place = files.here().join(&self.path);
        let Some(folder) = place.parent().filter(|_| self.path.to_ascii_lowercase().ends_with(".md")) else {
            return false;
        };
        let root = files.real(folder).and_then(|folder| source::root_above(files, &folder)).ok().flatten();
        let Some(root) = root else { return false };
        let own = Global { root: Some(root.clone()), ..self.global.without_roadmap() };
        let Ok(all) = Selection::all(self.io, &own) else { return false };
        all.members.iter().any(|one| {
            let Ok((session, roadmap, _)) = Session::read(self.io, &one.global, None) else { return false };
            let summary = session.outputs.summary.map(|path| root.join(path));
            roadmap.summary.marker == Some(false) && summary.is_some() && summary == files.real(&place).ok()
        })
    }

    fn merged(&self, texts: Three<&str>) -> Result<Option<Merged>, Failure> {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        if name == ACCEPTED {
            return Ok(merge::accepted(texts));
        }
        if merge::is_lock(texts.ours) && merge::is_lock(texts.theirs) {
            return Ok(merge::lock(texts));
        }
        Ok(merge::source(texts, &self.known()?))
    }

    /// The ids beyond this file: of the files beside it, and of the locks of both sides.
    fn known(&self) -> Result<Known, Failure> {
        let files = self.io.files;
        let top = files.real(files.here())?;
        let base = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut known = Known::default();
        let names = files.list(&top.join(base)).unwrap_or_default();
        for name in names.iter().filter(|name| is_source(name)) {
            let path = joined(base, name);
            if path != self.path {
                let bytes = files.read_inside(&top, &top.join(&path), Limit::Source).ok().flatten();
                known.taken.extend(merge::ids(&String::from_utf8_lossy(&bytes.unwrap_or_default())));
            }
        }
        let lock = joined(base, LOCK);
        let own = files.read_inside(&top, &top.join(&lock), Limit::Source).ok().flatten();
        known.our_lock = locked(own.unwrap_or_default());
        let commits = Commits::new(self.io, &top);
        let theirs = commits.merged_in(self.names[1].as_deref())?;
        known.their_lock = match theirs {
            Some(commit) => locked(commits.blob(&commit, &lock)?.unwrap_or_default()),
            None => BTreeSet::new(),
        };
        Ok(known)
    }

    fn name(&self, side: Side) -> &str {
        let (own, without) = match side {
            Side::Ours => (&self.names[0], "ours"),
            Side::Theirs => (&self.names[1], "theirs"),
        };
        own.as_deref().unwrap_or(without)
    }

    /// Writes what came of it to where git wants it, and says what is left to decide.
    fn write(&self, to: &Path, merged: &Merged) -> Result<u8, Failure> {
        for (side, old, new) in &merged.renumbered {
            let (side, old, new) = (one_line(self.name(*side)), one_line(old), one_line(new));
            self.say(&format!("both sides added `{old}`: the one of `{side}` is `{new}` now"));
        }
        let former: Vec<_> = merged.renumbered.iter().map(|(_, old, _)| old.as_str()).collect();
        let is_left = self.leaves_others(&former, !merged.conflicts.is_empty())?;
        if merged.conflicts.is_empty() {
            self.io.files.write(to, merged.ours.as_bytes())?;
            return Ok(u8::from(is_left));
        }
        let names = [self.name(Side::Ours), self.name(Side::Theirs)].map(one_line);
        for conflict in &merged.conflicts {
            let [ours, theirs] = &names;
            let (what, own, other) = (&conflict.what, &conflict.ours, &conflict.theirs);
            self.say(&format!("conflict: {what} is {own} in `{ours}` and {other} in `{theirs}`"));
        }
        let text = conflicted(&merged.ours, &merged.theirs, [&names[0], &names[1]]);
        self.io.files.write(to, text.as_bytes())?;
        Ok(1)
    }

    /// Merges lines, as git does where nothing else is asked for.
    fn by_lines(&self, paths: Three<&Path>) -> Result<u8, Failure> {
        let names =
            [self.name(Side::Ours), "base", self.name(Side::Theirs)].map(|name| one_line(name).into_owned());
        let mut args = vec![OsStr::new("merge-file"), OsStr::new("-p")];
        names.iter().for_each(|name| args.extend([OsStr::new("-L"), OsStr::new(name)]));
        args.extend([
            OsStr::new("--"),
            paths.ours.as_os_str(),
            paths.base.as_os_str(),
            paths.theirs.as_os_str(),
        ]);
        let call = Call { program: "git", args: &args, folder: self.io.files.here(), variables: &[] };
        let cannot = |why: &str| {
            let message = format!("cannot merge `{}`: {why}", one_line(&self.path));
            Failure::new(FailureKind::Files, message)
                .help("ours is left as it is; `git checkout --theirs` shows the other version")
        };
        let said = self.io.process.call(&call)?.ok_or_else(|| cannot("there is no program `git` here"))?;
        if !said.success && said.stdout.is_empty() {
            return Err(cannot(said.stderr.lines().next().unwrap_or("git does not say why")));
        }
        self.io.files.write(paths.ours, &said.stdout)?;
        Ok(u8::from(!said.success))
    }
}
