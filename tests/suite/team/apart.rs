//! A roadmap in several files, where git takes over changes and no hook looks at all of them: nothing is to mean another person's issue
//! unnoticed.

use serde_json::{Value, json};

use super::repository::item;
use crate::support::{Project, pretty};

const ONE: &str = "roadmap/1.json";
const TWO: &str = "roadmap/2.json";

fn issue(id: &str, title: &str) -> Value {
    json!({ "id": id, "title": title, "state": "open" })
}

/// Where Ann and Bob each add an issue of the same new id to one file; Bob refers to his from another one.
fn two_files() -> Project {
    let repository = Project::team();
    let first = |blocked_by: Value| {
        let mut issue = issue("B-1", "Hire a vendor");
        issue["blocked_by"] = blocked_by;
        json!({ "title": "Harbour", "outputs": { "site": null }, "issues": [issue] })
    };
    let second = |more: &[Value]| {
        let all = [&[issue("A-1", "Build the pier")], more].concat();
        json!({ "issues": all })
    };
    repository.write(ONE, pretty(&first(json!([]))));
    repository.write(TWO, pretty(&second(&[])));
    repository.set_up();
    for (name, title) in [("ann", "Paint the pier"), ("bob", "Fire the vendor")] {
        repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        repository.write(TWO, pretty(&second(&[issue("A-2", title)])));
        if name == "bob" {
            repository.write(ONE, pretty(&first(json!(["A-2"]))));
        }
        repository.finish_branch(name);
    }
    repository
}

/// Both files as they are.
fn both(repository: &Project) -> Value {
    let read = |path: &str| -> Value { serde_json::from_str(&repository.text(path)).expect("JSON") };
    let all = [ONE, TWO].map(|path| read(path)["issues"].as_array().cloned().unwrap_or_default());
    json!({ "issues": all.concat() })
}

#[test]
fn what_no_hook_completes_stops_until_references_from_other_files_follow() {
    for (into, begins, ends) in [
        ("bob", "rebase ann", "-c core.editor=true rebase --continue"),
        ("ann", "cherry-pick bob", "-c core.editor=true cherry-pick --continue"),
        ("ann", "merge --no-edit bob", "commit --no-edit"),
    ] {
        let repository = two_files();
        std::fs::remove_file(repository.path(".git/hooks/pre-merge-commit")).expect("the hook");
        repository.git(format!("checkout --quiet {into}")).ends_with(0);
        let run = repository.git(begins).ends_with(1);
        assert!(run.said().contains("other files may still say `A-2`"), "{begins}: {}", run.said());
        assert_eq!(repository.git("diff --name-only --diff-filter=U").out, format!("{TWO}\n"), "{begins}");
        let check = repository.spawn("check").ends_with(3);
        assert!(check.err.contains("`roadmap/1.json` does not follow the merge yet"), "{}", check.err);
        repository.git("add --all").ends_with(0);
        repository.spawn("check --staged").ends_with(3).says("`A-2` is `A-3`");
        let ending = ends.trim_start_matches("-c core.editor=true ");
        repository.spawn("merge --finish").ends_with(1).says(&format!("run `git {ending}` to finish"));
        repository.git(ends).ends_with(0);
        repository.spawn("check").ends_with(0);
        let plan = both(&repository);
        assert_eq!(item(&plan, "A-2")["title"], "Paint the pier", "{begins}");
        assert_eq!(item(&plan, "A-3")["title"], "Fire the vendor", "{begins}");
        assert_eq!(item(&plan, "B-1")["blocked_by"], json!(["A-3"]), "{begins}");
    }
}

#[test]
fn the_hook_completes_a_merge_in_one_go_and_one_file_needs_none() {
    let repository = two_files();
    let merge = repository.merge("ann", "bob");
    assert!(merge.is_clean, "{}", merge.said);
    assert_eq!(item(&both(&repository), "B-1")["blocked_by"], json!(["A-3"]));
    let alone = Project::shared(&json!({ "title": "Harbour", "issues": [issue("A-1", "Build the pier")] }));
    for (name, title) in [("ann", "Paint the pier"), ("bob", "Fire the vendor")] {
        alone.branch(name, &[&["add", "issue", title]]);
    }
    alone.git("checkout --quiet bob").ends_with(0);
    alone.git("rebase ann").ends_with(0).says("is `A-3` now");
}

#[test]
fn a_conflict_elsewhere_takes_no_hook_and_the_commit_is_refused_until_references_follow() {
    let repository = two_files();
    for name in ["ann", "bob"] {
        repository.git(format!("checkout --quiet {name}")).ends_with(0);
        repository.write("notes.txt", name);
        repository.commit("notes").ends_with(0);
    }
    repository.git("checkout --quiet ann").ends_with(0);
    repository.git("merge --no-edit bob").ends_with(1);
    repository.write("notes.txt", "both");
    repository.spawn("build --quiet").ends_with(0);
    repository.git("add --all").ends_with(0);
    repository.git("commit --no-edit").ends_with(1).says("does not follow the merge yet");
    repository.spawn("merge --finish").ends_with(1).says("git commit --no-edit");
    repository.git("commit --no-edit").ends_with(0);
    assert_eq!(item(&both(&repository), "B-1")["blocked_by"], json!(["A-3"]));
}

#[test]
fn a_body_in_a_file_stays_with_its_issue_where_only_one_side_or_both_have_one() {
    for with_both in [false, true] {
        let repository = Project::shared(
            &json!({ "title": "Harbour", "outputs": { "site": null }, "issues": [issue("A-1", "Build the pier")] }),
        );
        for (name, title) in [("ann", "Paint the pier"), ("bob", "Fire the vendor")] {
            repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
            repository.spawn(["add", "issue", title]).ends_with(0);
            if name == "bob" || with_both {
                repository.write("roadmap/bodies/A-2.md", format!("Of {name}.\n"));
            }
            repository.finish_branch(name);
        }
        repository.git("checkout --quiet bob").ends_with(0);
        repository.git("rebase ann").ends_with(1);
        if with_both {
            repository.git("checkout --ours roadmap/bodies/A-2.md").ends_with(0);
        }
        repository.spawn("check").ends_with(3).says("does not follow the merge yet");
        repository.git("add --all").ends_with(0);
        repository.spawn("merge --finish").ends_with(1).says("git rebase --continue");
        repository.git("-c core.editor=true rebase --continue").ends_with(0);
        repository.spawn("check").ends_with(0);
        assert_eq!(item(&repository.plan(), "A-3")["title"], "Fire the vendor");
        assert_eq!(repository.text("roadmap/bodies/A-3.md"), "Of bob.\n");
        assert_eq!(repository.has("roadmap/bodies/A-2.md"), with_both);
        if with_both {
            assert_eq!(repository.text("roadmap/bodies/A-2.md"), "Of ann.\n");
        }
    }
}
