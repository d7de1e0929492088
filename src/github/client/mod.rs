//! The client: [`Reader`] and [`Writer`] over one door to the network and one clock.
//!
//! ```text
//!  Writer ─▶ Client ─▶ Governor ─▶ Network        pace, limits, what may be sent again
//!              │ ▲
//!              ▼ └── wire (what GitHub answers), compare (is it what was sent), refusal (what it means, what to do)
//! ```

mod compare;
mod exported;
mod fields;
mod governor;
mod limit;
mod pages;
mod refusal;
mod target;
mod token;
mod values;
mod wire;
mod write;

pub(crate) use exported::{Exported, exported, milestone};
pub(crate) use target::REPOSITORY;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use serde::de::DeserializeOwned;

use self::{
    governor::{Failed, Governor, Weight},
    refusal::Asked,
    target::Base,
    token::Token,
    wire::{WireIssue, WireLabel, WireMilestone, WireRepository},
};
use super::{
    api::Reader,
    fields::{FieldValue, OrgFields},
    remote::{Blocker, Fetched, Gone, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone, Repository},
};
use crate::{
    io::{Answer, Failure, FailureKind, Io, Method, Request},
    model::Day,
    source::objects,
};

/// The version of the API that is asked for; `ROADBOOK_GITHUB_API_VERSION` names another. Enterprise Server up to 3.19 knows
/// no later one. Source: docs.github.com, "API Versions".
const API_VERSION: &str = "2022-11-28";

/// Which repository is asked, where, and with which token: what was typed, before the environment is asked.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Access<'a> {
    /// `owner/name`: `--repo`, else the source's `repository`. It is never guessed.
    pub(crate) repository: Option<&'a str>,
    /// `--api-url`; else `GITHUB_API_URL`, else the host in `GH_HOST`, else github.com.
    pub(crate) api_url: Option<&'a str>,
    /// `--token-env`: the name of the variable that holds the token.
    pub(crate) token_env: Option<&'a str>,
}

/// One repository in GitHub.
pub(crate) struct Client<'a> {
    governor: Governor<'a>,
    base: Base,
    token: Token,
    repository: String,
    api_version: String,
    /// The numbers of what was made in this run: for a moment it may not be found everywhere.
    made: RefCell<BTreeSet<(Sort, u64)>>,
    /// The pull requests of the last list of issues that carry a marker.
    pulls: RefCell<BTreeMap<u64, String>>,
    /// The labels of those that have any.
    pull_labels: RefCell<BTreeMap<u64, Vec<String>>>,
    /// The milestones of those that have one.
    pull_milestones: RefCell<BTreeMap<u64, u64>>,
    /// Whether the repository is a user's.
    is_of_user: Cell<bool>,
    /// The owner's issue fields, once they were asked for.
    fields: RefCell<Option<OrgFields>>,
}

/// What has numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Milestone,
    Issue,
}

/// Makes ready to ask; nothing is sent yet. `notice` is told of waits, a line each.
///
/// # Errors
/// Where no repository is named, the address is none or would take the token in the clear, or there is no token.
pub(crate) fn connect<'a>(
    io: &Io<'a>,
    access: &Access<'_>,
    notice: &'a dyn Fn(&str),
) -> Result<Client<'a>, Failure> {
    let repository = target::repository(access.repository)?;
    let base = Base::find(access.api_url, io.process)?;
    let token = Token::find(access.token_env, &base, io.process, io.files.here())?;
    let api_version = io.process.variable("ROADBOOK_GITHUB_API_VERSION");
    let api_version = api_version.filter(|version| Day::parse(version).is_some());
    Ok(Client {
        governor: Governor::new(io.network, io.clock, notice, token.clone(), base.is_local()),
        base,
        token,
        repository,
        api_version: api_version.unwrap_or_else(|| API_VERSION.into()),
        made: RefCell::default(),
        pulls: RefCell::default(),
        pull_labels: RefCell::default(),
        pull_milestones: RefCell::default(),
        is_of_user: Cell::new(false),
        fields: RefCell::default(),
    })
}

