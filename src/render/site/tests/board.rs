//! The board and the table show every public issue once, and their data says the same.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    attributes,
    made::{elements, many, texts},
    renderer, site,
};
use crate::{
    facts::Status,
    render::{SitePage, site::DataFile},
};

fn is_board(page: &SitePage) -> bool {
    matches!(page, SitePage::Board(_))
}

fn is_table(page: &SitePage) -> bool {
    matches!(page, SitePage::Table(_))
}

/// The files of data, by path.
fn data(source: &Value) -> BTreeMap<String, String> {
    let is_data = |page: &SitePage| matches!(page, SitePage::Data(DataFile::Issues(_)));
    texts(&renderer(source), is_data).into_iter().collect()
}

/// What a file of data calls its function with.
fn called(text: &str) -> Value {
    let json = text.split_once("roadbook.issues(").and_then(|(_, rest)| rest.strip_suffix(");\n"));
    serde_json::from_str(json.expect("it is a call")).expect("it is JSON")
}

/// What stands between the heading of a column and the next.
fn column<'a>(html: &'a str, anchor: &str) -> &'a str {
    let heads = [format!("<h2 id=\"{anchor}\""), format!(" id=\"{anchor}\"><summary>")];
    let parts = html.split("class=\"column");
    parts.into_iter().find(|part| heads.iter().any(|head| part.contains(head))).unwrap_or_default()
}

const ANCHORS: [(Status, &str); 4] = [
    (Status::Blocked, "blocked"),
    (Status::Ready, "ready"),
    (Status::InProgress, "in-progress"),
    (Status::Done, "done"),
];

#[test]
fn every_issue_is_there_once_in_the_column_of_its_status() {
    for issues in [60, 470] {
        let renderer = renderer(&many(issues));
        let pages = texts(&renderer, is_board);
        assert_eq!(pages.len() > 2, issues > 200, "{}", pages.len());
        assert_eq!(pages[0].0, "board.html");
        let cards = |html: &str| html.matches("<li class=\"card\"").count();
        for (status, anchor) in ANCHORS {
            let wanted = renderer.facts.issues.iter().filter(|facts| facts.status == status).count();
            let shown: usize = pages.iter().map(|(_, html)| cards(column(html, anchor))).sum();
            assert!(wanted > 0 && shown == wanted, "{anchor}: {shown} of {wanted}");
        }
        let all: String = pages.into_iter().map(|(_, html)| html).collect();
        for issue in &renderer.roadmap.issues {
            let link = format!("href=\"issues/i-{}.html\"", issue.id.key());
            assert_eq!(all.matches(&link).count(), 1, "{link}");
        }
    }
}

#[test]
fn what_is_open_comes_before_what_is_done() {
    let renderer = renderer(&many(900));
    let pages = texts(&renderer, is_board);
    let first = |anchor: &str| pages.iter().position(|(_, html)| !column(html, anchor).is_empty());
    let last = |anchor: &str| pages.iter().rposition(|(_, html)| !column(html, anchor).is_empty());
    assert!(last("ready") < first("done") && last("blocked") < first("done"));
    let way = format!("<a class=\"st done\" href=\"{}\">", pages[first("done").expect("a part")].0);
    assert!(pages[0].1.contains(&way), "{way}");
    assert!(!pages[1].1.contains("class=\"facets\"") && !pages[1].1.contains("board.js"));
}

#[test]
fn closed_issues_of_a_short_board_are_folded() {
    let page = texts(&renderer(&many(60)), is_board).remove(0).1;
    let done = column(&page, "done");
    assert!(done.starts_with(" wide fold done\"") && !done.contains("open"), "{done}");
    let only = json!({"issues": [{"id": "a", "title": "A", "state": "closed"}]});
    let page = texts(&renderer(&only), is_board).remove(0).1;
    assert!(!page.contains("<details class=\"column") && !column(&page, "done").is_empty());
}

#[test]
fn no_page_grows_past_what_browsers_bear() {
    for (path, html) in texts(&renderer(&many(600)), |page| is_board(page) || is_table(page)) {
        assert!(elements(&html) < 3_000, "{path}: {}", elements(&html));
    }
}

#[test]
fn a_change_of_state_changes_the_parts_that_it_leaves_and_comes_to() {
    let mut source = many(900);
    let before = texts(&renderer(&source), is_board);
    source["issues"][400]["state"] = "closed".into();
    let after = texts(&renderer(&source), is_board);
    let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    // With the first one, whose filters count.
    assert!(before.len() == after.len() && changed <= 3, "{changed} of {}", after.len());
}

