//! The files that are not as the source makes them, and what is said of each.

use rayon::prelude::*;

use super::first::first_difference;
use crate::{
    commands::{
        Session,
        build::{CONTEXT, difference, foreign_file},
        verdict::{Written, added},
    },
    history::Tracked,
    io::Failure,
    output::{self, Found, Stop, Tree, as_on_disk},
    render::{Changed, Page, PageKind, PagePath, Renderer, provenance},
    report::{Code, Diagnostic, Place, Report, diff},
    source::joined,
};

/// A file that is not as the source makes it: where, what stands there, and what should.
pub(super) struct Difference {
    pub(super) path: PagePath,
    pub(super) old: Option<Vec<u8>>,
    pub(super) new: Option<Vec<u8>>,
    /// Whether `build` repairs it without being asked to adopt it.
    pub(super) is_ours: bool,
    /// Whether the working tree has it as it should be, and only what is staged differs.
    pub(super) is_on_disk: bool,
    /// Whether git ignores it.
    pub(super) is_ignored: bool,
}

impl Difference {
    /// A file that nothing makes any more.
    pub(super) fn orphan(path: PagePath, old: Option<Vec<u8>>) -> Self {
        Self { path, old, new: None, is_ours: true, is_on_disk: false, is_ignored: false }
    }

    /// The same beside what the working tree has in its place. The bytes of a page that is missing are kept for a patch alone.
    fn beside(mut self, there: Option<Vec<u8>>, has_patch: bool) -> Self {
        self.is_on_disk = there.is_some() && there == self.new;
        if self.old.is_none() && !has_patch {
            self.new = None;
        }
        self
    }

    /// The command that stages it, where the working tree has it as it should be.
    pub(super) fn added(&self) -> Option<String> {
        self.is_on_disk.then(|| added(self.path.as_str(), self.is_ignored))
    }

    /// The difference, as people read it.
    pub(super) fn shown(&self) -> String {
        difference(&self.path, self.old.as_deref(), self.new.as_deref())
    }

    /// The difference byte for byte, with the file named from a folder that holds the root: `above` is the way from there.
    ///
    /// Each byte stands for a character on its way through: an old file may be no text.
    pub(super) fn patch(&self, above: &str) -> Vec<u8> {
        let text = |bytes: &Vec<u8>| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
        let (old, new) = (self.old.as_ref().map(text), self.new.as_ref().map(text));
        let path = joined(above, self.path.as_str());
        let patch = diff::unified(&path, old.as_deref(), new.as_deref(), CONTEXT);
        patch.chars().filter_map(|c| u8::try_from(c).ok()).collect()
    }
}

/// Compares every page, and looks for orphans; with a patch, a page that is missing keeps its bytes.
pub(super) fn look(
    session: &mut Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
    (working, is_strict): (Option<&Tracked<'_>>, bool),
    has_patch: bool,
) -> Result<Vec<Difference>, Failure> {
    let written = Written::of(session, working, is_strict)?;
    let disk = session.beside.map(|io| io.files);
    let progress = session.progress();
    let compared = pages.par_iter().map_init(Vec::new, |bytes, page| {
        progress.count("comparing page", pages.len());
        let tree = written.tree(&page.path);
        let there = || disk?.read(&tree.path(&page.path)).ok().flatten();
        let differs = compare(tree, renderer, page, bytes)?;
        Ok(differs.map(|difference| (page, difference.beside(there(), has_patch))))
    });
    let compared: Vec<_> = compared.filter_map(Result::transpose).collect();
    drop(progress);
    let mut differences = Vec::new();
    let mut report = Report::default();
    for difference in compared {
        match difference {
            Ok((page, mut difference)) => {
                difference.is_ignored = difference.old.is_none() && written.is_ignored(&page.path);
                report.push(finding(renderer, page, &difference));
                differences.push(difference);
            }
            Err(Stop::Finding(finding)) => report.push(*finding),
            Err(Stop::Failure(failure)) => return Err(failure),
        }
    }
    report.extend(written.left_out(pages));
    drop(written);
    session.add(report);
    differences.extend(orphans(session, renderer, pages)?);
    Ok(differences)
}

/// What has Roadbook's mark and is made no more, where all of the source was read; each is told.
fn orphans(
    session: &mut Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
) -> Result<Vec<Difference>, Failure> {
    let is_committed = renderer.roadmap.site.committed == Some(true);
    let paths = match session.found.whole {
        true => output::orphans(session.tree(), &renderer.roadmap, pages, is_committed)?,
        false => Vec::new(),
    };
    let mut orphans = Vec::new();
    for path in paths {
        session.add_one(orphan(&path));
        let old = session.tree().read(&path)?;
        orphans.push(Difference::orphan(path, old));
    }
    Ok(orphans)
}

/// A page's difference from what stands in its place; `None` where there is none.
fn compare(
    tree: Tree<'_>,
    renderer: &Renderer,
    page: &Page,
    bytes: &mut Vec<u8>,
) -> Result<Option<Difference>, Stop> {
    let (old, is_ours) = match tree.compare(renderer, page, bytes)? {
        Found::Same => return Ok(None),
        Found::Missing(_) => {
            renderer.bytes(page, bytes)?;
            (None, true)
        }
        Found::Differs(old) => (Some(old), true),
        Found::Foreign(old) => (Some(old), false),
    };
    let new = match page.kind {
        PageKind::Doc(_) => std::mem::take(bytes),
        _ => as_on_disk(bytes, old.as_deref()).into_owned(),
    };
    let (path, new) = (page.path.clone(), Some(new));
    Ok(Some(Difference { path, old, new, is_ours, is_on_disk: false, is_ignored: false }))
}

/// What is said of a page that differs: where first, and which value of the source stands behind the line.
fn finding(renderer: &Renderer, page: &Page, difference: &Difference) -> Diagnostic {
    let (Some(old), Some(new)) = (&difference.old, &difference.new) else {
        let message = format!("`{}` is missing", page.path);
        let help = match difference.added() {
            Some(command) => format!("it is here, but git does not track it: {command}"),
            None => "`roadbook build` writes it".to_owned(),
        };
        return Diagnostic::new(Code::MissingFile, Place::file(page.path.as_str()), message).help(help);
    };
    if !difference.is_ours {
        return foreign_file(&page.path);
    }
    let first = first_difference(old, new);
    let what = if matches!(page.kind, PageKind::Doc(_)) { "a region of it differs" } else { "it differs" };
    let message = format!("`{}` is stale: {what} from what the source generates", page.path);
    let found =
        Diagnostic::new(Code::StaleFile, Place::bytes(page.path.as_str(), first.range.clone()), message)
            .help(match difference.added() {
                Some(command) => format!("the working tree has it as it should be: {command}"),
                None => "change the JSON, not this file; `roadbook build` regenerates it".to_owned(),
            });
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (above, was, is) =
        (text(&new[..first.wanted.start]), text(&old[first.range]), text(&new[first.wanted]));
    let changed = Changed { above: &above, old: &was, new: is.trim_end() };
    match provenance(renderer, page, changed) {
        Some(place) => found.related(place, "the source says it here"),
        None => found,
    }
}

pub(super) fn orphan(path: &PagePath) -> Diagnostic {
    let message =
        format!("`{path}` is an orphan: it has Roadbook's mark, and the source no longer generates it");
    Diagnostic::new(Code::OrphanFile, Place::file(path.as_str()), message).help("`roadbook build` removes it")
}
