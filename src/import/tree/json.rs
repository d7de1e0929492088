//! JSON that is a roadmap, sound or not, or a list of labels.

use super::{DEEPEST, Kind, Member, Node, TOO_DEEP, doubled};
use crate::{
    import::fault::{Fault, at},
    json::Scanner,
};

/// The one value of a text; of JSON lines, the list of them.
pub(in crate::import) fn json(text: &str) -> Result<Vec<Node>, Fault> {
    let bare = text.trim_start_matches('\u{feff}');
    if is_lines(bare) {
        let (mut scanner, mut items) = (Scanner::new(text), Vec::new());
        while scanner.peek().is_some() {
            items.push(value(&mut scanner, text, DEEPEST)?);
        }
        return Ok(vec![Node { kind: Kind::List(items), range: 0..text.len() }]);
    }
    if let Err(why) = serde_json::from_str::<serde::de::IgnoredAny>(bare) {
        let lines = bare.split_inclusive('\n').take(why.line().saturating_sub(1)).map(str::len);
        let place = text.len() - bare.len() + lines.sum::<usize>() + why.column().saturating_sub(1);
        let message = format!("this JSON cannot be read: {why}");
        return Err(Fault::new(message, at(text, place), "mend it here: nothing of it was read"));
    }
    let mut scanner = Scanner::new(text);
    let node = value(&mut scanner, text, DEEPEST)?;
    Ok(vec![node])
}

/// Whether each line of a text is an object of its own, and there are several.
pub(in crate::import) fn is_lines(text: &str) -> bool {
    let lines = || text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    let is_object =
        |line: &str| line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    lines().nth(1).is_some() && lines().all(is_object)
}

fn value(scanner: &mut Scanner<'_>, text: &str, left: usize) -> Result<Node, Fault> {
    let first = scanner.peek();
    let start = scanner.at();
    if left == 0 {
        let message = format!("this file nests more than {DEEPEST} levels deep");
        return Err(Fault::new(message, at(text, start), TOO_DEEP));
    }
    let kind = match first {
        Some(b'[') => Kind::List(items(scanner, text, left - 1)?),
        Some(b'{') => Kind::Map(members(scanner, text, left - 1)?),
        _ => {
            let written = scanner.value().and_then(|range| text.get(range)).unwrap_or_default();
            match serde_json::from_str(written).unwrap_or_default() {
                serde_json::Value::Null => Kind::Null,
                serde_json::Value::String(said) => Kind::Scalar(said.clone(), said.into()),
                other => Kind::Scalar(written.to_owned(), other),
            }
        }
    };
    Ok(Node { kind, range: start..scanner.at() })
}

/// The items of a list.
fn items(scanner: &mut Scanner<'_>, text: &str, left: usize) -> Result<Vec<Node>, Fault> {
    let mut items = Vec::new();
    scanner.eat(b'[');
    while !scanner.eat(b']') {
        items.push(value(scanner, text, left)?);
        scanner.eat(b',');
    }
    Ok(items)
}

/// The members of an object, each key once.
fn members(scanner: &mut Scanner<'_>, text: &str, left: usize) -> Result<Vec<Member>, Fault> {
    let start = scanner.at();
    let mut members = Vec::new();
    scanner.eat(b'{');
    while !scanner.eat(b'}') {
        scanner.peek();
        let range = scanner.string().unwrap_or(start..start);
        let key = scanner.decode(&range).unwrap_or_default().into_owned();
        scanner.eat(b':');
        members.push(Member { key, range, value: value(scanner, text, left)? });
        scanner.eat(b',');
    }
    doubled(&members)?;
    Ok(members)
}
