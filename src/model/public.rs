//! The roadmap as the public sees it: without the items that are kept out of the site, and without a trace of them.
//!
//! The site is made from this roadmap alone, so that no page, count, link or feed of it can tell what is internal.

use super::{
    Alias, Issue, IssueIx, Label, LabelGroup, LabelIx, Link, Milestone, MilestoneIx, Phase, Roadmap, Target,
};

/// For each item of a list its place in the public list; `None` where it is kept out.
struct Kept(Vec<Option<usize>>);

impl Kept {
    fn new(keep: impl Iterator<Item = bool>) -> Self {
        let mut next = 0;
        let place = |keep: bool| {
            keep.then(|| {
                next += 1;
                next - 1
            })
        };
        Self(keep.map(place).collect())
    }

    fn keeps(&self, ix: usize) -> bool {
        self.0[ix].is_some()
    }
}

/// Where the items of the whole roadmap stand in the public one.
struct Public {
    milestones: Kept,
    issues: Kept,
    labels: Kept,
}

impl Roadmap {
    /// The public roadmap. `is_internal` says which issues are kept out by themselves or by what they belong to.
    pub(crate) fn public(&self, is_internal: impl Fn(IssueIx) -> bool) -> Self {
        let public = Public::of(self, is_internal);
        Self {
            mentions: self.mentions,
            github: self.github.clone(),
            milestones: keep(&self.milestones, &public.milestones, |milestone| public.milestone(milestone)),
            issues: keep(&self.issues, &public.issues, |issue| public.issue(issue)),
            labels: keep(&self.labels, &public.labels, Label::clone),
            groups: self.groups.iter().map(|group| public.group(group)).collect(),
            phases: self.phases.iter().filter_map(|phase| public.phase(phase)).collect(),
            aliases: self.aliases.iter().filter_map(|alias| public.alias(alias)).collect(),
            head_files: self.head_files.clone(),
            docs: Vec::new(),
            rules: Vec::new(),
            locked: std::collections::BTreeSet::new(),
            files: self.files.clone(),
            base: self.base.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            repository: self.repository.clone(),
            pinned: self.pinned.clone(),
            as_of: self.as_of,
            labels_listed: self.labels_listed,
            sections: self.sections.clone(),
            outputs: self.outputs.clone(),
            summary: self.summary.clone(),
            states: self.states.clone(),
            words: self.words.clone(),
            site: self.site.clone(),
            extra: self.extra.clone(),
        }
    }
}

fn keep<T>(items: &[T], kept: &Kept, public: impl Fn(&T) -> T) -> Vec<T> {
    items.iter().zip(&kept.0).filter(|(_, place)| place.is_some()).map(|(item, _)| public(item)).collect()
}

fn links<T: Copy>(list: &[Link<T>], public: impl Fn(T) -> Option<T>) -> Vec<Link<T>> {
    list.iter().filter_map(|link| Some(Link { to: public(link.to)?, index: link.index })).collect()
}

impl Public {
    fn of(roadmap: &Roadmap, is_internal: impl Fn(IssueIx) -> bool) -> Self {
        let issues = Kept::new(roadmap.issues().map(|(ix, _)| !is_internal(ix)));
        let mut is_used = vec![false; roadmap.labels.len()];
        for (_, issue) in roadmap.issues().filter(|(ix, _)| issues.keeps(ix.0)) {
            issue.labels().iter().for_each(|link| is_used[link.to.0] = true);
        }
        // A label that is only used, and only by what is kept out, is known from there alone.
        let labels =
            roadmap.labels().map(|(ix, label)| !label.internal && (label.origin.is_some() || is_used[ix.0]));
        Self {
            milestones: Kept::new(roadmap.milestones.iter().map(|milestone| !milestone.internal)),
            labels: Kept::new(labels),
            issues,
        }
    }

    fn milestone_ix(&self, ix: MilestoneIx) -> Option<MilestoneIx> {
        self.milestones.0[ix.0].map(MilestoneIx)
    }

    fn issue_ix(&self, ix: IssueIx) -> Option<IssueIx> {
        self.issues.0[ix.0].map(IssueIx)
    }

    fn label_ix(&self, ix: LabelIx) -> Option<LabelIx> {
        self.labels.0[ix.0].map(LabelIx)
    }

    fn milestone(&self, milestone: &Milestone) -> Milestone {
        Milestone {
            blocked_by: links(&milestone.blocked_by, |ix| self.milestone_ix(ix)),
            ..milestone.clone()
        }
    }

    fn issue(&self, issue: &Issue) -> Issue {
        Issue {
            milestone: issue.milestone.and_then(|ix| self.milestone_ix(ix)),
            parent: issue.parent.and_then(|ix| self.issue_ix(ix)),
            labels: issue.labels.clone().and_then(|list| Some(links(&list, |ix| self.label_ix(ix)))),
            blocked_by: issue.blocked_by.clone().and_then(|list| Some(links(&list, |ix| self.issue_ix(ix)))),
            ..issue.clone()
        }
    }

    fn group(&self, group: &LabelGroup) -> LabelGroup {
        LabelGroup {
            labels: group.labels.iter().filter_map(|ix| self.label_ix(*ix)).collect(),
            ..group.clone()
        }
    }

    /// A phase that covers nothing but what is kept out is kept out with it.
    fn phase(&self, phase: &Phase) -> Option<Phase> {
        let milestones = links(&phase.milestones, |ix| self.milestone_ix(ix));
        let is_public = phase.milestones.is_empty() || !milestones.is_empty();
        is_public.then(|| Phase { milestones, ..phase.clone() })
    }

    fn alias(&self, alias: &Alias) -> Option<Alias> {
        let to = match alias.to {
            Target::Milestone(ix) => Target::Milestone(self.milestone_ix(ix)?),
            Target::Issue(ix) => Target::Issue(self.issue_ix(ix)?),
        };
        Some(Alias { was: alias.was.clone(), to })
    }
}
