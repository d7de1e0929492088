//! Tables of real plans and what trackers export: no row, link or parent of them is lost.

use serde_json::{Value, json};

use super::{issues, milestones, read};
use crate::import::{Form, Maps, Target, Text, import};

/// What a sheet comes to, and the messages of what was told.
#[track_caller]
fn sheet(text: &str) -> (Value, Vec<String>) {
    let target = Target { name: "roadmap/plan.json".into(), text: None, overrides: Vec::new() };
    let document = Text { name: "plan.csv".into(), text: text.into() };
    let imported = import(&document, &target, Form::Sheet, &Maps::default())
        .unwrap_or_else(|report| panic!("{report:?}"));
    let told = imported.report.sorted().iter().map(|found| found.message.clone()).collect();
    (serde_json::from_str(&imported.source).expect("JSON"), told)
}

#[test]
fn parents_in_a_sheet_are_found_by_their_addresses() {
    let of = |repository: &str, parent: &str| {
        let url = |number: u8| format!("https://github.com/{repository}/issues/{number}");
        sheet(&format!(
            "Title\tURL\tStatus\tParent issue\nLogin\t{}\tTodo\t\nForm\t{}\tTodo\t{parent}\n",
            url(1),
            url(2)
        ))
    };
    let (source, told) = of("acme/site", "https://github.com/acme/site/issues/1");
    assert_eq!((&source["issues"][1]["parent"], told), (&json!("issue-1"), Vec::new()));
    let (source, told) = of("acme/site", "https://github.com/acme/site/issues/7");
    assert_eq!(source["issues"][1]["parent"], Value::Null);
    assert_eq!(told.len(), 1, "{told:?}");
    let (source, _) = of("acme/site", "https://github.com/acme/plan/issues/7");
    assert_eq!(source["issues"][1]["parent"], "acme/plan#7");
}

#[test]
fn parents_among_several_repositories_are_rows_all_the_same() {
    let (source, _) = sheet(
        "Title\tURL\tParent issue\nLogin\thttps://github.com/acme/site/issues/1\t\n\
         Form\thttps://github.com/acme/shop/issues/2\thttps://github.com/acme/site/issues/1\n",
    );
    assert_eq!(source["issues"][1]["parent"], "login");
}

#[test]
fn links_in_the_titles_of_tables_are_kept() {
    let document = "# Plan\n\n| Task | Status |\n|--|--|\n| [Spec](https://example.com/spec) | Open |\n| [Login](https://github.com/acme/site/issues/4) | Open |\n";
    let (source, _) = read(document);
    assert_eq!(source["issues"][0]["body"], "[Spec](https://example.com/spec)");
    assert_eq!(issues(document, "id"), ["Spec = spec", "Login = issue-4"]);
}

#[test]
fn of_a_readme_with_a_roadmap_only_that_is_the_plan() {
    let document = "# Tool\n\nIt does things.\n\n- fast\n\n## Installation\n\n1. Get it\n2. Run it\n\n## Roadmap\n\n- Login\n- [x] Search\n\n## License\n\n- MIT\n";
    assert_eq!(issues(document, "state"), ["Login", "Search = closed"]);
    let (source, _) = read(document);
    let sections: Vec<_> =
        source["sections"].as_array().expect("sections").iter().map(|it| &it["title"]).collect();
    assert_eq!(sections, ["Installation", "License"]);
    assert_eq!(
        (&source["milestones"], &source["description"]),
        (&Value::Null, &json!("It does things.\n\n- fast"))
    );
    let phases = "# Tool\n\n## Install\n\n1. Get it\n\n## Roadmap\n\n### Phase 1\n\n- [ ] Login\n\n### Phase 2\n\n- Search\n";
    assert_eq!(issues(phases, "milestone"), ["Login = phase-1", "Search = phase-2"]);
}

#[test]
fn tables_of_features_are_issues_where_a_plan_has_them() {
    let document = "# Roadmap\n\n## Q3 2026\n\n| Feature | Description | Timeline |\n|--|--|--|\n| Login | With SSO | August 2026 |\n| Search | Fast | Q3 2026 |\n";
    assert_eq!(issues(document, "due_on"), ["Login = 2026-08", "Search = 2026-Q3"]);
    assert_eq!(issues(document, "body"), ["Login = With SSO", "Search = Fast"]);
    assert_eq!(milestones(document, "due_on"), ["Q3 2026 = 2026-Q3"]);
    let below = "# Product\n\n## Phase 1\n\n| Theme | Owner |\n|--|--|\n| Speed | @mara |\n";
    assert_eq!(issues(below, "milestone"), ["Speed = phase-1"]);
}

#[test]
fn exports_of_trackers_are_read_by_their_heads() {
    let (source, _) = sheet("Card Name,Card Description,List Name,Members\nLogin,With SSO,Done,mara\n");
    let issue = &source["issues"][0];
    assert_eq!([&issue["body"], &issue["state"], &issue["assignees"][0]], ["With SSO", "closed", "mara"]);
    let (source, _) = sheet("ID,Title,Status,Project,Project Milestone\nA-1,Login,Todo,Site,Beta\n");
    assert_eq!(source["milestones"], json!([{ "id": "beta", "title": "Beta" }]));
    let (source, told) = sheet(
        "Issue key,Summary,Status,Resolution,Comment,Comment\nA-1,Login,Done,Won't Do,01/May/27;ann;hm,\nA-2,Search,Done,Fixed,,\n",
    );
    assert_eq!(
        [&source["issues"][0]["state_reason"], &source["issues"][1]["state_reason"]],
        [&json!("not_planned"), &Value::Null]
    );
    assert_eq!(source["issues"][0]["note"], Value::Null);
    assert_eq!(told, ["the column `Comment` was left out: 1 cell"]);
}
