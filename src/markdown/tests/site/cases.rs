//! Markdown and what it becomes.

use super::{all_show, shown};

const REL: &str = "rel=\"noopener noreferrer nofollow ugc\"";

#[test]
fn plain_blocks() {
    all_show(&[
        ("", ""),
        (" \r\n\u{0} ", ""),
        ("a\r\nb\rc  \nd\\\ne", "<p>a<br>\nb<br>\nc<br>\nd<br>\ne</p>"),
        ("*a* **b** ~~c~~ `d<`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d&lt;</code></p>"),
        ("> a\n\n***", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>"),
        ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"),
        ("# Title #tag &lt;b&gt; \u{a0}", "<h3 id=\"b-title-tag-b-\">Title #tag &lt;b&gt; &nbsp;</h3>"),
    ]);
}

#[test]
fn headings_stand_below_the_page_and_skip_no_level() {
    let levels = |body: &str| {
        let html = shown(body);
        html.match_indices("<h").map(|(at, _)| html[at + 2..at + 3].to_owned()).collect::<String>()
    };
    for (body, expected) in [
        ("# a\n## b\n### c\n# d", "3453"),
        ("### a\n### b\n##### c\n## d", "3343"),
        ("# a\n#### b\n## c", "344"),
        ("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n# 1", "3456663"),
        ("# a\n\n<h2>b</h2>\n\n#\n\n<h3> <br></h3>\n\n## c", "344"),
    ] {
        assert_eq!(levels(body), expected, "{body}");
    }
}

#[test]
fn fragments_lead_to_the_bodys_own_headings() {
    all_show(&[
        (
            "# A\n\n# A\n\n[x](#a-1) [y](#A) [z](#user-content-a)",
            "<h3 id=\"b-a\">A</h3>\n<h3 id=\"b-a-1\">A</h3>\n<p><a href=\"#b-a-1\">x</a> <a href=\"#b-a\">y</a> <a href=\"#b-a\">z</a></p>",
        ),
        ("# Über\n[x](#%C3%BCber)", "<h3 id=\"b-über\">Über</h3>\n<p><a href=\"#b-über\">x</a></p>"),
        ("[x](#main)", "<p><span class=\"nowhere\" title=\"no such heading here\">x</span></p>"),
        ("[x](#y z)", "<p>[x](#y z)</p>"),
        (
            "<a id=\"z\"></a>[x](#z) <a name=z></a>",
            "<p><span id=\"b-z\"></span><a href=\"#b-z\">x</a> <span></span></p>",
        ),
    ]);
}

#[test]
fn tables_scroll_by_themselves() {
    all_show(&[(
        "| a |  |\n|--:|:-:|\n| `x\\|y` |",
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1: a\">\n<table>\n<thead>\n<tr>\n\
         <th class=\"align-right\">a</th>\n<td class=\"align-center\"></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n\
         <td class=\"align-right\"><code>x|y</code></td>\n<td class=\"align-center\"></td>\n</tr>\n</tbody>\n</table>\n</div>",
    )]);
    let two = shown("| a |\n|--|\n\n<table><tr><td><table><tr><td>x</table></table>\n\n| b | c |\n|--|--|");
    assert_eq!(two.matches("class=\"scroll\"").count(), 3);
    assert!(two.contains("\"Table 2\"") && two.contains("\"Table 3: b, c\""), "{two}");
}

#[test]
fn words_of_code_have_classes_that_nobody_else_can_give() {
    let code = "<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"k\">let</span> a; <span class=\"c\">// &lt;b&gt;</span>\n</code></pre>";
    all_show(&[
        ("```rust\nlet a; // <b>\n```", code),
        (
            "<span class=\"k\">x</span>\n\n```rust\nlet a; // <b>\n```",
            &format!("<p><span>x</span></p>\n{code}"),
        ),
    ]);
    let many = |count: usize| shown(&format!("```json\n[{}]\n```", "1,".repeat(count)));
    assert_eq!(many(1_900).matches("<span class=\"n\">").count(), 1_900);
    assert!(!many(2_100).contains("<span"), "more are no use to anyone");
}

#[test]
fn tasks_alerts_and_code() {
    all_show(&[
        (
            "- [ ] a\n- [x] b",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled=\"\" aria-label=\"Incomplete task\"> a</li>\n\
             <li class=\"task\"><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Completed task\"> b</li>\n</ul>",
        ),
        (
            "> [!CAUTION]\n> a",
            "<div class=\"alert alert-caution\">\n<p class=\"alert-title\">Caution</p>\n<p>a</p>\n</div>",
        ),
        (
            "> [!tip]\n> a",
            "<div class=\"alert alert-tip\">\n<p class=\"alert-title\">Tip</p>\n<p>a</p>\n</div>",
        ),
        (
            "```C++ {.x}\n<a>\n```",
            "<pre tabindex=\"0\"><code class=\"language-c++\">&lt;a&gt;\n</code></pre>",
        ),
        ("``` \"><script>\nx\n```", "<pre tabindex=\"0\"><code>x\n</code></pre>"),
        ("```mermaid\nx\n```", "<pre tabindex=\"0\"><code class=\"language-mermaid\">x\n</code></pre>"),
        (
            "$a<b$ $$c$$ $`d`$ costs $5 or $6",
            "<p><code class=\"math\">$a&lt;b$</code> <code class=\"math\">$$c$$</code> <code class=\"math\">$`d`$</code> costs $5 or $6</p>",
        ),
    ]);
    for word in ["Note", "Tip", "Important", "Warning", "Caution"] {
        let html = shown(&format!("> [!{}]\n> a", word.to_uppercase()));
        assert!(
            html.contains(&format!("alert-{}\">\n<p class=\"alert-title\">{word}</p>", word.to_lowercase()))
        );
    }
}

#[test]
fn only_those_quotes_are_alerts_that_github_takes_for_one() {
    for body in [
        "> [!NOTE] The floor\n> is wet.",
        "- item\n\n  > [!TIP]\n  > in a list",
        "> > [!TIP]\n> > in a quote",
        "> [!WARNING]",
        "> \\[!NOTE]\n> escaped",
        "> [\\!NOTE]\n> escaped",
        "> **[!NOTE]**\n> strong",
        "> [!HINT]\n> none",
        "> a\n> [!NOTE]\n> b",
        "<details>\n\n> [!NOTE]\n> in details\n\n</details>",
    ] {
        let html = shown(body);
        assert!(html.contains("<blockquote>") && !html.contains("alert"), "{html}");
    }
    for body in [
        "> [!NOTE]  \n> a",
        "> [!NOTE]\\\n> a",
        "> [!Note]\n>\n> a",
        "   >   [!note] \n> a",
        "<b>x</b>\n\n>[!NOTE]\n>a",
    ] {
        let html = shown(body);
        assert!(html.contains("alert-title\">Note</p>\n<p>a</p>") && !html.contains('['), "{html}");
    }
}

#[test]
fn what_comrak_reads_otherwise_reads_as_to_github() {
    all_show(&[
        ("- [ ]\n- [x]", "<ul>\n<li>[ ]</li>\n<li>[x]</li>\n</ul>"),
        ("a <!-- b---> &#00000065;&#87654321; &amp;#65;", "<p>a &lt;!-- b---&gt; A\u{fffd} &amp;#65;</p>"),
        ("**a __b__ c**", "<p><strong>a b c</strong></p>"),
        (
            ":tada: `:tada:` [:+1:](docs/a) :nobody:",
            "<p>🎉 <code>:tada:</code> <a href=\"../docs/a\">👍</a> :nobody:</p>",
        ),
    ]);
    let table = shown("| `a\\|b` | `c\\\\|d` | e\\\\|f | [g](docs/h\\\\|i) |\n|--|--|--|--|");
    for cell in ["<code>a|b</code>", "<code>c\\|d</code>", ">e|f<", ">g</a>"] {
        assert!(table.contains(cell), "{cell}: {table}");
    }
    // Outside of tables nothing of that is so.
    assert_eq!(shown("`a\\\\|b` c\\\\|d"), "<p><code>a\\\\|b</code> c\\|d</p>");
}

#[test]
fn of_two_footnotes_of_one_name_the_first_is_shown() {
    let html = shown("x[^A]\n\n[^a]: one\n[^A]: two");
    assert!(html.contains("<p>one <a") && !html.contains("two"), "{html}");
}

#[test]
fn footnotes_lead_there_and_back() {
    all_show(&[
        (
            "x[^a]\n\n[^a]: y",
            "<p>x<sup id=\"b-fnref:1\"><a href=\"#b-fn:1\" class=\"footnote-ref\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
             <div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"b-fn:1\">\n\
             <p>y <a href=\"#b-fnref:1\" class=\"footnote-backref\" aria-label=\"Back to reference 1\">↩</a></p>\n</li>\n</ol>\n</div>",
        ),
        ("x[^none]", "<p>x[^none]</p>"),
    ]);
    let html = shown(
        "![x[^1]](docs/a.png) [y[^1]](docs/b) z[^1] [^2]\n\n[^2]: - two[^1]\n[^1]: one\n[^3]: three\n\n<h1>[^1]</h1>",
    );
    assert!(!html.contains("three"), "{html}");
    for present in ["fnref:1-3\">", "href=\"#b-fnref:1-2\"", "href=\"#b-fn:2\""] {
        assert!(html.contains(present), "{present}: {html}");
    }
    assert!(!html.contains("href=\"#b-fnref:1\""), "{html}");
}

#[test]
fn links_say_where_they_lead() {
    all_show(&[
        ("[a](https://x.org \"t\")", &format!("<p><a href=\"https://x.org\" {REL} title=\"t\">a</a></p>")),
        ("www.x.org", &format!("<p><a href=\"http://www.x.org\" {REL}>www.x.org</a></p>")),
        ("a@x.org", &format!("<p><a href=\"mailto:a@x.org\" {REL}>a@x.org</a></p>")),
        ("[a](docs/x y.md)", "<p>[a](docs/x y.md)</p>"),
        ("[a](<docs/x y.md>)", "<p><a href=\"../docs/x%20y.md\">a</a></p>"),
        ("[a](web/x)", &format!("<p><a href=\"https://github.com/o/r/web/x\" {REL}>a</a></p>")),
        ("[a *b*](src/x)", "<p><span class=\"nowhere\" title=\"not published\">a <em>b</em></span></p>"),
        (
            "[a](evil) [b](host)",
            "<p><span class=\"nowhere\" title=\"not published\">a</span> <span class=\"nowhere\" title=\"not published\">b</span></p>",
        ),
    ]);
}

#[test]
fn pictures_make_no_request() {
    let remote = format!("<a href=\"https://x.org/a.svg\" {REL} class=\"image\">");
    all_show(&[
        ("![a](x.png)", "<p><img src=\"../x.png\" alt=\"a\"></p>"),
        ("![](x.png)", "<p><img src=\"../x.png\" alt=\"\"></p>"),
        ("![a *b*](https://x.org/a.svg)", &format!("<p>{remote}a b</a></p>")),
        ("![](https://x.org/a.svg)", &format!("<p>{remote}a.svg</a></p>")),
        ("[![b](https://x.org/a.svg)](docs/ci)", "<p><a href=\"../docs/ci\">b</a></p>"),
        ("[![](x.png)](docs/ci)", "<p><a href=\"../docs/ci\"><img src=\"../x.png\" alt=\"x.png\"></a></p>"),
        (
            "![a](data:image/png;base64,x)",
            "<p><span class=\"nowhere\" title=\"no address that a link may have\">a</span></p>",
        ),
        ("![a](gone.gif)", "<p><span class=\"nowhere\" title=\"not published\">a</span></p>"),
    ]);
    let options = crate::markdown::html::BodyOptions { remote_images: true, ..super::OPTIONS };
    let html = crate::markdown::html::body_html("![a](https://x.org/a.svg)", &options);
    assert_eq!(html, "<p><img src=\"https://x.org/a.svg\" alt=\"a\"></p>");
}

#[test]
fn words_of_prose_lead_to_what_they_name() {
    let one =
        "<a href=\"i-db-1.html\" class=\"mention\" title=\"DB-1: say &quot;&lt;why&gt;&quot;\">DB-1</a>";
    all_show(&[
        ("DB-1, *DB-1* `DB-1` DB-3", &format!("<p>{one}, <em>{one}</em> <code>DB-1</code> DB-3</p>")),
        ("[DB-1](docs/x) <kbd>DB-1</kbd>", "<p><a href=\"../docs/x\">DB-1</a> <kbd>DB-1</kbd></p>"),
        ("# DB-1", &format!("<h3 id=\"b-db-1\">{one}</h3>")),
        ("<div>DB&#45;1</div>", &format!("<div>{one}</div>")),
    ]);
}
