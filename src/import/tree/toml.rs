//! TOML. Its parser bounds how deep a text may nest, keys with dots included.

use serde_json::Value;
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::{Kind, Member, Node};
use crate::import::fault::{Fault, at};

/// The one table of a text.
pub(in crate::import) fn toml(text: &str) -> Result<Vec<Node>, Fault> {
    // Three spaces take as many bytes as a byte order mark.
    let text = &text.replacen('\u{feff}', "   ", usize::from(text.starts_with('\u{feff}')));
    let table = DeTable::parse(text).map_err(|why| {
        let range = why
            .span()
            .filter(|span| !span.is_empty())
            .unwrap_or_else(|| at(text, why.span().map_or(text.len(), |span| span.start)));
        let message = format!("this TOML cannot be read: {}", why.message().trim_end());
        Fault::new(message, range, "mend it here: nothing of it was read")
    })?;
    let range = table.span();
    Ok(vec![Node { kind: of_table(table.get_ref(), text), range }])
}

/// A table, its members in the order of the text.
fn of_table(table: &DeTable<'_>, text: &str) -> Kind {
    let member = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| Member {
        key: key.get_ref().to_string(),
        range: key.span(),
        value: of_value(value, text),
    };
    let mut members: Vec<_> = table.iter().map(member).collect();
    members.sort_by_key(|member| member.range.start);
    Kind::Map(members)
}

fn of_value(value: &Spanned<DeValue<'_>>, text: &str) -> Node {
    let range = value.span();
    let written = || text.get(range.clone()).unwrap_or_default().trim().to_owned();
    let number = |digits: &str| {
        let value = serde_json::from_str(digits).map_or_else(|_| Value::from(written()), Value::Number);
        Kind::Scalar(written(), value)
    };
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Scalar(text.to_string(), Value::from(&**text)),
        DeValue::Integer(whole) if whole.radix() == 10 => number(whole.as_str()),
        DeValue::Integer(_) => Kind::Scalar(written(), written().into()),
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(flag) => Kind::Scalar(flag.to_string(), (*flag).into()),
        DeValue::Datetime(day) => Kind::Scalar(day.to_string(), day.to_string().into()),
        DeValue::Array(items) => Kind::List(items.iter().map(|item| of_value(item, text)).collect()),
        DeValue::Table(table) => of_table(table, text),
    };
    Node { kind, range }
}
