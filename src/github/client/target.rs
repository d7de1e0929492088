//! Where GitHub is asked: which repository, at which address.
//!
//! Sources: docs.github.com, "Variables reference" (`GITHUB_API_URL`), "Getting started with the REST API" of Enterprise
//! Server (`https://HOST/api/v3`) and of data residency (`https://api.SUBDOMAIN.ghe.com`); `gh help environment` (`GH_HOST`).

use crate::{
    io::{Failure, FailureKind, Process, is_loopback},
    model::is_repository,
};

/// Where GitHub is asked unless somebody says otherwise.
const DEFAULT: &str = "https://api.github.com";

/// The address that all paths are appended to, without a `/` at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    /// `scheme://host:port`.
    pub(super) origin: String,
    /// The host, in lower case, without its port.
    pub(super) host: String,
    /// What stands behind the origin: empty, or as `/api/v3`.
    path: String,
}

impl Base {
    /// The first of: what was typed, `GITHUB_API_URL`, the host in `GH_HOST`, github.com.
    pub(super) fn find(typed: Option<&str>, process: &dyn Process) -> Result<Self, Failure> {
        if let Some(url) = typed {
            return Self::parse(url, "`--api-url`");
        }
        if let Some(url) = process.variable("GITHUB_API_URL") {
            return Self::parse(&url, "`GITHUB_API_URL`");
        }
        match process.variable("GH_HOST") {
            Some(host) => Self::parse(&of_host(&host), "`GH_HOST`"),
            None => Self::parse(DEFAULT, "the default"),
        }
    }

    /// Reads an address. Whatever has the token must go over TLS, unless it never leaves this machine.
    pub(super) fn parse(url: &str, who: &str) -> Result<Self, Failure> {
        let bad = |why: &str| {
            Failure::new(FailureKind::Usage, format!("{who} names no address of GitHub's API: {why}"))
                .help("write it as `https://api.github.com` or `https://HOST/api/v3`")
        };
        if url.contains(|c: char| c.is_control() || c.is_whitespace() || "@?#\\".contains(c)) {
            return Err(bad("it holds a character that does not belong there"));
        }
        let (scheme, rest) = url.split_once("://").ok_or_else(|| bad("it does not begin with `https://`"))?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = host_of(authority).ok_or_else(|| bad("it names no host"))?.to_lowercase();
        match scheme {
            "https" => {}
            "http" if is_loopback(&host) => {}
            "http" => return Err(bad("the token would be sent in the clear: it must begin with `https://`")),
            _ => return Err(bad("it does not begin with `https://`")),
        }
        let origin = format!("{scheme}://{}", authority.to_lowercase());
        Ok(Self { origin, host, path: path.trim_end_matches('/').to_owned() })
    }

    /// The whole address of a path below it.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.path)
    }

    /// An address that GitHub gave, as one below this base: the token never goes to another origin, whatever an answer says,
    /// and a list goes on where a proxy stands before GitHub.
    pub(super) fn rebased(&self, url: &str) -> Option<String> {
        let path = match url.split_once("://") {
            Some((_, rest)) => &rest[rest.find('/')?..],
            None => url,
        };
        let path = path.strip_prefix(&self.path).filter(|rest| rest.starts_with('/')).unwrap_or(path);
        path.starts_with('/').then(|| self.at(path))
    }

    /// Whether requests stay on this machine.
    pub(super) fn is_local(&self) -> bool {
        is_loopback(&self.host)
    }

    /// The host that people know, for which `gh` keeps tokens.
    pub(super) fn web_host(&self) -> &str {
        match self.host.strip_prefix("api.") {
            Some(host) if host == "github.com" || host.ends_with(".ghe.com") => host,
            _ => &self.host,
        }
    }

    /// Whether this is GitHub's own service, not a server of a company's own.
    pub(super) fn is_githubs_own(&self) -> bool {
        let host = self.web_host();
        host == "github.com" || host.ends_with(".ghe.com")
    }
}

/// The address for a host as `gh` names it.
fn of_host(host: &str) -> String {
    let host = host.to_lowercase();
    match host.as_str() {
        "github.com" | "api.github.com" => DEFAULT.into(),
        _ if host.starts_with("api.") && host.ends_with(".ghe.com") => format!("https://{host}"),
        _ if host.ends_with(".ghe.com") => format!("https://api.{host}"),
        _ => format!("https://{host}/api/v3"),
    }
}

