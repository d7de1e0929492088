//! The book is executed: each page of `docs` in a folder of its own, from top to bottom.
//!
//! A block behind a line that is a path in backticks and a colon is that file. A line of a `console` block that begins with
//! `$` is run, and what it prints must be what stands below it; `# ends with N` behind it says how it ends, where not with 0.
//! `SNAPSHOTS=overwrite` writes what commands print into the pages. Blocks in regions are the program's own, and tested there.

use std::{fmt::Write, fs, path::Path, process::Command};

use roadbook::internals::cli;

/// How many pages there are at least, and commands in them.
const AT_LEAST: (usize, usize) = (10, 30);

/// What a line that is run is: its command, and the exit code that it must end with.
fn expected(line: &str) -> (&str, i32) {
    match line.split_once("# ends with ") {
        Some((command, code)) => (command.trim(), code.trim().parse().expect("a number")),
        None => (line.trim(), 0),
    }
}

/// Runs a command of the book; what it prints, the standard error of all its parts with it.
fn run(folder: &Path, line: &str) -> String {
    let (command, code) = expected(line);
    let program = Path::new(env!("CARGO_BIN_EXE_roadbook")).parent().expect("its folder");
    let search = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let shell = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env_clear()
        .env("PATH", search)
        .env("HOME", folder)
        .env("SOURCE_DATE_EPOCH", "1795305600")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    let shell = shell.expect("it starts");
    let said = String::from_utf8(shell.stdout).expect("it speaks UTF-8");
    assert_eq!(shell.status.code(), Some(code), "`{command}` says:\n{said}");
    let real = fs::canonicalize(folder).expect("a folder");
    let said = said.replace(&*real.to_string_lossy(), "…").replace(&*folder.to_string_lossy(), "…");
    let lines: Vec<_> = said.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

/// A page as it would be if its commands had just been run, and how many there are.
fn told(page: &str) -> (String, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut out, mut count) = (String::new(), 0);
    let (mut lines, mut before, mut in_region) = (page.lines(), "", false);
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        in_region = (in_region || line.starts_with("<!-- roadbook:begin")) && line != "<!-- roadbook:end -->";
        let fence = line.len() - line.trim_start_matches('`').len();
        if fence < 3 || in_region {
            before = if line.is_empty() { before } else { line };
            continue;
        }
        let end = "`".repeat(fence);
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != end).collect();
        let file = before.strip_prefix('`').and_then(|path| path.split_once('`'));
        if let Some((path, _)) =
            file.filter(|(path, rest)| rest.starts_with([':', ',']) && !path.contains(' '))
        {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
            fs::write(path, block.join("\n") + "\n").expect("a file");
        }
        if line == "```console" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                count += 1;
                let said = run(folder.path(), command);
                let _ = writeln!(out, "$ {command}");
                let _ = if said.is_empty() { Ok(()) } else { writeln!(out, "{said}") };
            }
        } else {
            out.extend(block.iter().flat_map(|line| [*line, "\n"]));
        }
        let _ = writeln!(out, "{end}");
        before = "";
    }
    (out, count)
}

/// The pages of the book: path and text.
fn pages() -> Vec<(std::path::PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let found = fs::read_dir(folder).expect("the book").map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<_> = found.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    let text = |path: &std::path::PathBuf| fs::read_to_string(path).expect("a page");
    pages.into_iter().map(|path| (path.clone(), text(&path))).collect()
}

#[test]
fn every_page_says_what_its_commands_print() {
    let is_blessed = std::env::var("SNAPSHOTS").is_ok_and(|word| word == "overwrite");
    let (mut count, mut differing) = (0, Vec::new());
    let pages = pages();
    assert!(pages.len() >= AT_LEAST.0, "{} pages", pages.len());
    for (path, page) in pages {
        let (told, commands) = told(&page);
        count += commands;
        if told != page && is_blessed {
            fs::write(&path, told).expect("a page");
        } else if told != page {
            let changed =
                similar::TextDiff::from_lines(&page, &told).unified_diff().context_radius(2).to_string();
            differing.push(format!("{}:\n{changed}", path.display()));
        }
    }
    assert!(differing.is_empty(), "{}\n`SNAPSHOTS=overwrite` takes them", differing.join("\n"));
    assert!(count >= AT_LEAST.1, "only {count} commands were run");
}

/// The ten things that an agent does in a day.
const TASKS: [&str; 10] = [
    "Find what to begin",
    "Claim it",
    "Note progress",
    "Add a follow-up",
    "Split what is too large",
    "Close what is done",
    "Check before you commit",
    "Explain a finding",
    "Fix it",
    "Report",
];

