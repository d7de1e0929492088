//! `edit`: a text goes through the user's editor and back, judged before it is written, and no edit is lost.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Output},
};

use crate::harness::{SOURCE, World};

const PLAN: &str = r#"{
  "milestones": [{ "id": "M-1", "title": "One" }],
  "issues": [
    { "id": "A-1", "title": "x", "milestone": "M-1", "body": "First." },
    { "id": "A-2", "title": "y", "blocked_by": ["A-1"] }
  ],
  "labels": [{ "name": "bug" }]
}
"#;

/// A world with an editor that runs this script over the file `$1`.
fn world(script: &str) -> World {
    let world = World::new(PLAN);
    world.write("my editor", &format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(world.path("my editor"), fs::Permissions::from_mode(0o755)).expect("it runs");
    fs::create_dir(world.path("tmp")).expect("a folder");
    world
}

fn run(world: &World, args: &[&str]) -> Output {
    with(world, args, &format!("'{}' --flag", world.path("my editor").display()))
}

fn with(world: &World, args: &[&str], editor: &str) -> Output {
    within(world, "", args, editor)
}

fn within(world: &World, folder: &str, args: &[&str], editor: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.args(args).current_dir(world.path(folder)).env("TMPDIR", world.path("tmp")).env_remove("VISUAL");
    command.env("EDITOR", editor).output().expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files that are left in the system's folder for such.
fn left(world: &World) -> Vec<PathBuf> {
    let folders = fs::read_dir(world.path("tmp")).expect("a folder").map(|it| it.expect("an entry").path());
    folders
        .flat_map(|it| fs::read_dir(it).expect("a folder").map(|it| it.expect("an entry").path()))
        .collect()
}

#[test]
fn a_body_is_edited_where_it_is() {
    let world = world("test \"$1\" = --flag && printf 'Other.\\n\\nWords.\\n' > \"$2\"");
    let output = run(&world, &["edit", "A-1"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("edited `A-1`"), "{}", said(&output));
    assert!(world.read(SOURCE).contains(r#""body": "Other.\n\nWords.""#), "{}", world.read(SOURCE));
    assert!(left(&world).is_empty());
    world.run("bodies split").code(0);
    world.write("roadmap/bodies/A-1.md", "First.\n");
    assert_eq!(run(&world, &["edit", "a-1"]).status.code(), Some(0));
    assert_eq!(world.read("roadmap/bodies/A-1.md"), "Other.\n\nWords.\n");
    assert_eq!(world.run("check").code, 1);
}

#[test]
fn an_unchanged_text_writes_nothing() {
    let world = world("true");
    let output = run(&world, &["edit", "A-1"]);
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), "nothing changed\n"));
    assert_eq!((world.read(SOURCE).as_str(), left(&world).len()), (PLAN, 0));
}

#[test]
fn an_item_is_edited_as_its_fields() {
    let world = world("sed -i 's/\"title\": \"y\"/\"title\": \"Why\"/; s/\\[\"A-1\"\\]/[]/' \"$2\"");
    let output = run(&world, &["edit", "A-2", "--item"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let wanted =
        PLAN.replace("\"title\": \"y\", \"blocked_by\": [\"A-1\"]", "\"title\": \"Why\", \"blocked_by\": []");
    assert_eq!(world.read(SOURCE), wanted);
    let milestone = self::world("sed -i 's/One/Two/' \"$2\"");
    assert_eq!(run(&milestone, &["edit", "M-1"]).status.code(), Some(0));
    assert!(milestone.read(SOURCE).contains("\"title\": \"Two\""));
    let label = self::world("sed -i 's/bug/fault/' \"$2\"");
    assert_eq!(run(&label, &["edit", "bug"]).status.code(), Some(0));
    assert!(label.read(SOURCE).contains("fault"), "{}", label.read(SOURCE));
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
        let world = world(script);
        let output = run(&world, &["edit", "A-2", "--item"]);
        let said = said(&output);
        assert!(output.status.code() != Some(0) && said.contains(words), "{script}: {said}");
        let kept = left(&world);
        assert!(kept.len() == 1 && said.contains(&kept[0].display().to_string()), "{script}: {said}");
        assert_eq!(world.read(SOURCE), PLAN, "{script}");
        // Another run leaves it there.
        let other = run(&world, &["edit", "A-2", "--item"]);
        assert_ne!(other.status.code(), Some(0));
        assert!(kept[0].exists(), "{script}");
    }
}

#[test]
fn nobodys_edit_is_lost_to_an_editor_that_was_open_longer() {
    let binary = env!("CARGO_BIN_EXE_roadbook");
    let world = world(&format!("'{binary}' set A-1 'body=Theirs.' && printf 'Mine.\\n' > \"$2\""));
    let output = run(&world, &["edit", "A-1"]);
    let said = said(&output);
    assert!(output.status.code() == Some(3) && said.contains("changed `A-1` meanwhile"), "{said}");
    assert!(world.read(SOURCE).contains("Theirs."));
    assert_eq!(fs::read_to_string(&left(&world)[0]).expect("it is kept"), "Mine.\n");
    // What somebody changed elsewhere meanwhile stays beside it.
    let world = self::world(&format!("'{binary}' set A-2 title=Theirs && printf 'Mine.\\n' > \"$2\""));
    assert_eq!(run(&world, &["edit", "A-1"]).status.code(), Some(0));
    let source = world.read(SOURCE);
    assert!(source.contains("Theirs") && source.contains("Mine."), "{source}");
}

#[test]
fn without_an_editor_or_a_terminal_the_way_out_is_told() {
    let world = world("exit 3");
    let output = run(&world, &["edit", "A-1"]);
    assert!(output.status.code() == Some(2) && said(&output).contains("failed: nothing was written"));
    assert!(said(&output).contains("this is no terminal"), "{}", said(&output));
    assert!(left(&world).is_empty(), "an untouched copy goes");
    for editor in ["", " ", "no-such-editor-here -x"] {
        let output = with(&world, &["edit", "A-1"], editor);
        assert!(
            output.status.code() == Some(2) && said(&output).contains("--from FILE"),
            "{}",
            said(&output)
        );
    }
    // No shell reads the words.
    let output = with(&world, &["edit", "A-1"], "true; touch PWNED;");
    assert!(output.status.code() == Some(2) && !world.path("PWNED").exists(), "{}", said(&output));
    assert_eq!(with(&world, &["edit", "Nobody"], "true").status.code(), Some(2));
}

#[test]
fn a_text_is_taken_from_a_file_or_standard_input() {
    let world = world("exit 9");
    world.write("text.md", "Taken.\n");
    assert_eq!(run(&world, &["edit", "A-1", "--from", "text.md", "--dry-run"]).status.code(), Some(0));
    assert_eq!(world.read(SOURCE), PLAN);
    assert_eq!(run(&world, &["edit", "A-1", "--from", "text.md"]).status.code(), Some(0));
    assert!(world.read(SOURCE).contains("\"body\": \"Taken.\""));
    assert_eq!(run(&world, &["edit", "A-1", "--from", "-"]).status.code(), Some(0), "an empty text is one");
    assert!(world.read(SOURCE).contains("\"body\": \"\""));
    assert_eq!(run(&world, &["edit", "A-1", "--from", "none.md"]).status.code(), Some(2));
}

#[test]
fn of_several_roadmaps_the_one_that_is_meant_is_edited() {
    let world = world("echo Other. > \"$1\"");
    world.write(".roadbook", "web = roadmap\napi = api\n");
    world.write("api/plan.json", PLAN);
    let editor = format!("'{}'", world.path("my editor").display());
    let edit = |folder: &str, args: &[&str]| within(&world, folder, args, &editor);
    let body = |path: &str| world.read(path).contains("Other.");
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
