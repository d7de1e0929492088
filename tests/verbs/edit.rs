//! `pin` and `upgrade`.

use crate::harness::{SOURCE, World};

#[test]
fn pin_writes_made_ids_and_nothing_else() {
    let source = "\u{feff}{\r\n\t\"milestones\": [ { \"title\" : \"Ship it!\" } ],\r\n\t\"issues\": [\r\n\t\t{\r\n\t\t\t\"title\": \"Write it\",\r\n\t\t\t\"estimate\": 1.50\r\n\t\t},\r\n\t\t{ \"title\": \"A-1: has one\" },\r\n\t\t{\"title\":\"Größe\"}\r\n\t]\r\n}";
    let world = World::new(source);
    let dry = world.run("pin --dry-run").code(0);
    assert!(dry.out.contains("+\t\t\t\"id\": \"write-it\",\r\n"), "{}", dry.out);
    assert_eq!(dry.err, "nothing was written\n");
    assert_eq!(world.read(SOURCE), source);
    assert_eq!(
        world.run("pin").code(0).err,
        "pinned 3 ids in 1 file\nrun `roadbook build` to bring the documents up to it\n"
    );
    let pinned = source
        .replace("{ \"title\" : \"Ship", "{ \"id\" : \"ship-it\", \"title\" : \"Ship")
        .replace("\t\t\t\"title\": \"Write", "\t\t\t\"id\": \"write-it\",\r\n\t\t\t\"title\": \"Write")
        .replace("{\"title\":\"Größe\"}", "{\"id\":\"grosse\",\"title\":\"Größe\"}");
    assert_eq!(world.read(SOURCE), pinned);
    assert_eq!(world.run("pin").code(0).err, "nothing to pin: no id is made from a title\n");
}

#[test]
fn pin_writes_into_the_file_that_holds_the_item() {
    let world = World::new(r#"{ "issues": [{ "title": "One" }] }"#);
    world.write(
        "roadmap/second.json",
        "{\n  \"issues\": [\n    { \"id\": null, \"title\": \"Two\" }\n  ]\n}\n",
    );
    assert_eq!(
        world.run("pin").code(0).err,
        "pinned 2 ids in 2 files\nrun `roadbook build` to bring the documents up to it\n"
    );
    assert_eq!(world.read(SOURCE), r#"{ "issues": [{ "id": "one", "title": "One" }] }"#);
    assert_eq!(
        world.read("roadmap/second.json"),
        "{\n  \"issues\": [\n    { \"id\": \"two\", \"title\": \"Two\" }\n  ]\n}\n"
    );
}

#[test]
fn edits_are_refused_where_nothing_can_be_written() {
    let world = World::new(r#"{ "issues": [{ "title": "Same" }, { "title": "Same" }] }"#);
    for verb in ["pin", "upgrade"] {
        let run = world.run(verb).code(3);
        assert!(run.err.contains("fault"), "{}", run.err);
        let run = world.run(&format!("{verb} --roadmap -")).code(2);
        assert!(run.err.contains("standard input cannot be written to"), "{}", run.err);
    }
    assert_eq!(world.read(SOURCE), r#"{ "issues": [{ "title": "Same" }, { "title": "Same" }] }"#);
}

#[test]
fn upgrade_moves_the_pin_and_builds() {
    let world = World::new("{\n  \"roadbook\": \"0.0\",\n  \"issues\": [{ \"title\": \"A-1: x\" }]\n}\n");
    world.run("build").code(3);
    let dry = world.run("upgrade --dry-run").code(0);
    assert!(dry.out.contains("-  \"roadbook\": \"0.0\",\n+  \"roadbook\": \"0.1\",\n"), "{}", dry.out);
    assert!(dry.err.starts_with("would move the roadmap from Roadbook 0.0 to Roadbook 0.1"), "{}", dry.err);
    let run = world.run("upgrade").code(0);
    assert!(run.err.starts_with("moved the roadmap from Roadbook 0.0 to Roadbook 0.1\n"), "{}", run.err);
    assert!(world.read("roadmap/SUMMARY.md").contains("A-1"));
    let run = world.run("upgrade").code(0);
    assert!(run.err.starts_with("the roadmap is pinned to Roadbook 0.1 already\n"), "{}", run.err);
}

#[test]
fn upgrade_adds_a_pin_after_the_schema() {
    let world = World::new("{\n  \"$schema\": \"s.json\",\n  \"issues\": [{ \"title\": \"A-1: x\" }]\n}\n");
    world.write("roadmap/a.json", "{ \"issues\": [] }\n");
    world.run("upgrade --roadmap roadmap/roadmap.json").code(0);
    assert!(
        world
            .read(SOURCE)
            .starts_with("{\n  \"$schema\": \"s.json\",\n  \"roadbook\": \"0.1\",\n  \"issues\"")
    );
}

#[test]
fn upgrade_does_not_move_a_roadmap_back() {
    let world = World::new(r#"{ "roadbook": "9.0", "issues": [{ "title": "A-1: x" }] }"#);
    let run = world.run("upgrade").code(2);
    assert!(run.err.contains("pinned to Roadbook 9.0, and this is Roadbook 0.1"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leaves_the_root() {
    let world = World::new("{}");
    let elsewhere = World::new(r#"{ "issues": [{ "title": "One" }] }"#);
    std::fs::remove_file(world.path(SOURCE)).expect("it goes");
    std::os::unix::fs::symlink(elsewhere.path(SOURCE), world.path(SOURCE)).expect("a link");
    let run = world.run("pin").code(3);
    assert!(run.err.contains("leads out of the root"), "{}", run.err);
}
