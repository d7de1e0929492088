//! Every text that a person wrote, each with its weight and its place: what the rules on characters and ids walk over.

use std::ops::Range;

use super::Context;
use crate::{
    model::{
        Issue, IssueIx, Label, LabelIx, Milestone, MilestoneIx, Roadmap,
        fields::{ISSUE, Said},
    },
    report::{Action, Code, Diagnostic, Place},
    source::BodyFile,
};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// The title of something: one line.
    Title,
    /// The name of a label, a group or a person: one line.
    Name,
    /// One of the roadmap's own texts, in Markdown: description, goal, update, phase, section.
    Own,
    /// The body of an issue, in Markdown.
    Body,
    /// Plain text, as a label's description.
    Plain,
}

impl TextKind {
    /// What people call it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Name => "name",
            Self::Own | Self::Plain => "text",
            Self::Body => "body",
        }
    }

    /// Whether it is one line, as titles and names are.
    pub(super) fn is_line(self) -> bool {
        matches!(self, Self::Title | Self::Name)
    }
}

/// A text. Its place is made only where something is found in it.
pub(super) struct Text<'a> {
    pub(super) value: &'a str,
    pub(super) kind: TextKind,
    place: &'a dyn Fn() -> Place,
    /// Its file, where it has one of its own.
    file: Option<&'a BodyFile>,
}

impl Text<'_> {
    /// Where bytes of it are; in JSON, where the whole of it is.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        self.file.map_or_else(|| (self.place)(), |file| file.place(range))
    }

    /// A finding at these bytes, and another text for the whole as what may mend it.
    pub(super) fn mended(&self, code: Code, at: &Range<usize>, message: String, text: &str) -> Diagnostic {
        let found = Diagnostic::new(code, self.place(at), message);
        match self.file {
            Some(_) => found.perhaps(Action::Text(text.to_owned())).at(self.place(&(0..self.value.len()))),
            None => found.perhaps(Action::text(text.trim())),
        }
    }
}

/// Shows every text to `look`, in the order of the kinds, then of the source.
pub(super) fn visit(context: &Context<'_>, look: &mut dyn FnMut(&Text<'_>)) {
    let roadmap = context.roadmap;
    if roadmap.head_files.contains_key("title") {
        show(look, TextKind::Title, Some(&roadmap.title), &|| roadmap.head_place("title"));
    }
    let description = || roadmap.head_place("description");
    show(look, TextKind::Own, roadmap.description.as_deref(), &description);
    for (ix, milestone) in roadmap.milestones() {
        visit_milestone(roadmap, ix, milestone, look);
    }
    for (ix, issue) in roadmap.issues() {
        visit_issue(roadmap, ix, issue, look);
    }
    for (ix, label) in roadmap.labels() {
        visit_label(context, ix, label, look);
    }
    visit_lists(roadmap, look);
}

fn show(look: &mut dyn FnMut(&Text<'_>), kind: TextKind, value: Option<&str>, place: &dyn Fn() -> Place) {
    if let Some(value) = value {
        look(&Text { value, kind, place, file: None });
    }
}

fn visit_milestone(
    roadmap: &Roadmap,
    ix: MilestoneIx,
    milestone: &Milestone,
    look: &mut dyn FnMut(&Text<'_>),
) {
    let at = |key: &'static str| move || roadmap.milestone_place(ix).key(key);
    show(look, TextKind::Title, Some(&milestone.title), &at("title"));
    let description = milestone.description.get().map(String::as_str);
    show(look, TextKind::Own, description, &at("description"));
    show(look, TextKind::Own, milestone.goal.as_deref(), &at("goal"));
    show(look, TextKind::Name, milestone.owner.as_deref(), &at("owner"));
    for update in &milestone.updates {
        let place = || roadmap.milestone_place(ix).key("updates").index(update.index).key("text");
        show(look, TextKind::Own, update.text.as_deref(), &place);
    }
}

fn visit_issue(roadmap: &Roadmap, ix: IssueIx, issue: &Issue, look: &mut dyn FnMut(&Text<'_>)) {
    let at = |key: &'static str| move || roadmap.issue_place(ix).key(key);
    show(look, TextKind::Title, Some(&issue.title), &at("title"));
    if let Some(value) = issue.body.get() {
        look(&Text { value, kind: TextKind::Body, place: &at("body"), file: issue.body_file.as_deref() });
    }
    for field in ISSUE {
        if let Some(Said::Text(value)) = (field.said)(issue) {
            let kind = if field.is_plain() { TextKind::Plain } else { TextKind::Name };
            show(look, kind, Some(value), &at(field.key));
        }
    }
    for (index, name) in issue.assignees().iter().enumerate() {
        let place = || roadmap.issue_place(ix).key("assignees").index(index);
        show(look, TextKind::Name, Some(name), &place);
    }
}

fn visit_label(context: &Context<'_>, ix: LabelIx, label: &Label, look: &mut dyn FnMut(&Text<'_>)) {
    show(look, TextKind::Name, Some(&label.name), &|| label_place(context, ix, "name"));
    let description = label.description.get().map(String::as_str);
    show(look, TextKind::Plain, description, &|| label_place(context, ix, "description"));
}

fn visit_lists(roadmap: &Roadmap, look: &mut dyn FnMut(&Text<'_>)) {
    for group in &roadmap.groups {
        if let Some(origin) = group.origin {
            let at = |key: &'static str| move || roadmap.place("label_groups", origin).key(key);
            show(look, TextKind::Name, Some(&group.prefix), &at("prefix"));
            show(look, TextKind::Title, Some(&group.title), &at("title"));
        }
    }
    for phase in &roadmap.phases {
        let at = |key: &'static str| move || roadmap.place("phases", phase.origin).key(key);
        show(look, TextKind::Title, Some(&phase.title), &at("title"));
        show(look, TextKind::Own, phase.body.as_deref(), &at("body"));
    }
    for section in &roadmap.sections {
        let at = |key: &'static str| move || roadmap.place("sections", section.origin).key(key);
        show(look, TextKind::Title, Some(&section.title), &at("title"));
        show(look, TextKind::Own, section.body.as_deref(), &at("body"));
    }
}

/// The place of a label: where it is listed, else where it is first used.
pub(super) fn label_place(context: &Context<'_>, ix: LabelIx, key: &'static str) -> Place {
    let roadmap = context.roadmap;
    if let Some(origin) = roadmap.labels[ix.0].origin {
        return roadmap.place("labels", origin).key(key);
    }
    let first_use = context.facts.label(ix).issues.first().and_then(|issue| {
        let link = roadmap.issues[issue.0].labels().iter().find(|link| link.to == ix)?;
        Some(roadmap.issue_place(*issue).key("labels").index(link.index))
    });
    first_use.unwrap_or_else(|| Place::json(roadmap.files.first().cloned().unwrap_or_else(|| "".into())))
}
