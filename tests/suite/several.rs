//! Several roadmaps in one repository: one list, one hook, one workflow, one front page; and each by its name.

use std::{fs, path::Path};

use crate::{
    hooks::{committed, git, roadbook},
    support::{Project, Run, Tree},
};

const LIST: &str = "# all of ours\nweb = web/roadmap\napi = api/roadmap/plan.json\n\ndocs\n";

const NAMES: [&str; 3] = ["web", "api", "docs"];

/// A roadmap whose website is committed; its ids begin with its name.
fn source(name: &str, more: &str) -> String {
    format!(
        r#"{{ "title": "The {name}", "as_of": "2026-11-22", "outputs": {{ {more} "site": "site" }}, "site": {{ "committed": true }},
  "milestones": [{{ "id": "{name}-M1", "title": "Begin {name}", "due_on": "2026-12-10" }}],
  "issues": [{{ "id": "{name}-1", "title": "Do it", "milestone": "{name}-M1", "state": "open", "due_on": "2026-11-01" }},
    {{ "id": "{name}-2", "title": "Did it", "milestone": "{name}-M1", "state": "closed" }}] }}"#
    )
}

fn plan(name: &str) -> String {
    format!("{name}/roadmap/plan.json")
}

fn three() -> Project {
    let project = Project::new([(".roadbook", LIST)]);
    NAMES.into_iter().for_each(|name| project.write(&plan(name), source(name, "")));
    project
}

/// The same in a repository whose hook and workflow `init` made, committed.
fn repository() -> Project {
    let project = three();
    git(&project, project.root(), &["init", "--quiet", "--initial-branch=main"]).ends_with(0);
    roadbook(project.root(), &["init", "--hook", "--check", "--pages", "--yes"]).ends_with(0);
    committed(&project, project.root(), "all").ends_with(0);
    project
}

fn change(project: &Project, name: &str, old: &str, new: &str) {
    let text = project.text(&plan(name));
    assert!(text.contains(old), "{text}");
    project.write(&plan(name), text.replace(old, new));
}

fn tracked_again(project: &Project) {
    git(project, project.root(), &["reset", "--hard", "--quiet"]).ends_with(0);
}

