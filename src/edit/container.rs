//! One object or list as a row of pieces, with the white space around each: what is not touched is printed as it was.

use std::{borrow::Cow, ops::Range};

use super::{
    Change, Edit, New, Spot,
    layout::{Layout, begun_line, indentation},
};
use crate::{json::Scanner, model::fields::Field, report::Step};

/// An object or a list.
pub(super) struct Container<'t> {
    layout: &'t Layout<'t>,
    is_object: bool,
    /// The indentation of the line on which it begins.
    outer: &'t str,
    /// Before the first piece.
    first: Cow<'t, str>,
    /// Before a piece that comes after another, where it is new there.
    between: Cow<'t, str>,
    /// After the last piece.
    last: Cow<'t, str>,
    pieces: Vec<Piece<'t>>,
}

/// One member or item.
struct Piece<'t> {
    /// Its place in the old text; `None` for a new one.
    index: Option<usize>,
    /// What its key means; empty for an item of a list.
    key: Cow<'t, str>,
    /// The white space before it; `None` where it was the first or is new.
    before: Option<&'t str>,
    /// The key as it is written, and all up to the value.
    head: Cow<'t, str>,
    value: Cow<'t, str>,
    /// The white space between it and its comma; `None` where it was the last or is new.
    after: Option<&'t str>,
}

impl<'t> Container<'t> {
    /// Reads the container that stands at these bytes; `None` where no container does.
    pub(super) fn read(text: &'t str, range: Range<usize>, layout: &'t Layout<'t>) -> Option<Self> {
        let (own, outer) = (text.get(range.clone())?, indentation(line_of(text, range.start)));
        let is_object = own.starts_with('{');
        let close = if is_object { b'}' } else { b']' };
        let mut scanner = Scanner::new(own);
        scanner.eat(if is_object { b'{' } else { b'[' }).then_some(())?;
        let (mut pieces, mut spaces, mut start) = (Vec::new(), Vec::new(), scanner.at());
        while scanner.peek()? != close {
            spaces.push(start..scanner.at());
            pieces.push(Piece::read(own, &mut scanner, is_object, pieces.len())?);
            let end = scanner.at();
            scanner.peek()?;
            spaces.push(end..scanner.at());
            scanner.eat(b',');
            start = scanner.at();
        }
        let space = |n: usize| spaces.get(n).and_then(|range| own.get(range.clone()));
        let count = pieces.len();
        for (n, piece) in pieces.iter_mut().enumerate() {
            piece.before = space(2 * n).filter(|_| n > 0);
            piece.after = space(2 * n + 1).filter(|_| n + 1 < count);
        }
        let (first, last) = (space(0).unwrap_or_default(), space(2 * count.max(1) - 1).unwrap_or_default());
        let mut container = Self {
            layout,
            is_object,
            outer,
            first: first.into(),
            between: between(&pieces, first, layout),
            last: last.into(),
            pieces,
        };
        if count == 0 {
            container.open_up();
        }
        Some(container)
    }

    /// Lays out an empty container: an object opens up over several lines, unless its file is one line.
    fn open_up(&mut self) {
        (self.first, self.between, self.last) = ("".into(), self.layout.space.into(), "".into());
        if self.is_object && !self.layout.is_flat {
            self.over_lines();
        }
    }

    fn over_lines(&mut self) {
        self.first = self.layout.line(&format!("{}{}", self.outer, self.layout.step)).into();
        self.between = self.first.clone();
        self.last = self.layout.line(self.outer).into();
    }

    /// Does an edit that was found to fit.
    pub(super) fn change(&mut self, edit: &Edit) {
        let place = edit.path.0.last().and_then(|step| self.place(step));
        match (&edit.change, place) {
            (Change::Append(new), _) => self.append(new),
            (Change::Set(new, _), Some(place)) => self.pieces[place].value = self.written(new, place).into(),
            (Change::Set(new, spot), None) => {
                if let Some(Step::Key(key)) = edit.path.0.last() {
                    self.insert(key, new, *spot);
                }
            }
            (Change::Remove, Some(place)) => drop(self.pieces.remove(place)),
            (Change::Remove, None) | (Change::File(_), _) => {}
        }
    }

    /// Where a member or item stands now.
    fn place(&self, step: &Step) -> Option<usize> {
        self.pieces.iter().position(|piece| match step {
            Step::Key(key) => self.is_object && piece.key == *key,
            Step::Index(index) => !self.is_object && piece.index == Some(*index),
        })
    }

    /// A value as it is written in the place of a piece.
    fn written(&self, new: &New, place: usize) -> String {
        let before =
            if place == 0 { &*self.first } else { self.pieces[place].before.unwrap_or(&self.between) };
        self.layout.written(new, begun_line(before))
    }

