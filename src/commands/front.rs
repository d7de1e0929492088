//! The front page of the roadmaps that `.roadbook` lists: made of all their sources, whichever of them a verb works on.

use std::sync::Arc;

mod all;
mod write;

pub(super) use all::Spoken;
use all::{All, Read, read};
pub(super) use write::{build, put};

use super::{Session, selection::Selection};
use crate::{
    cli::Findings,
    fleet::{Card, Fleet, Front, front},
    io::{Entry, Failure, FailureKind, Io},
    model::{Day, Outputs, folded},
    output::{Tree, is_marked},
    render::{Engine, PagePath},
    report::{Report, uri_path},
    source::{POINTER, joined},
    words::{self, Words, word},
};

/// What the front page is called.
const TITLE: &str = word!("Roadmaps");

/// A front page as it should be.
pub(super) struct FrontPage {
    /// The folder that it lies in, from the root.
    folder: String,
    /// Its files, from the root.
    pub(super) files: Vec<(PagePath, Vec<u8>)>,
    /// Where all outputs of the roadmaps go, their websites among them.
    others: Vec<String>,
    /// Whether one of these is committed, and so the front page as well.
    pub(super) is_committed: bool,
}

/// What came of making one.
pub(super) enum Made {
    /// It is made.
    Page(FrontPage),
    /// These roadmaps cannot be read, and without them its totals would be wrong.
    Unread(Vec<String>),
    /// No roadmap has a website.
    Nothing,
}

/// Refuses a list of which two roadmaps would write into one place, or one would clear away what the other writes.
///
/// # Errors
/// Where there are such: which, and where.
pub(super) fn hold_apart(io: &Io<'_>, selection: &Selection) -> Result<(), Failure> {
    match selection.root() {
        Some(_) => apart(&read(io, selection, None).read),
        None => Ok(()),
    }
}

fn apart(read: &[Read<'_>]) -> Result<(), Failure> {
    for (ix, (one, own, (roadmap, _))) in read.iter().enumerate() {
        for (other, theirs, (their_roadmap, _)) in &read[..ix] {
            let met = meets(own, &roadmap.base, theirs).or_else(|| meets(theirs, &their_roadmap.base, own));
            if let Some(path) = met {
                let message = format!(
                    "the roadmaps `{}` and `{}` both write to `{path}`: one would write over or clear away what the other makes",
                    other.name, one.name
                );
                return Err(Failure::new(FailureKind::Files, message)
                    .help("name another place in the `outputs` of one of them"));
            }
        }
    }
    Ok(())
}

/// An output of others that lies in the place of one of ours, in a folder of ours, or beside our source.
fn meets(own: &Outputs, base: &str, theirs: &Outputs) -> Option<String> {
    let is_in = |path: &str, folder: &str| {
        path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let is_ours = |path: &String| {
        let path = folded(path);
        let mut places = all(own).map(|place| folded(place));
        let is_beside = path.rsplit_once('/').map_or("", |(folder, _)| folder) == folded(base);
        places.any(|place| is_in(&path, &place)) || is_beside
    };
    all(theirs).find(|path| is_ours(path)).cloned()
}

/// All places that outputs go to.
fn all(outputs: &Outputs) -> impl Iterator<Item = &String> {
    let Outputs { summary, milestones, labels, site } = outputs;
    [summary, milestones, labels, site].into_iter().flatten()
}

/// Makes the front page of a list.
///
/// # Errors
/// Where its template fails, which is a fault of ours.
pub(super) fn make(io: &Io<'_>, selection: &Selection) -> Result<Made, Failure> {
    let All { read, unread, spoken } = read(io, selection, None);
    apart(&read)?;
    if !unread.is_empty() {
        return Ok(Made::Unread(unread));
    }
    let own = |site: &str, name: &str| site.strip_suffix(name).map(|it| it.trim_end_matches('/').to_owned());
    let folder = read.iter().find_map(|(member, it, _)| own(it.site.as_deref()?, &member.name));
    let Some(folder) = folder else { return Ok(Made::Nothing) };
    let is_committed =
        read.iter().any(|(_, own, (it, _))| own.site.is_some() && it.site.committed == Some(true));
    let files = files(&read, spoken, |_, site| site.map(|site| way(&folder, site)))?;
    let files =
        files.into_iter().map(|(name, bytes)| (PagePath::new(joined(&folder, name)), bytes)).collect();
    let others = read.iter().flat_map(|(_, own, _)| all(own).cloned()).collect();
    Ok(Made::Page(FrontPage { folder, files, others, is_committed }))
}

/// The front page of websites that are published together, each in a folder of its name; `None` where a roadmap cannot be read.
///
/// # Errors
/// As [`make`].
pub(super) fn published(io: &Io<'_>, selection: &Selection, day: Day) -> Result<Option<Front>, Failure> {
    let All { read, unread, spoken } = read(io, selection, Some(day));
    if !unread.is_empty() {
        return Ok(None);
    }
    let files = files(&read, spoken, |name, _| Some(name.to_owned()))?;
    Ok(Some(Front { files }))
}

/// The files of the front page of these roadmaps; `link` gives the way to the website of each.
fn files(
    read: &[Read<'_>],
    spoken: Spoken,
    link: impl Fn(&str, Option<&str>) -> Option<String>,
) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let card = |(member, outputs, (roadmap, facts)): &Read<'_>| {
        let link = link(&member.name, outputs.site.as_deref()).map(|link| uri_path(&link));
        Card::of(&member.name, link.as_deref(), roadmap, facts)
    };
    of_cards(read.iter().map(card).collect(), spoken)
}

/// The files of the front page of these roadmaps.
///
/// # Errors
/// As [`make`].
pub(super) fn of_cards(
    cards: Vec<Card>,
    Spoken { words, lang }: Spoken,
) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let scope = words::scope(words.as_ref());
    let title = words::of(TITLE).into_owned();
    drop(scope);
    let fleet = Fleet { title, lang, cards, ..Fleet::default() };
    Ok(made(&fleet, words, POINTER)?.files)
}