impl Client<'_> {
    /// Whether GitHub is on this machine: there nobody needs to be spared, and nothing lags by minutes.
    pub(crate) fn is_local(&self) -> bool {
        self.base.is_local()
    }

    /// The path of something in the repository.
    fn path(&self, rest: &str) -> String {
        format!("/repos/{}{rest}", self.repository)
    }

    /// The path of an issue, which may be in another repository, or of something below it.
    fn path_of(&self, place: &IssueName, rest: &str) -> Result<String, Failure> {
        let repository = match &place.repository {
            Some(name) => &target::repository(Some(name))?,
            None => &self.repository,
        };
        Ok(format!("/repos/{repository}/issues/{}{rest}", place.number))
    }

    /// What a name leads to now.
    fn fetch(&self, place: &IssueName) -> Result<Fetched, Failure> {
        // Of a foreign issue it is told by its whole name where it went, be it into our own repository.
        let (own, home) = match &place.repository {
            Some(other) => ("", other),
            None => (self.repository.as_str(), &self.repository),
        };
        let answer = self.get(self.base.at(&self.path_of(place, "")?))?;
        let gone = match answer.status {
            410 => Gone::Deleted,
            404 => Gone::Hidden,
            301 | 302 | 307 | 308 => self.moved(&answer, own),
            _ => {
                let issue: WireIssue = self.value(&answer)?;
                if issue.pull_request.is_none() {
                    return Ok(Fetched::Issue(Box::new(issue.issue(home))));
                }
                Gone::PullRequest
            }
        };
        Ok(Fetched::Gone(gone))
    }

    fn asked(&self) -> Asked<'_> {
        Asked { repository: &self.repository, token: &self.token }
    }

    fn request(&self, method: Method, url: String, body: Option<&serde_json::Value>) -> Request {
        let mut headers = vec![
            ("Accept", "application/vnd.github+json".to_owned()),
            ("X-GitHub-Api-Version", self.api_version.clone()),
            ("User-Agent", concat!("roadbook/", env!("CARGO_PKG_VERSION")).to_owned()),
            ("Authorization", self.token.header()),
        ];
        if body.is_some() {
            headers.push(("Content-Type", "application/json".to_owned()));
        }
        Request { method, url, headers, body: body.map(|body| body.to_string().into_bytes()) }
    }

    /// Reads an address below the base.
    fn get(&self, url: String) -> Result<Answer, Failure> {
        let sent = self.governor.send(&self.request(Method::Get, url, None), Weight::Read);
        match sent {
            // Nothing is gone, moved or forbidden on the word of a proxy.
            Ok(answer) if refusal::is_foreign(&answer) => Err(self.asked().failure(&answer)),
            Ok(answer) => Ok(answer),
            Err(Failed::Stop(failure)) => Err(failure),
            Err(Failed::Unknown(why)) => Err(Failure::new(FailureKind::GitHub, why)),
        }
    }

    /// The value in a good answer.
    fn value<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Failure> {
        if !(200..300).contains(&answer.status) {
            return Err(self.asked().failure(answer));
        }
        objects::from_slice(&answer.body).map_err(|why| refusal::unreadable(answer, why.is_eof()))
    }

    /// The failure that a repository is called otherwise now; its new name is asked for at our own address.
    fn renamed(&self, moved: &Answer) -> Failure {
        let at = moved.header("location").and_then(|url| self.base.rebased(url));
        let found = at.and_then(|url| self.get(url).ok()).and_then(|answer| self.value(&answer).ok());
        match found {
            Some(WireRepository { full_name, .. }) if !full_name.is_empty() => self.is_now(&full_name),
            _ => self.asked().failure(moved),
        }
    }

    /// Where an issue has gone that GitHub says to be elsewhere, as seen from a repository; its new address is asked for at our own.
    fn moved(&self, answer: &Answer, own: &str) -> Gone {
        let Some(to) = answer.header("location") else { return Gone::Moved(None) };
        if to.contains("/discussions/") {
            return Gone::Discussion;
        }
        let told = wire::place(to, own).map(|place| place.to_string());
        let asked = || {
            let answer = self.get(self.base.rebased(to)?).ok()?;
            self.value::<WireIssue>(&answer).ok()?.place()
        };
        Gone::Moved(told.or_else(asked).map(|place| self.token.hidden_in(&place)))
    }

    fn is_now(&self, full_name: &str) -> Failure {
        let full_name = self.token.hidden_in(full_name);
        Failure::new(FailureKind::GitHub, format!("`{}` is called `{full_name}` now", self.repository)).help(
            format!(
                "write `\"repository\": \"{full_name}\"` into the JSON, or `{full_name}` on the command line"
            ),
        )
    }
}

