//! Single values of a file as words.

use crate::{
    import::tree::{Kind, Node},
    markdown::read::blocks::{Mark, MarkKind, Words},
};

/// Whether a value is a colour, with or without `#`.
pub(super) fn is_color(node: &Node) -> bool {
    let text = node.text().unwrap_or_default().trim().trim_start_matches('#');
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A value in one line.
pub(super) fn said_by(node: &Node) -> String {
    match &node.kind {
        Kind::Null => String::new(),
        Kind::Scalar(text, _) => text.clone(),
        _ => node.value().to_string(),
    }
}

/// The name that a value is, or has: milestones, labels and people may be objects.
pub(super) fn name_of(node: &Node) -> Option<Words> {
    let named = |node: &Node| node.text().map(|text| Words::of(text.trim().to_owned(), &node.range));
    let inside = || {
        let member = |key: &str| node.map()?.iter().find(|it| it.key == key).and_then(|it| named(&it.value));
        ["title", "name", "login", "username", "displayName"].into_iter().find_map(member)
    };
    named(node).or_else(inside)
}

/// A value as words: of a list, each item is a name of its own.
pub(super) fn words(node: &Node) -> Words {
    let Some(items) = node.list() else {
        return name_of(node).unwrap_or_else(|| Words::of(said_by(node), &node.range));
    };
    let mut all = Words::of(String::new(), &node.range);
    for item in items {
        let text = name_of(item).map_or_else(|| said_by(item), |words| words.text);
        if !all.text.is_empty() {
            all.text.push_str(", ");
        }
        let from = all.text.len();
        all.text.push_str(&text);
        all.marks.push(Mark {
            kind: MarkKind::Code,
            within: from..all.text.len(),
            range: item.range.clone(),
        });
    }
    all
}
