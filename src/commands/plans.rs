//! Plans that a folder holds and that are no roadmap yet: what `import` takes, and JSON that is meant as one.

use super::{documents::is_summary, import as import_verb, spot::Spot};
use crate::{
    import::{self, Form, Imported, Sniffed, Target, Text},
    io::{Entry, Failure, Io, Limit},
    report::typed,
    source::{FOLDER, joined},
};

/// What people call such files, the likeliest first.
const STEMS: [&str; 10] = [
    "roadmap",
    "milestones",
    "backlog",
    "todo",
    "todos",
    "tasks",
    "issues",
    "plan",
    "projectplan",
    "tickets",
];

/// The file of a roadmap that begins.
pub(super) const FILE_NAME: &str = "milestones_and_issues.json";

/// The largest document that is read unasked.
const MOST_BYTES: u64 = 1 << 20;

/// Where they are looked for, from the root.
const FOLDERS: [&str; 2] = ["", "docs"];

/// A file that holds a plan.
#[derive(Debug)]
pub(super) struct PlanFile {
    /// Its path from the root.
    pub(super) path: String,
    /// How it is read.
    pub(super) form: Form,
    /// What people call it.
    pub(super) noun: &'static str,
    /// The command that makes a roadmap of it.
    pub(super) command: String,
}

impl PlanFile {
    /// A plan that somebody named, as it was typed.
    pub(super) fn named(path: String, form: Form, noun: &'static str) -> Self {
        let command = command(form, &typed(&path));
        Self { path, form, noun, command }
    }

    /// A plan below the root. The roadmap begins at the root, wherever the user stands.
    pub(super) fn found(spot: &Spot, path: String, form: Form, noun: &'static str) -> Self {
        let mut command = command(form, &spot.typed(&path));
        if form != Form::Json && !spot.way.as_os_str().is_empty() {
            command += &format!(" --out {}", spot.typed(import_verb::DEFAULT));
        }
        Self { path, form, noun, command }
    }
}

fn command(form: Form, typed: &str) -> String {
    match form {
        Form::Json => format!("roadbook init --roadmap {typed}"),
        _ => format!("roadbook import {typed}"),
    }
}

/// The summary that `init` begins a roadmap with, where there is one.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn summary(io: &Io<'_>, spot: &Spot) -> Result<Option<PlanFile>, Failure> {
    let read = |path: &str| io.files.read_inside(&spot.root, &spot.root.join(path), Limit::Document);
    let text = |path: &str| Ok(read(path)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
    let begun = begun(spot, text)?;
    let command = "roadbook init".to_owned();
    Ok(begun.map(|it| PlanFile { path: it.path, form: Form::Markdown, noun: "a Markdown document", command }))
}

/// A roadmap that begins with an older document.
pub(super) struct Begun {
    /// The document, from the root.
    pub(super) path: String,
    /// Where its JSON goes.
    pub(super) json: String,
    /// What it says.
    pub(super) imported: Imported,
}

/// The roadmap that begins with a summary which tells one; `text` reads a file below the root.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn begun(
    spot: &Spot,
    text: impl Fn(&str) -> Result<Option<String>, Failure>,
) -> Result<Option<Begun>, Failure> {
    let is_meant = |it: &&(String, u64)| is_summary(&it.0) && it.1 <= MOST_BYTES;
    let mut documents: Vec<_> = spot.searched.markdown.iter().filter(is_meant).collect();
    documents.sort_by_key(|(path, _)| path.matches('/').count());
    for (path, _) in documents {
        let Some(document) = text(path)? else { continue };
        let folder = path.rsplit_once('/').map_or(FOLDER, |(folder, _)| folder);
        let json = spot.json.clone().unwrap_or_else(|| joined(folder, FILE_NAME));
        if text(&json)?.is_some() {
            continue;
        }
        let document = Text { name: path.as_str().into(), text: document.into() };
        let target = Target { name: json.as_str().into(), text: None, overrides: Vec::new() };
        if let Ok(imported) = import::document(&document, &target)
            && imported.counts.1 > 0
        {
            return Ok(Some(Begun { path: path.clone(), json, imported }));
        }
    }
    Ok(None)
}

/// The plans near the root, the likeliest first.
///
/// # Errors
/// Where a folder cannot be listed.
pub(super) fn find(io: &Io<'_>, spot: &Spot) -> Result<Vec<PlanFile>, Failure> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let names = io.files.list(&spot.root.join(folder))?;
        for name in names {
            let Some(rank) = rank(&name) else { continue };
            let path = joined(folder, &name);
            found.extend(look(io, spot, path)?.map(|plan| (rank, plan)));
        }
    }
    found.sort_by(|(a, one), (b, other)| (a, &one.path).cmp(&(b, &other.path)));
    Ok(found.into_iter().map(|(_, plan)| plan).collect())
}

/// How likely a name is that of a plan.
fn rank(name: &str) -> Option<usize> {
    let stem =
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase().replace(['-', '_', ' '], "");
    STEMS.iter().position(|known| *known == stem)
}

/// A file, where it holds a plan: of Markdown that is known only once it was read.
fn look(io: &Io<'_>, spot: &Spot, path: String) -> Result<Option<PlanFile>, Failure> {
    let full = spot.root.join(&path);
    if io.files.entry(&full)? != Some(Entry::File) {
        return Ok(None);
    }
    // What cannot be read, for its size or its place, is none that can be taken in.
    let Ok(Some(bytes)) = io.files.read_inside(&spot.root, &full, Limit::Document) else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    let Sniffed { form, noun } = import::sniff(&path, &text);
    let holds_one = match form {
        Form::Json => noun == "a JSON file" && text.contains(['[', '{']),
        Form::Markdown => {
            let text = Text { name: path.as_str().into(), text: text.into_owned().into() };
            let target = Target { name: "roadmap/roadmap.json".into(), text: None, overrides: Vec::new() };
            import::document(&text, &target).is_ok_and(|it| it.counts.0 + it.counts.1 > 0)
        }
        form => form.is_read(),
    };
    Ok(holds_one.then(|| PlanFile::found(spot, path, form, noun)))
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn plans_are_known_by_their_names() {
        assert!(rank("ROADMAP.md") < rank("TODO.md"));
        assert!(rank("todo").is_some() && rank("Project-Plan.csv").is_some());
        assert_eq!((rank("README.md"), rank("package.json"), rank("roadmap-notes.md")), (None, None, None));
    }
}
