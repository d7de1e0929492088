//! `site-url`: an address of the site cannot be opened.

use super::{Context, Example, Kind, Rule};
use crate::report::{Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: "site-url",
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an address of the site is not one of the web",
    explanation: "`site.url` stands in the sitemap and in feeds, `site.edit_url` behind the links to the source: both are \
whole addresses that begin with `https://` or `http://` and hold no space. `{path}` in `edit_url` stands for the path of the \
source's file.",
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
    for (key, url) in [("url", &site.url), ("edit_url", &site.edit_url)] {
        if let Some(url) = url.as_deref().filter(|url| !is_address(url)) {
            let place = context.roadmap.head_place("site").key(key);
            report.push(
                Diagnostic::new("site-url", place, format!("`{url}` is not an address of the web"))
                    .help("write it whole, as in `https://example.org/roadmap/`"),
            );
        }
    }
}

fn is_address(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`|".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn only_whole_addresses_of_the_web_are_taken() {
        for good in ["https://example.org/", "http://localhost:8000/x", "HTTPS://x.org/e?p={path}"] {
            assert!(is_address(good), "{good}");
        }
        for bad in
            ["example.org", "//example.org", "javascript:alert(1)", "https://", "https://a b", "https:///x"]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
