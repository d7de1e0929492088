//! What a clone brings along writes nowhere but into its own working tree and reads nothing from elsewhere; and no output
//! meets another, or what somebody else keeps.

use serde_json::{Value, json};

use crate::support::{Project, Random, SOURCE, same_tree};

fn small() -> Value {
    json!({
        "title": "Small",
        "milestones": [{ "id": "A-M1", "title": "First" }, { "id": "A-M2", "title": "Second" }],
        "issues": [{ "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"] }],
        "outputs": { "site": null },
    })
}

/// The small roadmap with its outputs elsewhere.
fn with(outputs: Value) -> Project {
    let mut source = small();
    source["outputs"] = outputs;
    Project::of(&source)
}

#[test]
fn no_output_is_named_into_gits_folder_or_after_a_device() {
    let names = [
        ".git/x",
        ".GIT/hooks",
        "a/.git",
        ".g\u{200c}it/x",
        "GIT~1/x",
        ".git /x",
        ".git./x",
        ".git::$INDEX_ALLOCATION/x",
        ".git:x",
        "a\\.git\\x",
        "COM¹.md",
        "a/aux.md",
        "con .md/x",
    ];
    for name in names {
        for key in ["summary", "milestones", "labels", "site"] {
            let project = with(json!({ key: name }));
            let before = project.tree();
            for verb in ["build", "check"] {
                project.run([verb]).ends_with(3).says("bad-path").says(&format!("\"{key}\""));
            }
            same_tree(&before, &project.tree());
        }
        let mut source = small();
        source["docs"] = json!([name]);
        let project = Project::of(&source);
        project.run(["check"]).ends_with(3).says("bad-path");
    }
}

#[test]
fn outputs_that_meet_are_found_before_anything_is_written() {
    let meeting = [
        json!({ "labels": "roadmap/milestones/LABELS.md" }),
        json!({ "labels": "roadmap/milestones/m-a-m1.md" }),
        json!({ "labels": "roadmap/milestones" }),
        json!({ "labels": "ROADMAP/summary.MD" }),
        json!({ "summary": "é.md", "labels": "E\u{301}.md" }),
        json!({ "site": "roadmap/milestones/site" }),
        json!({ "site": "roadmap" }),
        json!({ "site": "docs", "summary": "docs/SUMMARY.md" }),
        json!({ "milestones": "site/pages", "site": "site" }),
        json!({ "milestones": "roadmap/templates" }),
        json!({ "milestones": "roadmap/templates/markdown" }),
        json!({ "summary": "roadmap/templates/x.md" }),
        json!({ "summary": "roadmap/roadbook.lock.json" }),
        json!({ "labels": "roadmap/roadbook.journal.jsonl" }),
        json!({ "labels": "roadmap/Plan.json" }),
        json!({ "summary": ".roadbook" }),
        json!({ "site": ".Roadbook" }),
        json!({ "summary": "x", "labels": "x/y" }),
    ];
    for outputs in meeting {
        let project = with(outputs.clone());
        let before = project.tree();
        let run = project.run(["build"]);
        assert!(run.code == 3 && run.err.contains("bad-path"), "{outputs}: {}\n{}", run.code, run.err);
        let (key, _) =
            outputs.as_object().and_then(|outputs| outputs.iter().next_back()).expect("it has one");
        let named =
            outputs.as_object().expect("an object").keys().any(|key| run.err.contains(&format!("\"{key}\"")));
        assert!(named, "{key}: the finding shows the value at fault:\n{}", run.err);
        same_tree(&before, &project.tree());
    }
}

