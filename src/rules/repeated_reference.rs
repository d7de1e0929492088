//! `repeated-reference`: a list names the same thing twice.

use std::collections::BTreeMap;

use super::{Context, Example, Kind, Rule};
use crate::{
    model::IssueName,
    report::{Action, Code, Diagnostic, Place, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::RepeatedReference,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "a list of labels, assignees or blockers names the same thing twice",
    explanation: "The second mention changes nothing: it is counted and drawn once. Most often another name was meant, \
which is worth a look; else remove it. Ids, labels and logins are compared without case.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": ["shed", "wood", "shed"] }] }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": ["shed", "wood"] }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, issue) in roadmap.issues() {
        let at = |key: &'static str| move || roadmap.issue_place(ix).key(key);
        let labels = issue.labels().iter().map(|link| (link.to, link.index));
        judge(report, at("labels"), labels, |label| &roadmap.labels[label.0].name);
        let blockers = issue.blocked_by().iter().map(|link| (link.to, link.index));
        judge(report, at("blocked_by"), blockers, |issue| roadmap.issues[issue.0].id.as_str());
        let elsewhere = issue.blocked_elsewhere.iter().map(|link| (&link.to.name, link.index));
        let written = |name: &IssueName| {
            let mut links = issue.blocked_elsewhere.iter();
            links.rfind(|link| link.to.name == *name).map_or("", |link| &link.to.text)
        };
        judge(report, at("blocked_by"), elsewhere, written);
        let logins: Vec<_> = issue.assignees().iter().map(|name| name.to_ascii_lowercase()).collect();
        let assignees = logins.iter().enumerate().map(|(index, name)| (name.as_str(), index));
        judge(report, at("assignees"), assignees, |name| name);
    }
    for (ix, milestone) in roadmap.milestones() {
        let blockers = milestone.blocked_by.iter().map(|link| (link.to, link.index));
        let at = || roadmap.milestone_place(ix).key("blocked_by");
        judge(report, at, blockers, |milestone| roadmap.milestones[milestone.0].id.as_str());
    }
}

/// Tells of each item of a list that stands in it before.
fn judge<'a, T: Ord + Copy>(
    report: &mut Report,
    list: impl Fn() -> Place,
    items: impl ExactSizeIterator<Item = (T, usize)>,
    name: impl Fn(T) -> &'a str,
) {
    if items.len() < 2 {
        return;
    }
    let mut seen = BTreeMap::new();
    for (item, index) in items {
        match seen.get(&item) {
            None => {
                seen.insert(item, index);
            }
            Some(first) => report.push(
                Diagnostic::new(
                    Code::RepeatedReference,
                    list().index(index),
                    format!("`{}` is named twice", name(item)),
                )
                .help("remove it, or name what was meant")
                .certainly(Action::Remove)
                .related(list().index(*first), "first named here"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn every_list_is_looked_at() {
        let source = r#"{
            "milestones": [{ "id": "M-1", "title": "a" }, { "id": "M-2", "title": "b", "blocked_by": ["M-1", "m-1"] }],
            "issues": [{ "id": "A-1", "title": "a" },
                { "id": "A-2", "title": "b", "blocked_by": ["A-1", "A-1"], "assignees": ["Mara", "ines", "mara"] },
                { "id": "A-3", "title": "c", "blocked_by": ["acme/garden#1", "A-1", "ACME/Garden#1", "acme/garden#2"] }] }"#;
        assert_eq!(
            found(Code::RepeatedReference, source),
            [
                "warning issues[1].assignees[2]: `mara` is named twice",
                "warning issues[1].blocked_by[1]: `A-1` is named twice",
                "warning issues[2].blocked_by[2]: `ACME/Garden#1` is named twice",
                "warning milestones[1].blocked_by[1]: `M-1` is named twice",
            ]
        );
    }
}
