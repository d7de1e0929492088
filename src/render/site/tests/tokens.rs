//! The colours of the theme: whoever changes one is told what can no longer be read.

/// The style sheet of the site.
const CSS: &str = include_str!("../../../../templates/assets/site.css");

/// The least contrast of a text with its ground, and of a control with what is around it. Source: WCAG 2.2, 1.4.3 and 1.4.11.
const LEAST: [(f64, &[&str]); 2] =
    [(4.5, &["fg", "muted", "link", "done", "progress", "ready", "blocked", "risk"]), (3.0, &["control"])];

/// The two grounds that words stand on.
const GROUNDS: [&str; 2] = ["bg", "surface"];

/// A token in light and in dark, as linear light of 0 to 1.
fn token(css: &str, name: &str) -> [f64; 2] {
    let (_, rest) = css.split_once(&format!("--{name}: light-dark(")).expect("the token is there");
    let (pair, _) = rest.split_once(')').expect("it ends");
    let mut colours =
        pair.split(", ").map(|colour| luminance(colour.strip_prefix('#').expect("a hex colour")));
    [colours.next().expect("a light one"), colours.next().expect("a dark one")]
}

/// Source: WCAG 2.2, "relative luminance".
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two hex digits")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_word_and_every_control_can_be_seen_in_both_themes() {
    for (least, names) in LEAST {
        for (name, ground) in names.iter().flat_map(|name| GROUNDS.map(|ground| (name, ground))) {
            let (colours, grounds) = (token(CSS, name), token(CSS, ground));
            for (theme, (colour, ground)) in ["light", "dark"].iter().zip(colours.into_iter().zip(grounds)) {
                let found = contrast(colour, ground);
                assert!(found >= least, "--{name} in {theme}: {found:.2}, and not {least}");
            }
        }
    }
}

#[test]
fn contrast_is_what_the_rule_says() {
    assert!((contrast(luminance("000000"), luminance("ffffff")) - 21.0).abs() < 1e-9);
    assert!((contrast(luminance("767676"), luminance("ffffff")) - 4.54).abs() < 0.01);
}
