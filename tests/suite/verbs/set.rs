//! `set`, `close` and `move`: what they write, to the byte, and what they refuse.

use crate::support::{Project, Run, SOURCE};

/// Tabs, CRLF, a byte order mark, escapes, one-line objects, keys in an odd order, no line end at the end.
const ODD: &str = "\u{feff}{\r\n\t\"issues\": [\r\n\t\t{ \"title\" : \"A-1: \\u00dcber\", \"state\" : \"open\", \"labels\" : [ ] },\r\n\t\t{\r\n\t\t\t\"body\": \"b\",  \r\n\t\t\t\"title\": \"A-2: x\",\r\n\t\t\t\"labels\": [\r\n\t\t\t\t\"a\",\r\n\t\t\t\t\"b\"\r\n\t\t\t],\r\n\t\t\t\"due_on\": \"2026-12-01\"\r\n\t\t},\r\n\t\t{\"title\":\"A-3: y\",\"blocked_by\":[\"A-2\"]}\r\n\t]\r\n}";

/// Runs an edit, which must change these places and nothing else.
#[track_caller]
fn changes(source: &str, line: &str, places: &[(&str, &str)]) -> Run {
    let project = Project::whole(source);
    let run = project.run(line).ends_with(0);
    let wanted = places.iter().fold(source.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    });
    assert_eq!(project.text(SOURCE), wanted, "{line}");
    let again = project.run(line).ends_with(0);
    assert_eq!((project.text(SOURCE), &*again.err), (wanted, "nothing to change\n"), "{line}");
    run
}

/// Runs an edit that is refused with this code and these words; the file stays as it is.
#[track_caller]
fn refused(source: &str, line: &str, code: u8, words: &str) {
    let project = Project::whole(source);
    let run = project.run(line).ends_with(code);
    assert!(run.err.contains(words), "{line}: {}", run.err);
    assert_eq!(project.text(SOURCE), source, "{line}");
}

#[test]
fn fields_are_set_where_they_belong_and_nothing_else_is_touched() {
    changes(
        ODD,
        "set A-1 body=x labels+=q",
        &[("ber\", \"state\"", "ber\", \"body\" : \"x\", \"state\""), ("[ ]", "[\"q\"]")],
    );
    changes(ODD, "set a-2 labels-=A", &[("\"a\",\r\n\t\t\t\t\"b\"", "\"b\"")]);
    changes(ODD, "set A-2 labels+=c,b", &[("\"b\"\r\n", "\"b\",\r\n\t\t\t\t\"c\"\r\n")]);
    changes(
        ODD,
        "set A-2 labels=b,d estimate=1.5",
        &[
            ("\"a\",\r\n\t\t\t\t\"b\"", "\"b\",\r\n\t\t\t\t\"d\""),
            ("\r\n\t\t\t],", "\r\n\t\t\t],\r\n\t\t\t\"estimate\": 1.5,"),
        ],
    );
    changes(
        ODD,
        "set A-3 internal=true state_reason=",
        &[("y\",", "y\",\"state_reason\":null,"), ("[\"A-2\"]}", "[\"A-2\"],\"internal\":true}")],
    );
    changes(ODD, "set A-3 --unset blocked_by", &[(",\"blocked_by\":[\"A-2\"]", "")]);
    changes(
        ODD,
        "set A-3 blocked_by= assignees=",
        &[("\"blocked_by\":[\"A-2\"]", "\"assignees\":[],\"blocked_by\":[]")],
    );
    changes(ODD, "set A-3 extra={\"k\":[1]}", &[("[\"A-2\"]}", "[\"A-2\"],\"extra\":{\"k\": [1]}}")]);
}

#[test]
fn the_first_move_of_a_due_day_keeps_what_was_planned() {
    let run = changes(
        ODD,
        "set A-2 due_on=2026-12-15",
        &[("\"2026-12-01\"", "\"2026-12-15\",\r\n\t\t\t\"planned_due_on\": \"2026-12-01\"")],
    );
    assert_eq!(
        run.err,
        "note: `planned_due_on` keeps 2026-12-01, so that the slip is known\nchanged `A-2` in `roadmap/plan.json`: `due_on`, `planned_due_on`\nrun `roadbook build` to update the documents\n"
    );
    changes(
        ODD,
        "set A-2 due_on=2026-12-15 planned_due_on=2026-11-30",
        &[("\"2026-12-01\"", "\"2026-12-15\",\r\n\t\t\t\"planned_due_on\": \"2026-11-30\"")],
    );
    changes(ODD, "set A-3 due_on=2026-12-15", &[("[\"A-2\"]}", "[\"A-2\"],\"due_on\":\"2026-12-15\"}")]);
    changes(ODD, "set A-2 due_on=", &[("\"2026-12-01\"", "null")]);
    let line = "set A-2 due_on=2026-12-15 --unset planned_due_on";
    changes(ODD, line, &[("\"2026-12-01\"", "\"2026-12-15\"")]);
}

