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

/// Whether a refusal is not GitHub's: its own are objects of JSON, and a proxy's are pages for people.
pub(super) fn is_foreign(answer: &Answer) -> bool {
    let is_blank = answer.body.iter().all(u8::is_ascii_whitespace);
    !(200..300).contains(&answer.status) && !is_blank && !is_object(&answer.body)
}

fn is_object(body: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body).is_ok()
}

/// What came in place of an answer of GitHub's, in words for people.
fn foreign(answer: &Answer) -> String {
    let is_page = answer.body.trim_ascii_start().starts_with(b"<");
    let what = if is_page { "a web page" } else { "something else" };
    format!("{what} came in place of an answer of GitHub's API (status {})", answer.status)
}

/// What is said where somebody else may have answered.
pub(super) const NOT_GITHUB: &str =
    "is the address that of GitHub's API? A proxy may have answered in its place";

/// What is wrong with an answer that says that all is well, and cannot be read.
pub(super) fn unreadable(answer: &Answer, is_cut: bool) -> Failure {
    let is_blank = answer.body.iter().all(u8::is_ascii_whitespace);
    let what = match answer.body.trim_ascii_start().first() {
        None if is_blank => "it is empty",
        Some(b'<') => "it is a web page",
        _ if is_cut => "it is cut off",
        Some(b'{' | b'[') => "it is not what GitHub's API promises",
        _ => "it is no JSON",
    };
    Failure::new(FailureKind::GitHub, format!("GitHub's answer cannot be read: {what}")).help(NOT_GITHUB)
}

impl Asked<'_> {
    /// An answer that ends the run.
    pub(super) fn failure(&self, answer: &Answer) -> Failure {
        if is_foreign(answer) {
            return Failure::new(FailureKind::GitHub, foreign(answer)).help(NOT_GITHUB);
        }
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
                format!("`{repository}` is not on GitHub, or the token cannot see it"),
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
            451 => (
                format!("GitHub does not show `{repository}` for legal reasons{}", quoted(&words)),
                "its page on GitHub says at whose request".into(),
            ),
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
        if is_foreign(answer) {
            let words = format!("{what}: {}", foreign(answer));
            // Whether whoever answered had passed it on is not known.
            return if makes { Refused::Unknown(words) } else { Refused::All(self.failure(answer)) };
        }
        let wire = WireError::read(&answer.body);
        let words = self.token.hidden_in(&wire.words());
        match answer.status {
            408 if makes => Refused::Unknown(format!("{what}: GitHub did not wait for the request")),
            422 if wire.is_exists() => Refused::Exists(format!("{what} exists already")),
            404 | 410 if is_disabled(&words) => Refused::All(failure(no_issues(self.repository))),
            404 | 410 if makes => Refused::This(format!(
                "GitHub does not make {what} ({}): the token may not write issues here (Issues: Read and write), or what it names is not there",
                answer.status
            )),
            404 | 410 => Refused::Missing(format!("{what} is not there any more")),
            301 | 307 => Refused::This(format!("{what} was moved to another repository")),
            400 | 409 | 413 | 422 => Refused::This(format!("GitHub refuses {what}{}", quoted(&words))),
            _ => Refused::All(self.failure(answer)),
        }
    }
}

/// Whether issues are switched off. Sources: GitHub's answers to reading and to writing differ in a word.
fn is_disabled(words: &str) -> bool {
    let words = words.to_lowercase();
    ["issues are disabled", "issues has been disabled"].iter().any(|known| words.contains(known))
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

/// Words of GitHub's in a 403, and what to do about each. Sources: docs.github.com, "Troubleshooting the REST API", "Managing
/// allowed IP addresses", "Setting a personal access token policy", "Restricting access to your organization's data".
const FORBIDDEN: [(&str, &str); 8] = [
    (
        "ip allow list",
        "run it from an address on that list, or ask an owner of the organization to add yours",
    ),
    ("personal access token (classic)", "the organization takes no classic tokens: make a fine-grained one"),
    (
        "fine-grained personal access token",
        "the organization's policy refuses this token: look at its lifetime, or ask an owner",
    ),
    ("oauth app access restrictions", "an owner of the organization has to approve the app first"),
    ("saml", "authorize the token for the organization: https://github.com/settings/tokens, Configure SSO"),
    ("suspended", "ask the support of GitHub, or take a token of another account"),
    ("access blocked", "its page on GitHub says why, and what its owner can do"),
    (
        "interaction",
        "the repository takes issues from some people only for a while: its settings say for how long",
    ),
];

fn forbidden(repository: &str, words: &str) -> (String, String) {
    let message = format!("the token may not do this in `{repository}`{}", quoted(words));
    let words = words.to_lowercase();
    let known = FORBIDDEN.iter().find(|(part, _)| words.contains(part)).map(|(_, help)| *help);
    let help = known.unwrap_or(
        "it needs to read and write issues: `permissions: issues: write` in a workflow (a fork's pull request has never more \
         than `read`), Issues: Read and write in a fine-grained token, `repo` in a classic one",
    );
    (message, help.into())
}

fn is_archived(words: &str) -> bool {
    words.to_lowercase().contains("archived")
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": {words}") }
}