#[test]
fn what_is_built_settles_for_all_outputs_that_are_taken() {
    let mut random = Random::new(11);
    let names = [
        "roadmap",
        "roadmap/milestones",
        "roadmap/SUMMARY.md",
        "roadmap/LABELS.md",
        "roadmap/x",
        "site",
        "site/x",
        "docs",
        "docs/a",
        "docs/a/b.md",
        "x.md",
        "X.md",
        "README.md",
        "roadmap/templates",
        "roadmap/milestones/x.md",
        "a/b/c",
    ];
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..60 {
        let mut outputs = serde_json::Map::new();
        for key in ["summary", "milestones", "labels", "site"] {
            match random.below(6) {
                0 => drop(outputs.insert(key.into(), Value::Null)),
                1 => {}
                _ => drop(outputs.insert(key.into(), names[random.below(names.len())].into())),
            }
        }
        let mut source = small();
        source["docs"] = json!(["docs"]);
        source["site"] = json!({ "committed": random.below(2) == 0 });
        source["outputs"] = Value::Object(outputs);
        let project = Project::of(&source);
        project.write("docs/guide.md", "# Guide\n\n<!-- roadbook:begin stats -->\n<!-- roadbook:end -->\n");
        let before = project.tree();
        let build = project.run(["build"]);
        if build.code == 3 {
            // What is a folder already is no matter of the source.
            assert!(build.err.contains("bad-path") || build.err.contains("it is a folder"), "{}", build.err);
            same_tree(&before, &project.tree());
            refused += 1;
            continue;
        }
        build.ends_with(0);
        taken += 1;
        let built = project.tree();
        let check = project.run(["check"]);
        assert_eq!(check.code, 0, "{}\n{}", source["outputs"], check.err);
        project.run(["build"]).ends_with(0).says("0 written").says("0 removed");
        same_tree(&built, &project.tree());
    }
    assert!(taken > 5 && refused > 5, "{taken} taken, {refused} refused");
}

#[test]
fn a_source_that_wants_no_mark_takes_no_file_that_is_not_a_summary() {
    let mut source = small();
    source["summary"] = json!({ "marker": false });
    for (path, text) in [
        ("roadmap/SUMMARY.md", "# My notes\n"),
        ("roadmap/SUMMARY.md", "# Notes - of mine\n"),
        ("Makefile", "all:\n"),
        ("x.json", "{}\n"),
        ("x.txt", "# Old - Milestones and Issues Summary\n"),
    ] {
        source["outputs"] = json!({ "summary": path, "site": null });
        let project = Project::of(&source);
        std::fs::write(project.path(path), text).expect("a file");
        let before = project.tree();
        project.run(["build"]).ends_with(1).says("foreign-file").says(path);
        same_tree(&before, &project.tree());
    }
}

#[test]
fn a_document_that_is_an_output_as_well_is_found() {
    let mut source = small();
    source["docs"] = json!(["NOTES.md"]);
    source["outputs"] = json!({ "summary": "notes.md", "site": null });
    let project = Project::of(&source);
    project.write("NOTES.md", "# Notes\n\n<!-- roadbook:begin stats -->\n<!-- roadbook:end -->\n");
    let before = project.tree();
    project.run(["build"]).ends_with(3).says("bad-path").says("`NOTES.md` cannot be a document");
    same_tree(&before, &project.tree());
}

/// `--out` and `--patch` of every verb that can be run here.
const WRITES: [&[&str]; 7] = [
    &["report", "--format", "json", "--out"],
    &["report", "--format", "csv", "--out"],
    &["report", "--format", "markdown", "--out"],
    &["report", "--format", "html", "--out"],
    &["report", "--out"],
    &["check", "--patch"],
    &["man", "--out"],
];

fn run(project: &Project, args: &[&str], file: &str, more: &[&str]) -> crate::support::Run {
    let args: Vec<_> = args.iter().copied().chain([file]).chain(more.iter().copied()).collect();
    project.run_on(&project.disk(), b"", &args)
}

#[test]
fn what_is_handed_out_hits_nothing_that_has_another_use() {
    let project = Project::of(&small()).built();
    project.write("roadmap/roadbook.lock.json", "{\"version\":1}\n");
    project.write(".git/config", "[core]\n");
    let used = [
        SOURCE,
        "roadmap/PLAN.json",
        "roadmap/new.json",
        "roadmap/roadbook.lock.json",
        "roadmap/roadbook.journal.jsonl",
        "roadmap/templates/markdown/x.md",
        "roadmap/SUMMARY.md",
        "roadmap/LABELS.md",
        "roadmap/milestones/m-a-m1.md",
        "roadmap/milestones/new.md",
        ".git/config",
        ".git/new",
        ".GIT/x",
        "a/../.git/x",
        ".roadbook",
        "roadmap",
        ".",
    ];
    let before = project.tree();
    for args in &WRITES[..6] {
        for file in used {
            for more in [&[][..], &["--force"]] {
                let run = run(&project, args, file, more);
                assert_eq!(run.code, 2, "{args:?} {file} {more:?}: {}", run.err);
            }
        }
    }
    assert_ne!(run(&project, &["man", "--out"], ".git", &["--force"]).code, 0);
    same_tree(&before, &project.tree());
}

