//! `future-date`: something is said to have happened on a day that has not come.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::fields::{ISSUE, Said},
    report::{Code, Diagnostic, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::FutureDate,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "something is said to have happened after the as-of day",
    explanation: "`as_of` is the day that the committed documents speak for. Nothing can have been closed or said after \
it: the day is mistyped, or `as_of` was left behind and has to move forward. Where the source gives no `as_of` nothing is \
said, for then the last snapshot decides the day and may well be older than an edit.",
    bad: Example::source(
        r#"{
  "as_of": "2026-11-20",
  "issues": [
    { "id": "A-1", "title": "Build it", "state": "closed", "closed_on": "2027-11-18" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "as_of": "2026-11-20",
  "issues": [
    { "id": "A-1", "title": "Build it", "state": "closed", "closed_on": "2026-11-18" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let Some(today) = roadmap.as_of.filter(|_| roadmap.head_files.contains_key("as_of")) else { return };
    let mut tell = |place, message: String| {
        report.push(
            Diagnostic::new(Code::FutureDate, place, message)
                .help(format!("correct the day, or move `as_of` ({today}) forward"))
                .related(roadmap.head_place("as_of"), "the documents speak for this day"),
        );
    };
    for (ix, issue) in roadmap.issues() {
        for field in ISSUE {
            if let Some(Said::Day(day)) = (field.said)(issue)
                && day > today
            {
                let place = roadmap.issue_place(ix).key(field.key);
                tell(place, format!("`{}` was {} on {day}, a day that has not come", issue.id, field.name));
            }
        }
    }
    for (ix, milestone) in roadmap.milestones() {
        for update in milestone.updates.iter().filter(|update| update.on > today) {
            let place = roadmap.milestone_place(ix).key("updates").index(update.index).key("on");
            tell(
                place,
                format!("`{}` has an update of {}, a day that has not come", milestone.id, update.on),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn only_a_stated_day_is_held_against_what_happened() {
        let items = r#""milestones": [{ "id": "M-1", "title": "a", "updates": [{ "on": "2026-11-20" }, { "on": "2026-11-21" }] }],
            "issues": [{ "id": "A-1", "title": "b", "state": "closed", "closed_on": "2026-11-21" }] }"#;
        assert_eq!(
            found(Code::FutureDate, &format!(r#"{{ "as_of": "2026-11-20", {items}"#)),
            [
                "issues[0].closed_on: `A-1` was closed on 2026-11-21, a day that has not come",
                "milestones[0].updates[1].on: `M-1` has an update of 2026-11-21, a day that has not come",
            ]
        );
        assert!(found(Code::FutureDate, &format!("{{ {items}")).is_empty());
    }
}
