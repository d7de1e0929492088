//! Which roadmaps a verb works on: the one that is chosen or around the user, or all that `.roadbook` lists, in its order.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::tell_failure;
use crate::{
    cli::Global,
    io::{Entry, Failure, FailureKind, Io, Terminal, Wire},
    report::{Gathered, Styled, neutral},
    source::{self, FOLDER, Listed, POINTER, name_form},
};

/// The roadmaps that a verb works on.
#[derive(Debug, Clone)]
pub(super) struct Selection {
    /// The folder of the `.roadbook` that lists them; `None` where they have no names.
    root: Option<PathBuf>,
    /// The roadmaps, in their order.
    pub(super) members: Vec<Member>,
}

/// A roadmap, with the options that mean it and no other.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// What it is called; empty where it has no name.
    pub(super) name: String,
    /// Its path as `.roadbook` says it.
    said: String,
    /// The options.
    pub(super) global: Global,
}

impl Selection {
    /// All roadmaps that are listed for where the user stands, or the one that `--roadmap` chooses.
    ///
    /// # Errors
    /// Where the list cannot be read, or nothing is called as it is chosen.
    pub(super) fn all(io: &Io<'_>, global: &Global) -> Result<Self, Failure> {
        let only = |global: Global| {
            let member = Member { name: String::new(), said: String::new(), global };
            Self { root: None, members: vec![member] }
        };
        if let Some(path) = global.roadmap.as_deref() {
            let one = path.to_str().map_or(Ok(None), |name| by_name(io, global, name))?;
            return Ok(only(one.unwrap_or_else(|| global.clone())));
        }
        let Some((root, listed)) = source::all_listed(io.files, global.root.as_deref())? else {
            return Ok(only(global.clone()));
        };
        let within = Arc::new(Gathered::default());
        let member = |one: &Listed| {
            let name = one.name.clone().unwrap_or_default();
            let lock = lock_of(io, global, &name)?;
            let own = narrowed(io, global, &root, one)?;
            let global = Global { lock, within: Some(Arc::clone(&within)), ..own };
            Ok(Member { name, said: one.said.clone(), global })
        };
        let members = listed.iter().map(member).collect::<Result<_, Failure>>()?;
        Ok(Self { root: Some(root), members })
    }

    /// The one that is chosen, the only one, or the one in whose folder the user stands; else all.
    ///
    /// # Errors
    /// As [`Selection::all`].
    pub(super) fn near(io: &Io<'_>, global: &Global) -> Result<Self, Failure> {
        let all = Self::all(io, global)?;
        let Some(root) = &all.root else { return Ok(all) };
        let near = nearest(io, root, &all.members)?.map(|near| Member {
            global: Global { lock: global.lock.clone(), within: None, ..near.global.clone() },
            ..near.clone()
        });
        Ok(near.map_or(all, |near| Self { root: None, members: vec![near] }))
    }

    /// The options that mean one roadmap, for verbs that work on one.
    ///
    /// # Errors
    /// As [`Selection::all`], and where there are several and none is chosen.
    pub(super) fn one(io: &Io<'_>, global: &Global) -> Result<Global, Failure> {
        let mut near = Self::near(io, global)?;
        if near.is_several() {
            let (_, listed) = source::all_listed(io.files, global.root.as_deref())?.unwrap_or_default();
            return Err(source::several(&listed));
        }
        Ok(near.members.pop().map_or_else(|| global.clone(), |member| member.global))
    }

    /// The first of them; there always is one.
    #[cfg(feature = "serve")]
    pub(super) fn one_of_all(&self) -> &Member {
        &self.members[0]
    }

    /// Whether these are all roadmaps of a list, and not one that was chosen.
    pub(super) fn is_several(&self) -> bool {
        self.root.is_some()
    }

