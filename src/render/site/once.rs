//! What many pages show alike: made by its template when a page first asks for it, and shared from then on.
//!
//! A row stands on the page of its milestone and on those of its labels, the navigation on every page, the way up to a
//! milestone on all its issues. What is kept are the parts of pages in a folder of the site, for nearly all are: on others
//! the ways to the rest of the site differ.

use std::sync::OnceLock;

use super::{
    Fragment, PageContext,
    frame::{self, NavLink, SiteView},
    known::Known,
    milestone::ORDER,
    named::Named,
    rows,
    timeline::Others,
};
use crate::{
    model::{IssueIx, LabelIx, MilestoneIx, Roadmap, When},
    report::Diagnostic,
};

/// The ways to the site's folder that nearly all pages have: from that folder itself, and from those in it.
const ROOTS: [&str; 2] = ["", "../"];

/// The parts that were made.
#[derive(Debug, Default)]
pub(in crate::render) struct FragmentCache {
    /// For pages in a folder.
    site: Slot,
    /// For each file of the source, for all pages.
    origins: Slots<Slot>,
    /// For pages in a folder that stand below the overview alone.
    trail: Slot,
    /// For each milestone, for pages in a folder.
    milestones: Slots<OfMilestone>,
    /// For each way to the site's folder the labels.
    chips: [Slots<Slot>; ROOTS.len()],
    /// For each issue, for pages in a folder.
    rows: Slots<Slot>,
    /// What is known of the roadmap.
    pub(super) known: OnceLock<Known>,
    /// Which pages the timeline has beside that of the milestones.
    pub(super) timelines: OnceLock<Others>,
    /// For each milestone its issues in the order of work.
    orders: Slots<OnceLock<Box<[IssueIx]>>>,
    /// For each issue its place in the order of its milestone.
    places: OnceLock<Box<[usize]>>,
    /// Which issues' texts name which.
    pub(super) named: OnceLock<Named>,
}

impl FragmentCache {
    /// Room for the parts of a roadmap's site.
    pub(in crate::render) fn new(roadmap: &Roadmap) -> Self {
        Self {
            site: Slot::default(),
            origins: Slots::new(roadmap.files.len()),
            trail: Slot::default(),
            milestones: Slots::new(roadmap.milestones.len()),
            chips: ROOTS.map(|_| Slots::new(roadmap.labels.len())),
            rows: Slots::new(roadmap.issues.len()),
            known: OnceLock::new(),
            timelines: OnceLock::new(),
            orders: Slots::new(roadmap.milestones.len()),
            places: OnceLock::new(),
            named: OnceLock::new(),
        }
    }
}

/// What the pages of a milestone's issues show of it.
#[derive(Debug, Default)]
struct OfMilestone {
    item: Slot,
    trail: Slot,
}

/// Room for the parts of many items: taken when the first of them is asked for, since not every run makes the site.
#[derive(Debug, Default)]
struct Slots<T> {
    count: usize,
    slots: OnceLock<Box<[T]>>,
}

impl<T: Default> Slots<T> {
    fn new(count: usize) -> Self {
        Self { count, slots: OnceLock::new() }
    }

    fn get(&self, ix: usize) -> Option<&T> {
        self.slots.get_or_init(|| std::iter::repeat_with(T::default).take(self.count).collect()).get(ix)
    }
}

/// A part that is made once.
#[derive(Debug, Default)]
struct Slot(OnceLock<Result<Fragment, Box<Diagnostic>>>);

impl Slot {
    fn get(&self, make: impl FnOnce() -> Result<Fragment, Diagnostic>) -> Result<Fragment, Diagnostic> {
        self.0.get_or_init(|| make().map_err(Box::new)).clone().map_err(|why| *why)
    }
}

impl PageContext<'_> {
    /// What templates know of the site, on every page.
    pub(super) fn site(&self) -> Result<Fragment, Diagnostic> {
        self.made(self.in_folder().map(|once| &once.site), || SiteView::made(self))
    }

    /// What a page was made from: a file of the source.
    pub(super) fn origin(&self, file: usize) -> Result<Fragment, Diagnostic> {
        self.made(self.renderer.made_once.origins.get(file), || frame::origin(self, file))
    }

    /// The way down to a page that stands below the overview, and below a milestone where one is given.
    pub(super) fn trail(&self, milestone: Option<MilestoneIx>) -> Result<Fragment, Diagnostic> {
        let slot = self.in_folder().and_then(|once| match milestone {
            Some(ix) => once.milestones.get(ix.0).map(|made| &made.trail),
            None => Some(&once.trail),
        });
        self.made(slot, || frame::trail(self, milestone.map(|ix| NavLink::to_milestone(self, ix))))
    }

    /// A milestone, named and linked.
    pub(super) fn milestone_item(&self, ix: MilestoneIx) -> Result<Fragment, Diagnostic> {
        let slot = self.in_folder().and_then(|once| once.milestones.get(ix.0)).map(|made| &made.item);
        self.made(slot, || Ok(Fragment::new(&rows::milestone_item(self, ix))))
    }

    /// A label.
    pub(super) fn chip(&self, ix: LabelIx) -> Result<Fragment, Diagnostic> {
        let root = ROOTS.iter().position(|root| *root == self.root);
        let slot = root.and_then(|root| self.renderer.made_once.chips[root].get(ix.0));
        self.made(slot, || rows::chip(self, ix))
    }

    /// An issue in a list.
    pub(super) fn row(&self, ix: IssueIx) -> Result<Fragment, Diagnostic> {
        let slot = self.in_folder().and_then(|once| once.rows.get(ix.0));
        self.made(slot, || rows::row(self, ix))
    }

    /// The issues of a milestone in the order of work: those in progress, blocked and ready, then those of which nobody says, done and
    /// dropped; of each those first that most others wait for, then those due sooner.
    pub(super) fn in_order_of_work(&self, ix: MilestoneIx) -> &[IssueIx] {
        let make = || {
            let live = self.facts.live();
            let mut issues = self.facts.milestone(ix).issues.clone();
            issues.sort_by_cached_key(|ix| {
                let status = self.facts.issue(*ix).status;
                let due = self.roadmap.issues[ix.0].due_on.and_then(When::last);
                let place = ORDER.iter().position(|other| *other == status);
                (place, std::cmp::Reverse(live.helps(*ix)), due.is_none(), due, *ix)
            });
            issues.into_boxed_slice()
        };
        self.renderer.made_once.orders.get(ix.0).map_or(&[], |order| order.get_or_init(make))
    }

    /// Where an issue stands in the order of work of its milestone.
    pub(super) fn place_in_work(&self, ix: IssueIx) -> usize {
        let make = || {
            let mut places = vec![0; self.roadmap.issues.len()];
            for (milestone, _) in self.roadmap.milestones() {
                for (place, ix) in self.in_order_of_work(milestone).iter().enumerate() {
                    places[ix.0] = place;
                }
            }
            places.into_boxed_slice()
        };
        self.renderer.made_once.places.get_or_init(make).get(ix.0).copied().unwrap_or_default()
    }

    /// The parts for pages in a folder, where this is one.
    fn in_folder(&self) -> Option<&FragmentCache> {
        (self.root == ROOTS[1]).then_some(&self.renderer.made_once)
    }

    /// The part in this slot, or one for this page alone where others cannot show the same.
    fn made(
        &self,
        slot: Option<&Slot>,
        make: impl FnOnce() -> Result<Fragment, Diagnostic>,
    ) -> Result<Fragment, Diagnostic> {
        match slot {
            Some(slot) => slot.get(make),
            None => make(),
        }
    }
}
