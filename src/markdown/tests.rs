//! What is written reads as it was meant, to both parsers, whatever the text.

use super::{
    read::{self, read},
    write::{
        self, Anchors, Context, Shift, code, contained, html, inline_gfm, link, link_text, plain, seen, text,
    },
};
use proptest::prelude::*;

const CONTEXTS: [Context; 3] = [Context::Line, Context::Heading, Context::Cell];

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
    assert_eq!(
        link_text("@octocat #12 :x: $y$", Context::Line),
        "@octocat #12 :<!-- -->x: <span>$</span>y<span>$</span>"
    );
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

fn shift() -> Shift {
    Shift { headings_below: 3, footnotes: "db-1-".to_owned() }
}

#[test]
fn a_body_that_needs_no_change_stands_as_it_is() {
    for body in [
        "- [ ] one\n- [x] two",
        "| a | b |\n|:-:|--|\n| 1 | `x\\|y` |",
        "> [!NOTE]\n> Mind.",
        "```sh\n# no heading\n```",
        "<details><summary>More</summary>\n\n* a\n* b\n\n</details>",
        "    indented\n\ntext  \nbroken, $x$, :rocket:, @octocat, &#64;",
        "see https://x.org and <!-- a hint --> so",
    ] {
        assert_eq!(contained(body, &shift()), body);
    }
    assert_eq!(contained("\r\n a\r\nb \r\n\r\n", &shift()), " a\nb");
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
        ("see https://z.org [x]\n\n[x]: y.md", "see <https://z.org> [x](y.md)"),
        ("```sh\necho", "```sh\necho\n```"),
        ("A\nB\n===", "#### A B"),
    ] {
        assert_eq!(contained(body, &shift()), expected);
    }
}

#[test]
fn what_cannot_be_contained_is_shown_as_text() {
    for body in [
        "<div>",
        "<!-- y",
        "<details>\n\nx",
        "<!-- roadbook:begin x -->",
        "</main></body>",
        "<plaintext>",
        "- <b>x\n- y</b>",
    ] {
        assert_eq!(contained(body, &shift()), format!("```markdown\n{body}\n```"));
    }
    assert_eq!(contained("<b>\n````", &shift()), "`````markdown\n<b>\n````\n`````");
}

#[test]
fn too_much_is_cut_and_says_so() {
    let shown = contained(&"x".repeat(70_000), &shift());
    assert!(shown.ends_with("*Only the first 10000 of 70000 characters are shown here.*"));
    assert!(shown.len() < 10_200);
}

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
        deep,
    ] {
        contained(&body, &shift());
        inline_gfm(&body, Context::Cell);
        text(&body, Context::Cell);
    }
}

#[test]
fn anchors_are_those_of_github() {
    for (heading, anchor) in [
        ("Phase 1 – Foundations", "phase-1--foundations"),
        ("A → B", "a--b"),
        ("en–dash", "endash"),
        ("v0.3.0: “core”", "v030-core"),
        ("C++ & C#", "c--c"),
        ("😄 - x", "---x"),
        (":ok_hand: x", "ok_hand-x"),
        ("a - b", "a---b"),
        ("__proto__", "__proto__"),
    ] {
        assert_eq!(Anchors::new().add(heading), anchor);
    }
    let mut anchors = Anchors::new();
    let doubled = ["foxtrot-1", "foxtrot", "foxtrot"].map(|heading| anchors.add(heading));
    assert_eq!(doubled, ["foxtrot-1", "foxtrot", "foxtrot-2"]);
}

#[test]
fn html_shows_raw_html_as_text_and_comments_not_at_all() {
    assert_eq!(html("a <b>b</b><!-- c -->"), "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n");
    assert_eq!(html("<!-- c -->\n\n[x](javascript:y)"), "<p><a href=\"\">x</a></p>\n");
}

