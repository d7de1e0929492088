//! Text to tree, as GitHub reads it: comrak's tree, changed where cmark-gfm and GitHub read something else.
//!
//! cmark-gfm takes one backslash from each pipe of a table before it reads the cell, and a task needs white space behind
//! its box; alerts are GitHub's own: at the top of a text only, with the marker alone on its line and something below it.

use crate::markdown::balance::Balance;
use comrak::{
    Arena, Node, Options,
    nodes::{AlertType, Ast, LineColumn, NodeAlert, NodeValue},
};
use std::borrow::Cow;

use super::Lines;

/// Stands for a pipe of a table while comrak reads it: two bytes long, as the backslash and pipe that it stands for, so
/// that nothing moves. A text that holds it is left as comrak reads it.
const PIPE: char = '\u{91}';

/// The markers of alerts.
const ALERTS: [(&str, AlertType); 5] = [
    ("[!note]", AlertType::Note),
    ("[!tip]", AlertType::Tip),
    ("[!important]", AlertType::Important),
    ("[!warning]", AlertType::Warning),
    ("[!caution]", AlertType::Caution),
];

/// Parses a text.
pub(in crate::markdown) fn parse<'a>(arena: &'a Arena<'a>, text: &str, options: &Options<'_>) -> Node<'a> {
    let mut root = comrak::parse_document(arena, text, options);
    if text.contains("\\\\|")
        && let Cow::Owned(changed) = with_pipes(text, root)
    {
        root = comrak::parse_document(arena, &changed, options);
        root.descendants().for_each(put_pipes);
    }
    if text.contains("[!") {
        mark_alerts(text, root);
    }
    if text.contains("<!--") || text.contains("&#") {
        root.descendants().for_each(read_as_before);
    }
    if ["[ ]\n", "[x]\n", "[X]\n"].iter().any(|task| text.contains(task) || text.ends_with(task.trim_end())) {
        drop_empty_tasks(arena, text, root);
    }
    root
}

/// The text with a stand-in for each pipe of a table that an even number of backslashes stands before: comrak would leave
/// them all.
fn with_pipes<'t>(text: &'t str, root: Node<'_>) -> Cow<'t, str> {
    if text.contains(PIPE) {
        return Cow::Borrowed(text);
    }
    let mut lines: Vec<Cow<'_, str>> = text.split('\n').map(Cow::Borrowed).collect();
    for node in root.descendants() {
        let data = node.data();
        if matches!(data.value, NodeValue::Table(_)) {
            let (first, last) = (data.sourcepos.start.line.max(1), data.sourcepos.end.line);
            for line in lines.iter_mut().take(last).skip(first - 1) {
                if let Cow::Owned(changed) = even_pipes(line) {
                    *line = Cow::Owned(changed);
                }
            }
        }
    }
    if lines.iter().all(|line| matches!(line, Cow::Borrowed(_))) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(lines.join("\n"))
}

/// A line with a stand-in for each pipe behind an even number of backslashes, and for the backslash before it.
fn even_pipes(line: &str) -> Cow<'_, str> {
    let mut changed = String::new();
    let mut from = 0;
    for (at, _) in line.match_indices('|') {
        let before = &line[..at];
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if backslashes > 0 && backslashes.is_multiple_of(2) {
            changed.push_str(&line[from..at - 1]);
            changed.push(PIPE);
            from = at + 1;
        }
    }
    if from == 0 {
        return Cow::Borrowed(line);
    }
    changed.push_str(&line[from..]);
    Cow::Owned(changed)
}

/// Puts the pipes back. Where backslashes escape, the last one before a pipe is gone; in code it is seen.
fn put_pipes(node: Node<'_>) {
    let escaping = |text: &str| text.replace(&format!("\\{PIPE}"), "|").replace(PIPE, "|");
    match &mut node.data_mut().value {
        NodeValue::Text(text) if text.contains(PIPE) => *text = Cow::Owned(escaping(text)),
        NodeValue::Link(link) | NodeValue::Image(link) => {
            link.url = escaping(&link.url);
            link.title = escaping(&link.title);
        }
        NodeValue::Code(code) => code.literal = code.literal.replace(PIPE, "|"),
        NodeValue::Math(math) => math.literal = math.literal.replace(PIPE, "|"),
        NodeValue::HtmlInline(html) => *html = html.replace(PIPE, "|"),
        _ => {}
    }
}

/// Whether raw HTML is a comment with a hyphen before its end, which cmark-gfm takes for text.
fn is_no_comment(html: &str) -> bool {
    let inside = html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|inside| inside.ends_with('-'))
}

