//! A roadmap of any size for the tests of single pages.

use crate::render::{Page, PageKind, Renderer, SitePage};

/// The pages of the site that `wanted` picks: path inside the site, and text.
pub(super) fn texts(renderer: &Renderer, wanted: impl Fn(&SitePage) -> bool) -> Vec<(String, String)> {
    let is_wanted = |page: &Page| matches!(&page.kind, PageKind::Site(kind) if wanted(kind));
    let text = |page: Page| {
        let mut out = Vec::new();
        renderer.bytes(&page, &mut out).expect("a page");
        let path = page.path.as_str().strip_prefix("site/").expect("a page of the site").to_owned();
        (path, String::from_utf8(out).expect("text"))
    };
    renderer.pages().into_iter().filter(is_wanted).map(text).collect()
}

/// A source with so many issues in three milestones and in none, of every status, with every kind of fact.
pub(super) fn many(issues: usize) -> serde_json::Value {
    const MILESTONES: [&str; 3] = ["A", "B", "C"];
    let issue = |number: usize| {
        let milestone = MILESTONES.get(number % 4);
        let blocked_by = (number % 7 == 1 && number > 1).then(|| vec![format!("T-{}", number - 2)]);
        serde_json::json!({
            "id": format!("T-{number}"),
            "title": format!("T-{number}: Work <{number}> & more"),
            "body": format!("Text{number} about `things`."),
            "milestone": milestone,
            "labels": ["area:one", "area:two", "type:x", "priority:high", "help"],
            "assignees": ["ada", "bob"],
            "state": if number.is_multiple_of(3) { "closed" } else { "open" },
            "start_on": if number.is_multiple_of(5) { "2026-01-01" } else { "2027-01-01" },
            "due_on": if number.is_multiple_of(2) { "2026-11-01" } else { "2026-12-24" },
            "blocked_by": blocked_by.unwrap_or_default(),
        })
    };
    let milestone =
        |id: &str| serde_json::json!({"id": id, "title": format!("Milestone {id}"), "due_on": "2026-12-01"});
    serde_json::json!({
        "title": "Many", "as_of": "2026-11-20",
        "milestones": MILESTONES.map(milestone),
        "issues": (0..issues).map(issue).collect::<Vec<_>>(),
    })
}

/// How many elements a page has.
pub(super) fn elements(html: &str) -> usize {
    let opens = |(at, _): &(usize, &str)| html[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    html.match_indices('<').filter(opens).count()
}
