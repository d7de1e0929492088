//! What a file of words may hold: anything, and it stays text; what is wrong in it is told.

use std::{collections::BTreeSet, fs};

use pulldown_cmark::{Event, Options, Parser};
use serde_json::{Value, json};

#[cfg(feature = "serve")]
use crate::preview::Preview;
use crate::{
    support::{Project, SOURCE, pretty, same_tree},
    words::{Told, english, file_of, is_translated, project, pseudo, seen, source, without, write},
};

/// What would be markup, code or a link wherever it stood as it is.
const HOSTILE: &str = "1. - # \"'`></p><img src=x onerror=alert(1)></script></title></style>--><!-- *a* _b_ ~~c~~ | \
    [x](javascript:x) ![i](y) <https://e.example> &amp; {{ y }} {% z %} {# w #} \\ ";

/// The tags of a page, each with the names of its attributes.
fn tags(html: &str) -> BTreeSet<String> {
    let html = without(html, "<!--", "-->");
    let mut tags = BTreeSet::new();
    let mut rest = html.as_str();
    while let Some((_, behind)) = rest.split_once('<') {
        let (mut tag, mut quote) = (String::new(), None);
        let mut letters = behind.char_indices();
        let end = letters.find_map(|(at, letter)| {
            match (quote, letter) {
                (None, '>') => return Some(at),
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), letter) if open == letter => quote = None,
                (None, letter) => tag.push(letter),
                _ => {}
            }
            None
        });
        rest = end.map_or("", |end| &behind[end..]);
        let names = tag.split(['=', ' ', '/']).filter(|name| !name.is_empty());
        tags.insert(names.collect::<Vec<_>>().join(" "));
    }
    tags
}

fn gfm() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

/// What a document is made of, without its words.
fn blocks(markdown: &str) -> Vec<String> {
    let is_word = |event: &Event<'_>| match event {
        Event::Text(_) | Event::SoftBreak => true,
        // What parts two characters that would be markup together.
        Event::InlineHtml(html) => &**html == "<!-- -->",
        _ => false,
    };
    let events = Parser::new_ext(markdown, gfm()).filter(|event| !is_word(event));
    events.map(|event| format!("{event:?}")).collect()
}

/// The words of a document.
fn shown(markdown: &str) -> String {
    let words = |event: Event<'_>| match event {
        Event::Text(text) => text.to_string(),
        _ => String::new(),
    };
    Parser::new_ext(markdown, gfm()).map(words).collect()
}

/// A script without what stands in its strings; `None` where one does not end on its line.
fn bones(script: &str) -> Option<String> {
    let mut bones = String::new();
    for line in without(script, "/*", "*/").lines() {
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            bones.push(letter);
            match letter {
                '/' if letters.peek() == Some(&'/') => break,
                '"' | '\'' => loop {
                    match letters.next()? {
                        '\\' => drop(letters.next()?),
                        close if close == letter => break,
                        _ => {}
                    }
                },
                _ => {}
            }
        }
    }
    Some(bones)
}

