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
