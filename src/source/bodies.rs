//! Bodies of issues in files of their own: `bodies/<id>.md` beside the JSON stands for that issue's `body`.
//!
//! The files are a part of the source: they are read with it, belong to its [`super::Document`], and get to their issues where
//! ids are given out. Whatever reads a source (the disk, what git tracks, a revision) reads them here.

use std::{ops::Range, path::Path, sync::Arc};

use super::{Counted, Found, conflict::conflicts_in_markdown, joined, parse::decode};
use crate::json::BOM;
use crate::{
    io::{Entry, Failure, Files, Io, Limit},
    report::{Code, Diagnostic, Place, Report},
};

/// The folder of the bodies, beside the JSON.
pub(crate) const BODIES: &str = "bodies";

/// What the name of a body ends with.
const ENDING: &str = ".md";

/// Where a body is that has a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodyFile {
    /// The file, from the root.
    pub(crate) path: Arc<str>,
    /// How many bytes of the file come before the body: those of a byte order mark.
    pub(crate) start: usize,
}

impl BodyFile {
    /// The place of bytes of the body in its file.
    pub(crate) fn place(&self, range: &Range<usize>) -> Place {
        Place::bytes(Arc::clone(&self.path), self.start + range.start..self.start + range.end)
    }
}

/// What the folder of the bodies holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bodies {
    /// The bodies that were read, in the order of their paths.
    pub(crate) files: Vec<(BodyFile, String)>,
    /// Files from the root that lie too deep or have another ending, and so are nobody's body.
    pub(crate) others: Vec<Arc<str>>,
    /// Whether the whole roadmap is read, so that a file without an issue is nobody's.
    pub(crate) are_judged: bool,
}

/// The name of the file, in the folder of the bodies, that holds the body of an issue.
pub(crate) fn body_name(id: &str) -> String {
    format!("{id}{ENDING}")
}

/// The id that the name of a file in that folder stands for; `None` where it is none of a body.
pub(crate) fn id_of_body(name: &str) -> Option<&str> {
    let (id, ending) = name.split_at_checked(name.len().checked_sub(ENDING.len())?)?;
    (ending.eq_ignore_ascii_case(ENDING) && !id.is_empty() && !id.contains('/')).then_some(id)
}

/// The text of a file that holds a body: it ends its last line, as text files do. An empty body is an empty file.
pub(crate) fn body_text(body: &str) -> String {
    let has_crlf = body.contains("\r\n") && !body.replace("\r\n", "").contains('\n');
    match body {
        "" => String::new(),
        _ if has_crlf || body.ends_with('\r') => format!("{body}\r\n"),
        _ => format!("{body}\n"),
    }
}

/// The body that a text of a file holds, and how many bytes come before it: what ends the last line is the file's.
pub(crate) fn body_in(text: &str) -> (usize, &str) {
    let own = text.strip_prefix(BOM).unwrap_or(text);
    let body = own.strip_suffix("\r\n").or_else(|| own.strip_suffix('\n')).unwrap_or(own);
    (text.len() - own.len(), body)
}

/// Reads one body; `None` where it is no text, which the report says, as it does where git left a conflict in it.
pub(crate) fn read_body(path: &Arc<str>, bytes: Vec<u8>, report: &mut Report) -> Option<(BodyFile, String)> {
    let mut text = decode(path, bytes, report)?;
    conflicts_in_markdown(path, &text).into_iter().for_each(|finding| report.push(finding));
    let (start, length) = {
        let (start, body) = body_in(&text);
        (start, body.len())
    };
    text.truncate(start + length);
    text.drain(..start);
    Some((BodyFile { path: Arc::clone(path), start }, text))
}

/// The files below the folder of the bodies that count, from the root, in order. Where there is no such folder, one look says so.
///
/// # Errors
/// Where the folder cannot be read.
pub(crate) fn body_files(files: &dyn Files, found: &Found) -> Result<Vec<Arc<str>>, Failure> {
    let base = joined(&found.base, BODIES);
    let folder = found.root.join(&base);
    if found.stdin || files.entry(&folder)? != Some(Entry::Folder) {
        return Ok(Vec::new());
    }
    let counted = Counted::new(files, found)?;
    let names = files.walk_inside(&found.root, &folder)?;
    let paths = names.into_iter().filter(|name| !name.split('/').any(|part| part.starts_with('.')));
    Ok(paths
        .map(|name| Arc::from(joined(&base, &name)))
        .filter(|path: &Arc<str>| counted.file(path))
        .collect())
}

