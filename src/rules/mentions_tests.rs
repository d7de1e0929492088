//! What is an id in prose, and what only looks like one.

use super::KnownIds;
use crate::model::Target;
use crate::rules::tests::roadmap;

fn known(ids: &[&str]) -> KnownIds {
    let issues: Vec<_> = ids.iter().map(|id| format!(r#"{{ "id": "{id}", "title": "x" }}"#)).collect();
    KnownIds::of(&roadmap(&format!(r#"{{ "issues": [{}] }}"#, issues.join(","))))
}

/// The ids that a text names, unknown ones with a `?`, and the ranges in it.
fn named(known: &KnownIds, text: &str) -> String {
    let mentions = known.mentions(text);
    let ids = mentions.ids.iter().map(|m| format!("{}{}", m.id, if m.target.is_none() { "?" } else { "" }));
    let ranges = mentions.ranges.iter().map(|range| format!("[{}]", &text[range.range.clone()]));
    ids.chain(ranges).collect::<Vec<_>>().join(" ")
}

#[test]
fn only_ids_of_a_series_in_use_count() {
    let known = known(&["DB-001", "DB-002", "DB-ML0"]);
    for (text, names) in [
        ("DB-001 and DB-009.", "DB-001 DB-009?"),
        ("DM-003, LAK-001 and DCON-001 are nobody's", ""),
        ("(DB-ML0), *DB-ML7*, _DB-002_", "DB-ML0 DB-ML7? DB-002"),
        ("db-001 and Db-009 are written otherwise", ""),
        ("DB-001's DB-9: DB-0012", "DB-001 DB-9? DB-0012?"),
        ("DB-001a DB- DB-x XDB-009 DB-009.md DB-009-based", ""),
        ("DB-001/DB-009", "DB-001 DB-009?"),
        ("docs/DB-009/notes DB-009/notes a\\DB-009", ""),
        ("https://x.org/DB-009 www.x.org/DB-009 #DB-009 @DB-009 ?q=DB-009", ""),
        ("see:DB-009", "DB-009?"),
        ("見DB-009。", "DB-009?"),
        ("", ""),
    ] {
        assert_eq!(named(&known, text), names, "{text}");
    }
}

#[test]
fn series_without_a_sign_are_read_with_care() {
    let (several, one) = (known(&["m1", "m2"]), known(&["v1"]));
    assert_eq!(named(&several, "m1, m7, M7, m10 and 5 m"), "m1 m7?");
    assert_eq!(named(&one, "v1 and v2"), "");
    let days = known(&["2026-11", "2026-12"]);
    assert_eq!(named(&days, "2026-11-22, 2026-13"), "");
}

#[test]
fn ranges_have_two_ends() {
    let known = known(&["DB-004", "DB-005", "DB-007", "DB-008"]);
    for (text, names) in [
        ("DB-004 through DB-008", "DB-004 DB-008 [DB-004 through DB-008]"),
        ("DB-004–DB-008", "DB-004 DB-008 [DB-004–DB-008]"),
        ("DB-004 – DB-008", "DB-004 DB-008 [DB-004 – DB-008]"),
        ("DB-004-DB-009", "DB-004 DB-009? [DB-004-DB-009]"),
        ("DB-004..DB-008", "DB-004 DB-008 [DB-004..DB-008]"),
        ("DB-004 to 008", "DB-004 DB-008 [DB-004 to 008]"),
        ("DB-004–009", "DB-004 DB-009? [DB-004–009]"),
        (
            "DB-004 through DB-005 to DB-008",
            "DB-004 DB-005 DB-008 [DB-004 through DB-005] [DB-005 to DB-008]",
        ),
        ("DB-004 to 8 people, DB-004 - 008, DB-008 to DB-004", "DB-004 DB-004 DB-008 DB-004"),
        ("DB-004 together", "DB-004"),
    ] {
        assert_eq!(named(&known, text), names, "{text}");
    }
}

#[test]
fn ranges_know_their_gaps_and_what_they_hold() {
    let known = known(&["DB-004", "DB-005", "DB-007", "DB-008"]);
    let range = |text: &str| known.mentions(text).ranges.remove(0);
    assert_eq!(known.first_gap(&range("DB-004 to DB-008")).as_deref(), Some("DB-006"));
    assert_eq!(known.first_gap(&range("DB-004 to DB-005")), None);
    assert_eq!(known.first_gap(&range("DB-007 to DB-009")), None);
    assert_eq!(known.first_gap(&range("DB-005 to DB-999999")).as_deref(), Some("DB-006"));
    let held: Vec<_> = known.within(&range("DB-005 to DB-009")).map(|(id, _)| id.to_string()).collect();
    assert_eq!(held, ["DB-005", "DB-007", "DB-008"]);
}

#[test]
fn former_ids_are_known_and_made_ones_are_no_series() {
    let known = KnownIds::of(&roadmap(
        r#"{ "issues": [{ "id": "DB-1", "title": "x" }, { "title": "Phase 2" }], "aliases": { "DB-7": "DB-1" } }"#,
    ));
    assert_eq!(named(&known, "DB-7, DB-8, phase-3"), "DB-7 DB-8?");
    assert!(matches!(known.mentions("DB-7").ids[0].target, Some(Target::Issue(_))));
}

#[test]
fn help_knows_what_was_meant() {
    let known = known(&["DB-001", "DB-022"]);
    assert_eq!(known.help("DB-22"), "did you mean `DB-022`?");
    assert!(known.help("DB-023").contains("from `DB-001` to `DB-022`"));
}

#[test]
fn a_gap_is_written_like_its_range() {
    let known = known(&["DB-004", "DB-006"]);
    for text in ["DB-004-DB-006", "DB-004–006", "DB-004 through DB-006"] {
        let mentions = known.mentions(text);
        assert_eq!(known.first_gap(&mentions.ranges[0]).as_deref(), Some("DB-005"), "{text}");
    }
}
