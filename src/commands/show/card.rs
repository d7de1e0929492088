//! An item for people: its name, what is known of it line by line, its neighbours, its text.

use super::View;
use crate::{
    commands::{
        entry::{progress_words, standing},
        lookup::Item,
    },
    data::said,
    facts::{
        Slip, Status,
        bounds::words::{chain, id_of, names},
        days_words,
    },
    model::{Elsewhere, IssueIx, LabelIx, MilestoneIx, Target, When, fields::ISSUE},
    report::{Cell, Place, Tone, neutral, one_line, table},
};

/// What stands before each line about an item.
const INDENT: &str = "  ";

/// An item as text, with a line end.
pub(super) fn card(view: &View<'_>, item: Item) -> String {
    match item {
        Item::Issue(ix) => issue(view, ix),
        Item::Milestone(ix) => milestone(view, ix),
        Item::Label(ix) => label(view, ix),
    }
}

fn issue(view: &View<'_>, ix: IssueIx) -> String {
    let (issue, own) = (&view.roadmap.issues[ix.0], view.facts.issue(ix));
    let mut card = Card::new(view, issue.id.as_str(), issue.short_title());
    card.cell("status", standing(own.status, own.overdue, own.broken));
    card.line("milestone", issue.milestone.get().map(|ix| view.milestone_words(*ix)));
    card.line("due", issue.due_on.map(|day| due(day, issue.planned_due_on, own.slip, own.overdue)));
    card.line("starts", issue.start_on.map(|day| day.to_string()));
    card.line("begun", issue.begun_on.map(|day| day.to_string()));
    card.bounds(Target::Issue(ix));
    card.line("closed", issue.known_closed_on().map(|day| day.to_string()));
    card.line("reason", issue.known_reason().map(|it| it.words().to_owned()));
    let is_planned = own.status == Status::InProgress && !issue.is_begun();
    card.line("begun", is_planned.then(|| "not stated: its start date has come".to_owned()));
    card.line("type", issue.kind.get().cloned());
    for field in ISSUE.iter().filter(|field| field.is_plain()) {
        card.line(field.name, (field.said)(issue).map(said));
    }
    let logins: Vec<_> = issue.assignees().iter().map(|login| format!("@{login}")).collect();
    card.line("assignees", some(logins.join(", ")));
    let labels = issue.labels().iter().map(|link| view.roadmap.labels[link.to.0].name.as_str());
    card.line("labels", some(labels.collect::<Vec<_>>().join(", ")));
    card.line("critical path", view.on_critical_path(ix));
    card.line("internal", own.internal.then(|| "yes: not on the site".to_owned()));
    card.place(&view.roadmap.issue_place(ix));
    let waits_for: Vec<_> = issue.blocked_by().iter().map(|link| link.to).collect();
    card.related(
        "Part of",
        issue.parent.get().map_or(&[], std::slice::from_ref),
        issue.parent_elsewhere.as_deref(),
    );
    card.issues("Parts", &own.children);
    card.related("Waits for", &waits_for, issue.blocked_elsewhere.iter().map(|link| &link.to));
    card.issues("Needed by", &own.needed_by);
    card.text(issue.body.get().map(String::as_str));
    card.out
}

