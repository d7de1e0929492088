//! What a page says beside its text: tasks, the title once, the picture that is shown with it.

use serde_json::{Value, json};

use super::{
    known::{pages, words},
    made::texts,
    renderer,
};

fn issue(body: &str, site: &Value) -> String {
    let issue = json!({ "id": "A-1", "title": "A-1: Pour the `floor`", "body": body });
    let source = json!({ "issues": [issue], "site": site });
    let pages = texts(&renderer(&source), |_| true);
    pages.into_iter().find(|(path, _)| path == "issues/i-a-1.html").expect("its page").1
}

#[test]
fn tasks_are_counted_and_a_share_is_told_only_where_somebody_ticks() {
    let of = |body: &str| issue(body, &json!({}));
    assert!(of("- [ ] a\n- [ ] b").contains("<dt>Tasks</dt><dd>2</dd>"));
    assert!(of("- [x] a\n- [ ] b").contains("/></svg> 1 of 2 ticked</dd>"));
    assert!(!of("Text.").contains("<dt>Tasks</dt>"));
}

#[test]
fn a_heading_that_only_says_the_title_again_is_left_out() {
    let of = |body: &str| issue(body, &json!({})).matches("Pour the").count();
    let without = of("Text.");
    for same in
        ["# A-1: Pour the `floor`\n\nText.", "\n## Pour the `floor` ##\r\nText.", "# Pour the `floor`"]
    {
        assert_eq!(of(same), without, "{same}");
    }
    for other in ["#Pour the `floor`\n", "# Pour the `floor` today\n", "Text.\n\n# Pour the `floor`\n"] {
        assert_eq!(of(other), without + 1, "{other}");
    }
}

#[test]
fn the_picture_of_a_shared_page_is_below_the_address_of_the_site_or_an_address_itself() {
    let of = |image: &str, url: Option<&str>| {
        let page = issue("", &json!({ "image": image, "url": url }));
        let (_, rest) = page.split_once("property=\"og:image\" content=\"")?;
        rest.split('"').next().map(str::to_owned)
    };
    let url = Some("https://x.org/plan/");
    assert_eq!(of("card.png", url).as_deref(), Some("https://x.org/plan/card.png"));
    assert_eq!(of("https://y.org/c.png", url).as_deref(), Some("https://y.org/c.png"));
    assert_eq!(of("card.png", None), None);
    assert_eq!(of("\"><script>", url).as_deref(), Some("https://x.org/plan/&quot;&gt;&lt;script&gt;"));
}

#[test]
fn ids_that_only_repeat_titles_are_not_told_beside_them() {
    let issue = |title: &str, waits: &[&str]| json!({ "title": title, "milestone": "Q4 2026", "state": "open", "start_on": "2026-10-05", "due_on": "2026-10-20", "blocked_by": waits });
    let mut issues: Vec<_> = (1..12).map(|ix| issue(&format!("Part {ix} of it"), &["the-frame"])).collect();
    issues.push(issue("The frame", &[]));
    issues[0]["id"] = json!("part-1-of-it");
    let source = json!({
        "as_of": "2026-11-20",
        "milestones": [{ "title": "Q4 2026", "due_on": "2026-12-20" }],
        "issues": issues,
    });
    let mut looked_at = 0;
    for (path, page) in pages(&source) {
        let is_own = path.starts_with("issues/") || path.starts_with("milestones/");
        let text = words(&page);
        let text = if is_own { text.split_once(' ').map_or("", |(_, rest)| rest) } else { text.as_str() };
        for id in ["the-frame", "part-2-of-it", "part-1-of-it", "q4-2026"] {
            assert!(!text.contains(id), "{path}: {id} in {text}");
        }
        looked_at += usize::from(text.contains("The frame"));
    }
    assert!(looked_at > 12, "{looked_at}");
}
