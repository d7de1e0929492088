//! The examples that `--help` shows are command lines that the program takes.

use clap::{CommandFactory, Parser};
use roadbook::internals::cli::Cli;

/// The words of an example: up to a comment, a pipe or a redirection; what stands in quotes is one word.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (n, part) in line.split('\'').enumerate() {
        if n % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    let is_end = |word: &String| matches!(word.as_str(), "#" | "|" | ">" | "<");
    let end = words.iter().position(is_end).unwrap_or(words.len());
    words.truncate(end);
    words
}

fn examples(help: &str) -> Vec<&str> {
    let (_, examples) = help.split_once("Example:\n").unwrap_or_default();
    examples.lines().map(str::trim).filter(|line| line.starts_with("roadbook ")).collect()
}

#[test]
fn every_verb_shows_examples_that_parse() {
    for mut verb in roadbook::internals::cli::command().get_subcommands().cloned() {
        let name = verb.get_name().to_owned();
        let help = verb.render_long_help().to_string();
        let examples = examples(&help);
        assert!(!examples.is_empty(), "`roadbook {name} --help` shows no `Example:`");
        for example in examples {
            let words = words(example);
            assert_eq!(words[1], name, "an example of another verb: {example}");
            if let Err(error) = Cli::try_parse_from(&words) {
                panic!("`{example}` is refused: {error}");
            }
        }
    }
}

#[test]
fn the_commands_of_the_first_page_parse() {
    let help = roadbook::internals::cli::command().render_long_help().to_string();
    for group in ["Daily:", "Editing:", "GitHub:", "Reference:"] {
        assert!(help.contains(group), "{help}");
    }
    for verb in Cli::command().get_subcommands() {
        assert!(help.contains(&format!("\n  {}", verb.get_name())), "`{}` is not on it", verb.get_name());
    }
    assert!(Cli::try_parse_from(["roadbook", "build"]).is_ok());
}
