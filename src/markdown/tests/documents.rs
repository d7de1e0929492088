//! Whole documents: both parsers see the same in them.

use super::shift;
use crate::markdown::{
    read::{self, read},
    shape::{Part, Shape},
    write::{self, contained},
};

/// Documents of several habits: one that is generated, one of a book, one of an issue.
const DOCUMENTS: [&str; 3] = [
    include_str!("../../../tests/fixtures/seed/SUMMARY.expected.md"),
    include_str!("../../../tests/fixtures/markdown/guide.md"),
    include_str!("../../../tests/fixtures/markdown/issue.md"),
];

/// Headings, links, images and boxes of a reading, in order, each with its words. Links that show their own address are
/// left out: only comrak makes links of bare addresses.
fn landmarks(shape: &Shape) -> Vec<String> {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut words = String::new();
    let mut found = Vec::new();
    for part in shape.parts() {
        match part {
            Part::Open(mark) => open.push((format!("{mark:?}"), words.len())),
            Part::Text(text) | Part::Verbatim("code", text) => words.push_str(text),
            Part::Verbatim("box", ticked) => found.push(format!("[{ticked}]")),
            Part::Verbatim(..) => {}
            Part::Close => {
                let (mark, from) = open.pop().expect("a reading is balanced");
                let words = &words[from..];
                let leads = mark.starts_with("Heading") || mark.contains("link ") || mark.contains("image ");
                if leads && !(mark.contains("link ") && mark.contains(words) && words.contains(['/', '@'])) {
                    found.push(format!("{mark} {words}"));
                }
            }
        }
    }
    found
}

#[test]
fn both_parsers_see_the_same_headings_links_and_boxes() {
    for document in DOCUMENTS {
        assert_eq!(landmarks(&write::shape(document)), landmarks(&read::shape(document)));
    }
}

#[test]
fn an_outline_tells_what_is_where() {
    let source = "# A `b`\n\nx &amp; y [l](z.md) <a name='n' id=\"i\"></a>\n- [x] do `it`\n  now\n- [ ] rest\n\n<!-- roadbook:begin m -->\n`<!-- no -->`\n";
    let outline = read(source);
    let slices = |ranges: &[std::ops::Range<usize>]| {
        ranges.iter().map(|range| &source[range.clone()]).collect::<Vec<_>>()
    };
    assert_eq!(outline.headings[0].text, "A b");
    assert_eq!(&source[outline.links[0].range.clone()], "[l](z.md)");
    assert_eq!(read::anchored(source).named, ["i", "n"]);
    assert_eq!(outline.comments.len(), 1);
    assert_eq!(outline.comments[0].text, "roadbook:begin m");
    assert_eq!(&source[outline.comments[0].range.clone()], "<!-- roadbook:begin m -->");
    assert_eq!(slices(&outline.prose), ["A ", "x &amp; y ", "l", " ", "do ", "now", "rest"]);
    assert_eq!(
        outline.code.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
        ["b", "it", "<!-- no -->"]
    );
    let tasks: Vec<_> = outline
        .tasks
        .iter()
        .map(|task| (task.done, task.text.as_str(), &source[task.range.clone()]))
        .collect();
    assert_eq!(tasks, [(true, "do it now", "[x]"), (false, "rest", "[ ]")]);
}

#[test]
fn whole_documents_can_be_contained() {
    for document in DOCUMENTS {
        let body = contained(document, &shift());
        assert!(!body.starts_with("```"), "{body}");
        let levels: Vec<u8> =
            read(document).headings.iter().map(|heading| (heading.level + 3).min(6)).collect();
        assert_eq!(read(&body).headings.iter().map(|heading| heading.level).collect::<Vec<_>>(), levels);
    }
}
