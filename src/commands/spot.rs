//! Where the roadmap of a repository is, or may be: for verbs that are run before anybody has said so.

use std::path::{Path, PathBuf};

use super::advice;
use crate::{
    cli::Global,
    io::{Entry, Failure, FailureKind, Files, Io},
    report::typed,
    source::{self, Candidate, Found, Searched},
};

/// A repository as it is found.
#[derive(Debug)]
pub(super) struct Spot {
    /// The folder that every output lies below, with its links followed: the top of the git repository, where there is one.
    pub(super) root: PathBuf,
    /// The way to it from where the user stands.
    pub(super) way: PathBuf,
    /// The top of the git repository; `None` outside one.
    pub(super) top: Option<PathBuf>,
    /// The JSON file, from the root, where it has to be named; `None` where the source says where it is, or there is none.
    pub(super) json: Option<String>,
    /// Whether the other verbs find the source by themselves.
    pub(super) is_set_up: bool,
    /// Whether the JSON file is not there yet.
    pub(super) begins: bool,
    /// Whether the root lists its roadmaps by name.
    pub(super) is_list: bool,
    /// What else there is.
    pub(super) searched: Searched,
}

impl Spot {
    /// Looks at the repository in which `named` lies, be it the JSON file or a folder; without it, in which the user stands.
    ///
    /// # Errors
    /// Where there is no such file or folder, or it cannot be read.
    pub(super) fn find(io: &Io<'_>, global: &Global, named: Option<&Path>) -> Result<Self, Failure> {
        let files = io.files;
        let named = named.or(global.roadmap.as_deref());
        let folder = match named {
            Some(path) => match files.entry(path)? {
                Some(Entry::Folder) => path,
                Some(_) => return Self::of_file(files, global, path),
                None => {
                    let message = format!("there is no `{}`", path.display());
                    return Err(Failure::new(FailureKind::Usage, message));
                }
            },
            None => global.root.as_deref().unwrap_or(Path::new(".")),
        };
        let from = files.real(folder)?;
        if files.entry(&from)? != Some(Entry::Folder) {
            let message = format!("the root `{}` is not a folder", from.display());
            return Err(Failure::new(FailureKind::Usage, message));
        }
        let top = source::git_top(files, &from)?.map(Path::to_owned);
        let own = match &global.root {
            Some(root) => files.real(root)?,
            None => Self::root_above(files, &from, top.as_deref())?,
        };
        let mut searched = source::search(files, if named.is_some() { &from } else { &own })?;
        let inside = source::below(&own, &from).filter(|_| named.is_some()).unwrap_or_default();
        searched.move_below(&inside);
        let is_set_up = is_set_up(files, &own, &searched)?;
        let json = searched.candidates.first().filter(|_| !is_set_up).map(|best| best.path.clone());
        let is_list = source::all_listed(files, Some(&own))?.is_some();
        let way = advice::way(files, &own)?;
        Ok(Self { root: own, way, top, json, is_set_up, begins: false, is_list, searched })
    }

    fn of_file(files: &dyn Files, global: &Global, path: &Path) -> Result<Self, Failure> {
        let path = files.real(path)?;
        let folder = path.parent().unwrap_or(&path);
        let top = source::git_top(files, folder)?.map(Path::to_owned);
        let root = match &global.root {
            Some(root) => files.real(root)?,
            None => Self::root_above(files, folder, top.as_deref())?,
        };
        let Some(json) = source::below(&root, &path) else {
            let message = format!("`{}` lies outside the root `{}`", path.display(), root.display());
            return Err(Failure::new(FailureKind::Usage, message));
        };
        let searched = source::search(files, &root)?;
        let is_list = source::all_listed(files, Some(&root))?.is_some();
        let named = is_list.then_some(path.as_path());
        let found = source::find(files, Some(&root), named);
        let is_listed = |found: &Found| !is_list || found.name.is_some();
        let is_set_up = found.is_ok_and(|it| is_listed(&it) && it.files.iter().any(|file| **file == *json));
        let way = advice::way(files, &root)?;
        Ok(Self { root, way, top, json: Some(json), is_set_up, begins: false, is_list, searched })
    }

    /// The root that a folder above says it is, within the repository; else the top of the repository, or the folder itself.
    fn root_above(files: &dyn Files, from: &Path, top: Option<&Path>) -> Result<PathBuf, Failure> {
        let said = source::root_above(files, from)?;
        let said = said.filter(|root| top.is_none_or(|top| root.starts_with(top)));
        Ok(said.unwrap_or_else(|| top.unwrap_or(from).to_owned()))
    }

    /// A path from the root as it is typed where the user stands.
    pub(super) fn typed(&self, path: &str) -> String {
        typed(&self.way.join(path).display().to_string()).into_owned()
    }

    /// The options with which the other verbs find this source.
    pub(super) fn global(&self, global: &Global) -> Global {
        let json = self.json.as_ref().filter(|_| !self.is_set_up);
        let given =
            json.map_or_else(|| global.given.clone(), |json| format!(" --roadmap {}", self.typed(json)));
        Global {
            root: Some(self.root.clone()),
            roadmap: json.map(|json| self.root.join(json)),
            given,
            ..global.clone()
        }
    }

    /// The same where the roadmap is to begin with this file, which is not there yet.
    ///
    /// # Errors
    /// Where there is a roadmap already, or the file would lie outside the root.
    pub(super) fn begin_at(&mut self, path: &Path) -> Result<(), Failure> {
        let outside = || {
            Failure::new(
                FailureKind::Usage,
                format!("`{}` lies outside the root `{}`", path.display(), self.root.display()),
            )
        };
        self.json = Some(source::below(&self.root, path).ok_or_else(outside)?);
        (self.begins, self.is_set_up) = (true, false);
        Ok(())
    }

    /// The same where a file that lies among tests or examples is not taken for the roadmap unasked.
    pub(super) fn take_no_example(&mut self) {
        let taken = self.searched.candidates.iter().find(|it| Some(&it.path) == self.json.as_ref());
        if !self.is_set_up && taken.is_some_and(|taken| taken.is_aside) {
            self.json = None;
        }
    }

    /// What may be a roadmap beside the one that is taken.
    pub(super) fn others(&self) -> impl Iterator<Item = &Candidate> {
        let taken = self.json.as_deref();
        let is_other = move |it: &&Candidate| Some(it.path.as_str()) != taken;
        self.searched.candidates.iter().filter(is_other).filter(|_| !self.is_set_up)
    }
}

/// Whether the other verbs find a source below this root. A folder `roadmap` with JSON that is no roadmap says nothing.
fn is_set_up(files: &dyn Files, root: &Path, searched: &Searched) -> Result<bool, Failure> {
    if source::root_above(files, root)?.as_deref() != Some(root) {
        return Ok(false);
    }
    if files.entry(&root.join(source::POINTER))? == Some(Entry::File) {
        if source::all_listed(files, Some(root))?.is_none() {
            source::find(files, Some(root), None)?;
        }
        return Ok(true);
    }
    let found = source::find(files, Some(root), None)?;
    let is_one = |file: &str| searched.candidates.iter().any(|candidate| candidate.path == file);
    // A link is not searched, and a source with a fault may have lost its shape: what is named as we name it is one.
    Ok(found.files.iter().any(|file| is_one(file)) || found.files.iter().any(|file| is_named_so(file)))
}

fn is_named_so(file: &str) -> bool {
    ["roadmap/roadmap.json", "roadmap/milestones_and_issues.json"].contains(&file)
}
