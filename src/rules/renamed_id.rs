//! `renamed-id`: an id that GitHub knows is gone, and one made from a title has come.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::{Id, Roadmap},
    report::{Diagnostic, Place, Report, Severity, closest},
};

/// For how many new ids a close one is looked for: each costs a look at every id that is gone.
const MOST_GUESSES: usize = 100;

pub(super) const RULE: Rule = Rule {
    code: "renamed-id",
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "an id that the lock knows is gone, and one made from a title is new",
    explanation: "An item without an `id` of its own gets one from its title, so a new title makes a new item of it: its \
page moves, and `apply` would create it again. Where the lock knows an id that is gone while such a new one has come, that \
is most likely what happened. Give the item its former id (`roadbook pin` then keeps it), or let `aliases` lead from the \
former id to the new one.",
    bad: Example::source(r#"{ "issues": [{ "title": "Build the big shed" }], "rules": { "made-id": { "level": "off", "reason": "shown elsewhere" } } }"#)
        .with(LOCK),
    good: Example::source(r#"{ "issues": [{ "id": "build-the-shed", "title": "Build the big shed" }] }"#).with(LOCK),
    run: Some(run),
};

/// A lock that knows `build-the-shed`.
const LOCK: &[(&str, &str)] = &[];

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let gone = gone(roadmap);
    if gone.is_empty() {
        return;
    }
    let mut guesses = 0;
    for (id, place) in made(roadmap).filter(|(id, _)| !roadmap.locked.contains(id.key())) {
        guesses += 1;
        let close = (guesses <= MOST_GUESSES).then(|| closest(id.key(), gone.iter().copied())).flatten();
        let (message, help) = match (close, gone.as_slice()) {
            (Some(was), _) | (None, [was]) => (
                format!("rename? `{id}` is new, and `{was}`, which GitHub knows, is gone"),
                format!("give it `\"id\": \"{was}\"`, or let `aliases` lead from `{was}` to `{id}`"),
            ),
            (None, several) => (
                format!("rename? `{id}` is new, and {} ids that GitHub knows are gone", several.len()),
                format!("if it was `{}` or another of them, give it that id", several[0]),
            ),
        };
        report.push(Diagnostic::new("renamed-id", place().key("title"), message).help(help));
    }
}

/// Ids that the lock knows and the source does not, in their order.
fn gone(roadmap: &Roadmap) -> Vec<&str> {
    if roadmap.locked.is_empty() {
        return Vec::new();
    }
    let items = roadmap.milestones.iter().map(|m| &m.id).chain(roadmap.issues.iter().map(|i| &i.id));
    let known: std::collections::BTreeSet<_> =
        items.chain(roadmap.aliases.iter().map(|alias| &alias.was)).map(Id::key).collect();
    roadmap.locked.iter().map(String::as_str).filter(|id| !known.contains(id)).collect()
}

/// The items whose ids are made from their titles.
fn made(roadmap: &Roadmap) -> impl Iterator<Item = (&Id, Box<dyn Fn() -> Place + '_>)> {
    let milestones = roadmap.milestones().filter(|(_, milestone)| milestone.made).map(|(ix, milestone)| {
        (&milestone.id, Box::new(move || roadmap.milestone_place(ix)) as Box<dyn Fn() -> Place>)
    });
    let issues = roadmap.issues().filter(|(_, issue)| issue.made).map(|(ix, issue)| {
        (&issue.id, Box::new(move || roadmap.issue_place(ix)) as Box<dyn Fn() -> Place>)
    });
    milestones.chain(issues)
}
