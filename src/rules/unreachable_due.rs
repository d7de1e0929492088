//! `unreachable-due`: something is due before it can be done.

use std::borrow::Cow;

use super::{Context, Example, Kind, Rule};
use crate::{
    facts::{
        Bounds,
        bounds::words::{ARROW, chain, due_of, id_of},
        days_words,
    },
    model::{Roadmap, Target, When},
    report::{Code, Diagnostic, Place, Report, Severity},
};

/// How many of those that are late with it are named.
const MOST: usize = 5;

pub(super) const RULE: Rule = Rule {
    code: Code::UnreachableDue,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "something is due before it can be done",
    explanation: "An issue begins when it is to start and when all that it waits for is done, and takes the days from its start \
to its due date; a whole is done when its parts are, a milestone when its issues are. Nothing here is estimated: \"cannot be done\" \
follows from stated days alone, \"as planned\" counts the stated lengths as well. Move the due date, begin earlier, or wait for less. \
Only the first item of a chain is a finding; those that are late because of it are named in it. Today counts only where the \
source says `as_of`; what is overdue is not told again.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Dry the wood", "state": "open", "start_on": "2027-04-01" },
    { "id": "A-2", "title": "Build the shed", "state": "open", "due_on": "2027-03-20", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Dry the wood", "state": "open", "start_on": "2027-04-01" },
    { "id": "A-2", "title": "Build the shed", "state": "open", "due_on": "2027-04-20", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let (roadmap, facts) = (context.roadmap, context.facts);
    // The lock's day moves with each snapshot: a verdict may not.
    let today = roadmap.as_of.filter(|_| roadmap.head_files.contains_key("as_of"));
    let bounds = if facts.as_of == today {
        Cow::Borrowed(&facts.bounds)
    } else {
        Cow::Owned(Bounds::derive(roadmap, today))
    };
    for found in bounds.unreachable() {
        let item = found.item;
        let (Some(due), Some(earliest)) = (due_of(roadmap, item), bounds.earliest(item)) else { continue };
        let (start, place) = stated(roadmap, item);
        // Of one that ends before it begins `date-order` tells: nothing is left to say where no other is late with it.
        if found.with.is_empty() && start.is_some_and(|start| start.is_after(due)) {
            continue;
        }
        let sure =
            if bounds.floor(item) == Some(earliest) { "cannot be done" } else { "as planned not done" };
        let links = bounds.chain(item);
        let message = format!(
            "`{}` is due {} but {sure} before {earliest}{}{}",
            id_of(roadmap, item),
            due.on(),
            reason(roadmap, item, links.iter().rev().nth(1).copied()),
            with(roadmap, &found.with)
        );
        let help = match links.len() {
            0..=2 => "move its due date, begin earlier, or wait for less".to_owned(),
            _ => format!(
                "it is held up by a chain, {}: move its due date, or what comes first",
                chain(roadmap, &links, ARROW)
            ),
        };
        report.push(Diagnostic::new(Code::UnreachableDue, place, message).help(help));
    }
}

/// When an item is to start, and where its due date stands.
fn stated(roadmap: &Roadmap, item: Target) -> (Option<When>, Place) {
    match item {
        Target::Issue(ix) => (roadmap.issues[ix.0].start_on, roadmap.issue_place(ix).key("due_on")),
        Target::Milestone(ix) => {
            let (milestone, place) = (&roadmap.milestones[ix.0], roadmap.milestone_place(ix));
            // What only the snapshot knows has no place of its own.
            let place = if milestone.due_on.is_given() { place.key("due_on") } else { place };
            (milestone.start_on, place)
        }
    }
}

/// As `: it takes 12 days and waits for `A``.
fn reason(roadmap: &Roadmap, item: Target, held_by: Option<Target>) -> String {
    let days = match item {
        Target::Issue(ix) => {
            let issue = &roadmap.issues[ix.0];
            issue
                .start_on
                .and_then(When::day)
                .zip(issue.due_on.and_then(When::day))
                .map(|(start, due)| due.days_since(start) + 1)
                .filter(|days| *days > 1)
        }
        Target::Milestone(_) => None,
    };
    let takes = days.map(|days| format!("takes {}", days_words(days)));
    let waits = held_by.map(|other| {
        let is_part = match (item, other) {
            (Target::Issue(ix), Target::Issue(part)) => roadmap.issues[part.0].parent.get() == Some(&ix),
            (Target::Milestone(_), Target::Issue(_)) => true,
            _ => false,
        };
        format!("{} `{}`", if is_part { "needs" } else { "waits for" }, id_of(roadmap, other))
    });
    let why: Vec<_> = takes.into_iter().chain(waits).collect();
    if why.is_empty() { String::new() } else { format!(": it {}", why.join(" and ")) }
}

/// As `; `M` with it`.
fn with(roadmap: &Roadmap, items: &[Target]) -> String {
    let names: Vec<_> = items.iter().take(MOST).map(|item| format!("`{}`", id_of(roadmap, *item))).collect();
    let more = items.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if names.is_empty() { String::new() } else { format!("; {}{more} with it", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use crate::{
        report::Code,
        rules::tests::{all_found, found, found_with_lock},
    };

    const LATE: &str = r#"
        "milestones": [{ "id": "M", "title": "m", "state": "open", "due_on": "2027-03-08" }],
        "issues": [
            { "id": "A", "title": "a", "state": "open", "milestone": "M", "start_on": "2027-02-01", "due_on": "2027-02-20" },
            { "id": "B", "title": "b", "state": "open", "milestone": "M", "start_on": "2027-02-22", "due_on": "2027-03-05", "blocked_by": ["A"] }
        ] }"#;

    #[test]
    fn only_the_first_of_a_chain_is_told() {
        assert_eq!(
            found(Code::UnreachableDue, &format!(r#"{{ "as_of": "2027-03-01", {LATE}"#)),
            [
                "warning issues[1].due_on: `B` is due on 2027-03-05 but as planned not done before 2027-03-12: \
              it takes 12 days and waits for `A`; `M` with it"
            ]
        );
    }

    #[test]
    fn what_has_begun_waits_for_nothing() {
        let begun = LATE.replace(r#""id": "B","#, r#""id": "B", "begun_on": "2027-02-22","#);
        assert_eq!(found(Code::UnreachableDue, &format!(r#"{{ "as_of": "2027-03-01", {begun}"#)), [""; 0]);
    }

    #[test]
    fn the_day_of_a_snapshot_is_no_day_to_judge_by() {
        assert_eq!(found(Code::UnreachableDue, &format!("{{ {LATE}")), [""; 0]);
        let lock = r#"{ "lock": 1, "repository": "a/b", "snapshot_on": "2027-03-01" }"#;
        assert_eq!(
            found_with_lock(Code::UnreachableDue, &format!(r#"{{ "repository": "a/b", {LATE}"#), lock),
            [""; 0]
        );
    }

    #[test]
    fn what_is_certain_is_told_so_and_what_holds_it_up() {
        let source = r#"{ "as_of": "2027-03-01",
            "milestones": [
                { "id": "M-1", "title": "a", "state": "open", "due_on": "2027-03-10" },
                { "id": "M-2", "title": "b", "state": "open", "due_on": "2027-03-12", "blocked_by": ["M-1"] }
            ],
            "issues": [
                { "id": "A-1", "title": "a", "state": "open", "start_on": "2027-04-01" },
                { "id": "A-2", "title": "b", "state": "open", "blocked_by": ["A-1"] },
                { "id": "A-3", "title": "c", "state": "open", "due_on": "2027-03-20", "blocked_by": ["A-2"] },
                { "id": "A-4", "title": "d", "state": "open", "milestone": "M-1", "start_on": "2027-03-15" },
                { "id": "A-5", "title": "e", "state": "open", "due_on": "2027-02-20", "blocked_by": ["A-1"] },
                { "id": "A-6", "title": "f", "state": "closed", "due_on": "2027-03-20", "blocked_by": ["A-7"] },
                { "id": "A-7", "title": "g", "state": "open", "due_on": "2027-03-14", "start_on": "2027-03-15" }
            ] }"#;
        assert_eq!(
            found(Code::UnreachableDue, source),
            [
                "warning issues[2].due_on: `A-3` is due on 2027-03-20 but cannot be done before 2027-04-01: it waits for `A-2`",
                "warning milestones[0].due_on: `M-1` is due on 2027-03-10 but cannot be done before 2027-03-15: \
                 it needs `A-4`; `M-2` with it",
            ]
        );
    }

    #[test]
    fn what_is_late_with_one_that_ends_before_it_begins_is_told() {
        let source = r#"{ "issues": [
            { "id": "A", "title": "a", "state": "open", "start_on": "2027-05-23", "due_on": "2027-05-13" },
            { "id": "B", "title": "b", "state": "open", "due_on": "2027-03-26", "blocked_by": ["A"] }
        ] }"#;
        let told = "warning issues[0].due_on: `A` is due on 2027-05-13 but cannot be done before 2027-05-23; `B` with it";
        assert_eq!(found(Code::UnreachableDue, source), [told]);
    }

    #[test]
    fn what_can_never_be_done_is_told_by_the_rule_for_cycles_alone() {
        let source = r#"{ "as_of": "2027-03-01", "issues": [
            { "id": "A", "title": "a", "state": "open", "blocked_by": ["B"] },
            { "id": "B", "title": "b", "state": "open", "blocked_by": ["A"] },
            { "id": "C", "title": "c", "state": "open", "due_on": "2027-03-20", "blocked_by": ["B"] }
        ] }"#;
        assert_eq!(
            all_found(source),
            ["dependency-cycle issues[1].blocked_by[0]: 2 items wait for each other in a cycle: A → B → A"]
        );
    }
}
