//! Ids are given out: as items write them, as their titles begin, or made from the titles.

use std::collections::BTreeMap;

use crate::{
    model::{Id, id_in_title, made_id},
    report::{Action, Code, Diagnostic, Part, Place, Report},
    source::{Document, Origin},
};

/// An id, and whether it was made from the title.
pub(super) struct Assigned {
    pub(super) id: Id,
    pub(super) made: bool,
}

/// The ids of one list's items.
pub(super) struct Ids {
    /// In the order of the source.
    pub(super) assigned: Vec<Assigned>,
    /// The place of the first item that has each id.
    pub(super) first: BTreeMap<Id, usize>,
}

impl Ids {
    /// Gives every milestone its id.
    pub(super) fn of_milestones(document: &Document, report: &mut Report) -> Self {
        let items = &document.milestones;
        let items = items.iter().map(|m| (m.origin, m.value.id.as_deref(), m.value.title.as_str()));
        Self::assign(document, "milestones", items, report)
    }

    /// Gives every issue its id.
    pub(super) fn of_issues(document: &Document, report: &mut Report) -> Self {
        let items = &document.issues;
        let items = items.iter().map(|i| (i.origin, i.value.id.as_deref(), i.value.title.as_str()));
        Self::assign(document, "issues", items, report)
    }

    /// Gives every item its id: as written, else as its title says, else made from the title.
    fn assign<'a>(
        document: &Document,
        list: &str,
        items: impl Iterator<Item = (Origin, Option<&'a str>, &'a str)> + Clone,
        report: &mut Report,
    ) -> Self {
        let place = |origin, is_written: bool| {
            document.place(list, origin).key(if is_written { "id" } else { "title" })
        };
        let mut assigned = Vec::new();
        for (origin, written, title) in items.clone() {
            let given = written.and_then(Id::new);
            if let (Some(text), None) = (written, &given) {
                report.push(bad_id(place(origin, true), text));
            }
            let read = given.or_else(|| id_in_title(title).and_then(Id::new));
            // An id that cannot be one is a fault of its own; the one that stands in for it is not told again.
            let made = read.is_none() && written.is_none();
            assigned.push(Assigned { id: read.unwrap_or_else(|| made_id(title)), made });
        }
        // Most sources are sorted by id: what is sorted already is made an index of in one go.
        let ids = assigned.iter().map(|assigned| assigned.id.clone()).enumerate().rev();
        let first: BTreeMap<_, _> = ids.map(|(ix, id)| (id, ix)).collect();
        if first.len() < assigned.len() {
            let places: Vec<_> = items.map(|(origin, written, _)| place(origin, written.is_some())).collect();
            for (ix, Assigned { id, made }) in assigned.iter().enumerate() {
                let first = first.get(id).copied().unwrap_or(ix);
                if first != ix {
                    report.push(doubled_id(places[ix].clone(), id, *made, places[first].clone()));
                }
            }
        }
        Self { assigned, first }
    }
}

pub(super) fn bad_id(place: Place, text: &str) -> Diagnostic {
    let found = Diagnostic::new(Code::BadId, place, format!("`{text}` cannot be an id")).help(
        "an id has at most 64 letters (a-z), digits, `.`, `_` and `-`, and begins with a letter or digit",
    );
    let is_key = found.place.at.json().is_some_and(|(_, part)| part == Part::Key);
    match Id::new(text.trim()) {
        Some(id) if is_key => found.certainly(Action::Key(id.to_string())),
        Some(id) => found.certainly(Action::text(id.as_str())),
        None => found,
    }
}

fn doubled_id(place: Place, id: &Id, made: bool, first: Place) -> Diagnostic {
    let (message, help) = if made {
        (format!("two titles give the id `{id}`"), "give one of them an `id` of its own")
    } else {
        (format!("the id `{id}` is given twice"), "ids are compared without case: change one of them")
    };
    Diagnostic::new(Code::DuplicateId, place, message).help(help).related(first, "first given here")
}
