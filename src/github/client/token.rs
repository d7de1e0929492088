//! The token: where it is looked for, and that nobody sees it.
//!
//! Source: `gh help environment`. As there, what is meant for github.com is not sent to a company's own server.

use std::{ffi::OsStr, fmt, path::Path};

use super::target::Base;
use crate::{
    io::{Failure, FailureKind, Process},
    report::is_direction,
};

/// The most characters of a text of others that are shown: an error is read, a page is not.
const MOST_SHOWN: usize = 500;

/// What proves who asks. It can be sent, and neither printed nor compared.
#[derive(Clone)]
pub(super) struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// The first of: the variable that was named, the usual variables, what `gh` knows.
    pub(super) fn find(
        named: Option<&str>,
        base: &Base,
        process: &dyn Process,
        here: &Path,
    ) -> Result<Self, Failure> {
        if let Some(name) = named {
            let value = process.variable(name).ok_or_else(|| {
                Failure::new(FailureKind::GitHub, format!("`--token-env` names `{name}`, which is not set"))
                    .help(format!("set `{name}` to a token of GitHub"))
            })?;
            return Self::checked(&value, name);
        }
        for name in variables(base, process) {
            if let Some(value) = process.variable(name) {
                return Self::checked(&value, name);
            }
        }
        match Self::of_gh(base, process, here)? {
            Some(token) => Ok(token),
            None => Err(missing(base)),
        }
    }

    /// What `gh` knows for this host.
    fn of_gh(base: &Base, process: &dyn Process, here: &Path) -> Result<Option<Self>, Failure> {
        if base.is_local() {
            return Ok(None);
        }
        let args = ["auth", "token", "--hostname", base.web_host()].map(OsStr::new);
        let Some(output) = process.run("gh", &args, here)?.filter(|output| output.success) else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(&output.stdout);
        let text = text.trim();
        if text.is_empty() { Ok(None) } else { Self::checked(text, "gh auth token").map(Some) }
    }

    /// A token as it may stand in a header: RFC 6750 knows visible ASCII alone, and a line end would be another header.
    fn checked(value: &str, origin: &str) -> Result<Self, Failure> {
        let value = value.trim();
        if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = format!(
                "the value from `{origin}` is not a token: it contains a character that no token has"
            );
            return Err(
                Failure::new(FailureKind::GitHub, message).help("copy the token again, without quotes")
            );
        }
        Ok(Self(value.to_owned()))
    }

    /// The value of the header `Authorization`.
    pub(super) fn header(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// A text of others in which the token is not told, should they echo it, and no terminal is steered; as much of it as
    /// somebody reads.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        let text = text.replace(&self.0, "…");
        let plain = |c: char| if c.is_control() || is_direction(c) { ' ' } else { c };
        let mut shown: String = text.chars().take(MOST_SHOWN).map(plain).collect();
        if shown.len() < text.len() && text.chars().nth(MOST_SHOWN).is_some() {
            shown.push('…');
        }
        shown
    }

    /// Whether it is an App's for one installation, as the one of a workflow is: what it may do is not told by the rights of a
    /// person. Source: docs.github.com, "GitHub's token formats".
    pub(super) fn is_of_app(&self) -> bool {
        self.0.starts_with("ghs_")
    }
}

/// The variables that may hold a token for this address.
fn variables(base: &Base, process: &dyn Process) -> Vec<&'static str> {
    let own = ["GH_TOKEN", "GITHUB_TOKEN"];
    if base.is_githubs_own() || base.is_local() {
        return own.into();
    }
    let mut names = vec!["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];
    // In a workflow on that very server they are its own. Elsewhere the variable alone says nothing of whose they are.
    let is_workflow = process.variable("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let url = process.variable("GITHUB_API_URL").filter(|_| is_workflow);
    let is_of_workflow = url.is_some_and(|url| {
        Base::parse(&url, "`GITHUB_API_URL`").is_ok_and(|workflow| workflow.origin == base.origin)
    });
    names.extend(is_of_workflow.then_some(own).into_iter().flatten());
    names
}

fn missing(base: &Base) -> Failure {
    let host = base.web_host();
    let (name, login) = if base.is_githubs_own() || base.is_local() {
        ("GH_TOKEN", "gh auth login".to_owned())
    } else {
        ("GH_ENTERPRISE_TOKEN", format!("gh auth login --hostname {host}"))
    };
    Failure::new(FailureKind::GitHub, format!("there is no token for `{host}`"))
        .help(format!("set `{name}` to a token that may read and write issues, or log in with `{login}`"))
}
