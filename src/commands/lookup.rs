//! What a name on the command line means; one that means nothing is a usage error, with the one that is close.

use crate::{
    io::{Failure, FailureKind},
    model::{Id, IssueIx, LabelIx, MilestoneIx, Roadmap, Target},
    report::{closest, one_line},
};

/// How many names are given for one that nothing has.
const MOST: usize = 3;

/// An item of a roadmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// An issue.
    Issue(IssueIx),
    /// A milestone.
    Milestone(MilestoneIx),
    /// A label.
    Label(LabelIx),
}

/// The milestone of this id, former id or exact title.
pub(super) fn milestone(roadmap: &Roadmap, name: &str) -> Result<MilestoneIx, Failure> {
    let by_id = roadmap.milestones().find(|(_, it)| it.id.key() == name.to_ascii_lowercase());
    let found = by_id.or_else(|| roadmap.milestones().find(|(_, it)| it.title.trim() == name.trim()));
    match (found, alias(roadmap, name)) {
        (Some((ix, _)), _) | (None, Some(Target::Milestone(ix))) => Ok(ix),
        (None, _) => {
            let names = roadmap.milestones.iter().flat_map(|it| [it.id.as_str(), it.title.as_str()]);
            let unknown = unknown("milestone", name, names);
            Err(match roadmap.issues.iter().any(|it| it.id.key() == name.to_ascii_lowercase()) {
                true => unknown.help(format!("`{}` is an issue", one_line(name))),
                false => unknown.or_help("`roadbook list milestones` shows them"),
            })
        }
    }
}

/// What a former id leads to.
pub(super) fn alias(roadmap: &Roadmap, name: &str) -> Option<Target> {
    roadmap.aliases.iter().find(|alias| alias.was.key() == name.to_ascii_lowercase()).map(|alias| alias.to)
}

/// The id that a former id leads to.
pub(super) fn id_of(roadmap: &Roadmap, target: Target) -> &Id {
    match target {
        Target::Milestone(ix) => &roadmap.milestones[ix.0].id,
        Target::Issue(ix) => &roadmap.issues[ix.0].id,
    }
}

/// The label of this name, case apart.
pub(super) fn label(roadmap: &Roadmap, name: &str) -> Result<LabelIx, Failure> {
    find_label(roadmap, name)
        .ok_or_else(|| unknown("label", name, roadmap.labels.iter().map(|label| label.name.as_str())))
}

/// Whatever has this id, former id or label name. Issues come first; usually there is one.
pub(super) fn items(roadmap: &Roadmap, name: &str) -> Result<Vec<Item>, Failure> {
    let key = name.to_ascii_lowercase();
    let issue = roadmap.issues().find(|(_, it)| it.id.key() == key).map(|(ix, _)| Item::Issue(ix));
    let milestone =
        roadmap.milestones().find(|(_, it)| it.id.key() == key).map(|(ix, _)| Item::Milestone(ix));
    let label = find_label(roadmap, name).map(Item::Label);
    let found: Vec<_> = [issue, milestone, label].into_iter().flatten().collect();
    match (found.is_empty(), alias(roadmap, name)) {
        (false, _) => Ok(found),
        (true, Some(Target::Issue(ix))) => Ok(vec![Item::Issue(ix)]),
        (true, Some(Target::Milestone(ix))) => Ok(vec![Item::Milestone(ix)]),
        (true, None) => {
            let issues = roadmap.issues.iter().map(|it| it.id.as_str());
            let milestones = roadmap.milestones.iter().map(|it| it.id.as_str());
            let labels = roadmap.labels.iter().map(|it| it.name.as_str());
            Err(unknown("id or label", name, issues.chain(milestones).chain(labels))
                .or_help("`roadbook list` shows what there is"))
        }
    }
}

fn find_label(roadmap: &Roadmap, name: &str) -> Option<LabelIx> {
    let exact = roadmap.labels().find(|(_, label)| label.name == name);
    let folded = || roadmap.labels().find(|(_, label)| label.name.to_lowercase() == name.to_lowercase());
    exact.or_else(folded).map(|(ix, _)| ix)
}

/// The failure that nothing has a name.
pub(super) fn unknown<'a>(kind: &str, name: &str, names: impl IntoIterator<Item = &'a str>) -> Failure {
    let failure = Failure::new(FailureKind::Usage, format!("unknown {kind} `{}`", one_line(name)));
    let close = close(name, &names.into_iter().collect::<Vec<_>>());
    let quoted: Vec<_> = close.iter().map(|close| format!("`{}`", one_line(close))).collect();
    match quoted.split_last() {
        None => failure,
        Some((one, [])) => failure.help(format!("did you mean {one}?")),
        Some((last, others)) => failure.help(format!("did you mean {} or {last}?", others.join(", "))),
    }
}

/// The name that is close to one that nothing has, else the first few that hold all of its words.
fn close<'a>(name: &str, names: &[&'a str]) -> Vec<&'a str> {
    if let Some(close) = closest(name, names.iter().copied()) {
        return vec![close];
    }
    let lower = name.to_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).collect();
    let holds = |known: &&&str| {
        let known = known.to_lowercase();
        !words.is_empty() && words.iter().all(|word| known.contains(word))
    };
    names.iter().filter(holds).take(MOST).copied().collect()
}
