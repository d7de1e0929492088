//! Holds a JSON tree against the file format: every unknown key, wrong type, missing key and doubled key at once.
//!
//! The JSON Schema that the types of [`super::schema`] give is the one truth of names and types; this walk knows just
//! the vocabulary that they use. What is at fault is taken out of the tree, so that the rest can still be read.

mod choice;
mod names;
mod repairs;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use serde_json::Value;

use self::{choice::Choice, names::Meant, repairs::Mend};
use crate::json::{Kind, Member, Node};
use crate::report::{Action, At, Code, Diagnostic, JsonPath, Part, Place, Report, Step};

/// Which items were taken out of the top-level lists, by their places in the text.
pub(super) type Dropped = BTreeMap<String, BTreeSet<usize>>;

/// Reports all faults of the tree and takes them out of it; `None` where nothing of it can be used.
pub(super) fn check(
    file: &Arc<str>,
    text: &str,
    top: &mut Node<'_>,
    schema: &Value,
    report: &mut Report,
) -> Option<Dropped> {
    let mut walk = Walk {
        file,
        text,
        schema,
        report,
        path: JsonPath::default(),
        shadowed: false,
        is_required: false,
        dropped: Dropped::new(),
    };
    walk.value(top, schema).then_some(walk.dropped)
}

/// The known key that a word most likely means; `None` where none is close.
pub(crate) fn meant_key<'s>(word: &str, known: impl Iterator<Item = &'s str>) -> Option<&'s str> {
    names::meant(word, known).map(|meant| meant.name)
}

/// How many places of one doubled key are named.
const MANY: usize = 3;

/// The walk, and where it is.
struct Walk<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    schema: &'a Value,
    report: &'a mut Report,
    path: JsonPath,
    /// Whether the value stands under a key that is given again further on: its path means the later one.
    shadowed: bool,
    /// Whether the value stands under a key that its object needs.
    is_required: bool,
    dropped: Dropped,
}

impl<'a> Walk<'a> {
    /// Whether the value, cleared of its faults, can be used.
    fn value(&mut self, node: &mut Node<'_>, schema: &'a Value) -> bool {
        let choices = Choice::all(self.schema, schema);
        let Some(choice) = choices.iter().find(|choice| choice.fits(node, self.text)) else {
            self.wrong_type(node, schema, &choices);
            return false;
        };
        match &mut node.kind {
            Kind::List(items) => self.list(items, choice),
            Kind::Object(members) => self.object(&node.range, members, choice),
            _ => true,
        }
    }

    /// A list of the top level goes without its bad items; any other list would shift the places of its good ones.
    fn list(&mut self, items: &mut Vec<Node<'_>>, choice: &Choice<'a>) -> bool {
        let mut bad = BTreeSet::new();
        for (n, item) in items.iter_mut().enumerate() {
            let fits = self.within(Step::Index(n), |walk| walk.value(item, choice.items()));
            if !fits {
                bad.insert(n);
            }
        }
        if bad.is_empty() {
            return true;
        }
        let [Step::Key(list)] = self.path.0.as_slice() else { return false };
        let mut n = 0..;
        items.retain(|_| n.next().is_some_and(|n| !bad.contains(&n)));
        if !self.shadowed {
            self.dropped.insert(list.clone(), bad);
        }
        true
    }

    fn object(&mut self, range: &Range<usize>, members: &mut Vec<Member<'_>>, choice: &Choice<'a>) -> bool {
        if self.path.0.is_empty()
            && let Some(inner) = repairs::wrapped(members, choice)
        {
            self.wrapped(&members[0], inner);
            return false;
        }
        let superseded = self.doubled(members);
        let mut given = choice.given(members);
        let mut bad = BTreeSet::new();
        let room = repairs::room(members);
        for (n, member) in members.iter_mut().enumerate() {
            let outer = (self.shadowed, self.is_required);
            self.shadowed |= superseded.contains(&n);
            self.is_required = choice.required().any(|key| key == member.key);
            if !self.member(member, room.as_ref(), choice, &mut given) || superseded.contains(&n) {
                bad.insert(n);
            }
            (self.shadowed, self.is_required) = outer;
        }
        let mut n = 0..;
        members.retain(|_| n.next().is_some_and(|n| !bad.contains(&n)));
        self.complete(range, members, choice, &given)
    }