#[test]
fn what_is_no_field_and_no_value_is_told() {
    refused(ODD, "set A-1 due=2026-12-01", 2, "unknown field `due`\n  = help: did you mean `due_on`?");
    refused(ODD, "set A-1 sprint=1", 2, "its fields are `id`, `title`, `milestone`");
    refused(
        ODD,
        "set A-1 due_on=soon",
        2,
        "`due_on` cannot be `soon`\n  = help: write a day as in `2026-11-22`",
    );
    refused(ODD, "set A-1 state=done", 2, "write one of `open`, `closed`");
    refused(ODD, "set A-1 title+=x", 2, "`title` is no list");
    refused(ODD, "set A-1 title", 2, "write `field=value`");
    refused(ODD, "set A-11 state=open", 2, "did you mean `A-1`?");
    refused(ODD, "set A-1 title=A-7:x", 2, "`roadbook rename A-1 A-7` changes an id everywhere");
    refused(ODD, "set A-1 state=open state=closed", 2, "`state` would be set twice");
    refused(ODD, "set A-1 body=x --unset body", 2, "`body` would be set and unset");
    refused(ODD, "set q color=ff0000", 2, "unknown id or label `q`");
    refused(ODD, "set a color=ff0000", 2, "`roadbook add label a` lists it");
}

#[test]
fn an_edit_that_breaks_a_rule_is_refused_with_its_frame() {
    refused(ODD, "set A-2 blocked_by+=A-9", 1, "error[unknown-blocker]: unknown issue `A-9`");
    refused(ODD, "set A-2 blocked_by+=A-3", 1, "error[dependency-cycle]");
    refused(ODD, "set A-1 title=", 1, "nothing was written: the source would have 1 new error\n");
    refused(ODD, "set A-1 closed_on=2026-11-01", 1, "`A-1` is open and was closed on 2026-11-01");
}

#[test]
fn what_is_wrong_already_stands_in_nobodys_way() {
    let source = r#"{ "labels": [{ "name": "a" }], "issues": [{ "title": "A-1: x", "labels": ["b"] }, { "title": "A-2: y" }] }"#;
    changes(source, "set A-2 labels+=a", &[("A-2: y\"", "A-2: y\", \"labels\": [\"a\"]")]);
    changes(source, "set A-1 labels-=b", &[("[\"b\"]", "[]")]);
    refused(source, "set A-2 labels+=b", 1, "unknown label `b`");
    refused(source, "set A-1 labels=c", 1, "unknown label `c`");
}

#[test]
fn titles_keep_the_id_that_is_read_from_them() {
    let project = Project::whole(
        "{ \"milestones\": [{ \"title\": \"M-1 – Old\" }], \"issues\": [{ \"title\": \"A-1: x\", \"milestone\": \"M-1 – Old\" }, { \"title\": \"Made one\" }] }",
    );
    project.run(["set", "M-1", "title=New words"]).ends_with(0);
    let run = project.run(["set", "A-1", "title=y"]).ends_with(0);
    assert!(
        run.err.starts_with("note: kept `A-1:` before the title: the id is read from it\n"),
        "{}",
        run.err
    );
    project.run(["set", "made-one", "title=Another"]).ends_with(0);
    project.run(["set", "A-1", "title=A-1: z"]).ends_with(0);
    assert_eq!(
        project.text(SOURCE),
        "{ \"milestones\": [{ \"title\": \"M-1 – New words\", \"was\": [\"M-1 – Old\"] }], \"issues\": [{ \"title\": \"A-1: z\", \"milestone\": \"M-1 – New words\" }, { \"id\": \"made-one\", \"title\": \"Another\" }] }"
    );
}

