//! The examples of `roadbook explain`, run by the program itself: every bad one shows its rule, no good one does.

use std::fs;

use roadbook::internals::rules::{DELETED, EXAMPLE_FILE, Example, Kind, RULES, Rule};

use crate::support::Project;

/// The codes that a run finds in an example. What is found in files is found after a `build`.
fn found(example: &Example, kind: Kind) -> Vec<String> {
    let project = Project::empty();
    for (path, bytes) in example.written() {
        put(&project, path, &bytes);
    }
    if kind == Kind::Importing {
        let run = project.run(["import", "SUMMARY.md", "--into", EXAMPLE_FILE, "--dry-run"]);
        return RULES
            .iter()
            .filter(|rule| run.err.contains(&format!("[{}]", rule.code)))
            .map(|rule| rule.code.to_string())
            .collect();
    }
    if kind == Kind::Checking {
        project.run(["build", "-q"]);
    }
    for (path, text) in example.edits() {
        if *text == DELETED {
            project.remove(path);
        } else {
            put(&project, path, text.as_bytes());
        }
    }
    let found = project.run(["check", "--format", "json"]).json();
    let findings = found["findings"].as_array().expect("a list").iter();
    findings.map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

/// Writes a file exactly as the example has it: its website is a part of what it shows.
fn put(project: &Project, path: &str, bytes: &[u8]) {
    let path = project.path(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
    fs::write(path, bytes).expect("a file of the example");
}

/// Whether a rule is told by a run alone: the others are held to their examples in memory, beside the table of rules.
fn needs_a_run(rule: &Rule) -> bool {
    let has_files = |example: &Example| example.shown().any(|(path, _)| path != EXAMPLE_FILE);
    let is_full = std::env::var_os("ROADBOOK_FULL").is_some();
    is_full || matches!(rule.kind, Kind::Checking | Kind::Importing) || has_files(&rule.bad)
}

#[test]
fn every_bad_example_shows_its_rule_and_no_good_one_does() {
    for rule in RULES.iter().filter(|rule| needs_a_run(rule)) {
        let bad = found(&rule.bad, rule.kind);
        assert!(
            bad.iter().any(|code| code == rule.code.word()),
            "the bad example of `{}` shows {bad:?}",
            rule.code
        );
        let good = found(&rule.good, rule.kind);
        assert!(
            good.iter().all(|code| code != rule.code.word()),
            "the good example of `{}` shows {good:?}",
            rule.code
        );
    }
}