impl Reader for Client<'_> {
    fn repository(&self) -> Result<Repository, Failure> {
        let answer = self.get(self.base.at(&self.path("")))?;
        if [301, 302, 307, 308].contains(&answer.status) {
            return Err(self.renamed(&answer));
        }
        let wire: WireRepository = self.value(&answer)?;
        self.is_of_user.set(wire.owner.is_some_and(|owner| owner.kind == "User"));
        // An App's rights are not told as a person's: what it may not do, it is refused when it tries.
        let can_push = wire.permissions.is_none_or(|may| may.push) || self.token.is_of_app();
        Ok(Repository {
            full_name: wire.full_name,
            can_push,
            has_issues: wire.has_issues.unwrap_or(true),
            is_archived: wire.archived.unwrap_or(false),
        })
    }

    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure> {
        self.list("/labels?per_page=100", |label: &WireLabel| label.id, |label| Some(label.into()))
    }

    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure> {
        let path = "/milestones?state=all&per_page=100";
        let mut milestones: Vec<RemoteMilestone> =
            self.list(path, |milestone: &WireMilestone| milestone.id, |milestone| Some(milestone.into()))?;
        milestones.sort_by_key(|milestone| milestone.number);
        Ok(milestones)
    }

    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure> {
        // By creation, so that what is made meanwhile comes last and moves nothing from one page to another.
        let path = "/issues?state=all&sort=created&direction=asc&per_page=100";
        self.pulls.borrow_mut().clear();
        self.pull_labels.borrow_mut().clear();
        self.pull_milestones.borrow_mut().clear();
        let keep = |issue: WireIssue| {
            self.pulls.borrow_mut().extend(issue.marked_pull());
            let is_pull = issue.pull_request.is_some();
            let issue = issue.issue(&self.repository);
            if let (true, Some(milestone)) = (is_pull, issue.milestone) {
                self.pull_milestones.borrow_mut().insert(issue.number, milestone);
            }
            if is_pull && !issue.labels.is_empty() {
                self.pull_labels.borrow_mut().insert(issue.number, issue.labels.clone());
            }
            (!is_pull).then_some(issue)
        };
        let mut issues = self.list(path, |issue: &WireIssue| issue.id, keep)?;
        issues.sort_by_key(|issue| issue.number);
        Ok(issues)
    }

    fn issue(&self, number: u64) -> Result<Fetched, Failure> {
        self.fetch(&IssueName::here(number))
    }

    fn elsewhere(&self, name: &IssueName) -> Result<Fetched, Failure> {
        self.fetch(name)
    }

    fn marked_pulls(&self) -> BTreeMap<u64, String> {
        self.pulls.borrow().clone()
    }

    fn labelled_pulls(&self) -> BTreeMap<u64, Vec<String>> {
        self.pull_labels.borrow().clone()
    }

    fn planned_pulls(&self) -> BTreeMap<u64, u64> {
        self.pull_milestones.borrow().clone()
    }

    fn blocked_by(&self, number: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        let path = self.path(&format!("/issues/{number}/dependencies/blocked_by?per_page=100"));
        let first = self.get(self.base.at(&path))?;
        if [404, 410].contains(&first.status) {
            return Ok(None);
        }
        self.pages(first, |issue: &WireIssue| issue.id, |issue| Some(issue.blocker(&self.repository)))
            .map(Some)
    }

    fn org_fields(&self) -> Result<OrgFields, Failure> {
        self.fields_of_owner()
    }

    fn field_values(&self, number: u64) -> Result<Option<Vec<FieldValue>>, Failure> {
        self.values_of(number)
    }
}

#[cfg(test)]
mod tests;
