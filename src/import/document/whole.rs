//! A document as a whole: its title, what stands before its parts, and which part is what.

use std::ops::Range;

use super::{Read, Reading, groups, headings, prose, roles};
use crate::{
    documents::{values, vocabulary},
    markdown::read::blocks::{Block, Placed},
};

impl Reading<'_> {
    pub(super) fn whole(&mut self) {
        let top = self.title();
        let parts = self.parts(top);
        self.is_ours = parts.iter().any(|part| self.chapters[*part].words().trim() == roles::ISSUES);
        let is_sure = |at: usize| self.chapters[at].blocks.iter().any(|placed| self.is_work(placed, top));
        self.is_plain = !is_sure(0) && !is_sure(top) && !parts.iter().any(|part| self.is_surely_work(*part));
        self.has_ids = self.chapters.iter().any(headings::has_ids);
        self.repeated = groups::repeated(&self.chapters);
        self.boxed = (0..self.chapters.len()).filter(|at| headings::has_boxes(&self.chapters[*at])).collect();
        let is_bare = |placed: &Placed| matches!(placed.block, Block::List(_) | Block::Rule | Block::Html);
        // Where there are no sentences between them, lists are all that the document is for.
        self.takes_bullets |= self.chapters.iter().all(|chapter| chapter.blocks.iter().all(is_bare));
        self.plan = self.one_plan(&parts);
        self.beginning(top);
        if let Some(plan) = self.plan {
            return self.plan_within(plan, parts);
        }
        // Milestones and issues come first: what is said of them elsewhere can then be told from them.
        let mut rest = Vec::new();
        for part in parts {
            if self.is_surely_work(part) { self.work(part, None) } else { rest.push(part) }
        }
        self.is_plain |= self.draft.is_empty();
        let are_issues = top > 0 && self.draft.is_empty() && self.are_bare_issues(&rest);
        for part in rest {
            match self.role(part) {
                roles::Role::Section if are_issues && !self.is_prose(part) => self.issue_chapter(part, None),
                roles::Role::Work => self.work(part, None),
                roles::Role::Labels => self.labels(part),
                roles::Role::Guide => self.guide(part),
                roles::Role::Section => self.section(part),
            }
        }
        self.finish();
    }

    /// The one part of a document that is a plan by its heading, where the document is none itself and has no other work.
    fn one_plan(&self, parts: &[usize]) -> Option<usize> {
        let is_plan = |part: &&usize| vocabulary::is_plan_within(&self.chapters[**part].title.text);
        let mut plans = parts.iter().filter(is_plan);
        let plan = plans.next().copied().filter(|_| plans.next().is_none())?;
        let is_other_work =
            |part: &usize| *part != plan && (self.is_surely_work(*part) || self.is_named(*part));
        let is_alone = !self.is_ours && !self.is_plan && parts.len() > 1 && !parts.iter().any(is_other_work);
        let end = self.chapters[plan].end.max(plan + 1);
        let has_items = (plan..end).any(|at| {
            let is_item = |placed: &Placed| match &placed.block {
                Block::List(_) => true,
                Block::Table(_) => self.is_work(placed, at),
                _ => false,
            };
            self.chapters[at].blocks.iter().any(is_item)
        });
        Some(plan).filter(|_| is_alone && has_items)
    }

    /// Reads the part that is the plan; all others are sections.
    fn plan_within(&mut self, plan: usize, parts: Vec<usize>) {
        self.takes_bullets = true;
        self.is_plain |= !self.is_surely_work(plan);
        for part in parts {
            match self.role(part) {
                _ if part == plan => self.work(part, None),
                roles::Role::Labels => self.labels(part),
                _ => self.section(part),
            }
        }
        self.finish();
    }

    /// What needs all milestones, issues and labels.
    pub(super) fn finish(&mut self) {
        self.settle_references();
        self.list_used_labels();
        self.check_claims();
        self.draft.sort();
        let columns = std::mem::take(&mut self.columns);
        columns.chosen().into_iter().for_each(|chosen| {
            self.draft.head.say("summary", chosen, &(0..0));
        });
        if let Some((repository, range)) = self.repositories.pop_first()
            && self.repositories.is_empty()
        {
            let is_new = self.draft.head.text("repository").is_none();
            self.linked = Some(repository.clone()).filter(|_| is_new && !self.is_ours && !self.is_foreign);
            self.draft.head.say("repository", repository, &range);
        }
    }

    /// What it came to.
    pub(super) fn into_read(self) -> Read {
        Read { draft: self.draft, report: self.report, linked: self.linked }
    }

    /// The chapter whose heading is the title of the whole: the first one, where no other has its level or a higher one.
    fn title(&mut self) -> usize {
        let Some(first) = self.chapters.get(1) else { return 0 };
        let is_alone = self.chapters[2..].iter().all(|chapter| chapter.level > first.level);
        let is_title = is_alone && (self.chapters.len() > 2 || !values::is_titled_work(&first.title.text));
        if !is_title {
            return 0;
        }
        let (title, range) = (roles::plain_title(&first.title.text), first.heading.clone());
        self.draft.head.say("title", title, &range);
        1
    }

    /// The chapters that the document is divided into.
    fn parts(&self, top: usize) -> Vec<usize> {
        let mut parts = Vec::new();
        let mut at = top + 1;
        while let Some(chapter) = self.chapters.get(at) {
            parts.push(at);
            at = chapter.end.max(at + 1);
        }
        parts
    }

    /// What stands before the first part: sentences that `build` writes, the description, work.
    fn beginning(&mut self, top: usize) {
        let before = if top > 0 { std::mem::take(&mut self.chapters[0].blocks) } else { Vec::new() };
        let blocks: Vec<_> =
            before.into_iter().chain(std::mem::take(&mut self.chapters[top].blocks)).collect();
        // What stands before the title and behind it are two pieces of one text.
        let heading = self.chapters[top].heading.start;
        let mut own: Vec<Range<usize>> = Vec::new();
        let (mut work, mut is_torn) = (Vec::new(), false);
        for placed in blocks {
            let is_quiet = self.is_quiet(&placed);
            let placed = match &placed.block {
                Block::Paragraph(_) if !is_quiet => {
                    Placed { range: self.without_repository(&placed.range), ..placed }
                }
                _ => placed,
            };
            if is_quiet || placed.range.is_empty() {
                is_torn |= own.last().is_some_and(|own| own.start >= heading);
            } else if self.plan.is_none() && self.is_work(&placed, top) {
                is_torn |= own.last().is_some_and(|own| own.start >= heading);
                work.push(placed);
            } else {
                match own.last_mut() {
                    Some(_) if is_torn => self.left_out(&placed.range, "this text"),
                    Some(last) if (last.start < heading) == (placed.range.start < heading) => {
                        last.end = placed.range.end;
                    }
                    _ => own.push(placed.range.clone()),
                }
            }
        }
        if let Some(last) = own.last() {
            let pieces: Vec<_> =
                own.iter().map(|range| prose::body(self.text, range.clone(), 0, "")).collect();
            self.draft.head.say("description", pieces.join("\n\n"), last);
        }
        self.blocks_of_work(top, work, None);
    }

    /// Whether a block says nothing of the whole; what a comment says is taken.
    fn is_quiet(&mut self, placed: &Placed) -> bool {
        match &placed.block {
            Block::Html if self.is_comment(&placed.range) => {
                self.comment(&placed.range);
                true
            }
            Block::Rule => true,
            Block::Paragraph(words) => self.is_derived(words),
            _ => false,
        }
    }
}
