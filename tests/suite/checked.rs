//! What `check` hands on: counts as data, annotations, SARIF, a patch that git takes, an exit code.

use serde_json::{Value, json};

use crate::support::{FIXTURES, Project, SOURCE, same_tree};

/// A built project in which one file is stale, one missing, one an orphan, and one issue due too early.
pub(crate) fn spoilt() -> Project {
    let project = Project::copy_of(format!("{FIXTURES}/whole")).built();
    let page = project.text("roadmap/milestones/m-hb-m1.md");
    project.write("roadmap/milestones/m-hb-m1.md", page.replace("mara", "clara"));
    project.write("roadmap/milestones/m-gone.md", page);
    project.remove("roadmap/LABELS.md");
    let source = project.text(SOURCE);
    project.write(SOURCE, source.replace("\"due_on\": \"2026-12-24\"", "\"due_on\": \"2026-11-08\""));
    project
}

/// How many findings of each code there are.
fn counts(codes: impl Iterator<Item = String>) -> Value {
    let mut counts = serde_json::Map::new();
    for code in codes {
        let n = counts.get(&code).and_then(Value::as_u64).unwrap_or_default();
        counts.insert(code, (n + 1).into());
    }
    counts.into()
}

#[test]
fn every_format_tells_the_same_findings() {
    let project = spoilt();
    let before = project.tree();
    let mut human = project
        .run(["check"])
        .ends_with(1)
        .says("to fix: roadbook build")
        .says("checked 3 milestones, 6 issues, 7 files compared");
    assert_eq!(human.out, "", "people are spoken to on standard error");
    let run = project.run(["check", "--format", "json"]);
    let found = run.ends_with(1).json();
    let findings = found["findings"].as_array().expect("a list");
    let by_code = counts(findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()));
    assert_eq!(found["counts"]["by_code"], by_code);
    let told = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    assert_eq!(found["counts"]["errors"], told("error"));
    assert_eq!(found["counts"]["warnings"], told("warning"));
    for (code, at_least) in [("stale-file", 1), ("missing-file", 1), ("orphan-file", 1), ("due-order", 1)] {
        assert!(by_code[code].as_u64().is_some_and(|n| n >= at_least), "{code}: {by_code}");
        human = human.says(&format!("error[{code}]"));
    }
    assert_eq!(
        (&found["version"], &found["tool"], &found["command"]),
        (&json!(1), &json!("roadbook"), &json!("check"))
    );
    assert_eq!(found["tool_version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(found["pinned"], "0.1");
    assert_eq!(found["looked_at"], json!({ "milestones": 3, "issues": 6, "files": 7, "documents": 3 }));

    let github = project.run(["check", "--format", "github"]).ends_with(1);
    assert_eq!(github.out.lines().count(), findings.len());
    assert!(github.out.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")));
    let codes = github.out.lines().map(|line| {
        let title = line.split("title=roadbook%3A ").nth(1).expect("a title");
        title.split("::").next().expect("a code").to_owned()
    });
    assert_eq!(counts(codes), by_code);

    let sarif = project.run(["check", "--format", "sarif"]).ends_with(1).json();
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!(
        counts(results.iter().map(|result| result["ruleId"].as_str().expect("a code").to_owned())),
        by_code
    );
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), by_code.as_object().expect("counts").len(), "each code is explained once");
    same_tree(&before, &project.tree());
}

