//! Milestones and issues as a table for spreadsheets: RFC 4180, and no cell that a spreadsheet would run.

use serde_json::Value;

use super::v1::{COLUMNS, Item};

/// What a cell of a spreadsheet may not begin with: it would be read as a formula.
/// Source: OWASP, "CSV Injection".
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The table, its lines ending in CRLF.
pub(crate) fn csv<'a>(items: impl Iterator<Item = Item<'a>>) -> String {
    let mut out = format!("{COLUMNS}\r\n");
    for item in items {
        // An item has text keys and finite numbers: it is always JSON.
        let item = serde_json::to_value(item).unwrap_or_default();
        let cells: Vec<_> = COLUMNS.split(',').map(|column| quoted(cell(member(&item, column)))).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// A member by the name of its column.
fn member<'v>(item: &'v Value, column: &str) -> &'v Value {
    column.split('.').fold(item, |of, name| &of[name])
}

/// A value on one line: lists are joined, those of objects by their names; what is not known is empty.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => text(words),
        Value::Array(list) => {
            let word = |item: &'_ Value| item.as_str().or_else(|| item["name"].as_str()).map(str::to_owned);
            let words: Vec<_> = list.iter().filter_map(word).collect();
            text(&words.join(", "))
        }
        other => other.to_string(),
    }
}

/// A text of the users': behind an apostrophe where it would be a formula, which spreadsheets then show as text.
fn text(text: &str) -> String {
    if text.trim_start_matches([' ', '\u{a0}']).starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn quoted(cell: String) -> String {
    let needs = cell.contains(['"', ',', '\r', '\n', ';', '\t']) || cell != cell.trim();
    if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn no_cell_is_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\r=1", "＝1", " =1"] {
            assert_eq!(text(hostile), format!("'{hostile}"));
        }
        assert_eq!(text("a=1"), "a=1");
    }
}
