//! Findings as GitHub workflow commands: the runner shows each at its line in the pull request.
//!
//! `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=roadbook%3A unknown-label::message%0Ahelp`. The runner reads
//! any line of the log that begins with `::` as a command, so nothing of a finding's text may begin a line.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    Diagnostic, Finding, Located, Severity, Span,
    human::{Entry, joined},
    neutral::is_hostile,
    omitted,
};

/// How many annotations of one weight are written: GitHub shows ten of a step and fifty of a job.
const MOST: usize = 50;

/// One command per finding that is not accepted, each on a line of its own; those of one kind in one text of an item are one.
/// Behind the first of each weight, the rest are counted by their kinds.
///
/// GitHub takes `file` from the top of the repository. Columns are given only within one line, as GitHub wants it.
pub(crate) fn annotations(found: &Located) -> String {
    let told: Vec<Finding> = found.findings.iter().filter(|finding| !finding.is_accepted).cloned().collect();
    let entries = joined(&told);
    let mut untold: BTreeMap<_, usize> = found.omitted.clone();
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_it = || entries.iter().filter(|entry| entry.finding.diagnostic.severity == severity);
        of_it().take(MOST).for_each(|entry| out.push_str(&annotation(entry)));
        for entry in of_it().skip(MOST) {
            *untold.entry((entry.finding.diagnostic.code, severity)).or_default() += 1 + entry.more;
        }
    }
    for ((code, severity), count) in untold {
        let title = property(&format!("roadbook: {code}"));
        let _ =
            writeln!(out, "::{} title={title}::{}", kind(severity), data(&omitted(code, severity, count)));
    }
    out
}

/// The runner's word for a weight.
fn kind(severity: Severity) -> &'static str {
    if severity == Severity::Note { "notice" } else { severity.word() }
}

fn annotation(entry: &Entry<'_>) -> String {
    let finding = entry.finding;
    let Diagnostic { code, severity, place, message, help, .. } = &finding.diagnostic;
    let mut command = format!("::{} ", kind(*severity));
    if !place.file.is_empty() && &*place.file != "<stdin>" {
        let _ = write!(command, "file={},", property(&place.file));
        if let Some(span) = &finding.span {
            command.push_str(&lines(span));
        }
    }
    let lines = entry.note().into_iter().chain(help.clone());
    let help: String = lines.map(|line| format!("\n{line}")).collect();
    let _ = writeln!(
        command,
        "title={}::{}{}",
        property(&format!("roadbook: {code}")),
        data(message),
        data(&help)
    );
    command
}

fn lines(span: &Span) -> String {
    let Span { line, column, end_line, end_column, .. } = span;
    if line == end_line {
        format!("line={line},col={column},endLine={end_line},endColumn={end_column},")
    } else {
        format!("line={line},endLine={end_line},")
    }
}

/// A text as it may stand behind `::`.
fn data(text: &str) -> String {
    escaped(text, |c| matches!(c, '%' | '\r' | '\n'))
}

/// A text as it may stand behind `name=`.
fn property(text: &str) -> String {
    escaped(text, |c| matches!(c, '%' | '\r' | '\n' | ':' | ','))
}

fn escaped(text: &str, reserved: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if reserved(c) => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            _ if is_hostile(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::{Code, Place, Report, Texts, locate};

    struct Text;

    impl Texts for Text {
        fn text(&self, _: &str) -> Option<Arc<str>> {
            Some("{\n  \"a\": [1],\n  \"b\": {\n  }\n}\n".into())
        }
    }

    fn told(diagnostic: Diagnostic) -> String {
        let mut report = Report::default();
        report.push(diagnostic);
        annotations(&locate(report, &Text))
    }

    #[test]
    fn a_finding_is_shown_at_its_columns() {
        let place = Place::json("docs/a b.json").key("a").index(0);
        assert_eq!(
            told(
                Diagnostic::new(Code::UnknownLabel, place, "unknown label `dosc`").did_you_mean(Some("docs"))
            ),
            "::error file=docs/a b.json,line=2,col=9,endLine=2,endColumn=10,title=roadbook%3A unknown-label::\
             unknown label `dosc`%0Adid you mean `docs`?\n"
        );
    }

    #[test]
    fn columns_are_left_out_over_several_lines() {
        let told = told(Diagnostic::new(Code::Syntax, Place::json("a.json").key("b"), "m").warning());
        assert_eq!(told, "::warning file=a.json,line=3,endLine=4,title=roadbook%3A syntax::m\n");
    }

    #[test]
    fn files_and_runs_have_no_lines() {
        assert_eq!(
            told(Diagnostic::new(Code::Syntax, Place::file("a"), "m")),
            "::error file=a,title=roadbook%3A syntax::m\n"
        );
        assert_eq!(
            told(Diagnostic::new(Code::Syntax, Place::file(""), "m")),
            "::error title=roadbook%3A syntax::m\n"
        );
        let stdin = Place::json("<stdin>").key("a");
        assert_eq!(told(Diagnostic::new(Code::Syntax, stdin, "m")), "::error title=roadbook%3A syntax::m\n");
    }

    #[test]
    fn no_text_becomes_a_command() {
        let hostile = "\n::set-env name=PATH::/evil\r\n::error::50% %0A\u{1b}[m\u{202e}";
        let file = "a,title=x::\n::stop-commands::y";
        let told = told(Diagnostic::new(Code::Syntax, Place::file(file), hostile).help(hostile));
        assert_eq!(told.lines().count(), 1);
        assert!(told.starts_with("::error file=a%2Ctitle=x%3A%3A%0A%3A%3Astop-commands%3A%3Ay,title="));
        assert!(
            told.contains("::%0A::set-env name=PATH::/evil%0D%0A::error::50%25 %250A\\u{1b}[m\\u{202e}%0A")
        );
    }
}
