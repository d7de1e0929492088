//! What git could not merge, and nobody decided yet: no verdict and no commit passes over it.

use serde_json::json;

use super::repository::harbour;
use crate::support::{Project, SOURCE, pretty};

const CONFLICT: &str = "<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> bob\n";

#[test]
fn a_conflict_in_the_file_of_a_body_blocks_as_one_in_the_json_does() {
    let repository = Project::team();
    let mut plan = harbour();
    plan["issues"][0].as_object_mut().expect("an issue").remove("body");
    repository.write(SOURCE, pretty(&plan));
    repository.set_up();
    let body = "roadmap/bodies/HB-001.md";
    repository.write(body, format!("Oak.\n\n{CONFLICT}"));
    repository.spawn("build").ends_with(3).says("nothing was written");
    repository.git("add --all").ends_with(0);
    for check in ["check", "check --staged"] {
        let run = repository.spawn(check).ends_with(3);
        assert!(run.err.contains("unresolved merge conflict between `HEAD` and `bob`"), "{}", run.err);
        assert!(run.err.contains("roadmap/bodies/HB-001.md:3:1"), "{}", run.err);
    }
    repository.git("commit --message merged").ends_with(1).says("conflict-markers");
    // A heading with a line below it is none, nor is one that a guide shows.
    repository.write(body, format!("Oak\n=======\n\n```\n{CONFLICT}```\n"));
    repository.spawn("build --quiet").ends_with(0);
    repository.commit("decided").ends_with(0);
}

#[test]
fn a_conflict_in_a_document_blocks_before_anything_is_written() {
    let repository = Project::team();
    let mut plan = harbour();
    plan["docs"] = json!(["guide.md"]);
    repository.write(SOURCE, pretty(&plan));
    repository.write("guide.md", "# Guide\n");
    repository.set_up();
    repository.write("guide.md", format!("# Guide\n\n{CONFLICT}"));
    let run = repository.spawn("check").ends_with(3);
    assert!(run.err.contains("error[conflict-markers]") && run.err.contains("guide.md:3:1"), "{}", run.err);
    repository.spawn("build").ends_with(3).says("nothing was written");
}

#[test]
fn what_git_could_not_merge_is_not_judged_by_the_version_that_both_started_from() {
    let repository = Project::shared(&harbour());
    for (name, day) in [("ann", "2026-12-09"), ("bob", "2026-12-10")] {
        repository.branch(name, &[&["set", "HB-001", &format!("due_on={day}")]]);
    }
    repository.git("checkout --quiet ann").ends_with(0);
    repository.git("merge --no-edit bob").ends_with(1);
    let run = repository.spawn("check --staged").ends_with(3);
    assert!(run.err.contains("`roadmap/plan.json` is not merged"), "{}", run.err);
    assert!(run.err.contains("git add roadmap/plan.json"), "{}", run.err);
    repository.spawn("merge --finish").ends_with(3).says("is not merged");
    // Nor by the markers alone, which a choice of one side has none of.
    repository.git("checkout --theirs roadmap/plan.json").ends_with(0);
    repository.spawn("build --quiet").ends_with(0);
    repository.spawn("check --quiet").ends_with(0);
    repository.spawn("check --staged").ends_with(3).says("is not merged");
    repository.git("add --all").ends_with(0);
    repository.spawn("check --staged").ends_with(0);
}