/// The name of a file in the folder of the bodies, from there; `None` of any other file.
pub(crate) fn in_bodies<'p>(found: &Found, path: &'p str) -> Option<&'p str> {
    let below = match &*found.base {
        "" => path,
        base => path.strip_prefix(base)?.strip_prefix('/')?,
    };
    below.strip_prefix(BODIES)?.strip_prefix('/').filter(|_| !found.stdin)
}

/// Reads the bodies beside the source. A body is not read through a link: whoever wrote it need not be who runs this.
///
/// # Errors
/// Where one cannot be read.
pub(super) fn read_bodies(io: &Io<'_>, found: &Found, report: &mut Report) -> Result<Bodies, Failure> {
    let paths = body_files(io.files, found)?;
    let mut bodies = Bodies { are_judged: found.whole, ..Bodies::default() };
    if paths.is_empty() || is_link(io.files, &found.root, &joined(&found.base, BODIES), report)? {
        return Ok(bodies);
    }
    for path in paths {
        if in_bodies(found, &path).and_then(id_of_body).is_none() {
            bodies.others.push(path);
            continue;
        }
        if is_link(io.files, &found.root, &path, report)? {
            continue;
        }
        // One that went since it was listed is no longer a part of the source.
        let bytes = io.files.read_inside(&found.root, &found.root.join(&*path), Limit::Document)?;
        bodies.files.extend(bytes.and_then(|bytes| read_body(&path, bytes, report)));
    }
    Ok(bodies)
}

/// Whether a path is a link, which is told then.
fn is_link(files: &dyn Files, root: &Path, path: &str, report: &mut Report) -> Result<bool, Failure> {
    let is_link = files.link(&root.join(path))?.is_some();
    if is_link {
        let message = format!("`{path}` is a link, and bodies are not read through links");
        let found = Diagnostic::new(Code::BadPath, Place::file(path), message);
        report.push(found.help("replace the link by what it leads to, or remove it"));
    }
    Ok(is_link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_comes_back_out_of_its_file_as_it_was() {
        let bodies = [
            "",
            " ",
            "\n",
            "\r",
            "\r\n",
            "a",
            "a\n",
            "a\nb",
            "a\r\nb",
            "a\r\nb\r\n",
            "a\r",
            "a\rb\n",
            "a\r\nb\n",
            "a\n\r\n",
            "a\r\r\n",
            "e\u{301} \u{2028}\u{85}\u{1f389}",
            "```\ncode",
            "a\0b",
        ];
        for body in bodies {
            let text = body_text(body);
            assert_eq!(body_in(&text), (0, body), "{body:?} as {text:?}");
        }
        assert_eq!(body_in("\u{feff}a\n"), (3, "a"), "a mark of the encoding is the file's");
        assert_eq!(body_in("a"), (0, "a"), "whoever wrote it need not end its last line");
    }

    #[test]
    fn names_of_bodies_are_ids_with_an_ending() {
        assert_eq!(id_of_body("DB-001.md"), Some("DB-001"));
        assert_eq!(id_of_body("v1.2.MD"), Some("v1.2"));
        for name in ["DB-001", "DB-001.markdown", ".md", "m/DB-001.md", "é", "md"] {
            assert_eq!(id_of_body(name), None, "{name}");
        }
        let found = |base: &str| Found {
            root: "/r".into(),
            base: base.into(),
            files: Vec::new(),
            whole: true,
            stdin: false,
            name: None,
        };
        assert_eq!(in_bodies(&found("a/b"), "a/b/bodies/x.md"), Some("x.md"));
        assert_eq!(in_bodies(&found(""), "bodies/x/y.md"), Some("x/y.md"));
        for path in ["a/bodies/x.md", "a/b/bodies", "a/b/bodiesx/y.md", "a/bbodies/x"] {
            assert_eq!(in_bodies(&found("a/b"), path), None, "{path}");
        }
    }
}
