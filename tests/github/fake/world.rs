//! What this GitHub holds: one repository with its labels, milestones and issues, and who may do what there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{clock::Clock, elsewhere, fields::Organization};

/// All that is remembered.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// The time.
    pub(crate) clock: Clock,
    /// The repository.
    pub(crate) repository: Repository,
    /// Tokens, and what each may do.
    pub(crate) tokens: BTreeMap<String, Access>,
    /// Who may be given an issue.
    pub(crate) people: Vec<String>,
    /// The types that an issue may have.
    pub(crate) kinds: Vec<String>,
    /// Labels, in the order in which they were made.
    pub(crate) labels: Vec<Label>,
    /// Milestones by number.
    pub(crate) milestones: BTreeMap<u64, Milestone>,
    /// Issues and pull requests by number; those of other repositories by a key of their own.
    pub(crate) issues: BTreeMap<u64, Issue>,
    /// Which issue has an id.
    pub(crate) numbers: BTreeMap<u64, u64>,
    /// Which issue another one waits for, and that other one.
    pub(crate) waits: BTreeSet<(u64, u64)>,
    /// What the owner has where that is an organization, and not a user.
    pub(crate) organization: Option<Organization>,
    /// Other repositories that no token here may see.
    pub(crate) hidden: BTreeSet<String>,
    /// Whether all but words and state are dropped, while the repository says that one may push.
    pub(crate) drops_members: bool,
    /// How long what was made stays unseen.
    pub(crate) lag: Lag,
    /// How many lists of each kind were begun.
    pub(crate) lists: Lists,
    next_id: u64,
    next_milestone: u64,
}

/// The repository.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    /// Its id, which a rename keeps.
    pub(crate) id: u64,
    /// Whose it is.
    pub(crate) owner: String,
    /// What it is called.
    pub(crate) name: String,
    /// What it was called before, `owner/name`.
    pub(crate) former: BTreeSet<String>,
    /// Whether only those who may read it know of it.
    pub(crate) is_private: bool,
    /// Whether it has issues.
    pub(crate) has_issues: bool,
    /// Whether it is read-only for all.
    pub(crate) is_archived: bool,
    /// Whether this server knows parts of issues.
    pub(crate) has_sub_issues: bool,
    /// Whether this server knows what waits for what.
    pub(crate) has_dependencies: bool,
}

/// What a token may do.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    /// Whose it is.
    pub(crate) login: String,
    /// Whether it may read the repository where that is private.
    pub(crate) reads: bool,
    /// Whether its owner may push there.
    pub(crate) pushes: bool,
    /// Whether it may change nothing at all, as a workflow's token for a fork's pull request.
    pub(crate) is_read_only: bool,
}

/// A label.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) color: String,
    pub(crate) description: Option<String>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Milestone {
    pub(crate) id: u64,
    pub(crate) number: u64,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// Midnight in California.
    pub(crate) due_on: Option<DateTime<Utc>>,
    pub(crate) is_closed: bool,
    pub(crate) creator: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) closed_at: Option<DateTime<Utc>>,
    /// The last list in which it is missing.
    pub(crate) unseen_until: u64,
}

/// An issue or a pull request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Issue {
    pub(crate) id: u64,
    pub(crate) number: u64,
    pub(crate) title: String,
    pub(crate) body: Option<String>,
    pub(crate) is_closed: bool,
    pub(crate) reason: Option<String>,
    /// Ids of labels, in the order in which they were given.
    pub(crate) labels: Vec<u64>,
    pub(crate) assignees: Vec<String>,
    pub(crate) milestone: Option<u64>,
    pub(crate) kind: Option<String>,
    pub(crate) parent: Option<u64>,
    pub(crate) parts: Vec<u64>,
    pub(crate) blockers: Vec<u64>,
    /// What its fields hold, by their ids; an option by its id.
    pub(crate) fields: BTreeMap<u64, Value>,
    /// Its repository, where that is another one.
    pub(crate) home: Option<String>,
    pub(crate) author: String,
    pub(crate) is_pull: bool,
    pub(crate) is_locked: bool,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) closed_at: Option<DateTime<Utc>>,
    pub(crate) whereabouts: Whereabouts,
    /// The last list in which it is missing.
    pub(crate) unseen_until: u64,
    /// How often an address that names it is still answered with 404.
    pub(crate) unknown_for: u32,
}

