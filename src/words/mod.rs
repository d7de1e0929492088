//! The texts that the program makes for readers, replaced by those of a file that the source names (`words`).
//!
//! The English text is its own key. Texts of templates and scripts are replaced in these, once, before any page is made. Texts
//! that Rust makes are looked up where they are made, through [`say!`] and [`word!`]: within a [`scope`], which a page is made
//! in, and nowhere else. So messages for the terminal and data for programs stay English, and without a file nothing is looked up.

mod catalogue;
mod counting;
mod markup;
mod read;
mod script;

use std::{borrow::Cow, cell::RefCell, collections::BTreeMap, fmt::Display, sync::Arc};

use intl_pluralrules::PluralRules;
use serde::Serializer;

use self::counting::category;
pub(crate) use catalogue::{English, catalogue};
pub(crate) use markup::translated;
pub(crate) use read::{Fault, read};
pub(crate) use script::translated as translated_script;

/// A text made of a pattern and values, as `format!` does: replaced where the pattern is. What `{…}` stands for is given by
/// name or in order.
macro_rules! say {
    ($text:literal $(,)?) => {
        $crate::words::of($text).into_owned()
    };
    ($text:literal, $($name:ident = $value:expr),+ $(,)?) => {
        if $crate::words::is_replacing() {
            $crate::words::said($text, &[$((stringify!($name), &$value)),+])
        } else {
            format!($text, $($name = $value),+)
        }
    };
    ($text:literal, $($value:expr),+ $(,)?) => {
        if $crate::words::is_replacing() {
            $crate::words::said($text, &[$(("", &$value)),+])
        } else {
            format!($text, $($value),+)
        }
    };
}

/// A text that is replaced later, by [`of`] or where it is serialized ([`serialize`]): this marks it for the catalogue.
macro_rules! word {
    ($text:literal) => {
        $text
    };
}

pub(crate) use {say, word};

/// What takes the place of English texts.
pub(crate) struct Words {
    texts: BTreeMap<String, Text>,
    /// How the language counts.
    rules: Option<PluralRules>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("texts", &self.texts).finish_non_exhaustive()
    }
}

/// What takes the place of one.
#[derive(Debug)]
enum Text {
    One(String),
    /// By how the language counts: `one`, `few`, `many`, `other`.
    Plural(BTreeMap<String, String>),
}

/// What a thread replaces texts by.
#[derive(Debug, Clone)]
struct Here {
    words: Arc<Words>,
    /// Whether they go into Markdown as they are, and so have to be escaped.
    is_markdown: bool,
}

thread_local! {
    /// The words of the page that this thread makes.
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
}

/// While it lasts, texts that this thread makes are replaced; then it is as before.
#[derive(Debug)]
pub(crate) struct Scope(Option<Here>);

/// Begins to replace texts; `None` leaves them English.
#[must_use]
pub(crate) fn scope(words: Option<&Arc<Words>>) -> Scope {
    let here = words.map(|words| Here { words: Arc::clone(words), is_markdown: false });
    Scope(HERE.with(|cell| cell.replace(here)))
}

/// Begins to escape what takes the place of texts, for Markdown.
#[must_use]
pub(crate) fn markdown() -> Scope {
    escaping(true)
}

/// Makes texts that whoever shows them escapes, on a page of Markdown as elsewhere.
pub(crate) fn plain<T>(make: impl FnOnce() -> T) -> T {
    let _plain = escaping(false);
    make()
}

fn escaping(is_markdown: bool) -> Scope {
    HERE.with(|cell| {
        let here = cell.borrow().as_ref().map(|here| Here { is_markdown, ..here.clone() });
        Scope(cell.replace(here))
    })
}

impl Drop for Scope {
    fn drop(&mut self) {
        let before = self.0.take();
        HERE.with(|here| here.replace(before));
    }
}

/// Whether texts are replaced here.
pub(crate) fn is_replacing() -> bool {
    HERE.with(|here| here.borrow().is_some())
}

