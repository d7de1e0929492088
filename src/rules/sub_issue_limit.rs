//! `sub-issue-limit`: GitHub takes 100 sub-issues for each issue, and 8 levels of them.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::{IssueIx, IssueName, Roadmap},
    report::{Code, Diagnostic, Report, Severity},
};

/// Source: "You can add up to 100 sub-issues per parent issue and create up to eight levels of nested sub-issues",
/// GitHub Docs, "Adding sub-issues"; closed ones count.
const MOST_CHILDREN: usize = 100;
const MOST_LEVELS: usize = 8;

pub(super) const RULE: Rule = Rule {
    code: Code::SubIssueLimit,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an issue has more sub-issues, more levels of them, or another owner's parent than GitHub takes",
    explanation: "GitHub takes up to 100 sub-issues for one issue, closed ones included, and up to eight levels below the \
topmost; a parent in another repository must be of the same owner. The place is the `parent` that goes beyond. Put a level in between, make the parent a milestone, or let the issue \
name its parent in its text only.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build the town" },
    ⟨101 × { "id": "H-#", "title": "Build house #", "parent": "A-1" }⟩
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build the town" },
    ⟨100 × { "id": "H-#", "title": "Build house #", "parent": "A-1" }⟩
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, issue) in roadmap.issues() {
        let children = &context.facts.issue(ix).children;
        if let Some(beyond) = children.get(MOST_CHILDREN) {
            let message = format!("`{}` has {} sub-issues", issue.id, children.len());
            report.push(
                Diagnostic::new(Code::SubIssueLimit, roadmap.issue_place(*beyond).key("parent"), message)
                    .help("GitHub takes 100 for each issue: this one is the first beyond"),
            );
        }
    }
    for (ix, issue) in roadmap.issues() {
        if let Some(parent) = issue.parent_elsewhere.as_deref().filter(|it| is_of_other(roadmap, &it.name)) {
            let message = format!("`{}` is a part of `{}`, which has another owner", issue.id, parent.text);
            report.push(
                Diagnostic::new(Code::SubIssueLimit, roadmap.issue_place(ix).key("parent"), message).help(
                    "GitHub takes a parent of the same owner alone: name it in the text, or wait for it",
                ),
            );
        }
    }
    for ix in at_level(context, MOST_LEVELS + 1) {
        let message = format!("`{}` is a sub-issue of the ninth level", roadmap.issues[ix.0].id);
        report.push(
            Diagnostic::new(Code::SubIssueLimit, roadmap.issue_place(ix).key("parent"), message)
                .help("GitHub takes eight levels below the topmost issue"),
        );
    }
}

/// Whether an issue is of another owner than the roadmap's repository.
/// Source: "The sub-issue must belong to the same repository owner as the parent issue", GitHub Docs, "Add sub-issue".
fn is_of_other(roadmap: &Roadmap, name: &IssueName) -> bool {
    let owner = |repository: &Option<String>| {
        repository.as_ref().and_then(|name| name.split_once('/')).map(|(owner, _)| owner.to_ascii_lowercase())
    };
    let own = owner(&roadmap.repository);
    own.is_some() && owner(&name.repository) != own
}

/// The issues that have so many issues above them. Cycles have no top, and so no levels.
fn at_level(context: &Context<'_>, level: usize) -> Vec<IssueIx> {
    let roadmap = context.roadmap;
    let tops = roadmap.issues().filter(|(_, issue)| issue.parent.get().is_none()).map(|(ix, _)| ix);
    (0..level).fold(tops.collect(), |above: Vec<_>, _| {
        above.iter().flat_map(|ix| context.facts.issue(*ix).children.iter().copied()).collect()
    })
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn a_parent_elsewhere_has_the_same_owner() {
        let source = r#"{ "repository": "acme/shed", "issues": [
            { "id": "A-1", "title": "x", "parent": "ACME/garden#1" }, { "id": "A-2", "title": "x", "parent": "other/garden#1" } ] }"#;
        assert_eq!(
            found(Code::SubIssueLimit, source),
            ["issues[1].parent: `A-2` is a part of `other/garden#1`, which has another owner"]
        );
    }

    #[test]
    fn the_ninth_level_is_told_where_it_begins() {
        let issues: Vec<_> = (1..=11)
            .map(|n| format!(r#"{{ "id": "A-{n}", "title": "x", "parent": "A-{}" }}"#, n - 1))
            .collect();
        let source = format!(
            r#"{{ "issues": [{{ "id": "A-0", "title": "x" }}, {},
                {{ "id": "B-1", "title": "x", "parent": "B-1" }}] }}"#,
            issues.join(",")
        );
        assert_eq!(
            found(Code::SubIssueLimit, &source),
            ["issues[9].parent: `A-9` is a sub-issue of the ninth level"]
        );
    }
}
