//! How due dates of milestones moved, out of the editions of one walk: moved, taken, given again; with how much notice.

use std::collections::BTreeMap;

use super::{
    edition::{Edition, Item, folded},
    walk::Moment,
};
use crate::{
    data::{Move, MoveKind, Point, Slip, Slips, v1::Kind},
    model::{Day, When},
    source::schema::State,
};

/// Notes the due dates of milestones, edition by edition.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    /// The day of the last commit: no commit counts as later.
    tip: Option<Day>,
    /// The first and the latest day so far.
    days: Option<(Day, Day)>,
    tracks: Vec<Track>,
    /// The tracks of ids of now, in lower case.
    keys: BTreeMap<String, usize>,
    /// Whether any edition has something internal, or could not be read.
    has_internal: bool,
}

/// One milestone through all its ids.
#[derive(Debug)]
struct Track {
    id: String,
    title: String,
    series: Series,
    reached_on: Option<Day>,
    /// How many issues counted in the last edition: were there more than are done now, others were dropped or moved away.
    issues: usize,
    /// Whether it was internal in any edition.
    internal: bool,
}

/// The due dates that are said of one milestone.
#[derive(Debug, Default)]
struct Series {
    first: Option<When>,
    now: Option<When>,
    /// The last day that was said, be it taken since.
    last: Option<When>,
    line: Vec<Point>,
    moves: Vec<Move>,
}

impl Series {
    /// Takes what is said on a day; days do not go back.
    fn say(&mut self, on: Day, due: Option<When>, at: &Moment) {
        // What is due `later` has no day: moving there takes it.
        let due = due.filter(|due| !due.is_later());
        let last = |when: Option<When>| when.and_then(When::last);
        if last(due) == last(self.now) {
            // As late as before, though it may be stated more exactly.
            (self.now, self.last) = (due, due.or(self.last));
            return;
        }
        self.line.retain(|point| point.on != on);
        self.line.push(Point { on, due_on: last(due) });
        let was = std::mem::replace(&mut self.now, due);
        if self.first.is_none() {
            (self.first, self.last) = (due, due);
            return;
        }
        let kind = match (was, due) {
            (Some(_), Some(_)) => MoveKind::Moved,
            (Some(_), None) => MoveKind::Taken,
            (None, _) => MoveKind::Given,
        };
        let from = was.or(self.last);
        self.moves.push(Move {
            on,
            kind,
            from,
            to: due,
            days: last(due).zip(last(from)).map(|(to, from)| to.days_since(from)),
            notice: last(was).map(|was| was.days_since(on)),
            commit: at.commit.as_ref().map(|commit| commit.id.clone()),
            subject: at.commit.as_ref().map(|commit| commit.subject.clone()),
        });
        self.last = due.or(self.last);
    }

    /// The notices' median; of an even number of them the mean of the two in the middle, in whole days.
    fn median_notice(&self) -> Option<i64> {
        let mut notices: Vec<_> = self.moves.iter().filter_map(|one| one.notice).collect();
        notices.sort_unstable();
        let (low, high) = (notices.get(notices.len().checked_sub(1)? / 2)?, notices.get(notices.len() / 2)?);
        Some((low + high).div_euclid(2))
    }
}

impl Recorder {
    /// A recorder for a walk that ends with a commit of this day.
    pub(super) fn new(tip: Option<Day>) -> Self {
        Self { tip, ..Self::default() }
    }

    /// Something that cannot be read may be internal.
    pub(super) fn skip(&mut self) {
        self.has_internal = true;
    }

