//! `similar-label`: two labels differ by white space alone, or by a letter, and may be meant for one.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::{Context, Example, Kind, Rule, texts::label_place};
use crate::{
    model::{Label, LabelIx},
    report::{Code, Diagnostic, Report, Severity},
};

/// How often one label is on an issue for each time that the other is, for the other to be a slip of it.
const OFTEN: usize = 3;

/// A shorter name is another word when a letter changes: `web` and `wet`.
const SHORTEST: usize = 5;

/// How many names of one length are compared with each other at most: a list of thousands is made by a program.
const MOST: usize = 500;

pub(super) const RULE: Rule = Rule {
    code: Code::SimilarLabel,
    kind: Kind::Judging,
    severity: Severity::Warning,
    summary: "two labels differ by white space alone, or one looks like a misspelling of the other",
    explanation: "GitHub takes `area:db` and `area: db` for two labels, and so does every filter: issues that belong together \
stand apart. The same goes for a name with a letter wrong. A label that the source lists is meant as it is spelt; one that is \
only used, on a single issue, is compared with those that are used more often. Write both alike, or list both labels.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["area:shed"] },
    { "id": "A-2", "title": "Paint it", "labels": ["area: shed"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["area:shed"] },
    { "id": "A-2", "title": "Paint it", "labels": ["area:shed"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let again = white_space(context, report);
    // A listed label is meant, and its name no slip.
    if context.roadmap.labels_listed {
        return;
    }
    let mut by_length = BTreeMap::<usize, Vec<(LabelIx, String)>>::new();
    for (ix, label) in context.roadmap.labels().filter(|(ix, _)| !again.contains(ix)) {
        let name = plain(label);
        by_length.entry(name.chars().count()).or_default().push((ix, name));
    }
    for (length, names) in by_length.range(SHORTEST..) {
        let longer = by_length.get(&(length + 1)).map_or(&[][..], Vec::as_slice);
        if names.len() + longer.len() > MOST {
            continue;
        }
        for (at, (one, name)) in names.iter().enumerate() {
            for (other, near) in names[at + 1..].iter().chain(longer) {
                if let Some((slip, meant)) = slip(context, *one, *other).filter(|_| is_slip(name, near)) {
                    report.push(finding(context, slip, meant, "is used once and looks like", "misspelt"));
                }
            }
        }
    }
}

/// Tells names that differ by white space or by how letters are composed alone; the labels whose name, plain, another one before them has.
fn white_space(context: &Context<'_>, report: &mut Report) -> BTreeSet<LabelIx> {
    let labels = &context.roadmap.labels;
    // Only a name that is not plain can be another one written otherwise: of a million names few are.
    let is_plain = |byte: u8| matches!(byte, b'!'..=b'@' | b'['..=b'~');
    let odd = labels.iter().filter(|label| !label.name.bytes().all(is_plain));
    let odd = odd.map(|label| (label, plain(label))).filter(|(label, plain)| *plain != label.name);
    let mut first: BTreeMap<String, Option<LabelIx>> = odd.map(|(_, plain)| (plain, None)).collect();
    let mut again = BTreeSet::new();
    if first.is_empty() {
        return again;
    }
    for (ix, label) in context.roadmap.labels() {
        match first.get_mut(&plain(label)) {
            Some(Some(first)) => {
                again.insert(ix);
                // Names that differ in case are another rule's.
                if folded(label) != folded(&labels[first.0]) {
                    let how = how_they_differ(&labels[ix.0], &labels[first.0]);
                    report.push(finding(context, ix, *first, "differs from", how));
                }
            }
            Some(none) => *none = Some(ix),
            None => {}
        }
    }
    again
}

/// A name without white space and case, its letters composed.
fn plain(label: &Label) -> String {
    label.name.nfc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn folded(label: &Label) -> String {
    label.name.to_lowercase()
}

/// By what two names differ that are one when plain.
fn how_they_differ(one: &Label, other: &Label) -> &'static str {
    let spaced = |label: &Label| label.name.nfc().flat_map(char::to_lowercase).collect::<String>();
    if spaced(one) == spaced(other) { "only by how its letters are composed" } else { "only by white space" }
}

/// Of two labels the one that may be a slip, by how often they are used, and the one that is meant.
fn slip(context: &Context<'_>, one: LabelIx, other: LabelIx) -> Option<(LabelIx, LabelIx)> {
    let often = |ix| context.facts.label(ix).issues.len();
    let (slip, meant) = if often(one) < often(other) { (one, other) } else { (other, one) };
    let is_listed = context.roadmap.labels[slip.0].origin.is_some();
    (!is_listed && often(slip) == 1 && often(meant) >= OFTEN).then_some((slip, meant))
}

/// Whether one letter was changed, added, left out, or put before its neighbour. A digit makes another name, and so does a
/// plural's `s`.
fn is_slip(one: &str, other: &str) -> bool {
    if strsim::osa_distance(one, other) != 1 {
        return false;
    }
    let (one, other): (Vec<_>, Vec<_>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let left = one.len().min(other.len()) - start;
    let end = one.iter().rev().zip(other.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    let changed = one[start..one.len() - end].iter().chain(&other[start..other.len() - end]);
    let is_plural = end == 0 && one.len() != other.len() && changed.clone().eq(&['s']);
    // Letters alone, within a word of some length: `size:s` and `size:m` are two sizes.
    let is_part = |c: &&char| c.is_alphanumeric();
    let before = one[..start].iter().rev().take_while(is_part).count();
    let behind = one[one.len() - end..].iter().take_while(is_part).count();
    // Two letters that changed places are one slip of the hand, in a short word too.
    let least = if one.len() == other.len() && changed.clone().count() == 4 { 2 } else { SHORTEST - 1 };
    !is_plural && before + behind >= least && before > 0 && changed.clone().all(|c| c.is_alphabetic())
}

fn finding(context: &Context<'_>, ix: LabelIx, other: LabelIx, how: &str, why: &str) -> Diagnostic {
    let name = |ix: LabelIx| context.roadmap.labels[ix.0].name.as_str();
    let message = format!("the label `{}` {how} `{}` {why}", name(ix), name(other));
    Diagnostic::new(Code::SimilarLabel, label_place(context, ix, "name"), message)
        .help("write both alike, or list both in `labels`")
        .related(label_place(context, other, "name"), "the other one")
}

#[cfg(test)]
mod tests {
    use super::is_slip;
    use crate::{report::Code, rules::tests::found};

    fn issues(labels: &[&str], more: &str) -> String {
        let issues: Vec<_> = labels
            .iter()
            .enumerate()
            .map(|(n, label)| format!(r#"{{ "id": "A-{n}", "title": "Do {n}", "labels": ["{label}"] }}"#))
            .collect();
        format!(r#"{{ "issues": [{}]{more} }}"#, issues.join(", "))
    }

    #[test]
    fn white_space_makes_two_labels_of_one() {
        let told = found(Code::SimilarLabel, &issues(&["area:db", "area: db", "area:db ", "Area:DB"], ""));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].ends_with("the label `area: db` differs from `area:db` only by white space"),
            "{told:?}"
        );
        let listed = r#", "labels": [{ "name": "area:db" }, { "name": "area: db" }]"#;
        assert_eq!(found(Code::SimilarLabel, &issues(&["area:db", "area: db"], listed)).len(), 1);
        let told = found(Code::SimilarLabel, &issues(&["r\u{e9}vision", "re\u{301}vision"], ""));
        assert!(told[0].ends_with("only by how its letters are composed"), "{told:?}");
    }

    #[test]
    fn a_name_that_is_used_once_may_be_a_slip_of_one_that_is_used_often() {
        let often = ["priority:high", "priority:high", "priority:high", "priority:hihg"];
        let told = found(Code::SimilarLabel, &issues(&often, ""));
        assert_eq!(
            told,
            [
                "warning issues[3].labels[0]: the label `priority:hihg` is used once and looks like `priority:high` misspelt"
            ]
        );
        assert!(found(Code::SimilarLabel, &issues(&often[1..], "")).is_empty(), "twice is not often");
        let listed = r#", "labels": [{ "name": "priority:high" }, { "name": "priority:hihg" }]"#;
        assert!(found(Code::SimilarLabel, &issues(&often, listed)).is_empty(), "a listed label is meant");
    }

    #[test]
    fn names_that_are_made_alike_are_no_slips() {
        for (one, other) in
            [("type:backend", "type:bakend"), ("frontend", "frontned"), ("documentation", "documentatoin")]
        {
            assert!(is_slip(one, other) && is_slip(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("size:s", "size:m"),
            ("version:1", "version:2"),
            ("area:web", "area:wet"),
            ("type:bug", "type:bugs"),
            ("milestone-a", "milestone-b"),
            ("area:database", "area:databases"),
            ("python2", "python3"),
            ("backend", "frontend"),
        ] {
            assert!(!is_slip(one, other) && !is_slip(other, one), "{one} {other}");
        }
    }
}
