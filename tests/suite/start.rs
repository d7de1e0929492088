//! `try`, `init` and `upgrade` in repositories of many kinds.

use std::{fs, process::Command};

use crate::support::{Project, Run, changed, same_tree};

/// A source of the older form.
const OLDER: &str = r#"{
  "milestones": [{ "title": "P-M1 – It stands", "description": "Walls and a roof." }],
  "issues": [
    { "milestone": "P-M1 – It stands", "title": "P-1: Build it", "body": "b", "labels": ["area:shed"] },
    { "milestone": "P-M1 – It stands", "title": "P-2: Paint it", "body": "b", "labels": ["area:shed"] }
  ]
}
"#;

/// A folder with these files, written as they are.
fn folder<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Project {
    let project = Project::empty();
    for (path, text) in files {
        let path = project.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    project
}

/// The same as a git repository, in which nothing is committed.
fn repository<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Project {
    let project = folder(files);
    let git = Command::new("git").args(["init", "--quiet"]).current_dir(project.root()).status();
    assert!(git.expect("git is there").success());
    project
}

/// `roadbook try` with what it builds in a folder that goes away with the test.
fn tried(project: &Project, args: &[&str]) -> Run {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("built").display().to_string();
    let before = project.tree();
    let run = project.run_in("", [&["try", "--no-open", "--out", &folder], args].concat());
    same_tree(&before, &project.tree());
    if run.code == 0 {
        assert!(out.path().join("built/site/index.html").is_file(), "{}", run.out);
    }
    run
}

#[test]
fn try_finds_what_a_team_works_by_and_says_what_it_leaves() {
    let book = "# Summary\n\n- [Begin](begin.md)\n";
    let project = folder([
        ("docs/plan ning/dätä.json", OLDER),
        ("tests/fixtures/copy.json", OLDER),
        ("SUMMARY.md", book),
        (
            "docs/guide.md",
            "# Guide\n\nP-9 comes last: `area:house`.\n\n| Issue | Title |\n|--|--|\n| P-1 | Buy it |\n",
        ),
        ("docs/other.md", "# Other\n\nSee [nothing](nothing.md).\n"),
    ]);
    let run = tried(&project, &[]).ends_with(0);
    for words in [
        "roadmap    docs/plan ning/dätä.json  1 milestone, 2 issues, 1 label",
        "not taken  tests/fixtures/copy.json",
        "not taken  SUMMARY.md",
        "in 3 places",
        "      3  `P-9` is not an id of this roadmap",
        "      3  `area:house` is not a label of this roadmap",
        "      7  `P-1` is called `Build it`",
        "to adopt this: roadbook init",
    ] {
        assert!(run.out.contains(words), "it does not say `{words}`:\n{}", run.out);
    }
    assert!(
        !run.out.contains("nothing.md"),
        "a document that does not speak of the roadmap is not its matter"
    );
    tried(&project, &["tests/fixtures/copy.json"]).ends_with(0);
}

#[test]
fn try_refuses_what_it_cannot_show() {
    tried(&folder([("package.json", "{}")]), &[]).ends_with(3).says("no roadmap found");
    let cut = folder([("plan.json", r#"{"milestones": [{"title": "M"}], "issues": [{"title": "a""#)]);
    tried(&cut, &["plan.json"]).ends_with(3).says("plan.json:1");
    tried(&folder([("plan.json", OLDER)]), &["gone.json"]).ends_with(2).says("there is no `gone.json`");
    let project = folder([("plan.json", OLDER), ("full/x", "")]);
    project.run(["try", "--no-open", "--out", "full"]).ends_with(2).says("`full` is not empty");
}

#[test]
fn init_leaves_a_json_where_it_lies_and_changes_nothing_else_in_it() {
    let crlf = OLDER.replace('\n', "\r\n").replace("  ", "\t");
    let project = repository([("docs/plan ning/dätä.json", crlf.as_str()), (".gitignore", "*.log")]);
    let before = project.tree();
    project.run(["init", "--dry-run"]).ends_with(0).says("would change");
    same_tree(&before, &project.tree());
    project.run(["init"]).ends_with(0).says("built and checked");
    assert_eq!(project.text(".roadbook"), "docs/plan ning/dätä.json\n");
    let added = "{\r\n\t\"$schema\": \"roadbook.schema.json\",\r\n\t\"roadbook\": \"0.1\",";
    assert_eq!(project.text("docs/plan ning/dätä.json"), crlf.replacen('{', added, 1));
    assert!(project.text(".gitignore").starts_with("*.log\n\n# Roadbook"));
    project.run(["check", "--deny-warnings"]).ends_with(0);
    let once = project.tree();
    project.run(["init"]).ends_with(0).says("already set up: nothing to change");
    same_tree(&once, &project.tree());
}

#[test]
fn a_source_that_may_not_be_written_stays_and_all_else_is_set_up() {
    let project = repository([("roadmap/plan.json", OLDER)]);
    let json = project.path("roadmap/plan.json");
    let mut rights = fs::metadata(&json).expect("a file").permissions();
    rights.set_readonly(true);
    fs::set_permissions(&json, rights).expect("its rights");
    project
        .run(["init", "--yes"])
        .ends_with(0)
        .says("`roadmap/plan.json` is read-only and stays as it is: it would get `$schema`, `roadbook`");
    assert_eq!(fs::read_to_string(&json).expect("a file"), OLDER);
    assert!(project.path(".gitignore").is_file() && project.path("roadmap/SUMMARY.md").is_file());
}

#[test]
fn init_completes_what_a_run_that_was_cut_short_left() {
    let project = repository([("plan.json", OLDER)]);
    project.run(["init"]).ends_with(0);
    let whole = project.tree();
    for part in ["roadbook.schema.json", ".gitignore", "LABELS.md", "site/index.html"] {
        project.remove(part);
        project.run(["init"]).ends_with(0);
        same_tree(&whole, &project.tree());
    }
}

#[test]
fn init_begins_a_roadmap_that_has_no_fault() {
    let project = repository([("README.md", "# Shed\n")]);
    project.run(["init"]).ends_with(0).says("a small roadmap to begin with");
    project.run(["check", "--deny-warnings"]).ends_with(0);
    let list = project.run(["list", "--format", "json"]).json();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(5));
    assert_eq!(project.text("README.md"), "# Shed\n");
    let taken = repository([("roadmap", "a file")]);
    taken.run(["init"]).ends_with(3).says("`roadmap`: it is not a folder");
    taken.run(["init", "--roadmap", "plans/shed.json"]).ends_with(0);
    assert_eq!(taken.text(".roadbook"), "plans/shed.json\n");
}

#[test]
fn init_makes_the_json_of_a_summary_and_leaves_the_summary_as_it_is() {
    let seed =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/seed/SUMMARY.expected.md"));
    let seed = seed.expect("the seed");
    for path in ["roadmap/SUMMARY.md", "SUMMARY.md", "docs/SUMMARY.md"] {
        let project = repository([(path, seed.as_str())]);
        project.run(["init"]).ends_with(0).says("6 milestones and 22 issues");
        assert_eq!(project.text(path), seed, "{path}");
        project.run(["check", "--deny-warnings"]).ends_with(0);
    }
}

#[test]
fn a_document_is_taken_over_when_that_is_said_and_nothing_in_it_is_lost() {
    let summary = "# Shed Roadmap - Milestones and Issues Summary\n\n## Issues by Milestone\n\n### P-M1 – It stands\n\n\
        | Issue # | Title | Labels |\n|--|--|--|\n| P-1 | Build it | area:shed |\n\n**Goal:** Nobody gets wet.\n";
    let project = repository([("roadmap/plan.json", OLDER), ("roadmap/SUMMARY.md", summary)]);
    project.run(["init"]).ends_with(1).says("`roadmap/SUMMARY.md` was written by hand").says("--adopt");
    assert_eq!(project.text("roadmap/SUMMARY.md"), summary);
    assert!(!project.has("roadmap/LABELS.md"), "nothing is built beside a document that is in the way");
    project.run(["init", "--adopt"]).ends_with(0);
    let now = project.text("roadmap/SUMMARY.md");
    assert!(now.contains("P-2") && now.contains("**Goal:** Nobody gets wet."), "{now}");
    assert!(project.text("roadmap/plan.json").contains(r#""goal": "Nobody gets wet.""#));
}

#[test]
fn what_is_somebody_elses_stays() {
    let project = repository([
        ("roadmap/plan.json", OLDER),
        ("site/index.html", "<p>ours\n"),
        ("roadmap/SUMMARY.md", "# Summary\n\n- [Begin](begin.md)\n"),
        (".github/workflows/roadbook-check.yml", "name: mine\n"),
        (".pre-commit-config.yaml", "repos:\n- repo: local\n  hooks: []\n"),
        (".git/hooks/pre-commit", "#!/bin/sh\ntrue\n"),
    ]);
    let before = project.tree();
    project
        .run(["init", "--pre-commit", "--check", "--pages", "--drift", "--pull"])
        .ends_with(0)
        .says("`site` holds other things")
        .says("`.github/workflows/roadbook-check.yml` is there");
    let after = project.tree();
    let touched = changed(&before, &after);
    let touched: Vec<_> = touched.iter().filter(|path| before.contains_key(*path)).collect();
    assert_eq!(touched, [".pre-commit-config.yaml", "roadmap/plan.json"]);
    assert!(project.has("roadmap/ROADMAP.md") && project.has("roadmap-site/index.html"));
    assert_eq!(project.text("roadmap/SUMMARY.md"), "# Summary\n\n- [Begin](begin.md)\n");
    let hooks = project.text(".pre-commit-config.yaml");
    assert!(
        hooks.starts_with("repos:\n- repo: local\n  hooks: []\n- repo: ") && hooks.contains("roadbook-check")
    );
    for name in ["pages", "drift", "pull"] {
        assert!(project.has(&format!(".github/workflows/roadbook-{name}.yml")));
    }
    assert!(!project.has(".github/workflows/roadbook-comment.yml"));
    project.run(["init", "--pre-commit", "--check", "--pages", "--drift", "--pull"]).says("already set up");
    same_tree(&after, &project.tree());
}

#[test]
fn a_summary_goes_to_the_first_place_that_is_free() {
    let project = repository([
        ("roadmap/plan.json", OLDER),
        ("roadmap/SUMMARY.md", "# Summary\n\n- [Begin](begin.md)\n"),
        ("roadmap/ROADMAP.md", "# Mine\n"),
    ]);
    let run = tried(&project, &[]).ends_with(0);
    assert!(run.out.contains("roadmap/ROADMAP-SUMMARY.md  new"), "{}", run.out);
    let told = "`roadmap/SUMMARY.md` names nothing of this roadmap: the summary goes to `roadmap/ROADMAP-SUMMARY.md`";
    project.run(["init", "--yes"]).says(told);
    assert_eq!(project.text("roadmap/ROADMAP.md"), "# Mine\n");
    assert!(project.has("roadmap/ROADMAP-SUMMARY.md"));
}

#[test]
fn try_shows_the_summary_that_init_begins_with() {
    let project = repository([("SUMMARY.md", TABLES)]);
    let run = tried(&project, &[]).ends_with(0);
    assert!(run.out.contains("1 milestone, 1 issue"), "{}", run.out);
    assert!(run.out.contains("to adopt this: roadbook init\n"), "{}", run.out);
    project.run(["init", "--yes"]).says("`SUMMARY.md` tells 1 milestone and 1 issue");
}

#[test]
fn our_own_report_is_no_summary_of_anybodys() {
    let project = repository([("roadmap/plan.json", OLDER)]);
    project.run(["init", "--yes"]).ends_with(0);
    project.run(["report", "--format", "markdown", "--out", "m.md"]).ends_with(0);
    project.write("note.md", "We spoke of P-1 and P-2 of P-M1.\n");
    let run = tried(&project, &[]).ends_with(0);
    assert!(!run.out.contains("m.md") && !run.out.contains("written by hand"), "{}", run.out);
}

/// A summary as people wrote them before.
const TABLES: &str = "# Database Roadmap - Milestones and Issues Summary\n\n| # | Title | Description | Issues |\n|---|---|---|---|\n| 1 | DB-ML1 \u{2013} Schema | The schema | 1 |\n\n## DB-ML1 \u{2013} Schema\n\n| ID | Title | Labels |\n|---|---|---|\n| DB-001 | Build | `area:db` |\n";

#[test]
fn a_source_with_faults_or_of_another_version_is_not_set_up() {
    let faulty = repository([(
        "plan.json",
        r#"{"milestones": [{"title": "M"}], "issues": [{"title": "a", "prio": 1}]}"#,
    )]);
    let before = faulty.tree();
    faulty.run(["init"]).ends_with(3).says("nothing was set up").says("`prio`");
    same_tree(&before, &faulty.tree());
    let no_git = folder([("plan.json", OLDER)]);
    no_git.run(["init", "--hook"]).ends_with(2).says("is no git repository");
    no_git.run(["init"]).ends_with(0);
    assert!(!no_git.has(".gitignore"), "what git does not see needs no line for it");
}

#[test]
fn upgrade_moves_what_names_the_version() {
    let project = repository([("roadmap/plan.json", OLDER)]);
    project.run(["init", "--pages", "--pre-commit"]).ends_with(0);
    let now = project.tree();
    let pages = ".github/workflows/roadbook-pages.yml";
    let own = format!("v{}", env!("CARGO_PKG_VERSION"));
    for path in [pages, ".pre-commit-config.yaml"] {
        let text = project.text(path);
        assert!(text.contains(&own), "{text}");
        project.write(path, text.replace(&own, "v0.0.1"));
    }
    fs::write(project.path("roadmap/roadbook.schema.json"), r#"{"title": "Roadbook roadmap"}"#)
        .expect("a file");
    let old = project.tree();
    project.run(["upgrade", "--dry-run"]).ends_with(0);
    same_tree(&old, &project.tree());
    project.run(["upgrade"]).ends_with(0);
    same_tree(&now, &project.tree());
}

/// git itself says what a line of `.gitignore` means.
#[test]
fn the_line_for_a_site_means_that_folder_and_no_other() {
    let cases = [("site[1]", "site1"), ("docs/[ab]", "docs/a"), ("#site", "x#site"), ("!site", "site")];
    for (site, other) in cases.into_iter().chain([("so so", "so"), ("a]b", "ab")]) {
        let source =
            serde_json::json!({ "issues": [{ "id": "A-1", "title": "t" }], "outputs": { "site": site } });
        let project = repository([("roadmap/plan.json", &*source.to_string())]);
        project.run(["init"]).ends_with(0);
        let is_ignored = |path: &str| {
            let mut git = Command::new("git");
            git.args(["check-ignore", "--quiet", "--no-index", "--", path]).current_dir(project.root());
            git.status().expect("git is there").success()
        };
        assert!(is_ignored(&format!("{site}/index.html")), "{site}: {}", project.text(".gitignore"));
        for not in
            [format!("{other}/index.html"), format!("below/{site}/index.html"), "roadmap/plan.json".into()]
        {
            assert!(!is_ignored(&not), "{site}: {not}: {}", project.text(".gitignore"));
        }
    }
}

#[test]
fn a_source_of_any_name_is_found_again_or_refused_before_anything_is_written() {
    for json in ["plans/#1 [x] !y.json", "plans/$(touch a) `b`.json", "plans/it's.json"] {
        let project = repository([(json, OLDER)]);
        project.run(["init", "--roadmap", json]).ends_with(0);
        assert_eq!(project.text(".roadbook"), format!("{json}\n"));
        let list = project.run(["list", "--format", "json"]).json();
        assert!(list["items"].as_array().is_some_and(|items| !items.is_empty()), "{json}");
        assert!(!project.has("a"));
    }
    if cfg!(unix) {
        for json in ["plans/a\nb.json", " plans/b.json"] {
            let project = repository([(json, OLDER)]);
            let before = project.tree();
            project.run(["init", "--roadmap", json]).ends_with(2).says("it holds one line");
            same_tree(&before, &project.tree());
        }
    }
}
