//! The resolved roadmap: plain data that cannot dangle.

use std::{ops::Range, sync::Arc};

use super::{Day, Id, IssueName, Outputs, When};
use crate::{
    report::Place,
    source::{
        BodyFile, Origin,
        schema::{Extra, Field, Github, Health, Level, Site, State, StateReason, States, Summary},
    },
};

/// Defines an index into one list of the roadmap.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index!(
    /// Which milestone: an index into [`Roadmap::milestones`].
    MilestoneIx
);
index!(
    /// Which issue: an index into [`Roadmap::issues`].
    IssueIx
);
index!(
    /// Which label: an index into [`Roadmap::labels`].
    LabelIx
);

/// A resolved reference, which remembers where in its list it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link<T> {
    /// What is meant.
    pub(crate) to: T,
    /// Its place in the list as the JSON writes it, from 0.
    pub(crate) index: usize,
}

/// A state and day that are known only from the last snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// GitHub's state at the snapshot.
    pub(crate) state: Option<State>,
    /// Why GitHub says it was closed.
    pub(crate) state_reason: Option<StateReason>,
    /// The day on which GitHub says it was closed.
    pub(crate) closed_on: Option<Day>,
    /// GitHub's due date.
    pub(crate) due_on: Option<Day>,
}

/// An issue in another repository that one of ours waits for or is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    /// What it is called.
    pub(crate) name: IssueName,
    /// The same as text, in the case of the source.
    pub(crate) text: String,
    /// What the last snapshot says of it; nothing where none was taken.
    pub(crate) snapshot: Stated,
}

/// What is taken for the state of an issue that states none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Implied {
    /// Whether it is open or closed.
    pub(crate) state: Option<State>,
    /// Why it was closed.
    pub(crate) state_reason: Option<StateReason>,
    /// Whether it is being worked on, if it is open.
    pub(crate) in_progress: bool,
}

/// Something to be reached.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// Its permanent name.
    pub id: Id,
    /// Whether the id was made from the title, and so will change with it.
    pub(crate) made: bool,
    /// Whether the id, made or written, only repeats the title.
    pub(super) repeats: bool,
    /// What it is called, whole.
    pub title: String,
    /// What it is about, in one line of Markdown.
    pub description: Field<String>,
    /// What will be true when it is reached, in Markdown.
    pub(crate) goal: Option<String>,
    /// Who answers for it.
    pub(crate) owner: Option<String>,
    /// When work on it begins.
    pub(crate) start_on: Option<When>,
    /// When it is to be reached, as the JSON says.
    pub due_on: Field<When>,
    /// When it was first to be reached.
    pub(crate) planned_due_on: Option<When>,
    /// Whether it is open or closed, as the JSON says.
    pub state: Field<State>,
    /// What the last snapshot says.
    pub(crate) snapshot: Stated,
    /// The milestones that it waits for.
    pub(crate) blocked_by: Vec<Link<MilestoneIx>>,
    /// What its owner said of it.
    pub(crate) updates: Vec<Update>,
    /// Former titles.
    pub(crate) was: Vec<String>,
    /// Whether it is kept out of the site.
    pub(crate) internal: bool,
    /// The users' own data.
    pub(crate) extra: Extra,
    /// Where it stands in the source.
    pub(crate) origin: Origin,
}

