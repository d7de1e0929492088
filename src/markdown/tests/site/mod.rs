//! Bodies on pages of the site: what they look like, and that they do nothing else.

mod cases;
mod large;
mod nasty;
mod properties;
mod raw;

use crate::markdown::html::{BodyOptions, Mention, Target, body_html};

/// The repository of the tests: what lies in `docs/` is published, pictures are, `web/` is on the web.
pub(super) fn resolve(address: &str) -> Target {
    match address {
        _ if address.starts_with("docs/") || address.ends_with(".png") => {
            Target::Url(format!("../{address}"))
        }
        _ if address.starts_with("web/") => Target::Url(format!("https://github.com/o/r/{address}")),
        "evil" => Target::Url("javascript:alert(1)".to_owned()),
        "host" => Target::Url("//evil.example".to_owned()),
        _ => Target::Nowhere,
    }
}

/// `DB-1` and `DB-2` are items.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let found = text.match_indices("DB-").filter_map(|(at, _)| {
        let id = text.get(at..at + 4).filter(|id| id.ends_with(['1', '2']))?;
        let href = format!("i-{}.html", id.to_lowercase());
        Some(Mention { range: at..at + 4, href, title: format!("{id}: say \"<why>\"") })
    });
    found.collect()
}

pub(super) const OPTIONS: BodyOptions<'static> = BodyOptions {
    id_prefix: "b-",
    headings_below: 2,
    line_breaks: true,
    remote_images: false,
    resolve: &resolve,
    mentions: &mentions,
};

fn shown(body: &str) -> String {
    body_html(body, &OPTIONS)
}

/// Holds each body to its HTML.
fn all_show(cases: &[(&str, &str)]) {
    for (body, html) in cases {
        assert_eq!(&shown(body), html, "{body}");
    }
}
