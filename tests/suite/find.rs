//! Where the source is found, what is read of it, and where the outputs go.

use serde_json::json;

use crate::harness::{Project, SOURCE, documents_alone, pretty, same_tree};

const ONE: &str = r#"{ "title": "One", "milestones": [{ "id": "A-M1", "title": "First" }] }"#;
const TWO: &str = r#"{ "issues": [{ "title": "A-1: Dig", "milestone": "A-M1" }] }"#;

fn one() -> Project {
    Project::new([(SOURCE, ONE)])
}

/// The paths of all files, in order.
fn paths(project: &Project) -> Vec<String> {
    project.tree().into_keys().collect()
}

const BUILT: [&str; 4] = ["roadmap/LABELS.md", "roadmap/SUMMARY.md", "roadmap/milestones/m-a-m1.md", SOURCE];

#[test]
fn the_nearest_folder_upwards_is_the_root() {
    let project = one();
    project.write("deep/down/here/x.txt", "");
    project.write("deep/roadmap/not-json.txt", "");
    project.run_in("deep/down/here", &["build"]).ends_with_code(0).says("3 written");
    assert_eq!(project.text(BUILT[1]).lines().nth(2), Some("# One - Milestones and Issues Summary"));
    assert!(!project.has("deep/roadmap/SUMMARY.md"));
    // A nearer one is nearer.
    project.write("deep/roadmap/plan.json", ONE);
    project.run_in("deep/down/here", &["build"]).ends_with_code(0).says("3 written");
    assert!(project.has("deep/roadmap/SUMMARY.md"));
    // Standing in the folder itself is standing below its parent.
    project.run_in("roadmap", &["check"]).ends_with_code(0);
}

#[test]
fn root_and_roadmap_say_it_outright() {
    let project =
        Project::new([("a/roadmap/plan.json", ONE), ("b/plans/x.json", ONE), ("b/plans/sub/y.json", ONE)]);
    project.run(["build", "--root", "a"]).ends_with_code(0).says("3 written");
    assert!(project.has("a/roadmap/SUMMARY.md"));
    project.run(["check", "--roadmap", "a/roadmap"]).ends_with_code(0);
    project.run(["check", "--roadmap", "a/roadmap/plan.json"]).ends_with_code(0);
    project.run(["build", "--root", "b", "--roadmap", "b/plans"]).ends_with_code(0);
    assert!(project.has("b/plans/SUMMARY.md") && !project.has("b/plans/sub/SUMMARY.md"));
    assert!(project.text("b/plans/SUMMARY.md").contains("from plans/x.json."));
    // `--roadmap` counts from where one stands, and options stand on either side of the verb.
    project.run_in("b", &["--roadmap", "plans/x.json", "--root", ".", "check"]).ends_with_code(0);
    let outside = project.run(["build", "--root", "a", "--roadmap", "b/plans"]);
    outside.ends_with_code(2).says("`[ROOT]/b/plans` lies outside the root `[ROOT]/a`");
    project.run(["build", "--root", "a/roadmap/plan.json"]).ends_with_code(2).says("is not a folder");
    project.run(["build", "--root", "nowhere"]).ends_with_code(2).says("`nowhere` is not a folder");
    project
        .run(["build", "--roadmap", "a/nothing.json"])
        .ends_with_code(3)
        .says("there is no `[ROOT]/a/nothing.json`");
    project.write("empty/x.txt", "");
    project
        .run(["build", "--roadmap", "empty"])
        .ends_with_code(3)
        .says("holds no roadmap: no `*.json` in it");
}

#[test]
fn a_pointer_says_where_the_source_is() {
    for (pointer, source) in [
        ("plans/q3.json\n", "plans/q3.json"),
        ("\u{feff}plans\r\n\r\n", "plans/q3.json"),
        ("  plans/q3.json  ", "plans/q3.json"),
        ("roadmap.json", "roadmap.json"),
    ] {
        let project = Project::new([(".roadbook", pointer), (source, ONE), ("x/y", "")]);
        project.run_in("x", &["build"]).ends_with_code(0).says("3 written");
        let base = source.rsplit_once('/').map(|(base, _)| format!("{base}/")).unwrap_or_default();
        assert!(project.has(&format!("{base}SUMMARY.md")), "{pointer:?}");
        project.run(["check"]).ends_with_code(0);
    }
    // It wins over a folder of the usual name.
    let project = Project::new([(".roadbook", "plans"), ("plans/a.json", ONE), (SOURCE, ONE)]);
    project.run(["build"]).ends_with_code(0);
    assert!(project.has("plans/SUMMARY.md") && !project.has("roadmap/SUMMARY.md"));
    for (pointer, words) in [
        ("", "names no roadmap"),
        ("a\nb\n", "roadmap `a` (a):\nerror: there is no"),
        ("gone", "there is no"),
    ] {
        let project = Project::new([(".roadbook", pointer), ("plans/a.json", ONE)]);
        project.run(["build"]).ends_with_code(3).says(words);
    }
    let project = Project::new([("in/.roadbook", "../plans"), ("plans/a.json", ONE)]);
    project.run_in("in", &["build"]).ends_with_code(2).says("lies outside the root");
}

