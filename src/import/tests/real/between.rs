//! Headings between a milestone and its issues: none of them takes an item away or mixes milestones.

use serde_json::{Value, json};

use super::read;

/// `milestone title [labels]` of each issue.
#[track_caller]
fn issues(document: &str) -> Vec<String> {
    let (source, _) = read(document);
    let issues = source["issues"].as_array().map(Vec::as_slice).unwrap_or_default();
    let said = |issue: &Value| {
        let labels = issue["labels"].as_array().map_or(String::new(), |labels| format!(" {}", json!(labels)));
        format!(
            "{}: {}{labels}",
            issue["milestone"].as_str().unwrap_or("none"),
            issue["title"].as_str().unwrap_or_default()
        )
    };
    issues.iter().map(said).collect()
}

#[test]
fn a_heading_with_plain_bullets_below_a_milestone_is_an_issue() {
    let document = "# R\n\n## Phase 1\n\nIntro.\n\n### Login\n\n- form\n\n### Search\n\n- index\n";
    assert_eq!(issues(document), ["phase-1: Login", "phase-1: Search"]);
    let (source, told) = read(document);
    assert_eq!((&source["issues"][0]["body"], told), (&json!("- form"), Vec::new()));
    assert_eq!(source["milestones"][0]["description"], "Intro.");
}

#[test]
fn a_heading_that_several_milestones_have_is_a_group_in_each() {
    let document = "# R\n\n## v1\n\n### Backend\n\n- a\n\n### Frontend\n\n- b\n\n## v2\n\n### Backend\n\n- c\n\n### Frontend\n\n- d\n";
    let wanted =
        [r#"v1: a ["Backend"]"#, r#"v1: b ["Frontend"]"#, r#"v2: c ["Backend"]"#, r#"v2: d ["Frontend"]"#];
    assert_eq!(issues(document), wanted);
    // So are the headings above it milestones, whatever they are called.
    let document = document.replace("v1", "Alpha").replace("v2", "Beta").replace("- ", "- [ ] ");
    let renamed = wanted.map(|issue| issue.replace("v1", "alpha").replace("v2", "beta"));
    assert_eq!(issues(&document), renamed);
}

#[test]
fn a_heading_above_boxes_is_a_group_of_its_milestone() {
    let document =
        "# R\n\n## Version 1.0\n\n- [ ] Compile\n\n### Tooling\n\n- [ ] VLS\n\n### Tasks\n\n- Test\n";
    assert_eq!(
        issues(document),
        ["version-1-0: Compile", r#"version-1-0: VLS ["Tooling"]"#, "version-1-0: Test"]
    );
    let document =
        "# R\n\n## Plan\n\n### 2025 Q3\n\n#### Features\n\n- [ ] a\n\n### 2025 Q4\n\n#### Fixes\n\n- [ ] b\n";
    assert_eq!(issues(document), [r#"2025-q3: a ["Features"]"#, r#"2025-q4: b ["Fixes"]"#]);
    let long = "A heading that is much too long for a label of an issue";
    let (source, told) = read(&format!("# R\n\n## Version 1.0\n\n### {long}\n\n- [ ] a\n"));
    assert_eq!((&source["issues"][0]["labels"], told.len()), (&Value::Null, 1));
}

#[test]
fn a_heading_above_milestones_that_is_none_is_told() {
    let (source, told) = read("# R\n\n## Alpha\n\n### Backend\n\n- [ ] a\n\n### Frontend\n\n- [ ] b\n");
    assert_eq!(source["milestones"].as_array().map(Vec::len), Some(2));
    assert_eq!(told, ["3 this heading was left out"]);
}

#[test]
fn quarters_of_several_years_are_told_apart() {
    let document = "# Roadmap\n\n## 2025\n\n### Q1\n\n- sow\n\n### Q2 – Growth\n\n#### Backend\n\n- [ ] reap\n\n## 2026\n\n### Q1\n\n- mow\n";
    assert_eq!(issues(document), ["q1-2025: sow", r#"q2-growth: reap ["Backend"]"#, "q1-2026: mow"]);
    let (source, _) = read(document);
    let dues: Vec<_> =
        source["milestones"].as_array().expect("milestones").iter().map(|it| &it["due_on"]).collect();
    assert_eq!(dues, ["2025-Q1", "2025-Q2", "2026-Q1"]);
}

#[test]
fn a_task_with_boxes_is_one_issue() {
    let document = "# R\n\n## Phase 1\n\n### Task 1: Login\n\nImplement login.\n\n- [ ] form\n";
    assert_eq!(issues(document), ["phase-1: Task 1: Login"]);
    assert_eq!(read(document).0["issues"][0]["body"], "Implement login.\n\n- [ ] form");
}

#[test]
fn a_chapter_of_prose_beside_bullets_is_an_issue() {
    let document = "# Plan\n\n## Work\n\n- intro item\n\n### P1: Logs\n\nWe want logs.\n";
    assert_eq!(issues(document), ["work: intro item", "work: P1: Logs"]);
    assert_eq!(read(document).0["issues"][1]["body"], "We want logs.");
}
