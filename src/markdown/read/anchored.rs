//! What GitHub makes the anchors of a Markdown file of: the words of its headings, whether Markdown or HTML makes them, and
//! the names that its HTML gives.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::markdown::{
    raw_html::{self, Kind},
    tree::entity,
};

/// What the anchors of a file are made of, each list in the order of the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Anchored {
    /// The headings.
    pub(crate) titles: Vec<Title>,
    /// The value of each `id` and `name`.
    pub(crate) named: Vec<String>,
    /// The content of the code blocks whose info string is `markdown`.
    pub(crate) quoted: Vec<String>,
}

/// The words of a heading, as the anchor is made of them: a picture's are left out, and so is a line's end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// The words, with the white space between them as it is written.
    pub(crate) text: String,
    /// Whether it is written in HTML, where white space may stand before and behind its words.
    pub(crate) is_html: bool,
}

/// Reads a Markdown file for its anchors.
pub(crate) fn anchored(text: &str) -> Anchored {
    let mut reading = Reading::default();
    for (event, _) in super::events(text) {
        reading.take(event);
    }
    reading.end_title();
    reading.found
}

#[derive(Default)]
struct Reading {
    found: Anchored,
    title: Option<Title>,
    /// The block of HTML that is open.
    html: String,
    /// How many pictures are open: one may stand in the words of another.
    pictures: usize,
    /// What a code block holds, and whether it is Markdown.
    code: Option<(bool, String)>,
    /// The footnotes that were referred to: a reader sees their numbers.
    notes: Vec<String>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.html(&html),
            Event::Text(text) | Event::Code(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.words(&text),
            },
            Event::SoftBreak | Event::HardBreak => self.words("\n"),
            Event::FootnoteReference(name) => {
                let known = self.notes.iter().position(|note| **note == *name);
                let number = known.unwrap_or(self.notes.len()) + 1;
                if known.is_none() {
                    self.notes.push(name.into_string());
                }
                self.words(&number.to_string());
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.begin_title(false),
            Tag::Image { .. } => self.pictures += 1,
            Tag::CodeBlock(kind) => {
                let is_markdown = matches!(kind, CodeBlockKind::Fenced(info) if &*info == "markdown");
                self.code = Some((is_markdown, String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_title(),
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::CodeBlock => {
                if let Some((true, code)) = self.code.take() {
                    self.found.quoted.push(code);
                }
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.html(&html);
            }
            TagEnd::Paragraph => self.words("\n"),
            _ => {}
        }
    }

    /// A run of HTML: whole tags, with the words between them.
    fn html(&mut self, html: &str) {
        let mut from = 0;
        for piece in raw_html::pieces(html) {
            self.html_words(&html[from..piece.range.start]);
            from = piece.range.end;
            match piece.kind {
                Kind::Open { name, attributes } => {
                    for key in ["id", "name"] {
                        let values = raw_html::attribute_values(attributes, key).into_iter().map(meant);
                        self.found.named.extend(values);
                    }
                    if is_heading(name) {
                        self.begin_title(true);
                    }
                }
                Kind::Close(name) if is_heading(name) => self.end_title(),
                Kind::Close(_) | Kind::Comment(_) | Kind::Bogus | Kind::Strange => {}
            }
        }
        self.html_words(&html[from..]);
    }

    fn html_words(&mut self, words: &str) {
        if self.title.is_some() {
            self.words(&meant(words));
        }
    }

    /// A heading ends where another one begins, as in HTML.
    fn begin_title(&mut self, is_html: bool) {
        self.end_title();
        self.title = Some(Title { text: String::new(), is_html });
    }

    fn end_title(&mut self) {
        self.found.titles.extend(self.title.take());
    }

    fn words(&mut self, words: &str) {
        if let Some(title) = self.title.as_mut().filter(|_| self.pictures == 0) {
            title.text.push_str(words);
        }
    }
}

/// Whether a tag is one of `h1` to `h6`.
fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6'])
}

/// Words of HTML with their entities resolved.
fn meant(html: &str) -> String {
    let mut meant = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        meant.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').map_or(0, |end| end + 1);
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
        let named = end > 2 && end < 40 && rest[1..end - 1].bytes().all(is_name);
        let (char, taken) = match named.then(|| entity(&rest[..end])).flatten() {
            Some(char) => (char, end),
            None => ("&".to_owned(), 1),
        };
        meant.push_str(&char);
        rest = &rest[taken..];
    }
    meant + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headings of a text; those in HTML with `<` before them.
    fn titles(text: &str) -> Vec<String> {
        let mark = |title: &Title| if title.is_html { "<" } else { "" };
        anchored(text).titles.iter().map(|title| format!("{}{}", mark(title), title.text)).collect()
    }

    #[test]
    fn headings_are_found_wherever_they_stand() {
        assert_eq!(
            titles(
                "# A\n\nB *b*\n===\n\n> ## C `c`\n\n- # D\n\n<details>\n<summary>no</summary>\n\n### E\n\n</details>\n\n```\n# no\n```\n<!-- # no\n<h2>no</h2> -->\n"
            ),
            ["A", "B b", "C c", "D", "E"]
        );
    }

    #[test]
    fn html_makes_headings_as_markdown_does() {
        assert_eq!(
            titles(
                "<h1 align=\"center\"><code>shed</code> tools</h1>\n\n<H2\n id=x>Caf&eacute; &amp; &nope; bar</H2>\n\n\
                 words <h3>in a *line*</h3> more\n\n<details><summary><h4>S</h4></summary>\n\n<h5>\n\nP\n\n</h5>\n</details>\n\n<hr><header>no</header>\n"
            ),
            ["<shed tools", "<Café & &nope; bar", "<in a line", "<S", "<\nP\n"]
        );
    }

    #[test]
    fn of_pictures_and_notes_a_heading_holds_what_github_shows() {
        assert_eq!(
            titles(
                "## ![Logo *x*](l.png) Tool\n\n## <img src=l.png alt=no> Kit\n\n## Why[^a] :rocket:\n\n[^a]: x\n\nTwo\nlines\n---\n"
            ),
            [" Tool", " Kit", "Why1 :rocket:", "Two\nlines"]
        );
    }

    #[test]
    fn names_and_markdown_in_fences_are_kept() {
        let found = anchored(
            "<a name=\"Old&amp;new\"></a><p id=p>\n\n````markdown\n# In\n````\n\n~~~sh\n# no\n~~~\n",
        );
        assert_eq!((found.named, found.quoted), (vec!["Old&new".into(), "p".into()], vec!["# In\n".into()]));
    }
}
