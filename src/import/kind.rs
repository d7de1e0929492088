//! What a file is, by its name or by its first lines: the one place that `import` and `try` ask before a parser does.

use super::{export, is_json, tree};

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A document in Markdown, or plain text.
    Markdown,
    /// Rows of cells: CSV, TSV.
    Sheet,
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// An outline for Emacs' org-mode.
    Org,
    /// Issues or milestones as GitHub gives them, in JSON.
    Export,
    /// Any other JSON: a roadmap, sound or not, or labels.
    Json,
    /// It is not read.
    Other,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sniffed {
    /// How it is read.
    pub(crate) form: Form,
    /// What people call it, as `a CSV file`.
    pub(crate) noun: &'static str,
}

/// What people call JSON of which each line is an object.
const LINES: &str = "a file of JSON lines";

/// Exports of other tools whose tasks say what they are as our issues do.
const READ: [&str; 4] =
    ["an issue of GitLab", "an export of GitLab", "a task of Asana", "an export of Asana"];

/// Endings of names, and what such files are.
const ENDINGS: [(&str, Form, &str); 29] = [
    ("md", Form::Markdown, "a Markdown document"),
    ("markdown", Form::Markdown, "a Markdown document"),
    ("mdown", Form::Markdown, "a Markdown document"),
    ("json", Form::Json, "a JSON file"),
    ("csv", Form::Sheet, "a CSV file"),
    ("tsv", Form::Sheet, "a TSV file"),
    ("tab", Form::Sheet, "a TSV file"),
    ("yaml", Form::Yaml, "a YAML file"),
    ("yml", Form::Yaml, "a YAML file"),
    ("toml", Form::Toml, "a TOML file"),
    ("org", Form::Org, "an org file"),
    ("xml", Form::Other, "an XML file"),
    ("html", Form::Other, "an HTML file"),
    ("htm", Form::Other, "an HTML file"),
    ("rst", Form::Other, "a reStructuredText file"),
    ("adoc", Form::Other, "an AsciiDoc file"),
    ("xlsx", Form::Other, "a spreadsheet"),
    ("xls", Form::Other, "a spreadsheet"),
    ("ods", Form::Other, "a spreadsheet"),
    ("docx", Form::Other, "a Word document"),
    ("odt", Form::Other, "a text document"),
    ("pdf", Form::Other, "a PDF"),
    ("mpp", Form::Other, "a Microsoft Project file"),
    ("zip", Form::Other, "a ZIP archive"),
    ("ics", Form::Other, "a calendar"),
    ("opml", Form::Other, "an outline in XML"),
    ("mm", Form::Other, "a mind map"),
    ("jsonl", Form::Json, LINES),
    ("ndjson", Form::Json, LINES),
];

/// What is said of what is read.
pub(crate) const WHAT_IS_READ: &str = "Markdown is read (tables, headings with lists, boxes), CSV and TSV, YAML, TOML, org-mode, JSON of \
     GitHub's issues (`gh issue list --json …`), and a repository as `owner/name`; save a spreadsheet as CSV";

impl Form {
    /// Whether `import` makes a roadmap of it.
    pub(crate) fn is_read(self) -> bool {
        self != Self::Other
    }
}

/// What a file is by its name alone.
pub(crate) fn of_name(name: &str) -> Option<Sniffed> {
    let ending = ending(name)?;
    let known = ENDINGS.iter().find(|(known, ..)| *known == ending);
    known.map(|(_, form, noun)| Sniffed { form: *form, noun })
}

/// Whether a name is that of a file, and not of a repository.
pub(crate) fn is_file_name(name: &str) -> bool {
    of_name(name).is_some() || ending(name).is_some_and(|ending| ending == "txt")
}

/// What a file of this name and text is.
pub(crate) fn sniff(name: &str, text: &str) -> Sniffed {
    let named = of_name(name);
    match named {
        Some(Sniffed { form: Form::Json, .. }) => of_json(text),
        Some(Sniffed { form: Form::Markdown, .. }) | None if is_json(text) => of_json(text),
        Some(named) => named,
        None => looks_like(text).unwrap_or(Sniffed { form: Form::Markdown, noun: "a text" }),
    }
}

/// What a JSON is. One that is broken may be a roadmap all the same.
fn of_json(text: &str) -> Sniffed {
    match export::kind(text) {
        Some((noun, true)) => Sniffed { form: Form::Export, noun },
        Some((noun, false)) if noun == "a file of labels" || READ.contains(&noun) => {
            Sniffed { form: Form::Json, noun }
        }
        Some((noun, false)) => Sniffed { form: Form::Other, noun },
        None if tree::is_lines(text) => Sniffed { form: Form::Json, noun: LINES },
        None => Sniffed { form: Form::Json, noun: "a JSON file" },
    }
}

fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('/').map_or(name, |(_, name)| name).rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

/// What a text looks like whose name does not tell; `None` where it may be Markdown.
pub(crate) fn looks_like(text: &str) -> Option<Sniffed> {
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).take(3).collect();
    let [head, rows @ ..] = lines.as_slice() else { return None };
    let counts = |mark: char| {
        let of = |line: &&str| line.matches(mark).count();
        let count = of(head);
        (count > 0 && !rows.is_empty() && rows.iter().all(|row| of(row) >= count)).then_some(count)
    };
    let of = |form, noun| Some(Sniffed { form, noun });
    if counts('\t').is_some() {
        of(Form::Sheet, "a TSV file")
    } else if [',', ';'].into_iter().any(|mark| counts(mark).is_some_and(|count| count > 1)) {
        of(Form::Sheet, "a CSV file")
    } else if is_org(head, rows) {
        of(Form::Org, "an org file")
    } else if is_toml(head, rows) {
        of(Form::Toml, "a TOML file")
    } else if is_yaml(head, rows) {
        of(Form::Yaml, "a YAML file")
    } else if ["<!doctype html", "<html"].iter().any(|mark| head.to_ascii_lowercase().starts_with(mark)) {
        of(Form::Other, "an HTML file")
    } else if ["<?xml", "<rss", "<opml", "<map "].iter().any(|mark| head.trim_start().starts_with(mark)) {
        of(Form::Other, "an XML file")
    } else if head.starts_with("BEGIN:VCALENDAR") {
        of(Form::Other, "a calendar")
    } else {
        None
    }
}

