//! `renamed-id`: an id that GitHub knows is gone, and one made from a title has come.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::{Id, Roadmap},
    report::{Code, Diagnostic, Report, Severity, closest},
    source::Origin,
};

/// For how many new ids a close one is looked for: each costs a look at every id that is gone.
const MOST_GUESSES: usize = 100;

pub(super) const RULE: Rule = Rule {
    code: Code::RenamedId,
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
const LOCK: &[(&str, &str)] =
    &[("roadmap/roadbook.lock.json", r#"{ "version": 1, "issues": { "build-the-shed": { "number": 7 } } }"#)];

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    let gone = gone(roadmap);
    if gone.is_empty() {
        return;
    }
    let mut guesses = 0;
    for (id, list, origin) in made(roadmap).filter(|(id, ..)| !roadmap.locked.contains(id.key())) {
        guesses += 1;
        let close = (guesses <= MOST_GUESSES).then(|| closest(id.key(), gone.iter().copied())).flatten();
        let (message, help) = match (close, gone.as_slice()) {
            (Some(was), _) | (None, &[was]) => (
                format!("rename? `{id}` is new, and `{was}`, which GitHub knows, is gone"),
                format!("give it `\"id\": \"{was}\"`, or let `aliases` lead from `{was}` to `{id}`"),
            ),
            (None, several) => (
                format!("rename? `{id}` is new, and {} ids that GitHub knows are gone", several.len()),
                format!("if it was `{}` or another of them, give it that id", several[0]),
            ),
        };
        report.push(
            Diagnostic::new(Code::RenamedId, roadmap.place(list, origin).key("title"), message).help(help),
        );
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

/// The items whose ids are made from their titles, each with its list.
fn made(roadmap: &Roadmap) -> impl Iterator<Item = (&Id, &'static str, Origin)> {
    let milestones = roadmap.milestones.iter().filter(|milestone| milestone.made);
    let issues = roadmap.issues.iter().filter(|issue| issue.made);
    milestones
        .map(|milestone| (&milestone.id, "milestones", milestone.origin))
        .chain(issues.map(|issue| (&issue.id, "issues", issue.origin)))
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found_with_lock};

    #[test]
    fn a_new_made_id_is_held_against_what_is_gone() {
        let lock = r#"{ "version": 1, "issues": { "paint-it": {}, "build-it": {}, "old": {} }, "milestones": { "m-1": {} } }"#;
        let source = r#"{ "milestones": [{ "id": "M-1", "title": "a" }],
            "issues": [{ "title": "Build it!" }, { "title": "Paint it 2" }, { "title": "Something" }, { "id": "new", "title": "x" }],
            "aliases": { "old": "new" } }"#;
        assert_eq!(
            found_with_lock(Code::RenamedId, source, lock),
            [
                "warning issues[1].title: rename? `paint-it-2` is new, and `paint-it`, which GitHub knows, is gone",
                "warning issues[2].title: rename? `something` is new, and `paint-it`, which GitHub knows, is gone",
            ]
        );
    }
}