    /// The folder of the `.roadbook` that lists them, where these are all of them.
    pub(super) fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Does the same for each in turn, and says before what each says which one it is; a failure of one keeps no other from its
    /// turn. Returns the worst exit code.
    ///
    /// # Errors
    /// Where there is one roadmap alone: its failure.
    pub(super) fn each(
        &self,
        io: &Io<'_>,
        heads: Heads,
        mut work: impl FnMut(&Member, &Io<'_>) -> Result<u8, Failure>,
    ) -> Result<u8, Failure> {
        if let (None, [one]) = (&self.root, self.members.as_slice()) {
            return work(one, io);
        }
        let mut worst = 0;
        for member in &self.members {
            let heading = member.heading();
            let terminal = Headed {
                terminal: io.terminal,
                heading: &heading,
                heads,
                is_said: AtomicBool::new(false),
                is_out: AtomicBool::new(false),
            };
            let io = Io { terminal: &terminal, ..*io };
            let code =
                work(member, &io).unwrap_or_else(|failure| tell_failure(&failure, &member.global, &io));
            worst = worst.max(code);
        }
        Ok(worst)
    }
}

impl Member {
    /// What stands above what is said of it.
    pub(super) fn heading(&self) -> String {
        format!("roadmap `{}` ({})", neutral(&self.name), neutral(&self.said))
    }
}

/// The options that mean a listed roadmap.
fn narrowed(io: &Io<'_>, global: &Global, root: &Path, one: &Listed) -> Result<Global, Failure> {
    let path = one.source(io.files).unwrap_or_else(|_| one.path.clone());
    Ok(Global { root: Some(root.to_owned()), roadmap: Some(path), ..global.clone() })
}

/// The options that mean the roadmap of a name; `None` where nothing is called so and a path is meant.
fn by_name(io: &Io<'_>, global: &Global, name: &str) -> Result<Option<Global>, Failure> {
    if name_form(name).is_err() {
        return Ok(None);
    }
    let is_path = || io.files.entry(Path::new(name)).is_ok_and(|entry| entry.is_some());
    let (root, all) = match source::all_listed(io.files, global.root.as_deref()) {
        Ok(Some(found)) => found,
        Err(failure) if !is_path() => return Err(failure),
        Ok(None) | Err(_) => return Ok(None),
    };
    match all.iter().find(|one| one.name.as_deref() == Some(name)) {
        Some(one) => narrowed(io, global, &root, one).map(Some),
        None if is_path() => Ok(None),
        None => {
            let names: Vec<_> = all.iter().filter_map(|one| one.name.as_deref()).collect();
            let message = format!("no roadmap is called `{name}`, and there is no such file");
            Err(Failure::new(FailureKind::Usage, message)
                .help(format!("`{POINTER}` lists `{}`", names.join("`, `"))))
        }
    }
}

/// The lock of one of several, where `--lock` names a folder of them, or a file beside which they lie.
fn lock_of(io: &Io<'_>, global: &Global, name: &str) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = &global.lock else { return Ok(None) };
    let own = lock_at(io, path, name)?;
    if io.files.entry(&own)?.is_some() || io.files.entry(path)? == Some(Entry::Folder) {
        return Ok(Some(own));
    }
    let message = format!("`{}` is the lock of one roadmap, and all are meant", path.display());
    Err(Failure::new(FailureKind::Usage, message)
        .help("choose one with `--roadmap NAME`, or name what `roadbook snapshot --out PATH` wrote for all"))
}

/// Where the lock of one of several lies, if all are asked for at a path: in that folder, else beside that file.
pub(super) fn lock_at(io: &Io<'_>, path: &Path, name: &str) -> Result<PathBuf, Failure> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(match io.files.entry(path)? {
        Some(Entry::Folder) => path.join(format!("{name}.lock.json")),
        _ => path.with_file_name(format!("{name}.{file}")),
    })
}

