//! The workflows of this repository and those that others are given are one.

use std::{fs, path::Path};

use roadbook::internals::setup::{Origin, Pin, Workflow, new_hook};

/// Our default branch.
const BRANCH: &str = "main";

#[test]
fn our_workflows_are_those_that_others_are_given() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for workflow in Workflow::ALL {
        let scaffold = workflow.scaffold(&Origin::Checkout, BRANCH);
        let path = root.join(scaffold.path);
        if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
            fs::write(&path, &scaffold.text).expect("a workflow of ours");
        }
        let ours = fs::read_to_string(&path).unwrap_or_default();
        let path = scaffold.path;
        assert!(
            ours == scaffold.text,
            "`{path}` differs: `SNAPSHOTS=overwrite cargo test automation` writes it"
        );
    }
}

#[test]
fn the_readme_pins_this_release() {
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    let hook = new_hook(&Pin { version: env!("CARGO_PKG_VERSION").to_owned(), commit: None }).text;
    for line in hook.lines().filter(|line| !line.trim_start().starts_with('#')) {
        assert!(readme.contains(line), "the README's hooks lack `{line}`");
    }
    let action = format!("roadbook/.github/actions/roadbook@v{}\n", env!("CARGO_PKG_VERSION"));
    assert!(readme.contains(&action), "the README's workflow lacks `{action}`");
}
