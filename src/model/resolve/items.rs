//! Milestones, issues, phases and aliases: ids are given out, then everything that names another item is resolved.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    head::day,
    labels::unlisted,
    names::{Found, Names},
};
use crate::{
    model::{
        Alias, Day, Id, Issue, IssueIx, Label, LabelIx, Link, Milestone, MilestoneIx, Phase, Stated, Target,
        Update, id_in_title, made_id,
    },
    report::{Diagnostic, Place, Report},
    source::{Document, Lock, LockItem, Origin, Sourced, schema},
};

/// An id, and whether it was made from the title.
pub(super) struct Assigned {
    pub(super) id: Id,
    made: bool,
}

/// The ids of all items, in the order of the source.
pub(super) struct Ids {
    pub(super) milestones: Vec<Assigned>,
    pub(super) issues: Vec<Assigned>,
}

impl Ids {
    /// Gives every item its id: as written, else as its title says, else made from the title.
    pub(super) fn assign(document: &Document, report: &mut Report) -> Self {
        let milestones =
            document.milestones.iter().map(|m| (m.origin, m.value.id.as_deref(), m.value.title.as_str()));
        let issues =
            document.issues.iter().map(|i| (i.origin, i.value.id.as_deref(), i.value.title.as_str()));
        Self {
            milestones: assign(document, "milestones", milestones, report),
            issues: assign(document, "issues", issues, report),
        }
    }
}

fn assign<'a>(
    document: &Document,
    list: &str,
    items: impl Iterator<Item = (Origin, Option<&'a str>, &'a str)>,
    report: &mut Report,
) -> Vec<Assigned> {
    let mut seen = BTreeMap::<String, (Origin, bool)>::new();
    let mut assigned = Vec::new();
    let place = |(origin, is_written): (Origin, bool)| {
        document.place(list, origin).key(if is_written { "id" } else { "title" })
    };
    for (origin, written, title) in items {
        let at = (origin, written.is_some());
        let given = written.and_then(Id::new);
        if let (Some(text), None) = (written, &given) {
            report.push(bad_id(place(at), text));
        }
        let read = given.or_else(|| id_in_title(title).and_then(Id::new));
        // An id that cannot be one is a fault of its own; the one that stands in for it is not told again.
        let made = read.is_none() && written.is_none();
        let id = read.unwrap_or_else(|| made_id(title));
        if let Some(first) = seen.get(id.key()) {
            report.push(doubled_id(place(at), &id, made, place(*first)));
        } else {
            seen.insert(id.key().to_owned(), at);
        }
        assigned.push(Assigned { id, made });
    }
    assigned
}

fn bad_id(place: Place, text: &str) -> Diagnostic {
    Diagnostic::new("bad-id", place, format!("`{text}` cannot be an id")).help(
        "an id has at most 64 letters (a-z), digits, `.`, `_` and `-`, and begins with a letter or digit",
    )
}

fn doubled_id(place: Place, id: &Id, made: bool, first: Place) -> Diagnostic {
    let (message, help) = if made {
        (format!("two titles give the id `{id}`"), "give one of them an `id` of its own")
    } else {
        (format!("the id `{id}` is given twice"), "ids are compared without case: change one of them")
    };
    Diagnostic::new("duplicate-id", place, message).help(help).related(first, "first given here")
}

/// Resolves items one after the other; what it finds wrong goes into the report.
pub(super) struct Resolver<'a> {
    pub(super) files: Arc<[Arc<str>]>,
    pub(super) names: Names,
    pub(super) labels: Vec<Label>,
    pub(super) lock: Option<&'a Lock>,
    /// Former ids by the id that took their place, all in lower case: the lock knows an item by the id that it had then.
    pub(super) former: BTreeMap<String, Vec<String>>,
    pub(super) report: &'a mut Report,
}

