//! From the address of a JSON value to its bytes: one pass over the text finds all that are asked for.
//!
//! Findings hold paths ([`JsonPath`]), not bytes; only what is really printed is looked up here. The pass allocates
//! nothing for what nobody asked about.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use super::path::{JsonPath, Part, Step};
use super::scan::Scanner;

/// The bytes of values, or of keys (quotes included), in a JSON text; those of a byte order mark count.
///
/// Of a key that is given twice the last one is meant. Where the path leads nowhere, as in a text that has changed
/// since, the answer is its nearest ancestor that is there; `None` where the text holds no JSON at all. A syntax
/// error ends the pass, and with it all values that lead to it.
pub fn locate(text: &str, wanted: &[(JsonPath, Part)]) -> Vec<Option<Range<usize>>> {
    let (mut trie, ends) = Trie::of(wanted);
    Walk { scanner: Scanner::new(text), trie: &mut trie, open: Vec::new() }.run();
    ends.into_iter().zip(wanted).map(|(end, (_, part))| trie.answer(end, *part)).collect()
}

/// The wanted paths, grown together.
struct Trie<'p> {
    nodes: Vec<Node<'p>>,
}

/// One value that is wanted, or that leads to one.
#[derive(Default)]
struct Node<'p> {
    parent: usize,
    members: BTreeMap<&'p str, usize>,
    items: BTreeMap<usize, usize>,
    key: Option<Range<usize>>,
    value: Option<Range<usize>>,
}

impl<'p> Trie<'p> {
    const ROOT: usize = 0;

    /// The trie of all paths, and the node at which each of them ends.
    fn of(wanted: &'p [(JsonPath, Part)]) -> (Self, Vec<usize>) {
        let mut trie = Self { nodes: vec![Node::default()] };
        let ends = wanted
            .iter()
            .map(|(path, _)| path.0.iter().fold(Self::ROOT, |node, step| trie.grow(node, step)))
            .collect();
        (trie, ends)
    }

    /// The child of a node, made where it is not there yet.
    fn grow(&mut self, parent: usize, step: &'p Step) -> usize {
        let next = self.nodes.len();
        let child = match step {
            Step::Key(key) => *self.nodes[parent].members.entry(key).or_insert(next),
            Step::Index(index) => *self.nodes[parent].items.entry(*index).or_insert(next),
        };
        if child == next {
            self.nodes.push(Node { parent, ..Node::default() });
        }
        child
    }

    /// The bytes of a node, or of its nearest ancestor that is there.
    fn answer(&self, end: usize, part: Part) -> Option<Range<usize>> {
        let mut found = None;
        for node in self.way_to(end) {
            let Some(value) = self.nodes[node].value.clone().filter(|value| within(value, found.as_ref()))
            else {
                return found;
            };
            found = Some(value);
        }
        match part {
            Part::Key => self.nodes[end].key.clone().or(found),
            Part::Value => found,
        }
    }

    /// The nodes from the top down to this one.
    fn way_to(&self, end: usize) -> impl Iterator<Item = usize> {
        let mut way = vec![end];
        let mut node = end;
        while node != Self::ROOT {
            node = self.nodes[node].parent;
            way.push(node);
        }
        way.into_iter().rev()
    }
}

/// Whether a value lies in its parent: not so where it was found in an earlier value of a doubled key.
fn within(value: &Range<usize>, parent: Option<&Range<usize>>) -> bool {
    parent.is_none_or(|parent| parent.start <= value.start && value.end <= parent.end)
}

/// The one pass over the text.
struct Walk<'t, 'w, 'p> {
    scanner: Scanner<'t>,
    trie: &'w mut Trie<'p>,
    open: Vec<Open>,
}

/// An object or list that holds something wanted, while the pass is inside it.
struct Open {
    node: usize,
    start: usize,
    close: u8,
    next: usize,
}

impl Walk<'_, '_, '_> {
    fn run(mut self) {
        let mut going = self.enter(Trie::ROOT);
        while going.is_some() && !self.open.is_empty() {
            going = self.step();
        }
        while let Some(open) = self.open.pop() {
            self.found(open.node, open.start);
        }
    }

    /// Goes over one element, comma or closing bracket of what is open; `None` where the text is no JSON.
    fn step(&mut self) -> Option<()> {
        let close = self.open.last()?.close;
        if self.scanner.eat(close) {
            let open = self.open.pop()?;
            self.found(open.node, open.start);
            return Some(());
        }
        if self.scanner.eat(b',') {
            return Some(());
        }
        let child = if close == b'}' { self.member()? } else { self.item()? };
        match child {
            Some(child) => self.enter(child),
            None => self.scanner.value().map(drop),
        }
    }

    /// Goes over a key; the inner option is the node that wants its value.
    fn member(&mut self) -> Option<Option<usize>> {
        self.scanner.peek()?;
        let key = self.scanner.string()?;
        let name = self.scanner.decode(&key).unwrap_or(Cow::Borrowed(""));
        let child = self.trie.nodes[self.open.last()?.node].members.get(&*name).copied();
        if let Some(child) = child {
            self.trie.nodes[child].key = Some(key);
            self.trie.nodes[child].value = None;
        }
        self.scanner.eat(b':').then_some(child)
    }

    /// The node that wants the next item of the list.
    fn item(&mut self) -> Option<Option<usize>> {
        let open = self.open.last_mut()?;
        let child = self.trie.nodes[open.node].items.get(&open.next).copied();
        open.next += 1;
        Some(child)
    }

    /// Goes into a value that is wanted, or that leads to one; over it where nothing in it can be.
    fn enter(&mut self, node: usize) -> Option<()> {
        let first = self.scanner.peek()?;
        let start = self.scanner.at();
        let Node { members, items, .. } = &self.trie.nodes[node];
        let close = match first {
            b'{' if !members.is_empty() => b'}',
            b'[' if !items.is_empty() => b']',
            _ => {
                self.scanner.value()?;
                self.found(node, start);
                return Some(());
            }
        };
        self.scanner.eat(first);
        self.open.push(Open { node, start, close, next: 0 });
        Some(())
    }

    /// Notes a value that ends here.
    fn found(&mut self, node: usize, start: usize) {
        self.trie.nodes[node].value = Some(start..self.scanner.at());
    }
}

#[cfg(test)]
mod tests;
