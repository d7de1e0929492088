//! What a body's HTML is written on: every tag goes through here, so that all that is opened is closed, and stands only
//! where HTML allows it.
//!
//! *Ours* are the elements that Markdown makes: they come in order and are always written. *Theirs* are those that people
//! write as raw HTML: they may come in any order, and are closed, moved apart or left out as the standard's content
//! models want it. None of theirs reaches further than what of ours it stands in.

mod content;
mod theirs;

use super::{
    BodyOptions,
    characters::is_attribute,
    element::{CODE, Kind},
    mark::Mark,
};
use std::collections::BTreeSet;

/// More elements than these stand in one another only as their content: browsers do no better.
const DEEPEST: usize = 200;

/// A longer anchor is none, in bytes: a heading of a sentence or two comes to less.
const LONGEST_ID: usize = 1_000;

/// What the box around a table of theirs is called: it closes with the table.
pub(super) const TABLE_BOX: &str = "table box";

/// An element that is open.
#[derive(Debug)]
struct Open {
    mark: Mark,
    /// Where its tag stands in the HTML, and where that ends.
    tag: (usize, usize),
    /// How much could be seen when it was opened.
    ink: usize,
    /// The headings above it.
    levels: u8,
    /// Whether it has got what it must hold: a summary, a cell.
    filled: bool,
    /// Whether it is a link or stands in one.
    in_link: bool,
    /// Whether it is code or stands in some: its words are no prose.
    in_code: bool,
}

/// The HTML of one body, as it grows.
pub(in crate::markdown) struct Sheet<'a> {
    pub(super) options: &'a BodyOptions<'a>,
    html: String,
    open: Vec<Open>,
    /// How many of ours are open that were too deep to be written.
    too_deep: usize,
    /// How much can be seen: runs of words, pictures, boxes.
    ink: usize,
    elements: usize,
    tables: usize,
    /// Words of code that have an element of their own.
    tokens: usize,
    /// Whether people's own HTML has been put on it: until then none of theirs is open.
    raw_html: bool,
    /// The levels of the headings that this place stands below, as they were written: a bit for each.
    levels: u8,
    /// The ids that have been given, without their prefix.
    anchors: BTreeSet<String>,
    /// Those that links lead to, and those of which that is known already.
    pub(super) wanted: BTreeSet<String>,
    pub(super) known: Option<BTreeSet<String>>,
}

impl<'a> Sheet<'a> {
    /// One with room for the HTML of so many bytes of Markdown, as most bodies have it.
    pub(super) fn new(options: &'a BodyOptions<'a>, gfm: usize, known: Option<BTreeSet<String>>) -> Self {
        Self {
            options,
            html: String::with_capacity(gfm + gfm / 2),
            open: Vec::new(),
            too_deep: 0,
            ink: 0,
            elements: 0,
            tables: 0,
            tokens: 0,
            raw_html: false,
            levels: 0,
            anchors: BTreeSet::new(),
            wanted: BTreeSet::new(),
            known,
        }
    }

    /// Whether a line of the source ends one on the page.
    pub(in crate::markdown) fn breaks_lines(&self) -> bool {
        self.options.line_breaks
    }

    /// Opens an element of ours; [`Sheet::end`] closes it. A block first closes those of theirs that cannot hold it.
    pub(in crate::markdown) fn begin(&mut self, mark: Mark) {
        if self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        let block = !matches!(mark.kind, Kind::Words | Kind::Through | Kind::Silent);
        let in_summary = self.raw_html
            && mark.kind == Kind::Lines
            && self.theirs(|open| open.mark.kind == Kind::Summary).is_some();
        if in_summary || mark.level.is_some() && self.is_in("th") {
            return self.push(Mark::silent());
        }
        if mark.is_link() && self.is_in_link() {
            match self.theirs(|open| open.mark.is_link()) {
                Some(at) => self.close_to(at),
                None => return self.push(Mark::silent()),
            }
        }
        while block && self.open.last().is_some_and(|open| open.mark.is_theirs()) && !self.holds_blocks() {
            self.close();
        }
        self.make_room();
        if block {
            self.line();
        }
        self.push(mark);
    }

    /// Closes the last element of ours, and those of theirs in it.
    pub(in crate::markdown) fn end(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.close_theirs();
        self.close();
    }

