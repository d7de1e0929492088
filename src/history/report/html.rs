//! A report as one HTML file that needs nothing else: no script, no request, and legible where a mail program takes its
//! styles or its picture away.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    MilestoneRow, Person, Report, and_more,
    human::{due, waits},
    rows::Row as ReportRow,
    why::Cause,
};
use crate::{
    data::percent,
    facts::{Facts, Status, days_words},
    history::{change::Group, count, site::word},
    model::{Day, Roadmap},
    render::{Engine, picture::burnup, source_name},
    report::{Diagnostic, counted},
    source::schema::{Direction, Health},
};

/// How many rows a question shows; the rest is a count.
const MOST: usize = 25;

/// How many changes are shown.
const MOST_CHANGES: usize = 120;

/// What `report/report.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    lang: &'a str,
    dir: &'static str,
    title: &'a str,
    /// As `2026-11-22`; empty where nobody says.
    as_of: String,
    /// The day or commit that changes are told from; empty where none are.
    since: String,
    /// How it all stands, in a sentence or two.
    verdict: String,
    figures: Vec<Figure>,
    milestones: Vec<MilestoneView<'a>>,
    more_milestones: String,
    sections: Vec<Section<'a>>,
    changed: Option<ChangedView<'a>>,
    /// Sentences on what the team's pace allows.
    pace: Vec<String>,
    people: &'a [Person<'a>],
    more_people: String,
    /// SVG; empty where no closed day is known.
    burnup: String,
    burnup_words: String,
    /// A style sheet.
    picture_style: &'a str,
    source: String,
    /// Whom it is for, in a sentence.
    audience: &'static str,
}

#[derive(Debug, Serialize)]
struct Figure {
    value: String,
    words: &'static str,
    class: &'static str,
}

#[derive(Debug, Serialize)]
struct MilestoneView<'a> {
    id: &'a str,
    title: &'a str,
    /// As `▲ Off track`.
    health: String,
    class: &'static str,
    why: &'a str,
    /// What its owner says; empty where nothing was said.
    stated: String,
    /// Whether its progress is known.
    bar: bool,
    percent: usize,
    rest: usize,
    facts: String,
}

/// The answer to one question.
#[derive(Debug, Serialize)]
struct Section<'a> {
    title: String,
    class: &'static str,
    count: usize,
    rows: Vec<Row<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    /// What is the matter with it; empty where nothing is.
    badge: String,
    facts: String,
    why: Vec<CauseView<'a>>,
}

#[derive(Debug, Serialize)]
struct CauseView<'a> {
    id: &'a str,
    title: &'a str,
    /// As `overdue by 7 days`.
    why: &'a str,
}

impl<'a> From<&'a Cause<'_>> for CauseView<'a> {
    fn from(cause: &'a Cause<'_>) -> Self {
        Self { id: cause.id, title: cause.short_title, why: &cause.why }
    }
}

#[derive(Debug, Serialize)]
struct ChangedView<'a> {
    counts: String,
    /// What all this did to earliest days, in sentences.
    effect: Vec<String>,
    days: Vec<DayView<'a>>,
    more: String,
}

#[derive(Debug, Serialize)]
struct DayView<'a> {
    day: Day,
    lines: Vec<LineView<'a>>,
}

#[derive(Debug, Serialize)]
struct LineView<'a> {
    word: &'static str,
    class: &'static str,
    id: &'a str,
    title: &'a str,
    words: String,
}

