//! Which value of the source stands behind a generated line that is no longer as it was.

use std::{cmp::Reverse, ops::Range};

use super::{Page, PageKind, Renderer, SitePage};
use crate::{
    data::said,
    model::{IssueIx, MilestoneIx, Roadmap, fields::ISSUE},
    report::Place,
};

/// A line of a page: as it was, as the source makes it now, and what the page has above it now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Changed<'a> {
    /// The page above the line.
    pub(crate) above: &'a str,
    /// The line as it was.
    pub(crate) old: &'a str,
    /// The line as it is now.
    pub(crate) new: &'a str,
}

/// The place of the value that changed, as far as the line shows it: of the values that stand where the two lines differ
/// the one of the item that the line is about, then the one that covers the most of the difference, then the shortest.
/// `None` where no value stands there, as where a number was counted.
pub(crate) fn provenance(renderer: &Renderer, page: &Page, line: Changed<'_>) -> Option<Place> {
    let roadmap = match page.kind {
        PageKind::Site(_) => renderer.public().0,
        _ => &renderer.roadmap,
    };
    let about = about(renderer, roadmap, page, line);
    let mut best = Best { line: line.new, region: region(line.old, line.new), about, found: None };
    match &page.kind {
        PageKind::Milestone(ix, part) => {
            best.milestone(roadmap, *ix);
            let issues = &renderer.facts.milestone(*ix).issues[part.issues.clone()];
            issues.iter().for_each(|ix| best.issue(roadmap, *ix));
        }
        PageKind::Site(SitePage::Issue(ix)) => best.issue(roadmap, *ix),
        PageKind::Summary | PageKind::Labels | PageKind::Doc(_) | PageKind::Site(_) => {
            roadmap.milestones().for_each(|(ix, _)| best.milestone(roadmap, ix));
            roadmap.issues().for_each(|(ix, _)| best.issue(roadmap, ix));
            everything_else(roadmap, &mut best);
        }
    }
    best.found.map(|(_, place)| place)
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Issue(IssueIx),
    Milestone(MilestoneIx),
    Other,
}

