//! Bodies as files: `bodies split` and `join`, findings in a body's own file, and the edits that keep to it.

use crate::support::{Project, Run, SOURCE};

const PLAN: &str = r#"{
  "milestones": [{ "id": "M-1", "title": "One" }],
  "issues": [
    { "id": "A-1", "title": "x", "milestone": "M-1", "body": "First.\n\nSee A-2 and A-9.", "labels": ["bug"] },
    { "title": "A-2: y", "body": "Second.\n" },
    { "title": "A-3: z" }
  ]
}
"#;

const ONE: &str = "roadmap/bodies/A-1.md";
const TWO: &str = "roadmap/bodies/A-2.md";

fn split() -> Project {
    let project = Project::whole(PLAN);
    project.run("bodies split").ends_with(0);
    project
}

#[test]
fn bodies_go_into_files_and_come_back_byte_for_byte() {
    let project = Project::whole(PLAN);
    let dry = project.run("bodies split --dry-run").ends_with(0);
    assert!(
        dry.out.contains("new file mode") && dry.out.contains("+++ b/roadmap/bodies/A-1.md"),
        "{}",
        dry.out
    );
    assert_eq!(project.text(SOURCE), PLAN, "a dry run writes nothing");
    assert!(!project.path(ONE).exists());

    let run = project.run("bodies split").ends_with(0);
    assert!(run.err.contains("moved 2 bodies out of the JSON\n"), "{}", run.err);
    assert_eq!(project.text(ONE), "First.\n\nSee A-2 and A-9.\n");
    assert_eq!(project.text(TWO), "Second.\n\n", "what ends a file's last line is not the body's");
    assert!(!project.text(SOURCE).contains("body"), "{}", project.text(SOURCE));
    assert_eq!(project.run("bodies split").ends_with(0).err, "nothing to change\n");
    let shown = project.run("show A-1 --format json").ends_with(0).json();
    assert_eq!(shown["items"][0]["body"], "First.\n\nSee A-2 and A-9.");

    project.run("bodies join A-2").ends_with(0);
    assert!(project.path(ONE).exists() && !project.path(TWO).exists());
    project.run("bodies join").ends_with(0);
    assert_eq!(project.text(SOURCE), PLAN);
    assert!(!project.path("roadmap/bodies").exists(), "an empty folder goes");
}

#[test]
fn what_was_interrupted_is_finished_and_nothing_is_written_over() {
    // Both places have the text: whichever way is taken again ends it.
    for (verb, left) in [("split", true), ("join", false)] {
        let project = Project::whole(PLAN);
        project.write(TWO, "Second.\n\n");
        let check = project.run("check").ends_with(3);
        assert!(
            check.err.contains("body-twice") && check.err.contains("roadmap/bodies/A-2.md"),
            "{}",
            check.err
        );
        assert!(check.err.contains("roadmap/plan.json:5:"), "{}", check.err);
        project.run(format!("bodies {verb} A-2")).ends_with(0);
        assert_eq!(
            (project.path(TWO).exists(), project.text(SOURCE).contains("Second")),
            (left, !left),
            "{verb}"
        );
    }
    let project = Project::whole(PLAN);
    project.write("roadmap/bodies/a-2.md", "Mine.\n");
    for verb in ["split", "join"] {
        let run = project.run(format!("bodies {verb}")).ends_with(3);
        assert!(run.err.contains("another text than the JSON: `roadmap/bodies/a-2.md`"), "{}", run.err);
        assert_eq!(
            (project.text(SOURCE), project.path(ONE).exists()),
            (PLAN.to_owned(), false),
            "all or none"
        );
    }
}

#[test]
fn bodies_that_cannot_have_a_file_stay_and_are_counted() {
    let plan = r#"{ "issues": [{ "title": "No id", "body": "a" }, { "id": "CON", "title": "b", "body": "b" },
        { "id": "A-1", "title": "c", "body": "\ufeffc" }, { "id": "A-2", "title": "d", "body" :"d" , "state": "open" }] }"#;
    let project = Project::whole(plan);
    let run = project.run("bodies split").ends_with(0);
    for why in ["made from a title", "reserves such", "begin with", "byte for byte"] {
        assert!(
            run.err.contains(&format!("1 body stays in the JSON: {why}")) || run.err.contains(why),
            "{}",
            run.err
        );
    }
    assert_eq!(project.text(SOURCE), plan);
}

#[test]
fn findings_in_a_body_have_the_line_of_its_file() {
    let project = split();
    let run = project.run("check");
    assert!(run.err.contains("roadmap/bodies/A-1.md:3:13"), "{}", run.err);
    let json = project.run("check --format json").json();
    let found = json["findings"].as_array().expect("a list");
    let found = found.iter().find(|it| it["code"] == "unknown-id").expect("it is found");
    assert_eq!(
        (&found["file"], &found["line"], &found["column"]),
        (&ONE.into(), &3.into(), &13.into()),
        "{found}"
    );
    let github = project.run("check --format github").out;
    assert!(github.contains("file=roadmap/bodies/A-1.md,line=3,col=13"), "{github}");
    let sarif = project.run("check --format sarif").json();
    let place = &sarif["runs"][0]["results"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|it| it["ruleId"] == "unknown-id");
    let place = &place.expect("it is found")["locations"][0]["physicalLocation"];
    assert_eq!((&place["artifactLocation"]["uri"], &place["region"]["startLine"]), (&ONE.into(), &3.into()));
}

