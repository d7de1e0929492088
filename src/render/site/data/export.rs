//! `roadmap.json`: the roadmap as data, for other programs. What is in it is [`crate::data::Export`] and nothing else.

use super::PageContext;
use crate::{
    data::{Data, Each, Export, Linked, v1::VERSION, write_lines},
    model::{Issue, Roadmap},
    render::script::escaped,
};

/// How many bytes an issue is without its body, rather more than less: what is not written to takes no memory.
const OF_ISSUE: usize = 600;

/// Makes the members behind the mark, which is the first member, and closes the object: one item a line.
pub(super) fn export(here: &PageContext<'_>, out: &mut Vec<u8>) {
    let (roadmap, facts) = (here.roadmap, here.facts);
    let data = Data::new(roadmap, facts);
    let export = Export {
        generated: String::new(),
        version: VERSION,
        kind: "roadmap",
        title: &roadmap.title,
        repository: roadmap.repository.as_deref(),
        as_of: facts.as_of,
        url: Some(here.url()).filter(|url| !url.is_empty()),
        progress: (&facts.progress).into(),
        milestones: Each::new(|| {
            let linked = |(ix, _)| Linked { of: data.milestone(ix), link: here.milestone(ix) };
            roadmap.milestones().map(linked)
        }),
        phases: data.phases().collect(),
        labels: Each::new(|| {
            let linked = |(ix, _)| Linked { of: data.label(ix), link: here.label(ix) };
            roadmap.labels().map(linked)
        }),
        issues: Each::new(|| {
            let linked = |(ix, _)| Linked { of: data.issue(ix), link: here.issue(ix) };
            roadmap.issues().map(linked)
        }),
    };
    out.reserve(expected(roadmap));
    let start = out.len();
    write_lines(&export, escaped, out);
    let mark = out[start..].iter().position(|byte| *byte == b'\n').map_or(start, |end| start + end + 1);
    out.drain(start..mark);
}

/// About how many bytes it will be. A list that grows holds both its old and its new place while it is copied, and this is the
/// largest file of a site.
fn expected(roadmap: &Roadmap) -> usize {
    let body = |issue: &Issue| issue.body.get().map_or(0, String::len);
    roadmap.issues().map(|(_, issue)| OF_ISSUE + body(issue) * 9 / 8).sum()
}
