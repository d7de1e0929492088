//! The laws of ARCHITECTURE.md that no lint can hold: what a file of `src` looks like, and which room knows which.
#![allow(clippy::disallowed_methods, reason = "the source of the program is read as files")]

#[path = "architecture/cycles.rs"]
mod cycles;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The most lines of a file.
const MOST_LINES: usize = 400;

/// Crates that one place of the program speaks to: whoever wants another must bring it there.
const CONFINED: [(&str, &[&str]); 21] = [
    ("tera", &["src/render/engine.rs", "src/render/engine/"]),
    ("comrak", &["src/markdown/tree/", "src/markdown/write/", "src/markdown/html/"]),
    ("pulldown_cmark", &["src/markdown/read"]),
    ("emojis", &["src/markdown/html/emoji.rs"]),
    ("hl_lite", &["src/markdown/html/code.rs"]),
    ("annotate_snippets", &["src/report/human"]),
    ("similar", &["src/report/diff"]),
    ("csv_core", &["src/import/sheet.rs"]),
    ("saphyr_parser", &["src/import/tree/yaml.rs"]),
    ("toml", &["src/import/tree.rs", "src/import/tree/toml.rs"]),
    ("gix_ignore", &["src/source/ignored.rs"]),
    (
        "percent_encoding",
        &["src/report/uri.rs", "src/markdown/html/address.rs", "src/markdown/write/text.rs"],
    ),
    ("walkdir", &["src/io/"]),
    ("ureq", &["src/io/network.rs"]),
    ("tempfile", &["src/io/"]),
    ("rustix", &["src/io/"]),
    ("notify", &["src/io/watch.rs"]),
    ("axum", &["src/serve/http.rs"]),
    ("futures_util", &["src/serve/http.rs"]),
    ("tokio", &["src/serve/"]),
    // No crate, and as far-reaching: whoever listens can be asked by others.
    ("TcpListener", &["src/serve/"]),
];

/// The rooms between reading and writing: functions of values, without a path of the machine and without its errors.
const PURE: [&str; 6] = ["model", "facts", "rules", "markdown", "render", "setup"];

/// What each room may know, beside `report`, which all may add findings to. They stand in the order of `src/lib.rs`; a room
/// knows those before it in the way of the data. What goes the other way is named with its reason.
const KNOWS: [(&str, &[&str]); 25] = [
    ("cli", &["model"]),
    (
        "commands",
        &[
            "cli",
            "io",
            "json",
            "source",
            "model",
            "inputs",
            "facts",
            "data",
            "rules",
            "markdown",
            "render",
            "links",
            "output",
            "serve",
            "github",
            "edit",
            "merge",
            "import",
            "setup",
            "history",
            "documents",
            "fleet",
            "words",
        ],
    ),
    // A day is what the clock tells.
    ("io", &["scalar"]),
    ("json", &[]),
    ("scalar", &[]),
    ("source", &["io", "json", "scalar", "markdown"]),
    ("model", &["scalar", "source", "words"]),
    // Whether a document is generated is told by output's mark.
    ("inputs", &["io", "source", "model", "output", "render"]),
    // What pages say is looked up where it is made.
    ("words", &[]),
    ("facts", &["model", "source", "words"]),
    ("data", &["source", "model", "facts", "words"]),
    // A column that is meant is known by the words that documents use for it.
    // So is how long a body becomes that is sent.
    ("rules", &["source", "model", "facts", "markdown", "documents", "github"]),
    ("markdown", &[]),
    ("render", &["source", "model", "facts", "data", "markdown", "words"]),
    ("documents", &["model", "markdown"]),
    ("links", &["source", "model", "rules", "markdown", "render", "documents"]),
    ("output", &["io", "source", "model", "render"]),
    ("serve", &["io", "render"]),
    ("github", &["io", "source", "model", "markdown"]),
    ("edit", &["io", "json", "model", "output", "render"]),
    // What names an id in a text is known to the rules, and where a text has numbers that are read as others to `json`.
    ("merge", &["json", "source", "model", "rules", "edit"]),
    (
        "import",
        &[
            "io",
            "json",
            "source",
            "model",
            "facts",
            "rules",
            "markdown",
            "render",
            "documents",
            "github",
            "edit",
        ],
    ),
    ("setup", &[]),
    // Ticks in a body are no change of it, in GitHub as here.
    ("history", &["io", "source", "model", "facts", "data", "markdown", "render", "github", "words"]),
    ("fleet", &["source", "model", "facts", "data", "markdown", "render", "words"]),
];

