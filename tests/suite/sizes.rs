//! What no page passes, whatever a roadmap holds: GitHub cuts a file's view at 512,000 bytes, a browser is slow beyond 3,000 elements.

use serde_json::{Value, json};

use crate::support::Project;

/// The most that a page of Markdown takes in bytes, and a page of the site in elements.
const MOST_BYTES: usize = 400_000;
const MOST_ELEMENTS: usize = 3_000;

/// A roadmap of so many issues in one milestone, each with what it waits for.
fn waiting(issues: usize, blockers: impl Fn(usize) -> Vec<usize>) -> Value {
    // Long ids, so that few issues are much.
    let id = |number: usize| format!("A-{}-{number}", "long".repeat(12));
    let issue = |number: usize| {
        json!({
            "id": id(number), "title": format!("Work on number {number}"), "milestone": "M", "state": "open",
            "labels": ["area:one", "area:two", "type:three"], "assignees": ["ada", "bob"], "due_on": "2026-12-01",
            "blocked_by": blockers(number).into_iter().map(id).collect::<Vec<_>>(),
        })
    };
    json!({
        "as_of": "2026-11-20",
        "milestones": [{ "id": "M", "title": "All of it" }, { "id": "N", "title": "Nothing" }],
        "issues": (0..issues).map(issue).collect::<Vec<_>>(),
    })
}

/// Builds it and holds every page to its size; returns the project.
#[track_caller]
fn fits(source: &Value) -> Project {
    held(Project::whole(&source.to_string()))
}

/// The same with a project.
#[track_caller]
fn held(project: Project) -> Project {
    let run = project.run(["build"]);
    assert!(run.code < 3, "{}", run.err);
    for (path, bytes) in project.tree() {
        if path.ends_with(".md") {
            assert!(bytes.len() <= MOST_BYTES, "{path}: {} bytes", bytes.len());
        } else if path.ends_with(".html") {
            let is_open = |two: &[u8]| two[0] == b'<' && two[1].is_ascii_alphabetic();
            let elements = bytes.windows(2).filter(|two| is_open(two)).count();
            assert!(elements <= MOST_ELEMENTS, "{path}: {elements} elements");
        }
    }
    project
}

#[test]
fn issues_that_wait_for_many() {
    let layers = |number: usize| match number / 25 {
        0 => Vec::new(),
        layer => ((layer - 1) * 25..layer * 25).collect(),
    };
    fits(&waiting(200, layers));
    let epics = |number: usize| match number % 51 {
        0 => (number + 1..number + 51).chain(number.checked_sub(51)).collect(),
        _ => Vec::new(),
    };
    fits(&waiting(51 * 12, epics));
    fits(&waiting(120, |number| vec![(number + 1) % 120]));
}

#[test]
fn an_issue_that_very_many_wait_for_names_the_first() {
    let project = fits(&waiting(900, |number| if number > 0 { vec![0] } else { Vec::new() }));
    let page = project.text("roadmap/milestones/m-m.md");
    assert!(page.contains(" and 849 more\n"), "the needy are counted");
}

#[test]
fn updates_go_on_with_the_parts_of_their_milestone() {
    let update = |day: usize| json!({ "on": format!("2026-{:02}-{:02}", day / 28 + 1, day % 28 + 1), "text": format!("Said {day}. {}", "And more. ".repeat(300)) });
    let project = fits(&json!({
        "as_of": "2026-11-20",
        "milestones": [{ "id": "M", "title": "Told daily", "updates": (0..200).map(update).collect::<Vec<_>>() }],
        "issues": [{ "id": "A-1", "title": "Dig", "milestone": "M" }],
    }));
    for (folder, end) in [("roadmap/milestones", "md"), ("site/milestones", "html")] {
        let (first, second) = (format!("{folder}/m-m.{end}"), format!("{folder}/m-m~2.{end}"));
        let (first, second) = (project.text(&first), project.text(&second));
        assert!(
            first.contains("Said 199.")
                && first.contains(&format!("m-m~2.{end}"))
                && first.contains("Earlier updates")
        );
        assert!(!first.contains("Said 100.") && second.contains("Updates") && !second.contains("Said 199."));
    }
    let tree = project.tree();
    for day in 0..200 {
        for end in [".md", ".html"] {
            let told = |(path, bytes): (&String, &Vec<u8>)| {
                path.ends_with(end) && String::from_utf8_lossy(bytes).contains(&format!("Said {day}."))
            };
            assert_eq!(tree.iter().filter(|it| told(*it)).count(), 1, "{day} {end}");
        }
    }
}

#[test]
fn labels_that_are_many_are_counted_and_very_many_are_left_out() {
    let label = |number: usize| json!({ "name": format!("area:{number}"), "description": "What it is about. ".repeat(4) });
    let of = |count: usize| {
        let issue = |number: usize| json!({ "id": format!("A-{number}"), "title": "Dig", "labels": [format!("area:{number}")] });
        Project::of(&json!({
            "milestones": [{ "id": "M", "title": "All" }],
            "labels": (0..count).map(label).collect::<Vec<_>>(), "issues": (0..count).map(issue).collect::<Vec<_>>(),
        }))
    };
    let project = held(of(3_300));
    assert!(project.text("roadmap/LABELS.md").contains("The labels are left out"));
    let summary = project.text("roadmap/SUMMARY.md");
    assert!(summary.contains("Label Reference"), "they have room there");
    let project = held(of(6_000));
    let summary = project.text("roadmap/SUMMARY.md");
    assert!(summary.contains("[All]"), "the milestones stay");
    assert!(summary.contains("The labels are left out") && !summary.contains("Label Reference"));
}

#[test]
fn names_without_an_end_are_cut_where_the_site_repeats_them() {
    let endless = |word: &str| word.repeat(200_000 / word.len());
    let issue = |number: usize| {
        json!({
            "id": format!("A-{number}"), "title": format!("A-{number}: {}", endless("dig ")), "milestone": "M",
            "labels": [format!("area:{}", endless("l"))], "assignees": [endless("ada")],
        })
    };
    let source = json!({
        "title": endless("road map "),
        "milestones": [{ "id": "M", "title": endless("mile stone "), "owner": endless("o") }],
        "issues": (0..30).map(issue).collect::<Vec<_>>(),
    });
    let project = Project::whole(&source.to_string());
    project.run("build").ends_with(1).says("the title has ").says("error[bad-assignee]");
    let tree = project.tree();
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(bytes.len() < 3_000_000, "{path}: {} bytes", bytes.len());
    }
    let page = project.text("site/milestones/m-m.html");
    assert!(page.matches('…').count() > 60, "titles and people, in rows");
}
