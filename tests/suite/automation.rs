//! The workflows of this repository and those that others are given are one.

use std::{fs, path::Path};

use roadbook::setup::{Origin, Workflow};

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
