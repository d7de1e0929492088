//! Bodies as files, over whole roadmaps: what they make is the same, byte for byte, wherever the bodies are; and what reads a
//! source reads them: the preview, git's index, a hook.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::{
    hostile::{whole_files, world::Full},
    support::{FIXTURES, Project, Random, Run, SOURCE, Tree},
};

/// Texts of which random bodies are made.
const PIECES: [&str; 22] = [
    "",
    " ",
    "\n",
    "\r\n",
    "\r",
    "  \n\t\n",
    "Do it.",
    "Über 🎉 👩‍🚀",
    "e\u{301}",
    "\u{2028}",
    "\u{2029}x",
    "\u{85}",
    "```rust\nfn f() {}\n```",
    "- [ ] one\n- [x] two\n",
    "# Head\n\ntext",
    "\"quoted\" \\ /",
    "\u{7}\u{0}",
    "a\u{200b}b",
    "<!-- c -->",
    "| a | b |\n|---|---|\n",
    "\u{feff}",
    "x\u{7f}y",
];

/// A body of a few pieces.
fn body(random: &mut Random) -> String {
    (0..random.below(5)).map(|_| *random.pick(&PIECES)).collect()
}

/// A text in JSON, in one of the spellings that programs have.
fn spelled(text: &str, way: usize) -> String {
    let plain = Value::from(text).to_string();
    match way {
        0 => plain,
        1 => plain.chars().map(ascii).collect(),
        // A spelling that nothing of ours writes.
        _ => plain.replace('/', "\\/").replace('D', "\\u0044"),
    }
}

fn ascii(c: char) -> String {
    if c.is_ascii() && c != '\u{7f}' {
        return c.to_string();
    }
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// A roadmap whose keys come in an order of its own, laid out as one of several programs would.
fn source(random: &mut Random) -> String {
    let (indent, space, end) = *random.pick(&[
        ("  ", " ", "\n"),
        ("\t", " ", "\n"),
        ("    ", "", "\r\n"),
        ("", "", ""),
        ("", " ", ""),
    ]);
    let way = if random.once_in(4) { 2 } else { random.below(2) };
    let order = random.below(4);
    let mut issues = Vec::new();
    for n in 0..random.below(8) {
        let mut members = vec![("title", spelled(&format!("DB-{n}: Do ü it"), way)), ("labels", "[]".into())];
        if !random.once_in(4) {
            let at = [0, 1, 2, random.below(3)][order];
            members.insert(at, ("body", spelled(&body(random), way)));
        }
        let line = format!("{end}{}", indent.repeat(3));
        let members: Vec<_> =
            members.into_iter().map(|(key, value)| format!("{line}\"{key}\":{space}{value}")).collect();
        let between = if end.is_empty() { format!(",{space}") } else { ",".into() };
        issues.push(format!(
            "{{{}{end}{}}}",
            members.join(&between),
            if end.is_empty() { "" } else { indent }
        ));
    }
    format!("{{\"issues\":{space}[{}], \"outputs\": {{\"site\": null}}}}{end}", issues.join(", "))
}

#[test]
fn what_goes_into_files_comes_back_byte_for_byte_over_random_roadmaps() {
    let rounds = if std::env::var_os("ROADBOOK_FULL").is_some() { 2_000 } else { 60 };
    let mut moved = 0;
    for seed in 0..rounds {
        let mut random = Random::new(seed);
        let text = source(&mut random);
        let project = Project::empty();
        fs::create_dir_all(project.path("roadmap")).expect("its folder");
        fs::write(project.path(SOURCE), &text).expect("the source");
        let before = project.tree();
        let built = built(&project);
        project.run(["bodies", "split"]).ends_with(0);
        moved += project.tree().keys().filter(|path| path.starts_with("roadmap/bodies/")).count();
        assert_eq!(self::built(&project), built, "seed {seed}: {text}");
        project.run(["bodies", "join"]).ends_with(0);
        let after: Tree = project
            .tree()
            .into_iter()
            .filter(|(path, _)| before.contains_key(path) || path.contains("bod"))
            .collect();
        assert_eq!(after, before, "seed {seed}: {text}");
    }
    println!("{moved} bodies went and came back, of {rounds} roadmaps");
    assert!(moved > rounds.try_into().expect("a count"), "only {moved} bodies moved");
}

/// What a build makes.
fn built(project: &Project) -> Tree {
    let run = project.run(["build"]);
    assert!(run.code <= 1, "{}", run.err);
    let is_source =
        |path: &str| path == SOURCE || path.contains("/bodies/") || path.contains("roadbook.bodies");
    project.tree().into_iter().filter(|(path, _)| !is_source(path)).collect()
}

/// The roadmaps of the fixtures, and those of a folder that `ROADBOOK_DATA` names.
fn roadmaps() -> Vec<PathBuf> {
    let fixtures =
        ["seed/roadmap", "whole/roadmap", "older/roadmap"].map(|it| PathBuf::from(FIXTURES).join(it));
    let mut folders = fixtures.to_vec();
    folders.extend(std::env::var_os("ROADBOOK_DATA").map(PathBuf::from));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder"));
    let files = files.map(|entry| entry.expect("an entry").path());
    let is_source = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "json")
            && fs::read_to_string(path).is_ok_and(|text| text.contains("\"issues\""))
            && !path.ends_with("roadbook.schema.json")
    };
    files.filter(is_source).collect()
}

