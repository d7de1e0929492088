//! Whether a person's raw HTML ends what it begins, and with which end tags it would.
//!
//! After the tree construction of the HTML standard (<https://html.spec.whatwg.org/multipage/parsing.html>), as far as it
//! matters here: which elements end with what they stand in, which reach on, and which would not let go of it.

use super::raw_html::{Kind, pieces, takes_anchor};

/// Elements without an end tag ("void elements").
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that their parent's end tag ends ("optional tags").
const ENDED_BY_PARENT: [&str; 13] =
    ["li", "p", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot", "option", "rt", "rp"];

/// Elements in which tags are text: what they leave open swallows the rest of a page (GFM, "disallowed raw HTML").
const SWALLOWING: [&str; 9] =
    ["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"];

/// Elements that what they stand in does not end: they begin anew in each block behind it ("formatting elements").
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that keep what they stand in from ending ("scope markers" and their like).
const HOLDING: [&str; 10] =
    ["applet", "button", "caption", "marquee", "math", "object", "select", "svg", "table", "template"];

/// Elements that end with what they stand in, and show only where they are.
const PLAIN: [&str; 22] = [
    "abbr", "bdi", "bdo", "cite", "data", "del", "dfn", "ins", "kbd", "label", "mark", "optgroup", "q",
    "ruby", "samp", "span", "sub", "sup", "time", "var", "video", "audio",
];

/// Elements that are blocks.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "listing",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "picture",
    "pre",
    "search",
    "section",
    "summary",
    "ul",
];

/// What raw HTML has opened so far.
#[derive(Debug, Default)]
pub(super) struct Balance {
    open: Vec<String>,
    broken: bool,
    /// Whether an end tag ended nothing.
    stray: bool,
}

impl Balance {
    /// Takes in one more run of raw HTML.
    pub(super) fn read(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece.kind {
                Kind::Open { name, attributes } => {
                    self.broken |= takes_anchor(attributes);
                    self.start(name);
                }
                Kind::Close(name) => self.end(name),
                Kind::Comment(text) => self.broken |= text.contains("--!>") || text.contains("roadbook:"),
                Kind::Bogus => {}
                Kind::Strange => self.broken = true,
            }
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Says that a block of Markdown has ended that began when `depth` elements were open, and with it those of the
    /// elements opened since that end with what they stand in.
    pub(super) fn block_ended(&mut self, depth: usize) {
        if self.open.len() <= depth {
            return;
        }
        let within = self.open.split_off(depth);
        self.broken |= within.iter().any(|name| is_one_of(&HOLDING, name));
        self.open.extend(within.into_iter().filter(|name| !ends_with_its_place(name)));
    }

    /// Whether it ends all that it begins and nothing else: it can stand in the middle of a line.
    pub(super) fn is_even(&self) -> bool {
        !self.broken && !self.stray && self.open.is_empty()
    }

    /// The end tags of what is open at the end, the innermost first; `None` where no end tag would do.
    pub(super) fn left_open(&self) -> Option<Vec<&str>> {
        let open = self.open.iter().rev().map(String::as_str);
        (!self.broken).then(|| open.filter(|name| !is_one_of(&ENDED_BY_PARENT, name)).collect())
    }

    /// Begins an element. What no browser knows shows nothing, wherever it ends.
    fn start(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        self.broken |= is_one_of(&SWALLOWING, &name);
        if is_known(&name) {
            self.open.push(name);
        }
    }

    /// Ends an element, and what ends with it. An end tag of nothing that is open does nothing.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.eq_ignore_ascii_case(name)) else {
            self.stray |= is_known(&name.to_ascii_lowercase());
            return;
        };
        let within = self.open.split_off(at);
        self.open.extend(within.into_iter().skip(1).filter(|name| !ends_with_its_place(name)));
    }
}

/// Whether browsers know an element that has an end.
fn is_known(name: &str) -> bool {
    let known: [&[&str]; 5] = [&FORMATTING, &HOLDING, &PLAIN, &BLOCKS, &ENDED_BY_PARENT];
    !is_one_of(&VOID, name) && known.iter().any(|names| is_one_of(names, name))
}

fn ends_with_its_place(name: &str) -> bool {
    is_one_of(&ENDED_BY_PARENT, name) || is_one_of(&PLAIN, name)
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_open(html: &str) -> Option<String> {
        let mut balance = Balance::default();
        balance.read(html);
        balance.left_open().map(|names| names.join(" "))
    }

    #[test]
    fn html_that_ends_what_it_begins_is_even() {
        for html in [
            "",
            "<kbd>x</kbd>",
            "<br><hr/><img src='a>b'>",
            "<details open><summary>x</summary></details>",
            "<ul><li>a<li>b</ul>",
            "<!-- a <b> -->",
            "<!--><!--->",
            "<a id=\"main\" name=é></a>",
            "a < b",
            "<!doctype html> <?php ?>",
            "Array<Element> </UNRESOLVED>",
            "</div></p></br>",
            "<table><tr><th>a</td></table>",
        ] {
            assert_eq!(left_open(html).as_deref(), Some(""), "{html}");
        }
    }

    #[test]
    fn what_is_left_open_can_be_ended() {
        for (html, names) in [
            ("<div>", "div"),
            ("<b><i></b></i>", ""),
            ("<b><i></b>", "i"),
            ("<a name=x>", "a"),
            ("<details><summary>x</summary><ul><li>", "ul details"),
            ("<div><b></div>", "b"),
            ("<table><tr><td>", "table"),
        ] {
            assert_eq!(left_open(html).as_deref(), Some(names), "{html}");
        }
    }

    #[test]
    fn html_that_could_swallow_what_follows_is_not() {
        for html in [
            "<!-- x",
            "<a href=\"x",
            "<?php",
            "<style></style>",
            "<plaintext>",
            "<!-- roadbook:begin x -->",
            "<!-- --!> -->",
            "<a id=\"i-db-001\"></a>",
            "<a NAME=L-x></a>",
        ] {
            assert_eq!(left_open(html), None, "{html}");
        }
    }

    #[test]
    fn what_a_block_cannot_end_is_broken_and_what_it_can_is_ended() {
        for (html, names) in
            [("<sub><li><span>", Some("")), ("<b>", Some("b")), ("<table>", None), ("<div><select>", None)]
        {
            let mut balance = Balance::default();
            balance.read(html);
            balance.block_ended(0);
            assert_eq!(balance.left_open().map(|names| names.join(" ")).as_deref(), names, "{html}");
        }
    }
}