/// What later versions of CommonMark read otherwise: comments, and numbers of characters with eight digits.
fn read_as_before(node: Node<'_>) {
    let mut data = node.data_mut();
    let text = match &data.value {
        NodeValue::HtmlInline(html) if is_no_comment(html) => html.clone(),
        NodeValue::Text(text) if text.contains("&#") => with_long_numbers(text),
        _ => return,
    };
    data.value = NodeValue::Text(Cow::Owned(text));
}

/// The text with the characters that numbers stand for which are too long to later versions.
fn with_long_numbers(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        let number = rest[2..].split_once(';').map(|(number, _)| number).unwrap_or_default();
        let (digits, base, lengths) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 7..=8),
            None => (number, 10, 8..=8),
        };
        let is_number = lengths.contains(&digits.len()) && digits.chars().all(|c| c.is_digit(base));
        if is_number {
            let meant =
                u32::from_str_radix(digits, base).ok().filter(|code| *code > 0).and_then(char::from_u32);
            read.push(meant.unwrap_or('\u{fffd}'));
            rest = &rest[number.len() + 3..];
        } else {
            read.push_str("&#");
            rest = &rest[2..];
        }
    }
    read + rest
}

/// Makes alerts of those quotes that GitHub makes one of.
fn mark_alerts(text: &str, root: Node<'_>) {
    let lines = Lines::of(text);
    let mut around = Balance::default();
    for block in root.children() {
        if let NodeValue::HtmlBlock(html) = &block.data().value {
            around.read(&html.literal);
        }
        let is_quote = matches!(block.data().value, NodeValue::BlockQuote);
        if is_quote
            && around.depth() == 0
            && let Some(alert_type) = alert(&lines, block)
        {
            take_marker(block);
            let alert =
                NodeAlert { alert_type, title: None, multiline: false, fence_length: 0, fence_offset: 0 };
            block.data_mut().value = NodeValue::Alert(Box::new(alert));
        }
    }
}

/// The kind of alert that a quote is.
fn alert(lines: &Lines<'_>, quote: Node<'_>) -> Option<AlertType> {
    let first = quote.first_child()?;
    matches!(first.data().value, NodeValue::Paragraph).then_some(())?;
    let start = first.first_child()?.data().sourcepos.start;
    let mut marker = String::new();
    let mut is_alone = first.next_sibling().is_some();
    for node in first.children() {
        match &node.data().value {
            NodeValue::Text(text) => marker.push_str(text),
            NodeValue::SoftBreak | NodeValue::LineBreak => {
                is_alone = true;
                break;
            }
            _ => return None,
        }
    }
    let marker = marker.trim_end().to_ascii_lowercase();
    let (_, kind) = ALERTS.into_iter().find(|(name, _)| *name == marker)?;
    // An escaped marker is text.
    let written = lines.from(start).filter(|_| !lines.is_escaped(start))?;
    (is_alone && written.get(..marker.len())?.eq_ignore_ascii_case(&marker)).then_some(kind)
}

/// Takes the marker of an alert out of the tree, and the break behind it.
fn take_marker(quote: Node<'_>) {
    let Some(first) = quote.first_child() else { return };
    let line: Vec<_> = first.children().collect();
    for node in line {
        let is_break = matches!(node.data().value, NodeValue::SoftBreak | NodeValue::LineBreak);
        node.detach();
        if is_break {
            break;
        }
    }
    if first.first_child().is_none() {
        first.detach();
    }
}

/// Makes text of each box that its line ends with.
fn drop_empty_tasks<'a>(arena: &'a Arena<'a>, text: &str, root: Node<'a>) {
    let lines = Lines::of(text);
    for node in root.descendants() {
        let task = match &node.data().value {
            NodeValue::TaskItem(task) => *task,
            _ => continue,
        };
        let LineColumn { line, column } = task.symbol_sourcepos.end;
        let behind = lines.from(LineColumn { line, column: column + 1 });
        if behind.and_then(|behind| behind.strip_prefix(']')).is_none_or(|rest| !rest.is_empty()) {
            continue;
        }
        let Some(list) = node.parent().and_then(|list| match &list.data().value {
            NodeValue::List(list) => Some(*list),
            _ => None,
        }) else {
            continue;
        };
        let at = task.symbol_sourcepos.start;
        let made = |value| arena.alloc(Ast::new(value, at).into());
        let words = made(NodeValue::Text(Cow::Owned(format!("[{}]", task.symbol.unwrap_or(' ')))));
        node.data_mut().value = NodeValue::Item(list);
        match node.first_child().filter(|first| matches!(first.data().value, NodeValue::Paragraph)) {
            Some(paragraph) => paragraph.prepend(words),
            None => {
                let paragraph = made(NodeValue::Paragraph);
                paragraph.append(words);
                node.prepend(paragraph);
            }
        }
    }
}