    /// Reports an object around the roadmap.
    fn wrapped(&mut self, outer: &Member<'_>, inner: &Node<'_>) {
        let place = self.within(Step::Key(outer.key.to_string()), |walk| walk.key_place(&outer.key_range));
        let message = format!("the roadmap is inside {}", words::quoted(&outer.key));
        let finding = Diagnostic::new(Code::UnknownKey, place, message)
            .help("a source is the object itself: take out what is around it")
            .certainly(Action::Value(repairs::unwrapped(self.text, inner)))
            .at(Place::json(Arc::clone(self.file)));
        self.report.push(finding);
    }

    /// Reports keys that are given again; the places of all but the last of each.
    fn doubled(&mut self, members: &[Member<'_>]) -> BTreeSet<usize> {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, member) in members.iter().enumerate() {
            places.entry(&member.key).or_default().push(n);
        }
        let mut superseded = BTreeSet::new();
        for (key, places) in places {
            let Some((last, earlier @ [_, ..])) = places.split_last() else { continue };
            let place = self.within(Step::Key(key.into()), |walk| walk.key_place(&members[*last].key_range));
            let message = format!("the key {} is given {}", words::quoted(key), times(places.len()));
            let mut finding = Diagnostic::new(Code::DuplicateKey, place, message)
                .help("keep one of them, or join their values");
            for (n, place) in earlier.iter().take(MANY).enumerate() {
                let why = if n == 0 { "first given here" } else { "and again here" };
                let bytes = members[*place].key_range.clone();
                finding = finding.related(Place::bytes(Arc::clone(self.file), bytes), why);
            }
            if let Some((bytes, mend)) = repairs::of_doubled(self.text, members, &places) {
                finding = mended(finding, Some(mend)).at(Place::bytes(Arc::clone(self.file), bytes));
            }
            self.report.push(finding);
            superseded.extend(earlier);
        }
        superseded
    }

    /// Whether a member can be kept. One whose key is just misspelt is read as what it means.
    fn member(
        &mut self,
        member: &mut Member<'_>,
        room: Option<&BTreeSet<String>>,
        choice: &Choice<'a>,
        given: &mut BTreeSet<&'a str>,
    ) -> bool {
        let step = Step::Key(member.key.to_string());
        if let Some(schema) = choice.member(&member.key) {
            return self.within(step, |walk| walk.value(&mut member.value, schema));
        }
        let meant = names::meant(&member.key, choice.keys().filter(|key| !given.contains(key)));
        self.unknown_key(member, room, choice, meant);
        // A second key that could mean the same means something else.
        given.extend(meant.filter(|meant| meant.is_sole).map(|meant| meant.name));
        let Some((meant, schema)) =
            meant.and_then(|meant| Some((meant.readable()?, choice.member(meant.name)?)))
        else {
            return false;
        };
        given.insert(meant);
        let written = std::mem::replace(&mut member.key, meant.to_owned().into());
        let fits = self.within(step, |walk| walk.value(&mut member.value, schema));
        if let Some(bad) = self.dropped.remove(&*written).filter(|_| self.path.0.is_empty()) {
            self.dropped.insert(meant.to_owned(), bad);
        }
        fits
    }

    /// Reports the required keys that an object lacks; whether it can be used all the same.
    fn complete(
        &mut self,
        range: &Range<usize>,
        members: &mut Vec<Member<'_>>,
        choice: &Choice<'a>,
        given: &BTreeSet<&'a str>,
    ) -> bool {
        for key in choice.required().filter(|key| !given.contains(key)) {
            let place = self.place(Part::Value, range);
            let message = format!("{} has no `{key}`", words::subject(&self.path, choice));
            let what = choice.member(key).and_then(words::meaning);
            let help = what.map_or(format!("add `{key}`"), |what| format!("add `{key}`: {what}"));
            self.report.push(Diagnostic::new(Code::MissingKey, place, message).help(help));
        }
        choice.required().all(|key| members.iter().any(|member| member.key == key) || stand_in(members, key))
    }

