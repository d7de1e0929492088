//! The hook that `init --hook` writes, run by git itself: it checks what a commit would hold, wherever the roadmap is and
//! whatever its folder is called, and leaves nothing behind.

use std::{fs, path::Path, process::Command};

use crate::support::{Project, Run};

const PLAN: &str = r#"{ "outputs": { "site": null }, "milestones": [{ "id": "m", "title": "M" }], "issues": [{ "id": "i", "title": "I", "milestone": "m" }] }"#;

/// The same with another title, so that its documents differ.
const OTHER: &str = r#"{ "outputs": { "site": null }, "milestones": [{ "id": "m", "title": "M" }], "issues": [{ "id": "i", "title": "Other", "milestone": "m" }] }"#;

/// Runs git in a folder, with this program on the `PATH` of its hooks.
pub(crate) fn git(project: &Project, folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"]);
    command.args(args).current_dir(folder);
    let own = Path::new(env!("CARGO_BIN_EXE_roadbook")).parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([own].into_iter().chain(std::env::split_paths(&path))).expect("a path");
    let scratch = project.path("scratch");
    fs::create_dir_all(&scratch).expect("a folder");
    command.env("PATH", path).env("TMPDIR", &scratch);
    command.env("GIT_CONFIG_GLOBAL", project.path("none")).env("GIT_CONFIG_NOSYSTEM", "1");
    project.finish(&mut command)
}

pub(crate) fn roadbook(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.args(args).current_dir(folder).env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
    Project::empty().finish(&mut command)
}

/// A repository `repo` with a roadmap in a folder of it, built, with the hook and a first commit.
fn repository(inside: &str) -> Project {
    let project = Project::empty();
    let repo = project.path("repo");
    let root = repo.join(inside);
    fs::create_dir_all(root.join("roadmap")).expect("folders");
    git(&project, &repo, &["init", "--quiet", "--initial-branch=main"]).ends_with(0);
    fs::write(root.join("roadmap/plan.json"), PLAN).expect("a source");
    roadbook(&root, &["init", "--hook", "--yes"]).ends_with(0);
    committed(&project, &repo, "first").ends_with(0);
    project
}

pub(crate) fn committed(project: &Project, repo: &Path, message: &str) -> Run {
    git(project, repo, &["add", "--all"]).ends_with(0);
    git(project, repo, &["commit", "--quiet", "--message", message])
}

fn put(root: &Path, text: &str) {
    fs::write(root.join("roadmap/plan.json"), text).expect("a source");
}

