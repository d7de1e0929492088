//! `site-url`: an address of the site cannot be opened.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::SiteUrl,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an address of the site is not one of the web",
    explanation: "`site.url` stands in the sitemap and in feeds, `site.edit_url` behind the links to the source, `site.image` (where it is \
no path) beside a page that is shared. They are whole addresses that begin with `https://` or `http://`, name a host and hold no \
space. Pages are found below `site.url`, so nothing may follow its path, neither `?` nor `#`. `{path}` in `edit_url` stands for \
the path of the source's file.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "site": { "url": "example.org/roadmap" } }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "site": { "url": "https://example.org/roadmap/" } }"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let site = &context.roadmap.site;
    let image = site.image.clone().filter(|image| image.contains(':'));
    for (key, url) in [("url", &site.url), ("edit_url", &site.edit_url), ("image", &image)] {
        let is_good = |url: &str| is_address(url) && (key != "url" || !url.contains(['?', '#']));
        if let Some(url) = url.as_deref().filter(|url| !is_good(url)) {
            let place = context.roadmap.head_place("site").key(key);
            report.push(
                Diagnostic::new(Code::SiteUrl, place, format!("`{url}` is not an address of the web"))
                    .help("write it whole, as in `https://example.org/roadmap/`"),
            );
        }
    }
}

fn is_address(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        is_host(&rest[..end])
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`|".contains(c))
    })
}

/// Whether a name of a host, or an address of one, stands there, with or without a port: no login, and no empty label.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '%'))
    };
    let is_sound = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.strip_suffix('.').unwrap_or(host).split('.').all(is_label),
    };
    is_sound && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::is_address;
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn pages_are_found_below_the_address_of_the_site() {
        let told = |url: &str| {
            found(
                Code::SiteUrl,
                &format!(
                    r#"{{ "issues": [], "site": {{ "url": "{url}", "edit_url": "https://x.org/?p={{path}}" }} }}"#
                ),
            )
        };
        for bad in ["https://x.org/?p=1", "https://x.org/#plan"] {
            assert_eq!(told(bad).len(), 1, "{bad}");
        }
        assert!(told("https://x.org/plan").is_empty());
    }

    #[test]
    fn only_whole_addresses_of_the_web_are_taken() {
        for good in [
            "https://example.org/",
            "http://localhost:8000/x",
            "HTTPS://x.org/e?p={path}",
            "https://[::1]:80/",
            "https://müller.de",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "example.org",
            "//example.org",
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "https:///x",
            "https://a..b/",
            "https://user:pass@x.org/",
            "https://x.org:port/",
            "https://x.org:99999/",
            "https://[::1/",
            "https://?x",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
