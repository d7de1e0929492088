//! Sentences made of numbers that lead to what they count.

use serde::Serialize;

/// A piece of a sentence.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// Plain text.
    text: String,
    /// What it leads to; empty where it leads nowhere.
    link: String,
    /// Whether it is set off.
    strong: bool,
    /// Whether it is what somebody calls an item.
    name: bool,
}

/// A sentence or two: what the component `say` may know.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Say(Vec<Piece>);

impl Say {
    /// Whether it ends in a full stop.
    pub(super) fn is_ended(&self) -> bool {
        self.0.last().is_some_and(|last| last.text.ends_with('.'))
    }

    /// Adds words.
    pub(super) fn words(&mut self, text: &str) -> &mut Self {
        match self.0.last_mut().filter(|last| **last == Piece { text: last.text.clone(), ..Piece::default() })
        {
            Some(last) => last.text.push_str(text),
            None => self.0.push(Piece { text: text.to_owned(), ..Piece::default() }),
        }
        self
    }

    /// Adds a number with its words that leads to what it counts.
    pub(super) fn number(&mut self, text: String, link: &str) -> &mut Self {
        self.0.push(Piece { text, link: link.to_owned(), ..Piece::default() });
        self
    }

    /// The same, set off.
    pub(super) fn strong(&mut self, text: String, link: &str) -> &mut Self {
        self.0.push(Piece { text, link: link.to_owned(), strong: true, name: false });
        self
    }

    /// Adds what an item is called.
    pub(super) fn name(&mut self, text: &str, link: String) -> &mut Self {
        self.0.push(Piece { text: text.to_owned(), link, strong: false, name: true });
        self
    }
}
