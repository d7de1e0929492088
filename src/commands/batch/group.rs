//! Which edits can be planned from the same source, since none of them sees what another one does.

use std::collections::BTreeSet;

use crate::{
    cli::{Added, EditVerb},
    commands::{editing::Plan, set},
    edit::{Change, Edit},
    model::id_in_title,
};

/// What an edit looks at beside the items that it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sees {
    /// Nothing.
    Nothing,
    /// Whether others are done.
    States,
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
}

impl Group {
    /// Whether an edit can be one of them.
    pub(super) fn admits(&self, verb: &EditVerb) -> bool {
        let sees = sees(verb);
        self.sees.as_ref().is_none_or(|others| *others == sees && sees != Sees::All)
    }

    /// Takes an edit in, unless it is about an item that another one changes.
    pub(super) fn takes(&mut self, verb: &EditVerb, plan: &Plan) -> bool {
        let items: BTreeSet<_> = plan.items.iter().map(|item| item.to_lowercase()).collect();
        if !self.items.is_disjoint(&items) {
            return false;
        }
        // A list that is made is one value: the next one to add to it has to see it.
        let makes_list = |edit: &Edit| edit.path.0.len() < 2 && !matches!(edit.change, Change::Append(_));
        self.sees = Some(if plan.edits.iter().any(makes_list) { Sees::All } else { sees(verb) });
        self.items.extend(items);
        true
    }
}

fn sees(verb: &EditVerb) -> Sees {
    match verb {
        EditVerb::Close(_) | EditVerb::Reopen(_) | EditVerb::Move(_) => Sees::Nothing,
        EditVerb::Set(args) if !set::is_about_names(args) => Sees::Nothing,
        EditVerb::Start(_) => Sees::States,
        EditVerb::Add(add) => match &add.what {
            Added::Issue(issue) if issue.id.is_none() && id_in_title(&issue.title).is_none() => {
                Sees::Series(issue.milestone.clone(), issue.label.clone())
            }
            _ => Sees::All,
        },
        EditVerb::Set(_)
        | EditVerb::Rename(_)
        | EditVerb::Split(_)
        | EditVerb::Remove(_)
        | EditVerb::Pin(_) => Sees::All,
    }
}
