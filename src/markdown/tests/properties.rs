//! What holds for any text at all.

use super::{CONTEXTS, shift};
use crate::markdown::{
    read::{self, read},
    shape::{Part, Shape},
    write::{self, Context, code, contained, in_both_ways, inline_gfm, link, seen, text},
};
use proptest::prelude::*;

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

/// The words of a page, as pulldown-cmark reads them.
fn words(page: &str) -> String {
    words_of(&read::shape(page))
}

/// The words of a reading: one line for each block, raw HTML left out.
fn words_of(shape: &Shape) -> String {
    let mut words = String::new();
    let mut open = Vec::new();
    for part in shape.parts() {
        match part {
            Part::Open(mark) => {
                open.push(mark.is_block());
                if mark.is_block() {
                    end_line(&mut words);
                }
            }
            Part::Close => {
                if open.pop().unwrap_or(true) {
                    end_line(&mut words);
                }
            }
            Part::Text(text) | Part::Verbatim("code", text) => words.push_str(text),
            Part::Verbatim("code block", text) => {
                end_line(&mut words);
                words.push_str(text);
                end_line(&mut words);
            }
            Part::Verbatim("break", _) => words.push(' '),
            Part::Verbatim(..) => {}
        }
    }
    words.trim_matches([' ', '\n']).to_owned()
}

fn end_line(words: &mut String) {
    if !words.is_empty() && !words.ends_with('\n') {
        words.push('\n');
    }
}

/// Whether a text, a link and code say the same to both parsers wherever they stand.
fn reads_as_itself(title: &str) -> Result<(), TestCaseError> {
    for context in CONTEXTS {
        for written in [text(title, context), link(title, "x.md", context), code(title, context)] {
            let page = match context {
                Context::Line => format!("{written}\n\nnext\n"),
                Context::Heading => format!("## {written}\n\nnext\n"),
                Context::Cell => format!("| a |\n|---|\n| {written} |\n\nnext\n"),
            };
            let head = if context == Context::Cell { "a\n" } else { "" };
            let body = seen(title);
            let expected = format!("{head}{body}{}next", if body.is_empty() { "" } else { "\n" });
            prop_assert_eq!(
                words_of(&write::shape(&page)),
                expected.clone(),
                "comrak: {:?} {:?}",
                context,
                &written
            );
            prop_assert_eq!(words(&page), expected, "pulldown-cmark: {:?} {:?}", context, &written);
        }
    }
    Ok(())
}

#[test]
fn a_link_whose_words_look_like_a_footnote_is_a_link() {
    for title in ["^]:", "^x", "^1]: y"] {
        reads_as_itself(title).unwrap_or_else(|why| panic!("{title}: {why}"));
    }
}

proptest! {
    // PROPTEST_CASES in the environment tries more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_as_itself_to_both_parsers(title in texts()) {
        reads_as_itself(&title)?;
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

    #[test]
    fn the_short_way_to_contain_a_body_comes_to_what_the_long_one_does(
        lines in prop::collection::vec((blocks(), texts()), 0..8)
    ) {
        let body: String = lines.iter().map(|(block, text)| format!("{block}{text}\n")).collect();
        if let (Some(short), long) = in_both_ways(body.trim_end(), &shift()) {
            prop_assert_eq!(short, long, "{:?}", body);
        }
    }
}

/// What a line begins with that is a block.
fn blocks() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "",
        "",
        "\n",
        "# ",
        "## ",
        "#\t",
        "###### ",
        "####### ",
        " ## ",
        "    ",
        "\t",
        "> ",
        ">",
        "- ",
        "  - ",
        "1. ",
        "10) ",
        "* ",
        "- [ ] ",
        "```\n",
        "~~~",
        "| a | b |\n|---|---|\n",
        "---\n",
        "===\n",
        "<div>\n",
        "</div>\n\n",
        "<!-- a -->",
        "x  \n",
    ]);
    prop::collection::vec(mark, 0..4).prop_map(|marks| marks.concat())
}
