//! HTTP, one request at a time: what goes out is a value, and so is what comes back.
//!
//! Nothing is sent twice here, no redirect is followed, and a status of 400 or more is an answer like any other: what to make
//! of it is for [`crate::github`] to say, which alone knows what may be repeated.
//!
//! This is also where a token is kept from leaving the machine unencrypted. `http://` is sent to an address of this machine
//! only, after its name was resolved, and never to a proxy; everything else goes over TLS, which no variable can switch off.

use std::{
    io::{Error as IoError, ErrorKind},
    sync::OnceLock,
    time::Duration,
};

use ureq::{
    Agent, Proxy,
    config::Config,
    http::{self, Uri, uri::Scheme},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::{Answer, Lost, Method, Network, Request, failure};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(15);

/// How long a whole request may take, its answer included.
const WHOLE: Duration = Duration::from_secs(60);

/// The most bytes of an answer that are read, after it is unpacked: a hundred issues with the longest bodies are about 30 MB.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Whether a host is this machine itself. Only canonical spellings count: other programs may read `127.1` or `0x7f.1`
/// differently. Source: RFC 6761 (`localhost`), RFC 1122 (127.0.0.0/8).
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_address = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let name = host.to_ascii_lowercase();
    is_address || name == "localhost" || name.ends_with(".localhost")
}

/// The network of this machine, with the proxy that the environment names.
///
/// It costs nothing until something is sent.
#[derive(Debug, Default)]
pub struct Internet {
    /// For other machines: over TLS, through the proxy that the environment names.
    outside: OnceLock<Agent>,
    /// For this machine: to loopback addresses alone, never through a proxy.
    inside: OnceLock<Agent>,
}

impl Internet {
    /// The agent that may send a request to this address.
    fn agent(&self, uri: &Uri) -> Result<&Agent, Lost> {
        if uri.host().is_some_and(is_loopback) {
            return Ok(self.inside.get_or_init(|| {
                let config = config(None, false);
                Agent::with_parts(config, DefaultConnector::default(), Loopback::default())
            }));
        }
        if uri.scheme() != Some(&Scheme::HTTPS) {
            return Err(Lost::NotSent("only this machine is asked without TLS".into()));
        }
        Ok(self.outside.get_or_init(|| Agent::new_with_config(config(Proxy::try_from_env(), true))))
    }
}

fn config(proxy: Option<Proxy>, only_https: bool) -> Config {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .https_only(only_https)
        .proxy(proxy)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE))
        .user_agent(concat!("roadbook/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Finds addresses of this machine only: a hosts file or a name server may say that `localhost` is elsewhere.
#[derive(Debug, Default)]
struct Loopback(DefaultResolver);

impl Resolver for Loopback {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        elsewhere(uri, &found).map_or(Ok(found), Err)
    }
}

/// The error where a name of this machine leads to another one.
fn elsewhere(uri: &Uri, found: &[std::net::SocketAddr]) -> Option<ureq::Error> {
    let other = found.iter().find(|address| !address.ip().is_loopback())?;
    let host = uri.host().unwrap_or_default();
    let message = format!("`{host}` is {} here, which is another machine", other.ip());
    Some(ureq::Error::Io(IoError::new(ErrorKind::ConnectionRefused, message)))
}

impl Network for Internet {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        let uri: Uri = request.url.parse().map_err(|_| Lost::NotSent("the address cannot be read".into()))?;
        let agent = self.agent(&uri)?;
        let lost = |why: &ureq::Error| lost(why, agent.config().proxy());
        let mut built = http::Request::builder().method(request.method.as_str()).uri(uri);
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let built = built
            .body(request.body.clone().unwrap_or_default())
            .map_err(|why| Lost::NotSent(why.to_string()))?;
        // A DELETE may have a body here: GitHub's own `sub_issue` asks for one.
        let built = agent.configure_request(built).allow_non_standard_methods(true).build();
        let mut answer = agent.run(built).map_err(|why| lost(&why))?;
        let headers = answer.headers().iter();
        let headers = headers
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        Ok(Answer { status, headers, body: body.map_err(|why| Lost::Unknown(lost(&why).words()))? })
    }
}

impl Lost {
    /// Why, in words.
    fn words(self) -> String {
        match self {
            Self::NotSent(words) | Self::Unknown(words) => words,
        }
    }
}

/// Whether the other side can have heard of a request that failed. What the proxy is given to know us by is not told.
fn lost(error: &ureq::Error, proxy: Option<&Proxy>) -> Lost {
    use ureq::Error;
    let mut words = match error {
        Error::Io(why) => failure::words(why),
        _ => error.to_string(),
    };
    let secrets = proxy.into_iter().flat_map(|proxy| [proxy.password(), proxy.username()]).flatten();
    for secret in secrets.filter(|secret| !secret.is_empty()) {
        words = words.replace(secret, "…");
    }
    match error {
        Error::HostNotFound | Error::ConnectionFailed | Error::BadUri(_) | Error::InvalidProxyUrl => {
            Lost::NotSent(words)
        }
        Error::Io(why) if why.kind() == std::io::ErrorKind::ConnectionRefused => Lost::NotSent(words),
        Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => Lost::NotSent(words),
        _ => Lost::Unknown(words),
    }
}

impl Method {
    /// Its name in HTTP.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl Answer {
    /// The value of a header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> String {
        let request = Request {
            method: Method::Get,
            url: url.into(),
            headers: vec![("Authorization", "Bearer secret".into())],
            body: None,
        };
        match Internet::default().send(&request) {
            Err(Lost::NotSent(words)) => words,
            other => panic!("{url}: {other:?}"),
        }
    }

    #[test]
    fn what_is_not_encrypted_does_not_leave_the_machine() {
        for url in [
            "http://192.0.2.1/",
            "http://github.com/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://127.1/",
            "http://0/",
            "http://[::ffff:127.0.0.1]/",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://127.0.0.1@evil.example/",
            "ftp://evil.example/",
        ] {
            assert_eq!(refused(url), "only this machine is asked without TLS", "{url}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_own_names_alone() {
        for name in ["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"] {
            assert!(is_loopback(name), "{name}");
        }
        for name in ["localhost.", "127.1", "0177.0.0.1", "::ffff:127.0.0.1", "0.0.0.0", "", "xlocalhost"] {
            assert!(!is_loopback(name), "{name}");
        }
    }

    #[test]
    fn a_name_of_this_machine_that_leads_to_another_is_not_followed() {
        let uri = Uri::from_static("http://localhost:1/");
        let here = "127.0.0.1:1".parse().unwrap();
        assert!(elsewhere(&uri, &[here]).is_none());
        let why = elsewhere(&uri, &[here, "192.0.2.7:1".parse().unwrap()]).unwrap();
        let words = "`localhost` is 192.0.2.7 here, which is another machine";
        assert_eq!(lost(&why, None), Lost::NotSent(words.into()));
    }

    #[test]
    fn what_a_proxy_is_told_is_not_told_to_others() {
        let proxy = Proxy::new("http://ann:hunter2@proxy.example:8080").unwrap();
        let error = ureq::Error::ConnectProxyFailed("http://ann:hunter2@proxy.example said no".into());
        let Lost::Unknown(words) = lost(&error, Some(&proxy)) else { panic!("it may have been sent") };
        assert_eq!(words, "CONNECT proxy failed: http://…:…@proxy.example said no");
    }
}