    fn insert(&mut self, key: &str, new: &New, spot: Spot) {
        let place = match spot {
            Spot::First => 0,
            Spot::After(other) => self.place(&Step::Key(other.to_owned())).map_or(0, |place| place + 1),
            Spot::Among(fields) => {
                let before = fields.iter().rev().skip_while(|field| field.key != key);
                let place = |field: &Field| self.place(&Step::Key(field.key.to_owned()));
                before.skip(1).find_map(place).map_or(0, |place| place + 1)
            }
            Spot::Behind(keys) => {
                let place = |key: &&str| self.place(&Step::Key((*key).to_owned()));
                keys.iter().filter_map(place).max().map_or(0, |place| place + 1)
            }
            Spot::Last => self.pieces.len(),
        };
        let before = if place == 0 { &self.first } else { &self.between };
        let value = self.layout.written(new, begun_line(before));
        let head = match self.pieces.first() {
            Some(other) => colon(&other.head),
            None => format!(":{}", self.layout.space),
        };
        let head = format!("{}{head}", serde_json::Value::from(key));
        self.pieces.insert(place, Piece::new(key.to_owned(), head, value));
    }

    fn append(&mut self, new: &New) {
        let is_inline =
            |piece: &Piece<'_>| piece.value.starts_with(['{', '[']) && !piece.value.contains('\n');
        let is_part = matches!(new, New::Object(_) | New::Value(serde_json::Value::Object(_)));
        if self.pieces.is_empty() && is_part && !self.layout.is_flat && begun_line(&self.first).is_none() {
            self.over_lines();
        }
        let before = if self.pieces.is_empty() { &self.first } else { &self.between };
        let indentation = begun_line(before).filter(|_| !self.pieces.last().is_some_and(is_inline));
        let mut value = self.layout.written(new, indentation);
        let is_padded = |piece: &Piece<'_>| is_inline(piece) && piece.value.starts_with("{ ");
        if is_part && indentation.is_none() && self.pieces.last().is_some_and(is_padded) {
            value = format!("{{ {} }}", &value[1..value.len() - 1]);
        }
        self.pieces.push(Piece::new(String::new(), String::new(), value));
    }

    /// Prints the container: untouched pieces as they were.
    pub(super) fn print(&self, out: &mut String) {
        out.push(if self.is_object { '{' } else { '[' });
        for (n, piece) in self.pieces.iter().enumerate() {
            let before = if n == 0 { &*self.first } else { piece.before.unwrap_or(&self.between) };
            let is_last = n + 1 == self.pieces.len();
            let after = if is_last { &*self.last } else { piece.after.unwrap_or_default() };
            let comma = if is_last { "" } else { "," };
            // Of the last piece the white space comes before the bracket, of all others before the comma.
            out.extend([before, &*piece.head, &*piece.value, after, comma]);
        }
        out.push(if self.is_object { '}' } else { ']' });
    }
}

impl<'t> Piece<'t> {
    fn new(key: String, head: String, value: String) -> Self {
        Self {
            index: None,
            key: key.into(),
            before: None,
            head: head.into(),
            value: value.into(),
            after: None,
        }
    }

    fn read(text: &'t str, scanner: &mut Scanner<'t>, is_object: bool, index: usize) -> Option<Self> {
        let start = scanner.at();
        let mut key = Cow::Borrowed("");
        if is_object {
            let range = scanner.string()?;
            key = scanner.decode(&range)?;
            scanner.eat(b':').then_some(())?;
            scanner.peek()?;
        }
        let head = text.get(start..scanner.at())?;
        let value = text.get(scanner.value()?)?;
        let (head, value) = (head.into(), value.into());
        Some(Self { index: Some(index), key, before: None, head, value, after: None })
    }
}

/// What stands before a piece that comes after another, as far as the pieces show.
fn between<'t>(pieces: &[Piece<'t>], first: &'t str, layout: &Layout<'_>) -> Cow<'t, str> {
    match pieces {
        // What stands behind a comma at the end of its line, blanks and empty lines, is nobody's habit.
        [_, Piece { before: Some(before), .. }, ..] => match begun_line(before) {
            Some(indentation) => layout.line(indentation).into(),
            None => (*before).into(),
        },
        _ if begun_line(first).is_some() => first.into(),
        [only] if only.head.ends_with(':') => "".into(),
        _ => layout.space.into(),
    }
}

/// What stands between a key and its value, unless that breaks the line.
fn colon(head: &str) -> String {
    let key = head.rfind('"').map_or(0, |end| end + 1);
    let colon = &head[key..];
    if colon.contains('\n') { ": ".into() } else { colon.into() }
}

/// The line that holds this byte.
fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    &text[start..]
}