/// An agent has the skill and nothing else: the roadmap that it shows, its commands, and what they print.
#[test]
fn an_agent_does_ten_tasks_from_the_text_of_the_skill_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), "mkdir project && cd project && roadbook init --agents --yes");
    let skill =
        fs::read_to_string(folder.path().join("project/.agents/skills/roadbook/SKILL.md")).expect("a skill");
    let (told, count) = told(&skill);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/setup/skill.md");
    if std::env::var("SNAPSHOTS").is_ok_and(|word| word == "overwrite") {
        fs::write(&source, &told).expect("the skill");
    } else {
        assert_eq!(told, skill, "`SNAPSHOTS=overwrite` takes what its commands print");
    }
    assert!(count >= TASKS.len(), "only {count} commands were run");
    let tasks: Vec<_> = skill.split("\n### ").skip(1).collect();
    assert_eq!(tasks.iter().map(|task| task.lines().next().unwrap_or_default()).collect::<Vec<_>>(), TASKS);
    for task in tasks {
        let commands: Vec<_> = task.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
        let is_ours = |line: &&str| line.trim_start_matches("ROADBOOK_USER=mara ").starts_with("roadbook ");
        assert!(!commands.is_empty() && commands.iter().all(is_ours), "{task}");
    }
    let named = skill.lines().filter(|line| line.starts_with("| `roadbook ")).count();
    assert_eq!(named, 10, "commands in its table");
}

#[test]
fn the_book_has_the_text_of_the_skill() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("a text");
    let (page, skill) = (read("docs/agents.md"), read("templates/setup/skill.md"));
    let own = &skill[skill.find("## Ten commands").expect("its first heading")..];
    let (begin, end) = ("<!-- skill -->\n\n", "\n<!-- end of the skill -->");
    let (head, rest) = page.split_once(begin).expect("the skill");
    let (shown, tail) = rest.split_once(end).expect("its end");
    if std::env::var("SNAPSHOTS").is_ok_and(|word| word == "overwrite") {
        fs::write(root.join("docs/agents.md"), format!("{head}{begin}{own}{end}{tail}")).expect("a page");
    } else {
        assert_eq!(shown, own, "`SNAPSHOTS=overwrite` takes over the text of the skill");
    }
}

#[test]
fn every_command_that_a_page_names_exists() {
    let mut count = 0;
    for (path, page) in pages() {
        let outside = page.split("<!-- roadbook:begin").next().unwrap_or_default();
        let named = outside.split('`').filter(|code| code.starts_with("roadbook ") && !code.contains('\n'));
        for code in named.filter(|code| !code.contains(['…', '$']) && !code.ends_with("-check")) {
            let words = code.split(['>', '#', '|']).next().unwrap_or_default().split_whitespace();
            let words = words.map(|word| if word == "CODE" { "due-order" } else { word });
            let parsed = cli::parse(words.map(Into::into));
            let is_known = parsed.as_ref().err().is_none_or(|error| !error.use_stderr());
            assert!(is_known, "{}: `{code}`", path.display());
            count += 1;
        }
    }
    assert!(count >= 20, "only {count} commands were found");
}

/// The words that the page of terms rules out.
fn ruled_out() -> Vec<String> {
    let page = include_str!("../../docs/terms.md");
    let rows = page.lines().filter(|line| line.starts_with("| ")).skip(1);
    let cells = rows.filter_map(|row| row.trim_end_matches('|').rsplit('|').next());
    let words =
        cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    words.collect()
}

/// Whether a text holds a word as a whole, one or several.
fn says(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(word).any(|(at, _)| {
        let behind = text[at + word.len()..].trim_start_matches('s');
        !text[..at].ends_with(is_part) && !behind.starts_with(is_part)
    })
}

#[test]
fn one_word_stands_for_one_thing() {
    let words = ruled_out();
    assert!(words.len() >= 8 && words.contains(&"circle".to_owned()), "{words:?}");
    let mut command = cli::command();
    command.build();
    let mut helps = vec![("help".to_owned(), command.clone().render_long_help().to_string())];
    for verb in command.get_subcommands() {
        helps.push((verb.get_name().to_owned(), verb.clone().render_long_help().to_string()));
    }
    let rules = roadbook::internals::rules::RULES.iter();
    let rules = rules.map(|rule| (rule.code.to_string(), format!("{} {}", rule.summary, rule.explanation)));
    let book = pages().into_iter().filter(|(path, _)| !path.ends_with("terms.md"));
    let book = book.map(|(path, text)| (path.display().to_string(), text));
    let mut told = Vec::new();
    for (name, text) in helps.into_iter().chain(rules).chain(book) {
        told.extend(
            words.iter().filter(|word| says(&text, word)).map(|word| format!("{name} says `{word}`")),
        );
    }
    assert!(told.is_empty(), "docs/terms.md has other words for:\n{}", told.join("\n"));
    assert!(says("Two circles.", "circle") && !says("encircled", "circle"));
}
