//! Which issues the texts of others name. A mention is no dependency: nothing waits for it.

use rayon::prelude::*;

use super::{PageContext, apart::made_apart, body::Names};
use crate::{
    model::{Issue, IssueIx, Roadmap, Target},
    render::Renderer,
};

/// For each issue those whose texts name it.
#[derive(Debug, Default)]
pub(in crate::render) struct Named {
    by: Vec<Vec<IssueIx>>,
}

impl Named {
    /// The issues whose texts name this one, each once, in the order of the source.
    pub(super) fn by(&self, ix: IssueIx) -> &[IssueIx] {
        self.by.get(ix.0).map_or(&[], Vec::as_slice)
    }

    fn of(roadmap: &Roadmap, names: &Names) -> Self {
        let issues = roadmap.issues.par_iter().enumerate();
        let found: Vec<_> = issues.map(|(ix, issue)| named_in(roadmap, names, IssueIx(ix), issue)).collect();
        let mut by = vec![Vec::new(); roadmap.issues.len()];
        for (ix, named) in found.into_iter().enumerate() {
            named.into_iter().for_each(|named| by[named.0].push(IssueIx(ix)));
        }
        Self { by }
    }
}

/// The issues that the text of one names, each once.
fn named_in(roadmap: &Roadmap, names: &Names, ix: IssueIx, issue: &Issue) -> Vec<IssueIx> {
    let mut found = Vec::new();
    each_outside_code(issue.body.get().map_or("", |body| body), |text| {
        names.each_in(roadmap, text, |_, item| match item {
            Target::Issue(named) if named != ix && !found.contains(&named) => found.push(named),
            Target::Issue(_) | Target::Milestone(_) => {}
        });
    });
    found
}

impl Renderer {
    /// Which issues the texts of others name, found out when it is first asked for.
    pub(super) fn named(&self) -> &Named {
        let (roadmap, _) = self.public();
        made_apart(&self.made_once.named, || {
            self.site.as_ref().map_or_else(Named::default, |places| Named::of(roadmap, places.names()))
        })
    }
}

impl PageContext<'_> {
    /// Which issues the texts of others name.
    pub(super) fn named(&self) -> &Named {
        self.renderer.named()
    }
}

/// The pieces of a body outside its code, as its lines tell them: a parser for every body would cost more than it tells.
fn each_outside_code<'b>(body: &'b str, mut told: impl FnMut(&'b str)) {
    if !body.contains('`') && !body.contains("~~~") {
        return told(body);
    }
    let mut fence = None;
    for line in body.lines() {
        let text = line.trim_start();
        let begins = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark));
        match (fence, begins) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                let mut is_code = false;
                for piece in line.split('`') {
                    if !is_code {
                        told(piece);
                    }
                    is_code = !is_code;
                }
            }
            (Some(_), _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_no_prose() {
        let mut told = Vec::new();
        each_outside_code("a `b` c\n```rust\nd\n~~~\n```\n ~~~\ne\n~~~\nf", |text| told.push(text));
        assert_eq!(told, ["a ", " c", "f"]);
        let mut told = Vec::new();
        each_outside_code("a\nb", |text| told.push(text));
        assert_eq!(told, ["a\nb"]);
    }
}
