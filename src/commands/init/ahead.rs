//! A look ahead: which documents would be taken over once the planned files are there, and what that takes away.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::Plan;
use crate::{
    cli::Global,
    commands::{
        Session, adoption, build,
        selection::{Member, Selection},
        spot::Spot,
    },
    io::{Entry, Failure, Files, Io},
    model::Outputs,
    output::Found,
    render::{PageKind, PagePath},
    source,
};

/// Lists what would be lost of each document that is in the way; gives those documents.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn list(
    plan: &Plan<'_>,
    spot: &Spot,
    global: &Global,
    io: &Io<'_>,
) -> Result<Vec<PagePath>, Failure> {
    let planned = Planned::new(io.files, plan.texts());
    let io = Io { files: &planned, ..*io };
    let own = Global { root: Some(spot.root.clone()), ..global.without_roadmap() };
    let mut paths = Vec::new();
    for one in Selection::all(&io, &own)?.members {
        paths.extend(list_one(plan, &one.global, &io)?);
    }
    Ok(paths)
}

fn list_one(plan: &Plan<'_>, global: &Global, io: &Io<'_>) -> Result<Vec<PagePath>, Failure> {
    let mut paths = Vec::new();
    // What is wrong with the source is told by the build.
    let Ok((mut session, roadmap, facts)) = Session::open(io, global, None) else { return Ok(paths) };
    let Some(renderer) = session.renderer(roadmap, facts)? else { return Ok(paths) };
    let pages = renderer.pages();
    let compared = build::compare(session.tree(), &renderer, &pages, &session.progress());
    let Ok(found) = compared else { return Ok(paths) };
    for (page, found) in pages.iter().zip(&found) {
        let Found::Foreign(old) = found else { continue };
        let list = adoption::list(io, &session.found, &renderer, page, old, global.verbose)?;
        let is_listed = plan.is_listed && matches!(page.kind, PageKind::Summary);
        (!list.is_empty() && !is_listed).then(|| session.say(&list));
        paths.push(page.path.clone());
    }
    Ok(paths)
}

/// The files of a roadmap.
pub(super) struct RoadmapFiles {
    /// What it is called; empty where it has no name.
    pub(super) name: String,
    /// The folder of the source, from the root.
    pub(super) base: String,
    /// The source.
    pub(super) sources: Vec<String>,
    /// What is made of it.
    pub(super) outputs: Outputs,
    /// Whether the website is one of the files that are committed.
    pub(super) commits_site: bool,
    /// Whether it says which repository on GitHub it is for, or a lock knows it.
    pub(super) has_repository: bool,
}

/// The files of the roadmaps as they will be; nothing of one whose source cannot be read.
pub(super) fn files(plan: &Plan<'_>, spot: &Spot, global: &Global, io: &Io<'_>) -> Vec<RoadmapFiles> {
    let planned = Planned::new(io.files, plan.texts());
    let io = Io { files: &planned, ..*io };
    let own = Global { root: Some(spot.root.clone()), ..global.without_roadmap() };
    let Ok(selection) = Selection::all(&io, &own) else { return Vec::new() };
    let one = |member: &Member| {
        let (session, roadmap, _) = Session::read(&io, &member.global, None).ok()?;
        let sources = session.found.files.iter().map(ToString::to_string).collect();
        let commits_site = roadmap.site.committed == Some(true);
        let lock = session.found.root.join(source::joined(&session.found.base, source::LOCK));
        let has_repository = roadmap.repository.is_some() || io.files.entry(&lock).ok()?.is_some();
        let (name, base, outputs) = (member.name.clone(), session.found.base, session.outputs);
        Some(RoadmapFiles { name, base, sources, outputs, commits_site, has_repository })
    };
    selection.members.iter().filter_map(one).collect()
}

/// The folders of the sources that the root will list by name, with links followed.
pub(super) fn listed(plan: &Plan<'_>, spot: &Spot, io: &Io<'_>) -> Vec<PathBuf> {
    let planned = Planned::new(io.files, plan.texts());
    let all = source::all_listed(&planned, Some(&spot.root)).ok().flatten();
    let (_, all) = all.unwrap_or_default();
    all.iter().filter_map(|one| one.base(&planned).ok()).collect()
}

/// The disk as it will be once the planned files are written. Nothing can be written through it.
struct Planned<'a> {
    files: &'a dyn Files,
    texts: BTreeMap<PathBuf, &'a str>,
    folders: BTreeSet<PathBuf>,
}

impl<'a> Planned<'a> {
    fn new(files: &'a dyn Files, texts: impl Iterator<Item = (&'a Path, &'a str)>) -> Self {
        let texts: BTreeMap<_, _> = texts.map(|(path, text)| (path.to_owned(), text)).collect();
        let above = |path: &PathBuf| path.ancestors().skip(1).map(Path::to_owned).collect::<Vec<_>>();
        let folders = texts.keys().flat_map(above).collect();
        Self { files, texts, folders }
    }

    /// The planned files below a folder, by their paths from it.
    fn below<'s>(&'s self, folder: &Path) -> Result<impl Iterator<Item = &'s Path>, Failure> {
        let folder = self.files.real(folder)?;
        Ok(self.texts.keys().filter_map(move |path| path.strip_prefix(&folder).ok()))
    }
}

impl Files for Planned<'_> {
    fn here(&self) -> &Path {
        self.files.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        let real = self.files.real(path)?;
        match self.files.entry(path)? {
            None if self.texts.contains_key(&real) => Ok(Some(Entry::File)),
            None if self.folders.contains(&real) => Ok(Some(Entry::Folder)),
            entry => Ok(entry),
        }
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        match self.texts.get(&self.files.real(path)?) {
            Some(text) => Ok(Some(text.as_bytes().to_vec())),
            None => self.files.read(path),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let mut names = self.files.list(folder)?;
        let planned = self.below(folder)?.filter_map(|path| path.components().next());
        names.extend(planned.filter_map(|name| name.as_os_str().to_str().map(str::to_owned)));
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let mut found = self.files.walk(folder)?;
        let planned = self.below(folder)?.filter_map(Path::to_str);
        found.extend(planned.map(|path| path.replace(std::path::MAIN_SEPARATOR, "/")));
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn link(&self, path: &Path) -> Result<Option<PathBuf>, Failure> {
        self.files.link(path)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        self.files.real(path)
    }

    fn read_only(&self) -> &'static str {
        "this is a preview"
    }
}
