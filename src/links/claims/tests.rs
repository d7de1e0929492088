//! Documents with planted claims, and good ones in which nothing is found.

use std::sync::Arc;

use super::super::{Below, check};
use super::{count_named, of_summary};
use crate::{
    facts::Facts,
    model::resolve,
    render::{Engine, Renderer},
    report::{At, Report},
    rules::mentions::KnownIds,
    source::{merge, parse, read_doc},
};

/// A source in the older form.
const SOURCE: &str = r#"{
  "milestones": [
    { "title": "M-1 – The shed *stands*", "description": "Walls & roof." },
    { "title": "M-2 – It has light" }
  ],
  "issues": [
    { "milestone": "M-1 – The shed *stands*", "title": "A-1: Buy wood", "labels": ["type:buy", "area:shed"] },
    { "milestone": "M-1 – The shed *stands*", "title": "A-2: Build `it`", "labels": ["type:build"] },
    { "milestone": "M-2 – It has light", "title": "A-3: Lay the cable", "labels": [] }
  ]
}"#;

struct Nowhere;

impl Below for Nowhere {
    fn exists(&self, _: &str) -> bool {
        false
    }

    fn text(&self, _: &str) -> Option<Arc<str>> {
        None
    }
}

fn renderer(text: &str) -> Renderer {
    let mut report = Report::default();
    let name: Arc<str> = "roadmap/roadmap.json".into();
    let parsed = parse(&name, SOURCE.into(), &mut report).expect("it is JSON");
    let (roadmap, _) = resolve(merge(vec![(name, parsed)], &mut report), "roadmap", None);
    let facts = Facts::derive(&roadmap, None);
    let doc = read_doc("guide.md".into(), text.to_owned(), &mut report);
    Renderer::new(roadmap, facts, Engine::new(Vec::new()).expect("the templates compile"), vec![doc])
}

/// The lines and words of what is found in a document.
fn lines(text: &str, report: Report) -> Vec<String> {
    let line = |at: &At| match at {
        At::Bytes(range) => text[..range.start].matches('\n').count() + 1,
        At::File | At::Json(..) => 0,
    };
    report.sorted().iter().map(|found| format!("{}: {}", line(&found.place.at), found.message)).collect()
}

fn claims(text: &str) -> Vec<String> {
    let renderer = renderer(text);
    lines(text, check(&renderer, &[], &Nowhere))
}

fn summary(text: &str) -> Vec<String> {
    let renderer = renderer(text);
    lines(text, of_summary(&renderer, &renderer.docs[0]))
}

const GOOD: &str = "# Shed - Summary

2 milestones and 3 issues.

| # | Title | Description | Issues |
|---|---|---|---|
| 1 | M-1 – The shed *stands* | Walls &amp; roof. | 2 |
| 2 | M-2 — It has light | | 1 |

## M-1 - The shed stands

