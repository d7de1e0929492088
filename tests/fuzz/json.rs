//! Mutations of JSON that leave it JSON: what gets past the parser is what the rest has to withstand.

use serde_json::{Value, json};

use crate::random::Random;

/// Texts that are odd wherever they are.
const TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "a\nb",
    "\u{202e}x",
    "\u{1b}[2J",
    "A-1",
    "a-1",
    "A-M1",
    "DB-001: x",
    ": ",
    "İ-1: x",
    "ǅ-1: x",
    "../../x",
    "/etc/x",
    "roadmap/plan.json",
    ".git/config",
    "site",
    "roadmap",
    "CON",
    "a\\b",
    "2026-02-30",
    "2026-11-22",
    "9999-12-31",
    "0001-01-01",
    "2027-Q5",
    "2027-H1",
    "2027",
    "later",
    "open",
    "closed",
    "o/r#1",
    "o/r#99999999999999999999",
    "#1",
    "area:x",
    "area:",
    ":x",
    "<b>",
    "<!-- roadbook:id=A-1 -->",
    "[x](A-1)",
    "| |",
    "```",
    "- [x] ",
    "> > > >",
    "ffffff",
    "#ffffff",
    "FFFFFG",
    "-1",
    "1e5",
    "not_planned",
    "off",
    "error",
];

/// Changes a few values; `keys` are what members of objects may be called.
pub(crate) fn mutate(value: &mut Value, keys: &[&str], random: &mut Random) {
    for _ in 0..=random.below(4) {
        let all = count(value);
        let donor = nth(value, &mut random.below(all)).cloned().unwrap_or_default();
        let mut at = random.below(all);
        if let Some(place) = nth_mut(value, &mut at) {
            once(place, donor, keys, random);
        }
    }
}

fn once(place: &mut Value, donor: Value, keys: &[&str], random: &mut Random) {
    match (random.below(4), &mut *place) {
        (0 | 1, Value::Object(members)) => match random.below(3) {
            0 => {
                let name = members.keys().nth(random.below(members.len())).cloned();
                name.map(|name| members.remove(&name));
            }
            1 => {
                let name = members.keys().nth(random.below(members.len())).cloned();
                let old = name.and_then(|name| members.remove(&name)).unwrap_or_default();
                members.insert(key(keys, random), old);
            }
            _ => drop(members.insert(key(keys, random), donor)),
        },
        (0 | 1, Value::Array(items)) if !items.is_empty() => {
            let at = random.below(items.len());
            match random.below(4) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, donor),
                2 => items.swap(at, 0),
                _ => {
                    let times = if random.once_in(6) { 300 } else { random.below(4) };
                    let copy = items[at].clone();
                    items.extend(std::iter::repeat_n(copy, times));
                }
            }
        }
        (0 | 1, Value::String(text)) => {
            let mut bytes = std::mem::take(text).into_bytes();
            crate::bytes::mutate(&mut bytes, &[], TEXTS, random);
            bytes.truncate(5_000);
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
        (2, _) => *place = donor,
        _ => *place = odd(random),
    }
}

fn key(keys: &[&str], random: &mut Random) -> String {
    if keys.is_empty() { "x".to_owned() } else { (*random.pick(keys)).to_owned() }
}

/// A value that is odd wherever it is.
fn odd(random: &mut Random) -> Value {
    match random.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(*random.pick(&[0_i64, -1, 1, 50, i64::MAX, i64::MIN, 4_294_967_296])),
        3 => json!(*random.pick(&[0.5, -0.0, 1e300, 5e-324, u64::MAX as f64])),
        4 => json!([]),
        5 => json!({}),
        6 => {
            let deep = random.below(110);
            (0..deep).fold(
                json!("deep"),
                |inner, n| if n % 2 == 0 { json!([inner]) } else { json!({ "a": inner }) },
            )
        }
        7 => json!("long ".repeat(random.below(20_000))),
        _ => json!(*random.pick(TEXTS)),
    }
}

/// All keys and short texts of a value.
pub(crate) fn words(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() < 40 => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            found.push(name.clone());
            words(member, found);
        }),
        _ => {}
    }
}

/// How many values there are in a value, itself among them.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

fn nth<'v>(value: &'v Value, left: &mut usize) -> Option<&'v Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter().find_map(|item| nth(item, left)),
        Value::Object(members) => members.values().find_map(|member| nth(member, left)),
        _ => None,
    }
}

fn nth_mut<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth_mut(item, left)),
        Value::Object(members) => members.values_mut().find_map(|member| nth_mut(member, left)),
        _ => None,
    }
}
