//! A line of a batch: a JSON list of what would be typed behind `roadbook`.

use serde_json::Value;

use crate::{
    cli::{self, Added, Answer, Colour, Command, EditVerb, Global},
    io::{Failure, FailureKind},
    report::one_line,
};

/// An edit, and the line that asks for it.
pub(super) struct Line {
    number: usize,
    /// What is asked for.
    pub(super) verb: EditVerb,
}

impl Line {
    /// The failure with the line that it comes from.
    pub(super) fn failed(&self, failure: Failure) -> Failure {
        at(self.number, failure)
    }
}

/// Reads the lines.
///
/// # Errors
/// Where one is not an edit.
pub(super) fn read(input: &[u8]) -> Result<Vec<Line>, Failure> {
    let usage = |message: &str| Failure::new(FailureKind::Usage, message);
    let text = str::from_utf8(input).map_err(|_| usage("standard input is not UTF-8"))?;
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| match verb(line) {
            Ok(verb) => Ok(Line { number: n + 1, verb }),
            Err(failure) => Err(at(n + 1, failure)),
        })
        .collect()
}

fn at(number: usize, failure: Failure) -> Failure {
    let message = format!("line {number} of standard input: {}", failure.message);
    Failure { message, ..failure }.or_help("nothing was written")
}

fn verb(line: &str) -> Result<EditVerb, Failure> {
    let words = words(line)?;
    let typed = ["roadbook".to_owned()].into_iter().chain(words).map(Into::into);
    let parsed = cli::parse(typed).map_err(|error| {
        let text = error.to_string();
        let first: Vec<_> = text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
        let message = first.join(" ");
        Failure::new(FailureKind::Usage, one_line(message.trim_start_matches("error: ")))
    })?;
    let refused = |message: &str| Err(Failure::new(FailureKind::Usage, message));
    let Command::Verb(verb) = parsed.command else {
        return refused("only verbs that edit the JSON can be a part of a batch");
    };
    let editing = verb.editing();
    if !is_plain(&parsed.global) || editing.dry_run || editing.build || editing.format != Answer::Human {
        return refused("options of the whole run are given to `batch` itself");
    }
    match &verb {
        EditVerb::Add(add) if reads_input(&add.what) => {
            refused("`--body-file -` would read the batch: give the text with `--body`")
        }
        _ => Ok(verb),
    }
}

/// The words of a line.
fn words(line: &str) -> Result<Vec<String>, Failure> {
    let refused = || {
        Failure::new(FailureKind::Usage, format!("`{}` is not a JSON list of texts", one_line(line.trim())))
            .help("write one command per line, as in `[\"close\", \"DB-004\"]`")
    };
    let Ok(Value::Array(words)) = serde_json::from_str(line) else { return Err(refused()) };
    let word = |word: &Value| match word {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(refused()),
    };
    words.iter().map(word).collect()
}

fn is_plain(global: &Global) -> bool {
    let Global { root, roadmap, lock, color, quiet, verbose, within: _, given: _ } = global;
    root.is_none() && roadmap.is_none() && lock.is_none() && *color == Colour::Auto && !quiet && !verbose
}

fn reads_input(what: &Added) -> bool {
    match what {
        Added::Issue(issue) => issue.body_file.as_ref().is_some_and(|path| path.as_os_str() == "-"),
        Added::Milestone(_) | Added::Label(_) => false,
    }
}
