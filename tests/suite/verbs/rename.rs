//! `rename`: a name changes everywhere, is remembered, and users' words stay theirs.

use crate::support::{Project, SOURCE, same_tree};

const PLAN: &str = r#"{
  "title": "T",
  "milestones": [
    { "title": "M-1 – One" },
    { "title": "M-2 – Two", "blocked_by": ["m-1"] }
  ],
  "issues": [
    { "title": "A-1: x", "milestone": "M-1 – One", "labels": ["bug"] },
    { "title": "A-2: after A-1", "milestone": "M-1", "blocked_by": ["A-1"], "body": "See A-1, not A-10 or XA-1; `bug`." },
    { "title": "A-10: z", "parent": "a-1", "labels": ["bug", "big"] }
  ],
  "labels": [{ "name": "bug" }, { "name": "big" }],
  "phases": [{ "title": "P", "milestones": ["M-1", "M-2"] }]
}
"#;

fn project() -> Project {
    let project =
        Project::whole(&PLAN.replace("\"title\": \"T\",", "\"title\": \"T\",\n  \"docs\": [\"GUIDE.md\"],"));
    project.write(
        "GUIDE.md",
        "# G\n\nA-1 comes first, `bug` is a label.\n\n<!-- roadbook:begin milestone M-1 -->\n<!-- roadbook:end -->\n",
    );
    project
}

#[test]
fn an_id_changes_wherever_it_is_meant() {
    let project = project();
    let before = project.text(SOURCE);
    let run = project.run("rename A-1 A-7").ends_with(0);
    assert!(
        run.err.starts_with("note: 2 lines of your texts still say it (`--texts` rewrites them):\n  roadmap/plan.json:10\n  GUIDE.md:3\nrenamed `A-1` to `A-7` in"),
        "{}",
        run.err
    );
    let after = before
        .replace("\"A-1: x\"", "\"A-7: x\"")
        .replace("[\"A-1\"]", "[\"A-7\"]")
        .replace("\"a-1\"", "\"A-7\"")
        .replace("[\"GUIDE.md\"],", "[\"GUIDE.md\"],\n  \"aliases\": {\n    \"A-1\": \"A-7\"\n  },");
    assert_eq!(project.text(SOURCE), after);
    project.run("rename A-7 A-8").ends_with(0);
    assert!(
        project.text(SOURCE).contains("\"A-1\": \"A-8\",\n    \"A-7\": \"A-8\"\n"),
        "{}",
        project.text(SOURCE)
    );
    project.run("rename A-8 A-1").ends_with(0);
    assert!(
        project.text(SOURCE).contains("\"A-7\": \"A-1\",\n    \"A-8\": \"A-1\"\n"),
        "{}",
        project.text(SOURCE)
    );
    assert_eq!(project.run("rename A-1 A-1").ends_with(0).err, "nothing to change\n");
}

#[test]
fn what_the_lock_knows_is_known_under_the_new_id() {
    let project = project();
    let lock = r#"{ "version": 1, "issues": { "A-1": { "number": 7, "remote": { "state": "closed" } } } }"#;
    project.write("roadmap/roadbook.lock.json", lock);
    project.run("rename A-1 A-7").ends_with(0);
    let shown = project.run("show A-7 --format json").ends_with(0).json();
    assert_eq!(shown["items"][0]["state"], "closed", "{shown}");
}

#[test]
fn texts_are_rewritten_where_that_is_asked_for() {
    let project = project();
    project.run("rename A-1 A-7 --texts").ends_with(0);
    let source = project.text(SOURCE);
    assert!(source.contains("\"A-2: after A-7\""), "{source}");
    assert!(source.contains("See A-7, not A-10 or XA-1"), "{source}");
    assert!(project.text("GUIDE.md").contains("\nA-7 comes first"));
}

#[test]
fn a_milestone_takes_its_references_and_regions_along() {
    let project = project();
    project.run("rename M-1 M-9").ends_with(0);
    let source = project.text(SOURCE);
    for part in [
        "{ \"title\": \"M-9 – One\", \"was\": [\"M-1 – One\"] }",
        "\"blocked_by\": [\"M-9\"]",
        "\"milestone\": \"M-9 – One\"",
        "\"milestone\": \"M-9\"",
        "\"milestones\": [\"M-9\", \"M-2\"]",
        "\"M-1\": \"M-9\"",
    ] {
        assert!(source.contains(part), "{part}: {source}");
    }
    assert!(project.text("GUIDE.md").contains("roadbook:begin milestone M-9 -->"));
    project.run("build").ends_with(0);
    project.run("check").ends_with(0);
}

#[test]
fn a_title_is_renamed_and_remembered() {
    let project = project();
    project.run(["rename", "M-1 – One", "M-1 – Eins"]).ends_with(0);
    let source = project.text(SOURCE);
    assert!(source.contains("{ \"title\": \"M-1 – Eins\", \"was\": [\"M-1 – One\"] }"), "{source}");
    assert!(source.contains("\"milestone\": \"M-1 – Eins\""), "{source}");
    assert!(!source.contains("aliases"), "{source}");
    project.run(["rename", "M-1 – Eins", "M-1 – One"]).ends_with(0);
    assert!(project.text(SOURCE).contains("{ \"title\": \"M-1 – One\", \"was\": [\"M-1 – Eins\"] }"));
}

#[test]
fn a_label_is_renamed_on_every_issue() {
    let project = project();
    let run = project.run("rename bug type:bug").ends_with(0);
    assert!(run.err.contains("2 lines of your texts still say it"), "{}", run.err);
    let source = project.text(SOURCE);
    assert!(
        source.contains("[{ \"name\": \"type:bug\", \"was\": [\"bug\"] }, { \"name\": \"big\" }]"),
        "{source}"
    );
    assert_eq!(source.matches("\"type:bug\"").count(), 3, "{source}");
    let run = project.run("rename type:bug big").ends_with(2);
    assert_eq!(run.err, "error: there is another label `big` already\n");
}

