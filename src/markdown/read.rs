//! What comes in: headings, links, comments, words and task boxes of a Markdown file, by byte range.
//!
//! The only importer of pulldown-cmark. It reads CommonMark with GitHub's tables, task lists, strikethrough, footnotes
//! and alerts; links that GitHub makes out of bare addresses (`www.x.org`) are not among its links.

mod anchored;
pub(crate) mod blocks;
mod front_matter;
mod marks;
mod references;
mod words;

use super::{
    raw_html::{self, Kind},
    shape::Shape,
};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};
use std::ops::Range;

pub(crate) use anchored::{Title, anchored};
pub(crate) use front_matter::without_front_matter;
use marks::{mark, put};
pub(super) use references::{Reference, References, references};

/// A heading, whichever way it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 to 6.
    pub(crate) level: u8,
    /// Its words, as a reader sees them; see [`anchored`] for those of its anchor.
    pub(crate) text: String,
    /// Its bytes, marks included.
    pub(crate) range: Range<usize>,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it leads, escapes resolved; a mail address begins with `mailto:`.
    pub(crate) dest: String,
    /// Its bytes, from the first bracket to the last.
    pub(crate) range: Range<usize>,
    /// Whether it is an image.
    pub(crate) image: bool,
}

/// An HTML comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    /// What stands inside `<!--` and `-->`, trimmed.
    pub(crate) text: String,
    /// The bytes of the whole comment.
    pub(crate) range: Range<usize>,
}

/// An item of a task list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Task {
    /// Whether its box is ticked.
    pub(crate) done: bool,
    /// The words behind the box, up to the end of the paragraph.
    pub(crate) text: String,
    /// The three bytes of the box, `[ ]` or `[x]`.
    pub(crate) range: Range<usize>,
}

/// What a Markdown file holds, each list in the order of the file. Ranges are bytes of the text that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// Headings at any depth.
    pub(crate) headings: Vec<Heading>,
    /// Links and images that are written as Markdown.
    pub(crate) links: Vec<Link>,
    /// Links and images that are written as HTML, with the bytes of their tags.
    pub(crate) html_links: Vec<Link>,
    /// HTML comments that end.
    pub(crate) comments: Vec<Comment>,
    /// Visible words outside code, HTML and link destinations; what touches is one range.
    pub(crate) prose: Vec<Range<usize>>,
    /// Words in blocks of raw HTML, between their tags, outside code.
    pub(crate) html_words: Vec<Range<usize>>,
    /// Code spans (no code blocks), as they are shown.
    pub(crate) code: Vec<(String, Range<usize>)>,
    /// Task boxes.
    pub(crate) tasks: Vec<Task>,
    /// The bytes of the cells of tables.
    pub(crate) cells: Vec<Range<usize>>,
}

/// Reads a Markdown file. Any text is Markdown: this cannot fail.
pub(crate) fn read(text: &str) -> Outline {
    read_with(text, |_, _| {})
}

/// The same, with its lines.
pub(crate) fn read_lines(text: &str) -> (Outline, Vec<blocks::Line>) {
    let mut gathering = blocks::Reading::of_lines(text);
    let outline = read_with(text, |event, range| gathering.take(event, range));
    (outline, gathering.into_lines())
}