fn milestone(view: &View<'_>, ix: MilestoneIx) -> String {
    let (milestone, own) = (&view.roadmap.milestones[ix.0], view.facts.milestone(ix));
    let title = crate::model::title_without_id(&milestone.title, &milestone.id);
    let mut card = Card::new(view, milestone.id.as_str(), title);
    card.cell("status", standing(own.status, own.overdue, own.broken));
    card.line("progress", Some(progress_words(&own.progress)));
    let due_on = milestone.known_due_on();
    card.line("due", due_on.map(|day| due(day, milestone.planned_due_on, own.slip, own.overdue)));
    card.line("starts", milestone.start_on.map(|day| day.to_string()));
    card.bounds(Target::Milestone(ix));
    card.line(
        "health",
        own.health.as_ref().map(|verdict| match verdict.why().as_str() {
            "" => verdict.health.words().to_owned(),
            why => format!("{}: {why}", verdict.health.words()),
        }),
    );
    card.line("critical path", view.path_to(ix));
    let stated = own.stated.map(|stated| format!("{} on {}", stated.health.words(), stated.on));
    card.line("said", stated);
    card.line("owner", milestone.owner.clone());
    card.line("internal", milestone.internal.then(|| "yes: not on the site".to_owned()));
    card.place(&view.roadmap.milestone_place(ix));
    let waits_for: Vec<_> = milestone.blocked_by.iter().map(|link| link.to).collect();
    card.milestones("Waits for", waits_for);
    card.milestones("Needed by", own.needed_by.clone());
    card.issues("Issues", &own.issues);
    card.text(milestone.description.get().map(String::as_str));
    card.text(milestone.goal.as_deref());
    card.out
}

fn label(view: &View<'_>, ix: LabelIx) -> String {
    let (label, own) = (&view.roadmap.labels[ix.0], view.facts.label(ix));
    let mut card = Card::new(view, &label.name, label.description.get().map_or("", String::as_str));
    card.line("colour", label.color.get().map(|color| format!("#{color}")));
    card.line("issues", Some(format!("{}: {} open, {} closed", own.issues.len(), own.open, own.closed)));
    card.line("formerly", some(label.was.join(", ")));
    card.line("internal", label.internal.then(|| "yes: not on the site".to_owned()));
    if let Some(place) = view.label_place(ix) {
        card.place(&place);
    }
    card.issues("Issues", &own.issues);
    card.out
}

/// The text of an item, while it grows.
struct Card<'v> {
    view: &'v View<'v>,
    out: String,
}

impl<'v> Card<'v> {
    fn new(view: &'v View<'v>, name: &str, title: &str) -> Self {
        let name = Tone::Strong.paint(&one_line(name), view.session.screen().colour);
        let title = one_line(title);
        let gap = if title.is_empty() { "" } else { "  " };
        Self { view, out: format!("{name}{gap}{title}\n\n") }
    }

    /// A line about the item, where there is something to say.
    fn line(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value {
            self.cell(name, value.into());
        }
    }

    /// How early it can be done and why, by when it is needed, and what a delay pushes.
    fn bounds(&mut self, item: Target) {
        let (roadmap, bounds) = (self.view.roadmap, &self.view.facts.bounds);
        self.line("earliest", bounds.held_up(roadmap, item, id_of));
        let needed = bounds.needed_words(roadmap, item, id_of).map(|words| {
            match bounds.room_words(self.view.roadmap, item) {
                Some(room) => format!("{words}: {room}"),
                None => words,
            }
        });
        self.line("needed by", needed);
        if let (Some(pushed), Some(days)) = (self.view.pushes(item), self.view.delay) {
            let pushed = if pushed.is_empty() {
                "no stated day".into()
            } else {
                format!("at most {}", names(roadmap, &pushed))
            };
            self.line(&format!("{} pushes", days_later(days)), Some(pushed));
        }
    }

    fn cell(&mut self, name: &str, value: Cell) {
        let name = Cell::new(format!("{name:<13}"), Tone::Faint);
        // A table of one line: the value is made harmless and painted, and never cut.
        let screen = crate::report::Screen { columns: None, ..self.view.session.screen() };
        self.out.push_str(INDENT);
        self.out.push_str(&table(&[vec![name, value]], screen));
    }

    fn place(&mut self, place: &Place) {
        let line = self.view.session.line(place).map(|line| format!(":{line}")).unwrap_or_default();
        self.line("source", Some(format!("{}{line}", place.file)));
    }

    fn issues(&mut self, head: &str, issues: &[IssueIx]) {
        self.related(head, issues, None);
    }

