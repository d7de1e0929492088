//! What the program says of itself, gathered for the documents that show it: from the command line, the rules and the schema.

mod format;
mod views;

use super::schema;
use crate::{
    cli,
    markdown::anchors::Anchors,
    render::docs::{Block, CommandGroup, CommandView, Reference, RuleView, StepView},
    rules::{DELETED, Example, Kind, RULES, Rule, repair_words},
    source::schema::json_schema,
};

/// How wide help is in a document.
const COLUMNS: usize = 100;

/// Gathers it all.
pub(super) fn reference() -> Reference {
    // The helps of all commands take as long as all the rest.
    let (groups, (rules, templates)) =
        rayon::join(groups, || (RULES.iter().map(rule).collect(), views::templates()));
    let format = format::source(&json_schema());
    let data = format::data(schema::data_schema());
    Reference { groups, rules, format, data, templates }
}

fn groups() -> Vec<CommandGroup> {
    let mut program = cli::command().term_width(COLUMNS).max_term_width(COLUMNS);
    program.build();
    let group = |(title, verbs): (&str, &[&str])| {
        let verbs = verbs.iter().filter_map(|verb| program.find_subcommand(verb));
        let commands = verbs.flat_map(|verb| {
            let below = verb.get_subcommands().filter(|below| below.get_name() != "help");
            let name = verb.get_name();
            let below = below.map(move |below| command(&format!("{name} {}", below.get_name()), below));
            std::iter::once(command(name, verb)).chain(below)
        });
        CommandGroup { title: title.into(), commands: commands.collect() }
    };
    cli::groups().map(group).collect()
}

fn command(name: &str, command: &clap::Command) -> CommandView {
    // What every command takes is told once, with the program itself.
    let own = command.clone().mut_args(|arg| {
        let is_of_all = arg.is_global_set() || ["help", "version"].contains(&arg.get_id().as_str());
        arg.hide(is_of_all)
    });
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let help = own.clone().render_long_help().to_string();
    let lines: Vec<_> = help.lines().map(str::trim_end).collect();
    CommandView {
        name: name.into(),
        anchor: Anchors::new().add(name),
        about,
        help: Block::new("text", &lines.join("\n")),
    }
}

fn rule(rule: &Rule) -> RuleView {
    RuleView {
        code: rule.code.word().into(),
        weight: if rule.kind == Kind::Blocking { "blocking" } else { rule.severity.word() }.into(),
        summary: rule.summary.into(),
        explanation: match repair_words(rule.code) {
            Some(words) => format!("{}\n\n{words}", rule.explanation),
            None => rule.explanation.into(),
        },
        bad: steps(rule, &rule.bad),
        good: steps(rule, &rule.good),
    }
}

/// An example as steps: its files, then what is done once it was built.
fn steps(rule: &Rule, example: &Example) -> Vec<StepView> {
    let files: Vec<_> = example.shown().collect();
    let is_named = files.len() > 1 || !example.edits().is_empty();
    let file = |path: &str, text: &str, is_named: bool| StepView {
        path: if is_named { path.into() } else { String::new() },
        block: Block::new(language(path), text),
    };
    let run = |command: String| StepView { path: String::new(), block: Block::new("sh", &command) };
    let mut steps: Vec<_> = files.iter().map(|(path, text)| file(path, text, is_named)).collect();
    if rule.kind == Kind::Checking && !example.edits().is_empty() {
        steps.push(run("roadbook build".into()));
    }
    for (path, text) in example.edits() {
        steps.push(if *text == DELETED { run(format!("rm {path}")) } else { file(path, text, true) });
    }
    steps
}

fn language(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((_, "json")) => "json",
        Some((_, "md")) => "markdown",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn every_command_rule_and_key_is_told() {
        let reference = reference();
        let commands: Vec<_> = reference.groups.iter().flat_map(|group| &group.commands).collect();
        let named = |name: &str| commands.iter().find(|command| command.name == name);
        assert!(named("add issue").is_some_and(|add| add.anchor == "add-issue"));
        let build = &named("build").expect("it is a command").help.text;
        assert!(build.contains("--adopt <PATH>") && build.contains("Example:"), "{build}");
        assert!(!build.contains("--root"), "what all commands take is told once: {build}");
        assert_eq!(reference.rules.len(), crate::rules::RULES.len());
        let issue = reference.format.objects.iter().find(|object| object.name == "Issue").expect("an object");
        let title = issue.keys.iter().find(|key| key.name == "title").expect("a key");
        assert!(title.required && title.kind == "string" && !title.about.is_empty());
        let state = issue.keys.iter().find(|key| key.name == "state").expect("a key");
        assert_eq!(state.kind, "[State](#state) or `null`");
        assert_eq!(reference.templates.len(), crate::render::BUILT_IN.len());
    }
}
