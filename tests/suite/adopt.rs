//! What adoption replaces is in a commit or kept, and what it takes away is listed before: with real repositories.

use std::{
    ffi::OsString,
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
};

use roadbook::internals::io::{Failure, Io, Terminal};
use serde_json::json;

use crate::support::{Alone, Fixed, Project, Run, SOURCE, pretty, same_tree};

const SUMMARY: &str = "roadmap/SUMMARY.md";
const KEPT: &str = "roadmap/SUMMARY.md.before-roadbook";
const BY_HAND: &str = "# By hand\n\nAn afternoon of notes.\n";

/// A repository with a source and a SUMMARY.md that was written by hand; nothing is committed.
fn repository() -> Project {
    let project = Project::of(&json!({
        "title": "Shed",
        "milestones": [{ "id": "A-M1", "title": "Walls" }],
        "issues": [{ "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"] }],
    }));
    project.git(["init", "--quiet"]).ends_with(0);
    project.write(SUMMARY, BY_HAND);
    project
}

fn commit(project: &Project) {
    project.git(["add", "--all"]).ends_with(0);
    project.git(["commit", "--quiet", "--message", "x"]).ends_with(0);
}

/// The real program with git, far from anybody's settings.
fn roadbook(project: &Project, args: &[&str]) -> Run {
    let path = std::env::var_os("PATH").unwrap_or_default();
    project.finish(settings(project, args).env("PATH", path))
}

