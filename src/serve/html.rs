//! What the preview adds to a page: one script. And the page that stands where none can be made.

use std::fmt::Write;

use super::{Faults, faults::Fault};

/// The script that keeps a page fresh.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// The style of what the script shows, and of the page of faults.
pub(super) const STYLE: &str = include_str!("live.css");

/// Why no page can be shown, and how its reader learns that it can be.
const FIRST: &str =
    "No page could be built from it yet. This page reloads by itself once the source is fixed.";

/// The same of one page.
const ONE: &str = "This page could not be built. It appears by itself once that is fixed.";

/// The page with the script that keeps it fresh; it knows which state it was made of, and of which of several sites.
pub(super) fn with_script(page: Vec<u8>, generation: &str, site: &str) -> Vec<u8> {
    let script = script(generation, None, site);
    let at = find(&page, b"</head>").or_else(|| find(&page, b"</body>")).unwrap_or(page.len());
    let mut whole = page;
    whole.splice(at..at, script.into_bytes());
    whole
}

fn script(generation: &str, turn: Option<u64>, site: &str) -> String {
    let turn = turn.map(|turn| format!(" data-turn=\"{turn}\"")).unwrap_or_default();
    let site = if site.is_empty() { String::new() } else { format!(" data-site=\"{site}\"") };
    format!(
        "<script src=\"/.roadbook/live.js\" data-generation=\"{generation}\"{turn}{site} defer></script>\n"
    )
}

/// Where a tag stands, in whatever case it is written.
fn find(page: &[u8], tag: &[u8]) -> Option<usize> {
    page.windows(tag.len()).position(|window| window.eq_ignore_ascii_case(tag))
}

/// The page that says why there is no page at all.
pub(super) fn no_page(faults: &Faults, turn: u64, site: &str) -> Vec<u8> {
    fault_page(faults, FIRST, &script("", Some(turn), site))
}

/// The page that says why this one could not be made.
pub(super) fn broken_page(faults: &Faults, generation: &str, site: &str) -> Vec<u8> {
    fault_page(faults, ONE, &script(generation, None, site))
}

fn fault_page(faults: &Faults, words: &str, script: &str) -> Vec<u8> {
    let title = heading(faults.count());
    let mut list = String::new();
    faults.list.iter().for_each(|fault| item(fault, &mut list));
    let more = if faults.more > 0 { format!("<p>And {} more.</p>\n", faults.more) } else { String::new() };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; \
         style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · Roadbook</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/.roadbook/live.css\">\n{script}\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{words}</p>\n<ol>\n{list}</ol>\n{more}</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

/// What the overlay and the page are headed.
fn heading(count: usize) -> String {
    if count == 1 { "A fault in the source".into() } else { format!("{count} faults in the source") }
}

fn item(fault: &Fault, out: &mut String) {
    let code = if fault.code.is_empty() { String::new() } else { format!("[{}]", escaped(fault.code)) };
    let _ = write!(out, "<li><p class=\"{0}\"><b>{0}{code}</b>", fault.severity);
    if !fault.place.is_empty() {
        let _ = write!(out, " <bdi>{}</bdi>", escaped(&fault.place));
    }
    let _ = writeln!(out, "</p><p class=\"message\">{}</p>", with_code(&fault.message));
    if !fault.help.is_empty() {
        let _ = writeln!(out, "<p class=\"help\">help: {}</p>", with_code(&fault.help));
    }
    out.push_str("</li>\n");
}

/// A message as HTML: what stands in backticks is code.
fn with_code(text: &str) -> String {
    let mut html = String::new();
    let parts: Vec<_> = text.split('`').collect();
    // A backtick without its fellow stands for itself.
    let last = parts.len() - 1;
    for (n, part) in parts.iter().enumerate() {
        let _ = match (n % 2 == 1, n == last) {
            (true, false) => write!(html, "<code>{}</code>", escaped(part)),
            (true, true) => write!(html, "`{}", escaped(part)),
            (false, _) => write!(html, "{}", escaped(part)),
        };
    }
    html
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).expect("HTML is text")
    }

    #[test]
    fn a_page_gets_one_script() {
        let script = "<script src=\"/.roadbook/live.js\" data-generation=\"g-1\" defer></script>\n";
        for (page, wanted) in [
            ("<head>x</head><body>", format!("<head>x{script}</head><body>")),
            ("<HEAD></HEAD></body>", format!("<HEAD>{script}</HEAD></body>")),
            ("<p>x</body>", format!("<p>x{script}</body>")),
            ("a template of somebody's own", format!("a template of somebody's own{script}")),
            ("", script.to_owned()),
        ] {
            assert_eq!(text(with_script(page.into(), "g-1", "")), wanted);
        }
        assert!(text(with_script("".into(), "g-1", "web")).contains(" data-site=\"web\" defer>"));
    }

    #[test]
    fn texts_of_others_are_texts() {
        let fault = Fault {
            severity: "error",
            code: "syntax",
            place: "<b>.json:1:2".into(),
            message: "`<script>alert(1)</script>` & a ` alone".into(),
            help: "write `\"x\"`".into(),
        };
        let page = text(no_page(&Faults { list: vec![fault], more: 2 }, 7, ""));
        assert!(!page.contains("<script>") && !page.contains("<b>.json"), "{page}");
        assert!(
            page.contains("<code>&lt;script&gt;alert(1)&lt;/script&gt;</code> &amp; a ` alone"),
            "{page}"
        );
        assert!(
            page.contains("<bdi>&lt;b&gt;.json:1:2</bdi>") && page.contains("<code>&quot;x&quot;</code>"),
            "{page}"
        );
        assert!(page.contains("3 faults in the source") && page.contains("And 2 more."), "{page}");
        assert!(page.contains("data-generation=\"\" data-turn=\"7\""), "{page}");
    }
}
