//! `github-field`: `github.fields` says what cannot be, or an issue what its field cannot hold.

use std::collections::BTreeMap;

use super::{Context, Example, Kind, Rule, required_group::group_of_labels};
use crate::{
    model::{Mapped, Roadmap},
    report::{Code, Diagnostic, Report, Severity, closest},
};

pub(super) const RULE: Rule = Rule {
    code: Code::GithubField,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "`github.fields` names what cannot be put into an issue field",
    explanation: "`github.fields` says which of an organization's issue fields holds what: `start_on`, `due_on`, \
`estimate`, or the label of a group, by the group's prefix. Each is put into one field, and each field holds one of them. \
A single-select field holds one option, so an issue with two labels of such a group has no value for it.",
    bad: Example::source(
        r#"{
  "github": { "fields": { "due_on": "Target date", "start_on": "Target date" } },
  "issues": [{ "id": "A-1", "title": "Build it" }]
}"#,
    ),
    good: Example::source(
        r#"{
  "github": { "fields": { "due_on": "Target date", "start_on": "Start date" } },
  "issues": [{ "id": "A-1", "title": "Build it" }]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let (mut named, mut mapped) = (BTreeMap::new(), BTreeMap::new());
    for (key, name) in &roadmap.github.fields.0 {
        let place = roadmap.head_place("github").key("fields").key(key);
        let Some(what) = roadmap.mapped(key) else {
            report.push(unknown(roadmap, key, place.the_key()));
            continue;
        };
        if let Some(first) = mapped.insert(what, key) {
            let message = format!("`{key}` and `{first}` are the same label group");
            report.push(Diagnostic::new(RULE.code, place.the_key(), message).help("keep one of the two"));
            continue;
        }
        let folded = name.trim().to_lowercase();
        if folded.is_empty() {
            let message = format!("`{key}` names no issue field");
            report.push(
                Diagnostic::new(RULE.code, place, message).help("write the field's name, as `Target date`"),
            );
        } else if let Some(first) = named.insert(folded, key) {
            let message = format!("the issue field `{}` is given for `{first}` and for `{key}`", name.trim());
            report.push(
                Diagnostic::new(RULE.code, place, message).help("name another field for one of the two"),
            );
        }
    }
    let groups = mapped.into_iter().filter_map(|(what, key)| match what {
        Mapped::Group(group) => Some((group, key)),
        _ => None,
    });
    several(roadmap, &groups.collect(), report);
}

fn unknown(roadmap: &Roadmap, key: &str, place: crate::report::Place) -> Diagnostic {
    let message = format!("`github.fields` has no place for `{key}`");
    let groups = roadmap.groups.iter().map(|group| group.prefix.as_str()).filter(|prefix| !prefix.is_empty());
    let found = Diagnostic::new(RULE.code, place, message);
    match closest(key, ["start_on", "due_on", "estimate"].into_iter().chain(groups)) {
        Some(close) => found.did_you_mean(Some(close)),
        None => found.help("it takes `start_on`, `due_on`, `estimate`, and the prefixes of label groups"),
    }
}

/// Finds issues with several labels of a group that goes into a field.
fn several(roadmap: &Roadmap, groups: &BTreeMap<usize, &String>, report: &mut Report) {
    if groups.is_empty() {
        return;
    }
    let group_of = group_of_labels(roadmap);
    for (ix, issue) in roadmap.issues() {
        let mut first_of = BTreeMap::new();
        for link in issue.labels() {
            let group = group_of[link.to.0];
            let is_told = roadmap.groups[group].exclusive && roadmap.groups[group].origin.is_some();
            let Some(key) = groups.get(&group).filter(|_| !is_told) else { continue };
            let first = *first_of.entry(group).or_insert(link);
            if first.to != link.to {
                let name = |label: crate::model::LabelIx| &roadmap.labels[label.0].name;
                let message = format!(
                    "`{}` has `{}` and `{}`, and the issue field `{}` holds one",
                    issue.id,
                    name(first.to),
                    name(link.to),
                    roadmap.github.fields.0[*key].trim(),
                );
                let labels = roadmap.issue_place(ix).key("labels");
                report.push(
                    Diagnostic::new(RULE.code, labels.clone().index(link.index), message)
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
    fn what_cannot_be_put_into_a_field_is_told() {
        let source = |fields: &str| {
            format!(
                r#"{{ "github": {{ "fields": {{ {fields} }} }}, "issues": [
                    {{ "id": "A-1", "title": "a", "labels": ["priority:high", "priority:low", "area:db"] }}
                ] }}"#
            )
        };
        let of = |fields: &str| found(Code::GithubField, &source(fields));
        assert_eq!(of(r#""start_on": "Start date", "estimate": "Effort", "area:": "Area""#), [""; 0]);
        assert_eq!(
            of(r#""due": "Target date", "sprint": "Sprint", "begun_on": "Begun""#),
            ["begun_on", "due", "sprint"]
                .map(|key| format!("github.fields.{key}: `github.fields` has no place for `{key}`"))
        );
        assert_eq!(
            of(r#""due_on": "Day", "start_on": " DAY ", "estimate": " ""#),
            [
                "github.fields.estimate: `estimate` names no issue field",
                "github.fields.start_on: the issue field `DAY` is given for `due_on` and for `start_on`",
            ]
        );
        assert_eq!(
            of(r#""area": "Area", "Area:": "Place""#),
            ["github.fields.area: `area` and `Area:` are the same label group"]
        );
        assert_eq!(
            of(r#""priority": "Priority""#),
            [
                "issues[0].labels[1]: `A-1` has `priority:high` and `priority:low`, and the issue field `Priority` holds one"
            ]
        );
    }
}
