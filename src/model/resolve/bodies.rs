//! Bodies in files of their own get to the issues that have their ids.

use std::{collections::BTreeMap, sync::Arc};

use super::ids::Ids;
use crate::{
    model::{Id, is_device},
    report::{Code, Diagnostic, Place, Report, closest},
    source::{Bodies, BodyFile, Document, body_name, id_of_body},
};

/// The bodies by the places of their issues.
pub(super) type Placed = BTreeMap<usize, (BodyFile, String)>;

/// Past this many guesses it is not said any more which issue may be meant: each costs a look at every id.
const MOST_GUESSES: usize = 100;

/// Gives each body to its issue. What is the body of none is told, and so is what has two: then the one in the JSON counts, and
/// of two files the first.
pub(super) fn place(document: &mut Document, ids: &Ids, report: &mut Report) -> Placed {
    let Bodies { files, others, are_judged } = std::mem::take(&mut document.bodies);
    let mut placed = Placed::new();
    let mut nobody = Vec::new();
    for (file, text) in files {
        let Some(ix) = id_of(&file.path).and_then(Id::new).and_then(|id| ids.first.get(&id).copied()) else {
            nobody.push(file.path);
            continue;
        };
        let id = &ids.assigned[ix].id;
        if is_device(&body_name(id.as_str())) {
            report.push(device(&file.path, id));
        }
        let issue = &document.issues[ix];
        if issue.value.body.is_given() {
            let is_same = issue.value.body.get() == Some(&text);
            let json = document.place("issues", issue.origin).key("body").the_key();
            report.push(twice(id, json, &file.path, is_same));
        } else if let Some((first, same)) = placed.get(&ix) {
            report.push(twice(id, Place::file(Arc::clone(&first.path)), &file.path, *same == text));
        } else {
            placed.insert(ix, (file, text));
        }
    }
    if are_judged {
        let others = others.into_iter().filter(|path| ids.first.keys().any(|id| is_meant(path, id)));
        let nobody = nobody.into_iter().chain(others).collect();
        unowned(document, ids, nobody, report);
    }
    placed
}

/// The id that a path of a body stands for.
fn id_of(path: &str) -> Option<&str> {
    id_of_body(path.rsplit('/').next().unwrap_or(path))
}

/// Whether a file that cannot be a body has the name of an issue.
fn is_meant(path: &str, id: &Id) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let named = name.get(..id.key().len()).is_some_and(|start| start.eq_ignore_ascii_case(id.key()));
    named && matches!(name.get(id.key().len()..), Some(rest) if rest.is_empty() || rest.starts_with('.'))
}

fn unowned(document: &Document, ids: &Ids, paths: Vec<Arc<str>>, report: &mut Report) {
    let former: BTreeMap<_, _> =
        document.aliases.iter().map(|(_, was, id)| (was.to_ascii_lowercase(), id)).collect();
    for (guesses, path) in paths.into_iter().enumerate() {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let stem = id_of_body(name).unwrap_or_else(|| name.split('.').next().unwrap_or(name));
        let close = || closest(&stem.to_ascii_lowercase(), ids.first.keys().map(Id::key));
        let known = ids.first.get_key_value(&*stem.to_ascii_lowercase()).map(|(id, _)| id.to_string());
        let help = match (former.get(&stem.to_ascii_lowercase()), known) {
            (Some(id), _) => {
                format!("`{stem}` was renamed to `{id}`: rename the file to `{}`", body_name(id))
            }
            (_, Some(id)) => format!("put it right into the folder `bodies`, as `{}`", body_name(&id)),
            _ => match close().filter(|_| guesses < MOST_GUESSES) {
                Some(id) => {
                    let id = ids.first.get_key_value(id).map_or(id.to_owned(), |(id, _)| id.to_string());
                    format!("did you mean `{}`? else delete it", body_name(&id))
                }
                None => "delete it, or add the issue that it describes".to_owned(),
            },
        };
        let message = format!("`{path}` is the body of no issue");
        report.push(Diagnostic::new(Code::UnownedBody, Place::file(Arc::clone(&path)), message).help(help));
    }
}

fn twice(id: &Id, first: Place, path: &Arc<str>, is_same: bool) -> Diagnostic {
    let message = format!("the body of `{id}` is given twice: in `{}` and in `{path}`", first.file);
    let help = match (is_same, first.at.json().is_some()) {
        (true, true) => {
            "both say the same: `roadbook bodies split` leaves the file, `roadbook bodies join` the JSON"
        }
        (true, false) => "both say the same: delete one of them",
        (false, true) => "take `body` out of the JSON, or delete the file",
        (false, false) => "ids are compared without case: delete one of the two files",
    };
    Diagnostic::new(Code::BodyTwice, first, message)
        .help(help)
        .related(Place::file(Arc::clone(path)), "and here")
}

fn device(path: &Arc<str>, id: &Id) -> Diagnostic {
    let message = format!("`{path}` cannot be a file on Windows, which keeps that name for a device");
    Diagnostic::new(Code::BadPath, Place::file(Arc::clone(path)), message)
        .help(format!("keep the body of `{id}` in the JSON: `roadbook bodies join {id}`"))
}
