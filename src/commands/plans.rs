//! Plans that a folder holds and that are no roadmap yet: what `import` takes, and JSON that is meant as one.

use super::spot::Spot;
use crate::{
    import::{self, Form, Sniffed, Target, Text},
    io::{Entry, Failure, Io, Limit},
    report::typed,
    source::joined,
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
}

impl PlanFile {
    /// The command that makes a roadmap of it.
    pub(super) fn command(&self) -> String {
        match self.form {
            Form::Json => format!("roadbook init --roadmap {}", typed(&self.path)),
            _ => format!("roadbook import {}", typed(&self.path)),
        }
    }
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
    Ok(holds_one.then_some(PlanFile { path, form, noun }))
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
