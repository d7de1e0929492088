//! What the board can be filtered by: the values that occur on the page, and what each card answers to.
//!
//! The values are lasting names (ids, slugs of labels), since they stand in addresses that people share.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Here, milestone_key};
use crate::model::{IssueIx, LabelIx, MilestoneIx};

/// How many values one field offers. The form and the cards together stay below 3,000 elements.
const MOST_OPTIONS: usize = 60;

/// How many label groups have a field.
const MOST_GROUPS: usize = 5;

/// The fields of the form. A field with fewer than two values would change nothing, and is left out.
#[derive(Debug, Serialize)]
pub(super) struct Filters<'a> {
    milestones: Vec<Choice<'a>>,
    groups: Vec<Group<'a>>,
    people: Vec<Choice<'a>>,
}

/// A label group, each issue having some of its labels.
#[derive(Debug, Serialize)]
struct Group<'a> {
    title: &'a str,
    labels: Vec<Choice<'a>>,
}

/// Something that a field can be set to.
#[derive(Debug, Serialize)]
struct Choice<'a> {
    /// What stands in the address.
    key: String,
    title: &'a str,
}

/// What a card answers to.
#[derive(Debug, Serialize)]
pub(super) struct Keys {
    /// Its milestone's key; `none` where it has none.
    milestone: String,
    /// The keys of all its labels, with spaces between.
    labels: String,
    /// Its assignees, one a line.
    who: String,
}

/// What the issue on a card answers to.
pub(super) fn keys(here: &Here<'_>, ix: IssueIx) -> Keys {
    let issue = &here.roadmap.issues[ix.0];
    let labels: Vec<_> = issue.labels().iter().map(|label| label_key(here, label.to)).collect();
    Keys {
        milestone: issue.milestone.get().map_or_else(|| "none".into(), |ix| milestone_key(here, *ix)),
        labels: labels.join(" "),
        who: issue.assignees().join("\n"),
    }
}

/// The fields for a page with these issues.
pub(super) fn filters<'a>(here: &Here<'a>, issues: &[IssueIx]) -> Filters<'a> {
    let roadmap = here.roadmap;
    let (mut milestones, mut labels) = (BTreeSet::<MilestoneIx>::new(), BTreeSet::<LabelIx>::new());
    let mut people = BTreeMap::<String, &str>::new();
    for issue in issues.iter().map(|ix| &roadmap.issues[ix.0]) {
        milestones.extend(issue.milestone.get());
        labels.extend(issue.labels().iter().map(|label| label.to));
        people.extend(issue.assignees().iter().map(|name| (name.to_lowercase(), name.as_str())));
    }
    let milestone =
        |ix: MilestoneIx| Choice { key: milestone_key(here, ix), title: &roadmap.milestones[ix.0].title };
    let label = |ix: &LabelIx| Choice { key: label_key(here, *ix), title: &roadmap.labels[ix.0].name };
    let group = |group: &'a crate::model::LabelGroup| Group {
        title: &group.title,
        labels: offered(group.labels.iter().filter(|ix| labels.contains(ix)).map(label)),
    };
    let groups = roadmap.groups.iter().map(group).filter(|group| !group.labels.is_empty());
    Filters {
        milestones: offered(milestones.into_iter().map(milestone)),
        groups: groups.take(MOST_GROUPS).collect(),
        people: offered(people.into_values().map(|name| Choice { key: name.to_owned(), title: name })),
    }
}

/// The values that a field offers; none where there is nothing to choose.
fn offered<'a>(choices: impl Iterator<Item = Choice<'a>>) -> Vec<Choice<'a>> {
    let choices: Vec<_> = choices.take(MOST_OPTIONS).collect();
    if choices.len() > 1 { choices } else { Vec::new() }
}

/// The key of a label in addresses: its slug without what sets it apart from ids.
fn label_key(here: &Here<'_>, ix: LabelIx) -> String {
    let slug = here.places.label_slug(ix);
    slug.strip_prefix("l-").unwrap_or(slug).to_owned()
}
