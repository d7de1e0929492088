//! The elements that a person's raw HTML may hold, and what each may stand in and hold.

/// What an element holds, in the words of the HTML standard's content models as far as they matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Kind {
    /// Holds blocks: `div`, `blockquote`.
    Flow,
    /// A block that holds words alone: `p`, headings, `pre`.
    Lines,
    /// Stands among words and holds words: `em`, `code`.
    Words,
    /// Holds what its parent holds: `a`.
    Through,
    /// Holds items alone: `ul`, `ol`.
    List,
    /// An item of a list; holds blocks.
    Item,
    /// Holds a caption and groups of rows.
    Table,
    /// The caption of a table.
    Caption,
    /// Holds rows: `thead`, `tbody`.
    Group,
    /// Holds cells.
    Row,
    /// A cell of a table; holds blocks.
    Cell,
    /// Holds a summary and then blocks.
    Details,
    /// The one line of `details` that is always seen.
    Summary,
    /// Is not written: only its content is.
    Silent,
}

/// An element that people may write.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// How they write it.
    pub(super) written: &'static str,
    /// What it becomes.
    pub(super) name: &'static str,
    /// What it may hold.
    pub(super) kind: Kind,
}

/// Elements whose content is no text for people.
pub(in crate::markdown) const DROPPED: [&str; 2] = ["script", "style"];

/// Elements that show another file: a link takes their place.
pub(super) const EMBEDDING: [&str; 4] = ["audio", "embed", "iframe", "video"];

/// Elements in which words are no prose.
pub(super) const CODE: [&str; 5] = ["code", "kbd", "pre", "samp", "var"];

/// The element that people call so; none where only its content is shown.
pub(super) fn element(written: &str) -> Option<&'static Element> {
    let at = ELEMENTS.binary_search_by(|element| element.written.cmp(written)).ok()?;
    ELEMENTS.get(at)
}

/// The elements by the names that people write, in order. Obsolete ones become what took their place; what structures a
/// page becomes a block of its own, since the page has its structure.
const ELEMENTS: [Element; 68] = [
    of("a", "a", Kind::Through),
    of("abbr", "abbr", Kind::Words),
    of("acronym", "abbr", Kind::Words),
    of("address", "div", Kind::Flow),
    of("article", "div", Kind::Flow),
    of("aside", "div", Kind::Flow),
    of("b", "b", Kind::Words),
    of("bdi", "bdi", Kind::Words),
    of("bdo", "span", Kind::Words),
    of("blockquote", "blockquote", Kind::Flow),
    of("caption", "caption", Kind::Caption),
    of("center", "div", Kind::Flow),
    of("cite", "cite", Kind::Words),
    of("code", "code", Kind::Words),
    of("dd", "div", Kind::Flow),
    of("del", "del", Kind::Words),
    of("details", "details", Kind::Details),
    of("dfn", "dfn", Kind::Words),
    of("div", "div", Kind::Flow),
    of("dl", "div", Kind::Flow),
    of("dt", "div", Kind::Flow),
    of("em", "em", Kind::Words),
    of("fieldset", "div", Kind::Flow),
    of("figcaption", "div", Kind::Flow),
    of("figure", "div", Kind::Flow),
    of("footer", "div", Kind::Flow),
    of("form", "div", Kind::Flow),
    of("h1", "h1", Kind::Lines),
    of("h2", "h2", Kind::Lines),
    of("h3", "h3", Kind::Lines),
    of("h4", "h4", Kind::Lines),
    of("h5", "h5", Kind::Lines),
    of("h6", "h6", Kind::Lines),
    of("header", "div", Kind::Flow),
    of("hgroup", "div", Kind::Flow),
    of("i", "i", Kind::Words),
    of("ins", "ins", Kind::Words),
    of("kbd", "kbd", Kind::Words),
    of("li", "li", Kind::Item),
    of("main", "div", Kind::Flow),
    of("mark", "mark", Kind::Words),
    of("menu", "ul", Kind::List),
    of("nav", "div", Kind::Flow),
    of("ol", "ol", Kind::List),
    of("p", "p", Kind::Lines),
    of("pre", "pre", Kind::Lines),
    of("q", "q", Kind::Words),
    of("s", "s", Kind::Words),
    of("samp", "samp", Kind::Words),
    of("section", "div", Kind::Flow),
    of("small", "small", Kind::Words),
    of("span", "span", Kind::Words),
    of("strike", "s", Kind::Words),
    of("strong", "strong", Kind::Words),
    of("sub", "sub", Kind::Words),
    of("summary", "summary", Kind::Summary),
    of("sup", "sup", Kind::Words),
    of("table", "table", Kind::Table),
    of("tbody", "tbody", Kind::Group),
    of("td", "td", Kind::Cell),
    of("tfoot", "tbody", Kind::Group),
    of("th", "th", Kind::Cell),
    of("thead", "thead", Kind::Group),
    of("tr", "tr", Kind::Row),
    of("tt", "code", Kind::Words),
    of("u", "u", Kind::Words),
    of("ul", "ul", Kind::List),
    of("var", "var", Kind::Words),
];

const fn of(written: &'static str, name: &'static str, kind: Kind) -> Element {
    Element { written, name, kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_name() {
        assert!(ELEMENTS.is_sorted_by(|one, next| one.written < next.written));
        assert_eq!(element("center").map(|element| element.name), Some("div"));
        for name in ["script", "style", "input", "iframe", "svg", "base", "meta", "object", "template", "x"] {
            assert_eq!(element(name), None);
        }
    }
}
