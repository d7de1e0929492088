//! `init` sets up the repository that it stands in: one below or above it is left as it is, and named with the command that
//! works on it.

use std::fs;

use crate::support::{Project, Run, same_tree};

const PLAN: &str = r#"{ "milestones": [{ "id": "m", "title": "M" }], "issues": [{ "id": "i", "title": "I", "milestone": "m" }] }"#;

/// A repository `path` with a roadmap that is built and committed.
fn nested(project: &Project, path: &str, source: &str) {
    project.write(&format!("{path}/{source}"), PLAN);
    project.git_in(path, ["init", "--quiet", "--initial-branch=main"]).ends_with(0);
    project.run_in(path, ["init", "--yes"]).ends_with(0);
    project.git_in(path, ["add", "--all"]).ends_with(0);
    project.git_in(path, ["commit", "--quiet", "--message", "x"]).ends_with(0);
}

/// Runs `init` in a folder, and holds everything below another to being as it was.
#[track_caller]
fn leaves(project: &Project, path: &str, here: &str, args: &[&str]) -> Run {
    let below =
        || project.tree().into_iter().filter(|(name, _)| name.starts_with(&format!("{path}/"))).collect();
    let before = below();
    let run = project.run_in(here, [&["init"], args].concat());
    same_tree(&before, &below());
    run
}

#[test]
fn a_repository_below_is_left_alone_and_named() {
    for (git, here) in [(false, ""), (true, "")] {
        let project = Project::empty();
        if git {
            project.git(["init", "--quiet"]).ends_with(0);
        }
        nested(&project, "work/team", "roadmap/plan.json");
        for args in [&["--dry-run"][..], &[], &["--yes"]] {
            let run = leaves(&project, "work/team", here, args).ends_with(0);
            if args.is_empty() || args == ["--dry-run"] {
                run.says("`work/team` is a git repository of its own with a roadmap")
                    .says("`roadbook --root work/team init`");
            }
        }
        assert!(project.has("roadmap/milestones_and_issues.json"), "a roadmap begins here");
        assert!(!project.has(".roadbook"));
    }
}

#[test]
fn neither_is_a_source_at_another_place_of_it() {
    let project = Project::empty();
    project.git(["init", "--quiet"]).ends_with(0);
    nested(&project, "deps/lib", "plans/deep/milestones.json");
    leaves(&project, "deps/lib", "", &["--yes"]).ends_with(0);
    assert!(project.has("roadmap/milestones_and_issues.json"));
}