#[test]
fn three_roadmaps_have_one_hook_one_workflow_and_one_front_page() {
    let project = repository();
    let root = project.root();
    let hook = project.text(".git/hooks/pre-commit");
    assert_eq!(hook.matches("roadbook check --staged").count(), 1, "{hook}");
    let workflow = project.text(".github/workflows/roadbook-check.yml");
    assert_eq!(workflow.matches("run: roadbook check --format github").count(), 1, "{workflow}");
    for name in NAMES {
        assert!(project.has(&format!("site/{name}/index.html")));
        change(&project, name, "Do it", "Stale");
        committed(&project, root, "stale")
            .ends_with(1)
            .says(&format!("`{name}/roadmap/SUMMARY.md` is stale"));
        let told = roadbook(root, &["check", "--format", "github"]).ends_with(1);
        assert!(told.out.contains(&format!("file={name}/roadmap/SUMMARY.md,line=")), "{}", told.out);
        tracked_again(&project);
    }
    // Its totals follow from all of them: one that was built alone brings the front page along.
    change(&project, "api", r#""state": "open""#, r#""state": "closed""#);
    let page = project.text("site/index.html");
    roadbook(root, &["build", "--roadmap", "api"]).ends_with(0).says("front page: 1 written");
    assert_ne!(project.text("site/index.html"), page);
    committed(&project, root, "closed").ends_with(0);
    // The front page is a document as any other: edited by hand, missing or not added it is refused.
    project.write("site/index.html", page);
    committed(&project, root, "older").ends_with(1).says("`site/index.html` is stale");
    tracked_again(&project);
    project.remove("site/assets/site.css");
    committed(&project, root, "gone").ends_with(1).says("`site/assets/site.css` is missing");
    tracked_again(&project);
    change(&project, "web", "Do it", "Other");
    roadbook(root, &["build"]).ends_with(0);
    committed(&project, root, "built").ends_with(0);
    roadbook(&root.join("docs"), &["check"]).ends_with(0).says("checked the front page");
}

#[test]
fn a_linked_worktree_has_the_same_gate() {
    let project = repository();
    let tree = project.path("tree");
    git(&project, project.root(), &["worktree", "add", "--quiet", "tree"]).ends_with(0);
    fs::write(tree.join(plan("web")), source("web", "").replace("Do it", "Stale")).expect("a source");
    let stale = |message: &str| {
        git(&project, &tree, &["add", "--all"]).ends_with(0);
        git(&project, &tree, &["commit", "--quiet", "--message", message])
    };
    stale("stale").ends_with(1).says("`web/roadmap/SUMMARY.md` is stale");
    roadbook(&tree.join("api/roadmap"), &["build"]).ends_with(0);
    stale("built").ends_with(0);
}

#[test]
fn every_verb_finds_the_roadmap_that_is_meant() {
    let project = three().built();
    let first = |run: &Run| run.out.split(' ').next().unwrap_or_default().to_owned();
    // By its name, by its path, by where one stands.
    assert_eq!(first(&project.run(["list", "--roadmap", "api"])), "api-1");
    assert_eq!(first(&project.run(["list", "--roadmap", "./api"])), "api-1");
    assert_eq!(first(&project.run(["list", "--roadmap", "web/roadmap"])), "web-1");
    assert_eq!(first(&project.run_in("docs", ["list"])), "docs-1");
    assert_eq!(first(&project.run_in("docs/roadmap", ["list"])), "docs-1");
    assert_eq!(first(&project.run_in("docs", ["list", "--roadmap", "web"])), "web-1");
    for args in [
        ["list", "-q"],
        ["next", "-q"],
        ["report", "-q"],
        ["show", "api-1"],
        ["close", "api-1"],
        ["edit", "api-1"],
        ["bodies", "split"],
        ["pin", "-q"],
    ] {
        project.run(args).ends_with(2).says("`.roadbook` lists `web`, `api`, `docs`").says("--roadmap web");
    }
    project.run(["list", "--roadmap", "nope"]).ends_with(2).says("no roadmap is called `nope`");
    // A name comes before a folder that is called the same.
    project.write("api2/roadmap/plan.json", source("other", ""));
    project.write(".roadbook", "web = web/roadmap\napi2 = api/roadmap\n");
    assert_eq!(first(&project.run(["list", "--roadmap", "api2"])), "api-1");
    assert_eq!(first(&project.run(["list", "--roadmap", "./api2"])), "other-1");
    // An edit reaches the one alone.
    project.run_in("web", ["set", "web-1", "title=New"]).ends_with(0);
    assert!(project.text(&plan("web")).contains("New") && !project.text(&plan("api")).contains("New"));
}

#[test]
fn a_list_above_comes_before_the_nearer_roadmap_and_the_innermost_is_nearest() {
    let project = Project::new([
        (".roadbook", "web = web\nsub = web/sub\n"),
        ("web/roadmap/plan.json", &source("web", "")),
        ("web/sub/roadmap/plan.json", &source("sub", "")),
        ("else/roadmap/plan.json", &source("else", "")),
    ]);
    fs::create_dir(project.path(".git")).expect("the top of a repository");
    project.run_in("web", ["build"]).ends_with(0).says("roadmap `sub` (web/sub):");
    assert!(
        project.has("site/web/index.html") && project.has("site/sub/index.html") && !project.has("web/site")
    );
    assert!(project.run_in("web/sub", ["list"]).out.starts_with("sub-1"));
    assert!(project.run_in("web", ["list"]).out.starts_with("web-1"));
    // What it does not list is a root of its own.
    project.run_in("else", ["build"]).ends_with(0);
    assert!(project.has("else/site/index.html"));
    // A list of another repository's is nobody's here.
    fs::create_dir(project.path("web/.git")).expect("another repository");
    project.run_in("web", ["build"]).ends_with(0);
    assert!(project.has("web/site/index.html"));
}

#[test]
fn one_that_cannot_be_read_keeps_no_other_from_its_turn() {
    let project = three().built();
    project.write(&plan("web"), "{ \"issues\": [,] }");
    change(&project, "docs", "Do it", "Stale");
    let page = project.text("site/index.html");
    project
        .run(["check"])
        .ends_with(3)
        .says("`docs/roadmap/SUMMARY.md` is stale")
        .says("the front page was not compared: `web`");
    project.run(["build"]).ends_with(3).says("the front page is left as it is: `web` cannot be read");
    assert_eq!(project.text("site/index.html"), page);
    assert!(project.text("docs/roadmap/SUMMARY.md").contains("Stale"));
    fs::remove_dir_all(project.path("web")).expect("it was there");
    project.run(["check"]).ends_with(3).says("roadmap `web` (web/roadmap):\nerror: there is no");
}

#[test]
fn data_is_one_document_and_a_patch_mends_all() {
    let project = three().built();
    let whole = project.tree();
    for name in ["web", "docs"] {
        change(&project, name, "Do it", "Stale");
    }
    project.write("site/index.html", project.text("site/index.html").replace("Roadmaps", "Mine"));
    let told = project.run(["check", "--format", "json"]).ends_with(1).json();
    assert_eq!(told["looked_at"]["issues"], 6);
    let files: Vec<_> =
        told["findings"].as_array().expect("a list").iter().filter_map(|it| it["file"].as_str()).collect();
    assert!(
        files.is_sorted() && files.contains(&"docs/roadmap/SUMMARY.md") && files.contains(&"site/index.html")
    );
    let log = project.run(["check", "--format", "sarif"]).ends_with(1).json();
    assert_eq!(log["runs"].as_array().map(Vec::len), Some(1));
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(files.len()));
    project.run(["check", "--patch", "all.patch"]).ends_with(1).says("git apply all.patch");
    git(&project, project.root(), &["apply", "all.patch"]).ends_with(0);
    project.run(["check"]).ends_with(0);
    project.restore(&whole);
    project.run(["build"]).ends_with(0).says("front page: 0 written, 4 unchanged");
}