/// Texts of anything, and texts of what Markdown and GitHub take for marks.
fn texts() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "a", "b ", " ", "\n", "1", "*", "**", "_", "__", "`", "``", "```", "~", "~~", "[", "]", "](", "(",
        ")", "!", "<", ">", "</", "b>", "&", "&lt;", "amp;", ";", "#", "# ", "- ", "+ ", "1. ", "> ", "=",
        "---", "|", "\\", "\\|", "$", ":", ":a:", "@", "@a", ".", "www.", "http://", "://", "x.org", "[^1]",
        "[ ] ", "<!--", "-->", "<?", "<b>", "\t", "\u{a0}", "é", "–", "😄", "\"", "'", "=\"",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(mark, 0..14).prop_map(|marks| marks.concat())]
}

/// The words of the cells of a table's rows, as pulldown-cmark reads them.
fn words(page: &str) -> String {
    read::shape(page).words()
}

proptest! {
    // PROPTEST_CASES in the environment tries more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_as_itself_to_both_parsers(title in texts()) {
        for context in CONTEXTS {
            for written in [text(&title, context), link(&title, "x.md", context), code(&title, context)] {
                let page = match context {
                    Context::Line => format!("{written}\n\nnext\n"),
                    Context::Heading => format!("## {written}\n\nnext\n"),
                    Context::Cell => format!("| a |\n|---|\n| {written} |\n\nnext\n"),
                };
                let head = if context == Context::Cell { "a\n" } else { "" };
                let body = seen(&title);
                let expected = format!("{head}{body}{}next", if body.is_empty() { "" } else { "\n" });
                prop_assert_eq!(plain(&page), expected.clone(), "comrak: {:?} {:?}", context, &written);
                prop_assert_eq!(words(&page), expected, "pulldown-cmark: {:?} {:?}", context, &written);
            }
        }
    }

    #[test]
    fn inline_markdown_keeps_its_cell(gfm in texts()) {
        let written = inline_gfm(&gfm, Context::Cell);
        let page = format!("| a | b |\n|---|---|\n| {written} | y |\n| x `x` | z |\n");
        let html = write::html(&page);
        prop_assert_eq!(html.matches("<td>").count(), 4, "{:?}", &written);
        prop_assert!(html.ends_with("<td>y</td>\n</tr>\n<tr>\n<td>x <code>x</code></td>\n<td>z</td>\n</tr>\n</tbody>\n</table>\n"), "{}", html);
        prop_assert!(words(&page).ends_with("y\nx x\nz"), "{:?}", &written);
    }

    #[test]
    fn inline_markdown_keeps_its_line(gfm in texts()) {
        for context in [Context::Line, Context::Heading] {
            let written = inline_gfm(&gfm, context);
            prop_assert!(!written.contains('\n'));
            let hashes = if context == Context::Heading { "# " } else { "" };
            let html = write::html(&format!("{hashes}{written}\n\n## Next `x` -->\n"));
            prop_assert!(html.ends_with("<h2>Next <code>x</code> --&gt;</h2>\n"), "{:?} {}", &written, html);
            prop_assert_eq!(html.matches("<h").count() - html.matches("<hr").count(), 1 + hashes.len() / 2, "{:?} {}", &written, html);
        }
    }

    #[test]
    fn a_contained_body_leaves_the_page_alone(lines in prop::collection::vec(texts(), 0..6)) {
        let body = contained(&lines.join("\n"), &shift());
        let page = format!("# Title\n\n{body}\n\n## Next\n");
        let headings = read(&page).headings;
        prop_assert_eq!(headings.first().map(|first| (first.level, first.text.as_str())), Some((1, "Title")));
        prop_assert_eq!(headings.last().map(|last| (last.level, last.text.as_str())), Some((2, "Next")));
        prop_assert!(headings[1..headings.len() - 1].iter().all(|heading| heading.level > 3), "{}", body);
        prop_assert!(write::html(&page).contains("<h2>Next</h2>"), "{}", body);
    }
}
