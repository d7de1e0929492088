//! Documents that people write, read as statements: what is said of an item, in which field, by which words, and how sure it is
//! that they say it.
//!
//! There is one reading for all who ask: checks compare what a document says with the source, an import fills a source from it.
//! What words mean is in one place, [`vocabulary`].

pub(crate) mod columns;
pub(crate) mod dates;
pub(crate) mod values;
pub(crate) mod vocabulary;

use serde_json::Value;

use crate::{
    markdown::read::blocks::Words,
    model::fields::{self, Kind},
};
use vocabulary::{Certainty, Field};

/// That a field of an item has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Statement<'d> {
    /// The field.
    pub(crate) field: Field,
    /// The words that say it, with their place.
    pub(crate) words: &'d Words,
    /// Whether what stands above or before them says by itself what they are.
    pub(crate) certainty: Certainty,
}

impl Statement<'_> {
    /// The value as a source writes it, for fields that need no more than these words.
    ///
    /// # Errors
    /// With what to write instead, where the words are no such value.
    pub(crate) fn value(&self) -> Result<Value, &'static str> {
        let text = self.words.text.trim();
        let value = match self.field {
            Field::Labels => return Ok(values::names(self.words).into()),
            Field::Waits => {
                let ids = values::names(self.words);
                return Ok(ids.iter().filter_map(|id| values::id(id)).collect());
            }
            Field::Assignees => values::logins(self.words).map(Value::from),
            Field::State => vocabulary::state(vocabulary::state_words(text)).map(Value::from),
            Field::Plain(fields::Field { kind: Kind::Day, .. }) => values::day(text).map(Value::from),
            Field::Plain(fields::Field { kind: Kind::Points, .. }) => values::number(text),
            Field::Parent => values::id(text).map(Value::from),
            Field::Color => Some(text.trim_start_matches('#').into()),
            _ => Some(text.into()),
        };
        value.ok_or(self.field.help())
    }
}
