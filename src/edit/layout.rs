//! How a file is laid out, and how a new value is written so that it looks like its neighbours.

use serde_json::Value;

use super::New;

/// How long a list may be that stands on one line, in bytes.
const WIDEST: usize = 100;

/// The habits of a file's author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout<'t> {
    /// How its lines end.
    pub(super) line_end: &'static str,
    /// What one step of indentation is.
    pub(super) step: &'t str,
    /// Whether it stands on one line.
    pub(super) is_flat: bool,
    /// What stands after a colon, and after a comma on the same line.
    pub(super) space: &'static str,
}

impl<'t> Layout<'t> {
    /// The layout of a text.
    pub(super) fn of(text: &'t str) -> Self {
        let mut lines = text.trim_end().split('\n').skip(1).peekable();
        let is_flat = lines.peek().is_none();
        let step = lines.map(indentation).find(|step| !step.is_empty()).unwrap_or("  ");
        let has_crlf = text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
        let is_dense = text.split_once("\":").is_some_and(|(_, rest)| !rest.starts_with([' ', '\t']));
        Self {
            line_end: if has_crlf { "\r\n" } else { "\n" },
            step,
            is_flat,
            space: if is_dense { "" } else { " " },
        }
    }

    /// A new line with this indentation.
    pub(super) fn line(&self, indentation: &str) -> String {
        format!("{}{indentation}", self.line_end)
    }

    /// A value as it is written; over several lines, each with this indentation or a deeper one, where one is given.
    pub(super) fn written(&self, new: &New, indentation: Option<&str>) -> String {
        match new {
            New::Value(Value::Object(members)) => {
                let members = members.iter().map(|(key, value)| (key.as_str(), New::Value(value.clone())));
                self.object(members.collect(), indentation)
            }
            New::Value(Value::Array(items)) => {
                let items: Vec<_> = items.iter().cloned().map(New::Value).collect();
                self.list(&items, indentation)
            }
            New::Value(value) => value.to_string(),
            New::Ascii(text) => ascii(text),
            New::List(items) => self.list(items, indentation),
            New::Object(members) => {
                let members = members.iter().map(|(key, value)| (key.as_str(), value.clone()));
                self.object(members.collect(), indentation)
            }
        }
    }

    fn object(&self, members: Vec<(&str, New)>, indentation: Option<&str>) -> String {
        let deeper = indentation.map(|indentation| format!("{indentation}{}", self.step));
        let member = |(key, value): &(&str, New)| {
            format!("{}:{}{}", Value::from(*key), self.space, self.written(value, deeper.as_deref()))
        };
        let members: Vec<_> = members.iter().map(member).collect();
        self.enclosed('{', &members, '}', indentation)
    }

    fn list(&self, items: &[New], indentation: Option<&str>) -> String {
        let flat: Vec<_> = items.iter().map(|item| self.written(item, None)).collect();
        let is_short = flat.iter().map(String::len).sum::<usize>() <= WIDEST;
        let has_parts = items.iter().any(|item| {
            matches!(
                item,
                New::Object(_) | New::List(_) | New::Value(Value::Object(_)) | New::Value(Value::Array(_))
            )
        });
        let Some(outer) = indentation.filter(|_| has_parts || !is_short) else {
            return self.enclosed('[', &flat, ']', None);
        };
        let deeper = format!("{outer}{}", self.step);
        let items: Vec<_> = items.iter().map(|item| self.written(item, Some(&deeper))).collect();
        self.enclosed('[', &items, ']', indentation)
    }

    fn enclosed(&self, open: char, parts: &[String], close: char, indentation: Option<&str>) -> String {
        match indentation {
            Some(indentation) if !parts.is_empty() => {
                let inner = self.line(&format!("{indentation}{}", self.step));
                let parts = parts.join(&format!(",{inner}"));
                format!("{open}{inner}{parts}{}{close}", self.line(indentation))
            }
            _ => format!("{open}{}{close}", parts.join(&format!(",{}", self.space))),
        }
    }
}

/// A text in JSON with nothing but ASCII in it.
fn ascii(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    let mut units = [0; 2];
    for c in Value::from(text).to_string().chars() {
        match c {
            '\x7f' | '\u{80}'.. => {
                c.encode_utf16(&mut units)
                    .iter()
                    .for_each(|unit| written.push_str(&format!("\\u{unit:04x}")));
            }
            c => written.push(c),
        }
    }
    written
}

/// The white space that a line begins with.
pub(super) fn indentation(line: &str) -> &str {
    let text = line.trim_start_matches([' ', '\t']);
    &line[..line.len() - text.len()]
}

/// The indentation of what stands behind this white space, where that begins a line.
pub(super) fn begun_line(space: &str) -> Option<&str> {
    space.rsplit_once('\n').map(|(_, indentation)| indentation)
}
