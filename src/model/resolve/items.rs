//! Milestones, issues, phases and aliases: everything that names another item is resolved.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    bodies::Placed,
    head::{day, when},
    ids::{Assigned, bad_id},
    labels::unlisted,
    names::{Close, Found, Names},
};
use crate::{
    model::{
        Alias, Day, Elsewhere, Id, Implied, Issue, IssueIx, IssueName, Label, LabelIx, Link, Milestone,
        MilestoneIx, Phase, Purpose, Stated, Target, Update, When,
    },
    report::{Action, Code, Diagnostic, Place, Report, typed},
    scalar::range_without_id,
    source::{
        Chunks, Lock, LockItem, Origin, Remote, Sourced,
        schema::{self, Field},
    },
};

/// Resolves items one after the other; what it finds wrong goes into the report.
pub(super) struct Resolver<'a> {
    pub(super) files: &'a [Arc<str>],
    pub(super) names: Names,
    pub(super) labels: Vec<Label>,
    pub(super) lock: Option<&'a Lock>,
    /// The roadmap's own repository, whose issues have ids here.
    pub(super) repository: Option<String>,
    /// Former ids by the id that took their place, all in lower case: the lock knows an item by the id that it had then.
    pub(super) former: BTreeMap<String, Vec<String>>,
    pub(super) report: &'a mut Report,
}

/// Where an item stands. Its place is made only where something is wrong with it.
#[derive(Clone, Copy)]
struct At<'a> {
    files: &'a [Arc<str>],
    list: &'static str,
    origin: Origin,
    id: Option<&'a Id>,
}

impl At<'_> {
    /// The place of a member of the item.
    fn key(self, key: &str) -> Place {
        let Self { files, list, origin, .. } = self;
        Place::json(Arc::clone(&files[origin.file])).key(list).index(origin.index).key(key)
    }
}

impl<'a> Resolver<'a> {
    fn at<'i>(&self, list: &'static str, origin: Origin, id: Option<&'i Id>) -> At<'i>
    where
        'a: 'i,
    {
        At { files: self.files, list, origin, id }
    }

