//! The README is executed: its example is built, and its commands are run on it.
#![allow(
    clippy::disallowed_methods,
    reason = "a test writes the files that the README tells a reader to write"
)]

use std::{fs, process::Command};

use roadbook::cli;

/// The fenced blocks of the README in this language.
fn blocks(language: &str) -> Vec<String> {
    let readme = include_str!("../README.md").replace("\r\n", "\n");
    let fence = format!("```{language}\n");
    readme.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).map(str::to_owned).collect()
}

/// The commands of the README, one a line, without their comments.
fn commands() -> Vec<Vec<String>> {
    let shell = blocks("sh").join("\n");
    let lines = shell.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    lines.filter(|line| line.starts_with("roadbook ")).map(words).collect()
}

#[test]
fn the_start_of_the_readme_works_as_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("roadmap/milestones_and_issues.json");
    fs::create_dir(folder.path().join("roadmap")).expect("a folder");
    fs::write(&source, &blocks("json")[0]).expect("a file");
    let commands = commands();
    assert!(commands.len() >= 4, "{commands:?}");
    for words in commands {
        let run = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .args(&words[1..])
            .current_dir(folder.path())
            .output();
        let run = run.expect("it starts");
        assert!(run.status.success(), "{words:?}: {}", String::from_utf8_lossy(&run.stderr));
    }
    assert!(folder.path().join("roadmap/milestones/m-l-m1.md").is_file());
}

#[test]
fn every_command_that_the_readme_names_exists() {
    let readme = include_str!("../README.md");
    let named = readme.split('`').filter(|code| code.starts_with("roadbook ") && !code.contains('\n'));
    let mut count = 0;
    for code in named {
        let words = code.split(['>', '#']).next().unwrap_or_default().split_whitespace();
        let words = words.map(|word| if word == "CODE" { "due-order" } else { word });
        assert!(cli::parse(words.clone().map(Into::into)).is_ok(), "{code}");
        count += 1;
    }
    assert!(count >= 3, "only {count} commands were found");
}
