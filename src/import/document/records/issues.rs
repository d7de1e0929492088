//! Issues out of keys and values, and what names any item.

use std::ops::Range;

use super::{
    Part, key_of, part,
    values::{name_of, said_by, words},
};
use crate::{
    documents::{
        Statement, values,
        vocabulary::{self, AROUND, Certainty, Field, STEPS},
    },
    import::{
        document::{
            Reading, draft_title,
            tables::{add_extra, add_priority, add_to_body},
        },
        draft::Entry,
        same::folded,
        tree::{Kind, Member, Node},
    },
    model::fields::ISSUE,
};

/// What is said of an id that is none.
const NO_ID: &str = "an id is letters, digits, `-` and `.`, as `DB-001`";

impl Reading<'_> {
    pub(super) fn issues(&mut self, node: &Node, milestone: Option<usize>) {
        if let Some([only]) = node.map()
            && only.value.list().is_some()
            && AROUND.contains(&vocabulary::name(&only.key).as_str())
        {
            return self.issues(&only.value, milestone);
        }
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| self.issue_item(item, milestone, None)),
            // Keys are ids or titles of what is below them.
            Kind::Map(members) => {
                for member in members {
                    match &member.value.kind {
                        Kind::Map(inside) => {
                            self.issue_map(inside, Some(member), &member.range, milestone, None)
                        }
                        _ => self.issue_of_member(member, milestone),
                    }
                }
            }
            Kind::Scalar(..) => self.issue_item(node, milestone, None),
            Kind::Null => {}
        }
    }

    pub(super) fn issue_item(&mut self, item: &Node, milestone: Option<usize>, parent: Option<&str>) {
        match &item.kind {
            Kind::Map(members) => match members.as_slice() {
                // `- Pour the floor: concrete` is a title with a colon to whoever wrote it.
                [only]
                    if Field::named(&vocabulary::name(&only.key)).is_none()
                        && !matches!(only.value.kind, Kind::Map(_)) =>
                {
                    self.issue_of_member(only, milestone);
                }
                _ => self.issue_map(members, None, &item.range, milestone, parent),
            },
            Kind::Scalar(text, _) => {
                let mut entry = Entry::at(&item.range);
                let text = self.without_box(&mut entry, text, &item.range);
                let title = self.one_line_title(&mut entry, &text, &item.range);
                self.title_with_tail(&mut entry, None, &title, &item.range);
                self.issue_in_state(entry, milestone);
            }
            Kind::List(_) => self.left_out(&item.range, "this list"),
            Kind::Null => {}
        }
    }

    /// An issue whose title is a key: its value is its state, its steps, or a part of the title.
    pub(super) fn issue_of_member(&mut self, member: &Member, milestone: Option<usize>) {
        let mut entry = Entry::at(&member.range);
        let text = member.value.text().unwrap_or_default();
        let state = vocabulary::state(text).filter(|_| !text.is_empty());
        let title = match state {
            None if !text.is_empty() => format!("{}: {text}", member.key),
            _ => member.key.clone(),
        };
        let title = self.one_line_title(&mut entry, &title, &member.range);
        self.title_with_tail(&mut entry, None, &title, &member.range);
        if state.is_some() {
            self.said(&mut entry, Some(Field::State), &member.value);
        }
        if member.value.list().is_some() {
            self.steps(&mut entry, &member.value);
        }
        self.issue_in_state(entry, milestone);
    }

    /// Takes a box before a text as its state.
    pub(super) fn without_box(&self, entry: &mut Entry, text: &str, range: &Range<usize>) -> String {
        let text = text.trim();
        for (mark, state) in [("[ ]", "open"), ("[x]", "closed"), ("[X]", "closed")] {
            if let Some(rest) = text.strip_prefix(mark) {
                entry.say("state", state, range);
                return rest.trim_start().to_owned();
            }
        }
        text.to_owned()
    }

    pub(super) fn issue_in_state(&mut self, mut entry: Entry, milestone: Option<usize>) {
        let range = entry.range.clone();
        if let Some(state) = self.state.filter(|_| !entry.fields.contains_key("state")) {
            entry.say("state", state, &range);
        }
        self.issue(entry, milestone);
    }

    pub(super) fn issue_map(
        &mut self,
        members: &[Member],
        named: Option<&Member>,
        range: &Range<usize>,
        milestone: Option<usize>,
        parent: Option<&str>,
    ) {
        let (mut entry, used) =
            self.named_entry(members, named, range, &["issue", "task", "text", "content"]);
        if entry.title().is_empty() {
            return self.left_out(range, "an issue without a title");
        }
        if let Some(parent) = parent {
            entry.say("parent", parent, range);
        }
        let mut below = Vec::new();
        for member in
            members.iter().filter(|member| !used.contains(&member.range.start) && !member.value.is_empty())
        {
            match (has_steps(member), member.value.list()) {
                (true, Some(items)) if items.iter().any(|item| item.map().is_some()) => below.extend(items),
                (true, _) => self.steps(&mut entry, &member.value),
                (false, _) => self.issue_member(&mut entry, member),
            }
        }
        let id = entry.id().map(str::to_owned);
        self.issue_in_state(entry, milestone);
        let last = self.draft.issues.len().saturating_sub(1);
        for item in below {
            if id.is_none() {
                self.identify(last);
            }
            let parent = id.clone().or_else(|| self.draft.issues.get(last)?.id().map(str::to_owned));
            self.issue_item(item, milestone, parent.as_deref());
        }
    }

    /// What a member says of the issue that it belongs to.
    fn issue_member(&mut self, entry: &mut Entry, member: &Member) {
        match Field::named(&vocabulary::name(&member.key)).map(|(field, _)| field) {
            Some(Field::Description | Field::Goal) if member.value.map().is_none() => {
                let text = member.value.text().map_or_else(|| words(&member.value).text, str::to_owned);
                add_to_body(entry, &text.replace("\r\n", "\n"), &member.value.range);
            }
            Some(Field::Priority) => add_priority(entry, &words(&member.value)),
            Some(Field::Owner) => self.said(entry, Some(Field::Assignees), &member.value),
            Some(Field::Milestone) => match name_of(&member.value) {
                Some(words) => self.cell(
                    entry,
                    Statement { field: Field::Milestone, words: &words, certainty: Certainty::Sure },
                ),
                None => self.left_out_member(member),
            },
            Some(
                Field::Title
                | Field::Id
                | Field::Place
                | Field::Count
                | Field::Color
                | Field::Unknown
                | Field::Extra,
            )
            | None => match key_of(ISSUE, &member.key) {
                Some(key) if self.verbatim(entry, key, ISSUE, member) => {}
                _ => self.left_out_member(member),
            },
            field => self.said(entry, field, &member.value),
        }
    }

    /// The id and the title of an object, and where the members begin that say them.
    pub(super) fn named_entry(
        &mut self,
        members: &[Member],
        named: Option<&Member>,
        range: &Range<usize>,
        also: &[&str],
    ) -> (Entry, Vec<usize>) {
        let title = title_member(members, also, named.is_none());
        let id = member_of(members, Field::Id, Certainty::Sure)
            .or_else(|| member_of(members, Field::Id, Certainty::Likely));
        let place = title.map_or(range, |title| &title.value.range);
        let mut entry = Entry::at(place);
        let (mut told, mut title_text) = (values::id(&text(id)), text(title));
        let mut used: Vec<usize> = [title, id].into_iter().flatten().map(|it| it.range.start).collect();
        if let (Some(id), None) = (id, &told)
            && !id.value.is_empty()
        {
            self.left_out_value(&id.value.range, &text(Some(id)), NO_ID);
        }
        // A key above says the id where there is a title, else the title.
        if let Some(named) = named {
            if title_text.is_empty() {
                title_text = named.key.trim().to_owned();
            } else if told.is_none() && values::id(&named.key).is_some() {
                told = values::id(&named.key);
            } else if folded(&named.key) != folded(&title_text) && told.as_deref() != Some(named.key.trim()) {
                add_extra(&mut entry, "key", named.key.trim(), &named.range);
            }
        }
        let title_text = self.one_line_title(&mut entry, &title_text, place);
        if title_text.is_empty() && told.is_none() {
            used.clear();
        } else {
            draft_title(&mut entry, told.as_deref(), &title_text, place);
        }
        (entry, used)
    }

    /// Steps within an issue as boxes of its body.
    pub(super) fn steps(&mut self, entry: &mut Entry, node: &Node) {
        let line = |text: &str| {
            if text.trim().starts_with('[') {
                format!("- {}", text.trim())
            } else {
                format!("- [ ] {}", text.trim())
            }
        };
        let lines: Vec<_> = match &node.kind {
            Kind::List(items) => items.iter().map(|item| line(&said_by(item))).collect(),
            Kind::Map(members) => {
                members.iter().map(|it| line(&format!("{}: {}", it.key, said_by(&it.value)))).collect()
            }
            _ => Vec::new(),
        };
        add_to_body(entry, &lines.join("\n"), &node.range);
    }
}

