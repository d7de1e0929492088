//! Texts of one line: what each is written as.

use super::CONTEXTS;
use crate::markdown::{
    read::read,
    write::{Context, code, inline_gfm, link, text},
};

#[test]
fn what_reads_the_same_is_left_alone() {
    for title in [
        "DB-ML1 – Postgres OLTP schema finalized (nc.*)",
        "Build entity → store → migration status matrix",
        "Complete nc.* RLS + tenant guard coverage",
        "Lake / Iceberg layout (LAK-001 + physical DDL)",
        "Define and implement … (S3 / Weaviate)",
        "a snake_case word, a_b_c",
        "2 * 3",
        "C++ & C#",
        "what's implemented vs not",
        "area:db, type:docs",
        "Ship it!",
        "see [1] and {x}",
        "5 < 6 > 4",
        "~5 minutes",
        "$5 and $6",
        "10:30:45",
        "a | b",
        "1.5 times",
        "#hashtag and # alone",
        "deadbeef0123456789deadbeef0123456789dead",
    ] {
        for context in CONTEXTS {
            let pipes = context == Context::Cell;
            let expected = if pipes { title.replace('|', "\\|") } else { title.to_owned() };
            assert_eq!(text(title, context), expected, "{context:?}");
        }
    }
}

#[test]
fn what_would_not_read_the_same_is_escaped() {
    for (title, expected) in [
        ("<b>", r"\<b>"),
        ("&lt; &amp;", r"\&lt; \&amp;"),
        ("*emph*", r"\*emph*"),
        ("_x_", r"\_x_"),
        ("~~x~~", r"\~~x~~"),
        ("`code`", r"\`code\`"),
        ("[a](b)", r"\[a](b)"),
        ("![a](b)", r"!\[a](b)"),
        ("see https://x.org", r"see https\://x.org"),
        ("see www.x.org", r"see www\.x.org"),
        ("a@b.org", "a@<!-- -->b.org"),
        ("ask @octocat of @org/team", "ask @<!-- -->octocat of @<!-- -->org/team"),
        ("#12, GH-1, o/r#2", "#<!-- -->12, GH-<!-- -->1, o/r#<!-- -->2"),
        ("a :rocket: b", "a :<!-- -->rocket: b"),
        ("$x$", "<span>$</span>x<span>$</span>"),
        ("note[^1]", r"note\[^1]"),
        ("end\\", r"end\\"),
        ("  a \t\r\n b\u{85}c\0\u{7}\u{1b}[31m ", "a b c[31m"),
    ] {
        for context in CONTEXTS {
            assert_eq!(text(title, context), expected, "{context:?}");
        }
    }
}

#[test]
fn marks_are_escaped_only_where_they_are_marks() {
    for (title, expected) in [
        ("# H", r"\# H"),
        ("- x", r"\- x"),
        ("+ x", r"\+ x"),
        ("* x", r"\* x"),
        ("1. x", r"1\. x"),
        ("1) x", r"1\) x"),
        ("> q", r"\> q"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("- - -", r"\- - -"),
        ("```", r"\`\`\`"),
        ("~~~", r"\~~~"),
        ("[ ] x", r"\[ ] x"),
        ("[x]: y", r"\[x]: y"),
        ("|-|", r"|\-|"),
    ] {
        assert_eq!(text(title, Context::Line), expected);
    }
    assert_eq!(text("- x", Context::Heading), "- x");
    assert_eq!(text("1. x", Context::Cell), "1. x");
    assert_eq!(text("C #", Context::Line), "C #");
    assert_eq!(text("C #", Context::Heading), r"C \#");
    assert_eq!(text("a|b \\| c\\", Context::Cell), r"a\|b \\\| c\\");
}

#[test]
fn links_lead_where_they_should() {
    let written = link("a [b] `c", "m-x.html?a=1&lt;b=(c)|d e", Context::Cell);
    assert_eq!(written, r"[a \[b\] \`c](m-x.html?a=1&amp;lt;b=%28c%29%7Cd%20e)");
    assert_eq!(read(&written).links[0].dest, "m-x.html?a=1&lt;b=%28c%29%7Cd%20e");
    let words = "@octocat #12 :<!-- -->x: <span>$</span>y<span>$</span>";
    assert_eq!(link("@octocat #12 :x: $y$", "m.md", Context::Line), format!("[{words}](m.md)"));
    assert_eq!(link("x", "", Context::Line), "[x]()");
}

#[test]
fn code_shows_exactly_its_text() {
    for (given, expected) in [
        ("a", "`a`"),
        ("`", "`` ` ``"),
        ("a``b`c", "```a``b`c```"),
        ("a|b", r"`a\|b`"),
        ("a\nb", "`a b`"),
        ("a\\\\|b", r"`a\\\|b`"),
        (r"a\|b", r"<code>a\\\|b</code>"),
        ("", ""),
    ] {
        assert_eq!(code(given, Context::Cell), expected);
    }
    assert_eq!(code("a|b", Context::Line), "`a|b`");
}

#[test]
fn inline_markdown_is_kept() {
    for gfm in [
        "**bold**, `a*b` and [a link](x.md)",
        "x<br>y <kbd>z</kbd>",
        "nc schema (nc.*)",
        "![alt](x.png) ~~no~~",
    ] {
        for context in CONTEXTS {
            assert_eq!(inline_gfm(gfm, context), gfm, "{context:?}");
        }
    }
    assert_eq!(inline_gfm("a\n\nb\\\nc  \nd", Context::Cell), "a b c d");
    assert_eq!(inline_gfm("a | `b|c` \\| d", Context::Cell), r"a \| `b\|c` \| d");
    assert_eq!(inline_gfm("a | b", Context::Line), "a | b");
    assert_eq!(inline_gfm(r"`grep 'a\|b'` **x**", Context::Cell), r"`grep 'a\\|b'` **x**");
    assert_eq!(inline_gfm(r"`a\\|b` \\| c", Context::Cell), r"`a\\\|b` \\\| c");
}

#[test]
fn inline_markdown_cannot_break_out() {
    for (gfm, expected) in [
        ("# H", r"\# H"),
        ("- x", r"\- x"),
        ("1. x", r"1\. x"),
        ("---", r"\---"),
        ("a `b", r"a \`b"),
        ("a <!-- b", r"a \<\!-- b"),
        ("<div>x", r"\<div\>x"),
        ("x <!-- roadbook:end -->", r"x \<\!-- roadbook:end --\>"),
        ("end\\", r"end\\"),
    ] {
        assert_eq!(inline_gfm(gfm, Context::Line), expected);
    }
}
