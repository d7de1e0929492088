//! Which files a check judges: where git tracks the source, what git tracks, since that alone is in every clone; else every
//! file that is not ignored.
//!
//! What is only in this working tree decides nothing then. Documents that git does not track are read all the same, and
//! what is found in them is told as a note.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use super::{Session, tracked::left_out};
use crate::{
    cli::Global,
    history::Tracked,
    inputs,
    io::{Entry, Failure, Io, Limit},
    links,
    output::Tree,
    render::{Page, PagePath, Renderer},
    report::{Diagnostic, Report, Severity, typed},
    source::{self, Counted, Found, Index, joined},
};

/// The files of a working tree that git tracks, with what the roadmap is made of beside them.
pub(super) struct Working<'a> {
    /// The files.
    pub(super) files: Tracked<'a>,
    /// What the roadmap is made of on the disk and git does not track.
    pub(super) untracked: Report,
    /// Whether files of the source are among that.
    pub(super) has_more: bool,
}

impl<'a> Working<'a> {
    /// What git tracks, where it tracks the source; `None` where it does not, or there is no git. A source that is not
    /// found is told by whoever reads it. What the roadmap is made of counts before it was added, so that a check agrees
    /// with the build before it; `with_more` says whether further files of the source do, too.
    ///
    /// # Errors
    /// Where git's index cannot be read.
    pub(super) fn find(
        global: &Global,
        io: &'a Io<'a>,
        named: Option<&Path>,
        with_more: bool,
    ) -> Result<Option<Self>, Failure> {
        let Ok(found) = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref()) else {
            return Ok(None);
        };
        let Some(top) = source::git_top(io.files, &found.root)? else { return Ok(None) };
        let above = source::below(top, &found.root).unwrap_or_default();
        let index = Index::read(io, top, named)?;
        let is_tracked = |file: &str| index.get(&joined(&above, file)).is_some();
        if !found.files.iter().any(|file| is_tracked(file)) {
            return Ok(None);
        }
        let mut more: Vec<_> = found.files.iter().map(|it| it.to_string()).collect();
        let mut others = beside_source(io, &found)?;
        let counted = Counted::new(io.files, &found)?;
        let is_there =
            |file: &String| io.files.entry(&found.root.join(file)).is_ok_and(|it| it == Some(Entry::File));
        others.retain(|file| !is_tracked(file) && counted.file(file) && is_there(file));
        more.retain(|file| !is_tracked(file));
        let mut untracked = Report::default();
        more.iter().chain(&others).for_each(|file| untracked.push(left_out(file).note()));
        let has_more = !more.is_empty();
        let all: Vec<_> =
            more.iter().filter(|_| with_more).chain(&others).map(|file| joined(&above, file)).collect();
        drop(counted);
        let index = index.with(all.iter().map(String::as_str));
        Ok(Some(Self { files: Tracked::working(io, top, index), untracked, has_more }))
    }
}

/// All that is read along with the files of a source, whether or not it is there.
fn beside_source(io: &Io<'_>, found: &Found) -> Result<Vec<String>, Failure> {
    let mut others = vec![source::POINTER.to_owned()];
    others.extend([source::LOCK, source::ACCEPTED].map(|name| joined(&found.base, name)));
    let templates = joined(&found.base, source::TEMPLATES);
    let names = io.files.walk(&found.root.join(&templates)).unwrap_or_default();
    others.extend(names.iter().map(|name| joined(&templates, name)));
    others.extend(source::body_files(io.files, found)?.iter().map(ToString::to_string));
    Ok(others)
}

/// The command that lets git track a file.
pub(super) fn added(path: &str, is_ignored: bool) -> String {
    let force = if is_ignored { " --force" } else { "" };
    format!("git add{force} {}", typed(path))
}

