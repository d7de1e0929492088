//! Findings for people, as rustc shows its own: what is wrong, the line with a caret under the value, what to do.
//!
//! This is the one module that knows `annotate-snippets`.

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map},
    sync::Arc,
};

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet,
    renderer::{DEFAULT_ERROR_STYLE, DEFAULT_WARNING_STYLE},
};

use self::entries::apart;
pub(super) use self::entries::{Entry, joined};
use super::{
    At, Code, Diagnostic, Finding, Located, Place, Severity, Span, Texts, counted,
    excerpt::Line,
    neutral::{neutral, one_line},
    omitted,
    styled::restyled,
};

mod entries;

/// How many findings of one code are shown where nobody asked for all.
pub(crate) const MOST_OF_A_CODE: usize = 20;

/// How many related places of one finding are shown.
const MOST_RELATED: usize = 5;

/// How many lines may lie between a finding and a related place that is shown in the same frame.
const NEAR: usize = 50;

/// How many characters of a message are shown.
const LONGEST: usize = 600;

/// Wide enough that only [`Line`] cuts.
const NEVER_CUT: usize = 1000;

/// The findings as frames, those of one kind in one text of an item as one, and a last line for each code that has more than `most` of them; `None` shows them all.
///
/// Ends with a line end; empty where nothing was found.
pub(crate) fn human(found: &Located, texts: &dyn Texts, colour: bool, most: Option<usize>) -> String {
    let mut printer = Printer::new(texts, colour);
    let mut told: BTreeMap<(Severity, Code), (usize, usize)> = BTreeMap::new();
    let mut last = None;
    let mut out = String::new();
    // What decides nothing is told apart.
    let entries = if most.is_some() { joined(&found.findings) } else { apart(&found.findings) };
    let (notes, others): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.finding.diagnostic.severity == Severity::Note);
    for entry in others.into_iter().chain(notes) {
        let Diagnostic { severity, code, .. } = &entry.finding.diagnostic;
        let (count, untold) = told.entry((*severity, *code)).or_default();
        *count += 1;
        if most.is_some_and(|most| *count > most) {
            *untold += 1 + entry.more;
            continue;
        }
        // Short ones of one kind stand together.
        if entry.is_short && last == Some(code) {
            out.pop();
        }
        last = Some(code);
        out.push_str(&printer.frame(&entry));
        out.push_str("\n\n");
    }
    for ((severity, code), (_, untold)) in told {
        let untold = untold + found.omitted.get(&(code, severity)).copied().unwrap_or_default();
        if untold > 0 {
            out.push_str(&printer.untold(severity, code, untold));
            out.push_str("\n\n");
        }
    }
    out.pop();
    // What is in the texts is spelled out: every escape sequence by now is a style of the renderer.
    if colour { restyled(&out) } else { out }
}

/// How many of the findings a machine can mend, as people are told; empty where it can mend none.
pub(crate) fn repairs_line(found: &Located) -> String {
    let repairs = found.findings.iter().filter_map(|finding| finding.diagnostic.repair.as_ref());
    let (certain, others): (Vec<_>, Vec<_>) = repairs.partition(|repair| repair.is_certain);
    let is_alone = found.findings.len() == 1;
    match (certain.len(), others.len()) {
        (0, 0) => String::new(),
        (0, _) if is_alone => "`roadbook check --fix=all` offers a fix for it\n".to_owned(),
        (_, 0) if is_alone => "`roadbook check --fix` fixes it\n".to_owned(),
        (0, others) => format!("`roadbook check --fix=all` offers a fix for {others} of them\n"),
        (certain, 0) => format!("`roadbook check --fix` fixes {certain} of them\n"),
        (certain, others) => {
            format!(
                "`roadbook check --fix` fixes {certain} of them, and `--fix=all` offers a fix for {others} more\n"
            )
        }
    }
}

/// How many errors and warnings there are, as `2 errors, 1 warning`.
pub(crate) fn summary_line(found: &Located) -> String {
    let count = |severity: Severity| {
        let of_it = found.count(severity);
        (of_it > 0).then(|| counted(of_it, severity.word()))
    };
    let counts: Vec<_> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(count).collect();
    if counts.is_empty() { "no findings".into() } else { counts.join(", ") }
}