    /// What the lock says of an item, under its id or a former one.
    fn locked<'l, A>(&self, items: &'l BTreeMap<String, LockItem<A>>, id: &Id) -> Option<&'l LockItem<A>> {
        let former = || self.former.get(id.key())?.iter().find_map(|was| items.get(was));
        items.get(id.key()).or_else(former)
    }

    pub(super) fn milestones(
        &mut self,
        items: Chunks<Sourced<schema::Milestone>>,
        ids: Vec<Assigned>,
    ) -> Vec<Milestone> {
        let mut milestones = Vec::with_capacity(items.len());
        milestones.extend(items.into_iter().zip(ids).map(|(item, id)| self.milestone(item, id)));
        milestones
    }

    fn milestone(&mut self, item: Sourced<schema::Milestone>, Assigned { id, made }: Assigned) -> Milestone {
        let Sourced { origin, value } = item;
        let at = self.at("milestones", origin, Some(&id));
        let snapshot = stated_of(self.lock.and_then(|lock| self.locked(&lock.milestones, &id)));
        let blocked_by = value.blocked_by.unwrap_or_default();
        Milestone {
            made,
            repeats: made || id.repeats(&value.title),
            title: value.title,
            description: value.description,
            goal: value.goal,
            owner: value.owner,
            start_on: self.when(value.start_on, at, "start_on", Purpose::Start),
            due_on: value.due_on.and_then(|text| self.when(Some(text), at, "due_on", Purpose::Due)),
            planned_due_on: self.when(value.planned_due_on, at, "planned_due_on", Purpose::Due),
            state: value.state,
            snapshot,
            blocked_by: self.milestone_ids(&blocked_by, at, "blocked_by", Code::UnknownBlocker),
            updates: self.updates(value.updates.unwrap_or_default(), at),
            was: value.was.unwrap_or_default(),
            internal: value.internal.unwrap_or_default(),
            extra: value.extra,
            origin,
            id,
        }
    }

    fn updates(&mut self, updates: Vec<schema::Update>, at: At<'_>) -> Vec<Update> {
        let mut resolved = Vec::new();
        for (index, update) in updates.into_iter().enumerate() {
            if let Some(on) = day(&update.on, || at.key("updates").index(index).key("on"), self.report) {
                resolved.push(Update { on, health: update.health, text: update.text, index });
            }
        }
        resolved
    }

    pub(super) fn issues(
        &mut self,
        items: Chunks<Sourced<schema::Issue>>,
        ids: Vec<Assigned>,
        bodies: Placed,
    ) -> Vec<Issue> {
        let mut issues = Vec::with_capacity(items.len());
        issues.extend(items.into_iter().zip(ids).map(|(item, id)| self.issue(item, id)));
        for (ix, (file, text)) in bodies {
            issues[ix].body = Field::Given(Some(text));
            issues[ix].body_file = Some(Box::new(file));
        }
        issues
    }

    fn issue(&mut self, item: Sourced<schema::Issue>, Assigned { id, made }: Assigned) -> Issue {
        let Sourced { origin, value } = item;
        let at = self.at("issues", origin, Some(&id));
        let snapshot = stated_of(self.lock.and_then(|lock| self.locked(&lock.issues, &id)));
        let (parent, parent_elsewhere) = self.parent(value.parent, at);
        let (blocked_by, blocked_elsewhere) = self.blockers(value.blocked_by, at);
        let named = value.labels.get().map_or(0, Vec::len);
        let labels = value.labels.and_then(|names| Some(self.labels_of(&names, at)));
        Issue {
            made,
            repeats: made || id.repeats(&value.title),
            short: range_without_id(&value.title, &id),
            title: value.title,
            milestone: value.milestone.and_then(|name| self.milestone_of(&name, at)),
            body: value.body,
            body_file: None,
            has_unknown_label: labels.get().map_or(0, Vec::len) < named,
            labels,
            assignees: value.assignees,
            state: value.state,
            state_reason: value.state_reason,
            kind: value.kind,
            parent,
            parent_elsewhere,
            blocked_by,
            blocked_elsewhere,
            estimate: value.estimate,
            start_on: self.when(value.start_on, at, "start_on", Purpose::Start),
            begun_on: self.day(value.begun_on, at, "begun_on"),
            due_on: self.when(value.due_on, at, "due_on", Purpose::Due),
            planned_due_on: self.when(value.planned_due_on, at, "planned_due_on", Purpose::Due),
            closed_on: self.day(value.closed_on, at, "closed_on"),
            note: value.note,
            snapshot,
            implied: Implied::default(),
            internal: value.internal.unwrap_or_default(),
            extra: value.extra,
            origin,
            id,
        }
    }

    pub(super) fn phases(&mut self, items: Vec<Sourced<schema::Phase>>) -> Vec<Phase> {
        let mut phases = Vec::new();
        for Sourced { origin, value } in items {
            let at = self.at("phases", origin, None);
            let named = value.milestones.unwrap_or_default();
            let milestones = self.milestone_ids(&named, at, "milestones", Code::UnknownMilestone);
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
                Code::BadAlias,
                at.the_key(),
                format!("`{was}` is not a former id: it is still in use"),
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
                let message = format!("`{was}` leads to `{to}`, which does not exist");
                let found = Diagnostic::new(Code::BadAlias, at, message);
                self.report.push(match close {
                    Some(close) => meant(found, to, &close),
                    None => found,
                });
                None
            }
        }
    }

    fn when(&mut self, text: Option<String>, at: At<'_>, key: &str, purpose: Purpose) -> Option<When> {
        when(&text?, purpose, || at.key(key), self.report)
    }

    fn day(&mut self, text: Option<String>, at: At<'_>, key: &str) -> Option<Day> {
        day(&text?, || at.key(key), self.report)
    }

    fn milestone_of(&mut self, name: &str, at: At<'_>) -> Option<MilestoneIx> {
        let place = || at.key("milestone");
        match self.names.milestone(name) {
            Found::One(ix) => return Some(ix),
            Found::Several(count) => self.report.push(
                Diagnostic::new(
                    Code::AmbiguousMilestone,
                    place(),
                    format!("{count} milestones have the title `{name}`"),
                )
                .help("name the milestone by its id"),
            ),
            Found::None(close) => {
                self.report.push(unknown(Code::UnknownMilestone, place(), "milestone", name, close))
            }
        }
        None
    }

    fn milestone_ids(&mut self, ids: &[String], at: At<'_>, key: &str, code: Code) -> Vec<Link<MilestoneIx>> {
        let mut links = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            match self.names.milestone_id(id) {
                Ok(to) => links.push(Link { to, index }),
                Err(close) => {
                    let place = at.key(key).index(index);
                    let close = close.and_then(|close| close.but(at.id));
                    let mut found = unknown(code, place, "milestone", id, close);
                    if IssueName::is_meant(id) {
                        found = found.help("only issues lead into other repositories: GitHub knows no more");
                    } else if self.names.issue(id).is_ok() {
                        found = found.help(format!("`{id}` is an issue; only milestones can stand here"));
                    }
                    self.report.push(found);
                }
            }
        }
        links
    }

    /// What an issue is a part of, here or in another repository.
    fn parent(&mut self, named: Field<String>, at: At<'_>) -> (Field<IssueIx>, Option<Box<Elsewhere>>) {
        let (place, code) = (|| at.key("parent"), Code::UnknownParent);
        match named {
            Field::Given(Some(name)) if IssueName::is_meant(&name) => {
                let parent = self.issue_elsewhere(&name, place, code).map(Box::new);
                (Field::Given(None), parent)
            }
            named => (named.and_then(|name| self.issue_id(&name, at.id, place, code)), None),
        }
    }

    /// What an issue waits for, here and in other repositories.
    fn blockers(
        &mut self,
        named: Field<Vec<String>>,
        at: At<'_>,
    ) -> (Field<Vec<Link<IssueIx>>>, Vec<Link<Elsewhere>>) {
        let mut elsewhere = Vec::new();
        let here = named.map(|names| {
            let mut links = Vec::new();
            for (index, name) in names.iter().enumerate() {
                let (place, code) = (|| at.key("blocked_by").index(index), Code::UnknownBlocker);
                if IssueName::is_meant(name) {
                    elsewhere.extend(self.issue_elsewhere(name, place, code).map(|to| Link { to, index }));
                } else {
                    links.extend(self.issue_id(name, at.id, place, code).map(|to| Link { to, index }));
                }
            }
            links
        });
        (here, elsewhere)
    }

    /// The issue of this id, which another one names, its `own`.
    fn issue_id(
        &mut self,
        id: &str,
        own: Option<&Id>,
        place: impl FnOnce() -> Place,
        code: Code,
    ) -> Option<IssueIx> {
        match self.names.issue(id) {
            Ok(ix) => Some(ix),
            Err(close) => {
                let close = close.and_then(|close| close.but(own));
                let mut found = unknown(code, place(), "issue", id, close);
                if self.names.milestone_id(id).is_ok() {
                    found = found.help(format!("`{id}` is a milestone; only issues can stand here"));
                }
                self.report.push(found);
                None
            }
        }
    }

    fn labels_of(&mut self, names: &[String], at: At<'_>) -> Vec<Link<LabelIx>> {
        let mut links = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let place = || at.key("labels").index(index);
            links.extend(self.label(name, place).map(|to| Link { to, index }));
        }
        links
    }

    fn label(&mut self, name: &str, place: impl FnOnce() -> Place) -> Option<LabelIx> {
        if let Some(ix) = self.names.labels.exact(name, &self.labels) {
            return Some(ix);
        }
        if let Some(ix) = self.names.labels.folded(name, &self.labels) {
            let known = &self.labels[ix.0].name;
            let found = Diagnostic::new(
                Code::LabelCase,
                place(),
                format!("the label `{name}` is `{known}` in other case"),
            );
            let found = found.certainly(Action::text(known));
            self.report.push(found.help(format!("GitHub compares labels without case: write `{known}`")));
            return Some(ix);
        }
        if self.names.labels.listed {
            let trimmed = self.names.labels.folded(name.trim(), &self.labels);
            let close = match trimmed {
                Some(ix) => Some(Close::Surely(self.labels[ix.0].name.clone())),
                None => self.names.close_label(name, &self.labels).map(Close::Perhaps),
            };
            self.report.push(unknown(Code::UnknownLabel, place(), "label", name, close));
            return None;
        }
        let ix = LabelIx(self.labels.len());
        self.names.labels.add(name, ix);
        self.labels.push(unlisted(name));
        Some(ix)
    }
}

