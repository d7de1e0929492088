//! What holds for any body at all.

use super::{OPTIONS, nasty::is_harmless, shown};
use crate::markdown::{balance::Balance, html::body_html, sanitize};
use proptest::prelude::*;

/// Bodies of what Markdown and HTML take for marks.
fn bodies() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "a",
        "b ",
        " ",
        "\n",
        "\n\n",
        "\n- ",
        "\n  ",
        "\n> ",
        "\n# ",
        "\n### ",
        "1. ",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~",
        "[",
        "](docs/x)",
        "](#a)",
        "](javascript:x)",
        "](https://x.org)",
        "![",
        "](x.png)",
        "[^1]",
        "\n[^1]: ",
        "[ ] ",
        "\n> [!NOTE]\n> ",
        "\n| a | b |\n|--|:-:|\n| ",
        " | ",
        "$",
        "&lt;",
        "&#7;",
        "\u{202e}",
        "DB-1",
        "<",
        ">",
        "\"",
        "'",
        "<b>",
        "</b>",
        "<i title='",
        "<div>",
        "</div>",
        "\n<div>\n",
        "\n</div>\n",
        "<p>",
        "</p>",
        "<a href=docs/x>",
        "<a href=javascript:x>",
        "</a>",
        "<a id=x>",
        "<ul>",
        "<li>",
        "</li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "</tr>",
        "</table>",
        "<thead>",
        "<caption>",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<img src=x.png>",
        "<img src=https://x.org/y>",
        "<img src=x onerror=y>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg>",
        "<math>",
        "<mglyph>",
        "<select>",
        "<option>",
        "<template>",
        "<form>",
        "<input type=checkbox>",
        "<textarea>",
        "<title>",
        "<plaintext>",
        "<!--",
        "-->",
        "<?",
        "<hr>",
        "<br>",
        "<center>",
        "<blockquote>",
        "<code>",
        "</code>",
        "<dl>",
        "<dd>",
        "<span id=a class=b style=c>",
        "</span>",
        "<button>",
    ]);
    prop::collection::vec(mark, 0..24).prop_map(|marks| marks.concat())
}

proptest! {
    // PROPTEST_CASES in the environment tries more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_harmless_closed_and_final(body in prop_oneof![bodies(), any::<String>()]) {
        let html = shown(&body);
        prop_assert_eq!(is_harmless(&html), Ok(()), "{}", &html);
        let mut balance = Balance::default();
        balance.read(&html);
        prop_assert!(balance.is_even(), "{}", &html);
        prop_assert_eq!(&sanitize::sanitized(&html, "b-"), &html);
        prop_assert_eq!(leads_nowhere(&html), None, "{}", &html);
    }

    #[test]
    fn no_level_of_headings_is_skipped(body in bodies()) {
        let html = body_html(&body, &OPTIONS);
        let mut above = 2;
        for (at, _) in html.match_indices("<h") {
            let Some(level) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else { continue };
            prop_assert!(level > 2 && level <= above + 1, "{}", html);
            above = level;
        }
    }
}

/// The first link to an anchor that is not there.
fn leads_nowhere(html: &str) -> Option<&str> {
    let links = html.match_indices("href=\"#").map(|(at, start)| {
        let rest = &html[at + start.len()..];
        &rest[..rest.find('"').unwrap_or(rest.len())]
    });
    links.into_iter().find(|id| !html.contains(&format!(" id=\"{id}\"")))
}
