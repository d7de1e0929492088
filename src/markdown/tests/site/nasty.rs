//! Inputs that were written to do harm, or that harm by accident.

use super::{all_show, shown};
use crate::markdown::sanitize;

/// The bodies among the forty nasty inputs, and titles that could be bodies.
pub(super) const NASTY: [&str; 46] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\u{2028}\u{2029}<!--<script>",
    "{{7*7}} {% raw %} ${x} <%= x %>",
    "a|b \\| c\\",
    "# H\n- [ ] x\n1. x\n> q\n---",
    "`code` **b** _i_ [l](javascript:1) ![i](x) <https://e>",
    "@octocat @org/team #1 GH-1 o/r#2 https://e.com www.e.com a@b.c :rocket: $x$",
    "&lt;b&gt; &amp;amp; &#x3c; &#x3c;script&#x3e;",
    "a\r\nb\tc\u{85}d\u{0}e\u{7}f\u{1b}[31mg&#7;&#0;&#x202e;<i>&#7;&#27;</i>",
    "\u{202e}abc\u{202c} \u{2066}open `\u{202e}` ![\u{202e}](x.png) [x](docs/\u{202e}a)",
    "مرحبا DB-1 123 שלום",
    "\u{200b}\u{feff}",
    "Z\u{30a}\u{30b}\u{30c}\u{30d}\u{300}\u{301} 👨‍👩‍👧‍👦",
    "<img src=x onerror=alert(1)><svg onload=alert(1)><details ontoggle=alert(1)>",
    "<style>*{display:none}</style><base href=//evil><meta http-equiv=refresh content=0>",
    "<form action=//evil><input type=image src=//evil><iframe srcdoc='<script>alert(1)</script>'></iframe></form>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](java&#9;script:alert(1)) [d](javascript&colon;alert(1))",
    "[a](data:text/html,x) [b](data:image/svg+xml,x) [c](blob:x) [d](vbscript:x) [e](//evil) [f](\\\\\\\\evil) [g](http://[x)",
    "<a href=\"java\tscript:alert(1)\">a</a><a href=\"&#106;avascript:x\">b</a><a href=' javascript&colon;x'>c</a>",
    "<a href=//evil>a</a><a href=\\\\evil>b</a><a href=http:evil>c</a><img src=//evil/x.png><a href=\"\u{1}javascript:x\">d</a>",
    "<div><!-- <a href=\"",
    "</main></body></html>after",
    "<plaintext>\n\nafter",
    "<table><tr>\n\nafter",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<select><template><style><!--</style><a rel=\"--><img src=1 onerror=alert(1)>\">",
    "x[^1] [^1]\n\n# Same\n\n# Same\n\n<a id=main>m</a><a name=getElementById>g</a><a id=b-same>s</a>\n\n[^1]: y",
    "```\"><script>alert(1)</script>\nx\n```",
    "```mermaid\ngraph TD; click n1 \"javascript:alert(1)\"\n```",
    "```sh\nunclosed",
    "![p](https://evil/x.gif) <picture><source srcset=https://evil/y.webp><img src=https://evil/z.gif></picture>",
    "<img src=x.png alt=\"\" alt2 width=1e9 height=-1 srcset=//evil/x 2x usemap=#x loading=eager>",
    "<a href=docs/x target=_blank ping=//evil download>a</a><link rel=stylesheet href=//evil><object data=x><embed src=//evil>",
    "<input type=checkbox checked><textarea>x</textarea><button formaction=javascript:x>y</button>",
    "<td>a</td><tr><td>b</tr><table><caption><table></caption><td><table><td>c",
    "<p><p><div><p></div></p></span></b><b><p></b><a><p></a><ul><ul><li><ul>",
    "<DIV CLASS=scroll TABINDEX=5 ROLE=region ARIA-LABEL=x><PRE tabindex=9>y</PRE></DIV>",
    "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <bdo dir=rtl>x</bdo> <p dir=\"auto\" lang=x-y>z",
    "<a href=docs/x title=\"&quot;><script>alert(1)</script>\">y</a> <![CDATA[<script>]]> <?php echo 1 ?> <!DOCTYPE x>",
];

