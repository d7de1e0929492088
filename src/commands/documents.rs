//! Which hand-written documents speak of a roadmap, when nobody has named them.

use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

use super::handed::Form;
use crate::{
    io::{Failure, Io, Limit},
    links,
    output::is_marked,
    render::{PagePath, Renderer},
    report::Report,
    rules::mentions::KnownIds,
    source::{Doc, Found, joined, read_doc},
};

/// The largest document that is read.
const MOST_BYTES: u64 = 1 << 20;

/// The most documents that are read.
const MOST: usize = 500;

/// Folders of documents, beside the top of the repository and the folder that holds the JSON.
const FOLDERS: [&str; 4] = ["docs/", "doc/", ".github/", "scripts/"];

/// Where the summary goes where its usual place is somebody else's: the first that is free.
const OTHER_SUMMARIES: [&str; 3] = ["ROADMAP.md", "ROADMAP-SUMMARY.md", "ROADBOOK.md"];

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// Documents that speak of the roadmap, by their paths.
    docs: Vec<Doc>,
    /// The one that tells the whole of it.
    pub(super) summary: Option<Arc<str>>,
    /// Files of that name that tell of something else.
    pub(super) aside: Vec<String>,
    /// Markdown near the source that Roadbook did not write, in lower case.
    foreign: BTreeSet<String>,
    /// The paths of all that are held against the source.
    pub(super) read: Vec<Arc<str>>,
}

impl Documents {
    /// Reads the Markdown near the source, and keeps what speaks of the roadmap.
    pub(super) fn find(
        io: &Io<'_>,
        found: &Found,
        renderer: &Renderer,
        markdown: &[(String, u64)],
    ) -> Result<Self, Failure> {
        let known = KnownIds::of(&renderer.roadmap);
        let near = markdown.iter().filter(|(path, size)| *size <= MOST_BYTES && is_near(path, &found.base));
        let mut documents = Self::default();
        let (mut told, mut has_own) = (Vec::new(), false);
        let own = renderer.roadmap.outputs.summary.as_deref();
        for (path, _) in near.take(MOST) {
            let Some(bytes) = io.files.read_inside(&found.root, &found.root.join(path), Limit::Document)?
            else {
                continue;
            };
            if is_marked(&PagePath::new(path), &bytes) {
                has_own |= own == Some(path.as_str());
                continue;
            }
            documents.foreign.insert(path.to_lowercase());
            // What we told of the roadmap on some day need not agree with what it is on another.
            if Form::Markdown.fits(&bytes) {
                continue;
            }
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let doc = read_doc(path.as_str().into(), text, &mut Report::default());
            let named = if is_summary(path) || speaks(&known, renderer, &doc.text) {
                links::count_named(renderer, &known, &doc)
            } else {
                continue;
            };
            if named == 0 && is_summary(path) {
                documents.aside.push(path.clone());
            } else {
                told.push((named, Arc::clone(&doc.path)));
                documents.docs.push(doc);
            }
        }
        documents.summary = if has_own { None } else { summary(told, renderer, &found.base) };
        Ok(documents)
    }

    /// Gives the documents to the renderer, beside those that the source names itself.
    pub(super) fn add_to(&mut self, renderer: &mut Renderer) {
        let named: BTreeSet<_> = renderer.docs.iter().map(|doc| Arc::clone(&doc.path)).collect();
        let docs = std::mem::take(&mut self.docs).into_iter();
        renderer.docs.extend(docs.filter(|doc| !named.contains(&doc.path)));
        self.read = renderer.docs.iter().map(|doc| Arc::clone(&doc.path)).collect();
    }
}

impl Documents {
    /// The documents that name the roadmap and that the source does not: those that Roadbook writes itself apart.
    pub(super) fn unnamed(&self, renderer: &Renderer) -> Vec<String> {
        let outputs = &renderer.roadmap.outputs;
        let written = [&outputs.summary, &outputs.labels];
        let is_written =
            |path: &str| is_summary(path) || written.into_iter().flatten().any(|own| own == path);
        let is_named = |path: &str| renderer.docs.iter().any(|doc| *doc.path == *path);
        let paths = self.docs.iter().map(|doc| doc.path.to_string());
        paths.filter(|path| !is_written(path) && !is_named(path)).collect()
    }

    /// Where the summary goes where its usual place is taken by a file that only has its name.
    pub(super) fn other_summary(&self, usual: &str) -> String {
        let folder = usual.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut all = OTHER_SUMMARIES.map(|name| joined(folder, name)).into_iter();
        let free = all.clone().find(|path| !self.foreign.contains(&path.to_lowercase()));
        free.or_else(|| all.next_back()).unwrap_or_default()
    }
}

fn is_near(path: &str, base: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.is_empty()
        || folder == base
        || is_summary(path)
        || FOLDERS.iter().any(|near| path.starts_with(near))
}

/// Whether a file is named as summaries are.
pub(super) fn is_summary(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("summary.md"))
}

/// Whether a document names an id, a label or a file of the roadmap.
fn speaks(known: &KnownIds, renderer: &Renderer, text: &str) -> bool {
    let roadmap = &renderer.roadmap;
    let files = roadmap.files.iter().map(|file| file.rsplit('/').next().unwrap_or(file));
    !known.mentions(text).ids.is_empty()
        || files.into_iter().any(|name| text.contains(name))
        || roadmap.labels.iter().any(|label| text.contains(&format!("`{}`", label.name)))
}

/// The document that tells the whole roadmap: the summary's own file, else the nearest of its name, else the one that names
/// half of all items at least.
fn summary(told: Vec<(usize, Arc<str>)>, renderer: &Renderer, base: &str) -> Option<Arc<str>> {
    let all = renderer.roadmap.milestones.len() + renderer.roadmap.issues.len();
    let own = renderer.roadmap.outputs.summary.as_deref();
    let mut fit: Vec<_> = told
        .into_iter()
        .filter(|(named, path)| is_summary(path) || Some(&**path) == own || 2 * named >= all)
        .collect();
    fit.sort_by_key(|(named, path)| {
        let shared = path.split('/').zip(base.split('/')).take_while(|(a, b)| a == b).count();
        (Some(&**path) != own, !is_summary(path), Reverse(shared), Reverse(*named), Arc::clone(path))
    });
    fit.into_iter().next().map(|(_, path)| path)
}