#[test]
fn several_files_are_one_roadmap_and_some_are_no_source() {
    let project = Project::new([
        ("roadmap/1.json", ONE),
        ("roadmap/2.json", TWO),
        ("roadmap/roadbook.lock.json", r#"{ "version": 1 }"#),
        ("roadmap/roadbook.schema.json", "{}"),
        ("roadmap/other.schema.json", "not even JSON"),
        ("roadmap/.hidden.json", "nor this"),
        ("roadmap/notes.txt", ""),
        ("roadmap/old/3.json", "nor this"),
    ]);
    project.run(["build"]).ends_with_code(0).says("3 written");
    assert!(
        project.text("roadmap/SUMMARY.md").starts_with("<!-- Generated by roadbook from roadmap/*.json. ")
    );
    assert!(project.text("roadmap/SUMMARY.md").contains("**Total: 1 milestone, 1 issue**"));
    project.run(["check"]).ends_with_code(0).says("checked 1 milestone, 1 issue, 3 files compared");
    // The order of the files is that of their names, whatever else changes.
    project.write("roadmap/0.json", r#"{ "milestones": [{ "id": "A-M0", "title": "Before" }] }"#);
    project.run(["build"]).ends_with_code(0);
    let summary = project.text("roadmap/SUMMARY.md");
    assert!(summary.find("Before").expect("it is there") < summary.find("First").expect("it is there"));
    // What may be given once is told with both places, and nothing is written.
    project.write("roadmap/3.json", r#"{ "title": "Another" }"#);
    let before = project.tree();
    let build = project.run(["build"]);
    build
        .ends_with_code(3)
        .says("`title` is given in two files")
        .says("roadmap/3.json:1:3")
        .says("roadmap/1.json:1:3");
    same_tree(&before, &project.tree());
}

#[test]
fn standard_input_knows_neither_lock_nor_overrides() {
    let project = Project::new([
        ("roadmap/roadbook.lock.json", "broken"),
        ("roadmap/templates/markdown/SUMMARY.md", "{{ broken"),
    ]);
    let one = documents_alone(ONE.as_bytes()).expect("a source");
    let run = |args: &[&str]| project.run_on(&project.disk(), &one, args);
    run(&["build", "--roadmap", "-"]).ends_with_code(0).says("3 written");
    assert!(project.text("roadmap/SUMMARY.md").contains("# One - Milestones"));
    run(&["check", "--roadmap", "-"]).ends_with_code(0);
    project.write("other/x", "");
    run(&["build", "--roadmap", "-", "--root", "other"]).ends_with_code(0);
    assert!(project.has("other/roadmap/SUMMARY.md"));
    let broken = project.run_on(&project.disk(), b"{ \"title\": 1 }", &["check", "--roadmap", "-"]);
    broken.ends_with_code(3).says("<stdin>:1:12");
    // The real program reads its own.
    let mut command = project.process(&["check", "--roadmap", "-"]);
    let file = std::fs::File::open({
        project.write("in.json", ONE);
        project.path("in.json")
    });
    command.stdin(file.expect("it is there"));
    project.finish(&mut command).ends_with_code(0);
}

#[test]
fn where_nothing_is_found_it_is_said_where_was_looked() {
    let project = Project::new([("README.md", "")]);
    for verb in ["build", "check"] {
        let run = project.run([verb]);
        run.ends_with_code(3).says("error: no roadmap found: `[ROOT]` and the folders above hold neither `.roadbook` nor `roadmap/*.json`");
        run.says("= help: name the JSON file or its folder with `--roadmap PATH`");
    }
    assert_eq!(paths(&project), ["README.md"]);
}

#[test]
fn paths_with_spaces_and_other_letters_are_paths() {
    let folder = "мой план/plan №1 (alt) #2 100%";
    let project = Project::empty();
    let source = json!({
        "title": "Путь", "milestones": [{ "id": "A-M1", "title": "Första" }], "issues": [{ "title": "A-1: x", "milestone": "A-M1", "labels": ["a:b"] }],
        "docs": [format!("{folder}/läs mig.md")]
    });
    project.write(&format!("{folder}/mål.json"), pretty(&source));
    project
        .write(&format!("{folder}/läs mig.md"), "<!-- roadbook:begin overview -->\n<!-- roadbook:end -->\n");
    project.write(".roadbook", format!("{folder}\n"));
    project.run(["build"]).ends_with_code(0).says("4 written");
    project.run(["check"]).ends_with_code(0).says("4 files compared");
    assert!(project.has(&format!("{folder}/milestones/m-a-m1.md")));
    crate::links::hold(&project);
}

#[cfg(unix)]
#[test]
fn a_file_name_cannot_end_the_mark() {
    let project = Project::new([("roadmap/a--b -->.json", ONE)]).built();
    project.run(["check"]).ends_with_code(0);
    let summary = project.text("roadmap/SUMMARY.md");
    assert_eq!(summary.lines().next().expect("a mark").matches("-->").count(), 1, "{summary}");
}

#[test]
fn outputs_can_be_switched_off_one_by_one() {
    for (key, gone) in [("summary", BUILT[1]), ("labels", BUILT[0]), ("milestones", BUILT[2])] {
        let project = Project::of(&json!({
            "milestones": [{ "id": "A-M1", "title": "First" }],
            "issues": [{ "title": "A-1: x", "milestone": "A-M1", "labels": ["a:b"] }],
            "outputs": { key: null, "site": null }
        }));
        project.run(["build"]).ends_with_code(0).says("2 written");
        let wanted: Vec<_> =
            BUILT.iter().filter(|path| **path != gone).map(|path| (*path).to_owned()).collect();
        assert_eq!(paths(&project), wanted);
        project.run(["check"]).ends_with_code(0);
        crate::links::hold(&project);
    }
}

#[test]
fn outputs_can_lie_elsewhere() {
    let project = Project::of(&json!({
        "milestones": [{ "id": "A-M1", "title": "First" }],
        "issues": [{ "title": "A-1: x", "milestone": "A-M1", "labels": ["a:b"] }],
        "outputs": { "summary": "README.md", "labels": "out/deep/labels.md", "milestones": "out/pages/all", "site": null }
    }));
    project.run(["build"]).ends_with_code(0).says("3 written");
    assert_eq!(paths(&project), ["README.md", "out/deep/labels.md", "out/pages/all/m-a-m1.md", SOURCE]);
    project.run(["check"]).ends_with_code(0);
    crate::links::hold(&project);
    // Places that no build may write to.
    let bad = [
        "/etc/x.md",
        "../x.md",
        "a/../x.md",
        "C:/x.md",
        "a\\b.md",
        "./x.md",
        "",
        ".git/x.md",
        "a//b.md",
        "con.md",
        "x. ",
        "a/NUL",
        "a\u{7}b.md",
        "roadmap/plan.json",
    ];
    for path in bad {
        let project = Project::of(
            &json!({ "milestones": [{ "id": "A-M1", "title": "First" }], "outputs": { "summary": path } }),
        );
        let before = project.tree();
        project.run(["build"]).ends_with_code(3).says("bad-path");
        same_tree(&before, &project.tree());
    }
    // Two outputs in one place.
    let project = Project::of(&json!({
        "milestones": [{ "id": "A-M1", "title": "First" }], "outputs": { "summary": "x.md", "labels": "X.md" }
    }));
    project.run(["build"]).ends_with_code(3).says("bad-path");
    assert_eq!(paths(&project), [SOURCE]);
}

#[test]
fn a_pin_to_another_version_stops_everything_and_names_both() {
    let source = |pin: &str| json!({ "roadbook": pin, "milestones": [{ "id": "A-M1", "title": "First" }] });
    let ours = env!("CARGO_PKG_VERSION").rsplit_once('.').expect("a patch").0;
    let project = Project::of(&source(ours)).built();
    let before = project.tree();
    project.run(["check"]).ends_with_code(0);
    for other in ["0.0", "0.2", "1.0", "9.9"] {
        project.write(SOURCE, pretty(&source(other)));
        let with_other = project.tree();
        for verb in ["build", "check"] {
            let run = project.run([verb]);
            run.ends_with_code(3).says("version-mismatch");
            run.says(&format!("pinned to Roadbook {other}, and this is {ours}"));
            run.says("`roadbook upgrade`");
        }
        same_tree(&with_other, &project.tree());
    }
    project.write(SOURCE, &before[SOURCE]);
    project.run(["check"]).ends_with_code(0);
    assert_eq!(project.run(["check", "--format", "json"]).json()["pinned"], ours);
}

#[test]
fn the_lock_tells_states_and_days() {
    let lock = r#"{
      "version": 1, "repository": "o/n", "snapshot_on": "2026-11-20",
      "milestones": { "a-m1": { "number": 1, "remote": { "state": "open", "due_on": "2026-11-10" } } },
      "issues": { "a-1": { "number": 2, "remote": { "state": "closed", "closed_on": "2026-11-02" } } }
    }"#;
    let source = json!({
        "repository": "o/n",
        "milestones": [{ "id": "A-M1", "title": "First" }],
        "issues": [{ "title": "A-1: x", "milestone": "A-M1" }, { "title": "A-2: y", "milestone": "A-M1", "state": "open" }]
    });
    let project = Project::of(&source).built();
    assert!(project.text(BUILT[2]).contains("0 of 2 done, 1 unknown"), "{}", project.text(BUILT[2]));
    project.write("elsewhere.json", lock);
    project.run(["build", "--lock", "elsewhere.json"]).ends_with_code(0);
    let page = project.text(BUILT[2]);
    assert!(page.contains("50% (1 of 2 done)") && page.contains("overdue by 10 days"), "{page}");
    project.run(["check"]).ends_with_code(1);
    project.write("roadmap/roadbook.lock.json", lock);
    project.run(["check"]).ends_with_code(0);
    project.run(["check", "--lock", "gone.json"]).ends_with_code(3).says("there is no `gone.json`");
}