/// The files of a front page, by the built-in template.
///
/// # Errors
/// Where that fails.
pub(super) fn made(fleet: &Fleet, words: Option<Arc<Words>>, source: &str) -> Result<Front, Failure> {
    let made = Engine::with(Vec::new(), words).and_then(|engine| front(fleet, &engine, source));
    made.map_err(|found| {
        Failure::new(FailureKind::Files, format!("cannot make the front page: {}", found.message))
    })
}

/// The way from a folder to another one, both from the root.
fn way(from: &str, to: &str) -> String {
    let parts =
        |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(from), parts(to));
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}

/// Tells findings about the front page, and returns the exit code that they come to.
///
/// # Errors
/// Where standard output cannot be written.
pub(super) fn tell(
    io: &Io<'_>,
    selection: &Selection,
    report: Report,
    (command, findings): (&'static str, &Findings),
) -> Result<u8, Failure> {
    let Some(first) = selection.members.first() else { return Ok(0) };
    let (mut session, roadmap, _) = Session::read(io, &first.global, None)?;
    session.report = report;
    session.tell(command, findings, roadmap.pinned, std::collections::BTreeMap::new())
}

impl FrontPage {
    /// Whether a path is one of its files.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|(own, _)| own.as_str() == path)
    }

    /// What has the mark in its folder and belongs neither to it nor to a website that it leads to, sorted: what roadmaps left
    /// that are listed no longer.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub(super) fn orphans(&self, tree: Tree<'_>) -> Result<Vec<PagePath>, Failure> {
        if self.folder.is_empty() {
            return Ok(Vec::new());
        }
        let is_in = |path: &str, other: &String| {
            path.strip_prefix(other.as_str()).is_some_and(|it| it.is_empty() || it.starts_with('/'))
        };
        let mut orphans = Vec::new();
        for name in tree.files.walk_inside(tree.root, &tree.root.join(&self.folder))? {
            let path = PagePath::new(joined(&self.folder, &name));
            let place = tree.path(&path);
            if self.has(path.as_str()) || self.others.iter().any(|other| is_in(path.as_str(), other)) {
                continue;
            }
            let is_file =
                tree.files.is_inside(tree.root, &place) && tree.files.entry(&place)? == Some(Entry::File);
            if is_file && tree.read(&path)?.is_some_and(|bytes| is_marked(&path, &bytes)) {
                orphans.push(path);
            }
        }
        orphans.sort();
        Ok(orphans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_of_two_roadmaps_do_not_meet() {
        let own = |base: &str, summary: &str| Outputs {
            summary: Some(summary.to_owned()),
            milestones: Some(format!("{base}/milestones")),
            labels: None,
            site: Some(format!("site/{base}")),
        };
        let web = own("web", "web/SUMMARY.md");
        assert_eq!(meets(&web, "web", &own("api", "api/SUMMARY.md")), None);
        for path in ["web/SUMMARY.md", "WEB/summary.md", "web/API.md", "web/milestones/x.md", "site/web/x.md"]
        {
            assert_eq!(meets(&web, "web", &own("api", path)).as_deref(), Some(path));
        }
    }

    #[test]
    fn the_way_to_a_site_is_relative() {
        for (from, to, wanted) in [
            ("site", "site/web", "web"),
            ("site", "public/web", "../public/web"),
            ("a/site", "a/b/web", "../b/web"),
            ("", "web", "web"),
        ] {
            assert_eq!(way(from, to), wanted);
        }
    }
}