#[cfg(unix)]
#[test]
fn the_name_of_a_folder_is_never_run() {
    let names = [
        "",
        "plan$(touch PWNED)s",
        "`touch PWNED`",
        "it's; touch PWNED;'",
        "a b\"c\\",
        "-x",
        "Дорога",
        "new\nline\ntouch PWNED\n",
        "a/deep$HOME/*",
        "!x#y",
        "'",
        "$(touch PWNED)/'$(touch PWNED)'",
    ];
    for name in names {
        let project = repository(name);
        let (repo, root) = (project.path("repo"), project.path("repo").join(name));
        put(&root, OTHER);
        committed(&project, &repo, "stale").ends_with(1).says("stale-file");
        roadbook(&root, &["build"]).ends_with(0);
        committed(&project, &repo, "built").ends_with(0);
        let found = git(&project, &repo, &["ls-files", "--others"]);
        assert_eq!(found.out, "", "{name:?}: something ran");
        assert!(fs::read_dir(project.path("scratch")).expect("a folder").next().is_none(), "{name:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_the_hook_cannot_say_is_refused_in_words() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::empty();
    let root = project.path("repo").join(std::ffi::OsStr::from_bytes(b"odd\xff"));
    fs::create_dir_all(root.join("roadmap")).expect("folders");
    git(&project, &project.path("repo"), &["init", "--quiet"]).ends_with(0);
    put(&root, PLAN);
    roadbook(&root, &["init", "--hook", "--yes"]).ends_with(2).says("not Unicode");
    assert!(!project.has("repo/.git/hooks/pre-commit"));
}

#[test]
fn what_is_staged_is_checked_and_not_the_working_tree() {
    let project = repository("");
    let repo = project.path("repo");
    // Stale in the working tree alone.
    put(&repo, OTHER);
    fs::write(repo.join("other.txt"), "x").expect("a file");
    git(&project, &repo, &["add", "other.txt"]);
    git(&project, &repo, &["commit", "--quiet", "--message", "other"]).ends_with(0);
    // Stale in the index alone.
    git(&project, &repo, &["add", "roadmap/plan.json"]);
    roadbook(&repo, &["build"]).ends_with(0);
    git(&project, &repo, &["commit", "--quiet", "--message", "half"]).ends_with(1).says("stale-file");
    // A commit of single files has an index of its own.
    git(&project, &repo, &["commit", "--quiet", "--message", "half", "roadmap/plan.json"]).ends_with(1);
    git(&project, &repo, &["commit", "--quiet", "--all", "--message", "whole"]).ends_with(0);
    // A page that somebody took out.
    fs::remove_file(repo.join("roadmap/SUMMARY.md")).expect("it was there");
    git(&project, &repo, &["commit", "--quiet", "--all", "--message", "gone"])
        .ends_with(1)
        .says("missing-file");
    git(&project, &repo, &["checkout", "--quiet", "HEAD", "--", "."]).ends_with(0);
}

#[test]
fn links_lead_to_what_is_staged() {
    let project = repository("");
    let repo = project.path("repo");
    put(&repo, &PLAN.replace("\"outputs\"", "\"docs\": [\"README.md\"], \"outputs\""));
    fs::write(repo.join("README.md"), "[a](docs/a.txt) [b](docs) [c](sub/x.txt)\n").expect("a document");
    fs::create_dir_all(repo.join("docs")).expect("a folder");
    fs::write(repo.join("docs/a.txt"), "x").expect("a file");
    fs::create_dir_all(repo.join("sub")).expect("a folder");
    fs::write(repo.join("sub/x.txt"), "x").expect("a file");
    roadbook(&repo, &["build"]).ends_with(0);
    git(&project, &repo, &["add", "README.md", "roadmap", "docs"]).ends_with(0);
    git(&project, &repo, &["commit", "--quiet", "--message", "a link to what is not there"])
        .ends_with(1)
        .says("sub/x.txt");
    committed(&project, &repo, "all").ends_with(0);
}

#[test]
fn worktrees_and_submodules_run_it_where_they_are() {
    let project = repository("plans");
    let (repo, tree) = (project.path("repo"), project.path("tree"));
    git(&project, &repo, &["worktree", "add", "--quiet", "../tree"]).ends_with(0);
    put(&tree.join("plans"), OTHER);
    committed(&project, &tree, "stale").ends_with(1).says("stale-file");
    roadbook(&tree.join("plans"), &["build"]).ends_with(0);
    committed(&project, &tree, "built").ends_with(0);

    let outer = project.path("outer");
    fs::create_dir_all(&outer).expect("a folder");
    git(&project, &outer, &["init", "--quiet"]).ends_with(0);
    git(&project, &outer, &["submodule", "--quiet", "add", "../repo", "sub"]).ends_with(0);
    let sub = outer.join("sub");
    roadbook(&sub.join("plans"), &["init", "--hook", "--yes"]).ends_with(0);
    assert!(project.has("outer/.git/modules/sub/hooks/pre-commit"));
    put(&sub.join("plans"), OTHER);
    committed(&project, &sub, "stale").ends_with(1).says("stale-file");
    roadbook(&sub.join("plans"), &["build"]).ends_with(0);
    committed(&project, &sub, "built").ends_with(0);
}

#[test]
fn two_roadmaps_of_a_repository_are_both_checked() {
    let project = repository("one");
    let (repo, second) = (project.path("repo"), project.path("repo/two"));
    fs::create_dir_all(second.join("roadmap")).expect("folders");
    put(&second, PLAN);
    roadbook(&second, &["init", "--hook", "--yes"]).ends_with(0);
    committed(&project, &repo, "two").ends_with(0);
    for root in ["one", "two"] {
        put(&repo.join(root), OTHER);
        committed(&project, &repo, "stale").ends_with(1).says("stale-file");
        roadbook(&repo.join(root), &["build"]).ends_with(0);
        committed(&project, &repo, root).ends_with(0);
    }
}

#[test]
fn hooks_that_others_share_are_left_alone_unasked() {
    let project = repository("");
    let (repo, hooks) = (project.path("repo"), project.path("hooks"));
    fs::remove_file(repo.join(".git/hooks/pre-commit")).expect("it was there");
    fs::create_dir_all(&hooks).expect("a folder");
    let path = hooks.display().to_string();
    git(&project, &repo, &["config", "core.hooksPath", &path]).ends_with(0);
    for args in [&["init", "--hook", "--yes"][..], &["init", "--hook", "--dry-run"], &["init", "--hook"]] {
        roadbook(&repo, args).ends_with(2).says("--shared-hooks");
    }
    assert!(fs::read_dir(&hooks).expect("a folder").next().is_none(), "nothing was written there");
    roadbook(&repo, &["init", "--hook", "--shared-hooks", "--yes"]).ends_with(0).says("every repository");
    put(&repo, OTHER);
    committed(&project, &repo, "stale").ends_with(1).says("stale-file");
    // A repository without a roadmap is not kept from committing.
    let other = project.path("other");
    fs::create_dir_all(&other).expect("a folder");
    git(&project, &other, &["init", "--quiet"]).ends_with(0);
    git(&project, &other, &["config", "core.hooksPath", &path]).ends_with(0);
    fs::write(other.join("a"), "x").expect("a file");
    committed(&project, &other, "a").ends_with(0);
    // Nor is one whose folder of this name holds other things, though no `roadbook` is installed.
    fs::create_dir_all(other.join("roadmap")).expect("a folder");
    fs::write(other.join("roadmap/README.md"), "# hi").expect("a file");
    committed(&project, &other, "b").ends_with(0);
    let hook = hooks.join("pre-commit");
    if cfg!(unix) {
        let run = Command::new("/bin/sh").arg(&hook).current_dir(&other).env("PATH", "/none").status();
        assert!(run.expect("a shell").success());
    }
    // One with a roadmap elsewhere gets the hook as well, and takes it from nobody.
    let web = other.join("web");
    fs::create_dir_all(web.join("roadmap")).expect("folders");
    put(&web, PLAN);
    roadbook(&web, &["init", "--hook", "--shared-hooks", "--yes"]).ends_with(0);
    put(&web, OTHER);
    committed(&project, &other, "stale").ends_with(1).says("stale-file");
    fs::write(repo.join("a"), "x").expect("a file");
    committed(&project, &repo, "stale").ends_with(1).says("stale-file");
    roadbook(&repo, &["build"]).ends_with(0);
    committed(&project, &repo, "built").ends_with(0);
}

#[cfg(unix)]
#[test]
fn a_link_to_shared_hooks_is_seen_through() {
    let project = repository("");
    let (repo, hooks) = (project.path("repo"), project.path("hooks"));
    fs::rename(repo.join(".git/hooks"), &hooks).expect("it moves");
    fs::remove_file(hooks.join("pre-commit")).expect("it was there");
    std::os::unix::fs::symlink(&hooks, repo.join(".git/hooks")).expect("a link");
    roadbook(&repo, &["init", "--hook", "--yes"]).ends_with(2).says("--shared-hooks");
    assert!(!hooks.join("pre-commit").exists());
}

#[test]
fn hooks_in_the_working_tree_are_this_repository_s() {
    let project = repository("");
    let repo = project.path("repo");
    git(&project, &repo, &["config", "core.hooksPath", "my hooks"]).ends_with(0);
    roadbook(&repo, &["init", "--hook", "--yes"]).ends_with(0);
    assert!(project.has("repo/my hooks/pre-commit"));
}

#[test]
fn a_hook_of_somebody_else_is_left_with_the_line_to_add() {
    let project = repository("it's");
    let hook = project.path("repo/.git/hooks/pre-commit");
    fs::write(&hook, "#!/bin/sh\ntrue\n").expect("a hook");
    roadbook(&project.path("repo/it's"), &["init", "--hook", "--yes"])
        .ends_with(0)
        .says("add this line below its first one\n  roadbook check --staged --root './it'\\''s' || exit\n");
    assert_eq!(fs::read_to_string(&hook).expect("it is there"), "#!/bin/sh\ntrue\n");
    // What was added, or can only be added elsewhere, is not asked for again.
    let words = |text: &str| {
        fs::write(&hook, text).expect("a hook");
        roadbook(&project.path("repo/it's"), &["init", "--hook", "--yes"]).ends_with(0).err
    };
    let added = words("#!/bin/sh\nroadbook check --staged --root './it'\\''s' || exit\nexec true\n");
    assert!(!added.contains("not changed"), "{added}");
    let theirs =
        words("#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\nexec true\n");
    assert!(theirs.contains("`roadbook init --pre-commit`") && !theirs.contains("add this line"), "{theirs}");
}

#[test]
fn the_hook_copies_nothing() {
    let project = repository("");
    let hook = project.text("repo/.git/hooks/pre-commit");
    for word in ["checkout-index", "mktemp", "trap", "stash"] {
        assert!(!hook.contains(word), "{hook}");
    }
    assert!(hook.ends_with("exec roadbook check --staged --root .\n"), "{hook}");
}

#[cfg(unix)]
#[test]
fn a_repository_s_configuration_runs_nothing() {
    let project = repository("");
    let repo = project.path("repo");
    let mark = project.path("PWNED").display().to_string();
    let program = project.path("evil");
    fs::write(&program, format!("#!/bin/sh\n: >'{mark}'\nexit 0\n")).expect("a program");
    Command::new("chmod").arg("+x").arg(&program).status().expect("chmod");
    let evil = program.display().to_string();
    fs::create_dir_all(repo.join("evil-hooks")).expect("a folder");
    fs::copy(&program, repo.join("evil-hooks/post-index-change")).expect("a hook");
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "pager.diff",
        "diff.external",
        "diff.json.textconv",
        "diff.json.command",
        "core.sshCommand",
        "core.askPass",
        "core.editor",
        "credential.helper",
        "gpg.program",
        "alias.log",
        "alias.ls-files",
    ] {
        git(&project, &repo, &["config", key, &evil]).ends_with(0);
    }
    git(&project, &repo, &["config", "core.hooksPath", "evil-hooks"]).ends_with(0);
    fs::write(repo.join(".git/info/attributes"), "*.json diff=json\n").expect("attributes");
    put(&repo, OTHER);
    let _ = fs::remove_file(&mark);
    for args in [
        &["check", "--staged"][..],
        &["check", "--tracked"],
        &["diff"],
        &["diff", "--since", "2000-01-01"],
        &["report", "--since", "HEAD"],
        &["init", "--dry-run"],
        &["init", "--dry-run", "--hook", "--check"],
        &["try", "--no-open"],
        &["build", "--history", "--out", "pub"],
    ] {
        roadbook(&repo, args);
        assert!(!Path::new(&mark).exists(), "{args:?} ran a program of the repository's configuration");
    }
}

#[test]
fn what_is_built_and_not_staged_is_to_be_added() {
    let plan = r#"{ "milestones": [{ "id": "A-M1", "title": "One" }], "issues": [] }"#;
    let project = Project::new([("roadmap/plan.json", plan)]).built();
    project.git(["init", "--quiet"]).ends_with(0);
    project.git(["add", "--all"]).ends_with(0);
    let two = plan.replace("}]", r#"}, { "id": "A-M2", "title": "Two" }]"#);
    project.write("roadmap/plan.json", two);
    project.run(["build"]).ends_with(0);
    project.git(["add", "--update"]).ends_with(0);
    let check = || {
        let mut command = project.process(["check", "--staged"]);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        project.finish(&mut command)
    };
    let run = check()
        .ends_with(1)
        .says("`roadmap/milestones/m-a-m2.md` is missing")
        .says("it is here, but git does not track it")
        .says("to fix: git add roadmap/milestones/m-a-m2.md");
    assert!(!run.err.contains("roadbook build"), "{}", run.err);
    project.git(["reset", "--quiet", "roadmap/SUMMARY.md"]);
    project.remove("roadmap/milestones/m-a-m2.md");
    check().ends_with(1).says("to fix: roadbook build");
}

#[test]
fn husky_runs_the_file_beside_the_folder_that_git_is_told() {
    let project = Project::empty();
    let repo = project.path("repo");
    fs::create_dir_all(repo.join("roadmap")).expect("folders");
    git(&project, &repo, &["init", "--quiet", "--initial-branch=main"]).ends_with(0);
    git(&project, &repo, &["config", "core.hooksPath", ".husky/_"]).ends_with(0);
    put(&repo, PLAN);
    for _ in 0..2 {
        roadbook(&repo, &["init", "--hook", "--yes"]).ends_with(0).says("husky runs `.husky/pre-commit`");
        assert!(repo.join(".husky/pre-commit").is_file() && !repo.join(".husky/_").exists());
    }
    fs::write(repo.join(".husky/pre-commit"), "npm test\n").expect("a hook");
    roadbook(&repo, &["init", "--hook", "--yes"])
        .ends_with(0)
        .says("`.husky/pre-commit` exists and is not changed: add this line below its first one");
}

#[test]
fn workflows_run_for_the_branch_that_others_start_from() {
    let project = repository("");
    let repo = project.path("repo");
    git(&project, &repo, &["checkout", "--quiet", "-b", "adopt-roadbook"]).ends_with(0);
    let run = roadbook(&repo, &["init", "--pages", "--drift", "--yes"]).ends_with(0);
    run.says("publishes the website of `main`").says("`drift` and `pull` fail until the JSON says");
    let workflow = project.text("repo/.github/workflows/roadbook-pages.yml");
    assert!(workflow.contains(r#"["main"]"#), "{workflow}");
    // One that is called otherwise is the one that is checked out.
    git(&project, &repo, &["branch", "--delete", "--force", "main"]).ends_with(0);
    fs::remove_file(repo.join(".github/workflows/roadbook-pages.yml")).expect("it was written");
    roadbook(&repo, &["init", "--pages", "--yes"]).ends_with(0).says("website of `adopt-roadbook`");
}
