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
mod close;
mod edit;
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

mod completions;
mod explain;
mod man;
mod schema;
mod templates;

mod acceptance;
mod adoption;
mod again;
mod documents;
mod editing;
mod entry;
mod fix;
mod freshness;
mod keep;
mod lookup;
mod losses;
mod older;
mod once;
mod plans;
mod reference;
mod repairs;
mod session;
mod spot;
mod tracked;
mod user;
mod verdict;
mod writer;

pub use session::{Session, is_coloured, print_diff, screen, shown_diff};

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
pub fn run(cli: &Cli, io: &Io<'_>) -> Result<u8, Failure> {
    let edited = |is_dry_run: bool, verb: &dyn Fn(&Io<'_>) -> Result<u8, Failure>| {
        writer::edit(io, &cli.global, is_dry_run, verb)
    };
    match &cli.command {
        Command::Build(args) if args.history => {
            writer::alone(io, &cli.global, || published::run(args, &cli.global, io))
        }
        Command::Build(args) => writer::alone(io, &cli.global, || build::run(&args.build, &cli.global, io)),
        Command::Check(args) if args.fixing.fix.is_some() => {
            edited(args.fixing.dry_run, &|io| check::run(args, &cli.global, io))
        }
        Command::Check(args) if args.accept.is_some() => {
            edited(false, &|io| check::run(args, &cli.global, io))
        }
        Command::Check(args) => check::run(args, &cli.global, io),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args, &cli.global, io),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => Err(no_server()),
        Command::List(args) => list::run(args, &cli.global, io),
        Command::Show(args) => show::run(args, &cli.global, io),
        Command::Next(args) => next::run(args, &cli.global, io),
        Command::Report(args) => report::run(args, &cli.global, io),
        Command::Diff(args) => diff::run(args, &cli.global, io),
        Command::Verb(verb) => edited(verb.editing().dry_run, &|io| edit::run(verb, &cli.global, io)),
        Command::Batch(args) => edited(args.editing.dry_run, &|io| batch::run(args, &cli.global, io)),
        Command::Upgrade(args) => upgrade::run(args, &cli.global, io),
        Command::Plan(args) => plan::run(args, &cli.global, io),
        Command::Apply(args) => apply::run(args, &cli.global, io),
        Command::Drift(args) => plan::drift(args, &cli.global, io),
        Command::Snapshot(args) => snapshot::run(args, &cli.global, io),
        Command::Pull(args) => pull::run(args, &cli.global, io),
        Command::Import(args) => filled(args, &cli.global, io),
        Command::Merge(args) => merge::run(args, &cli.global, io),
        Command::Init(args) => init::run(args, &cli.global, io),
        Command::Try(args) => r#try::run(args, &cli.global, io),
        Command::Explain(args) => explain::run(args, &cli.global, io),
        Command::Schema(args) => schema::run(args, io),
        Command::Templates(args) if args.list || args.diff => templates::run(args, &cli.global, io),
        Command::Templates(args) => writer::alone(io, &cli.global, || templates::run(args, &cli.global, io)),
        Command::Completions(args) => completions::run(args, io),
        Command::Man(args) => man::run(args, &cli.global, io),
    }
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