#[test]
fn what_replaces_a_text_is_nothing_but_text() {
    let english = project(Told::All, str::to_owned);
    let hostile = project(Told::All, |text| [HOSTILE, text, HOSTILE].concat());
    for project in [&english, &hostile] {
        let run = project.run(["build", "--quiet"]);
        assert!(run.code < 2 && !run.err.contains("-word]"), "{}", run.err);
    }
    let mut held = BTreeSet::new();
    for (path, bytes) in hostile.tree() {
        let (plain, text) = (english.bytes(&path), String::from_utf8(bytes).expect("a text"));
        let plain = String::from_utf8(plain).expect("a text");
        let is_asset = path.contains("/assets/");
        let kind = path.rsplit_once('.').map_or("", |(_, end)| end);
        match kind {
            "html" | "svg" | "atom" => {
                let strange: Vec<_> = tags(&text).difference(&tags(&plain)).cloned().collect();
                assert_eq!(strange, [""; 0], "{path}");
                assert_eq!(text.matches("<!--").count(), plain.matches("<!--").count(), "{path}");
                if kind != "html" {
                    roxmltree::Document::parse(&text).unwrap_or_else(|why| panic!("{path}: {why}"));
                }
            }
            "md" => {
                let (own, wanted) = (blocks(&text), blocks(&plain));
                let other = own.iter().zip(&wanted).position(|(own, wanted)| own != wanted);
                let other = other.map(|at| (&own[at.saturating_sub(3)..][..4], &wanted[at]));
                assert_eq!((other, own.len()), (None, wanted.len()), "{path}");
                // What is escaped twice shows its escapes.
                let shown = shown(&text);
                assert!(!shown.contains("\\<img") && shown.contains("><img"), "{path}: {shown}");
            }
            "js" if is_asset => assert_eq!(bones(&text), bones(&plain), "{path}"),
            "js" => assert!(bones(&text).is_some(), "{path}"),
            "ics" => {
                let names = |text: &str| {
                    let lines = text.replace("\r\n ", "");
                    lines
                        .lines()
                        .map(|line| line.split([':', ';']).next().unwrap_or_default().to_owned())
                        .collect::<Vec<_>>()
                };
                assert_eq!(names(&text), names(&plain), "{path}");
            }
            // What programs read is the same in every language.
            _ if path != "words.json" => assert_eq!(text, plain, "{path}"),
            _ => continue,
        }
        if text.contains("onerror") {
            held.insert(kind.to_owned());
        }
    }
    assert_eq!(held.into_iter().collect::<Vec<_>>(), ["html", "ics", "js", "md", "svg"]);
}

#[test]
fn the_tests_above_would_see_markup() {
    assert_eq!(tags("<p class=\"a>b\">x</p>"), BTreeSet::from(["p class".to_owned(), "p".to_owned()]));
    assert!(tags("<p>x<img src=x onerror=y></p>").contains("img src x onerror y"));
    assert_ne!(blocks("a *b* c"), blocks("a b c"));
    assert_eq!(bones("f(\"a\\\"b\") // don't"), bones("f(\"\") // do"));
    assert_eq!(bones("f(\"a)"), None);
}

#[test]
fn english_in_the_place_of_english_changes_nothing() {
    for told in [Told::All, Told::Nothing, Told::Begun(10)] {
        let mut plain = source(told);
        plain["site"]["lang"] = "en".into();
        let built = |source: &Value| {
            let project = Project::of(source);
            project.write("guide.md", "# Ж\n");
            project
        };
        let worded = built(&plain);
        fs::write(worded.path("words.json"), worded.run(["words"]).out).expect("a file of the test");
        plain.as_object_mut().expect("an object").remove("words");
        let plain = built(&plain);
        for project in [&worded, &plain] {
            assert!(project.run(["build", "--quiet"]).code < 2, "{told:?}");
        }
        worded.remove("words.json");
        worded.remove(SOURCE);
        plain.remove(SOURCE);
        same_tree(&plain.tree(), &worded.tree());
    }
}

#[test]
fn the_front_page_of_several_speaks_as_the_first_that_names_words() {
    let project = Project::new([(".roadbook", "r1 = r1/roadmap\nr2 = r2/roadmap\nr3 = r3/roadmap\n")]);
    let mut sources = [Told::All, Told::All, Told::Nothing].map(source);
    let own = sources[0].as_object_mut().expect("an object");
    ["words", "docs"].iter().for_each(|key| drop(own.remove(*key)));
    for (source, name) in sources.iter_mut().zip(["r1", "r2", "r3"]) {
        source.as_object_mut().expect("an object").remove("docs");
        source["site"]["committed"] = true.into();
        project.write(&format!("{name}/roadmap/plan.json"), pretty(source));
    }
    write(&project, file_of(&project, pseudo));
    let run = project.run(["build", "--quiet"]);
    assert!(run.code < 2, "{}", run.err);
    assert!(seen(&project.text("site/r1/index.html")).iter().any(|text| english(text).is_some()));
    for path in ["r1", "site/r1"] {
        fs::remove_dir_all(project.path(path)).expect("it was built");
    }
    let page = project.text("site/index.html");
    assert!(
        page.contains("<html lang=\"ar\"") && page.contains(&format!(">{}</small>", pseudo("Roadmap"))),
        "{page}"
    );
    is_translated(&project);
    // A file that cannot be read leaves the page as it is.
    write(&project, "[]");
    let run = project.run(["build", "--quiet", "--roadmap", "r2"]);
    assert_eq!((run.code, project.text("site/index.html") == page), (3, true), "{}", run.err);
}