struct Printer<'t> {
    texts: &'t dyn Texts,
    read: BTreeMap<Arc<str>, Option<Arc<str>>>,
    renderer: Renderer,
    colour: bool,
}

impl<'t> Printer<'t> {
    fn new(texts: &'t dyn Texts, colour: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { texts, read: BTreeMap::new(), renderer: renderer.term_width(NEVER_CUT), colour }
    }

    fn untold(&self, severity: Severity, code: Code, count: usize) -> String {
        let line = omitted(code, severity, count);
        match severity {
            _ if !self.colour => line,
            Severity::Error => format!("{DEFAULT_ERROR_STYLE}{line}{DEFAULT_ERROR_STYLE:#}"),
            Severity::Warning => format!("{DEFAULT_WARNING_STYLE}{line}{DEFAULT_WARNING_STYLE:#}"),
            Severity::Note => line,
        }
    }

    fn frame(&mut self, entry: &Entry<'_>) -> String {
        let Entry { finding, is_short, .. } = entry;
        let Diagnostic { code, severity, place, message, help, related, .. } = &finding.diagnostic;
        let text = if *is_short { None } else { self.text(place, finding.span.as_ref()) };
        let mut frame = Frame::new(place, finding.span.as_ref(), text);
        let mut apart = Vec::new();
        for ((place, why), span) in related.iter().zip(&finding.related).take(MOST_RELATED) {
            if !frame.take(place, span.as_ref(), why) {
                let frame = Frame::new(place, span.as_ref(), self.text(place, span.as_ref()));
                apart.push((frame, why));
            }
        }
        let mut heads = Vec::new();
        let title =
            Group::with_title(level(*severity).primary_title(short(one_line(message))).id(code.word()));
        let mut group = frame.draw(title, &mut heads);
        if let Some(lost) = lost(place, finding.span.as_ref()) {
            group = group.element(Level::NOTE.message(lost));
        }
        if related.len() > MOST_RELATED {
            let more = counted(related.len() - MOST_RELATED, "more place");
            group = group.element(Level::NOTE.message(format!("and {more}")));
        }
        if let Some(note) = entry.note() {
            group = group.element(Level::NOTE.message(one_line(&note).into_owned()));
        }
        if let Some(help) = help.as_ref().filter(|_| !is_short) {
            group = group.element(Level::HELP.message(short(neutral(help))));
        }
        let notes = apart.iter().map(|(frame, why)| {
            frame.draw(Group::with_title(Level::NOTE.secondary_title(short(one_line(why)))), &mut heads)
        });
        let groups: Vec<_> = [group].into_iter().chain(notes).collect();
        with_heads(&self.renderer.render(&groups), heads)
    }

    /// The text of a place that is shown, read once.
    fn text(&mut self, place: &Place, span: Option<&Span>) -> Option<Arc<str>> {
        span?;
        match self.read.entry(Arc::clone(&place.file)) {
            btree_map::Entry::Occupied(read) => read.get().clone(),
            btree_map::Entry::Vacant(unread) => unread.insert(self.texts.text(&place.file)).clone(),
        }
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// The text, cut where it quotes more than anybody reads.
fn short(text: Cow<'_, str>) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.into(),
    }
}

/// What is said of a JSON value whose text has gone.
fn lost(place: &Place, span: Option<&Span>) -> Option<String> {
    match &place.at {
        At::Json(path, _) if span.is_none() && !path.0.is_empty() => {
            Some(format!("at `{}`", one_line(&path.to_string())))
        }
        _ => None,
    }
}

/// What stands in for `file:line:column` until the frame is drawn: a noncharacter, which [`neutral`] lets nobody say.
///
/// `annotate-snippets` counts columns in the text that it is handed, and that is a cut line with escapes spelled out.
const HEAD: char = '\u{fdd0}';

/// The drawing with the true addresses, in the order of their frames.
fn with_heads(drawn: &str, heads: Vec<String>) -> String {
    let mut parts = drawn.split(HEAD);
    let mut out = String::from(parts.next().unwrap_or_default());
    for (part, head) in parts.zip(heads) {
        let stand_in = part.find(|c: char| c != ':' && !c.is_ascii_digit()).unwrap_or(part.len());
        out.push_str(&head);
        out.push_str(&part[stand_in..]);
    }
    out
}

/// One excerpt of one file: the finding itself or a related place, and what is near it.
struct Frame<'f> {
    place: &'f Place,
    span: Option<&'f Span>,
    text: Option<Arc<str>>,
    lines: BTreeMap<usize, Line>,
    marks: Vec<(usize, std::ops::Range<usize>, Option<&'f str>)>,
}

impl<'f> Frame<'f> {
    fn new(place: &'f Place, span: Option<&'f Span>, text: Option<Arc<str>>) -> Self {
        let mut frame = Self { place, span, text, lines: BTreeMap::new(), marks: Vec::new() };
        if let Some(span) = span {
            frame.mark(span, None);
        }
        frame
    }

