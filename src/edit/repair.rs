//! Repairs as splices of the text that they mend: every byte beside them stays.
//!
//! The text need not be a sound source, only JSON: places are found in a tree that keeps doubled keys. What is no JSON at all
//! is mended by bytes alone.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::layout::{Layout, begun_line};
use crate::{
    json::{Kind as NodeKind, Member, Node},
    report::{Action, At, JsonPath, Located, Repair, Splice, Step, Texts, spliced},
};

/// What stands for users' own data.
const EXTRA: &str = "extra";

/// Up to how many bytes of members stand on one line.
const WIDEST: usize = 100;

/// A text and its tree, in which repairs find their places.
pub(crate) struct Mender<'t> {
    text: &'t str,
    tree: Option<Node<'t>>,
}

/// An object or list on the way to a value, and which of its parts leads there.
struct Spot<'n, 't> {
    parent: &'n Node<'t>,
    index: usize,
}

impl<'t> Mender<'t> {
    /// Reads a text.
    pub(crate) fn new(text: &'t str) -> Self {
        let is_json =
            serde_json::from_str::<serde::de::IgnoredAny>(text.trim_start_matches('\u{feff}')).is_ok();
        Self { text, tree: is_json.then(|| Node::read(text)).flatten() }
    }

    /// Whether the text is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.tree.is_some()
    }

    /// The splices of one repair; `None` where it does not fit the text.
    pub(crate) fn splices(&self, repair: &Repair) -> Option<Vec<Splice>> {
        let path = match (&repair.place.at, &repair.action) {
            (At::Bytes(range), Action::Value(text) | Action::Text(text) | Action::Join(text)) => {
                return self.spliced(range.clone(), text.clone());
            }
            (At::Bytes(range), Action::Key(key)) => {
                return self.spliced(range.clone(), serde_json::Value::from(key.as_str()).to_string());
            }
            (At::Json(path, _), _) => path,
            _ => return None,
        };
        match &repair.action {
            Action::Value(text) => self.spliced(self.node(path)?.range.clone(), text.clone()),
            Action::Key(key) => {
                let member = self.spot(path)?.member()?;
                self.spliced(member.key_range.clone(), serde_json::Value::from(key.as_str()).to_string())
            }
            Action::Remove => Some(self.removed(std::slice::from_ref(path))),
            Action::Extra => self.moved_to_extra(std::slice::from_ref(path)),
            Action::Text(_) | Action::Join(_) => None,
        }
    }

    /// The text with as many of the repairs as fit beside each other, and which of them those are.
    pub(crate) fn mended(&self, repairs: &[&Repair]) -> (String, Vec<usize>) {
        let mut groups = BTreeMap::<(JsonPath, bool), Vec<usize>>::new();
        let mut made = Vec::new();
        for (n, repair) in repairs.iter().enumerate() {
            match (&repair.place.at, &repair.action) {
                (At::Json(path, _), Action::Remove | Action::Extra) => {
                    let mut parent = path.clone();
                    parent.0.pop();
                    groups.entry((parent, repair.action == Action::Extra)).or_default().push(n);
                }
                _ => made.extend(self.splices(repair).map(|splices| (splices, vec![n]))),
            }
        }
        for ((_, is_extra), of_it) in groups {
            let paths: Vec<_> = of_it.iter().filter_map(|n| Some(repairs[*n].place.at.json()?.0)).collect();
            let splices = if is_extra { self.moved_to_extra(&paths) } else { Some(self.removed(&paths)) };
            made.extend(splices.map(|splices| (splices, of_it)));
        }
        made.sort_by_key(|(splices, _)| splices.iter().map(|splice| splice.range.start).min());
        let (mut taken, mut done) = (BTreeMap::<usize, &Splice>::new(), Vec::new());
        for (splices, of_it) in made.iter().filter(|(splices, _)| !splices.is_empty()) {
            if splices.iter().all(|splice| is_free(&taken, &splice.range)) {
                taken.extend(splices.iter().map(|splice| (splice.range.start, splice)));
                done.extend(of_it);
            }
        }
        (self.with(taken.into_values()), done)
    }

    fn with<'s>(&self, splices: impl Iterator<Item = &'s Splice>) -> String {
        let (mut new, mut at) = (String::with_capacity(self.text.len() + 64), 0);
        for Splice { range, text } in splices {
            new.push_str(&self.text[at..range.start]);
            new.push_str(text);
            at = range.end;
        }
        new.push_str(&self.text[at..]);
        new
    }

    fn spliced(&self, range: Range<usize>, text: String) -> Option<Vec<Splice>> {
        let old = self.text.get(range.clone())?;
        (old != text).then(|| vec![Splice { range, text }])
    }

    /// The value of a path, and what it is a part of; of a key that is given twice the last.
    fn spot(&self, path: &JsonPath) -> Option<Spot<'_, 't>> {
        let (last, way) = path.0.split_last()?;
        let parent = self.below(way)?;
        Some(Spot { parent, index: part(parent, last)? })
    }

    fn node(&self, path: &JsonPath) -> Option<&Node<'t>> {
        self.below(&path.0)
    }

    fn below(&self, way: &[Step]) -> Option<&Node<'t>> {
        way.iter().try_fold(self.tree.as_ref()?, |node, step| {
            let at = part(node, step)?;
            match &node.kind {
                NodeKind::List(items) => items.get(at),
                NodeKind::Object(members) => members.get(at).map(|member| &member.value),
                _ => None,
            }
        })
    }

    /// Takes members or items of one object or list out, each with its comma.
    fn removed(&self, paths: &[JsonPath]) -> Vec<Splice> {
        let spots: Vec<_> = paths.iter().filter_map(|path| self.spot(path)).collect();
        let Some(parent) = spots.first().map(|spot| spot.parent) else { return Vec::new() };
        let mut gone: Vec<_> = spots.iter().map(|spot| spot.index).collect();
        gone.sort_unstable();
        gone.dedup();
        removals(parent, &gone).into_iter().map(|range| Splice { range, text: String::new() }).collect()
    }

    /// Moves members of one object under its `extra`, which takes the place of the first of them where there is none.
    /// `None` where something else is there already.
    fn moved_to_extra(&self, paths: &[JsonPath]) -> Option<Vec<Splice>> {
        let spots: Vec<_> = paths.iter().map(|path| self.spot(path)).collect::<Option<_>>()?;
        let parent = spots.first()?.parent;
        let NodeKind::Object(members) = &parent.kind else { return None };
        let mut moved: Vec<usize> = spots.iter().map(|spot| spot.index).collect();
        moved.sort_unstable();
        moved.dedup();
        let layout = Layout::of(self.text);
        let written: Vec<&str> = moved.iter().map(|n| self.written(&members[*n])).collect();
        let Some(extra) = members.iter().rev().find(|member| member.key == EXTRA) else {
            let first = &members[*moved.first()?];
            let own = &self.text[..first.key_range.start];
            let indentation = begun_line(&own[own.trim_end().len()..]);
            let text = format!("\"{EXTRA}\":{}{}", layout.space, object(&written, indentation, &layout));
            let mut splices = vec![Splice { range: first.key_range.start..first.value.range.end, text }];
            let gone = removals(parent, &moved[1..]);
            splices.extend(gone.into_iter().map(|range| Splice { range, text: String::new() }));
            return Some(splices);
        };
        let NodeKind::Object(known) = &extra.value.kind else { return None };
        if known.iter().any(|known| moved.iter().any(|n| members[*n].key == known.key)) {
            return None;
        }
        let mut splices: Vec<_> =
            removals(parent, &moved).into_iter().map(|range| Splice { range, text: String::new() }).collect();
        splices.push(match known.last() {
            None => Splice { range: extra.value.range.clone(), text: object(&written, None, &layout) },
            Some(last) => {
                let before = &self.text[extra.value.range.start..last.key_range.start];
                let space = &before[before.trim_end().len()..];
                let added = written.iter().map(|member| format!(",{space}{member}")).collect();
                Splice { range: last.value.range.end..last.value.range.end, text: added }
            }
        });
        Some(splices)
    }

    fn written(&self, member: &Member<'_>) -> &'t str {
        &self.text[member.key_range.start..member.value.range.end]
    }
}

