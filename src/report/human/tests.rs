//! What people see.

use super::*;
use crate::report::{Code, Report, locate};

mod frames;
mod odd;

const A: &str = r#"{
  "title": "Databäse 数据 é é Roadmap",
  "labels": [
    { "name": "docs" },
    {
      "name": "Docs"
    }
  ],
  "issues": [
    { "id": "DB-001", "title": "数据库 é: Build", "labels": ["bug", "dosc"] },
    { "id": "DB-002", "titel": "x" }
  ]
}
"#;

struct Files(Vec<(&'static str, String)>);

impl Texts for Files {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        self.0.iter().find(|(name, _)| *name == file).map(|(_, text)| text.as_str().into())
    }
}

fn files() -> Files {
    let deep = format!("{}\"x\"{}", "[".repeat(100), "]".repeat(100));
    let long = format!("{{\"a\":[{}1],\"b\":\"{}\"}}", "1234567890,".repeat(100), "long ".repeat(100));
    Files(vec![
        ("a.json", A.into()),
        ("b.json", "{\n  \"milestones\": [{ \"id\": \"DB-ML0\" }]\n}\n".into()),
        ("crlf.json", A.replace('\n', "\r\n")),
        ("bom.json", "\u{feff}{ \"a\": 1 }".into()),
        ("long.json", long),
        ("deep.json", deep),
        ("far.json", format!("{{ \"id\": 1,{}\"id\": 2 }}", "\n".repeat(400_000))),
        ("hostile.md", "# A\u{1b}[2J\u{202e}title\u{7} and \u{9b}31mmore\r\n".into()),
    ])
}

fn frame(diagnostic: Diagnostic) -> String {
    frames([diagnostic], false, None)
}

fn frames(diagnostics: impl IntoIterator<Item = Diagnostic>, colour: bool, most: Option<usize>) -> String {
    let mut report = Report::default();
    diagnostics.into_iter().for_each(|diagnostic| report.push(diagnostic));
    human(&locate(report, &files()), &files(), colour, most)
}

fn json(file: &str) -> Place {
    Place::json(file)
}

fn label(file: &str) -> Diagnostic {
    let place = json(file).key("issues").index(0).key("labels").index(1);
    Diagnostic::new(Code::UnknownLabel, place, "unknown label `dosc`").did_you_mean(Some("docs"))
}

#[test]
fn what_repeats_is_told_with_its_count() {
    let many =
        |code, n: usize| (0..n).map(move |i| Diagnostic::new(code, Place::bytes("b.json", i..i + 1), "m"));
    let all = || {
        many(Code::BadId, 21)
            .chain(many(Code::DeadLink, 25).map(Diagnostic::warning))
            .chain(many(Code::Syntax, 20))
    };
    let told = frames(all(), false, Some(MOST_OF_A_CODE));
    assert_eq!(told.matches(" b.json:").count(), 60);
    assert!(
        told.ends_with("\n\n… and 1 more `bad-id` error\n\n… and 5 more `dead-link` warnings\n"),
        "{told}"
    );
    assert_eq!(frames(all(), false, None).matches(" b.json:").count(), 66);
    assert_eq!(frames([], false, None), "");
}

#[test]
fn the_summary_counts() {
    let located = |n, m| {
        let mut report = Report::default();
        (0..n).for_each(|i| report.push(Diagnostic::new(Code::Syntax, Place::file(format!("{i}")), "m")));
        (0..m).for_each(|i| {
            report.push(Diagnostic::new(Code::Syntax, Place::file(format!("{i}")), "m").warning())
        });
        summary_line(&locate(report, &files()))
    };
    assert_eq!(located(2, 1), "2 errors, 1 warning");
    assert_eq!(located(1, 0), "1 error");
    assert_eq!(located(0, 3), "3 warnings");
    assert_eq!(located(0, 0), "no findings");
}
