//! `required-group`: an issue has no label of a group that is required.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::{Issue, LabelGroup, Roadmap},
    report::{Code, Diagnostic, Report, Severity},
};

/// How many labels of a group a help names.
const SHOWN: usize = 4;

pub(super) const RULE: Rule = Rule {
    code: Code::RequiredGroup,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an issue has no label of a required group",
    explanation: "A label group with `\"required\": true` says that each issue has one of its labels, as a priority. \
This one has none, so that it is missing from the tables of that group. Add a label, or drop `required` from the group. An \
issue that leaves out `labels` has none: what GitHub has is not known here.",
    bad: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it", "labels": ["type:task"] }],
  "labels": [{ "name": "priority:high" }, { "name": "type:task" }],
  "label_groups": [{ "prefix": "priority", "required": true }]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it", "labels": ["type:task", "priority:high"] }],
  "labels": [{ "name": "priority:high" }, { "name": "type:task" }],
  "label_groups": [{ "prefix": "priority", "required": true }]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let required = |group: &LabelGroup| group.origin.is_some() && group.required;
    if !roadmap.groups.iter().any(required) {
        return;
    }
    let group_of = group_of_labels(roadmap);
    let mut borne = vec![usize::MAX; roadmap.groups.len()];
    for (ix, issue) in roadmap.issues().filter(|(_, issue)| !issue.has_unknown_label) {
        for link in issue.labels() {
            borne[group_of[link.to.0]] = ix.0;
        }
        for (number, group) in roadmap.groups.iter().enumerate().filter(|(_, group)| required(group)) {
            if borne[number] != ix.0 {
                let key = if issue.labels.is_given() { "labels" } else { "title" };
                report.push(missing(roadmap, issue, group, roadmap.issue_place(ix).key(key)));
            }
        }
    }
}

fn missing(roadmap: &Roadmap, issue: &Issue, group: &LabelGroup, place: crate::report::Place) -> Diagnostic {
    let names: Vec<_> = group
        .labels
        .iter()
        .take(SHOWN)
        .map(|ix| format!("`{}`", roadmap.labels[ix.0].name))
        .chain((group.labels.len() > SHOWN).then(|| "…".into()))
        .collect();
    let help = match names.as_slice() {
        [] => format!("no label begins with `{}:` so far; the group requires one", group.prefix),
        [only] => format!("add {only}"),
        several => format!("add one of {}", several.join(", ")),
    };
    let message = format!("`{}` has no label from the group `{}`", issue.id, group.prefix);
    Diagnostic::new(Code::RequiredGroup, place, message).help(help)
}

/// For each label its group, by place; every label stands in one.
pub(super) fn group_of_labels(roadmap: &Roadmap) -> Vec<usize> {
    let mut group_of = vec![0; roadmap.labels.len()];
    for (number, group) in roadmap.groups.iter().enumerate() {
        for ix in &group.labels {
            group_of[ix.0] = number;
        }
    }
    group_of
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn is_told_where_the_labels_stand_or_would() {
        let source = r#"{ "issues": [
                { "id": "A-1", "title": "a" },
                { "id": "A-2", "title": "b", "labels": [] },
                { "id": "A-3", "title": "c", "labels": ["p:1"] }
            ], "label_groups": [{ "prefix": "p", "required": true }] }"#;
        assert_eq!(
            found(Code::RequiredGroup, source),
            [
                "issues[0].title: `A-1` has no label from the group `p`",
                "issues[1].labels: `A-2` has no label from the group `p`",
            ]
        );
    }
}
