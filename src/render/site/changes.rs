//! What has changed: a page that goes on in parts, and the same as a feed (RFC 4287).

use crate::words::say;
use serde::Serialize;

use super::{
    PageContext, Part, SitePage,
    flow::{FlowView, flow_view},
    frame::Frame,
    here::url_of,
    milestone::{PartView, parts},
    places,
    slips::{SlipsView, slips_view},
    words::and_more,
    write,
};
use crate::{
    model::Day,
    render::{ChangeDay, ChangeLine, Changes, Renderer},
    report::Diagnostic,
};

/// How many changes are on one page: with what is around them they come to less than 3,000 elements.
const MOST_LINES: usize = 200;

/// The same where the first page shows how due dates moved.
const MOST_BESIDE_SLIPS: usize = 50;

/// How many days a feed tells of, and how many changes of each.
const MOST_ENTRIES: (usize, usize) = (30, 100);

/// How many seconds a day has.
const DAY: i64 = 86_400;

/// What `site/changes.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    /// How work flows, on the first part.
    flow: Option<FlowView<'a>>,
    /// How due dates moved, on the first part.
    slips: Option<SlipsView<'a>>,
    days: Vec<DayView<'a>>,
    /// When the roadmap was first there, on the last part.
    began: &'a str,
}

/// What `site/feed.atom` may know. Addresses are whole.
#[derive(Debug, Serialize)]
struct FeedView<'a> {
    lang: &'a str,
    title: &'a str,
    /// The site's address, ending in `/`.
    url: String,
    updated: String,
    days: Vec<DayView<'a>>,
}

/// A day, or what of it stands on this page.
#[derive(Debug, Serialize)]
struct DayView<'a> {
    day: Day,
    /// As `1 slipped, 2 closed`.
    counts: &'a str,
    /// When the last of it was committed, as RFC 3339 writes it.
    updated: String,
    /// Where the day stands on the website.
    link: String,
    lines: Vec<LineView<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

#[derive(Debug, Serialize)]
struct LineView<'a> {
    word: &'a str,
    class: &'a str,
    /// Empty where it only repeats the title.
    id: &'a str,
    title: &'a str,
    words: &'a str,
    /// Empty where the item is gone.
    link: String,
}

/// The pages of what has changed; none where the website does not tell of it.
pub(super) fn kinds(renderer: &Renderer) -> Vec<SitePage> {
    let Some(changes) = &renderer.changes else { return Vec::new() };
    let pages = Part::split(lines(changes), most_lines(changes)).map(SitePage::Changes);
    pages.chain(has_feed(renderer).then_some(SitePage::Feed)).collect()
}

/// Whether there is a feed: one whose readers could not come back has no sense.
pub(super) fn has_feed(renderer: &Renderer) -> bool {
    renderer.changes.is_some() && !url_of(renderer.public().0).is_empty()
}

/// How many changes are on one page.
fn most_lines(changes: &Changes) -> usize {
    if changes.slips.moved().next().is_some() { MOST_BESIDE_SLIPS } else { MOST_LINES }
}

fn lines(changes: &Changes) -> usize {
    changes.days.iter().map(|day| day.lines.len()).sum()
}

/// Makes the page, or a part of it.
pub(super) fn changes(here: &PageContext<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let Some(changes) = &here.renderer.changes else { return Ok(()) };
    let description = say!("What has changed in {}, and when.", here.roadmap.title);
    let mut days = Vec::new();
    let mut before = 0;
    for day in &changes.days {
        let own = before..before + day.lines.len();
        let (from, to) = (part.issues.start.max(own.start), part.issues.end.min(own.end));
        if from < to {
            days.push(day_view(here, day, &day.lines[from - before..to - before], here.root));
        }
        before = own.end;
    }
    let view = View {
        page: Frame::new(here, say!("Changes"), description)?,
        part: part.words(),
        parts: parts(part, |number| here.to(&places::changes(number))),
        flow: if part.number == 0 { flow_view(here, &changes.flow) } else { None },
        slips: if part.number == 0 { slips_view(here, &changes.slips) } else { None },
        days,
        began: if part.number + 1 == part.count { &changes.began } else { "" },
    };
    write(here, "site/changes.html", &view, out)
}

/// Makes the feed.
pub(super) fn feed(here: &PageContext<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let Some(changes) = &here.renderer.changes else { return Ok(()) };
    let url = here.url();
    let mut before = 0;
    let mut day = |day: &'_ ChangeDay| -> usize {
        let part = before / most_lines(changes);
        before += day.lines.len();
        part
    };
    let shown = changes.days.iter().take(MOST_ENTRIES.0);
    let days: Vec<_> = shown
        .map(|of| {
            let shown = &of.lines[..of.lines.len().min(MOST_ENTRIES.1)];
            let link = format!("{url}{}#d-{}", places::changes(day(of)), of.day);
            DayView { link, ..day_view(here, of, shown, &url) }
        })
        .collect();
    let updated = changes.days.iter().map(|day| day.seconds).max();
    let view = FeedView {
        lang: here.roadmap.site.lang.as_deref().unwrap_or("en"),
        title: &here.roadmap.title,
        updated: updated.map_or_else(|| midnight(here.facts.as_of.unwrap_or(Day::FIRST)), written),
        url,
        days,
    };
    write(here, "site/feed.atom", &view, out)
}

/// A day with some of its lines, for a page from which the way to the site's folder is `root`.
fn day_view<'a>(
    here: &PageContext<'_>,
    of: &'a ChangeDay,
    lines: &'a [ChangeLine],
    root: &str,
) -> DayView<'a> {
    DayView {
        day: of.day,
        counts: &of.counts,
        updated: written(of.seconds),
        link: String::new(),
        lines: lines.iter().map(|line| line_view(here, line, root)).collect(),
        more: and_more(of.lines.len(), lines.len()),
    }
}

fn line_view<'a>(here: &PageContext<'_>, line: &'a ChangeLine, root: &str) -> LineView<'a> {
    let inside = line.item.map(|item| here.places.item(here.roadmap, item));
    let inside = inside.or_else(|| line.label.map(|ix| here.places.label(ix, 0)));
    LineView {
        word: &line.word,
        class: line.class,
        id: line.own_id(),
        title: &line.title,
        words: &line.words,
        link: inside.map(|inside| [root, &inside].concat()).unwrap_or_default(),
    }
}

/// A moment as RFC 3339 writes it.
fn written(seconds: i64) -> String {
    let (day, left) = (Day::from_unix(seconds).unwrap_or(Day::FIRST), seconds.rem_euclid(DAY));
    format!("{day}T{:02}:{:02}:{:02}Z", left / 3_600, left / 60 % 60, left % 60)
}

fn midnight(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn moments_are_written_in_utc() {
        assert_eq!(written(1_795_373_073), "2026-11-22T18:44:33Z");
        assert_eq!(written(-1), "1969-12-31T23:59:59Z");
    }
}
