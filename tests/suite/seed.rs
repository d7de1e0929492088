//! The seed: the document that it all began with, given back byte for byte; and the older form, read as it is.

use std::{fs, path::Path};

use roadbook::internals::io::Disk;

use crate::support::{FIXTURES, Project, pretty};

const SEED: &str = "roadmap/milestones_and_issues.json";

fn seed() -> Project {
    Project::copy_of(format!("{FIXTURES}/seed"))
}

#[test]
fn the_seed_gives_its_summary_back() {
    let seed = seed().built();
    let summary = seed.text("roadmap/SUMMARY.md");
    assert_eq!(summary, seed.text("SUMMARY.expected.md"));
    // Where the repository stands beside the document itself, that is what counts.
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    for original in
        folders.filter_map(|folder| fs::read_to_string(folder.join("shared/seed/SUMMARY.md")).ok())
    {
        assert_eq!(summary, original);
    }
    seed.run(["check"]).ends_with(0);
}

#[test]
fn the_seeds_own_texts_raise_no_false_alarm() {
    // They name DM-003, LAK-001, CAP-001, DCON-001: documents of theirs, not ids of the roadmap.
    let found = seed().built().run(["check", "--format", "json", "--deny-warnings"]).json();
    let by_code = found["counts"]["by_code"].as_object().expect("counts");
    assert!(by_code.is_empty(), "{by_code:?}");
}

#[test]
fn links_change_link_markup_and_nothing_else() {
    let seed = seed();
    let mut source: serde_json::Value = serde_json::from_str(&seed.text(SEED)).expect("JSON");
    source["summary"]["links"] = true.into();
    seed.write(SEED, pretty(&source));
    let linked = seed.built().text("roadmap/SUMMARY.md");
    let expected = fs::read_to_string(format!("{FIXTURES}/seed/SUMMARY.expected.md")).expect("the seed");
    assert!(linked.matches("](").count() > 60, "milestones, issues and labels are linked:\n{linked}");
    assert_eq!(without_links(&linked), expected);
}

/// A text with `[words](place)` made `words`.
fn without_links(text: &str) -> String {
    let mut left = text.to_owned();
    while let Some(middle) = left.find("](") {
        let begin = left[..middle].rfind('[').expect("a link begins");
        let end = middle + left[middle..].find(')').expect("a link ends");
        left.replace_range(middle..=end, "");
        left.remove(begin);
    }
    left
}

#[test]
fn the_older_form_builds_and_checks_with_no_edit() {
    let older = Project::copy_of(format!("{FIXTURES}/older"));
    let before = older.bytes(SEED);
    older.run(["build"]).ends_with(0).says("5 written");
    assert_eq!(older.bytes(SEED), before);
    older.run(["check"]).ends_with(0).says("5 files compared");
    let summary = older.text("roadmap/SUMMARY.md");
    for words in ["# Roadmap - Milestones", "DB-001", "### Area Labels", "### Priority Labels"] {
        assert!(summary.contains(words), "{words}:\n{summary}");
    }
}

#[test]
fn the_roadmap_of_this_repository_is_fresh() {
    let here = Project::empty();
    let disk = Disk::new(env!("CARGO_MANIFEST_DIR").into());
    here.run_on(&disk, b"", ["check"])
        .ends_with(0)
        .says("checked 6 milestones, 22 issues, ")
        .says("91 files compared");
}