/// Where an issue is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Whereabouts {
    /// In the repository.
    Here,
    /// Nowhere.
    Deleted,
    /// At another address.
    Transferred(String),
}

/// How long what was just made stays unseen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lag {
    /// In how many lists it is missing.
    pub(crate) lists: u64,
    /// How often its own address, or its id in a relation, is answered with 404.
    pub(crate) lookups: u32,
}

/// How many lists were begun, for what is missing in the next ones.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lists {
    pub(crate) issues: u64,
    pub(crate) milestones: u64,
}

/// The first REST id given away: past what 32 bits with a sign hold.
const FIRST_ID: u64 = 3_100_000_000;

impl World {
    /// An empty repository, and a token that may do everything there.
    pub(crate) fn new(owner: &str, name: &str) -> Self {
        let access =
            Access { login: "maintainer".to_owned(), reads: true, pushes: true, is_read_only: false };
        let repository = Repository {
            id: FIRST_ID - 1,
            owner: owner.to_owned(),
            name: name.to_owned(),
            former: BTreeSet::new(),
            is_private: false,
            has_issues: true,
            is_archived: false,
            has_sub_issues: true,
            has_dependencies: true,
        };
        Self {
            clock: Clock::new(),
            repository,
            tokens: BTreeMap::from([(super::TOKEN.to_owned(), access)]),
            people: ["maintainer", "alice", "bob", "carol"].map(str::to_owned).to_vec(),
            kinds: ["Task", "Bug", "Feature"].map(str::to_owned).to_vec(),
            labels: Vec::new(),
            milestones: BTreeMap::new(),
            issues: BTreeMap::new(),
            numbers: BTreeMap::new(),
            waits: BTreeSet::new(),
            organization: None,
            hidden: BTreeSet::new(),
            drops_members: false,
            lag: Lag::default(),
            lists: Lists::default(),
            next_id: FIRST_ID,
            next_milestone: 1,
        }
    }

    /// A REST id that nothing has; they have gaps, as those of a server that serves others too.
    pub(crate) fn fresh_id(&mut self) -> u64 {
        self.next_id += 37;
        self.next_id
    }

    /// A number for a milestone; those of deleted ones are not given away again.
    pub(crate) fn fresh_milestone(&mut self) -> u64 {
        let number = self.next_milestone;
        self.next_milestone += 1;
        number
    }

    /// A number for an issue or a pull request, which share them.
    pub(crate) fn fresh_number(&self) -> u64 {
        self.issues.range(..elsewhere::FIRST).next_back().map_or(1, |(last, _)| last + 1)
    }

    /// A label by its name, whose case does not matter.
    pub(crate) fn label(&self, name: &str) -> Option<&Label> {
        let name = name.to_lowercase();
        self.labels.iter().find(|label| label.name.to_lowercase() == name)
    }

    /// `owner/name`.
    pub(crate) fn full_name(&self) -> String {
        format!("{}/{}", self.repository.owner, self.repository.name)
    }

    /// The issue that has an id.
    pub(crate) fn with_id(&self, id: u64) -> Option<&Issue> {
        self.issues.get(self.numbers.get(&id)?).filter(|issue| issue.whereabouts == Whereabouts::Here)
    }

    /// The issues that wait for one.
    pub(crate) fn waiting(&self, number: u64) -> impl Iterator<Item = u64> {
        self.waits.range((number, 0)..=(number, u64::MAX)).map(|(_, waiting)| *waiting)
    }
}