/// What is found in the words of this page, as it is written there.
fn own(look: impl FnOnce(&Words) -> Option<&str>) -> Option<String> {
    HERE.with(|cell| {
        let here = cell.borrow();
        let Here { words, is_markdown } = here.as_ref()?;
        look(words).map(|own| if *is_markdown { markup::markdown(own) } else { own.to_owned() })
    })
}

/// A text as it is read here.
pub(crate) fn of(text: &str) -> Cow<'_, str> {
    let own = own(|words| words.one(core(text)));
    own.map_or(Cow::Borrowed(text), |own| text.replace(core(text), &own).into())
}

/// A text without the white space and marks that join it to what is before and behind it: its key.
fn core(text: &str) -> &str {
    text.trim().trim_start_matches([',', ';']).trim()
}

/// A pattern with its values, as it is read here.
pub(crate) fn said(text: &str, values: &[(&str, &dyn Display)]) -> String {
    filled(&of(text), values)
}

/// How many there are of something, as `1 issue` or `22 issues`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let own = own(|words| words.counted(number, &format!("{{n}} {noun}s")));
    let own = own.map(|form| filled(&form, &[("n", &number)]));
    own.unwrap_or_else(|| if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") })
}

/// Writes a text as it is read here, for serde.
///
/// # Errors
/// Where the serializer refuses.
pub(crate) fn serialize<S: Serializer>(text: &&str, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&of(text))
}

impl Words {
    /// What takes the place of a text that does not count.
    fn one(&self, text: &str) -> Option<&str> {
        match self.texts.get(text)? {
            Text::One(own) => Some(own),
            Text::Plural(forms) => forms.get("other").map(String::as_str),
        }
    }

    /// The same of one that counts, by the number in it.
    fn counted(&self, number: usize, text: &str) -> Option<&str> {
        match self.texts.get(text)? {
            Text::One(own) => Some(own),
            Text::Plural(forms) => {
                let form = forms.get(category(self.rules.as_ref(), number)).or_else(|| forms.get("other"));
                form.map(String::as_str)
            }
        }
    }
}

/// The pattern with values for what stands in braces: `{name}`, `{}` for the next one, `{2}` for the second.
fn filled(pattern: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut next = 0;
    for piece in pieces(pattern) {
        let value = match piece {
            Piece::Text(words) => {
                text.push_str(words);
                continue;
            }
            Piece::Value("") => {
                next += 1;
                values.get(next - 1)
            }
            Piece::Value(name) => match name.parse::<usize>() {
                Ok(place) => values.get(place.wrapping_sub(1)),
                Err(_) => values.iter().find(|(own, _)| *own == name),
            },
        };
        if let Some((_, value)) = value {
            text.push_str(&value.to_string());
        }
    }
    text
}

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'p> {
    Text(&'p str),
    /// What stands between braces.
    Value(&'p str),
}

/// The pieces of a pattern; a brace that opens no value is text.
fn pieces(pattern: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        let is_name =
            |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
        let value = |at: usize| {
            let name = &rest[at + 1..];
            name.find('}').map(|end| &name[..end]).filter(|name| is_name(name))
        };
        let found = rest.match_indices('{').find_map(|(at, _)| Some((at, value(at)?)));
        let (piece, taken) = match found {
            Some((0, name)) => (Piece::Value(name), name.len() + 2),
            Some((at, _)) => (Piece::Text(&rest[..at]), at),
            None => (Piece::Text(rest), rest.len()),
        };
        rest = &rest[taken..];
        (taken > 0).then_some(piece)
    })
}

/// The names of the values in a pattern, those in order by their places.
fn values_of(pattern: &str) -> Vec<String> {
    let mut next = 0;
    let name = |piece| match piece {
        Piece::Text(_) => None,
        Piece::Value("") => {
            next += 1;
            Some(next.to_string())
        }
        Piece::Value(name) => Some(name.to_owned()),
    };
    let mut names: Vec<_> = pieces(pattern).filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}