/// A small roadmap that names words; its site is in this language.
fn small(language: &str) -> Project {
    let issues = [json!({ "id": "A-1", "title": "x1" }), json!({ "id": "A-2", "title": "x2" })];
    Project::of(
        &json!({ "issues": issues, "words": "words.json", "site": { "lang": language }, "outputs": {} }),
    )
}

#[test]
fn a_roadmap_without_a_title_has_the_one_that_words_give_it() {
    let project = small("de");
    write(&project, r#"{ "Roadmap": "Fahrplan" }"#);
    project.run(["build"]).ends_with(0);
    assert!(project.text("site/index.html").contains("<title>Fahrplan"));
    assert!(project.text("roadmap/SUMMARY.md").contains("\n# Fahrplan - "));
    // What people call theirs is nobody's to replace.
    let project = Project::of(
        &json!({ "title": "Roadmap", "issues": [], "milestones": [{ "id": "M-1", "title": "x" }], "words": "words.json" }),
    );
    write(&project, r#"{ "Roadmap": "Fahrplan" }"#);
    project.run(["build"]);
    assert!(project.text("roadmap/SUMMARY.md").contains("\n# Roadmap - "));
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_written() {
    let huge = format!("{{ \"Due\": \"{}\" }}", "x".repeat(1 << 20));
    for (words, told) in [
        (None, "error[broken-words]: there is no `words.json`"),
        (Some(&b"[]"[..]), "error[wrong-type]"),
        (Some(b"{ \"Due\": "), "error[syntax]"),
        (Some(b"{ \"Due\": \"a\", \"Due\": \"b\" }"), "error[duplicate-key]: the key `Due` is given twice"),
        (
            Some(b"{ \"{n} days\": { \"one\": \"a\", \"one\": \"b\" } }"),
            "error[duplicate-key]: the key `one` is given twice",
        ),
        (Some(b"\xff\xfe{\x00}\x00"), "error[encoding]: this file is UTF-16"),
        (Some(b"{ \"Due\": \"f\xe4llig\" }"), "error[encoding]: this file is not UTF-8"),
        (
            Some(b"{\n<<<<<<< a\n\"Due\": \"a\"\n=======\n\"Due\": \"b\"\n>>>>>>> b\n}"),
            "error[conflict-markers]",
        ),
        (Some(huge.as_bytes()), "larger than 1 MiB, the most that a file of words may have"),
    ] {
        let project = small("de");
        if let Some(words) = words {
            write(&project, words);
        }
        for verb in ["build", "check"] {
            let run = project.run([verb]).ends_with(3).says(told);
            assert!(run.err.contains("words.json"), "{}", run.err);
        }
        assert!(!project.has("site") && !project.has("roadmap/SUMMARY.md"), "{told}");
    }
    let project = small("de");
    fs::create_dir(project.path("words.json")).expect("a folder");
    project.run(["build"]).ends_with(3).says("words.json");
    assert!(!project.has("site"));
}

#[test]
fn what_fits_no_text_is_told_with_its_line_and_stays_english() {
    for (words, told) in [
        (r#"{ "Overdeu": "x" }"#, "error[unknown-word]: there is no text `Overdeu`|did you mean `Overdue`?"),
        (
            r#"{ "zzzzzzz": "x" }"#,
            "error[unknown-word]: there is no text `zzzzzzz`|`roadbook words` prints all texts",
        ),
        (r#"{ "{n} of {all} issues": "x" }"#, "error[unknown-word]"),
        (r#"{ "and {more} more": "und weitere" }"#, "error[wrong-word]: the text lacks `{more}`"),
        (r#"{ "and {more} more": "{more} {most}" }"#, "error[wrong-word]: the text has `{most}`"),
        (r#"{ "Due": "{day}" }"#, "error[wrong-word]: the text has `{day}`|this text has no values"),
        (
            r#"{ "{n} issues": { "other": "{n} x" } }"#,
            "error[wrong-word]: `{n} issues` has no form `one`, which `de` needs|it stands for 1",
        ),
        (
            r#"{ "{n} issues": { "one": "x", "two": "x", "other": "{n} x" } }"#,
            "error[wrong-word]: `de` has no plural form `two`",
        ),
        (
            r#"{ "{n} issues": { "one": "x", "other": "viele" } }"#,
            "error[wrong-word]: the form `other` of `{n} issues` lacks `{n}`",
        ),
        (r#"{ "Due": { "one": "x", "other": "y" } }"#, "error[wrong-word]: `Due` does not count"),
        (r#"{ "Due": null }"#, "error[wrong-word]: `Due` is not replaced by a text"),
        ("{ \"Due\": \"a\u{202e}b\" }", "error[wrong-word]: the text holds the character U+202E"),
    ] {
        let project = small("de");
        write(&project, words);
        let run = told.split('|').fold(project.run(["build"]).ends_with(1), |run, part| run.says(part));
        assert!(run.err.contains("words.json:1:"), "{}", run.err);
        assert!(project.text("roadmap/SUMMARY.md").contains("2 issues"), "{words}");
    }
}

#[cfg(feature = "serve")]
#[test]
fn the_preview_shows_other_words_when_they_are_saved() {
    let project = small("de");
    write(&project, r#"{ "Skip to content": "Zum Inhalt" }"#);
    let preview = Preview::start(&project, &[]);
    let mut events = preview.events();
    events.next();
    preview.shows("/", "Zum Inhalt");
    write(&project, r#"{ "Skip to content": "Gleich zum Inhalt" }"#);
    preview.shows("/", "Gleich zum Inhalt");
    write(&project, "{ ");
    let broken = events.until(|message| message["faults"]["list"][0]["code"] == "syntax");
    assert!(broken["faults"]["list"][0]["place"].as_str().is_some_and(|it| it.starts_with("words.json:1")));
    assert!(preview.get("/").text().contains("Gleich zum Inhalt"));
}

#[test]
fn numbers_take_the_forms_of_the_language_and_what_is_left_out_stays_english() {
    let of = |count: usize, words: &str| {
        let issues: Vec<_> =
            (0..count).map(|n| json!({ "id": format!("A-{n}"), "title": format!("x{n}") })).collect();
        let project =
            Project::of(&json!({ "issues": issues, "words": "words.json", "site": { "lang": "pl" } }));
        write(&project, words);
        project.run(["build", "--quiet"]).ends_with(0);
        project.text("roadmap/SUMMARY.md")
    };
    let forms = r#"{ "{n} issues": { "one": "jedno zadanie", "few": "{n} zadania", "many": "{n} zadań", "other": "{n} zadania" } }"#;
    for (count, words) in [(1, "jedno zadanie"), (3, "3 zadania"), (5, "5 zadań"), (22, "22 zadania")] {
        let summary = of(count, forms);
        assert!(summary.contains(words) && summary.contains("This document provides"), "{summary}");
    }
    let hostile =
        r#"{ "Issues by Milestone": "*a* | {{ title }} {% raw %} <b>", "Without a milestone": "{# x" }"#;
    let summary = of(1, hostile);
    assert!(summary.contains("## \\*a\\* \\| {{ title }} {% raw %} \\<b\\>"), "{summary}");
    assert!(summary.contains("{# x"), "{summary}");
}
