//! `duplicate-group`: two label groups have the same prefix.

use std::collections::BTreeMap;

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::DuplicateGroup,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "two label groups have the same prefix",
    explanation: "A label belongs to the first group whose prefix it has, case apart, so a second group of the same \
prefix stays empty, and what it says of its labels is never asked. Keep one of the two.",
    bad: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it", "labels": ["area:shed"] }],
  "label_groups": [{ "prefix": "area" }, { "prefix": "Area", "exclusive": true }]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it", "labels": ["area:shed"] }],
  "label_groups": [{ "prefix": "area", "exclusive": true }]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let mut seen = BTreeMap::new();
    for (group, origin) in context.roadmap.groups.iter().filter_map(|group| Some((group, group.origin?))) {
        let place = context.roadmap.place("label_groups", origin).key("prefix");
        match seen.get(&group.prefix.to_ascii_lowercase()) {
            None => {
                seen.insert(group.prefix.to_ascii_lowercase(), place);
            }
            Some(first) => {
                let message = format!("two label groups have the prefix `{}`", group.prefix);
                report.push(
                    Diagnostic::new(Code::DuplicateGroup, place, message)
                        .help("keep one of them")
                        .related(first.clone(), "first given here"),
                );
            }
        }
    }
}
