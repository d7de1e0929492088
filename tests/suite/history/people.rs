//! Who is who: logins are compared without case, as GitHub does, and shown as they are first spelled.

use serde_json::{Value, json};

use crate::support::Project;

fn plan() -> Value {
    json!({
        "milestones": [{ "id": "M-1", "title": "One", "owner": "MARA", "state": "open", "due_on": "2027-01-15" }],
        "issues": [
            { "id": "A-1", "title": "a", "state": "open", "milestone": "M-1", "assignees": ["Mara"] },
            { "id": "A-2", "title": "b", "state": "open", "milestone": "M-1", "assignees": ["mara", "ines"] },
            { "id": "A-3", "title": "c", "state": "open", "milestone": "M-1", "assignees": ["mARA"] },
        ],
        "outputs": { "site": "site" },
    })
}

#[test]
fn one_person_is_one_however_the_login_is_spelled() {
    let repository = Project::repository();
    repository.commit_plan("2026-11-01", &plan());
    let report = repository.spawn(["report", "--format", "json"]).ends_with(0).json();
    let people: Vec<_> =
        report["people"].as_array().expect("a list").iter().map(|it| (&it["name"], &it["open"])).collect();
    assert_eq!(people, [(&json!("Mara"), &json!(3)), (&json!("ines"), &json!(1))]);
    assert_eq!(report["people"][0]["milestones"], json!(["M-1"]));
    let text = repository.spawn(["report", "--format", "markdown"]).ends_with(0).out;
    assert!(text.contains("Mara") && !text.contains("mara") && !text.contains("mARA"), "{text}");
    repository.spawn(["build", "-q"]).ends_with(0);
    for page in ["site/index.html", "site/data/issues-0.js", "site/board.html", "site/roadmap.json"] {
        let text = repository.text(page);
        assert!(
            text.contains("Mara") && !text.contains("\"mara\"") && !text.contains("mARA"),
            "{page}: {text}"
        );
    }
}