/// What findings are told with: the lines of JSON values are found in its text.
const REPORT_KNOWS: [&str; 1] = ["json"];

/// A file of `src`.
struct File {
    /// Its path from the root, `/`-separated.
    path: String,
    /// All of it.
    text: String,
    /// Its code: no comments, and none of its unit tests.
    code: String,
}

impl File {
    /// The room that it stands in.
    fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split(['/', '.']).next().unwrap_or(inside)
    }

    /// Whether it holds unit tests and nothing else.
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }
}

fn files() -> Vec<File> {
    let mut found = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), "src", &mut found);
    assert!(found.len() > 80, "{} files", found.len());
    found
}

fn collect(root: &Path, folder: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(root.join(folder)).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{folder}/{}", entry.file_name().to_str().expect("a Unicode name"));
        if entry.file_type().expect("its kind").is_dir() {
            collect(root, &path, found);
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).expect("a text").replace("\r\n", "\n");
            let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
            let code = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            found.push(File { path, text, code });
        }
    }
}

/// Holds the list of offenders to being empty.
#[track_caller]
fn none(offenders: &[String]) {
    assert!(offenders.is_empty(), "\n{}\n", offenders.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = files().into_iter().filter(|file| !file.text.starts_with("//! "));
    none(&silent.map(|file| file.path).collect::<Vec<_>>());
}

#[test]
fn no_file_is_long() {
    let lines = |file: &File| file.text.lines().count();
    let long = files().into_iter().filter(|file| lines(file) > MOST_LINES);
    none(&long.map(|file| format!("{}: {} lines", file.path, lines(&file))).collect::<Vec<_>>());
}

#[test]
fn no_room_is_a_lumber_room() {
    let lumber = ["util", "utils", "helper", "helpers", "common", "misc", "shared"];
    let is_lumber = |file: &File| file.path.split(['/', '.']).any(|part| lumber.contains(&part));
    none(&files().into_iter().filter(is_lumber).map(|file| file.path).collect::<Vec<_>>());
}

#[test]
fn crates_are_confined() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| !file.is_test()) {
        for (name, places) in CONFINED {
            if speaks_to(&file.code, name) && !places.iter().any(|place| file.path.starts_with(place)) {
                offenders.push(format!(
                    "{} speaks to {name}, which is confined to {}",
                    file.path,
                    places.join(", ")
                ));
            }
        }
    }
    none(&offenders);
}

/// Whether code names a crate in a path.
fn speaks_to(code: &str, name: &str) -> bool {
    words_before(code, &format!("{name}::")) || words_before(code, &format!("use {name};"))
}

/// Whether a text stands in the code with no letter before it.
fn words_before(code: &str, text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.match_indices(text).any(|(at, _)| !code[..at].ends_with(is_part))
}

#[test]
fn what_is_between_reading_and_writing_is_pure() {
    let machine = [
        "std::path",
        "PathBuf",
        "&Path",
        "<Path",
        "io::Error",
        "io::Result",
        "crate::io",
        "std::fs",
        "std::env",
    ];
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| PURE.contains(&file.room()) && !file.is_test()) {
        let found = machine.iter().filter(|name| {
            // A template is written into a `Write`, whose words these are.
            let is_writer = **name == "io::Result" && file.path == "src/render/engine/room.rs";
            mentions(&file.code, name) && !is_writer
        });
        offenders.extend(found.map(|name| format!("{} mentions {name}", file.path)));
        if known(&file.code).contains("io") {
            offenders.push(format!("{} knows the room io", file.path));
        }
    }
    none(&offenders);
}

/// Whether code holds a name as a whole.
fn mentions(code: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let goes_on = code[at + name.len()..].starts_with(is_part);
        let began = name.starts_with(is_part) && code[..at].ends_with(is_part);
        !goes_on && !began
    })
}