#[test]
fn close_says_when_and_set_opens_again() {
    changes(ODD, "close A-1", &[("\"open\"", "\"closed\", \"closed_on\" : \"2026-11-22\"")]);
    let closed = "{ \"issues\": [{ \"title\": \"A-1: x\", \"state\": \"closed\" }] }";
    changes(
        closed,
        "close A-1 --reason not-planned --on 2026-11-20",
        &[("\"closed\"", "\"closed\", \"state_reason\": \"not_planned\", \"closed_on\": \"2026-11-20\"")],
    );
    refused(closed, "close A-1 --reason bored", 2, "write one of `completed`, `not_planned`");
    refused(closed, "close A-1 --on tomorrow", 2, "write a day as in `2026-11-22`");
    changes(closed, "close A-1 --on today", &[("\"closed\"", "\"closed\", \"closed_on\": \"2026-11-22\"")]);
    let ended = "{ \"issues\": [{ \"title\": \"A-1: x\", \"state\": \"closed\", \"state_reason\": \"completed\", \"closed_on\": \"2026-11-20\" }] }";
    let run = changes(
        ended,
        "set A-1 state=open",
        &[("\"closed\", \"state_reason\": \"completed\", \"closed_on\": \"2026-11-20\"", "\"open\"")],
    );
    assert!(run.err.contains("took `closed_on` out: it is open again"), "{}", run.err);
}

#[test]
fn a_milestone_is_closed_without_a_day() {
    let source = "{ \"milestones\": [{ \"id\": \"M-1\", \"title\": \"a\" }] }";
    refused(source, "close M-1 --on 2026-11-20", 2, "it says neither why nor when");
    changes(source, "close M-1", &[("\"a\"", "\"a\", \"state\": \"closed\"")]);
}

#[test]
fn a_day_after_the_roadmaps_own_asks_for_it_to_move() {
    let source = "{ \"as_of\": \"2026-11-20\", \"issues\": [{ \"title\": \"A-1: x\" }] }";
    refused(source, "close A-1", 1, "move `as_of` (2026-11-20) forward");
    refused(source, "set roadmap as_of=soon", 2, "write a day as in `2026-11-22`");
    for line in ["set roadmap as_of=today", "set roadmap --as-of today"] {
        changes(source, line, &[("2026-11-20", "2026-11-22")]);
    }
    refused(source, "set A-1 --as-of today", 2, "an item has none");
    refused(source, "set roadmap title+=x", 2, "`title` is no list");
    refused(source, "set roadmap issues=", 2, "`issues` is a key of the source that `set` does not change");
    changes(
        source,
        "set roadmap title=T as_of=2026-11-22",
        &[("{ \"as_of\": \"2026-11-20\"", "{ \"title\": \"T\", \"as_of\": \"2026-11-22\"")],
    );
    changes(source, "set roadmap --unset as_of", &[("\"as_of\": \"2026-11-20\", ", "")]);
}

#[test]
fn move_names_milestones_as_the_file_does() {
    let older = "{ \"milestones\": [{ \"title\": \"First\" }, { \"title\": \"Second\" }], \"issues\": [{ \"milestone\": \"First\", \"title\": \"A-1: x\" }, { \"title\": \"A-2: y\" }] }";
    changes(older, "move A-1 second", &[("\"milestone\": \"First\"", "\"milestone\": \"Second\"")]);
    changes(older, "move A-2 First", &[("\"A-2: y\"", "\"A-2: y\", \"milestone\": \"First\"")]);
    let ids = older.replace("\"milestone\": \"First\"", "\"milestone\": \"first\"");
    changes(&ids, "move A-1 Second", &[("\"milestone\": \"first\"", "\"milestone\": \"second\"")]);
    refused(older, "move A-1 Secnd", 2, "did you mean `second`?");
    refused(older, "move first Second", 2, "`first` is not an issue: only issues are moved");
    let same = older
        .replace("\"title\": \"Second\"", "\"id\": \"M-2\", \"title\": \"First\"")
        .replace("{ \"title\": \"First\"", "{ \"id\": \"M-1\", \"title\": \"First\"")
        .replace("\"milestone\": \"First\", ", "");
    refused(&same, "move A-1 First", 2, "2 milestones have the title `First`");
}

