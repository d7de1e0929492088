//! The texts that a file of words replaces: all that the code marks are in the catalogue, and no English is left on any page.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};

use crate::support::{Project, SOURCE, pretty};

/// The string that begins behind this place of a source, its escapes read.
fn literal(text: &str) -> Option<String> {
    let text = text.trim_start().strip_prefix('"')?;
    let mut found = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return Some(found),
            '\\' => match letters.next()? {
                'n' => found.push('\n'),
                '\n' => {
                    let rest = letters.as_str().trim_start();
                    letters = rest.chars();
                }
                other => found.push(other),
            },
            other => found.push(other),
        }
    }
    None
}

/// Where the bracket closes that was open before.
fn closing(code: &str) -> usize {
    let mut open = 1;
    let is_last = |letter: char| {
        open += i32::from(letter == '(') - i32::from(letter == ')');
        open == 0
    };
    code.find(is_last).unwrap_or(code.len())
}

/// The texts that the code of `src` marks for the catalogue.
fn marked() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = BTreeSet::new();
    let core = |text: &str| text.trim().trim_start_matches([',', ';']).trim().to_owned();
    for entry in walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let inside = path.strip_prefix(&root).expect("it is below");
        let is_code = path.extension().is_some_and(|end| end == "rs") && !path.ends_with("words/mod.rs");
        if !is_code || inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"))
        {
            continue;
        }
        let code = fs::read_to_string(path).expect("a file of ours");
        for mark in ["say!(", "word!("] {
            texts.extend(code.split(mark).skip(1).filter_map(literal).map(|text| core(&text)));
        }
        let mut imports = code.split("words::{").skip(1).filter_map(|list| list.split('}').next());
        if code.contains("words::counted") || imports.any(|list| list.contains("counted")) {
            for call in code.split("counted(").skip(1) {
                let arguments = &call[..closing(call)];
                let nouns = arguments.match_indices('"').filter_map(|(at, _)| literal(&arguments[at..]));
                texts.extend(nouns.take(1).map(|noun| format!("{{n}} {noun}s")));
            }
        }
    }
    texts.remove("");
    texts
}

#[test]
fn every_text_that_the_code_marks_is_in_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words/made.txt");
    let wanted: String = marked().iter().map(|text| format!("{text}\n")).collect();
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(&path, &wanted).expect("the catalogue");
    }
    let listed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        listed == wanted,
        "`SNAPSHOTS=overwrite cargo test --test suite words` writes src/words/made.txt"
    );
}

/// A roadmap without a Latin word of its own, with every status, cycles, coarse and moved days, and pages of every kind.
const WITHOUT_LATIN: &str = include_str!("words.json");

/// Words that are the same in every language: names, and keys of a keyboard.
const NAMES: [&str; 4] = ["Roadbook", "JSON", "GitHub", "Markdown"];

/// Literals of the scripts that are no words: classes, selectors, keys.
const CODE: [&str; 19] = [
    "'] button",
    "NFKD",
    "DOMContentLoaded",
    "st broken",
    "st overdue",
    "st overdue day",
    "board of-",
    "Enter",
    "Shift",
    "Escape",
    ".keys button",
    ".themes input",
    "form.search input",
    "(prefers-color-scheme: dark)",
    ".top nav",
    ".top a[href*='",
    "main details:not(.facets)",
    "main :is(.card > a, .what > a, .rank a, tbody th a, .results a, .gantt:not(.small) summary, .gantt:not(.small) .label > a)",
    "input, select, textarea, dialog",
];

/// A text in letters that no word of ours has: those of full width. What stands in braces stays.
pub(crate) fn pseudo(text: &str) -> String {
    let mut is_value = false;
    let letter = |c: char| {
        is_value = (is_value || c == '{') && c != '}';
        let wide = char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_alphabetic() && !is_value);
        wide.unwrap_or(c)
    };
    text.chars().map(letter).collect()
}

/// The file of words that puts something in the place of every text; of those that count in each form that Arabic has.
pub(crate) fn file_of(project: &Project, own: impl Fn(&str) -> String) -> String {
    let run = project.run(["words"]);
    let mut words = run.ends_with(0).json();
    for (_, english) in words.as_object_mut().expect("an object") {
        *english = match &*english {
            Value::String(text) => own(text).into(),
            forms => {
                let other = own(forms["other"].as_str().expect("a text"));
                let forms = ["zero", "one", "two", "few", "many", "other"];
                forms.into_iter().map(|form| (form.to_owned(), Value::from(other.clone()))).collect()
            }
        };
    }
    pretty(&words)
}

/// The text without what stands between two marks.
pub(crate) fn without(text: &str, open: &str, close: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(open) {
        left.push_str(before);
        left.push(' ');
        rest = inside.split_once(close).map_or("", |(_, behind)| behind);
    }
    left + rest
}

