//! Odd places and odd revisions: each works, or gets one clear message.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn one(title: &str) -> Value {
    json!({ "issues": [{ "id": "A-1", "title": format!("A-1: {title}") }, { "title": "A-2: y" }] })
}

fn two_commits() -> Project {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &one("x"));
    repository.commit_plan("2026-10-02", &one("z"));
    repository
}

const RENAMED: [&str; 1] = ["2026-10-02 renamed A-1"];

#[test]
fn no_git_and_no_repository_are_told() {
    let repository = Project::beside_git();
    repository.write(SOURCE, one("x").to_string());
    repository.spawn(["diff"]).ends_with(3).says("is in no git repository");
    let run = repository.finish(repository.process("diff").env("PATH", "/nowhere")).ends_with(3);
    run.says("there is no program `git` here").says("install git");
    // A report without history needs none.
    repository.finish(repository.process("report").env("PATH", "/nowhere")).ends_with(0);
    repository.git(["init", "--quiet"]).ends_with(0);
    repository.spawn(["diff"]).ends_with(3).says("nothing is committed in this repository yet");
}

#[test]
fn unknown_revisions_are_told_and_never_options() {
    let repository = two_commits();
    for revision in [
        "nope",
        "HEAD~9",
        "--output=taken",
        "-p",
        "a\nb",
        "nope..HEAD",
        "HEAD:roadmap/plan.json",
        "HEAD^{tree}",
    ] {
        let run = repository.spawn(["diff", "--", revision]).ends_with(2);
        assert!(run.err.starts_with("error: unknown revision `"), "{}", run.err);
    }
    assert!(!repository.path("taken").exists());
    repository.spawn(["diff", "--since", "2026-02-30"]).ends_with(2);
    repository.spawn(["diff", "HEAD", "--since", "HEAD"]).ends_with(2);
}

#[test]
fn a_shallow_clone_is_an_error_that_says_what_it_lacks() {
    let repository = two_commits();
    let from = format!("file://{}", repository.path("").display());
    repository.git(["clone", "--quiet", "--depth", "1", &from, "shallow"]).ends_with(0);
    for args in [
        &["diff", "--since", "2026-01-01"][..],
        &["diff", "HEAD~1"],
        &["report", "--since", "HEAD"],
        &["build", "--history", "--out", "out"],
    ] {
        let run = repository.spawn_in("shallow", args);
        assert_eq!(run.code, 3, "{args:?}: {}", run.err);
        assert!(run.err.contains("fetch-depth: 0"), "{}", run.err);
    }
    assert!(!repository.path("shallow/out").exists());
    // What is there can be compared.
    repository.spawn_in("shallow", ["diff"]).ends_with(0);
}

#[test]
fn a_partial_clone_is_told_and_fetches_nothing() {
    let repository = two_commits();
    repository.git(["config", "uploadpack.allowFilter", "true"]).ends_with(0);
    let from = format!("file://{}", repository.path("").display());
    repository.git(["clone", "--quiet", "--filter=blob:none", &from, "partial"]).ends_with(0);
    let run = repository.spawn_in("partial", ["diff", "--since", "2026-01-01"]);
    // Older gits fetch whatever they are told.
    assert!(
        run.code == 0 || (run.code == 3 && run.err.contains("this clone lacks the object")),
        "{}",
        run.err
    );
}

#[test]
fn a_moved_source_is_followed() {
    let repository = Project::repository();
    repository.write(".roadbook", "planung/plän.json\n");
    repository.write("planung/plän.json", one("x").to_string());
    repository.commit_all("2026-10-01");
    repository.write("planung/plän.json", one("z").to_string());
    repository.commit_all("2026-10-02");
    std::fs::create_dir(repository.path("roadmap")).expect("it is made");
    repository.git(["mv", "planung/plän.json", SOURCE]).ends_with(0);
    std::fs::remove_file(repository.path(".roadbook")).expect("it is there");
    repository.commit_all("2026-10-03");
    assert_eq!(repository.changes(["--since", "2026-10-02"]), RENAMED);
    assert_eq!(repository.changes(["HEAD~2..HEAD"]), ["2026-10-03 renamed A-1"]);
}