fn settings(project: &Project, args: &[&str]) -> std::process::Command {
    let mut command = project.process(args);
    command.env("GIT_CONFIG_GLOBAL", project.path("none")).env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

/// Adopts SUMMARY.md, and holds what it was to having been kept.
#[track_caller]
fn is_kept(project: &Project, was: &[u8]) {
    let run = roadbook(project, &["build", "-q", "--adopt", SUMMARY])
        .ends_with(0)
        .says(&format!("no commit has it, so it is kept as `{KEPT}`"));
    run.says(&format!("to undo: mv {KEPT} {SUMMARY}"));
    assert_eq!(project.bytes(KEPT), was);
    assert!(project.text(SUMMARY).contains("# Shed - Milestones"));
    // It is nobody's output, document or orphan.
    let after = project.tree();
    roadbook(project, &["build"]).ends_with(0).says("0 written");
    same_tree(&after, &project.tree());
    // A clone has what was added; some of these repositories are none, or broken.
    project.git(["-c", "filter.ours.clean=cat", "add", "--all"]);
    roadbook(project, &["check", "--deny-warnings"]).ends_with(0);
}

/// Adopts SUMMARY.md, and holds it to being in the last commit.
#[track_caller]
fn is_in_the_commit(project: &Project) {
    let was = project.bytes(SUMMARY);
    let run = roadbook(project, &["build", "--adopt", SUMMARY])
        .ends_with(0)
        .says("which the last commit has")
        .says("git checkout HEAD -- roadmap/SUMMARY.md");
    assert!(!project.has(KEPT), "{}", run.err);
    project.git(["checkout", "HEAD", "--", SUMMARY]).ends_with(0);
    assert_eq!(project.bytes(SUMMARY), was, "what is said undoes it");
}

#[test]
fn what_no_commit_has_is_kept() {
    let untracked = repository();
    is_kept(&untracked, BY_HAND.as_bytes());

    let ignored = repository();
    ignored.write(".gitignore", "SUMMARY.md*\n");
    commit(&ignored);
    roadbook(&ignored, &["init", "--adopt", "--yes", "-q"]).ends_with(0).says("(git ignores it)");
    assert_eq!(ignored.text(KEPT), BY_HAND);

    let staged = repository();
    fs::rename(staged.path(SUMMARY), staged.path("away")).expect("it is moved");
    commit(&staged);
    fs::rename(staged.path("away"), staged.path(SUMMARY)).expect("it is moved");
    staged.git(["add", "--all"]).ends_with(0);
    is_kept(&staged, BY_HAND.as_bytes());

    for flag in [None, Some("--assume-unchanged"), Some("--skip-worktree")] {
        let edited = repository();
        commit(&edited);
        flag.map(|flag| edited.git(["update-index", flag, SUMMARY]).ends_with(0).code);
        let was = format!("{BY_HAND}One more.\n");
        edited.write(SUMMARY, &was);
        is_kept(&edited, was.as_bytes());
    }

    let broken = repository();
    commit(&broken);
    broken.write(".git/HEAD", "nonsense\n");
    is_kept(&broken, BY_HAND.as_bytes());

    let without = repository();
    fs::remove_dir_all(without.path(".git")).expect("it goes");
    is_kept(&without, BY_HAND.as_bytes());

    let binary = repository();
    binary.write(SUMMARY, b"\xff\x00\xfe");
    is_kept(&binary, b"\xff\x00\xfe");
}

#[test]
fn where_there_is_no_git_everything_is_kept() {
    let project = repository();
    commit(&project);
    project
        .finish(settings(&project, &["build", "--adopt", SUMMARY]).env("PATH", project.path("roadmap")))
        .ends_with(0)
        .says("no commit has it");
    assert_eq!(project.text(KEPT), BY_HAND);
}

#[test]
fn what_the_last_commit_has_is_not_kept_twice() {
    let clean = repository();
    commit(&clean);
    is_in_the_commit(&clean);

    // Git says that these are as committed, although the bytes are others.
    let crlf = repository();
    crlf.write(".gitattributes", "*.md text eol=crlf\n");
    crlf.write(SUMMARY, BY_HAND.replace('\n', "\r\n"));
    commit(&crlf);
    is_in_the_commit(&crlf);

    // What a commit has of another repository inside is that one's to say.
    let nested = repository();
    nested.git_in("roadmap", ["init", "--quiet"]).ends_with(0);
    nested.git_in("roadmap", ["add", "--all"]).ends_with(0);
    nested.git_in("roadmap", ["commit", "--quiet", "--message", "x"]).ends_with(0);
    roadbook(&nested, &["build", "--adopt", SUMMARY]).ends_with(0).says("which the last commit has");
    assert!(!nested.has(KEPT));
}

#[test]
fn no_filter_of_the_repository_runs() {
    let project = repository();
    commit(&project);
    let edited = format!("{BY_HAND}One more.\n");
    project.write(SUMMARY, &edited);
    project.write(".gitattributes", "*.md filter=ours\n");
    for key in ["filter.ours.clean", "filter.ours.smudge"] {
        project.git(["config", key, "touch ran; cat"]).ends_with(0);
    }
    is_kept(&project, edited.as_bytes());
    assert!(!project.has("ran") && !project.has("roadmap/ran"));
}

#[test]
fn a_worktree_and_a_name_that_git_quotes_are_asked_as_well() {
    let name = "-plän b's ç.md";
    let project = Project::of(&json!({
        "milestones": [{ "id": "A-M1", "title": "Walls" }],
        "outputs": { "summary": format!("docs/{name}"), "site": null },
    }));
    project.git(["init", "--quiet"]).ends_with(0);
    project.write(&format!("docs/{name}"), BY_HAND);
    commit(&project);
    project.git(["worktree", "add", "--quiet", "tree"]).ends_with(0);
    let adopt = format!("--adopt=docs/{name}");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut command = settings(&project, &["build", &adopt]);
    project
        .finish(command.current_dir(project.path("tree")).env("PATH", &path))
        .ends_with(0)
        .says("which the last commit has");
    project.write(&format!("docs/{name}"), "# Mine\n");
    roadbook(&project, &["build", &adopt]).ends_with(0).says("no commit has it");
    assert_eq!(project.text(&format!("docs/{name}.before-roadbook")), "# Mine\n");
}

#[test]
fn what_was_kept_is_never_written_over() {
    let project = repository();
    for (text, kept) in [
        ("one\n", KEPT),
        ("two\n", "roadmap/SUMMARY.md.2.before-roadbook"),
        ("one\n", KEPT),
        ("three\n", "roadmap/SUMMARY.md.3.before-roadbook"),
    ] {
        fs::remove_file(project.path(SUMMARY)).expect("it is there");
        project.write(SUMMARY, text);
        roadbook(&project, &["build", "--adopt", SUMMARY]).ends_with(0).says(&format!("kept as `{kept}`"));
        assert_eq!(project.text(kept), text);
    }
    let kept = project.tree().keys().filter(|path| path.ends_with(".before-roadbook")).count();
    assert_eq!(kept, 3, "what was kept before is enough");
}

#[cfg(unix)]
#[test]
fn links_lead_to_what_is_kept_and_back_to_nothing() {
    use std::os::unix::fs::symlink;
    // The name is taken by a link to the file that goes.
    let decoy = repository();
    symlink("SUMMARY.md", decoy.path(KEPT)).expect("a link");
    roadbook(&decoy, &["build", "--adopt", SUMMARY]).ends_with(0);
    assert_eq!(decoy.text("roadmap/SUMMARY.md.2.before-roadbook"), BY_HAND);

    let link = repository();
    fs::create_dir(link.path("notes")).expect("a folder");
    fs::rename(link.path(SUMMARY), link.path("notes/all.md")).expect("it is moved");
    symlink("../notes/all.md", link.path(SUMMARY)).expect("a link");
    commit(&link);
    link.write("notes/all.md", "more\n");
    roadbook(&link, &["build", "--adopt", SUMMARY])
        .ends_with(0)
        .says("mv notes/all.md.before-roadbook notes/all.md");
    assert_eq!(link.text("notes/all.md.before-roadbook"), "more\n");
}

#[test]
fn several_are_kept_at_once_or_nothing_is_written() {
    let mut source = json!({
        "milestones": [{ "id": "A-M1", "title": "Walls" }],
        "issues": [{ "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"] }],
        "outputs": { "site": "public" },
    });
    source["title"] = "Shed".into();
    let project = Project::of(&source);
    project.git(["init", "--quiet"]).ends_with(0);
    let edited = "public/assets/site.css";
    project.write(edited, "b { color: teal }\n");
    commit(&project);
    let heading = "# Generated by roadbook from a file, I thought.\n";
    let mine: [(&str, &[u8]); 5] = [
        ("roadmap/LABELS.md", heading.as_bytes()),
        ("roadmap/milestones/m-a-m1.md", b"mine\n"),
        ("public/index.html", b"<p>mine\n"),
        ("public/404.html", b"\x89PNG\xff"),
        (edited, b"b { color: red }\n"),
    ];
    mine.iter().for_each(|(path, bytes)| project.write(path, bytes));
    let adopt: Vec<_> = mine.iter().flat_map(|(path, _)| ["--adopt", path]).collect();
    let adopt = [&["build"][..], &adopt].concat();

    // One that may not be replaced: then none is.
    let target = project.path("public/404.html");
    let mode = fs::metadata(&target).expect("it is there").permissions();
    let mut read_only = mode.clone();
    read_only.set_readonly(true);
    fs::set_permissions(&target, read_only).expect("it is ours");
    roadbook(&project, &adopt).ends_with(3).says("it is read-only");
    for (path, bytes) in mine {
        assert_eq!(project.bytes(path), bytes, "{path}");
    }
    fs::set_permissions(&target, mode).expect("it is ours");

    let mut run = roadbook(&project, &adopt).ends_with(0);
    for (path, bytes) in mine {
        let kept = format!("{path}.before-roadbook");
        run = run.says(&format!("kept as `{kept}`"));
        assert_eq!(project.bytes(&kept), bytes, "{path}");
        assert_ne!(project.bytes(path), bytes, "{path}");
    }
    roadbook(&project, &["build"]).ends_with(0).says("0 written").says("0 removed");
}

