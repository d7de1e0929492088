//! People's raw HTML, tag by tag: what may stay is written anew, without what could style, script or name the page.

use super::{
    characters,
    element::{self, DROPPED, EMBEDDING, Kind},
    link::Picture,
    mark::Mark,
    sheet::{Sheet, TABLE_BOX},
};
use crate::markdown::raw_html::{self, Kind as Piece};
use std::borrow::Cow;

/// Adds raw HTML: a block of it, or one tag.
pub(in crate::markdown) fn push_raw(sheet: &mut Sheet<'_>, html: &str) {
    read(html, |part| match part {
        Part::Text(text) => sheet.words(&characters::decoded(text)),
        Part::Refused(html) => sheet.verbatim(html),
        Part::Open(name, attributes) => {
            sheet.mark_raw();
            open(sheet, &name, &Attributes(raw_html::attributes(attributes)));
        }
        Part::Close(name) => sheet.end_theirs(&name),
    });
}

/// The element whose content is no text for people, if this one tag opens it; and whether this one closes it.
pub(in crate::markdown) fn hides(tag: &str) -> Option<(&'static str, bool)> {
    let piece = raw_html::next_piece(tag, 0)?;
    let (name, opens) = match piece.kind {
        Piece::Open { name, .. } => (name, true),
        Piece::Close(name) => (name, false),
        Piece::Comment(_) | Piece::Bogus | Piece::Strange => return None,
    };
    DROPPED.into_iter().find(|dropped| dropped.eq_ignore_ascii_case(name)).map(|name| (name, opens))
}

/// What raw HTML is made of; names in small letters.
enum Part<'a> {
    Text(&'a str),
    Open(String, &'a str),
    Close(String),
    /// What is no tag, and is shown as it is written.
    Refused(&'a str),
}

/// Hands over the parts of raw HTML, comments and scripts left out.
fn read<'a>(html: &'a str, mut take: impl FnMut(Part<'a>)) {
    let mut from = 0;
    let mut endless = [false; DROPPED.len()];
    while let Some(piece) = raw_html::next_piece(html, from) {
        if from < piece.range.start {
            take(Part::Text(&html[from..piece.range.start]));
        }
        from = piece.range.end;
        match piece.kind {
            Piece::Comment(_) | Piece::Bogus => {}
            Piece::Strange => take(Part::Refused(&html[piece.range])),
            Piece::Close(name) => take(Part::Close(name.to_ascii_lowercase())),
            Piece::Open { name, attributes } => {
                match DROPPED.iter().position(|it| it.eq_ignore_ascii_case(name)) {
                    None => take(Part::Open(name.to_ascii_lowercase(), attributes)),
                    Some(which) => {
                        let end = if endless[which] { None } else { end_of(html, from, DROPPED[which]) };
                        endless[which] = end.is_none();
                        match end {
                            Some(end) => from = end,
                            None => take(Part::Refused(&html[piece.range])),
                        }
                    }
                }
            }
        }
    }
    if from < html.len() {
        take(Part::Text(&html[from..]));
    }
}

/// Where the end tag of an element ends whose content is no HTML.
fn end_of(html: &str, from: usize, name: &str) -> Option<usize> {
    let rest = &html.as_bytes()[from..];
    let at = rest
        .windows(name.len() + 2)
        .position(|window| window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name.as_bytes()))?;
    let end = rest[at..].iter().position(|&byte| byte == b'>')?;
    Some(from + at + end + 1)
}

/// The attributes of a tag, as written.
struct Attributes<'a>(Vec<(&'a str, Option<&'a str>)>);

impl<'a> Attributes<'a> {
    /// The first value of an attribute, entities resolved; empty for one without a value.
    fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, value) = self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(characters::decoded(value.unwrap_or_default()))
    }

    /// A whole number within bounds.
    fn number(&self, name: &str, most: u32) -> Option<String> {
        let value = self.get(name)?;
        let number: u32 = value.trim().trim_end_matches("px").parse().ok()?;
        (1..=most).contains(&number).then(|| number.to_string())
    }

    /// The class that stands for an obsolete `align`.
    fn align(&self) -> Option<&'static str> {
        let value = self.get("align")?.to_ascii_lowercase();
        let classes = [
            ("left", "align-left"),
            ("right", "align-right"),
            ("center", "align-center"),
            ("middle", "align-center"),
        ];
        classes.into_iter().find(|(name, _)| *name == value).map(|(_, class)| class)
    }
}