impl<'n, 't> Spot<'n, 't> {
    fn member(&self) -> Option<&'n Member<'t>> {
        match &self.parent.kind {
            NodeKind::Object(members) => members.get(self.index),
            _ => None,
        }
    }
}

/// Which part of an object or list a step leads to.
fn part(node: &Node<'_>, step: &Step) -> Option<usize> {
    match (&node.kind, step) {
        (NodeKind::List(items), Step::Index(n)) => (*n < items.len()).then_some(*n),
        (NodeKind::Object(members), Step::Key(key)) => members.iter().rposition(|member| member.key == *key),
        _ => None,
    }
}

/// The bytes that go with parts of an object or list: those that are left are separated as before.
fn removals(parent: &Node<'_>, gone: &[usize]) -> Vec<Range<usize>> {
    let parts: Vec<Range<usize>> = match &parent.kind {
        NodeKind::List(items) => items.iter().map(|item| item.range.clone()).collect(),
        NodeKind::Object(members) => {
            members.iter().map(|member| member.key_range.start..member.value.range.end).collect()
        }
        _ => return Vec::new(),
    };
    if gone.len() == parts.len() {
        return std::iter::once(parent.range.start + 1..parent.range.end - 1).collect();
    }
    let is_gone = |n: &usize| gone.contains(n);
    let mut ranges = Vec::new();
    let mut n = 0;
    while n < parts.len() {
        let end = n + (n..parts.len()).take_while(is_gone).count();
        match (n, end) {
            (_, end) if end == n => {}
            (0, end) => ranges.push(parts[0].start..parts[end].start),
            (_, end) => ranges.push(parts[n - 1].end..parts[end - 1].end),
        }
        n = end + 1;
    }
    ranges
}

