//! What several documents show: links to items, labels, states in words.

use crate::render::said;
use crate::words::{self, say};
use std::borrow::Cow;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use serde::Serialize;

use crate::{
    data::{percent, rounded, with_dropped},
    facts::{Facts, Progress, Slip, Status, days_words},
    markdown::write::Context,
    model::{Elsewhere, Issue, IssueIx, LabelIx, MilestoneIx, When},
    render::{
        Fragment, PagePath, Renderer,
        engine::{linked, linked_code},
    },
};

/// What is shown for something that nobody has stated.
const UNKNOWN: &str = "—";

/// A label, linked.
#[derive(Debug, Serialize)]
pub(super) struct LabelLink<'a> {
    /// Its name.
    name: &'a str,
    /// Where it is explained; empty where nothing links.
    link: String,
    /// Markdown: its name, linked, in a cell.
    linked: String,
    /// Markdown: its name as code, linked, in a line.
    code: String,
}

/// An issue or milestone, linked.
#[derive(Debug, Serialize)]
pub(super) struct ItemLink<'a> {
    /// Its id.
    id: &'a str,
    /// What it is called.
    title: &'a str,
    /// How it stands, in words.
    status: String,
    /// Where it is shown; empty where nothing links.
    link: String,
    /// Markdown: an issue's id, or its title where the id repeats that, or a milestone's title; linked, for where our template shows it.
    linked: String,
}

/// An issue in another repository, linked.
#[derive(Debug, Serialize)]
pub(super) struct ElsewhereLink<'a> {
    /// What it is called: `owner/name#4`.
    name: &'a str,
    /// What the last snapshot says of it, in words.
    state: Cow<'static, str>,
    /// Its page on GitHub.
    link: String,
    /// Markdown: its name, linked.
    linked: String,
}

impl<'a> From<&'a Elsewhere> for ElsewhereLink<'a> {
    fn from(of: &'a Elsewhere) -> Self {
        let link = of.name.url();
        Self {
            name: &of.text,
            state: words::of(of.state_words()),
            linked: linked(&of.text, &link, Context::Line),
            link,
        }
    }
}

/// What a page links to: each label and issue is made when it is first shown, and shared from then on.
#[derive(Debug)]
pub(super) struct Links<'a> {
    /// What the page is made of.
    pub(super) renderer: &'a Renderer,
    /// The page.
    pub(super) from: &'a PagePath,
    /// Where our template shows issues.
    context: Context,
    /// Whether it links to other pages.
    pub(super) is_linking: bool,
    labels: RefCell<BTreeMap<LabelIx, (Fragment, Rc<str>)>>,
    issues: RefCell<BTreeMap<IssueIx, Fragment>>,
}

impl<'a> Links<'a> {
    /// A page that links to nothing yet.
    pub(super) fn new(
        renderer: &'a Renderer,
        from: &'a PagePath,
        context: Context,
        is_linking: bool,
    ) -> Self {
        Self { renderer, from, context, is_linking, labels: RefCell::default(), issues: RefCell::default() }
    }

    /// The labels of an issue, each a [`LabelLink`].
    pub(super) fn labels(&self, issue: &Issue) -> Vec<Fragment> {
        issue.labels().iter().map(|link| self.label(link.to).0).collect()
    }

    /// A label, as a [`LabelLink`] and as Markdown in a cell.
    pub(super) fn label(&self, ix: LabelIx) -> (Fragment, Rc<str>) {
        let mut made = self.labels.borrow_mut();
        let make = || {
            let label = label_link(self.renderer, self.from, ix, self.is_linking);
            (Fragment::new(&label), label.linked.into())
        };
        made.entry(ix).or_insert_with(make).clone()
    }

    /// Issues, each an [`ItemLink`].
    pub(super) fn issues(&self, list: &[IssueIx]) -> Vec<Fragment> {
        list.iter().map(|ix| self.issue(*ix)).collect()
    }

    /// An issue, an [`ItemLink`].
    pub(super) fn issue(&self, ix: IssueIx) -> Fragment {
        let mut made = self.issues.borrow_mut();
        made.entry(ix).or_insert_with(|| Fragment::new(&self.item(ix))).clone()
    }

    fn item(&self, ix: IssueIx) -> ItemLink<'a> {
        let issue = &self.renderer.roadmap.issues[ix.0];
        let facts = self.renderer.facts.issue(ix);
        let link = self.renderer.places.link_to_issue(self.from, ix);
        ItemLink {
            id: issue.id.as_str(),
            title: issue.short_title(),
            status: status(&self.renderer.facts, facts.status, facts.overdue),
            linked: linked(issue.short_name(), &link, self.context),
            link,
        }
    }
}

/// A label.
pub(super) fn label_link<'a>(
    renderer: &'a Renderer,
    from: &PagePath,
    ix: LabelIx,
    links: bool,
) -> LabelLink<'a> {
    let name = renderer.roadmap.labels[ix.0].name.as_str();
    let link = if links { renderer.places.link_to_label(from, ix) } else { String::new() };
    LabelLink {
        name,
        linked: linked(name, &link, Context::Cell),
        code: linked_code(name, &link, Context::Line),
        link,
    }
}

/// Milestones, each linked and with its status.
pub(super) fn milestones<'a>(
    renderer: &'a Renderer,
    from: &PagePath,
    list: &[MilestoneIx],
) -> Vec<ItemLink<'a>> {
    let item = |ix: &MilestoneIx| {
        let milestone = &renderer.roadmap.milestones[ix.0];
        let facts = renderer.facts.milestone(*ix);
        let link = renderer.places.link_to_milestone(from, *ix);
        ItemLink {
            id: milestone.id.as_str(),
            title: &milestone.title,
            status: status(&renderer.facts, facts.status, facts.overdue),
            linked: linked(&milestone.title, &link, Context::Line),
            link,
        }
    };
    list.iter().map(item).collect()
}

/// How something stands: `in progress, overdue by 6 days`.
pub(super) fn status(all: &Facts, status: Status, overdue: Option<i64>) -> String {
    let words = if status == Status::Unknown { UNKNOWN.into() } else { words::of(all.word(status)) };
    match overdue {
        Some(days) => say!("{}, overdue by {}", words, days_words(days)),
        None => words.into_owned(),
    }
}

/// A due date and how far it moved: `2026-12-01 (14 days later than planned)`; empty where there is none.
pub(super) fn due(due_on: Option<When>, slip: Option<Slip>) -> String {
    let Some(due) = due_on else { return String::new() };
    match slip {
        Some(slip) => say!("{} ({} than planned)", said::day(due), slip.words()),
        None => said::day(due),
    }
}

/// How far something has come: a bar, per cent, and the counts in words; what nobody has stated is `—`.
pub(super) fn progress(progress: &Progress, bar: impl Fn(usize) -> String) -> String {
    let counts = say!("{} of {} done", progress.closed, progress.closed + progress.open);
    let points = progress.points.filter(|points| points.total > 0.0 && progress.unknown < progress.total);
    let points =
        points.map(|p| say!(", {} of {} points", rounded(p.closed), rounded(p.total))).unwrap_or_default();
    let words = match (progress.total, progress.unknown, progress.percent()) {
        (0, ..) if progress.dropped > 0 => String::new(),
        (0, ..) => say!("no issues"),
        (total, unknown, _) if total == unknown => UNKNOWN.into(),
        (_, _, Some(share)) => format!("{} {} ({counts}{points})", bar(share), percent(share)),
        (_, unknown, None) => {
            say!("{counts}, {unknown} unknown{points}", counts = counts, unknown = unknown, points = points)
        }
    };
    with_dropped(words, progress.dropped)
}
