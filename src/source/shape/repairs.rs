//! What mends a fault of shape, and whether the source says the same afterwards.

use std::{collections::BTreeSet, ops::Range};

use serde_json::Value;

use super::{
    choice::Choice,
    names::{self, Meant},
};
use crate::{
    json::{Kind, Member, Node, inexact},
    report::Action,
};

/// An action, and whether it is certain to leave what the source says.
pub(super) type Mend = (Action, bool);

/// Keys under which other tools give a thing its name.
const NAMES: [&str; 6] = ["name", "login", "title", "id", "key", "label"];

/// Keys that say by themselves what an object is, so that a text in its place means this key.
const SUBJECTS: [&str; 3] = ["title", "name", "prefix"];

/// A value that is not what it must be.
pub(super) struct Misfit<'m, 't, 's> {
    pub(super) node: &'m Node<'t>,
    pub(super) text: &'m str,
    pub(super) root: &'s Value,
    pub(super) choices: &'m [Choice<'s>],
}

impl Misfit<'_, '_, '_> {
    /// What mends the value where it is.
    pub(super) fn mend(&self) -> Option<Mend> {
        match &self.node.kind {
            Kind::Text => self.of_text(&self.node.text(self.text)?),
            Kind::Number | Kind::Bool => self.of_word(),
            Kind::List(items) => self.of_list(items),
            Kind::Object(members) => self.of_object(members),
            Kind::Null => None,
        }
    }

    fn of_text(&self, text: &str) -> Option<Mend> {
        let trimmed = text.trim();
        let names = || self.choices.iter().flat_map(Choice::names);
        if let Some(meant) = names::meant(trimmed, names()) {
            return Some((Action::text(meant.name), meant.is_same));
        }
        let is_number = serde_json::from_str::<serde_json::Number>(trimmed).is_ok();
        if is_number && (self.allows("number") || self.allows("integer")) {
            return Some((Action::Value(trimmed.to_owned()), true));
        }
        let lower = trimmed.to_ascii_lowercase();
        if self.allows("boolean") {
            let truth = match &*lower {
                "true" | "false" => Some((&*lower, true)),
                "yes" | "on" | "1" => Some(("true", false)),
                "no" | "off" | "0" => Some(("false", false)),
                _ => None,
            };
            if let Some((word, is_certain)) = truth {
                return Some((Action::Value(word.to_owned()), is_certain));
            }
        }
        self.listed(text).or_else(|| self.as_object())
    }

    /// A text where a list of texts belongs is a list of one, unless it may be several.
    fn listed(&self, text: &str) -> Option<Mend> {
        self.list_of("string")?;
        let is_one = !text.contains([',', ';', '\n']);
        if is_one && !text.trim().is_empty() {
            return Some((Action::Value(format!("[{}]", self.raw())), true));
        }
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<_> = parts.map(|part| Value::from(part).to_string()).collect();
        Some((Action::Value(format!("[{}]", parts.join(", "))), false))
    }

    /// A text where an object belongs that has to say one thing alone says that.
    fn as_object(&self) -> Option<Mend> {
        let object = self.choices.iter().find(|choice| choice.is_of("object"))?;
        let mut required = object.required();
        let key = required.next().filter(|key| SUBJECTS.contains(key))?;
        let is_sole = required.next().is_none() && !self.text_of(self.node)?.trim().is_empty();
        is_sole.then(|| (Action::Value(format!("{{ \"{key}\": {} }}", self.raw())), true))
    }

    /// A number or a truth value where a text belongs, or a list of texts.
    fn of_word(&self) -> Option<Mend> {
        let is_free = |choice: &Choice<'_>| choice.is_of("string") && choice.names().next().is_none();
        if self.choices.iter().any(is_free) {
            return Some((Action::Value(format!("\"{}\"", self.raw())), true));
        }
        if self.allows("boolean") && matches!(self.raw(), "0" | "1") {
            let word = if self.raw() == "1" { "true" } else { "false" };
            return Some((Action::Value(word.to_owned()), false));
        }
        self.list_of("string").map(|()| (Action::Value(format!("[\"{}\"]", self.raw())), true))
    }

    /// A list of one text where a text belongs; at the top, a list where the roadmap belongs.
    fn of_list(&self, items: &[Node<'_>]) -> Option<Mend> {
        if let [one] = items
            && matches!(one.kind, Kind::Text)
            && self.choices.iter().any(|choice| choice.fits(one, self.text))
        {
            return Some((Action::Value(self.text[one.range.clone()].to_owned()), true));
        }
        let is_top = self.choices.iter().any(|choice| choice.keys().any(|key| key == "issues"));
        let has_objects = items.iter().any(|item| matches!(item.kind, Kind::Object(_)));
        (is_top && has_objects).then(|| (Action::Value(format!("{{ \"issues\": {} }}", self.raw())), false))
    }

    /// An object where a text belongs: its name, where it says nothing else.
    fn of_object(&self, members: &[Member<'_>]) -> Option<Mend> {
        self.choices.iter().any(|choice| choice.is_of("string")).then_some(())?;
        let named = |key: &&str| {
            members.iter().find(|member| member.key == **key && matches!(member.value.kind, Kind::Text))
        };
        let name = NAMES.iter().find_map(named)?;
        Some((Action::Value(self.text[name.value.range.clone()].to_owned()), members.len() == 1))
    }

    fn raw(&self) -> &str {
        &self.text[self.node.range.clone()]
    }

    fn text_of(&self, node: &Node<'_>) -> Option<String> {
        node.text(self.text).map(|text| text.into_owned())
    }

    fn allows(&self, kind: &str) -> bool {
        self.choices.iter().any(|choice| choice.is_of(kind))
    }

    /// Whether a list of such values is allowed.
    fn list_of(&self, kind: &str) -> Option<()> {
        let lists = self.choices.iter().filter(|choice| choice.is_of("array"));
        let mut items = lists.flat_map(|list| Choice::all(self.root, list.items()));
        items.any(|item| item.is_of(kind)).then_some(())
    }
}

/// What mends a key that means nothing: the key that is meant, else a place under `extra`.
pub(super) fn of_key(
    member: &Member<'_>,
    room: Option<&BTreeSet<String>>,
    choice: &Choice<'_>,
    meant: Option<Meant<'_>>,
    fits: impl Fn(&str) -> Option<bool>,
) -> Option<Mend> {
    // A value that cannot be mended into what the key asks for speaks against the key.
    if let Some(meant) = meant
        && let Some(is_fit) = fits(meant.name)
    {
        return Some((Action::Key(meant.name.to_owned()), meant.is_sole && is_fit));
    }
    if !choice.keys().any(|key| key == "extra") {
        return Some((Action::Remove, false));
    }
    let has_room = room.is_some_and(|taken| !taken.contains(&*member.key));
    has_room.then_some((Action::Extra, meant.is_none()))
}

/// The object that is the roadmap where the whole has nothing else: `{ "roadmap": { … } }`.
pub(super) fn wrapped<'m, 't>(members: &'m [Member<'t>], choice: &Choice<'_>) -> Option<&'m Node<'t>> {
    const LISTS: [&str; 2] = ["issues", "milestones"];
    let is_top =
        LISTS.iter().all(|list| choice.member(list).is_some() && choice.keys().any(|key| key == *list));
    let [only] = members else { return None };
    let Kind::Object(inner) = &only.value.kind else { return None };
    let is_one = |member: &Member<'_>| {
        matches!(member.value.kind, Kind::List(_)) && names::meant(&member.key, LISTS.into_iter()).is_some()
    };
    match is_top && !choice.keys().any(|key| key == only.key) {
        true if inner.iter().any(is_one) => Some(&only.value),
        true => wrapped(inner, choice),
        false => None,
    }
}

