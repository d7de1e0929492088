//! `roadbook words`: all texts that can be replaced; and those that a source replaces, read.

use std::sync::Arc;

use crate::{
    inputs,
    io::{Entry, Failure, Io, Limit, Wire},
    model::Roadmap,
    render::{Override, our_templates},
    report::{Code, Diagnostic, Place, Report, closest, typed},
    source::{self, Found},
    words::{self, Fault, Words, catalogue, say},
};

/// For how many texts that there are not the closest one is looked for.
const MOST_MEANT: usize = 100;

/// Runs the verb.
pub(super) fn run(io: &Io<'_>) -> Result<u8, Failure> {
    let text = serde_json::to_string_pretty(&catalogue(our_templates())).unwrap_or_default() + "\n";
    io.terminal.out_as(Wire::Json, &text)?;
    Ok(0)
}

/// The users' templates and the words; `None` where they cannot be read.
type Given = Option<(Vec<Override>, Option<Arc<Words>>)>;

/// The users' templates and the words that a source names; `None` where they cannot be read, which the report says.
///
/// # Errors
/// Where the disk refuses.
pub(super) fn beside_templates(
    (io, disk): (&Io<'_>, &Io<'_>),
    found: &Found,
    roadmap: &Roadmap,
    report: &mut Report,
) -> Result<Given, Failure> {
    let overrides = inputs::read_overrides(io, found, report)?;
    Ok(overrides.zip(named((io, disk), found, roadmap, report)?))
}

/// Gives a roadmap that its source calls nothing the title that words give it.
pub(super) fn entitled(roadmap: &mut Roadmap, words: Option<&Arc<Words>>) {
    if words.is_some() && !roadmap.head_files.contains_key("title") {
        let _words = words::scope(words);
        roadmap.title = say!("Roadmap");
    }
}

/// The words that a source names, `Some(None)` where it names none; `None` where they cannot be read, which the report says. What
/// is judged may lack a file that the disk has.
///
/// # Errors
/// Where the disk refuses.
pub(super) fn named(
    (io, disk): (&Io<'_>, &Io<'_>),
    found: &Found,
    roadmap: &Roadmap,
    report: &mut Report,
) -> Result<Option<Option<Arc<Words>>>, Failure> {
    let Some(path) = &roadmap.words else { return Ok(Some(None)) };
    let Some(bytes) = io.files.read_inside(&found.root, &found.root.join(path), Limit::Words)? else {
        let is_left_out = disk.files.entry(&found.root.join(path))? == Some(Entry::File);
        let (message, help) = match is_left_out {
            true => (format!("git does not track `{path}`"), format!("git add {}", typed(path))),
            false => (
                format!("there is no `{path}`"),
                "name the file by its path from the root; `roadbook words > FILE` begins one".to_owned(),
            ),
        };
        report.push(Diagnostic::new(Code::BrokenWords, roadmap.head_place("words"), message).help(help));
        return Ok(None);
    };
    let file: Arc<str> = path.as_str().into();
    let Some(texts) = source::parse_texts(&file, bytes, report) else { return Ok(None) };
    let catalogue = catalogue(our_templates());
    let (words, faults) = words::read(texts, roadmap.site.lang.as_deref(), &catalogue);
    let place = Place::json(file);
    for (number, Fault { key, is_unknown, message, help }) in faults.into_iter().enumerate() {
        let place = place.clone().key(&key);
        let keys = catalogue.keys().filter(|_| number < MOST_MEANT);
        report.push(match closest(&key, keys.map(String::as_str)) {
            _ if !is_unknown => Diagnostic::new(Code::WrongWord, place, message).help(help),
            Some(close) => {
                Diagnostic::new(Code::UnknownWord, place.the_key(), message).did_you_mean(Some(close))
            }
            None => Diagnostic::new(Code::UnknownWord, place.the_key(), message)
                .help("`roadbook words` prints all texts"),
        });
    }
    Ok(Some(Some(Arc::new(words))))
}
