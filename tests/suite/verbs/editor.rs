//! `edit`: a text goes through the user's editor and back, judged before it is written, and no edit is lost.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Output},
};

use crate::support::{Project, SOURCE};

const PLAN: &str = r#"{
  "milestones": [{ "id": "M-1", "title": "One" }],
  "issues": [
    { "id": "A-1", "title": "x", "milestone": "M-1", "body": "First." },
    { "id": "A-2", "title": "y", "blocked_by": ["A-1"] }
  ],
  "labels": [{ "name": "bug" }]
}
"#;

/// A project with an editor that runs this script over the file `$1`.
fn project(script: &str) -> Project {
    let project = Project::whole(PLAN);
    project.write("my editor", format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(project.path("my editor"), fs::Permissions::from_mode(0o755)).expect("it runs");
    fs::create_dir(project.path("tmp")).expect("a folder");
    project
}

fn run(project: &Project, args: &[&str]) -> Output {
    with(project, args, &format!("'{}' --flag", project.path("my editor").display()))
}

fn with(project: &Project, args: &[&str], editor: &str) -> Output {
    within(project, "", args, editor)
}

fn within(project: &Project, folder: &str, args: &[&str], editor: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command
        .args(args)
        .current_dir(project.path(folder))
        .env("TMPDIR", project.path("tmp"))
        .env_remove("VISUAL");
    command.env("EDITOR", editor).output().expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files that are left in the system's folder for such.
fn left(project: &Project) -> Vec<PathBuf> {
    let folders = fs::read_dir(project.path("tmp")).expect("a folder").map(|it| it.expect("an entry").path());
    folders
        .flat_map(|it| fs::read_dir(it).expect("a folder").map(|it| it.expect("an entry").path()))
        .collect()
}

#[test]
fn a_body_is_edited_where_it_is() {
    let project = project("test \"$1\" = --flag && printf 'Other.\\n\\nWords.\\n' > \"$2\"");
    let output = run(&project, &["edit", "A-1"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("edited `A-1`"), "{}", said(&output));
    assert!(project.text(SOURCE).contains(r#""body": "Other.\n\nWords.""#), "{}", project.text(SOURCE));
    assert!(left(&project).is_empty());
    project.run("bodies split").ends_with(0);
    project.write("roadmap/bodies/A-1.md", "First.\n");
    assert_eq!(run(&project, &["edit", "a-1"]).status.code(), Some(0));
    assert_eq!(project.text("roadmap/bodies/A-1.md"), "Other.\n\nWords.\n");
    assert_eq!(project.run("check").code, 1);
}

#[test]
fn an_unchanged_text_writes_nothing() {
    let project = project("true");
    let output = run(&project, &["edit", "A-1"]);
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), "nothing changed\n"));
    assert_eq!((project.text(SOURCE).as_str(), left(&project).len()), (PLAN, 0));
}

#[test]
fn an_item_is_edited_as_its_fields() {
    let project = project("sed -i 's/\"title\": \"y\"/\"title\": \"Why\"/; s/\\[\"A-1\"\\]/[]/' \"$2\"");
    let output = run(&project, &["edit", "A-2", "--item"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let wanted =
        PLAN.replace("\"title\": \"y\", \"blocked_by\": [\"A-1\"]", "\"title\": \"Why\", \"blocked_by\": []");
    assert_eq!(project.text(SOURCE), wanted);
    let milestone = self::project("sed -i 's/One/Two/' \"$2\"");
    assert_eq!(run(&milestone, &["edit", "M-1"]).status.code(), Some(0));
    assert!(milestone.text(SOURCE).contains("\"title\": \"Two\""));
    let label = self::project("sed -i 's/bug/fault/' \"$2\"");
    assert_eq!(run(&label, &["edit", "bug"]).status.code(), Some(0));
    assert!(label.text(SOURCE).contains("fault"), "{}", label.text(SOURCE));
    assert!(!run(&label, &["edit", "A-1", "--item"]).stderr.is_empty());
}

#[test]
fn what_is_refused_is_kept_and_can_be_taken_once_more() {
    for (script, words) in [
        ("sed -i 's/A-1/A-9/' \"$2\"", "unknown-blocker"),
        ("printf '{' > \"$2\"", "is not the fields of an item"),
        ("printf '{\"tilte\": \"z\"}' > \"$2\"", "did you mean `title`?"),
        ("printf '{\"id\": \"A-2\", \"title\": \"a\", \"title\": \"b\"}' > \"$2\"", "a key twice"),
        ("printf '\\377' > \"$2\"", "not UTF-8"),
    ] {
        let project = project(script);
        let output = run(&project, &["edit", "A-2", "--item"]);
        let said = said(&output);
        assert!(output.status.code() != Some(0) && said.contains(words), "{script}: {said}");
        let kept = left(&project);
        assert!(kept.len() == 1 && said.contains(&kept[0].display().to_string()), "{script}: {said}");
        assert_eq!(project.text(SOURCE), PLAN, "{script}");
        // Another run leaves it there.
        let other = run(&project, &["edit", "A-2", "--item"]);
        assert_ne!(other.status.code(), Some(0));
        assert!(kept[0].exists(), "{script}");
    }
}

#[test]
fn nobodys_edit_is_lost_to_an_editor_that_was_open_longer() {
    let binary = env!("CARGO_BIN_EXE_roadbook");
    let project = project(&format!("'{binary}' set A-1 'body=Theirs.' && printf 'Mine.\\n' > \"$2\""));
    let output = run(&project, &["edit", "A-1"]);
    let said = said(&output);
    assert!(output.status.code() == Some(3) && said.contains("changed `A-1` meanwhile"), "{said}");
    assert!(project.text(SOURCE).contains("Theirs."));
    assert_eq!(fs::read_to_string(&left(&project)[0]).expect("it is kept"), "Mine.\n");
    // What somebody changed elsewhere meanwhile stays beside it.
    let project = self::project(&format!("'{binary}' set A-2 title=Theirs && printf 'Mine.\\n' > \"$2\""));
    assert_eq!(run(&project, &["edit", "A-1"]).status.code(), Some(0));
    let source = project.text(SOURCE);
    assert!(source.contains("Theirs") && source.contains("Mine."), "{source}");
}

#[test]
fn without_an_editor_or_a_terminal_the_way_out_is_told() {
    let project = project("exit 3");
    let output = run(&project, &["edit", "A-1"]);
    assert!(output.status.code() == Some(2) && said(&output).contains("failed: nothing was written"));
    assert!(said(&output).contains("this is no terminal"), "{}", said(&output));
    assert!(left(&project).is_empty(), "an untouched copy goes");
    for editor in ["", " ", "no-such-editor-here -x"] {
        let output = with(&project, &["edit", "A-1"], editor);
        assert!(
            output.status.code() == Some(2) && said(&output).contains("--from FILE"),
            "{}",
            said(&output)
        );
    }
    // No shell reads the words.
    let output = with(&project, &["edit", "A-1"], "true; touch PWNED;");
    assert!(output.status.code() == Some(2) && !project.path("PWNED").exists(), "{}", said(&output));
    assert_eq!(with(&project, &["edit", "Nobody"], "true").status.code(), Some(2));
}

#[test]
fn a_text_is_taken_from_a_file_or_standard_input() {
    let project = project("exit 9");
    project.write("text.md", "Taken.\n");
    assert_eq!(run(&project, &["edit", "A-1", "--from", "text.md", "--dry-run"]).status.code(), Some(0));
    assert_eq!(project.text(SOURCE), PLAN);
    assert_eq!(run(&project, &["edit", "A-1", "--from", "text.md"]).status.code(), Some(0));
    assert!(project.text(SOURCE).contains("\"body\": \"Taken.\""));
    assert_eq!(run(&project, &["edit", "A-1", "--from", "-"]).status.code(), Some(0), "an empty text is one");
    assert!(project.text(SOURCE).contains("\"body\": \"\""));
    assert_eq!(run(&project, &["edit", "A-1", "--from", "none.md"]).status.code(), Some(2));
}

#[test]
fn of_several_roadmaps_the_one_that_is_meant_is_edited() {
    let project = project("echo Other. > \"$1\"");
    project.write(".roadbook", "web = roadmap\napi = api\n");
    project.write("api/plan.json", PLAN);
    let editor = format!("'{}'", project.path("my editor").display());
    let edit = |folder: &str, args: &[&str]| within(&project, folder, args, &editor);
    let body = |path: &str| project.text(path).contains("Other.");
    let which = edit("", &["edit", "A-1"]);
    assert!(which.status.code() == Some(2) && said(&which).contains("--roadmap web"), "{}", said(&which));
    assert_eq!(edit("api", &["edit", "A-1"]).status.code(), Some(0));
    assert_eq!((body("api/plan.json"), body(SOURCE)), (true, false));
    assert_eq!(edit("api", &["edit", "A-1", "--roadmap", "web"]).status.code(), Some(0));
    assert!(body(SOURCE));
    // What is kept is offered to the roadmap that it was meant for.
    let refused = edit("api", &["edit", "A-2", "--item", "--roadmap", "web"]);
    let told = said(&refused);
    assert!(told.contains("roadbook edit A-2 --item --roadmap web --from "), "{told}");
}
