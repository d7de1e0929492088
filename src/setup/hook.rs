//! Roadbook in the file that pre-commit reads.

use super::{ADDRESS, HOOK_PATH, Pin, Scaffold, pin::is_ours};

/// What a new file begins with.
const HEAD: &str = include_str!("../../templates/setup/pre-commit.yml");

/// Roadbook among the repositories of the file.
const ENTRY: &str = include_str!("../../templates/setup/pre-commit-entry.yml");

/// The file of pre-commit for a repository that has none.
pub fn new_hook(pin: &Pin) -> Scaffold {
    Scaffold { path: HOOK_PATH, text: [HEAD, &entry(pin, "  ")].concat() }
}

/// The lines that bring Roadbook into a file of pre-commit, for a person to add.
pub(crate) fn hook_entry(pin: &Pin) -> String {
    entry(pin, "  ")
}

/// Whether the file of pre-commit has Roadbook among its repositories.
pub(crate) fn has_hook(text: &str) -> bool {
    text.lines().any(names_us)
}

/// What is added to a repository's own file, every other byte as it was: Roadbook as the last of its `repos`. `None` where
/// it is there already, or where the list is not written as lines that begin with `- `: a person has to add it then.
pub(crate) fn added_hook(text: &str, pin: &Pin) -> Option<String> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let head = lines.iter().position(|line| without_comment(line) == "repos:")?;
    let is_content = |line: &str| !without_comment(line).is_empty();
    let first = lines[head + 1..].iter().find(|line| is_content(line))?;
    let indent = &first[..first.len() - first.trim_start().len()];
    let is_item = |line: &str| line.starts_with(indent) && line[indent.len()..].starts_with("- ");
    if !is_item(first) || lines.iter().any(|line| names_us(line)) {
        return None;
    }
    let belongs = |line: &str| is_item(line) || line.starts_with(&format!("{indent} "));
    let list = lines[head + 1..].iter().take_while(|line| !is_content(line) || belongs(line)).count();
    let end = lines[..=head + list].iter().rposition(|line| is_content(line))? + 1;
    let (before, behind) = (lines[..end].concat(), lines[end..].concat());
    let missing = if before.ends_with('\n') { "" } else { line_end };
    let entry = entry(pin, indent).replace('\n', line_end);
    Some([&before, missing, &entry, &behind].concat())
}

/// The entry, indented.
fn entry(pin: &Pin, indent: &str) -> String {
    let entry = ENTRY.replace("@address@", ADDRESS).replace("@rev@", &pin.reference("frozen: "));
    entry.lines().map(|line| format!("{indent}{line}\n")).collect()
}

/// A line without white space at its end, and without what is a comment.
fn without_comment(line: &str) -> &str {
    let line = line.trim_end();
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.split(" #").next().unwrap_or_default().trim_end()
}

/// Whether a line is the address of our hooks.
fn names_us(line: &str) -> bool {
    line.trim().trim_start_matches("- ").trim_start().strip_prefix("repo:").is_some_and(is_ours)
}
