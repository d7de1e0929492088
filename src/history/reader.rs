//! Editions out of a repository: each distinct file is read and parsed once, a few revisions at a time, so that what is
//! held is in proportion to the source and not to its history.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;

use super::{Edition, objects::Objects, whereabouts::Whereabouts};
use crate::{
    io::Failure,
    model::resolve,
    report::Report,
    source::{Lock, Parsed, merge, parse, parse_lock},
};

/// How many revisions are held at a time.
const AT_ONCE: usize = 8;

/// What an edition was read from, or why it cannot be read.
pub(super) type Read = Result<Box<Edition>, String>;

/// The contents of files, by the names of their objects.
type Contents = Vec<(Wanted, Option<Vec<u8>>)>;

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    id: String,
    path: String,
    is_lock: bool,
}

/// A file that was read.
enum File {
    Source(Box<Parsed>),
    Lock(Box<Lock>),
}

type Known = BTreeMap<String, Arc<Result<File, String>>>;

/// Reads the editions at these places, in their order, and hands each on with its number.
///
/// # Errors
/// Where git fails, or `take` does.
pub(super) fn read(
    objects: &mut Objects,
    places: &[&Whereabouts],
    mut take: impl FnMut(usize, Read) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut known = Known::new();
    let chunks: Vec<_> = places.chunks(AT_ONCE).collect();
    let mut contents = match chunks.first() {
        Some(first) => fetch(objects, &wanted(first, &BTreeSet::new()))?,
        None => return Ok(()),
    };
    let mut number = 0;
    for (at, chunk) in chunks.iter().enumerate() {
        let own: BTreeSet<_> = chunk.iter().flat_map(|place| ids(place)).collect();
        let ahead = chunks.get(at + 1).map(|next| wanted(next, &own)).unwrap_or_default();
        let now = std::mem::take(&mut contents);
        // git unpacks the next files while these are parsed.
        let (next, editions) = rayon::join(|| fetch(objects, &ahead), || editions(chunk, now, &mut known));
        contents = next?;
        for edition in editions {
            take(number, edition)?;
            number += 1;
        }
        let needed: BTreeSet<_> =
            chunks.get(at + 1).into_iter().copied().flatten().flat_map(|p| ids(p)).collect();
        known.retain(|id, _| needed.contains(id.as_str()));
    }
    Ok(())
}

fn ids(place: &Whereabouts) -> impl Iterator<Item = &str> {
    place.files.iter().chain(&place.lock).map(|(_, id)| id.as_str())
}

/// The files of some places, each once, without those that are known.
fn wanted(places: &[&Whereabouts], known: &BTreeSet<&str>) -> BTreeSet<Wanted> {
    let file =
        |(path, id): &(String, String), is_lock| Wanted { id: id.clone(), path: path.clone(), is_lock };
    let all = places.iter().flat_map(|place| {
        let sources = place.files.iter().map(move |own| file(own, false));
        sources.chain(place.lock.iter().map(move |own| file(own, true)))
    });
    let mut seen = BTreeSet::new();
    all.filter(|file| !known.contains(file.id.as_str()) && seen.insert(file.id.clone())).collect()
}

fn fetch(objects: &mut Objects, wanted: &BTreeSet<Wanted>) -> Result<Contents, Failure> {
    wanted.iter().map(|file| Ok((file.clone(), objects.blob(&file.id)?))).collect()
}

/// The editions of one chunk.
fn editions(chunk: &[&Whereabouts], contents: Contents, known: &mut Known) -> Vec<Read> {
    let read: Vec<_> = contents
        .into_par_iter()
        .map(|(file, bytes)| (file.id.clone(), Arc::new(open(&file, bytes))))
        .collect();
    known.extend(read);
    chunk.par_iter().map(|place| edition(place, known)).collect()
}

/// Reads one file. Keys that this version does not know are passed over, as older or newer versions may have had them;
/// any other fault makes the revision one that cannot be told from others.
fn open(file: &Wanted, bytes: Option<Vec<u8>>) -> Result<File, String> {
    let bytes = bytes.ok_or_else(|| format!("`{}` is larger than a roadmap can be", file.path))?;
    let name: Arc<str> = file.path.as_str().into();
    let mut report = Report::default();
    let read = match file.is_lock {
        true => parse_lock(&name, bytes, &mut report).map(|lock| File::Lock(Box::new(lock))),
        false => parse(&name, bytes, &mut report).map(|parsed| File::Source(Box::new(parsed))),
    };
    let fault = report.iter().find(|finding| finding.code != "unknown-key");
    match (fault, read) {
        (None, Some(read)) => Ok(read),
        (Some(fault), _) => Err(format!("`{}`: {}", file.path, fault.message)),
        (None, None) => Err(format!("`{}` cannot be read", file.path)),
    }
}

fn edition(place: &Whereabouts, known: &Known) -> Read {
    let mut files = Vec::new();
    for (path, id) in &place.files {
        match known.get(id).map(|file| &**file) {
            Some(Ok(File::Source(parsed))) => files.push((Arc::from(path.as_str()), Parsed::clone(parsed))),
            Some(Err(why)) => return Err(why.clone()),
            Some(Ok(File::Lock(_))) | None => return Err(format!("`{path}` cannot be read")),
        }
    }
    let lock = match place.lock.as_ref().and_then(|(_, id)| known.get(id)).map(|file| &**file) {
        Some(Ok(File::Lock(lock))) => Some(&**lock),
        Some(Err(why)) => return Err(why.clone()),
        Some(Ok(File::Source(_))) | None => None,
    };
    let mut report = Report::default();
    let document = merge(files, &mut report);
    // References that lead nowhere are dropped: what is told from others is what can be.
    let (roadmap, _) = resolve(document, "", lock);
    Ok(Box::new(Edition::new(roadmap)))
}
