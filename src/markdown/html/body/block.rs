//! The blocks of a body: headings, lists, tables, alerts, code.

use super::{Walk, heading_words, words_of};
use crate::markdown::html::{Kind, Mark, code::tokens, push_raw};
use comrak::{
    Node,
    nodes::{ListType, NodeAlert, NodeCodeBlock, NodeList, NodeTable, NodeValue, TableAlignment},
};

/// The attributes of a task's box.
const DONE: &str = " type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Completed task\"";
const TO_DO: &str = " type=\"checkbox\" disabled=\"\" aria-label=\"Incomplete task\"";

/// How many characters of a table's head its name holds at most.
const LONGEST_NAME: usize = 80;

/// Begins a block; says how many elements that has opened.
pub(super) fn begin<'a>(walk: &mut Walk<'a, '_, '_>, node: Node<'a>, value: &NodeValue) -> usize {
    match value {
        NodeValue::Paragraph if is_bare(node) => walk.begin(Mark::silent()),
        NodeValue::Paragraph => walk.begin(Mark::new("p", Kind::Lines)),
        NodeValue::Heading(heading) => self::heading(walk, node, heading.level),
        NodeValue::BlockQuote => walk.begin(Mark::new("blockquote", Kind::Flow)),
        NodeValue::List(list) => walk.begin(list_mark(list)),
        NodeValue::Item(_) => walk.begin(Mark::new("li", Kind::Item)),
        NodeValue::TaskItem(task) => self::task(walk, task.symbol.is_some()),
        NodeValue::CodeBlock(block) => code(walk, block),
        NodeValue::HtmlBlock(block) => {
            push_raw(walk.sheet, &block.literal);
            0
        }
        NodeValue::ThematicBreak => {
            walk.sheet.rule();
            0
        }
        NodeValue::Table(table) => self::table(walk, node, table),
        NodeValue::TableRow(head) => row(walk, *head),
        NodeValue::TableCell => cell(walk, node),
        NodeValue::Alert(alert) => self::alert(walk, alert),
        _ => 0,
    }
}

/// Whether a paragraph stands in an item of a list without blank lines: it has no element of its own.
fn is_bare(paragraph: Node<'_>) -> bool {
    let list = paragraph.parent().and_then(|item| item.parent());
    list.is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
}

fn heading<'a>(walk: &mut Walk<'a, '_, '_>, node: Node<'a>, level: u8) -> usize {
    let anchor = walk.anchors.add(&heading_words(node));
    walk.begin(Mark::heading(level).anchored(Some(anchor)))
}

fn list_mark(list: &NodeList) -> Mark {
    match list.list_type {
        ListType::Bullet => Mark::new("ul", Kind::List),
        ListType::Ordered if list.start == 1 => Mark::new("ol", Kind::List),
        ListType::Ordered => Mark::new("ol", Kind::List).with("start", &list.start.to_string()),
    }
}

fn task(walk: &mut Walk<'_, '_, '_>, done: bool) -> usize {
    walk.sheet.begin(Mark::new("li", Kind::Item).with_fixed(" class=\"task\""));
    let tick = Mark::new("input", Kind::Words);
    walk.sheet.void(&tick.with_fixed(if done { DONE } else { TO_DO }), true);
    walk.sheet.verbatim(" ");
    1
}

fn code(walk: &mut Walk<'_, '_, '_>, block: &NodeCodeBlock) -> usize {
    let language = language(&block.info);
    let class = language.as_ref().map(|language| format!("language-{language}"));
    let around = walk.sheet.code_box();
    walk.sheet.begin(around);
    walk.sheet.begin(Mark::new("code", Kind::Words).with_some("class", class.as_deref()));
    match language.and_then(|language| tokens(&language, &block.literal)) {
        Some(tokens) => walk.sheet.tokens(&tokens),
        None => walk.sheet.verbatim(&block.literal),
    }
    walk.sheet.end();
    walk.sheet.end();
    0
}

/// The language that a fence names, if it can be the name of a class.
fn language(info: &str) -> Option<String> {
    let word = info.split(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).next()?.to_ascii_lowercase();
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte));
    (plain && (1..=40).contains(&word.len())).then_some(word)
}

fn table<'a>(walk: &mut Walk<'a, '_, '_>, node: Node<'a>, table: &NodeTable) -> usize {
    walk.columns.clone_from(&table.alignments);
    let head = node.first_child().map(table_name).unwrap_or_default();
    let around = walk.sheet.table_box(&head);
    walk.sheet.begin(around);
    walk.sheet.begin(Mark::new("table", Kind::Table));
    2
}

/// What a table is called by its head: the columns, as many as fit.
fn table_name(head: Node<'_>) -> String {
    let mut name = String::new();
    for words in head.children().map(words_of) {
        let words = words.trim();
        if name.chars().count() + words.chars().count() > LONGEST_NAME {
            break;
        }
        if !words.is_empty() {
            name.push_str(if name.is_empty() { "" } else { ", " });
            name.push_str(words);
        }
    }
    name
}

/// A row opens the group that it stands in: the head's closes with it, the body's with the table.
fn row(walk: &mut Walk<'_, '_, '_>, head: bool) -> usize {
    walk.column = 0;
    if head {
        walk.sheet.begin(Mark::new("thead", Kind::Group));
        walk.sheet.begin(Mark::new("tr", Kind::Row));
        return 2;
    }
    if let Some(table) = walk.opened.last_mut().filter(|opened| **opened == 2) {
        *table += 1;
        walk.sheet.begin(Mark::new("tbody", Kind::Group));
    }
    walk.begin(Mark::new("tr", Kind::Row))
}

fn cell<'a>(walk: &mut Walk<'a, '_, '_>, node: Node<'a>) -> usize {
    let of_head = node.parent().is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)));
    let class = match walk.columns.get(walk.column) {
        Some(TableAlignment::Left) => " class=\"align-left\"",
        Some(TableAlignment::Center) => " class=\"align-center\"",
        Some(TableAlignment::Right) => " class=\"align-right\"",
        Some(TableAlignment::None) | None => "",
    };
    walk.column += 1;
    walk.begin(Mark::new(if of_head { "th" } else { "td" }, Kind::Cell).with_fixed(class))
}

fn alert(walk: &mut Walk<'_, '_, '_>, alert: &NodeAlert) -> usize {
    let kind = alert.alert_type.default_title();
    let class = format!("alert alert-{}", kind.to_ascii_lowercase());
    walk.sheet.begin(Mark::new("div", Kind::Flow).with("class", &class));
    walk.sheet.begin(Mark::new("p", Kind::Lines).with_fixed(" class=\"alert-title\""));
    walk.sheet.verbatim(kind);
    walk.sheet.end();
    1
}
