//! What a page says beside its text: tasks, the title once, the picture that is shown with it.

use serde_json::{Value, json};

use super::{made::texts, renderer};

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