fn open(sheet: &mut Sheet<'_>, name: &str, attributes: &Attributes<'_>) {
    match name {
        "br" | "wbr" => {
            let name = if name == "br" { "br" } else { "wbr" };
            sheet.void(&Mark::new(name, Kind::Words), false);
        }
        "hr" => sheet.rule(),
        "img" => image(sheet, attributes),
        _ if EMBEDDING.contains(&name) => embedded(sheet, attributes),
        _ => {
            if let Some(element) = element::element(name) {
                begin(sheet, element, attributes);
            }
        }
    }
}

fn begin(sheet: &mut Sheet<'_>, element: &'static element::Element, attributes: &Attributes<'_>) {
    let mut mark = match (element.name, element.kind) {
        ("a", _) => match attributes.get("href") {
            Some(href) => sheet.link(&href, None),
            None => Mark::new("span", Kind::Words),
        },
        ("pre", _) => sheet.code_box(),
        (name, Kind::Lines) if name != "p" => Mark::heading(name.as_bytes()[1] - b'0'),
        (name, kind) => Mark::new(name, kind),
    };
    if element.kind == Kind::Table {
        let around = sheet.table_box("");
        sheet.begin_theirs(around.written(TABLE_BOX));
    }
    let class = if element.written == "center" { Some("align-center") } else { attributes.align() };
    let aligned = matches!(element.name, "p" | "div" | "td" | "th" | "caption") || mark.level.is_some();
    mark = mark.with_some("class", class.filter(|_| aligned));
    for (name, value) in more(element, attributes) {
        mark = mark.with(name, &value);
    }
    let named = attributes.get("id").or_else(|| attributes.get("name").filter(|_| element.written == "a"));
    let anchor = named.filter(|id| !id.contains(':')).map(Cow::into_owned);
    sheet.begin_theirs(mark.anchored(anchor).written(element.written));
}

/// The attributes that an element keeps besides.
fn more(element: &element::Element, attributes: &Attributes<'_>) -> Vec<(&'static str, String)> {
    let mut more = Vec::new();
    match element.name {
        "details" if attributes.get("open").is_some() => more.push(("open", String::new())),
        "ol" => more.extend(attributes.number("start", 999_999_999).map(|start| ("start", start))),
        "td" | "th" => {
            for name in ["colspan", "rowspan"] {
                more.extend(attributes.number(name, 100).map(|cells| (name, cells)));
            }
        }
        _ => {}
    }
    if let Some(title) = attributes.get("title").filter(|title| !title.trim().is_empty()) {
        let link_says_why = element.name == "a";
        more.extend((!link_says_why).then(|| ("title", title.into_owned())));
    }
    let dir = attributes.get("dir").map(|dir| dir.to_ascii_lowercase());
    more.extend(dir.filter(|dir| ["auto", "ltr", "rtl"].contains(&dir.as_str())).map(|dir| ("dir", dir)));
    more
}

fn image(sheet: &mut Sheet<'_>, attributes: &Attributes<'_>) {
    let (src, alt) = (attributes.get("src").unwrap_or_default(), attributes.get("alt").unwrap_or_default());
    let title = attributes.get("title").filter(|title| !title.trim().is_empty());
    let mut more = Vec::new();
    more.extend(attributes.align().map(|class| ("class", class.to_owned())));
    for name in ["width", "height"] {
        more.extend(attributes.number(name, 10_000).map(|pixels| (name, pixels)));
    }
    sheet.picture(&Picture { src: &src, alt: &alt, title: title.as_deref(), more });
}

/// A film, a sound, another page: a link to it.
fn embedded(sheet: &mut Sheet<'_>, attributes: &Attributes<'_>) {
    let Some(src) = attributes.get("src") else { return };
    if sheet.is_in_link() {
        return;
    }
    let mark = sheet.link(&src, None);
    if mark.is_link() {
        sheet.begin(mark);
        sheet.verbatim(&super::address::file_name(&src).unwrap_or_else(|| "file".to_owned()));
        sheet.end();
    }
}
