//! Who is answered: browsers of this machine that mean this server, and ask for nothing but pages.
//!
//! A page of somebody else can have its own name lead to 127.0.0.1 ("DNS rebinding") and then read what is served here. Its
//! requests have its own name as `Host`, and so are refused.

use super::answer::{self, Answer};

/// The names of this machine, as a `Host` can have them.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// What a request asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// `GET`.
    pub(super) method: &'a str,
    /// Whom it means: each of its `Host` headers, and the host of its target where that has one.
    pub(super) hosts: &'a [&'a str],
}

/// What a request is refused with; `None` where it may be answered.
pub(super) fn refused(asked: &Asked<'_>, port: u16) -> Option<Answer> {
    if asked.hosts.is_empty() || !asked.hosts.iter().all(|host| is_this_machine(host, port)) {
        let words = format!(
            "403: this preview answers only to http://127.0.0.1:{port}/ and http://localhost:{port}/, so that no other \
             website can read it under a name of its own.\n"
        );
        return Some(answer::words(403, &words));
    }
    if !["GET", "HEAD"].contains(&asked.method) {
        return Some(answer::words(405, "405: a preview is read: GET and HEAD are all that it knows.\n"));
    }
    None
}

/// Whether a `Host` is this machine with this port; the port of `http` may go without saying.
fn is_this_machine(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        Some((name, given)) if !given.ends_with(']') => (name, given.parse().ok()),
        _ => (host, Some(80)),
    };
    given == Some(port) && NAMES.iter().any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(method: &str, hosts: &[&str], port: u16) -> Option<u16> {
        refused(&Asked { method, hosts }, port).map(|answer| answer.status)
    }

    #[test]
    fn only_this_machine_is_answered() {
        for host in ["localhost:4000", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000"] {
            assert_eq!(status("GET", &[host], 4000), None, "{host}");
        }
        for host in [
            "localhost",
            "localhost:4001",
            "localhost:",
            "localhost:x",
            "evil.example:4000",
            "localhost.evil.example:4000",
            "127.0.0.1.evil.example:4000",
            "127.0.0.2:4000",
            "[::1]",
            "::1:4000",
            "",
            ":4000",
            "user@localhost:4000",
            "0.0.0.0:4000",
        ] {
            assert_eq!(status("GET", &[host], 4000), Some(403), "{host}");
        }
        assert_eq!(status("GET", &["localhost"], 80), None);
        assert_eq!(status("GET", &["[::1]"], 80), None);
        assert_eq!(status("GET", &[], 4000), Some(403));
        assert_eq!(status("GET", &["localhost:4000", "evil.example"], 4000), Some(403));
    }

    #[test]
    fn a_preview_is_read() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get", "BREW"] {
            assert_eq!(status(method, &["localhost:1"], 1), Some(405), "{method}");
        }
        assert_eq!(status("HEAD", &["localhost:1"], 1), None);
        // Who asks comes first: nobody else learns what this is.
        assert_eq!(status("POST", &["evil.example"], 1), Some(403));
    }
}