/// A document with more than a roadmap has room for.
const OLDER: &str = "# Harbour plan\n\nIntro words that matter.\n\n<!-- a note to self -->\n\n## Now\n\n\
    | ID | Title | Estimate | Status | Owner | Risk |\n|---|---|---|---|---|---|\n\
    | HB-001 | Dredge the basin | 5d | 🚧 | Ann Lee | high |\n| HB-002 | Paint the crane | 2d | open | @bob | low |\n\n\
    A note below the table.\n\nAnother note below it.\n\n## Decisions\n\nWe decided things.\n\n- one ✅\n- two\n";

/// What of it would be gone: what a roadmap has no place for, and, where the JSON does not get it, what stands in columns.
const GONE: [&str; 2] = ["line 5: `<!-- a note to self -->`", "line 9: column `Risk`: `high`, `low`"];
const UNFILLED: [&str; 3] = [
    "line 11: column `Estimate`: `5d`, `2d`",
    "line 11: the mark `🚧`",
    "line 11: column `Owner`: `Ann Lee`",
];

#[test]
fn what_is_taken_away_is_listed_before() {
    let project = Project::empty();
    project.git(["init", "--quiet"]).ends_with(0);
    project.write("SUMMARY.md", OLDER);
    let before = project.tree();
    let ahead = roadbook(&project, &["init", "--adopt", "--dry-run"]).ends_with(0);
    same_tree(&before, &project.tree());
    let done = roadbook(&project, &["init", "--adopt", "--yes"]).ends_with(0);
    for run in [&ahead, &done] {
        GONE.iter().for_each(|words| assert!(run.err.contains(words), "{words}: {}", run.err));
        // What moved into the JSON is not claimed to be gone, nor anything twice.
        assert_eq!(run.err.matches("\n  line ").count(), GONE.len(), "{}", run.err);
    }
    assert!(done.err.find(GONE[1]) < done.err.find("kept as `SUMMARY.md.before-roadbook`"));
    assert_eq!(project.text("SUMMARY.md.before-roadbook"), OLDER);
    let source = project.text("roadmap/milestones_and_issues.json");
    assert!(source.contains("Intro words that matter.") && source.contains("We decided things."), "{source}");

    // Where the JSON does not get it first, it would be gone as well: how it does is told.
    let project = Project::of(&json!({
        "title": "Shed",
        "milestones": [{ "id": "A-M1", "title": "Now" }],
        "issues": [
            { "title": "HB-001: Dredge the basin", "milestone": "A-M1" },
            { "title": "HB-002: Paint the crane", "milestone": "A-M1" },
        ],
    }));
    project.git(["init", "--quiet"]).ends_with(0);
    project.write(SUMMARY, OLDER.replace("| HB-002", "| HB-009 | Sweep up | 1d | ✅ | | |\n| HB-002"));
    for args in [&["build"][..], &["build", "--adopt", SUMMARY]] {
        let run = roadbook(&project, args);
        let gone = GONE[..2].iter().chain(&UNFILLED);
        gone.for_each(|words| assert!(run.err.contains(words), "{words}: {}", run.err));
        run.says("line 12: `HB-009 | Sweep up | 1d | ✅`")
            .says("line 3: `Intro words that matter.`")
            .says("roadbook import roadmap/SUMMARY.md --into roadmap/plan.json");
    }
}

