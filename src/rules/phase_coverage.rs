//! `phase-coverage`: the phases repeat a milestone, or leave one out.

use std::collections::BTreeMap;

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Place, Report, Severity};

/// A repeated milestone is an error, for the guide then says two things of one milestone. A missing one is a warning:
/// phases may be written one after the other, and a milestone may really belong to none.
pub(super) const RULE: Rule = Rule {
    code: Code::PhaseCoverage,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "the phases repeat a milestone, or leave one out",
    explanation: "Phases are the order in which the milestones are worked on, so each milestone stands in exactly one. A \
milestone in two of them is an error: readers would find it in two places and believe the wrong one. A milestone in none is \
a warning, as it may be left out on purpose or not be placed yet. Nothing is said where there are no phases, or none of \
them names a milestone.",
    bad: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands" }, { "id": "M-2", "title": "The shed is painted" }],
  "phases": [
    { "title": "Build", "milestones": ["M-1", "M-2"] },
    { "title": "Paint", "milestones": ["M-2"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands" }, { "id": "M-2", "title": "The shed is painted" }],
  "phases": [
    { "title": "Build", "milestones": ["M-1"] },
    { "title": "Paint", "milestones": ["M-2"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let mut placed = BTreeMap::<usize, Place>::new();
    for phase in &roadmap.phases {
        for link in &phase.milestones {
            let place = roadmap.place("phases", phase.origin).key("milestones").index(link.index);
            let Some(first) = placed.get(&link.to.0) else {
                placed.insert(link.to.0, place);
                continue;
            };
            let message = format!("`{}` is in the phases twice", roadmap.milestones[link.to.0].id);
            report.push(
                Diagnostic::new(Code::PhaseCoverage, place, message)
                    .help("leave it in the phase in which it is reached")
                    .related(first.clone(), "first named here"),
            );
        }
    }
    let missing = roadmap.milestones().filter(|(ix, _)| !placed.is_empty() && !placed.contains_key(&ix.0));
    for (ix, milestone) in missing {
        let place = roadmap.milestone_place(ix).key("title");
        report.push(
            Diagnostic::new(Code::PhaseCoverage, place, format!("`{}` is not in any phase", milestone.id))
                .warning()
                .help("add its id to the `milestones` of a phase"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn a_repeated_milestone_is_an_error_and_a_missing_one_a_warning() {
        let milestones = r#""milestones": [{ "id": "M-1", "title": "a" }, { "id": "M-2", "title": "b" }]"#;
        let phases = r#""phases": [{ "title": "x", "milestones": ["M-1", "m-1"] }]"#;
        assert_eq!(
            found(Code::PhaseCoverage, &format!("{{ {milestones}, {phases} }}")),
            [
                "warning milestones[1].title: `M-2` is not in any phase",
                "phases[0].milestones[1]: `M-1` is in the phases twice",
            ]
        );
        assert!(
            found(Code::PhaseCoverage, &format!(r#"{{ {milestones}, "phases": [{{ "title": "x" }}] }}"#))
                .is_empty()
        );
    }
}
