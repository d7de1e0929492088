//! `unknown-id`: a text names an id that does not exist.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Context, Example, Kind, Rule,
    mentions::{KnownIds, Mentions},
    texts::{Text, TextKind, visit},
};
use crate::{
    markdown,
    report::{Code, Diagnostic, Place, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::UnknownId,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "a text names an id that does not exist",
    explanation: "Texts outlive what they name: an issue is dropped or renumbered, and the sentence that leads to it \
stays. Only ids of a series that this roadmap uses are judged (all before the last digits, in the same letters: `DM-003` is \
nobody's id where no id begins with `DM-`), and only outside code and addresses. Of a range such as `DB-004 through DB-008` \
both ends have to exist; a gap between them is a warning. It is an error in the roadmap's own texts (descriptions, goals, \
updates, phases, sections) and in documents, and a warning in the bodies of issues. Each unknown id is told once, with the \
number of its mentions. Correct it, add it to `aliases` if it was renamed, or put it in backticks if it is not an id.",
    bad: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands", "goal": "The floor of SH-001 carries the walls of SH-020." }],
  "issues": [
    { "id": "SH-001", "title": "Pour the floor", "milestone": "M-1" },
    { "id": "SH-002", "title": "Raise the walls", "milestone": "M-1" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands", "goal": "The floor of SH-001 carries the walls of SH-002." }],
  "issues": [
    { "id": "SH-001", "title": "Pour the floor", "milestone": "M-1" },
    { "id": "SH-002", "title": "Raise the walls", "milestone": "M-1" }
  ]
}"#,
    ),
    run: Some(run),
};

/// Where something unknown is named first, and how often.
struct Found {
    place: Place,
    message: String,
    help: String,
    count: usize,
}

/// What is unknown: whether it only warns, and the words in lower case.
type Unknown = BTreeMap<(bool, String), Found>;

fn run(context: &Context<'_>, report: &mut Report) {
    let known = KnownIds::of(context.roadmap);
    if known.is_empty() {
        return;
    }
    let mut unknown = Unknown::new();
    visit(context, &mut |text| match text.kind {
        TextKind::Own => look(&known, text, false, &mut unknown),
        TextKind::Body => look(&known, text, true, &mut unknown),
        TextKind::Title | TextKind::Name | TextKind::Plain => {}
    });
    for ((warns, _), found) in unknown {
        let count = if found.count > 1 { format!(" (named {} times)", found.count) } else { String::new() };
        let message = format!("{}{count}", found.message);
        let found = Diagnostic::new(Code::UnknownId, found.place, message).help(found.help);
        report.push(if warns { found.warning() } else { found });
    }
}

fn look(known: &KnownIds, text: &Text<'_>, warns: bool, unknown: &mut Unknown) {
    let mut mentions = known.mentions(text.value);
    mentions.ids.retain(|mention| mention.target.is_none());
    mentions.ranges.retain(|range| known.first_gap(range).is_some());
    // Markdown is read only where it decides.
    let Mentions { ids, ranges } = in_prose(text.value, mentions).unwrap_or_default();
    for mention in ids {
        let message = format!("unknown id `{}`", mention.id);
        let key = (warns, mention.id.to_ascii_lowercase());
        add(unknown, (text, &mention.range), key, message, || known.help(&mention.id));
    }
    for range in ranges {
        let words = &text.value[range.range.clone()];
        let Some(gap) = known.first_gap(&range) else { continue };
        let message = format!("`{words}` covers `{gap}`, which does not exist");
        add(unknown, (text, &range.range), (true, words.to_ascii_lowercase()), message, || {
            "name what is meant one by one, or leave it where the gap is known".into()
        });
    }
}

fn add(
    unknown: &mut Unknown,
    (text, range): (&Text<'_>, &Range<usize>),
    key: (bool, String),
    message: String,
    help: impl FnOnce() -> String,
) {
    let first = || Found { place: text.place(range), message, help: help(), count: 0 };
    unknown.entry(key).or_insert_with(first).count += 1;
}

/// What of the mentions stands in visible words, outside code, addresses and HTML; nothing where nothing does.
pub(super) fn in_prose(text: &str, mut mentions: Mentions) -> Option<Mentions> {
    if mentions.ids.is_empty() && mentions.ranges.is_empty() {
        return None;
    }
    let prose = markdown::read::read(text).prose;
    let is_prose = |at: usize| {
        let next = prose.partition_point(|range| range.start <= at);
        next.checked_sub(1).is_some_and(|ix| prose[ix].contains(&at))
    };
    mentions.ids.retain(|mention| is_prose(mention.range.start));
    mentions.ranges.retain(|range| is_prose(range.range.start));
    Some(mentions)
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn weighs_by_text_and_counts() {
        let source = r#"{
            "description": "Up to DB-004, then DB-009 and DM-003.",
            "milestones": [{ "id": "M-1", "title": "DB-888", "updates": [{ "on": "2026-01-01", "text": "after DB-009" }] }],
            "issues": [
                { "id": "DB-001", "title": "a", "body": "needs DB-009, `DB-777`" },
                { "id": "DB-002", "title": "b", "body": "```\nDB-777\n```\n[x](DB-777) DB-1 and DB-009" },
                { "id": "DB-004", "title": "c" }
            ],
            "phases": [{ "title": "One", "body": "DB-001 through DB-004" }]
        }"#;
        assert_eq!(
            found(Code::UnknownId, source),
            [
                "description: unknown id `DB-009` (named 2 times)",
                "warning issues[0].body: unknown id `DB-009` (named 2 times)",
                "warning issues[1].body: unknown id `DB-1`",
                "warning phases[0].body: `DB-001 through DB-004` covers `DB-003`, which does not exist",
            ]
        );
    }
}