#[test]
fn what_is_handed_out_replaces_its_own_kind_and_nothing_else_unasked() {
    for args in &WRITES[..6] {
        let project = Project::of(&small()).built();
        project.write("roadmap/LABELS.md", "<!-- Generated by roadbook from x. -->\n");
        for text in ["my notes\n", "# My notes\n\nWords.\n", "{\"a\":1}\n", "a,b\n", "<!doctype html>\n"] {
            std::fs::write(project.path("NOTES"), text).expect("a file");
            run(&project, args, "NOTES", &[]).ends_with(2).says("--force");
            assert_eq!(project.text("NOTES"), text);
        }
        let wanted = if args[0] == "check" { 1 } else { 0 };
        run(&project, args, "NOTES", &["--force"]).ends_with(wanted);
        let made = project.bytes("NOTES");
        assert_ne!(made, b"<!doctype html>\n");
        // Its own kind, and an empty file, which holds nothing to lose.
        run(&project, args, "NOTES", &[]).ends_with(wanted);
        assert_eq!(project.bytes("NOTES"), made);
        std::fs::write(project.path("empty"), "").expect("a file");
        run(&project, args, "empty", &[]).ends_with(wanted);
        assert_eq!(project.bytes("empty"), made);
    }
}

#[test]
fn what_somebody_makes_or_saves_meanwhile_is_not_handed_out_over() {
    for (words, path) in
        [("report --format markdown --out m.md", "m.md"), ("report --format html --out m.html", "m.html")]
    {
        for save in ["", "earlier "] {
            let project = Project::of(&small());
            project.run(["build", "-q"]).ends_with(0);
            if !save.is_empty() {
                project.run(words).ends_with(0);
                let text = project.text(path);
                project.write(path, text.replacen("Small", "Other", 1).replacen("# ", "#  ", 1));
            }
            let file = project.path(path);
            let disk = project.disk().pausing(move || {
                if !std::fs::read_to_string(&file).is_ok_and(|text| text == "mine") {
                    std::fs::create_dir_all(file.parent().expect("a folder")).expect("it is made");
                    std::fs::write(&file, "mine").expect("it is written");
                }
            });
            let words = if save.is_empty() { words.to_owned() } else { format!("{words} --force") };
            let run = project.run_on(&disk, b"", &*words);
            assert!(run.err.contains("changed while it was worked on"), "{words}: {} {}", run.code, run.err);
            assert_eq!(project.text(path), "mine", "{words}");
        }
    }
}

#[test]
fn manual_pages_replace_manual_pages() {
    let project = Project::of(&small());
    project.run(["man", "--out", "man"]).ends_with(0);
    project.run(["man", "--out", "man"]).ends_with(0);
    project.write("man/roadbook.1", "mine\n");
    project.run(["man", "--out", "man"]).ends_with(2).says("`man/roadbook.1`");
    assert_eq!(project.text("man/roadbook.1"), "mine\n");
    project.run(["man", "--out", "man", "--force"]).ends_with(0);
}

#[test]
fn what_is_too_large_is_refused_by_name() {
    let grow = |project: &Project, path: &str, bytes: u64| {
        project.write(path, "");
        let file = std::fs::File::options().write(true).open(project.path(path)).expect("a file");
        file.set_len(bytes).expect("it grows");
    };
    let (mib, gib) = (1 << 20, 1 << 30);
    let mut source = small();
    source["docs"] = json!(["docs"]);
    for (path, bytes, size) in [
        ("roadmap/z.json", gib + 1, "1 GiB"),
        ("roadmap/roadbook.lock.json", gib + 1, "1 GiB"),
        ("docs/a.md", 64 * mib + 1, "64 MiB"),
        ("roadmap/LABELS.md", 64 * mib + 1, "64 MiB"),
        ("roadmap/templates/markdown/SUMMARY.md", mib + 1, "1 MiB"),
    ] {
        let project = Project::of(&source);
        grow(&project, path, bytes);
        for verb in ["build", "check"] {
            let run = project.run([verb]);
            let code = if path == "docs/a.md" { 1 } else { 3 };
            run.ends_with(code).says(&format!("larger than {size}")).says(path);
        }
        assert!(path == "docs/a.md" || !project.has("roadmap/SUMMARY.md"), "{path}: nothing is written");
    }
}

