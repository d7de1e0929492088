//! What refusals and findings advise: that it names what is wrong, and that it works.

use std::path::{Path, PathBuf};

use roadbook::internals::io::{Disk, Entry, Failure, Files};

use crate::support::{Project, SOURCE};

const ONE: &str =
    r#"{ "milestones": [{ "id": "M-1", "title": "m" }], "issues": [{ "id": "A-1", "title": "a" }] }"#;

#[test]
fn a_repair_that_is_named_repairs() {
    let project = Project::whole(ONE);
    project.run(["build", "-q"]).ends_with(0);
    project.write("roadmap/SUMMARY.md", "by hand\n");
    project.remove("roadmap/LABELS.md");
    let run = project.run(["check"]).ends_with(1);
    let repair = "to fix: roadbook build --adopt roadmap/SUMMARY.md\n";
    assert!(run.err.ends_with(repair), "{}", run.err);
    project.run(["build", "--adopt", "roadmap/SUMMARY.md"]).ends_with(0);
    project.run(["check"]).ends_with(0);
}

#[test]
fn a_title_that_is_none_is_needed() {
    let project = Project::whole(&ONE.replace(r#""title": "a""#, r#""title": null"#));
    let run = project.run(["check"]).ends_with(3).says("a title is needed: write a string");
    assert!(!run.err.contains("leave the key out"), "{}", run.err);
    let project = Project::whole(ONE);
    project.run(["set", "A-1", "title="]).ends_with(1).says("a title is needed: write a string");
}

#[test]
fn a_source_that_is_not_added_is_to_be_added() {
    let project = Project::repository();
    project.write("other.txt", "x");
    project.write(SOURCE, ONE);
    project.git("rm --quiet --cached -r --ignore-unmatch .");
    let run = project.spawn(["check", "--staged"]).ends_with(3);
    let run = run.says(&format!("`{SOURCE}` is not in git's index")).says(&format!("git add {SOURCE}"));
    assert!(!run.err.contains("no roadmap found"), "{}", run.err);
    project.git(format!("add {SOURCE}"));
    let run = project.spawn(["check", "--staged"]);
    assert!(!run.err.contains("git's index"), "{}", run.err);
}

/// A disk with a JSON that may not be read.
struct Locked(Disk);

impl Files for Locked {
    fn here(&self) -> &Path {
        self.0.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        self.0.entry(path)
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        if path.ends_with(SOURCE) {
            let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
            return Err(Failure::files("read", path, &denied));
        }
        self.0.read(path)
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.0.list(folder)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.0.walk(folder)
    }

    fn survey(&self, folder: &Path, enters: &dyn Fn(&str) -> bool) -> Result<Vec<(String, u64)>, Failure> {
        self.0.survey(folder, enters)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        self.0.real(path)
    }
}

#[test]
fn a_source_that_may_not_be_read_is_told_with_the_reason() {
    let project = Project::whole(ONE);
    let run = project.run_on(&Locked(project.disk()), b"", ["try"]).ends_with(3);
    run.says("no roadmap found: cannot read `").says("plan.json`: permission denied");
}

#[test]
fn what_stands_where_a_roadmap_would_begin_is_named_with_what_it_is() {
    let project = Project::repository();
    project.save("roadmap/r.json", " \n");
    let run = project.spawn(["init", "--yes"]).ends_with(3);
    run.says("`roadmap/r.json` is there already, and is empty").says("delete it");
    project.save("roadmap/r.json", "{}");
    let run = project.spawn(["init", "--yes"]).ends_with(3).says("lists no milestones and issues");
    run.says("`roadbook init --roadmap roadmap/r.json` takes it for one");
    project.spawn(["init", "--yes", "--roadmap", "roadmap/r.json"]).says("empty-roadmap");
    assert!(project.text("roadmap/r.json").contains("$schema"));
    let project = Project::repository();
    project.save("roadmap/r.json/x.txt", "");
    project.spawn(["init", "--yes"]).ends_with(3).says("`roadmap/r.json` is there already, and is a folder");
}

#[test]
fn an_issue_is_closed_for_a_reason_that_closes() {
    let project = Project::whole(ONE);
    for reason in ["foo", "reopened"] {
        let run = project.run(["close", "A-1", "--reason", reason]).ends_with(2);
        run.says("write one of `completed`, `not_planned`, `duplicate`\n");
    }
    project.run(["close", "A-1", "--reason", "not-planned"]).ends_with(0);
}

#[test]
fn a_key_that_set_does_not_change_is_edited_in_its_file() {
    let project = Project::whole(ONE);
    for line in ["set roadmap docs+=g.md", "set roadmap site={}", "set roadmap --unset docs"] {
        let run = project.run(line).ends_with(2).says("is a key of the source that `set` does not change");
        run.says(&format!("edit it in `{SOURCE}`"));
    }
    project.run("set roadmap dox=x").ends_with(2).says("unknown field `dox`");
}

#[test]
fn the_help_of_add_tells_the_state_that_it_writes() {
    let help = |kind: &str| {
        let out = Project::empty().run(["add", kind, "--help"]).ends_with(0).out;
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = "[default: left to GitHub; `open` where no `repository` is given]";
    assert!(help("issue").contains(said), "{}", help("issue"));
    assert!(help("milestone").contains("[default: left to GitHub]"), "{}", help("milestone"));
    for (repository, is_open) in [("", true), (r#""repository": "o/r", "#, false)] {
        let project = Project::whole(&ONE.replacen("{ ", &format!("{{ {repository}"), 1));
        project.run(["add", "issue", "New"]).ends_with(0);
        assert_eq!(project.text(SOURCE).contains(r#""state": "open""#), is_open, "{repository}");
    }
}

/// A roadmap below the top of a repository, built and not added.
fn deep() -> Project {
    let project = Project::repository();
    for file in [SOURCE, "roadmap/roadbook.lock.json"] {
        if project.has(file) {
            project.remove(file);
        }
    }
    project.write("services/api/roadmap/q.json", ONE);
    project.git("add --all");
    project.git("commit --quiet --message all");
    project
}

#[test]
fn a_command_that_is_told_works_where_one_stands() {
    let project = deep();
    let run = project.run(["check", "--root", "services/api"]).ends_with(1);
    assert!(run.err.contains("`roadbook --root services/api build` writes it"), "{}", run.err);
    assert!(run.err.ends_with("to fix: roadbook --root services/api build\n"), "{}", run.err);
    project.run(["--root", "services/api", "build", "-q"]).ends_with(0);
    for folder in ["services/api/roadmap", "services/api", "services"] {
        let words: &[&str] = if folder == "services" { &["check", "--root", "api"] } else { &["check"] };
        let run = project.spawn_in(folder, words).ends_with(1);
        let told: Vec<_> = run.err.lines().filter_map(|line| line.split_once("track it: git ")).collect();
        assert!(!told.is_empty(), "{}", run.err);
        for (_, command) in told {
            project.git_in(folder, command).ends_with(0);
        }
        project.spawn_in(folder, words).ends_with(0);
        project.git("reset --quiet");
        let run = project.spawn_in(folder, words).ends_with(1);
        let fix = run.err.lines().find_map(|line| line.strip_prefix("to fix: git ")).expect("a repair");
        project.git_in(folder, fix).ends_with(0);
        project.spawn_in(folder, words).ends_with(0);
        project.git("reset --quiet");
    }
    let run = project.run("close A-1 --roadmap services/api/roadmap/q.json").ends_with(0);
    assert!(run.err.contains("run `roadbook --roadmap services/api/roadmap/q.json build` to"), "{}", run.err);
    project.write("services/api/roadmap/SUMMARY.md", "by hand\n");
    let run = project.spawn_in("services/api/roadmap", "check").ends_with(1);
    assert!(run.err.contains("to fix: roadbook build --adopt ../roadmap/SUMMARY.md\n"), "{}", run.err);
    assert!(run.err.contains("`roadbook build --adopt ../roadmap/SUMMARY.md` replaces it"), "{}", run.err);
    let run = project.spawn_in("services/api/roadmap", "build --adopt ../roadmap/SUMMARY.md").ends_with(0);
    assert!(
        run.err.contains("to undo: mv ../roadmap/SUMMARY.md.before-roadbook ../roadmap/SUMMARY.md\n"),
        "{}",
        run.err
    );
}

#[test]
fn a_plan_is_named_from_where_one_stands_and_begins_a_roadmap_at_the_top() {
    let project = deep();
    project.git("rm --quiet -r services");
    project.write("ROADMAP.md", "# Roadmap\n\n## M1\n\n- [ ] a\n- [x] b\n");
    project.write("sub/x", "");
    let import = "roadbook import ../ROADMAP.md --out ../roadmap/milestones_and_issues.json";
    assert!(project.spawn_in("sub", "try --no-open").ends_with(0).out.contains(import));
    project.spawn_in("sub", "init").ends_with(2).says(import).says("`roadbook try ../ROADMAP.md`");
    project.spawn_in("sub", import.trim_start_matches("roadbook ")).ends_with(0);
    assert!(project.has("roadmap/milestones_and_issues.json"));
}

#[test]
fn a_source_that_has_to_be_named_is_named_in_the_repair() {
    let project = deep();
    project.git("rm --quiet -r services");
    project.write("docs/planning/data.json", ONE.replacen('{', r#"{ "foo": 1,"#, 1));
    let fix = "roadbook check --fix --roadmap docs/planning/data.json\n";
    assert!(project.run("try --no-open").ends_with(0).out.contains(fix));
    project.run("init").says("`roadbook --roadmap docs/planning/data.json check --fix` fixes it");
    project.run("check --fix --roadmap docs/planning/data.json");
    project.run("init --yes").ends_with(0);
}

#[test]
fn what_git_ignores_is_told_before_a_commit_is() {
    let project = deep();
    project.git("rm --quiet -r services");
    project.write(SOURCE, ONE);
    project.write(".gitignore", "*.json\n*.md\n");
    let run = project.spawn("check --staged").ends_with(3);
    run.says(&format!("git add --force {SOURCE}"));
    let run = project.spawn("init --yes").ends_with(0);
    assert!(run.err.contains(&format!("note: git ignores `{SOURCE}` and 3 more files")), "{}", run.err);
    let next = run.err.lines().find_map(|line| line.strip_prefix("next: git ")).expect("a next step");
    project.git(next.split(" && ").next().expect("a command")).ends_with(0);
    project.git("add --all");
    project.spawn("check --staged").ends_with(0);
}

#[test]
fn a_plan_for_no_repository_names_none() {
    let run = Project::whole(ONE).run("plan --offline --format json");
    assert!(run.json()["repository"].is_null(), "{}", run.out);
}

#[test]
fn an_item_that_is_sought_among_others_is_told_to_be_one_of_them() {
    let project = Project::whole(ONE);
    assert!(project.run("show m").ends_with(0).out.starts_with("M-1  m\n"));
    project.run("list --milestone A-1").ends_with(2).says("`A-1` is an issue");
    project.run("list --milestone nothing").ends_with(2).says("`roadbook list milestones` shows them");
    project.run("templates nowhere --diff").ends_with(2).says("there is no `nowhere`");
}

#[test]
fn what_git_refuses_is_told_as_git_says_it() {
    let project = Project::repository();
    project.write(SOURCE, ONE);
    project.git("add --all").ends_with(0);
    project.git("commit --quiet --message all").ends_with(0);
    let mut command = project.process("merge --finish");
    let run = project.finish(command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"));
    assert!(run.err.contains("dubious ownership"), "{}", run.err);
    assert!(!run.err.contains("not staged"), "{}", run.err);
}
