//! `milestone-was`: a former title of a milestone is still a title, or is claimed twice.

use super::{
    Context, Example, Kind, Rule,
    label_was::{Named, former_names},
};
use crate::report::{Code, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::MilestoneWas,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a former title of a milestone is still a title, or is claimed twice",
    explanation: "`was` makes a rename one: `apply` looks for the former title on GitHub and renames that milestone, so \
that its issues stay in it. A former title that some milestone still has, or that two claim, would rename the wrong one. \
Remove the former title that is not one.",
    bad: Example::source(
        r#"{
  "milestones": [
    { "id": "M-1", "title": "The shed stands", "was": ["The shed is painted"] },
    { "id": "M-2", "title": "The shed is painted" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [
    { "id": "M-1", "title": "The shed stands", "was": ["Shed"] },
    { "id": "M-2", "title": "The shed is painted" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let milestones: Vec<_> = roadmap
        .milestones
        .iter()
        .map(|milestone| Named { name: &milestone.title, was: &milestone.was, origin: milestone.origin })
        .collect();
    let place = |origin| roadmap.place("milestones", origin);
    former_names(Code::MilestoneWas, &milestones, place, |title| title.trim().to_owned(), report);
}
