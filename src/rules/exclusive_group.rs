//! `exclusive-group`: an issue has several labels of a group that allows one.

use std::collections::BTreeMap;

use super::{Context, Example, Kind, Rule, required_group::group_of_labels};
use crate::{
    model::Link,
    report::{Code, Diagnostic, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::ExclusiveGroup,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an issue has several labels of an exclusive group",
    explanation: "A label group with `\"exclusive\": true` says that an issue has at most one of its labels: it cannot \
be of high and of low priority. The place is the second label. Keep the one that is meant, or drop `exclusive` from the \
group.",
    bad: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it", "labels": ["priority:high", "priority:low"] }],
  "label_groups": [{ "prefix": "priority", "exclusive": true }]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it", "labels": ["priority:high"] }],
  "label_groups": [{ "prefix": "priority", "exclusive": true }]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    if !roadmap.groups.iter().any(|group| group.exclusive) {
        return;
    }
    let group_of = group_of_labels(roadmap);
    for (ix, issue) in roadmap.issues() {
        let mut first_of = BTreeMap::<usize, &Link<_>>::new();
        for link in issue.labels() {
            let number = group_of[link.to.0];
            let group = &roadmap.groups[number];
            let first = *first_of.entry(number).or_insert(link);
            if group.exclusive && group.origin.is_some() && first.to != link.to {
                let name = |link: &Link<crate::model::LabelIx>| &roadmap.labels[link.to.0].name;
                let message = format!(
                    "`{}` has `{}` and `{}`, and the group `{}` allows one",
                    issue.id,
                    name(first),
                    name(link),
                    group.prefix
                );
                let labels = roadmap.issue_place(ix).key("labels");
                report.push(
                    Diagnostic::new(Code::ExclusiveGroup, labels.clone().index(link.index), message)
                        .help("keep the one that is meant")
                        .related(labels.index(first.index), "the first one"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn the_same_label_twice_is_another_rules_concern() {
        let source = r#"{ "issues": [
                { "id": "A-1", "title": "a", "labels": ["p:1", "q:1", "q:2", "p:1", "p:2"] }
            ], "label_groups": [{ "prefix": "p", "exclusive": true }, { "prefix": "q" }] }"#;
        assert_eq!(
            found(Code::ExclusiveGroup, source),
            ["issues[0].labels[4]: `A-1` has `p:1` and `p:2`, and the group `p` allows one"]
        );
    }
}