/// An object of members that are written already: over several lines where they stand on lines of their own and are long.
fn object(members: &[&str], indentation: Option<&str>, layout: &Layout<'_>) -> String {
    let is_short = members.iter().map(|member| member.len()).sum::<usize>() <= WIDEST;
    let is_flat = is_short && !members.iter().any(|member| member.contains('\n'));
    match indentation.filter(|_| !is_flat) {
        Some(outer) => {
            let inner = layout.line(&format!("{outer}{}", layout.step));
            let members: Vec<_> =
                members.iter().map(|it| it.replace('\n', &format!("\n{}", layout.step))).collect();
            format!("{{{inner}{}{}}}", members.join(&format!(",{inner}")), layout.line(outer))
        }
        None => {
            let space = layout.space;
            format!("{{{space}{}{space}}}", members.join(&format!(",{space}")))
        }
    }
}

/// Whether no splice that is taken touches these bytes.
fn is_free(taken: &BTreeMap<usize, &Splice>, range: &Range<usize>) -> bool {
    let before = taken.range(..=range.start).next_back();
    let after = taken.range(range.start..).next();
    before.is_none_or(|(_, splice)| splice.range.end <= range.start && splice.range.start < range.start)
        && after.is_none_or(|(start, _)| range.end <= *start && range.start < *start)
}

/// The findings with what their repairs replace.
pub(crate) fn with_fixes(mut located: Located, texts: &dyn Texts) -> Located {
    let mut of_file = BTreeMap::<Arc<str>, Vec<usize>>::new();
    for (n, found) in located.findings.iter().enumerate() {
        if let Some(repair) = &found.diagnostic.repair {
            of_file.entry(Arc::clone(&repair.place.file)).or_default().push(n);
        }
    }
    for (file, places) in of_file {
        let Some(text) = texts.text(&file) else { continue };
        let mender = Mender::new(&text);
        let (mut all, mut counts) = (Vec::new(), Vec::new());
        for n in places {
            let repair = located.findings[n].diagnostic.repair.as_deref();
            let splices = repair.and_then(|repair| mender.splices(repair)).unwrap_or_default();
            counts.push((n, splices.len()));
            all.extend(splices);
        }
        let mut fixes = spliced(&text, all).into_iter();
        for (n, count) in counts {
            located.findings[n].fix = fixes.by_ref().take(count).collect();
        }
    }
    located
}
