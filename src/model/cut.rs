//! Names without an end, cut: lists, heads and pictures of the website repeat them on very many pages. The documents show each
//! as it was written.

use super::Roadmap;

/// How many characters of a name the website shows: all of any that somebody wrote. GitHub takes 256.
const MOST: usize = 20_000;

impl Roadmap {
    /// The same with names that the website can repeat; `None` where all are.
    pub(crate) fn with_cut_names(&self) -> Option<Box<Self>> {
        // A name has at most as many characters as bytes.
        if self.names().all(|name| name.len() <= MOST) {
            return None;
        }
        let mut cut = Box::new(self.clone());
        cut.names_mut().for_each(shorten);
        for issue in &mut cut.issues {
            let all = 0..issue.title.len();
            issue.short = issue.short.start.min(all.end)..issue.short.end.min(all.end);
            if issue.short.is_empty() || !issue.title.is_char_boundary(issue.short.start) {
                issue.short = all;
            }
        }
        Some(cut)
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        let milestones = self.milestones.iter().flat_map(|it| [Some(&it.title), it.owner.as_ref()]);
        let issues = self.issues.iter().flat_map(|it| [Some(&it.title), it.kind.get()]);
        let people = self.issues.iter().flat_map(|it| it.assignees.get().into_iter().flatten());
        let labels = self.labels.iter().flat_map(|it| [Some(&it.name), it.description.get()]);
        let groups = self.groups.iter().flat_map(|it| [Some(&it.prefix), Some(&it.title)]);
        let others = self.phases.iter().map(|it| &it.title).chain(self.sections.iter().map(|it| &it.title));
        let named = milestones.chain(issues).chain(labels).chain(groups).flatten();
        named.chain(people).chain(others).chain([&self.title])
    }

    fn names_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let milestones = self.milestones.iter_mut().flat_map(|it| [Some(&mut it.title), it.owner.as_mut()]);
        let issues = self.issues.iter_mut().flat_map(|it| {
            let people = it.assignees.get_mut().into_iter().flatten();
            [Some(&mut it.title), it.kind.get_mut()].into_iter().flatten().chain(people)
        });
        let labels = self.labels.iter_mut().flat_map(|it| [Some(&mut it.name), it.description.get_mut()]);
        let groups = self.groups.iter_mut().flat_map(|it| [Some(&mut it.prefix), Some(&mut it.title)]);
        let others = self.phases.iter_mut().map(|it| &mut it.title);
        let others = others.chain(self.sections.iter_mut().map(|it| &mut it.title));
        let named = milestones.chain(labels).chain(groups).flatten();
        named.chain(issues).chain(others).chain([&mut self.title])
    }
}

/// Leaves as many characters of a name as pages show.
fn shorten(name: &mut String) {
    if let Some((end, _)) = name.char_indices().nth(MOST) {
        name.truncate(end);
        name.truncate(name.trim_end().len());
        name.push('…');
    }
}