    fn unknown_key(
        &mut self,
        member: &Member<'_>,
        room: Option<&BTreeSet<String>>,
        choice: &Choice<'a>,
        meant: Option<Meant<'a>>,
    ) {
        let place = self.within(Step::Key(member.key.to_string()), |walk| walk.key_place(&member.key_range));
        let key = words::quoted(&member.key);
        let message = format!("unknown key {key} in {}", words::subject(&self.path, choice));
        let finding = Diagnostic::new(Code::UnknownKey, place, message);
        let finding = match meant {
            Some(meant) => finding.did_you_mean(Some(meant.name)),
            None => finding.help(words::known_keys(&member.key, choice)),
        };
        let fits = |key: &str| self.fitness(&member.value, choice.member(key)?);
        let mend = repairs::of_key(member, room, choice, meant, fits);
        self.report.push(mended(finding, mend));
    }

    fn wrong_type(&mut self, node: &Node<'_>, schema: &'a Value, choices: &[Choice<'a>]) {
        let (text, path, is_required) = (self.text, &self.path, self.is_required);
        let words = words::Wrong { node, text, is_required, path, schema, choices };
        let place = self.place(Part::Value, &node.range);
        let finding = Diagnostic::new(Code::WrongType, place, words.message()).help(words.help());
        let mend = match (&node.kind, self.path.0.last()) {
            (Kind::Null, Some(Step::Key(_))) if self.is_required => None,
            // Nothing is said by it.
            (Kind::Null, Some(_)) => Some((Action::Remove, true)),
            _ => repairs::Misfit { node, text: self.text, root: self.schema, choices }.mend(),
        };
        self.report.push(mended(finding, mend));
    }

    /// Whether a value is surely what a schema asks for, or may be meant as it; `None` where it is neither.
    fn fitness(&self, node: &Node<'_>, schema: &'a Value) -> Option<bool> {
        let choices = Choice::all(self.schema, schema);
        if choices.iter().any(|choice| choice.fits(node, self.text)) {
            return Some(true);
        }
        let misfit = repairs::Misfit { node, text: self.text, root: self.schema, choices: &choices };
        misfit.mend().map(|(_, is_certain)| is_certain)
    }

    fn key_place(&self, key: &Range<usize>) -> Place {
        self.place(Part::Key, key)
    }

    fn place(&self, part: Part, bytes: &Range<usize>) -> Place {
        let at = match self.shadowed {
            true => At::Bytes(bytes.clone()),
            false => At::Json(self.path.clone(), part),
        };
        Place { file: Arc::clone(self.file), at }
    }

    /// Does something one step further down.
    fn within<T>(&mut self, step: Step, act: impl FnOnce(&mut Self) -> T) -> T {
        self.path.0.push(step);
        let result = act(self);
        self.path.0.pop();
        result
    }
}

/// The finding with what mends it; bytes have no object from which something could be removed.
fn mended(finding: Diagnostic, mend: Option<Mend>) -> Diagnostic {
    let has_path = finding.place.at.json().is_some();
    match mend {
        Some((Action::Remove | Action::Extra, _)) if !has_path => finding,
        Some((action, true)) => finding.certainly(action),
        Some((action, false)) => finding.perhaps(action),
        None => finding,
    }
}

/// Lets an item whose title is at fault go by its id, so that whatever names it is not called unknown as well.
fn stand_in(members: &mut Vec<Member<'_>>, key: &str) -> bool {
    let id = members.iter().find(|member| member.key == "id" && matches!(member.value.kind, Kind::Text));
    let Some(value) = id.filter(|_| key == "title").map(|member| member.value.clone()) else { return false };
    members.push(Member { key: "title".into(), key_range: value.range.clone(), value });
    true
}

fn times(count: usize) -> String {
    if count == 2 { "twice".into() } else { format!("{count} times") }
}

#[cfg(test)]
mod tests;