/// The roadmap in whose folder the user stands, the innermost of several; of a single one, wherever that is. A folder `roadmap`
/// is that of the folder around it, but for the root, which belongs to none of them alone.
fn nearest<'m>(io: &Io<'_>, root: &Path, members: &'m [Member]) -> Result<Option<&'m Member>, Failure> {
    if let [one] = members {
        return Ok(Some(one));
    }
    let here = io.files.real(Path::new("."))?;
    let depth = |member: &Member| {
        let source = member.global.roadmap.as_deref()?;
        let is_folder = io.files.entry(source).is_ok_and(|entry| entry == Some(Entry::Folder));
        let base = if is_folder { source } else { source.parent()? };
        let around = base.parent().filter(|around| base.ends_with(FOLDER) && *around != root);
        let own = around.unwrap_or(base);
        (own != root && here.starts_with(own)).then(|| own.components().count())
    };
    let around: Vec<_> = members.iter().filter_map(|member| Some((depth(member)?, member))).collect();
    let deepest = around.iter().map(|(depth, _)| *depth).max();
    let mut nearest = around.iter().filter(|(depth, _)| Some(*depth) == deepest);
    Ok(nearest.next().filter(|_| nearest.next().is_none()).map(|(_, member)| *member))
}

/// Where it stands which roadmap is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    /// Above what is said to people.
    Said,
    /// Above lines on standard output as well.
    Lines,
    /// Above Markdown on standard output as well.
    Markdown,
}

impl Heads {
    /// Those of Markdown, or of lines.
    pub(super) fn of(is_markdown: bool) -> Self {
        if is_markdown { Self::Markdown } else { Self::Lines }
    }
}

/// A text that begins with a capital.
fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A terminal on which a heading stands before the first thing that is said, and before the first on standard output.
struct Headed<'a> {
    terminal: &'a dyn Terminal,
    heading: &'a str,
    heads: Heads,
    is_said: AtomicBool,
    is_out: AtomicBool,
}

impl Headed<'_> {
    fn head_out(&self, is_silent: bool) -> Result<(), Failure> {
        if is_silent || self.heads == Heads::Said || self.is_out.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        match self.heads {
            Heads::Markdown => self.terminal.out(&format!("\n## {}\n\n", upper(self.heading))),
            _ => self.terminal.out(&format!("{}:\n", self.heading)),
        }
    }

    fn head(&self) {
        if !self.is_said.swap(true, Ordering::SeqCst) {
            self.terminal.say(&format!("{}:\n", self.heading));
        }
    }
}

impl Terminal for Headed<'_> {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.head_out(text.is_empty())?;
        self.terminal.out(text)
    }

    fn out_styled(&self, text: &Styled) -> Result<(), Failure> {
        self.head_out(text.is_empty())?;
        self.terminal.out_styled(text)
    }

    fn out_as(&self, wire: Wire, text: &str) -> Result<(), Failure> {
        self.terminal.out_as(wire, text)
    }

    fn say(&self, text: &str) {
        self.head();
        self.terminal.say(text);
    }

    fn say_styled(&self, text: &Styled) {
        if !text.is_empty() {
            self.head();
        }
        self.terminal.say_styled(text);
    }

    fn is_coloured(&self) -> bool {
        self.terminal.is_coloured()
    }

    fn columns(&self) -> Option<usize> {
        self.terminal.columns()
    }

    fn progress(&self, line: &str) {
        self.terminal.progress(line);
    }

    fn ask(&self, question: &str) -> Option<String> {
        self.head();
        self.terminal.ask(question)
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        self.terminal.input()
    }
}

/// A terminal on which each thing that is said begins with the name of its roadmap.
#[cfg(feature = "serve")]
pub(super) struct Named<'a> {
    terminal: &'a dyn Terminal,
    name: &'a str,
}

#[cfg(feature = "serve")]
impl<'a> Named<'a> {
    /// This terminal, for the roadmap of this name.
    pub(super) fn new(terminal: &'a dyn Terminal, name: &'a str) -> Self {
        Self { terminal, name }
    }
}

#[cfg(feature = "serve")]
impl Terminal for Named<'_> {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.terminal.out(text)
    }

    fn say(&self, text: &str) {
        self.terminal.say(&format!("{}: {text}", self.name));
    }

    fn say_styled(&self, text: &Styled) {
        if !text.is_empty() {
            self.terminal.say(&format!("{}:\n", self.name));
            self.terminal.say_styled(text);
        }
    }

    fn is_coloured(&self) -> bool {
        self.terminal.is_coloured()
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        self.terminal.input()
    }
}
