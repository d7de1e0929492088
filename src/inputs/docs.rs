//! The hand-written documents that the source names: found, read, and told where they cannot be.

use std::{collections::BTreeMap, path::Path};

use crate::{
    io::{Entry, Failure, Files, Io, Limit},
    model::{Roadmap, folded},
    output::is_marked,
    render::PagePath,
    report::{Code, Diagnostic, Place, Report, typed},
    source::{Counted, Doc, Found, in_bodies, joined, not_text, read_doc},
};

/// Documents by their paths from the root, each with the place that names it or its folder.
pub(crate) type Named<'r> = BTreeMap<String, &'r Place>;

/// Reads the documents that the source names: files, and every Markdown file of folders that counts and is not generated.
/// What cannot be read is told and left out.
///
/// # Errors
/// Where the disk cannot be looked at.
pub(crate) fn read_docs(
    io: &Io<'_>,
    found: &Found,
    roadmap: &Roadmap,
    report: &mut Report,
) -> Result<Vec<Doc>, Failure> {
    let names = named_docs(io, found, roadmap, report)?;
    Ok(read_named(io, found, roadmap, names, report))
}

/// The documents that the source names; what is named and not there is told.
///
/// # Errors
/// Where the disk cannot be looked at.
pub(crate) fn named_docs<'r>(
    io: &Io<'_>,
    found: &Found,
    roadmap: &'r Roadmap,
    report: &mut Report,
) -> Result<Named<'r>, Failure> {
    let counted = Counted::new(io.files, found)?;
    let mut names = Named::new();
    for (name, place) in &roadmap.docs {
        let path = found.root.join(name);
        if !io.files.is_inside(&found.root, &path) {
            report.push(Diagnostic { code: Code::BadPath, ..leads_out(name, place) });
            continue;
        }
        match io.files.entry(&path)? {
            Some(Entry::Folder) => {
                let why = "the system refuses to list it";
                let unread = |folder: &str| report.push(unreadable(folder, place, why));
                let below = in_folder(io.files, &counted, (name, &path), unread);
                names.extend(below.into_iter().map(|file| (file, place)));
            }
            Some(_) => {
                names.insert(name.clone(), place);
            }
            None => report.push(missing(name, place, io.files.are_tracked())),
        }
    }
    // A body is shown where its issue is; a document that stands by itself is another thing.
    names.retain(|name, _| in_bodies(found, name).is_none());
    Ok(names)
}

/// The Markdown files of a folder that count, by their paths from the root. `unread` is told which folders cannot be listed.
fn in_folder(
    files: &dyn Files,
    counted: &Counted<'_>,
    (name, path): (&str, &Path),
    mut unread: impl FnMut(&str),
) -> Vec<String> {
    let enters = |inside: &str| counted.folder(&joined(name, inside));
    let mut unread = |inside: String| unread(joined(name, &inside).trim_end_matches('/'));
    let Ok(below) = files.roam(path, &enters, &mut unread) else {
        unread(String::new());
        return Vec::new();
    };
    let below = below.iter().filter(|file| file.ends_with(".md")).map(|file| joined(name, file));
    below.filter(|file| counted.file(file)).collect()
}

/// Reads documents.
pub(crate) fn read_named(
    io: &Io<'_>,
    found: &Found,
    roadmap: &Roadmap,
    names: Named<'_>,
    report: &mut Report,
) -> Vec<Doc> {
    let mut docs = Vec::new();
    for (name, place) in names {
        let Some(bytes) = bytes(io.files, found, roadmap, (&name, place), report) else { continue };
        if is_marked(&PagePath::new(&*name), &bytes) {
            continue;
        }
        let outputs = [&roadmap.outputs.summary, &roadmap.outputs.labels];
        if outputs.into_iter().flatten().any(|output| folded(output) == folded(&name)) {
            // In a folder of documents it is what stands in the way of an output; by its name it is asked to be both.
            if is_own(roadmap, &name) {
                report.push(both(&name, place));
            }
            continue;
        }
        match String::from_utf8(bytes) {
            Ok(text) => docs.push(read_doc(name.into(), text, report)),
            Err(error) => report.push(not_text(name.into(), &error)),
        }
    }
    docs
}

/// Whether the source names a document itself, and not only its folder.
fn is_own(roadmap: &Roadmap, name: &str) -> bool {
    roadmap.docs.iter().any(|(own, _)| own == name)
}

/// The bytes of a document; where it cannot be read, that is told. A pipe is not opened, which would wait for it; one that
/// only lies in a folder of documents is passed over, since no commit can hold it.
fn bytes(
    files: &dyn Files,
    found: &Found,
    roadmap: &Roadmap,
    (name, place): (&str, &Place),
    report: &mut Report,
) -> Option<Vec<u8>> {
    let path = found.root.join(name);
    if !files.is_inside(&found.root, &path) {
        report.push(leads_out(name, place));
        return None;
    }
    let failure = match files.read_inside(&found.root, &path, Limit::Document) {
        Ok(Some(bytes)) => return Some(bytes),
        Ok(None) => None,
        Err(failure) => Some(failure),
    };
    let is_link = || files.link(&path).is_ok_and(|link| link.is_some());
    let why = match files.entry(&path) {
        Ok(Some(Entry::Other)) if is_link() || files.are_tracked() => {
            "it is a link that leads nowhere".to_owned()
        }
        Ok(None | Some(Entry::Folder | Entry::Other)) if !is_own(roadmap, name) => return None,
        Ok(Some(Entry::Other)) => "it is a pipe, a socket or a device".to_owned(),
        Ok(None) => "it is not there".to_owned(),
        // The reason alone: the path that stands before it is this machine's.
        _ => failure.map_or_else(String::new, |failure| {
            let why = failure.message.rsplit("`: ").next().unwrap_or_default();
            why.to_owned()
        }),
    };
    report.push(unreadable(name, place, &why));
    None
}

fn missing(name: &str, place: &Place, are_tracked: bool) -> Diagnostic {
    let found = Diagnostic::new(Code::MissingDoc, place.clone(), format!("there is no `{name}`"));
    let help = "name a Markdown file or a folder, from the root of the repository";
    match are_tracked {
        true => found.help(format!("{help}; one that git does not track yet: git add {}", typed(name))),
        false => found.help(help),
    }
}

fn unreadable(name: &str, place: &Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingDoc, Place::file(name), format!("`{name}` cannot be read: {why}"))
        .help("make it a file that can be read, or leave it out of `docs`")
        .related(place.clone(), "named here")
}

fn both(name: &str, place: &Place) -> Diagnostic {
    let message =
        format!("`{name}` cannot be a document written by hand: it is where one of the `outputs` stands");
    Diagnostic::new(Code::BadPath, place.clone(), message)
        .help("take it out of `docs`, or name another place for the output")
}

fn leads_out(name: &str, place: &Place) -> Diagnostic {
    let message =
        format!("`{name}` is not read: a link in it leads out of the root, or into git's own folder");
    Diagnostic::new(Code::MissingDoc, place.clone(), message)
        .help("replace the link by the document itself, or leave it out of `docs`")
}
