//! Our filters: plain text and users' Markdown as Markdown that reads the same where it stands.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::super::site::escaped;
use crate::{
    markdown::write::{self, Context},
    model::{Unit, When},
};

/// An engine without templates, with our filters.
pub(super) fn with_filters() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml", ".svg", ".atom"]);
    tera.set_escape_fn(|text, out| escaped(text).try_for_each(|piece| out.write_all(piece.as_bytes())));
    tera.register_filter("text", |text: &str, _: Kwargs, _: &State| write::text(text, Context::Line));
    tera.register_filter("heading", |text: &str, _: Kwargs, _: &State| write::text(text, Context::Heading));
    tera.register_filter("cell", |text: &str, _: Kwargs, _: &State| write::text(text, Context::Cell));
    tera.register_filter("code", |text: &str, _: Kwargs, _: &State| write::code(text, Context::Line));
    tera.register_filter("inline", |gfm: &str, _: Kwargs, _: &State| write::inline_gfm(gfm, Context::Line));
    tera.register_filter("cell_inline", |gfm: &str, _: Kwargs, _: &State| {
        write::inline_gfm(gfm, Context::Cell)
    });
    tera.register_filter("link", |text: &str, kwargs: Kwargs, _: &State| {
        to(&kwargs).map(|to| linked(text, to, Context::Line))
    });
    tera.register_filter("cell_link", |text: &str, kwargs: Kwargs, _: &State| {
        to(&kwargs).map(|to| linked(text, to, Context::Cell))
    });
    tera.register_filter("cell_code", |text: &str, kwargs: Kwargs, _: &State| {
        to(&kwargs).map(|to| linked_code(text, to, Context::Cell))
    });
    tera.register_filter("code_link", |text: &str, kwargs: Kwargs, _: &State| {
        to(&kwargs).map(|to| linked_code(text, to, Context::Line))
    });
    tera.register_filter("day", |text: &str, _: Kwargs, _: &State| day(text));
    tera
}

/// A stated day as HTML. HTML has days, months and years as times, but neither quarters nor halves; all else stays the text that it is.
fn day(text: &str) -> Value {
    match When::parse(text).map(When::unit) {
        // What is read is letters, digits and hyphens: nothing in it has to be escaped.
        Some(Unit::Day | Unit::Month | Unit::Year) => {
            Value::safe_string(&["<time datetime=\"", text, "\">", text, "</time>"].concat())
        }
        _ => Value::from(text),
    }
}

/// Where a filter's `to` leads; empty where it leads nowhere.
fn to(kwargs: &Kwargs) -> TeraResult<&str> {
    kwargs.get::<&str>("to").map(Option::unwrap_or_default)
}

/// A text, linked where `to` is not empty: what `link` and `cell_link` make.
pub(in crate::render) fn linked(text: &str, to: &str, context: Context) -> String {
    if to.is_empty() { write::text(text, context) } else { write::link(text, to, context) }
}

/// A code span, linked where `to` is not empty: what `code_link` and `cell_code` make.
pub(in crate::render) fn linked_code(text: &str, to: &str, context: Context) -> String {
    let code = write::code(text, context);
    if to.is_empty() { code } else { ["[", &code, "](", to, ")"].concat() }
}