/// Whether HTML is free of all that could run, ask or name.
pub(super) fn is_harmless(html: &str) -> Result<(), String> {
    let mut ids = Vec::new();
    for piece in crate::markdown::raw_html::pieces(html) {
        let crate::markdown::raw_html::Kind::Open { name, attributes } = piece.kind else { continue };
        for bad in [
            "script", "style", "iframe", "object", "embed", "form", "base", "meta", "link", "svg", "math",
            "source",
        ] {
            if name == bad {
                return Err(format!("<{name}>"));
            }
        }
        for (key, value) in crate::markdown::raw_html::attributes(attributes) {
            let value = value.unwrap_or_default();
            let bad = match key {
                "href" | "src" => {
                    let scheme = value
                        .split_once(':')
                        .map(|(scheme, _)| scheme)
                        .filter(|scheme| !scheme.contains(['#', '/']));
                    scheme.is_some_and(|scheme| !["http", "https", "mailto"].contains(&scheme))
                        || value.starts_with("//")
                        || key == "src" && scheme.is_some()
                }
                "id" => {
                    ids.push(value);
                    !value.starts_with("b-")
                }
                "class" => value.is_empty(),
                "name" | "style" | "srcset" | "align" | "lang" | "target" | "action" => true,
                _ => key.starts_with("on") || key.starts_with("data-"),
            };
            if bad {
                return Err(format!("{key}={value}"));
            }
        }
    }
    let given = ids.len();
    ids.sort_unstable();
    ids.dedup();
    let control = html.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    if ids.len() < given || control { Err("doubled ids or control characters".to_owned()) } else { Ok(()) }
}

#[test]
fn nothing_runs_asks_or_names() {
    for body in NASTY {
        let html = shown(body);
        assert_eq!(is_harmless(&html), Ok(()), "{body}\n{html}");
        assert_eq!(sanitize::sanitized(&html, "b-"), html, "{body}");
        assert_eq!(shown(body), html);
    }
}

#[test]
fn words_stay() {
    for (body, words) in [
        ("</main></body></html>after", "after"),
        ("<plaintext>\n\nafter", "<p>after</p>"),
        ("<table><tr>\n\nafter", "<p>after</p>"),
        ("{{7*7}} {% raw %} ${x} <%= x %>", "<p>{{7*7}} {% raw %} ${x} &lt;%= x %&gt;</p>"),
        ("a <![CDATA[x]]> b <?php echo '>'; ?>", "<p>a  b '; ?&gt;</p>"),
        ("<input type=checkbox>a<textarea>b</textarea>", "<p>ab</p>"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("[a](javascript:x)", ">a</span>"),
    ] {
        assert!(shown(body).contains(words), "{body}\n{}", shown(body));
    }
}

#[test]
fn characters_that_hide_are_shown_or_dropped() {
    all_show(&[
        (
            "a\u{202e}b `\u{2066}`",
            "<p>a<span class=\"bidi\" title=\"U+202E right-to-left override\">[U+202E]</span>b <code><span class=\"bidi\" \
             title=\"U+2066 left-to-right isolate\">[U+2066]</span></code></p>",
        ),
        ("a\u{0}b\u{7}c\u{1b}[31m&#7;\u{fdd0}", "<p>abc[31m</p>"),
        ("![\u{202e}](x.png)", "<p><img src=\"../x.png\" alt=\"[U+202E]\"></p>"),
        (
            "<i>&#x202e;&#8;x</i>",
            "<p><i><span class=\"bidi\" title=\"U+202E right-to-left override\">[U+202E]</span>x</i></p>",
        ),
        ("[x](docs/\u{202e}a)", "<p><a href=\"../docs/%E2%80%AEa\">x</a></p>"),
        (
            "# a\u{202e}b",
            "<h3 id=\"b-ab\">a<span class=\"bidi\" title=\"U+202E right-to-left override\">[U+202E]</span>b</h3>",
        ),
    ]);
}
