//! The first look: `try` on whatever a team has, and `init` beside it. Something is shown, or one sentence says what the file
//! is; nothing is written.

use std::fs;

use crate::support::{FIXTURES, Project, Run};

/// A folder that holds one file of the messy ones.
fn messy(name: &str) -> Project {
    let bytes = fs::read(format!("{FIXTURES}/messy/{name}")).expect("a fixture");
    let project = Project::empty();
    fs::write(project.path(name), bytes).expect("a file of the test");
    project
}

/// `try` with its website built into a folder beside the project.
fn look(project: &Project, args: &[&str]) -> Run {
    let out = tempfile::tempdir().expect("a folder of our own");
    let out = out.path().join("look");
    let before = project.tree();
    let mut words = vec!["try", "--no-open", "--out", out.to_str().expect("a name")];
    words.extend(args);
    let run = project.run_on(&project.disk(), b"", &words);
    assert!(project.tree() == before, "it wrote into the folder");
    assert_eq!(run.code == 0, out.join("site/index.html").is_file(), "{}", run.err);
    run
}

#[test]
fn a_messy_json_is_shown_with_what_was_understood() {
    // The file, how many issues are shown, how many places `check --fix` would write, and a line that is told.
    let cases = [
        ("tracker.json", "3 issues", "would fix 22", "fix: call it `title`"),
        ("commented.json", "1 issue,", "would fix 8; `--fix=all` asks about 2", "JSON has no comments"),
        ("list.json", "2 issues", "would fix 3; `--fix=all` asks about 1", "fix: write `\"open\"`"),
        ("tasks.json", "2 issues", "", "fix: call it `issues`"),
        ("camel.json", "1 issue,", "", "fix: call it `planned_due_on`"),
        ("cases.json", "2 issues", "", "fix: write `[\"Glass\"]`"),
        ("rich.json", "1 issue,", "", "fix: move it under `extra`"),
        ("wrong.json", "3 issues", "", "unknown issue `A-9`"),
    ];
    for (name, issues, fixes, told) in cases {
        let run = look(&messy(name), &[name]);
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        for part in [issues, fixes, told, "`roadbook check --fix` would fix "] {
            assert!(run.out.contains(part), "{name}: no {part:?} in\n{}", run.out);
        }
    }
}

#[test]
fn what_is_no_roadmap_is_told_in_a_sentence() {
    let run = look(&messy("package.json"), &["package.json"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("neither a milestone nor an issue was found in it"), "{}", run.err);
    // It is told once, by what it is.
    let others: [(&str, &[u8], &str); 5] = [
        ("plan.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:Dig\r\n", "a calendar"),
        ("plan", b"BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:Dig\n", "a calendar"),
        ("plan.mm", b"<map version=\"1.0\"><node TEXT=\"Dig\"/></map>", "a mind map"),
        ("plan.opml", b"<opml version=\"2.0\"><body/></opml>", "an outline in XML"),
        (
            "notes.md",
            b"We think about it.\n",
            "a Markdown document, and no milestone and no issue was read from it",
        ),
    ];
    for (name, text, noun) in others {
        let project = Project::empty();
        fs::write(project.path(name), text).expect("a file of the test");
        let run = look(&project, &[name]);
        assert_eq!((run.code, run.err.matches("error").count()), (2, 1), "{name}: {}", run.err);
        assert!(run.err.contains(&format!("`{name}` is {noun}")), "{name}: {}", run.err);
    }
    // It is cut off: no JSON at all.
    let run = look(&messy("cut.json"), &["cut.json"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("this string is not closed"), "{}", run.err);
}

const BULLETS: &str = "# Roadmap\n\n## First users\n\n- [x] A-1: Pour the base\n- [ ] A-2: Raise the frame\n";

#[test]
fn a_document_is_shown_as_import_would_take_it() {
    for name in ["ROADMAP.md", "TODO.md"] {
        let project = Project::new([(name, BULLETS)]);
        for args in [&[name][..], &[]] {
            let run = look(&project, args);
            assert_eq!(run.code, 0, "{}", run.err);
            assert!(run.out.contains("1 milestone, 2 issues"), "{}", run.out);
            let named = run.out.contains(&format!("roadbook import {name}\n"));
            assert!(named || run.out.contains(&format!("{name}\n")), "{}", run.out);
        }
    }
    let empty = Project::new([("ROADMAP.md", "We think about it.\n")]);
    let run = look(&empty, &["ROADMAP.md"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("`ROADMAP.md` is a Markdown document"), "{}", run.err);
}

#[test]
fn no_roadmap_is_begun_beside_a_plan() {
    let cases = [
        ("ROADMAP.md", BULLETS, "roadbook import ROADMAP.md"),
        ("docs/TODO.md", BULLETS, "roadbook import docs/TODO.md"),
        (
            "roadmap.json",
            "{ \"tasks\": [{ \"name\": \"Pour the base\" }] }",
            "roadbook init --roadmap roadmap.json",
        ),
    ];
    for (name, text, command) in cases {
        let project = Project::empty();
        let path = project.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("a file of the test");
        let before = project.tree();
        let run = project.run(["init", "--yes"]);
        assert_eq!((run.code, project.tree() == before), (2, true), "{name}: {}", run.err);
        assert!(run.err.contains(command), "{name}: {}", run.err);
        assert_eq!(project.run(["init", "--yes", "--new"]).code, 0, "{name}");
        assert!(project.has("roadmap/milestones_and_issues.json"), "{name}");
    }
    let without = Project::new([("ROADMAP.md", "We think about it.\n")]);
    assert_eq!(without.run(["init", "--yes"]).code, 0, "a document without a plan is in nobody's way");
}

#[test]
fn json_of_another_shape_is_shown_as_import_takes_it() {
    let cases = [
        (
            "{ \"roadmap\": { \"milestones\": [{ \"id\": \"M-1\", \"title\": \"Ground\" }], \"issues\": [] } }",
            "1 milestone, 0 issues",
            "init",
        ),
        ("{\"title\": \"Dig\"}\n{\"title\": \"Pour\"}\n", "0 milestones, 2 issues", "import"),
        (
            "{\"phases\": [{\"name\": \"Ground\", \"tasks\": [{\"name\": \"Dig\"}]}]}",
            "1 milestone, 1 issue",
            "import",
        ),
        (
            "{\"issues\": [{\"idReadable\": \"HS-1\", \"summary\": \"Dig\"}]}",
            "0 milestones, 1 issue",
            "import",
        ),
        ("[{\"iid\": 7, \"title\": \"Dig\", \"state\": \"opened\"}]", "0 milestones, 1 issue", "import"),
    ];
    for (text, counts, verb) in cases {
        let project = Project::empty();
        fs::write(project.path("export.json"), text).expect("a file of the test");
        let run = look(&project, &["export.json"]);
        assert_eq!(run.code, 0, "{text}: {}", run.err);
        assert!(run.out.contains(counts), "{text}: {}", run.out);
        assert!(run.out.contains(&format!("roadbook {verb} ")), "{text}: {}", run.out);
        project.run(["import", "export.json"]).ends_with(0);
        assert!(project.run(["build"]).code < 2 && project.run(["check"]).code < 2, "{text}");
    }
}
