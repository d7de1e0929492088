//! A document as a source: a new one, or one that is filled.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    super::{print_diff, shown_diff},
    target, tell,
};
use crate::{
    cli::{Global, Import},
    commands::is_coloured,
    import::{Form, Imported, Maps, Target, Text, import},
    inputs,
    io::{Entry, Failure, FailureKind, Io, Wire},
    render::Override,
    report::{Report, counted, diff, typed},
    source::{Found, below, find, joined},
};

/// Imports a document.
pub(super) fn run(
    args: &Import,
    global: &Global,
    io: &Io<'_>,
    text: &Text,
    form: Form,
    maps: &Maps,
) -> Result<u8, Failure> {
    let (path, source) = match &args.into {
        Some(into) => existing(into, global, io)?,
        None => new(args, io)?,
    };
    let imported = match import(text, &source, form, maps) {
        Ok(imported) => imported,
        Err(report) => {
            let old = Text { name: Arc::clone(&source.name), text: source.text.clone().unwrap_or_default() };
            tell(io, global, report, &[text.clone(), old]);
            return Ok(3);
        }
    };
    let written = Text { name: Arc::clone(&source.name), text: imported.source.as_str().into() };
    let code = tell(io, global, imported.report.clone(), &[text.clone(), written]);
    if code == 3 {
        io.terminal.say("nothing was written: the source would have errors that must be fixed first\n");
        return Ok(code);
    }
    if global.verbose {
        show_difference(io, global, text, &imported);
    }
    put(args, global, io, path.as_deref(), &source, &imported)?;
    if !global.quiet {
        say(args, io, text, &source, &imported);
    }
    Ok(code)
}

/// The JSON that is filled: the one file of its source.
fn existing(into: &Path, global: &Global, io: &Io<'_>) -> Result<(Option<PathBuf>, Target), Failure> {
    let usage = |message: String| Failure::new(FailureKind::Usage, message);
    if io.files.entry(into)? != Some(Entry::File) {
        return Err(usage(format!("there is no `{}` to fill", into.display()))
            .help("`--out FILE` makes a new JSON of the document"));
    }
    let found = find(io.files, global.root.as_deref(), Some(into))?;
    if !found.whole {
        return Err(usage(format!("`{}` is one of several files of its roadmap", into.display()))
            .help("move the others away, or join the files into one: what they say could be said twice"));
    }
    let name = found.files.first().cloned().unwrap_or_default();
    let path = found.root.join(&*name);
    let bytes = io.files.read(&path)?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| usage(format!("`{}` is not UTF-8", into.display())))?;
    let overrides = templates(io, &found)?;
    Ok((Some(path), Target { name, text: Some(text.into()), overrides }))
}

/// A JSON that is not there yet; its path is `None` where it goes to standard output.
fn new(args: &Import, io: &Io<'_>) -> Result<(Option<PathBuf>, Target), Failure> {
    let path = target(args, None, io)?;
    let named = path.clone().unwrap_or_else(|| PathBuf::from(super::DEFAULT));
    let root = io.files.real(Path::new("."))?;
    let name = below(&root, &root.join(&named)).unwrap_or_else(|| named.display().to_string());
    let base = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    // Outside of where the user stands, the templates are those beside the JSON all the same.
    let (root, base) = match below(&root, &io.files.real(&named)?) {
        Some(_) => (root, base),
        None => (io.files.real(named.parent().unwrap_or(Path::new("/")))?, String::new()),
    };
    let found = Found { root, base, files: Vec::new(), whole: true, stdin: false, name: None };
    let overrides = templates(io, &found)?;
    Ok((path, Target { name: name.into(), text: None, overrides }))
}

/// The users' templates, as far as they are text.
fn templates(io: &Io<'_>, found: &Found) -> Result<Vec<Override>, Failure> {
    let mut faults = Report::default();
    inputs::read_overrides(io, found, &mut faults)?.ok_or_else(|| {
        let file = faults.iter().next().map_or("a template", |fault| &fault.place.file);
        Failure::new(FailureKind::Files, format!("cannot read `{file}`: it is not UTF-8"))
            .help("save it as UTF-8")
    })
}

/// Writes the JSON, or shows it.
fn put(
    args: &Import,
    global: &Global,
    io: &Io<'_>,
    path: Option<&Path>,
    source: &Target,
    imported: &Imported,
) -> Result<(), Failure> {
    match path {
        None => io.terminal.out_as(Wire::Json, &imported.source),
        Some(_) if args.dry_run => print_diff(
            io,
            global,
            &diff::unified(&source.name, source.text.as_deref(), Some(&imported.source), 3),
        ),
        Some(_) if source.text.as_deref() == Some(&*imported.source) => Ok(()),
        Some(path) => {
            let old = source.text.as_ref().map(|text| text.as_bytes());
            let is_done = io.files.replace(path, old, imported.source.as_bytes())?;
            if is_done { Ok(()) } else { Err(Failure::changed(path.display())) }
        }
    }
}

/// Shows what building makes of the document.
fn show_difference(io: &Io<'_>, global: &Global, text: &Text, imported: &Imported) {
    let Some(summary) = imported.summary.as_deref().filter(|_| !imported.is_exact) else { return };
    let diff = diff::unified(&text.name, Some(&text.text.replace("\r\n", "\n")), Some(summary), 3);
    io.terminal.say_styled(&shown_diff(&diff, is_coloured(io, global)));
}

/// Says what was done, and what comes next.
fn say(args: &Import, io: &Io<'_>, text: &Text, source: &Target, imported: &Imported) {
    let say = |line: &str| io.terminal.say(&format!("{line}\n"));
    let (milestones, issues) = imported.counts;
    let counts = format!("{} and {}", counted(milestones, "milestone"), counted(issues, "issue"));
    let is_same = source.text.as_deref() == Some(&*imported.source);
    let counts = if (milestones, issues) == (0, 0) { "labels".to_owned() } else { counts };
    say(&format!("read {counts} from `{}`", text.name));
    if let Some(repository) = &imported.linked {
        say(&format!("note: `repository` is `{repository}`: the titles that are links lead there"));
    }
    if imported.is_exact {
        say("building the JSON gives the document back, byte for byte");
    }
    say(&match (args.dry_run, is_same, source.text.is_some()) {
        (_, true, _) => format!("`{}` lacks nothing that the document has", source.name),
        (true, ..) => "nothing was written".to_owned(),
        (_, _, true) => format!("filled `{}`", source.name),
        _ if args.out.as_deref() == Some(Path::new("-")) => return,
        _ => format!("wrote `{}`", source.name),
    });
    if args.dry_run {
        return;
    }
    let base = source.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let place = joined(base, "SUMMARY.md");
    if *text.name != *place && !is_same {
        say(&format!(
            "note: `roadbook build` writes `{place}`; `outputs.summary` in the JSON names another place"
        ));
    }
    let adopts = !imported.is_exact && *text.name == *place;
    say(&if adopts {
        format!("next: roadbook build --adopt {}", typed(&place))
    } else {
        "next: roadbook build".to_owned()
    });
}
