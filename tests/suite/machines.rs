//! A verdict is a function of the commit: whoever asks, wherever the commit lies, and whatever git there is.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::checked::spoilt;
use crate::support::{FIXTURES, Project, Run, SOURCE};

/// Where the commit lies first, below the project.
const ORIGIN: &str = "origin";

/// A project whose folder `origin` is a repository with one commit: sound, or with a fault of each kind.
fn committed(is_sound: bool) -> Project {
    let built = if is_sound { Project::copy_of(format!("{FIXTURES}/whole")).built() } else { spoilt() };
    let project = Project::empty();
    for (path, bytes) in built.tree() {
        project.write(&format!("{ORIGIN}/{path}"), bytes);
    }
    project.git_in(ORIGIN, ["init", "-q", "."]).ends_with(0);
    commit(&project, ORIGIN);
    project
}

fn commit(project: &Project, folder: &str) {
    project.git_in(folder, ["add", "-A"]).ends_with(0);
    project.git_in(folder, ["commit", "-qm", "x"]).ends_with(0);
}

/// The real program in a folder of the project, with a `PATH` that tests choose.
fn roadbook(project: &Project, folder: &str, path: &str, args: &[&str]) -> Command {
    let mut command = project.process(args);
    command.current_dir(project.path(folder)).env("PATH", path);
    command
}

/// The `PATH` that these tests run with.
fn with_git() -> String {
    std::env::var("PATH").expect("git is found by it")
}

/// What `check` says as data, which holds every finding and its place; and its exit code.
fn verdict(project: &Project, command: &mut Command) -> (u8, Value) {
    let run = project.finish(command);
    (run.code, run.json())
}

/// The verdict in a folder, on a machine that has nothing but this program.
fn plain_verdict(project: &Project, folder: &str) -> (u8, Value) {
    verdict(project, &mut roadbook(project, folder, "", &["check", "--format", "json"]))
}

/// The commit in folders of other kinds: name, and the words by which git makes it, standing beside the first.
fn places(project: &Project) -> Vec<&'static str> {
    let origin = format!("file://{}", project.path(ORIGIN).display());
    let git = |folder: &str, args: &[&str]| project.git_in(folder, args).ends_with(0).clone();
    git("", &["clone", "-q", &origin, "a clone/с домом"]);
    git("", &["clone", "-q", "--depth=1", &origin, "shallow"]);
    git(ORIGIN, &["worktree", "add", "-q", "--detach", "../working tree"]);
    git("", &["init", "-q", "above"]);
    git("above", &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &origin, "parts/plan"]);
    git("", &["-c", "core.autocrlf=false", "clone", "-q", &origin, "none at all"]);
    fs::remove_dir_all(project.path("none at all/.git")).expect("it was cloned");
    vec!["a clone/с домом", "shallow", "working tree", "above/parts/plan", "none at all"]
}

#[test]
fn a_commit_has_one_verdict_wherever_it_lies() {
    for (is_sound, code) in [(true, 0), (false, 1)] {
        let project = committed(is_sound);
        let wanted = plain_verdict(&project, ORIGIN);
        assert_eq!(wanted.0, code, "{}", wanted.1);
        for place in places(&project) {
            let mut found = plain_verdict(&project, place);
            // Files are named from the top of the repository; each of these is one of its own.
            assert_eq!(found, wanted, "in `{place}`");
            found = verdict(
                &project,
                &mut roadbook(&project, place, &with_git(), &["check", "--format", "json"]),
            );
            assert_eq!(found, wanted, "in `{place}`, with git");
        }
    }
}

#[test]
fn a_commit_has_one_verdict_whoever_asks_and_when() {
    let others = [
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "ja_JP.SJIS"),
        ("SOURCE_DATE_EPOCH", "4102444800"),
        ("USER", "Mélanie"),
        ("HOME", "/nonexistent"),
        ("GIT_DIR", "/nonexistent"),
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_REPOSITORY", "somebody/else"),
        ("GH_TOKEN", "ghp_of_nobody"),
        ("CI", "true"),
    ];
    for is_sound in [true, false] {
        let project = committed(is_sound);
        let wanted = plain_verdict(&project, ORIGIN);
        for (name, value) in others {
            let mut command = roadbook(&project, ORIGIN, "", &["check", "--format", "json"]);
            assert_eq!(verdict(&project, command.env(name, value)), wanted, "{name}={value}");
        }
        let mut command = roadbook(&project, ORIGIN, "", &["check", "--format", "json"]);
        assert_eq!(verdict(&project, command.envs(others)), wanted, "all of them");
    }
}