/// Tables with the columns that teams have.
const COLUMNS: &str = "# Harbour\n\n## Milestones\n\n\
    | # | Milestone | Status | Owner | Due | Progress | Issues |\n|---|---|---|---|---|---|---|\n\
    | 1 | HB-M1 – Basin | In progress | Ann Lee | 2026-12-01 | 40% | 2 |\n| 2 | HB-M2 – Crane | Planned | bob | Q2 2027 | 0% | 1 |\n\n\
    ## HB-M1 – Basin\n\n| ID | Task | Estimate | Status | Owner | Due | Priority | Labels |\n|---|---|---|---|---|---|---|---|\n\
    | HB-001 | Dredge | 5d | 🚧 | Ann Lee | 2026-11-20 | High | area:water |\n| HB-002 | Paint | 3 | Done | bob | soon | Low | area:paint |\n\n\
    ## HB-M2 – Crane\n\n| ID | Task | Estimate | Status | Owner | Due | Priority | Labels |\n|---|---|---|---|---|---|---|---|\n\
    | HB-003 | Lift | M | In review | @mara, @ted | | | |\n";

#[test]
fn adopting_takes_no_column_away() {
    let project = Project::empty();
    project.git(["init", "--quiet"]).ends_with(0);
    project.write("SUMMARY.md", COLUMNS);
    let run = roadbook(&project, &["init", "--adopt", "--yes"]).ends_with(0);
    assert!(!run.err.contains("no longer says"), "{}", run.err);
    let summary = project.text("SUMMARY.md");
    for line in [
        "| # | Title | Status | Owner | Due | Progress | Issues |",
        "| Issue # | Title | Estimate | Status | Owner | Due | Priority | Labels |",
    ] {
        assert!(summary.contains(line), "{line}\n{summary}");
    }
    // Each cell, without its links: what people wrote, or the same as the source says it.
    let row = |title: &str| {
        let line = summary.lines().find(|line| line.starts_with('|') && line.contains(title)).expect("a row");
        let cell = |cell: &str| {
            cell.trim().trim_start_matches('[').split("](").next().unwrap_or_default().to_owned()
        };
        line.trim_matches('|').split('|').map(cell).collect::<Vec<_>>()
    };
    assert_eq!(
        row("HB-M1"),
        [
            "1",
            "HB-M1 – Basin",
            "In progress",
            "Ann Lee",
            "2026-12-01",
            "█████░░░░░ 50% (1 of 2 done, 3 of 3 points)",
            "2"
        ]
    );
    assert_eq!(row("HB-M2")[2..5], ["Planned", "bob", "2027-Q2"]);
    assert_eq!(
        row("Dredge"),
        ["HB-001", "Dredge", "5d", "🚧", "Ann Lee", "2026-11-20", "high", "area:water"]
    );
    assert_eq!(row("Paint"), ["HB-002", "Paint", "3 points", "done", "bob", "soon", "low", "area:paint"]);
    assert_eq!(row("Lift"), ["HB-003", "Lift", "M", "In review", "mara, ted", "", "", ""]);
    project.git(["add", "--all"]).ends_with(0);
    roadbook(&project, &["check", "--deny-warnings"]).ends_with(0);

    // It is held to its columns: by hand none goes, and a name that is none is told.
    project.write("SUMMARY.md", summary.replace(" Estimate | ", " Effort | "));
    roadbook(&project, &["check"]).ends_with(1).says("stale-file");
    let path = "roadmap/milestones_and_issues.json";
    project.write(path, project.text(path).replace("\"estimate\", \"state\"", "\"estimate\", \"statte\""));
    roadbook(&project, &["check"])
        .ends_with(1)
        .says("there is no column `statte`")
        .says("did you mean `state`?");
}

