//! Bodies: what is kept, changed, closed, shown as text; and how long it takes.

use super::{shift, spent};
use crate::markdown::write::{Context, Shift, contained, inline_gfm, text};
use std::time::Duration;

#[test]
fn a_body_that_needs_no_change_stands_as_it_is() {
    for body in [
        "- [ ] one\n- [x] two",
        "| a | b |\n|:-:|--|\n| 1 | `x\\|y` |",
        "> [!NOTE]\n> Mind.",
        "```sh\n# no heading\n```",
        "> > [!TIP]\\\n> > x",
        "<details><summary>More</summary>\n\n* a\n* b\n\n</details>",
        "an Array<Element> of <keyword>\n\n<!doctype html>\n\n</UNRESOLVED>",
        "    indented\n\ntext  \nbroken, $x$, :rocket:, @octocat, &#64;",
        "see https://x.org and <!-- a hint --> so",
    ] {
        assert_eq!(contained(body, &shift()), body);
    }
    assert_eq!(contained("\r\n a\r\nb \r\n\r\n", &shift()), " a\\\nb");
}

#[test]
fn headings_move_and_footnotes_are_renamed_where_they_stand() {
    for (body, expected) in [
        ("# A\n\n* x!\n\n###### B", "#### A\n\n* x!\n\n###### B"),
        ("A\n===\nx\n\n> B\n> -\n> y", "#### A\n\nx\n\n> ##### B\n> \n> y"),
        ("x[^1] [^2]\n\n[^1]: note!", "x[^db-1-1] [^2]\n\n[^db-1-1]: note!"),
    ] {
        assert_eq!(contained(body, &shift()), expected);
    }
}

#[test]
fn what_reaches_further_is_resolved_or_closed() {
    for (body, expected) in [
        ("see [x]\n\n[x]: y.md", "see [x](y.md)"),
        ("see https://z.org [x]\n\n[x]: y.md", "see https://z.org [x](y.md)"),
        (
            "[a][x] [x][] ![b *c*][X]\n\n[x]: <y z.md> 'say \"t\"'\n\nd",
            "[a](<y z.md> \"say \\\"t\\\"\") [x](<y z.md> \"say \\\"t\\\"\") ![b *c*](<y z.md> \"say \\\"t\\\"\")\n\nd",
        ),
        ("[x] (see)[https://z.org]\n\n[x]: y.md\n[x]: z.md", "[x](y.md) (see)[https://z.org]"),
        ("[`x`]\nb\n\n> [`x`]: y(z).md", "[`x`](y\\(z\\).md)\\\nb\n\n>"),
        ("**_a_** [x]\n\n[x]: y?a=1&b=2&amp;c", "**_a_** [x](y?a=1&b=2&c)"),
        ("```sh\necho", "```sh\necho\n```"),
        ("x\n    | a |\n|---|", "```markdown\nx\n    | a |\n|---|\n```"),
        ("!\n|-", "```markdown\n!\n|-\n```"),
        ("# A\n\n\t```\n```\na\n```\t\n\nb\n# C", "#### A\n\n\t```\n```\na\n```\n\nb\n#### C"),
        ("# A\n\n| a\t| b |\n|--\t|---|\n\nb\nc", "#### A\n\n| a\t| b |\n|-- |---|\n\nb\\\nc"),
        ("A\nB\n===", "#### A B"),
    ] {
        assert_eq!(contained(body, &shift()), expected);
    }
}

#[test]
fn lines_break_as_they_do_in_an_issue() {
    for (body, expected) in [
        ("a\nb", "a\\\nb"),
        ("- a\n  b\n- c", "- a\\\n  b\n- c"),
        ("a  \nb\\\nc \nd", "a  \nb\\\nc\\\nd"),
        ("see https://x.org\nor a@x.org\nb", "see https://x.org \\\nor a@x.org \\\nb"),
        ("[a](\nb) [c\nd](e)\nf `g\nh`", "[a](\nb) [c\\\nd](e)\\\nf `g\nh`"),
        ("> [!NOTE]\n> a\n> b", "> [!NOTE]\n> a\\\n> b"),
        ("> [!NOTE] a\n> b", "> [!NOTE] a\\\n> b"),
        ("> > [!TIP]\n> > b", "> > [!TIP]\\\n> > b"),
        ("- [ ]\n  a\n- [x]\n  b", "- \\[ \\]\\\n  a\n- \\[x\\]\\\n  b"),
        ("- [ ] a\n  b\n- [x]", "- [ ] a\\\n  b\n- [x]"),
        ("| a |\n|---|\n| b |\nc", "| a |\n|---|\n| b |\nc"),
        ("a\n- b\n1. c\n```\nd\ne\n```", "a\n- b\n1. c\n```\nd\ne\n```"),
    ] {
        assert_eq!(contained(body, &shift()), expected);
        let document = Shift { line_breaks: false, ..shift() };
        assert_eq!(contained(body, &document), body);
    }
}

#[test]
fn what_raw_html_leaves_open_is_closed_behind_it() {
    for (body, tags) in [
        ("<div>", "</div>"),
        ("<details>\n\nx", "</details>"),
        ("<a name=\"x\">\n\ny <b>z", "</b>\n</a>"),
        ("- <b>x\n- y", "</b>"),
    ] {
        assert_eq!(contained(body, &shift()), format!("{body}\n\n{tags}"));
    }
    for body in ["- <b>x\n- y</b>", "</main></body>", "<details>\n\nx\n\n</details>\n\n</div>"] {
        assert_eq!(contained(body, &shift()), body);
    }
}

#[test]
fn what_cannot_be_contained_is_shown_as_text() {
    for body in
        ["<!-- y", "<!-- roadbook:begin x -->", "<plaintext>", "- <table>\n- x", "<a id=i-db-001></a>"]
    {
        assert_eq!(contained(body, &shift()), format!("```markdown\n{body}\n```"));
    }
    assert_eq!(contained("<!-- b\n````", &shift()), "`````markdown\n<!-- b\n````\n`````");
}

#[test]
fn too_much_is_cut_and_says_so() {
    let shown = contained(&"x".repeat(70_000), &shift());
    assert!(shown.ends_with("*Only the first 10000 of 70000 characters are shown here.*"));
    assert!(shown.len() < 10_200);
}

/// Each takes under 100 ms in a release build; what is quadratic takes minutes in this one.
#[test]
fn nothing_takes_long() {
    let deep: String = (0..400).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    for body in [
        ">".repeat(50_000),
        "[".repeat(50_000),
        "<div>".repeat(13_000),
        "*a ".repeat(20_000),
        "a**b".repeat(16_000),
        "<!--".repeat(16_000),
        "`a``b```c".repeat(7_000),
        "<a href=\"".repeat(7_000),
        "| a ".repeat(16_000),
        "[^1]".repeat(16_000),
        "[a]: b\n".repeat(9_000),
        "# a\n".repeat(16_000),
        "x".repeat(5_000_000),
        "é*".repeat(1_000_000),
        format!("{}\n{}\n{}", "|a".repeat(3_000), "|-".repeat(3_000), "|b\n".repeat(15_000)),
        "a * b _c_ ".repeat(10_000),
        deep,
    ] {
        let start = spent();
        contained(&body, &shift());
        inline_gfm(&body, Context::Cell);
        text(&body, Context::Cell);
        assert!(spent().saturating_sub(start) < Duration::from_secs(10), "{}", &body[..20]);
    }
}
