//! From a document to a roadmap: names become references, texts become days, and every fault of meaning is found.
//!
//! A bad reference is dropped and told; nothing else is lost, so that one run finds all that is wrong. Whether the
//! source may be built at all is decided by the severity of what was found, not here.

mod bodies;
mod elsewhere;
mod head;
mod ids;
mod items;
mod labels;
mod names;
mod outputs;
mod people;
mod states;

use std::collections::BTreeMap;

use super::Roadmap;
use crate::{
    report::Report,
    source::{Document, Lock},
};
use ids::Ids;
use names::Names;

/// Resolves a document.
///
/// `base` is the folder that holds the JSON, from the root; `lock` what GitHub said last.
pub fn resolve(mut document: Document, base: &str, lock: Option<&Lock>) -> (Roadmap, Report) {
    let mut report = Report::default();
    let mut roadmap = head::resolve(&mut document, base, lock, &mut report);
    roadmap.labels_listed = document.labels.is_some();
    let (labels, label_names) = labels::resolve(&mut document, &mut report);
    let milestones = Ids::of_milestones(&document, &mut report);
    let issues = Ids::of_issues(&document, &mut report);
    let bodies = bodies::place(&mut document, &issues, &mut report);
    let names = Names::new(&document, (milestones.first, issues.first), label_names);
    let mut resolver = items::Resolver {
        files: &roadmap.files,
        names,
        labels,
        lock,
        repository: own_repository(&roadmap, lock),
        former: former(&document.aliases),
        report: &mut report,
    };
    roadmap.milestones = resolver.milestones(document.milestones, milestones.assigned);
    roadmap.issues = resolver.issues(document.issues, issues.assigned, bodies);
    people::spell_alike(&mut roadmap.milestones, &mut roadmap.issues);
    roadmap.phases = resolver.phases(document.phases);
    roadmap.aliases = resolver.aliases(document.aliases);
    roadmap.labels = resolver.labels;
    roadmap.groups = labels::groups(document.label_groups.as_deref(), &roadmap.labels);
    states::imply(&mut roadmap, lock.is_some(), &mut report);
    (roadmap, report)
}

/// The repository that the roadmap's issues are in: as the source says, else as the lock knows.
fn own_repository(roadmap: &Roadmap, lock: Option<&Lock>) -> Option<String> {
    roadmap.repository.clone().or_else(|| lock?.repository.clone())
}

/// Former ids by the id that took their place, all in lower case.
fn former(aliases: &[(usize, String, String)]) -> BTreeMap<String, Vec<String>> {
    let mut former = BTreeMap::<_, Vec<_>>::new();
    for (_, was, id) in aliases {
        former.entry(id.to_ascii_lowercase()).or_default().push(was.to_ascii_lowercase());
    }
    former
}
