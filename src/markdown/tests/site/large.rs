//! Bodies as people write them, and how long bodies take that nobody would.

use super::{super::spent, OPTIONS, shown};
use crate::markdown::html::body_html;
use std::time::Duration;

/// Documents of several habits.
pub(super) const BODIES: [&str; 4] = [
    include_str!("../../../../tests/fixtures/seed/SUMMARY.expected.md"),
    include_str!("../../../../tests/fixtures/markdown/guide.md"),
    include_str!("../../../../tests/fixtures/markdown/issue.md"),
    "# A\n[x](#a) DB-1\n> [!NOTE]\n> b[^1] a\u{a0}b \u{202e}\n\n[^1]: c $x$ <https://x.org/?a&b=\"c\">\n\n![\"<é>\"](x.png \"t\")\n- [x] d",
];

/// A design document: two hundred headings, badges, wide tables, diagrams, footnotes, raw HTML, comments.
pub(super) fn document() -> String {
    let mut text = String::from(
        "<h1 align=\"center\">Design</h1>\n\n<!-- toc -->\n\n[![CI](https://x.org/ci.svg)](https://x.org/ci) \
         ![cover](https://x.org/c.svg)\n\n- [Part 1](#part-1)\n- [Part 199](#part-199)\n\n",
    );
    for part in 1..=200 {
        text.push_str(&format!(
            "{} Part {part}\n\nSee DB-1 and `src/{part}.rs`[^{part}], ",
            "#".repeat(1 + part % 4)
        ));
        text.push_str(match part % 5 {
            0 => "a table.\n\n| a | b | c | d | e | f | g | h |\n|--|--|--|--|--|--|--|--|\n| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n",
            1 => "a diagram.\n\n```mermaid\ngraph TD\n  a --> b\n```\n",
            2 => "a list.\n\n- [ ] one\n  - [x] two\n    1. three\n",
            3 => "more.\n\n<details><summary>More</summary>\n\n> [!WARNING]\n> Mind the <kbd>gap</kbd>.\n\n</details>\n",
            _ => "a formula $a_1 = b$ and [a file](docs/a.md#x), [none](src/none.rs).\n",
        });
        text.push_str(&format!("\nMore words about it, enough of them to fill a line or two of the whole.\n\n[^{part}]: Note {part}.\n\n"));
    }
    text
}

#[test]
fn a_long_document_is_shown_whole() {
    let document = document();
    assert!((35_000..65_536).contains(&document.len()), "{}", document.len());
    let html = shown(&document);
    for (part, times) in [
        (" id=\"b-part-", 200),
        ("class=\"scroll\"", 40),
        ("language-mermaid", 40),
        ("<details>", 40),
        ("class=\"footnote-ref\"", 200),
        ("class=\"footnote-backref\"", 200),
        ("class=\"mention\"", 200),
        ("<img", 0),
        ("href=\"#b-part-1\"", 1),
    ] {
        assert_eq!(html.matches(part).count(), times, "{part}");
    }
}

#[test]
fn too_much_is_shown_as_it_is_written() {
    let html = shown(&format!("<b>{}", "x".repeat(70_000)));
    assert!(
        html.starts_with("<p>This text is shown as it is written: with 70003 characters it is too long"),
        "{}",
        &html[..90]
    );
    assert!(html.contains("Here is its beginning.</p>\n<pre tabindex=\"0\"><code>&lt;b&gt;xxx"));
    assert!(html.len() < 10_500);
    let html = shown(&"> ".repeat(150));
    assert!(html.contains("with 300 characters"));
    assert_eq!(html.matches("&gt; ").count(), 150);
    assert!(shown(&"*a* ".repeat(16_000)).contains("<em>a</em>"));
    assert!(
        shown(&"*a*_b_ ".repeat(9_300)).starts_with("<p><em>")
            || shown(&"*a*_b_ ".repeat(9_300)).contains("<pre")
    );
}

/// Each takes under 100 ms in a release build; what is quadratic takes minutes in this one.
#[test]
fn nothing_takes_long() {
    let deep: String = (0..400).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    let mut slowest = (Duration::ZERO, String::new());
    for body in [
        ">".repeat(50_000),
        "[".repeat(50_000),
        "<div>".repeat(13_000),
        "<div>".repeat(20_000),
        "<div>\n\n".repeat(9_000),
        "<b title=1>x\n\n".repeat(4_500),
        "<a href=docs/x>".repeat(4_000),
        "<table><tr><td>".repeat(4_000),
        "<ul><li>".repeat(8_000),
        "</div>".repeat(10_000),
        "<script>".repeat(8_000),
        "x <script>".repeat(6_000),
        "x <script></script>".repeat(3_000),
        "<p>\n".repeat(16_000),
        "<h1>x</h1>".repeat(6_000),
        "*a ".repeat(20_000),
        format!("{}b{}", "*a ".repeat(13_000), "*".repeat(13_000)),
        "a**b".repeat(16_000),
        "<!--".repeat(16_000),
        "`a``b```c".repeat(7_000),
        "<a href=\"".repeat(7_000),
        "&hearts;".repeat(8_000),
        format!("<div>{}", "&hearts;".repeat(8_000)),
        format!("<div {}>", "a=b ".repeat(16_000)),
        "| a ".repeat(16_000),
        "[^1]".repeat(16_000),
        format!("{}\n\n[^1]: x", "[^1]".repeat(2_000)),
        (0..3_000).map(|at| format!("[^{at}]\n\n[^{at}]: x\n\n")).collect(),
        "[a]: b\n".repeat(9_000),
        "[a](#b) ".repeat(8_000),
        "# a\n".repeat(16_000),
        "$a$".repeat(20_000),
        "$".repeat(60_000),
        "x".repeat(5_000_000),
        "é*".repeat(1_000_000),
        format!("{}\n{}\n{}", "|a".repeat(3_000), "|-".repeat(3_000), "|b\n".repeat(60)),
        format!("{}\n{}\n{}", "|a".repeat(3_000), "|-".repeat(3_000), "|b\n".repeat(15_000)),
        deep,
    ] {
        let start = spent();
        body_html(&body, &OPTIONS);
        slowest = slowest.max((spent().saturating_sub(start), body.chars().take(20).collect()));
    }
    assert!(slowest.0 < Duration::from_secs(10), "{slowest:?}");
}
