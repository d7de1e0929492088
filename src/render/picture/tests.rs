//! What the pictures show is what the roadmap says: nothing is lost, doubled or made up.
#![allow(clippy::disallowed_methods, reason = "a macro of snapbox asks for the test file")]

mod hostile;
mod lanes;
mod meaning;

use std::{collections::BTreeMap, sync::Arc};

use roxmltree::Document;
use snapbox::{assert_data_eq, file};

use super::{
    Picture,
    burnup::{self, COMPACT, burnup},
    graph::{self, GraphInput},
    timeline,
};
use crate::{
    facts::{Facts, Live},
    model::{Day, IssueIx, MilestoneIx, Roadmap, Target, resolve},
    report::Report,
    source,
};

/// A roadmap with all that a picture can show.
const EXAMPLE: &str = include_str!("golden/example.json");

/// The roadmap and the facts of a source.
fn read(json: &str) -> (Roadmap, Facts) {
    let mut report = Report::default();
    let name: Arc<str> = "roadmap.json".into();
    let parsed = source::parse(&name, json.as_bytes().to_vec(), &mut report).expect("it is a source");
    let document = source::merge(vec![(name, parsed)], &mut report);
    assert_eq!(report.iter().count(), 0, "{report:?}");
    let (roadmap, _) = resolve(document, "", None);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    (roadmap, facts)
}

/// Where the pages of items would lie.
fn link(to: Target) -> String {
    match to {
        Target::Milestone(ix) => format!("m-{}.html", ix.0),
        Target::Issue(ix) => format!("i-{}.html", ix.0),
    }
}

/// How many issues there were from some days on.
fn scope() -> BTreeMap<Day, usize> {
    let days = [("2026-09-01", 9), ("2026-10-15", 18), ("2026-11-02", 14)];
    days.into_iter().map(|(day, count)| (Day::parse(day).expect("a day"), count)).collect()
}

/// Every picture that there is of a roadmap.
fn pictures(roadmap: &Roadmap, facts: &Facts) -> Vec<(&'static str, Picture)> {
    let mut pictures = vec![
        ("mini", timeline::mini(roadmap, facts, None)),
        ("narrow", timeline::narrow(roadmap, facts, None)),
        ("graph", graph::draw(&GraphInput::of_live(roadmap, facts, &link))),
        ("graph-all", graph::draw(&GraphInput::of_all(roadmap, facts, &Live::of_all(roadmap), &link))),
        ("graph-milestones", graph::draw(&GraphInput::of_milestones(roadmap, facts, &link))),
    ];
    pictures.extend(burnup(roadmap, facts.as_of).map(|picture| ("burnup", picture)));
    let compact = burnup::with_scope(roadmap, facts.as_of, scope(), COMPACT);
    pictures.extend(compact.map(|picture| ("burnup-compact", picture)));
    if !roadmap.milestones.is_empty() {
        let ix = MilestoneIx(roadmap.milestones.len().min(2) - 1);
        pictures.push(("graph-one", graph::draw(&GraphInput::of_milestone(roadmap, facts, ix, &link))));
    }
    if !roadmap.issues.is_empty() {
        let ix = IssueIx(roadmap.issues.len().min(5) - 1);
        pictures.push(("around", graph::draw(&GraphInput::around(roadmap, facts, ix, &link))));
    }
    pictures
}

/// How many elements have all these classes.
fn count(svg: &str, tag: &str, classes: &[&str]) -> usize {
    let document = Document::parse(svg).expect("it is well-formed");
    let has = |node: &roxmltree::Node<'_, '_>| {
        let class = node.attribute("class").unwrap_or_default();
        classes.iter().all(|wanted| class.split(' ').any(|class| class == *wanted))
    };
    document.descendants().filter(|node| node.tag_name().name() == tag && has(node)).count()
}

/// The names of the elements with a class: what a pointer or a screen reader is told.
fn names(svg: &str, class: &str) -> Vec<String> {
    let document = Document::parse(svg).expect("it is well-formed");
    let has = |node: &roxmltree::Node<'_, '_>| {
        node.attribute("class").unwrap_or_default().split(' ').any(|word| word == class)
    };
    let name = |node: roxmltree::Node<'_, '_>| {
        node.first_element_child()
            .filter(|child| child.has_tag_name("title") || child.tag_name().name() == "title")
            .and_then(|child| child.text().map(str::to_owned))
    };
    document.descendants().filter(has).filter_map(name).collect()
}

#[test]
fn the_pictures_of_the_example_are_those_that_were_looked_at() {
    let (roadmap, facts) = read(EXAMPLE);
    for (name, picture) in pictures(&roadmap, &facts) {
        let svg = format!("{}\n", picture.svg);
        match name {
            "narrow" => assert_data_eq!(svg, file!["golden/narrow.svg"].raw()),
            "burnup-compact" => assert_data_eq!(svg, file!["golden/burnup-compact.svg"].raw()),
            "mini" => assert_data_eq!(svg, file!["golden/mini.svg"].raw()),
            "around" => assert_data_eq!(svg, file!["golden/around.svg"].raw()),
            "graph" => assert_data_eq!(svg, file!["golden/graph.svg"].raw()),
            "graph-all" => assert_data_eq!(svg, file!["golden/graph-all.svg"].raw()),
            "graph-milestones" => assert_data_eq!(svg, file!["golden/graph-milestones.svg"].raw()),
            "graph-one" => assert_data_eq!(svg, file!["golden/graph-one.svg"].raw()),
            "burnup" => assert_data_eq!(svg, file!["golden/burnup.svg"].raw()),
            _ => panic!("`{name}` has no picture to compare with"),
        }
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let (roadmap, facts) = read(EXAMPLE);
    let (again, facts_again) = read(EXAMPLE);
    assert_eq!(pictures(&roadmap, &facts), pictures(&again, &facts_again));
}
