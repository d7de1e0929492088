//! Raw HTML: what stays, what becomes something else, and what goes.

use super::{OPTIONS, all_show, shown};
use crate::markdown::{html::body_html, sanitize};

#[test]
fn what_github_shows_is_shown() {
    all_show(&[
        (
            "<details open>\n<summary>a</summary>\n\n* b\n\n</details>\n\nc",
            "<details open=\"\">\n<summary>a</summary>\n\n<ul>\n<li>b</li>\n</ul>\n</details>\n\n<p>c</p>",
        ),
        ("H<sub>2</sub>O<sup>+</sup> <kbd>x</kbd>", "<p>H<sub>2</sub>O<sup>+</sup> <kbd>x</kbd></p>"),
        (
            "<p align=\"center\"><img src=\"x.png\" width=\"100px\" height=50% align=right alt='\"'></p>",
            "<p class=\"align-center\"><img src=\"../x.png\" alt=\"&quot;\" class=\"align-right\" width=\"100\"></p>",
        ),
        (
            "<picture><source srcset=\"https://x.org/t.gif\"><img src=https://x.org/a/b.gif></picture>",
            "<p><a href=\"https://x.org/a/b.gif\" rel=\"noopener noreferrer nofollow ugc\" class=\"image\">b.gif</a></p>",
        ),
        (
            "<video src=\"web/a.mp4\"></video>",
            "<p><a href=\"https://github.com/o/r/web/a.mp4\" rel=\"noopener noreferrer nofollow ugc\">a.mp4</a></p>",
        ),
        ("<ol start=3><li>a<li>b</ol>", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("<tt>a</tt><strike>b</strike><font color=red>c</font><!-- d -->", "<p><code>a</code><s>b</s>c</p>"),
    ]);
}

#[test]
fn what_is_left_open_reaches_no_further() {
    all_show(&[
        ("- <b>x\n- y</b>", "<ul>\n<li><b>x</b></li>\n<li>y</li>\n</ul>"),
        ("<div>\n\na\n\n</main></body>\n\nb", "<div>\n<p>a</p>\n\n<p>b</p>\n</div>"),
        ("<i>a <b>c</i> d</b>", "<p><i>a <b>c</b></i> d</p>"),
        ("<!-- <a href=\"", "&lt;!-- &lt;a href=\""),
        ("a <plaintext> b", "<p>a  b</p>"),
        (
            "<a href=docs/a>x <a href=docs/b>y",
            "<p><a href=\"../docs/a\">x </a><a href=\"../docs/b\">y</a></p>",
        ),
    ]);
}

#[test]
fn elements_stand_where_they_may() {
    all_show(&[
        ("a <div>b</div> <h1>c</h1>", "<p>a b c</p>"),
        ("<li>a</li><td>b</td><summary>c</summary>", "abc"),
        ("<details>a</details>", "<details><summary>Details</summary>a</details>"),
        ("<details><summary></summary></details>", "<details>\n<summary>Details</summary>\n</details>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li>\n<li>b</li>\n</ul>"),
        ("<dl><dt>a<dd>b</dl>", "<div>\n<div>a</div>\n<div>b</div>\n</div>"),
        ("<summary>\n\na\n\n</summary>", "<p>a</p>"),
        (
            "<a href=docs/x><details><summary>a</summary>b</details></a>",
            "<p><a href=\"../docs/x\">ab</a></p>",
        ),
        ("<h2></h2><p></p><a href=docs/x></a>x", "x"),
    ]);
    let table = shown("<table><tr><td>a<th><tr><caption>b</caption>c</table><table><tr>");
    assert!(table.contains("<td>a</td>\n<td></td>\n</tr>\n<tr><td>b</td>\n<td>c</td>"), "{table}");
    assert!(table.ends_with("<tbody>\n<tr><td></td></tr>\n</tbody>\n</table>\n</div>"), "{table}");
}

#[test]
fn nothing_styles_scripts_or_names_the_page() {
    all_show(&[
        (
            "<div style=\"x\" class=\"hero\" id=\"main\" data-x=1 onclick=\"x\" role=main aria-hidden=true>a</div>",
            "<div id=\"b-main\">a</div>",
        ),
        (
            "<a name=getElementById>a</a><a id=\"fn:1\">b</a>",
            "<p><span id=\"b-getElementById\">a</span><span>b</span></p>",
        ),
        ("a <script>alert(1)</script>b<script>c", "<p>a b&lt;script&gt;c</p>"),
        ("<script>alert(1)</script>b<SCRIPT>c", "b&lt;SCRIPT&gt;c"),
        ("<style>a{}</style >b", "b"),
        ("<form action=x><input name=a><button>b</button><select><option>c</select></form>", "<div>bc</div>"),
        (
            "<iframe srcdoc=\"<script>x</script>\"></iframe><object data=x>a</object><base href=x><meta http-equiv=refresh>",
            "a",
        ),
        ("<svg onload=x><text>a</text></svg>", "<p>a</p>"),
    ]);
}

/// Bodies without raw HTML do not pass through the sanitizer: it would change nothing.
#[test]
fn the_sanitizer_finds_nothing_to_do() {
    for body in super::large::BODIES.iter().copied().chain([super::large::document().as_str()]) {
        let html = body_html(body, &OPTIONS);
        assert_eq!(sanitize::sanitized(&html, "b-"), html);
    }
}