#[test]
fn rooms_know_only_what_they_may() {
    let table: BTreeMap<_, _> = KNOWS.into_iter().collect();
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| !file.is_test()) {
        let room = file.room();
        if ["main", "lib", "internals"].contains(&room) {
            continue;
        }
        let Some(allowed) =
            table.get(room).copied().or_else(|| (room == "report").then_some(&REPORT_KNOWS[..]))
        else {
            offenders.push(format!(
                "{}: `{room}` is a new room: say in tests/architecture.rs what it may know",
                file.path
            ));
            continue;
        };
        for other in known(&file.code) {
            if other != room && other != "report" && !allowed.contains(&other.as_str()) {
                offenders.push(format!("{} knows `{other}`, which `{room}` may not", file.path));
            }
        }
    }
    none(&offenders);
}

#[test]
fn no_room_is_allowed_what_it_does_not_use() {
    let mut used = BTreeMap::<String, BTreeSet<String>>::new();
    for file in files().iter().filter(|file| !file.is_test()) {
        used.entry(file.room().to_owned()).or_default().extend(known(&file.code));
    }
    let mut idle = Vec::new();
    for (room, allowed) in KNOWS {
        let idle_here =
            allowed.iter().filter(|other| !used.get(room).is_some_and(|used| used.contains(**other)));
        idle.extend(idle_here.map(|other| format!("`{room}` need not know `{other}`")));
    }
    none(&idle);
}

#[test]
fn render_and_github_do_not_know_each_other() {
    let knows =
        |file: &File, room: &str, other: &str| file.room() == room && known(&file.code).contains(other);
    let offenders =
        files().into_iter().filter(|file| knows(file, "render", "github") || knows(file, "github", "render"));
    none(&offenders.map(|file| file.path).collect::<Vec<_>>());
}

/// The rooms that code names by `crate::`.
fn known(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, begin) in code.match_indices("crate::") {
        let behind = &code[at + begin.len()..];
        match behind.strip_prefix('{') {
            Some(list) => rooms.extend(heads(list)),
            None => rooms.extend(head(behind)),
        }
    }
    rooms
}

/// The first name of each item of a list of imports, up to the brace that ends it.
fn heads(list: &str) -> Vec<String> {
    let (mut heads, mut depth, mut item) = (Vec::new(), 0_usize, String::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.extend(head(item.trim_start()));
                item.clear();
                continue;
            }
            _ => {}
        }
        item.push(c);
    }
    heads.extend(head(item.trim_start()));
    heads
}

/// The name that a path begins with, where it is a module's.
fn head(path: &str) -> Option<String> {
    let name: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    name.starts_with(|c: char| c.is_lowercase()).then_some(name)
}

#[test]
fn nothing_is_allowed_without_a_reason() {
    let mut offenders = Vec::new();
    for file in files() {
        for begin in ["#[allow(", "#![allow(", "#[expect(", "#![expect("] {
            for (at, _) in file.text.match_indices(begin) {
                let attribute = file.text[at..].split(")]").next().unwrap_or_default();
                if !attribute.contains("reason = \"") {
                    offenders.push(format!("{}: {attribute}", file.path));
                }
            }
        }
    }
    none(&offenders);
}

#[test]
fn the_way_through_the_rooms_is_the_one_that_lib_rs_shows() {
    let lib = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).expect("it is there");
    let shown: Vec<_> = lib.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect();
    let table: Vec<_> = KNOWS.iter().map(|(room, _)| *room).chain(["report"]).collect();
    assert_eq!(shown, table);
}

/// The words between backticks in the rows of SECURITY.md's table.
fn named_in_security() -> Vec<String> {
    let text = include_str!("../SECURITY.md");
    let rows = text.lines().filter(|line| line.starts_with('|'));
    rows.flat_map(|row| row.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn every_guard_and_test_of_the_table_of_sinks_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = files();
    collect(root, "tests", &mut found);
    let texts: Vec<_> = found.iter().map(|file| file.text.as_str()).collect();
    let is_test = |name: &str| {
        let (plain, property) = (format!("fn {name}() {{"), format!("fn {name}("));
        texts
            .iter()
            .any(|text| text.contains(&plain) || text.contains("proptest!") && text.contains(&property))
    };
    let (paths, names): (Vec<_>, Vec<_>) =
        named_in_security().into_iter().partition(|name| name.starts_with("src/"));
    let names: Vec<_> = names.into_iter().filter(|name| name.contains('_')).collect();
    assert!(paths.len() > 15 && names.len() > 40, "{} guards, {} tests", paths.len(), names.len());
    let missing = paths.into_iter().filter(|path| !root.join(path).is_file());
    none(&missing.chain(names.into_iter().filter(|name| !is_test(name))).collect::<Vec<_>>());
}
