//! Front matter: what is between `---` or `+++` at the top of a document says something of the whole, and is no part of its text.

use std::sync::Arc;

use super::{Read, Reading};
use crate::{
    import::tree::{toml, yaml},
    report::{Code, Diagnostic, Place},
};

/// The front matter of a document.
pub(super) struct Matter {
    /// The document with spaces in its place: bytes and lines stay where they are.
    pub(super) text: String,
    name: Arc<str>,
    read: Read,
}

/// The front matter, where a document begins with one.
pub(super) fn of(name: &Arc<str>, text: &str) -> Option<Matter> {
    let mark = ["---", "+++"]
        .into_iter()
        .find(|mark| text.lines().next().is_some_and(|line| line.trim() == *mark))?;
    let first = text.find('\n')? + 1;
    let mut end = first;
    let close = text[first..].split_inclusive('\n').find_map(|line| {
        let start = end;
        end += line.len();
        (line.trim_end() == mark).then_some(start)
    })?;
    let blank = |text: &str| {
        text.chars()
            .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) })
            .collect::<String>()
    };
    let inside = format!("{}{}", blank(&text[..first]), &text[first..close]);
    let parsed = if mark == "---" { yaml(&inside) } else { toml(&inside) };
    let mut reading = Reading::new(name, text, false);
    match parsed {
        // A line between two rules is no front matter.
        Ok(roots) if !roots.iter().any(|root| root.map().is_some()) => return None,
        Ok(roots) => roots.iter().for_each(|root| reading.matter(root)),
        Err(fault) => {
            let message = format!("this front matter was left out: {}", fault.message);
            let found =
                Diagnostic::new(Code::ImportLeftOut, Place::bytes(Arc::clone(name), fault.range), message);
            reading.report.push(found.warning().help(fault.help));
        }
    }
    let text = format!("{}{}", blank(&text[..end]), &text[end..]);
    Some(Matter { text, name: Arc::clone(name), read: reading.into_read() })
}

impl Matter {
    /// The repository that it states.
    pub(super) fn repository(&self) -> Option<&str> {
        self.read.draft.head.text("repository")
    }

    /// Puts what it says beside what the text says, which goes before.
    pub(super) fn put_before(mut read: Read, matter: Self) -> Read {
        if matter.repository().is_some() {
            read.linked = None;
        }
        for (key, said) in matter.read.draft.head.fields {
            if read.draft.head.fields.get(key).is_some_and(|own| own.value != said.value) {
                let place = Place::bytes(Arc::clone(&matter.name), said.range);
                let message =
                    format!("`{key}` of the front matter was left out: the document says another one");
                read.report.push(
                    Diagnostic::new(Code::ImportLeftOut, place, message)
                        .warning()
                        .help("keep one of the two"),
                );
            } else {
                read.draft.head.fields.entry(key).or_insert(said);
            }
        }
        read.report.extend(matter.read.report);
        read
    }
}
