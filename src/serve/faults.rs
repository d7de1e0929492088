//! What keeps a source from being shown, as the browser is told it: texts, never HTML.

use serde::Serialize;

use crate::{
    io::Failure,
    report::{self, Diagnostic, Finding, Located, Severity},
};

/// How many are told: whoever has mended these sees the next.
const MOST: usize = 100;

/// Why the source cannot be shown as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Faults {
    /// The first of them, those that keep it from being shown before the others.
    pub(crate) list: Vec<Fault>,
    /// How many there are besides.
    pub(crate) more: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Fault {
    /// `error` or `warning`.
    pub(crate) severity: &'static str,
    /// The rule, as `syntax`; empty where the machine refused something.
    pub(crate) code: &'static str,
    /// `roadmap/plan.json:3:14`; empty for the run as a whole.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it; empty where nobody knows.
    pub(crate) help: String,
}

impl Faults {
    /// The findings of a source; errors come first.
    pub(crate) fn of(found: &Located) -> Self {
        let weighing = |severity: Severity| {
            found.findings.iter().filter(move |finding| finding.diagnostic.severity == severity)
        };
        let sorted = weighing(Severity::Error).chain(weighing(Severity::Warning));
        let list = sorted.take(MOST).map(Fault::of).collect();
        let count: usize = found.counts().values().sum();
        Self { list, more: count.saturating_sub(MOST) }
    }

    /// What the machine refused.
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        let fault = Fault {
            severity: "error",
            code: "",
            place: String::new(),
            message: report::neutral(&failure.message).into_owned(),
            help: failure.help.as_deref().map(report::neutral).unwrap_or_default().into_owned(),
        };
        Self { list: vec![fault], more: 0 }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.list.len() + self.more
    }
}

impl Fault {
    fn of(Finding { diagnostic, span, .. }: &Finding) -> Self {
        let mut fault = Self::unlocated(diagnostic);
        if let Some(span) = span {
            fault.place = format!("{}:{}:{}", fault.place, span.line, span.column);
        }
        fault
    }

    /// A finding of which nobody has looked up the line.
    pub(super) fn unlocated(diagnostic: &Diagnostic) -> Self {
        let Diagnostic { code, severity, place, message, help, .. } = diagnostic;
        Self {
            severity: severity.word(),
            code: code.word(),
            place: report::neutral(&place.file).into_owned(),
            message: report::neutral(message).into_owned(),
            help: help.as_deref().map(report::neutral).unwrap_or_default().into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::{Code, Place, Report, Texts, locate};

    struct Text;

    impl Texts for Text {
        fn text(&self, _: &str) -> Option<Arc<str>> {
            Some("{\n  \"title\": 7\n}\n".into())
        }
    }

    fn faults(found: impl IntoIterator<Item = Diagnostic>) -> Faults {
        let mut report = Report::default();
        found.into_iter().for_each(|found| report.push(found));
        Faults::of(&locate(report, &Text))
    }

    #[test]
    fn errors_come_first_with_their_lines() {
        let warning = Diagnostic::new(Code::MadeId, Place::file("a.json"), "an id is made").warning();
        let error = Diagnostic::new(
            Code::WrongType,
            Place::json("b.json").key("title"),
            "`title` is <b>no</b> text\u{202e}",
        )
        .help("write a text");
        let faults = faults([warning, error]);
        assert_eq!((faults.list.len(), faults.more), (2, 0));
        let first = &faults.list[0];
        assert_eq!((first.code, &*first.place, &*first.help), ("wrong-type", "b.json:2:12", "write a text"));
        assert_eq!(first.message, "`title` is <b>no</b> text\\u{202e}");
        assert_eq!((faults.list[1].severity, &*faults.list[1].place), ("warning", "a.json"));
    }

    #[test]
    fn there_is_an_end_to_them() {
        let faults =
            faults((0..250).map(|n| Diagnostic::new(Code::Syntax, Place::file("a.json"), format!("{n}"))));
        assert_eq!((faults.list.len(), faults.more, faults.count()), (100, 150, 250));
    }
}
