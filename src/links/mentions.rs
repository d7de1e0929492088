//! Ids and labels that hand-written documents name.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    markdown::read::Outline,
    render::Renderer,
    report::{Diagnostic, Place, Report, closest},
    rules::mentions::KnownIds,
    source::Doc,
};

/// Finds ids in a document's words, and labels in its code spans, that the roadmap does not know. What stands in a region
/// is the source's to say.
pub(super) fn check(
    renderer: &Renderer,
    known: &KnownIds,
    doc: &Doc,
    outline: &Outline,
    report: &mut Report,
) {
    let is_ours = |at: usize| doc.regions.iter().any(|region| region.inside.contains(&at));
    for prose in outline.prose.iter().filter(|prose| !is_ours(prose.start)) {
        for mention in known
            .mentions(&doc.text[prose.clone()])
            .ids
            .into_iter()
            .filter(|mention| mention.target.is_none())
        {
            let range = prose.start + mention.range.start..prose.start + mention.range.end;
            let place = Place::bytes(Arc::clone(&doc.path), range);
            let found =
                Diagnostic::new("unknown-id", place, format!("`{}` is no id of this roadmap", mention.id));
            report.push(found.help(known.help(&mention.id)));
        }
    }
    let prefixes: BTreeSet<_> = renderer
        .roadmap
        .labels
        .iter()
        .filter_map(|label| label.name.split_once(':'))
        .map(|(prefix, _)| prefix)
        .collect();
    for (code, range) in outline.code.iter().filter(|(_, range)| !is_ours(range.start)) {
        let is_label_like = code.split_once(':').is_some_and(|(prefix, name)| {
            prefixes.contains(prefix)
                && !name.is_empty()
                && !name.contains([':', '/', ' ', '*', '<', '…', '.'])
        });
        let labels = || renderer.roadmap.labels.iter().map(|label| label.name.as_str());
        if is_label_like && !labels().any(|label| label.eq_ignore_ascii_case(code)) {
            let place = Place::bytes(Arc::clone(&doc.path), range.clone());
            let found = Diagnostic::new(
                "unknown-label-in-text",
                place,
                format!("`{code}` is no label of this roadmap"),
            );
            report.push(found.did_you_mean(closest(code, labels())));
        }
    }
}
