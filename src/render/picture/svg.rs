//! Writes SVG: elements nest by construction, all text is escaped, all numbers are whole.

use crate::report::turns;

/// A position or a length, in user units.
pub(super) type Px = i64;

/// What an attribute may hold. No float is among it, so that none can reach an output.
pub(super) trait Value {
    /// Adds the value, escaped.
    fn write(&self, out: &mut String);

    /// Adds an attribute that holds the value, where there is one.
    fn attribute(&self, name: &str, out: &mut String) {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        self.write(out);
        out.push('"');
    }
}

impl Value for Px {
    fn write(&self, out: &mut String) {
        if *self < 0 {
            out.push('-');
        }
        digits(self.unsigned_abs(), out);
    }
}

/// Adds a number.
fn digits(number: u64, out: &mut String) {
    if number >= 10 {
        digits(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Markup of ours, which stands as it is.
impl Value for &'static str {
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

/// Words of somebody else.
pub(super) struct Words<'a>(pub(super) &'a str);

impl Value for Words<'_> {
    fn write(&self, out: &mut String) {
        escape(self.0, out);
    }
}

impl Value for String {
    fn write(&self, out: &mut String) {
        escape(self, out);
    }
}

/// Values one behind the other.
impl<const N: usize> Value for [&dyn Value; N] {
    fn write(&self, out: &mut String) {
        self.iter().for_each(|value| value.write(out));
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self, out: &mut String) {
        self.iter().for_each(|value| value.write(out));
    }

    fn attribute(&self, name: &str, out: &mut String) {
        self.iter().for_each(|value| value.attribute(name, out));
    }
}

/// Attributes, in the order in which they are written.
pub(super) type Attrs<'a> = &'a [(&'static str, &'a dyn Value)];

/// How long most pictures are at least, in bytes.
const USUAL: usize = 2_048;

/// A picture that is being drawn.
#[derive(Debug)]
pub(super) struct Svg {
    out: String,
    open: Vec<&'static str>,
}

impl Svg {
    /// A picture with links in it: a group that has a name. (`role=img` would hide the links.)
    pub(super) fn group(kind: &'static str, width: Px, height: Px, name: &str) -> Self {
        Self::root(kind, width, height, &[("role", &"group"), ("aria-label", &Words(name))])
    }

    /// A picture without links: one image that has a name.
    pub(super) fn image(kind: &'static str, width: Px, height: Px, name: &str) -> Self {
        let mut svg = Self::root(kind, width, height, &[("role", &"img")]);
        svg.title(name);
        svg
    }

    fn root(kind: &'static str, width: Px, height: Px, attrs: Attrs<'_>) -> Self {
        let mut svg = Self { out: String::with_capacity(USUAL), open: Vec::new() };
        // Positions are counted from the left, whichever way the page reads.
        svg.start(
            "svg",
            &[
                ("xmlns", &"http://www.w3.org/2000/svg"),
                ("class", &[&"picture picture-" as &dyn Value, &kind]),
                ("width", &width),
                ("height", &height),
                ("viewBox", &[&"0 0 " as &dyn Value, &width, &" ", &height]),
                ("direction", &"ltr"),
            ],
        );
        svg.attrs(attrs);
        svg.out.push('>');
        svg.open.push("svg");
        svg
    }

    fn start(&mut self, tag: &str, attrs: Attrs<'_>) {
        self.out.push_str("\n<");
        self.out.push_str(tag);
        self.attrs(attrs);
    }

    fn attrs(&mut self, attrs: Attrs<'_>) {
        attrs.iter().for_each(|(name, value)| value.attribute(name, &mut self.out));
    }

    /// Begins an element.
    pub(super) fn open(&mut self, tag: &'static str, attrs: Attrs<'_>) {
        self.start(tag, attrs);
        self.out.push('>');
        self.open.push(tag);
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.out.extend(["</", tag, ">"]);
        }
    }

    /// Begins a link that has a name, or a mere group where there is nowhere to go.
    pub(super) fn link(&mut self, class: &dyn Value, href: &str, name: &str) {
        if href.is_empty() {
            self.open("g", &[("class", class)]);
        } else {
            self.open("a", &[("class", class), ("href", &Words(href))]);
        }
        self.title(name);
    }

    /// An element without content.
    pub(super) fn leaf(&mut self, tag: &str, attrs: Attrs<'_>) {
        self.start(tag, attrs);
        self.out.push_str("/>");
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, class: &'static str, x: Px, y: Px, width: Px, height: Px, radius: Px) {
        self.start(
            "rect",
            &[("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)],
        );
        if radius > 0 {
            self.attrs(&[("rx", &radius)]);
        }
        self.out.push_str("/>");
    }

    /// A line, curve or shape.
    pub(super) fn path(&mut self, class: &'static str, d: &dyn Value) {
        self.leaf("path", &[("class", &class), ("d", d)]);
    }

    /// The name of the element that was begun last; written first in it.
    pub(super) fn title(&mut self, words: &str) {
        self.out.push_str("<title>");
        escape(words, &mut self.out);
        self.out.push_str("</title>");
    }

    /// Words whose baseline begins at a point.
    pub(super) fn text(&mut self, class: &'static str, x: Px, y: Px, words: &str) {
        self.start("text", &[("class", &class), ("x", &x), ("y", &y)]);
        self.words(words);
    }

    /// Words whose baseline begins at a point, behind a label that stands out; the words may be missing.
    pub(super) fn labelled(&mut self, x: Px, y: Px, label: &str, words: &str) {
        self.start("text", &[("x", &x), ("y", &y)]);
        self.out.push_str("><tspan class=\"label\">");
        escape(label, &mut self.out);
        self.out.push_str("</tspan>");
        if !words.is_empty() {
            self.out.push(' ');
            escape(words, &mut self.out);
        }
        self.out.push_str("</text>");
    }

    /// Words around (`middle`) or up to (`end`) a point.
    pub(super) fn anchored(&mut self, class: &'static str, anchor: &'static str, x: Px, y: Px, words: &str) {
        self.start("text", &[("class", &class), ("x", &x), ("y", &y), ("text-anchor", &anchor)]);
        self.words(words);
    }

    fn words(&mut self, words: &str) {
        self.out.push('>');
        escape(words, &mut self.out);
        self.out.push_str("</text>");
    }

    /// The markup.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            if self.open.len() == 1 {
                self.out.push('\n');
            }
            self.close();
        }
        self.out.remove(0);
        self.out
    }
}

