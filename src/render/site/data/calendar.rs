//! `roadmap.ics`: the due days of milestones and issues, for calendars (RFC 5545).
//!
//! Every due day is an event of a whole day that takes nobody's time. What a calendar keeps an event by is the item's id,
//! so that a day that moves, moves there too. Its stamp is the as-of day, or the due day where there is none: never the
//! clock's.

use super::{Here, line};
use crate::{facts::Status, model::Day};

/// How many bytes a line may have without its end.
const MOST: usize = 75;

/// What has a due day.
struct Event<'a> {
    /// As `i-db-001`.
    key: String,
    title: &'a str,
    due_on: Day,
    status: Status,
    /// The way to its page.
    link: String,
    /// What it belongs to.
    of: &'a str,
}

/// Makes the calendar behind its mark, and ends it.
pub(super) fn calendar(here: &Here<'_>) -> String {
    let mut out = String::new();
    let name = escaped(&here.roadmap.title);
    for property in [
        "VERSION:2.0",
        "PRODID:-//Roadbook//Roadbook//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        &format!("NAME:{name}"),
        &format!("X-WR-CALNAME:{name}"),
    ] {
        fold(property, &mut out);
    }
    events(here).for_each(|event| write(here, &event, &mut out));
    fold("END:VCALENDAR", &mut out);
    out
}

/// Milestones, then issues, each in the order of the source.
fn events<'a>(here: &Here<'a>) -> impl Iterator<Item = Event<'a>> {
    let (roadmap, facts) = (here.roadmap, here.facts);
    let milestones = roadmap.milestones().filter_map(move |(ix, milestone)| {
        Some(Event {
            key: format!("m-{}", milestone.id.key()),
            title: &milestone.title,
            due_on: milestone.known_due_on()?,
            status: facts.milestone(ix).status,
            link: here.milestone(ix),
            of: &roadmap.title,
        })
    });
    let issues = roadmap.issues().filter_map(move |(ix, issue)| {
        Some(Event {
            key: format!("i-{}", issue.id.key()),
            title: &issue.title,
            due_on: issue.due_on?,
            status: facts.issue(ix).status,
            link: here.issue(ix),
            of: match issue.milestone.get() {
                Some(milestone) => &roadmap.milestones[milestone.0].title,
                None => &roadmap.title,
            },
        })
    });
    milestones.chain(issues)
}

fn write(here: &Here<'_>, event: &Event<'_>, out: &mut String) {
    let url = here.url();
    let owner = here.roadmap.repository.as_deref().unwrap_or("roadbook");
    let mut properties = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@{}", event.key, escaped(owner)),
        format!("DTSTAMP:{}T000000Z", digits(here.facts.as_of.unwrap_or(event.due_on))),
        format!("DTSTART;VALUE=DATE:{}", digits(event.due_on)),
        format!("SUMMARY:{}", escaped(event.title)),
        format!("DESCRIPTION:{}", escaped(&format!("Due, {}. {}", event.status.words(), event.of))),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    if !url.is_empty() {
        properties.push(format!("URL:{}", line(&[url, event.link.clone()].concat())));
    }
    properties.push("END:VEVENT".to_owned());
    properties.iter().for_each(|property| fold(property, out));
}

fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A text as a value.
fn escaped(text: &str) -> String {
    line(text).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// Writes a property on lines that are short enough, cut between characters.
fn fold(property: &str, out: &mut String) {
    if property.len() <= MOST {
        out.extend([property, "\r\n"]);
        return;
    }
    let mut room = MOST;
    for c in property.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = MOST - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_between_characters_and_read_back_whole() {
        for text in ["SUMMARY:é".repeat(40), "x".repeat(75), "x".repeat(76), "日".repeat(100), String::new()]
        {
            let mut out = String::new();
            fold(&text, &mut out);
            assert!(out.split("\r\n").all(|line| line.len() <= MOST), "{out}");
            assert_eq!(out.replace("\r\n ", ""), format!("{text}\r\n"));
        }
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\r\nBEGIN:VEVENT \u{7}"), "a\\;b\\,c\\\\d e BEGIN:VEVENT U+0007");
    }
}
