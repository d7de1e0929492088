//! `empty-roadmap`: there is neither a milestone nor an issue.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Place, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::EmptyRoadmap,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "the roadmap has no milestone and no issue",
    explanation: "A roadmap that plans nothing is most often one that was not read as it was meant: the wrong folder, or \
a list that was emptied by accident. It can be built, for a start has to be made somewhere. Add a milestone or an issue, \
as with `roadbook add`.",
    bad: Example::source(r#"{ "title": "Garden", "milestones": [] }"#),
    good: Example::source(
        r#"{ "title": "Garden", "milestones": [{ "id": "G-1", "title": "The beds are dug" }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    if roadmap.milestones.is_empty() && roadmap.issues.is_empty() {
        let place = Place::file(roadmap.files.first().cloned().unwrap_or_else(|| "".into()));
        report.push(
            Diagnostic::new(Code::EmptyRoadmap, place, "the roadmap has no milestone and no issue")
                .help("add a first one to `milestones` or `issues`"),
        );
    }
}