/// A host without its port; `None` where the authority is not a host, or an IPv6 address in brackets, with or without a port:
/// what could be read in two ways is not read at all.
fn host_of(authority: &str) -> Option<&str> {
    let (host, rest) = match authority.strip_prefix('[') {
        Some(inside) => {
            let (host, rest) = inside.split_once(']')?;
            host.parse::<std::net::Ipv6Addr>().ok()?;
            (host, rest)
        }
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_:".contains(c);
    let is_host = !host.is_empty() && host.chars().all(is_plain);
    let is_port = rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (is_host && is_port).then_some(host)
}

/// How a repository is given.
pub(crate) const REPOSITORY: &str =
    "write `\"repository\": \"owner/name\"` into the JSON, or give `--repo owner/name`";

/// A repository as `owner/name`, which stands in addresses as it is.
pub(super) fn repository(name: Option<&str>) -> Result<String, Failure> {
    let Some(name) = name else {
        return Err(Failure::new(FailureKind::Usage, "no GitHub repository is given").help(REPOSITORY));
    };
    if is_repository(name) {
        return Ok(name.to_owned());
    }
    Err(Failure::new(FailureKind::Usage, format!("`{name}` is no repository of GitHub"))
        .help("write it as `owner/name`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> Base {
        Base::parse(url, "`--api-url`").unwrap()
    }

    #[test]
    fn only_what_is_safe_is_an_address() {
        for good in
            ["https://api.github.com/", "https://ghe.example/api/v3", "http://127.0.0.1:80", "http://[::1]:1"]
        {
            base(good);
        }
        for bad in [
            "http://ghe.example/api/v3",
            "http://127.0.0.1.example",
            "http://localhost@evil.example",
            "https://user:secret@api.github.com",
            "api.github.com",
            "ftp://localhost",
            "https://",
            "https://a\r\nb",
            "http://[::1]evil.example",
            "http://[::1]:80@evil.example",
            "http://[::1",
            "http://[::ffff:127.0.0.1]",
            "http://[localhost]",
            "http://127.0.0.1:80:90",
            "http://127.0.0.1:99999",
            "http://127.0.0.1%2eevil.example",
            "http://localhost.evil.example",
            "http://0x7f.1",
            "http://2130706433",
            "http://127.1",
            "http://localhost.",
            "http://0.0.0.0",
            "https://bücher.example",
            "https://:443",
            "https://api.github.com?x=1",
        ] {
            let failure = Base::parse(bad, "`--api-url`").unwrap_err();
            assert_eq!(failure.kind, FailureKind::Usage, "{bad}");
        }
    }

    #[test]
    fn a_host_has_its_address() {
        for (host, url) in [
            ("GitHub.com", "https://api.github.com"),
            ("acme.ghe.com", "https://api.acme.ghe.com"),
            ("api.acme.ghe.com", "https://api.acme.ghe.com"),
            ("git.acme.example", "https://git.acme.example/api/v3"),
        ] {
            assert_eq!(of_host(host), url);
        }
        assert_eq!(base("https://api.acme.ghe.com").web_host(), "acme.ghe.com");
        assert_eq!(base("https://git.acme.example/api/v3").web_host(), "git.acme.example");
    }

    #[test]
    fn an_address_in_an_answer_never_leads_elsewhere() {
        let base = base("https://git.acme.example/api/v3/");
        for (given, followed) in [
            ("https://git.acme.example/api/v3/repositories/1/issues?page=2", "/repositories/1/issues?page=2"),
            ("https://evil.example/api/v3/repos/o/r/issues?page=2", "/repos/o/r/issues?page=2"),
            ("http://evil.example/steal", "/steal"),
            ("/repos/o/r", "/repos/o/r"),
        ] {
            let url = format!("https://git.acme.example/api/v3{followed}");
            assert_eq!(base.rebased(given).as_deref(), Some(url.as_str()));
        }
        assert_eq!(base.rebased("https://evil.example"), None);
        assert_eq!(base.rebased("@evil.example/"), None);
    }

    #[test]
    fn a_repository_is_an_owner_and_a_name() {
        assert_eq!(repository(Some("acme/data.base_1")).unwrap(), "acme/data.base_1");
        for bad in ["acme", "acme/", "/x", "a/b/c", "a/..", "a b/c", "a/b?x", "https://github.com/a/b"] {
            assert!(repository(Some(bad)).is_err(), "{bad}");
        }
        assert!(repository(None).unwrap_err().help.unwrap().contains("--repo"));
    }
}
