//! `roadbook import`: makes a source of what is there already: a document, an export of GitHub's issues, a repository.

mod document;
mod export;
mod repository;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    cli::{Global, Import},
    import::{self, Form, Maps, Text},
    io::{Entry, Failure, FailureKind, Io},
    report::{self, Report, Severity, Styled, Texts},
    rules,
    source::{STDIN, sources_in},
};

use super::is_coloured;

/// The JSON that is made where nothing else is said.
pub(super) const DEFAULT: &str = "roadmap/milestones_and_issues.json";

/// Runs the verb.
pub(super) fn run(args: &Import, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let Some(bytes) = given(&args.from, io)? else { return repository::run(args, global, io) };
    if let Some(named) =
        import::of_name(&args.from).filter(|named| !named.form.is_read() && named.form != Form::Json)
    {
        let message = format!("`{}` is {}, which is not read", args.from, named.noun);
        return Err(Failure::new(FailureKind::Usage, message).help(import::WHAT_IS_READ));
    }
    let name: Arc<str> = if args.from == "-" { STDIN.into() } else { args.from.as_str().into() };
    let mut report = Report::default();
    let Some(text) = import::decoded(&name, bytes, &mut report) else {
        return Ok(tell(io, global, report, &[]));
    };
    let text = Text { name, text: text.into() };
    let mut sniffed = import::sniff(&args.from, &text.text);
    // What is in no list of labels and in no roadmap is told as what it is no export of.
    if sniffed.form == Form::Json && !import::is_loose(&text.text) {
        sniffed.form = Form::Export;
    }
    if sniffed.form == Form::Other && !import::is_json(&text.text) {
        sniffed.form = Form::Markdown;
    }
    let maps = Maps::read(&args.maps)
        .map_err(|(message, help)| Failure::new(FailureKind::Usage, message).help(help))?;
    if !maps.is_empty() && sniffed.form != Form::Sheet {
        let message =
            format!("`--map` names columns of a CSV or TSV file: `{}` is {}", args.from, sniffed.noun);
        return Err(Failure::new(FailureKind::Usage, message).help("leave `--map` out"));
    }
    match sniffed.form {
        Form::Export | Form::Other => export::run(args, global, io, &text),
        form => document::run(args, global, io, &text, form, &maps),
    }
}

/// The bytes of the file that is named; `None` where a repository is.
fn given(from: &str, io: &Io<'_>) -> Result<Option<Vec<u8>>, Failure> {
    if from == "-" {
        return io.terminal.input().map(Some);
    }
    let path = Path::new(from);
    let usage = |message: String| Failure::new(FailureKind::Usage, message);
    match io.files.entry(path)? {
        Some(Entry::Folder) => Err(usage(format!("`{from}` is a folder")).help("name the document in it")),
        Some(_) => io.files.read(path),
        None if import::is_file_name(from) => {
            Err(usage(format!("there is no `{from}`"))
                .help("the path is taken from the folder that you are in"))
        }
        None if !import::is_repository(from) => Err(usage(format!("there is no `{from}`"))
            .help("name a document, an export of GitHub's issues, or a repository as `owner/name`")),
        None => Ok(None),
    }
}

/// The JSON that is to be made, which must not be there yet, nor the lock where one is made as well; `None` for standard
/// output.
fn target(args: &Import, lock: Option<&Path>, io: &Io<'_>) -> Result<Option<PathBuf>, Failure> {
    let path = args.out.clone().unwrap_or_else(|| PathBuf::from(DEFAULT));
    if path == Path::new("-") {
        return Ok(None);
    }
    if args.out.is_none()
        && let Some(known) = roadmap_beside(&path, io)?
    {
        let message = format!("there is a roadmap already: `{known}`; nothing was written");
        return Err(Failure::new(FailureKind::Usage, message)
            .help(format!("`--into {known}` fills it from a document; `--out FILE` makes another one")));
    }
    for path in [Some(path.as_path()), lock].into_iter().flatten() {
        if io.files.entry(path)?.is_some() {
            let message = format!("`{}` is there already: nothing was written", path.display());
            return Err(Failure::new(FailureKind::Usage, message).help("name another file with `--out FILE`"));
        }
    }
    Ok(Some(path))
}

/// The first source that lies in the folder of a JSON that is to be made: the two would be read as one.
fn roadmap_beside(path: &Path, io: &Io<'_>) -> Result<Option<String>, Failure> {
    let Some(folder) = path.parent() else { return Ok(None) };
    if io.files.entry(folder)? != Some(Entry::Folder) {
        return Ok(None);
    }
    let names = sources_in(io.files, folder)?;
    Ok(names.first().map(|name| folder.join(name).display().to_string()))
}

/// `--into` is for documents.
fn no_into(args: &Import, what: &str) -> Result<(), Failure> {
    match &args.into {
        None => Ok(()),
        Some(into) => Err(Failure::new(FailureKind::Usage, format!("{what} cannot be filled into `{}`", into.display()))
            .help("`--into` takes a document; `roadbook plan` shows what a JSON and GitHub say differently, and `--out FILE` makes a new JSON")),
    }
}

/// Tells the findings, and returns the exit code that they come to. `texts` are those that are on no disk yet.
fn tell(io: &Io<'_>, global: &Global, report: Report, texts: &[Text]) -> u8 {
    let is_error = report.iter().any(|finding| finding.severity == Severity::Error);
    let code = if rules::blocks(&report) { 3 } else { u8::from(is_error) };
    let texts = Known(texts);
    let located = report::locate(report, &texts);
    let shown = if global.quiet { located.errors() } else { located };
    if !shown.findings.is_empty() {
        let most = if global.verbose { None } else { Some(report::MOST_OF_A_CODE) };
        let colour = is_coloured(io, global);
        let words = report::human(&shown, &texts, colour, most);
        let gap = if words.ends_with("\n\n") { "" } else { "\n" };
        let words = format!("{words}{gap}{}\n", report::summary_line(&shown));
        io.terminal.say_styled(&Styled::new(words, colour));
    }
    code
}

/// The texts that findings point into.
struct Known<'t>(&'t [Text]);

impl Texts for Known<'_> {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        self.0.iter().find(|text| &*text.name == file).map(|text| Arc::clone(&text.text))
    }
}
