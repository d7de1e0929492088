//! `pin` and `upgrade`.

use crate::support::{Project, SOURCE};

#[test]
fn pin_writes_made_ids_and_nothing_else() {
    let source = "\u{feff}{\r\n\t\"milestones\": [ { \"title\" : \"Ship it!\" } ],\r\n\t\"issues\": [\r\n\t\t{\r\n\t\t\t\"title\": \"Write it\",\r\n\t\t\t\"estimate\": 1.50\r\n\t\t},\r\n\t\t{ \"title\": \"A-1: has one\" },\r\n\t\t{\"title\":\"Größe\"}\r\n\t]\r\n}";
    let project = Project::whole(source);
    let dry = project.run("pin --dry-run").ends_with(0);
    assert!(dry.out.contains("+\t\t\t\"id\": \"write-it\",\r\n"), "{}", dry.out);
    assert_eq!(dry.err, "nothing was written\n");
    assert_eq!(project.text(SOURCE), source);
    assert_eq!(
        project.run("pin").ends_with(0).err,
        "pinned 3 ids in 1 file\nrun `roadbook build` to update the documents\n"
    );
    let pinned = source
        .replace("{ \"title\" : \"Ship", "{ \"id\" : \"ship-it\", \"title\" : \"Ship")
        .replace("\t\t\t\"title\": \"Write", "\t\t\t\"id\": \"write-it\",\r\n\t\t\t\"title\": \"Write")
        .replace("{\"title\":\"Größe\"}", "{\"id\":\"grosse\",\"title\":\"Größe\"}");
    assert_eq!(project.text(SOURCE), pinned);
    assert_eq!(project.run("pin").ends_with(0).err, "nothing to pin: no id is made from a title\n");
}

#[test]
fn pin_writes_into_the_file_that_holds_the_item() {
    let project = Project::whole(r#"{ "issues": [{ "title": "One" }] }"#);
    project.write(
        "roadmap/second.json",
        "{\n  \"issues\": [\n    { \"id\": null, \"title\": \"Two\" }\n  ]\n}\n",
    );
    assert_eq!(
        project.run("pin").ends_with(0).err,
        "pinned 2 ids in 2 files\nrun `roadbook build` to update the documents\n"
    );
    assert_eq!(project.text(SOURCE), r#"{ "issues": [{ "id": "one", "title": "One" }] }"#);
    assert_eq!(
        project.text("roadmap/second.json"),
        "{\n  \"issues\": [\n    { \"id\": \"two\", \"title\": \"Two\" }\n  ]\n}\n"
    );
}

#[test]
fn edits_are_refused_where_nothing_can_be_written() {
    let project = Project::whole(r#"{ "issues": [{ "title": "Same" }, { "title": "Same" }] }"#);
    for verb in ["pin", "upgrade"] {
        let run = project.run(verb).ends_with(3);
        assert!(run.err.contains("error"), "{}", run.err);
        let run = project.run(format!("{verb} --roadmap -")).ends_with(2);
        assert!(run.err.contains("standard input cannot be written to"), "{}", run.err);
    }
    assert_eq!(project.text(SOURCE), r#"{ "issues": [{ "title": "Same" }, { "title": "Same" }] }"#);
}

#[test]
fn upgrade_moves_the_pin_and_builds() {
    let project =
        Project::whole("{\n  \"roadbook\": \"0.0\",\n  \"issues\": [{ \"title\": \"A-1: x\" }]\n}\n");
    project.run("build").ends_with(3);
    let dry = project.run("upgrade --dry-run").ends_with(0);
    assert!(dry.out.contains("-  \"roadbook\": \"0.0\",\n+  \"roadbook\": \"0.1\",\n"), "{}", dry.out);
    assert!(dry.err.starts_with("would move the roadmap from Roadbook 0.0 to Roadbook 0.1"), "{}", dry.err);
    let run = project.run("upgrade").ends_with(0);
    assert!(run.err.starts_with("moved the roadmap from Roadbook 0.0 to Roadbook 0.1\n"), "{}", run.err);
    assert!(project.text("roadmap/SUMMARY.md").contains("A-1"));
    let run = project.run("upgrade").ends_with(0);
    assert!(run.err.starts_with("the roadmap is pinned to Roadbook 0.1 already\n"), "{}", run.err);
}

#[test]
fn upgrade_adds_a_pin_after_the_schema() {
    let project =
        Project::whole("{\n  \"$schema\": \"s.json\",\n  \"issues\": [{ \"title\": \"A-1: x\" }]\n}\n");
    project.write("roadmap/a.json", "{ \"issues\": [] }\n");
    project.run("upgrade --roadmap roadmap/plan.json").ends_with(0);
    assert!(
        project
            .text(SOURCE)
            .starts_with("{\n  \"$schema\": \"s.json\",\n  \"roadbook\": \"0.1\",\n  \"issues\"")
    );
}

#[test]
fn upgrade_does_not_move_a_roadmap_back() {
    let project = Project::whole(r#"{ "roadbook": "9.0", "issues": [{ "title": "A-1: x" }] }"#);
    let run = project.run("upgrade").ends_with(2);
    assert!(run.err.contains("pinned to Roadbook 9.0, and this is Roadbook 0.1"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leaves_the_root() {
    let project = Project::whole("{}");
    let elsewhere = Project::whole(r#"{ "issues": [{ "title": "One" }] }"#);
    std::fs::remove_file(project.path(SOURCE)).expect("it goes");
    std::os::unix::fs::symlink(elsewhere.path(SOURCE), project.path(SOURCE)).expect("a link");
    let run = project.run("pin").ends_with(3);
    assert!(run.err.contains("leads out of the root"), "{}", run.err);
}