#[test]
fn a_byte_order_mark_and_line_ends_are_the_files() {
    let project = split();
    project.write(ONE, "\u{feff}First.\r\n\r\nSee A-2 and A-9.\r\n");
    assert!(project.run("check").err.contains("roadmap/bodies/A-1.md:3:13"));
    let shown = project.run("show A-1 --format json").ends_with(0).json();
    assert_eq!(shown["items"][0]["body"], "First.\r\n\r\nSee A-2 and A-9.");
    project.run(["set", "A-1", "body=One\ntwo"]).ends_with(0);
    assert_eq!(project.text(ONE), "\u{feff}One\r\ntwo\r\n");
}

#[test]
fn fixes_change_the_file_at_their_place_and_nothing_else() {
    let project = split();
    let json = project.text(SOURCE);
    project.write(ONE, "One\u{7}.\n\n  Two\u{7}\n");
    let run = project.run("check --format json").json();
    let found =
        run["findings"].as_array().expect("a list").iter().find(|it| it["code"] == "control-character");
    assert_eq!(found.expect("it is found")["column"], 4);
    project.run("check --fix=all --yes");
    assert_eq!((project.text(ONE), project.text(SOURCE)), ("One.\n\n  Two\n".to_owned(), json));
    // What looks like JSON is a body all the same.
    project.write(ONE, "\"x\u{7}\",\n");
    project.run("check --fix=all --yes");
    assert_eq!(project.text(ONE), "\"x\",\n");
}

#[test]
fn a_file_of_no_issue_is_told_with_the_nearest_one() {
    let project = split();
    for (name, words) in [
        ("A-11.md", "did you mean `A-1.md`?"),
        ("M-1.md", "delete it"),
        ("deep/A-3.md", "put it right into the folder `bodies`, as `A-3.md`"),
        ("A-3.markdown", "put it right into the folder `bodies`, as `A-3.md`"),
    ] {
        project.write(&format!("roadmap/bodies/{name}"), "x\n");
        let run = project.run("check");
        let said = format!("`roadmap/bodies/{name}` is the body of no issue");
        assert!(run.err.contains(&said) && run.err.contains(words), "{name}: {}", run.err);
        std::fs::remove_file(project.path(&format!("roadmap/bodies/{name}"))).expect("it goes");
    }
    // A picture beside them is nobody's body, and a folder's own notes are not looked at.
    project.write("roadmap/bodies/plan.svg", "<svg/>");
    project.write("roadmap/bodies/.#A-1.md", "x");
    assert!(!project.run("check").err.contains("unowned-body"));
}

#[test]
fn what_is_no_text_is_told_with_its_place() {
    let project = split();
    std::fs::write(project.path(ONE), b"ok\n\xff\n").expect("it is written");
    let run = project.run("check").ends_with(3);
    assert!(run.err.contains("roadmap/bodies/A-1.md:2:1") && run.err.contains("not UTF-8"), "{}", run.err);
    std::fs::write(project.path(ONE), b"\xff\xfea\0").expect("it is written");
    assert!(project.run("build").ends_with(3).err.contains("UTF-16"));
}

#[cfg(unix)]
#[test]
fn no_body_is_read_through_a_link() {
    let project = split();
    project.write("secret", "S3CRET\n");
    for (from, to) in [(TWO, "../../secret"), (TWO, "A-1.md"), ("roadmap/bodies", "../elsewhere")] {
        let project = split();
        project.write("secret", "S3CRET\n");
        project.write("elsewhere/A-1.md", "S3CRET\n");
        let place = project.path(from);
        if place.is_dir() {
            std::fs::remove_dir_all(&place).expect("it goes");
        } else {
            std::fs::remove_file(&place).expect("it goes");
        }
        std::os::unix::fs::symlink(to, &place).expect("a link");
        let run = project.run("build");
        let said = run.err.contains("is a link, and bodies are not read through links");
        assert!(run.code == 3 && said, "{from}: {}", run.err);
        let shown = project.run("show A-2 --format json").out;
        assert!(!shown.contains("S3CRET"), "{shown}");
    }
}

