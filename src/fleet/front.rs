//! The front page: roadmaps side by side, with their totals.

use std::borrow::Cow;

use serde::Serialize;

use super::{Card, Due, Fleet, Overdue, words as told};
use crate::{
    data::{percent, v1::Progress},
    model::Day,
    render::{Comment, Engine, PagePath},
    report::Diagnostic,
    words::{self, counted, say, word},
};

/// The files that the page loads, by their names among the engine's assets.
const ASSETS: [&str; 2] = ["assets/site.css", "assets/theme.js"];

/// The most roadmaps that stand in the navigation.
const MOST_IN_NAV: usize = 8;

/// The files of a front page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Front {
    /// The files by their paths inside its folder.
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
}

/// What `fleet/front.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    lang: &'a str,
    dir: &'static str,
    title: &'a str,
    /// How far all of them have come, in a sentence.
    says: String,
    /// The day that all of them speak for; empty where they differ.
    as_of: String,
    /// The repository that all of them belong to; empty where they differ.
    repository: &'a str,
    nav: Vec<Link<'a>>,
    tiles: Vec<Tile>,
    bar: Bar,
    /// Which columns have something to tell.
    has: Has,
    rows: Vec<RowView<'a>>,
    total: RowView<'a>,
    due: Vec<DueView<'a>>,
    /// What could not be read or is out of date.
    notes: Vec<Note>,
    origin: &'a str,
}

#[derive(Debug, Serialize)]
struct Link<'a> {
    title: &'a str,
    link: &'a str,
}

/// A figure.
#[derive(Debug, Serialize)]
struct Tile {
    big: String,
    #[serde(serialize_with = "words::serialize")]
    title: &'static str,
    class: &'static str,
    /// The part of the page that tells more.
    link: &'static str,
}

/// Issues by how they stand.
#[derive(Debug, Default, Serialize)]
struct Bar {
    pieces: Vec<Piece>,
    words: String,
}

#[derive(Debug, Serialize)]
struct Piece {
    class: &'static str,
    #[serde(serialize_with = "words::serialize")]
    name: &'static str,
    at: String,
    length: String,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Has {
    repository: bool,
    milestones: bool,
    unknown: bool,
    dropped: bool,
    overdue: bool,
    due: bool,
    as_of: bool,
}

#[derive(Debug, Default, Serialize)]
struct RowView<'a> {
    name: Cow<'a, str>,
    title: &'a str,
    link: &'a str,
    repository: &'a str,
    percent: String,
    bar: Bar,
    issues: usize,
    done: usize,
    open: usize,
    unknown: usize,
    dropped: usize,
    milestones: String,
    /// How much is late; empty where nobody knows.
    overdue: String,
    is_late: bool,
    due: Option<DueView<'a>>,
    as_of: String,
    /// How old it is, where that is more than allowed; empty otherwise.
    stale: String,
}

#[derive(Debug, Serialize)]
struct DueView<'a> {
    roadmap: &'a str,
    id: &'a str,
    title: &'a str,
    link: &'a str,
    day: String,
}

#[derive(Debug, Serialize)]
struct Note {
    class: &'static str,
    #[serde(serialize_with = "words::serialize")]
    word: &'static str,
    what: String,
    why: String,
}

/// Makes the front page and what it loads; `source` says what it was made from.
///
/// # Errors
/// Where the template fails.
pub(crate) fn front(fleet: &Fleet, engine: &Engine, source: &str) -> Result<Front, Diagnostic> {
    let _words = engine.words();
    let mark = |name: &str| Comment::of(&PagePath::new(name)).mark_from(source).into_bytes();
    let mut page = mark("index.html");
    engine.render("fleet/front.html", &view(fleet, source), &mut page)?;
    let mut files = vec![("index.html", page)];
    for wanted in ASSETS {
        if let Some((_, text)) = engine.assets().find(|(name, _)| *name == wanted) {
            let mut bytes = mark(wanted);
            bytes.extend(text.bytes().filter(|byte| *byte != b'\r'));
            files.push((wanted, bytes));
        }
    }
    files.push((".nojekyll", mark(".nojekyll")));
    Ok(Front { files })
}

fn view<'a>(fleet: &'a Fleet, source: &'a str) -> View<'a> {
    let scale =
        fleet.cards.iter().map(|card| card.progress.issues + card.progress.dropped).max().unwrap_or_default();
    let as_of = common(fleet.cards.iter().map(|card| card.as_of));
    let repository = common(fleet.cards.iter().map(|card| card.repository.as_deref())).unwrap_or_default();
    let progress = fleet.progress();
    let is_short = fleet.cards.len() <= MOST_IN_NAV;
    let nav = fleet.cards.iter().filter(|card| is_short && !card.link.is_empty());
    let is_rtl = !fleet.cards.is_empty() && fleet.cards.iter().all(|card| card.is_rtl);
    View {
        lang: if fleet.lang.is_empty() { "en" } else { &fleet.lang },
        dir: if is_rtl { "rtl" } else { "ltr" },
        title: &fleet.title,
        says: told::sentence(fleet),
        as_of: as_of.map(|day: Day| day.to_string()).unwrap_or_default(),
        repository,
        nav: nav.map(|card| Link { title: &card.name, link: &card.link }).collect(),
        tiles: tiles(fleet, &progress),
        bar: bar(&progress, progress.issues + progress.dropped),
        has: has(fleet, &progress, repository, as_of),
        rows: fleet.cards.iter().map(|card| row(fleet, card, scale)).collect(),
        total: total(fleet, &progress),
        due: fleet.due().into_iter().map(|(card, due)| due_view(card, due)).collect(),
        notes: notes(fleet),
        origin: source,
    }
}

