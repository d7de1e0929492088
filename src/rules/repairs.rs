//! Which findings a machine can mend, in the words of `explain`.

use crate::report::Code;

/// Codes, with what `check --fix` does without asking; empty where it only asks.
const REPAIRS: &[(Code, &str)] = &[
    (Code::BadAlias, "takes away white space around an id, and writes the new id for a former one"),
    (
        Code::BadAssignee,
        "takes the login out of `@mara`, of the address of a profile, and of white space around it",
    ),
    (Code::BadId, "takes away white space around an id"),
    (Code::BadRepository, "takes `owner/name` out of an address on GitHub"),
    (Code::BidiOverride, ""),
    (Code::ControlCharacter, "writes a space for a tab or a line end in a title or name"),
    (Code::DuplicateKey, "removes the second of two keys with equal values"),
    (Code::DuplicateLabel, "removes the second of two labels that say the same"),
    (Code::FixedRule, ""),
    (
        Code::InvalidDate,
        "writes days that can be read in one way as the source does: time stamps, `2027/3/1`, `13.3.2027`, `Q1 2027`; it removes empty ones",
    ),
    (Code::InvisibleCharacter, ""),
    (
        Code::LabelCase,
        "writes a label as it is written first or listed, and removes the second of two listed ones that say the same",
    ),
    (Code::LabelColor, "takes away `#` and `0x`, and doubles the digits of the short form"),
    (Code::LabelWas, "removes a former name that is the name itself or is given twice in one list"),
    (Code::MilestoneWas, "removes a former title that is the title itself or is given twice in one list"),
    (Code::RepeatedReference, "removes the second mention"),
    (Code::SiteLang, "writes hyphens for underscores"),
    (
        Code::Syntax,
        "removes commas that nothing follows, quotes bare keys, and puts double quotes for single ones",
    ),
    (Code::TitleSpace, "takes away spaces around a title, and the second of two in it"),
    (
        Code::UnknownBlocker,
        "takes away white space around an id, writes the new id for a former one, and makes `owner/name#4` of an address on GitHub",
    ),
    (Code::UnknownColumn, "writes a column in its case, and removes one that is named twice"),
    (
        Code::UnknownKey,
        "renames a key where one known key alone can be meant, and moves all others under `extra`",
    ),
    (Code::UnknownLabel, "takes away white space around a label, and writes it in the case of the list"),
    (
        Code::UnknownMilestone,
        "takes away white space around a milestone, writes its title in the case of the list, and the new id for a former one",
    ),
    (
        Code::UnknownParent,
        "takes away white space around an id, writes the new id for a former one, and makes `owner/name#4` of an address on GitHub",
    ),
    (Code::UnknownRule, ""),
    (Code::UnusedRule, ""),
    (
        Code::WrongType,
        "writes listed words in their case, numbers as texts and texts as numbers where the other is asked for, a single text as a list of one; it removes `null` where it says nothing",
    ),
];

/// What `check --fix` does about a finding of this code; `None` where a machine cannot mend it.
pub(crate) fn words(code: Code) -> Option<String> {
    let (_, does) = REPAIRS.iter().find(|(known, _)| *known == code)?;
    Some(match *does {
        "" => "`roadbook check --fix=all` offers a fix and asks before it makes it.".to_owned(),
        does => {
            format!("`roadbook check --fix` {does}. Where something else may be meant, `--fix=all` asks.")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::Repair,
        rules::{Kind, RULES, tests::found_in},
    };

    fn repair_of(code: Code, source: &str) -> Option<Box<Repair>> {
        found_in(source).into_iter().filter(|found| found.code == code).find_map(|found| found.repair)
    }

    #[test]
    fn what_is_said_of_a_rule_is_what_its_example_gets() {
        for rule in RULES.iter().filter(|rule| matches!(rule.kind, Kind::Blocking | Kind::Judging)) {
            let sources: Vec<_> = rule.bad.shown().collect();
            let [(_, source)] = sources[..] else { continue };
            if repair_of(rule.code, source).is_some() {
                assert!(words(rule.code).is_some(), "`explain {}` does not say that it is mended", rule.code);
            }
        }
    }

    #[test]
    fn each_is_certain_where_it_is_said_to_be() {
        let issue = |rest: &str| format!(r#"{{ "issues": [{{ "id": "A-1", "title": "a", {rest} }}] }}"#);
        let label = |rest: &str| format!(r#"{{ "issues": [], "labels": [{rest}] }}"#);
        let cases = [
            (Code::BadAlias, r#"{ "issues": [{ "id": "A-1", "title": "a" }], "aliases": { "B-1": " A-1" } }"#.to_owned()),
            (Code::BadAssignee, issue(r#""assignees": ["@mara"]"#)),
            (Code::BadId, r#"{ "issues": [{ "id": " A-1 ", "title": "a" }] }"#.to_owned()),
            (Code::BadRepository, r#"{ "repository": "git@github.com:acme/shed.git" }"#.to_owned()),
            (Code::ControlCharacter, r#"{ "issues": [{ "id": "A-1", "title": "a\tb" }] }"#.to_owned()),
            (Code::DuplicateKey, issue(r#""body": "x", "body": "x""#)),
            (Code::DuplicateLabel, label(r#"{ "name": "a" }, { "name": "a" }"#)),
            (Code::InvalidDate, issue(r#""due_on": "2027-03-01T00:00:00Z""#)),
            (Code::LabelCase, issue(r#""labels": ["a", "A"]"#)),
            (Code::LabelColor, label(r##"{ "name": "a", "color": "#d73a4a" }"##)),
            (Code::LabelWas, label(r#"{ "name": "a", "was": ["A"] }"#)),
            (Code::MilestoneWas, r#"{ "milestones": [{ "id": "M-1", "title": "a", "was": ["a"] }] }"#.to_owned()),
            (Code::RepeatedReference, issue(r#""labels": ["a", "a"]"#)),
            (Code::SiteLang, r#"{ "site": { "lang": "en_US" } }"#.to_owned()),
            (Code::Syntax, r#"{ "issues": [], }"#.to_owned()),
            (Code::TitleSpace, r#"{ "issues": [{ "id": "A-1", "title": "a  b" }] }"#.to_owned()),
            (Code::UnknownBlocker, issue(r#""blocked_by": ["A-1 "]"#)),
            (Code::UnknownColumn, r#"{ "summary": { "columns": ["State"] } }"#.to_owned()),
            (Code::UnknownKey, issue(r#""sprint": 4"#)),
            (Code::UnknownLabel, r#"{ "issues": [{ "id": "A-1", "title": "a", "labels": ["b "] }], "labels": [{ "name": "b" }] }"#.to_owned()),
            (Code::UnknownMilestone, r#"{ "milestones": [{ "id": "M-1", "title": "First Users" }], "issues": [{ "id": "A-1", "title": "a", "milestone": "first  users" }] }"#.to_owned()),
            (Code::UnknownParent, issue(r#""parent": "\tA-1""#)),
            (Code::WrongType, issue(r#""state": "Open""#)),
        ];
        let said: Vec<_> =
            REPAIRS.iter().filter(|(_, does)| !does.is_empty()).map(|(code, _)| *code).collect();
        assert_eq!(said, cases.iter().map(|(code, _)| *code).collect::<Vec<_>>());
        for (code, source) in cases {
            let repair =
                repair_of(code, &source).unwrap_or_else(|| panic!("{code} is not mended in {source}"));
            assert!(repair.is_certain, "{code}: {repair:?}");
        }
    }
}
