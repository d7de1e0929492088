//! `label-was`: a former name of a label is still a name, or is claimed twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Example, Kind, Rule};
use crate::{
    report::{Action, Code, Diagnostic, Place, Report, Severity},
    source::Origin,
};

pub(super) const RULE: Rule = Rule {
    code: Code::LabelWas,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a former name of a label is still a name, or is claimed twice",
    explanation: "`was` makes a rename one: `apply` looks for the former name on GitHub and renames that label, so that \
issues keep it. A former name that some label still has, or that two labels claim, would rename the wrong one. GitHub \
compares names without case, so a change of case needs no `was`. Remove the former name that is not one.",
    bad: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it" }],
  "labels": [
    { "name": "defect", "was": ["bug"] },
    { "name": "bug" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [{ "id": "A-1", "title": "Build it" }],
  "labels": [
    { "name": "defect", "was": ["bug"] },
    { "name": "question" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let labels: Vec<_> = roadmap
        .labels
        .iter()
        .filter_map(|label| Some(Named { name: &label.name, was: &label.was, origin: label.origin? }))
        .collect();
    former_names(
        Code::LabelWas,
        &labels,
        |origin| roadmap.place("labels", origin),
        str::to_lowercase,
        report,
    );
}

/// Something that has a name and former names.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) was: &'a [String],
    pub(super) origin: Origin,
}

/// Finds former names that are live ones, or that are claimed twice.
pub(super) fn former_names(
    code: Code,
    items: &[Named<'_>],
    place_of: impl Fn(Origin) -> Place,
    key: fn(&str) -> String,
    report: &mut Report,
) {
    let live = live(items, key);
    let mut claimed = BTreeMap::<String, Place>::new();
    for (ix, item) in items.iter().enumerate() {
        for (index, was) in item.was.iter().enumerate() {
            let place = place_of(item.origin).key("was").index(index);
            let found = |message: String| Diagnostic::new(code, place.clone(), message).help("remove it");
            if key(was) == key(item.name) {
                report
                    .push(found(format!("`{was}` is its name, not a former one")).certainly(Action::Remove));
            } else if let Some(other) = live.get(&key(was)).filter(|other| **other != ix) {
                let at = place_of(items[*other].origin);
                report.push(found(format!("`{was}` is no former name: it is in use")).related(at, "here"));
            } else if let Some(first) = claimed.get(&key(was)) {
                let found = found(format!("the former name `{was}` is given twice"));
                let found = if item.was[..index].iter().any(|other| key(other) == key(was)) {
                    found.certainly(Action::Remove)
                } else {
                    found.perhaps(Action::Remove)
                };
                report.push(found.related(first.clone(), "first given here"));
            } else {
                claimed.insert(key(was), place);
            }
        }
    }
}

/// The first item of each name that some item had before.
fn live(items: &[Named<'_>], key: fn(&str) -> String) -> BTreeMap<String, usize> {
    // Only names that some other one was are looked up: of a million names few were another.
    let former: BTreeSet<String> = items.iter().flat_map(|item| item.was).map(|was| key(was)).collect();
    if former.is_empty() {
        return BTreeMap::new();
    }
    let named = items.iter().enumerate().rev().map(|(ix, item)| (key(item.name), ix));
    named.filter(|(name, _)| former.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn own_live_and_doubled_names_are_found() {
        let source = r#"{ "labels": [
            { "name": "a", "was": ["A", "x"] }, { "name": "b", "was": ["a", "old"] }, { "name": "c", "was": ["OLD"] }
        ] }"#;
        assert_eq!(
            found(Code::LabelWas, source),
            [
                "labels[0].was[0]: `A` is its name, not a former one",
                "labels[1].was[0]: `a` is no former name: it is in use",
                "labels[2].was[0]: the former name `OLD` is given twice",
            ]
        );
    }
}
