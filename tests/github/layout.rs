//! Two texts of one JSON file, before and after an edit: what differs in value, and whether every other byte is as it was.

use serde_json::Value;

/// A place in a text.
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

/// A member or an item: the white space before it, its key with all up to the value, the value, and the white space before
/// the comma behind it.
struct Piece<'t> {
    before: &'t str,
    head: &'t str,
    value: &'t str,
    behind: &'t str,
}

impl<'t> Scan<'t> {
    fn space(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn value(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        values.next().expect("a value").expect("JSON");
        let end = values.byte_offset();
        self.at += end;
        &rest[..end]
    }
}

/// The pieces of an object or a list, and the white space before its end.
fn pieces(text: &str) -> (Vec<Piece<'_>>, &str) {
    let is_object = text.starts_with('{');
    let (mut scan, mut pieces) = (Scan { text, at: 1 }, Vec::new());
    loop {
        let before = scan.space();
        if text[scan.at..].starts_with(['}', ']']) {
            return (pieces, before);
        }
        let start = scan.at;
        if is_object {
            scan.value();
            scan.space();
            scan.at += 1;
            scan.space();
        }
        let head = &text[start..scan.at];
        let value = scan.value();
        let behind = scan.space();
        if text[scan.at..].starts_with(',') {
            pieces.push(Piece { before, head, value, behind });
            scan.at += 1;
        } else {
            pieces.push(Piece { before, head, value, behind: "" });
            return (pieces, behind);
        }
    }
}

/// The paths at which the second text says something else, as `issues[2].title`.
///
/// # Panics
/// Where anything but such values differs: a key, an order, a blank, a line end.
#[track_caller]
pub(crate) fn changed(old: &str, new: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let end = |text: &str| text[text.trim_end().len()..].to_owned();
    assert_eq!(end(old), end(new), "the end of the file");
    compare("", old.trim_end(), new.trim_end(), &mut paths);
    paths
}

#[track_caller]
fn compare(path: &str, old: &str, new: &str, paths: &mut Vec<String>) {
    if old == new {
        return;
    }
    let kind = |text: &str| text.chars().next();
    let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    assert_ne!(value(old), value(new), "`{path}` says the same and is written in another way");
    match (kind(old), kind(new)) {
        (Some('{'), Some('{')) => members(path, old, new, paths),
        (Some('['), Some('[')) if value(old)[0].is_object() => items(path, old, new, paths),
        _ => paths.push(path.to_owned()),
    }
}

#[track_caller]
fn members(path: &str, old: &str, new: &str, paths: &mut Vec<String>) {
    let ((old, old_end), (new, new_end)) = (pieces(old), pieces(new));
    assert_eq!(old_end, new_end, "before the end of `{path}`");
    let key = |piece: &Piece<'_>| value_of(piece.head.split_at(piece.head.rfind('"').unwrap_or(0) + 1).0);
    let of = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let mut rest = new.iter().peekable();
    for piece in &old {
        while let Some(added) =
            rest.next_if(|it| key(it) != key(piece) && !old.iter().any(|old| key(old) == key(it)))
        {
            paths.push(of(&key(added)));
        }
        match rest.next_if(|it| key(it) == key(piece)) {
            Some(same) => {
                let around = |piece: &Piece<'_>| [piece.before, piece.head, piece.behind].concat();
                assert_eq!(around(piece), around(same), "`{path}`");
                compare(&of(&key(piece)), piece.value, same.value, paths);
            }
            None => paths.push(of(&key(piece))),
        }
    }
    paths.extend(rest.map(|added| of(&key(added))));
}

fn value_of(text: &str) -> String {
    serde_json::from_str(text).expect("a key")
}

#[track_caller]
fn items(path: &str, old: &str, new: &str, paths: &mut Vec<String>) {
    let ((old, old_end), (new, new_end)) = (pieces(old), pieces(new));
    assert_eq!(old_end, new_end, "before the end of `{path}`");
    assert!(old.len() <= new.len(), "an item of `{path}` is gone");
    for (at, (old, new)) in old.iter().zip(&new).enumerate() {
        assert_eq!((old.before, old.behind), (new.before, new.behind), "around `{path}[{at}]`");
        compare(&format!("{path}[{at}]"), old.value, new.value, paths);
    }
    paths.extend((old.len()..new.len()).map(|at| format!("{path}[{at}]")));
}

#[test]
fn what_differs_is_told_and_a_moved_blank_is_noticed() {
    let old = "{ \"a\": 1,\n  \"b\": [{ \"c\": [1, 2], \"d\": 2 }]\n}\n";
    let new = "{ \"a\": 1,\n  \"b\": [{ \"c\": [2, 3], \"x\": null, \"d\": 2 }, {\"e\": 1}]\n}\n";
    assert_eq!(changed(old, new), ["b[0].c", "b[0].x", "b[1]"]);
    assert_eq!(changed(old, old), [""; 0]);
    for moved in [
        old.replace("\"a\": 1", "\"a\":1"),
        old.replace("}\n", "}"),
        old.replace("\"d\": 2 ", "\"d\": 3"),
        old.replace("[1, 2]", "[1,2]"),
    ] {
        assert!(std::panic::catch_unwind(|| changed(old, &moved)).is_err(), "{moved}");
    }
}