/// The columns; what all have in common has none.
fn has(fleet: &Fleet, progress: &Progress, repository: &str, as_of: Option<Day>) -> Has {
    let any = |is: &dyn Fn(&Card) -> bool| fleet.cards.iter().any(is);
    Has {
        repository: repository.is_empty()
            && any(&|card| card.repository.as_ref().is_some_and(|it| *it != card.name)),
        milestones: any(&|card| card.milestones > 0),
        unknown: progress.unknown > 0,
        dropped: progress.dropped > 0,
        overdue: any(&|card| card.overdue.is_some()),
        due: any(&|card| fleet.due_of(card).next().is_some()),
        as_of: as_of.is_none() && any(&|card| card.as_of.is_some()),
    }
}

/// What all have in common; `None` where they differ, or none has it.
fn common<T: PartialEq>(mut all: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = all.next()??;
    all.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

fn tiles(fleet: &Fleet, progress: &Progress) -> Vec<Tile> {
    let tile = |big: String, title, class, link| Tile { big, title, class, link };
    let mut tiles = Vec::new();
    if let Some(share) = progress.percent {
        tiles.push(tile(percent(share), word!("done"), "", "#roadmaps"));
    }
    tiles.push(tile(progress.closed.to_string(), word!("issues done"), "", "#roadmaps"));
    tiles.push(tile(progress.open.to_string(), word!("open"), "", "#roadmaps"));
    if progress.dropped > 0 {
        tiles.push(tile(progress.dropped.to_string(), word!("dropped"), "", "#roadmaps"));
    }
    if let Some(Overdue { milestones, issues }) = fleet.overdue() {
        let class = if milestones + issues > 0 { "overdue" } else { "" };
        tiles.push(tile((milestones + issues).to_string(), word!("overdue"), class, "#roadmaps"));
    }
    let (all, closed) = fleet.milestones();
    if all > 0 {
        tiles.push(tile(format!("{closed}/{all}"), word!("milestones"), "", "#roadmaps"));
    }
    if let Some((_, due)) = fleet.due().first() {
        tiles.push(tile(due.on.to_string(), word!("next due"), "", "#due"));
    }
    tiles
}

fn row<'a>(fleet: &Fleet, card: &'a Card, scale: usize) -> RowView<'a> {
    let progress = &card.progress;
    let stale = fleet.age(card).filter(|_| fleet.is_stale(card)).and_then(|age| usize::try_from(age).ok());
    RowView {
        name: card.name.as_str().into(),
        title: if card.title == card.name { "" } else { &card.title },
        link: &card.link,
        repository: card.repository.as_deref().unwrap_or_default(),
        bar: bar(progress, scale),
        as_of: card.as_of.map(|day| day.to_string()).unwrap_or_default(),
        stale: stale.map(|age| say!("{} old", counted(age, "day"))).unwrap_or_default(),
        due: fleet.due_of(card).next().map(|due| due_view(card, due)),
        ..numbers(progress, (card.milestones, card.closed_milestones), card.overdue)
    }
}

fn total<'a>(fleet: &Fleet, progress: &Progress) -> RowView<'a> {
    RowView { name: say!("All").into(), ..numbers(progress, fleet.milestones(), fleet.overdue()) }
}

fn numbers<'a>(progress: &Progress, milestones: (usize, usize), overdue: Option<Overdue>) -> RowView<'a> {
    let late = overdue.map(|late| late.milestones + late.issues);
    RowView {
        percent: progress.percent.map(percent).unwrap_or_default(),
        issues: progress.issues,
        done: progress.closed,
        open: progress.open,
        unknown: progress.unknown,
        dropped: progress.dropped,
        milestones: if milestones.0 > 0 {
            format!("{}/{}", milestones.1, milestones.0)
        } else {
            String::new()
        },
        overdue: late.map(|late| late.to_string()).unwrap_or_default(),
        is_late: late.is_some_and(|late| late > 0),
        ..RowView::default()
    }
}

fn due_view<'a>(card: &'a Card, due: &'a Due) -> DueView<'a> {
    DueView { roadmap: &card.name, id: &due.id, title: &due.title, link: &due.link, day: due.on.to_string() }
}

fn notes(fleet: &Fleet) -> Vec<Note> {
    let unread = fleet.unread.iter().cloned();
    let unread = unread.map(|(what, why)| Note { class: "off-track", word: word!("Not read"), what, why });
    let old = told::old(fleet).map(|(what, why)| Note { class: "at-risk", word: word!("Old"), what, why });
    unread.chain(old).collect()
}

/// Issues by how they stand, to a scale.
fn bar(progress: &Progress, scale: usize) -> Bar {
    let counts = [
        ("st done", word!("Done"), word!("done"), progress.closed),
        ("st ready", word!("Open"), word!("open"), progress.open),
        ("st unknown", word!("Unknown"), word!("unknown"), progress.unknown),
        ("st dropped", word!("Dropped"), word!("dropped"), progress.dropped),
    ];
    let share = |count: usize| (count * 10_000).checked_div(scale).unwrap_or_default();
    let shown = |share: usize| format!("{}.{:02}", share / 100, share % 100);
    let (mut bar, mut at) = (Bar::default(), 0);
    for (class, name, low, count) in counts.into_iter().filter(|(.., count)| *count > 0) {
        let (from, to) = (share(at), share(at + count));
        let separator = if bar.words.is_empty() { "" } else { ", " };
        bar.words += &format!("{separator}{count} {}", words::of(low));
        bar.pieces.push(Piece { class, name, at: shown(from), length: shown(to - from), count });
        at += count;
    }
    bar
}