#[test]
fn a_source_keeps_its_own_columns() {
    let source = |summary: serde_json::Value| {
        json!({
            "title": "Harbour",
            "milestones": [{ "title": "HB-M1 – Basin" }, { "title": "HB-M2 – Crane" }],
            "issues": [{ "title": "HB-001: Dredge", "milestone": "HB-M1", "extra": { "room": 7 } }],
            "summary": summary,
        })
    };
    for (summary, columns) in [
        (json!({ "links": false }), "| Issue # | Title | Estimate | Status |"),
        (json!({ "columns": ["id", "title", "due"] }), "| Issue # | Title | Due |"),
    ] {
        let project = Project::of(&source(summary.clone()));
        project.git(["init", "--quiet"]).ends_with(0);
        project.write(SUMMARY, COLUMNS);
        roadbook(&project, &["init", "--adopt", "--yes"]);
        assert!(project.text(SUMMARY).contains(columns), "{summary}\n{}", project.text(SUMMARY));
        let source = project.text(SOURCE);
        assert!(source.contains("\"room\": 7") && source.contains("\"owner\": \"Ann Lee\""), "{source}");
    }
}

#[test]
fn what_has_moved_is_not_listed() {
    let project = Project::of(&json!({
        "title": "Plan",
        "milestones": [{ "id": "A-M1", "title": "Walls", "goal": "Nobody gets wet." }],
        "issues": [{
            "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"], "estimate": 3,
            "body": "Down to the rock, and no further than that.",
        }],
        "labels": [{ "name": "area:ground", "description": "What lies below" }],
    }));
    project.git(["init", "--quiet"]).ends_with(0);
    project.write(
        SUMMARY,
        "# Plan\n\n## Walls\n\n| Issue | Title | Estimate |\n|--|--|--|\n| A-1 | Dig | 3 |\n\nNobody gets wet.\n\n\
         ## Labels\n\n| Label | Description |\n|--|--|\n| area:ground | What lies below |\n",
    );
    project.write("roadmap/milestones/m-a-m1.md", "Down to the rock, and no further than that.\n");
    let run = roadbook(&project, &["build", "--adopt", SUMMARY, "--adopt", "roadmap/milestones/m-a-m1.md"])
        .ends_with(0)
        .says("3 written")
        .says("kept as");
    assert!(!run.err.contains("no longer says") && !run.err.contains("import"), "{}", run.err);
}

