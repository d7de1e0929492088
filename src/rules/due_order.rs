//! `due-order`: something is due before what it waits for.

use std::cmp::Reverse;

use super::{Context, Example, Kind, Rule};
use crate::{
    facts::Graph,
    model::{Id, When},
    report::{Code, Diagnostic, Place, Report, Severity},
    source::schema::State,
};

pub(super) const RULE: Rule = Rule {
    code: Code::DueOrder,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "something is due before what it waits for",
    explanation: "An issue or milestone that is blocked by another cannot be done before it. Where its due date comes first, one \
of the two days is wrong, or the dependency is. Where a blocker has no due date, the days of what it waits for count. A day and a month, a quarter or a year are compared by the coarser of the two: what is due \
in `2027-Q2` is not due after 2027-05-15.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Draw the plan", "state": "open", "due_on": "2026-12-24" },
    { "id": "A-2", "title": "Build it", "state": "open", "due_on": "2026-12-01", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Draw the plan", "state": "open", "due_on": "2026-12-24" },
    { "id": "A-2", "title": "Build it", "state": "open", "due_on": "2027-01-15", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let issues = Plan {
        items: roadmap
            .issues
            .iter()
            .map(|issue| (&issue.id, issue.due_on, is_closed(issue.known_state())))
            .collect(),
        graph: Graph::new(
            roadmap.issues.iter().map(|it| it.blocked_by().iter().map(|link| link.to.0).collect()),
        ),
    };
    let latest = issues.latest();
    for (ix, issue) in roadmap.issues() {
        for link in issue.blocked_by() {
            let place = || roadmap.issue_place(ix).key("blocked_by").index(link.index);
            issues.judge(report, &latest, ix.0, link.to.0, place);
        }
    }
    let milestones = Plan {
        items: roadmap
            .milestones
            .iter()
            .map(|milestone| (&milestone.id, milestone.known_due_on(), is_closed(milestone.known_state())))
            .collect(),
        graph: Graph::new(
            roadmap.milestones.iter().map(|it| it.blocked_by.iter().map(|link| link.to.0).collect()),
        ),
    };
    let latest = milestones.latest();
    for (ix, milestone) in roadmap.milestones() {
        for link in &milestone.blocked_by {
            let place = || roadmap.milestone_place(ix).key("blocked_by").index(link.index);
            milestones.judge(report, &latest, ix.0, link.to.0, place);
        }
    }
}

fn is_closed(state: Option<State>) -> bool {
    state == Some(State::Closed)
}

/// Items that can wait for each other: id, due date, and whether they are closed.
struct Plan<'r> {
    items: Vec<(&'r Id, Option<When>, bool)>,
    graph: Graph,
}

impl Plan<'_> {
    /// For each item the latest due date that it stands for, and whose that is: its own, or where it has none and is not closed,
    /// that of what it waits for.
    fn latest(&self) -> Vec<Option<(When, usize)>> {
        let mut latest: Vec<Option<(When, usize)>> = vec![None; self.items.len()];
        for &ix in self.graph.in_components() {
            let (_, due, is_closed) = self.items[ix];
            let is_looked_through = !is_closed && !self.graph.is_in_cycle(ix);
            let blockers = self.graph.waits_for(ix).iter().filter(|_| is_looked_through);
            let open = blockers.filter(|blocker| !self.items[**blocker].2);
            let behind = || {
                open.filter_map(|blocker| latest[*blocker])
                    .max_by_key(|(due, ix)| (due.order(), Reverse(*ix)))
            };
            latest[ix] = due.map(|due| (due, ix)).or_else(behind);
        }
        latest
    }

    fn judge(
        &self,
        report: &mut Report,
        latest: &[Option<(When, usize)>],
        ix: usize,
        blocker: usize,
        place: impl FnOnce() -> Place,
    ) {
        let (id, Some(due), _) = self.items[ix] else { return };
        let Some((later, whose)) = latest[blocker].filter(|(later, _)| later.is_after(due)) else { return };
        if whose != blocker && self.items[ix].2 {
            return; // What is done had no need to wait for what its blocker waits for.
        }
        let (named, through) = (self.items[whose].0, self.items[blocker].0);
        let how = if whose == blocker { String::new() } else { format!(" through `{through}`") };
        report.push(
            Diagnostic::new(
                Code::DueOrder,
                place(),
                format!("`{id}` is due {}, before `{named}`, which it waits for{how}", due.on()),
            )
            .help(format!(
                "`{named}` is due {}: move one of the two days, or drop the dependency",
                later.on()
            )),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn days_are_compared_by_the_coarser_unit() {
        let source = |blocker: &str, due: &str| {
            format!(
                r#"{{ "issues": [
                    {{ "id": "A", "title": "a", "state": "open", "due_on": "{blocker}" }},
                    {{ "id": "B", "title": "b", "state": "open", "due_on": "{due}", "blocked_by": ["A"] }}
                ] }}"#
            )
        };
        for (blocker, due) in [
            ("2027-Q2", "2027-05-15"),
            ("2027-05-15", "2027-Q2"),
            ("2027", "2027-H1"),
            ("2027-06-30", "2027-H1"),
            ("2027-12-31", "later"),
            ("later", "later"),
        ] {
            assert_eq!(found(Code::DueOrder, &source(blocker, due)), [""; 0], "{blocker} {due}");
        }
        for (blocker, due, words) in [
            ("2027-Q2", "2027-03-31", "on 2027-03-31"),
            ("2027-07-01", "2027-Q2", "in 2027-Q2"),
            ("2027-H2", "2027-Q2", "in 2027-Q2"),
            ("later", "2027", "in 2027"),
        ] {
            let told = format!("issues[1].blocked_by[0]: `B` is due {words}, before `A`, which it waits for");
            assert_eq!(found(Code::DueOrder, &source(blocker, due)), [told], "{blocker} {due}");
        }
    }

    #[test]
    fn blockers_without_a_due_day_are_looked_through() {
        let source = r#"{
            "milestones": [
                { "id": "M-1", "title": "a", "due_on": "2027-02-01" },
                { "id": "M-2", "title": "b", "blocked_by": ["M-1"] },
                { "id": "M-3", "title": "c", "due_on": "2027-01-15", "blocked_by": ["M-2"] }
            ],
            "issues": [
                { "id": "A-1", "title": "a", "state": "open", "due_on": "2026-12-24" },
                { "id": "A-2", "title": "b", "state": "open", "blocked_by": ["A-1"] },
                { "id": "A-3", "title": "c", "state": "open", "blocked_by": ["A-2"] },
                { "id": "A-4", "title": "d", "state": "open", "due_on": "2026-12-01", "blocked_by": ["A-3"] },
                { "id": "A-5", "title": "e", "state": "closed", "blocked_by": ["A-1"] },
                { "id": "A-6", "title": "f", "state": "open", "due_on": "2026-12-01", "blocked_by": ["A-5"] },
                { "id": "A-7", "title": "g", "state": "open", "due_on": "2026-12-30", "blocked_by": ["A-3"] },
                { "id": "A-8", "title": "h", "state": "open", "blocked_by": ["A-9", "A-1"] },
                { "id": "A-9", "title": "i", "state": "open", "due_on": "2026-12-01", "blocked_by": ["A-8"] }
            ] }"#;
        assert_eq!(
            found(Code::DueOrder, source),
            [
                "issues[3].blocked_by[0]: `A-4` is due on 2026-12-01, before `A-1`, which it waits for through `A-3`",
                "milestones[2].blocked_by[0]: `M-3` is due on 2027-01-15, before `M-1`, which it waits for through `M-2`",
            ]
        );
    }
}