#[cfg(unix)]
mod links {
    use std::{fs, os::unix::fs::symlink};

    use super::*;

    /// What stands outside and must be told nowhere.
    const SECRET: &str = "s3cret-w0rd: \"quoted\"\n";

    fn outside() -> tempfile::TempDir {
        let outside = tempfile::tempdir().expect("a folder");
        fs::write(outside.path().join("secret"), SECRET).expect("a file");
        fs::write(outside.path().join("a.md"), SECRET).expect("a file");
        outside
    }

    #[test]
    fn no_committed_link_leads_a_build_into_gits_folder() {
        for (at, to) in [
            ("roadmap/milestones", "../.git/hooks"),
            ("roadmap/LABELS.md", "../.git/config"),
            ("roadmap/SUMMARY.md", "../.git/new"),
            ("site", ".git"),
            ("docs", ".git"),
            ("docs", "far"),
        ] {
            let mut source = small();
            source["docs"] = json!(["docs"]);
            source["outputs"] = json!({});
            let project = Project::of(&source);
            project.write(".git/hooks/x.sample", "theirs\n");
            project.write(".git/config", "[core]\n");
            project.write(".git/a.md", "# A\n\n<!-- roadbook:begin stats -->\n<!-- roadbook:end -->\n");
            symlink(".git", project.path("far")).expect("a link");
            if at != "docs" {
                project.write("docs/a.md", "# A\n");
            }
            symlink(to, project.path(at)).expect("a link");
            let before = project.tree();
            let run = project.run(["build"]);
            assert_eq!(run.code, 3, "{at} -> {to}: {}", run.err);
            let now = project.tree();
            let gits = |tree: &crate::support::Tree| -> Vec<_> {
                tree.iter()
                    .filter(|(path, _)| path.starts_with(".git/"))
                    .map(|(a, b)| (a.clone(), b.clone()))
                    .collect()
            };
            assert_eq!(gits(&before), gits(&now), "{at} -> {to}");
        }
    }

    #[test]
    fn a_git_folder_of_another_name_is_not_written_either() {
        let project = with(json!({ "site": "data/site" }));
        for path in ["data/HEAD", "data/objects/x", "data/refs/x"] {
            project.write(path, "x");
        }
        let before = project.tree();
        project.run(["build"]).ends_with(3).says("git's own folder");
        same_tree(&before, &project.tree());
    }

    #[test]
    fn nothing_outside_is_told_of() {
        let links = [
            ("roadmap/x.json", "secret"),
            ("roadmap/roadbook.lock.json", "secret"),
            ("roadmap/templates", ""),
            ("roadmap/templates/markdown/SUMMARY.md", "secret"),
            ("roadmap/SUMMARY.md", "secret"),
            ("roadmap/milestones/m-a-m1.md", "secret"),
            ("docs", ""),
            ("docs/a.md", "secret"),
            (".roadbook", "secret"),
        ];
        for (at, to) in links {
            let outside = outside();
            let mut source = small();
            source["docs"] = json!(["docs"]);
            let project = Project::of(&source);
            fs::create_dir_all(project.path(at).parent().expect("a folder")).expect("a folder");
            symlink(outside.path().join(to), project.path(at)).expect("a link");
            for args in [
                &["check"][..],
                &["build"],
                &["list"],
                &["check", "--format", "json"],
                &["templates", "--diff"],
                &["templates"],
            ] {
                let run = project.run_on(&project.disk(), b"", args);
                for told in [&run.out, &run.err] {
                    assert!(!told.contains("s3cret"), "{at}, {args:?}: {told}");
                }
                if args[0] == "check" || args[0] == "build" {
                    // One document of a folder is left out, and all else is judged.
                    assert_eq!(
                        run.code,
                        if at == "docs/a.md" { 1 } else { 3 },
                        "{at}, {args:?}: {}",
                        run.err
                    );
                    assert!(
                        run.err.contains(at) || run.out.contains(at),
                        "{at}, {args:?}: {}\n{}",
                        run.out,
                        run.err
                    );
                }
            }
            assert_eq!(
                fs::read_dir(outside.path()).expect("a folder").count(),
                2,
                "{at}: nothing was written outside"
            );
        }
    }