/// What lies in a folder.
fn below<'t>(tree: &'t Tree, folder: &str) -> Vec<&'t str> {
    tree.keys().map(String::as_str).filter(|path| path.starts_with(folder)).collect()
}

#[test]
fn what_is_listed_no_longer_is_cleared_away_and_foreign_files_stay() {
    let project = three().built();
    project.write("site/docs/mine.html", "<p>mine</p>");
    project.write("site/mine.css", "a {}");
    project.write(".roadbook", "web = web/roadmap\napi = api/roadmap\n");
    project.run(["check"]).ends_with(1).says("`site/docs/index.html` is an orphan");
    project.run(["build"]).ends_with(0).says("24 removed");
    assert_eq!(below(&project.tree(), "site/docs"), ["site/docs/mine.html"]);
    assert!(project.has("site/mine.css"));
    // One alone is what one alone always was; what several left behind goes.
    project.write(".roadbook", "web/roadmap\n");
    project.run(["build"]).ends_with(0);
    assert!(
        project.has("site/issues/i-web-1.html")
            && !project.has("site/web")
            && !project.has("site/api/index.html")
    );
    project.run(["check"]).ends_with(0);
    // And back.
    project.write(".roadbook", LIST);
    project.run(["build"]).ends_with(0);
    assert!(!project.has("site/issues") && project.has("site/web/issues/i-web-1.html"));
    project.run(["check"]).ends_with(0);
}

#[test]
fn a_page_of_somebody_elses_is_not_written_over() {
    let project = three();
    project.write("site/index.html", "<p>mine</p>\n");
    project.run(["build"]).ends_with(1).says("foreign-file");
    assert_eq!(project.text("site/index.html"), "<p>mine</p>\n");
    project.run(["build", "--adopt", "README.md"]).ends_with(2).says("--roadmap NAME");
    project.run(["build", "--adopt", "site/index.html"]).ends_with(0).says("front page: 4 written");
    assert!(project.has("site/index.html.before-roadbook"));
    project.run(["check"]).ends_with(0);
}