/// Where pages are looked for. While the source is being edited, what `build` has written counts before it was added, but for
/// what git ignores, and so would leave out of any `git add`. Once git has the source as it is, a page that was not added is
/// missing: whoever clones the commit lacks it.
pub(super) struct Written<'a> {
    judged: Tree<'a>,
    disk: Tree<'a>,
    /// What git tracks of the working tree, where that is judged.
    working: Option<&'a Tracked<'a>>,
    counted: Counted<'a>,
    above: String,
    /// Whether only what git tracks counts; git is asked where something is not.
    is_strict: OnceLock<bool>,
    session: &'a Session<'a>,
}

impl<'a> Written<'a> {
    /// The pages of a session; `working` is what git tracks of the working tree, where that is judged. What is not tracked
    /// counts for nothing where that `is_strict`, or git has every file of the source as it is.
    ///
    /// # Errors
    /// Where a folder above the root cannot be looked at.
    pub(super) fn of(
        session: &'a Session<'a>,
        working: Option<&'a Tracked<'a>>,
        is_strict: bool,
    ) -> Result<Self, Failure> {
        let disk = Tree { files: session.disk().files, root: &session.found.root };
        let counted = Counted::new(disk.files, &session.found)?;
        let is_strict = if is_strict { OnceLock::from(true) } else { OnceLock::new() };
        let above = session.way_from_top()?;
        Ok(Self { judged: session.tree(), disk, working, counted, above, is_strict, session })
    }

    /// The files in which a page is looked for.
    pub(super) fn tree(&self, path: &PagePath) -> Tree<'a> {
        let is_left_out = || self.is_untracked(path) && (self.is_strict() || self.is_ignored(path));
        let is_on_disk = self.working.is_some() && !is_left_out();
        if is_on_disk { self.disk } else { self.judged }
    }

    /// Whether a rule leaves a page out.
    pub(super) fn is_ignored(&self, path: &PagePath) -> bool {
        self.counted.is_ignored(path.as_str())
    }

    fn is_strict(&self) -> bool {
        let found = &self.session.found;
        let bodies = || source::body_files(self.disk.files, found).unwrap_or_default();
        let is_unchanged = |working: &Tracked<'_>| {
            let mut files = found.files.iter().cloned().chain(bodies());
            // What git cannot be asked about is taken to be edited.
            files.all(|file| working.is_unchanged(&joined(&self.above, &file)).unwrap_or(false))
        };
        *self.is_strict.get_or_init(|| self.working.is_some_and(is_unchanged))
    }

    fn is_untracked(&self, path: &PagePath) -> bool {
        let path = joined(&self.above, path.as_str());
        self.working.is_some_and(|working| working.index().get(&path).is_none())
    }

    /// What is said of pages that count, and would not be in a commit.
    pub(super) fn left_out(&self, pages: &[Page]) -> Report {
        let is_not_added = |path: &PagePath| self.is_untracked(path) && !self.is_ignored(path);
        let mut report = Report::default();
        for page in pages.iter().filter(|page| is_not_added(&page.path) && !self.is_strict()) {
            if self.disk.files.entry(&self.disk.path(&page.path)).is_ok_and(|entry| entry.is_some()) {
                report.push(left_out(page.path.as_str()).note());
            }
        }
        report
    }
}

/// The files of the repository, as links see them.
pub(super) struct OnDisk<'a> {
    session: &'a Session<'a>,
    io: &'a Io<'a>,
    /// The top of the repository; the root, where there is none.
    top: PathBuf,
    above: String,
    /// What counts of the files on the disk.
    counted: Counted<'a>,
}

impl<'a> OnDisk<'a> {
    /// The files that the session judges.
    ///
    /// # Errors
    /// Where a folder above the root cannot be looked at.
    pub(super) fn of(session: &'a Session<'a>) -> Result<Self, Failure> {
        Self::with(session, session.io)
    }

    /// The files of the disk.
    fn with(session: &'a Session<'a>, io: &'a Io<'a>) -> Result<Self, Failure> {
        let top = session.top()?.unwrap_or(&session.found.root).to_owned();
        let counted = Counted::new(session.disk().files, &session.found)?;
        Ok(Self { session, io, top, above: session.way_from_top()?, counted })
    }

