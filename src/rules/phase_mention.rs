//! `phase-mention`: the text of a phase names an issue of another milestone.

use std::collections::BTreeSet;

use super::{Context, Example, Kind, Rule, mentions::KnownIds, unknown_id::in_prose};
use crate::{
    model::{IssueIx, MilestoneIx, Phase, Roadmap, Target},
    report::{Code, Diagnostic, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::PhaseMention,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "the text of a phase names an issue of another milestone",
    explanation: "A phase says what is done in its milestones. Where its text names an issue that stands under another \
one, the issue was moved or the number is mistyped, and readers look for it in the wrong place. All of a range such as \
`DB-004 through DB-008` is looked at. Correct the text, move the issue, or add its milestone to the phase. Phases that name \
no milestone are left alone.",
    bad: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands" }, { "id": "M-2", "title": "The shed is painted" }],
  "issues": [
    { "id": "SH-1", "title": "Raise the walls", "milestone": "M-1" },
    { "id": "SH-2", "title": "Buy paint", "milestone": "M-2" }
  ],
  "phases": [{ "title": "Build", "milestones": ["M-1"], "body": "Begin with SH-2." }, { "title": "Paint", "milestones": ["M-2"] }]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands" }, { "id": "M-2", "title": "The shed is painted" }],
  "issues": [
    { "id": "SH-1", "title": "Raise the walls", "milestone": "M-1" },
    { "id": "SH-2", "title": "Buy paint", "milestone": "M-2" }
  ],
  "phases": [{ "title": "Build", "milestones": ["M-1"], "body": "Begin with SH-1." }, { "title": "Paint", "milestones": ["M-2"] }]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    if roadmap.phases.iter().all(|phase| phase.body.is_none()) {
        return;
    }
    let known = KnownIds::of(roadmap);
    for phase in roadmap.phases.iter().filter(|phase| !phase.milestones.is_empty()) {
        for (issue, milestone) in strangers(roadmap, &known, phase) {
            let (id, of) = (&roadmap.issues[issue.0].id, &roadmap.milestones[milestone.0].id);
            let message = format!("this phase names `{id}`, which belongs to `{of}`");
            report.push(
                Diagnostic::new(
                    Code::PhaseMention,
                    roadmap.place("phases", phase.origin).key("body"),
                    message,
                )
                .help(format!("name an issue of this phase, or add `{of}` to its milestones")),
            );
        }
    }
}

/// The issues that the text of a phase names and that stand under a milestone of another, each once.
fn strangers(roadmap: &Roadmap, known: &KnownIds, phase: &Phase) -> BTreeSet<(IssueIx, MilestoneIx)> {
    let body = phase.body.as_deref().unwrap_or_default();
    let Some(mentions) = in_prose(body, known.mentions(body)) else { return BTreeSet::new() };
    let own: BTreeSet<_> = phase.milestones.iter().map(|link| link.to).collect();
    let single = mentions.ids.iter().filter_map(|mention| mention.target);
    let ranged = mentions.ranges.iter().flat_map(|range| known.within(range)).map(|(_, target)| target);
    let issues = single.chain(ranged).filter_map(|target| match target {
        Target::Issue(ix) => Some(ix),
        Target::Milestone(_) => None,
    });
    let placed = issues.filter_map(|ix| Some((ix, *roadmap.issues[ix.0].milestone.get()?)));
    placed.filter(|(_, milestone)| !own.contains(milestone)).collect()
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn ranges_are_looked_into_and_code_is_not() {
        let source = r#"{
            "milestones": [{ "id": "M-1", "title": "a" }, { "id": "M-2", "title": "b" }],
            "issues": [
                { "id": "D-1", "title": "a", "milestone": "M-1" }, { "id": "D-2", "title": "b", "milestone": "M-2" },
                { "id": "D-3", "title": "c", "milestone": "M-1" }, { "id": "D-4", "title": "d" }
            ],
            "phases": [
                { "title": "x", "milestones": ["M-1"], "body": "D-1 through D-3, then D-4, D-2 and M-2" },
                { "title": "y", "milestones": ["M-2"], "body": "`D-1`" },
                { "title": "z", "body": "D-1" }
            ] }"#;
        assert_eq!(
            found(Code::PhaseMention, source),
            ["warning phases[0].body: this phase names `D-2`, which belongs to `M-2`"]
        );
    }
}
