//! The last gate of what people wrote as raw HTML. The only importer of ammonia.
//!
//! The pages' writer makes every tag itself, out of a list of what is allowed; this is a second list, kept by a real HTML
//! parser, that holds where the first one errs. Its list is exactly what the writer writes: it changes nothing else.

use ammonia::{Builder, Url, UrlRelative};
use std::borrow::Cow;

/// Elements that the writer writes.
const TAGS: [&str; 50] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "del",
    "details",
    "dfn",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements whose content goes with them.
const DROPPED: [&str; 2] = ["script", "style"];

/// Attributes by element; each element may have those of `ANY` besides.
const ATTRIBUTES: [(&str, &[&str]); 8] = [
    ("a", &["href", "rel", "aria-label"]),
    ("details", &["open"]),
    ("div", &["aria-label"]),
    ("img", &["src", "alt", "width", "height"]),
    ("input", &["disabled", "checked", "aria-label"]),
    ("ol", &["start"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan"]),
];

/// Attributes that stand on any element. Classes, ids and addresses are judged one by one.
const ANY: [&str; 4] = ["class", "dir", "id", "title"];

/// Attributes of which only these values are allowed.
const VALUES: [(&str, &str, &[&str]); 4] = [
    ("div", "role", &["doc-endnotes", "region"]),
    ("div", "tabindex", &["0"]),
    ("input", "type", &["checkbox"]),
    ("pre", "tabindex", &["0"]),
];

/// Classes that the writer gives, and the beginnings of those that it makes.
const CLASSES: [&str; 13] = [
    "align-center",
    "align-left",
    "align-right",
    "alert",
    "alert-title",
    "bidi",
    "footnotes",
    "image",
    "math",
    "mention",
    "nowhere",
    "scroll",
    "task",
];
const CLASS_PREFIXES: [&str; 3] = ["alert-", "footnote-", "language-"];

/// The classes of words of code: attributes and names of values, comments, functions, keywords, numbers and constants, strings, types and
/// tags.
pub(super) const TOKENS: [&str; 7] = ["a", "c", "f", "k", "n", "s", "t"];

/// HTML with nothing left in it that the writer does not write; all ids begin with `id_prefix`.
pub(super) fn sanitized(html: &str, id_prefix: &str) -> String {
    let prefix = id_prefix.to_owned();
    let mut builder = Builder::empty();
    builder.add_tags(TAGS).add_clean_content_tags(DROPPED).add_generic_attributes(ANY);
    for (tag, attributes) in ATTRIBUTES {
        builder.add_tag_attributes(tag, attributes.iter().copied());
    }
    for (tag, attribute, values) in VALUES {
        builder.add_tag_attribute_values(tag, attribute, values.iter().copied());
    }
    builder
        .add_url_schemes(["http", "https", "mailto"])
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough);
    builder.attribute_filter(move |_, attribute, value| {
        let kept = match attribute {
            "id" => value.starts_with(&prefix),
            "class" => value.split(' ').all(is_class),
            "href" | "src" => !value.starts_with("//") && !value.contains('\\'),
            _ => true,
        };
        kept.then_some(Cow::Borrowed(value))
    });
    builder.clean(html).to_string()
}

/// Whether an address with a scheme is one that browsers read as it stands: with a valid host, and no name or word of a
/// user in it.
pub(super) fn is_address(address: &str) -> bool {
    has_plain_host(address) || is_read_as_address(address)
}

/// Whether an address of the web begins with a host that no parser takes for anything else: a name in small letters.
fn has_plain_host(address: &str) -> bool {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme)) else {
        return false;
    };
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !name.starts_with("xn--")
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.split('.').all(is_name)
}

fn is_read_as_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        let plain = url.username().is_empty() && url.password().is_none();
        plain && (url.scheme() == "mailto" || url.host_str().is_some_and(|host| !host.is_empty()))
    })
}

fn is_class(class: &str) -> bool {
    CLASSES.contains(&class)
        || TOKENS.contains(&class)
        || CLASS_PREFIXES.iter().any(|prefix| class.len() > prefix.len() && class.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_plain_host_is_one_to_a_parser(
            name in "(x|xn|0x|[a-z0-9.-]){0,3}(-|--|\\.|\\.\\.|_|@|:|:1|é)?[a-z0-9.-]{0,3}",
            path in "([/?#][ -~]{0,5})?"
        ) {
            let address = format!("https://{name}{path}");
            prop_assert!(!has_plain_host(&address) || is_read_as_address(&address), "{address}");
        }
    }

    #[test]
    fn nothing_foreign_stays() {
        for (html, left) in [
            ("<img src=x onerror=alert(1)>", "<img src=\"x\">"),
            ("<svg onload=alert(1)>x</svg>", "x"),
            ("a<script>alert(1)</script>b<style>c</style>", "ab"),
            ("<div style=\"color:red\" id=main class=hero data-x=1>x</div>", "<div>x</div>"),
            ("<a href=\"javascript:x\">x</a><a href=\"//evil\">y</a>", "<a>x</a><a>y</a>"),
            ("<input type=image src=x><input type=text name=a>", "<input><input>"),
            ("<form action=x><base href=y><meta http-equiv=refresh><button>z</button></form>", "z"),
            ("<iframe srcdoc='<script>x</script>'></iframe><a id=p-x>y</a>", "<a id=\"p-x\">y</a>"),
            (
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "",
            ),
        ] {
            let clean = sanitized(html, "p-");
            assert!(clean == left || left.is_empty() && !clean.contains("onerror=alert(1)>"), "{clean}");
        }
    }
}