    fn at(&self, path: &str) -> PathBuf {
        self.session.found.root.join(path)
    }

    /// Whether a file counts that is on the disk, under the name that it has with the links on the way followed.
    fn counts(&self, path: &str) -> bool {
        let place = self.at(path);
        let files = self.io.files;
        let is_counted = match files.entry(&place) {
            Ok(Some(Entry::File)) => self.counted.file(path),
            // A link that leads nowhere is a file to git; a pipe is none.
            Ok(Some(Entry::Other)) => {
                self.counted.file(path) && files.link(&place).is_ok_and(|link| link.is_some())
            }
            Ok(Some(Entry::Folder)) => return self.holds_some(path),
            _ => false,
        };
        let real = place.parent().zip(place.file_name()).and_then(|(folder, name)| {
            source::below(&self.session.found.root, &files.real(folder).ok()?.join(name))
        });
        is_counted && real.is_none_or(|real| real == path || self.counted.file(&real))
    }

    /// Whether a folder holds a file that counts: git knows no empty folders.
    fn holds_some(&self, path: &str) -> bool {
        let place = self.at(path);
        if self.io.files.link(&place).is_ok_and(|link| link.is_some()) {
            return self.counted.file(path);
        }
        if !self.counted.folder(path) {
            // Another repository is one file to git.
            return self.io.files.entry(&place.join(".git")).is_ok_and(|entry| entry.is_some());
        }
        let names = self.io.files.list(&place).unwrap_or_default();
        names.iter().any(|name| name != ".git" && self.counts(&joined(path, name)))
    }
}

impl links::Below for OnDisk<'_> {
    fn above(&self) -> &str {
        &self.above
    }

    fn exists(&self, path: &str) -> bool {
        let files = self.io.files;
        let place = self.at(path);
        // Where a link leads out of the repository, what is there is not ours to judge: it is another thing on each machine.
        if !files.is_inside(&self.top, &place) {
            return true;
        }
        if files.are_tracked() { matches!(files.entry(&place), Ok(Some(_))) } else { self.counts(path) }
    }

    fn text(&self, path: &str) -> Option<std::sync::Arc<str>> {
        let bytes = self.io.files.read_inside(&self.top, &self.at(path), Limit::Document).ok()??;
        Some(String::from_utf8_lossy(&bytes).into())
    }

    fn uncounted(&self, path: &str) -> Option<String> {
        let (disk, place) = (self.session.disk().files, self.at(path));
        if !disk.is_inside(&self.top, &place)
            || !matches!(disk.entry(&place), Ok(Some(Entry::File | Entry::Folder)))
        {
            return None;
        }
        let is_ignored = self.counted.is_ignored(path);
        Some(match (self.io.files.are_tracked(), is_ignored) {
            (true, true) => format!("it is here, but git ignores it: {}", added(path, true)),
            (true, false) => format!("it is here, but git does not track it: {}", added(path, false)),
            (false, _) => "it is here, but a `.gitignore` leaves it out of every commit".to_owned(),
        })
    }
}

/// What is found in documents that the source names and git does not track, as notes.
///
/// # Errors
/// Where the disk cannot be looked at.
pub(super) fn notes(
    session: &Session<'_>,
    tracked: &Tracked<'_>,
    renderer: &Renderer,
    pages: &[Page],
) -> Result<Report, Failure> {
    let (io, found) = (session.disk(), &session.found);
    let above = session.way_from_top()?;
    let mut names = inputs::named_docs(io, found, &renderer.roadmap, &mut Report::default())?;
    names.retain(|name, _| tracked.index().get(&joined(&above, name)).is_none());
    let mut report = Report::default();
    let docs = inputs::read_named(io, found, &renderer.roadmap, names, &mut report);
    report.extend(links::of_docs(renderer, &docs, pages, &OnDisk::with(session, io)?));
    let told = report.map(|finding| {
        let message = format!("not tracked by git: {}", finding.message);
        Some(Diagnostic { message, ..finding })
    });
    Ok(told.weigh(|_| Some(Severity::Note)))
}
