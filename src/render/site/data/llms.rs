//! `llms.txt`: the pages with one line each, for language models (<https://llmstxt.org>).

use super::{PageContext, line};
use crate::words::counted;
use crate::{
    markdown::write::{self, Context},
    model::{IssueIx, MilestoneIx},
};

/// How many issues are listed; of more, `roadmap.json` is the list.
const MOST_ISSUES: usize = 1_000;

/// Makes the file.
pub(super) fn llms(here: &PageContext<'_>) -> String {
    let roadmap = here.roadmap;
    let mut text = format!("# {}\n\n", write::text(&line(&roadmap.title), Context::Heading));
    if let Some(day) = here.facts.as_of {
        text += &format!(
            "> The roadmap as of {day}: what is done, what is next, what is late, what waits for what.\n\n"
        );
    }
    text += "## Pages\n\n";
    for (title, inside, says) in pages(here) {
        text += &entry(here, title, inside, says);
    }
    if !roadmap.milestones.is_empty() {
        text += "\n## Milestones\n\n";
        roadmap.milestones().for_each(|(ix, _)| text += &milestone(here, ix));
    }
    if !roadmap.issues.is_empty() {
        text += "\n## Issues\n\n";
        if roadmap.issues.len() > MOST_ISSUES {
            text += &format!("{}: `roadmap.json` lists them.\n", counted(roadmap.issues.len(), "issue"));
        } else {
            roadmap.issues().for_each(|(ix, _)| text += &issue(here, ix));
        }
    }
    // A tag that a title brings in is text here, but not for who takes the file for HTML.
    text.replace("\\<", "&lt;")
}

/// The pages that there is one of.
fn pages(here: &PageContext<'_>) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut pages = vec![
        ("Overview", "index.html", "what is done, what is next, what is late"),
        ("Board", "board.html", "every issue by how it stands"),
        ("Table", "table.html", "every issue in a table"),
        ("Timeline", "timeline.html", "the milestones in time"),
        ("Graph", "graph.html", "what waits for what"),
        ("Phases", "phases.html", "in which order the milestones are worked on"),
        ("Labels", "labels.html", "what each label means"),
        ("Search", "search.html", "every word of all texts"),
        ("Data", "roadmap.json", "everything but the texts as JSON"),
        ("Calendar", "roadmap.ics", "the due dates"),
    ];
    pages.retain(|(_, inside, _)| match *inside {
        "phases.html" => !here.roadmap.phases.is_empty(),
        "labels.html" => !here.roadmap.labels.is_empty(),
        _ => true,
    });
    pages
}

fn milestone(here: &PageContext<'_>, ix: MilestoneIx) -> String {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    let due = milestone.known_due_on().map(|day| format!(", due {day}")).unwrap_or_default();
    let issues = counted(facts.issues.len(), "issue");
    let says = format!("{}{due}, {issues}", here.facts.word(facts.status));
    entry(here, &milestone.title, &here.places.milestone(here.roadmap, ix, 0), &says)
}

fn issue(here: &PageContext<'_>, ix: IssueIx) -> String {
    let issue = &here.roadmap.issues[ix.0];
    let due = issue.due_on.map(|day| format!(", due {day}")).unwrap_or_default();
    let says = format!("{}{due}", here.facts.word(here.facts.issue(ix).status));
    let title = match issue.short_title() {
        short if short == issue.title => format!("{} {short}", issue.id),
        _ => issue.title.clone(),
    };
    entry(here, &title, &here.places.issue(here.roadmap, ix), &says)
}

/// A line, with the whole address where the source says it, else with the way from here.
fn entry(here: &PageContext<'_>, title: &str, inside: &str, says: &str) -> String {
    let address = [&here.url(), inside].concat();
    format!("- {}: {says}\n", write::link(&line(title), &address, Context::Line))
}
