//! Writes a row: shapes at percentages of its width, at whole pixels of its height.

use super::super::{
    marks::SMALL,
    svg::{Px, Value, Words},
    text,
};

/// The whole width: places are hundredths of a percent.
pub(super) const WHOLE: Px = 10_000;

/// The least width of a bar, in hundredths of a percent: a day on an axis of years is seen all the same.
const LEAST: Px = 30;

/// How wide a track is at least, in pixels, where words look for room beside a bar: on a telephone, where names stand above bars.
pub(super) const NARROW: Px = 280;

/// The same for words that a telephone does not show: between names and the edge of a tablet.
pub(super) const MIDDLE: Px = 400;

/// How wide a track is on most screens.
const WIDE: Px = 860;

/// A row that is being drawn.
#[derive(Debug)]
pub(super) struct Track {
    out: String,
}

/// A place as a percentage.
pub(super) struct Percent(pub(super) Px);

impl Value for Percent {
    fn write(&self, out: &mut String) {
        (self.0 / 100).write(out);
        let rest = self.0 % 100;
        if rest != 0 {
            [&"." as &dyn Value, &(rest / 10), &(rest % 10)].write(out);
        }
        out.push('%');
    }
}

impl Track {
    /// A row of this height that is told as these words.
    pub(super) fn new(class: &dyn Value, height: Px, name: &str) -> Self {
        let mut track = Self::part();
        track.write(&[&"<svg class=\"", class, &"\" height=\"", &height]);
        track.write(&[&"\" role=\"img\" aria-label=\"", &Words(name), &"\">"]);
        track
    }

    /// A row that only helps to read others.
    pub(super) fn silent(class: &'static str, height: Option<Px>) -> Self {
        let mut track = Self::part();
        track.write(&[&"<svg class=\"", &class, &"\""]);
        height.attribute("height", &mut track.out);
        track.write(&[&" aria-hidden=\"true\" focusable=\"false\">"]);
        track
    }

    /// A part of a row, without one around it.
    pub(super) fn part() -> Self {
        Self { out: String::new() }
    }

    /// Adds markup.
    pub(super) fn write(&mut self, parts: &[&dyn Value]) {
        parts.iter().for_each(|part| part.write(&mut self.out));
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, class: &'static str, from: Px, to: Px, y: Px, height: Px) {
        self.named_rect(&class, (from, to.max(from + LEAST)), y, height, "");
    }

    /// A rectangle that says what it is when it is pointed at.
    pub(super) fn named_rect(
        &mut self,
        class: &dyn Value,
        (from, to): (Px, Px),
        y: Px,
        height: Px,
        name: &str,
    ) {
        self.write(&[&"<rect class=\"", class, &"\" x=\"", &Percent(from), &"\" y=\"", &y]);
        self.write(&[&"\" width=\"", &Percent(to - from), &"\" height=\"", &height]);
        match name {
            "" => self.write(&[&"\"/>"]),
            name => self.write(&[&"\"><title>", &Words(name), &"</title></rect>"]),
        }
    }

    /// A shape around a point.
    pub(super) fn shape(&mut self, class: &'static str, x: Px, y: Px, d: &dyn Value) {
        self.write(&[&"<svg x=\"", &Percent(x), &"\" y=\"", &y, &"\" overflow=\"visible\"><path class=\""]);
        self.write(&[&class, &"\" d=\"", d, &"\"/></svg>"]);
    }

    /// A line across or down.
    pub(super) fn line(
        &mut self,
        class: &'static str,
        (x1, x2): (Px, Px),
        (y1, y2): (&dyn Value, &dyn Value),
    ) {
        self.write(&[&"<line class=\"", &class, &"\" x1=\"", &Percent(x1), &"\" x2=\"", &Percent(x2)]);
        self.write(&[&"\" y1=\"", y1, &"\" y2=\"", y2, &"\"/>"]);
    }

    /// Words at a place, moved by so many pixels; `anchor` is empty where they begin there.
    pub(super) fn text(
        &mut self,
        class: &'static str,
        x: Px,
        dx: Px,
        y: Px,
        anchor: &'static str,
        words: &str,
    ) {
        let anchor = Some(anchor).filter(|anchor| !anchor.is_empty());
        self.write(&[
            &"<text class=\"",
            &class,
            &"\" x=\"",
            &Percent(x),
            &"\" dx=\"",
            &dx,
            &"\" y=\"",
            &y,
            &"\"",
        ]);
        anchor.attribute("text-anchor", &mut self.out);
        self.write(&[&">", &Words(words), &"</text>"]);
    }

    /// Words beside what lies between two places: behind it, else before it, else where the row ends. On a track of `least` pixels
    /// they are whole.
    pub(super) fn beside(
        &mut self,
        (class, least): (&'static str, Px),
        (from, to): (Px, Px),
        dx: Px,
        y: Px,
        words: &str,
    ) {
        let words = text::fit(words, SMALL, least * 3 / 4);
        let width = text::bold_width(&words, SMALL);
        let needs = |pixels: Px| (width + dx + 8) * WHOLE / pixels;
        // Where it is behind on most screens, and whole on the narrowest one, over what lies there.
        let end = to + needs(WIDE);
        let is_whole = end <= WHOLE && end * least / WHOLE >= width + 8;
        if to + needs(least) <= WHOLE {
            self.text(class, to, dx, y, "", &words);
        } else if is_whole {
            self.text(class, end, -8, y, "end", &words);
        } else if from >= needs(least) {
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
        let mut track = Track::part();
        track.write(&[0, 5, 1_250, 10_000].map(Percent).each_ref().map(|it| it as &dyn Value));
        assert_eq!(track.into_part(), "0%0.05%12.50%100%");
        let mut track = Track::new(&"lane", 20, "a \"b\" <c>");
        track.rect("track", 100, 100, 4, 8);
        track.beside(("small", NARROW), (9_000, 9_500), 8, 12, "</text>");
        let made = track.finish();
        assert!(
            made.contains("aria-label=\"a &quot;b&quot; &lt;c&gt;\"") && made.contains("width=\"0.30%\"")
        );
        assert!(made.contains("x=\"90%\" dx=\"-8\"") && made.contains("&lt;/text&gt;</text>"), "{made}");
    }

    /// Where words begin and end on a track of so many pixels.
    fn span(made: &str, words: &str, pixels: f64) -> (f64, f64) {
        let number = |name: &str| {
            let (_, rest) = made.split_once(&format!(" {name}=\"")).expect("an attribute");
            let text = rest.split('"').next().expect("a value").trim_end_matches('%');
            text.parse::<f64>().expect("a number")
        };
        let (at, long) = (number("x") / 100.0 * pixels + number("dx"), text::width(words, SMALL) as f64);
        if made.contains("text-anchor=\"end\"") { (at - long, at) } else { (at, at + long) }
    }

    #[test]
    fn words_beside_bars_are_whole_on_the_narrowest_track_that_shows_them() {
        let words = "nc-tomas · waits for DB-010, DB-013";
        for (least, words) in [(NARROW, "overdue 28 d"), (MIDDLE, words)] {
            for from in (0..=9_500).step_by(500) {
                for to in (from..=WHOLE).step_by(500) {
                    let mut track = Track::part();
                    track.beside(("small", least), (from, to), 14, 12, words);
                    let made = track.into_part();
                    for pixels in [least, 860, 1_400] {
                        let (begin, end) = span(&made, words, pixels as f64);
                        assert!(
                            begin >= 0.0 && end <= pixels as f64,
                            "{from} to {to} on {pixels}: {begin} {end}"
                        );
                    }
                }
            }
        }
    }
}
