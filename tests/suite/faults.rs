//! One file with more than thirty different faults: one run lists them all, each under the value at fault.
//!
//! The transcripts beside this file are written anew by `SNAPSHOTS=overwrite cargo test --test suite faults`.

use std::collections::BTreeSet;

use serde_json::Value;
use snapbox::{IntoData, file, str};

use crate::support::{Project, SOURCE};

/// Each fault of the fixture in the order of the file: its code, and the bytes that are at fault.
const FAULTS: [(&str, &str); 54] = [
    ("version-mismatch", r#""0.9""#),
    ("duplicate-key", r#""title""#),
    ("bad-repository", r#""https://github.com/harbour/quay""#),
    ("invalid-date", r#""2026-02-30""#),
    ("unknown-key", r#""milestnes""#),
    ("date-order", r#""2026-12-01""#),
    ("open-in-closed", r#""closed""#),
    ("unknown-id", r#""What F-999 says.""#),
    ("dependency-cycle", r#""F-M2""#),
    ("duplicate-title", r#""Twin""#),
    ("bad-id", r#""../M6""#),
    ("phase-coverage", r#""Sixth""#),
    ("control-character", r#""\t""#),
    ("empty-title", r#""\t""#),
    ("made-id", r#""\t""#),
    ("phase-coverage", r#""\t""#),
    ("phase-coverage", r#""Eighth""#),
    ("milestone-was", r#""First""#),
    ("duplicate-id", r#""f-1""#),
    ("ambiguous-milestone", r#""Twin""#),
    ("unknown-milestone", r#""F-M9""#),
    ("unknown-label", r#""area:c""#),
    ("unknown-parent", r#""F-77""#),
    ("label-case", r#""Area:A""#),
    ("unknown-blocker", r#""F-78""#),
    ("exclusive-group", r#""area:b""#),
    ("wrong-type", r#""three""#),
    ("repeated-reference", r#""area:a""#),
    ("negative-estimate", "-1"),
    ("bidi-override", r#""Turn \u202e over""#),
    ("bad-assignee", r#""not a login!""#),
    ("control-character", r#""Ring\u0007 the bell""#),
    ("unknown-key", r#""colour""#),
    ("invisible-character", r#""Hide\u200b away""#),
    ("due-after-milestone", r#""2027-01-15""#),
    ("due-order", r#""F-1""#),
    ("closed-before-blocker", r#""F-1""#),
    ("state-contradiction", r#""2026-10-01""#),
    ("required-group", "[]"),
    ("missing-key", r#"{ "id": "F-16", "labels": ["area:a"] }"#),
    ("made-id", r#""Nameless""#),
    ("label-color", "\"#f00\""),
    (
        "label-description-length",
        r#""A description of a label that goes on and on and on until nobody at all reads it any more, and then some more.""#,
    ),
    ("duplicate-label", r#""area:b""#),
    ("label-name-length", r#""a-name-of-a-label-that-is-longer-than-fifty-characters""#),
    ("label-was", r#""area:a""#),
    ("duplicate-group", r#""Area""#),
    ("phase-coverage", r#""F-M1""#),
    ("unknown-rule", r#""due-ordr""#),
    ("fixed-rule", r#""off""#),
    ("unexplained-rule", r#""error""#),
    ("bad-path", r#""../SUMMARY.md""#),
    ("site-url", r#""harbour""#),
    ("bad-alias", r#""F-100""#),
];

fn faulty() -> Project {
    Project::with_source("faults/plan.json")
}

#[test]
fn one_run_lists_every_fault_at_its_value() {
    let project = faulty();
    let before = project.tree();
    let run = project.run(["check", "--format", "json"]);
    let found = run.ends_with(3).json();
    let source = project.text(SOURCE);
    let told: Vec<_> =
        found["findings"].as_array().expect("a list").iter().map(|finding| told(finding, &source)).collect();
    let wanted: Vec<_> = FAULTS.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect();
    assert_eq!(told, wanted);
    let codes: BTreeSet<_> = FAULTS.iter().map(|(code, _)| code).collect();
    assert!(codes.len() >= 30, "{} different faults", codes.len());
    println!("{} faults of {} kinds in one run", told.len(), codes.len());
    // `build` says the same and writes nothing.
    let built = project.run(["build", "--format", "json"]).ends_with(3).json();
    let codes = |found: &Value| -> Vec<_> {
        let findings = found["findings"].as_array().expect("a list");
        findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
    };
    assert_eq!(codes(&built), codes(&found));
    crate::support::same_tree(&before, &project.tree());
}

/// The code of a finding and the text that it points at. Its lines and columns point at the same.
fn told(finding: &Value, source: &str) -> (String, String) {
    let number = |name: &str| usize::try_from(finding[name].as_u64().expect(name)).expect("it fits");
    let range = number("byte_start")..number("byte_end");
    let (line, column) = (number("line"), number("column"));
    let before = &source[..range.start];
    assert_eq!(line, before.matches('\n').count() + 1, "{finding}");
    assert_eq!(column, before.chars().rev().take_while(|c| *c != '\n').count() + 1, "{finding}");
    (finding["code"].as_str().expect("a code").to_owned(), source[range].to_owned())
}

#[test]
fn the_transcript_is_as_people_have_read_it() {
    let project = faulty();
    let plain = project.run(["check", "-v"]).ends_with(3).err.clone();
    assert!(!plain.contains('\u{1b}'));
    snapbox::assert_data_eq!(plain.clone(), file!["goldens/faults.txt"].raw());
    let coloured = project.run(["check", "-v", "--color", "always"]).ends_with(3).err.clone();
    assert_eq!(without_colour(&coloured), plain, "colour adds nothing but colour");
    // An error with a second place, and a warning: the colours of the others are these.
    let is_kept =
        |frame: &&str| ["[duplicate-key]", "[open-in-closed]"].iter().any(|code| frame.contains(code));
    let kept: Vec<_> = coloured.split("\n\n").filter(is_kept).collect();
    snapbox::assert_data_eq!(
        kept.join("\n\n").replace('\u{1b}', "␛"),
        str![[r#"
␛[1m␛[91merror[duplicate-key]␛[0m␛[1m: the key `title` is given twice␛[0m
 ␛[1m␛[94m--> ␛[0mroadmap/plan.json:4:3
  ␛[1m␛[94m|␛[0m
␛[1m␛[94m3␛[0m ␛[1m␛[94m|␛[0m   "title": "Faults",
  ␛[1m␛[94m|␛[0m   ␛[1m␛[94m-------␛[0m ␛[1m␛[94mfirst given here␛[0m
␛[1m␛[94m4␛[0m ␛[1m␛[94m|␛[0m   "title": "More faults",
  ␛[1m␛[94m|␛[0m   ␛[1m␛[91m^^^^^^^␛[0m
  ␛[1m␛[94m|␛[0m
  ␛[1m␛[94m= ␛[0m␛[1mhelp␛[0m: keep one of them, or join their values

␛[1m␛[33mwarning[open-in-closed]␛[0m␛[1m: `F-M1` is closed, but `F-1` in it is open␛[0m
  ␛[1m␛[94m--> ␛[0mroadmap/plan.json:9:98
   ␛[1m␛[94m|␛[0m
␛[1m␛[94m 9␛[0m ␛[1m␛[94m|␛[0m     { "id": "F-M1", "title": "First", "start_on": "2026-12-01", "due_on": "2026-11-01", "state": "closed" },
   ␛[1m␛[94m|␛[0m                                                                                                  ␛[1m␛[33m^^^^^^^^␛[0m
␛[1m␛[94m...␛[0m
␛[1m␛[94m19␛[0m ␛[1m␛[94m|␛[0m     { "id": "F-1", "title": "Dig", "milestone": "F-M1", "state": "open", "labels": ["area:a"], "due_on": "2026-10-20" },
   ␛[1m␛[94m|␛[0m     ␛[1m␛[94m-------------------------------------------------------------------------------------------------------------------␛[0m ␛[1m␛[94m`F-1` is open␛[0m
   ␛[1m␛[94m|␛[0m
   ␛[1m␛[94m= ␛[0m␛[1mhelp␛[0m: close them, move them to another milestone, or open this one
"#]]
        .raw()
    );
}

/// A text without the sequences that colour it.
fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').expect("a colour").1)
}

#[test]
fn every_caret_stands_under_its_value() {
    let plain = faulty().run(["check", "-v"]).err.clone();
    let source = faulty().text(SOURCE);
    let frames: Vec<_> = plain.split("\n\n").filter(|frame| frame.contains("--> ")).collect();
    assert_eq!(frames.len(), FAULTS.len());
    for (frame, (code, text)) in frames.iter().zip(FAULTS) {
        assert!(frame.contains(&format!("[{code}]: ")), "{code}:\n{frame}");
        let lines: Vec<_> = frame.lines().collect();
        let carets =
            lines.iter().position(|line| line.contains('^')).unwrap_or_else(|| panic!("no caret:\n{frame}"));
        let column = lines[carets].chars().position(|c| c == '^').expect("a caret");
        let width = lines[carets].chars().filter(|c| *c == '^').count();
        let shown: String = lines[carets - 1].chars().skip(column).take(width).collect();
        // Of a value that is wider than the terminal the part that fits is shown.
        let is_cut = lines[carets - 1].ends_with('…');
        assert!(
            shown == text || is_cut && text.starts_with(&shown) && width > 60,
            "{shown} is not {text}:\n{frame}"
        );
        assert!(source.contains(&shown));
    }
}

#[test]
fn each_of_them_is_explained() {
    let project = faulty();
    for (code, _) in FAULTS {
        let run = project.run(["explain", code]).ends_with(0);
        assert!(run.out.contains(code), "{code}: {}", run.out);
    }
}
