//! Our filters: plain text and users' Markdown as Markdown that reads the same where it stands.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::super::clean::escaped;
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
    tera.register_filter("title", |text: &str, _: Kwargs, _: &State| title(text));
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

/// A title as HTML: as GitHub shows one, what stands between backticks is code, and all else the text that it is.
fn title(text: &str) -> Value {
    if !text.contains('`') {
        return Value::from(text);
    }
    let escape = |text: &str| escaped(text).collect::<String>();
    let (mut html, mut rest) = (String::with_capacity(text.len() + 16), text);
    while let Some(at) = rest.find('`') {
        let long = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let (fence, behind) = rest[at..].split_at(long);
        let end = ends_of_code(behind, long);
        html += &escape(&rest[..at]);
        rest = match end {
            Some(end) => {
                html.extend(["<code>", &escape(behind[..end].trim()), "</code>"]);
                &behind[end + long..]
            }
            None => {
                html += fence;
                behind
            }
        };
    }
    Value::safe_string(&(html + &escape(rest)))
}

/// Where code ends that so many backticks begin: at as many, no more.
fn ends_of_code(text: &str, long: usize) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find('`')?;
        let found = text[at..].len() - text[at..].trim_start_matches('`').len();
        if found == long {
            return Some(at);
        }
        from = at + found;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_in_titles_are_code() {
        for (text, html) in [
            ("Add `@noescape` & <b>", "Add <code>@noescape</code> &amp; &lt;b&gt;"),
            ("`<script>` and ``a`b``", "<code>&lt;script&gt;</code> and <code>a`b</code>"),
            ("one ` alone, ``two", "one ` alone, ``two"),
            ("`a` `b", "<code>a</code> `b"),
        ] {
            assert_eq!(title(text).to_string(), html, "{text}");
        }
        assert_eq!(title("<i>"), Value::from("<i>"));
    }
}
