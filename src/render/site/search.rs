//! The search: a field where scripts run, and the list of everything from A to Z where they do not.
//!
//! What the field searches is [`crate::render::search`]. The list is the whole of it without a script, in parts where long.

use serde::Serialize;

use super::{
    Here, Part,
    frame::Frame,
    milestone::{PartView, parts},
    rows::{ItemView, issue_item, milestone_item},
    write,
};
use crate::{
    render::search::{Item, is_dense, words},
    report::{Diagnostic, counted},
};

/// What `site/search.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    /// Whether this is the page that searches.
    is_first: bool,
    /// As `22 issues and 6 milestones`.
    count: String,
    letters: Vec<Letter<'a>>,
}

/// The items whose titles begin with a letter.
#[derive(Debug, Serialize)]
struct Letter<'a> {
    name: String,
    anchor: String,
    items: Vec<ItemView<'a>>,
}

/// Makes the page, or a part of the list.
pub(super) fn search(here: &Here<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let items = &here.renderer.search().alphabet()[part.issues.clone()];
    let (issues, milestones) = (here.roadmap.issues.len(), here.roadmap.milestones.len());
    let description = format!("Search in {}, or find everything from A to Z.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, "Search".into(), description)?,
        part: part.words(),
        parts: parts(part, |number| here.to(&super::places::search(number))),
        is_first: part.number == 0,
        count: format!("{} and {}", counted(issues, "issue"), counted(milestones, "milestone")),
        letters: letters(here, items),
    };
    write(here, "site/search.html", &view, out)
}

/// The items under the letters that their titles begin with. They come in that order.
fn letters<'a>(here: &Here<'a>, items: &[Item]) -> Vec<Letter<'a>> {
    let mut letters = Vec::<Letter<'a>>::new();
    for item in items {
        let (title, view) = match *item {
            Item::Issue(ix) => (here.roadmap.issues[ix.0].short_title(), issue_item(here, ix)),
            Item::Milestone(ix) => (here.roadmap.milestones[ix.0].title.as_str(), milestone_item(here, ix)),
        };
        let name = letter(title);
        match letters.last_mut().filter(|letter| letter.name == name) {
            Some(letter) => letter.items.push(view),
            None => letters.push(Letter {
                anchor: format!("letter-{}", letters.len() + 1),
                name,
                items: vec![view],
            }),
        }
    }
    letters
}

/// The letter that a title stands under; scripts of thousands of characters share one heading, and so do digits.
fn letter(title: &str) -> String {
    let mut first = None;
    words(title, |word| first = first.or(word.chars().next()));
    match first {
        Some(c) if c.is_numeric() => "0–9".into(),
        Some(c) if is_dense(c) => "文".into(),
        Some(c) => c.to_uppercase().collect(),
        None => "Other".into(),
    }
}
