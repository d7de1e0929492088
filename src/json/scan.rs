//! Steps through the bytes of a JSON text, without a tree and without recursion.
//!
//! The scanner trusts the text: what it is asked to skip it skips by its brackets and quotes alone. On a text that is
//! no JSON it ends early with `None`, and never panics.

use std::{borrow::Cow, ops::Range};

/// The byte order mark that an editor may have put before the JSON.
pub(crate) const BOM: &str = "\u{feff}";

/// A place in a JSON text, and the ways to move on from it. Offsets are bytes from the start, a byte order mark included.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    /// Stands before the first value of the text.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: if text.starts_with(BOM) { BOM.len() } else { 0 } }
    }

    /// Where it stands.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The next byte that is no white space; it stands before it afterwards.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let rest = self.rest();
        let space = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.at += space;
        rest.get(space).copied()
    }

    /// Goes over the next byte, where it is the one that is asked for.
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Goes over a string and gives its range, quotes included.
    pub(crate) fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if !self.eat(b'"') {
            return None;
        }
        loop {
            let rest = self.rest();
            let run = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            self.at += run + 1;
            if rest[run] == b'"' {
                return Some(start..self.at);
            }
            let escaped = matches!(rest.get(run + 1), Some(b'"' | b'\\'));
            self.at += usize::from(escaped);
        }
    }

    /// Goes over a whole value, whatever it is, and gives its range.
    pub(crate) fn value(&mut self) -> Option<Range<usize>> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => return self.string(),
            b'{' | b'[' => self.container()?,
            _ => self.word()?,
        }
        Some(start..self.at)
    }

    /// The text of a key or string that [`Scanner::string`] went over; `None` where an escape in it is wrong.
    pub(crate) fn decode(&self, string: &Range<usize>) -> Option<Cow<'t, str>> {
        let quoted = self.text.get(string.clone())?;
        if quoted.contains('\\') {
            return serde_json::from_str(quoted).ok().map(Cow::Owned);
        }
        quoted.get(1..quoted.len() - 1).map(Cow::Borrowed)
    }

    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Goes over an object or list by counting brackets.
    fn container(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            let run = self.rest().iter().position(|byte| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']'))?;
            self.at += run;
            match self.rest()[0] {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                _ => depth -= 1,
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Goes over a number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<()> {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b':' | b']' | b'}' | b'"');
        let rest = self.rest();
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        self.at += length;
        (length > 0).then_some(())
    }
}
