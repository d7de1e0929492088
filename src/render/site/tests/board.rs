//! The board shows every public issue once, in the column of its status.

use super::{
    made::{elements, many, texts},
    renderer,
};
use crate::{facts::Status, render::SitePage};

fn is_board(page: &SitePage) -> bool {
    matches!(page, SitePage::Board(_))
}

/// What stands between the heading of a column and the next.
fn column<'a>(html: &'a str, anchor: &str) -> &'a str {
    let column =
        html.split("<section class=\"column").find(|part| part.contains(&format!("<h2 id=\"{anchor}\"")));
    column.unwrap_or_default()
}

#[test]
fn every_issue_is_there_once_in_the_column_of_its_status() {
    let renderer = renderer(&many(470));
    let pages = texts(&renderer, is_board);
    assert!(pages.len() > 2, "{}", pages.len());
    assert_eq!((pages[0].0.as_str(), pages[1].0.as_str()), ("board.html", "board~2.html"));
    let anchors = [
        (Status::Blocked, "blocked"),
        (Status::Ready, "ready"),
        (Status::InProgress, "in-progress"),
        (Status::Done, "done"),
    ];
    for (status, anchor) in anchors {
        let wanted = renderer.facts.issues.iter().filter(|facts| facts.status == status).count();
        let shown: usize =
            pages.iter().map(|(_, html)| column(html, anchor).matches("<li data-milestone").count()).sum();
        let cards: usize =
            pages.iter().map(|(_, html)| column(html, anchor).matches("<li class=\"card\"").count()).sum();
        assert!(wanted > 0, "{anchor}");
        assert_eq!(shown + cards, wanted, "{anchor}");
        assert!(shown == 0 || status == Status::Done, "{anchor}");
    }
    let all: String = pages.into_iter().map(|(_, html)| html).collect();
    for issue in &renderer.roadmap.issues {
        let link = format!("href=\"issues/i-{}.html\"", issue.id.key());
        assert_eq!(all.matches(&link).count(), 1, "{link}");
    }
}

#[test]
fn no_page_grows_past_what_browsers_bear() {
    for (path, html) in texts(&renderer(&many(600)), is_board) {
        assert!(elements(&html) < 3_000, "{path}: {}", elements(&html));
    }
}

#[test]
fn a_change_of_state_changes_one_part() {
    let mut source = many(900);
    let before = texts(&renderer(&source), is_board);
    source["issues"][400]["state"] = "closed".into();
    source["issues"][401]["state"] = "closed".into();
    let after = texts(&renderer(&source), is_board);
    let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    assert!(before.len() == after.len() && changed <= 2, "{changed} of {}", after.len());
}

#[test]
fn a_state_that_nobody_stated_has_its_own_column() {
    let page = |source| texts(&renderer(&source), is_board).remove(0).1;
    let known = page(serde_json::json!({"issues": [{"title": "A-1: a", "state": "open"}]}));
    let unknown = page(
        serde_json::json!({"repository": "o/r", "issues": [{"title": "A-1: a"}, {"title": "A-2: b", "state": "open"}]}),
    );
    assert!(!known.contains("id=\"unknown\"") && column(&unknown, "unknown").contains("i-a-1.html"));
}

#[test]
fn the_first_and_the_last_of_a_part_are_named() {
    let pages = texts(&renderer(&many(470)), is_board);
    assert!(pages[0].1.contains("This part: <bdi>Milestone A</bdi>"), "{}", pages[0].1);
    let empty = texts(&renderer(&serde_json::json!({"issues": []})), is_board);
    assert!(empty.len() == 1 && empty[0].1.contains(">0 issues<"));
}