#[test]
fn real_roadmaps_make_the_same_wherever_their_bodies_are() {
    for path in roadmaps() {
        let project = Project::empty();
        fs::create_dir_all(project.path("roadmap")).expect("its folder");
        let text = fs::read(&path).expect("a roadmap");
        fs::write(project.path(SOURCE), &text).expect("the source");
        let before = built(&project);
        let run = project.run(["bodies", "split"]).ends_with(0);
        let count = project.tree().keys().filter(|path| path.starts_with("roadmap/bodies/")).count();
        println!("{}: {count} bodies: {}", path.display(), run.err.trim());
        let source: Value = serde_json::from_slice(&text).expect("JSON");
        let issues = source["issues"].as_array().expect("a list");
        let has_bodies =
            issues.iter().any(|issue| issue["body"].as_str().is_some_and(|body| !body.is_empty()));
        assert!(count > 0 || !has_bodies, "{}", path.display());
        assert_eq!(built(&project), before, "{}", path.display());
        project.run(["bodies", "join"]).ends_with(0);
        assert_eq!(project.bytes(SOURCE), text, "{}", path.display());
        assert!(!project.has("roadmap/bodies") && !project.has("roadmap/roadbook.bodies.json"));
    }
}

const PLAN: &str = r#"{ "outputs": { "site": null }, "milestones": [{ "id": "M-1", "title": "M" }],
  "issues": [{ "id": "A-1", "title": "I", "milestone": "M-1" }, { "id": "A-2", "title": "J", "milestone": "M-1" }] }"#;

const BODY: &str = "roadmap/bodies/A-1.md";

fn project() -> Project {
    Project::new([(SOURCE, PLAN), (BODY, "One.\n")])
}

/// A repository with the roadmap in it, built, and everything committed.
fn repository() -> Project {
    let project = project();
    project.git(["init", "--quiet", "--initial-branch=main"]).ends_with(0);
    project.spawn(["build"]).ends_with(0);
    commit(&project);
    project
}

fn commit(project: &Project) {
    project.git(["add", "--all"]).ends_with(0);
    project.git(["commit", "--quiet", "--message", "x"]).ends_with(0);
}

#[cfg(unix)]
#[test]
fn what_is_staged_is_judged_with_the_bodies_that_are_staged() {
    let path = std::env::var_os("PATH").expect("a path");
    let project = repository();
    let check = |args: &[&str]| project.finish(project.process(args).env("PATH", &path));
    check(&["check", "--staged"]).ends_with(0);
    project.write(BODY, "Two.\n");
    check(&["check", "--staged"]).ends_with(0);
    check(&["check"]).ends_with(1).says("stale-file");
    project.git(["add", BODY]).ends_with(0);
    // Whatever the working tree has by then.
    project.write(BODY, "One.\n");
    check(&["check", "--staged"]).ends_with(1).says("stale-file");
    project.git(["rm", "--quiet", "--force", "--cached", BODY]).ends_with(0);
    check(&["check", "--staged"]).ends_with(1).says("stale-file");
    // A body that git does not track yet counts, and is told.
    let run = check(&["check"]);
    run.says("`roadmap/bodies/A-1.md` would be missing in a commit");
    check(&["check", "--tracked"]).ends_with(1).says("git add roadmap/bodies/A-1.md");
}

