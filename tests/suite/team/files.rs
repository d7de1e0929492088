//! What a driver gets that is no ordinary source: the lock, generated files, several files, and what cannot be read.

use std::fs;

use serde_json::{Value, json};

use super::repository::{harbour, item};
use crate::support::{Project, SOURCE, pretty};

const LOCK: &str = "roadmap/roadbook.lock.json";

fn lock(day: &str, lines: &str) -> String {
    format!(
        "{{\n  \"version\": 1,\n  \"repository\": \"o/r\",\n  \"snapshot_on\": \"{day}\",\n  \"labels\": {{}},\n  \"milestones\": {{}},\n  \"issues\": {{\n{lines}\n  }}\n}}\n"
    )
}

fn locked() -> Project {
    let repository = Project::team();
    let mut plan = harbour();
    plan["repository"] = "o/r".into();
    repository.write(SOURCE, pretty(&plan));
    repository.write(LOCK, lock("2026-11-01", r#"    "hb-001": {"number":1,"id":11,"applied":{}}"#));
    repository.set_up();
    repository
}

#[test]
fn locks_are_merged_by_id_and_the_later_look_holds() {
    let repository = locked();
    let sides = [("ann", "2026-11-02", "hb-002", 2, "open"), ("bob", "2026-11-03", "hb-003", 3, "closed")];
    for (name, day, id, number, state) in sides {
        repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        let first =
            format!(r#"    "hb-001": {{"number":1,"id":11,"applied":{{}},"remote":{{"state":"{state}"}}}}"#);
        let line =
            format!("{first},\n    \"{id}\": {{\"number\":{number},\"id\":{number}0,\"applied\":{{}}}}");
        repository.write(LOCK, lock(day, &line));
        repository.finish_branch(name);
    }
    for (into, from) in [("ann", "bob"), ("bob", "ann")] {
        let merge = repository.merge(into, from);
        assert!(merge.is_clean, "{}", merge.said);
        let text = repository.text(LOCK);
        let lock: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(lock["snapshot_on"], "2026-11-03");
        assert_eq!(lock["issues"]["hb-001"]["remote"]["state"], "closed");
        assert_eq!(
            (&lock["issues"]["hb-002"]["number"], &lock["issues"]["hb-003"]["number"]),
            (&json!(2), &json!(3))
        );
        assert_eq!(text.lines().count(), 12, "one line for each item:\n{text}");
    }
}

#[test]
fn two_numbers_for_one_id_are_a_conflict() {
    let repository = locked();
    for (name, number) in [("ann", 7), ("bob", 8)] {
        repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        let line = format!("    \"hb-002\": {{\"number\":{number},\"id\":{number}0,\"applied\":{{}}}}");
        repository.write(LOCK, lock("2026-11-01", &line));
        repository.finish_branch(name);
    }
    let merge = repository.merge("ann", "bob");
    assert!(!merge.is_clean, "{}", merge.said);
    assert!(
        merge.said.contains("`issues.hb-002.number` is `7` in `HEAD` and `8` in `bob`"),
        "{}",
        merge.said
    );
    repository
        .spawn(["check", "--quiet"])
        .ends_with(3)
        .says("unresolved merge conflict between `HEAD` and `bob`");
}

#[test]
fn an_id_that_github_knows_is_never_renumbered() {
    let repository = locked();
    repository.branch("ann", &[&["add", "issue", "Paint it", "--milestone", "HB-M1"]]);
    repository.git("checkout --quiet -b bob main").ends_with(0);
    repository.spawn(["add", "issue", "Oil it", "--milestone", "HB-M1"]).ends_with(0);
    let lines = "    \"hb-001\": {\"number\":1,\"id\":11,\"applied\":{}},\n    \"hb-004\": {\"number\":4,\"id\":44,\"applied\":{}}";
    repository.write(LOCK, lock("2026-11-01", lines));
    repository.finish_branch("bob");
    for (into, from) in [("ann", "bob"), ("bob", "ann")] {
        let merge = repository.merge(into, from);
        assert!(merge.is_clean, "{}", merge.said);
        assert_eq!(item(&merge.plan, "HB-004")["title"], "Oil it", "into {into}");
        assert_eq!(item(&merge.plan, "HB-005")["title"], "Paint it", "into {into}");
    }
    // A rebase tells the commit in the name of the side alone.
    repository.git("checkout --quiet -B moved bob").ends_with(0);
    repository.git(["-c", "core.hooksPath=/dev/null", "rebase", "--quiet", "ann"]).ends_with(0);
    assert_eq!(item(&repository.plan(), "HB-004")["title"], "Oil it");
}

#[test]
fn files_of_one_roadmap_share_their_ids() {
    let repository = Project::team();
    let plan = harbour();
    let milestones =
        json!({ "title": "Harbour", "milestones": plan["milestones"], "outputs": { "site": null } });
    repository.write("roadmap/a.json", pretty(&milestones));
    repository.write("roadmap/b.json", pretty(&json!({ "issues": plan["issues"] })));
    repository.write("roadmap/c.json", pretty(&json!({ "issues": [{ "id": "HB-010", "title": "Other", "milestone": "HB-M1", "state": "open" }] })));
    repository.set_up();
    let add = |file: &str, items: &[Value]| {
        let mut value: Value = serde_json::from_str(&repository.text(file)).expect("JSON");
        value["issues"].as_array_mut().expect("issues").extend(items.iter().cloned());
        repository.write(file, pretty(&value));
    };
    let issue =
        |id: &str, title: &str| json!({ "id": id, "title": title, "milestone": "HB-M1", "state": "open" });
    repository.git("checkout --quiet -b ann").ends_with(0);
    add("roadmap/b.json", &[issue("HB-011", "Ann's first")]);
    add("roadmap/c.json", &[issue("HB-012", "Ann's second")]);
    repository.finish_branch("ann");
    repository.git("checkout --quiet -b bob").ends_with(0);
    // The same id in the same file, and in another one; with references from one file into the other.
    let mut first = issue("HB-011", "Bob's first");
    first["body"] = "See HB-012.".into();
    add("roadmap/b.json", &[first, issue("HB-012", "Bob's second")]);
    let mut last = issue("HB-013", "Bob's last");
    last["blocked_by"] = json!(["HB-011", "HB-012"]);
    add("roadmap/c.json", &[last]);
    repository.finish_branch("bob");
    let merge = repository.merge("ann", "bob");
    assert!(merge.is_clean, "{}", merge.said);
    let all = ["roadmap/b.json", "roadmap/c.json"]
        .map(|file| serde_json::from_str::<Value>(&repository.text(file)).expect("JSON"));
    let all = json!({ "issues": all.iter().flat_map(|it| it["issues"].as_array().cloned().unwrap_or_default()).collect::<Vec<_>>() });
    let id = |title: &str| {
        let found = all["issues"].as_array().and_then(|all| all.iter().find(|it| it["title"] == title));
        found.unwrap_or_else(|| panic!("{title}"))["id"].as_str().expect("an id").to_owned()
    };
    assert_eq!((id("Ann's first").as_str(), id("Ann's second").as_str()), ("HB-011", "HB-012"));
    assert_eq!(item(&all, "HB-013")["blocked_by"], json!([id("Bob's first"), id("Bob's second")]));
    assert_eq!(item(&all, &id("Bob's first"))["body"], format!("See {}.", id("Bob's second")));
}

#[test]
fn what_cannot_be_read_is_merged_by_lines_and_no_side_is_lost() {
    let repository = Project::shared(&harbour());
    let base = repository.text(SOURCE);
    let commit = |name: &str, text: &str| {
        repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        repository.write(SOURCE, text);
        repository.git("add --all").ends_with(0);
        repository.git(["commit", "--quiet", "--no-verify", "--message", name]).ends_with(0);
    };
    // A doubled key, of which a parser would keep one value.
    commit(
        "ann",
        &base.replacen("\"title\": \"Harbour\"", "\"title\": \"Harbour\",\n  \"title\": \"Port\"", 1),
    );
    commit("bob", &base.replace("Buy a crane", "Buy two cranes"));
    commit("eve", &base.replacen("\"title\": \"Harbour\"", "\"title\": ,", 1));
    let run = repository.git("merge --no-verify --no-edit ann");
    run.says("`roadmap/plan.json`: a version of it cannot be read as a roadmap: merged line by line");
    let text = repository.text(SOURCE);
    assert!(text.contains("Harbour") || text.contains("title\": ,"), "{text}");
    assert!(text.contains("Port"), "{text}");
    repository.git("reset --quiet --hard").ends_with(0);
    repository.git("checkout --quiet bob").ends_with(0);
    repository.git("merge --no-verify --no-edit ann").ends_with(0);
    let text = repository.text(SOURCE);
    assert!(text.contains("Port") && text.contains("Harbour") && text.contains("two cranes"), "{text}");
}

#[test]
fn a_file_that_is_not_ours_is_no_generated_one() {
    let repository = Project::shared(&harbour());
    repository.write("notes.md", "one\n\ntwo\n\nthree\n");
    repository.write(".gitattributes", &(repository.text(".gitattributes") + "notes.md merge=roadbook\n"));
    repository.commit("notes").ends_with(0);
    for (name, old, new) in [("ann", "one", "1"), ("bob", "three", "3"), ("eve", "one", "I")] {
        repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        repository.write("notes.md", "one\n\ntwo\n\nthree\n".replace(old, new));
        repository.finish_branch(name);
    }
    assert!(repository.merge("ann", "bob").is_clean);
    assert_eq!(repository.text("notes.md"), "1\n\ntwo\n\n3\n");
    assert!(!repository.merge("ann", "eve").is_clean);
    let text = repository.text("notes.md");
    assert!(text.contains("<<<<<<< HEAD\n1\n=======\nI\n>>>>>>> eve\n"), "{text}");
}

#[test]
fn a_stale_merge_is_stopped_without_the_driver_too() {
    let repository = Project::shared(&harbour());
    repository.git("config --remove-section merge.roadbook").ends_with(0);
    repository.branch("ann", &[&["set", "HB-003", "blocked_by+=HB-002"]]);
    repository.branch("bob", &[&["set", "HB-001", "title=Build the long pier"]]);
    repository.git("checkout --quiet -b both ann").ends_with(0);
    let run = repository.git("merge --no-edit bob");
    if repository.git("ls-files --unmerged").out.is_empty() {
        run.ends_with(1).says("run `git commit --no-edit` to finish");
        repository.git("commit --no-edit --quiet").ends_with(0);
        repository.spawn(["check", "--quiet"]).ends_with(0);
    }
}

#[test]
fn no_filter_of_the_repository_runs_when_pages_are_staged() {
    let repository = Project::shared(&harbour());
    repository.branch("ann", &[&["set", "HB-003", "blocked_by+=HB-002"]]);
    repository.branch("bob", &[&["close", "HB-002", "--on", "2026-11-20"]]);
    repository.git("checkout --quiet ann").ends_with(0);
    repository.git("merge --quiet --no-commit bob");
    let trap = repository.path("ran");
    let command = format!("touch '{}'; cat", trap.display());
    repository.write(".git/info/attributes", "*.md filter=trap\n*.html filter=trap\n");
    for key in ["clean", "process"] {
        repository.git(["config", &format!("filter.trap.{key}"), &command]).ends_with(0);
    }
    repository.git("config filter.trap.required true").ends_with(0);
    repository.spawn(["merge", "--finish"]).ends_with(1).says("staged now");
    assert!(!trap.exists(), "a filter ran");
}

#[test]
fn a_source_that_is_edited_meanwhile_is_not_built_into_the_merge() {
    let repository = Project::shared(&harbour());
    repository.branch("ann", &[&["set", "HB-003", "blocked_by+=HB-002"]]);
    repository.git("checkout --quiet ann").ends_with(0);
    repository.spawn(["set", "HB-001", "title=Mine alone"]).ends_with(0);
    let before = repository.git("diff --cached").out;
    repository.spawn(["merge", "--finish"]).ends_with(0).says("has changes that are not staged");
    assert_eq!(repository.git("diff --cached").out, before);
    assert!(!repository.text("roadmap/SUMMARY.md").contains("Mine alone"));
}

#[test]
fn hooks_and_attributes_reach_folders_with_odd_names() {
    let repository = Project::team();
    let root = "my \"plans\" [x]'s";
    repository.write(&format!("{root}/roadmap/plan.json"), pretty(&harbour()));
    let folder = repository.path(root);
    let folder = folder.to_str().expect("Unicode");
    repository.spawn(["--root", folder, "init", "--merge", "--hook", "--yes", "--quiet"]).ends_with(0);
    repository.commit("base").ends_with(0);
    let attribute = |path: &str| {
        let path = format!("{root}/{path}");
        repository.git(["check-attr", "-z", "merge", "--", &path]).out.contains("roadbook\0")
    };
    assert!(
        attribute("roadmap/plan.json")
            && attribute("roadmap/SUMMARY.md")
            && attribute("site/issues/i-hb-001.html")
    );
    assert!(!attribute("README.md"));
    for (name, edit) in [("ann", "due_on=2026-12-05"), ("bob", "estimate=3")] {
        repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        repository.spawn(["--root", folder, "set", "HB-001", edit, "--build", "--quiet"]).ends_with(0);
        repository.commit(name).ends_with(0);
    }
    let run = repository.git("merge --no-edit ann");
    run.ends_with(1).says("run `git commit --no-edit` to finish");
    repository.git("commit --no-edit --quiet").ends_with(0);
    repository.spawn(["--root", folder, "check", "--quiet"]).ends_with(0);
    let plan: Value =
        serde_json::from_str(&repository.text(&format!("{root}/roadmap/plan.json"))).expect("JSON");
    assert_eq!(
        (&item(&plan, "HB-001")["due_on"], &item(&plan, "HB-001")["estimate"]),
        (&json!("2026-12-05"), &json!(3))
    );
}

#[test]
fn what_is_set_up_stays_as_it_is_a_second_time() {
    let repository = Project::shared(&harbour());
    let before = [".gitattributes", ".git/config", ".git/hooks/pre-merge-commit"]
        .map(|path| fs::read(repository.path(path)).expect("a file"));
    repository.spawn(["init", "--merge", "--hook", "--yes"]).ends_with(0).says("already set up");
    let after = [".gitattributes", ".git/config", ".git/hooks/pre-merge-commit"]
        .map(|path| fs::read(repository.path(path)).expect("a file"));
    assert_eq!(before, after);
    let text = repository.text(".gitattributes");
    assert!(text.contains("/roadmap/*.json merge=roadbook\n"), "{text}");
    assert!(text.contains("/site/** merge=roadbook linguist-generated\n"), "{text}");
}

#[test]
fn a_body_follows_its_issue_to_the_number_that_a_merge_gives_it() {
    let repository = Project::team();
    let plan = harbour();
    let milestones =
        json!({ "title": "Harbour", "milestones": plan["milestones"], "outputs": { "site": null } });
    repository.write("roadmap/a.json", pretty(&milestones));
    let issue =
        |id: &str, title: &str| json!({ "id": id, "title": title, "milestone": "HB-M1", "state": "open" });
    repository.write("roadmap/b.json", pretty(&json!({ "issues": [issue("HB-001", "First")] })));
    repository.write("roadmap/c.json", pretty(&json!({ "issues": [issue("HB-002", "Second")] })));
    repository.write("roadmap/bodies/HB-001.md", "The first.\n");
    repository.set_up();
    for (name, file, body) in [("ann", "b", "Of Ann, see HB-003.\n"), ("bob", "c", "Of Bob, see HB-003.\n")] {
        repository.git(format!("checkout --quiet -b {name} main")).ends_with(0);
        let path = format!("roadmap/{file}.json");
        let mut value: Value = serde_json::from_str(&repository.text(&path)).expect("JSON");
        value["issues"].as_array_mut().expect("issues").push(issue("HB-003", name));
        repository.write(&path, pretty(&value));
        repository.write("roadmap/bodies/HB-003.md", body);
        repository.finish_branch(name);
    }
    // git cannot merge two bodies that were added under one name: whoever merges keeps theirs or ours, and `--finish` gives each
    // issue its own again.
    for (ours, theirs) in [("ann", "bob"), ("bob", "ann")] {
        repository.git("reset --quiet --hard").ends_with(0);
        repository.git(format!("checkout --quiet -B into-{ours} {ours}")).ends_with(0);
        repository.git(format!("merge --no-edit {theirs}"));
        let left = repository.git("diff --name-only --diff-filter=U").out;
        assert_eq!(left, "roadmap/bodies/HB-003.md\n", "into {ours}");
        repository.git("checkout --ours roadmap/bodies/HB-003.md").ends_with(0);
        repository.git("add --all").ends_with(0);
        let run = repository.spawn(["merge", "--finish"]);
        run.ends_with(1).says("two files added `HB-003`");
        repository.git("commit --no-edit").ends_with(0);
        let source = |file: &str| -> Value {
            serde_json::from_str(&repository.text(&format!("roadmap/{file}.json"))).expect("JSON")
        };
        for (name, file) in [("ann", "b"), ("bob", "c")] {
            let id = source(file)["issues"][1]["id"].as_str().expect("an id").to_owned();
            let body = repository.text(&format!("roadmap/bodies/{id}.md"));
            assert!(
                body.starts_with(if name == "ann" { "Of Ann" } else { "Of Bob" }),
                "{name}, {id}: {body}"
            );
        }
        assert_eq!(repository.text("roadmap/bodies/HB-001.md"), "The first.\n");
        repository.spawn(["check", "--quiet"]).ends_with(0);
        assert_eq!(repository.git("status --porcelain").out, "");
    }
}
