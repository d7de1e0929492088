//! HTTP, one request at a time: what goes out is a value, and so is what comes back.
//!
//! Nothing is sent twice here, no redirect is followed, and a status of 400 or more is an answer like any other: what to make
//! of it is for [`crate::github`] to say, which alone knows what may be repeated.

use std::{sync::OnceLock, time::Duration};

use ureq::{Agent, http};

use super::{Answer, Lost, Method, Network, Request};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(15);

/// How long a whole request may take.
const WHOLE: Duration = Duration::from_secs(60);

/// The most bytes of an answer that are read: a hundred issues with the longest bodies are about 30 MB.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The network of this machine, with the proxy that the environment names.
///
/// It costs nothing until something is sent.
#[derive(Debug, Default)]
pub struct Internet {
    agent: OnceLock<Agent>,
}

impl Internet {
    fn agent(&self) -> &Agent {
        self.agent.get_or_init(|| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .timeout_connect(Some(CONNECT))
                .timeout_global(Some(WHOLE))
                .user_agent(concat!("roadbook/", env!("CARGO_PKG_VERSION")))
                .build();
            config.into()
        })
    }
}

impl Network for Internet {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        let mut built = http::Request::builder().method(request.method.as_str()).uri(&request.url);
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let built = built
            .body(request.body.clone().unwrap_or_default())
            .map_err(|why| Lost::NotSent(why.to_string()))?;
        // A DELETE may bear a body here: GitHub's own `sub_issue` asks for one.
        let built = self.agent().configure_request(built).allow_non_standard_methods(true).build();
        let mut answer = self.agent().run(built).map_err(|why| lost(&why))?;
        let headers = answer.headers().iter();
        let headers = headers
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        Ok(Answer { status, headers, body: body.map_err(|why| Lost::Unknown(why.to_string()))? })
    }
}

/// Whether the other side can have heard of a request that failed.
fn lost(error: &ureq::Error) -> Lost {
    use ureq::Error;
    let words = error.to_string();
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
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}
