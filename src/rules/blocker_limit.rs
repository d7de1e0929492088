//! `blocker-limit`: GitHub takes 50 dependencies of each kind.

use std::collections::BTreeSet;

use super::{Context, Example, Kind, Rule};
use crate::{
    model::{Issue, IssueIx, Roadmap},
    report::{Code, Diagnostic, Report, Severity},
};

/// Source: "up to 50 issues for each relationship type", GitHub Docs, "Creating issue dependencies"
/// (wso2/labs-agentic-engineer#290).
const MOST: usize = 50;

pub(super) const RULE: Rule = Rule {
    code: Code::BlockerLimit,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an issue waits for, or holds up, more than 50 issues",
    explanation: "GitHub takes up to 50 issues that an issue is blocked by, and up to 50 that it blocks. The place is the \
first reference beyond. An issue that stands between, which waits for the many and for which the others wait, says the same \
and can be read; so does a dependency between the two milestones.",
    bad: Example::source(
        r#"{
  "issues": [
    ⟨51 × { "id": "A-#", "title": "Build house #" }⟩,
    { "id": "B-1", "title": "Open the town", "blocked_by": [⟨51 × "A-#"⟩] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    ⟨51 × { "id": "A-#", "title": "Build house #" }⟩,
    { "id": "B-1", "title": "Open the town", "blocked_by": [⟨50 × "A-#"⟩] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let help = "GitHub takes 50 of each kind: put an issue in between that stands for several";
    for (ix, issue) in roadmap.issues() {
        if issue.blocked_by().len() + issue.blocked_elsewhere.len() > MOST
            && let Some(beyond) = beyond(issue)
        {
            let place = roadmap.issue_place(ix).key("blocked_by").index(beyond);
            let message = format!("`{}` waits for more than 50 issues", issue.id);
            report.push(Diagnostic::new(Code::BlockerLimit, place, message).help(help));
        }
        let needed_by = &context.facts.issue(ix).needed_by;
        if let Some((waiting, index)) = needed_by.get(MOST).and_then(|waiting| link(roadmap, *waiting, ix)) {
            let place = roadmap.issue_place(waiting).key("blocked_by").index(index);
            let message = format!("{} issues wait for `{}`", needed_by.len(), issue.id);
            report.push(Diagnostic::new(Code::BlockerLimit, place, message).help(help));
        }
    }
}

/// The place in its list of the first blocker beyond those that GitHub takes, each counted once.
fn beyond(issue: &Issue) -> Option<usize> {
    let (mut seen, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
    let here = issue.blocked_by().iter().filter(|link| seen.insert(link.to)).map(|link| link.index);
    let others = issue.blocked_elsewhere.iter().filter(|link| elsewhere.insert(&link.to.name));
    let mut places: Vec<_> = here.chain(others.map(|link| link.index)).collect();
    places.sort_unstable();
    places.get(MOST).copied()
}

/// Where an issue says that it waits for another.
fn link(roadmap: &Roadmap, waiting: IssueIx, blocker: IssueIx) -> Option<(IssueIx, usize)> {
    let mut links = roadmap.issues[waiting.0].blocked_by().iter();
    links.find(|link| link.to == blocker).map(|link| (waiting, link.index))
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn issues_of_other_repositories_count_too() {
        let of = |elsewhere: usize| {
            let names: Vec<_> = (1..=elsewhere).map(|n| format!(r#""acme/garden#{n}""#)).collect();
            let source = format!(
                r#"{{ "issues": [{{ "id": "A-1", "title": "x" }}, {{ "id": "B-1", "title": "x", "blocked_by": ["A-1", {}] }}] }}"#,
                names.join(",")
            );
            found(Code::BlockerLimit, &source)
        };
        assert_eq!(of(49), [""; 0]);
        assert_eq!(of(50), ["issues[1].blocked_by[50]: `B-1` waits for more than 50 issues"]);
    }

    #[test]
    fn what_holds_up_more_than_fifty_is_found_too() {
        let issues: Vec<_> = (1..=60)
            .map(|n| format!(r#"{{ "id": "A-{n}", "title": "x", "blocked_by": ["B-1", "B-1"] }}"#))
            .collect();
        let source = format!(r#"{{ "issues": [{{ "id": "B-1", "title": "x" }}, {}] }}"#, issues.join(","));
        assert_eq!(
            found(Code::BlockerLimit, &source),
            ["issues[51].blocked_by[0]: 60 issues wait for `B-1`"]
        );
    }
}