fn read_with(text: &str, mut look: impl FnMut(&Event<'_>, &Range<usize>)) -> Outline {
    let mut reading = Reading {
        source: text,
        outline: Outline::default(),
        heading: None,
        task: None,
        in_code_block: false,
    };
    for (event, range) in events(text) {
        look(&event, &range);
        reading.take(event, range);
    }
    reading.outline
}

/// The words of a text as a reader sees them, code included, without markup, HTML and the addresses of links.
pub(crate) fn visible(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for (event, _) in events(text) {
        match event {
            // What touches is one word, in whatever letters it is set.
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
            | Event::InlineHtml(_) => {}
            _ => words.push(' '),
        }
    }
    words
}

/// What a text reads as here, to be compared with another reading by this same parser.
pub(super) fn shape(text: &str) -> Shape {
    shape_with(text, false)
}

/// The same; `line_breaks` says whether each line of a paragraph ends one for its reader.
pub(super) fn shape_with(text: &str, line_breaks: bool) -> Shape {
    let mut shape = Shape::default();
    let mut block: Option<Verbatim> = None;
    let mut marked = Vec::new();
    let mut in_heading = false;
    // Without alerts: which quote is one, GitHub says in its own way.
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        if let Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_)) = event {
            in_heading = !in_heading;
        }
        match (event, &mut block) {
            (Event::SoftBreak | Event::HardBreak, _) if shape.ends_in_marker() => shape.text(" "),
            (Event::TaskListMarker(done), _) if !has_task(text, &range) => {
                shape.text(if done { "[x]" } else { "[ ]" });
                if line_breaks { shape.line_break() } else { shape.text(" ") }
            }
            (Event::SoftBreak, _) if line_breaks && !in_heading => shape.line_break(),
            (Event::Text(text) | Event::Html(text), Some(block)) => block.text.push_str(&text),
            (Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock), _) => {
                if let Some(block) = block.take() {
                    block.put(&mut shape);
                }
            }
            (Event::Start(Tag::CodeBlock(kind)), _) => block = Some(Verbatim::code(kind)),
            (Event::Start(Tag::HtmlBlock), _) => block = Some(Verbatim { html: true, ..Verbatim::default() }),
            (Event::Start(tag), _) => {
                let mark = mark(tag);
                marked.push(mark.is_some());
                mark.into_iter().for_each(|mark| shape.open(mark));
            }
            (Event::End(tag), _) => {
                if marked.pop().unwrap_or_default() {
                    shape.close();
                }
                if tag == TagEnd::Link {
                    shape.unlink_address();
                }
            }
            (event, _) => put(&mut shape, event),
        }
    }
    shape
}

/// Whether something stands behind a box in its line: on GitHub it is text where nothing does, to this parser a box.
fn has_task(text: &str, marker: &Range<usize>) -> bool {
    let behind = text[marker.clone()].find(']').map_or(marker.end, |end| marker.start + end + 1);
    !text[behind..].is_empty() && !text[behind..].starts_with(['\n', '\r'])
}

/// Whether a text holds link reference definitions (`[name]: address`), which would reach the whole page.
pub(super) fn defines_links(text: &str) -> bool {
    events(text).reference_definitions().iter().next().is_some()
}

/// The first byte and the level of each heading of a text that ends in one, at its top; `None` where it does not, and
/// where it holds a footnote or a link reference definition.
pub(super) fn headings_of_simple(text: &str) -> Option<Vec<(usize, u8)>> {
    let mut events = events(text);
    let mut headings = Vec::new();
    let mut ends_in_one = false;
    for (event, range) in events.by_ref() {
        ends_in_one = matches!(event, Event::End(TagEnd::Heading(_)));
        match event {
            Event::Start(Tag::Heading { level, .. }) => headings.push((range.start, level as u8)),
            Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => return None,
            _ => {}
        }
    }
    let defines_links = events.reference_definitions().iter().next().is_some();
    (ends_in_one && !defines_links).then_some(headings)
}

/// The bytes of each code block, fenced or indented.
pub(crate) fn code_blocks(text: &str) -> Vec<Range<usize>> {
    let is_block = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_)));
    events(text).filter(|(event, _)| is_block(event)).map(|(_, range)| range).collect()
}

/// The first byte of each footnote and of each mark that leads to one.
pub(crate) fn footnotes(text: &str) -> Vec<usize> {
    let is_note = |event: &Event<'_>| {
        matches!(event, Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)))
    };
    events(text).filter(|(event, _)| is_note(event)).map(|(_, range)| range.start).collect()
}

/// The one place that configures the parser.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// What the parser finds, and alerts.
fn events(text: &str) -> OffsetIter<'_> {
    Parser::new_ext(text, OPTIONS | Options::ENABLE_GFM).into_offset_iter()
}

/// Whether the text of an element is code, or not for people at all.
fn is_verbatim(element: &str) -> bool {
    ["code", "pre", "kbd", "samp", "tt", "script", "style", "textarea"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(element))
}