#[test]
fn a_build_tells_its_findings_as_data_too() {
    let project = spoilt();
    let found = project.run(["build", "--format", "json"]).ends_with(1).json();
    assert_eq!(found["command"], "build");
    assert_eq!(found["counts"]["by_code"]["due-order"], 1);
    assert!(found["counts"]["by_code"].get("stale-file").is_none(), "what it wrote is no finding: {found}");
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let source = json!({ "milestones": [{ "title": "No id" }], "issues": [{ "title": "A-1: x", "milestone": "No id" }] });
    let project = Project::of(&source);
    project.run(["build"]).ends_with(0).says("warning[made-id]");
    project.run(["check"]).ends_with(0).says("warning[made-id]").says("1 warning");
    project.run(["check", "--deny-warnings"]).ends_with(1).says("warning[made-id]");
    project.run(["build", "--deny-warnings"]).ends_with(1).says("0 written, 3 unchanged");
    let quiet = project.run(["check", "-q"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
}

#[test]
fn quiet_says_only_what_is_wrong_and_verbose_says_everything() {
    let project = spoilt();
    let quiet = project.run(["check", "-q"]).ends_with(1).says("error[stale-file]");
    for words in ["checked ", "to fix", "--- a/", "warning["] {
        assert!(!quiet.err.contains(words), "{words}:\n{}", quiet.err);
    }
    assert!(project.run(["check"]).err.contains("--- a/roadmap/milestones/m-hb-m1.md"));
    let verbose = project.run(["build", "-v"]);
    verbose.says("  wrote roadmap/LABELS.md\n").says("  removed roadmap/milestones/m-gone.md\n");
    let quiet = project.run(["build", "-q"]);
    assert!(!quiet.err.contains("written"), "{}", quiet.err);
    // Past twenty of a code the rest is counted, unless all is asked for.
    let many: Vec<_> =
        (0..60).map(|n| json!({ "title": format!("A-{n}: x{n}"), "due_on": "never" })).collect();
    let project = Project::of(&json!({ "issues": many }));
    let shown = |run: &crate::support::Run| run.err.matches("error[invalid-date]").count();
    let few = project.run(["check"]);
    let all = project.run(["check", "-v"]);
    assert!(shown(&few) < 60 && shown(&all) == 60, "{} and {}", shown(&few), shown(&all));
    few.says("… and 40 more `invalid-date` errors");
}

#[test]
fn an_empty_roadmap_is_told_what_was_looked_at() {
    let project = Project::new([(SOURCE, "{}")]);
    project.run(["build"]).ends_with(0).says("warning[empty-roadmap]");
    project.run(["check"]).ends_with(1).says("checked 0 milestones, 0 issues, 2 files compared");
}

/// A git repository whose roadmap lies in this folder, with every kind of difference in it.
fn repository(folder: &str) -> (Project, String) {
    let at = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    let project = Project::empty();
    for (path, bytes) in spoilt().tree() {
        project.write(&at(&path), bytes);
    }
    // A file with CRLF, a document with CRLF, and one that lost its last line end.
    for path in ["docs/guide.md", "roadmap/milestones/m-hb-m2.md"] {
        project.write(&at(path), project.text(&at(path)).replace('\n', "\r\n"));
    }
    let summary = project.text(&at("roadmap/SUMMARY.md"));
    project.write(&at("roadmap/SUMMARY.md"), summary.trim_end().replace("Drive", "Push"));
    // And one in which a byte fell over, so that it is no text any more.
    let mut page = project.bytes(&at("roadmap/milestones/m-hb-m3.md"));
    page[150] = 0xff;
    project.write(&at("roadmap/milestones/m-hb-m3.md"), page);
    project.git(["init", "-q", "."]).ends_with(0);
    project.git(["add", "-A"]).ends_with(0);
    project.git(["commit", "-qm", "x"]).ends_with(0);
    (project, at("roadmap"))
}

#[test]
fn git_takes_the_patch_and_check_is_content() {
    for (folder, stand) in [("", ""), ("", "roadmap"), ("sub", "sub"), ("sub", ""), ("a b/дом", "a b/дом")]
    {
        let (project, roadmap) = repository(folder);
        let before = project.tree();
        let root = project.path(folder).display().to_string();
        let patch = project.path("fix.patch").display().to_string();
        project
            .run_in(stand, ["check", "--root", &root, "--patch", &patch])
            .ends_with(1)
            .says("wrote the repair to `[ROOT]/fix.patch`: git apply");
        let mut after = project.tree();
        after.remove("fix.patch").expect("it was written");
        same_tree(&before, &after);

        // From the top and from the root of the roadmap: where the path says nothing else, all of it is in reach.
        for from in ["", folder] {
            project.git_in(from, ["apply", "--check", &patch]).ends_with(0);
        }
        project.git_in(folder, ["apply", &patch]).ends_with(0);
        let checked = project.run_in(stand, ["check", "--root", &root, "--format", "json"]);
        let by_code = checked.json()["counts"]["by_code"].clone();
        assert_eq!(
            by_code,
            json!({ "due-order": 1 }),
            "{folder:?} from {stand:?}: only the plan itself is at fault"
        );
        let patched = project.tree();
        for path in ["milestones/m-hb-m2.md", "../docs/guide.md"] {
            let text = String::from_utf8_lossy(
                &std::fs::read(project.path(&roadmap).join(path)).expect("it is there"),
            )
            .into_owned();
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{path} keeps CRLF");
        }
        // What git made of the patch is what a build makes.
        project.restore(&before);
        project.run_in(stand, ["build", "--root", &root]).ends_with(1);
        let mut built = project.tree();
        let mut patched = patched;
        for tree in [&mut built, &mut patched] {
            tree.retain(|path, _| !path.starts_with(".git/") && path != "fix.patch");
        }
        same_tree(&built, &patched);
    }
}

#[test]
fn annotations_and_sarif_name_files_from_the_top_of_the_repository() {
    let (project, _) = repository("a b/дом");
    let at_top = project.run(["check", "--root", "a b/дом", "--format", "github"]).ends_with(1);
    assert!(at_top.out.lines().all(|line| line.contains("file=a b/дом/")), "{}", at_top.out);
    let sarif = project.run_in("a b/дом", ["check", "--format", "sarif"]).ends_with(1).json();
    for result in sarif["runs"][0]["results"].as_array().expect("results") {
        let uri =
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a place");
        assert!(uri.starts_with("a%20b/%D0%B4%D0%BE%D0%BC/"), "{uri}");
    }
    // People stand somewhere in it and read names from the root of the roadmap, as JSON's readers do.
    project.run_in("a b/дом", ["check"]).ends_with(1).says("--> roadmap/");
}

#[test]
fn what_is_fresh_has_an_empty_patch_and_foreign_files_are_in_none() {
    let project = Project::copy_of(format!("{FIXTURES}/whole")).built();
    project.run(["check", "--patch", "fix.patch"]).ends_with(0).says("nothing to repair");
    assert_eq!(project.text("fix.patch"), "");
    project.write("roadmap/LABELS.md", "mine\n");
    project.write("roadmap/SUMMARY.md", "<!-- Generated by roadbook from x. -->\n");
    project.run(["check", "--patch", "fix.patch"]).ends_with(1);
    let patch = project.text("fix.patch");
    assert!(patch.contains("+++ b/roadmap/SUMMARY.md") && !patch.contains("LABELS.md\n"), "{patch}");
}

/// The lines of the source that the notes of stale files point to, each once.
fn lines_behind(project: &Project) -> Vec<u64> {
    let found = project.run(["check", "--format", "json"]).json();
    let stale = found["findings"].as_array().expect("a list").iter().filter(|it| it["code"] == "stale-file");
    let related = stale.flat_map(|it| it["related"].as_array().cloned().unwrap_or_default());
    let mut lines: Vec<_> = related.filter_map(|it| it["line"].as_u64()).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[test]
fn the_field_that_changed_is_behind_a_stale_line_and_not_the_longest_on_it() {
    let source = r#"{
  "milestones": [
    {
      "id": "SH-M1",
      "title": "The shed stands and everything is in it",
      "due_on": "2027-05-31",
      "owner": "mara"
    }
  ],
  "issues": [
    {
      "id": "SH-001",
      "title": "Pour the floor",
      "milestone": "SH-M1",
      "labels": ["area:everything-around-the-shed"],
      "due_on": "2027-04-01",
      "assignees": ["mara"]
    },
    {
      "id": "SH-002",
      "title": "Order",
      "milestone": "SH-M1",
      "blocked_by": ["SH-001"],
      "due_on": "2027-04-01"
    }
  ],
  "docs": []
}
"#;
    let project = Project::new([(SOURCE, source)]).built();
    for (old, new, times) in [
        ("\"Pour the floor\"", "\"Pour it\"", 1),
        ("area:everything-around-the-shed", "area:shed", 1),
        ("\"assignees\": [\"mara\"]", "\"assignees\": [\"ann\"]", 1),
        ("\"due_on\": \"2027-05-31\"", "\"due_on\": \"2027-05-30\"", 1),
        ("\"Order\"", "\"Order wood\"", 1),
    ] {
        let changed = project.text(SOURCE).replacen(old, new, times);
        let line = changed.lines().position(|line| line.contains(new)).expect("it is there") + 1;
        project.write(SOURCE, changed);
        assert_eq!(lines_behind(&project), [line as u64], "{new}");
        project.run(["build"]).ends_with(0);
    }
    // Of two equal days the one of the issue whose line it is.
    let changed =
        project.text(SOURCE).replace("\"due_on\": \"2027-04-01\"\n", "\"due_on\": \"2027-04-02\"\n");
    let line = changed.lines().position(|line| line.contains("2027-04-02")).expect("it is there") + 1;
    project.write(SOURCE, changed);
    assert_eq!(lines_behind(&project), [line as u64]);
}

#[test]
fn a_stale_line_is_told_with_the_value_behind_it() {
    let project = Project::copy_of(format!("{FIXTURES}/whole")).built();
    let source = project.text(SOURCE);
    project.write(SOURCE, source.replace("Find a brass band", "Find a string band"));
    let found = project.run(["check", "--format", "json"]).json();
    let stale = found["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|finding| finding["file"] == "roadmap/SUMMARY.md");
    let related = &stale.expect("it is stale")["related"][0];
    assert_eq!((&related["file"], &related["path"]), (&json!(SOURCE), &json!("issues[5].title")));
}
