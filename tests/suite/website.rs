//! The website as a whole run sees it: written with everything else, compared where it is committed, and without a trace
//! of what is internal.

use serde_json::{Value, json};

use crate::harness::{Project, SOURCE, pretty, same_tree};

fn roadmap(is_committed: bool, body: &str) -> Value {
    json!({
        "milestones": [{ "id": "A-M1", "title": "First" }, { "id": "A-M2", "title": "Second", "blocked_by": ["A-M1"] }],
        "issues": [
            { "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"], "body": body },
            { "title": "A-2: Buy the neighbour's garden", "milestone": "A-M2", "internal": true }
        ],
        "outputs": {},
        "site": { "committed": is_committed }
    })
}

#[test]
fn a_second_build_writes_nothing_and_a_committed_site_is_compared() {
    let project = Project::of(&roadmap(true, "Deep enough.")).built();
    assert!(project.has("site/index.html") && project.has("site/issues/i-a-1.html"));
    project.run(["build"]).ends_with_code(0).says("0 written").says("0 removed");
    project.run(["check"]).ends_with_code(0);
    let before = project.tree();
    for path in before.keys().filter(|path| path.starts_with("site/")) {
        let mut bytes = before[path].clone();
        bytes.extend(b"x");
        project.write(path, &bytes);
        project.run(["check"]).ends_with_code(1).says("is stale").says(path);
        project.remove(path);
        project.run(["check"]).ends_with_code(1).says("is missing").says(path);
        project.write(path, &before[path]);
    }
    same_tree(&before, &project.tree());
    project.write("site/index.html", "<!doctype html><title>mine</title>");
    let mine = project.tree();
    project.run(["build"]).ends_with_code(1).says("`site/index.html` is not Roadbook's");
    same_tree(&mine, &project.tree());
}

#[test]
fn a_site_that_is_not_committed_is_not_compared_and_check_says_so() {
    let project = Project::of(&roadmap(false, "Deep enough.")).built();
    project.remove("site/index.html");
    project.run(["check"]).ends_with_code(0).says("site: not committed, not compared");
}

#[test]
fn the_name_of_something_internal_is_found_on_the_site() {
    for body in ["Once A-2 is settled.", "They will buy the neighbour's garden."] {
        let project = Project::of(&roadmap(false, body)).built();
        let check = project.run(["check"]);
        check.ends_with_code(1).says("error[internal-leak]").says("`site/issues/i-a-1.html` names it");
    }
    let quiet = Project::of(&roadmap(false, "Once there is room.")).built();
    quiet.run(["check"]).ends_with_code(0);
    for (path, bytes) in quiet.tree().iter().filter(|(path, _)| path.starts_with("site/")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("neighbour") && !text.contains("a-2<"), "{path}");
    }
    assert!(pretty(&roadmap(false, "")).contains("neighbour"), "the source holds it: {SOURCE}");
}
