//! A key that is given twice: what is asked about is what would happen, and nothing that anybody wrote is lost by it.

use std::{ffi::OsString, sync::Mutex};

use roadbook::internals::{
    io::{Failure, Io, Terminal},
    run,
};

use crate::support::{Alone, Fixed, Project, SOURCE};

/// A terminal at which somebody says yes to everything, and what was said there.
#[derive(Default)]
struct Agreeing {
    said: Mutex<String>,
}

impl Agreeing {
    fn hear(&self, text: &str) {
        self.said.lock().expect("no panic before").push_str(text);
    }
}

impl Terminal for Agreeing {
    fn out(&self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn say(&self, text: &str) {
        self.hear(text);
    }

    fn is_coloured(&self) -> bool {
        false
    }

    fn ask(&self, question: &str) -> Option<String> {
        self.hear(&format!("{question}y\n"));
        Some("y".to_owned())
    }

    fn is_interactive(&self) -> bool {
        true
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}

/// What is said where somebody agrees to each fix.
fn agreed(project: &Project) -> String {
    let terminal = Agreeing::default();
    let files = project.disk();
    let io = Io { files: &files, clock: &Fixed, terminal: &terminal, process: &Alone, network: &Alone };
    run(["roadbook", "check", "--fix=all"].map(OsString::from), &io);
    terminal.said.into_inner().expect("no panic before")
}

const LISTS: &str =
    r#"{"milestones":[],"issues":[{"id":"A-1","title":"keep me"}],"issues":[{"id":"A-2","title":"other"}]}"#;

#[test]
fn two_lists_of_issues_become_one() {
    let whole = r#"{"milestones":[],"issues":[{"id":"A-1","title":"keep me"},{"id":"A-2","title":"other"}]}"#;
    let project = Project::whole(LISTS);
    project.run(["check", "--fix"]).ends_with(3);
    assert_eq!(project.text(SOURCE), LISTS, "nobody was asked");
    project.run(["check", "--fix=all", "--yes"]);
    assert_eq!(project.text(SOURCE), whole);
    let project = Project::whole(LISTS);
    let said = agreed(&project);
    let asked = "plan.json:1:60: duplicate-key: the key `issues` is given twice\n  fix: join the two lists? [y/N/q] y\n";
    assert!(said.contains(asked), "{said}");
    assert_eq!(project.text(SOURCE), whole);
}

#[test]
fn what_stands_between_lists_and_around_them_stays() {
    let cases = [
        (
            r#"{ "issues": [ 1 ], "title": "T", "issues": [ 2, 3 ] }"#,
            r#"{ "issues": [ 1, 2, 3 ], "title": "T" }"#,
        ),
        (r#"{ "issues": [], "title": "T", "issues": [ 2 ] }"#, r#"{ "issues": [ 2 ], "title": "T" }"#),
        (r#"{ "issues": [ 1 ], "title": "T", "issues": [] }"#, r#"{ "issues": [ 1 ], "title": "T" }"#),
    ];
    let item = |text: &str| {
        let named = |text: String, n: char| {
            text.replace(&format!(" {n}"), &format!(r#" {{ "id": "A-{n}", "title": "t" }}"#))
        };
        ['1', '2', '3'].into_iter().fold(text.to_owned(), named)
    };
    for (given, wanted) in cases {
        let project = Project::whole(&item(given));
        project.run(["check", "--fix=all", "--yes"]);
        assert_eq!(project.text(SOURCE), item(wanted), "{given}");
    }
}

#[test]
fn of_values_that_differ_none_is_deleted() {
    let numbers = r#""extra": { "ticket": 12345678901234567890123, "ticket": 12345678901234567890999 }"#;
    for differing in [r#""title": "keep me", "title": "other""#, &format!(r#""title": "a", {numbers}"#)] {
        let source = format!(r#"{{ "issues": [{{ "id": "A-1", {differing} }}] }}"#);
        let project = Project::whole(&source);
        project.run(["check", "--fix=all", "--yes"]).ends_with(3).says("is given twice");
        agreed(&project);
        assert_eq!(project.text(SOURCE), source);
    }
}

#[test]
fn of_values_that_say_the_same_the_one_that_is_pointed_at_goes() {
    let project = Project::whole(r#"{ "issues": [{ "id": "A-1", "title": "a", "title":   "\u0061" }] }"#);
    project.run(["check", "--fix"]).says("fixed 1 finding");
    assert_eq!(project.text(SOURCE), r#"{ "issues": [{ "id": "A-1", "title": "a" }] }"#);
    // The last of three counts: it stays.
    let source = r#"{ "issues": [{ "id": "A-1", "title": "a", "title": "b", "title": "a" }] }"#;
    let project = Project::whole(source);
    project.run(["check", "--fix=all", "--yes"]).ends_with(3);
    assert_eq!(project.text(SOURCE), source);
}