    /// Issues here, then those in other repositories.
    fn related<'e>(
        &mut self,
        head: &str,
        issues: &[IssueIx],
        elsewhere: impl IntoIterator<Item = &'e Elsewhere>,
    ) {
        let row = |ix: &IssueIx| {
            let (issue, own) = (&self.view.roadmap.issues[ix.0], self.view.facts.issue(*ix));
            let id = Cell::new(issue.id.as_str(), Tone::Strong);
            vec![id, standing(own.status, own.overdue, own.broken), issue.short_title().into()]
        };
        let other = |of: &Elsewhere| {
            vec![Cell::new(&of.text, Tone::Strong), Cell::new(of.state_words(), Tone::Faint)]
        };
        let rows: Vec<_> = issues.iter().map(row).chain(elsewhere.into_iter().map(other)).collect();
        self.rows(head, &rows);
    }

    fn milestones(&mut self, head: &str, milestones: Vec<MilestoneIx>) {
        let row = |ix: &MilestoneIx| {
            let (milestone, own) = (&self.view.roadmap.milestones[ix.0], self.view.facts.milestone(*ix));
            let title = crate::model::title_without_id(&milestone.title, &milestone.id);
            let id = Cell::new(milestone.id.as_str(), Tone::Strong);
            vec![id, standing(own.status, own.overdue, own.broken), title.into()]
        };
        let rows: Vec<_> = milestones.iter().map(row).collect();
        self.rows(head, &rows);
    }

    fn rows(&mut self, head: &str, rows: &[Vec<Cell>]) {
        if rows.is_empty() {
            return;
        }
        let mut screen = self.view.session.screen();
        screen.columns = screen.columns.map(|columns| columns.saturating_sub(INDENT.len()));
        self.out.push_str(&format!("\n{head}:\n"));
        for line in table(rows, screen).lines() {
            self.out.push_str(&format!("{INDENT}{line}\n"));
        }
    }

    /// The users' own words as they are, but harmless for a terminal.
    fn text(&mut self, text: Option<&str>) {
        if let Some(text) = text.map(str::trim_end).filter(|text| !text.is_empty()) {
            self.out.push_str(&format!("\n{}\n", neutral(text)));
        }
    }
}

impl View<'_> {
    fn milestone_words(&self, ix: MilestoneIx) -> String {
        let milestone = &self.roadmap.milestones[ix.0];
        let title = crate::model::title_without_id(&milestone.title, &milestone.id);
        format!("{}  {title}", milestone.id)
    }

    /// The chain of open issues with the most days before a milestone, as `34 days, A → B`.
    fn path_to(&self, ix: MilestoneIx) -> Option<String> {
        let bounds = &self.facts.bounds;
        let path = bounds.critical_path_of(ix).filter(|_| bounds.has_lengths())?;
        let items: Vec<_> = path.items.iter().rev().map(|ix| Target::Issue(*ix)).collect();
        Some(format!("{}, {}", days_words(path.days), chain(self.roadmap, &items, " → ")))
    }

    /// Which step of the critical path an issue is.
    fn on_critical_path(&self, ix: IssueIx) -> Option<String> {
        let path = &self.facts.critical_path;
        let step = path.iter().position(|other| *other == ix)?;
        let days = self.facts.bounds.critical_path().filter(|_| self.facts.bounds.has_lengths());
        let days = days.map(|path| format!(", {} in all", days_words(path.days))).unwrap_or_default();
        Some(format!("step {} of {}{days}", step + 1, path.len()))
    }
}

/// As `+3 days`.
fn days_later(days: u32) -> String {
    format!("+{}", days_words(days.into()))
}

/// A due date, with how far it moved and how late it is.
fn due(due: When, planned: Option<When>, slip: Option<Slip>, overdue: Option<i64>) -> String {
    let mut words = due.to_string();
    if let (Some(planned), Some(slip)) = (planned, slip) {
        words.push_str(&format!(", {} than planned ({planned})", slip.words()));
    }
    if let Some(days) = overdue {
        words.push_str(&format!(", overdue by {}", days_words(days)));
    }
    words
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
