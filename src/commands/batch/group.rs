//! Which edits can be planned from the same source, since none of them sees what another one does.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    cli::{Added, EditVerb},
    commands::{
        editing::{EditSession, Plan, place_of_item},
        set,
    },
    edit::{Change, Edit},
    model::id_in_title,
    report::JsonPath,
};

/// What an edit looks at beside the items that it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sees {
    /// Nothing.
    Nothing,
    /// Whether others are done.
    States,
    /// What refers to an item that it takes out.
    References,
    /// How the issues of a milestone and of labels are named, where it makes one itself.
    Series(Option<String>, Vec<String>),
    /// All names.
    All,
}

/// Edits of one round.
#[derive(Default)]
pub(super) struct Group {
    sees: Option<Sees>,
    /// The ids and names that were edited, in lower case.
    items: BTreeSet<String>,
    /// The items that edits reach into.
    reached: BTreeSet<(Arc<str>, JsonPath)>,
}

impl Group {
    /// Whether an edit can be one of them.
    pub(super) fn admits(&self, verb: &EditVerb, desk: &EditSession<'_>) -> bool {
        let sees = sees(verb, desk);
        self.sees.as_ref().is_none_or(|others| *others == sees && sees != Sees::All)
    }

    /// Takes an edit in, unless it is about an item that another one changes; the items that it takes out are gone.
    pub(super) fn takes(&mut self, verb: &EditVerb, plan: &Plan, desk: &mut EditSession<'_>) -> bool {
        let items: BTreeSet<_> = plan.items.iter().map(|item| item.to_lowercase()).collect();
        let places = |is_whole: bool| {
            let edits = plan.edits.iter().filter(move |edit| is_removal(edit) == is_whole);
            edits.filter_map(|edit| Some((Arc::clone(&edit.file), place_of_item(&edit.path)?)))
        };
        if !self.items.is_disjoint(&items) || places(true).any(|place| self.reached.contains(&place)) {
            return false;
        }
        // A list that is made is one value: the next one to add to it has to see it.
        let is_one = |edit: &Edit| !matches!(edit.change, Change::Append(_) | Change::File(_));
        let makes_list = |edit: &Edit| edit.path.0.len() < 2 && is_one(edit);
        self.sees = Some(if plan.edits.iter().any(makes_list) { Sees::All } else { sees(verb, desk) });
        self.items.extend(items);
        self.reached.extend(places(false));
        desk.gone.extend(places(true));
        true
    }
}

/// Whether an edit takes an item out of its list.
fn is_removal(edit: &Edit) -> bool {
    matches!(edit.change, Change::Remove) && place_of_item(&edit.path).is_some_and(|item| item == edit.path)
}

fn sees(verb: &EditVerb, desk: &EditSession<'_>) -> Sees {
    match verb {
        EditVerb::Close(_) | EditVerb::Reopen(_) | EditVerb::Move(_) => Sees::Nothing,
        EditVerb::Set(args) if !set::is_about_names(desk, args) => Sees::Nothing,
        EditVerb::Start(_) => Sees::States,
        EditVerb::Remove(_) => Sees::References,
        EditVerb::Add(add) => match &add.what {
            Added::Issue(issue) if issue.id.is_none() && id_in_title(&issue.title).is_none() => {
                Sees::Series(issue.milestone.clone(), issue.label.clone())
            }
            _ => Sees::All,
        },
        EditVerb::Set(_) | EditVerb::Rename(_) | EditVerb::Split(_) | EditVerb::Pin(_) => Sees::All,
    }
}