#[test]
fn worktrees_submodules_bare_repositories_and_what_is_vendored_are_borders() {
    let project = Project::empty();
    nested(&project, "one", "plan.json");
    fs::create_dir_all(project.path("two")).expect("a folder");
    project.git_in("two", ["init", "--quiet", "--initial-branch=main"]).ends_with(0);
    project.git_in("one", ["worktree", "add", "--quiet", "../two/tree"]).ends_with(0);
    project
        .git_in("two", ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../one", "sub"])
        .ends_with(0);
    project.git_in("two", ["clone", "--quiet", "--bare", "../one", "bare.git"]).ends_with(0);
    project.write("two/bare.git/roadmap/plan.json", PLAN);
    for folder in ["node_modules/x", "vendor/y", "third_party/z"] {
        project.write(&format!("two/{folder}/roadmap/plan.json"), PLAN);
    }
    let before = project.tree();
    project.run_in("two", ["try", "--no-open"]).ends_with(3).says("no roadmap found");
    project.run_in("two", ["init", "--yes"]).ends_with(0);
    let now = project.tree();
    let touched = crate::support::changed(&before, &now);
    let is_other = |path: &&String| {
        [
            "two/tree/",
            "two/sub/",
            "two/bare.git/",
            "two/node_modules/",
            "two/vendor/",
            "two/third_party/",
            "one/",
        ]
        .iter()
        .any(|folder| path.starts_with(folder))
    };
    assert_eq!(touched.iter().filter(is_other).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(project.has("two/roadmap/milestones_and_issues.json"));
}

#[test]
fn a_repository_above_is_no_root_of_what_is_below() {
    let project = Project::empty();
    nested(&project, "outer", "roadmap/plan.json");
    fs::create_dir_all(project.path("outer/inner/deep")).expect("folders");
    project.git_in("outer/inner", ["init", "--quiet"]).ends_with(0);
    for verb in ["build", "check", "list", "pin"] {
        project.run_in("outer/inner/deep", [verb]).ends_with(3).says("up to the top of the git repository");
    }
    project.run_in("outer/inner/deep", ["list", "--root", "../.."]).ends_with(0);
    let before = project.text("outer/roadmap/plan.json");
    project.run_in("outer/inner/deep", ["init", "--yes"]).ends_with(0);
    assert!(project.has("outer/inner/roadmap/milestones_and_issues.json"));
    assert_eq!(project.text("outer/roadmap/plan.json"), before);
}

#[test]
fn outside_of_git_a_roadmap_above_is_not_taken_unasked() {
    let project = Project::new([("home/roadmap/plan.json", PLAN)]);
    fs::create_dir_all(project.path("home/work/x")).expect("folders");
    let before = project.tree();
    for args in [&["init"][..], &["init", "--yes"], &["init", "--dry-run"]] {
        project.run_in("home/work/x", args).ends_with(2).says("is above this folder").says("init --root .");
    }
    same_tree(&before, &project.tree());
    // To read it is no change of it.
    project.run_in("home/work/x", ["list"]).ends_with(0);
    project.run_in("home/work/x", ["init", "--root", ".", "--yes"]).ends_with(0);
    assert!(project.has("home/work/x/roadmap/milestones_and_issues.json"));
}

#[test]
fn a_home_folder_is_no_project() {
    let project = Project::empty();
    fs::create_dir_all(project.path("x")).expect("a folder");
    let home = |folder: &str, args: &[&str]| {
        let mut command = project.process(args);
        let path = std::env::var_os("PATH").unwrap_or_default();
        project
            .finish(command.current_dir(project.path(folder)).env("HOME", project.root()).env("PATH", path))
    };
    let before = project.tree();
    for args in [&["init"][..], &["init", "--yes"], &["init", "--dry-run"]] {
        home(".", args).ends_with(2).says("is your home folder");
    }
    same_tree(&before, &project.tree());
    home("x", &["init", "--yes"]).ends_with(0);
    // A repository of the whole home folder, as of settings: what stands below it is no project either.
    project.git(["init", "--quiet"]).ends_with(0);
    fs::create_dir_all(project.path("y")).expect("a folder");
    home("y", &["init", "--yes"]).ends_with(2).says("is your home folder");
    home(".", &["init", "--yes", "--root", "."]).ends_with(0);
}

#[test]
fn a_pointer_into_another_repository_is_not_followed() {
    let project = Project::empty();
    project.git(["init", "--quiet"]).ends_with(0);
    nested(&project, "sub", "roadmap/plan.json");
    project.write(".roadbook", "sub/roadmap/plan.json\n");
    leaves(&project, "sub", "", &["--yes"])
        .ends_with(2)
        .says("belongs to another git repository")
        .says("roadbook --root [ROOT]/sub init");
}

#[cfg(unix)]
#[test]
fn a_link_into_another_repository_is_not_followed() {
    let project = Project::empty();
    nested(&project, "other", "roadmap/plan.json");
    fs::create_dir_all(project.path("own/docs")).expect("folders");
    project.git_in("own", ["init", "--quiet"]).ends_with(0);
    std::os::unix::fs::symlink("../../other", project.path("own/docs/other")).expect("a link");
    leaves(&project, "other", "own", &["--yes"]).ends_with(0);
    assert!(project.has("own/roadmap/milestones_and_issues.json"));
}
