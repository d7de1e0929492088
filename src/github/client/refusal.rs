//! What an answer that is none of the good ones means, in words that say what to do.

use super::{token::Token, wire::WireError};
use crate::{
    github::api::Refused,
    io::{Answer, Failure, FailureKind},
};

/// Who asked whom for what: what every message names.
pub(super) struct Asked<'a> {
    pub(super) repository: &'a str,
    pub(super) token: &'a Token,
}

impl Asked<'_> {
    /// An answer that ends the run.
    pub(super) fn failure(&self, answer: &Answer) -> Failure {
        let repository = self.repository;
        let wire = WireError::read(&answer.body);
        let words = self.token.hidden_in(&wire.words());
        let (message, help) = match answer.status {
            401 => (
                "GitHub does not accept the token".into(),
                "it may have expired or been revoked: set another one in `GH_TOKEN`, or run `gh auth login`"
                    .into(),
            ),
            404 => (
                format!("`{repository}` is not in GitHub, or the token may not see it"),
                "look at the name; a token must be given access to a private repository by name".into(),
            ),
            410 => no_issues(repository),
            301 | 302 | 307 | 308 => (
                format!("`{repository}` has moved"),
                "write its new name into `repository` in the JSON".into(),
            ),
            403 if answer.header("x-github-sso").is_some() => (
                format!("the organization of `{repository}` asks for single sign-on"),
                "authorize the token for it: https://github.com/settings/tokens, Configure SSO".into(),
            ),
            403 if is_archived(&words) => archived(repository),
            403 => forbidden(repository, &words),
            status => (
                format!("GitHub answers {status}{}", quoted(&words)),
                "run the same command again; if it stays so, look at https://www.githubstatus.com".into(),
            ),
        };
        Failure::new(FailureKind::GitHub, message).help(help)
    }

    /// An answer to a write of one thing, which is named by `what`; whether it `makes` one.
    pub(super) fn refused(&self, what: &str, makes: bool, answer: &Answer) -> Refused {
        let wire = WireError::read(&answer.body);
        let words = self.token.hidden_in(&wire.words());
        match answer.status {
            422 if wire.is_exists() => Refused::Exists(format!("{what} exists already")),
            404 | 410 if words.to_lowercase().contains("issues are disabled") => {
                Refused::All(failure(no_issues(self.repository)))
            }
            404 | 410 if makes => Refused::This(format!(
                "GitHub does not make {what} ({}): the token may not write here, or what it names is gone",
                answer.status
            )),
            404 | 410 => Refused::Missing(format!("{what} is not there any more")),
            301 | 307 => Refused::This(format!("{what} was moved to another repository")),
            400 | 409 | 413 | 422 => Refused::This(format!("GitHub refuses {what}{}", quoted(&words))),
            _ => Refused::All(self.failure(answer)),
        }
    }
}

fn failure((message, help): (String, String)) -> Failure {
    Failure::new(FailureKind::GitHub, message).help(help)
}

fn no_issues(repository: &str) -> (String, String) {
    (
        format!("issues are switched off in `{repository}`"),
        format!("switch them on: https://github.com/{repository}/settings, Features, Issues"),
    )
}

fn archived(repository: &str) -> (String, String) {
    (
        format!("`{repository}` is archived, and so read-only"),
        "unarchive it in its settings, or name another repository".into(),
    )
}

fn forbidden(repository: &str, words: &str) -> (String, String) {
    (
        format!("the token may not do this in `{repository}`{}", quoted(words)),
        "it needs to read and write issues: `permissions: issues: write` in a workflow (a fork's pull request has never more \
         than `read`), Issues: Read and write in a fine-grained token, `repo` in a classic one"
            .into(),
    )
}

fn is_archived(words: &str) -> bool {
    words.to_lowercase().contains("archived")
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": {words}") }
}