/// The text of an object as it is written where it is the whole.
pub(super) fn unwrapped(text: &str, node: &Node<'_>) -> String {
    let text = &text[node.range.clone()];
    let last = text.rfind('\n').map_or("", |at| &text[at..]);
    // No text in JSON holds the end of a line.
    match last.trim_end_matches('}') {
        "" => text.to_owned(),
        indentation if indentation.trim().is_empty() => text.replace(indentation, "\n"),
        _ => text.to_owned(),
    }
}

/// The keys that are taken under `extra`; `None` where it is no object, so that nothing can be put there.
pub(super) fn room(members: &[Member<'_>]) -> Option<BTreeSet<String>> {
    match members.iter().rev().find(|member| member.key == "extra").map(|extra| &extra.value.kind) {
        None => Some(BTreeSet::new()),
        Some(Kind::Object(known)) => Some(known.iter().map(|member| member.key.to_string()).collect()),
        Some(_) => None,
    }
}

/// What mends a key that is given more than once, as bytes and what they become: of two that say the same the later goes, and
/// two lists become one. Nothing mends values that differ: whichever went, what it said would be lost.
pub(super) fn of_doubled(
    text: &str,
    members: &[Member<'_>],
    places: &[usize],
) -> Option<(Range<usize>, Mend)> {
    let pairs = || places.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    if let Some((_, gone)) =
        pairs().find(|(one, other)| says_the_same(text, &members[*one], &members[*other]))
    {
        let range = members[gone - 1].value.range.end..members[gone].value.range.end;
        return Some((range, (Action::Text(String::new()), true)));
    }
    pairs().find_map(|(one, other)| joined(text, members, one, other))
}

fn says_the_same(text: &str, one: &Member<'_>, other: &Member<'_>) -> bool {
    let [one, other] = [one, other].map(|member| &text[member.value.range.clone()]);
    let value = |text: &str| serde_json::from_str::<Value>(text).ok();
    // Numbers beyond 64 bits are read as others, which may be the same.
    let is_read = |text: &str| inexact(text).next().is_none();
    one == other || is_read(one) && is_read(other) && value(one).is_some() && value(one) == value(other)
}

/// Two lists as one, in the place of the first; what stands between them stays behind it.
fn joined(text: &str, members: &[Member<'_>], one: usize, other: usize) -> Option<(Range<usize>, Mend)> {
    let (first, second) = (&members[one].value, &members[other].value);
    let (Kind::List(items), Kind::List(more)) = (&first.kind, &second.kind) else { return None };
    let between = &text[first.range.end..members[other - 1].value.range.end];
    let (start, list) = match (items.last(), more.last()) {
        (Some(last), Some(end)) => {
            let added = &text[second.range.start + 1..end.range.end];
            (last.range.end, format!(",{added}{}", &text[last.range.end..first.range.end]))
        }
        (None, Some(_)) => (first.range.start, text[second.range.clone()].to_owned()),
        (_, None) => (first.range.end, String::new()),
    };
    Some((start..second.range.end, (Action::Join(format!("{list}{between}")), false)))
}