    #[test]
    fn what_is_handed_out_follows_no_link_to_what_has_another_use() {
        let project = Project::of(&small()).built();
        project.write(".git/config", "[core]\n");
        project.write("notes", "mine\n");
        for (at, to) in
            [("a", SOURCE), ("b", ".git/config"), ("c", ".git/new"), ("d", "notes"), ("e", ".git/x/y")]
        {
            symlink(to, project.path(at)).expect("a link");
        }
        let before = project.tree();
        for args in &WRITES[..6] {
            for at in ["a", "b", "c", "d", "e", "e/f"] {
                assert_ne!(run(&project, args, at, &[]).code, 0, "{args:?} {at}");
            }
        }
        same_tree(&before, &project.tree());
    }

    #[test]
    fn what_is_handed_out_follows_no_link_out_of_the_root() {
        let project = Project::of(&small());
        project.write("roadmap/inside/x", "");
        let outside = outside();
        for (at, to) in [("new", "new"), ("folder", ""), ("deep/er", "new/er")] {
            fs::create_dir_all(project.path(at).parent().expect("a folder")).expect("a folder");
            symlink(outside.path().join(to), project.path(at)).expect("a link");
        }
        let all = [
            &["check", "--patch"][..],
            &["report", "--out"],
            &["report", "--force", "--out"],
            &["build", "--history", "--out"],
            &["templates"],
        ];
        for args in all {
            for at in ["new", "folder", "folder/new", "deep/er", "roadmap/../new"] {
                run(&project, args, at, &[]).ends_with(2).says("leads out of the root");
            }
            if args.contains(&"--history") {
                continue;
            }
            let named = outside.path().join(args[args.len() - 1]);
            assert_ne!(run(&project, args, &named.display().to_string(), &[]).code, 2, "{args:?}");
        }
    }

    #[test]
    fn what_is_written_has_the_modes_that_the_umask_leaves() {
        use std::os::unix::fs::PermissionsExt;
        for (umask, file, folder) in [("077", 0o600, 0o700), ("002", 0o664, 0o775), ("022", 0o644, 0o755)] {
            let mut source = small();
            source["outputs"] = json!({});
            let project = Project::of(&source);
            let program = env!("CARGO_BIN_EXE_roadbook");
            let script = format!(
                "umask {umask}; {program} build -q && {program} report --format json --out r.json && {program} check --patch p"
            );
            let mut command = std::process::Command::new("sh");
            command.args(["-c", &script]).current_dir(project.root());
            project.finish(&mut command).ends_with(0);
            let mode = |path: &str| {
                fs::metadata(project.path(path)).expect("it is there").permissions().mode() & 0o777
            };
            for path in [
                "roadmap/SUMMARY.md",
                "roadmap/milestones/m-a-m1.md",
                "site/index.html",
                "site/issues/i-a-1.html",
                "r.json",
                "p",
            ] {
                assert_eq!(mode(path), file, "umask {umask}: {path} is {:o}", mode(path));
            }
            for path in ["roadmap/milestones", "site", "site/issues"] {
                assert_eq!(mode(path), folder, "umask {umask}: {path} is {:o}", mode(path));
            }
            // What is replaced keeps its own.
            fs::set_permissions(project.path("roadmap/SUMMARY.md"), fs::Permissions::from_mode(0o640))
                .expect("its mode");
            let text = project.text(SOURCE).replace("Small", "Other");
            fs::write(project.path(SOURCE), text).expect("a file");
            let mut command = std::process::Command::new("sh");
            command.args(["-c", &format!("umask {umask}; {program} build -q")]).current_dir(project.root());
            project.finish(&mut command).ends_with(0);
            assert_eq!(mode("roadmap/SUMMARY.md"), 0o640);
        }
    }
}
