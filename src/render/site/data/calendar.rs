//! `roadmap.ics`: the due dates of milestones and issues, for calendars (RFC 5545).
//!
//! Every due date is an event of a whole day that takes nobody's time; a month, a quarter or a year is one on its last day, and said
//! behind the title. What a calendar keeps an event by is the item's id,
//! so that a day that moves, moves there too; behind it stands where the calendar is published, since others have items of the
//! same id. Its stamp is the as-of day, or, where there is none, one day for all: never the clock's, and never an earlier one
//! for a day that moved, which a calendar would take for the older of the two. It names no method, for no organizer sends it.

use crate::words::{self, say};
use std::borrow::Cow;

use super::{PageContext, line};
use crate::{
    facts::Status,
    model::{Day, When, made_id},
    source::FOLDER,
};

/// How many bytes a line may have without its end.
const MOST: usize = 75;

/// The stamp of a roadmap that speaks for no day.
const UNDATED: &str = "19700101";

/// What has a due date.
struct Event<'a> {
    /// As `i-db-001`.
    key: String,
    title: &'a str,
    due_on: When,
    status: Status,
    /// How it stands, in a word.
    word: &'static str,
    /// The way to its page.
    link: String,
    /// What it belongs to.
    of: &'a str,
}

/// Makes the calendar behind its mark, and ends it.
pub(super) fn calendar(here: &PageContext<'_>) -> String {
    let mut out = String::new();
    let name = escaped(&here.roadmap.title);
    property(&["VERSION:2.0"], &mut out);
    property(&["PRODID:-//Roadbook//Roadbook//EN"], &mut out);
    property(&["CALSCALE:GREGORIAN"], &mut out);
    property(&["NAME:", &name], &mut out);
    property(&["X-WR-CALNAME:", &name], &mut out);
    let owner = owner(here);
    let calendar = Calendar {
        owner: &escaped(&owner),
        stamp: here.facts.as_of.map_or_else(|| UNDATED.to_owned(), digits),
        url: &here.url(),
    };
    events(here).for_each(|event| calendar.write(&event, &mut out));
    property(&["END:VCALENDAR"], &mut out);
    out
}

/// What all events share.
struct Calendar<'a> {
    owner: &'a str,
    stamp: String,
    url: &'a str,
}

/// Milestones, then issues, each in the order of the source.
fn events<'a>(here: &PageContext<'a>) -> impl Iterator<Item = Event<'a>> {
    let (roadmap, facts) = (here.roadmap, here.facts);
    let milestones = roadmap.milestones().filter_map(move |(ix, milestone)| {
        Some(Event {
            key: format!("m-{}", milestone.id.key()),
            title: &milestone.title,
            due_on: milestone.known_due_on()?,
            status: facts.milestone(ix).status,
            word: facts.word(facts.milestone(ix).status),
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
            word: facts.word(facts.issue(ix).status),
            link: here.issue(ix),
            of: match issue.milestone.get() {
                Some(milestone) => &roadmap.milestones[milestone.0].title,
                None => &roadmap.title,
            },
        })
    });
    milestones.chain(issues)
}

impl Calendar<'_> {
    fn write(&self, event: &Event<'_>, out: &mut String) {
        // What is due `later` has no day.
        let Some(last_day) = event.due_on.last() else { return };
        let due_on = digits(last_day);
        let span = if event.due_on.is_coarse() { format!(" ({})", event.due_on) } else { String::new() };
        property(&["BEGIN:VEVENT"], out);
        property(&["UID:", &event.key, "@", self.owner], out);
        property(&["DTSTAMP:", &self.stamp, "T000000Z"], out);
        property(&["DTSTART;VALUE=DATE:", &due_on], out);
        property(&["SUMMARY:", &escaped(event.title), &span], out);
        let of = escaped(event.of);
        let end = if of.is_empty() { "." } else { ". " };
        property(
            &["DESCRIPTION:", &escaped(&say!("Due")), "\\, ", &escaped(&words::of(event.word)), end, &of],
            out,
        );
        if event.status == Status::Dropped {
            property(&["STATUS:CANCELLED"], out);
        }
        property(&["TRANSP:TRANSPARENT"], out);
        if !self.url.is_empty() {
            property(&["URL:", &line(&[self.url, &event.link].concat())], out);
        }
        property(&["END:VEVENT"], out);
    }
}

/// What tells this calendar's items from those of every other: the address that the site is published at, else the
/// repository, what the roadmap is called there, and its folder where that is not the usual one.
fn owner(here: &PageContext<'_>) -> String {
    let url = here.url();
    match url.split_once("://") {
        Some((_, address)) => address.trim_end_matches('/').to_owned(),
        None => {
            let repository = here.roadmap.repository.as_deref().unwrap_or("roadbook");
            let title = made_id(&here.roadmap.title);
            // Of several roadmaps in one repository each has a folder of its own.
            match here.roadmap.base.as_str() {
                FOLDER => format!("{repository}/{title}"),
                folder => format!("{repository}/{title}/{}", made_id(folder)),
            }
        }
    }
}

fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A text as a value.
fn escaped(text: &str) -> Cow<'_, str> {
    let line = line(text);
    if !line.contains(['\\', ';', ',']) {
        return line;
    }
    Cow::Owned(line.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,"))
}

/// Writes a property, which is short enough for one line more often than not.
fn property(parts: &[&str], out: &mut String) {
    let start = out.len();
    out.extend(parts.iter().copied());
    if out.len() - start > MOST {
        let property = out.split_off(start);
        fold(&property, out);
    }
    out.push_str("\r\n");
}

/// Writes a property on lines that are short enough, cut between characters.
fn fold(property: &str, out: &mut String) {
    let mut room = MOST;
    for c in property.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = MOST - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_between_characters_and_read_back_whole() {
        for text in ["SUMMARY:é".repeat(40), "x".repeat(75), "x".repeat(76), "日".repeat(100), String::new()]
        {
            let mut out = String::new();
            property(&[&text], &mut out);
            assert!(out.split("\r\n").all(|line| line.len() <= MOST), "{out}");
            assert_eq!(out.replace("\r\n ", ""), format!("{text}\r\n"));
        }
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\r\nBEGIN:VEVENT \u{7}"), "a\\;b\\,c\\\\d e BEGIN:VEVENT U+0007");
    }
}