struct Reading<'a> {
    source: &'a str,
    outline: Outline,
    heading: Option<Heading>,
    task: Option<Task>,
    in_code_block: bool,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if !self.in_code_block => {
                self.words(&text);
                self.prose(range);
            }
            Event::Code(code) => {
                self.words(&code);
                self.outline.code.push((code.into_string(), range));
            }
            Event::InlineHtml(_) => self.html(range),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::TaskListMarker(_) if !has_task(self.source, &range) => {}
            Event::TaskListMarker(done) => self.task = Some(Task { done, text: String::new(), range }),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(Heading { level: level as u8, text: String::new(), range });
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, range, false),
            Tag::Image { link_type, dest_url, .. } => self.link(link_type, &dest_url, range, true),
            Tag::HtmlBlock => {
                self.html_words(range.clone());
                self.html(range);
            }
            Tag::CodeBlock(_) => self.in_code_block = true,
            Tag::List(_) => self.end_task(),
            Tag::TableCell => self.outline.cells.push(range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.outline.headings.extend(self.heading.take()),
            TagEnd::CodeBlock => self.in_code_block = false,
            TagEnd::Paragraph | TagEnd::Item => self.end_task(),
            _ => {}
        }
    }

    fn end_task(&mut self) {
        if let Some(mut task) = self.task.take() {
            task.text = task.text.trim().to_owned();
            self.outline.tasks.push(task);
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(words);
        }
        if let Some(task) = &mut self.task {
            task.text.push_str(words);
        }
    }

    fn prose(&mut self, range: Range<usize>) {
        match self.outline.prose.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.outline.prose.push(range),
        }
    }

    fn link(&mut self, kind: LinkType, dest: &str, range: Range<usize>, image: bool) {
        let scheme = if kind == LinkType::Email { "mailto:" } else { "" };
        self.outline.links.push(Link { dest: format!("{scheme}{dest}"), range, image });
    }

    /// What a block of HTML shows as words; what stands in an element whose text is none of them is left out.
    fn html_words(&mut self, range: Range<usize>) {
        let (html, mut from, mut verbatim) = (&self.source[range.clone()], 0, None::<&str>);
        let pieces = raw_html::pieces(html);
        let ends = pieces.iter().map(|piece| Some(piece.kind)).chain([None]);
        let places =
            pieces.iter().map(|piece| piece.range.clone()).chain(std::iter::once(html.len()..html.len()));
        for (kind, place) in ends.zip(places) {
            if verbatim.is_none() && from < place.start {
                self.outline.html_words.push(range.start + from..range.start + place.start);
            }
            from = place.end;
            match (kind, verbatim) {
                (Some(Kind::Open { name, .. }), None) if is_verbatim(name) => verbatim = Some(name),
                (Some(Kind::Close(name)), Some(open)) if name.eq_ignore_ascii_case(open) => verbatim = None,
                _ => {}
            }
        }
    }

    fn html(&mut self, range: Range<usize>) {
        for piece in raw_html::pieces(&self.source[range.clone()]) {
            let place = range.start + piece.range.start..range.start + piece.range.end;
            match piece.kind {
                Kind::Comment(text) => {
                    self.outline.comments.push(Comment { text: text.trim().to_owned(), range: place });
                }
                Kind::Open { name, attributes } => {
                    let (key, image) =
                        if name.eq_ignore_ascii_case("img") { ("src", true) } else { ("href", false) };
                    let dests = raw_html::attribute_values(attributes, key).into_iter().map(str::to_owned);
                    let links = dests.map(|dest| Link { dest, range: place.clone(), image });
                    self.outline.html_links.extend(links);
                }
                Kind::Close(_) | Kind::Bogus | Kind::Strange => {}
            }
        }
    }
}

/// A block that is kept as it is written, gathered from its lines.
#[derive(Default)]
struct Verbatim {
    html: bool,
    info: String,
    text: String,
}

impl Verbatim {
    fn code(kind: CodeBlockKind<'_>) -> Self {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.into_string(),
            CodeBlockKind::Indented => String::new(),
        };
        Self { info, ..Self::default() }
    }

    fn put(self, shape: &mut Shape) {
        if self.html {
            shape.html(&self.text);
        } else {
            shape.code_block(&self.info, &self.text);
        }
    }
}
