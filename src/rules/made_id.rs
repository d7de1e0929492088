//! `made-id`: an id is made from a title, and would change with it.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::Id,
    report::{Code, Diagnostic, Place, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::MadeId,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "an id is made from a title and would change with it",
    explanation: "Everything that outlives a title hangs on the id: page names, links, what GitHub is told. An item \
without an `id`, and without one at the head of its title (`DB-001: …`), gets one that is made of the title's words, and a \
better title would give it another. `roadbook pin` writes the ids into the source as they are now; `apply` refuses made \
ids until then. It is told once for all milestones and once for all issues.",
    bad: Example::source(
        r#"{
  "issues": [
    { "title": "Build the shed" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "build-the-shed", "title": "Build the shed" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let milestones = roadmap.milestones().filter(|(_, milestone)| milestone.made);
    tell(report, "milestone", milestones.map(|(ix, m)| (&m.id, move || roadmap.milestone_place(ix))));
    let issues = roadmap.issues().filter(|(_, issue)| issue.made);
    tell(report, "issue", issues.map(|(ix, i)| (&i.id, move || roadmap.issue_place(ix))));
}

fn tell<'a>(
    report: &mut Report,
    kind: &str,
    mut made: impl Iterator<Item = (&'a Id, impl FnOnce() -> Place)>,
) {
    let Some((id, place)) = made.next() else { return };
    let more = match made.count() {
        0 => String::new(),
        1 => format!(", and that of 1 other {kind}"),
        more => format!(", and those of {more} other {kind}s"),
    };
    let message = format!("the id `{id}` is made from the title{more}");
    report.push(
        Diagnostic::new(Code::MadeId, place().key("title"), message)
            .help("`roadbook pin` writes ids into the source, so that titles can change"),
    );
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn is_told_once_for_each_list() {
        let source = r#"{ "milestones": [{ "title": "Soon" }],
            "issues": [{ "title": "A-1: x" }, { "title": "y" }, { "title": "z" }, { "title": "w" }] }"#;
        assert_eq!(
            found(Code::MadeId, source),
            [
                "warning issues[1].title: the id `y` is made from the title, and those of 2 other issues",
                "warning milestones[0].title: the id `soon` is made from the title",
            ]
        );
    }
}