#[test]
fn no_column_is_empty_and_what_nobody_stated_groups_by_something_else() {
    let page = |source| texts(&renderer(&source), is_board).remove(0).1;
    let known = page(json!({"issues": [{"title": "A-1: a", "state": "open"}]}));
    let unknown = page(
        json!({"repository": "o/r", "issues": [{"title": "A-1: a"}, {"title": "A-2: b", "state": "open"}]}),
    );
    assert!(!known.contains("id=\"unknown\"") && column(&unknown, "unknown").contains("i-a-1.html"));
    let milestones: Vec<_> = ["A", "B", "C"].map(|id| json!({"id": id, "title": id})).into();
    let issues: Vec<_> = (0..4)
        .map(|n| json!({"id": format!("i{n}"), "title": "x", "milestone": (["A", "B"].get(n))}))
        .collect();
    let sparse = page(json!({"repository": "o/r", "milestones": milestones, "issues": issues}));
    let heads: Vec<_> = sparse.split("<h2 id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(heads, ["m-a", "m-b", "others"]);
    let empty = texts(&renderer(&json!({"issues": []})), is_board);
    assert!(empty.len() == 1 && empty[0].1.contains(">0 issues<"));
}

#[test]
fn the_table_holds_everything_once_in_order() {
    let renderer = renderer(&many(900));
    let pages = texts(&renderer, is_table);
    assert_eq!((pages[0].0.as_str(), pages[1].0.as_str()), ("table.html", "table~2.html"));
    let rows: Vec<_> = pages
        .iter()
        .flat_map(|(_, html)| html.split("<tr><th scope=\"row\"><a href=\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect();
    let wanted: Vec<_> =
        renderer.roadmap.issues.iter().map(|issue| format!("issues/i-{}.html", issue.id.key())).collect();
    assert_eq!(rows, wanted);
    assert!(
        pages[0].1.contains("<th scope=\"col\" data-sort=\"milestone\">Milestone</th>"),
        "{}",
        pages[0].1
    );
}

#[test]
fn every_value_of_the_filters_is_a_link_and_says_how_many_have_it() {
    let renderer = renderer(&many(400));
    let page = &texts(&renderer, is_board)[0].1;
    let count = |name: &str, key: &str| {
        let head = format!("<section data-f=\"{name}\">");
        let value =
            page.split(&head).skip(1).flat_map(|list| list.split("</section>").next()).find_map(|list| {
                let of = list.split("<a href=\"").find(|of| of.contains(&format!("\" data-v=\"{key}\"")))?;
                of.split("<b>").nth(1)?.split('<').next()?.parse::<usize>().ok()
            });
        value.unwrap_or_else(|| panic!("no {name}={key}"))
    };
    for (status, anchor) in ANCHORS {
        let wanted = renderer.facts.issues.iter().filter(|facts| facts.status == status).count();
        assert_eq!(count("state", anchor), wanted);
    }
    assert_eq!((count("milestone", "a"), count("milestone", "-")), (100, 100));
    assert_eq!((count("label", "area:two"), count("who", "ada")), (400, 400));
    let files: Vec<_> = site(&renderer).into_keys().collect();
    for link in attributes(page, "href").filter(|link| !link.starts_with("data:")) {
        let file = format!("site/{}", link.split('#').next().unwrap_or_default());
        assert!(link.starts_with('#') || files.contains(&file), "{link}");
    }
}

#[test]
fn a_long_list_of_values_is_cut_to_those_that_most_issues_have() {
    let milestones: Vec<_> =
        (0..90).map(|n| json!({"id": format!("m{n}"), "title": format!("M {n}")})).collect();
    let issue =
        |n: usize| json!({"id": format!("i{n}"), "title": "x", "milestone": format!("m{}", n * 7 % 90)});
    let source = json!({"milestones": milestones, "issues": (0..600).map(issue).collect::<Vec<_>>()});
    let page = &texts(&renderer(&source), is_board)[0].1;
    let shown = page.matches(" data-v=\"").count();
    assert!(shown <= 64 && page.contains("<a class=\"more-of\" href=\"timeline.html\">"), "{shown}");
}

#[test]
fn the_data_says_of_each_issue_what_its_card_says() {
    let source = many(40);
    let file = called(&data(&source)["data/issues-0.js"]);
    let rows = file["rows"].as_array().expect("rows");
    assert_eq!((rows.len(), &file["first"]), (40, &json!(0)));
    // T-8 waits for T-6; it is open and begins later.
    assert_eq!(
        rows[8],
        json!(["T-8", "Work <8> & more", 0, 1, [0, 1, 2, 3, 4], [0, 1], 0, [], "2027-01-01", "2026-11-01"])
    );
    assert_eq!(
        file["milestones"],
        json!([[0, "a", "Milestone A", "A"], [1, "b", "Milestone B", "B"], [2, "c", "Milestone C", "C"]])
    );
    assert_eq!(file["people"], json!(["ada", "bob"]));
    let label = |own: &str| {
        file["labels"].as_array().expect("labels").iter().any(|it| it[4] == own && it[3] == "area")
    };
    assert!(label("one") && label("two"));
}

#[test]
fn other_words_in_a_body_change_no_data_and_no_list() {
    let mut source = many(300);
    let all = |source: &Value| texts(&renderer(source), |page| is_board(page) || is_table(page));
    let before = (data(&source), all(&source));
    source["issues"][7]["body"] = "Wholly other words.".into();
    assert!(before == (data(&source), all(&source)));
}

#[test]
fn data_comes_in_files_of_2000_issues_or_fewer_where_titles_are_long() {
    let files = |title: &str| {
        let issue = |n: usize| json!({"id": format!("i{n}"), "title": title});
        let source = json!({"issues": (0..4_100).map(issue).collect::<Vec<_>>()});
        data(&source)
            .into_values()
            .map(|text| called(&text)["rows"].as_array().map_or(0, Vec::len))
            .collect::<Vec<_>>()
    };
    assert_eq!(files("Short"), [2_000, 2_000, 100]);
    assert_eq!(files(&"long ".repeat(50)).len(), 9);
}