#[test]
fn two_roadmaps_that_write_to_one_place_are_refused_before_anything_is_written() {
    let project = three();
    project.write(&plan("web"), source("web", r#""summary": "SUMMARY.md","#));
    project.write(&plan("api"), source("api", r#""summary": "summary.md","#));
    let before = project.tree();
    for args in [&["build"][..], &["build", "--roadmap", "api"]] {
        project
            .run_in(".", args)
            .ends_with(3)
            .says("the roadmaps `web` and `api` both write to `SUMMARY.md`");
        assert_eq!(project.tree(), before);
    }
    project.run(["check"]).ends_with(3).says("both write to");
    // One that would lie among the documents of another would be cleared away as an orphan of that one's.
    project.write(&plan("api"), source("api", r#""summary": "web/roadmap/API.md","#));
    project.run(["build"]).ends_with(3).says("both write to `web/roadmap/API.md`");
}

#[test]
fn lists_that_cannot_be_are_refused_with_their_line() {
    let project = three();
    for (list, code, says) in [
        ("web = web\nweb = api\n", 3, "line 2: `web` is the name of line 1 already"),
        ("web = web\ntwice = ./web/roadmap\n", 3, "line 2: `./web/roadmap` is listed in line 1"),
        ("a b = web\n", 3, "line 1: `a b` cannot be the name of a roadmap"),
        ("web = web\nout = ../elsewhere\n", 2, "lies outside the root"),
        ("web = web\ngit = .git/roadmap\n", 2, "lies in git's own folder"),
    ] {
        project.write(".roadbook", list);
        project.run(["check"]).ends_with(code).says(says);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_refused_and_one_that_leads_in_is_followed() {
    let outside = Project::new([("roadmap/plan.json", source("out", "").as_str())]);
    let project = three();
    std::os::unix::fs::symlink(outside.root(), project.path("out")).expect("a link");
    std::os::unix::fs::symlink("api", project.path("in")).expect("a link");
    project.write(".roadbook", "web = web\nout = out/roadmap\n");
    project.run(["build"]).ends_with(2).says("lies outside the root");
    assert!(!outside.has("roadmap/SUMMARY.md") && project.has("web/roadmap/SUMMARY.md"));
    project.write(".roadbook", "web = web\nin = in\n");
    project.run(["build"]).ends_with(0);
    assert!(project.has("site/in/index.html"));
    project.write(".roadbook", "api = api\nin = in\n");
    project.run(["build"]).ends_with(3).says("`in` is listed in line 1 already");
}

#[test]
fn paths_hold_blanks_and_equals_signs_as_they_did() {
    for path in ["my plans/road map.json", "a=b.json", "x = y/plan.json"] {
        let alone = Project::new([(".roadbook", format!("{path}\n").as_str()), (path, &source("one", ""))]);
        alone.run(["build"]).ends_with(0);
        assert!(alone.has("site/index.html") && !alone.has("site/assets/theme.js.map"), "{path}");
        alone.write("two/roadmap/plan.json", source("two", ""));
        alone.write(".roadbook", format!("one = {path}\ntwo = two\n"));
        alone.run(["build"]).ends_with(0);
        assert!(alone.has("site/one/index.html") && alone.has("site/two/index.html"), "{path}");
    }
}

#[test]
fn init_adds_a_roadmap_and_keeps_the_gate_of_the_first() {
    let project =
        Project::new([("plans/first.json", source("first", "").as_str()), (".roadbook", "# ours\nplans\n")]);
    let root = project.root();
    git(&project, root, &["init", "--quiet", "--initial-branch=main"]).ends_with(0);
    roadbook(root, &["init", "--hook", "--yes"]).ends_with(0);
    committed(&project, root, "first").ends_with(0);
    project.write(&plan("web"), source("web", ""));
    roadbook(root, &["init", "--hook", "--yes", "--roadmap", "web"])
        .ends_with(0)
        .says("lists the roadmap `web`");
    assert_eq!(project.text(".roadbook"), "# ours\nplans = plans\nweb = web/roadmap/plan.json\n");
    assert!(project.has("site/plans/index.html") && project.has("site/web/index.html"));
    committed(&project, root, "second").ends_with(0);
    // One that begins, in a folder of its own; in the folder of another it would be a part of that.
    roadbook(root, &["init", "--yes", "--roadmap", "web/roadmap/more.json"])
        .ends_with(2)
        .says("a folder of its own");
    roadbook(root, &["init", "--hook", "--yes", "--roadmap", "api/roadmap.json"]).ends_with(0);
    assert!(project.text(".roadbook").ends_with("web = web/roadmap/plan.json\nroadmap = api/roadmap.json\n"));
    committed(&project, root, "third").ends_with(0);
    for (path, name) in [("plans/first.json", "first"), ("web/roadmap/plan.json", "web")] {
        project.write(path, project.text(path).replace("Do it", "Stale"));
        committed(&project, root, "stale").ends_with(1).says(&format!("{name}-1"));
        tracked_again(&project);
    }
    assert_eq!(project.text(".git/hooks/pre-commit").matches("check --staged").count(), 1);
    roadbook(root, &["init", "--hook", "--yes"]).ends_with(0).says("already set up");
}

#[test]
fn a_repository_with_a_roadmap_of_its_own_at_the_top_takes_another_in() {
    let project = Project::new([("roadmap/plan.json", source("top", "").as_str())]);
    let root = project.root();
    git(&project, root, &["init", "--quiet"]).ends_with(0);
    roadbook(root, &["init", "--hook", "--yes"]).ends_with(0);
    project.write(&plan("web"), source("web", ""));
    roadbook(root, &["init", "--hook", "--yes", "--roadmap", "web/roadmap"]).ends_with(0);
    assert_eq!(project.text(".roadbook"), "roadmap = roadmap\nweb = web/roadmap/plan.json\n");
    assert!(!project.has("site/issues"), "the former website moved");
    roadbook(&root.join("web"), &["check"]).ends_with(0).says("roadmap `roadmap` (roadmap):");
}

#[test]
fn a_merge_is_completed_for_all_roadmaps_and_their_front_page() {
    let project = repository();
    let root = project.root();
    let on = |branch: &str, name: &str, old: &str, new: &str| {
        git(&project, root, &["checkout", "--quiet", "-B", branch, "main"]).ends_with(0);
        change(&project, name, old, new);
        roadbook(root, &["build"]).ends_with(0);
        committed(&project, root, branch).ends_with(0);
    };
    roadbook(root, &["init", "--merge", "--hook", "--yes"]).ends_with(0);
    on("one", "web", r#""state": "open""#, r#""state": "closed""#);
    on("two", "api", r#""state": "open""#, r#""state": "closed""#);
    git(&project, root, &["merge", "--quiet", "--no-edit", "one"])
        .ends_with(1)
        .says("run `git commit --no-edit` to finish");
    git(&project, root, &["commit", "--quiet", "--no-edit"]).ends_with(0);
    roadbook(root, &["check"]).ends_with(0);
    assert!(
        project.text("site/index.html").contains("5 of 6 issues done"),
        "{}",
        project.text("site/index.html")
    );
}

#[test]
fn texts_for_a_pull_request_stand_below_each_other_and_data_has_to_be_one() {
    let project = repository();
    let root = project.root();
    for name in ["web", "docs"] {
        change(&project, name, "Do it", "Do more");
    }
    let told = roadbook(root, &["diff", "HEAD", "--format", "markdown"]).ends_with(0);
    let heads: Vec<_> = told.out.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(
        heads,
        [
            "## Roadmap `web` (web/roadmap)",
            "## Roadmap `api` (api/roadmap/plan.json)",
            "## Roadmap `docs` (docs)"
        ]
    );
    roadbook(root, &["diff", "HEAD", "--format", "json"]).ends_with(2).says("--roadmap web");
    roadbook(&root.join("web"), &["diff", "HEAD", "--format", "json"]).ends_with(0);
    let out = project.path("public");
    roadbook(root, &["build", "--history", "--out", &out.display().to_string()]).ends_with(0);
    for page in ["index.html", "assets/site.css", "web/index.html", "web/changes.html", "api/index.html"] {
        assert!(Path::new(&out).join(page).is_file(), "{page}");
    }
    let page = project.text("public/index.html");
    assert!(
        page.contains("href=\"web/index.html\"") && page.contains("href=\"docs/milestones/m-docs-m1.html\""),
        "{page}"
    );
}
