//! The texts in templates: found by what stands around them, and replaced before a template is compiled.
//!
//! A text is what stands between two tags, of HTML or of the template, with the values in it: `{{ count }} without a milestone`
//! is the text `{count} without a milestone`. In Markdown, lines, cells and bold marks part texts as well.

use std::{borrow::Cow, ops::Range};

use super::{Piece, Words, pieces};

/// Attributes that people read or hear.
const READ: [&str; 4] = ["aria-label", "title", "placeholder", "alt"];

/// Elements whose text is no language.
const CODE: [&str; 5] = ["code", "script", "style", "pre", "generator"];

/// What a text is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// HTML, between tags or in an attribute.
    Html,
    /// Markdown.
    Markdown,
    /// A text in quotes that a component is called with.
    Argument,
}

/// A text in a template.
#[derive(Debug, PartialEq, Eq)]
struct Text {
    range: Range<usize>,
    key: String,
    /// The names of the values in it, each with the tag that writes it.
    values: Vec<(String, Range<usize>)>,
    form: Form,
}

/// The keys of all texts of templates, given by name and text.
pub(super) fn texts<'t>(templates: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<String> {
    let is_built = |name: &str| !matches!(name, "report/report.html") && !is_reference(name);
    templates
        .filter(|(name, _)| is_built(name))
        .flat_map(|(name, text)| found(name, text))
        .map(|it| it.key)
        .collect()
}

/// Whether a template shows what the program says of itself, which is English.
fn is_reference(name: &str) -> bool {
    let region = name.strip_prefix("markdown/regions/");
    region.is_some_and(|region| matches!(region, "commands.md" | "format.md" | "rules.md" | "views.md"))
}

/// A template with its texts replaced.
pub(crate) fn translated(name: &str, template: &str, words: &Words) -> String {
    let mut out = String::with_capacity(template.len());
    let mut at = 0;
    for text in found(name, template) {
        let Some(own) = words.one(&text.key) else { continue };
        out.push_str(&template[at..text.range.start]);
        for (place, piece) in pieces(own).enumerate() {
            match piece {
                Piece::Text(words) => {
                    let words = match text.form {
                        Form::Markdown => as_markdown(words, place == 0).into(),
                        Form::Html | Form::Argument => Cow::Borrowed(words),
                    };
                    words.chars().for_each(|c| escape(c, text.form, &mut out));
                }
                Piece::Value(name) => {
                    let value = text.values.iter().find(|(own, _)| own == name);
                    out.push_str(value.map_or("", |(_, range)| &template[range.clone()]));
                }
            }
        }
        at = text.range.end;
    }
    out + &template[at..]
}

/// A pattern as Markdown writes it: what would be more than text is escaped, its values stay.
pub(super) fn markdown(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    for piece in pieces(pattern) {
        match piece {
            Piece::Text(words) => out.push_str(&as_markdown(words, out.is_empty())),
            Piece::Value(name) => out.extend(["{", name, "}"]),
        }
    }
    out
}

/// A piece of text as Markdown writes it; the first of a pattern may begin a line.
fn as_markdown(words: &str, is_first: bool) -> String {
    let list = begins_list(words).filter(|_| is_first);
    let mut out = String::with_capacity(words.len() + 8);
    let mut letters = words.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let is_markup = match c {
            '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '>' | '|' | '$' => true,
            // The first character of an entity.
            '&' => letters.peek().is_none_or(|(_, next)| !next.is_whitespace()),
            _ => list == Some(at),
        };
        out.extend(is_markup.then_some('\\'));
        out.push(c);
    }
    out
}

/// Where the character stands that makes an item of a list, or a heading, of what begins so.
fn begins_list(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let is_mark = match digits {
        0 => rest.starts_with(['#', '-', '+', '=']),
        _ => rest.starts_with(['.', ')']),
    };
    is_mark.then_some(digits)
}

/// Writes a character so that neither the page nor the template takes it for more than text.
fn escape(c: char, form: Form, out: &mut String) {
    match (c, form) {
        ('"' | '\\', Form::Argument) => out.push('”'),
        ('{', Form::Html | Form::Markdown) => out.push_str("{{ \"{\" }}"),
        ('&', Form::Html) => out.push_str("&amp;"),
        ('<', Form::Html) => out.push_str("&lt;"),
        ('>', Form::Html) => out.push_str("&gt;"),
        ('"', Form::Html) => out.push_str("&quot;"),
        (c, _) if c.is_control() => out.push(' '),
        (c, _) => out.push(c),
    }
}