#[test]
fn a_checkout_with_crlf_is_found_to_be_the_same() {
    for is_sound in [true, false] {
        let project = committed(is_sound);
        // As git on Windows checks out, where nobody said otherwise.
        project.git(["-c", "core.autocrlf=true", "clone", "-q", ORIGIN, "crlf"]).ends_with(0);
        let source = project.text(&format!("crlf/{SOURCE}"));
        assert!(source.contains("\r\n"), "git wrote CRLF");
        let places = |(code, found): (u8, Value)| {
            let findings = found["findings"].as_array().expect("a list").iter();
            let place = |finding: &Value| ["code", "file", "line", "column"].map(|key| finding[key].clone());
            (code, findings.map(place).collect::<Vec<_>>())
        };
        let wanted = places(plain_verdict(&project, ORIGIN));
        assert_eq!(places(plain_verdict(&project, "crlf")), wanted);
        assert!(is_sound || !wanted.1.is_empty());
        // What a build writes there has LF, and is nothing that could be committed.
        if is_sound {
            project.remove("crlf/roadmap/LABELS.md");
            project.run_in("crlf", ["build"]).ends_with(0).says("1 written");
            let git = |args: &[&str]| project.git_in("crlf", [&["-c", "core.autocrlf=true"], args].concat());
            git(&["add", "-A"]).ends_with(0);
            assert_eq!(git(&["status", "--short"]).out, "");
        }
    }
}

#[test]
fn the_verbs_that_use_git_do_in_a_worktree_and_in_a_submodule() {
    let project = committed(true);
    for place in places(&project).into_iter().filter(|place| *place != "none at all") {
        let run = |args: &[&str]| project.finish(&mut roadbook(&project, place, &with_git(), args));
        run(&["check", "--tracked"]).ends_with(0);
        run(&["diff"]).ends_with(0);
        let summary = project.text(&format!("{place}/roadmap/SUMMARY.md"));
        project.write(&format!("{place}/roadmap/SUMMARY.md"), summary.replace("Drive", "Push"));
        let patch = project.path("fix.patch").display().to_string();
        run(&["check", "--patch", &patch]).ends_with(1);
        project.git_in(place, ["apply", &patch]).ends_with(0);
        assert_eq!(project.git_in(place, ["status", "--short"]).out, "", "in `{place}`");
        project.write(
            &format!("{place}/roadmap/more.json"),
            "{ \"milestones\": [{ \"id\": \"HB-M9\", \"title\": \"More\" }] }",
        );
        run(&["build", "--tracked"]).ends_with(1).says("git add roadmap/milestones/m-hb-m9.md");
        let tracked = run(&["check", "--tracked"]);
        tracked.ends_with(1).says("git add roadmap/more.json").says("git add roadmap/milestones/m-hb-m9.md");
        run(&["check"]).ends_with(0);
        project.git_in(place, ["add", "-A"]).ends_with(0);
        run(&["check", "--tracked"]).ends_with(0);
    }
}

#[test]
fn a_hook_may_say_which_index_is_meant() {
    let project = committed(true);
    project.git(["init", "-q", "."]).ends_with(0);
    fs::remove_dir_all(project.path("origin/.git")).expect("it was made");
    commit(&project, "");
    // As git calls a hook in a worktree, and for a commit of a part: with paths of its own, which go before all else.
    let index = project.path(".git/index");
    fs::copy(&index, project.path(".git/another")).expect("an index");
    project.git(["rm", "-q", "--cached", "origin/roadmap/LABELS.md"]).ends_with(0);
    let asked = |name: &str| {
        let mut command = roadbook(&project, ORIGIN, &with_git(), &["check", "--tracked"]);
        command.env("GIT_DIR", project.path(".git")).env("GIT_INDEX_FILE", project.path(".git").join(name));
        project.finish(&mut command)
    };
    asked("another").ends_with(0);
    asked("index").ends_with(1).says("`roadmap/LABELS.md` is missing");
}

/// Holds a run to having said what it needs.
#[track_caller]
fn needs(run: Run, words: &str) {
    run.ends_with(3).says(words).says("= help: ");
}

