//! Places become lines and columns, whatever the text is like.

use super::*;

struct One(&'static str);

impl Texts for One {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        (file == "a.json").then(|| self.0.into())
    }
}

fn report(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Report {
    let mut report = Report::default();
    diagnostics.into_iter().for_each(|diagnostic| report.push(diagnostic));
    report
}

/// `line:column-line:column` and the text of one place.
fn told(text: &'static str, place: Place) -> String {
    let findings = locate(report([Diagnostic::new(Code::Syntax, place, "m")]), &One(text)).findings;
    let Some(span) = &findings[0].span else { return "nowhere".into() };
    let Span { range, line, column, end_line, end_column } = span.clone();
    format!("{line}:{column}-{end_line}:{end_column} {}", &text[range])
}

#[test]
fn json_values_and_keys_are_found() {
    let text = "{\n  \"a\": [1, {\"ä\": \"ö\", \"b\": true}]\n}";
    let item = || Place::json("a.json").key("a").index(1);
    assert_eq!(told(text, item().key("ä")), "2:18-2:21 \"ö\"");
    assert_eq!(told(text, item().key("b")), "2:28-2:32 true");
    assert_eq!(told(text, item().key("b").the_key()), "2:23-2:26 \"b\"");
    assert_eq!(told(text, Place::json("a.json")), format!("1:1-3:2 {text}"));
}

#[test]
fn columns_are_characters_of_the_line() {
    for (text, columns) in [
        ("one\r\ntwo 数据 x\r\n", "2:8-2:9 x"),
        ("\u{feff}数 x", "1:3-1:4 x"),
        ("\u{feff}\nx", "2:1-2:2 x"),
        ("e\u{301} 👩\u{200d}💻 x", "1:8-1:9 x"),
        ("\t\rx", "1:3-1:4 x"),
    ] {
        let at = text.find('x').unwrap_or_default();
        assert_eq!(told(text, Place::bytes("a.json", at..at + 1)), columns);
    }
}

#[test]
fn ranges_are_brought_into_the_text() {
    assert_eq!(told("aé", Place::bytes("a.json", 2..2)), "1:2-1:3 é");
    assert_eq!(told("aéb", Place::bytes("a.json", 2..3)), "1:2-1:3 é");
    assert_eq!(told("ab\n", Place::bytes("a.json", 1..99)), "1:2-2:1 b\n");
    assert_eq!(told("ab\n", Place::bytes("a.json", 98..99)), "2:1-2:1 ");
    #[expect(clippy::reversed_empty_ranges, reason = "what a bug could hand over")]
    let backwards = Place::bytes("a.json", 2..1);
    assert_eq!(told("ab\n", backwards), "1:3-1:3 ");
    assert_eq!(told("\u{feff}ab", Place::bytes("a.json", 0..4)), "1:1-1:2 \u{feff}a");
    assert_eq!(told("", Place::bytes("a.json", 0..4)), "1:1-1:1 ");
}

#[test]
fn a_text_that_has_gone_leaves_the_finding() {
    assert_eq!(told("", Place::json("a.json").key("a")), "nowhere");
    assert_eq!(told("{}", Place::bytes("b.json", 0..1)), "nowhere");
    assert_eq!(told("{}", Place::file("a.json")), "nowhere");
}

#[test]
fn findings_are_sorted_by_file_and_offset() {
    let text = "{\"z\": 1, \"a\": 2}";
    let at = |code: usize, place| Diagnostic::new(Code::ALL[code], place, "m");
    let key = |key: &str| Place::json("a.json").key(key);
    let findings = [
        at(5, Place::bytes("b.json", 0..1)),
        at(4, key("a").the_key()),
        at(3, key("z")),
        at(2, key("z")),
        at(1, Place::file("a.json")),
        at(0, Place::file("")),
    ];
    let sorted = locate(report(findings), &One(text)).findings;
    let codes: Vec<_> = sorted.iter().map(|finding| finding.diagnostic.code).collect();
    assert_eq!(codes, Code::ALL[..6]);
}

#[test]
fn related_places_are_located_in_their_own_files() {
    let finding = Diagnostic::new(Code::Syntax, Place::bytes("gone.md", 0..1), "m")
        .related(Place::json("a.json").key("a"), "here")
        .related(Place::file("a.json"), "there");
    let findings = locate(report([finding]), &One("{\"a\": 1}")).findings;
    assert_eq!(findings[0].span, None);
    let columns: Vec<_> = findings[0].related.iter().map(|span| span.as_ref().map(|s| s.column)).collect();
    assert_eq!(columns, [Some(7), None]);
}

#[test]
fn a_long_line_with_many_findings_is_walked_once() {
    let text: &'static str = format!("[{}1]", "1,".repeat(500_000)).leak();
    let findings =
        (0..50_000).map(|n| Diagnostic::new(Code::ALL[n % 5], Place::json("a.json").index(n * 10), "m"));
    let located = locate(report(findings), &One(text)).findings;
    assert_eq!(located.last().and_then(|last| last.span.as_ref()).map(|s| s.column), Some(999_982));
}
