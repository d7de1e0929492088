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
    report::{Code, Report},
    source::{Bodies, BodyFile, Lock, Parsed, id_of_body, joined, merge, parse, parse_lock, read_body},
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
    part: Part,
}

/// Which part of a source a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Source,
    Lock,
    Body,
}

/// A file that was read.
enum File {
    Source(Box<Parsed>),
    Lock(Box<Lock>),
    Body(BodyFile, String),
}

/// All files of one revision.
struct Revision {
    files: Vec<Wanted>,
}

impl Revision {
    /// The files at a place, those in the folder of the bodies among them.
    fn of(objects: &mut Objects, place: &Whereabouts) -> Result<Self, Failure> {
        let wanted = |path: &str, id: &str, part| Wanted { id: id.to_owned(), path: path.to_owned(), part };
        let mut files: Vec<_> = place.files.iter().map(|(path, id)| wanted(path, id, Part::Source)).collect();
        files.extend(place.lock.iter().map(|(path, id)| wanted(path, id, Part::Lock)));
        if let Some((folder, tree)) = &place.bodies {
            let tree = objects.tree(tree)?;
            let bodies = tree.iter().filter(|(name, entry)| entry.is_file && id_of_body(name).is_some());
            files.extend(bodies.map(|(name, entry)| wanted(&joined(folder, name), &entry.id, Part::Body)));
        }
        Ok(Self { files })
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.id.as_str())
    }
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
    let mut chunks = places.chunks(AT_ONCE);
    let Some(first) = chunks.next() else { return Ok(()) };
    let (mut revisions, mut contents) = ahead(objects, first, &BTreeSet::new())?;
    let mut number = 0;
    loop {
        let next = chunks.next().unwrap_or_default();
        let own: BTreeSet<_> = revisions.iter().flat_map(Revision::ids).collect();
        let now = std::mem::take(&mut contents);
        // git unpacks the next files while these are parsed.
        let (fetched, editions) =
            rayon::join(|| ahead(objects, next, &own), || editions(&revisions, now, &mut known));
        (revisions, contents) = fetched?;
        for edition in editions {
            take(number, edition)?;
            number += 1;
        }
        if next.is_empty() {
            return Ok(());
        }
        let needed: BTreeSet<_> = revisions.iter().flat_map(Revision::ids).collect();
        known.retain(|id, _| needed.contains(id.as_str()));
    }
}

/// The files at some places, and the contents of each that is not known yet, once.
fn ahead(
    objects: &mut Objects,
    places: &[&Whereabouts],
    known: &BTreeSet<&str>,
) -> Result<(Vec<Revision>, Contents), Failure> {
    let revisions: Vec<_> =
        places.iter().map(|place| Revision::of(objects, place)).collect::<Result<_, _>>()?;
    let mut seen = BTreeSet::new();
    let files = revisions.iter().flat_map(|revision| &revision.files);
    let wanted = files.filter(|file| !known.contains(file.id.as_str()) && seen.insert(&file.id));
    let contents = fetch(objects, wanted)?;
    Ok((revisions, contents))
}

fn fetch<'w>(objects: &mut Objects, wanted: impl Iterator<Item = &'w Wanted>) -> Result<Contents, Failure> {
    wanted.map(|file| Ok((file.clone(), objects.blob(&file.id)?))).collect()
}

/// The editions of one chunk.
fn editions(chunk: &[Revision], contents: Contents, known: &mut Known) -> Vec<Read> {
    let read: Vec<_> = contents
        .into_par_iter()
        .map(|(file, bytes)| (file.id.clone(), Arc::new(open(&file, bytes))))
        .collect();
    known.extend(read);
    chunk.par_iter().map(|revision| edition(revision, known)).collect()
}

/// Reads one file. Keys that this version does not know are passed over, as older or newer versions may have had them;
/// any other fault makes the revision one that cannot be told from others.
fn open(file: &Wanted, bytes: Option<Vec<u8>>) -> Result<File, String> {
    let bytes = bytes.ok_or_else(|| format!("`{}` is larger than a roadmap can be", file.path))?;
    let name: Arc<str> = file.path.as_str().into();
    let mut report = Report::default();
    let read = match file.part {
        Part::Lock => parse_lock(&name, bytes, &mut report).map(|lock| File::Lock(Box::new(lock))),
        Part::Source => parse(&name, bytes, &mut report).map(|parsed| File::Source(Box::new(parsed))),
        Part::Body => read_body(&name, bytes, &mut report).map(|(file, text)| File::Body(file, text)),
    };
    let fault = report.iter().find(|finding| finding.code != Code::UnknownKey);
    match (fault, read) {
        (None, Some(read)) => Ok(read),
        (Some(fault), _) => Err(format!("`{}`: {}", file.path, fault.message)),
        (None, None) => Err(format!("`{}` cannot be read", file.path)),
    }
}

fn edition(revision: &Revision, known: &Known) -> Read {
    let (mut files, mut lock, mut bodies) = (Vec::new(), None, Bodies::default());
    for Wanted { id, path, part } in &revision.files {
        match (part, known.get(id).map(|file| &**file)) {
            (_, Some(Err(why))) => return Err(why.clone()),
            (Part::Source, Some(Ok(File::Source(parsed)))) => {
                files.push((Arc::from(path.as_str()), Parsed::clone(parsed)));
            }
            (Part::Lock, Some(Ok(File::Lock(read)))) => lock = Some(&**read),
            // Two bodies that are equal are one object, under two paths.
            (Part::Body, Some(Ok(File::Body(file, text)))) => {
                let path = Arc::from(path.as_str());
                bodies.files.push((BodyFile { path, start: file.start }, text.clone()));
            }
            _ => return Err(format!("`{path}` cannot be read")),
        }
    }
    let mut report = Report::default();
    let mut document = merge(files, &mut report);
    document.bodies = bodies;
    // References that lead nowhere are dropped: what is told from others is what can be.
    let (roadmap, _) = resolve(document, "", lock);
    Ok(Box::new(Edition::new(roadmap)))
}
