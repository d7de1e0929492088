//! What a reader sees of a Markdown text, in a form that two readings of it can be compared by.
//!
//! Both parsers build a [`Shape`]. Two texts with equal shapes read the same: the same blocks, the same words, the same
//! links. How they are spelt (escapes, fences, the width of a table) leaves no trace in it.

use super::raw_html::{self, Kind};

/// What a run of parts stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A heading, by its level.
    Heading(u8),
    /// Another block, by a word for it: `p`, `quote`, `cell` …
    Block(String),
    /// Something within a line, by a word for it and where it leads: `em`, `link x.md` …
    Inline(String),
    /// The definition of a footnote, by its name.
    Note(String),
    /// A mark in the text that leads to a footnote, by its name.
    NoteReference(String),
}

impl Mark {
    /// A `link` or an `image`. A space in an address is the same written as `%20`, and must be when brackets go.
    pub(super) fn to(word: &str, dest: &str, title: &str) -> Self {
        Self::Inline(format!("{word} {} {title}", dest.replace(' ', "%20")))
    }

    /// Whether the mark begins a line of its own.
    pub(super) fn is_block(&self) -> bool {
        !matches!(self, Self::Inline(_) | Self::NoteReference(_))
    }
}

/// One step of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Something begins.
    Open(Mark),
    /// The last thing that began ends.
    Close,
    /// Words, white space folded.
    Text(String),
    /// What is shown, or kept, exactly as it is written: a code span, a code block, raw HTML.
    Verbatim(&'static str, String),
}

/// A Markdown text as its reader sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shape {
    parts: Vec<Part>,
}

impl Shape {
    /// Begins something; all that follows stands in it until [`Shape::close`].
    pub(super) fn open(&mut self, mark: Mark) {
        if mark.is_block() {
            self.trim();
        }
        self.parts.push(Part::Open(mark));
    }

    /// Ends what began last.
    pub(super) fn close(&mut self) {
        self.trim();
        self.parts.push(Part::Close);
    }

    /// Ends a line that breaks for its reader.
    pub(super) fn line_break(&mut self) {
        self.trim();
        self.verbatim("break", "");
    }

    /// Whether the last words are the marker of an alert, at the start of a quote: what ends its line says nothing.
    pub(super) fn ends_in_marker(&self) -> bool {
        let [.., Part::Open(Mark::Block(quote)), Part::Open(Mark::Block(paragraph)), Part::Text(words)] =
            self.parts.as_slice()
        else {
            return false;
        };
        let kinds = ["note", "tip", "important", "warning", "caution"];
        let kind = words.trim_end().strip_prefix("[!").and_then(|words| words.strip_suffix(']'));
        quote.starts_with("quote")
            && paragraph == "p"
            && kind.is_some_and(|kind| kinds.iter().any(|known| known.eq_ignore_ascii_case(kind)))
    }

    /// Makes words of a link that ends here, where they are its address: GitHub makes a link of the bare address too.
    pub(super) fn unlink_address(&mut self) {
        let [.., Part::Open(link), Part::Text(words), Part::Close] = self.parts.as_slice() else { return };
        if *link == Mark::to("link", words, "") {
            let words = words.clone();
            self.parts.truncate(self.parts.len() - 3);
            self.text(&words);
        }
    }

    /// Adds words. White space folds, as rendering does it; at the edges of a block and of a line it goes.
    pub(super) fn text(&mut self, text: &str) {
        let at_start = matches!(self.parts.last(), None | Some(Part::Open(_) | Part::Verbatim("break", _)));
        if !matches!(self.parts.last(), Some(Part::Text(_))) {
            self.parts.push(Part::Text(String::new()));
        }
        if let Some(Part::Text(words)) = self.parts.last_mut() {
            for char in text.chars() {
                let space = char.is_ascii_whitespace();
                if !space {
                    words.push(char);
                } else if !(words.ends_with(' ') || at_start && words.is_empty()) {
                    words.push(' ');
                }
            }
            if words.is_empty() {
                self.parts.pop();
            }
        }
    }

    /// Adds what stands exactly as it is written.
    pub(super) fn verbatim(&mut self, kind: &'static str, text: &str) {
        self.parts.push(Part::Verbatim(kind, text.to_owned()));
    }

    /// Adds a code block. The line end behind its last line is no part of it: a block that is never closed has none.
    pub(super) fn code_block(&mut self, info: &str, text: &str) {
        self.verbatim("info", info);
        self.verbatim("code block", text.trim_end_matches('\n'));
    }

    /// Adds raw HTML. What shows nothing, comments and bare `<span>`, leaves no trace.
    pub(super) fn html(&mut self, html: &str) {
        let mut rest = String::new();
        let mut from = 0;
        for piece in raw_html::pieces(html) {
            let silent = match piece.kind {
                Kind::Comment(_) | Kind::Bogus => true,
                Kind::Open { name, attributes } => is_span(name) && attributes.is_empty(),
                Kind::Close(name) => is_span(name),
                Kind::Strange => false,
            };
            if silent {
                rest.push_str(&html[from..piece.range.start]);
                from = piece.range.end;
            }
        }
        rest.push_str(&html[from..]);
        let rest = rest.trim();
        if !rest.is_empty() {
            self.verbatim("html", rest);
        }
    }

    /// Adds parts of another reading.
    pub(super) fn extend(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Text(text) => self.text(text),
                part => self.parts.push(part.clone()),
            }
        }
    }

    /// Adds a block that holds these parts.
    pub(super) fn block(&mut self, mark: Mark, parts: &[Part]) {
        self.open(mark);
        self.extend(parts);
        self.close();
    }

    /// The parts in order.
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The same, each mark replaced by what `change` makes of it.
    pub(super) fn map(mut self, change: impl Fn(Mark) -> Mark) -> Self {
        for part in &mut self.parts {
            if let Part::Open(mark) = part {
                *mark = change(mark.clone());
            }
        }
        self
    }

    /// Drops the space at the end of a block or of what stands in a line.
    fn trim(&mut self) {
        if let Some(Part::Text(words)) = self.parts.last_mut() {
            words.truncate(words.trim_end_matches(' ').len());
            if words.is_empty() {
                self.parts.pop();
            }
        }
    }
}

fn is_span(name: &str) -> bool {
    name.eq_ignore_ascii_case("span")
}
