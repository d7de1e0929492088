//! The states that nobody states: what labels and assignments say of an issue, and what follows where there is no repository.

use std::collections::BTreeMap;

use crate::{
    model::{Implied, Issue, LabelIx, Roadmap},
    report::{Code, Diagnostic, Report},
    source::schema::{InProgress, State, StateReason},
};

/// A state that a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    InProgress,
    Done,
    Dropped,
}

/// Fills in what is implied for each issue. What is said in two ways is a finding, and implies nothing.
pub(super) fn imply(roadmap: &mut Roadmap, has_lock: bool, report: &mut Report) {
    let says = meanings(roadmap, report);
    let is_local = roadmap.repository.is_none() && !has_lock;
    if says.is_empty() && !is_local && !roadmap.states.in_progress.assigned {
        return;
    }
    let mut issues = std::mem::take(&mut roadmap.issues);
    for issue in &mut issues {
        issue.implied = match implied(issue, &says, &roadmap.states.in_progress, is_local) {
            Ok(implied) => implied,
            Err((one, other)) => {
                let name = |ix: LabelIx| roadmap.labels[ix.0].name.clone();
                let place = roadmap.place("issues", issue.origin).key("labels");
                let message =
                    format!("`{}` has labels of two states: `{}` and `{}`", issue.id, name(one), name(other));
                let found = Diagnostic::new(Code::StateContradiction, place, message);
                report.push(found.help("remove one of the labels, or give the issue a `state`"));
                Implied::default()
            }
        };
    }
    roadmap.issues = issues;
}

/// What labels say, by the label. A label that is named for two states says nothing and is told.
fn meanings(roadmap: &Roadmap, report: &mut Report) -> BTreeMap<LabelIx, Says> {
    let states = &roadmap.states;
    let lists = [
        ("in_progress", Says::InProgress, &states.in_progress.labels),
        ("done", Says::Done, &states.done.labels),
        ("dropped", Says::Dropped, &states.dropped.labels),
    ];
    if lists.iter().all(|(.., names)| names.is_empty()) {
        return BTreeMap::new();
    }
    let known: BTreeMap<_, _> = roadmap.labels().map(|(ix, label)| (label.name.to_lowercase(), ix)).collect();
    let mut says = BTreeMap::new();
    for (key, meaning, names) in lists {
        for (index, name) in names.iter().enumerate() {
            let place = || roadmap.head_place("states").key(key).key("labels").index(index);
            let Some(ix) = known.get(&name.to_lowercase()) else {
                if roadmap.labels_listed {
                    let found =
                        Diagnostic::new(Code::UnknownLabel, place(), format!("unknown label `{name}`"));
                    report.push(found.help("add it to `labels`, or remove it here"));
                }
                continue;
            };
            match says.insert(*ix, meaning) {
                Some(other) if other != meaning => {
                    let message = format!("`{name}` stands for two states");
                    let found = Diagnostic::new(Code::StateContradiction, place(), message);
                    report.push(found.help("name each label for one state"));
                }
                _ => {}
            }
        }
    }
    says
}

/// What follows for an issue; two labels that contradict each other where they do.
fn implied(
    issue: &Issue,
    says: &BTreeMap<LabelIx, Says>,
    in_progress: &InProgress,
    is_local: bool,
) -> Result<Implied, (LabelIx, LabelIx)> {
    let is_stated = issue.state.is_given() || issue.snapshot.state.is_some();
    let mut said: Option<(Says, LabelIx)> = None;
    for (says, ix) in issue.labels().iter().filter_map(|link| Some((*says.get(&link.to)?, link.to))) {
        match said {
            Some((other, first)) if other != says && !is_stated => return Err((first, ix)),
            Some((Says::InProgress, _)) | None => said = Some((says, ix)),
            Some(_) => {}
        }
    }
    let labelled = issue.labels().iter().any(|link| says.get(&link.to) == Some(&Says::InProgress));
    let is_assigned = in_progress.assigned && !issue.assignees().is_empty();
    let closed = |reason| (Some(State::Closed), reason);
    let (state, state_reason) = match said {
        Some((Says::Done, _)) => closed(Some(StateReason::Completed)),
        Some((Says::Dropped, _)) => closed(Some(StateReason::NotPlanned)),
        // Work that has begun is open, whoever says so.
        Some((Says::InProgress, _)) => (Some(State::Open), None),
        None if !is_local => (None, None),
        None if issue.closed_on.is_some() => closed(None),
        None => (Some(State::Open), None),
    };
    Ok(Implied { state, state_reason, in_progress: labelled || is_assigned })
}
