//! What the verbs that speak with GitHub have in common: what is wanted, what was applied, what was typed.

use std::collections::BTreeSet;

use super::Session;
use crate::{
    cli::{Adopt, Connection, Planning, Pruned, Winner},
    github::{
        client::{Access, Client, connect},
        desired::{Desired, desired},
        plan::{Field, Only, Options, Prune, Resolution, Which},
    },
    io::{Failure, FailureKind},
    model::{Id, Roadmap},
    report::{Report, closest},
    source::{self, Lock},
};

/// What a roadmap wants of GitHub, and what was last applied.
pub(super) struct GithubInputs {
    /// What is wanted.
    pub(super) desired: Desired,
    /// What was last applied; empty where nothing was.
    pub(super) lock: Lock,
    /// `owner/name`, as it was typed or as the source says.
    pub(super) repository: Option<String>,
}

impl GithubInputs {
    /// Reads the lock again, since a roadmap keeps only its states and days.
    ///
    /// # Errors
    /// Where the lock cannot be read, or ids are made from titles.
    pub(super) fn new(session: &Session<'_>, roadmap: &Roadmap, repo: Option<&str>) -> Result<Self, Failure> {
        let named = session.global.lock.as_deref();
        // What is wrong with the lock was told by whoever opened the session.
        let lock = source::read_lock(session.io, &session.found, named, &mut Report::default())?;
        let repository = repo.map(str::to_owned).or_else(|| roadmap.repository.clone());
        let (desired, mut lock) = (desired(roadmap)?, lock.unwrap_or_default());
        lock.rename(&desired.former);
        Ok(Self { desired, lock, repository })
    }

    /// Makes ready to ask GitHub.
    ///
    /// # Errors
    /// Where no repository is named, or there is no token.
    pub(super) fn connect<'a>(
        &self,
        session: &Session<'a>,
        connection: &Connection,
        notice: &'a dyn Fn(&str),
    ) -> Result<Client<'a>, Failure> {
        let access = Access {
            repository: self.repository.as_deref(),
            api_url: connection.server.api_url.as_deref(),
            token_env: connection.server.token_env.as_deref(),
        };
        connect(session.io, &access, notice)
    }
}

/// What was typed, as the planner takes it.
///
/// # Errors
/// Where it names what does not exist: an answer about nothing would look like a fact.
pub(super) fn options(typed: &Planning, desired: &Desired) -> Result<Options, Failure> {
    let Planning { only, on_conflict, adopt, prune, recreate, merge_labels, reopen } = typed;
    let mut options = Options {
        adopt_oldest: adopt.contains(&Adopt::Oldest),
        adopt_by_id: adopt.contains(&Adopt::ById),
        prune: prune.iter().map(|kind| kind_of(*kind)).collect(),
        recreate: *recreate,
        merge_labels: *merge_labels,
        reopen: *reopen,
        only: only.iter().map(|name| part(name, desired)).collect::<Result<_, _>>()?,
        ..Options::default()
    };
    for adopt in adopt {
        if let Adopt::One(id, number) = adopt {
            adoptable(id, desired)?;
            options.adopt.insert(id.to_lowercase(), number.map_or(Which::New, Which::Number));
        }
    }
    for resolved in on_conflict {
        let winner = match resolved.winner {
            Winner::Ours => Resolution::Ours,
            Winner::Theirs => Resolution::Theirs,
            Winner::Fail => Resolution::Fail,
        };
        match &resolved.field {
            None => options.on_conflict.all = winner,
            Some((item, field)) => {
                let key = (item.to_lowercase(), field_of(field)?);
                known(item, desired)?;
                options.on_conflict.fields.insert(key, winner);
            }
        }
    }
    Ok(options)
}

fn kind_of(kind: Pruned) -> Prune {
    match kind {
        Pruned::Labels => Prune::Labels,
        Pruned::Milestones => Prune::Milestones,
        Pruned::Issues => Prune::Issues,
    }
}

fn part(name: &str, desired: &Desired) -> Result<Only, Failure> {
    match name {
        "labels" => Ok(Only::Labels),
        "milestones" => Ok(Only::Milestones),
        id => {
            let ids: BTreeSet<_> = desired.issues.iter().chain(&desired.milestones).map(Id::key).collect();
            match ids.contains(id.to_lowercase().as_str()) {
                true => Ok(Only::Item(id.to_lowercase())),
                false => {
                    Err(unknown("milestone or issue", id, ["labels", "milestones"].into_iter().chain(ids)))
                }
            }
        }
    }
}

/// Refuses an id that no issue or milestone of the source has.
fn adoptable(id: &str, desired: &Desired) -> Result<(), Failure> {
    let mut all = desired.issues.iter().chain(&desired.milestones).map(Id::key);
    let key = id.to_lowercase();
    let is_known = all.clone().any(|known| known == key);
    if is_known { Ok(()) } else { Err(unknown("milestone or issue", id, all.by_ref())) }
}

/// Refuses an id or a label's name that the source does not have.
fn known(item: &str, desired: &Desired) -> Result<(), Failure> {
    let ids = desired.issues.iter().chain(&desired.milestones).map(Id::key);
    let mut all = ids.chain(desired.labels.iter().map(String::as_str));
    let key = item.to_lowercase();
    if all.clone().any(|it| it == key) { Ok(()) } else { Err(unknown("item", item, all.by_ref())) }
}

fn field_of(name: &str) -> Result<Field, Failure> {
    let found = Field::ALL.iter().find(|(_, key)| *key == name).map(|(field, _)| *field);
    found.ok_or_else(|| unknown("field", name, Field::ALL.iter().map(|(_, key)| *key)))
}

fn unknown<'n>(noun: &str, name: &str, all: impl Iterator<Item = &'n str>) -> Failure {
    let failure = Failure::new(FailureKind::Usage, format!("there is no {noun} `{name}`"));
    match closest(name, all) {
        Some(close) => failure.help(format!("did you mean `{close}`?")),
        None => failure.help("`roadbook list` shows what there is"),
    }
}
