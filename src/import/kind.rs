//! What a file is that is neither Markdown nor JSON, so that people hear that instead of what a parser makes of it.

/// Endings of names, and what such files are called.
const KINDS: [(&str, &str); 19] = [
    ("csv", "a CSV file"),
    ("tsv", "a TSV file"),
    ("tab", "a TSV file"),
    ("yaml", "a YAML file"),
    ("yml", "a YAML file"),
    ("toml", "a TOML file"),
    ("org", "an org file"),
    ("xml", "an XML file"),
    ("html", "an HTML file"),
    ("htm", "an HTML file"),
    ("rst", "a reStructuredText file"),
    ("adoc", "an AsciiDoc file"),
    ("xlsx", "a spreadsheet"),
    ("xls", "a spreadsheet"),
    ("ods", "a spreadsheet"),
    ("docx", "a Word document"),
    ("odt", "a text document"),
    ("pdf", "a PDF"),
    ("mpp", "a Microsoft Project file"),
];

/// Endings of the names of files that are read.
const READ: [&str; 5] = ["md", "markdown", "mdown", "json", "txt"];

/// What is said of what is read.
pub const WHAT_IS_READ: &str = "Markdown is read (tables, headings with lists, boxes), JSON of GitHub's issues \
     (`gh issue list --json …`), and a repository as `owner/name`; a spreadsheet's rows can be saved as a Markdown table";

/// What the file of this name is, where it is none that is read.
pub fn other_kind(name: &str) -> Option<&'static str> {
    let ending = ending(name)?;
    KINDS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

/// Whether a name is that of a file, and not of a repository.
pub fn is_file_name(name: &str) -> bool {
    other_kind(name).is_some() || ending(name).is_some_and(|ending| READ.contains(&&*ending))
}

fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('/').map_or(name, |(_, name)| name).rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

/// What a text looks like whose name does not tell: rows of as many columns each.
pub fn looks_like(text: &str) -> Option<&'static str> {
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).take(3).collect();
    let [head, rows @ ..] = lines.as_slice() else { return None };
    let counts = |mark: char| {
        let of = |line: &&str| line.matches(mark).count();
        let count = of(head);
        (count > 0 && !rows.is_empty() && rows.iter().all(|row| of(row) >= count)).then_some(count)
    };
    if counts('\t').is_some() {
        Some("a TSV file")
    } else if [',', ';'].into_iter().any(|mark| counts(mark).is_some_and(|count| count > 1)) {
        Some("a CSV file")
    } else if is_yaml(head, rows) {
        Some("a YAML file")
    } else if ["<!doctype html", "<html"].iter().any(|mark| head.to_ascii_lowercase().starts_with(mark)) {
        Some("an HTML file")
    } else if head.trim_start().starts_with("<?xml") || head.trim_start().starts_with("<rss") {
        Some("an XML file")
    } else {
        None
    }
}

/// Whether the first lines are keys with values: behind `---`, or the second one indented below an item.
fn is_yaml(head: &str, rows: &[&str]) -> bool {
    let is_key = |line: &str| {
        let key = line.trim_start().split_once(':').map(|(key, _)| key);
        key.is_some_and(|key| {
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        })
    };
    let is_item = head.strip_prefix("- ").is_some_and(is_key);
    (head.starts_with("---") && rows.iter().any(|row| row.contains(": ")))
        || (is_item && rows.first().is_some_and(|row| row.starts_with("  ") && is_key(row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_or_the_first_rows_tell_what_a_file_is() {
        assert_eq!(other_kind("docs/Plan.CSV"), Some("a CSV file"));
        assert_eq!((other_kind("ROADMAP.md"), other_kind("vercel/next.js")), (None, None));
        assert!(is_file_name("docs/missing.csv") && is_file_name("a.json") && !is_file_name("o/r"));
        assert_eq!(looks_like("Summary,Status,Epic\nDo it,Open,Shed\n"), Some("a CSV file"));
        assert_eq!(looks_like("Title\tStatus\nDo it\tOpen\n"), Some("a TSV file"));
        assert_eq!(looks_like("---\ntitle: x\n"), Some("a YAML file"));
        assert_eq!(looks_like("- name: bug\n  color: ff0000\n"), Some("a YAML file"));
        assert_eq!(looks_like("- name: bug\n- more: x\n"), None);
        assert_eq!(looks_like("<?xml version=\"1.0\"?>\n<rss>\n"), Some("an XML file"));
        assert_eq!(looks_like("<rss version=\"0.92\">"), Some("an XML file"));
        assert_eq!(looks_like("<!DOCTYPE html>\n<p>\n"), Some("an HTML file"));
        assert_eq!(looks_like("# Plan\n\nFirst, second, third.\n"), None);
    }
}
