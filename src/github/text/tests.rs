//! Bodies: what is ours, what is people's, and what counts as the same.

use super::{Body, calling, carried, fingerprint, mentioned, normal, silent};
use crate::model::Id;

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

#[test]
fn a_body_reads_as_it_was_written_and_keeps_what_people_wrote_below() {
    let body = Body::wanted("Do *this*.\n\n- [ ] a\n", &id("DB-001"));
    let whole = body.written(&id("DB-001"));
    assert_eq!(whole, "Do *this*.\n\n- [ ] a\n\n<!-- roadbook:id=DB-001 -->");
    assert_eq!(Body::read(&whole), body);
    let people = Body::read(&format!("{whole}\r\n\r\nI have begun."));
    assert_eq!(
        (people.text.as_str(), people.below.as_str()),
        ("Do *this*.\n\n- [ ] a", "\r\n\r\nI have begun.")
    );
    assert_eq!(Body::read("nothing of ours"), Body { text: "nothing of ours".into(), ..Body::default() });
    assert_eq!(Body::wanted("", &id("A-1")).written(&id("A-1")), "<!-- roadbook:id=A-1 -->");
}

#[test]
fn a_marker_is_a_line_of_its_own_outside_code_and_the_last_one_holds() {
    let marker = |whole: &str| Body::read(whole).marker;
    assert_eq!(marker("x\n\n<!-- roadbook:id=A-1 -->\n\n<!-- roadbook:id=A-2 -->\n").as_deref(), Some("A-2"));
    assert_eq!(marker("x\n\n  <!--roadbook:id=A-1-->  \r\ny").as_deref(), Some("A-1"));
    for none in [
        "```\n<!-- roadbook:id=A-1 -->\n```",
        "see <!-- roadbook:id=A-1 -->",
        "<!-- roadbook:id=A-1 --> see",
        "`<!-- roadbook:id=A-1 -->`",
        "    <!-- roadbook:id=A-1 -->",
        "<!-- roadbook:id=A-1",
        "<!-- roadbook:id=A 1 -->",
        "<!-- roadbook:id= -->",
    ] {
        assert_eq!(marker(none), None, "{none}");
    }
}

#[test]
fn a_body_that_leaves_something_open_is_closed_so_that_its_marker_can_be_read() {
    for open in [
        "```rust\ncode",
        "~~~~\ncode ``` x",
        "> ````\n> code",
        "<!-- a comment",
        "<pre>\nx",
        "- a\n  ```\n  b",
    ] {
        let body = Body::wanted(open, &id("A-1"));
        assert_eq!(Body::read(&body.written(&id("A-1"))), body, "{open}");
        assert!(body.text.starts_with(open));
    }
}

#[test]
fn ticks_line_ends_and_calls_do_not_count() {
    let same = |a: &str, b: &str| normal(a) == normal(b);
    assert!(same("a\n\n- [ ] one\n- [ ] two", "a\r\n\r\n- [x] one\r\n- [X] two\r\n\r\n"));
    assert!(same("ask @ann", "ask @<!-- -->ann"));
    assert!(!same("a\n\nb", "a\nb"));
    assert!(!same("`[x]`", "`[ ]`"));
    assert_eq!(fingerprint(" \n"), None);
    assert_eq!(fingerprint("a\r\n"), fingerprint("a"));
}

#[test]
fn ticks_are_carried_over_by_the_words_of_the_items() {
    let theirs = "- [x] one\n- [ ] same\n- [x] same\n- [x] gone";
    let ours = "New.\n\n- [ ] same\n- [ ] one\n- [ ] new\n- [ ] same\n- [x] done here";
    assert_eq!(
        carried(ours, theirs),
        "New.\n\n- [ ] same\n- [x] one\n- [ ] new\n- [x] same\n- [x] done here"
    );
    assert_eq!(carried("- [x] one", "- [ ] one"), "- [ ] one");
}

#[test]
fn names_are_called_only_where_github_would() {
    let text = "Ask @ann or @org/team, (@bob).\n\n`@code` a@b.org https://x.org/@y\n\n```\n@fence\n```";
    let quiet = silent(text);
    assert_eq!(
        quiet,
        "Ask @<!-- -->ann or @<!-- -->org/team, (@<!-- -->bob).\n\n`@code` a@b.org https://x.org/@y\n\n```\n@fence\n```"
    );
    assert_eq!(calling(&quiet), text);
    assert_eq!(mentioned(text).into_iter().collect::<Vec<_>>(), ["ann", "bob", "org/team"]);
    assert_eq!(mentioned(&quiet).len(), 0);
}

#[test]
fn names_in_html_are_called_as_others_are() {
    let text = "<details title=\"@no\"><summary>ask @ann</summary>\n<code>@no</code> @org/team\n<!-- @no -->\n</details>\n\n<pre>\n@no\n</pre>\n\n<p\nalign=\"@no\">@bob";
    let quiet = silent(text);
    assert_eq!(
        quiet,
        text.replace("@ann", "@<!-- -->ann").replace("@org", "@<!-- -->org").replace("@bob", "@<!-- -->bob")
    );
    assert_eq!(calling(&quiet), text);
    assert_eq!(mentioned(text).into_iter().collect::<Vec<_>>(), ["ann", "bob", "org/team"]);
    assert_eq!(mentioned(&quiet).len(), 0);
}