    /// Takes the next edition, and what bears another id in it than in the one before.
    pub(super) fn record(&mut self, at: &Moment, edition: &Edition, renamed: &[(Kind, String, String)]) {
        let day = if at.commit.is_some() { self.tip.map_or(at.day, |tip| tip.min(at.day)) } else { at.day };
        let (begin, latest) = self.days.unwrap_or((day, day));
        let on = latest.max(day);
        self.days = Some((begin, on));
        self.has_internal |= edition.has_internal();
        self.rename(renamed);
        for (key, track) in &self.keys {
            // What was reached and then removed is done: nothing was taken.
            let track = &mut self.tracks[*track];
            if !edition.milestones.contains_key(key) && track.reached_on.is_none() {
                track.series.say(on, None, at);
            }
        }
        let works = works(edition);
        for (key, item) in &edition.milestones {
            let track = *self.keys.entry(key.clone()).or_insert_with(|| {
                self.tracks.push(Track {
                    id: String::new(),
                    title: String::new(),
                    series: Series::default(),
                    reached_on: None,
                    issues: 0,
                    internal: false,
                });
                self.tracks.len() - 1
            });
            let track = &mut self.tracks[track];
            track.id.clone_from(&item.id);
            track.title.clone_from(&item.whole_title);
            track.internal |= item.internal;
            track.series.say(on, item.due_on, at);
            let work = works.get(key);
            track.reached_on = reached(item, work, track.issues)
                .map(|day| track.reached_on.or(day.filter(|day| *day <= on)).unwrap_or(on));
            track.issues = work.map_or(0, |work| work.done + work.left);
        }
    }

    fn rename(&mut self, renamed: &[(Kind, String, String)]) {
        let milestones = renamed.iter().filter(|(kind, ..)| *kind == Kind::Milestone);
        let known: Vec<_> =
            milestones.filter_map(|(_, was, is)| Some((is.clone(), self.keys.remove(was)?))).collect();
        self.keys.extend(known);
    }

    /// The series, of public ones those that never were internal, and what people wrote into commits only where nothing was.
    pub(super) fn finish(self, public: bool) -> Slips {
        let keeps_subjects = !(public && self.has_internal);
        let tracks = self.tracks.into_iter().filter(|track| !(public && track.internal));
        let mut milestones: Vec<_> = tracks.filter_map(|track| slip(track, keeps_subjects)).collect();
        // Sorting is stable: what moved as often stays in order.
        milestones.sort_by_key(|slip| std::cmp::Reverse(slip.moves.len()));
        let (from, until) = self.days.unzip();
        Slips { from, until, milestones }
    }
}

/// What a track comes to; `None` where it never had a due date.
fn slip(track: Track, keeps_subjects: bool) -> Option<Slip> {
    let Track { id, title, mut series, reached_on, .. } = track;
    let first = series.first?;
    if !keeps_subjects {
        series.moves.iter_mut().filter_map(|one| one.subject.as_mut()).for_each(String::clear);
    }
    Some(Slip {
        id,
        title,
        first,
        now: series.now,
        net_days: series.now.and_then(When::last).zip(first.last()).map(|(now, first)| now.days_since(first)),
        median_notice: series.median_notice(),
        reached_on,
        moves: series.moves,
        line: series.line,
    })
}

/// What is known of the issues of a milestone.
#[derive(Default)]
struct Work {
    left: usize,
    done: usize,
    undated: usize,
    last: Option<Day>,
}

/// The work of each milestone in an edition, by their keys; what was dropped is none.
fn works(edition: &Edition) -> BTreeMap<String, Work> {
    let mut all = BTreeMap::<String, Work>::new();
    for issue in edition.issues.values() {
        let Some(of) = &issue.milestone else { continue };
        let work = all.entry(folded(of)).or_default();
        match issue.state {
            Some(State::Closed) if issue.is_dropped() => {}
            Some(State::Closed) => {
                work.done += 1;
                work.undated += usize::from(issue.closed_on.is_none());
                work.last = work.last.max(issue.closed_on);
            }
            Some(State::Open) | None => work.left += 1,
        }
    }
    all
}

impl Work {
    /// The day on which the last issue was done, where all days are known. Of so many that counted before, none may have been dropped or
    /// moved away since: while that was left, the milestone was not reached.
    fn done_on(&self, before: usize) -> Option<Day> {
        self.last.filter(|_| self.left == 0 && self.undated == 0 && self.done >= before)
    }
}

/// Whether a milestone is reached, with the day where that is known; `before` is how many of its issues counted in the edition before.
fn reached(item: &Item, work: Option<&Work>, before: usize) -> Option<Option<Day>> {
    let by_issues = work.is_some_and(|work| work.left == 0 && work.done > 0);
    let is_reached = !item.is_dropped() && item.state.map_or(by_issues, |state| state == State::Closed);
    is_reached.then(|| item.closed_on.or(work.and_then(|work| work.done_on(before))))
}

#[cfg(test)]
mod tests;