/// A piece of work.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Its permanent name.
    pub id: Id,
    /// Whether the id was made from the title, and so will change with it.
    pub(crate) made: bool,
    /// Whether the id, made or written, only repeats the title.
    pub(super) repeats: bool,
    /// What it is called, whole, as GitHub gets it.
    pub title: String,
    /// Where in the title stands what it is called without the id: very many lists show that.
    pub(super) short: Range<usize>,
    /// The milestone that it belongs to.
    pub milestone: Field<MilestoneIx>,
    /// What is to be done, in Markdown.
    pub body: Field<String>,
    /// Where its body is, if that has a file of its own.
    pub(crate) body_file: Option<Box<BodyFile>>,
    /// Its labels, in the order of the JSON.
    pub labels: Field<Vec<Link<LabelIx>>>,
    /// Whether the JSON names a label beside these that is unknown, so that what it lacks cannot be said.
    pub(crate) has_unknown_label: bool,
    /// Who does it.
    pub assignees: Field<Vec<String>>,
    /// Whether it is open or closed, as the JSON says.
    pub(crate) state: Field<State>,
    /// Why it was closed.
    pub(crate) state_reason: Field<StateReason>,
    /// Its GitHub issue type.
    pub kind: Field<String>,
    /// The issue that it is a part of.
    pub(crate) parent: Field<IssueIx>,
    /// The issue in another repository that it is a part of; `parent` is given and empty then.
    pub(crate) parent_elsewhere: Option<Box<Elsewhere>>,
    /// The issues that it waits for.
    pub blocked_by: Field<Vec<Link<IssueIx>>>,
    /// The issues in other repositories that it waits for; they stand in the same list.
    pub(crate) blocked_elsewhere: Vec<Link<Elsewhere>>,
    /// How much work it is, in points.
    pub(crate) estimate: Option<f64>,
    /// When work on it begins.
    pub(crate) start_on: Option<When>,
    /// The day on which work on it began.
    pub(crate) begun_on: Option<Day>,
    /// When it is to be done.
    pub(crate) due_on: Option<When>,
    /// When it was first to be done.
    pub(crate) planned_due_on: Option<When>,
    /// The day on which it was closed, as the JSON says.
    pub(crate) closed_on: Option<Day>,
    /// Where it stands, in one line of plain text.
    pub(crate) note: Option<String>,
    /// What the last snapshot says.
    pub(crate) snapshot: Stated,
    /// What follows for its state from its labels, or from the want of a repository; it counts where neither the JSON nor GitHub
    /// says anything.
    pub(crate) implied: Implied,
    /// Whether it is kept out of the site by itself (its milestone may keep it out as well).
    pub(crate) internal: bool,
    /// The users' own data.
    pub(crate) extra: Extra,
    /// Where it stands in the source.
    pub(crate) origin: Origin,
}

/// A label.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    /// Its name.
    pub(crate) name: String,
    /// What it means, in plain text.
    pub(crate) description: Field<String>,
    /// Its colour as the JSON writes it; a rule judges whether it is one.
    pub(crate) color: Field<String>,
    /// Former names.
    pub(crate) was: Vec<String>,
    /// Whether it is kept out of the site.
    pub(crate) internal: bool,
    /// Where it stands in the source; `None` for a label that is only used.
    pub(crate) origin: Option<Origin>,
}

/// A group of labels.
#[derive(Debug, Clone)]
pub(crate) struct LabelGroup {
    /// What stands before the `:` of its labels' names; empty for the group of those without one.
    pub(crate) prefix: String,
    /// What the group is called, as `Area Labels`.
    pub(crate) title: String,
    /// Whether SUMMARY.md tells how many issues have each label.
    pub(crate) counts: bool,
    /// Whether each issue has one.
    pub(crate) required: bool,
    /// Whether an issue has at most one.
    pub(crate) exclusive: bool,
    /// Its labels, in the order of [`Roadmap::labels`].
    pub(crate) labels: Vec<LabelIx>,
    /// Where it stands in the source; `None` for a group that comes from the labels' names.
    pub(crate) origin: Option<Origin>,
}

/// A step of the implementation guide.
#[derive(Debug, Clone)]
pub(crate) struct Phase {
    /// What it is called.
    pub(crate) title: String,
    /// The milestones that it covers.
    pub(crate) milestones: Vec<Link<MilestoneIx>>,
    /// What is done in it, in Markdown.
    pub(crate) body: Option<String>,
    /// Where it stands in the source.
    pub(crate) origin: Origin,
}

/// A free section of SUMMARY.md.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// Its heading.
    pub(crate) title: String,
    /// Its text, in Markdown.
    pub(crate) body: Option<String>,
    /// Where it stands in the source.
    pub(crate) origin: Origin,
}

/// What the owner said of a milestone on one day.
#[derive(Debug, Clone)]
pub(crate) struct Update {
    /// The day.
    pub(crate) on: Day,
    /// How it stood.
    pub(crate) health: Option<Health>,
    /// What happened, in Markdown.
    pub(crate) text: Option<String>,
    /// Its place in the list as the JSON writes it, from 0.
    pub(crate) index: usize,
}

/// What a former id leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A milestone.
    Milestone(MilestoneIx),
    /// An issue.
    Issue(IssueIx),
}

/// A former id and what took its place.
#[derive(Debug, Clone)]
pub(crate) struct Alias {
    /// The former id.
    pub(crate) was: Id,
    /// What took its place.
    pub(crate) to: Target,
}

