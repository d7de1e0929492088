//! What a request is answered with: a page of the last good state, made now.
//!
//! Only a path that the state itself lists is served, so that no way leads out of it; the disk is not asked.

use super::{
    Faults, FrontOf,
    faults::Fault,
    generation::{Generation, Shown},
    html,
};

/// Where the preview's own files are, which no page of a site can be.
const OWN: &str = ".roadbook/";

/// Where a page hears of changes.
pub(super) const EVENTS: &str = "/.roadbook/events";

/// The page that stands for those that are not there.
const NOT_FOUND: &str = "404.html";

/// A page that is HTML.
const HTML: &str = "text/html; charset=utf-8";

/// Words for whoever sees an answer as it is.
const WORDS: &str = "text/plain; charset=utf-8";

/// What is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// 200, if all is well.
    pub(super) status: u16,
    /// The type of what is sent.
    pub(super) kind: &'static str,
    /// What is sent.
    pub(super) body: Vec<u8>,
}

/// Words instead of a page.
pub(super) fn words(status: u16, words: &str) -> Answer {
    Answer { status, kind: WORDS, body: words.into() }
}

fn own(kind: &'static str, text: &str) -> Answer {
    Answer { status: 200, kind, body: text.into() }
}

/// What is shown at a path, as it was sent.
pub(super) fn answer(shown: &Shown, path: &str) -> Answer {
    let inside = inside(path);
    if let Some(name) = inside.as_deref().and_then(|inside| inside.strip_prefix(OWN)) {
        return match name {
            "live.js" => own("text/javascript; charset=utf-8", html::SCRIPT),
            "live.css" => own("text/css; charset=utf-8", html::STYLE),
            _ => words(404, "404: the preview has no such file.\n"),
        };
    }
    match (&shown.generation, &shown.faults) {
        (Some(generation), _) => page(generation, inside.as_deref(), &shown.site),
        (None, Some(faults)) => {
            Answer { status: 503, kind: HTML, body: html::no_page(faults, shown.turn, &shown.site) }
        }
        (None, None) => words(503, "503: the source has not been read yet.\n"),
    }
}

/// What is shown at a path where several sites are: that of the site in whose folder it lies, else a file of the front page.
pub(super) fn answer_of(all: &[Shown], front: FrontOf, path: &str) -> Answer {
    let of = |shown: &&Shown| path.strip_prefix('/').is_some_and(|it| it.starts_with(&*shown.site));
    let inside = |shown: &Shown| path.get(1 + shown.site.len()..).filter(|rest| rest.starts_with('/'));
    if let Some((shown, rest)) = all.iter().filter(of).find_map(|shown| Some((shown, inside(shown)?))) {
        return answer(shown, rest);
    }
    let inside = self::inside(path).unwrap_or_default();
    if inside.starts_with(OWN) {
        return all.first().map_or_else(|| words(404, ""), |shown| answer(shown, path));
    }
    let good = all.iter().filter_map(|shown| Some((&*shown.site, &shown.generation.as_ref()?.renderer)));
    let good: Vec<_> = good.collect();
    if let (true, Some(broken)) = (good.is_empty(), all.first()) {
        return answer(broken, path);
    }
    let Some((name, bytes)) = front(&good).into_iter().find(|(name, _)| *name == inside) else {
        return words(404, "404: there is no such page beside the roadmaps.\n");
    };
    let kind = kind(name);
    let body = if kind == HTML { html::with_script(bytes, &states(all), "") } else { bytes };
    Answer { status: 200, kind, body }
}

/// What tells the front page of these states from every other.
pub(super) fn states(all: &[Shown]) -> String {
    let id = |shown: &Shown| shown.generation.as_ref().map_or_else(String::new, |it| it.id.clone());
    all.iter().map(id).collect::<Vec<_>>().join("+")
}

/// The path inside the site that is meant; `None` where what was sent is no text.
fn inside(path: &str) -> Option<String> {
    let decoded = decoded(path.strip_prefix('/').unwrap_or(path))?;
    Some(if decoded.is_empty() { "index.html".into() } else { decoded })
}

/// A text without its percent signs; `None` where it comes to none.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(behind.get(..2)?).ok()?;
            let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

fn page(generation: &Generation, inside: Option<&str>, site: &str) -> Answer {
    let found = inside.and_then(|inside| Some((200, inside, generation.page(inside)?)));
    let missing = || Some((404, NOT_FOUND, generation.page(NOT_FOUND)?));
    let Some((status, inside, page)) = found.or_else(missing) else {
        return words(404, "404: the site has no such page.\n");
    };
    let kind = kind(inside);
    match generation.bytes(page) {
        Ok(bytes) if kind == HTML => {
            Answer { status, kind, body: html::with_script(bytes, &generation.id, site) }
        }
        Ok(body) => Answer { status, kind, body },
        Err(found) => {
            let faults = Faults { list: vec![Fault::unlocated(&found)], more: 0 };
            Answer { status: 500, kind: HTML, body: html::broken_page(&faults, &generation.id, site) }
        }
    }
}

/// The type of a file, by what its name ends in.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "xml" => "application/xml",
        "txt" | "md" | "nojekyll" => WORDS,
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_or_mean_nothing() {
        for (path, wanted) in [
            ("/", Some("index.html")),
            ("", Some("index.html")),
            ("/issues/i-a%2D1.html", Some("issues/i-a-1.html")),
            ("/labels/l-%C3%A4.html", Some("labels/l-ä.html")),
            ("/%2e%2e/x", Some("../x")),
            ("//x", Some("/x")),
            ("/%00", Some("\0")),
            ("/a%2", None),
            ("/a%", None),
            ("/%+1", None),
            ("/%ä", None),
            ("/%ff", None),
        ] {
            assert_eq!(inside(path).as_deref(), wanted, "{path}");
        }
    }

    #[test]
    fn files_have_their_types() {
        for (name, wanted) in [
            ("index.html", "text/html; charset=utf-8"),
            ("assets/site.css", "text/css; charset=utf-8"),
            ("roadmap.ics", "text/calendar; charset=utf-8"),
            (".nojekyll", "text/plain; charset=utf-8"),
            ("assets/a.woff2", "application/octet-stream"),
            ("none", "application/octet-stream"),
        ] {
            assert_eq!(kind(name), wanted, "{name}");
        }
    }
}