#[test]
fn edits_of_a_body_go_where_it_is() {
    let project = split();
    let says_file = |run: Run, words: &str| drop(run.ends_with(0).says(&format!("{words}\n")));
    says_file(project.run(["set", "A-2", "body=Other\ntext"]), &format!("changed `A-2` in `{TWO}`: `body`"));
    assert_eq!(project.text(TWO), "Other\ntext\n");
    assert!(!project.text(SOURCE).contains("body"));
    // Most bodies have files: so does a new one.
    project.run(["set", "A-3", "body=Third"]).ends_with(0);
    assert_eq!(project.text("roadmap/bodies/A-3.md"), "Third\n");
    project.run(["add", "issue", "New", "--body", "Fourth"]).ends_with(0);
    assert_eq!(project.text("roadmap/bodies/A-4.md"), "Fourth\n");
    let run = project.run(["set", "A-2", "body=Two", "state=closed", "--format", "json"]).ends_with(0).json();
    let done = format!("changed `A-2` in `{SOURCE}` and `{TWO}`: ");
    assert!(run["done"][0].as_str().is_some_and(|it| it.starts_with(&done)), "{run}");
    says_file(project.run("set A-2 --unset body"), &format!("changed `A-2` in `{TWO}`: `body`"));
    assert!(!project.path(TWO).exists());
    // Where most are in the JSON, so is a new one.
    let json = Project::whole(PLAN);
    json.run(["set", "A-3", "body=Third"]).ends_with(0);
    assert!(json.text(SOURCE).contains("\"body\": \"Third\"") && !json.path("roadmap/bodies").exists());
}

#[test]
fn a_new_id_takes_its_file_along() {
    let project = split();
    let run = project.run("rename A-1 A-7").ends_with(0);
    assert!(!run.err.contains("A-1.md"), "{}", run.err);
    assert_eq!(project.text("roadmap/bodies/A-7.md"), "First.\n\nSee A-2 and A-9.\n");
    assert!(!project.path(ONE).exists());
    let run = project.run("rename A-2 A-8 --texts").ends_with(0);
    assert!(run.err.contains("renamed"), "{}", run.err);
    assert_eq!(project.text("roadmap/bodies/A-7.md"), "First.\n\nSee A-8 and A-9.\n");
    assert_eq!(project.text("roadmap/bodies/A-8.md"), "Second.\n\n");
    assert!(!project.run("check").err.contains("unowned-body"));
    project.write("roadmap/bodies/A-5.md", "Whose?\n");
    let run = project.run("rename A-7 A-5").ends_with(2);
    assert!(run.err.contains("roadmap/bodies/A-5.md"), "{}", run.err);
    assert_eq!(project.text("roadmap/bodies/A-5.md"), "Whose?\n");
    let own = Project::whole(&PLAN.replace("See A-2", "A-1 needs A-2"));
    own.run("bodies split").ends_with(0);
    own.run("rename A-1 A-7 --texts").ends_with(0);
    assert_eq!(own.text("roadmap/bodies/A-7.md"), "First.\n\nA-7 needs A-2 and A-9.\n");
}

#[test]
fn an_order_of_keys_and_a_spelling_of_their_own_come_back_too() {
    for plan in [
        r#"{"issues":[{"body":"caf\u00e9 \ud83c\udf89","title":"A-1: x","labels":["a"]},{"title":"A-2: y","labels":["a"],"body":"b"}]}"#,
        "{\n\t\"issues\": [\n\t\t{\n\t\t\t\"title\": \"A-1: x\",\r\n\t\t\t\"state\": \"open\",\n\t\t\t\"body\": \"é\\u0007\"\n\t\t}\n\t]\n}",
    ] {
        let project = Project::whole(plan);
        project.run("bodies split").ends_with(0);
        assert!(!project.text(SOURCE).contains("\"body\""), "{}", project.text(SOURCE));
        assert!(project.text("roadmap/roadbook.bodies.json").contains("A-1"));
        project.run("bodies join").ends_with(0);
        assert_eq!(project.text(SOURCE), plan);
        assert!(!project.path("roadmap/roadbook.bodies.json").exists());
    }
}

#[test]
fn each_of_several_roadmaps_has_bodies_of_its_own() {
    let project = Project::whole(PLAN);
    project.write(".roadbook", "web = roadmap\napi = api/plan.json\n");
    project.write("api/plan.json", PLAN);
    assert!(project.run("bodies split").ends_with(2).err.contains("--roadmap web"));
    project.run("bodies split --roadmap api").ends_with(0);
    assert_eq!((project.text(SOURCE).as_str(), project.path(ONE).exists()), (PLAN, false));
    assert_eq!(project.text("api/bodies/A-1.md"), "First.\n\nSee A-2 and A-9.\n");
    project.run("set --roadmap api A-1 body=New.").ends_with(0);
    assert_eq!(project.text("api/bodies/A-1.md"), "New.\n");
    project.run("bodies split --roadmap web").ends_with(0);
    assert_eq!(project.text(ONE), "First.\n\nSee A-2 and A-9.\n");
    // Each finding names the file of its own roadmap.
    project.write("api/bodies/Z-9.md", "Whose?\n");
    let check = project.run("check");
    assert!(check.err.contains("api/bodies/Z-9.md"), "{}", check.err);
    assert!(!check.err.contains("roadmap/bodies/Z-9.md"), "{}", check.err);
    project.run("bodies join --roadmap web").ends_with(0);
    assert_eq!(project.text(SOURCE), PLAN);
}
