//! Which issues the texts of others name. A mention is no dependency: nothing waits for it.

use super::Here;
use crate::model::{IssueIx, Target};

/// For each issue those whose texts name it.
#[derive(Debug)]
pub(in crate::render) struct Named {
    by: Vec<Vec<IssueIx>>,
}

impl Named {
    /// The issues whose texts name this one, each once, in the order of the source.
    pub(super) fn by(&self, ix: IssueIx) -> &[IssueIx] {
        self.by.get(ix.0).map_or(&[], Vec::as_slice)
    }

    fn of(here: &Here<'_>) -> Self {
        let (roadmap, names) = (here.roadmap, here.places.names());
        let mut by = vec![Vec::new(); roadmap.issues.len()];
        for (ix, issue) in roadmap.issues() {
            let Some(body) = issue.body.get() else { continue };
            each_outside_code(body, |text| {
                names.each_in(roadmap, text, |_, item| match item {
                    Target::Issue(named) if named != ix && by[named.0].last() != Some(&ix) => {
                        by[named.0].push(ix);
                    }
                    Target::Issue(_) | Target::Milestone(_) => {}
                });
            });
        }
        Self { by }
    }
}

impl Here<'_> {
    /// Which issues the texts of others name, found out when it is first asked for.
    pub(super) fn named(&self) -> &Named {
        self.renderer.made_once.named.get_or_init(|| Named::of(self))
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
            (None, None) => line.split('`').step_by(2).for_each(&mut told),
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