/// All that a team plans. Built by [`super::resolve`] alone; every index in it is good.
#[derive(Debug, Clone, Default)]
pub struct Roadmap {
    /// The source's files, from the root.
    pub(crate) files: Vec<Arc<str>>,
    /// The folder that holds the JSON, from the root, without a trailing `/`; empty for the root itself.
    pub(crate) base: String,
    /// What the roadmap is called.
    pub(crate) title: String,
    /// What it is for, in Markdown.
    pub(crate) description: Option<String>,
    /// The GitHub repository, as `owner/name`.
    pub(crate) repository: Option<String>,
    /// Whether `@name` in a body calls that person in GitHub.
    pub(crate) mentions: bool,
    /// What GitHub is given beyond what every repository has.
    pub(crate) github: Github,
    /// The minor version that the source is pinned to, as `0.1`.
    pub(crate) pinned: Option<String>,
    /// The day that the committed output speaks for.
    pub as_of: Option<Day>,
    /// The milestones, in the order of the source.
    pub(crate) milestones: Vec<Milestone>,
    /// The issues, in the order of the source.
    pub issues: Vec<Issue>,
    /// The labels, in the order of the source's list, else of first use.
    pub(crate) labels: Vec<Label>,
    /// Whether the source lists its labels.
    pub(crate) labels_listed: bool,
    /// The label groups; a label that fits none stands in the last one, `Other Labels`.
    pub(crate) groups: Vec<LabelGroup>,
    /// The phases.
    pub(crate) phases: Vec<Phase>,
    /// The free sections.
    pub(crate) sections: Vec<Section>,
    /// The hand-written documents as the source names them, each with its place.
    pub(crate) docs: Vec<(String, Place)>,
    /// What rules weigh here: file, code, level, and whether a reason is given.
    pub(crate) rules: Vec<(usize, String, Level, bool)>,
    /// Where the outputs go.
    pub(crate) outputs: Outputs,
    /// Which labels say a state.
    pub(crate) states: States,
    /// How SUMMARY.md is written.
    pub(crate) summary: Summary,
    /// The file with texts in place of the English ones, from the root.
    pub(crate) words: Option<String>,
    /// How the website is made.
    pub(crate) site: Site,
    /// Former ids.
    pub(crate) aliases: Vec<Alias>,
    /// Ids of milestones and issues that the lock knows, in lower case.
    pub(crate) locked: std::collections::BTreeSet<String>,
    /// Which file gave each top-level key that may be given once.
    pub(crate) head_files: std::collections::BTreeMap<&'static str, usize>,
    /// The users' own data.
    pub(crate) extra: Extra,
}

impl Roadmap {
    /// The place of a top-level key that may be given once, in the file that gives it.
    pub(crate) fn head_place(&self, key: &'static str) -> Place {
        let file = self.head_files.get(key).copied().unwrap_or(0);
        Place::json(self.files.get(file).cloned().unwrap_or_else(|| "".into())).key(key)
    }

    /// The place of a milestone in the source.
    pub(crate) fn milestone_place(&self, ix: MilestoneIx) -> Place {
        self.place("milestones", self.milestones[ix.0].origin)
    }

    /// The place of an issue in the source.
    pub(crate) fn issue_place(&self, ix: IssueIx) -> Place {
        self.place("issues", self.issues[ix.0].origin)
    }

    /// The place of an issue's body: in the JSON, or the first line of its file.
    pub(crate) fn body_place(&self, ix: IssueIx) -> Place {
        let body = self.issues[ix.0].body.get().map_or("", String::as_str);
        self.body_part(ix, &(0..body.lines().next().unwrap_or_default().len()))
    }

    /// The place of bytes of an issue's body. In the JSON it is the body's, whose bytes are not those of the text.
    pub(crate) fn body_part(&self, ix: IssueIx, range: &Range<usize>) -> Place {
        match &self.issues[ix.0].body_file {
            Some(file) => file.place(range),
            None => self.issue_place(ix).key("body"),
        }
    }

    /// The place of an item of the list `list`.
    pub(crate) fn place(&self, list: &str, origin: Origin) -> Place {
        Place::json(Arc::clone(&self.files[origin.file])).key(list).index(origin.index)
    }

    /// The milestones with their indexes.
    pub fn milestones(&self) -> impl DoubleEndedIterator<Item = (MilestoneIx, &Milestone)> {
        self.milestones.iter().enumerate().map(|(ix, milestone)| (MilestoneIx(ix), milestone))
    }

    /// The issues with their indexes.
    pub fn issues(&self) -> impl DoubleEndedIterator<Item = (IssueIx, &Issue)> {
        self.issues.iter().enumerate().map(|(ix, issue)| (IssueIx(ix), issue))
    }

    /// The labels with their indexes.
    pub(crate) fn labels(&self) -> impl DoubleEndedIterator<Item = (LabelIx, &Label)> {
        self.labels.iter().enumerate().map(|(ix, label)| (LabelIx(ix), label))
    }
}