#[test]
fn what_the_source_calls_ours_and_templates_that_are_forced_are_kept_too() {
    let project = Project::of(&json!({
        "milestones": [{ "id": "A-M1", "title": "Walls" }],
        "summary": { "marker": false },
    }));
    project.git(["init", "--quiet"]).ends_with(0);
    project.write(SUMMARY, BY_HAND);
    roadbook(&project, &["build"]).ends_with(1).says("foreign-file");
    roadbook(&project, &["build", "--adopt", SUMMARY]).ends_with(0).says(&format!("kept as `{KEPT}`"));
    assert_eq!(project.text(KEPT), BY_HAND);
    // From then on it is a built one, and nothing is kept of it.
    let built = project.text(SUMMARY).replace("Walls", "Roof");
    project.write(SUMMARY, built);
    let run = roadbook(&project, &["build"]).ends_with(0);
    assert!(!run.err.contains("kept as"), "{}", run.err);

    roadbook(&project, &["templates"]).ends_with(0);
    project.write("roadmap/templates/site/issue.html", "{% mine\n");
    let forced = roadbook(&project, &["templates", "--force"]);
    let kept = "roadmap/templates/site/issue.html.before-roadbook";
    forced.ends_with(0).says(&format!("kept as `{kept}`"));
    assert_eq!(project.text(kept), "{% mine\n");
    // It is no template any more.
    roadbook(&project, &["build"]).ends_with(0);
}

/// A terminal at which somebody edits the source before they answer.
struct Thoughtful<'p> {
    project: &'p Project,
    said: Mutex<String>,
}

impl Terminal for Thoughtful<'_> {
    fn out(&self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn say(&self, text: &str) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
    }

    fn is_coloured(&self) -> bool {
        false
    }

    fn ask(&self, question: &str) -> Option<String> {
        if question.starts_with("write ") {
            let source = self.project.text(SOURCE).replace("Shed", "Barn");
            self.project.write(SOURCE, source);
        }
        Some("y".to_owned())
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}

#[test]
fn a_source_that_is_edited_while_somebody_is_asked_is_not_written_over() {
    let project = repository();
    let terminal = Thoughtful { project: &project, said: Mutex::default() };
    let files = project.disk();
    let io = Io { files: &files, clock: &Fixed, terminal: &terminal, process: &Alone, network: &Alone };
    let code = roadbook::internals::run(["roadbook", "init"].map(OsString::from), &io);
    let said = terminal.said.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("`roadmap/plan.json` changed while it was worked on"), "{said}");
    assert!(project.text(SOURCE).contains("Barn"));
    assert!(!project.has(".gitignore") && project.text(SUMMARY) == BY_HAND);
}

#[test]
fn a_hook_of_ours_that_somebody_changed_is_kept() {
    let project = repository();
    fs::remove_file(project.path(SUMMARY)).expect("it is there");
    roadbook(&project, &["init", "--hook", "--yes"]).ends_with(0);
    let hook = project.path(".git/hooks/pre-commit");
    let mine = fs::read_to_string(&hook).expect("a hook") + "echo mine\n";
    fs::write(&hook, &mine).expect("it is ours");
    roadbook(&project, &["init", "--hook", "--yes"]).ends_with(0).says("pre-commit.before-roadbook");
    let kept = fs::read_to_string(Path::new(&hook).with_file_name("pre-commit.before-roadbook"));
    assert_eq!(kept.expect("it is kept"), mine);
}

#[test]
fn a_source_with_edits_that_no_commit_has_loses_none_of_them() {
    let project = repository();
    commit(&project);
    let source = pretty(
        &json!({ "title": "Shed", "description": "Only here.", "issues": [{ "title": "A-1: Dig", "labels": ["x"] }] }),
    );
    project.write(SOURCE, &source);
    roadbook(&project, &["init", "--adopt", "--yes"]).ends_with(0);
    let now: serde_json::Value = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    let was: serde_json::Value = serde_json::from_str(&source).expect("JSON");
    for (key, value) in was.as_object().expect("an object") {
        assert_eq!(now.get(key), Some(value), "{key}");
    }
}