/// The report as HTML, for the roadmap that it was made of.
///
/// # Errors
/// Where the template fails.
pub fn html(
    report: &Report<'_>,
    roadmap: &Roadmap,
    facts: &Facts,
    engine: &Engine,
    is_public: bool,
) -> Result<String, Diagnostic> {
    let burnup = burnup::burnup(roadmap, facts.as_of);
    let view = View {
        lang: roadmap.site.lang.as_deref().unwrap_or("en"),
        dir: if roadmap.site.dir == Some(Direction::Rtl) { "rtl" } else { "ltr" },
        title: report.title,
        as_of: report.as_of.map(|day| day.to_string()).unwrap_or_default(),
        since: since(report),
        verdict: verdict(report),
        figures: figures(report),
        milestones: report.milestones.iter().take(MOST).map(milestone).collect(),
        more_milestones: and_more(report.milestones.len(), MOST),
        sections: sections(report),
        changed: changed(report),
        pace: report.pace.iter().flat_map(super::Pace::sentences).take(MOST).collect(),
        people: &report.people[..report.people.len().min(MOST)],
        more_people: and_more(report.people.len(), MOST),
        burnup_words: burnup.as_ref().map(|picture| picture.facts.caption.clone()).unwrap_or_default(),
        burnup: burnup.map(|picture| picture.svg).unwrap_or_default(),
        picture_style: engine.picture_style(),
        source: source_name(roadmap),
        audience: if is_public {
            "Internal items are left out."
        } else {
            "It tells of internal items: for the team alone."
        },
    };
    let mut out = Vec::new();
    engine.render("report/report.html", &view, &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn since(report: &Report<'_>) -> String {
    let Some(changed) = &report.changed else { return String::new() };
    let from = changed.history.from.as_ref();
    from.map_or_else(|| "the beginning".into(), |commit| format!("{} ({})", commit.day(), commit.short()))
}

fn verdict(report: &Report<'_>) -> String {
    let milestones = |health| {
        let rows = report.milestones.iter();
        rows.filter(|row| row.milestone.health == Some(health)).count()
    };
    let (off, risk) = (milestones(Health::OffTrack), milestones(Health::AtRisk));
    let are = |count: usize, noun: &str, how: &str| {
        let verb = if count == 1 { "is" } else { "are" };
        (count > 0).then(|| format!("{} {verb} {how}", counted(count, noun)))
    };
    let troubles: Vec<_> = [are(off, "milestone", "off track"), are(risk, "milestone", "at risk")]
        .into_iter()
        .flatten()
        .collect();
    let judged = report.milestones.iter().any(|row| row.milestone.health.is_some());
    let health = match (troubles.is_empty(), judged) {
        (false, _) => format!("{}. ", troubles.join(", ")),
        (true, true) => "Every milestone is on track. ".into(),
        (true, false) => String::new(),
    };
    let mut words = format!("{health}{}.", report.progress_words());
    if let Some(first) = words.get(..1).map(str::to_uppercase) {
        words.replace_range(..1, &first);
    }
    words
}

fn figures(report: &Report<'_>) -> Vec<Figure> {
    let count = |items: &[ReportRow<'_>]| items.len().to_string();
    let alarm = |items: &[ReportRow<'_>], class| if items.is_empty() { "" } else { class };
    let share = report.progress.percent.map_or_else(|| "—".into(), percent);
    vec![
        Figure { value: share, words: "done", class: "good" },
        Figure { value: count(&report.overdue), words: "overdue", class: alarm(&report.overdue, "bad") },
        Figure { value: count(&report.slipped), words: "slipped", class: alarm(&report.slipped, "risk") },
        Figure { value: count(&report.blocked), words: "blocked", class: "" },
        Figure { value: count(&report.ready), words: "ready", class: "ready" },
    ]
}

fn milestone<'a>(row: &'a MilestoneRow<'_>) -> MilestoneView<'a> {
    let (of, work) = (&row.milestone, &row.milestone.work);
    let (health, class) = match of.health {
        Some(Health::OffTrack) => ("▲ Off track".to_owned(), "off-track"),
        Some(Health::AtRisk) => ("▲ At risk".to_owned(), "at-risk"),
        Some(Health::OnTrack) => ("● On track".to_owned(), "on-track"),
        None if work.status == Status::Done => ("✓ Done".to_owned(), "done"),
        None if work.status == Status::Dropped => ("✕ Dropped".to_owned(), "plain"),
        None => {
            let mut status = work.status.words().to_owned();
            status[..1].make_ascii_uppercase();
            (format!("○ {status}"), "plain")
        }
    };
    let stated = row.stated().filter(|_| !work.status.is_closed()).map(|(words, on, is_stale)| {
        let age = if is_stale { ", more than 30 days ago" } else { "" };
        format!("Its owner says: {words} ({on}{age})")
    });
    let due = work.due_on.map(|_| format!("due {}", due(work)));
    let progress = of.progress;
    let issues = (progress.issues > 0)
        .then(|| format!("{} of {} done", progress.closed, counted(progress.issues, "issue")));
    let owner = of.owner.map(str::to_owned);
    MilestoneView {
        id: work.id,
        title: row.aside.title,
        health,
        class,
        why: of.health_why.unwrap_or_default(),
        stated: stated.unwrap_or_default(),
        bar: progress.percent.is_some(),
        percent: progress.percent.unwrap_or_default(),
        rest: 100 - progress.percent.unwrap_or_default().min(100),
        facts: due.into_iter().chain(issues).chain(owner).collect::<Vec<_>>().join(" · "),
    }
}

fn sections<'a>(report: &'a Report<'_>) -> Vec<Section<'a>> {
    let late = |days: Option<i64>, how: &str| {
        days.map(|days| format!("{} {how}", days_words(days))).unwrap_or_default()
    };
    let path = report.critical_path.shown();
    let sections = [
        section("Overdue", "overdue", &report.overdue, |row| late(row.work().overdue_days, "late")),
        section("Slipped, and why", "slipped", &report.slipped, |row| {
            late(row.work().slip_days, "later than planned")
        }),
        section("Blocked", "plain", &report.blocked, |_| String::new()),
        section("In progress", "plain", &report.in_progress, |_| String::new()),
        section("Ready to begin", "plain", &report.ready, |_| String::new()),
        section(&report.critical_path.title(), "plain", path, |_| String::new()),
    ];
    sections.into_iter().filter(|section| section.count > 0).collect()
}

fn section<'a>(
    title: &str,
    class: &'static str,
    items: &'a [ReportRow<'_>],
    badge: impl Fn(&ReportRow<'_>) -> String,
) -> Section<'a> {
    let row = |row: &'a ReportRow<'_>| {
        let work = row.work();
        let due = work.due_on.map(|_| format!("due {}", due(work)));
        let waits = Some(waits(&row.aside)).filter(|waits| !waits.is_empty() && row.why.is_empty());
        let people = Some(row.people()).filter(|people| !people.is_empty());
        Row {
            id: work.id,
            title: row.aside.title,
            badge: badge(row),
            facts: due
                .into_iter()
                .chain(people)
                .chain(waits)
                .chain(row.aside.pushes.clone())
                .collect::<Vec<_>>()
                .join(" · "),
            why: row.why.iter().map(Into::into).collect(),
        }
    };
    let more = and_more(items.len(), MOST);
    Section {
        title: title.to_owned(),
        class,
        count: items.len(),
        rows: items.iter().take(MOST).map(row).collect(),
        more,
    }
}

fn changed<'a>(report: &'a Report<'_>) -> Option<ChangedView<'a>> {
    let history = report.changed.as_ref()?.history;
    let mut days = BTreeMap::<Day, Vec<_>>::new();
    let mut left = MOST_CHANGES;
    for step in history.steps.iter().rev() {
        let shown = &step.changes[..step.changes.len().min(left)];
        left -= shown.len();
        days.entry(step.at.day).or_default().extend(shown);
    }
    let day = |(day, mut changes): (Day, Vec<&'a crate::history::Change>)| {
        changes.sort_by_key(|change| change.group());
        let lines = changes.into_iter().map(|change| LineView {
            word: word(change.group()).0,
            class: class(change.group()),
            id: &change.id,
            title: &change.short_title,
            words: change.words(),
        });
        DayView { day, lines: lines.collect() }
    };
    let counts = count::words(history.changes());
    let total = history.changes().count();
    let days = days.into_iter().rev().filter(|(_, changes)| !changes.is_empty()).map(day).collect();
    Some(ChangedView {
        counts,
        effect: history.effect.sentences(),
        days,
        more: and_more(total, total.min(MOST_CHANGES)),
    })
}

fn class(group: Group) -> &'static str {
    match group {
        Group::Slipped | Group::Reopened => "slipped",
        Group::Closed => "done",
        Group::Dropped => "overdue",
        Group::Added => "on-track",
        _ => "plain",
    }
}
