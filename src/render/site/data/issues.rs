//! `data/issues-0.js` and those after it: all issues, for the script that filters them.
//!
//! They are scripts that call a function of `assets/board.js`, so that they work from `file://` as well, and are loaded when somebody
//! filters. They hold what the board shows and no text of an issue, so that other words in one change none of them.

use super::PageContext;
use crate::render::said;
use crate::{
    model::{Issue, IssueIx, LabelIx, MilestoneIx, When},
    render::{
        script::literal,
        site::{
            cuts::rows_of_data,
            grouping::{groups, in_order, own_name},
            rows,
            words::STATES,
        },
    },
};

/// The values that a row ends without.
const EMPTY: [&str; 4] = ["0", "\"\"", "[]", "null"];

/// Makes a file.
pub(super) fn issues(here: &PageContext<'_>, file: usize) -> String {
    let roadmap = here.roadmap;
    let most = rows_of_data(roadmap);
    let (first, last) = (file * most, roadmap.issues.len().min((file + 1) * most));
    let issues = || roadmap.issues[first..last].iter();
    let labels = distinct(issues().flat_map(|issue| issue.labels().iter().map(|link| link.to)));
    let milestones = distinct(issues().filter_map(|issue| issue.milestone.get().copied()));
    let people = distinct(issues().flat_map(|issue| issue.assignees()));
    let tables = Tables { labels, milestones, people };
    let lines: Vec<_> = (first..last).map(|ix| row(here, &tables, IssueIx(ix))).collect();
    format!(
        "roadbook.issues({{\"first\":{first},\"labels\":{},\"milestones\":{},\"people\":{},\"rows\":[\n{}\n]}});\n",
        literal(&label_table(here, &tables.labels)),
        literal(&milestone_table(here, &tables.milestones)),
        literal(&tables.people),
        lines.join(",\n"),
    )
}

/// What the rows of a file name by their places, each once and sorted.
struct Tables<'a> {
    labels: Vec<LabelIx>,
    milestones: Vec<MilestoneIx>,
    people: Vec<&'a String>,
}

fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// For each label its place among all, its name, its class, the group that it is in, and its name in there.
fn label_table<'a>(
    here: &PageContext<'a>,
    labels: &[LabelIx],
) -> Vec<(usize, &'a str, &'a str, String, &'a str)> {
    let mut of = vec![None; here.roadmap.labels.len()];
    let groups = groups(here);
    let all =
        groups.iter().flat_map(|group| in_order(here.roadmap, group).into_iter().map(move |ix| (group, ix)));
    for (place, (group, ix)) in all.enumerate() {
        of[ix.0] = Some((place, group.prefix.as_str()));
    }
    let entry = |ix: &LabelIx| {
        let (place, prefix) = of[ix.0].unwrap_or((of.len(), ""));
        let name = here.roadmap.labels[ix.0].name.as_str();
        let own = own_name(name, prefix).unwrap_or(name);
        (place, name, here.places.label_slug(*ix), prefix.to_lowercase(), own)
    };
    labels.iter().map(entry).collect()
}

/// For each milestone its place among all, its key, its title, and its id where it has one of its own.
fn milestone_table<'a>(
    here: &PageContext<'a>,
    milestones: &[MilestoneIx],
) -> Vec<(usize, &'a str, &'a str, &'a str)> {
    let entry = |ix: &MilestoneIx| {
        let it = &here.roadmap.milestones[ix.0];
        (ix.0, it.id.key(), it.title.as_str(), it.own_id())
    };
    milestones.iter().map(entry).collect()
}

/// An issue: id, title, state, milestone, labels, people, how many wait for it, what it waits for, when it began, when it is due and
/// by which day that is, when it was closed, whether its plan contradicts itself, whether its id only repeats its title. What is empty
/// at the end is left out; milestones count from 1.
fn row(here: &PageContext<'_>, tables: &Tables<'_>, ix: IssueIx) -> String {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    let state = STATES.iter().position(|(status, _)| *status == facts.status).unwrap_or_default();
    let milestone = issue.milestone.get().and_then(|ix| tables.milestones.binary_search(ix).ok());
    let labels = issue.labels().iter().filter_map(|link| tables.labels.binary_search(&link.to).ok());
    let people = issue.assignees().iter().filter_map(|name| tables.people.binary_search(&name).ok());
    let day = |when: Option<When>| literal(&when.map(said::day).unwrap_or_default());
    let last = issue.due_on.and_then(When::last).filter(|_| issue.due_on.and_then(When::day).is_none());
    let is_closed = facts.status.is_closed();
    let closed = issue.known_closed_on().filter(|_| is_closed).map(|day| day.to_string());
    let values = [
        literal(&issue.id.as_str()),
        literal(&rows::title(issue)),
        state.to_string(),
        milestone.map_or(0, |place| place + 1).to_string(),
        array(labels.map(|place| place.to_string())),
        array(people.map(|place| place.to_string())),
        here.facts.live().helps(ix).to_string(),
        if is_closed { "[]".into() } else { array(blockers(here, issue, ix)) },
        day(issue.start_on),
        day(issue.due_on),
        literal(&last.map(|day| day.to_string()).unwrap_or_default()),
        literal(&closed.unwrap_or_default()),
        u8::from(facts.broken && !is_closed).to_string(),
        u8::from(issue.own_id().is_empty()).to_string(),
    ];
    let end = values.iter().rposition(|value| !EMPTY.contains(&value.as_str())).map_or(0, |last| last + 1);
    format!("[{}]", values[..end].join(","))
}

/// What an issue waits for: the place of an issue, or the name of one in another repository.
fn blockers<'a>(here: &PageContext<'a>, issue: &'a Issue, ix: IssueIx) -> impl Iterator<Item = String> {
    let own = here.facts.issue(ix).waiting_for.iter().map(|ix| ix.0.to_string());
    own.chain(issue.waiting_elsewhere().map(|it| literal(&it.text)))
}

fn array(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(","))
}
