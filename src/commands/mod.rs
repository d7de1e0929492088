//! One verb, one file: the pipeline, then one effect.

mod build;
mod check;

mod diff;
mod handed;
mod history;
mod published;
mod report;

mod list;
mod next;
#[cfg(feature = "serve")]
mod serve;
mod show;

mod add;
mod batch;
mod bodies;
mod close;
mod edit;
mod in_editor;
mod r#move;
mod pin;
mod remove;
mod rename;
mod reopen;
mod set;
mod split;
mod start;

mod merge;

mod init;
mod r#try;
mod upgrade;

mod apply;
mod github;
mod import;
mod plan;
mod pull;
mod snapshot;

mod fleet;

mod completions;
mod explain;
mod man;
mod schema;
mod templates;

mod acceptance;
mod adoption;
mod advice;
mod again;
mod documents;
mod editing;
mod entry;
mod fix;
mod freshness;
mod front;
mod keep;
mod lookup;
mod losses;
mod older;
mod once;
mod plans;
mod reference;
mod repairs;
mod selection;
mod session;
mod several;
mod spot;
mod tracked;
mod under_way;
mod unmerged;
mod user;
mod verdict;
mod words;
mod writer;

use selection::Selection;
pub(crate) use session::{Session, is_coloured, print_diff, screen, shown_diff};

use crate::{
    cli::{self, Cli, Command, Findings, Format, Global},
    io::{Failure, FailureKind, Io},
};

/// How findings are told by verbs that are not asked for them as data.
const FOR_PEOPLE: Findings = Findings { format: Format::Human, deny_warnings: false };

/// Does what the command line asks for, and returns the exit code.
///
/// # Errors
/// Where the world refuses.
pub(crate) fn run(cli: &Cli, io: &Io<'_>) -> Result<u8, Failure> {
    let all = &Global { given: advice::given(&cli.global), ..cli.global.clone() };
    match &cli.command {
        Command::Build(args) => several::build(args, all, io),
        Command::Check(args) => several::check(args, all, io),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args, all, io),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => Err(no_server()),
        Command::Snapshot(args) => several::snapshot(args, all, io),
        Command::Diff(args) => several::diff(args, all, io),
        Command::Plan(args) => several::plan(args, all, io),
        Command::Drift(args) => several::drift(args, all, io),
        Command::Pull(args) => several::pull(args, all, io),
        Command::Import(args) => filled(args, all, io),
        Command::Merge(args) => merge::run(args, all, io),
        Command::Init(args) => init::run(args, all, io),
        Command::Try(args) => r#try::run(args, all, io),
        Command::Fleet(args) => fleet::run(args, all, io),
        Command::Explain(args) => explain::run(args, all, io),
        Command::Schema(args) => schema::run(args, io),
        Command::Words => words::run(io),
        Command::Completions(args) => completions::run(args, io),
        Command::Man(args) => man::run(args, all, io),
        _ => on_one(&cli.command, &Selection::one(io, all)?, io),
    }
}

/// Does what is asked of one roadmap.
fn on_one(command: &Command, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let edited = |is_dry_run: bool, verb: &dyn Fn(&Io<'_>) -> Result<u8, Failure>| {
        writer::edit(io, global, is_dry_run, verb)
    };
    match command {
        Command::List(args) => list::run(args, global, io),
        Command::Show(args) => show::run(args, global, io),
        Command::Next(args) => next::run(args, global, io),
        Command::Report(args) => report::run(args, global, io),
        Command::Verb(verb) => edited(verb.editing().dry_run, &|io| edit::run(verb, global, io)),
        Command::Batch(args) => edited(args.editing.dry_run, &|io| batch::run(args, global, io)),
        Command::Edit(args) => in_editor::run(args, global, io),
        Command::Bodies(args) => edited(args.editing().dry_run, &|io| bodies::run(args, global, io)),
        Command::Upgrade(args) => upgrade::run(args, global, io),
        Command::Apply(args) => apply::run(args, global, io),
        Command::Templates(args) if args.list || args.diff => templates::run(args, global, io),
        Command::Templates(args) => writer::alone(io, global, || templates::run(args, global, io)),
        // The others were dealt with before.
        _ => Ok(2),
    }
}

/// Says that something failed, and returns the exit code.
pub(crate) fn tell_failure(failure: &Failure, global: &Global, io: &Io<'_>) -> u8 {
    if !matches!(failure.kind, FailureKind::Said(_)) {
        io.terminal.say(&format!("error: {failure}\n"));
        if let Some(help) = &failure.help {
            let help = advice::advised(help, &advice::given(global));
            io.terminal.say(&format!("  = help: {help}\n"));
        }
    }
    failure.kind.exit_code()
}

/// An import fills a roadmap that is there as its only writer; one that makes a new file takes nobody's place.
fn filled(args: &cli::Import, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let import = || import::run(args, global, io);
    match args.into.as_ref().filter(|_| !args.dry_run) {
        Some(into) => {
            let of_it = Global { roadmap: Some(into.clone()), ..global.clone() };
            writer::alone(io, &of_it, import)
        }
        None => import(),
    }
}

/// Lets go of what a verb is done with. Where the process ends, the system takes all of it back at once; a test runs many verbs in one.
fn abandon<T>(held: T) {
    if !cfg!(feature = "internals") {
        std::mem::forget(held);
    }
}

/// A build without a server says so, instead of not knowing the verb that every manual names.
#[cfg(not(feature = "serve"))]
fn no_server() -> Failure {
    Failure::new(FailureKind::Usage, "this build of Roadbook has no server")
        .help("`roadbook build` writes the website; `cargo install` builds with the feature `serve` unless told not to")
}

/// Refuses standard input as the source, for verbs that write beside it or into it.
fn no_stdin(global: &Global, verb: &str) -> Result<(), Failure> {
    if global.roadmap.as_deref() == Some(std::path::Path::new("-")) {
        let message = format!("`roadbook {verb}` needs files: standard input cannot be written to");
        return Err(
            Failure::new(FailureKind::Usage, message).help("name the JSON file with `--roadmap PATH`")
        );
    }
    Ok(())
}
