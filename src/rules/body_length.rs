//! `body-length`: GitHub takes bodies of up to 65,536 characters.

use super::{Context, Example, Kind, Rule};
use crate::{
    github::text::{MOST, sent_length},
    report::{Code, Diagnostic, Report, Severity},
};

/// Of shorter bodies nobody counts what is sent with them: a name that is called has two bytes at least, and becomes ten.
const SURE: usize = MOST / 6;

pub(super) const RULE: Rule = Rule {
    code: Code::BodyLength,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "a body is longer than GitHub takes",
    explanation: "GitHub refuses a body of more than 65,536 characters, and the line that Roadbook puts below each body \
counts too. It is a warning, since documents and site can be built all the same (they show such a body as plain text); \
`plan` and `apply` refuse it. Move what is long into a document of the repository and link to it, or make several issues.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "body": "⟨65520 × x⟩" }] }"#),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "body": "See `docs/build.md`." }] }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, issue) in roadmap.issues() {
        let Some(body) = issue.body.get() else { continue };
        let sent = if body.len() > SURE { sent_length(body, &issue.id, roadmap.mentions) } else { 0 };
        if sent > MOST {
            let length = body.chars().count();
            let message =
                format!("the body has {length} characters; {} fit", (length + MOST).saturating_sub(sent));
            report.push(Diagnostic::new(Code::BodyLength, roadmap.body_place(ix), message).help(
                "GitHub takes 65,536 with the line that marks the issue and what keeps `@name` from calling: move a part elsewhere",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn what_is_sent_with_a_body_counts() {
        let source = |mentions: bool, letters| {
            let body = format!("{}{}", "x".repeat(letters), " @ann".repeat(15));
            format!(
                r#"{{ "mentions": {mentions}, "issues": [{{ "id": "A-1", "title": "a", "body": "{body}" }}] }}"#
            )
        };
        assert!(found(Code::BodyLength, &source(true, 65_400)).is_empty());
        assert!(found(Code::BodyLength, &source(false, 65_300)).is_empty());
        assert_eq!(
            found(Code::BodyLength, &source(false, 65_400)),
            ["warning issues[0].body: the body has 65475 characters; 65390 fit"]
        );
    }

    #[test]
    fn the_marker_counts_and_bytes_do_not() {
        let source = |letters| {
            format!(r#"{{ "issues": [{{ "id": "A-1", "title": "a", "body": "{}" }}] }}"#, "ü".repeat(letters))
        };
        assert!(found(Code::BodyLength, &source(65_510)).is_empty());
        assert_eq!(
            found(Code::BodyLength, &source(65_512)),
            ["warning issues[0].body: the body has 65512 characters; 65510 fit"]
        );
    }
}