/// The texts of a template, in its order.
fn found(name: &str, template: &str) -> Vec<Text> {
    let form = if name.ends_with(".md") { Form::Markdown } else { Form::Html };
    let mut reader = Reader { template, form, run: Run::default(), found: Vec::new(), code: 0 };
    reader.read(0..template.len());
    reader.found.sort_by_key(|text| text.range.start);
    reader.found
}

/// What was read of a text.
#[derive(Debug, Default)]
struct Run {
    /// Where it begins and ends.
    range: Option<Range<usize>>,
    values: Vec<Range<usize>>,
}

struct Reader<'t> {
    template: &'t str,
    form: Form,
    run: Run,
    found: Vec<Text>,
    /// How many elements are open whose text is no language.
    code: usize,
}

impl Reader<'_> {
    fn read(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.template[at..range.end];
            let end = |mark: &str| rest.find(mark).map_or(range.end, |end| at + end + mark.len());
            let next = rest.chars().next().map_or(range.end, |c| at + c.len_utf8());
            let is_tag =
                |rest: &str| rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
            at = if rest.starts_with("{{<") {
                self.flush();
                self.component(at..end("/>}}"));
                end("/>}}")
            } else if rest.starts_with("{{") {
                self.value(at..end("}}"));
                end("}}")
            } else if rest.starts_with("{%") {
                self.flush();
                end("%}")
            } else if rest.starts_with("{#") {
                self.flush();
                end("#}")
            } else if rest.starts_with('<') && is_tag(rest) {
                self.flush();
                let end = self.tag_end(at);
                self.tag(at..end);
                end
            } else if let Some(length) = self.markdown_mark(rest) {
                self.flush();
                at + length
            } else {
                self.go_on(at..next);
                next
            };
        }
        self.flush();
    }

    /// How long the mark of Markdown is that parts texts here: of a line, a cell, a bold text, or a link with its address.
    fn markdown_mark(&self, rest: &str) -> Option<usize> {
        match self.form {
            Form::Html | Form::Argument => None,
            Form::Markdown if rest.starts_with("](") => {
                Some(rest.find(')').map_or(rest.len(), |end| end + 1))
            }
            Form::Markdown if rest.starts_with("**") => Some(2),
            Form::Markdown => rest.starts_with(['\n', '|', '[']).then_some(1),
        }
    }

    /// Makes a text go on, or begin, here.
    fn go_on(&mut self, range: Range<usize>) {
        let start = self.run.range.as_ref().map_or(range.start, |range| range.start);
        self.run.range = Some(start..range.end);
    }

    /// Where a tag of HTML ends, tags of the template in it skipped.
    fn tag_end(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            let rest = &self.template[at..];
            let Some(close) = rest.find('>') else { return self.template.len() };
            match rest
                .find("{%")
                .map(|open| (open, "%}"))
                .into_iter()
                .chain(rest.find("{{").map(|open| (open, "}}")))
                .min()
            {
                Some((open, mark)) if open < close => {
                    at += rest[open..].find(mark).map_or(rest.len(), |end| open + end + mark.len());
                }
                _ => return at + close + 1,
            }
        }
    }

    /// A tag of HTML: its attributes that people read, and whether code begins or ends.
    fn tag(&mut self, range: Range<usize>) {
        let tag = &self.template[range.clone()];
        let name: String =
            tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        if CODE.contains(&name.as_str()) {
            self.code = if tag.starts_with("</") { self.code.saturating_sub(1) } else { self.code + 1 };
        }
        for attribute in READ {
            let mark = format!(" {attribute}=\"");
            let mut at = 0;
            while let Some(found) = tag[at..].find(&mark) {
                let start = at + found + mark.len();
                let end = tag[start..].find('"').map_or(tag.len(), |end| start + end);
                let code = std::mem::take(&mut self.code);
                let form = std::mem::replace(&mut self.form, Form::Html);
                self.read(range.start + start..range.start + end);
                (self.code, self.form) = (code, form);
                at = end;
            }
        }
    }

    /// A component that is called with a name that people hear: `name="Parts of this list"`.
    fn component(&mut self, range: Range<usize>) {
        let tag = &self.template[range.clone()];
        let Some(start) = tag.find(" name=\"").map(|at| at + " name=\"".len()) else { return };
        let Some(end) = tag[start..].find('"').map(|end| start + end) else { return };
        let text = Text {
            range: range.start + start..range.start + end,
            key: tag[start..end].to_owned(),
            values: Vec::new(),
            form: Form::Argument,
        };
        self.found.push(text);
    }

    fn value(&mut self, range: Range<usize>) {
        self.go_on(range.clone());
        self.run.values.push(range);
    }

    /// Ends a text, and keeps it where it has words.
    fn flush(&mut self) {
        let Run { range: Some(range), values } = std::mem::take(&mut self.run) else { return };
        let range = self.trimmed(range, &values);
        let values: Vec<_> =
            values.into_iter().filter(|value| value.start >= range.start && value.end <= range.end).collect();
        let named = self.named(&values);
        let (mut key, mut at) = (String::new(), range.start);
        let mut has_words = false;
        for (name, value) in &named {
            has_words |= self.template[at..value.start].contains(char::is_alphabetic);
            key += &self.template[at..value.start];
            key.extend(["{", name, "}"]);
            at = value.end;
        }
        has_words |= self.template[at..range.end].contains(char::is_alphabetic);
        key += &self.template[at..range.end];
        if has_words && self.code == 0 {
            self.found.push(Text { range, key, values: named, form: self.form });
        }
    }

    /// A text without the marks around it.
    fn trimmed(&self, range: Range<usize>, values: &[Range<usize>]) -> Range<usize> {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | ';' | '·' | '#' | '-' | '|');
        let first = values.first().map_or(range.end, |value| value.start);
        let last = values.last().map_or(range.start, |value| value.end);
        let (head, tail) = (&self.template[range.start..first], &self.template[last..range.end]);
        let start = range.start + head.len() - head.trim_start_matches(is_mark).len();
        let end = range.end - (tail.len() - tail.trim_end_matches(|c| is_mark(c) && c != ':').len());
        start.min(end)..end.max(start)
    }

    /// The values of a text with their names: the last part of what is written, the whole of it where two would be alike.
    fn named(&self, values: &[Range<usize>]) -> Vec<(String, Range<usize>)> {
        let whole = |value: &Range<usize>| {
            let tag = self.template[value.clone()].trim_matches(['{', '}', '-', ' ']);
            tag.split(['|', ' ', '(']).next().unwrap_or_default().to_owned()
        };
        let last = |value: &Range<usize>| whole(value).rsplit('.').next().unwrap_or_default().to_owned();
        let is_alone = |name: &str| values.iter().filter(|value| last(value) == name).count() == 1;
        let name = |value: &Range<usize>| {
            Some(last(value)).filter(|name| is_alone(name)).unwrap_or_else(|| whole(value))
        };
        values.iter().map(|value| (name(value), value.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{super::Text as Own, *};

    fn keys(name: &str, template: &str) -> Vec<String> {
        found(name, template).into_iter().map(|text| text.key).collect()
    }

    fn words(pairs: &[(&str, &str)]) -> Words {
        let own = |(key, own): &(&str, &str)| ((*key).to_owned(), Own::One((*own).to_owned()));
        Words { texts: pairs.iter().map(own).collect::<BTreeMap<_, _>>(), rules: None }
    }

    #[test]
    fn texts_are_what_stands_between_tags() {
        assert_eq!(
            keys(
                "site/a.html",
                r#"<p title="Two &amp; {{ a.b }}">{% if x > 1 %}{{ n }} left{% endif %}, from <b>{{ a.t }} to {{ b.t }}</b> <code>blocked_by</code>{{<parts of={x} name="Parts" />}}</p>"#
            ),
            ["Two &amp; {b}", "{n} left", "from", "{a.t} to {b.t}", "Parts"]
        );
        assert_eq!(
            keys(
                "markdown/a.md",
                "# {{ title | heading }} - Sum\n\n| A | {{ b }} |\n|---|---|\n**Due:** {{ due }}, late\n[Way]({{ way }}) on\n"
            ),
            ["{title} - Sum", "A", "Due:", "{due}, late", "Way", "on"]
        );
    }

    #[test]
    fn what_replaces_a_text_is_nothing_but_text() {
        let own = words(&[("{n} left", "<b> \"{n}\" {{ evil }} & {% x"), ("Parts", "a\" /> b\\")]);
        assert_eq!(
            translated("site/a.html", "<p>{{ n }} left</p>{{<parts of={x} name=\"Parts\" />}}", &own),
            "<p>&lt;b&gt; &quot;{{ n }}&quot; {{ \"{\" }}{{ \"{\" }} evil }} &amp; {{ \"{\" }}% x</p>{{<parts of={x} name=\"a” /> b”\" />}}"
        );
        let own = words(&[("Due", "*Due* | [x](y)\n")]);
        assert_eq!(translated("markdown/a.md", "| Due |", &own), "| \\*Due\\* \\| \\[x\\](y)  |");
        let own = words(&[("Due", "1. Due"), ("Way", "- <b>")]);
        assert_eq!(translated("markdown/a.md", "Due\n[Way](x)", &own), "1\\. Due\n[\\- \\<b\\>](x)");
        assert_eq!(markdown("1) {days_left} *_x_* {y z}"), "1\\) {days_left} \\*\\_x\\_\\* {y z}");
    }
}