    /// Closes all that is open.
    pub(super) fn finish(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// Closes what people have left open since the last element of ours began.
    pub(in crate::markdown) fn close_theirs(&mut self) {
        while self.open.last().is_some_and(|open| open.mark.is_theirs()) {
            self.close();
        }
    }

    fn put_summary(&mut self) {
        self.html.push_str("<summary>Details</summary>");
        if let Some(open) = self.open.iter_mut().rfind(|open| open.mark.kind == Kind::Details) {
            open.filled = true;
        }
    }

    /// Whether a block may stand here.
    fn holds_blocks(&self) -> bool {
        let holder = self.open.iter().rfind(|open| !matches!(open.mark.kind, Kind::Silent | Kind::Through));
        match holder.map(|open| open.mark.kind) {
            Some(Kind::Lines | Kind::Words | Kind::Summary | Kind::Caption) => false,
            None | Some(_) => true,
        }
    }

    fn push(&mut self, mut mark: Mark) {
        let parent = self.open.iter_mut().rfind(|open| open.mark.kind != Kind::Silent);
        if let Some(parent) = parent.filter(|_| !matches!(mark.kind, Kind::Silent | Kind::Caption)) {
            parent.filled = true;
        }
        let (start, levels) = (self.html.len(), self.levels);
        if mark.kind != Kind::Silent {
            self.elements += 1;
            if let Some(level) = mark.level {
                mark.name = self.heading(level);
            }
            mark.anchor = mark.anchor.filter(|anchor| self.is_new_anchor(anchor));
            self.html.extend(["<", mark.name, &mark.attributes]);
            if let Some(anchor) = &mark.anchor {
                self.html.extend([" id=\"", self.options.id_prefix, anchor, "\""]);
            }
            self.html.push('>');
        }
        let in_link = mark.is_link() || self.is_in_link();
        let in_code = CODE.contains(&mark.name) || self.is_in_code();
        let tag = (start, self.html.len());
        self.open.push(Open { mark, tag, ink: self.ink, levels, filled: false, in_link, in_code });
    }

    /// Closes all down to the element at this place, which goes too.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.close();
        }
    }

    /// Closes the innermost element. A heading, link or summary that shows nothing is no use to anyone: its tags go.
    fn close(&mut self) {
        match self.last_open().map(|(kind, filled, theirs)| (kind, filled || !theirs)) {
            Some((Kind::Details, false)) => self.put_summary(),
            Some((Kind::Row, false)) => self.html.push_str("<td></td>"),
            _ => {}
        }
        let Some(Open { mark, tag: (start, end), ink, levels, .. }) = self.open.pop() else { return };
        let empty = ink == self.ink;
        let name = mark.name;
        if mark.kind == Kind::Silent {
            return;
        }
        let bare = self.html.len() == end && name == "p";
        if bare || empty && (mark.is_link() || mark.level.is_some()) {
            self.html.replace_range(start..end, "");
            self.levels = if mark.level.is_some() { levels } else { self.levels };
            if let Some(anchor) = mark.anchor {
                self.anchors.remove(&anchor);
            }
            return;
        }
        if empty && name == "th" {
            self.html.replace_range(start..start + 3, "<td");
            self.html.push_str("</td>");
        } else {
            if empty && mark.kind == Kind::Summary {
                self.html.push_str("Details");
            }
            self.html.extend(["</", name, ">"]);
        }
        if !matches!(mark.kind, Kind::Words | Kind::Through) {
            self.html.push('\n');
        }
        if mark.kind == Kind::Table && self.open.last().is_some_and(|open| open.mark.written == TABLE_BOX) {
            self.close();
        }
    }

    fn last_open(&self) -> Option<(Kind, bool, bool)> {
        self.open.last().map(|open| (open.mark.kind, open.filled, open.mark.is_theirs()))
    }

    /// The innermost element that is written.
    fn last(&self) -> Option<&Open> {
        self.open.iter().rfind(|open| open.mark.kind != Kind::Silent)
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.mark.name == name)
    }

    /// Whether a link is open.
    pub(in crate::markdown) fn is_in_link(&self) -> bool {
        self.open.last().is_some_and(|open| open.in_link)
    }

    fn is_in_code(&self) -> bool {
        self.open.last().is_some_and(|open| open.in_code)
    }

    /// Begins a new line of the source, unless white space counts here.
    fn line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') && !self.is_in("pre") {
            self.html.push('\n');
        }
    }
}

/// What a body has only one of: ids, the order of its headings, the count of its tables.
impl Sheet<'_> {
    /// The name of a heading: below the page's own, and never two levels below the heading above it.
    fn heading(&mut self, level: u8) -> &'static str {
        let bit = 1 << level.min(7);
        self.levels = self.levels & (bit - 1) | bit;
        let depth = u32::from(self.options.headings_below) + self.levels.count_ones();
        ["h1", "h2", "h3", "h4", "h5", "h6"][depth.clamp(1, 6) as usize - 1]
    }

    /// Takes down an anchor, if it is a name and no other has it.
    fn is_new_anchor(&mut self, anchor: &str) -> bool {
        let name = |c: char| c.is_alphanumeric() || "-_.:".contains(c) || !c.is_ascii() && !c.is_whitespace();
        let short = (1..=LONGEST_ID).contains(&anchor.len());
        let plain = short && anchor.chars().all(name) && is_attribute(anchor);
        plain && self.anchors.insert(anchor.to_owned())
    }

    /// Says that people's own HTML has been put on it.
    pub(super) fn mark_raw(&mut self) {
        self.raw_html = true;
    }

    pub(super) fn has_raw_html(&self) -> bool {
        self.raw_html
    }

    pub(super) fn elements(&self) -> usize {
        self.elements
    }

    /// Whether all anchors are there that links lead to.
    pub(super) fn has_all_anchors(&self) -> bool {
        self.wanted.is_subset(&self.anchors)
    }

    pub(super) fn into_anchors(self) -> BTreeSet<String> {
        self.anchors
    }

    /// The HTML without white space around it.
    pub(super) fn into_html(self) -> String {
        let mut html = self.html;
        html.truncate(html.trim_end().len());
        html.drain(..html.len() - html.trim_start().len());
        html
    }
}
