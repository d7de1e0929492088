//! The verbs in groups, as `roadbook --help` shows them: by what people come for.

use std::fmt::Write;

use clap::Command;

/// Every verb, in the group in which people look for it.
pub(super) const GROUPS: &[(&str, &[&str])] = &[
    ("Daily", &["build", "check", "serve", "list", "show", "next", "report", "diff"]),
    (
        "Editing",
        &[
            "add", "set", "start", "close", "reopen", "move", "rename", "split", "remove", "edit", "batch",
            "pin", "bodies",
        ],
    ),
    ("GitHub", &["plan", "apply", "drift", "snapshot", "pull"]),
    ("Team", &["merge", "fleet"]),
    ("Getting started", &["try", "init", "import", "upgrade"]),
    ("Reference", &["explain", "schema", "templates", "words", "completions", "man"]),
];

/// The command with its verbs in groups instead of one list.
///
/// clap knows one heading for all subcommands. So its own list is hidden, and ours stands in the template.
pub(super) fn grouped(command: Command) -> Command {
    let groups = groups(&command);
    let template =
        format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n{groups}\n{{all-args}}{{after-help}}");
    command
        .override_usage("roadbook [OPTIONS] <COMMAND>")
        .help_template(template)
        .mut_subcommands(|verb| verb.hide(true))
}

fn groups(command: &Command) -> String {
    let styles = command.get_styles();
    let (head, name) = (styles.get_header(), styles.get_literal());
    let widest = GROUPS.iter().flat_map(|(_, verbs)| *verbs).map(|verb| verb.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (group, verbs) in GROUPS {
        let _ = writeln!(text, "\n{head}{group}:{head:#}");
        for verb in verbs.iter().filter_map(|verb| command.find_subcommand(verb)) {
            let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(text, "  {name}{:widest$}{name:#}  {about}", verb.get_name());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_verb_stands_in_one_group() {
        let command = Cli::command();
        let verbs: BTreeSet<_> = command.get_subcommands().map(Command::get_name).collect();
        let grouped: Vec<_> = GROUPS.iter().flat_map(|(_, verbs)| *verbs).copied().collect();
        assert_eq!(grouped.iter().copied().collect::<BTreeSet<_>>(), verbs);
        assert_eq!(grouped.len(), verbs.len(), "a verb stands in two groups");
    }
}