/// The issue whose id begins the line's row, else the one in whose part of a milestone's page it stands, else the milestone.
fn about(renderer: &Renderer, roadmap: &Roadmap, page: &Page, line: Changed<'_>) -> About {
    let first = line.new.trim_start_matches(['|', ' ', '[', '#', '-', '*', '`']);
    let starts = |id: &str| {
        first.strip_prefix(id).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    if let Some((ix, _)) = roadmap.issues().find(|(_, issue)| starts(issue.id.as_str())) {
        return About::Issue(ix);
    }
    let PageKind::Milestone(milestone, part) = &page.kind else {
        return roadmap
            .milestones()
            .find(|(_, it)| starts(it.id.as_str()))
            .map_or(About::Other, |(ix, _)| About::Milestone(ix));
    };
    let anchor = line
        .above
        .rsplit_once("<a id=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(anchor, _)| anchor);
    let mut issues = renderer.facts.milestone(*milestone).issues[part.issues.clone()].iter();
    let near = issues.find(|ix| Some(renderer.places.issue_anchor(**ix)) == anchor);
    near.map_or(About::Milestone(*milestone), |ix| About::Issue(*ix))
}

fn everything_else(roadmap: &Roadmap, best: &mut Best<'_>) {
    for label in &roadmap.labels {
        let Some(origin) = label.origin else { continue };
        let place = || roadmap.place("labels", origin);
        best.value(About::Other, &label.name, || place().key("name"));
        best.text(About::Other, label.description.get(), || place().key("description"));
    }
    for phase in &roadmap.phases {
        let place = || roadmap.place("phases", phase.origin);
        best.value(About::Other, &phase.title, || place().key("title"));
        best.text(About::Other, phase.body.as_ref(), || place().key("body"));
    }
    for section in &roadmap.sections {
        let place = || roadmap.place("sections", section.origin);
        best.value(About::Other, &section.title, || place().key("title"));
        best.text(About::Other, section.body.as_ref(), || place().key("body"));
    }
    best.value(About::Other, &roadmap.title, || roadmap.head_place("title"));
}

/// The bytes of `new` that `old` does not have at the same distance from its beginning or its end.
fn region(old: &str, new: &str) -> Range<usize> {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, rest) = (&old[start..], &new[start..]);
    let end: usize =
        old.chars().rev().zip(rest.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    start..new.len() - end
}

/// How well a value fits: whether it is of the item that the line is about, how much of the difference it covers, and how
/// long it is.
type Fit = (bool, usize, Reverse<usize>);

/// The best place so far.
struct Best<'a> {
    line: &'a str,
    region: Range<usize>,
    about: About,
    found: Option<(Fit, Place)>,
}

impl Best<'_> {
    fn milestone(&mut self, roadmap: &Roadmap, ix: MilestoneIx) {
        let (it, own) = (&roadmap.milestones[ix.0], About::Milestone(ix));
        let at = |key: &'static str| move || roadmap.milestone_place(ix).key(key);
        self.value(own, &it.title, at("title"));
        self.text(own, it.description.get(), at("description"));
        self.text(own, it.goal.as_ref(), at("goal"));
        self.text(own, it.owner.as_ref(), at("owner"));
        for (key, day) in [("due_on", it.due_on.get().copied()), ("start_on", it.start_on)] {
            self.text(own, day.map(|day| day.to_string()).as_ref(), at(key));
        }
        for link in &it.blocked_by {
            let title = &roadmap.milestones[link.to.0].title;
            self.value(own, title, || roadmap.milestone_place(ix).key("blocked_by").index(link.index));
        }
        for update in &it.updates {
            let place = || roadmap.milestone_place(ix).key("updates").index(update.index);
            self.text(own, update.text.as_ref(), || place().key("text"));
            self.value(own, &update.on.to_string(), || place().key("on"));
        }
    }

    fn issue(&mut self, roadmap: &Roadmap, ix: IssueIx) {
        let (it, own) = (&roadmap.issues[ix.0], About::Issue(ix));
        let at = |key: &'static str| move || roadmap.issue_place(ix).key(key);
        // An id that is read from the title has no key of its own.
        self.value(own, it.id.as_str(), at("title"));
        self.value(own, it.short_title(), at("title"));
        let body = it.body.get().map_or("", String::as_str);
        for line in body.lines() {
            let start = line.as_ptr().addr() - body.as_ptr().addr();
            self.value(own, line.trim(), || roadmap.body_part(ix, &(start..start + line.len())));
        }
        // Of days that are alike the due date is meant, which more pages show.
        for field in ISSUE.iter().rev() {
            self.text(own, (field.said)(it).map(said).as_ref(), at(field.key));
        }
        for (n, person) in it.assignees().iter().enumerate() {
            self.value(own, person, || roadmap.issue_place(ix).key("assignees").index(n));
        }
        for link in it.labels() {
            let name = &roadmap.labels[link.to.0].name;
            self.value(own, name, || roadmap.issue_place(ix).key("labels").index(link.index));
        }
        for link in it.blocked_by() {
            let id = roadmap.issues[link.to.0].id.as_str();
            self.value(own, id, || roadmap.issue_place(ix).key("blocked_by").index(link.index));
        }
        for link in &it.blocked_elsewhere {
            self.value(own, &link.to.text, || roadmap.issue_place(ix).key("blocked_by").index(link.index));
        }
        let parent = it.parent.get().map(|parent| roadmap.issues[parent.0].id.as_str());
        if let Some(parent) = parent.or_else(|| Some(it.parent_elsewhere.as_ref()?.text.as_str())) {
            self.value(own, parent, at("parent"));
        }
    }

    /// Takes a text, each of its lines by itself.
    fn text(&mut self, of: About, text: Option<&String>, place: impl Fn() -> Place) {
        text.into_iter().flat_map(|text| text.lines()).for_each(|line| self.value(of, line.trim(), &place));
    }

    /// Takes a value, if it fits better than those before.
    fn value(&mut self, of: About, value: &str, place: impl Fn() -> Place) {
        let overlap = |(start, shown): (usize, &str)| {
            (start + shown.len()).min(self.region.end).saturating_sub(start.max(self.region.start))
        };
        let is_value = !value.is_empty();
        let covered = is_value.then(|| self.line.match_indices(value).map(overlap).max()).flatten();
        let Some(covered) = covered.filter(|covered| *covered > 0) else { return };
        let fit = (of == self.about, covered, Reverse(value.len()));
        if self.found.as_ref().is_none_or(|(best, _)| fit > *best) {
            self.found = Some((fit, place()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::region;

    #[test]
    fn the_difference_of_two_lines_is_what_neither_end_shares() {
        let of = |old: &str, new: &'static str| &new[region(old, new)];
        assert_eq!(of("| A | Write down | x |", "| A | Write it | x |"), "it");
        assert_eq!(of("due 2026-12-10", "due 2026-12-09"), "09");
        assert_eq!(of("a é c", "a è c"), "è");
        assert_eq!(of("aa", "aaa"), "a");
        assert_eq!(of("aaa", "aa"), "");
        assert_eq!(of("", "x"), "x");
    }
}