/// For each byte whether it is a character that may stand as it is.
static IS_PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        plain[byte as usize] = !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
        byte += 1;
    }
    plain
};

/// How many bytes a text begins with that may stand as they are.
fn plain(text: &str) -> usize {
    let is_plain = |byte: &u8| IS_PLAIN[usize::from(*byte)];
    // Eight at a time, without a branch between them: nearly all texts are plain.
    let eights = text.as_bytes().chunks_exact(8);
    let whole =
        8 * eights.take_while(|eight| eight.iter().fold(true, |all, byte| all & is_plain(byte))).count();
    whole + text.as_bytes()[whole..].iter().take_while(|byte| is_plain(byte)).count()
}

/// Adds text so that neither an element nor an attribute can end in it. What XML forbids, and what turns the reading
/// order of its neighbours round, shows as the replacement character.
pub(super) fn escape(text: &str, out: &mut String) {
    let (as_it_is, rest) = text.split_at(plain(text));
    out.push_str(as_it_is);
    let mut rest = rest.chars();
    while let Some(c) = rest.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => out.push(char::REPLACEMENT_CHARACTER),
            c if turns(c) => out.push(char::REPLACEMENT_CHARACTER),
            '\u{fdd0}'..='\u{fdef}' => out.push(char::REPLACEMENT_CHARACTER),
            c if u32::from(c) & 0xfffe == 0xfffe => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
        let (as_it_is, after) = rest.as_str().split_at(plain(rest.as_str()));
        out.push_str(as_it_is);
        rest = after.chars();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_close_and_text_stays_text() {
        let mut svg = Svg::image("x", 10, 20, "a < b");
        svg.link(&"row", "i.html?a&b\"'", "T");
        svg.text("t", 1, -2, "</text>\u{7}\u{202e}\nx\u{ffff}");
        let svg = svg.finish();
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("\n</svg>"), "{svg}");
        assert!(svg.contains("><title>a &lt; b</title>"), "{svg}");
        assert!(
            svg.contains("<a class=\"row\" href=\"i.html?a&amp;b&quot;&#39;\"><title>T</title>"),
            "{svg}"
        );
        assert!(svg.contains("x=\"1\" y=\"-2\">&lt;/text&gt;\u{fffd}\u{fffd} x\u{fffd}</text></a>"), "{svg}");
    }
}