| Issue # | Title | Labels |
|---|---|---|
| A-1 | Buy wood | `area:shed` `type:buy` |
| [A-2](x://y) | Build `it` | type:build |

## M-2

### Issues

| Issue | Labels |
|---|---|
| A-3: Lay the cable | — |

- `type:buy` (1 issue), `type:build` (1 issue), `area:shed`
";

#[test]
fn a_good_document_is_left_in_peace() {
    assert_eq!(claims(GOOD), Vec::<String>::new());
    assert_eq!(summary(GOOD), Vec::<String>::new());
}

#[test]
fn every_planted_claim_of_a_table_is_found_at_its_line() {
    let spoilt = GOOD
        .replace("| Buy wood |", "| Buy timber |")
        .replace("type:build |", "type:buy, area:shed |")
        .replace("Lay the cable", "Lay a cable")
        .replace("roof. | 2", "roof. | 4")
        .replace("Walls &amp; roof", "Walls")
        .replace("## M-2\n", "## M-1\n");
    assert_eq!(
        claims(&spoilt),
        [
            "7: `M-1` has another description",
            "7: `M-1` has 2 issues, not 4",
            "14: `A-1` is called `Buy wood`",
            "15: `A-2` has `type:build`, not `area:shed`, `type:buy`",
            "23: `A-3` belongs to `M-2`, not to `M-1`",
        ]
    );
}

#[test]
fn what_a_summary_says_of_the_whole_is_held_against_it() {
    let spoilt = GOOD
        .replace("2 milestones and 3 issues", "3 milestones and 2 issues")
        .replace("## M-1 - The shed stands", "## M-1 - The house stands")
        .replace("| A-1 | Buy wood | `area:shed` `type:buy` |\n", "")
        .replace("`type:buy` (1 issue), ", "`type:build` (2 issues), ")
        .replace("area:shed", "area:home");
    assert_eq!(
        summary(&spoilt),
        [
            "0: the label `area:shed` is missing",
            "0: the label `type:buy` is missing",
            "3: the roadmap has 2 milestones, not 3",
            "3: the roadmap has 3 issues, not 2",
            "10: `A-1` is missing: `Buy wood`",
            "10: `M-1` is called `M-1 – The shed *stands*`",
            "24: `type:build` is on 1 issue, not 2",
        ]
    );
}

#[test]
fn free_words_regions_and_items_of_others_are_no_claims() {
    let text = "# Notes\n\n| Id | Title | Note |\n|---|---|---|\n| B-1 | Buy timber | A-1 |\n| A-9 | x | M-1 |\n\n\
        | What | Who |\n|---|---|\n| A-1 | Mara buys it |\n\nWe have 7 issues with the shed, and 3 milestones.\n\n\
        <!-- roadbook:begin overview -->\n\n| Issue | Title |\n|---|---|\n| A-1 | old |\n\n<!-- roadbook:end -->\n";
    let found: Vec<_> = claims(text).into_iter().filter(|found| !found.contains("not an id")).collect();
    assert_eq!(found, Vec::<String>::new());
    let book = renderer("# A book\n");
    assert_eq!(count_named(&book, &KnownIds::of(&book.roadmap), &book.docs[0]), 0);
}

#[test]
fn all_readers_know_the_same_heads_and_headings() {
    let counts = "# A\n\n| No. | Milestone title | Issue count |\n|---|---|---|\n| M-1 | M-1 – The shed *stands* | 2 |\n| M-2 | It has heat | 3 |\n";
    assert_eq!(claims(counts), ["6: `M-2` is called `M-2 – It has light`", "6: `M-2` has 1 issue, not 3"]);
    let below = "# A\n\n## M-1 - The shed stands\n\n### Deliverables\n\n| Id | Name |\n|---|---|\n| A-3 | Lay the cable |\n";
    assert_eq!(claims(below), ["9: `A-3` belongs to `M-2`, not to `M-1`"]);
    let labels = "# A\n\n| Label | Meaning |\n|---|---|\n| A-1 | what it is about |\n\n| Issue | Tags |\n|---|---|\n| A-1 | later |\n";
    assert_eq!(claims(labels), Vec::<String>::new());
    let pictures = "# A\n\n| Id | Title |\n|---|---|\n| ![A-1](a.svg) | ![new](n.svg) Buy wood |\n| ![A-2](a.svg) | ![new](n.svg) Buy it |\n";
    let found: Vec<_> =
        claims(pictures).into_iter().filter(|found| !found.contains("leads nowhere")).collect();
    assert_eq!(found, ["6: `A-2` is called `Build `it``"]);
}

#[test]
fn one_cell_is_told_once_whichever_way_it_is_read() {
    let text = "# A\n\n## M-2\n\n| Issue | Title | Milestone |\n|---|---|---|\n| A-1 | Buy wood | M-1 |\n| A-2 | Build it | M-1 |\n| A-3 | Lay wires | M-1 |\n";
    assert_eq!(
        claims(text),
        ["9: `A-3` is called `Lay the cable`", "9: `A-3` belongs to `M-2`, not to `M-1`"]
    );
}
