//! `import` of what is no list of one repository's issues: it is sorted by what it is, chosen, or refused by name.

use serde_json::{Value, json};

use crate::support::{Project, Run};

/// A folder with this file and no roadmap.
fn with(name: &str, text: &str) -> Project {
    let project = Project::whole("{}");
    std::fs::remove_dir_all(project.path("roadmap")).expect("it is there");
    project.write(name, text);
    project
}

fn source(project: &Project) -> Value {
    serde_json::from_str(&project.text("roadmap/milestones_and_issues.json")).expect("JSON")
}

#[track_caller]
fn refused(run: &Run, words: &[&str]) {
    words.iter().for_each(|words| assert!(run.err.contains(words), "{words}\n{}", run.err));
}

#[test]
fn milestones_become_milestones_in_either_form() {
    let rest = json!([{ "id": 101, "number": 1, "title": "The shed stands", "description": "A floor.", "state": "closed",
        "open_issues": 0, "closed_issues": 2, "due_on": "2027-05-01T07:00:00Z", "closed_at": "2027-04-30T07:00:00Z" }]);
    let gh = json!([{ "number": 1, "title": "The shed stands", "description": "A floor.", "dueOn": "2027-05-01T00:00:00Z",
        "state": "CLOSED", "progressPercentage": 75.0, "url": "https://github.com/acme/shed/milestone/1" }]);
    for dump in [rest, gh] {
        let project = with("milestones.json", &dump.to_string());
        project.run("import milestones.json --repo acme/shed").ends_with(0);
        let source = source(&project);
        assert_eq!(source["issues"], json!([]));
        assert_eq!(
            (&source["milestones"][0]["title"], &source["milestones"][0]["due_on"]),
            (&json!("The shed stands"), &json!("2027-05-01"))
        );
        let lock: Value = serde_json::from_str(&project.text("roadmap/roadbook.lock.json")).expect("JSON");
        assert_eq!(lock["issues"], json!({}));
        assert_eq!(lock["milestones"]["milestone-1"]["remote"]["state"], "closed", "{lock}");
        project.run("build").ends_with(0);
    }
}

#[test]
fn several_repositories_are_named_and_one_is_chosen() {
    let of = |number: u64, title: &str, repository: &str| json!({ "number": number, "title": title, "state": "OPEN", "repository": { "nameWithOwner": repository } });
    let dump = json!([of(7, "Pour", "acme/shed"), of(7, "Dig", "acme/garden"), of(8, "Raise", "acme/shed")]);
    let project = with("issues.json", &dump.to_string());
    let run = project.run("import issues.json").ends_with(3);
    refused(&run, &["what is of 2 repositories: `acme/shed`, `acme/garden`", "--repo OWNER/NAME"]);
    let run = project.run("import issues.json --repo acme/shed").ends_with(0);
    refused(&run, &["left out 1 other repository's issue"]);
    assert_eq!(source(&project)["issues"].as_array().map(Vec::len), Some(2));
    let run = project.run("import issues.json --out x.json --repo acme/roof").ends_with(3);
    refused(&run, &["nothing in this file is of `acme/roof`"]);
}

#[test]
fn a_number_that_two_issues_have_is_never_dropped_in_silence() {
    let issue = |title: &str| json!({ "number": 1, "title": title, "state": "open" });
    let project = with("search.json", &json!([issue("Pour"), issue("Grease")]).to_string());
    let run = project.run("import search.json").ends_with(3);
    refused(&run, &["two issues have the number 1: `Pour` and `Grease`"]);
    let project = with("search.json", &json!([issue("Pour"), issue("Pour")]).to_string());
    project.run("import search.json").ends_with(0);
    // What the file does not speak of, the source does not own.
    assert_eq!(source(&project)["issues"][0].get("labels"), None);
}