/// What people see, hear or find of a page: its texts, and the attributes that are read.
pub(crate) fn seen(html: &str) -> Vec<String> {
    let mut html = without(html, "<!--", "-->");
    for code in ["script", "style", "code", "pre", "kbd", "generator", "id>", "updated"] {
        html = without(&html, &format!("<{code}"), &format!("</{}", code.trim_end_matches('>')));
    }
    let mut texts = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        texts.push(text.to_owned());
        let is_told =
            ["name=\"description\"", "og:title", "og:description"].iter().any(|name| tag.contains(name));
        let read =
            ["title", "aria-label", "alt", "placeholder"].iter().copied().chain(is_told.then_some("content"));
        for name in read {
            let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, value)| value.split('"').next());
            texts.extend(value.map(str::to_owned));
        }
    }
    texts
}

/// What people read of a document: without addresses, code and the mark.
fn read(markdown: &str) -> Vec<String> {
    let text = without(&without(&without(markdown, "<", ">"), "`", "`"), "](", ")");
    text.lines().map(str::to_owned).collect()
}

/// The literals of a script that look like words.
fn literals(script: &str) -> Vec<String> {
    let script = without(script, "/*", "*/");
    let lines = script.lines().filter(|line| !line.trim_start().starts_with("//"));
    let found =
        lines.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    let is_word = |text: &String| {
        let is_capital = text.starts_with(|c: char| c.is_ascii_uppercase());
        let is_several = text.trim().contains(' ') || text.starts_with(' ') && text.len() > 1;
        (is_capital || is_several) && !CODE.contains(&text.as_str())
    };
    found.filter(is_word).collect()
}

/// The first English word of a text: letters that stand in no id, file or address.
pub(crate) fn english(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_./#@:&;'".contains(c);
    text.split(|c: char| !is_part(c)).find(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_word = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'\'');
        is_word && !NAMES.contains(&word)
    })
}

/// The English that is left in what was built, each with its file.
fn left(project: &Project) -> Vec<String> {
    let mut left = BTreeSet::new();
    for (path, bytes) in project.tree() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let texts = match path.rsplit_once('.').map_or("", |(_, end)| end) {
            "md" => read(&text),
            "html" | "atom" | "svg" => seen(&text),
            "ics" => {
                let lines = text.replace("\r\n ", "");
                let told = lines.lines().filter_map(|line| line.split_once(':'));
                told.filter(|(name, _)| ["SUMMARY", "DESCRIPTION"].contains(name))
                    .map(|(_, text)| text.to_owned())
                    .collect()
            }
            "js" if path.contains("/assets/") => literals(&text),
            _ => Vec::new(),
        };
        left.extend(
            texts
                .iter()
                .filter(|text| english(text).is_some())
                .map(|text| format!("{path}: {}", text.trim())),
        );
    }
    left.into_iter().collect()
}

/// What is known of the issues of a roadmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// All, of as many issues as make pages split.
    All,
    /// Nothing of how it stands, and not what it is called.
    Nothing,
    /// When they began, over so many years; nothing is due. Without a day to speak for where the years are many.
    Begun(usize),
}

pub(crate) fn source(told: Told) -> Value {
    let mut source: Value = serde_json::from_str(WITHOUT_LATIN).expect("it is JSON");
    source["docs"] = json!(["guide.md"]);
    let issues = source["issues"].as_array_mut().expect("a list");
    issues.extend((1..230).map(|n| {
        let mut issue = json!({ "id": format!("C-{n}"), "title": format!("Ряд {n}"), "milestone": "M-4", "labels": ["цвет:синий"] });
        issue["blocked_by"] = if n % 5 == 0 || n == 1 { json!([]) } else { json!([format!("C-{}", n - 1)]) };
        match n % 3 {
            0 => issue["closed_on"] = format!("2026-{:02}-{:02}", 8 + n % 3, 1 + n % 27).into(),
            _ => issue["due_on"] = "2027-03-01".into(),
        }
        issue["state"] = if n % 3 == 0 { "closed" } else { "open" }.into();
        issue
    }));
    if told != Told::All {
        issues.truncate(40);
    }
    let lost: &[&str] = match told {
        Told::All => &[],
        Told::Begun(_) => &["due_on", "planned_due_on", "start_on"],
        Told::Nothing => &[
            "state",
            "closed_on",
            "begun_on",
            "due_on",
            "planned_due_on",
            "start_on",
            "blocked_by",
            "state_reason",
            "assignees",
            "parent",
            "owner",
            "updates",
        ],
    };
    if let Told::Begun(years) = told {
        for (n, issue) in issues.iter_mut().enumerate() {
            issue["begun_on"] = format!("{}-05-01", 2026 - n % years).into();
        }
    }
    for list in ["issues", "milestones"] {
        let items = source[list].as_array_mut().expect("a list").iter_mut().filter_map(Value::as_object_mut);
        items.for_each(|item| item.retain(|key, _| !lost.contains(&&**key)));
    }
    let head = source.as_object_mut().expect("an object");
    match told {
        Told::Nothing => {
            ["states", "as_of", "repository", "title"].iter().for_each(|key| drop(head.remove(*key)))
        }
        Told::Begun(20..) => drop(head.remove("as_of")),
        _ => {}
    }
    source
}