#[test]
fn a_source_that_only_git_knows_to_have_moved_is_followed_too() {
    let repository = Project::repository();
    repository.write("elsewhere/old name.json", one("x").to_string());
    repository.write("elsewhere/package.json", "{}");
    repository.commit_all("2026-10-01");
    repository.write("elsewhere/old name.json", one("z").to_string());
    repository.commit_all("2026-10-02");
    std::fs::create_dir(repository.path("roadmap")).expect("it is made");
    repository.git(["mv", "elsewhere/old name.json", SOURCE]).ends_with(0);
    repository.commit_all("2026-10-03");
    assert_eq!(repository.changes(["--since", "2026-01-01"]), RENAMED);
    assert_eq!(repository.changes(["HEAD~2..HEAD"]), ["2026-10-03 renamed A-1"]);
    assert_eq!(repository.changes(["--roadmap", SOURCE, "--since", "2026-10-02"]), RENAMED);
}

#[test]
fn a_root_below_the_top_a_worktree_and_a_submodule_are_repositories_like_others() {
    let repository = Project::repository();
    for (day, title) in [("2026-10-01", "x"), ("2026-10-02", "z")] {
        repository.write("teams/a b/roadmap/plan.json", one(title).to_string());
        repository.commit_all(day);
    }
    let told = |folder: &str| {
        let run = repository.spawn_in(folder, ["diff", "--since", "2026-01-01"]).ends_with(0);
        assert!(run.out.contains("  renamed  A-1"), "{folder}: {}{}", run.out, run.err);
    };
    told("teams/a b");
    repository.git(["worktree", "add", "--quiet", "../worktree"]).ends_with(0);
    told("../worktree/teams/a b");
    let other = two_commits();
    repository
        .git(["submodule", "--quiet", "add", &other.path("").display().to_string(), "module"])
        .ends_with(0);
    told("module");
}

#[test]
fn neither_the_users_configuration_nor_a_hooks_environment_changes_an_answer() {
    let repository = two_commits();
    let args = ["diff", "--since", "2026-01-01", "--format", "json"];
    let plain = repository.spawn(args).ends_with(0).out;
    repository.write("config", "[log]\nfollow = true\nshowSignature = true\ndiffMerges = combined\n[color]\nui = always\n[diff]\nexternal = false\nrenames = false\n[core]\nquotePath = true\n[format]\npretty = raw\n");
    let config = repository.path("config").display().to_string();
    let environment = [
        ("GIT_CONFIG_GLOBAL", config.as_str()),
        ("GIT_DIR", "nowhere"),
        ("GIT_WORK_TREE", "nowhere"),
        ("GIT_INDEX_FILE", "nowhere"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_PAGER", "false"),
        ("LC_ALL", "de_DE.UTF-8"),
    ];
    assert_eq!(repository.finish(repository.process(args).envs(environment)).ends_with(0).out, plain);
}

#[test]
fn a_revision_without_a_roadmap_has_nothing_and_the_rest_is_new() {
    let repository = Project::repository();
    repository.write("README.md", "x\n");
    repository.commit_all("2026-09-01");
    repository.commit_plan("2026-10-01", &one("x"));
    assert_eq!(repository.changes(["HEAD~1..HEAD"]), ["2026-10-01 added A-1", "2026-10-01 added A-2"]);
    repository.spawn(["diff", "HEAD..HEAD~1"]).ends_with(3).says("there is no roadmap in ");
    repository.spawn(["diff", "--roadmap", "-"]).ends_with(2).says("standard input has no history");
}

/// A roadmap whose one issue was given a new title by each commit.
fn dated(moments: &[&str]) -> Project {
    let repository = Project::repository();
    for (number, moment) in moments.iter().enumerate() {
        repository.write(SOURCE, one(&format!("title {number}")).to_string());
        repository.commit_at(moment);
    }
    repository
}

#[test]
fn every_change_since_a_day_is_told_whatever_the_clocks_say() {
    let repository = dated(&[
        "2026-10-01T12:00:00Z",
        "2026-10-02T12:00:00Z",
        "2001-01-01T00:00:00Z", // a clock that was set back
        "2026-10-04T12:00:00Z",
        "@0 +0000",
        "2026-10-05T23:30:00-0200", // the 6th in UTC
        "2026-10-06T00:30:00+0200", // the 5th in UTC
    ]);
    let since = |day| repository.changes(["--since", day]).len();
    assert_eq!(since("2026-10-02"), 6);
    assert_eq!(since("2026-10-03"), 4);
    assert_eq!(since("2026-10-04"), 4);
    assert_eq!(since("2026-10-05"), 2);
    assert_eq!(since("2026-10-06"), 2);
    assert_eq!(since("2026-10-07"), 0);
    assert_eq!(since("9999-12-31"), 0);
    for early in ["0001-01-01", "1900-01-01", "1969-12-31", "2001-01-01", "2026-10-01"] {
        assert_eq!(since(early), 6, "{early}");
        let run = repository.spawn(["diff", "--since", early]).ends_with(0);
        run.says("the roadmap begins on 2026-10-01");
    }
    // The days are told as they are, and a report has the same changes.
    let told = repository.changes(["--since", "2026-10-02"]);
    assert!(told.contains(&"2001-01-01 renamed A-1".to_owned()), "{told:?}");
    let report = repository.spawn(["report", "--since", "2026-10-02", "--format", "json"]).ends_with(0);
    let report: Value = serde_json::from_str(&report.out).expect("JSON");
    assert_eq!(report["changed"]["changes"].as_array().map(Vec::len), Some(6));
}

#[test]
fn a_commit_from_the_future_hides_none_behind_it() {
    let repository = dated(&["2026-10-01T12:00:00Z", "2090-01-01T00:00:00Z", "2026-10-03T12:00:00Z"]);
    assert_eq!(repository.changes(["--since", "2026-10-03"]).len(), 2);
    assert_eq!(repository.changes(["--since", "2090-01-02"]).len(), 0);
    repository.spawn(["build", "--history", "--out", "out"]).ends_with(0);
    assert!(repository.text("out/changes.html").contains("2090-01-01"));
}

#[test]
fn the_day_of_the_committer_counts_and_a_merge_is_one_step() {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &one("x"));
    repository.git(["checkout", "--quiet", "-b", "side"]).ends_with(0);
    repository.commit_plan("2026-09-01", &one("y"));
    repository.commit_plan("2026-11-20", &one("z"));
    repository.git(["checkout", "--quiet", "main"]).ends_with(0);
    repository.write("other.txt", "x");
    repository.commit_all("2026-10-02");
    repository.git_on("2026-10-05", ["merge", "--quiet", "--no-ff", "--message", "m", "side"]).ends_with(0);
    assert_eq!(repository.changes(["--since", "2026-10-03"]), ["2026-10-05 renamed A-1"]);
    assert_eq!(repository.changes(["--since", "2026-10-06"]), [""; 0]);
}