fn unknown(code: Code, place: Place, kind: &str, name: &str, close: Option<Close>) -> Diagnostic {
    let found = Diagnostic::new(code, place, format!("unknown {kind} `{name}`"));
    match close {
        Some(close) => meant(found, name, &close),
        None if kind == "label" => found.help(format!(
            "`roadbook add label {}` adds it to `labels`; or take it from the issue",
            typed(name)
        )),
        None => found.help(format!("no {kind} of this roadmap has this name")),
    }
}

/// The finding that a name is unknown, with the one that is meant instead.
fn meant(found: Diagnostic, name: &str, close: &Close) -> Diagnostic {
    match close {
        Close::Surely(close) => found.did_you_mean(Some(close)).certainly(Action::text(close)),
        Close::Renamed(now) => {
            found.help(format!("`{name}` was renamed to `{now}`")).certainly(Action::text(now))
        }
        Close::Perhaps(close) => found.did_you_mean(Some(close)).perhaps(Action::text(close)),
    }
}

fn stated_of<A>(item: Option<&LockItem<A>>) -> Stated {
    item.map_or_else(Stated::default, |LockItem { remote, .. }| stated(remote))
}

/// What the lock keeps of what GitHub said.
pub(super) fn stated(remote: &Remote) -> Stated {
    Stated {
        state: remote.state,
        state_reason: remote.state_reason,
        closed_on: remote.closed_on.as_deref().and_then(Day::parse),
        due_on: remote.due_on.as_deref().and_then(Day::parse),
    }
}