#[test]
fn without_git_all_works_but_what_is_about_git_and_that_says_so() {
    let project = committed(true);
    let run = |args: &[&str]| project.finish(&mut roadbook(&project, ORIGIN, "", args));
    project.remove("origin/roadmap/LABELS.md");
    run(&["build"]).ends_with(0).says("1 written");
    for args in [&["check"][..], &["list"], &["show", "HB-M1"], &["set", "HB-M1", "owner=sam", "--build"]] {
        run(args).ends_with(0);
    }
    run(&["check", "--tracked"]).ends_with(0);
    needs(run(&["build", "--tracked"]), "cannot tell what a commit would leave out: there is no `git`");
    needs(run(&["diff"]), "there is no program `git` here");
    needs(run(&["build", "--history", "--out", "public"]), "there is no program `git` here");
    assert!(!project.has("origin/public"), "and nothing is written");
}

#[test]
fn outside_of_a_repository_it_is_said_that_there_is_none() {
    let project = committed(true);
    fs::remove_dir_all(project.path("origin/.git")).expect("it was made");
    let run = |args: &[&str]| project.finish(&mut roadbook(&project, ORIGIN, &with_git(), args));
    needs(run(&["check", "--tracked"]), "the roadmap lies in no git repository");
    needs(run(&["diff"]), "is in no git repository");
}

/// A `git` that hands on to the real one what an older one knew, and refuses the rest as that did.
#[cfg(unix)]
fn old_git(project: &Project, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;

    let real = with_git().split(':').map(|folder| Path::new(folder).join("git")).find(|git| git.is_file());
    let real = real.expect("a git").display().to_string();
    let path = project.path("old/git");
    project.write("old/git", format!("#!/bin/sh\n{}", script.replace("@real@", &real)));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    project.path("old").display().to_string()
}

/// What came after git 2.25, of what a program like this one could ask for.
#[cfg(unix)]
const GIT_2_25: &str = r#"
for word in "$@"; do
  case $word in
    --version) echo 'git version 2.25.1'; exit ;;
    --batch-command | --diff-merges* | --merge-base* | --no-lazy-fetch | --object-only | --path-format* | \
      --remerge-diff | --show-ref-format | --since-as-filter*)
      echo "error: unknown option \`$word'" >&2
      exit 129
      ;;
    for-each-repo | maintenance)
      echo "git: '$word' is not a git command. See 'git --help'." >&2
      exit 1
      ;;
  esac
done
exec @real@ "$@"
"#;

#[cfg(unix)]
#[test]
fn a_git_of_2020_is_enough() {
    let project = committed(true);
    let source = project.text(&format!("{ORIGIN}/{SOURCE}"));
    project.write(&format!("{ORIGIN}/{SOURCE}"), source.replace("2026-12-24", "2026-12-28"));
    project.run_in(ORIGIN, ["build"]).ends_with(0);
    commit(&project, ORIGIN);
    let old = old_git(&project, GIT_2_25);
    let asked = |path: &str, args: &[&str]| {
        let run = project.finish(&mut roadbook(&project, ORIGIN, path, args)).ends_with(0);
        (run.out, run.err)
    };
    for args in [
        &["check", "--tracked"][..],
        &["diff", "HEAD~1..HEAD"],
        &["diff", "HEAD~1...HEAD", "--format", "markdown"],
        &["diff", "--since", "2000-01-01", "--format", "json"],
    ] {
        assert_eq!(asked(&old, args), asked(&with_git(), args), "{args:?}");
    }
    assert!(asked(&old, &["diff", "HEAD~1..HEAD"]).0.contains("2026-12-28"));
    asked(&old, &["build", "--history", "--out", "public"]);
    assert!(project.has("origin/public/changes.html"));
}

#[cfg(unix)]
#[test]
fn a_git_that_is_too_old_is_told_what_would_do() {
    let project = committed(true);
    // It hands back what it does not know.
    let old = old_git(
        &project,
        "case \" $* \" in *' rev-parse '*) printf 'true\\n--is-shallow-repository\\n\\n' ;; *) exec @real@ \"$@\" ;; esac\n",
    );
    let run = |args: &[&str]| project.finish(&mut roadbook(&project, ORIGIN, &old, args));
    needs(run(&["diff"]), "this git is too old");
    run(&["diff"]).says("git 2.15 and later will do");
    run(&["check", "--tracked"]).ends_with(0);
}
