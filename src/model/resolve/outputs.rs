//! Where the outputs go, each in a place of its own: what two of them share, or one shares with the source, would be
//! written by one and removed or written over by the other, and never settle.

use crate::{
    model::{Outputs, folded, inside},
    report::{Code, Diagnostic, Place, Report},
    source::{
        Document, POINTER,
        schema::{self, Field},
    },
};

/// What stands beside the JSON and is no output.
const BESIDE: [(&str, &str); 5] = [
    ("roadbook.lock.json", "the lock"),
    ("roadbook.accepted.json", "the file of accepted findings"),
    ("roadbook.journal.jsonl", "the journal of `apply`"),
    ("templates", "the folder of the templates"),
    ("bodies", "the folder of the bodies"),
];

/// A path that is taken.
struct Taken {
    /// Its key in `outputs`; nothing where it is no output.
    key: Option<&'static str>,
    /// What it is, in words.
    what: String,
    path: String,
    /// The path as it is compared.
    folded: String,
    /// Whether the source gives it; else it is where it is by default.
    is_given: bool,
}

impl Taken {
    /// Why both cannot be, seen from this one; `None` where they can.
    fn clash(&self, other: &Self) -> Option<String> {
        let what = &other.what;
        if self.folded == other.folded {
            return Some(format!("it is where {what} stands"));
        }
        if is_below(&self.folded, &other.folded) {
            return Some(format!("it lies in {what}"));
        }
        is_below(&other.folded, &self.folded).then(|| format!("{what} lies in it"))
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The outputs; one that cannot be where it is said to be is told and switched off.
pub(super) fn outputs(
    given: schema::Outputs,
    base: &str,
    document: &Document,
    report: &mut Report,
) -> Outputs {
    let mut taken = not_outputs(base, document);
    let mut outputs = Outputs { summary: None, milestones: None, labels: None, site: None };
    for output in wanted(given, base, document, report) {
        if let Some(why) = taken.iter().find_map(|other| output.clash(other)) {
            let place = output.key.map_or_else(
                || document.head_place("outputs"),
                |key| document.head_place("outputs").key(key),
            );
            report.push(bad_path(place, &output.path, &why));
            continue;
        }
        let path = Some(output.path.clone());
        match output.key {
            Some("summary") => outputs.summary = path,
            Some("milestones") => outputs.milestones = path,
            Some("labels") => outputs.labels = path,
            _ => outputs.site = path,
        }
        taken.push(output);
    }
    outputs
}

/// The outputs that are not switched off, those with a path of their own last; a path that leads out is told.
fn wanted(given: schema::Outputs, base: &str, document: &Document, report: &mut Report) -> Vec<Taken> {
    let wanted = [
        ("summary", given.summary, beside(base, "SUMMARY.md")),
        ("milestones", given.milestones, beside(base, "milestones")),
        ("labels", given.labels, beside(base, "LABELS.md")),
        ("site", given.site, "site".to_owned()),
    ];
    let mut found = Vec::new();
    for (key, given, default) in wanted {
        let is_given = given != Field::Absent;
        let path = match given {
            Field::Absent => default,
            Field::Given(None) => continue,
            Field::Given(Some(path)) => match inside(&path) {
                Ok(path) => path,
                Err(why) => {
                    report.push(bad_path(document.head_place("outputs").key(key), &path, why));
                    continue;
                }
            },
        };
        let what = format!("`{path}`");
        found.push(Taken { key: Some(key), what, folded: folded(&path), path, is_given });
    }
    // Where what the source says meets what is so by default, its own words are at fault.
    found.sort_by_key(|output| output.is_given);
    found
}

/// A path beside the source.
fn beside(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}

/// What must not be an output, nor lie in the folder of one.
fn not_outputs(base: &str, document: &Document) -> Vec<Taken> {
    let of =
        |what: String, path: String| Taken { key: None, what, folded: folded(&path), path, is_given: false };
    let sources = document.files.iter().map(|file| of("the source".into(), file.to_string()));
    let others = BESIDE.iter().map(|(name, what)| of((*what).into(), beside(base, name)));
    let pointer = of("the file that says where the roadmap is".into(), POINTER.into());
    sources.chain(others).chain([pointer]).collect()
}

/// The finding that a path cannot be used.
pub(super) fn bad_path(place: Place, path: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::BadPath, place, format!("`{path}` cannot be used as a path: {why}"))
        .help("write a path from the root of the repository with `/`, as in `docs/roadmap/SUMMARY.md`")
}