impl Resolver<'_> {
    fn place(&self, list: &str, origin: Origin) -> Place {
        Place::json(Arc::clone(&self.files[origin.file])).key(list).index(origin.index)
    }

    /// What the lock says of an item, under its id or a former one.
    fn locked<'l, A>(&self, items: &'l BTreeMap<String, LockItem<A>>, id: &Id) -> Option<&'l LockItem<A>> {
        let former = || self.former.get(id.key())?.iter().find_map(|was| items.get(was));
        items.get(id.key()).or_else(former)
    }

    pub(super) fn milestones(
        &mut self,
        items: Vec<Sourced<schema::Milestone>>,
        ids: Vec<Assigned>,
    ) -> Vec<Milestone> {
        items.into_iter().zip(ids).map(|(item, id)| self.milestone(item, id)).collect()
    }

    fn milestone(&mut self, item: Sourced<schema::Milestone>, Assigned { id, made }: Assigned) -> Milestone {
        let Sourced { origin, value } = item;
        let at = self.place("milestones", origin);
        let snapshot = stated(self.lock.and_then(|lock| self.locked(&lock.milestones, &id)));
        let blocked_by = value.blocked_by.unwrap_or_default();
        Milestone {
            made,
            title: value.title,
            description: value.description,
            goal: value.goal,
            owner: value.owner,
            start_on: self.day(value.start_on, &at, "start_on"),
            due_on: value.due_on.and_then(|text| self.day(Some(text), &at, "due_on")),
            planned_due_on: self.day(value.planned_due_on, &at, "planned_due_on"),
            state: value.state,
            snapshot,
            blocked_by: self.milestone_ids(&blocked_by, &at.clone().key("blocked_by"), "unknown-blocker"),
            updates: self.updates(value.updates.unwrap_or_default(), &at.clone().key("updates")),
            was: value.was.unwrap_or_default(),
            internal: value.internal.unwrap_or_default(),
            extra: value.extra,
            origin,
            id,
        }
    }

    fn updates(&mut self, updates: Vec<schema::Update>, at: &Place) -> Vec<Update> {
        let mut resolved = Vec::new();
        for (index, update) in updates.into_iter().enumerate() {
            if let Some(on) = day(&update.on, || at.clone().index(index).key("on"), self.report) {
                resolved.push(Update { on, health: update.health, text: update.text, index });
            }
        }
        resolved
    }

    pub(super) fn issues(&mut self, items: Vec<Sourced<schema::Issue>>, ids: Vec<Assigned>) -> Vec<Issue> {
        items.into_iter().zip(ids).map(|(item, id)| self.issue(item, id)).collect()
    }

    fn issue(&mut self, item: Sourced<schema::Issue>, Assigned { id, made }: Assigned) -> Issue {
        let Sourced { origin, value } = item;
        let at = self.place("issues", origin);
        let snapshot = stated(self.lock.and_then(|lock| self.locked(&lock.issues, &id)));
        let named = value.labels.get().map_or(0, Vec::len);
        let labels = value.labels.and_then(|names| Some(self.labels_of(&names, &at)));
        Issue {
            made,
            title: value.title,
            milestone: value.milestone.and_then(|name| self.milestone_of(&name, &at)),
            body: value.body,
            has_unknown_label: labels.get().map_or(0, Vec::len) < named,
            labels,
            assignees: value.assignees,
            state: value.state,
            state_reason: value.state_reason,
            kind: value.kind,
            parent: value
                .parent
                .and_then(|name| self.issue_id(&name, || at.clone().key("parent"), "unknown-parent")),
            blocked_by: value.blocked_by.and_then(|names| Some(self.blockers(&names, &at))),
            estimate: value.estimate,
            start_on: self.day(value.start_on, &at, "start_on"),
            due_on: self.day(value.due_on, &at, "due_on"),
            planned_due_on: self.day(value.planned_due_on, &at, "planned_due_on"),
            closed_on: self.day(value.closed_on, &at, "closed_on"),
            snapshot,
            internal: value.internal.unwrap_or_default(),
            extra: value.extra,
            origin,
            id,
        }
    }

    pub(super) fn phases(&mut self, items: Vec<Sourced<schema::Phase>>) -> Vec<Phase> {
        let mut phases = Vec::new();
        for Sourced { origin, value } in items {
            let at = self.place("phases", origin).key("milestones");
            let milestones =
                self.milestone_ids(&value.milestones.unwrap_or_default(), &at, "unknown-milestone");
            phases.push(Phase { title: value.title, milestones, body: value.body, origin });
        }
        phases
    }

    pub(super) fn aliases(&mut self, items: Vec<(usize, String, String)>) -> Vec<Alias> {
        items.into_iter().filter_map(|(file, was, to)| self.alias(file, &was, &to)).collect()
    }

    fn alias(&mut self, file: usize, was: &str, to: &str) -> Option<Alias> {
        let at = Place::json(Arc::clone(&self.files[file])).key("aliases").key(was);
        let Some(former) = Id::new(was) else {
            self.report.push(bad_id(at.the_key(), was));
            return None;
        };
        if self.names.issue(was).is_ok() || self.names.milestone_id(was).is_ok() {
            let found = Diagnostic::new(
                "bad-alias",
                at.the_key(),
                format!("`{was}` is no former id: an item bears it"),
            )
            .help("remove the alias, or give the item its new id");
            self.report.push(found);
            return None;
        }
        let target = self.names.issue(to).map(Target::Issue);
        match target.or_else(|close| {
            self.names.milestone_id(to).map(Target::Milestone).map_err(|other| close.or(other))
        }) {
            Ok(to) => Some(Alias { was: former, to }),
            Err(close) => {
                let found = Diagnostic::new(
                    "bad-alias",
                    at,
                    format!("`{was}` leads to `{to}`, which does not exist"),
                );
                self.report.push(found.did_you_mean(close.as_deref()));
                None
            }
        }
    }

    fn day(&mut self, text: Option<String>, at: &Place, key: &str) -> Option<Day> {
        day(&text?, || at.clone().key(key), self.report)
    }

    fn milestone_of(&mut self, name: &str, at: &Place) -> Option<MilestoneIx> {
        let place = || at.clone().key("milestone");
        match self.names.milestone(name) {
            Found::One(ix) => return Some(ix),
            Found::Several(count) => self.report.push(
                Diagnostic::new(
                    "ambiguous-milestone",
                    place(),
                    format!("{count} milestones have the title `{name}`"),
                )
                .help("name the milestone by its id"),
            ),
            Found::None(close) => {
                self.report.push(unknown("unknown-milestone", place(), "milestone", name, close))
            }
        }
        None
    }

    fn milestone_ids(&mut self, ids: &[String], at: &Place, code: &'static str) -> Vec<Link<MilestoneIx>> {
        let mut links = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            match self.names.milestone_id(id) {
                Ok(to) => links.push(Link { to, index }),
                Err(close) => {
                    let mut found = unknown(code, at.clone().index(index), "milestone", id, close);
                    if self.names.issue(id).is_ok() {
                        found = found.help(format!("`{id}` is an issue; only milestones can stand here"));
                    }
                    self.report.push(found);
                }
            }
        }
        links
    }

    fn blockers(&mut self, ids: &[String], at: &Place) -> Vec<Link<IssueIx>> {
        let mut links = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let place = || at.clone().key("blocked_by").index(index);
            links.extend(self.issue_id(id, place, "unknown-blocker").map(|to| Link { to, index }));
        }
        links
    }

    fn issue_id(&mut self, id: &str, place: impl FnOnce() -> Place, code: &'static str) -> Option<IssueIx> {
        match self.names.issue(id) {
            Ok(ix) => Some(ix),
            Err(close) => {
                let mut found = unknown(code, place(), "issue", id, close);
                if self.names.milestone_id(id).is_ok() {
                    found = found.help(format!("`{id}` is a milestone; only issues can stand here"));
                }
                self.report.push(found);
                None
            }
        }
    }

    fn labels_of(&mut self, names: &[String], at: &Place) -> Vec<Link<LabelIx>> {
        let mut links = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let place = || at.clone().key("labels").index(index);
            links.extend(self.label(name, place).map(|to| Link { to, index }));
        }
        links
    }

    fn label(&mut self, name: &str, place: impl FnOnce() -> Place) -> Option<LabelIx> {
        if let Some(ix) = self.names.labels.exact(name) {
            return Some(ix);
        }
        if let Some(ix) = self.names.labels.folded(name) {
            let known = &self.labels[ix.0].name;
            let found = Diagnostic::new(
                "label-case",
                place(),
                format!("the label `{name}` is `{known}` in other case"),
            );
            self.report.push(found.help(format!("GitHub compares labels without case: write `{known}`")));
            return Some(ix);
        }
        if self.names.labels.listed {
            let close = self.names.close_label(name);
            self.report.push(unknown("unknown-label", place(), "label", name, close));
            return None;
        }
        let ix = LabelIx(self.labels.len());
        self.names.labels.add(name, ix);
        self.labels.push(unlisted(name));
        Some(ix)
    }
}

fn unknown(code: &'static str, place: Place, kind: &str, name: &str, close: Option<String>) -> Diagnostic {
    let found = Diagnostic::new(code, place, format!("unknown {kind} `{name}`"));
    match close {
        Some(close) => found.did_you_mean(Some(&close)),
        None if kind == "label" => found.help("add it to `labels`, or take it from the issue"),
        None => found.help(format!("no {kind} of this roadmap has this name")),
    }
}

fn stated<A>(item: Option<&LockItem<A>>) -> Stated {
    let Some(LockItem { remote, .. }) = item else { return Stated::default() };
    Stated {
        state: remote.state,
        closed_on: remote.closed_on.as_deref().and_then(Day::parse),
        due_on: remote.due_on.as_deref().and_then(Day::parse),
    }
}