#[cfg(unix)]
#[test]
fn a_commit_of_a_body_alone_is_checked_by_the_hook() {
    let project = repository();
    let program = PathBuf::from(env!("CARGO_BIN_EXE_roadbook"));
    let own = program.parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([own].into_iter().chain(std::env::split_paths(&path))).expect("a path");
    project.finish(project.process(["init", "--hook", "--yes"]).env("PATH", &path)).ends_with(0);
    project.write(BODY, "Two.\n");
    project.git(["add", BODY]).ends_with(0);
    let mut git = std::process::Command::new("git");
    git.args(["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--message", "y"]);
    git.current_dir(project.root()).env("PATH", &path);
    let run =
        project.finish(git.env("GIT_CONFIG_GLOBAL", project.path("none")).env("GIT_CONFIG_NOSYSTEM", "1"));
    run.ends_with(1).says("stale-file");
}

#[test]
fn a_body_is_no_document_and_no_place_for_an_output() {
    let with = |more: &str| PLAN.replacen('{', &format!("{{ {more},"), 1);
    let project =
        Project::new([(SOURCE, with("\"docs\": [\"roadmap\"]").as_str()), (BODY, "[x](nowhere.md)\n")]);
    let run = project.run(["build"]);
    assert!(!run.err.contains("dead-link") || run.err.contains("seen from"), "{}", run.err);
    let out = PLAN.replace("\"site\": null", "\"site\": null, \"labels\": \"roadmap/bodies/L.md\"");
    Project::new([(SOURCE, out.as_str())]).run(["build"]).ends_with(3).says("the folder of the bodies");
    let project = self::project().built();
    let run = project.run(["check", "--patch", "roadmap/bodies/x.patch"]);
    assert!(run.code == 2 || !project.has("roadmap/bodies/x.patch"), "{}", run.err);
}

#[test]
fn standard_input_has_no_bodies_and_a_file_by_itself_judges_no_others() {
    let project = project();
    project.run_on(&project.disk(), PLAN.as_bytes(), ["list", "--roadmap", "-"]).ends_with(0);
    // Another roadmap in the same folder has bodies of its own there.
    project.write("roadmap/other.json", r#"{ "issues": [{ "id": "B-1", "title": "b" }] }"#);
    project.write("roadmap/bodies/B-1.md", "B.\n");
    let run = project.run(["check", "--roadmap", SOURCE]);
    assert!(!run.err.contains("unowned-body"), "{}", run.err);
    // In any folder, where `.roadbook` says so.
    let moved = Project::new([
        ("plans/x.json", PLAN),
        ("plans/bodies/a-1.md", "One, here.\n"),
        (".roadbook", "plans/x.json\n"),
    ]);
    moved.run(["build"]).ends_with(0);
    assert!(moved.text("plans/milestones/m-m-1.md").contains("One, here."));
}

#[cfg(feature = "serve")]
#[test]
fn the_preview_shows_what_is_saved_in_a_body() {
    let plan = PLAN.replace("\"outputs\": { \"site\": null }, ", "");
    let project = Project::empty();
    fs::create_dir_all(project.path("roadmap")).expect("its folder");
    fs::write(project.path(SOURCE), plan).expect("the source");
    let preview = crate::preview::Preview::start(&project, &[]);
    preview.shows("/issues/i-a-1.html", "A-1");
    project.save(BODY, "First words.\n");
    preview.shows("/issues/i-a-1.html", "First words.");
    project.save(BODY, "Other words.\n");
    preview.shows("/issues/i-a-1.html", "Other words.");
    project.remove(BODY);
    project.save("roadmap/bodies/A-2.md", "Second words.\n");
    preview.shows("/issues/i-a-2.html", "Second words.");
}

/// A roadmap whose bodies refer to each other, and edits of it: whether the bodies have files before, what is typed, what is read
/// from standard input.
const LINKED: &str = r#"{ "outputs": { "site": null }, "issues": [
  { "id": "A-1", "title": "I", "body": "First, before A-2." }, { "id": "A-2", "title": "J", "body": "Second\n\nA-1" },
  { "id": "A-3", "title": "K", "body": "Third" }, { "id": "A-4", "title": "L" }] }
