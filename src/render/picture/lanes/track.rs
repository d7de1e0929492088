//! Writes a row: shapes at percentages of its width, at whole pixels of its height.

use super::super::{
    marks::SMALL,
    svg::{Px, escape},
    text,
};

/// The whole width: places are hundredths of a percent.
pub(super) const WHOLE: Px = 10_000;

/// The least width of a bar, in hundredths of a percent: a day on an axis of years is seen all the same.
const LEAST: Px = 30;

/// How wide a track is thought to be, in pixels, where words look for room beside a bar.
const PIXELS: Px = 860;

/// A row that is being drawn.
#[derive(Debug)]
pub(super) struct Track {
    out: String,
}

/// A place as a percentage.
pub(super) fn percent(place: Px) -> String {
    match place % 100 {
        0 => format!("{}%", place / 100),
        rest => format!("{}.{rest:02}%", place / 100),
    }
}

impl Track {
    /// A row of this height that is told as these words.
    pub(super) fn new(class: &str, height: Px, name: &str) -> Self {
        let mut out = format!("<svg class=\"{class}\" height=\"{height}\" role=\"img\" aria-label=\"");
        escape(name, &mut out);
        out.push_str("\">");
        Self { out }
    }

    /// A row that only helps to read others.
    pub(super) fn silent(class: &str, height: Option<Px>) -> Self {
        let height = height.map(|height| format!(" height=\"{height}\"")).unwrap_or_default();
        Self { out: format!("<svg class=\"{class}\"{height} aria-hidden=\"true\" focusable=\"false\">") }
    }

    /// A part of a row, without one around it.
    pub(super) fn part() -> Self {
        Self { out: String::new() }
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, class: &str, from: Px, to: Px, y: Px, height: Px) {
        self.named_rect(class, (from, to.max(from + LEAST)), y, height, "");
    }

    /// A rectangle that says what it is when it is pointed at.
    pub(super) fn named_rect(&mut self, class: &str, (from, to): (Px, Px), y: Px, height: Px, name: &str) {
        let (x, width) = (percent(from), percent(to - from));
        self.out.push_str(&format!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""
        ));
        if name.is_empty() {
            return self.out.push_str("/>");
        }
        self.out.push_str("><title>");
        escape(name, &mut self.out);
        self.out.push_str("</title></rect>");
    }

    /// A shape around a point.
    pub(super) fn shape(&mut self, class: &str, x: Px, y: Px, d: &str) {
        let x = percent(x);
        self.out.push_str(&format!(
            "<svg x=\"{x}\" y=\"{y}\" overflow=\"visible\"><path class=\"{class}\" d=\"{d}\"/></svg>"
        ));
    }

    /// A line across or down; `y` is written as it is.
    pub(super) fn line(&mut self, class: &str, (x1, x2): (Px, Px), (y1, y2): (&str, &str)) {
        let (x1, x2) = (percent(x1), percent(x2));
        self.out
            .push_str(&format!("<line class=\"{class}\" x1=\"{x1}\" x2=\"{x2}\" y1=\"{y1}\" y2=\"{y2}\"/>"));
    }

    /// Words at a place, moved by so many pixels; `anchor` is empty where they begin there.
    pub(super) fn text(&mut self, class: &str, x: Px, dx: Px, y: Px, anchor: &str, words: &str) {
        self.out.push_str(&format!("<text class=\"{class}\" x=\"{}\" dx=\"{dx}\" y=\"{y}\"", percent(x)));
        if !anchor.is_empty() {
            self.out.push_str(&format!(" text-anchor=\"{anchor}\""));
        }
        self.out.push('>');
        escape(words, &mut self.out);
        self.out.push_str("</text>");
    }

    /// Words beside what lies between two places: behind it, else before it, else where the row ends.
    pub(super) fn beside(&mut self, class: &str, (from, to): (Px, Px), dx: Px, y: Px, words: &str) {
        let words = text::fit(words, SMALL, 300);
        let needs = (text::bold_width(&words, SMALL) + dx + 8) * WHOLE / PIXELS;
        if to + needs <= WHOLE {
            self.text(class, to, dx, y, "", &words);
        } else if from >= needs {
            self.text(class, from, -8, y, "end", &words);
        } else {
            self.text(class, WHOLE, -4, y, "end", &words);
        }
    }

    /// Markup that was made before.
    pub(super) fn add(&mut self, made: &str) {
        self.out.push_str(made);
    }

    /// The markup.
    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    /// The markup of a part.
    pub(super) fn into_part(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_percentages_and_words_stay_words() {
        assert_eq!([0, 5, 1_250, 10_000].map(percent), ["0%", "0.05%", "12.50%", "100%"]);
        let mut track = Track::new("lane", 20, "a \"b\" <c>");
        track.rect("track", 100, 100, 4, 8);
        track.beside("small", (9_000, 9_500), 8, 12, "</text>");
        let made = track.finish();
        assert!(
            made.contains("aria-label=\"a &quot;b&quot; &lt;c&gt;\"") && made.contains("width=\"0.30%\"")
        );
        assert!(made.contains("x=\"90%\" dx=\"-8\"") && made.contains("&lt;/text&gt;</text>"), "{made}");
    }
}