#[test]
fn edits_go_into_the_file_that_holds_the_item() {
    let project = Project::whole("{ \"issues\": [{ \"title\": \"A-1: x\" }] }");
    project.write("roadmap/second.json", "{\"issues\":[{\"title\":\"A-2: y\"}]}\n");
    let run = project.run("close A-2").ends_with(0);
    assert!(
        run.err.starts_with("closed `A-2` in `roadmap/second.json`: `state`, `closed_on`\n"),
        "{}",
        run.err
    );
    assert_eq!(project.text(SOURCE), "{ \"issues\": [{ \"title\": \"A-1: x\" }] }");
    assert_eq!(
        project.text("roadmap/second.json"),
        "{\"issues\":[{\"title\":\"A-2: y\",\"state\":\"closed\",\"closed_on\":\"2026-11-22\"}]}\n"
    );
}

#[test]
fn a_source_that_cannot_be_edited_is_left_alone() {
    for line in ["close A-1", "set A-1 body=x", "move A-1 M-1", "rename A-1 A-2", "add label x"] {
        let verb = line.split(' ').next().expect("a verb");
        refused(
            ODD,
            &format!("{line} --roadmap -"),
            2,
            &format!("`roadbook {verb}` needs files: standard input cannot be written to"),
        );
        refused("{ \"issues\": [ }", line, 3, "error[syntax]");
        refused(
            "{ \"issues\": [{ \"title\": \"A-1: x\" }, { \"title\": \"A-1: y\" }] }",
            line,
            3,
            "error[duplicate-id]",
        );
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_not_written_over() {
    let project = Project::whole(ODD);
    let path = project.path(SOURCE);
    let mut mode = std::fs::metadata(&path).expect("it is there").permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).expect("it is ours");
    let run = project.run("close A-1").ends_with(3);
    assert!(run.err.ends_with("plan.json`: it is read-only\n"), "{}", run.err);
    assert_eq!(project.text(SOURCE), ODD);
}

#[test]
fn a_dry_run_shows_and_a_build_follows() {
    let project = Project::whole("{\n  \"issues\": [\n    { \"title\": \"A-1: x\" }\n  ]\n}\n");
    let dry = project.run("close A-1 --dry-run").ends_with(0);
    assert!(
        dry.out
            .contains("-    { \"title\": \"A-1: x\" }\n+    { \"title\": \"A-1: x\", \"state\": \"closed\""),
        "{}",
        dry.out
    );
    assert_eq!(dry.err, "nothing was written\n");
    assert!(!project.text(SOURCE).contains("closed"));
    let run = project.run("close A-1 --build").ends_with(0);
    assert!(run.err.contains(" written, 0 unchanged"), "{}", run.err);
    assert!(project.text("roadmap/SUMMARY.md").contains("A-1"));
}

#[test]
fn a_number_that_would_become_another_is_not_written() {
    let source = r#"{ "issues": [{ "id": "A-1", "title": "a", "estimate": 12345678901234567890123, "extra": { "n": 12345678901234567890123, "m": 1 } }] }"#;
    refused(
        source,
        r#"set A-1 extra={"n":12345678901234567890124}"#,
        2,
        "12345678901234567890124 has more digits",
    );
    refused(source, "set A-1 estimate=0.12345678901234567890", 2, "0.12345678901234567890 has more digits");
    refused(source, r#"set A-1 extra={"m":2}"#, 3, "`issues[0].extra` holds 12345678901234567890123");
    let project = Project::whole(source);
    let form = br#"{ "id": "A-1", "title": "a", "extra": { "n": 12345678901234567890124 } }"#;
    let run = project.run_on(&project.disk(), form, ["edit", "A-1", "--item", "--from", "-"]).ends_with(2);
    run.says("12345678901234567890124 has more digits");
    // What is not written anew keeps its digits, and what goes as a whole goes.
    changes(source, "set A-1 title=b", &[(r#""a""#, r#""b""#)]);
    changes(source, "set A-1 due_on=2027-01-01", &[(r#", "extra""#, r#", "due_on": "2027-01-01", "extra""#)]);
    changes(source, "set A-1 estimate=3", &[("estimate\": 12345678901234567890123", "estimate\": 3")]);
    changes(
        source,
        "set A-1 --unset extra",
        &[(r#", "extra": { "n": 12345678901234567890123, "m": 1 }"#, "")],
    );
}

#[test]
fn a_file_of_a_long_name_is_edited_as_any_other() {
    let name = format!("roadmap/{}.json", "长".repeat(80));
    let project = Project::new([(&*name, r#"{ "issues": [{ "id": "A-1", "title": "a" }] }"#)]);
    project.run("set A-1 title=b").ends_with(0);
    assert!(project.text(&name).contains(r#""b""#));
}
