//! `due-after-milestone`: an issue is due after its milestone.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::DueAfterMilestone,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "an issue is due after its milestone",
    explanation: "A milestone is reached when its issues are done, so an issue that is due later means that the milestone \
will be too, or that the issue belongs to another. Move one of the two days, or the issue. It is a warning, since a slip is \
often known for the issue first.",
    bad: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands", "due_on": "2027-03-31" }],
  "issues": [{ "id": "A-1", "title": "Lay the roof", "milestone": "M-1", "due_on": "2027-04-15" }]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands", "due_on": "2027-04-30" }],
  "issues": [{ "id": "A-1", "title": "Lay the roof", "milestone": "M-1", "due_on": "2027-04-15" }]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, issue) in roadmap.issues() {
        let Some(milestone) = issue.milestone.get().map(|ix| &roadmap.milestones[ix.0]) else { continue };
        let (Some(due), Some(end)) = (issue.due_on, milestone.known_due_on()) else { continue };
        if due.is_after(end) {
            let message =
                format!("`{}` is due {}, after its milestone `{}`", issue.id, due.on(), milestone.id);
            report.push(
                Diagnostic::new(Code::DueAfterMilestone, roadmap.issue_place(ix).key("due_on"), message)
                    .help(format!(
                        "the milestone is due {}: move one of the two days, or the issue",
                        end.on()
                    )),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn days_are_compared_by_the_coarser_unit() {
        let source = |due: &str, end: &str| {
            format!(
                r#"{{ "milestones": [{{ "id": "M", "title": "m", "due_on": "{end}" }}],
                    "issues": [{{ "id": "A", "title": "a", "milestone": "M", "due_on": "{due}" }}] }}"#
            )
        };
        for (due, end) in
            [("2027-Q2", "2027-04-15"), ("2027-06-30", "2027-Q2"), ("2027", "2027-Q1"), ("2027", "later")]
        {
            assert_eq!(found(Code::DueAfterMilestone, &source(due, end)), [""; 0], "{due} {end}");
        }
        for (due, end, words) in [
            ("2027-Q2", "2027-03-31", "in 2027-Q2"),
            ("2027-07-01", "2027-Q2", "on 2027-07-01"),
            ("later", "2027", "later"),
        ] {
            let told = format!("warning issues[0].due_on: `A` is due {words}, after its milestone `M`");
            assert_eq!(found(Code::DueAfterMilestone, &source(due, end)), [told], "{due} {end}");
        }
    }
}
