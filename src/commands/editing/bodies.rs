//! Bodies that have files of their own, as edits meet them: what changes of a body is changed where the body is.

use std::sync::Arc;

use serde_json::Value;

use super::{Draft, EditSession};
use crate::{
    commands::lookup::Item,
    edit::{Change, Edit, difference},
    io::{Failure, FailureKind},
    model::{Issue, is_device},
    render::PagePath,
    report::{JsonPath, one_line},
    source::{BODIES, BodyFile, body_name, body_text, joined},
};

/// The key of a body.
const BODY: &str = "body";

impl EditSession<'_> {
    /// Whether a body that is new gets a file of its own: where most bodies have one.
    fn keeps_bodies_in_files(&self) -> bool {
        let bodies = self.roadmap.issues.iter().filter(|issue| issue.body.get().is_some());
        let (files, json): (Vec<_>, Vec<_>) = bodies.partition(|issue| issue.body_file.is_some());
        files.len() > json.len()
    }

    /// The file in which the body of an issue with this id is, where it has a file of its own.
    pub(in crate::commands) fn body_path(&self, id: &str) -> Arc<str> {
        let folder = joined(&self.session.found.base, BODIES);
        joined(&folder, &body_name(id)).into()
    }

    /// What a file holds; `None` where it is not there.
    pub(in crate::commands) fn file_text(&self, path: &Arc<str>) -> Result<Option<String>, Failure> {
        let bytes = self.session.tree().read(&PagePath::new(&**path))?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Refuses to write over a file that is there and is nobody's body yet. One with the very text was left by a run that was killed.
    pub(in crate::commands) fn body_is_free(&self, id: &str, text: &str) -> Result<(), Failure> {
        let path = self.body_path(id);
        match self.file_text(&path)? {
            None => Ok(()),
            Some(there) if there == text => Ok(()),
            Some(_) => {
                let message =
                    format!("there is a file `{}` already, which is the body of no issue", one_line(&path));
                Err(Failure::new(FailureKind::Usage, message).help("delete it, or name another id"))
            }
        }
    }

    /// The edit that gives a new issue its body in a file, where bodies have files here and the id can name one everywhere.
    pub(in crate::commands) fn new_body(&self, id: &str, body: &str) -> Result<Option<Edit>, Failure> {
        if body.is_empty() || !self.keeps_bodies_in_files() || is_device(&body_name(id)) {
            return Ok(None);
        }
        let text = body_text(body);
        self.body_is_free(id, &text)?;
        Ok(Some(file_edit(&self.body_path(id), Some(text))))
    }

    /// The text of a body's file with another body in it: a byte order mark, line ends and the end of the file stay as they are.
    pub(super) fn with_body(&self, file: &BodyFile, old: &str, new: &str) -> Result<String, Failure> {
        let text = self.file_text(&file.path)?.unwrap_or_default();
        let (head, tail) = (text.get(..file.start), text.get(file.start + old.len()..));
        let (head, tail) = (head.unwrap_or_default(), tail.unwrap_or_default());
        let is_crlf = text.contains("\r\n") && !new.contains('\r');
        let new = if is_crlf { new.replace('\n', "\r\n") } else { new.to_owned() };
        let ends = tail == "\r\n" || tail == "\n" && !new.ends_with('\r');
        Ok(if ends { format!("{head}{new}{tail}") } else { format!("{head}{}", body_text(&new)) })
    }
}

/// The edit that a file holds this text, or goes.
pub(in crate::commands) fn file_edit(path: &Arc<str>, text: Option<String>) -> Edit {
    Edit { file: Arc::clone(path), path: JsonPath::default(), change: Change::File(text) }
}

impl Draft<'_, '_> {
    /// The edits of the object itself: in the JSON, and in the file that has its body.
    pub(super) fn own_edits(&self) -> Result<Vec<Edit>, Failure> {
        let subject = &self.subject;
        let (mut old, mut new) = (subject.old.clone(), self.new.clone());
        let mut edits = Vec::new();
        if let Item::Issue(ix) = subject.item {
            let issue = &self.desk.roadmap.issues[ix.0];
            if let Some(file) = &issue.body_file {
                edits = self.body_edits(issue, file)?;
                old.remove(BODY);
                new.remove(BODY);
            } else if issue.body.is_absent()
                && let Some(body) = self.text(BODY)
                && let Some(edit) = self.desk.new_body(self.name_to_be(issue), body)?
            {
                edits.push(edit);
                new.remove(BODY);
            }
        }
        edits.extend(difference(&subject.file, &subject.at, subject.fields, &old, &new));
        Ok(edits)
    }

    /// The id that the issue will have.
    fn name_to_be<'n>(&'n self, issue: &'n Issue) -> &'n str {
        let is_own = |(old, _): &&(String, String)| *old == issue.id.as_str();
        self.renamed.iter().rev().find(is_own).map_or(issue.id.as_str(), |(_, new)| new)
    }

    /// What changes of the file that has the body: its text, and with the id its name.
    fn body_edits(&self, issue: &Issue, file: &BodyFile) -> Result<Vec<Edit>, Failure> {
        let old = issue.body.get().map_or("", String::as_str);
        let Some(body) = self.new.get(BODY) else { return Ok(vec![file_edit(&file.path, None)]) };
        let new = body.as_str().unwrap_or_default();
        let id = self.name_to_be(issue);
        let is_moved = !id.eq_ignore_ascii_case(issue.id.as_str());
        let text = if new == old {
            self.desk.file_text(&file.path)?.unwrap_or_default()
        } else {
            self.desk.with_body(file, old, new)?
        };
        Ok(match (is_moved, new == old) {
            (false, true) => Vec::new(),
            (false, false) => vec![file_edit(&file.path, Some(text))],
            (true, _) => {
                self.desk.body_is_free(id, &text)?;
                vec![file_edit(&self.desk.body_path(id), Some(text)), file_edit(&file.path, None)]
            }
        })
    }
}

/// The object of an issue with the body that its file has.
pub(super) fn with_file_body(object: &mut serde_json::Map<String, Value>, issue: &Issue) {
    if let (Some(_), Some(body)) = (&issue.body_file, issue.body.get()) {
        object.insert(BODY.to_owned(), body.as_str().into());
    }
}
