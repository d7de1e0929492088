//! `dependency-cycle`: things wait for each other in a cycle.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::{Id, IssueIx, MilestoneIx},
    report::{Code, Diagnostic, Place, Report, Severity},
};

/// Up to how many items a cycle is shown whole.
const SHOWN: usize = 12;

pub(super) const RULE: Rule = Rule {
    code: Code::DependencyCycle,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "things wait for each other in a cycle",
    explanation: "What waits for itself, directly or through others, can never begin; what is a part of itself has no \
place in a tree. The cycle is shown whole, each item before the one that it waits for, and the place is the reference that \
closes it. Remove one of its references: the one that is least true. Where several cycles share items, the shortest is \
shown first; run again once it is gone.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor", "blocked_by": ["A-2"] },
    { "id": "A-2", "title": "Raise the walls", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor" },
    { "id": "A-2", "title": "Raise the walls", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let (roadmap, facts) = (context.roadmap, context.facts);
    let issue_id = |ix: &IssueIx| &roadmap.issues[ix.0].id;
    for cycle in &facts.cycles {
        let (first, last) = ends(cycle);
        let link = roadmap.issues[last.0].blocked_by().iter().find(|link| link.to == first);
        let place = roadmap.issue_place(last).key("blocked_by").index(link.map_or(0, |link| link.index));
        report.push(found(place, cycle.iter().map(issue_id), "wait for each other"));
    }
    for cycle in &facts.milestone_cycles {
        let (first, last): (MilestoneIx, _) = ends(cycle);
        let link = roadmap.milestones[last.0].blocked_by.iter().find(|link| link.to == first);
        let place = roadmap.milestone_place(last).key("blocked_by").index(link.map_or(0, |link| link.index));
        report.push(found(place, cycle.iter().map(|ix| &roadmap.milestones[ix.0].id), "wait for each other"));
    }
    for cycle in &facts.parent_cycles {
        let place = roadmap.issue_place(ends(cycle).1).key("parent");
        report.push(found(place, cycle.iter().map(issue_id), "are a part of each other"));
    }
}

/// The first and the last item of a cycle, which has at least one.
fn ends<T: Copy>(cycle: &[T]) -> (T, T) {
    (cycle[0], cycle[cycle.len() - 1])
}

fn found<'a>(place: Place, ids: impl ExactSizeIterator<Item = &'a Id> + Clone, do_what: &str) -> Diagnostic {
    let message = match ids.len() {
        1 => {
            let what = if do_what.starts_with("wait") { "waits for" } else { "is a part of" };
            format!("`{}` {what} itself", shown(ids))
        }
        count => format!("{count} items {do_what} in a cycle: {}", shown(ids)),
    };
    Diagnostic::new(Code::DependencyCycle, place, message)
        .help("remove one of these references: here, or the one that is least true")
}

/// `DB-003 → DB-007 → DB-003`; of a long cycle the two ends.
fn shown<'a>(ids: impl ExactSizeIterator<Item = &'a Id> + Clone) -> String {
    let count = ids.len();
    if count == 1 {
        return ids.map(Id::as_str).collect();
    }
    let first = ids.clone().take(1).map(|id| id.to_string());
    let mut names: Vec<_> = if count <= SHOWN {
        ids.map(|id| id.to_string()).collect()
    } else {
        let half = SHOWN / 2;
        let left_out = format!("… {} more …", count - 2 * half);
        let head = ids.clone().take(half).map(|id| id.to_string());
        head.chain([left_out]).chain(ids.skip(count - half).map(|id| id.to_string())).collect()
    };
    names.extend(first);
    names.join(" → ")
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn cycles_are_shown_whole_where_they_close() {
        let source = r#"{
            "milestones": [{ "id": "M-1", "title": "a", "blocked_by": ["M-1"] }],
            "issues": [
                { "id": "A-1", "title": "a", "blocked_by": ["A-4", "A-2"] },
                { "id": "A-2", "title": "b", "blocked_by": ["A-3"] },
                { "id": "A-3", "title": "c", "blocked_by": ["A-4", "A-1"], "parent": "A-4" },
                { "id": "A-4", "title": "d", "parent": "A-3" }
            ] }"#;
        assert_eq!(
            found(Code::DependencyCycle, source),
            [
                "issues[2].blocked_by[1]: 3 items wait for each other in a cycle: A-1 → A-2 → A-3 → A-1",
                "issues[3].parent: 2 items are a part of each other in a cycle: A-3 → A-4 → A-3",
                "milestones[0].blocked_by[0]: `M-1` waits for itself",
            ]
        );
    }

    #[test]
    fn a_long_cycle_is_shortened_in_its_middle() {
        let issues: Vec<_> = (0..40)
            .map(|n| format!(r#"{{ "id": "A-{n}", "title": "x", "blocked_by": ["A-{}"] }}"#, (n + 1) % 40))
            .collect();
        let found = found(Code::DependencyCycle, &format!(r#"{{ "issues": [{}] }}"#, issues.join(",")));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("40 items"), "{found:?}");
        assert!(
            found[0].ends_with("A-5 → … 28 more … → A-34 → A-35 → A-36 → A-37 → A-38 → A-39 → A-0"),
            "{found:?}"
        );
    }
}
