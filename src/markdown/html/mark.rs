//! A tag that is about to be written.

use super::{element::Kind, push_attribute};
use std::borrow::Cow;

/// An element with its attributes.
#[derive(Debug, Clone)]
pub(in crate::markdown) struct Mark {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// As they are written, a space before each.
    pub(super) attributes: Cow<'static, str>,
    /// The name of the place that it marks: its id without the body's prefix, if no other has it.
    pub(super) anchor: Option<String>,
    /// The level of a heading as it was written; its name follows from what stands above it.
    pub(super) level: Option<u8>,
    /// The name by which a person's end tag closes it; empty for those that the writer makes.
    pub(super) written: &'static str,
}

impl Mark {
    /// An element of the writer's own.
    pub(in crate::markdown) fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, attributes: Cow::Borrowed(""), anchor: None, level: None, written: "" }
    }

    /// One that shows nothing but what stands in it.
    pub(in crate::markdown) fn silent() -> Self {
        Self::new("", Kind::Silent)
    }

    /// A heading, by the level that it was written with.
    pub(in crate::markdown) fn heading(level: u8) -> Self {
        Self { level: Some(level), ..Self::new("h6", Kind::Lines) }
    }

    /// One that can be linked to.
    pub(in crate::markdown) fn anchored(self, anchor: Option<String>) -> Self {
        Self { anchor, ..self }
    }

    /// One that a person opens.
    pub(super) fn written(mut self, written: &'static str) -> Self {
        self.written = written;
        self
    }

    /// With one more attribute, in quotes and escaped.
    pub(in crate::markdown) fn with(mut self, name: &str, value: &str) -> Self {
        let attributes = self.attributes.to_mut();
        attributes.reserve(name.len() + value.len() + 4);
        attributes.extend([" ", name, "=\""]);
        push_attribute(attributes, value);
        attributes.push('"');
        self
    }

    /// With attributes that are always the same, as they are written: ` class="task"`.
    pub(in crate::markdown) fn with_fixed(mut self, attributes: &'static str) -> Self {
        if self.attributes.is_empty() {
            self.attributes = Cow::Borrowed(attributes);
        } else {
            self.attributes.to_mut().push_str(attributes);
        }
        self
    }

    /// With an attribute if there is a value for it.
    pub(in crate::markdown) fn with_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Whether a person opens and closes it.
    pub(super) fn is_theirs(&self) -> bool {
        !self.written.is_empty()
    }

    /// Whether it is a link, not only an anchor.
    pub(super) fn is_link(&self) -> bool {
        self.name == "a" && self.attributes.starts_with(" href=")
    }
}