/// Writes the file of words: it is no source, to which the project would add what switches the website off.
pub(crate) fn write(project: &Project, words: impl AsRef<[u8]>) {
    fs::write(project.path("words.json"), words).expect("a file of the test");
}

/// A project with documents of every kind and these texts in the place of the English ones.
pub(crate) fn project(told: Told, own: impl Fn(&str) -> String) -> Project {
    let project = Project::empty();
    project.write(SOURCE, pretty(&source(told)));
    let regions = ["overview", "stats", "labels", "labels цвет", "milestone M-1"];
    let region = |name: &&str| format!("<!-- roadbook:begin {name} -->\n<!-- roadbook:end -->\n\n");
    project.write("guide.md", format!("# Ж\n\n{}", regions.iter().map(region).collect::<String>()));
    write(&project, file_of(&project, own));
    project
}

/// Nothing of what was built is English.
#[track_caller]
pub(crate) fn is_translated(project: &Project) {
    let left = left(project);
    assert!(
        left.is_empty(),
        "{} texts are English, among them\n{}",
        left.len(),
        left[..left.len().min(20)].join("\n")
    );
}

#[test]
fn no_english_is_left_where_every_text_is_replaced() {
    for told in [Told::All, Told::Nothing, Told::Begun(2), Told::Begun(10), Told::Begun(30)] {
        let project = project(told, pseudo);
        let run = project.run(["build", "--quiet"]);
        assert!(run.code < 2 && !run.err.contains("-word]"), "{}", run.err);
        assert!(project.has("site/index.html") && project.has("roadmap/SUMMARY.md"));
        is_translated(&project);
        let checked = project.run(["check", "--quiet"]);
        assert!(!checked.err.contains("stale-file"), "{}", checked.err);
    }
}

#[test]
fn english_that_is_left_is_noticed() {
    let project = project(Told::All, pseudo);
    let mut words: Value = serde_json::from_str(&project.text("words.json")).expect("it is JSON");
    let texts = [
        ("Milestones Overview", "roadmap/SUMMARY.md", "Milestones Overview"),
        ("Skip to content", "site/index.html", "Skip to content"),
        ("Keys", "site/assets/theme.js", "Keys"),
        ("Due", "site/roadmap.ics", "Due"),
        ("{n} issues", "site/board.html", " issues"),
    ];
    for (text, ..) in texts {
        assert!(words.as_object_mut().expect("an object").remove(text).is_some(), "{text} is a text");
    }
    write(&project, pretty(&words));
    project.run(["build", "--quiet"]);
    let left = left(&project);
    for (text, path, shown) in texts {
        let is_noticed = |left: &String| left.starts_with(path) && left.contains(shown);
        assert!(left.iter().any(is_noticed), "{text}: {left:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_has_changed_is_told_in_the_words_as_well() {
    let project = project(Told::All, pseudo);
    let git = |args: &[&str]| {
        project.git(args).ends_with(0);
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "ж"]);
    let mut changed = source(Told::All);
    changed["milestones"][1]["due_on"] = "2027-04-01".into();
    changed["milestones"][0]["owner"] = "z8".into();
    for (at, key, value) in [
        (0, "title", json!("Копать глубже")),
        (1, "state", json!("closed")),
        (2, "milestone", json!("M-2")),
        (3, "estimate", json!(5)),
        (4, "state", json!("open")),
        (6, "blocked_by", json!(["A-4"])),
        (7, "labels", json!(["цвет:зелёный"])),
        (8, "assignees", json!(["z8"])),
        (12, "due_on", json!("2026-12-24")),
    ] {
        changed["issues"][at][key] = value;
    }
    let issues = changed["issues"].as_array_mut().expect("a list");
    issues.remove(9);
    issues.push(json!({ "id": "D-1", "title": "Новая", "milestone": "M-1", "labels": ["цвет:синий"] }));
    project.write(SOURCE, pretty(&changed));
    git(&["commit", "--quiet", "--all", "--message", "ж"]);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut command =
        project.process(["build", "--history", "--out", "public", "--quiet", "--as-of", "2026-12-01"]);
    let run = project.finish(command.env("PATH", path).env("GIT_CONFIG_NOSYSTEM", "1"));
    assert!(
        run.code < 2 && project.has("public/changes.html") && project.has("public/feed.atom"),
        "{}",
        run.err
    );
    is_translated(&project);
}
