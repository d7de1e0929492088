//! `body-length`: GitHub takes bodies of up to 65,536 characters.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

/// Source: GitHub's answer `body is too long (maximum is 65536 characters)`, 422, in many reports.
const MOST: usize = 65_536;

/// What stands below every body on GitHub, without the id: a blank line and the marker.
const MARKER: &str = "\n\n<!-- roadbook:id= -->";

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
        let marker = MARKER.len() + issue.id.as_str().len();
        // A body has at most as many characters as bytes.
        let length = if body.len() + marker > MOST { body.chars().count() } else { 0 };
        if length + marker > MOST {
            let message = format!("the body has {length} characters; {} fit", MOST - marker);
            report.push(
                Diagnostic::new(Code::BodyLength, roadmap.body_place(ix), message)
                    .help("GitHub takes 65,536 with the line that marks the issue: move a part elsewhere"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

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