"#;

const EDITS: [(bool, &[&str], &str); 6] = [
    (false, &["bodies", "split"], ""),
    (true, &["bodies", "join"], ""),
    (true, &["rename", "A-1", "B-1", "--texts"], ""),
    (true, &["split", "A-2", "A part"], ""),
    (true, &["remove", "A-1", "A-3", "--force"], ""),
    (
        true,
        &["batch"],
        "[\"rename\",\"A-1\",\"B-7\",\"--texts\"]\n[\"set\",\"A-2\",\"body=Other\"]\n[\"add\",\"issue\",\"New\",\"--body\",\"Fourth\"]\n[\"remove\",\"A-3\"]\n[\"split\",\"B-7\",\"A part\"]\n",
    ),
];

#[test]
fn no_body_is_lost_where_a_write_fails() {
    for (is_split, words, stdin) in EDITS {
        let project = Project::new([(SOURCE, LINKED)]);
        if is_split {
            project.run(["bodies", "split"]).ends_with(0);
        }
        let before = project.tree();
        let done = |run: &Run| run.code == 0;
        assert!(done(&project.run_on(&project.disk(), stdin.as_bytes(), words)), "{words:?}");
        let after = project.tree();
        assert_ne!(after, before, "{words:?} changes something");
        let (mut steps, mut is_done) = (0, false);
        while !is_done {
            // Where the next step works again, all is as it was.
            project.restore(&before);
            let run = project.run_on(&Full::once(project.disk(), steps), stdin.as_bytes(), words);
            is_done = done(&run);
            assert_eq!(
                project.tree(),
                if is_done { after.clone() } else { before.clone() },
                "{words:?} {steps}"
            );
            // Where none does any more, each file is whole, and each text is in one of them.
            project.restore(&before);
            let full = Full::new(project.disk(), steps, usize::MAX, std::io::ErrorKind::StorageFull);
            assert_eq!(done(&project.run_on(&full, stdin.as_bytes(), words)), is_done, "{words:?} {steps}");
            let now = project.tree();
            whole_files(&now, &before, &after);
            let holds = |tree: &Tree, text: &str| {
                tree.values().any(|bytes| String::from_utf8_lossy(bytes).replace("\\n", "\n").contains(text))
            };
            for text in ["First, before A-2.", "Second", "Third"].iter().filter(|text| holds(&after, text)) {
                assert!(holds(&now, text), "{words:?}: {text} is lost at step {steps}");
            }
            steps += 1;
        }
        assert!(steps > 1, "{words:?} takes several steps");
    }
}

#[test]
fn what_a_kill_left_in_the_folder_of_bodies_is_swept_and_what_somebody_saved_kept() {
    let project = Project::whole(r#"{ "issues": [{ "id": "A-1", "title": "x", "body": "y" }] }"#);
    project.run("bodies split").ends_with(0);
    let left = "roadmap/bodies/.roadbook-tmp-01234567-abcdef-0000000000000001-0000000000000002-A-1.md.swap";
    for (text, kept) in [("first", "A-1.md.saved"), ("second", "A-1.md.2.saved")] {
        project.write(left, text);
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 60 * 60);
        let file = fs::File::options().write(true).open(project.path(left)).expect("it was written");
        file.set_modified(long_ago).expect("a time");
        // It belongs to no issue until somebody decides.
        let run = project.run("build").ends_with(1).says("unowned-body");
        run.says(&format!("kept `roadmap/bodies/{kept}`: somebody saved this text"));
        assert!(!project.has(left));
        assert_eq!(project.text(&format!("roadmap/bodies/{kept}")), text);
    }
}