#[test]
fn what_has_no_place_in_a_roadmap_is_counted_or_refused() {
    let discussion = json!({ "number": 4, "title": "Which colour?", "category": { "name": "Q&A" } });
    let pull = json!({ "number": 5, "title": "Fix", "headRefName": "fix" });
    let issue = json!({ "number": 1, "title": "Pour", "state": "open" });
    let project = with("dump.json", &json!([discussion, pull, discussion]).to_string());
    let run = project.run("import dump.json").ends_with(3);
    refused(&run, &["this file holds 2 discussions and 1 pull request, and no issue and no milestone"]);
    let project = with("dump.json", &json!([discussion, issue]).to_string());
    refused(&project.run("import dump.json").ends_with(0), &["left out 1 discussion"]);
    for (dump, what, help) in [
        (json!([{ "tag_name": "v1" }]), "this is a release", "gh issue list"),
        (
            json!([{ "key": "AB-1", "fields": { "summary": "x" } }]),
            "this is an issue of Jira",
            "gh issue list",
        ),
    ] {
        let project = with("dump.json", &dump.to_string());
        refused(&project.run("import dump.json").ends_with(3), &[what, help]);
    }
}

#[test]
fn a_list_that_may_have_been_cut_off_says_so() {
    for (count, is_told) in [(29, false), (30, true), (31, false), (100, true)] {
        let issues: Vec<_> = (1..=count)
            .map(|number| json!({ "number": number, "title": format!("Do {number}"), "state": "open" }))
            .collect();
        let project = with("issues.json", &Value::from(issues).to_string());
        let run = project.run("import issues.json").ends_with(0);
        let told = format!("the file holds exactly {count}, and may be cut off there");
        assert_eq!(run.err.contains(&told), is_told, "{}", run.err);
    }
}

#[test]
fn what_is_not_read_is_told_as_what_it_is() {
    for (name, text, what) in [
        ("plan.xlsx", "PK", "is a spreadsheet, which is not read"),
        ("plan.html", "<p>", "is an HTML file, which is not read"),
        ("plan.txt", "<?xml version=\"1.0\"?>\n<a/>\n", "this looks like an XML file, which is not read"),
    ] {
        let project = with(name, text);
        let run = project.run(format!("import {name}"));
        assert!([2, 3].contains(&run.code), "{}", run.err);
        refused(&run, &[what, "Markdown is read"]);
    }
    let run = with("x", "").run("import docs/missing.csv").ends_with(2);
    refused(&run, &["there is no `docs/missing.csv`"]);
    let run = with("x", "").run("import docs/missing.md").ends_with(2);
    refused(&run, &["there is no `docs/missing.md`"]);
    assert!(!run.err.contains("repository"), "{}", run.err);
}

#[test]
fn boxes_below_a_title_are_issues_and_a_wrapped_item_is_one_title() {
    for text in [
        "# TODO\n\n- [ ] Pour the floor\n- [x] Raise the walls\n",
        "- [ ] Pour the floor\n- [x] Raise the walls\n",
    ] {
        let project = with("TODO.md", text);
        project.run("import TODO.md").ends_with(0);
        let titles: Vec<_> = source(&project)["issues"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| it["title"].clone())
            .collect();
        assert_eq!(titles, ["Pour the floor", "Raise the walls"]);
    }
    let long = "word ".repeat(80);
    let project = with(
        "ROADMAP.md",
        &format!(
            "# R\n\n## M1: One\n\n- [ ] Pour it (ten centimetres,\n  two days of rest)\n- [ ] Buy brushes\\\n  the wide ones\n- [ ] First. {long}\n"
        ),
    );
    project.run("import ROADMAP.md").ends_with(0);
    let source = source(&project);
    assert_eq!(source["issues"][0]["title"], "Pour it (ten centimetres, two days of rest)");
    assert_eq!(
        (&source["issues"][1]["title"], &source["issues"][1]["body"]),
        (&json!("Buy brushes"), &json!("the wide ones"))
    );
    assert_eq!(source["issues"][2]["title"], "First");
    assert!(source["issues"][2]["body"].as_str().is_some_and(|body| body.contains(long.trim())));
}
