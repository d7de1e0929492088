//! Texts that somebody made to be shown wrongly.
#![allow(clippy::disallowed_methods, reason = "a macro of snapbox asks for the test file")]

use proptest::prelude::*;
use snapbox::{IntoData, assert_data_eq, str};

use super::*;

#[test]
fn a_terminal_obeys_nothing() {
    let hostile =
        Diagnostic::new(Code::Syntax, Place::bytes("hostile.md", 2..20), "x\u{1b}[2J\nerror[fake]: y")
            .help("do \u{1b}[m\u{fdd0}:1:1")
            .related(Place::bytes("hostile.md", 26..32), "\u{202e}no");
    assert_data_eq!(
        frame(hostile).raw(),
        str![[r#"
error[syntax]: x\u{1b}[2J\nerror[fake]: y
 --> hostile.md:1:3
  |
1 | # A\u{1b}[2J\u{202e}title\u{7} and \u{9b}31mmore
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^          ---- \u{202e}no
  |
  = help: do \u{1b}[m\u{fdd0}:1:1

"#]]
        .raw()
    );
    let name = Diagnostic::new(Code::Syntax, Place::file("a\u{1b}[2J\n--> b"), "m");
    assert_data_eq!(
        frame(name).raw(),
        str![[r#"
error[syntax]: m
--> a\u{1b}[2J\n--> b

"#]]
        .raw()
    );
}

#[test]
fn long_words_are_cut() {
    let long = "long ".repeat(20_000);
    let told = frame(
        Diagnostic::new(Code::Syntax, json("b.json").key("milestones"), &long)
            .help(&long)
            .related(json("a.json"), &long),
    );
    assert!(told.len() < 4 * LONGEST, "{}", told.len());
}

/// Characters that are wide, narrow, hostile, or end lines.
const ODD: [&str; 14] = [
    "a",
    "ü",
    "数",
    "e\u{301}",
    "👩\u{200d}💻",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{fdd0}",
    "{\n",
    "\u{feff}",
];

fn odd(longest: usize) -> impl Strategy<Value = String> {
    let long = (0..ODD.len()).prop_map(|n| ODD[n].repeat(200));
    let any = prop_oneof![20 => (0..ODD.len()).prop_map(|n| ODD[n].to_string()), 1 => long];
    proptest::collection::vec(any, 0..longest).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_can_be_shown(
        texts in [odd(40), odd(40)],
        message in odd(5),
        ranges in proptest::collection::vec((0usize..300, 0usize..100), 1..5),
    ) {
        let [then, now] = texts;
        let mut places = ranges.into_iter().map(|(start, len)| Place::bytes("a.md", start..start + len));
        let first = Diagnostic::new(Code::Syntax, places.next().expect("a range"), &message).help(&message);
        let finding = places.fold(first, |finding, place| finding.related(place, &message));
        let mut report = Report::default();
        report.push(finding);
        let (then, now) = (Files(vec![("a.md", then)]), Files(vec![("a.md", now)]));
        let findings = locate(report, &then);
        for texts in [then, now] {
            let told = human(&findings, &texts, false, None);
            prop_assert!(!told.contains(crate::report::neutral::is_hostile), "{}", told);
            prop_assert!(told.contains("--> a.md:"), "{}", told);
        }
    }
}