/// Whether a line is a key with what goes with it behind a mark.
fn is_key(line: &str, mark: char) -> bool {
    let key = line.trim_start().split_once(mark).map(|(key, _)| key.trim_end());
    key.is_some_and(|key| {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    })
}

/// Whether the first lines are a setting or a headline with a keyword.
fn is_org(head: &str, rows: &[&str]) -> bool {
    let is_setting = head.get(..2) == Some("#+") && head.contains(':');
    let is_headline = |line: &&str| {
        let stars = line.trim_start_matches('*');
        stars.len() < line.len() && [" TODO ", " DONE "].iter().any(|word| stars.starts_with(word))
    };
    is_setting || [head].into_iter().chain(rows.iter().copied()).any(|line| is_headline(&line))
}

/// Whether the first lines are a table's name with keys below it, or keys with values behind `=`.
fn is_toml(head: &str, rows: &[&str]) -> bool {
    let name = head.trim().strip_prefix('[').and_then(|head| head.strip_suffix(']'));
    let is_table = name.is_some_and(|name| {
        let name = name.trim_matches(['[', ']']);
        !name.trim().is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    });
    let is_first = |row: &&str| is_key(row, '=');
    (is_table || is_key(head, '=')) && rows.first().is_some_and(|row| is_first(row) || row.starts_with('['))
}

/// Whether the first lines are keys with values: behind `---`, or the second one indented below an item or a key.
fn is_yaml(head: &str, rows: &[&str]) -> bool {
    let is_item = head.strip_prefix("- ").is_some_and(|item| is_key(item, ':'));
    let is_head = head.ends_with(':') && is_key(head, ':') && !head.starts_with(' ');
    let is_below = |row: &&str| {
        let item = row.trim_start().strip_prefix("- ").unwrap_or(row);
        (row.starts_with(' ') || row.starts_with("- ")) && is_key(item, ':')
    };
    (head.starts_with("---") && rows.iter().any(|row| row.contains(": ")))
        || (is_item && rows.first().is_some_and(|row| row.starts_with("  ") && is_key(row, ':')))
        || (is_head && rows.first().is_some_and(is_below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_or_the_first_rows_tell_what_a_file_is() {
        let by_name = |name: &str| of_name(name).map(|it| it.noun);
        assert_eq!(by_name("docs/Plan.CSV"), Some("a CSV file"));
        assert_eq!((by_name("ROADMAP.txt"), by_name("vercel/next.js")), (None, None));
        assert!(is_file_name("docs/missing.csv") && is_file_name("a.json") && !is_file_name("o/r"));
        for (text, noun) in [
            ("Summary,Status,Epic\nDo it,Open,Shed\n", Some("a CSV file")),
            ("\u{feff}Summary;Status;Epic\nDo it;Open;Shed\n", Some("a CSV file")),
            ("Title\tStatus\nDo it\tOpen\n", Some("a TSV file")),
            ("---\ntitle: x\n", Some("a YAML file")),
            ("- name: bug\n  color: ff0000\n", Some("a YAML file")),
            ("issues:\n  - title: x\n", Some("a YAML file")),
            ("- name: bug\n- more: x\n", None),
            ("Goals:\n\n- to be fast\n", None),
            ("[[issues]]\ntitle = \"x\"\n", Some("a TOML file")),
            ("[link]\n\nWords\n", None),
            ("#+TITLE: Shed\n* Walls\n", Some("an org file")),
            ("* TODO Walls\n", Some("an org file")),
            ("* Walls\n* Roof\n", None),
            ("<?xml version=\"1.0\"?>\n<rss>\n", Some("an XML file")),
            ("<rss version=\"0.92\">", Some("an XML file")),
            ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", Some("a calendar")),
            ("<opml version=\"2.0\">", Some("an XML file")),
            ("<!DOCTYPE html>\n<p>\n", Some("an HTML file")),
            ("# Plan\n\nFirst, second, third.\n", None),
        ] {
            assert_eq!(looks_like(text).map(|it| it.noun), noun, "{text}");
        }
    }

    #[test]
    fn what_is_json_is_told_by_what_it_holds() {
        for (name, text, form) in [
            ("a.json", "[{\"number\": 1, \"title\": \"x\"}]", Form::Export),
            ("a.md", "{\"issues\": [{\"title\": \"x\"}]}", Form::Json),
            ("a.json", "{\"bug\": \"ff0000\"}", Form::Json),
            ("a", "{\"lists\": [], \"cards\": []}", Form::Other),
            ("a.json", "{ broken", Form::Json),
            ("a.json", "{\"title\": \"x\"}\n{\"title\": \"y\"}\n", Form::Json),
            ("a.json", "[{\"iid\": 1, \"title\": \"x\"}]", Form::Json),
            ("a.csv", "{\"a\",\"b\"}", Form::Sheet),
        ] {
            assert_eq!(sniff(name, text).form, form, "{text}");
        }
    }
}
