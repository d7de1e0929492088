//! `extra`: the user's own data reaches the user's own templates, and nothing else.

use serde_json::json;

use crate::support::Project;

fn project() -> Project {
    Project::of(&json!({
        "title": "Shed", "outputs": {}, "extra": { "client": "Ada & Co" },
        "milestones": [{ "id": "S-M1", "title": "Stands", "extra": { "budget": 1200 } }, { "id": "S-M2", "title": "Hidden", "internal": true, "extra": { "budget": "secret" } }],
        "issues": [
            { "id": "S-1", "title": "Floor", "milestone": "S-M1", "extra": { "risk": { "level": "<high>" }, "tags": ["a", "b"] } },
            { "id": "S-2", "title": "Roof", "milestone": "S-M1" },
            { "id": "S-3", "title": "Cellar", "milestone": "S-M2", "extra": { "risk": { "level": "secret" } } }
        ]
    }))
}

#[test]
fn templates_are_given_it() {
    let project = project();
    let issue = "<p>{% if extra.risk is defined %}{{ extra.risk.level }} {{ extra.tags | join(sep=\"+\") }}{% else %}none{% endif %} {{ site.extra.client }}</p>";
    project.write("roadmap/templates/site/issue.html", issue);
    project.write("roadmap/templates/site/milestone.html", "<p>{{ extra.budget }} EUR</p>");
    let page = "{{ extra.budget }}: {% for issue in issues %}{{ issue.id }} {% if issue.extra.risk is defined %}{{ issue.extra.risk.level }}{% else %}none{% endif %} {% endfor %}\n";
    project.write("roadmap/templates/markdown/milestone.md", page);
    project.write("roadmap/templates/markdown/SUMMARY.md", "# {{ extra.client }}\n");
    project.run(["build"]).ends_with(0);
    let first = project.text("site/issues/i-s-1.html");
    assert!(first.contains("<p>&lt;high&gt; a+b Ada &amp; Co</p>"), "{first}");
    assert!(project.text("site/issues/i-s-2.html").contains("<p>none Ada &amp; Co</p>"));
    assert!(project.text("site/milestones/m-s-m1.html").contains("<p>1200 EUR</p>"));
    let page = project.text("roadmap/milestones/m-s-m1.md");
    assert!(page.contains("1200: S-1 <high> S-2 none"), "{page}");
    assert!(project.text("roadmap/SUMMARY.md").contains("# Ada & Co"));
}

#[test]
fn nobody_else_is() {
    let project = project();
    project.run(["build"]).ends_with(0);
    for (path, bytes) in project.tree() {
        let text = String::from_utf8_lossy(&bytes);
        let is_source = path == "roadmap/plan.json";
        assert!(
            is_source || !text.contains("Ada &amp; Co") && !text.contains("secret") && !text.contains("1200"),
            "{path}"
        );
    }
    let told = project.run(["list", "--format", "json"]).json().to_string();
    assert!(!told.contains("risk"), "{told}");
}