    /// Shows a related place in this frame too, where it is near.
    fn take(&mut self, place: &Place, span: Option<&'f Span>, why: &'f str) -> bool {
        let (Some(here), Some(there)) = (self.span, span) else { return false };
        !self.marks.is_empty()
            && place.file == self.place.file
            && here.line.abs_diff(there.line) <= NEAR
            && self.mark(there, Some(why))
    }

    /// Underlines a stretch; false where its line is shown without it.
    fn mark(&mut self, span: &Span, why: Option<&'f str>) -> bool {
        let Some(text) = &self.text else { return false };
        let Some(line) = self.lines.get(&span.line).cloned().or_else(|| Line::around(text, span.range.start))
        else {
            return false;
        };
        let Some(place) = line.place_of(text, span) else { return false };
        self.lines.insert(span.line, line);
        self.marks.push((span.line, place, why));
        true
    }

    /// Adds the frame to a group, and its address to those that are put in later.
    fn draw<'g>(&'g self, group: Group<'g>, heads: &mut Vec<String>) -> Group<'g> {
        if self.place.file.is_empty() {
            return group;
        }
        let file = one_line(&self.place.file);
        heads.push(match self.span {
            Some(span) => format!("{file}:{}:{}", span.line, span.column),
            None => file.into(),
        });
        if self.marks.is_empty() {
            return group.element(Origin::path(HEAD.to_string()));
        }
        group.element(self.snippet())
    }

    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let lines = self.source_lines();
        let mut source = String::new();
        let mut starts = BTreeMap::new();
        let first = lines.keys().next().copied().unwrap_or(1);
        for number in first..=lines.keys().next_back().copied().unwrap_or(first) {
            starts.insert(number, source.len());
            source.push_str(lines.get(&number).map_or("", |line| &line.shown));
            source.push('\n');
        }
        let annotation = |(line, place, why): &(usize, std::ops::Range<usize>, Option<&'_ str>)| {
            let kind = if why.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
            let start = starts[line];
            kind.span(start + place.start..start + place.end).label(why.map(|why| short(one_line(why))))
        };
        let mut annotations: Vec<_> = self.marks.iter().map(annotation).collect();
        if let Some((number, _)) = self.behind_brace() {
            annotations.push(AnnotationKind::Visible.span(starts[&number]..starts[&number]));
        }
        Snippet::source(source).line_start(first).path(HEAD.to_string()).annotations(annotations)
    }

    /// The marked lines, and those that stand alone between two of them: a gap of one is no gap.
    fn source_lines(&self) -> BTreeMap<usize, Line> {
        let mut lines = self.lines.clone();
        for (number, line) in &self.lines {
            if self.lines.contains_key(&(number + 2)) && !self.lines.contains_key(&(number + 1)) {
                let between = self.text.as_deref().and_then(|text| line.next(text));
                lines.extend(between.map(|line| (number + 1, line)));
            }
        }
        lines.extend(self.behind_brace());
        lines
    }

    /// What follows a brace that stands alone: the brace itself says nothing of the object.
    fn behind_brace(&self) -> Option<(usize, Line)> {
        let number = self.span?.line;
        let line = self.lines.get(&number).filter(|line| line.shown.trim() == "{")?;
        let free = !self.lines.contains_key(&(number + 1));
        Some((number + 1, line.next(self.text.as_deref()?)?)).filter(|_| free)
    }
}

#[cfg(test)]
mod tests;
