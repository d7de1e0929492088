//! What `roadbook explain` prints.

use std::fmt::Write;

use super::{EXAMPLE_FILE, Example, Kind, RULES, Rule, repairs, rule::DELETED};
use crate::report::Code;

/// How far examples are set in.
const INDENT: &str = "    ";

/// The page of one rule, its prose no wider than `width`.
pub(crate) fn explain(rule: &Rule, width: usize) -> String {
    let mut page = String::new();
    let title = format!("{}[{}]: {}", rule.severity.word(), rule.code, rule.summary);
    paragraph(&mut page, &title, width);
    paragraph(&mut page, rule.explanation, width);
    example(&mut page, "Fails:", &rule.bad, rule.kind);
    example(&mut page, "Fixed:", &rule.good, rule.kind);
    if [rule.bad, rule.good].iter().flat_map(Example::shown).any(|(_, text)| text.contains(" × ")) {
        paragraph(
            &mut page,
            "`⟨3 × TEXT⟩` stands for three copies of TEXT, `#` in it for the number of the copy.",
            width,
        );
    }
    repairs::words(rule.code).iter().for_each(|words| paragraph(&mut page, words, width));
    paragraph(&mut page, &weight(rule), width);
    page.pop();
    page
}

/// All rules with their severities and summaries, a line for each.
pub(crate) fn list() -> String {
    let widest = Code::words().map(str::len).max().unwrap_or_default();
    let mut page = String::new();
    for rule in RULES {
        let kind = if rule.kind == Kind::Blocking { "blocking" } else { rule.severity.word() };
        let _ = writeln!(page, "{:widest$}  {kind:8}  {}", rule.code, rule.summary);
    }
    page
}

/// What a finding does to a run, and how that is changed.
fn weight(rule: &Rule) -> String {
    let code = rule.code;
    match (rule.kind, rule.severity.word()) {
        (Kind::Blocking, _) => {
            "This is a blocking error: nothing is written and the exit code is 3. Its level cannot be changed.".into()
        }
        (Kind::Importing, _) => "Only `roadbook import` reports it. Its level cannot be changed.".into(),
        (_, "error") => format!(
            "An error: the exit code is 1. To change its level, write `\"rules\": {{ \"{code}\": {{ \"level\": \"warn\", \
             \"reason\": \"…\" }} }}`; the level is `off`, `warn` or `error`."
        ),
        (_, word) => format!(
            "A {word}: the exit code stays 0, unless `--deny-warnings` is given. To change its level, write `\"rules\": \
             {{ \"{code}\": {{ \"level\": \"off\", \"reason\": \"…\" }} }}`; the level is `off`, `warn` or `error`."
        ),
    }
}

fn example(page: &mut String, heading: &str, example: &Example, kind: Kind) {
    let _ = writeln!(page, "{heading}\n");
    let files: Vec<_> = example.shown().collect();
    let names_files = files.len() > 1 || !example.edits().is_empty();
    for (path, text) in files {
        file(page, path, text, names_files);
    }
    if kind == Kind::Checking && !example.edits().is_empty() {
        let _ = writeln!(page, "{INDENT}$ roadbook build\n");
    }
    if kind == Kind::Importing {
        let _ = writeln!(page, "{INDENT}$ roadbook import SUMMARY.md --into {EXAMPLE_FILE}\n");
    }
    for (path, text) in example.edits() {
        match *text {
            DELETED => {
                let _ = writeln!(page, "{INDENT}$ rm {path}\n");
            }
            text => file(page, path, text, true),
        }
    }
}

fn file(page: &mut String, path: &str, text: &str, names_file: bool) {
    if names_file {
        let _ = writeln!(page, "{INDENT}{path}:");
    }
    for line in text.trim_end().lines() {
        let _ = writeln!(page, "{}", format!("{INDENT}{line}").trim_end());
    }
    page.push('\n');
}

/// A paragraph in lines of at most so many characters, where no word is longer, and an empty line.
fn paragraph(page: &mut String, text: &str, width: usize) {
    let mut filled = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if filled > 0 && filled + 1 + length > width {
            page.push('\n');
            filled = 0;
        } else if filled > 0 {
            page.push(' ');
            filled += 1;
        }
        page.push_str(word);
        filled += length;
    }
    page.push_str("\n\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::find;

    #[test]
    fn a_page_teaches_and_keeps_to_its_width() {
        let page = explain(find("duplicate-title").expect("a rule"), 72);
        let expected = r#"error[duplicate-title]: two milestones have the same title

GitHub keeps the titles of a repository's milestones unique, closed ones
included, and refuses the second. Readers cannot tell them apart either.
Change one of the titles; the ids stay as they are.

Fails:

    {
      "milestones": [
        { "id": "M-1", "title": "First release" },
        { "id": "M-2", "title": "First release" }
      ]
    }

Fixed:

    {
      "milestones": [
        { "id": "M-1", "title": "First release" },
        { "id": "M-2", "title": "Second release" }
      ]
    }

An error: the exit code is 1. To change its level, write `"rules": {
"duplicate-title": { "level": "warn", "reason": "…" } }`; the level is
`off`, `warn` or `error`.
"#;
        assert_eq!(page, expected);
    }

    #[test]
    fn files_and_steps_are_named() {
        let page = explain(find("missing-file").expect("a rule"), 100);
        assert!(page.contains("    roadmap/roadmap.json:\n"), "{page}");
        assert!(page.contains("    $ roadbook build\n\n    $ rm roadmap/SUMMARY.md\n"), "{page}");
    }

    #[test]
    fn every_rule_is_listed_in_a_line() {
        assert_eq!(list().lines().count(), RULES.len());
        assert!(list().contains("made-id "), "{}", list());
    }
}