#[test]
fn names_that_cannot_be_are_refused() {
    let project = project();
    for (line, words) in [
        ("rename A-1 A-2", "there is another id `A-2` already"),
        ("rename A-1 A/1", "`A/1` cannot be an id"),
        ("rename A-3 A-4", "unknown id or label `A-3`"),
        ("rename A-1 A-9 --roadmap roadmap/plan.json", ""),
    ] {
        let before = project.text(SOURCE);
        if words.is_empty() {
            project.write("roadmap/more.json", "{}");
        }
        let run = project.run(line).ends_with(2);
        assert!(run.err.contains(words), "{}", run.err);
        assert_eq!(project.text(SOURCE), before);
    }
}

#[test]
fn a_former_id_that_is_named_again_means_what_has_it_no_longer() {
    let project = Project::whole(
        r#"{
  "milestones": [{ "id": "M-2", "title": "m" }, { "id": "M-3", "title": "n", "blocked_by": ["m-1"] }],
  "issues": [
    { "id": "A-002", "title": "x", "milestone": "M-1", "blocked_by": ["A-001"] },
    { "id": "A-101", "title": "y" },
    { "id": "A-102", "title": "z", "parent": "a-001" }
  ],
  "phases": [{ "title": "P", "milestones": ["M-1"] }],
  "aliases": { "A-001": "A-101", "A-000": "A-001", "M-1": "M-2" }
}
"#,
    );
    let run = project.run("check").ends_with(3);
    assert!(!run.err.contains("did you mean"), "{}", run.err);
    run.says("`A-001` was renamed to `A-101`").says("`M-1` was renamed to `M-2`");
    project.run("check --fix").says("fixed");
    let text = project.text(SOURCE);
    for line in [
        r#"{ "id": "M-3", "title": "n", "blocked_by": ["M-2"] }"#,
        r#""milestone": "M-2", "blocked_by": ["A-101"] },"#,
        r#""title": "z", "parent": "A-101" }"#,
        r#""title": "P", "milestones": ["M-2"] }"#,
        r#""aliases": { "A-001": "A-101", "A-000": "A-101", "M-1": "M-2" }"#,
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    project.run("set A-102 blocked_by+=A-001 milestone=M-1").ends_with(0);
    project.run("add issue q --blocked-by A-001").ends_with(0);
    let text = project.text(SOURCE);
    assert!(text.contains(r#""milestone": "M-2", "parent": "A-101", "blocked_by": ["A-101"]"#), "{text}");
    assert_eq!(text.matches(r#""A-001""#).count(), 1, "{text}");
}

#[test]
fn a_name_is_no_guess_at_the_item_that_says_it() {
    let project = Project::whole(r#"{ "issues": [{ "id": "A-001", "title": "x" }] }"#);
    let run = project.run("set A-001 blocked_by+=A-0011").ends_with(1);
    run.says("nothing was written").says("no issue of this roadmap has this name");
    let other =
        Project::whole(r#"{ "issues": [{ "id": "A-001", "title": "x" }, { "id": "B-7", "title": "y" }] }"#);
    let run = other.run("set B-7 blocked_by+=A-0011").ends_with(1);
    assert!(run.err.contains("did you mean `A-001`?"), "{}", run.err);
    assert!(!run.err.contains("--fix"), "what was not written cannot be fixed: {}", run.err);
}

#[test]
fn a_rename_that_was_killed_between_two_files_is_done_by_the_same_command() {
    let files = [
        ("roadmap/a.json", r#"{ "title": "T", "outputs": { "site": null } }"#),
        ("roadmap/b.json", r#"{ "milestones": [{ "id": "M-1", "title": "M" }] }"#),
        (
            "roadmap/c.json",
            r#"{ "issues": [{ "id": "A-1", "title": "x", "milestone": "M-1" }, { "id": "A-2", "title": "y", "blocked_by": ["A-1"] }] }"#,
        ),
        ("roadmap/bodies/A-1.md", "Do it.\n"),
    ];
    let begun = || {
        let project = Project::empty();
        files.iter().for_each(|(file, text)| project.write(file, text));
        project
    };
    for (rename, order) in [
        ("rename M-1 M-9", &["roadmap/a.json", "roadmap/c.json", "roadmap/b.json"][..]),
        ("rename A-1 A-9", &["roadmap/bodies/A-9.md", "roadmap/a.json", "roadmap/c.json"]),
    ] {
        let whole = begun();
        let told = whole.run(format!("{rename} --format json --dry-run")).json();
        let last = told["changes"].as_array().and_then(|all| all.last()?["file"].as_str());
        assert_eq!(last, order.last().copied(), "{told}");
        whole.run(rename).ends_with(0);
        for count in 1..=order.len() {
            let project = begun();
            order[..count].iter().for_each(|file| project.write(file, whole.text(file)));
            project.run(rename).ends_with(0);
            same_tree(&whole.tree(), &project.tree());
        }
    }
    // Whatever was written first: what still says the former id follows.
    let (whole, project) = (begun(), begun());
    whole.run("rename M-1 M-9").ends_with(0);
    ["roadmap/a.json", "roadmap/b.json"].iter().for_each(|file| project.write(file, whole.text(file)));
    project.run("rename M-1 M-9").ends_with(0).says("renamed what still said `M-1` to `M-9`");
    same_tree(&whole.tree(), &project.tree());
    assert_eq!(project.run("rename M-1 M-9").ends_with(0).err, "nothing to change\n");
}