#[test]
fn what_a_local_note_puts_in_a_commits_place_is_not_told() {
    let repository = dated(&["2026-10-01T12:00:00Z", "2026-10-02T12:00:00Z", "2026-10-03T12:00:00Z"]);
    repository.git(["replace", "HEAD~1", "HEAD~2"]).ends_with(0);
    assert_eq!(repository.changes(["--since", "2026-10-01"]).len(), 2);
    let head =
        repository.git(["--no-replace-objects", "rev-parse", "HEAD"]).ends_with(0).out.trim().to_owned();
    repository.git(["replace", "--delete", "HEAD~1"]).ends_with(0);
    repository.write(".git/info/grafts", format!("{}\n", head.trim()));
    assert_eq!(repository.changes(["--since", "2026-10-01"]).len(), 2);
}

#[test]
fn a_source_that_was_a_link_or_a_module_for_a_while_is_passed_over() {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &one("x"));
    let id = repository.git(["hash-object", "-w", SOURCE]).ends_with(0).out;
    repository.git(["update-index", "--cacheinfo", &format!("120000,{},{SOURCE}", id.trim())]).ends_with(0);
    repository.git(["commit", "--quiet", "--message", "a link"]).ends_with(0);
    let head = repository.git(["rev-parse", "HEAD"]).ends_with(0).out;
    repository.git(["update-index", "--force-remove", SOURCE]).ends_with(0);
    repository
        .git(["update-index", "--add", "--cacheinfo", &format!("160000,{},{SOURCE}", head.trim())])
        .ends_with(0);
    repository.git(["commit", "--quiet", "--message", "a module"]).ends_with(0);
    repository.git(["update-index", "--force-remove", SOURCE]).ends_with(0);
    repository.commit_plan("2026-10-04", &one("z"));
    assert_eq!(repository.changes(["--since", "2026-09-01"]), ["2026-10-04 renamed A-1"]);
    // On that day there was no roadmap before.
    repository.spawn(["diff", "--since", "2026-10-02"]).ends_with(0).says("the roadmap begins on 2026-10-04");
}