fn text(member: Option<&Member>) -> String {
    member.and_then(|it| it.value.text()).unwrap_or_default().trim().to_owned()
}

/// The member that is surely or likely a field, and says a text.
fn member_of(members: &[Member], wanted: Field, certainty: Certainty) -> Option<&Member> {
    members.iter().find(|it| {
        it.value.text().is_some() && Field::named(&vocabulary::name(&it.key)) == Some((wanted, certainty))
    })
}

/// The member that says the title; `also` are further words for it.
fn title_member<'m>(members: &'m [Member], also: &[&str], may_describe: bool) -> Option<&'m Member> {
    let is_also =
        |it: &&Member| it.value.text().is_some() && also.contains(&vocabulary::name(&it.key).as_str());
    member_of(members, Field::Title, Certainty::Sure)
        .or_else(|| members.iter().find(is_also))
        .or_else(|| member_of(members, Field::Title, Certainty::Likely))
        // Where nothing is called a title, the description is all that there is.
        .or_else(|| member_of(members, Field::Description, Certainty::Sure).filter(|_| may_describe))
}

/// Whether a member holds the steps of an issue, or the issues that are parts of it.
fn has_steps(member: &Member) -> bool {
    let name = vocabulary::name(&member.key);
    (STEPS.contains(&name.as_str()) || part(&name) == Some(Part::Issues)) && member.value.text().is_none()
}
